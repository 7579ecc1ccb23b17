//! Settings of other programs in a notebook that affect tasks, and folders without notes.
//!
//! Obsidian (core templates, the plugins Tasks and Templater) and Logseq. Read once, when the notebook is opened, and only
//! inside it: links that lead out are not followed. Unreadable settings are ignored.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::disk::settings::LeftOut;
use crate::disk::settings::Settings;
use crate::disk::settings::Stamping;
use crate::disk::settings::TemplateFolder;
use crate::model::Status;
use crate::model::task::FieldStyle;

/// In bytes; larger files are not settings.
const MAX: u64 = 1 << 20;
const TASKS: &str = "obsidian-tasks-plugin";
const PERIODIC: &str = "periodic-notes";
const TEMPLATER: &str = "templater-obsidian";

/// Fills in what a notebook's own settings leave open. `base` is its folder, `root` its notes folder.
pub(super) fn apply(base: &Path, root: &Path, mut settings: Settings) -> Settings {
    let vaults = [root, base];
    if let Some(vault) = vaults.into_iter().find(|vault| vault.join(".obsidian").is_dir()) {
        obsidian(&mut settings, vault, root);
    }
    if let Some(graph) = vaults.into_iter().find(|graph| graph.join("logseq/config.edn").is_file()) {
        settings.logseq = true;
        settings.logseq_later = text(graph, "logseq/config.edn").is_some_and(|config| prefers_now(&config));
        for folder in ["logseq/bak", "logseq/version-files"] {
            leave_out(&mut settings, (graph, root), folder, "Logseq's copies");
        }
    }
    settings
}

/// `:preferred-workflow :now` outside comments.
fn prefers_now(config: &str) -> bool {
    let lines = config.lines().map(|line| line.split(';').next().unwrap_or(""));
    let words: Vec<&str> =
        lines.flat_map(|line| line.split(|c: char| c.is_whitespace() || "{},".contains(c))).collect();
    let mut words = words.into_iter().filter(|word| !word.is_empty()).skip_while(|word| *word != ":preferred-workflow");
    words.nth(1) == Some(":now")
}

fn obsidian(settings: &mut Settings, vault: &Path, root: &Path) {
    let enabled = json(vault, ".obsidian/community-plugins.json");
    let plugin = |name: &str| {
        let off = enabled.as_ref().and_then(Value::as_array).is_some_and(|all| !all.iter().any(|id| id == name));
        json(vault, &format!(".obsidian/plugins/{name}/data.json")).filter(|_| !off)
    };
    if let Some(file) = json(vault, ".obsidian/templates.json") {
        leave_out(settings, (vault, root), text_of(&file, "folder"), "Obsidian's templates");
        add_templates(settings, vault, &file, "folder");
    }
    if let Some(data) = plugin(TEMPLATER) {
        leave_out(settings, (vault, root), text_of(&data, "templates_folder"), "Templater's templates");
        add_templates(settings, vault, &data, "templates_folder");
    }
    if let Some(file) = json(vault, ".obsidian/daily-notes.json") {
        leave_out_template(settings, (vault, root), text_of(&file, "template"));
    }
    if let Some(data) = plugin(PERIODIC) {
        let sets = data.get("calendarSets").and_then(Value::as_array).into_iter().flatten();
        for periods in sets.chain([&data]).filter_map(Value::as_object).flat_map(|set| set.values()) {
            for key in ["template", "templatePath"] {
                leave_out_template(settings, (vault, root), text_of(periods, key));
            }
        }
    }
    if let Some(data) = plugin(TASKS) {
        tasks(settings, &data);
    }
}

/// The settings of the Obsidian Tasks plugin: global filter, states, done dates.
fn tasks(settings: &mut Settings, data: &Value) {
    let filter = data.get("globalFilter").and_then(Value::as_str).map(str::trim);
    settings.global_filter = filter.filter(|filter| !filter.is_empty()).map(str::to_owned);
    if settings.stamp == Stamping::Auto
        && let Some(stamp) = data.get("setDoneDate").and_then(Value::as_bool)
    {
        settings.stamp = if stamp { Stamping::Always } else { Stamping::Never };
    }
    settings.stamp_style = match text_of(data, "taskFormat") {
        "dataview" => Some(FieldStyle::Bracket),
        "tasksPluginEmoji" => Some(FieldStyle::Emoji),
        _ => None,
    };
    let lists = ["coreStatuses", "customStatuses"].iter();
    let states = lists.filter_map(|list| data.get("statusSettings")?.get(list)?.as_array()).flatten();
    for state in states {
        let status = match state.get("type").and_then(Value::as_str) {
            Some("TODO") => Status::Todo,
            Some("IN_PROGRESS") => Status::Doing,
            Some("ON_HOLD") => Status::OnHold,
            Some("DONE") => Status::Done,
            Some("CANCELLED") => Status::Cancelled,
            Some("NON_TASK") => Status::Info,
            _ => continue,
        };
        let Some(symbol) = state.get("symbol").and_then(Value::as_str) else { continue };
        let symbol = symbol.trim_end_matches('\u{FE0F}');
        // the notebook's own settings take precedence
        if !symbol.is_empty() && settings.statuses.get(symbol) != Some(status) {
            settings.statuses.own.entry(symbol.to_owned()).or_insert(status);
        }
    }
}

/// Excludes a folder or note of the vault, given relative to it.
fn leave_out(settings: &mut Settings, (vault, root): (&Path, &Path), folder: &str, why: &'static str) {
    let folder = folder.trim().trim_matches('/');
    let path = vault.join(folder);
    let Ok(below) = path.strip_prefix(root) else { return };
    let inside = below.components().all(|part| matches!(part, std::path::Component::Normal(_)));
    if inside && !folder.is_empty() && below.components().next().is_some() {
        settings.left_out.push(LeftOut { path: below.to_owned(), why });
    }
}

/// Excludes the template of notes of days or other periods, given without `.md`.
fn leave_out_template(settings: &mut Settings, vault: (&Path, &Path), template: &str) {
    let name = template.trim().trim_end_matches('/');
    if !name.is_empty() {
        let end = if name.to_lowercase().ends_with(".md") { "" } else { ".md" };
        leave_out(settings, vault, &format!("{name}{end}"), "the template of notes of a period");
    }
}

/// Adds a folder of templates, given by a key in some settings, relative to the vault.
fn add_templates(settings: &mut Settings, vault: &Path, file: &Value, key: &str) {
    let folder = text_of(file, key).trim().trim_matches('/');
    let format = |key: &str| Some(text_of(file, key).trim().to_owned()).filter(|format| !format.is_empty());
    let inside = Path::new(folder).components().all(|part| matches!(part, std::path::Component::Normal(_)));
    if inside && !folder.is_empty() {
        let folder = vault.join(folder);
        settings.templates.push(TemplateFolder { folder, date: format("dateFormat"), time: format("timeFormat") });
    }
}

fn text_of<'a>(file: &'a Value, key: &str) -> &'a str {
    file.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn json(vault: &Path, file: &str) -> Option<Value> {
    serde_json::from_str(text(vault, file)?.trim_start_matches('\u{FEFF}')).ok()
}

/// The text of a regular file inside the vault, with links resolved.
fn text(vault: &Path, file: &str) -> Option<String> {
    let path = vault.join(file).canonicalize().ok().filter(|path| path.starts_with(vault))?;
    let meta = fs::metadata(&path).ok()?;
    (meta.is_file() && meta.len() <= MAX).then(|| fs::read_to_string(&path).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use std::ffi::OsStr;

    use super::*;
    use crate::disk::fixture::found_with;
    use crate::disk::notebook::Discover;
    use crate::disk::notebook::discover;
    use crate::disk::replace;
    use crate::model::status::Statuses;

    const DATA: &str = r##"{"globalFilter": "#task", "setDoneDate": true, "statusSettings": {
        "coreStatuses": [{"symbol": " ", "type": "TODO"}, {"symbol": "x", "type": "DONE"}],
        "customStatuses": [{"symbol": "w", "type": "ON_HOLD"}, {"symbol": "D", "type": "DONE"}, {"symbol": "?"}, 7]}}"##;
    const FILE: &str = ".obsidian/plugins/obsidian-tasks-plugin/data.json";

    #[test]
    fn the_settings_of_the_plugin_tasks_hold() {
        let (_folder, book) = found_with(&[(FILE, DATA)]);
        assert_eq!(book.settings.global_filter.as_deref(), Some("#task"));
        assert_eq!(book.settings.stamp, Stamping::Always);
        let own = [("w", Status::OnHold), ("D", Status::Done)];
        let own = own.into_iter().map(|(symbol, status)| (symbol.to_owned(), status)).collect();
        assert_eq!(book.settings.statuses, Statuses { own });
        assert_eq!(book.settings.stamp_style, None);
        let dataview = "{\"setDoneDate\": true, \"taskFormat\": \"dataview\"}";
        assert_eq!(found_with(&[(FILE, dataview)]).1.settings.stamp_style, Some(FieldStyle::Bracket));
        // our own settings win
        let ours = "[preprocessor.hornbook]\nstamp = \"never\"\n[preprocessor.hornbook.statuses]\n\"w\" = \"moved\"\n";
        let (_folder, book) = found_with(&[(FILE, DATA), ("book.toml", ours)]);
        assert_eq!((book.settings.stamp, book.settings.statuses.get("w")), (Stamping::Never, Some(Status::Moved)));
        // switched off
        let (_folder, book) = found_with(&[(FILE, DATA), (".obsidian/community-plugins.json", "[\"dataview\"]")]);
        assert_eq!(book.settings, Settings::default());
        for broken in ["", "[]", "{\"globalFilter\": 3, \"statusSettings\": []}", "{\"setDoneDate\": \"yes\"}"] {
            let (_folder, book) = found_with(&[(FILE, broken)]);
            assert_eq!(book.settings, Settings::default(), "{broken}");
        }
    }

    #[test]
    fn the_workflow_that_logseq_prefers() {
        for (config, want) in [
            ("{:preferred-workflow :now}", true),
            ("{:meta/version 1\n\n :preferred-workflow\n :now\n}", true),
            ("{:preferred-workflow :todo}", false),
            ("{;; :preferred-workflow :now\n}", false),
            ("", false),
        ] {
            let (_folder, book) = found_with(&[("logseq/config.edn", config)]);
            assert_eq!(book.settings.logseq_later, want, "{config}");
        }
    }

    #[test]
    fn folders_without_notes_are_left_out() {
        let left_out = |files: &[(&str, &str)]| {
            let (_folder, book) = found_with(files);
            book.settings.left_out.iter().map(|out| out.path.display().to_string()).collect::<Vec<_>>()
        };
        assert_eq!(left_out(&[(".obsidian/templates.json", "{\"folder\": \"/A/T/\"}")]), ["A/T"]);
        let templater = ".obsidian/plugins/templater-obsidian/data.json";
        assert_eq!(left_out(&[(templater, "{\"templates_folder\": \"T\"}")]), ["T"]);
        let daily = ".obsidian/daily-notes.json";
        assert_eq!(left_out(&[(daily, r#"{"template": "Meta/Daily"}"#)]), ["Meta/Daily.md"]);
        assert!(left_out(&[(daily, r#"{"template": ""}"#)]).is_empty());
        let periodic = ".obsidian/plugins/periodic-notes/data.json";
        let sets = r#"{"daily": {"template": "D.md"}, "calendarSets": [{"id": "x", "week": {"templatePath": "W"}}]}"#;
        assert_eq!(left_out(&[(periodic, sets)]), ["W.md", "D.md"]);
        assert_eq!(left_out(&[("logseq/config.edn", "{}")]), ["logseq/bak", "logseq/version-files"]);
        for odd in ["", "/", "..", "../x", "a/../..", "."] {
            let file = format!("{{\"folder\": \"{odd}\"}}");
            assert!(left_out(&[(".obsidian/templates.json", &file)]).is_empty(), "{odd}");
        }
    }

    #[test]
    fn nothing_is_read_through_a_link_that_leads_out() {
        let outside = tempfile::tempdir().unwrap();
        replace::create(&outside.path().join("data.json"), DATA.as_bytes(), OsStr::new(".t")).unwrap();
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join(".obsidian/plugins")).unwrap();
        std::os::unix::fs::symlink(outside.path(), folder.path().join(".obsidian/plugins/obsidian-tasks-plugin"))
            .unwrap();
        let cwd = folder.path().to_owned();
        let book = discover(&Discover { notebook: Some(cwd.clone()), cwd, ..Discover::default() }).unwrap();
        assert_eq!(book.settings, Settings::default());
    }
}

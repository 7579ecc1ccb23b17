//! Obsidian's settings for daily notes and line breaks, so that a vault works as before.
//!
//! Daily notes are those of the core plugin, else those of the plugin "Periodic Notes".

use std::path::Path;

use serde::Deserialize;

use crate::disk::notebook::Notebook;

/// Relative to the vault.
const FILE: &str = ".obsidian/daily-notes.json";
/// The plugin "Periodic Notes", relative to the vault.
const PERIODIC: &str = ".obsidian/plugins/periodic-notes/data.json";
/// Maximum size of these settings, in bytes.
const MAX: u64 = 1 << 16;

/// The plugin that manages daily notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Plugin {
    /// Obsidian's own "Daily notes".
    #[default]
    Core,
    /// "Periodic Notes".
    Periodic,
}

/// The settings for daily notes. Missing values are `None`; Obsidian's own defaults are not filled in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct DailyNotes {
    /// Relative to the notes folder.
    pub folder: Option<String>,
    /// A date pattern in the syntax of moment.js.
    pub format: Option<String>,
    /// The template for new notes, relative to the notes folder, without `.md`.
    #[serde(alias = "templatePath")]
    pub template: Option<String>,
    /// The plugin they come from.
    #[serde(skip)]
    pub plugin: Plugin,
}

/// The settings of "Periodic Notes": `daily`, in newer versions `day` in each set of settings.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Periodic {
    daily: Option<Periods>,
    calendar_sets: Vec<CalendarSet>,
    active_calendar_set: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct CalendarSet {
    id: String,
    day: Option<Periods>,
}

/// Settings for notes of one kind of period.
#[derive(Debug, Deserialize)]
struct Periods {
    enabled: Option<bool>,
    #[serde(flatten)]
    notes: DailyNotes,
}

impl Periodic {
    fn daily(self) -> Option<DailyNotes> {
        let active = self.active_calendar_set;
        let mut sets = self.calendar_sets;
        sets.sort_by_key(|set| active.as_ref() != Some(&set.id));
        let days = sets.into_iter().find_map(|set| set.day).or(self.daily)?;
        (days.enabled != Some(false)).then_some(DailyNotes { plugin: Plugin::Periodic, ..days.notes })
    }
}

/// Reads the vault's settings; `None` if there are none, if they are invalid, and if they are a link out of the
/// notebook.
#[must_use]
pub fn daily_notes(notebook: &Notebook) -> Option<DailyNotes> {
    let folders = || [&notebook.root, &notebook.base].into_iter();
    let read = |vault: &Path, file: &str| notebook.read_file(&vault.join(file), MAX).ok();
    let (vault, mut found) = match folders().find(|folder| folder.join(FILE).is_file()) {
        Some(vault) => (vault, serde_json::from_slice::<DailyNotes>(&read(vault, FILE)?).ok()?),
        None => {
            let vault = folders().find(|folder| folder.join(PERIODIC).is_file())?;
            let settings: Periodic = serde_json::from_slice(&read(vault, PERIODIC)?).ok()?;
            (vault, settings.daily()?)
        }
    };
    for field in [&mut found.folder, &mut found.format, &mut found.template] {
        *field = field.take().map(|text| text.trim().trim_matches('/').to_owned()).filter(|text| !text.is_empty());
    }
    // the vault may be above the notes folder
    let below = notebook.root.strip_prefix(vault).ok()?.to_str()?;
    if !below.is_empty() {
        let within = |path: String| Some(path.strip_prefix(below)?.trim_start_matches('/').to_owned());
        found.template = found.template.and_then(within);
        // daily notes outside the notes folder are not part of the notebook
        found.folder = Some(within(found.folder?)?);
    }
    Some(found)
}

/// True for a vault whose pages show each line end of a paragraph, which is Obsidian's default unless "Strict line breaks" is on.
#[must_use]
pub fn hard_line_breaks(notebook: &Notebook) -> bool {
    #[derive(Default, Deserialize)]
    #[serde(default, rename_all = "camelCase")]
    struct App {
        strict_line_breaks: bool,
    }
    let folders = [&notebook.root, &notebook.base].map(|folder| folder.join(".obsidian"));
    let Some(folder) = folders.into_iter().find(|folder| folder.is_dir()) else { return false };
    let bytes = notebook.read_file(&folder.join("app.json"), MAX).unwrap_or_default();
    let app: App = serde_json::from_slice(&bytes).unwrap_or_default();
    !app.strict_line_breaks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disk::fixture::Desk;

    fn said(files: &[(&str, &str)]) -> Option<(Option<String>, Option<String>, Plugin)> {
        let desk = Desk::new(&[]);
        for (name, text) in files {
            desk.put(name, text.as_bytes());
        }
        daily_notes(&desk.notebook).map(|notes| (notes.folder, notes.format, notes.plugin))
    }

    #[test]
    fn who_says_how_daily_notes_are_kept() {
        let some = |text: &str| Some(text.to_owned());
        let old = r#"{"daily": {"format": "DD.MM.YYYY", "folder": "days/", "template": "", "enabled": true}, "weekly": {"enabled": false}}"#;
        let new = r#"{"calendarSets": [{"id": "x", "day": {"enabled": true, "format": "YYYY", "folder": "x"}},
            {"id": "home", "day": {"enabled": true, "format": "YYYYMMDD", "folder": "d", "templatePath": "t.md"}}], "activeCalendarSet": "home"}"#;
        assert_eq!(said(&[]), None);
        assert_eq!(said(&[(PERIODIC, old)]), Some((some("days"), some("DD.MM.YYYY"), Plugin::Periodic)));
        assert_eq!(said(&[(PERIODIC, new)]), Some((some("d"), some("YYYYMMDD"), Plugin::Periodic)));
        assert_eq!(said(&[(PERIODIC, old), (FILE, r#"{"folder": "core"}"#)]), Some((some("core"), None, Plugin::Core)));
        assert_eq!(said(&[(PERIODIC, r#"{"daily": {"enabled": false, "format": "YY"}}"#)]), None);
        assert_eq!(said(&[(PERIODIC, r#"{"weekly": {"enabled": true}}"#)]), None);
        assert_eq!(said(&[(PERIODIC, "{")]), None);
    }
}

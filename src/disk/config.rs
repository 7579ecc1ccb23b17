//! Parses `book.toml` into [`Settings`], or reports every mistake in our own table at once, each with its place.
//!
//! Our table is `[preprocessor.hornbook]`; keys that mdBook itself reads there are accepted, and mdBook's other tables are not
//! checked. Called by `notebook` only.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Component;
use std::path::Path;

use ignore::gitignore::GitignoreBuilder;
use toml::Spanned;
use toml::de::DeTable;
use toml::de::DeValue;

use crate::disk::settings::Book;
use crate::disk::settings::Journal;
use crate::disk::settings::JournalOrder;
use crate::disk::settings::Kind;
use crate::disk::settings::SETTINGS;
use crate::disk::settings::Settings;
use crate::disk::settings::Stamping;
use crate::model::Lines;
use crate::model::Severity;
use crate::model::Status;
use crate::model::status::Statuses;
use crate::model::ticket;
use crate::model::ticket::Tracker;
use crate::model::ticket::Trackers;
use crate::model::words::nearest;

mod error;
pub mod tracker;
mod trackers;

pub use error::Problem;
pub use error::SettingsError;

/// The table of our settings.
const TABLE: &str = "preprocessor.hornbook";
/// Keys of a preprocessor's table that mdBook itself reads.
const MDBOOK_KEYS: [&str; 5] = ["renderers", "command", "before", "after", "optional"];

/// Parses the text of a `book.toml`. `path` is used for errors only.
///
/// # Errors
///
/// When it is not TOML, or a key or value of ours is wrong.
pub fn parse(path: &Path, text: &str) -> Result<Settings, SettingsError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = Reader { text, lines: Lines::new(text), problems: Vec::new() };
    let (document, errors) = DeTable::parse_recoverable(text);
    // One syntax error causes a dozen more: only the first one is helpful.
    let first = errors.iter().min_by_key(|error| error.span().map_or(0, |span| span.start));
    let settings = match first {
        None => reader.settings(document.get_ref()),
        Some(error) => {
            reader.problem(error.span().unwrap_or(0..0), format!("not valid TOML: {}", error.message()));
            Settings::default()
        }
    };
    if reader.problems.is_empty() {
        return Ok(settings);
    }
    reader.problems.sort_by_key(|problem| (problem.line, problem.column));
    Err(SettingsError { path: path.to_owned(), problems: reader.problems })
}

/// An error at `[book] src`, which names a wrong folder.
#[must_use]
pub fn src_problem(path: &Path, text: &str, message: String) -> SettingsError {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = Reader { text, lines: Lines::new(text), problems: Vec::new() };
    let document = DeTable::parse(text).ok();
    let span = document.as_ref().and_then(|document| find(document.get_ref(), "book.src")).map(Spanned::span);
    reader.problem(span.unwrap_or(0..0), message);
    SettingsError { path: path.to_owned(), problems: reader.problems }
}

struct Reader<'t> {
    text: &'t str,
    lines: Lines,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn problem(&mut self, span: Range<usize>, message: String) {
        let (line, column) = self.lines.line_column(self.text, span.start);
        let content = self.lines.content(self.text, line);
        let end = span.end.min(content.end);
        let width = self.text.get(span.start..end).map_or(1, |meant| meant.chars().count().clamp(1, 200));
        let source = content.of(self.text).chars().take(200).map(|c| if c.is_control() { ' ' } else { c }).collect();
        self.problems.push(Problem { line, column, message, source, width });
    }

    fn settings(&mut self, document: &DeTable<'_>) -> Settings {
        let book = book(document);
        if let Some(src) = find(document, "book.src")
            && !src.get_ref().is_str()
        {
            self.problem(src.span(), "`src` must be a string: a folder beside this file".to_owned());
        }
        let Some(ours) = find(document, TABLE) else {
            return Settings { language: book.language.clone(), book, ..Settings::default() };
        };
        let Some(table) = ours.get_ref().as_table() else {
            self.problem(ours.span(), format!("`{TABLE}` must be a table"));
            return Settings::default();
        };
        self.check(table, "");
        Settings {
            ignore: texts(table, "ignore"),
            language: text(table, "language").or_else(|| book.language.clone()),
            people: texts(table, "people"),
            me: text(table, "me"),
            statuses: Statuses { own: map(table, "statuses", |symbol| symbol.trim_end_matches('\u{fe0f}'), status) },
            queries: map(table, "queries", |name| name, str::to_owned),
            check: map(table, "check", |code| code, severity),
            tickets: Trackers::new(tickets(table)),
            stamp: match text(table, "stamp").as_deref() {
                Some("always") => Stamping::Always,
                Some("never") => Stamping::Never,
                _ => Stamping::Auto,
            },
            todo_txt: texts(table, "tasks.todo-txt"),
            journal: Journal {
                folder: text(table, "journal.folder").map(|folder| folder.trim_end_matches('/').to_owned()),
                file: text(table, "journal.file"),
                order: match text(table, "journal.order").as_deref() {
                    Some("newest-first") => Some(JournalOrder::NewestFirst),
                    Some("oldest-first") => Some(JournalOrder::OldestFirst),
                    _ => None,
                },
            },
            site_exclude: texts(table, "site.exclude"),
            hard_line_breaks: boolean(table, "site.hard-line-breaks"),
            remote_media: boolean(table, "site.remote-media").unwrap_or_default(),
            book,
            ..Settings::default()
        }
    }

    /// Checks a table against [`SETTINGS`]. `prefix` is empty or ends with a dot. Recursion is bounded by the depth of
    /// [`SETTINGS`], not of the file.
    fn check(&mut self, table: &DeTable<'_>, prefix: &str) {
        for (key, value) in table {
            let name: &str = key.get_ref();
            if prefix.is_empty() && MDBOOK_KEYS.contains(&name) {
                continue;
            }
            let full = format!("{prefix}{name}");
            let any = format!("{prefix}*");
            if let Some(setting) = SETTINGS.iter().find(|setting| setting.key == any) {
                if prefix == "statuses." && !is_symbol(name) {
                    self.problem(key.span(), "a box holds one character".to_owned());
                }
                self.check_value(&full, value, setting.kind);
            } else if let Some(setting) = SETTINGS.iter().find(|setting| setting.key == full) {
                self.check_value(&full, value, setting.kind);
            } else if has_prefix(&format!("{full}.")) {
                match value.get_ref().as_table() {
                    Some(table) => self.check(table, &format!("{full}.")),
                    None => self.problem(value.span(), format!("`{full}` must be a table: [{TABLE}.{full}]")),
                }
            } else if has_prefix(&format!("{full}[].")) {
                self.check_tables(&full, value);
            } else {
                self.unknown(key.span(), name, prefix);
            }
        }
    }

    fn check_tables(&mut self, full: &str, value: &Spanned<DeValue<'_>>) {
        let wrong = format!("`{full}` must be a list of tables: [[{TABLE}.{full}]]");
        let Some(items) = value.get_ref().as_array() else {
            self.problem(value.span(), wrong);
            return;
        };
        for item in items {
            match item.get_ref().as_table() {
                Some(table) => {
                    self.check(table, &format!("{full}[]."));
                    for (span, message) in trackers::problems(&item.span(), table) {
                        self.problem(span, message);
                    }
                }
                None => self.problem(item.span(), wrong.clone()),
            }
        }
    }

    fn check_value(&mut self, full: &str, value: &Spanned<DeValue<'_>>, kind: Kind) {
        match kind {
            Kind::Texts | Kind::Globs | Kind::Keys => {
                let Some(items) = value.get_ref().as_array() else {
                    let example = SETTINGS.iter().find(|setting| setting.key == full).map_or("", |s| s.example);
                    self.problem(value.span(), format!("`{full}` must be a list of strings: {example}"));
                    return;
                };
                for item in items {
                    match item.get_ref().as_str() {
                        Some(text) => self.check_text(full, item.span(), text, kind),
                        None => self.wrong_type(full, item, "a list of strings"),
                    }
                }
            }
            Kind::Text | Kind::Path | Kind::OneOf(_) | Kind::Address | Kind::Pattern | Kind::Repository => {
                match value.get_ref().as_str() {
                    Some(text) => self.check_text(full, value.span(), text, kind),
                    None => self.wrong_type(full, value, "a string"),
                }
            }
            Kind::Bool => {
                if value.get_ref().as_bool().is_none() {
                    self.wrong_type(full, value, "true or false");
                }
            }
        }
    }

    fn wrong_type(&mut self, full: &str, value: &Spanned<DeValue<'_>>, wanted: &str) {
        let found = value.get_ref().type_str();
        let article = if found.starts_with(['a', 'i']) { "an" } else { "a" };
        self.problem(value.span(), format!("`{full}` must be {wanted}, this is {article} {found}"));
    }

    fn check_text(&mut self, full: &str, span: Range<usize>, text: &str, kind: Kind) {
        let message = match kind {
            Kind::Text | Kind::Texts | Kind::Bool => return,
            Kind::Path => {
                if is_inside(text) {
                    return;
                }
                format!("`{full}` must be a path inside the notes folder")
            }
            Kind::Globs => match GitignoreBuilder::new("").add_line(None, text) {
                Ok(_) => return,
                Err(error) => format!("not a glob: {error}"),
            },
            Kind::OneOf(words) => {
                if words.contains(&text) {
                    return;
                }
                let list = words.join(", ");
                let hint = suggestion(text, words).map_or_else(String::new, |word| format!("; did you mean {word:?}?"));
                format!("`{full}` must be one of {list}{hint}")
            }
            Kind::Address => match trackers::address_problem(text) {
                None => return,
                Some(message) => message,
            },
            Kind::Pattern => match ticket::compile(text) {
                Ok(_) => return,
                Err(error) => {
                    let why = error.to_string();
                    format!(
                        "not a regular expression: {}",
                        why.lines().last().unwrap_or("").trim_start_matches("error: ")
                    )
                }
            },
            Kind::Repository => {
                if ticket::is_repository(text) {
                    return;
                }
                format!("{text:?} is not a repository: owner/repo, or https://host/owner/repo")
            }
            Kind::Keys => {
                if ticket::is_project(text) {
                    return;
                }
                format!(
                    "{text:?} is not a ticket key: capital letters, then perhaps digits or _, such as SHOP in SHOP-123"
                )
            }
        };
        self.problem(span, message);
    }

    fn unknown(&mut self, span: Range<usize>, name: &str, prefix: &str) {
        let mut siblings: Vec<&str> = SETTINGS
            .iter()
            .filter_map(|setting| setting.key.strip_prefix(prefix))
            .filter_map(|rest| rest.split(['.', '[']).next())
            .collect();
        siblings.dedup();
        let table = format!("{TABLE}.{prefix}").trim_end_matches(['.', ']', '[']).to_owned();
        let hint = match suggestion(name, &siblings) {
            Some(word) => format!("; did you mean `{word}`?"),
            // A key that is valid in another of our tables.
            None => match SETTINGS.iter().find(|setting| setting.key.rsplit('.').next() == Some(name)) {
                Some(setting) => {
                    let place = setting.key.rsplit_once('.').map_or(String::new(), |(table, _)| format!(".{table}"));
                    format!("; it belongs in [{TABLE}{}]", place.trim_end_matches("[]"))
                }
                None => format!("; known are {}", siblings.join(", ")),
            },
        };
        self.problem(span, format!("unknown key `{name}` in [{table}]{hint}"));
    }
}

fn has_prefix(prefix: &str) -> bool {
    SETTINGS.iter().any(|setting| setting.key.starts_with(prefix))
}

/// The likely intended word: a similar one, or one that begins with it.
fn suggestion<'w>(name: &str, words: &[&'w str]) -> Option<&'w str> {
    let begun = |word: &&&str| name.len() >= 2 && (word.starts_with(name) || name.starts_with(**word));
    nearest(name, words.iter().copied()).or_else(|| words.iter().find(begun).copied())
}

/// One character, with or without the emoji selector.
fn is_symbol(name: &str) -> bool {
    let mut chars = name.trim_end_matches('\u{fe0f}').chars();
    matches!((chars.next(), chars.next()), (Some(c), None) if !c.is_control() && !matches!(c, '[' | ']'))
}

/// True if a relative path stays inside the folder where it starts, judging by its text alone.
pub(crate) fn is_inside(path: &str) -> bool {
    !path.is_empty()
        && Path::new(path).components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir))
}

/// The value at a path of keys joined by dots.
fn find<'v, 'i>(table: &'v DeTable<'i>, path: &str) -> Option<&'v Spanned<DeValue<'i>>> {
    let (first, rest) = path.split_once('.').unwrap_or((path, ""));
    let value = table.get(first)?;
    if rest.is_empty() { Some(value) } else { find(value.get_ref().as_table()?, rest) }
}

fn text(table: &DeTable<'_>, path: &str) -> Option<String> {
    find(table, path)?.get_ref().as_str().map(str::to_owned)
}

fn boolean(table: &DeTable<'_>, path: &str) -> Option<bool> {
    find(table, path)?.get_ref().as_bool()
}

fn texts(table: &DeTable<'_>, path: &str) -> Vec<String> {
    let items = find(table, path).and_then(|value| value.get_ref().as_array());
    items.into_iter().flat_map(|items| items.iter()).filter_map(|v| v.get_ref().as_str()).map(str::to_owned).collect()
}

fn map<V>(table: &DeTable<'_>, path: &str, name: fn(&str) -> &str, read: fn(&str) -> V) -> BTreeMap<String, V> {
    let entries = find(table, path).and_then(|value| value.get_ref().as_table());
    let entries = entries.into_iter().flat_map(|entries| entries.iter());
    entries.filter_map(|(k, v)| Some((name(k.get_ref()).to_owned(), read(v.get_ref().as_str()?)))).collect()
}

fn status(name: &str) -> Status {
    // Other names were reported by `check`.
    Status::from_name(name).unwrap_or(Status::Todo)
}

fn severity(name: &str) -> Option<Severity> {
    match name {
        "info" => Some(Severity::Info),
        "warning" => Some(Severity::Warning),
        "error" => Some(Severity::Error),
        _ => None,
    }
}

fn tickets(table: &DeTable<'_>) -> Vec<Tracker> {
    let items = find(table, "tickets").and_then(|value| value.get_ref().as_array());
    let items = items.into_iter().flat_map(|items| items.iter()).filter_map(|item| item.get_ref().as_table());
    items.map(trackers::read).collect()
}

fn book(document: &DeTable<'_>) -> Book {
    Book {
        title: text(document, "book.title"),
        authors: texts(document, "book.authors"),
        description: text(document, "book.description"),
        language: text(document, "book.language"),
        text_direction: text(document, "book.text-direction"),
        src: text(document, "book.src"),
        build_dir: text(document, "build.build-dir"),
        site_url: text(document, "output.html.site-url"),
        cname: text(document, "output.html.cname"),
        edit_url_template: text(document, "output.html.edit-url-template"),
        git_repository_url: text(document, "output.html.git-repository-url"),
        additional_css: texts(document, "output.html.additional-css"),
        additional_js: texts(document, "output.html.additional-js"),
        default_theme: text(document, "output.html.default-theme"),
        input_404: text(document, "output.html.input-404"),
        redirect: map(document, "output.html.redirect", |from| from, str::to_owned),
    }
}

#[cfg(test)]
mod tests;

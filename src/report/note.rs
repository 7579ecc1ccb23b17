//! A note for listings and scripts.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::Map;
use serde_json::Value as Json;

use crate::index::Record;
use crate::model::LinkKind;
use crate::model::NotePath;
use crate::model::SectionKind;
use crate::model::Severity;
use crate::model::TitleFrom;
use crate::model::Value;
use crate::model::ticket::Trackers;
use crate::report::notes::modified;
use crate::report::task::TaskItem;
use crate::report::task::TaskRow;

/// A note as shown in a listing; its JSON is described in the handbook's page on formats.
#[derive(Debug, Clone, Serialize)]
pub struct NoteRow<'n> {
    /// Relative to the notes folder.
    pub path: &'n NotePath,
    /// Its title.
    pub title: &'n str,
    /// Where the title comes from.
    pub title_from: TitleFrom,
    /// As in [`crate::model::Note::kind`].
    pub kind: Option<&'n str>,
    /// The date of the note as a whole.
    pub date: Option<NaiveDate>,
    /// From the front matter, else from the file.
    pub modified: NaiveDate,
    /// Number of words in the body.
    pub words: usize,
    /// Each once, ignoring case.
    pub tags: Vec<&'n str>,
    /// Other names.
    pub aliases: &'n [String],
    /// The front matter; scalars as written.
    pub properties: Map<String, Json>,
    /// The note's contents, if requested.
    #[serde(flatten)]
    pub facts: Option<NoteFacts<'n>>,
}

/// A note's contents, in the order of the text.
#[derive(Debug, Clone, Serialize)]
pub struct NoteFacts<'n> {
    headings: Vec<Heading<'n>>,
    sections: Vec<Section<'n>>,
    links: Vec<Link<'n>>,
    tasks: Vec<TaskItem>,
    tickets: Vec<Ticket<'n>>,
    diagnostics: Vec<Diagnostic<'n>>,
}

#[derive(Debug, Clone, Serialize)]
struct Heading<'n> {
    line: usize,
    level: u8,
    text: &'n str,
}

#[derive(Debug, Clone, Serialize)]
struct Section<'n> {
    line: usize,
    end_line: usize,
    level: u8,
    text: &'n str,
    kind: SectionKind,
}

#[derive(Debug, Clone, Serialize)]
struct Link<'n> {
    line: usize,
    kind: LinkKind,
    target: &'n str,
    text: &'n str,
}

#[derive(Debug, Clone, Serialize)]
struct Ticket<'n> {
    line: usize,
    key: &'n str,
    url: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
struct Diagnostic<'n> {
    line: usize,
    code: &'n str,
    severity: Severity,
    message: &'n str,
}

impl<'n> NoteRow<'n> {
    /// A note's row, without its contents.
    #[must_use]
    pub fn new(record: &'n Record) -> Self {
        let note = &record.parsed.note;
        let mut seen = BTreeSet::new();
        let tags = note.tags.iter().filter(|tag| seen.insert(tag.name.to_ascii_lowercase()));
        let properties = note.properties.iter().map(|property| (property.key.clone(), json(&property.value)));
        Self {
            path: &record.path,
            title: &note.title,
            title_from: note.title_from,
            kind: note.kind.as_deref(),
            date: note.date,
            modified: modified(record),
            words: note.words,
            tags: tags.map(|tag| tag.name.as_str()).collect(),
            aliases: &note.aliases,
            properties: properties.collect(),
            facts: None,
        }
    }
}

impl<'n> NoteFacts<'n> {
    /// The contents of a note. `tasks` are the note's own, `trackers` give the addresses of tickets.
    #[must_use]
    pub fn new(record: &'n Record, tasks: &[TaskRow<'_>], trackers: &Trackers) -> Self {
        let note = &record.parsed.note;
        let headings = note.sections.iter().filter(|section| section.kind == SectionKind::Heading);
        Self {
            headings: headings
                .map(|section| Heading { line: section.line, level: section.level, text: &section.text })
                .collect(),
            sections: note
                .sections
                .iter()
                .map(|section| Section {
                    line: section.line,
                    end_line: section.end_line,
                    level: section.level,
                    text: &section.text,
                    kind: section.kind,
                })
                .collect(),
            links: note
                .links
                .iter()
                .map(|link| Link { line: link.line, kind: link.kind, target: &link.target, text: &link.text })
                .collect(),
            tasks: tasks.iter().map(TaskRow::item).collect(),
            tickets: note
                .tickets
                .iter()
                .map(|ticket| Ticket {
                    line: ticket.line,
                    key: &ticket.key,
                    url: ticket.url.clone().or_else(|| trackers.url(&ticket.key)),
                })
                .collect(),
            diagnostics: record
                .parsed
                .diagnostics
                .iter()
                .map(|diagnostic| Diagnostic {
                    line: diagnostic.line,
                    code: &diagnostic.code,
                    severity: diagnostic.severity,
                    message: &diagnostic.message,
                })
                .collect(),
        }
    }
}

/// A front matter value as JSON: scalars stay as written.
fn json(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Text(text) => Json::String(text.clone()),
        Value::List(items) => items.iter().map(json).collect(),
        Value::Map(pairs) => Json::Object(pairs.iter().map(|(key, value)| (key.clone(), json(value))).collect()),
    }
}

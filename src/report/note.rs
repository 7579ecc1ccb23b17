//! A note as listings and scripts see it.

use chrono::NaiveDate;
use serde_json::Map;
use serde_json::Value as Json;
use serde_json::json;

use crate::model::Note;
use crate::model::NotePath;
use crate::model::Parsed;
use crate::model::SectionKind;
use crate::model::Value;
use crate::report::task::TaskRow;

/// A note with what a listing says of it.
#[derive(Debug, Clone, Copy)]
pub struct NoteRow<'a> {
    /// Where it is.
    pub path: &'a NotePath,
    /// What it says.
    pub parsed: &'a Parsed,
    /// From the front matter, else the file's.
    pub modified: Option<NaiveDate>,
}

/// The day that the front matter names under one of these keys.
#[must_use]
pub fn property_day(note: &Note, keys: &[&str]) -> Option<NaiveDate> {
    keys.iter().find_map(|key| {
        let text = note.property(key)?.as_text()?.trim();
        NaiveDate::parse_from_str(text.get(..10)?, "%Y-%m-%d").ok()
    })
}

impl NoteRow<'_> {
    /// The fields of a note in JSON; `facts` adds what stands in it. `tasks` are the note's own, `url` makes a ticket's address.
    #[must_use]
    pub fn json(&self, facts: Option<&[&TaskRow<'_>]>, url: &dyn Fn(&str) -> Option<String>) -> Json {
        let note = &self.parsed.note;
        let mut tags: Vec<&str> = Vec::new();
        for tag in &note.tags {
            if !tags.iter().any(|known| known.eq_ignore_ascii_case(&tag.name)) {
                tags.push(&tag.name);
            }
        }
        let properties: Map<String, Json> =
            note.properties.iter().map(|property| (property.key.clone(), property_json(&property.value))).collect();
        let mut row = json!({
            "path": self.path.as_str(),
            "title": note.title,
            "title_from": note.title_from,
            "kind": note.kind,
            "date": note.date,
            "modified": self.modified,
            "words": note.words,
            "tags": tags,
            "aliases": note.aliases,
            "properties": properties,
        });
        if let (Some(tasks), Some(map)) = (facts, row.as_object_mut()) {
            self.facts(tasks, url, map);
        }
        row
    }

    fn facts(&self, tasks: &[&TaskRow<'_>], url: &dyn Fn(&str) -> Option<String>, map: &mut Map<String, Json>) {
        let note = &self.parsed.note;
        let headings = note.sections.iter().filter(|section| section.kind == SectionKind::Heading);
        let headings =
            headings.map(|section| json!({"line": section.line, "level": section.level, "text": section.text}));
        let sections = note.sections.iter().map(|section| {
            json!({
                "line": section.line,
                "end_line": section.end_line,
                "level": section.level,
                "text": section.text,
                "kind": section.kind,
            })
        });
        let links = note
            .links
            .iter()
            .map(|link| json!({"line": link.line, "kind": link.kind, "target": link.target, "text": link.text}));
        let tickets =
            note.tickets.iter().map(|ticket| json!({"line": ticket.line, "key": ticket.key, "url": url(&ticket.key)}));
        let diagnostics = self.parsed.diagnostics.iter().map(|diagnostic| {
            json!({
                "line": diagnostic.line,
                "code": diagnostic.code,
                "severity": diagnostic.severity,
                "message": diagnostic.message,
            })
        });
        map.insert("headings".to_owned(), headings.collect());
        map.insert("sections".to_owned(), sections.collect());
        map.insert("links".to_owned(), links.collect());
        map.insert("tasks".to_owned(), tasks.iter().map(|task| json!(task.item())).collect());
        map.insert("tickets".to_owned(), tickets.collect());
        map.insert("diagnostics".to_owned(), diagnostics.collect());
    }
}

/// A front matter value as JSON: scalars stay as written.
fn property_json(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Text(text) => Json::String(text.clone()),
        Value::List(items) => items.iter().map(property_json).collect(),
        Value::Map(pairs) => {
            Json::Object(pairs.iter().map(|(key, value)| (key.clone(), property_json(value))).collect())
        }
    }
}

//! Notes with their facts, as loaded from the index: the basis of most reports.

use std::sync::Arc;

use chrono::DateTime;
use chrono::Local;
use chrono::NaiveDate;

use crate::index::Record;
use crate::model::Note;
use crate::model::NotePath;
use crate::model::short_id::Closed;
use crate::query::NoteFacts;
use crate::report::resolve::NoteRef;
use crate::report::superseded;
use crate::report::task;
use crate::report::task::TaskRow;

/// Notes with their facts, sorted by path.
#[derive(Debug)]
pub struct Notes {
    records: Vec<Record>,
    people: Vec<String>,
}

impl Notes {
    /// Takes the records of the notes, sorted by path. `people`: the names in the settings.
    #[must_use]
    pub fn new(mut records: Vec<Record>, people: &[String]) -> Self {
        superseded::mark(&mut records);
        let people = all_people(&records, people);
        Self { records, people }
    }

    /// The notes.
    #[must_use]
    pub fn records(&self) -> &[Record] {
        &self.records
    }

    /// The note at a path.
    #[must_use]
    pub fn at(&self, path: &NotePath) -> Option<&Record> {
        self.position(path).and_then(|index| self.records.get(index))
    }

    /// The index of the note at a path.
    #[must_use]
    pub fn position(&self, path: &NotePath) -> Option<usize> {
        self.records.binary_search_by(|record| record.path.cmp(path)).ok()
    }

    /// Path and note of each record.
    #[must_use]
    pub fn refs(&self) -> Arc<[NoteRef<'_>]> {
        self.records.iter().map(|record| (&record.path, &record.parsed.note)).collect()
    }

    /// The names of people known in the notebook: those in the settings, and notes of the kind `person`.
    #[must_use]
    pub fn people(&self) -> &[String] {
        &self.people
    }

    /// The tasks of these notes, sorted by path and position. The ids shown in listings are unique among them.
    #[must_use]
    pub fn tasks(&self, today: NaiveDate) -> Vec<TaskRow<'_>> {
        let notes = self.records.iter().map(|record| (&record.path, &record.parsed.note, record.kept.as_slice()));
        let notes: Vec<_> = notes.collect();
        let closed: Vec<&str> = self.closed().map(Closed::id).collect();
        task::rows(&notes, &closed, &self.people, today)
    }

    /// The closed tasks that were not loaded.
    pub fn closed(&self) -> impl Iterator<Item = &Closed> {
        self.records.iter().flat_map(|record| &record.closed)
    }
}

fn all_people(records: &[Record], named: &[String]) -> Vec<String> {
    let notes = records.iter().filter(|record| record.parsed.note.kind.as_deref() == Some("person"));
    let mut names: Vec<String> =
        notes.flat_map(|record| [record.parsed.note.title.clone(), record.path.stem().to_owned()]).collect();
    names.extend(named.iter().map(|name| name.trim_start_matches('@').to_owned()));
    names
}

/// A record as a query sees it.
#[must_use]
pub fn facts(record: &Record) -> NoteFacts<'_> {
    NoteFacts {
        path: &record.path,
        note: &record.parsed.note,
        kept: &record.kept,
        created: created(record),
        modified: Some(modified(record)),
    }
}

/// When a note was created: from its front matter, else its date.
#[must_use]
pub fn created(record: &Record) -> Option<NaiveDate> {
    property_day(&record.parsed.note, &["created", "date"]).or(record.parsed.note.date)
}

/// When a note was last changed: from its front matter, else its file.
#[must_use]
pub fn modified(record: &Record) -> NaiveDate {
    property_day(&record.parsed.note, &["modified", "updated", "last_modified"])
        .unwrap_or_else(|| DateTime::from_timestamp_nanos(record.stamp.mtime).with_timezone(&Local).date_naive())
}

/// The day in the front matter under one of these keys.
#[must_use]
pub fn property_day(note: &Note, keys: &[&str]) -> Option<NaiveDate> {
    keys.iter().find_map(|key| {
        let text = note.property(key)?.as_text()?.trim();
        NaiveDate::parse_from_str(text.get(..10)?, "%Y-%m-%d").ok()
    })
}

//! A list of notes.

use std::sync::Arc;

use chrono::NaiveDate;
use serde::Serialize;
use serde::Serializer;
use xxhash_rust::xxh3::xxh3_64;

use crate::index::Record;
use crate::model::ticket::Trackers;
use crate::report::note::NoteFacts;
use crate::report::note::NoteRow;
use crate::report::notes::Notes;
use crate::report::notes::created;
use crate::report::notes::modified;

/// A list of notes: the loaded notes, and which of them are listed. Rows are made from them one by one.
#[derive(Debug, Clone)]
pub struct NoteList {
    /// All notes that were loaded.
    pub notes: Arc<Notes>,
    /// The listed ones in their order, as indices.
    pub listed: Vec<usize>,
    /// The number without a limit.
    pub total: usize,
    /// Needed for rows with contents.
    pub facts: Option<FactsContext>,
}

/// Inputs for the contents of notes other than the notes.
#[derive(Debug, Clone)]
pub struct FactsContext {
    /// The day from which the ages of tasks are counted.
    pub today: NaiveDate,
    /// The addresses of tickets.
    pub trackers: Trackers,
}

/// The order of a list of notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct NoteOrder {
    /// The sort key; on a tie by path.
    pub key: NoteKey,
    /// From greatest to least.
    pub descending: bool,
}

/// A sort key for notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum NoteKey {
    /// The path.
    #[default]
    Path,
    /// The title, ignoring case.
    Title,
    /// When it was last changed.
    Modified,
    /// When it was created.
    Created,
    /// The date of the note as a whole.
    Date,
    /// The number of words.
    Words,
    /// Random: another order every day, the same during a day.
    Random,
}

impl NoteList {
    /// The listed notes.
    pub fn records(&self) -> impl Iterator<Item = &Record> {
        self.listed.iter().filter_map(|&index| self.notes.records().get(index))
    }

    /// Keeps only these of the listed notes, given as indices of [`Self::listed`] from 0.
    pub fn keep(&mut self, picked: &[usize]) {
        self.listed = picked.iter().filter_map(|&index| self.listed.get(index).copied()).collect();
        self.total = self.listed.len();
    }

    /// The rows for scripts.
    pub fn rows(&self) -> impl Iterator<Item = NoteRow<'_>> {
        // ids are unique among the tasks of all notes
        let tasks = self.facts.as_ref().map(|facts| self.notes.tasks(facts.today)).unwrap_or_default();
        self.records().map(move |record| {
            let facts = self.facts.as_ref().map(|facts| {
                let first = tasks.partition_point(|row| *row.path < record.path);
                let own = tasks.get(first..).unwrap_or_default();
                let own = own.get(..own.partition_point(|row| *row.path == record.path)).unwrap_or_default();
                NoteFacts::new(record, own, &facts.trackers)
            });
            NoteRow { facts, ..NoteRow::new(record) }
        })
    }
}

impl Serialize for NoteList {
    /// The rows.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.rows())
    }
}

impl NoteOrder {
    /// Sorts notes, given as indices in ascending order.
    pub fn sort(self, notes: &Notes, indices: &mut [usize], today: NaiveDate) {
        match self.key {
            NoteKey::Path => {}
            NoteKey::Title => sort(notes, indices, |record| record.parsed.note.title.to_lowercase()),
            // dates in the notes are preferred, as in queries
            NoteKey::Modified => sort(notes, indices, |record| (modified(record), record.stamp.mtime)),
            NoteKey::Created => sort(notes, indices, created),
            NoteKey::Date => sort(notes, indices, |record| record.parsed.note.date),
            NoteKey::Words => sort(notes, indices, |record| record.parsed.note.words),
            NoteKey::Random => {
                sort(notes, indices, |record| xxh3_64(format!("{today}/{}", record.path.as_str()).as_bytes()));
            }
        }
        if self.descending {
            indices.reverse();
        }
    }
}

fn sort<K: Ord>(notes: &Notes, indices: &mut [usize], key: impl Fn(&Record) -> K) {
    indices.sort_by_cached_key(|&index| notes.records().get(index).map(&key));
}

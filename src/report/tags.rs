//! The tags of notes, counted.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use serde::Serialize;

use crate::model::Note;

/// The tags of some notes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct TagReport {
    /// Each tag, and each parent tag: by name, or the most used first.
    pub tags: Vec<TagRow>,
    /// True if they are sorted by use.
    pub by_use: bool,
}

/// A tag across all notes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct TagRow {
    /// As first written, with its parent tags: `events/outbox`.
    pub tag: String,
    /// The number of notes with it or a tag below it.
    pub notes: usize,
    /// The number of occurrences of exactly this tag.
    pub sightings: usize,
}

impl TagReport {
    /// Counts the tags of notes, ignoring case.
    #[must_use]
    pub fn new<'a>(notes: impl Iterator<Item = &'a Note>, by_use: bool) -> Self {
        let mut rows: BTreeMap<String, TagRow> = BTreeMap::new();
        for note in notes {
            let mut seen = BTreeSet::new();
            for tag in &note.tags {
                let parts: Vec<&str> = tag.name.split('/').filter(|part| !part.is_empty()).collect();
                for depth in 1..=parts.len() {
                    let name = parts.get(..depth).unwrap_or(&[]).join("/");
                    let key = name.to_lowercase();
                    let row = rows.entry(key.clone()).or_default();
                    if row.tag.is_empty() {
                        row.tag = name;
                    }
                    row.sightings += usize::from(depth == parts.len());
                    row.notes += usize::from(seen.insert(key));
                }
            }
        }
        let mut tags: Vec<TagRow> = rows.into_values().collect();
        if by_use {
            tags.sort_by_key(|row| std::cmp::Reverse(row.notes));
        }
        Self { tags, by_use }
    }
}

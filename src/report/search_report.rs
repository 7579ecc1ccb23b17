//! The results of a search: sections of notes, the best first.

use serde::Serialize;

use crate::index::Answer;
use crate::index::NoteHit;
use crate::model::Note;
use crate::report::match_places::MatchPlace;

pub use crate::index::SectionHit;

/// The results of a search.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct SearchReport {
    /// The hits, grouped by note.
    pub hits: Vec<SectionHit>,
    /// The total number of matching notes; only the first of them have hits here.
    pub notes: usize,
    /// The number of those with every word, if the query ranks several words and not all are required.
    pub with_every_word: Option<usize>,
    /// Words that no note has, and what was searched for instead.
    pub corrected: Vec<(String, String)>,
}

impl SearchReport {
    /// From the answer of the index.
    #[must_use]
    pub fn new(answer: Answer) -> Self {
        let hits = answer.hits.into_iter().flat_map(|hit| hit.sections).collect();
        Self { hits, notes: answer.total, with_every_word: None, corrected: answer.corrected }
    }

    /// Keeps only these of the hits, given as indices from 0.
    pub fn keep(&mut self, picked: &[usize]) {
        self.hits = picked.iter().filter_map(|&index| self.hits.get(index).cloned()).collect();
        self.notes = self.by_note().count();
        self.with_every_word = None;
    }

    /// The hits of each note.
    pub fn by_note(&self) -> impl Iterator<Item = &[SectionHit]> {
        self.hits.chunk_by(|a, b| a.path == b.path)
    }
}

/// Replaces a note's hits by matches that the index cannot locate: tasks and regex matches.
pub fn put_in_place(hit: &mut NoteHit, note: &Note, places: Vec<MatchPlace>) {
    let Some(first) = hit.sections.first().filter(|_| !places.is_empty()).cloned() else { return };
    let at = |place: MatchPlace| SectionHit {
        date: note.entry_at(place.line).map(|entry| entry.date).or(note.date),
        line: place.line,
        column: place.column,
        heading: place.heading,
        text: place.text,
        highlights: place.highlights,
        ..first.clone()
    };
    hit.sections = places.into_iter().map(at).collect();
}

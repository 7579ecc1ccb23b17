//! What a search found: sections of notes, the best first.

use chrono::NaiveDate;
use serde::Serialize;
use serde::Serializer;

use crate::index::Answer;
use crate::index::NoteHit;
use crate::index::Reason;
use crate::index::SectionHit;
use crate::model::Note;
use crate::model::NotePath;
use crate::report::place::Place;

/// What a search found.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct SearchReport {
    /// The hits; those of one note stand together.
    pub hits: Vec<SearchHit>,
    /// How many notes were found; only the first of them have hits here.
    pub notes: usize,
    /// How many of them have every word, where the query ranks several words and not all must be there.
    pub with_every_word: Option<usize>,
    /// Words that no note has, and what was searched for in their place.
    pub corrected: Vec<(String, String)>,
}

/// A section that was found, or a place in one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SearchHit {
    /// The note.
    pub path: NotePath,
    /// As in [`SectionHit::line`].
    pub line: usize,
    /// 1-based, in Unicode scalar values.
    pub column: usize,
    /// The note's title.
    pub title: String,
    /// The headings above it, outermost first, its own last.
    pub heading: Vec<String>,
    /// The note's kind.
    pub kind: Option<String>,
    /// Of the entry that it stands in, else of the note.
    pub date: Option<NaiveDate>,
    /// How well it fits; 0 where nothing ranks.
    pub score: f64,
    /// One line without markup.
    pub text: String,
    /// Marked words, as `(start, end)` of Unicode scalar values in `text`.
    pub highlights: Vec<(usize, usize)>,
    /// What the score is made of, where that was asked for.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "reasons")]
    pub explain: Option<Vec<Reason>>,
}

/// Reasons as `--explain` prints them.
fn reasons<S: Serializer>(reasons: &Option<Vec<Reason>>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(reasons.iter().flatten().map(ToString::to_string))
}

impl SearchReport {
    /// What the index found; `explain`: hits say what their scores are made of.
    #[must_use]
    pub fn new(answer: Answer, explain: bool) -> Self {
        let hit = |path: NotePath, section: SectionHit| SearchHit {
            path,
            line: section.line,
            column: section.column,
            title: section.title,
            heading: section.heading,
            kind: section.kind,
            date: section.date,
            score: section.score,
            text: section.text,
            highlights: section.highlights,
            explain: explain.then_some(section.reasons),
        };
        let hits = answer.hits.into_iter().flat_map(|NoteHit { path, sections, .. }| {
            sections.into_iter().map(move |section| hit(path.clone(), section))
        });
        Self { hits: hits.collect(), notes: answer.total, with_every_word: None, corrected: answer.corrected }
    }

    /// The hits of each note.
    pub fn by_note(&self) -> impl Iterator<Item = &[SearchHit]> {
        self.hits.chunk_by(|a, b| a.path == b.path)
    }
}

/// Gives a note's hits the places that the index does not know: tasks, and what a regex finds.
pub fn put_in_place(hit: &mut NoteHit, note: &Note, places: Vec<Place>) {
    let Some(first) = hit.sections.first().filter(|_| !places.is_empty()).cloned() else { return };
    let at = |place: Place| SectionHit {
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

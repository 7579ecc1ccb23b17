//! A text as it would be before links follow: that of a note, changed.
//!
//! Knows where each byte of the note stands in it, so that links and places are found again.

use std::collections::BTreeMap;

use crate::disk;
use crate::edit::Overlap;
use crate::edit::apply_text;
use crate::model::Edit;
use crate::model::Note;
use crate::model::Span;

/// A change of a note's text.
#[derive(Debug, Clone, Default)]
pub(super) struct Change {
    /// What is replaced; empty for what is put in.
    span: Span,
    /// What stands there afterwards.
    words: String,
}

impl From<Edit> for Change {
    fn from(edit: Edit) -> Self {
        Self { span: Span::new(edit.start, edit.end), words: edit.text }
    }
}

/// What is looked for at a byte.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sought {
    /// A link: gone where words were put in its place.
    Link,
    /// A place: it is still there where its words are others.
    Place,
}

/// A text as it would be.
pub(super) struct Draft {
    /// The text that it was.
    pub(super) text: disk::Text,
    /// What changed in it before links follow, in order.
    changes: Vec<Change>,
    /// The text before links follow, and what is in it.
    pub(super) base: String,
    pub(super) base_note: Note,
    /// What makes its links follow, on `base`, by their places.
    pub(super) edits: BTreeMap<(usize, usize), String>,
    /// What is in it once they do.
    pub(super) note: Note,
}

impl Draft {
    /// A text with changes.
    pub(super) fn new(text: disk::Text, mut changes: Vec<Change>) -> Result<Self, Overlap> {
        changes.sort_by_key(|change| (change.span.start, change.span.end));
        let edit = |Change { span, words }: &Change| Edit { start: span.start, end: span.end, text: words.clone() };
        let base = apply_text(&text.text, &changes.iter().map(edit).collect::<Vec<_>>())?;
        let (base_note, note) = (Note::default(), Note::default());
        Ok(Self { text, changes, base, base_note, edits: BTreeMap::new(), note })
    }

    /// The text once links follow.
    pub(super) fn now(&self) -> Result<String, Overlap> {
        let edits = self.edits.iter().map(|(&(start, end), text)| Edit { start, end, text: text.clone() });
        apply_text(&self.base, &edits.collect::<Vec<_>>())
    }

    /// Where a byte of the text that it was stands before links follow.
    pub(super) fn place(&self, at: usize, sought: Sought) -> Option<usize> {
        let mut shift = 0_isize;
        for Change { span, words } in &self.changes {
            if span.end <= at {
                shift += words.len().cast_signed() - (span.end - span.start).cast_signed();
            } else if span.start <= at {
                let is_there = sought == Sought::Place && span.start == at;
                return is_there.then(|| at.saturating_add_signed(shift));
            }
        }
        Some(at.saturating_add_signed(shift))
    }

    /// True for a byte of the text before links follow that was not there: words of a change.
    pub(super) fn is_new(&self, at: usize) -> bool {
        let mut shift = 0_isize;
        self.changes.iter().any(|Change { span, words }| {
            let start = span.start.saturating_add_signed(shift);
            shift += words.len().cast_signed() - (span.end - span.start).cast_signed();
            (start..start + words.len()).contains(&at)
        })
    }

    /// All that changes in the text that it was.
    pub(super) fn all_edits(&self) -> Result<Vec<Edit>, Overlap> {
        let mut found = Vec::new();
        let mut shift = 0_isize;
        let mut links = self.edits.iter().peekable();
        for Change { span, words } in &self.changes {
            let start = span.start.saturating_add_signed(shift);
            let end = start + words.len();
            while let Some((&(from, to), text)) = links.next_if(|((from, to), _)| *to <= start && *from < start) {
                let back = |at: usize| at.saturating_add_signed(-shift);
                found.push(Edit { start: back(from), end: back(to), text: text.clone() });
            }
            let mut inside = Vec::new();
            while let Some((&(from, to), text)) = links.next_if(|((from, _), _)| *from < end) {
                inside.push(Edit {
                    start: from.saturating_sub(start),
                    end: to.saturating_sub(start),
                    text: text.clone(),
                });
            }
            found.push(Edit { start: span.start, end: span.end, text: apply_text(words, &inside)? });
            shift += words.len().cast_signed() - (span.end - span.start).cast_signed();
        }
        for (&(from, to), text) in links {
            let back = |at: usize| at.saturating_add_signed(-shift);
            found.push(Edit { start: back(from), end: back(to), text: text.clone() });
        }
        Ok(found)
    }
}

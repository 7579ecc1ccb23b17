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
use crate::session::plan::words::Change;
use crate::session::plan::words::Graft;

/// Replaced bytes, and the length of what stands there afterwards.
type Replaced = (Span, usize);

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
        let edit =
            |Change { span, words }: &Change| Edit { start: span.start, end: span.end, text: words.text.clone() };
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
        let replaced = self.changes.iter().map(|Change { span, words }| (*span, words.text.len()));
        place(replaced, at, sought)
    }

    /// Where a byte of another text stands in this one before links follow.
    pub(super) fn grafted(&self, from: usize, at: usize, sought: Sought) -> impl Iterator<Item = usize> + '_ {
        let holds = move |graft: &&Graft| {
            graft.from == from && graft.span.contains(at) && !(graft.copied && sought == Sought::Place)
        };
        self.starts()
            .flat_map(|(start, change)| change.words.grafts.iter().map(move |graft| (start, graft)))
            .filter(move |(_, graft)| holds(graft))
            .filter_map(move |(start, graft)| {
                let replaced = graft.edits.iter().map(|edit| (Span::new(edit.start, edit.end), edit.text.len()));
                Some(start + graft.at + place(replaced, at, sought)? - graft.span.start)
            })
    }

    /// Where the new words stand that have a part of another text, before links follow.
    pub(super) fn start_of_graft(&self, from: usize) -> Option<usize> {
        let has = |change: &Change| change.words.grafts.iter().any(|graft| graft.from == from);
        self.starts().find(|(_, change)| has(change)).map(|(start, _)| start)
    }

    /// The texts that parts of this one come from.
    pub(super) fn sources(&self) -> impl Iterator<Item = usize> + '_ {
        self.changes.iter().flat_map(|change| change.words.grafts.iter().map(|graft| graft.from))
    }

    /// New links before links follow: where each begins, and the text that it leads to.
    pub(super) fn made_links(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.starts().flat_map(|(start, change)| change.words.links.iter().map(move |(at, to)| (start + at, *to)))
    }

    /// True for a byte of the text before links follow that is new, and no part of another text.
    pub(super) fn is_new(&self, at: usize) -> bool {
        self.starts().any(|(start, change)| {
            let is_grafted = |graft: &Graft| (start + graft.at..start + graft.end).contains(&at);
            (start..start + change.words.text.len()).contains(&at) && !change.words.grafts.iter().any(is_grafted)
        })
    }

    /// The changes, each with the byte at which it stands before links follow.
    fn starts(&self) -> impl Iterator<Item = (usize, &Change)> {
        let mut shift = 0_isize;
        self.changes.iter().map(move |change| {
            let start = change.span.start.saturating_add_signed(shift);
            shift += change.words.text.len().cast_signed() - change.span.len().cast_signed();
            (start, change)
        })
    }

    /// All that changes in the text that it was.
    pub(super) fn all_edits(&self) -> Result<Vec<Edit>, Overlap> {
        let mut found = Vec::new();
        let mut shift = 0_isize;
        let mut links = self.edits.iter().peekable();
        for (start, Change { span, words }) in self.starts() {
            let end = start + words.text.len();
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
            found.push(Edit { start: span.start, end: span.end, text: apply_text(&words.text, &inside)? });
            shift += words.text.len().cast_signed() - span.len().cast_signed();
        }
        for (&(from, to), text) in links {
            let back = |at: usize| at.saturating_add_signed(-shift);
            found.push(Edit { start: back(from), end: back(to), text: text.clone() });
        }
        Ok(found)
    }
}

/// Where a byte stands once these bytes are replaced, which are in order.
fn place(replaced: impl Iterator<Item = Replaced>, at: usize, sought: Sought) -> Option<usize> {
    let mut shift = 0_isize;
    for (span, len) in replaced {
        if span.end <= at {
            shift += len.cast_signed() - span.len().cast_signed();
        } else if span.start <= at {
            // what is taken away is not there, whatever follows it
            let is_there = sought == Sought::Place && span.start == at && len > 0;
            return is_there.then(|| at.saturating_add_signed(shift));
        }
    }
    Some(at.saturating_add_signed(shift))
}

//! A text as it would be before links follow: that of a note, changed, with pieces of other notes in it, or a new one.
//!
//! Knows where each byte of the notes before stands in it, so that links and places are found again wherever they went.

use std::collections::BTreeMap;

use crate::disk;
use crate::edit::Overlap;
use crate::edit::apply_text;
use crate::model::Edit;
use crate::model::Note;
use crate::model::Span;
use crate::session::Error;

/// A change of a note's text, or all of a new text.
#[derive(Debug, Clone, Default)]
pub(super) struct Change {
    /// What is replaced; empty for what is put in.
    pub(super) span: Span,
    /// What stands there afterwards.
    pub(super) content: Vec<Part>,
}

/// A part of a new text.
#[derive(Debug, Clone)]
pub(super) enum Part {
    /// These words.
    Words(String),
    /// A piece of a note before.
    Piece(Piece),
}

/// A piece of a note before, with changes of its own.
#[derive(Debug, Clone, Default)]
pub(super) struct Piece {
    /// The note, by its index.
    pub(super) note: usize,
    /// Where it stood.
    pub(super) span: Span,
    /// On the note's text, within the piece, in order.
    pub(super) edits: Vec<Edit>,
}

impl From<Edit> for Change {
    fn from(edit: Edit) -> Self {
        Self { span: Span::new(edit.start, edit.end), content: vec![Part::Words(edit.text)] }
    }
}

/// A piece of a note in a text.
struct Placed {
    note: usize,
    span: Span,
    /// What was replaced in it, and how long it is now.
    changed: Vec<(Span, usize)>,
    /// Where the piece begins in the text.
    at: usize,
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
    /// The note whose text it was.
    pub(super) text: Option<disk::Text>,
    /// What changed in it before links follow, with what is there now; in order.
    changes: Vec<(Span, String)>,
    /// The text before links follow, and what is in it.
    pub(super) base: String,
    pub(super) base_note: Note,
    /// What makes its links follow, on `base`, by their places.
    pub(super) edits: BTreeMap<(usize, usize), String>,
    /// What is in it once they do.
    pub(super) note: Note,
    pieces: Vec<Placed>,
}

impl Draft {
    /// The text of the note `host` with changes, or a new one; `piece` reads the text of notes.
    pub(super) fn new(
        host: Option<(usize, disk::Text)>,
        mut changes: Vec<Change>,
        mut source: impl FnMut(usize) -> Result<String, Error>,
    ) -> Result<Self, Error> {
        changes.sort_by_key(|change| (change.span.start, change.span.end));
        let mut pieces = Vec::new();
        let mut written = Vec::new();
        let mut shift = 0_isize;
        for Change { span, content } in changes {
            let mut words = String::new();
            for part in content {
                match part {
                    Part::Words(text) => words.push_str(&text),
                    Part::Piece(piece) => {
                        let whole = source(piece.note)?;
                        let at = span.start.saturating_add_signed(shift) + words.len();
                        words.push_str(&piece.text(&whole).map_err(Error::edit)?);
                        let changed = piece.edits.iter().map(|edit| (Span::new(edit.start, edit.end), edit.text.len()));
                        pieces.push(Placed { note: piece.note, span: piece.span, changed: changed.collect(), at });
                    }
                }
            }
            shift += words.len().cast_signed() - (span.end - span.start).cast_signed();
            written.push((span, words));
        }
        let before = host.as_ref().map_or("", |(_, text)| text.text.as_str());
        let edits: Vec<Edit> = written
            .iter()
            .map(|(span, words)| Edit { start: span.start, end: span.end, text: words.clone() })
            .collect();
        let base = apply_text(before, &edits).map_err(Error::edit)?;
        if let Some((note, text)) = &host {
            let changed = written.iter().map(|(span, words)| (*span, words.len())).collect();
            let span = Span::new(0, text.text.len() + 1);
            pieces.push(Placed { note: *note, span, changed, at: 0 });
        }
        Ok(Self {
            text: host.map(|(_, text)| text),
            changes: written,
            base,
            base_note: Note::default(),
            edits: BTreeMap::new(),
            note: Note::default(),
            pieces,
        })
    }

    /// The text once links follow.
    pub(super) fn now(&self) -> Result<String, Overlap> {
        let edits = self.edits.iter().map(|(&(start, end), text)| Edit { start, end, text: text.clone() });
        apply_text(&self.base, &edits.collect::<Vec<_>>())
    }

    /// Where a byte of a note stands in the text before links follow; several places where it is copied.
    pub(super) fn places(&self, note: usize, at: usize, sought: Sought) -> impl Iterator<Item = usize> {
        self.pieces.iter().filter(move |piece| piece.note == note).filter_map(move |piece| piece.place(at, sought))
    }

    /// True where some of it was a note's.
    pub(super) fn has(&self, note: usize) -> bool {
        self.pieces.iter().any(|piece| piece.note == note)
    }

    /// True for a byte of the text that comes from no note: words of the change itself.
    pub(super) fn is_new(&self, at: usize) -> bool {
        !self.pieces.iter().any(|piece| piece.holds(at))
    }

    /// What changes in the note, or the new text.
    pub(super) fn all_edits(&self) -> Result<Vec<Edit>, Overlap> {
        let mut found = Vec::new();
        let mut shift = 0_isize;
        let mut links = self.edits.iter().peekable();
        for (span, words) in &self.changes {
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

impl Piece {
    /// The piece as it is put in.
    fn text(&self, whole: &str) -> Result<String, Overlap> {
        let start = self.span.start;
        let inside = |edit: &Edit| Edit {
            start: edit.start.saturating_sub(start),
            end: edit.end.saturating_sub(start),
            text: edit.text.clone(),
        };
        apply_text(self.span.of(whole), &self.edits.iter().map(inside).collect::<Vec<_>>())
    }
}

impl Placed {
    fn place(&self, at: usize, sought: Sought) -> Option<usize> {
        if !(self.span.start..self.span.end).contains(&at) {
            return None;
        }
        let mut shift = 0_isize;
        for (span, length) in &self.changed {
            if span.end <= at {
                shift += (*length).cast_signed() - (span.end - span.start).cast_signed();
            } else if span.start <= at {
                let is_there = sought == Sought::Place && span.start == at;
                return is_there.then(|| (self.at + at - self.span.start).saturating_add_signed(shift));
            }
        }
        Some((self.at + at - self.span.start).saturating_add_signed(shift))
    }

    /// True for a byte of the text that this piece left as it was.
    fn holds(&self, at: usize) -> bool {
        let Some(mut left) = at.checked_sub(self.at) else { return false };
        let mut from = self.span.start;
        for (span, length) in &self.changed {
            let kept = span.start - from;
            if left < kept {
                return true;
            }
            left -= kept;
            if left < *length {
                return false;
            }
            left -= length;
            from = span.end;
        }
        left < self.span.end.saturating_sub(from)
    }
}

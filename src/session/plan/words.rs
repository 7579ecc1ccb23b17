//! Words that stand in a note afterwards: new ones, and parts of notes that come from elsewhere.
//!
//! Knows which bytes come from where, so that the links and places in them are found again.

use crate::edit::Overlap;
use crate::edit::apply_text;
use crate::model::Edit;
use crate::model::NotePath;
use crate::model::Span;
use crate::report::moves::Moves;

/// A part of a text that stands somewhere else afterwards.
#[derive(Debug, Clone)]
pub(super) struct Graft {
    /// The text that it is taken from.
    pub(super) from: usize,
    /// What is taken.
    pub(super) span: Span,
    /// What is changed in it, in bytes of the text that it is taken from, in order.
    pub(super) edits: Vec<Edit>,
    /// True where it stays where it was as well: then places stay there.
    pub(super) copied: bool,
    /// Where it begins in the words.
    pub(super) at: usize,
    /// Where it ends in the words.
    pub(super) end: usize,
}

/// Words, with what is known of them.
#[derive(Debug, Clone, Default)]
pub(super) struct Words {
    /// As they will stand there.
    pub(super) text: String,
    /// What of them comes from elsewhere, in order.
    pub(super) grafts: Vec<Graft>,
    /// New links: where each begins, and the text that it leads to.
    pub(super) links: Vec<(usize, usize)>,
}

impl Words {
    /// Adds new words.
    pub(super) fn push(&mut self, words: &str) {
        self.text.push_str(words);
    }

    /// Adds a link to a text that will be there.
    pub(super) fn push_link(&mut self, written: &str, to: usize) {
        // of `![[…]]` and of `[…](…)` alike the first byte
        self.links.push((self.text.len(), to));
        self.text.push_str(written);
    }

    /// Adds other words behind these.
    pub(super) fn append(&mut self, other: Self) {
        let shift = self.text.len();
        self.text.push_str(&other.text);
        let moved = |graft: Graft| Graft { at: graft.at + shift, end: graft.end + shift, ..graft };
        self.grafts.extend(other.grafts.into_iter().map(moved));
        self.links.extend(other.links.into_iter().map(|(at, to)| (at + shift, to)));
    }

    /// Adds a part of the text `from`, whose words are `source`.
    pub(super) fn graft(
        &mut self,
        from: usize,
        source: &str,
        span: Span,
        mut edits: Vec<Edit>,
        copied: bool,
    ) -> Result<(), Overlap> {
        edits.sort_by_key(|edit| (edit.start, edit.end));
        let inside: Vec<Edit> = edits
            .iter()
            .map(|edit| Edit {
                start: edit.start.saturating_sub(span.start),
                end: edit.end.saturating_sub(span.start),
                text: edit.text.clone(),
            })
            .collect();
        let at = self.text.len();
        self.text.push_str(&apply_text(span.of(source), &inside)?);
        self.grafts.push(Graft { from, span, edits, copied, at, end: self.text.len() });
        Ok(())
    }
}

/// A change of a note's text.
#[derive(Debug, Clone, Default)]
pub(super) struct Change {
    /// What is replaced; empty for what is put in.
    pub(super) span: Span,
    /// What stands there afterwards.
    pub(super) words: Words,
}

impl From<Edit> for Change {
    fn from(edit: Edit) -> Self {
        let words = Words { text: edit.text, ..Words::default() };
        Self { span: Span::new(edit.start, edit.end), words }
    }
}

/// What becomes of the texts of a notebook, before links follow. Texts are numbered: the notes, then those that are made.
#[derive(Debug, Default)]
pub(super) struct Rework {
    /// Files that get other places, that are made and that are removed.
    pub(super) moves: Moves,
    /// Notes whose texts change.
    pub(super) changes: Vec<(usize, Vec<Change>)>,
    /// Notes that are made.
    pub(super) made: Vec<(NotePath, Words)>,
    /// A note that is removed, and the one in which its text goes on: links to it lead to the first heading of that text.
    pub(super) merged: Option<(usize, usize)>,
    /// Links that name a file by its name alone may go on to find it by an alias.
    pub(super) by_alias: bool,
}

impl Rework {
    /// Files move, and no text changes by itself.
    pub(super) fn moves(moves: Moves) -> Self {
        Self { moves, ..Self::default() }
    }

    /// Texts change, and no file moves.
    pub(super) fn edits(edits: Vec<(usize, Vec<Edit>)>) -> Self {
        let change = |(note, edits): (usize, Vec<Edit>)| (note, edits.into_iter().map(Change::from).collect());
        Self { changes: edits.into_iter().map(change).collect(), ..Self::default() }
    }
}

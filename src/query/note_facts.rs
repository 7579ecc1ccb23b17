//! The input of matching: plain values that the caller fills in.

use chrono::NaiveDate;

use crate::model::Note;
use crate::model::NotePath;
use crate::model::short_id::StableId;

/// A note as a query sees it.
#[derive(Debug, Clone, Copy)]
pub struct NoteFacts<'a> {
    /// Its path.
    pub path: &'a NotePath,
    /// Its contents.
    pub note: &'a Note,
    /// The short ids that its tasks kept when their words changed.
    pub kept: &'a [StableId],
    /// From its front matter, its name, or another source chosen by the caller.
    pub created: Option<NaiveDate>,
    /// From its front matter, else the file's modification time as a local date.
    pub modified: Option<NaiveDate>,
}

/// The graph of links, as far as queries need it. Names are as typed: a file name, a path, a title.
pub trait LinkFacts {
    /// No other note links to it.
    fn is_orphan(&self, note: &NotePath) -> bool;
    /// `from` links to the note that `to` names.
    fn links_to(&self, from: &NotePath, to: &str) -> bool;
    /// The note that `from` names links to `note`.
    fn linked_by(&self, note: &NotePath, from: &str) -> bool;
}

/// The context of a query besides the note.
#[derive(Clone, Copy)]
pub struct World<'a> {
    /// For ages and overdue tasks.
    pub today: NaiveDate,
    /// A note's decoded text with its front matter, `None` if it is gone; called only if words of bodies are needed.
    pub text: &'a dyn Fn(&NotePath) -> Option<String>,
    /// The graph of links.
    pub links: &'a dyn LinkFacts,
    /// People known to the notebook; other `@names` on tasks are ignored.
    pub people: &'a [String],
}

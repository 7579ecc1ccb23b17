//! What a query is held against: plain values that the caller fills in.

use chrono::NaiveDate;

use crate::model::Note;
use crate::model::NotePath;
use crate::model::short_id::StableId;

/// A note as a query sees it.
#[derive(Debug, Clone, Copy)]
pub struct NoteFacts<'a> {
    /// Its name.
    pub path: &'a NotePath,
    /// What it says.
    pub note: &'a Note,
    /// The short ids that its tasks keep from before their words changed.
    pub kept: &'a [StableId],
    /// From its front matter, its name, or wherever the caller takes it from.
    pub created: Option<NaiveDate>,
    /// From its front matter, else the file's own time as a local date.
    pub modified: Option<NaiveDate>,
}

/// The graph of links, as far as queries ask for it. Names are as someone typed them: a file name, a path, a title.
pub trait LinkFacts {
    /// No other note links to it.
    fn is_orphan(&self, note: &NotePath) -> bool;
    /// `from` links to the note that `to` names.
    fn links_to(&self, from: &NotePath, to: &str) -> bool;
    /// The note that `from` names links to `note`.
    fn linked_by(&self, note: &NotePath, from: &str) -> bool;
}

/// What a query needs besides the note in hand.
#[derive(Clone, Copy)]
pub struct World<'a> {
    /// For ages, and for what is overdue.
    pub today: NaiveDate,
    /// A note's decoded text with its front matter, `None` where it is gone; asked for only when words of bodies count.
    pub text: &'a dyn Fn(&NotePath) -> Option<String>,
    /// The graph of links.
    pub links: &'a dyn LinkFacts,
    /// People known to the notebook; other `@names` on tasks are ignored.
    pub people: &'a [String],
}

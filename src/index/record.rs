//! What the index hands out: notes with their facts, and what a sync did.

use crate::disk::Stamp;
use crate::index::has::Has;
use crate::model::NotePath;
use crate::model::Parsed;
use crate::model::short_id::Closed;
use crate::model::short_id::StableId;

/// What a sync did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stats {
    /// New notes.
    pub added: usize,
    /// Notes whose text changed.
    pub changed: usize,
    /// Notes whose file changed but not its text.
    pub touched: usize,
    /// Notes that were deleted, or can no longer be read.
    pub removed: usize,
    /// Files that could not be read, with a sentence each; sorted by path. They are tried again at every sync.
    pub unreadable: Vec<(NotePath, String)>,
    /// True if the cache could not be written, so some of the index is in memory for this run only.
    pub in_memory: bool,
}

/// Which notes `Library::notes` gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Select {
    /// All of them.
    All,
    /// All of them, quickly: titles, dates, tags, properties, headings, entries without reasons, links and places.
    Heads,
    /// The same of those that have this.
    HeadsWith(Has),
    /// All of them, quickly: as [`Select::Heads`], with diagnostics and tickets.
    Findings,
    /// Those with dated entries, quickly: as [`Select::Findings`], with tasks, meetings without their points, and the reasons of
    /// entries.
    Entries,
    /// Only notes that have this; only their facts are unpacked.
    With(Has),
    /// Only notes with a task, loaded quickly: without links, tickets, date reasons, anchors and diagnostics.
    Tasks,
    /// The same, still quicker: also without aliases, tags, properties and block ids, and most closed tasks are left out.
    OpenTasks,
    /// Those that have a question, quickly: with dates, headings, questions and decisions only.
    Questions,
    /// The same for decisions.
    Decisions,
    /// Those with something to read, quickly: only title, kind, date and the reading list itself.
    Reading,
}

/// A note with its facts.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// Relative to the notes folder.
    pub path: NotePath,
    /// Of the file, when it was read.
    pub stamp: Stamp,
    /// Of the file's bytes, as [`crate::index::Text::hash`].
    pub hash: u64,
    /// The short ids that its tasks keep from before their words changed.
    pub kept: Vec<StableId>,
    /// The tasks that [`Select::OpenTasks`] left out.
    pub closed: Vec<Closed>,
    /// What it says.
    pub parsed: Parsed,
}

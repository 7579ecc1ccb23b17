//! The output of the index: notes with their facts, and statistics of a sync.

use crate::disk::Stamp;
use crate::index::has::Has;
use crate::model::NotePath;
use crate::model::Parsed;
use crate::model::short_id::Closed;
use crate::model::short_id::StableId;

/// Statistics of a sync.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stats {
    /// New notes.
    pub added: usize,
    /// Notes whose text changed.
    pub changed: usize,
    /// Notes whose file changed but whose text did not.
    pub touched: usize,
    /// Notes that were deleted, or can no longer be read.
    pub removed: usize,
    /// Files that could not be read, each with a sentence; sorted by path. They are tried again at every sync.
    pub unreadable: Vec<(NotePath, String)>,
    /// True if the cache could not be written, so some of the index is in memory for this run only.
    pub in_memory: bool,
}

/// Which notes `Library::notes` returns, and with which of their facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Select {
    /// All of them.
    All,
    /// All of them, quickly: titles, dates, tags, properties, headings, entries without reasons, links and anchors.
    Heads,
    /// The same for those that have this.
    HeadsWith(Has),
    /// All of them, quickly: as [`Select::Heads`], with diagnostics and tickets.
    Findings,
    /// Those with dated entries, quickly: as [`Select::Findings`], with tasks, meetings without their points, and the reasons of
    /// entries.
    Entries,
    /// Only notes that have this; all of their facts.
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
    /// The file's stamp, when it was read.
    pub stamp: Stamp,
    /// The hash of the file's bytes, as [`crate::index::Text::hash`].
    pub hash: u64,
    /// The short ids that its tasks kept when their words changed.
    pub kept: Vec<StableId>,
    /// The tasks that [`Select::OpenTasks`] left out.
    pub closed: Vec<Closed>,
    /// Its contents.
    pub parsed: Parsed,
}

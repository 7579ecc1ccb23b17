//! What of a notebook's settings shapes the reading of its notes.

use crate::model::daily_notes::DailyNotes;
use crate::model::status::Statuses;
use crate::model::ticket::Trackers;

/// What shapes the reading of a note, from the notebook's settings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// What box characters mean.
    pub statuses: Statuses,
    /// Which words are tickets: `RETAIL-23617`.
    pub trackers: Trackers,
    /// A box without these words is not a task (Obsidian Tasks' global filter): it is read as a remark.
    pub global_filter: Option<String>,
    /// The notebook is one of Logseq's.
    pub logseq: bool,
    /// How daily notes are named, if settings say so.
    pub daily_notes: Option<DailyNotes>,
    /// Names of people, as the settings have them.
    pub people: Vec<String>,
}

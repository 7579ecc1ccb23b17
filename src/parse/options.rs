//! The settings of a notebook that affect how its notes are parsed.

use crate::model::daily_notes::DailyNotes;
use crate::model::status::Statuses;
use crate::model::ticket::Trackers;

/// Settings that affect how a note is parsed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// What box characters mean.
    pub statuses: Statuses,
    /// Which words are tickets: `RETAIL-23617`.
    pub trackers: Trackers,
    /// A box without these words is not a task (Obsidian Tasks' global filter): it becomes a remark.
    pub global_filter: Option<String>,
    /// It is a Logseq notebook.
    pub logseq: bool,
    /// How daily notes are named, if settings say so.
    pub daily_notes: Option<DailyNotes>,
    /// Names of people from the settings.
    pub people: Vec<String>,
}

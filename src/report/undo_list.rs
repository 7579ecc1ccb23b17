//! The changes of a notebook that can be undone.

use serde::Serialize;

use crate::model::NotePath;

/// The changes in the undo log, newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct UndoList {
    /// The changes.
    pub changes: Vec<UndoItem>,
}

/// A change in the undo log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UndoItem {
    /// The number for undoing it.
    pub number: u64,
    /// When it was made, in local time.
    pub time: String,
    /// The command that made it.
    pub command: String,
    /// The notes that it changed.
    pub paths: Vec<NotePath>,
    /// The number of the change that it undoes, if any.
    pub undoes: Option<u64>,
    /// The number of the change that undid it, if any.
    pub undone_by: Option<u64>,
}

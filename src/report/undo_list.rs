//! The changes of a notebook that can be taken back.

use serde::Serialize;

use crate::model::NotePath;

/// The changes in the undo log, newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct UndoList {
    /// The changes.
    pub changes: Vec<UndoItem>,
}

/// A change that the undo log knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UndoItem {
    /// The number that takes it back.
    pub number: u64,
    /// When it was made, as the local clock said.
    pub time: String,
    /// The command that made it.
    pub command: String,
    /// The notes that it changed.
    pub paths: Vec<NotePath>,
    /// The number of the change that it takes back, if it takes one back.
    pub undoes: Option<u64>,
    /// The number of the change that took it back, if one did.
    pub undone_by: Option<u64>,
}

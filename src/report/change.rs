//! The effect of a change on files.

use serde::Serialize;

use crate::model::Edit;
use crate::model::NotePath;

/// A change to notes, file by file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ChangeReport {
    /// Only files that change.
    pub files: Vec<ChangedFile>,
}

/// A file in a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChangedFile {
    /// Relative to the notes folder.
    pub path: NotePath,
    /// Its new path, if it moves.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<NotePath>,
    /// Offsets in bytes of the file before.
    pub edits: Vec<Edit>,
    /// `None` if it did not exist.
    pub bytes_before: Option<usize>,
    /// `None` if it no longer exists.
    pub bytes_after: Option<usize>,
    /// False in a dry run.
    pub applied: bool,
    /// The number for undoing the change.
    pub undo: Option<u64>,
}

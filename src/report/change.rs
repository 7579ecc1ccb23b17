//! What a change did to files, or would do.

use serde::Serialize;

use crate::model::Edit;
use crate::model::NotePath;

/// A change of notes, file by file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ChangeReport {
    /// Only files that change.
    pub files: Vec<ChangedFile>,
}

/// A file that a change is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChangedFile {
    /// Relative to the notes folder.
    pub path: NotePath,
    /// Where it goes, if it moves.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<NotePath>,
    /// In bytes of the file before.
    pub edits: Vec<Edit>,
    /// `None` when it did not exist.
    pub bytes_before: Option<usize>,
    /// `None` when it does not exist any more.
    pub bytes_after: Option<usize>,
    /// False in a dry run.
    pub applied: bool,
    /// The number that takes the change back.
    pub undo: Option<u64>,
}

//! The effect of a change on files.

use serde::Serialize;

use crate::model::Edit;
use crate::model::NotePath;

/// Lines of a note that name a file and are not links: no change of its name touches them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteMentions {
    /// The note.
    pub path: NotePath,
    /// Its size in bytes.
    pub bytes: usize,
    /// The lines, in order.
    pub lines: Vec<Mention>,
}

/// A line that names a file and is not a link to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mention {
    /// 1-based, before the change.
    pub line: usize,
    /// Its text without blanks around it.
    pub text: String,
}

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
    /// Lines that name what moves and stay as they are, if they were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mentions: Option<Vec<Mention>>,
}

impl ChangeReport {
    /// Adds the lines that stay as they are; a note that does not change gets a row without edits.
    #[must_use]
    pub fn with_mentions(mut self, mentions: Vec<NoteMentions>) -> Self {
        for file in &mut self.files {
            file.mentions = Some(Vec::new());
        }
        for NoteMentions { path, bytes, lines } in mentions {
            match self.files.iter_mut().find(|file| file.path == path) {
                Some(file) => file.mentions = Some(lines),
                None => self.files.push(ChangedFile {
                    path,
                    to: None,
                    edits: Vec::new(),
                    bytes_before: Some(bytes),
                    bytes_after: Some(bytes),
                    applied: false,
                    undo: None,
                    mentions: Some(lines),
                }),
            }
        }
        self
    }
}

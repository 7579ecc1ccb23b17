//! A file that a name means. `names` finds it.

use crate::model::NotePath;

/// A file of the notebook: an index into the notes or the attachments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum File {
    Note(usize),
    Attachment(usize),
}

/// The file for a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NamedFile {
    pub(crate) file: File,
    /// How many files fit equally well.
    pub(crate) count: usize,
    /// The first few of them, if there are several.
    pub(crate) some: Vec<NotePath>,
    /// The name is written in another case.
    pub(crate) other_case: bool,
    /// Only a title or alias matches.
    pub(crate) by_title: bool,
}

//! Which files of a notebook are indexed, and which are not.

use std::path::PathBuf;

use serde::Serialize;

use crate::model::NotePath;

/// What is indexed of a notebook, and what is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct IndexStatus {
    /// Where the notes are.
    pub notes_folder: PathBuf,
    /// The file with the settings, if there is one.
    pub settings_file: Option<PathBuf>,
    /// Where the index is.
    pub index_folder: PathBuf,
    /// How daily notes are named and who says so, for a person; `None` where no settings do.
    pub daily_notes: Option<String>,
    /// How many notes are indexed.
    pub notes: usize,
    /// The size of the index.
    pub bytes: u64,
    /// What is not indexed, sorted by path.
    pub left_out: Vec<LeftOut>,
}

/// A file or folder that is not indexed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct LeftOut {
    /// Relative to the notes folder.
    pub path: NotePath,
    /// A short description for people.
    pub why: String,
}

//! The files of a notebook that are indexed, and those that are not.

use std::path::PathBuf;

use serde::Serialize;

use crate::model::NotePath;

/// What is indexed of a notebook, and what is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct IndexStatus {
    /// The path of the notes folder.
    pub notes_folder: PathBuf,
    /// The file with the settings, if there is one.
    pub settings_file: Option<PathBuf>,
    /// The path of the index.
    pub index_folder: PathBuf,
    /// The pattern of daily notes and its source, for a person; `None` if not set anywhere.
    pub daily_notes: Option<String>,
    /// The number of indexed notes.
    pub notes: usize,
    /// The size of the index, in bytes.
    pub bytes: u64,
    /// Files that are not indexed, sorted by path.
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

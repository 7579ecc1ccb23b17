//! The source of the notes: everything that the index needs from outside, except the time.

use std::io;

use crate::disk::Walk;
use crate::model::NotePath;
use crate::model::Parsed;

/// A note's decoded text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text {
    /// Without a byte-order mark.
    pub text: String,
    /// The hash of the file's bytes: distinguishes a touched file from a changed one.
    pub hash: u64,
}

/// A folder of notes as the index sees it. The methods are called from several threads.
pub trait NoteSource: Send + Sync {
    /// Lists the notes: once for each sync, and once more when a damaged index is rebuilt.
    ///
    /// # Errors
    ///
    /// If the notes folder itself cannot be read.
    fn walk(&self) -> io::Result<Walk>;

    /// Reads a note.
    ///
    /// # Errors
    ///
    /// A sentence for people.
    fn read(&self, path: &NotePath) -> Result<Text, String>;

    /// Parses a note.
    fn parse(&self, path: &NotePath, text: &str) -> Parsed;

    /// Differs for all settings that affect parsing (statuses, ticket keys, language). Each value has its own index.
    fn fingerprint(&self) -> u64;

    /// The notebook's language, a name or code, for notes whose language cannot be guessed; also used for queries.
    fn language(&self) -> Option<&str>;
}

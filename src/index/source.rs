//! Where the notes come from: everything that the index needs from outside, except the clock.

use std::io;

use crate::disk::Walk;
use crate::model::NotePath;
use crate::model::Parsed;

/// A note's decoded text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text {
    /// Without a byte-order mark.
    pub text: String,
    /// Of the file's bytes: tells a touched file from a changed one.
    pub hash: u64,
}

/// A folder of notes as the index sees it. Its methods are called from several threads.
pub trait NoteSource: Send + Sync {
    /// Lists the notes: once for each sync, and once more when a damaged index is rebuilt.
    ///
    /// # Errors
    ///
    /// When the notes folder itself cannot be read.
    fn walk(&self) -> io::Result<Walk>;

    /// Reads a note.
    ///
    /// # Errors
    ///
    /// A sentence for people.
    fn read(&self, path: &NotePath) -> Result<Text, String>;

    /// Parses a note.
    fn parse(&self, path: &NotePath, text: &str) -> Parsed;

    /// Changes with every setting that affects parsing (statuses, ticket keys, language). Each value has its own index.
    fn fingerprint(&self) -> u64;

    /// The notebook's language, a name or code, for notes that do not show theirs; queries are understood in it too.
    fn language(&self) -> Option<&str>;
}

//! Floor 5: the disposable read model: it follows the notes, finds words in them and keeps their facts.
//!
//! Everything here can be thrown away and built again from the notes; no answer depends on what lay in the cache.
//! It reads no clock, prints nothing and knows no settings: [`Source`] brings all that. Called by the reports and the commands.

mod docs;
mod document;
#[cfg(test)]
mod fixture;
mod folder;
mod hit;
mod kept;
mod language;
mod letters;
mod library;
mod plain;
mod postings;
mod prepare;
mod query;
mod rank;
mod schema;
mod search;
mod snippet;
mod stamps;
mod strict;
mod sync;
mod tasks;
#[cfg(test)]
mod tests_search;
#[cfg(test)]
mod tests_sync;
mod unit;
mod view;
mod vocabulary;
mod words;

use std::fmt;

pub use document::Has;
pub use hit::NoteHit;
pub use hit::SectionHit;
pub use library::Library;
pub use library::Record;
pub use library::Select;
pub use library::Stats;
pub use query::Field;
pub use query::Node;
pub use query::RankWord;
pub use query::SearchOptions;
pub use query::SearchQuery;
pub use query::Sort;
pub use rank::Place;
pub use rank::Reason;
pub use search::Answer;

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

/// Lists the notes, as [`Source::walk`].
pub type WalkNotes<'a> = dyn Fn() -> Walk + Sync + 'a;

/// Reads one note, as [`Source::read`].
pub type ReadNote<'a> = dyn Fn(&NotePath) -> Result<Text, String> + Sync + 'a;

/// Parses one note, as [`Source::parse`].
pub type ParseNote<'a> = dyn Fn(&NotePath, &str) -> Parsed + Sync + 'a;

/// Where the notes come from: everything that the index needs from outside.
#[derive(Clone)]
pub struct Source<'a> {
    /// Lists the notes. Called once a sync, and again when an index has to be built anew.
    pub walk: &'a WalkNotes<'a>,
    /// Reads a note; the error is a sentence for people. Called from several threads.
    pub read: &'a ReadNote<'a>,
    /// Parses a note. Called from several threads.
    pub parse: &'a ParseNote<'a>,
    /// Changes with every setting that shapes what a note says (statuses, ticket keys, language).
    pub fingerprint: u64,
    /// The notebook's language, a name or code, for notes that do not show theirs; also understood in queries.
    pub language: Option<String>,
    /// Nanoseconds since 1970, taken before the walk.
    pub now_ns: i64,
}

impl fmt::Debug for Source<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Source").field("fingerprint", &self.fingerprint).finish_non_exhaustive()
    }
}

/// What even a newly built index in memory could not do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the notes cannot be indexed: {0}")]
pub struct Error(String);

impl Error {
    fn new(cause: impl fmt::Display) -> Self {
        Self(cause.to_string())
    }
}

impl From<tantivy::TantivyError> for Error {
    fn from(error: tantivy::TantivyError) -> Self {
        Self::new(error)
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        Self::new(error)
    }
}

impl From<tantivy::directory::error::OpenReadError> for Error {
    fn from(error: tantivy::directory::error::OpenReadError) -> Self {
        Self::new(error)
    }
}

impl From<postcard::Error> for Error {
    fn from(error: postcard::Error) -> Self {
        Self::new(error)
    }
}

/// The bytes that an index takes on disk, all its files together.
#[must_use]
pub fn size(cache: &std::path::Path) -> u64 {
    let files = walkdir::WalkDir::new(cache).into_iter().filter_map(|entry| entry.ok()?.metadata().ok());
    files.filter(std::fs::Metadata::is_file).map(|metadata| metadata.len()).sum()
}

//! Floor 5: the disposable read model: it follows the notes, finds words in them and keeps their facts.
//!
//! Everything here can be thrown away and built again from the notes; no answer depends on what lay in the cache.
//! It prints nothing and knows no settings: a [`NoteSource`] brings the notes. It reads no clock: who opens or refreshes a
//! [`Library`] says what time it is.

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
mod source;
mod stamps;
mod strict;
mod sync;
mod tasks;
#[cfg(test)]
mod tests_search;
#[cfg(test)]
mod tests_sync;
#[cfg(test)]
mod tests_tasks;
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
pub use source::NoteSource;
pub use source::Text;

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

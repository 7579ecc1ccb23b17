//! The disposable read model: it keeps up with the notes, searches them and stores their facts.
//!
//! Everything here can be thrown away and built again from the notes. Two things are lost then, and no answer else depends on what
//! was in the cache: ids that edited tasks kept, and which notes other programs renamed.
//! It prints nothing and knows no settings: a [`NoteSource`] supplies the notes. It reads no clock: the caller that opens or
//! refreshes a [`Library`] passes the time.

mod as_typed;
mod asked;
mod column;
mod doc_filter;
mod doc_set;
mod document;
mod error;
mod facts;
#[cfg(test)]
mod fixture;
mod folder;
mod has;
mod hit;
mod job;
mod language;
mod letters;
mod library;
mod numbers;
mod plain;
mod postings;
mod prepare;
mod query;
mod query_term;
mod rank;
mod reading;
mod reason;
mod record;
mod renames;
mod schema;
mod search;
mod snapshot;
mod snippet;
mod source;
mod splitter;
mod stable_ids;
mod stamps;
mod sync;
mod tasks;
#[cfg(test)]
mod tests_ranking;
#[cfg(test)]
mod tests_search;
#[cfg(test)]
mod tests_sync;
#[cfg(test)]
mod tests_tasks;
mod vocabulary;
mod words;
mod write;

pub use error::Error;
pub use has::Has;
pub use hit::NoteHit;
pub use hit::SectionHit;
pub use language::language_tag;
pub use library::Library;
pub use numbers::NUMBERS;
pub use numbers::Numbers;
pub use query::Field;
pub use query::Filter;
pub use query::RankWord;
pub use query::SearchOptions;
pub use query::SearchQuery;
pub use query::Sort;
pub use reason::MatchedIn;
pub use reason::Reason;
pub use record::Record;
pub use record::Select;
pub use record::Stats;
pub use renames::Rename;
pub use renames::Vanished;
pub use search::Answer;
pub use source::NoteSource;
pub use source::Text;
pub use splitter::Splitter;
pub use splitter::Tongue;

/// The bytes that an index takes on disk, all its files together.
#[must_use]
pub fn size(cache: &std::path::Path) -> u64 {
    let files = walkdir::WalkDir::new(cache).into_iter().filter_map(|entry| entry.ok()?.metadata().ok());
    files.filter(std::fs::Metadata::is_file).map(|metadata| metadata.len()).sum()
}

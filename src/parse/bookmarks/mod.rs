//! Bookmark files: bytes in, bookmarks out. Pure: no network, no disk.
//!
//! The format is recognized from the contents: Netscape's HTML (every browser, linkding, Pinboard), the HTML of Pocket and
//! Instapaper, a table with a header row (Pocket, Instapaper, ours), and JSON (Pinboard, ours). Any other file is an error; if
//! one is cut off or has unusable entries, the usable ones are returned, and the problems are listed by line.

mod clean;
mod encoding;
mod netscape;
mod objects;
mod table;

use thiserror::Error;

use crate::model::bookmark::Bookmarks;

/// Why a file gives no bookmarks.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BookmarkError {
    /// It is empty.
    #[error("the file is empty")]
    Empty,
    /// It has none of the known formats.
    #[error(
        "this is not a file of bookmarks: neither HTML with links, nor a table with a column `url` in its first line, nor Pinboard's JSON"
    )]
    Unknown,
    /// The JSON is invalid or ends too early.
    #[error("the JSON is invalid in line {line}: nothing was imported; export it again")]
    Broken {
        /// 1-based.
        line: usize,
    },
}

/// Reads a bookmark file.
///
/// # Errors
///
/// When it is empty, or in none of the known formats.
pub fn read(bytes: &[u8]) -> Result<Bookmarks, BookmarkError> {
    let (text, oddity) = encoding::decode(bytes);
    let start = text.trim_start();
    if start.is_empty() {
        return Err(BookmarkError::Empty);
    }
    let mut found = if start.starts_with('[') {
        let found = objects::read(&text).map_err(|line| BookmarkError::Broken { line })?;
        found.ok_or(BookmarkError::Unknown)?
    } else if let Some(found) = table::read(&text) {
        found
    } else if start.starts_with('<') && netscape::has_links(&text) {
        netscape::read(&text)
    } else {
        return Err(BookmarkError::Unknown);
    };
    found.oddities.extend(oddity.map(|oddity| (1, oddity)));
    found.oddities.sort_by_key(|(line, _)| *line);
    Ok(found)
}

#[cfg(test)]
mod tests;

//! Files of bookmarks: bytes in, bookmarks out. Pure: no network, no disk.
//!
//! What is read is told by the file itself: Netscape's HTML (every browser, linkding, Pinboard), the HTML of Pocket and Instapaper,
//! a table with a line of names (Pocket, Instapaper, ours), and JSON (Pinboard, ours). A file that is none of these is an error; one that is cut off, or has entries
//! that nobody should follow, gives what there is, and says so by line.

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
    /// Nothing is in it.
    #[error("the file is empty")]
    Empty,
    /// It is of another kind.
    #[error(
        "this is no file of bookmarks: neither HTML with links, nor a table with a column `url` in its first line, nor Pinboard's JSON"
    )]
    Unknown,
    /// It is JSON that ends too early, or is not one.
    #[error("the JSON breaks in line {line}: nothing was taken from it; export it again")]
    Broken {
        /// 1-based.
        line: usize,
    },
}

/// Reads a file of bookmarks.
///
/// # Errors
///
/// When it is empty, or nothing that we know.
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

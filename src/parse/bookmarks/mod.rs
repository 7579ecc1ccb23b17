//! Files of bookmarks: bytes in, bookmarks out. Pure: no network, no disk.
//!
//! What is read is told by the file itself: Netscape's HTML (every browser, linkding, Pinboard), Pocket's HTML, and CSV with a
//! line of names (Pocket, Instapaper, ours). A file that is none of these is an error; one that is cut off, or has entries
//! that nobody should follow, gives what there is, and says so by line.

mod clean;
mod encoding;
mod netscape;
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
    #[error("this is no file of bookmarks: neither HTML with links nor CSV with a column `url` in its first line")]
    Unknown,
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
    let mut found = if let Some(found) = table::read(&text) {
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

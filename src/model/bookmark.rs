//! A bookmark as programs export it: browsers, linkding, Pinboard, Pocket, Instapaper, and Hornbook itself.

use chrono::NaiveDate;
use serde::Serialize;

/// Separates the folders of a group where one cell holds all of them.
pub const BETWEEN: &str = " > ";

/// A bookmark.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Bookmark {
    /// The page's address: `http`, `https` or `ftp`, without spaces.
    pub url: String,
    /// On one line; may be empty.
    pub title: String,
    /// The folders that it is in, outermost first.
    pub group: Vec<String>,
    /// Without `#`.
    pub tags: Vec<String>,
    /// When it was saved (UTC).
    pub added: Option<NaiveDate>,
    /// When it was read or dropped, where that is known.
    pub finished: Option<NaiveDate>,
    /// How far its owner got with it, as far as the program knows.
    pub state: BookmarkState,
    /// What was written about it, on one line; may be empty.
    pub description: String,
    /// True where its owner hid it from others.
    pub private: bool,
}

/// How far the owner of a bookmark got with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum BookmarkState {
    /// Unknown: it was only saved.
    #[default]
    Kept,
    /// It is to be read.
    ToRead,
    /// It is being read.
    Reading,
    /// It was read.
    Read,
    /// It was dismissed unread.
    Dropped,
}

impl BookmarkState {
    /// The name that bookmark files use; empty for [`Self::Kept`].
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Kept => "",
            Self::ToRead => "to_read",
            Self::Reading => "reading",
            Self::Read => "read",
            Self::Dropped => "dropped",
        }
    }

    /// Reads a name of ours, of Pocket's, or of a shelf, its words joined by `-`, `_` or spaces.
    #[must_use]
    pub fn from_name(name: &str) -> Self {
        match name.trim().to_ascii_lowercase().replace(['-', '_'], " ").as_str() {
            "to read" | "toread" | "unread" | "want to read" | "later" | "queued" => Self::ToRead,
            "reading" | "currently reading" | "started" | "in progress" => Self::Reading,
            "read" | "archive" | "archived" | "done" | "finished" => Self::Read,
            "dropped" | "abandoned" | "did not finish" | "dnf" => Self::Dropped,
            _ => Self::Kept,
        }
    }
}

/// Bookmarks read from a file, and what was wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bookmarks {
    /// In the order of the file.
    pub bookmarks: Vec<Bookmark>,
    /// 1-based line and a sentence, in the order of the file.
    pub oddities: Vec<(usize, String)>,
}

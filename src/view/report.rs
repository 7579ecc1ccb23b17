//! The interface of every report: rows for scripts, and a [`Document`] for people.
//!
//! With this, N reports and M formats need N + M pieces of code: the formats are in [`mod@crate::view::format`], the drawing is in
//! [`crate::view::terminal`] and in the site.

use std::borrow::Cow;

use serde::Serialize;

use crate::model::NotePath;
use crate::model::ticket::Trackers;
use crate::view::document::Document;

/// An answer: a value that scripts read as rows, and people as a document.
pub trait Report {
    /// Rows for scripts, in the order shown. Rows are made one at a time.
    fn rows(&self) -> impl Iterator<Item = impl Row>;

    /// The same for people.
    fn show(&self, paths: &dyn Paths) -> Document;

    /// False for a negative answer: nothing was found.
    fn found(&self) -> bool {
        self.rows().next().is_some()
    }
}

/// A row of a report. Its JSON is the value itself.
pub trait Row: Serialize {
    /// The note that the row is about, if it is about one.
    fn path(&self) -> Option<&NotePath>;

    /// The text in `--format vimgrep` after the place; empty for the line at the place.
    fn text(&self) -> Cow<'_, str>;

    /// Its 1-based line in [`Self::path`], if its JSON has no `line`.
    fn line(&self) -> Option<usize> {
        None
    }
}

impl<R: Row> Row for &R {
    fn path(&self) -> Option<&NotePath> {
        (**self).path()
    }

    fn text(&self) -> Cow<'_, str> {
        (**self).text()
    }

    fn line(&self) -> Option<usize> {
        (**self).line()
    }
}

/// How notes are referred to in an answer.
pub trait Paths {
    /// A note's path as the reader can open it: on a terminal, relative to the current folder.
    fn shown(&self, path: &NotePath) -> String;

    /// The address for links to the note: on a terminal, a `file:` address.
    fn address(&self, path: &NotePath) -> String;

    /// Recognizes tickets, if they are to be links.
    fn trackers(&self) -> Option<&Trackers> {
        None
    }

    /// A line of a note; `line` is 1-based.
    fn place(&self, path: &NotePath, line: usize) -> String {
        format!("{}:{}", self.shown(path), self.line(line))
    }

    /// A line in a known note; empty where readers do not see lines.
    fn line(&self, line: usize) -> String {
        line.to_string()
    }
}

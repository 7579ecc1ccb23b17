//! The place of a meeting that was found.

use chrono::NaiveDate;

use crate::model::meeting::Extent;
use crate::model::meeting::Reason;

/// The place of a meeting, before anything in it is read.
pub(super) struct Found {
    pub(super) line: usize,
    pub(super) end_line: usize,
    pub(super) date: NaiveDate,
    pub(super) written: String,
    pub(super) title: String,
    pub(super) extent: Extent,
    pub(super) reason: Reason,
}

/// A text without the date that it has.
pub(super) fn without_date(text: &str, written: &str) -> String {
    if written.is_empty() { text.to_owned() } else { text.replacen(written, " ", 1) }
}

//! What meetings are found in, and the place of one that was found.

use chrono::NaiveDate;

use crate::model::Lines;
use crate::model::Note;
use crate::model::NotePath;
use crate::model::meeting::Extent;
use crate::model::meeting::Reason;
use crate::parse::items::Item;
use crate::parse::outline::Outline;

/// What meetings are found in.
pub(crate) struct Input<'a> {
    pub(crate) path: &'a NotePath,
    pub(crate) text: &'a str,
    pub(crate) lines: &'a Lines,
    pub(crate) outline: &'a Outline,
    pub(crate) items: &'a [Item],
    pub(crate) logseq: bool,
    /// Names that the settings know.
    pub(crate) people: &'a [String],
    /// With sections, tasks and entries in place.
    pub(crate) note: &'a Note,
}

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

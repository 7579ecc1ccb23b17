//! What goals, the reading list and meetings are read from.

use crate::model::Lines;
use crate::model::Note;
use crate::model::NotePath;
use crate::parse::items::Item;
use crate::parse::outline::Outline;

/// A note with its tasks, links, sections and dates in place, and what its text looks like.
pub(crate) struct Input<'a> {
    pub(crate) path: &'a NotePath,
    pub(crate) text: &'a str,
    pub(crate) lines: &'a Lines,
    pub(crate) outline: &'a Outline,
    pub(crate) items: &'a [Item],
    pub(crate) logseq: bool,
    /// Names that the settings know.
    pub(crate) people: &'a [String],
    pub(crate) note: &'a Note,
}

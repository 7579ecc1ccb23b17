//! The input of the readers of goals, the reading list and meetings.

use crate::model::Lines;
use crate::model::Note;
use crate::model::NotePath;
use crate::parse::items::Item;
use crate::parse::outline::Outline;

/// A note with tasks, links, sections and dates already read, and the structure of its text.
pub(crate) struct Input<'a> {
    pub(crate) path: &'a NotePath,
    pub(crate) text: &'a str,
    pub(crate) lines: &'a Lines,
    pub(crate) outline: &'a Outline,
    pub(crate) items: &'a [Item],
    pub(crate) logseq: bool,
    /// Names of people from the settings.
    pub(crate) people: &'a [String],
    pub(crate) note: &'a Note,
}

//! The input of the readers of tasks, questions, decisions, goals, meetings and the reading list.

use crate::model::Lines;
use crate::model::Note;
use crate::model::NotePath;
use crate::parse::Options;
use crate::parse::items::Item;
use crate::parse::outline::Outline;

/// A note as far as it has been read, and the structure of its text. Sections, links and tickets are there for every reader; dates for
/// all but the reader of tasks.
pub(crate) struct Input<'a> {
    pub(crate) path: &'a NotePath,
    pub(crate) text: &'a str,
    pub(crate) lines: &'a Lines,
    pub(crate) outline: &'a Outline,
    pub(crate) items: &'a [Item],
    pub(crate) options: &'a Options,
    pub(crate) note: &'a Note,
}

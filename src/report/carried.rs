//! What is compared when files or texts change: a notebook before and after, where the parts of notes went, and what a link needs.

use std::collections::BTreeMap;

use crate::model::NotePath;
use crate::report::destination::NotebookFiles;
use crate::report::graph::Graph;
use crate::report::moves::Moves;

/// A notebook before a change, and what moves in it.
pub struct Moving<'a> {
    pub(crate) before: &'a Graph<'a>,
    pub(crate) files: &'a dyn NotebookFiles,
    pub(crate) moves: &'a Moves,
    pub(crate) by_alias: bool,
}

/// A notebook as it would be.
pub struct After<'a> {
    /// Its notes and their links.
    pub graph: &'a Graph<'a>,
    /// Of each text its index in the graph; `None` for notes that are removed. Texts are the notes before, then those that are made.
    pub now: &'a [Option<usize>],
    /// Of notes whose texts change, where their parts are. All others are as they were.
    pub carried: &'a BTreeMap<usize, Carried>,
    /// New links.
    pub made: &'a [MadeLink],
}

/// Where the parts of a note are once texts have changed: each a text, and an index in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Carried {
    /// Of each of its links, all the places where it stands.
    pub links: Vec<Vec<(usize, usize)>>,
    /// Of each section; `None` for what is gone.
    pub sections: Vec<Option<(usize, usize)>>,
    /// Of each block.
    pub blocks: Vec<Option<(usize, usize)>>,
    /// Of each id in HTML.
    pub anchors: Vec<Option<(usize, usize)>>,
    /// Of the note itself, where it is a section of another one.
    pub whole: Option<(usize, usize)>,
}

/// A link that was not there before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MadeLink {
    /// The text that it stands in.
    pub text: usize,
    /// An index into links.
    pub link: usize,
    /// The text that it leads to.
    pub to: usize,
}

/// What a link needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Repair {
    /// Another path (not escaped).
    Path(String),
    /// Another place behind `#` (not escaped).
    Place(String),
    /// It led nowhere and now leads to this file, whatever is written.
    Captured(NotePath),
    /// No way to write it leads there.
    Nothing(&'static str),
}

//! A note's text as HTML: comrak's tree, written by us.
//!
//! The tree is walked without recursion; embeds are the one exception, five deep at most. What comrak does not know and
//! the note's facts do (boxes that CommonMark loses, soft sections, block ids, tickets, tags) is looked up by line.

mod blocks;
mod body;
mod callouts;
mod footnotes;
mod inlines;
mod lines;
mod links;
mod references;
mod renderer;
mod walk;
mod words;

pub(crate) use body::render;
pub(crate) use renderer::EMBED_DEPTH;
pub(crate) use renderer::TocEntry;
pub(crate) use words::words;

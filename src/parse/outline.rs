//! The structure that the Markdown parser sees in a body, as spans of the whole text: headings, links, runs of inline text,
//! and spans that are not text (code, HTML, maths).
//!
//! Built once per note by [`crate::parse::parse`]; the scanners for tasks, wikilinks, bare URLs and tags work on its spans.

mod reader;
mod tree;

use crate::model::Link;
use crate::model::Span;
use crate::parse::slug::own_id;
use crate::parse::slug::slug;

pub(crate) use reader::read;
pub(crate) use tree::Node;
pub(crate) use tree::NodeKind;

/// The kind of a masked span.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mask {
    /// A code span.
    Code,
    /// An indented code block.
    Fence,
    /// A code block by indentation.
    Indented,
    /// An HTML block or comment.
    HtmlBlock,
    /// An inline HTML tag.
    Html,
    /// Maths.
    Math,
    /// `%% … %%`
    Comment,
}

/// The kind of block that contains inline text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BlockKind {
    /// A paragraph, or the text of a tight list item.
    Text,
    /// The text of a heading.
    Heading,
    /// A table cell.
    Cell,
}

/// A run of inline text: no code block, no HTML block, no link definition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct InlineBlock {
    pub(crate) span: Span,
    pub(crate) kind: BlockKind,
    /// Not in a list, quote, table or footnote.
    pub(crate) top: bool,
}

/// A Markdown heading.
#[derive(Debug, Clone)]
pub(crate) struct Heading {
    pub(crate) level: u8,
    pub(crate) span: Span,
    /// Without markup and `{#id}`, on one line.
    pub(crate) text: String,
    /// Its `{#id}`, else GitHub's anchor; not yet unique, and possibly empty.
    pub(crate) anchor: String,
    /// Not in a list, quote, table or footnote.
    pub(crate) top: bool,
    /// The pieces of the text, so that comments can be removed from it.
    pieces: Vec<(Span, String)>,
}

impl Heading {
    /// Joins the text from the pieces outside comments.
    fn without(&mut self, text: &str, comments: &[Span]) {
        let mut shown = String::new();
        for (span, piece) in &self.pieces {
            let verbatim = span.of(text) == piece;
            let mut at = span.start;
            let next = comments.partition_point(|comment| comment.end <= span.start);
            for comment in comments.iter().skip(next).take_while(|comment| comment.start < span.end) {
                if verbatim {
                    shown.push_str(Span::new(at, comment.start).of(text));
                }
                at = at.max(comment.end);
            }
            match at {
                at if at == span.start => shown.push_str(piece),
                at if verbatim => shown.push_str(Span::new(at, span.end).of(text)),
                _ => {}
            }
        }
        self.name(&shown);
    }

    /// Takes the text with all of its spaces: each counts in an anchor.
    fn name(&mut self, text: &str) {
        let (words, id) = own_id(text);
        self.text = squeeze(words);
        self.anchor = id.map_or_else(|| slug(words), str::to_owned);
    }
}

/// The structure of a body. All lists are in the order of the text.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    pub(crate) headings: Vec<Heading>,
    /// Inline, reference and `<…>` links, and images. Nested ones follow the enclosing one.
    pub(crate) links: Vec<Link>,
    /// Link definitions, as links whose text is the label.
    pub(crate) definitions: Vec<Link>,
    pub(crate) blocks: Vec<InlineBlock>,
    /// The paragraphs among the blocks that stand at the top level.
    pub(crate) paragraphs: Vec<Span>,
    /// Blocks of every kind as a tree; empty if there is no `^` that could name one.
    pub(crate) nodes: Vec<Node>,
    /// The lines of labels, which end an item as headings do; filled in by [`crate::parse::parse`].
    pub(crate) label_lines: Vec<usize>,
    masks: Vec<(Span, Mask)>,
    /// The spans of the outermost links.
    covers: Vec<Span>,
    /// The parts of links that are not text: from the end of a link's text to its end. They do not overlap.
    targets: Vec<Span>,
}

impl Outline {
    /// True if a byte is in a Markdown link, text or target.
    pub(crate) fn link_at(&self, at: usize) -> bool {
        holds(&self.covers, at)
    }

    /// True if a byte is in a Markdown link but not in its text.
    pub(crate) fn link_target_at(&self, at: usize) -> bool {
        holds(&self.targets, at)
    }

    /// The masked span that contains a byte.
    pub(crate) fn mask_at(&self, at: usize) -> Option<(Span, Mask)> {
        let index = self.masks.partition_point(|(span, _)| span.start <= at).checked_sub(1)?;
        self.masks.get(index).copied().filter(|(span, _)| span.contains(at))
    }

    /// The first masked span that ends after a byte.
    pub(crate) fn mask_from(&self, at: usize) -> Option<(Span, Mask)> {
        self.masks.get(self.masks.partition_point(|(span, _)| span.end <= at)).copied()
    }

    /// The masked spans of some kinds.
    pub(crate) fn masked(&self, kinds: &[Mask]) -> impl Iterator<Item = Span> {
        self.masks.iter().filter(move |(_, mask)| kinds.contains(mask)).map(|(span, _)| *span)
    }

    /// The inline block that contains a byte.
    pub(crate) fn block_at(&self, at: usize) -> Option<&InlineBlock> {
        let index = self.blocks.partition_point(|block| block.span.start <= at).checked_sub(1)?;
        self.blocks.get(index).filter(|block| block.span.contains(at))
    }

    /// Masks comments, keeping the order; one that begins inside another mask begins at its end. Headings lose commented-out
    /// text, and headings inside a comment are removed.
    pub(crate) fn add_comments(&mut self, comments: Vec<Span>, text: &str) {
        if comments.is_empty() {
            return;
        }
        self.headings.retain_mut(|heading| {
            let next = comments.partition_point(|comment| comment.end <= heading.span.start);
            let Some(comment) = comments.get(next).filter(|comment| comment.start < heading.span.end) else {
                return true;
            };
            if comment.contains(heading.span.start) {
                return false;
            }
            heading.without(text, &comments);
            true
        });
        self.masks.extend(comments.into_iter().map(|span| (span, Mask::Comment)));
        self.masks.sort_by_key(|(span, _)| (span.start, std::cmp::Reverse(span.end)));
        let mut end = 0;
        self.masks.retain_mut(|(span, mask)| {
            if *mask == Mask::Comment && span.end > end {
                span.start = span.start.max(end);
            }
            let keep = span.start >= end;
            if keep {
                end = span.end;
            }
            keep
        });
    }
}

/// True if a byte is in one of the spans, which are sorted and do not overlap.
pub(crate) fn holds(spans: &[Span], at: usize) -> bool {
    let index = spans.partition_point(|span| span.start <= at).checked_sub(1);
    index.and_then(|index| spans.get(index)).is_some_and(|span| span.contains(at))
}

/// On one line: runs of spaces and line ends become one space.
pub(crate) fn squeeze(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

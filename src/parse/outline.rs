//! What the Markdown parser sees in a body, as spans of the whole text: headings, links, where inline text stands,
//! and what is not text at all (code, HTML, maths).
//!
//! Called once a note by [`crate::parse::parse`]; the scanners for tasks, wikilinks, bare URLs and tags work on its spans.

use std::borrow::Cow;

use pulldown_cmark::CodeBlockKind;
use pulldown_cmark::Event;
use pulldown_cmark::LinkType;
use pulldown_cmark::Tag;

use crate::model::Lines;
use crate::model::Link;
use crate::model::LinkKind;
use crate::model::Span;
use crate::parse::dialect;

/// What a masked span is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mask {
    /// A code span.
    Code,
    /// A fenced code block.
    Fence,
    /// A code block by indentation.
    Indented,
    /// An HTML block or comment.
    HtmlBlock,
    /// An HTML tag in a text.
    Html,
    /// Maths.
    Math,
    /// `%% … %%`
    Comment,
}

/// Where inline text stands.
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
    /// Without markup, on one line.
    pub(crate) text: String,
    /// Not in a list, quote, table or footnote.
    pub(crate) top: bool,
    /// The pieces of the text, so that comments can be taken out of it.
    pieces: Vec<(Span, String)>,
}

impl Heading {
    /// Puts the text together from what no comment hides.
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
        self.text = squeeze(&shown);
    }
}

/// What the Markdown parser sees. All lists are in the order of the text.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    pub(crate) headings: Vec<Heading>,
    /// Inline, reference, `<…>` links and images. Nested ones come after the one around them.
    pub(crate) links: Vec<Link>,
    pub(crate) blocks: Vec<InlineBlock>,
    /// The lines of label lines, which end an item as headings do; filled in by [`crate::parse::parse`].
    pub(crate) label_lines: Vec<usize>,
    masks: Vec<(Span, Mask)>,
    /// The outermost links' spans.
    covers: Vec<Span>,
}

impl Outline {
    /// True when a byte lies in a Markdown link, its text or its target.
    pub(crate) fn link_at(&self, at: usize) -> bool {
        let index = self.covers.partition_point(|span| span.start <= at).checked_sub(1);
        index.and_then(|index| self.covers.get(index)).is_some_and(|span| span.contains(at))
    }

    /// The masked span in which a byte lies.
    pub(crate) fn mask_at(&self, at: usize) -> Option<(Span, Mask)> {
        let index = self.masks.partition_point(|(span, _)| span.start <= at).checked_sub(1)?;
        self.masks.get(index).copied().filter(|(span, _)| span.contains(at))
    }

    /// The first masked span that ends behind a byte.
    pub(crate) fn mask_from(&self, at: usize) -> Option<(Span, Mask)> {
        self.masks.get(self.masks.partition_point(|(span, _)| span.end <= at)).copied()
    }

    /// The inline block in which a byte lies.
    pub(crate) fn block_at(&self, at: usize) -> Option<&InlineBlock> {
        let index = self.blocks.partition_point(|block| block.span.start <= at).checked_sub(1)?;
        self.blocks.get(index).filter(|block| block.span.contains(at))
    }

    /// Masks comments, keeping the order; those that begin inside another mask are dropped. Headings lose what is commented
    /// out, and those in a comment are none.
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
        self.masks.retain(|(span, _)| {
            let keep = span.start >= end;
            if keep {
                end = span.end;
            }
            keep
        });
    }
}

/// An element that is open while the events go by.
struct Open {
    span: Span,
    text: String,
    link: Option<(LinkKind, String, String)>,
}

/// Reads a body that begins at the byte `base` of the whole text. `lines` are those of the whole text.
pub(crate) fn read(body: &str, base: usize, lines: &Lines) -> Outline {
    let mut outline = Outline::default();
    let mut open: Vec<Open> = Vec::new();
    let mut level = 0;
    let mut heading = false;
    let mut containers = 0usize;
    let mut cells = 0usize;
    let mut fenced = false;
    let mut run: Option<Span> = None;
    let mut pieces: Vec<(Span, String)> = Vec::new();
    let body = with_line_feeds(body);
    for (event, range) in dialect::reader(&body).into_offset_iter() {
        let span = Span::new(base + range.start, base + range.end);
        let boundary = is_boundary(&event);
        if boundary && let Some(span) = run.take() {
            let kind = if heading {
                BlockKind::Heading
            } else if cells > 0 {
                BlockKind::Cell
            } else {
                BlockKind::Text
            };
            outline.blocks.push(InlineBlock { span, kind, top: containers == 0 });
        }
        if !boundary {
            let whole = run.get_or_insert(span);
            whole.start = whole.start.min(span.start);
            whole.end = whole.end.max(span.end);
        }
        if heading {
            match &event {
                Event::Text(text) | Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                    pieces.push((span, text.to_string()));
                }
                Event::SoftBreak | Event::HardBreak => pieces.push((span, " ".to_owned())),
                _ => {}
            }
        }
        match event {
            Event::Start(tag) => match tag {
                Tag::Heading { level: depth, .. } => {
                    heading = true;
                    level = depth as u8;
                    pieces.clear();
                    open.push(Open { span, text: String::new(), link: None });
                }
                Tag::Link { link_type, dest_url, title, .. } => {
                    let (kind, target) = match link_type {
                        LinkType::Inline => (LinkKind::Inline, dest_url.into_string()),
                        LinkType::Autolink => (LinkKind::Autolink, dest_url.into_string()),
                        LinkType::Email => (LinkKind::Autolink, format!("mailto:{dest_url}")),
                        _ => (LinkKind::Reference, dest_url.into_string()),
                    };
                    open.push(Open { span, text: String::new(), link: Some((kind, target, title.into_string())) });
                }
                Tag::Image { dest_url, title, .. } => {
                    let link = Some((LinkKind::Image, dest_url.into_string(), title.into_string()));
                    open.push(Open { span, text: String::new(), link });
                }
                Tag::CodeBlock(kind) => {
                    fenced = true;
                    let mask = if matches!(kind, CodeBlockKind::Fenced(_)) { Mask::Fence } else { Mask::Indented };
                    outline.masks.push((span, mask));
                }
                Tag::HtmlBlock => outline.masks.push((span, Mask::HtmlBlock)),
                Tag::TableCell => cells += 1,
                Tag::BlockQuote(_) | Tag::List(_) | Tag::FootnoteDefinition(_) | Tag::Table(_) => containers += 1,
                _ => {}
            },
            Event::End(tag) => {
                use pulldown_cmark::TagEnd;
                match tag {
                    TagEnd::Heading(_) => {
                        heading = false;
                        if let Some(done) = open.pop() {
                            let (text, pieces) = (squeeze(&done.text), std::mem::take(&mut pieces));
                            let top = containers == 0;
                            outline.headings.push(Heading { level, span: done.span, text, top, pieces });
                        }
                    }
                    TagEnd::Link | TagEnd::Image => {
                        if let Some(done) = open.pop()
                            && let Some((kind, target, title)) = done.link
                        {
                            if let Some(around) = open.last_mut() {
                                around.text.push_str(&done.text);
                            }
                            outline.links.push(Link {
                                kind,
                                span: done.span,
                                line: lines.line(done.span.start),
                                target,
                                text: squeeze(&done.text),
                                title: (!title.is_empty()).then(|| squeeze(&title)),
                            });
                        }
                    }
                    TagEnd::CodeBlock => fenced = false,
                    TagEnd::TableCell => cells = cells.saturating_sub(1),
                    TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::FootnoteDefinition | TagEnd::Table => {
                        containers = containers.saturating_sub(1);
                    }
                    _ => {}
                }
            }
            Event::Text(text) if !fenced => push(&mut open, &text),
            Event::Code(text) => {
                outline.masks.push((span, Mask::Code));
                push(&mut open, &text);
            }
            Event::InlineMath(text) | Event::DisplayMath(text) => {
                outline.masks.push((span, Mask::Math));
                push(&mut open, &text);
            }
            Event::InlineHtml(_) => outline.masks.push((span, Mask::Html)),
            Event::SoftBreak | Event::HardBreak => push(&mut open, " "),
            _ => {}
        }
    }
    outline.links.sort_by_key(|link| (link.span.start, std::cmp::Reverse(link.span.end)));
    for link in &outline.links {
        if outline.covers.last().is_none_or(|last| last.end <= link.span.start) {
            outline.covers.push(link.span);
        }
    }
    outline
}

/// The text with a line feed for each line end that is a carriage return alone, all offsets the same: the Markdown parser
/// sees no end of a fence or comment there.
fn with_line_feeds(body: &str) -> Cow<'_, str> {
    let mut rest = body;
    let mut out = String::new();
    while let Some(at) = rest.find('\r') {
        let (before, from) = rest.split_at_checked(at).unwrap_or((rest, ""));
        out.push_str(before);
        let behind = from.strip_prefix('\r').unwrap_or("");
        out.push(if behind.starts_with('\n') { '\r' } else { '\n' });
        rest = behind;
    }
    if out.is_empty() && rest.len() == body.len() {
        return Cow::Borrowed(body);
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// True for events that end a run of inline text.
fn is_boundary(event: &Event<'_>) -> bool {
    use pulldown_cmark::TagEnd;
    match event {
        Event::Start(tag) => {
            !matches!(tag, Tag::Link { .. } | Tag::Image { .. } | Tag::Emphasis | Tag::Strong | Tag::Strikethrough)
        }
        Event::End(tag) => {
            !matches!(tag, TagEnd::Link | TagEnd::Image | TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough)
        }
        Event::Html(_) | Event::Rule => true,
        _ => false,
    }
}

fn push(open: &mut [Open], text: &str) {
    if let Some(innermost) = open.last_mut() {
        innermost.text.push_str(text);
    }
}

/// One line: runs of blanks and line ends become one blank.
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

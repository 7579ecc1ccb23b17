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
use crate::parse::link_parts;
use crate::parse::slug::own_id;
use crate::parse::slug::slug;

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

/// What a node of the tree is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NodeKind {
    Paragraph,
    Item,
    Quote,
    Table,
    /// A heading, a list, code, HTML, a rule, a footnote.
    Other,
}

/// A block in the tree of blocks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Node {
    pub(crate) kind: NodeKind,
    pub(crate) span: Span,
    /// The node around it, and the one before it in the same node; smaller indices.
    pub(crate) parent: Option<usize>,
    pub(crate) previous: Option<usize>,
}

/// Builds the tree of blocks while the events go by.
#[derive(Default)]
struct Tree {
    nodes: Vec<Node>,
    /// The open nodes, outermost first, each with its last child.
    open: Vec<(usize, Option<usize>)>,
    last_at_top: Option<usize>,
}

impl Tree {
    fn take(&mut self, event: &Event<'_>, span: Span) {
        use pulldown_cmark::TagEnd;
        let kind = match event {
            Event::Start(tag) => match tag {
                Tag::Paragraph => NodeKind::Paragraph,
                Tag::Item => NodeKind::Item,
                Tag::BlockQuote(_) => NodeKind::Quote,
                Tag::Table(_) => NodeKind::Table,
                Tag::Heading { .. }
                | Tag::List(_)
                | Tag::CodeBlock(_)
                | Tag::HtmlBlock
                | Tag::FootnoteDefinition(_) => NodeKind::Other,
                _ => return,
            },
            Event::Rule => NodeKind::Other,
            Event::End(
                TagEnd::Paragraph
                | TagEnd::Item
                | TagEnd::BlockQuote(_)
                | TagEnd::Table
                | TagEnd::Heading(_)
                | TagEnd::List(_)
                | TagEnd::CodeBlock
                | TagEnd::HtmlBlock
                | TagEnd::FootnoteDefinition,
            ) => {
                self.open.pop();
                return;
            }
            _ => return,
        };
        let index = self.nodes.len();
        let parent = self.open.last().map(|(parent, _)| *parent);
        let last = self.open.last_mut().map_or(&mut self.last_at_top, |(_, last)| last);
        let previous = last.replace(index);
        self.nodes.push(Node { kind, span, parent, previous });
        if matches!(event, Event::Start(_)) {
            self.open.push((index, None));
        }
    }
}

/// A Markdown heading.
#[derive(Debug, Clone)]
pub(crate) struct Heading {
    pub(crate) level: u8,
    pub(crate) span: Span,
    /// Without markup and `{#id}`, on one line.
    pub(crate) text: String,
    /// Its own id, else GitHub's anchor; not unique yet, and perhaps empty.
    pub(crate) anchor: String,
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
        self.name(&shown);
    }

    /// Takes the text as it came, with all of its blanks: each counts in an anchor.
    fn name(&mut self, text: &str) {
        let (words, id) = own_id(text);
        self.text = squeeze(words);
        self.anchor = id.map_or_else(|| slug(words), str::to_owned);
    }
}

/// What the Markdown parser sees. All lists are in the order of the text.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    pub(crate) headings: Vec<Heading>,
    /// Inline, reference, `<…>` links and images. Nested ones come after the one around them.
    pub(crate) links: Vec<Link>,
    /// Link definitions, as links whose text is the label.
    pub(crate) definitions: Vec<Link>,
    pub(crate) blocks: Vec<InlineBlock>,
    /// Blocks of every kind as a tree; left empty where no `^` could name one.
    pub(crate) nodes: Vec<Node>,
    /// The lines of label lines, which end an item as headings do; filled in by [`crate::parse::parse`].
    pub(crate) label_lines: Vec<usize>,
    masks: Vec<(Span, Mask)>,
    /// The outermost links' spans.
    covers: Vec<Span>,
    /// What of the links is no text: from the end of a link's text to its own end. None of them overlap.
    targets: Vec<Span>,
}

impl Outline {
    /// True when a byte lies in a Markdown link, its text or its target.
    pub(crate) fn link_at(&self, at: usize) -> bool {
        holds(&self.covers, at)
    }

    /// True when a byte lies in a Markdown link but not in its text.
    pub(crate) fn link_target_at(&self, at: usize) -> bool {
        holds(&self.targets, at)
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

    /// The masked spans of some kinds.
    pub(crate) fn masked(&self, kinds: &[Mask]) -> impl Iterator<Item = Span> {
        self.masks.iter().filter(move |(_, mask)| kinds.contains(mask)).map(|(span, _)| *span)
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
    link: Option<OpenLink>,
    /// Where the last piece in it ends, in the body.
    inner_end: Option<usize>,
}

struct OpenLink {
    kind: LinkKind,
    written: LinkType,
    target: String,
    title: String,
    /// What a reference calls its definition.
    label: String,
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
    let mut tree = body.contains('^').then(Tree::default);
    let mut events = dialect::reader(&body).into_offset_iter();
    while let Some((event, range)) = events.next() {
        let span = Span::new(base + range.start, base + range.end);
        if let Some(tree) = &mut tree {
            tree.take(&event, span);
        }
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
        let image = matches!(event, Event::Start(Tag::Image { .. }));
        let leaf = !matches!(event, Event::Start(_) | Event::End(_));
        if (leaf || matches!(event, Event::End(_)))
            && let Some(innermost) = open.last_mut().filter(|open| open.span != span)
        {
            innermost.inner_end = innermost.inner_end.max(Some(range.end));
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
                    open.push(Open { span, text: String::new(), link: None, inner_end: None });
                }
                Tag::Link { link_type, dest_url, title, id } | Tag::Image { link_type, dest_url, title, id } => {
                    let (kind, target) = match link_type {
                        _ if image => (LinkKind::Image, dest_url.into_string()),
                        LinkType::Inline => (LinkKind::Inline, dest_url.into_string()),
                        LinkType::Autolink => (LinkKind::Autolink, dest_url.into_string()),
                        LinkType::Email => (LinkKind::Autolink, format!("mailto:{dest_url}")),
                        _ => (LinkKind::Reference, dest_url.into_string()),
                    };
                    let (title, label) = (title.into_string(), id.into_string());
                    let link = Some(OpenLink { kind, written: link_type, target, title, label });
                    open.push(Open { span, text: String::new(), link, inner_end: None });
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
                            let (pieces, top) = (std::mem::take(&mut pieces), containers == 0);
                            let (text, anchor) = Default::default();
                            let mut heading = Heading { level, span: done.span, text, anchor, top, pieces };
                            heading.name(&done.text);
                            outline.headings.push(heading);
                        }
                    }
                    TagEnd::Link | TagEnd::Image => {
                        if let Some(done) = open.pop()
                            && let Some(link) = done.link
                        {
                            if let Some(around) = open.last_mut() {
                                around.text.push_str(&done.text);
                                around.inner_end = Some(range.end);
                            }
                            let written = Span::new(range.start, range.end);
                            let parts = match link.written {
                                LinkType::Inline => link_parts::inline(&body, written, done.inner_end, &link.target),
                                LinkType::Autolink | LinkType::Email => link_parts::address(&body, written),
                                _ => {
                                    let definition = events.reference_definitions().get(&link.label);
                                    let definition = definition.map(|found| found.span.clone().into());
                                    let definition = definition.map(|span| (span, link.target.as_str()));
                                    link_parts::reference(&body, written, done.inner_end, definition)
                                }
                            };
                            outline.links.push(Link {
                                kind: link.kind,
                                span: done.span,
                                line: lines.line(done.span.start),
                                target: link.target,
                                text: squeeze(&done.text),
                                title: (!link.title.is_empty()).then(|| squeeze(&link.title)),
                                parts: link_parts::shifted(parts, base),
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
    for (label, definition) in events.reference_definitions().iter() {
        let written = Span::from(definition.span.clone());
        let target = definition.dest.to_string();
        let parts = link_parts::definition(&body, written, &target);
        let span = Span::new(base + written.start, base + written.end);
        outline.definitions.push(Link {
            kind: LinkKind::Reference,
            span,
            line: lines.line(span.start),
            target,
            text: squeeze(label),
            title: definition.title.as_ref().map(|title| squeeze(title)),
            parts: link_parts::shifted(parts, base),
        });
    }
    outline.definitions.sort_by_key(|link| link.span.start);
    outline.nodes = tree.map(|tree| tree.nodes).unwrap_or_default();
    outline.links.sort_by_key(|link| (link.span.start, std::cmp::Reverse(link.span.end)));
    for link in &outline.links {
        if outline.covers.last().is_none_or(|last| last.end <= link.span.start) {
            outline.covers.push(link.span);
        }
        let start = if link.parts.text.is_empty() { link.span.start } else { link.parts.text.end };
        outline.targets.push(Span::new(start, link.span.end));
    }
    outline.targets.sort();
    outline
}

/// True when a byte lies in one of the spans, which are sorted and do not overlap.
pub(crate) fn holds(spans: &[Span], at: usize) -> bool {
    let index = spans.partition_point(|span| span.start <= at).checked_sub(1);
    index.and_then(|index| spans.get(index)).is_some_and(|span| span.contains(at))
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

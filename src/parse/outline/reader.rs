//! Turns the events of the Markdown parser into an [`Outline`].

use std::borrow::Cow;
use std::cmp::Reverse;

use pulldown_cmark::CodeBlockKind;
use pulldown_cmark::Event;
use pulldown_cmark::LinkType;
use pulldown_cmark::RefDefs;
use pulldown_cmark::Tag;
use pulldown_cmark::TagEnd;

use crate::model::Lines;
use crate::model::Link;
use crate::model::LinkKind;
use crate::model::Span;
use crate::parse::dialect;
use crate::parse::inline::is_paragraph;
use crate::parse::link_parts;
use crate::parse::outline::BlockKind;
use crate::parse::outline::Heading;
use crate::parse::outline::InlineBlock;
use crate::parse::outline::Mask;
use crate::parse::outline::Outline;
use crate::parse::outline::squeeze;
use crate::parse::outline::tree::Tree;

/// Reads a body that begins at the byte `base` of the whole text, whose lines are `lines`.
pub(crate) fn read(body: &str, base: usize, lines: &Lines) -> Outline {
    let body = with_line_feeds(body);
    let mut reader = Reader {
        body: &body,
        base,
        lines,
        outline: Outline::default(),
        tree: body.contains('^').then(Tree::default),
        open: Vec::new(),
        heading: None,
        run: None,
        containers: 0,
        cells: 0,
        in_code: false,
    };
    let mut events = dialect::reader(&body).into_offset_iter();
    while let Some((event, range)) = events.next() {
        reader.take(event, range.into(), events.reference_definitions());
    }
    reader.add_definitions(events.reference_definitions());
    reader.finish()
}

/// An element whose end has not been reached.
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
    /// The label by which a reference link names its definition.
    label: String,
}

/// The heading whose text is being read.
struct OpenHeading {
    level: u8,
    pieces: Vec<(Span, String)>,
}

/// The state between two events.
struct Reader<'a> {
    body: &'a str,
    /// The body's first byte in the whole text.
    base: usize,
    lines: &'a Lines,
    outline: Outline,
    /// Built only if there is a `^` that could name a block.
    tree: Option<Tree>,
    /// Headings, links and images that are open, outermost first.
    open: Vec<Open>,
    heading: Option<OpenHeading>,
    /// The current run of inline text.
    run: Option<Span>,
    /// How many lists, quotes, tables and footnotes are open.
    containers: usize,
    /// How many table cells are open.
    cells: usize,
    in_code: bool,
}

impl Reader<'_> {
    /// Takes the next event; `written` is its span in the body.
    fn take(&mut self, event: Event<'_>, written: Span, definitions: &RefDefs<'_>) {
        let span = self.in_text(written);
        if let Some(tree) = &mut self.tree {
            tree.take(&event, span);
        }
        self.follow_run(&event, span);
        self.note_inner_end(&event, span, written.end);
        self.keep_heading_piece(&event, span);
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag, written, definitions),
            Event::Text(text) if !self.in_code => self.push(&text),
            Event::Code(text) => {
                self.outline.masks.push((span, Mask::Code));
                self.push(&text);
            }
            Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.outline.masks.push((span, Mask::Math));
                self.push(&text);
            }
            Event::InlineHtml(_) => self.outline.masks.push((span, Mask::Html)),
            Event::SoftBreak | Event::HardBreak => self.push(" "),
            _ => {}
        }
    }

    /// Converts a span of the body into one of the whole text.
    fn in_text(&self, written: Span) -> Span {
        Span::new(self.base + written.start, self.base + written.end)
    }

    /// Extends the run of inline text, or ends it at a boundary.
    fn follow_run(&mut self, event: &Event<'_>, span: Span) {
        if !is_boundary(event) {
            let run = self.run.get_or_insert(span);
            run.start = run.start.min(span.start);
            run.end = run.end.max(span.end);
        } else if let Some(span) = self.run.take() {
            let kind = match self.heading {
                Some(_) => BlockKind::Heading,
                None if self.cells > 0 => BlockKind::Cell,
                None => BlockKind::Text,
            };
            self.outline.blocks.push(InlineBlock { span, kind, top: self.containers == 0 });
        }
    }

    /// Records how far the text of the innermost open element extends.
    fn note_inner_end(&mut self, event: &Event<'_>, span: Span, end: usize) {
        if !matches!(event, Event::Start(_))
            && let Some(innermost) = self.open.last_mut().filter(|open| open.span != span)
        {
            innermost.inner_end = innermost.inner_end.max(Some(end));
        }
    }

    fn keep_heading_piece(&mut self, event: &Event<'_>, span: Span) {
        let Some(heading) = &mut self.heading else { return };
        match event {
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                heading.pieces.push((span, text.to_string()));
            }
            Event::SoftBreak | Event::HardBreak => heading.pieces.push((span, " ".to_owned())),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, span: Span) {
        let image = matches!(tag, Tag::Image { .. });
        match tag {
            Tag::Heading { level, .. } => {
                self.heading = Some(OpenHeading { level: level as u8, pieces: Vec::new() });
                self.open.push(Open { span, text: String::new(), link: None, inner_end: None });
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
                self.open.push(Open { span, text: String::new(), link, inner_end: None });
            }
            Tag::CodeBlock(kind) => {
                self.in_code = true;
                let mask = if matches!(kind, CodeBlockKind::Fenced(_)) { Mask::Fence } else { Mask::Indented };
                self.outline.masks.push((span, mask));
            }
            Tag::HtmlBlock => self.outline.masks.push((span, Mask::HtmlBlock)),
            Tag::TableCell => self.cells += 1,
            Tag::BlockQuote(_) | Tag::List(_) | Tag::FootnoteDefinition(_) | Tag::Table(_) => self.containers += 1,
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, written: Span, definitions: &RefDefs<'_>) {
        match tag {
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::Link | TagEnd::Image => self.end_link(written, definitions),
            TagEnd::CodeBlock => self.in_code = false,
            TagEnd::TableCell => self.cells = self.cells.saturating_sub(1),
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::FootnoteDefinition | TagEnd::Table => {
                self.containers = self.containers.saturating_sub(1);
            }
            _ => {}
        }
    }

    fn end_heading(&mut self) {
        let (Some(OpenHeading { level, pieces }), Some(done)) = (self.heading.take(), self.open.pop()) else { return };
        let (text, anchor) = Default::default();
        let mut heading = Heading { level, span: done.span, text, anchor, top: self.containers == 0, pieces };
        heading.name(&done.text);
        self.outline.headings.push(heading);
    }

    fn end_link(&mut self, written: Span, definitions: &RefDefs<'_>) {
        let Some(done) = self.open.pop() else { return };
        let Some(link) = done.link else { return };
        if let Some(around) = self.open.last_mut() {
            around.text.push_str(&done.text);
            around.inner_end = Some(written.end);
        }
        let parts = match link.written {
            LinkType::Inline => link_parts::inline(self.body, written, done.inner_end, &link.target),
            LinkType::Autolink | LinkType::Email => link_parts::address(self.body, written),
            _ => {
                let definition = definitions.get(&link.label).map(|found| found.span.clone().into());
                let definition = definition.map(|span| (span, link.target.as_str()));
                link_parts::reference(self.body, written, done.inner_end, definition)
            }
        };
        self.outline.links.push(Link {
            kind: link.kind,
            span: done.span,
            line: self.lines.line(done.span.start),
            target: link.target,
            text: squeeze(&done.text),
            title: (!link.title.is_empty()).then(|| squeeze(&link.title)),
            parts: link_parts::shifted(parts, self.base),
        });
    }

    /// Adds text to the innermost open element.
    fn push(&mut self, text: &str) {
        if let Some(innermost) = self.open.last_mut() {
            innermost.text.push_str(text);
        }
    }

    fn add_definitions(&mut self, definitions: &RefDefs<'_>) {
        for (label, definition) in definitions.iter() {
            let written = Span::from(definition.span.clone());
            let target = definition.dest.to_string();
            let parts = link_parts::definition(self.body, written, &target);
            let span = self.in_text(written);
            self.outline.definitions.push(Link {
                kind: LinkKind::Reference,
                span,
                line: self.lines.line(span.start),
                target,
                text: squeeze(label),
                title: definition.title.as_ref().map(|title| squeeze(title)),
                parts: link_parts::shifted(parts, self.base),
            });
        }
    }

    /// Sorts everything into the order of the text.
    fn finish(self) -> Outline {
        let mut outline = self.outline;
        outline.paragraphs =
            outline.blocks.iter().filter(|block| is_paragraph(block)).map(|block| block.span).collect();
        outline.nodes = self.tree.map(|tree| tree.nodes).unwrap_or_default();
        outline.definitions.sort_by_key(|link| link.span.start);
        outline.links.sort_by_key(|link| (link.span.start, Reverse(link.span.end)));
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
}

/// The text with lone carriage returns replaced by line feeds, so that all offsets stay the same: the Markdown parser does
/// not let a fence or comment end at a carriage return.
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

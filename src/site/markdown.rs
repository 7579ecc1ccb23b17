//! A note's text as HTML: comrak's tree, written by us.
//!
//! The tree is walked without recursion; embeds are the one exception, five deep at most. What comrak does not know and
//! the note's facts do (boxes that CommonMark loses, soft sections, block ids, tickets, tags) is looked up by line.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::Arc;

use comrak::Arena;
use comrak::Options;
use comrak::ResolvedReference;
use comrak::nodes::AstNode;
use comrak::nodes::NodeValue;
use comrak::options::BrokenLinkReference;

use crate::model::Lines;
use crate::model::LinkKind;
use crate::model::Note;
use crate::model::Section;
use crate::model::Span;
use crate::site::Site;
use crate::site::clean::Ours;
use crate::site::dialect;
use crate::site::nesting::Nesting;
use crate::site::text::escape;

mod blocks;
mod inlines;
mod lines;
mod links;

/// Embeds on a page, in all.
const EMBEDS: usize = 200;
/// Embeds in embeds.
const EMBED_DEPTH: usize = 5;
/// Bytes of a page after which nothing more is embedded.
const PAGE_BYTES: usize = 1 << 20;

/// A heading as the table of contents shows it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub(crate) struct TocEntry {
    /// 1 to 6.
    pub(crate) level: u8,
    /// The anchor with `#`, as it stands in a link.
    pub(crate) href: String,
    /// Without markup.
    pub(crate) text: String,
}

/// A note's text as HTML, and what a page wants to know of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Body {
    /// Without the heading that is the note's title.
    pub(crate) html: String,
    /// That heading's anchor and inner HTML, where the text begins with it.
    pub(crate) title: Option<(String, String)>,
    /// In the order of the text.
    pub(crate) toc: Vec<TocEntry>,
    /// Files that it shows or links to: indices into the attachments.
    pub(crate) files: BTreeSet<usize>,
    /// True when it holds HTML of the note's own.
    pub(crate) raw: bool,
    /// What could not be shown: a note, a line, and why.
    pub(crate) faults: BTreeSet<(usize, usize, String)>,
}

/// What is shared by a page and its embeds.
#[derive(Default)]
struct Shared {
    embeds: usize,
    /// Embeds that were shown or found to be circles.
    tried: usize,
    bytes: usize,
    /// The notes and places being rendered, outermost first.
    open: Vec<(usize, Span)>,
    files: BTreeSet<usize>,
    /// What is wrong with a note on a line.
    faults: BTreeSet<(usize, usize, String)>,
    raw: bool,
    /// Of the notes' own HTML.
    nesting: Nesting,
    /// What is not here comes from a note's own HTML.
    ours: Ours,
}

/// Renders a whole note as the body of the page of `page`: of the note itself or, where that is none, the 404 page.
pub(crate) fn render(site: &Site<'_>, page: usize, note: usize, text: &str) -> Body {
    let mut shared = Shared::default();
    let body = site.places.note(note).map_or(0, |note| note.body_start);
    let span = Span::new(body, text.len());
    shared.open.push((note, span));
    let mut renderer = Renderer::new(site, page, note, text, span, String::new(), &mut shared);
    let title = renderer.cut_title();
    let others = renderer.note.sections.iter().filter(|section| Some(section.line) != renderer.title_line);
    renderer.deeper = others.filter(|section| first_level(section)).count().min(1) as i16;
    renderer.document(text.get(body..).unwrap_or(""));
    let (html, toc) = (std::mem::take(&mut renderer.out), std::mem::take(&mut renderer.toc));
    let html = if shared.raw && !site.source.trust_html {
        let ours = std::mem::take(&mut shared.ours);
        crate::site::clean::clean(&site.places, (page, note), &html, ours, &mut shared.files)
    } else {
        html
    };
    Body { html, title, toc, files: shared.files, raw: shared.raw, faults: shared.faults }
}

/// The options for a piece of a note with these link references.
fn options(references: Arc<References>) -> Options<'static> {
    let mut options = dialect::options();
    if !references.0.is_empty() {
        options.parse.broken_link_callback = Some(references);
    }
    options
}

/// The link references of a whole note, for the pieces of it that are parsed by themselves.
#[derive(Default)]
struct References(BTreeMap<String, ResolvedReference>);

impl References {
    fn of(note: &Note, text: &str) -> Self {
        let references = note.links.iter().filter(|link| link.kind == LinkKind::Reference);
        Self(
            references
                .filter_map(|link| {
                    let written = link.span.of(text).trim_end_matches("[]").strip_suffix(']')?;
                    let label = written.rsplit_once('[').map_or(written, |(_, label)| label);
                    let title = link.title.clone().unwrap_or_default();
                    Some((fold(label), ResolvedReference { url: link.target.clone(), title }))
                })
                .collect(),
        )
    }
}

fn fold(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

impl comrak::options::BrokenLinkCallback for References {
    fn resolve(&self, reference: BrokenLinkReference<'_>) -> Option<ResolvedReference> {
        let found = self.0.get(&fold(reference.original))?;
        Some(ResolvedReference { url: found.url.clone(), title: found.title.clone() })
    }
}

/// Writes one document: a page, an embedded part of another note, or an item's text.
struct Renderer<'r, 'a> {
    site: &'r Site<'a>,
    /// The note whose page this is.
    page: usize,
    /// The note whose text this is.
    index: usize,
    note: &'r Note,
    text: &'r str,
    /// The byte of the text where the part that is shown begins.
    start: usize,
    /// Before every id: empty for the page itself.
    prefix: String,
    shared: &'r mut Shared,
    out: String,
    toc: Vec<TocEntry>,
    at: lines::ByLine,
    /// True within an item's text, whose lines are not the note's.
    fragment: bool,
    references: Arc<References>,
    /// What closes each open link.
    closing: Vec<&'static str>,
    /// How many links are open: none may stand in another.
    links: usize,
    run: blocks::Run,
    /// The next text begins with a box, which is drawn already.
    strip_box: bool,
    /// Cells of the table's row so far.
    column: usize,
    /// Footnotes are in their list.
    in_footnotes: bool,
    /// The heading being left out: the page shows it.
    title_line: Option<usize>,
    /// The level of the last heading, as shown; the page's title has 1.
    level: u8,
    /// How much deeper headings are shown than they are written: those of the first level stand below the page's title, those
    /// of an embed below the heading that it stands under.
    deeper: i16,
}

impl<'r, 'a> Renderer<'r, 'a> {
    fn new(
        site: &'r Site<'a>,
        page: usize,
        index: usize,
        text: &'r str,
        span: Span,
        prefix: String,
        shared: &'r mut Shared,
    ) -> Self {
        let note = site.places.note(index).unwrap_or(site.nothing);
        let lines = Lines::new(text);
        let whole = span.start <= note.body_start;
        let references = if whole && note.tasks.iter().all(|task| task.form == crate::model::Form::List) {
            References::default()
        } else {
            References::of(note, text)
        };
        Self {
            site,
            page,
            index,
            note,
            text,
            start: span.start,
            prefix,
            shared,
            out: String::with_capacity(span.len() * 3 / 2),
            toc: Vec::new(),
            at: lines::ByLine::new(note, &lines, span),
            fragment: false,
            references: Arc::new(references),
            closing: Vec::new(),
            links: 0,
            run: blocks::Run::None,
            strip_box: false,
            column: 0,
            in_footnotes: false,
            title_line: None,
            level: 1,
            deeper: 0,
        }
    }

    /// Finds the heading that the page shows as its title, so that it is not shown twice.
    fn cut_title(&mut self) -> Option<(String, String)> {
        let first = opening(self.note)?;
        self.title_line = Some(first.line);
        let mut html = String::new();
        escape(&first.text, &mut html);
        self.shared.ours.title = Some(first.slug.clone());
        Some((first.slug.clone(), html))
    }

    fn document(&mut self, markdown: &str) {
        let arena = Arena::new();
        let markdown = joined_bars(self.note, markdown, self.start);
        let root = comrak::parse_document(&arena, &markdown, &options(Arc::clone(&self.references)));
        self.walk(root);
        if self.in_footnotes {
            self.out.push_str("</ol>\n</section>\n");
        }
    }

    /// Writes an item's text, which lies outside of comrak's tree.
    fn piece(&mut self, markdown: &str) {
        let outer = std::mem::replace(&mut self.fragment, true);
        let run = std::mem::replace(&mut self.run, blocks::Run::None);
        let arena = Arena::new();
        // a leading number or bullet would make a list of it
        let source = format!("\u{200B}{markdown}");
        let root = comrak::parse_document(&arena, &source, &options(Arc::clone(&self.references)));
        if let Some(paragraph) = root.first_child() {
            for child in paragraph.children() {
                self.walk(child);
            }
        }
        self.fragment = outer;
        self.run = run;
    }

    /// Writes a node and all that is in it.
    fn walk<'n>(&mut self, root: &'n AstNode<'n>) {
        use comrak::arena_tree::NodeEdge;
        let mut skipped: Option<&AstNode<'_>> = None;
        for edge in root.traverse() {
            match (edge, skipped) {
                (NodeEdge::End(node), Some(whole)) if std::ptr::eq(node, whole) => skipped = None,
                (_, Some(_)) => {}
                (NodeEdge::Start(node), None) => {
                    if !self.enter(node) {
                        skipped = Some(node);
                    }
                }
                (NodeEdge::End(node), None) => self.leave(node),
            }
        }
    }

    /// The note's line of a node; 0 where lines mean nothing.
    fn line<'n>(&self, node: &'n AstNode<'n>) -> usize {
        if self.fragment { 0 } else { self.at.line(node.data().sourcepos.start.line) }
    }

    /// The note's last line of a node.
    fn last_line<'n>(&self, node: &'n AstNode<'n>) -> usize {
        if self.fragment { 0 } else { self.at.line(node.data().sourcepos.end.line) }
    }

    /// Writes what begins a node; false when it is written whole and its children are not wanted.
    fn enter<'n>(&mut self, node: &'n AstNode<'n>) -> bool {
        let value = node.data().value.clone();
        match &value {
            NodeValue::Document => true,
            NodeValue::Paragraph => self.paragraph(node),
            NodeValue::Heading(heading) => self.heading(node, heading.level),
            NodeValue::List(list) => {
                self.list(node, list);
                true
            }
            NodeValue::Item(_) => {
                self.item(node);
                true
            }
            NodeValue::TaskItem(task) => {
                self.task_item(node, task.symbol);
                true
            }
            NodeValue::BlockQuote | NodeValue::MultilineBlockQuote(_) => {
                let id = self.block_id(node);
                self.out.push_str(&format!("<blockquote{id}>\n"));
                true
            }
            NodeValue::CodeBlock(code) => {
                self.code_block(node, code);
                false
            }
            NodeValue::HtmlBlock(html) => {
                self.raw(&html.literal);
                false
            }
            NodeValue::HtmlInline(html) | NodeValue::Raw(html) => {
                self.raw(html);
                false
            }
            NodeValue::ThematicBreak => {
                self.out.push_str("<hr>\n");
                false
            }
            NodeValue::FootnoteDefinition(definition) => {
                self.footnote(definition);
                true
            }
            NodeValue::Table(_) => {
                let id = self.block_id(node);
                self.out.push_str(&format!(
                    "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Table\"><table{id}>\n"
                ));
                true
            }
            NodeValue::TableRow(header) => {
                self.table_row(node, *header);
                true
            }
            NodeValue::TableCell => {
                self.table_cell(node, false);
                true
            }
            NodeValue::Callout(callout) => {
                self.callout(node, callout);
                true
            }
            NodeValue::CalloutTitle => true,
            NodeValue::Alert(alert) => {
                self.alert(alert);
                true
            }
            NodeValue::FrontMatter(_)
            | NodeValue::CommentInline(_)
            | NodeValue::MultilineComment(_)
            | NodeValue::BlockDirective(_) => false,
            _ => self.inline(node, &value),
        }
    }

    /// Writes what ends a node.
    fn leave<'n>(&mut self, node: &'n AstNode<'n>) {
        let value = node.data().value.clone();
        match &value {
            NodeValue::Paragraph => self.close_run(),
            NodeValue::Heading(_) => self.heading_end(node),
            NodeValue::List(list) => {
                let tag = if list.list_type == comrak::nodes::ListType::Ordered { "ol" } else { "ul" };
                self.out.push_str(&format!("</{tag}>\n"));
            }
            NodeValue::Item(_) | NodeValue::TaskItem(_) => self.out.push_str("</li>\n"),
            NodeValue::BlockQuote | NodeValue::MultilineBlockQuote(_) => self.out.push_str("</blockquote>\n"),
            NodeValue::FootnoteDefinition(definition) => self.footnote_end(definition),
            NodeValue::Table(_) => {
                // a head without rows has no body to close
                let tag = if node.children().count() > 1 { "</tbody>" } else { "" };
                self.out.push_str(&format!("{tag}</table></div>\n"));
            }
            NodeValue::TableRow(header) => self.out.push_str(if *header { "</tr></thead>\n" } else { "</tr>\n" }),
            NodeValue::TableCell => self.table_cell(node, true),
            NodeValue::Callout(callout) => self.callout_end(callout),
            NodeValue::CalloutTitle => self.callout_title_end(node),
            NodeValue::Alert(_) => self.out.push_str("</div>\n"),
            other => self.inline_end(other),
        }
    }

    /// Takes HTML of the note's own: it is cleaned when the page is whole.
    fn raw(&mut self, html: &str) {
        self.shared.raw = true;
        if self.site.source.trust_html {
            self.out.push_str(html);
        } else if !self.shared.nesting.take(html) {
            escape(html, &mut self.out);
        } else {
            let html = if self.site.source.remote_media { html.into() } else { crate::site::media::linked(html) };
            // a box on a page is always a task of a note
            let html = replace_ignoring_case(&html, "<input", "<x-input");
            self.out.push_str(&crate::site::clean::with_ids(&html));
        }
    }

    /// An id for something of this page or embed.
    fn id(&mut self, name: &str) -> String {
        let id = format!("{}{name}", self.prefix);
        self.shared.ours.ids.insert(id.clone());
        id
    }

    /// As [`Self::id`], where the page does not have it yet.
    fn new_id(&mut self, name: &str) -> Option<String> {
        let id = format!("{}{name}", self.prefix);
        self.shared.ours.ids.insert(id.clone()).then_some(id)
    }
}

/// Stands for a further `|` in a wikilink, of which comrak takes one only.
const BAR: char = '\u{F007C}';

/// A part of a note's text in which the first bar of each wikilink is its only one: `[[note|a|b]]` shows `a|b`.
fn joined_bars<'t>(note: &Note, part: &'t str, start: usize) -> Cow<'t, str> {
    let links = note.links.iter().filter(|link| link.is_wiki() && link.span.start >= start);
    let mut out = String::new();
    let mut at = 0;
    for link in links {
        let (from, to) = (link.span.start - start, link.span.end - start);
        let Some(written) = part.get(from..to) else { continue };
        let Some((target, words)) = written.split_once('|').filter(|(_, words)| words.contains('|')) else { continue };
        out.push_str(part.get(at..from).unwrap_or(""));
        out.push_str(target);
        out.push('|');
        out.push_str(&words.replace("\\|", "|").replace('|', &BAR.to_string()));
        at = to;
    }
    if at == 0 {
        return Cow::Borrowed(part);
    }
    out.push_str(part.get(at..).unwrap_or(""));
    Cow::Owned(out)
}

/// The heading with which a note opens.
fn opening(note: &Note) -> Option<&Section> {
    note.sections.get(note.opening?)
}

fn first_level(section: &Section) -> bool {
    section.level == 1
}

fn replace_ignoring_case(text: &str, what: &str, with: &str) -> String {
    let folded = text.to_ascii_lowercase();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (found, _) in folded.match_indices(what) {
        out.push_str(text.get(at..found).unwrap_or(""));
        out.push_str(with);
        at = found + what.len();
    }
    out.push_str(text.get(at..).unwrap_or(""));
    out
}

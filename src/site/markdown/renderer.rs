//! What writes a note's text as HTML: its state. What it does with each kind of node stands in the other files.

use std::collections::BTreeSet;
use std::sync::Arc;

use comrak::nodes::AstNode;

use crate::model::Lines;
use crate::model::Note;
use crate::model::Section;
use crate::model::Span;
use crate::parse::title_words;
use crate::site::Site;
use crate::site::clean::Ours;
use crate::site::markdown::lines;
use crate::site::markdown::references::References;
use crate::site::nesting::Nesting;
use crate::site::text::escape;

/// Embeds on a page, in all.
pub(super) const EMBEDS: usize = 200;
/// Embeds in embeds.
pub(crate) const EMBED_DEPTH: usize = 5;
/// Bytes of a page after which nothing more is embedded.
pub(super) const PAGE_BYTES: usize = 1 << 20;

/// Stands for a further `|` in a wikilink, of which comrak takes one only.
pub(super) const BAR: char = '\u{F007C}';

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

/// What a paragraph's lines have come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Run {
    /// No paragraph is open.
    #[default]
    None,
    /// Words within `<p>`.
    Words,
    /// Words of a tight list's item.
    Tight,
    /// A box that CommonMark sees as words.
    Task,
    /// A label line: a heading of this level.
    Label(u8),
}

/// What is shared by a page and its embeds.
#[derive(Default)]
pub(super) struct Shared {
    pub(super) embeds: usize,
    /// Embeds that were shown or found to be circles.
    pub(super) tried: usize,
    pub(super) bytes: usize,
    /// The notes and places being rendered, outermost first.
    pub(super) open: Vec<(usize, Span)>,
    pub(super) files: BTreeSet<usize>,
    /// What is wrong with a note on a line.
    pub(super) faults: BTreeSet<(usize, usize, String)>,
    pub(super) raw: bool,
    /// Of the notes' own HTML.
    pub(super) nesting: Nesting,
    /// What is not here comes from a note's own HTML.
    pub(super) ours: Ours,
}

/// Writes one document: a page, an embedded part of another note, or an item's text.
pub(super) struct Renderer<'r, 'a> {
    pub(super) site: &'r Site<'a>,
    /// The note whose page this is.
    pub(super) page: usize,
    /// The note whose text this is.
    pub(super) index: usize,
    pub(super) note: &'r Note,
    pub(super) text: &'r str,
    /// The byte of the text where the part that is shown begins.
    pub(super) start: usize,
    /// Before every id: empty for the page itself.
    pub(super) prefix: String,
    pub(super) shared: &'r mut Shared,
    pub(super) out: String,
    pub(super) toc: Vec<TocEntry>,
    pub(super) at: lines::ByLine,
    /// True within an item's text, whose lines are not the note's.
    pub(super) fragment: bool,
    pub(super) references: Arc<References>,
    /// What closes each open link.
    pub(super) closing: Vec<&'static str>,
    /// How many links are open: none may stand in another.
    pub(super) links: usize,
    pub(super) run: Run,
    /// The next text begins with a box, which is drawn already.
    pub(super) strip_box: bool,
    /// Cells of the table's row so far.
    pub(super) column: usize,
    /// Footnotes are in their list.
    pub(super) in_footnotes: bool,
    /// The heading being left out: the page shows it.
    pub(super) title_line: Option<usize>,
    /// The level of the last heading, as shown; the page's title has 1.
    pub(super) level: u8,
    /// How much deeper headings are shown than they are written: those of the first level stand below the page's title, those
    /// of an embed below the heading that it stands under.
    pub(super) deeper: i16,
}

impl<'r, 'a> Renderer<'r, 'a> {
    pub(super) fn new(
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
            run: Run::None,
            strip_box: false,
            column: 0,
            in_footnotes: false,
            title_line: None,
            level: 1,
            deeper: 0,
        }
    }

    /// Finds the heading that the page shows as its title, so that it is not shown twice.
    pub(super) fn cut_title(&mut self) -> Option<(String, String)> {
        let first = opening(self.note)?;
        self.title_line = Some(first.line);
        let mut html = String::new();
        escape(&title_words(&first.text), &mut html);
        self.shared.ours.title = Some(first.slug.clone());
        Some((first.slug.clone(), html))
    }

    /// The note's line of a node; 0 where lines mean nothing.
    pub(super) fn line<'n>(&self, node: &'n AstNode<'n>) -> usize {
        if self.fragment { 0 } else { self.at.line(node.data().sourcepos.start.line) }
    }

    /// The note's last line of a node.
    pub(super) fn last_line<'n>(&self, node: &'n AstNode<'n>) -> usize {
        if self.fragment { 0 } else { self.at.line(node.data().sourcepos.end.line) }
    }

    /// An id for something of this page or embed.
    pub(super) fn id(&mut self, name: &str) -> String {
        let id = format!("{}{name}", self.prefix);
        self.shared.ours.ids.insert(id.clone());
        id
    }

    /// As [`Self::id`], where the page does not have it yet.
    pub(super) fn new_id(&mut self, name: &str) -> Option<String> {
        let id = format!("{}{name}", self.prefix);
        self.shared.ours.ids.insert(id.clone()).then_some(id)
    }
}

/// The heading with which a note opens.
pub(super) fn opening(note: &Note) -> Option<&Section> {
    note.sections.get(note.opening?)
}

pub(super) fn first_level(section: &Section) -> bool {
    section.level == 1
}

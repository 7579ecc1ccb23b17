//! Addresses of notes and files: what a link on a page becomes.

use crate::model::Block;
use crate::model::Link;
use crate::model::Note;
use crate::model::NotePath;
use crate::report::anchor::AnchorRef;
use crate::report::graph::Graph;
use crate::report::resolve::Target;
use crate::site::picture;
use crate::site::url;

/// The page of no note: the one for addresses that do not exist.
pub(crate) const NO_PAGE: usize = usize::MAX;
/// A feed, which is no page and is read anywhere.
pub(crate) const FEED: usize = usize::MAX - 1;

/// Where notes and files stand on the site. Indices are those of [`crate::site::Source`].
pub(crate) struct Places<'a> {
    pub(crate) graph: &'a Graph<'a>,
    pub(crate) attachments: &'a [NotePath],
    /// Of each note its page, where it is published.
    pub(crate) pages: Vec<Option<String>>,
    /// Of each attachment its address.
    pub(crate) files: Vec<String>,
    /// Where a host shows the site's top, as `/wiki/`: what the 404 page, shown at any address, links from. Empty where
    /// nobody knows.
    pub(crate) root: String,
    /// The site's address with a final `/`, where it is known: what a feed, which is read elsewhere, links from.
    pub(crate) base: Option<String>,
    /// Pages may show what lies at other hosts.
    pub(crate) remote_media: bool,
    /// Ids in the notes' own HTML are those of the pages, too.
    pub(crate) trust_html: bool,
}

impl<'a> Places<'a> {
    pub(crate) fn note(&self, index: usize) -> Option<&'a Note> {
        self.graph.notes.get(index).map(|(_, note)| *note)
    }

    /// The page of a note; `None` when it is not published.
    pub(crate) fn page(&self, index: usize) -> Option<&str> {
        self.pages.get(index)?.as_deref()
    }

    pub(crate) fn resolve(&self, from: usize, link: &Link) -> Target {
        self.graph.names.resolve(from, link).target
    }

    /// An attachment that may be on the site, with its address.
    pub(crate) fn file(&self, path: &NotePath) -> Option<(usize, String)> {
        let index = self.attachments.binary_search(path).ok()?;
        let address = self.files.get(index)?;
        picture::allowed(address).then(|| (index, address.clone()))
    }

    /// An address as the page of a note names it; as [`FEED`] does, and as the 404 page does where there is no such note.
    pub(crate) fn href_from(&self, page: usize, address: &str) -> String {
        match self.page(page) {
            Some(from) => url::relative(from, address),
            None if page == FEED && self.base.is_some() => {
                format!("{}{}", self.base.as_deref().unwrap_or(""), url::encoded(address))
            }
            None => format!("{}{}", self.root, url::encoded(address)),
        }
    }

    /// The id under which a page has what a note's own HTML calls so.
    pub(crate) fn own_id(&self, id: &str) -> String {
        if self.trust_html {
            return id.to_owned();
        }
        format!("user-content-{}", id.split_whitespace().collect::<Vec<_>>().join("-"))
    }

    /// The address of a place in a note as the page of another names it; `None` when it is not published.
    pub(crate) fn href_to_note(&self, page: usize, to: usize, place: Option<AnchorRef>) -> Option<String> {
        let address = self.page(to)?;
        let note = self.note(to)?;
        let anchor = match place {
            Some(AnchorRef::Block(index)) => {
                note.blocks.get(index).map(|block| url::fragment(&format!("^{}", block.id)))
            }
            Some(AnchorRef::Section(index)) => note.sections.get(index).map(|section| url::fragment(&section.slug)),
            Some(AnchorRef::Anchor(index)) => {
                note.anchors.get(index).map(|anchor| url::fragment(&self.own_id(&anchor.id)))
            }
            None => None,
        };
        let anchor = anchor.unwrap_or_default();
        if page == to && !anchor.is_empty() {
            return Some(anchor);
        }
        Some(format!("{}{anchor}", self.href_from(page, address)))
    }

    /// The address of a line of a note as the page at `from` names it: the task on it, the block that it names, or the section
    /// in which it stands; of the page itself without a line. `None` when the note is not published.
    pub(crate) fn href_to_line(&self, from: &str, path: &NotePath, line: Option<usize>) -> Option<String> {
        let index = self.graph.notes.binary_search_by(|(other, _)| (*other).cmp(path)).ok()?;
        let address = self.page(index)?;
        let anchor = self.note(index).zip(line).map(|(note, line)| anchor_of_line(note, line)).unwrap_or_default();
        Some(format!("{}{anchor}", url::relative(from, address)))
    }
}

fn anchor_of_line(note: &Note, line: usize) -> String {
    let task = note.tasks.partition_point(|task| task.line < line);
    if note.tasks.get(task).is_some_and(|task| task.line == line) {
        return task_anchor(note, task);
    }
    if let Some(block) = block_of_line(note, line) {
        return url::fragment(&format!("^{}", block.id));
    }
    // the innermost section that reaches so far
    let mut at = note.sections.partition_point(|section| section.line <= line).checked_sub(1);
    while let Some(index) = at {
        match note.sections.get(index) {
            Some(section) if line <= section.end_line => {
                // the page begins with its title
                let is_title = note.opening == Some(index);
                return if is_title { String::new() } else { url::fragment(&section.slug) };
            }
            Some(section) => at = section.parent,
            None => break,
        }
    }
    String::new()
}

fn block_of_line(note: &Note, line: usize) -> Option<&Block> {
    note.blocks.get(note.blocks.partition_point(|block| block.line < line)).filter(|block| block.line == line)
}

/// The anchor of a task's box.
pub(crate) fn task_anchor(note: &Note, index: usize) -> String {
    match note.tasks.get(index).and_then(|task| block_of_line(note, task.line)) {
        Some(block) => url::fragment(&format!("^{}", block.id)),
        None => url::fragment(&format!("t:{index}")),
    }
}

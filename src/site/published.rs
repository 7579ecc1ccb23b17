//! What is published: notes with their addresses, tags and order. Everything that makes pages looks here.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::rc::Rc;

use serde::Serialize;
use xxhash_rust::xxh3::Xxh3;

use crate::model::Note;
use crate::model::NotePath;
use crate::report::graph::Graph;
use crate::report::resolve::Target;
use crate::site::code::Highlighter;
use crate::site::frame_words::FrameWords;
use crate::site::picture;
use crate::site::places::Places;
use crate::site::publish::Unpublished;
use crate::site::source::Source;
use crate::site::theme::Theme;
use crate::site::url;

/// Bytes of texts that are kept for the next page.
const TEXTS: usize = 64 << 20;

/// A tag with its notes.
pub(crate) struct TagPage {
    /// As first written.
    pub(crate) name: String,
    pub(crate) address: String,
    pub(crate) notes: Vec<usize>,
}

/// A link to a report page, in the header.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct HeaderLink {
    pub(crate) name: &'static str,
    pub(crate) title: &'static str,
    /// From the site's top.
    pub(crate) href: String,
}

/// A note in its place.
#[derive(Debug)]
pub(crate) struct Chapter {
    pub(crate) note: usize,
    /// How many chapters it stands below.
    pub(crate) depth: usize,
    /// What `SUMMARY.md` calls it; empty elsewhere.
    pub(crate) title: String,
}

/// Notes that stand together.
pub(crate) struct Part {
    /// A heading of `SUMMARY.md` or a folder; may be empty.
    pub(crate) title: String,
    pub(crate) chapters: Vec<Chapter>,
    /// True for what `SUMMARY.md` does not list.
    pub(crate) rest: bool,
}

/// A site about to be built.
pub struct Site<'a> {
    pub(crate) source: &'a Source<'a>,
    pub(crate) graph: &'a Graph<'a>,
    pub(crate) theme: Theme,
    pub(crate) places: Places<'a>,
    /// Why the others are not.
    pub(super) unpublished: Vec<(usize, Unpublished)>,
    /// The address of the overview: the start page, where no note is.
    pub(crate) overview: &'static str,
    pub(super) tags: BTreeMap<String, TagPage>,
    /// Published notes in the order of reading: SUMMARY's, else by folder.
    pub(crate) order: Vec<usize>,
    pub(crate) parts: Vec<Part>,
    /// What tells notes of one title apart.
    pub(super) beside: BTreeMap<usize, String>,
    /// In the site's language.
    pub(crate) words: FrameWords,
    pub(super) highlighter: Highlighter,
    /// Faults that the last build met: a note, a line, and what.
    pub(super) found: RefCell<BTreeSet<(usize, usize, String)>>,
    /// Notes' texts and their bytes in all.
    pub(super) texts: RefCell<(BTreeMap<usize, Rc<str>>, usize)>,
    /// The report pages of this build, in the order of the header.
    pub(crate) reports: RefCell<Vec<HeaderLink>>,
    /// For an index that does not exist.
    pub(super) nothing: &'a Note,
}

impl<'a> Site<'a> {
    /// Why notes are not published: an index into [`Source::notes`] and the reason.
    #[must_use]
    pub fn unpublished(&self) -> &[(usize, Unpublished)] {
        &self.unpublished
    }

    /// How many notes are published.
    #[must_use]
    pub fn published(&self) -> usize {
        self.order.len()
    }

    /// A published note's text.
    pub(super) fn text(&self, index: usize) -> Option<Rc<str>> {
        self.places.page(index)?;
        if let Some(text) = self.texts.borrow().0.get(&index) {
            return Some(Rc::clone(text));
        }
        let text: Rc<str> = (self.source.text)(self.source.notes.get(index)?.path)?.into();
        // embeds and backlinks ask for the same notes again and again
        let (texts, bytes) = &mut *self.texts.borrow_mut();
        *bytes += text.len();
        while *bytes > TEXTS
            && let Some((_, old)) = texts.pop_first()
        {
            *bytes -= old.len();
        }
        texts.insert(index, Rc::clone(&text));
        Some(text)
    }

    /// A published note by its path.
    pub(super) fn published_note(&self, path: &NotePath) -> Option<usize> {
        let index = self.source.notes.binary_search_by(|entry| entry.path.cmp(path)).ok()?;
        self.places.page(index).map(|_| index)
    }

    pub(super) fn measure(&self, file: usize) -> Option<(u32, u32)> {
        picture::measure(&(self.source.head)(self.source.attachments.get(file)?)?)
    }

    pub(super) fn tag_address(&self, name: &str) -> Option<&str> {
        self.tags.get(&name.to_lowercase()).map(|tag| tag.address.as_str())
    }

    pub(crate) fn tag_pages(&self) -> impl Iterator<Item = &TagPage> {
        self.tags.values()
    }

    /// The paths of the published notes.
    pub fn published_paths(&self) -> impl Iterator<Item = &'a NotePath> {
        self.order.iter().filter_map(|&note| Some(self.source.notes.get(note)?.path))
    }

    /// The files that a note's links show.
    pub(super) fn linked_files(&self, note: usize) -> impl Iterator<Item = usize> {
        self.graph.outgoing(note).iter().filter_map(|resolved| match &resolved.target {
            Target::Attachment(path) => self.places.file(path).map(|(index, _)| index),
            _ => None,
        })
    }

    /// The whole address of a page, where the site's is known.
    pub(crate) fn whole(&self, address: &str) -> Option<String> {
        let base = self.source.base_url.as_ref()?;
        let address = if address == "index.html" { Cow::Borrowed("") } else { Cow::Owned(url::encoded(address)) };
        Some(format!("{base}{address}"))
    }

    /// A key over the addresses and titles of published notes.
    pub(super) fn key_of_names(&self) -> u64 {
        let mut hash = Xxh3::new();
        for &note in &self.order {
            let title = self.places.note(note).map_or("", |note| note.title.as_str());
            for words in [self.places.page(note).unwrap_or(""), title] {
                hash.update(words.as_bytes());
                hash.update(&[0xFF]);
            }
        }
        hash.digest()
    }

    /// What stands beside a note's title where titles are all that is seen; empty for most.
    pub(crate) fn beside(&self, note: usize) -> &str {
        self.beside.get(&note).map_or("", String::as_str)
    }

    /// A note's title; one without is called as its file.
    pub(crate) fn title(&self, note: usize) -> String {
        let title = self.places.note(note).map_or("", |note| note.title.trim());
        if title.is_empty() {
            return self.source.notes.get(note).map_or_else(String::new, |entry| entry.path.to_string());
        }
        title.to_owned()
    }

    /// The notes before and after in the order of reading.
    pub(crate) fn around(&self, place: usize) -> [Option<usize>; 2] {
        [place.checked_sub(1).and_then(|at| self.order.get(at)).copied(), self.order.get(place + 1).copied()]
    }
}

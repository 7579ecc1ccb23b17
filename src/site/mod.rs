//! Floor 7: notes and reports in, pages out, as `(address, bytes)`. No disk access of its own.
//!
//! [`Site::new`] decides what is published and names the pages; [`Site::build`] gives one page after the other, and is
//! called by `hornbook build`. What decides: `publish`. What a note's text becomes: `markdown`. What stands around it:
//! `page` and `lists`. Reports: `report_page`, drawn by `document`. Looks: `theme`, from `templates/site/`.

mod backlinks;
mod clean;
mod code;
pub mod dialect;
pub mod direction;
mod document;
mod feed;
mod lists;
mod markdown;
mod math;
mod media;
mod nesting;
mod page;
mod picture;
mod places;
pub mod publish;
mod redirect;
pub mod report_page;
mod rows;
mod shell;
mod summary;
mod text;
pub mod theme;
pub mod url;

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::rc::Rc;

use chrono::NaiveDate;
use xxhash_rust::xxh3::Xxh3;

use crate::model::Note;
use crate::model::NotePath;
use crate::model::Parsed;
use crate::report::graph::Graph;
use crate::report::resolve::Remark;
use crate::report::resolve::Target;
use crate::site::code::Highlighter;
use crate::site::places::Places;
use crate::site::publish::Withheld;
use crate::site::report_page::ReportPage;
use crate::site::report_page::Shown;
use crate::site::theme::Theme;

/// Bytes of texts that are kept for the next page.
const TEXTS: usize = 64 << 20;

/// A note as the site gets it.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// From the notes folder.
    pub path: &'a NotePath,
    /// What it says.
    pub parsed: &'a Parsed,
    /// Of its bytes.
    pub hash: u64,
    /// The day of its last change as its front matter says: a file's own time is another one after each copy.
    pub modified: Option<NaiveDate>,
    /// True when the setting `site.exclude` names it.
    pub excluded: bool,
}

/// What a site is made of. Everything comes from here: the site reads no disk, clock or environment.
pub struct Source<'a> {
    /// All notes, also those that are not to be published; sorted by path.
    pub notes: Vec<Entry<'a>>,
    /// Files that are no notes and that the settings do not exclude; sorted by path.
    pub attachments: &'a [NotePath],
    /// The notebook's name.
    pub title: String,
    /// In a sentence.
    pub description: String,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// `en`
    pub language: String,
    /// `ltr` or `rtl`
    pub direction: String,
    /// Where it will stand, with a final `/`, for what needs whole addresses.
    pub base_url: Option<String>,
    /// `[output.html] edit-url-template`, with `{path}`.
    pub edit_url: Option<String>,
    /// The notes folder from the settings' folder, with a final `/`, as `{path}` begins; may be empty.
    pub edit_prefix: String,
    /// `[output.html] git-repository-url`
    pub repository: Option<String>,
    /// `[output.html] cname`
    pub cname: Option<String>,
    /// `SUMMARY.md`, where there is one.
    pub summary: Option<String>,
    /// From an old address to a new one.
    pub redirect: BTreeMap<String, String>,
    /// `light`, `dark` or nothing.
    pub default_theme: Option<String>,
    /// Style sheets after ours: `[output.html] additional-css`.
    pub styles: Vec<String>,
    /// Scripts after ours: `[output.html] additional-js`.
    pub scripts: Vec<String>,
    /// The note that is shown at addresses that do not exist: `[output.html] input-404`.
    pub not_found: Option<NotePath>,
    /// Drafts are published too.
    pub drafts: bool,
    /// HTML in notes is left as it is.
    pub trust_html: bool,
    /// A line end within a paragraph is one on the page.
    pub hard_line_breaks: bool,
    /// Pages load pictures, sound and films of other hosts; else they link to them.
    pub remote_media: bool,
    /// The language tag of a text, where its words tell.
    pub language_of: &'a dyn Fn(&str) -> Option<&'static str>,
    /// The address of a ticket.
    pub ticket_url: &'a dyn Fn(&str) -> Option<String>,
    /// A note's text; `None` when it cannot be read any more.
    pub text: &'a dyn Fn(&NotePath) -> Option<String>,
    /// The first bytes of an attachment.
    pub head: &'a dyn Fn(&NotePath) -> Option<Vec<u8>>,
}

/// A file of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Output {
    /// To be written. `key` is zero where it cannot be told beforehand whether it would be the same again.
    File {
        /// From the site's top.
        address: String,
        /// Of everything that the file was made from.
        key: u64,
        /// All of it.
        bytes: Vec<u8>,
    },
    /// Still as it was made from the same.
    Same {
        /// From the site's top.
        address: String,
        /// As before.
        key: u64,
    },
    /// To be copied from the notes folder.
    Copy {
        /// From the site's top.
        address: String,
        /// An attachment.
        from: NotePath,
    },
}

/// What is wrong with a template, in words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Error(pub String);

/// Something wrong with a published note that `--strict` does not let pass.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The note.
    pub path: NotePath,
    /// 1-based.
    pub line: usize,
    /// One line, for a person.
    pub message: String,
}

/// A tag with its notes.
pub(crate) struct TagPage {
    /// As first written.
    pub(crate) name: String,
    pub(crate) address: String,
    pub(crate) notes: Vec<usize>,
}

/// A site about to be built.
pub struct Site<'a> {
    pub(crate) source: &'a Source<'a>,
    pub(crate) graph: &'a Graph<'a>,
    pub(crate) theme: Theme,
    pub(crate) places: Places<'a>,
    /// Why the others are not.
    withheld: Vec<(usize, Withheld)>,
    /// The address of the overview: the start page, where no note is.
    pub(crate) overview: &'static str,
    tags: BTreeMap<String, TagPage>,
    /// Published notes in the order of reading: SUMMARY's, else by folder.
    pub(crate) order: Vec<usize>,
    pub(crate) parts: Vec<summary::Part>,
    highlighter: Highlighter,
    /// Faults that the last build met: a note, a line, and what.
    found: RefCell<BTreeSet<(usize, usize, String)>>,
    /// Notes' texts and their bytes in all.
    texts: RefCell<(BTreeMap<usize, Rc<str>>, usize)>,
    /// The report pages of this build, in the order of the header.
    pub(crate) reports: RefCell<Vec<report_page::Entry>>,
    /// For an index that does not exist.
    nothing: &'a Note,
}

impl<'a> Site<'a> {
    /// Decides what is published and names the pages. `graph` is of all notes, in the order of [`Source::notes`].
    #[must_use]
    pub fn new(source: &'a Source<'a>, graph: &'a Graph<'a>, theme: Theme, nothing: &'a Note) -> Self {
        let mut withheld = Vec::new();
        let mut published = Vec::new();
        for (index, entry) in source.notes.iter().enumerate() {
            match publish::withheld(&entry.parsed.note, entry.excluded, source.drafts) {
                Some(why) => withheld.push((index, why)),
                None => published.push(index),
            }
        }
        let paths = published.iter().filter_map(|&index| source.notes.get(index)).map(|entry| entry.path);
        let start = url::start(paths.clone());
        let addresses = url::pages(paths, start);
        let mut pages = vec![None; source.notes.len()];
        for (&index, address) in published.iter().zip(addresses) {
            if let Some(slot) = pages.get_mut(index) {
                *slot = Some(address);
            }
        }
        let mut site = Self {
            source,
            graph,
            theme,
            places: Places {
                graph,
                attachments: source.attachments,
                pages,
                files: url::files(source.attachments.iter()),
                root: source.base_url.as_deref().map_or_else(String::new, top),
                remote_media: source.remote_media,
                trust_html: source.trust_html,
            },
            withheld,
            overview: if start.is_some() { "all/overview.html" } else { "index.html" },
            tags: BTreeMap::new(),
            order: Vec::new(),
            parts: Vec::new(),
            highlighter: Highlighter::default(),
            found: RefCell::default(),
            texts: RefCell::default(),
            reports: RefCell::default(),
            nothing,
        };
        site.tags = site.collect_tags(&published);
        site.parts = summary::parts(&site, &published);
        let mut seen = BTreeSet::new();
        let listed = site.parts.iter().flat_map(|part| part.chapters.iter().map(|chapter| chapter.note));
        site.order = listed.filter(|note| seen.insert(*note)).collect();
        site
    }

    fn collect_tags(&self, published: &[usize]) -> BTreeMap<String, TagPage> {
        let mut tags: BTreeMap<String, TagPage> = BTreeMap::new();
        for &index in published {
            let Some(note) = self.places.note(index) else { continue };
            for tag in &note.tags {
                let page = tags.entry(tag.name.to_lowercase()).or_insert_with(|| TagPage {
                    name: tag.name.clone(),
                    address: String::new(),
                    notes: Vec::new(),
                });
                if page.notes.last() != Some(&index) {
                    page.notes.push(index);
                }
            }
        }
        let addresses = url::tags(tags.keys().map(String::as_str));
        for (page, address) in tags.values_mut().zip(addresses) {
            page.address = address;
        }
        tags
    }

    /// Why notes are not published: an index into [`Source::notes`] and the reason.
    #[must_use]
    pub fn withheld(&self) -> &[(usize, Withheld)] {
        &self.withheld
    }

    /// How many notes are published.
    #[must_use]
    pub fn published(&self) -> usize {
        self.order.len()
    }

    /// A published note's text.
    fn text(&self, index: usize) -> Option<Rc<str>> {
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
    fn published_note(&self, path: &NotePath) -> Option<usize> {
        let index = self.source.notes.binary_search_by(|entry| entry.path.cmp(path)).ok()?;
        self.places.page(index).map(|_| index)
    }

    fn measure(&self, file: usize) -> Option<(u32, u32)> {
        picture::measure(&(self.source.head)(self.source.attachments.get(file)?)?)
    }

    fn tag_address(&self, name: &str) -> Option<&str> {
        self.tags.get(&name.to_lowercase()).map(|tag| tag.address.as_str())
    }

    pub(crate) fn tag_pages(&self) -> impl Iterator<Item = &TagPage> {
        self.tags.values()
    }

    /// What is wrong with published notes: broken links, missing embeds, ambiguous names and, after a build, formulas that
    /// cannot be shown. Links to notes that are not published are no fault.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        for (index, entry) in self.source.notes.iter().enumerate() {
            if self.places.page(index).is_none() {
                continue;
            }
            for (link, resolved) in entry.parsed.note.links.iter().zip(self.graph.outgoing(index)) {
                let shown = if link.is_wiki() { format!("[[{}]]", link.target) } else { link.target.clone() };
                let mut say = |message: String| {
                    faults.push(Fault { path: entry.path.clone(), line: link.line, message });
                };
                let what = if crate::report::resolve::is_embed(link) { "embed" } else { "link" };
                match &resolved.target {
                    Target::Missing => say(format!("broken {what}: {shown} leads to nothing")),
                    Target::Outside => say(format!("broken {what}: {shown} leads out of the notes folder")),
                    Target::Note { note, .. } if self.places.page(*note).is_none() => continue,
                    Target::Attachment(path) if self.places.file(path).is_none() => {
                        say(format!("{what}: {shown} is a file that is not put on a site"));
                    }
                    Target::External | Target::Note { .. } | Target::Attachment(_) => {}
                }
                for remark in &resolved.remarks {
                    match remark {
                        Remark::Ambiguous { some, .. } => {
                            let paths: Vec<String> = some.iter().map(ToString::to_string).collect();
                            say(format!("ambiguous name: {shown} may be {}", paths.join(" or ")));
                        }
                        Remark::NoHeading(heading) => {
                            say(format!("broken {what}: {shown}: there is no heading `{heading}`"));
                        }
                        Remark::NoBlock(block) => say(format!("broken {what}: {shown}: there is no block `^{block}`")),
                        Remark::ByTitle | Remark::OtherCase => {}
                    }
                }
            }
        }
        for (index, line, message) in self.found.borrow().iter() {
            if let Some(entry) = self.source.notes.get(*index) {
                faults.push(Fault { path: entry.path.clone(), line: *line, message: message.clone() });
            }
        }
        faults.sort();
        faults
    }

    /// Makes the site, one file after the other, with a page for each of `reports` that has something to say. `fresh` says whether the file at an address was made with this key and is
    /// still as it was; `sink` takes what is made and stops the build with an error; `progress` learns of pages done and
    /// to do.
    ///
    /// # Errors
    ///
    /// What `sink` gives; a template's mistakes in words.
    pub fn build<E: From<Error>>(
        &self,
        reports: &[ReportPage<'_>],
        fresh: &dyn Fn(&str, u64) -> bool,
        sink: &mut dyn FnMut(Output) -> Result<(), E>,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<(), E> {
        let mut files: BTreeSet<usize> = BTreeSet::new();
        let reports = Shown::all(self, reports, fresh)?;
        self.reports.replace(reports.iter().map(Shown::entry).collect());
        let shell = shell::Shell::new(self);
        let total = self.order.len();
        for (place, &note) in self.order.iter().enumerate() {
            progress(place, total);
            let Some(address) = self.places.page(note) else { continue };
            files.extend(self.linked_files(note));
            let key = page::key(self, &shell, place, note);
            if fresh(address, key) {
                sink(Output::Same { address: address.to_owned(), key })?;
                continue;
            }
            let made = page::render(self, &shell, place, note).map_err(Error)?;
            files.extend(&made.files);
            // what is known only when a page is rendered (files that HTML shows, faults) makes it one to render each time
            let key = if made.raw || !made.faults.is_empty() { 0 } else { key };
            self.found.borrow_mut().extend(made.faults);
            sink(Output::File { address: address.to_owned(), key, bytes: made.html.into_bytes() })?;
        }
        let mut file = |address: &str, key: u64, make: lists::Make<'_>| {
            let address = address.to_owned();
            if fresh(&address, key) {
                return sink(Output::Same { address, key });
            }
            let bytes = make()?;
            sink(Output::File { address, key, bytes })
        };
        let key = self.key(&shell, &reports);
        for report in &reports {
            file(report.address(), key, &|| Ok(report.html()?.into_bytes()))?;
            file(&report.json_address(), report.key(), &|| report.json())?;
        }
        lists::all(self, &reports, &mut |address, make| {
            // a note that is shown there shows more than lists know of: it is made each time
            file(address, if address == "404.html" { 0 } else { key }, make)
        })?;
        for index in files {
            let (Some(address), Some(from)) = (self.places.files.get(index), self.source.attachments.get(index)) else {
                continue;
            };
            sink(Output::Copy { address: address.clone(), from: from.clone() })?;
        }
        progress(total, total);
        Ok(())
    }

    /// A key over everything that lists of notes are made from.
    fn key(&self, shell: &shell::Shell, reports: &[Shown<'_, '_>]) -> u64 {
        let source = self.source;
        let mut hash = Xxh3::new();
        let parts: Vec<_> = self.parts.iter().map(|part| (&part.title, part.rest, &part.chapters)).collect();
        let files = (&source.cname, &source.redirect, &source.styles, &source.scripts, &source.not_found);
        let settings = (shell.key, files, parts);
        hash.update(format!("{settings:?}").as_bytes());
        for &note in &self.order {
            let own = source.notes.get(note).map_or(0, |entry| entry.hash);
            hash.update(&own.to_le_bytes());
            hash.update(&shell.named(note).to_le_bytes());
        }
        for report in reports {
            hash.update(&report.key().to_le_bytes());
        }
        hash.digest().max(1)
    }

    /// A key over the addresses and titles of published notes.
    fn key_of_names(&self) -> u64 {
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

    /// The paths of the published notes.
    pub fn published_paths(&self) -> impl Iterator<Item = &'a NotePath> {
        self.order.iter().filter_map(|&note| Some(self.source.notes.get(note)?.path))
    }

    /// The files that a note's links show.
    fn linked_files(&self, note: usize) -> impl Iterator<Item = usize> {
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
}

/// `/wiki/` of `https://example.com/wiki/`
fn top(base_url: &str) -> String {
    let path = base_url.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map_or("", |(_, path)| path);
    // two slashes would begin another host's name
    format!("/{}", path.trim_start_matches(['/', '\\']))
}

//! Building: which notes are published under which addresses, and one file after the other.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

use xxhash_rust::xxh3::Xxh3;

use crate::model::Note;
use crate::report::graph::Graph;
use crate::site::Site;
use crate::site::code::Highlighter;
use crate::site::frame_words::FrameWords;
use crate::site::graph_page;
use crate::site::lists;
use crate::site::names;
use crate::site::neighbours::Neighbours;
use crate::site::output::Error;
use crate::site::output::Make;
use crate::site::output::Output;
use crate::site::page;
use crate::site::page_key;
use crate::site::places::Places;
use crate::site::publish;
use crate::site::published::TagPage;
use crate::site::report_page::ReportPage;
use crate::site::report_page::Shown;
use crate::site::search;
use crate::site::source::Source;
use crate::site::summary;
use crate::site::theme::Theme;
use crate::site::url;

impl<'a> Site<'a> {
    /// Decides what is published and names the pages. `graph` is of all notes, in the order of [`Source::notes`].
    #[must_use]
    pub fn new(source: &'a Source<'a>, graph: &'a Graph<'a>, theme: Theme, nothing: &'a Note) -> Self {
        let mut unpublished = Vec::new();
        let mut published = Vec::new();
        for (index, entry) in source.notes.iter().enumerate() {
            match publish::why_not(&entry.parsed.note, entry.excluded, source.drafts) {
                Some(why) => unpublished.push((index, why)),
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
                base: source.base_url.clone(),
                remote_media: source.remote_media,
                trust_html: source.trust_html,
            },
            unpublished,
            overview: if start.is_some() { "all/overview.html" } else { "index.html" },
            tags: BTreeMap::new(),
            order: Vec::new(),
            parts: Vec::new(),
            beside: BTreeMap::new(),
            words: FrameWords::of(&source.language),
            highlighter: Highlighter::default(),
            found: RefCell::default(),
            texts: RefCell::default(),
            reports: RefCell::default(),
            nothing,
        };
        site.theme.speak(&site.words);
        site.tags = site.collect_tags(&published);
        site.parts = summary::parts(&site, &published, source.summary.as_deref());
        let mut seen = BTreeSet::new();
        let listed = site.parts.iter().flat_map(|part| part.chapters.iter().map(|chapter| chapter.note));
        site.order = listed.filter(|note| seen.insert(*note)).collect();
        site.beside = names::told_apart(&site);
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

    /// Makes the site, one file after the other, with a page for each of `reports` that has something to say. `fresh` says whether the file at an address was made with this key and is
    /// still as it was; `made` names the files below a folder that the last build made; `sink` takes what is made and stops the build with an error; `progress` learns of pages done and
    /// to do.
    ///
    /// # Errors
    ///
    /// What `sink` gives; a template's mistakes in words.
    pub fn build<E: From<Error>>(
        &self,
        reports: &[ReportPage<'_>],
        fresh: &dyn Fn(&str, u64) -> bool,
        made: &dyn Fn(&str) -> Vec<String>,
        sink: &mut dyn FnMut(Output) -> Result<(), E>,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<(), E> {
        let mut files: BTreeSet<usize> = BTreeSet::new();
        let reports = Shown::all(self, reports, fresh)?;
        let graph = graph_page::exists(self);
        let in_header = reports.iter().map(Shown::link).chain(graph.then(|| graph_page::link(self)));
        self.reports.replace(in_header.collect());
        let neighbours = Neighbours::new(self);
        let total = self.order.len();
        let mut page_keys = Xxh3::new();
        for (place, &note) in self.order.iter().enumerate() {
            progress(place, total);
            let Some(address) = self.places.page(note) else { continue };
            files.extend(self.linked_files(note));
            let (key, foreseen) = page_key::key(self, &neighbours, place, note);
            page_keys.update(&key.to_le_bytes());
            if fresh(address, key) {
                files.extend(foreseen.files);
                sink(Output::Same { address: address.to_owned(), key })?;
                continue;
            }
            let made = page::render(self, &neighbours, place, note).map_err(Error)?;
            files.extend(made.files.iter().chain(&made.asked.files));
            // what is known only when a page is rendered makes it one to render each time
            let key = if made.asked.is_foreseen(&foreseen) && made.faults.is_empty() { key } else { 0 };
            self.found.borrow_mut().extend(made.faults);
            sink(Output::File { address: address.to_owned(), key, bytes: made.html.into_bytes() })?;
        }
        let mut file = |address: &str, key: u64, make: Make<'_>| {
            let address = address.to_owned();
            if fresh(&address, key) {
                return sink(Output::Same { address, key });
            }
            let bytes = make()?;
            sink(Output::File { address, key, bytes })
        };
        let key = self.key(&neighbours, &reports, page_keys);
        for report in &reports {
            file(report.address(), key, &|| Ok(report.html()?.into_bytes()))?;
            file(&report.json_address(), report.key(), &|| report.json())?;
            if let Some((address, key)) = report.export_address() {
                file(&address, key, &|| report.export())?;
            }
        }
        if graph {
            let [page, json] = graph_page::keys(self, &neighbours);
            file(graph_page::ADDRESS, page, &|| graph_page::html(self, &neighbours))?;
            file(graph_page::JSON, json, &|| Ok(graph_page::json(self)))?;
        }
        for (address, key, make) in neighbours.tree.files(self) {
            file(&address, key, &|| Ok(make()))?;
        }
        lists::all(self, &neighbours.tree, &reports, &mut |address, make| {
            // a note that is shown there shows more than lists know of: it is made each time
            file(address, if address == "404.html" { 0 } else { key }, make)
        })?;
        let before = made(search::FOLDER);
        let whole = before.iter().any(|address| address == search::DIRECTORY);
        if whole && before.iter().all(|address| fresh(address, key)) {
            for address in before {
                sink(Output::Same { address, key })?;
            }
        } else {
            for (address, bytes) in search::files(self) {
                sink(Output::File { address, key, bytes })?;
            }
        }
        for index in files {
            let (Some(address), Some(from)) = (self.places.files.get(index), self.source.attachments.get(index)) else {
                continue;
            };
            sink(Output::Copy { address: address.clone(), from: from.clone() })?;
        }
        progress(total, total);
        Ok(())
    }

    /// A key over everything that lists of notes and feeds are made from. `hash` has the keys of the pages in it.
    fn key(&self, neighbours: &Neighbours, reports: &[Shown<'_, '_>], mut hash: Xxh3) -> u64 {
        let source = self.source;
        let parts: Vec<_> = self.parts.iter().map(|part| (&part.title, part.rest, &part.chapters)).collect();
        let files = (&source.cname, &source.redirect, &source.styles, &source.scripts, &source.not_found);
        let settings = (neighbours.key, files, parts);
        hash.update(format!("{settings:?}").as_bytes());
        for report in reports {
            hash.update(&report.key().to_le_bytes());
        }
        hash.digest().max(1)
    }
}

/// `/wiki/` of `https://example.com/wiki/`
fn top(base_url: &str) -> String {
    let path = base_url.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map_or("", |(_, path)| path);
    // two slashes would begin another host's name
    format!("/{}", path.trim_start_matches(['/', '\\']))
}

//! What all notes' pages share: who stands beside whom.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use xxhash_rust::xxh3::xxh3_64;

use crate::report::resolve::Target;
use crate::site::Site;
use crate::site::feed;
use crate::site::tree::Tree;

/// Related notes.
const RELATED: usize = 6;
/// A note with more links than this says nothing about what is related.
const HUB: usize = 60;

/// What all pages share.
pub(crate) struct Neighbours {
    /// Of everything that all pages are made from.
    pub(crate) key: u64,
    /// Of each note, the published notes one link away.
    beside: Vec<Vec<usize>>,
    /// Of each note, its tags that few notes have.
    rare: Vec<Vec<usize>>,
    tagged: Vec<Vec<usize>>,
    /// What stands where.
    pub(crate) tree: Tree,
    /// Of each note, [`Neighbours::named`].
    named: Vec<u64>,
}

impl Neighbours {
    pub(crate) fn new(site: &Site<'_>) -> Self {
        let source = site.source;
        let settings = format!(
            "{:?}",
            (
                &source.title,
                &source.description,
                &source.authors,
                &source.language,
                &source.direction,
                &source.base_url,
                (&source.edit_url, &source.edit_prefix, &source.repository, &source.default_theme),
                (source.trust_html, source.drafts, site.theme.key(), env!("CARGO_PKG_VERSION")),
                (source.hard_line_breaks, source.remote_media, site.overview, feed::exists(site)),
                site.reports.borrow(),
                (source.styles.len(), source.scripts.len()),
            )
        );
        let count = source.notes.len();
        let mut beside = vec![BTreeSet::new(); count];
        for note in 0..count {
            for resolved in site.graph.outgoing(note) {
                if let Target::Note { note: to, .. } = resolved.target
                    && to != note
                    && site.places.page(note).is_some()
                    && site.places.page(to).is_some()
                {
                    for (one, other) in [(note, to), (to, note)] {
                        if let Some(list) = beside.get_mut(one) {
                            list.insert(other);
                        }
                    }
                }
            }
        }
        let mut rare = vec![Vec::new(); count];
        let mut tagged = Vec::new();
        for tag in site.tag_pages().filter(|tag| (2..=20).contains(&tag.notes.len())) {
            for &note in &tag.notes {
                if let Some(list) = rare.get_mut(note) {
                    list.push(tagged.len());
                }
            }
            tagged.push(tag.notes.clone());
        }
        let named = |note: usize| {
            let title = site.places.note(note).map_or("", |note| note.title.as_str());
            let beside = site.beside(note);
            xxh3_64(format!("{}\u{0}{title}\u{0}{beside}", site.places.page(note).unwrap_or("")).as_bytes())
        };
        let named = (0..count).map(named).collect();
        let beside = beside.into_iter().map(|list| list.into_iter().collect()).collect();
        Self { key: xxh3_64(settings.as_bytes()), beside, rare, tagged, tree: Tree::new(site, &site.parts), named }
    }

    /// The published notes one link away, sorted.
    pub(crate) fn beside(&self, note: usize) -> &[usize] {
        self.beside.get(note).map_or(&[], Vec::as_slice)
    }

    /// Of each note, [`Self::beside`].
    pub(crate) fn all(&self) -> &[Vec<usize>] {
        &self.beside
    }

    /// A hash of a note's address and title: of all that others show of it.
    pub(crate) fn named(&self, note: usize) -> u64 {
        self.named.get(note).copied().unwrap_or(0)
    }

    /// Notes that share neighbours or rare tags with this one and are not linked with it, the nearest first.
    pub(crate) fn related(&self, note: usize) -> Vec<usize> {
        let direct = self.beside(note);
        let mut scores: BTreeMap<usize, usize> = BTreeMap::new();
        for &middle in direct {
            let others = self.beside(middle);
            if others.len() <= HUB {
                for &other in others {
                    *scores.entry(other).or_default() += 2;
                }
            }
        }
        for tag in self.rare.get(note).into_iter().flatten() {
            for &other in self.tagged.get(*tag).into_iter().flatten() {
                *scores.entry(other).or_default() += 1;
            }
        }
        let mut found: Vec<(usize, usize)> =
            scores.into_iter().filter(|(other, _)| *other != note && direct.binary_search(other).is_err()).collect();
        found.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        found.into_iter().take(RELATED).map(|(other, _)| other).collect()
    }
}

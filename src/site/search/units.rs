//! What a search in the page finds: the sections of published notes, the long ones in parts.

use crate::index::Tongue;
use crate::model::Note;
use crate::model::SectionKind;
use crate::parse::title_words;
use crate::site::Site;
use crate::site::markdown;
use crate::site::page;
use crate::site::text::forbidden;
use crate::site::url;

/// Bytes of a section from which on it is found in parts of about [`PART`].
const LONG: usize = 4_500;
const PART: usize = 3_000;

/// A section, or a part of one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Unit {
    /// Where it begins on the page: `#a`, or nothing for the top.
    pub(super) anchor: String,
    /// Its own heading, unless that is the note's title.
    pub(super) heading: String,
    /// The headings above it and its own, without the note's title.
    pub(super) heads: Vec<String>,
    /// Its heading stands in its text: a label line.
    pub(super) soft: bool,
    pub(super) text: String,
}

/// A published note as the search knows it.
#[derive(Debug, Clone)]
pub(super) struct Found<'a> {
    pub(super) note: &'a Note,
    pub(super) tongue: Tongue,
    /// From the site's top.
    pub(super) address: String,
    /// The same as it stands in a link.
    pub(super) href: String,
    pub(super) title: String,
    /// Its file's, without the extension.
    pub(super) name: String,
    /// What its page shows of its front matter.
    pub(super) front: String,
    /// Never none.
    pub(super) units: Vec<Unit>,
}

impl<'a> Found<'a> {
    /// Reads a note; `None` for one that is not published.
    pub(super) fn of(site: &Site<'a>, index: usize) -> Option<Self> {
        let address = site.places.page(index)?;
        let entry = site.source.notes.get(index)?;
        let note = &entry.parsed.note;
        let text = site.text(index)?;
        let mut units = Vec::new();
        for words in markdown::words(note, &text) {
            let unit = unit(note, words.section);
            let mut rest = words.text.as_str();
            while rest.len() > LONG {
                let (part, after) = cut(rest);
                units.push(Unit { text: part.to_owned(), ..unit.clone() });
                rest = after;
            }
            units.push(Unit { text: rest.to_owned(), ..unit });
        }
        Some(Self {
            note,
            tongue: Tongue::of(note, &text, &site.source.language),
            address: address.to_owned(),
            href: url::encoded(address),
            title: clean(&note.title),
            name: clean(entry.path.stem()),
            front: clean(&page::shown_front_matter(note)),
            units,
        })
    }
}

fn unit(note: &Note, section: Option<usize>) -> Unit {
    let is_title =
        |at: usize| Some(at) == note.opening && note.sections.get(at).is_some_and(|section| section.text == note.title);
    let Some((at, section)) = section.and_then(|at| Some((at, note.sections.get(at)?))) else { return Unit::default() };
    let anchor = if Some(at) == note.opening { String::new() } else { url::fragment(&section.slug) };
    let mut heads = Vec::new();
    let mut next = Some(at);
    while let Some(above) = next.filter(|&above| !is_title(above)).and_then(|above| note.sections.get(above)) {
        heads.push(clean(&title_words(&above.text)));
        next = above.parent;
    }
    heads.reverse();
    let heading = if is_title(at) { String::new() } else { heads.last().cloned().unwrap_or_default() };
    Unit { anchor, heading, heads, soft: section.kind == SectionKind::Soft, text: String::new() }
}

/// A part of a long text and what follows it, cut between words where there are some.
fn cut(text: &str) -> (&str, &str) {
    let end = text.floor_char_boundary(PART);
    let near = text.get(..end).unwrap_or(text);
    let end = near.rfind(' ').filter(|at| *at > PART / 2).map_or(end, |at| at + 1);
    text.split_at_checked(end).unwrap_or((text, ""))
}

/// Words without characters that no page may hold.
fn clean(words: &str) -> String {
    words.chars().filter(|c| !forbidden(*c)).collect()
}

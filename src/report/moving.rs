//! Finds links that lead elsewhere after files or headings were renamed, and how to write them so that they lead to the same place.
//!
//! The one rule: every link leads where it led, to the current position of that place; a link that led nowhere still does.
//! Markdown links with a file's literal path keep a literal path, since most programs support nothing else. [`Moving::faults`]
//! compares a notebook before and after; the caller repairs, parses the changed notes again, and repeats until no faults are
//! left: that is the proof.

use std::collections::BTreeMap;

use crate::model::Link;
use crate::model::Note;
use crate::model::NotePath;
use crate::model::Section;
use crate::model::link::LocalPlace;
use crate::report::anchor::AnchorRef;
use crate::report::destination::Destination;
use crate::report::destination::Followed;
use crate::report::destination::Follower;
use crate::report::destination::NotebookFiles;
use crate::report::destination::beyond;
use crate::report::graph::Graph;
use crate::report::moves::FilesAfter;
use crate::report::moves::Moves;
use crate::report::resolve::Remark;
use crate::report::resolve::Target;
use crate::report::spelling;
use crate::report::spelling::Way;

/// A notebook before a change, and what moves in it.
pub struct Moving<'a> {
    before: &'a Graph<'a>,
    files: &'a dyn NotebookFiles,
    moves: &'a Moves,
}

/// The notebook after the change.
pub struct After<'a> {
    /// Its notes and their links.
    pub graph: &'a Graph<'a>,
    /// For each note before, its index in the graph.
    pub now: &'a [usize],
    /// Where the parts of notes with changed texts are. All other notes are unchanged.
    pub carried: &'a BTreeMap<usize, Carried>,
}

/// The parts of a note after a change of its text, as indices; `None` for parts that are gone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Carried {
    /// For each of its [`links`].
    pub links: Vec<Option<usize>>,
    /// For each section.
    pub sections: Vec<Option<usize>>,
    /// For each block.
    pub blocks: Vec<Option<usize>>,
    /// For each id in HTML.
    pub anchors: Vec<Option<usize>>,
}

/// A link that no longer leads to the same place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The note that contains it, by its index before.
    pub text: usize,
    /// The link: an index into [`links`] of the changed note.
    pub link: usize,
    /// How to repair it.
    pub repair: Repair,
}

/// How to repair a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Repair {
    /// Write another path (unescaped).
    Path(String),
    /// Write another fragment after `#` (unescaped).
    Place(String),
    /// It led nowhere and now leads to this file, however it is written.
    Captured(NotePath),
    /// Impossible, with the reason.
    Nothing(&'static str),
}

const NO_PATH: &str = "no path that this kind of link can have leads there";
const NO_PLACE: &str = "what it names is not there any more";
const NO_WORDS: &str = "the heading has no letter that a link could name";
const SAME_WORDS: &str = "a heading before it has the same words, and a link by words leads to the first";

/// The destination of a link, in terms of the notebook afterwards.
#[derive(Debug, Clone, PartialEq, Eq)]
enum End {
    Nowhere,
    External,
    /// By its index in the graph.
    Note(usize, Option<AnchorRef>),
    /// A place that is gone.
    Gone,
    /// A file or folder, by its path afterwards.
    Path(String),
}

/// All links of a note: its links, then the definitions of references, then links in front matter and HTML.
pub fn links(note: &Note) -> impl Iterator<Item = &Link> {
    note.links.iter().chain(&note.definitions).chain(&note.other_links)
}

/// One side of the comparison of a link: before or after.
struct Side<'s> {
    follower: &'s Follower<'s>,
    graph: &'s Graph<'s>,
    note: usize,
}

impl Side<'_> {
    fn follow(&self, number: usize, link: &Link) -> Followed {
        match self.graph.outgoing(self.note).len() {
            count if number < count => self.follower.follow(self.note, number),
            _ => self.follower.follow_link(self.note, link),
        }
    }

    fn path(&self) -> &str {
        self.graph.notes.get(self.note).map_or("", |(path, _)| path.as_str())
    }

    fn folder(&self) -> &str {
        self.graph.notes.get(self.note).map_or("", |(path, _)| path.folder())
    }

    /// True if names alone show that a link leads nowhere.
    fn is_missing(&self, number: usize) -> bool {
        self.graph.outgoing(self.note).get(number).is_some_and(|resolved| resolved.target == Target::Missing)
    }
}

impl<'a> Moving<'a> {
    /// Compares with this notebook; `files` are its other files.
    #[must_use]
    pub fn new(before: &'a Graph<'a>, files: &'a dyn NotebookFiles, moves: &'a Moves) -> Self {
        Self { before, files, moves }
    }

    /// The links that no longer lead to the same place, in the order of the notes before. A note must have the same links in both.
    #[must_use]
    pub fn faults(&self, after: &After<'_>) -> Vec<Fault> {
        let files = FilesAfter::new(self.files, self.moves);
        let old = Follower::new(self.before, self.files);
        let new = Follower::new(after.graph, &files);
        let mut found = Vec::new();
        let mut compare = |(note, was): (usize, &Link), number, link: usize| {
            let Some(&now) = after.now.get(note) else { return };
            let Some(is) = after.graph.notes.get(now).and_then(|(_, is)| links(is).nth(link)) else { return };
            let before = Side { follower: &old, graph: self.before, note };
            let after_side = Side { follower: &new, graph: after.graph, note: now };
            let pair = Pair { moving: self, before, after: after_side, to: after };
            found.extend(pair.repair((number, was), (link, is)).map(|repair| Fault { text: note, link, repair }));
        };
        for (note, (_, was)) in self.before.notes.iter().enumerate() {
            let carried = after.carried.get(&note);
            for (number, link) in links(was).enumerate() {
                let now = carried.map_or(Some(number), |carried| carried.links.get(number).copied().flatten());
                if let Some(now) = now {
                    compare((note, link), number, now);
                }
            }
        }
        found
    }
}

/// A link before and after.
struct Pair<'s, 'a> {
    moving: &'s Moving<'a>,
    before: Side<'s>,
    after: Side<'s>,
    to: &'s After<'s>,
}

impl Pair<'_, '_> {
    /// Where a link should lead.
    fn end_before(&self, destination: &Destination) -> End {
        let moved = |path: &str| End::Path(self.moving.moves.anything_to(path));
        match destination {
            Destination::File(path) | Destination::LeftOut(path) => moved(path.as_str()),
            Destination::Folder(path) => moved(path),
            Destination::Note { note, place } => self.carried(*note, *place).unwrap_or(End::Gone),
            Destination::External => End::External,
            Destination::Placeholder | Destination::Outside | Destination::Missing => End::Nowhere,
        }
    }

    /// The new position of a note, or of a place in it.
    fn carried(&self, note: usize, place: Option<AnchorRef>) -> Option<End> {
        let end = |place| Some(End::Note(*self.to.now.get(note)?, place));
        let Some((carried, place)) = self.to.carried.get(&note).zip(place) else { return end(place) };
        let part = |list: &[Option<usize>], index: usize| list.get(index).copied().flatten();
        let place = match place {
            AnchorRef::Section(index) => part(&carried.sections, index).map(AnchorRef::Section),
            AnchorRef::Block(index) => part(&carried.blocks, index).map(AnchorRef::Block),
            AnchorRef::Anchor(index) => part(&carried.anchors, index).map(AnchorRef::Anchor),
        };
        end(Some(place?))
    }

    fn end_after(destination: &Destination) -> End {
        match destination {
            Destination::File(path) | Destination::LeftOut(path) => End::Path(path.as_str().to_owned()),
            Destination::Folder(path) => End::Path(path.clone()),
            Destination::Note { note, place } => End::Note(*note, *place),
            Destination::External => End::External,
            Destination::Placeholder | Destination::Outside | Destination::Missing => End::Nowhere,
        }
    }

    /// How to repair a link, if necessary; `was` is the link before.
    fn repair(&self, (number, was): (usize, &Link), (number_now, is): (usize, &Link)) -> Option<Repair> {
        let from = Way { old: self.before.path(), new: self.after.path() };
        let is_plain =
            !self.moving.moves.takes_a_folder() && !was.target.contains(['?', '#', '%']) && !was.target.contains("./");
        if is_plain && !from.moves() && self.before.is_missing(number) && self.after.is_missing(number_now) {
            return None;
        }
        let written = was.local()?;
        let before = self.before.follow(number, was);
        let after = self.after.follow(number_now, is);
        let (wanted, given) = (self.end_before(&before.destination), Self::end_after(&after.destination));
        if wanted == End::Nowhere {
            return (given != End::Nowhere).then(|| self.freed(is, &written.path, &after.destination));
        }
        let folders = Way { old: self.before.folder(), new: self.after.folder() };
        let (old, new) = self.target(&wanted, &before.destination)?;
        let target = Way { old: &old, new: &new };
        // a path that names a file must keep naming it, even if a title or a search would find it: other programs have neither
        let path = |link: &Link| link.local().map(|local| local.path).filter(|path| !path.is_empty());
        let is_exact = |link: &Link, folder: &str, target: &str| {
            path(link).is_some_and(|path| spelling::is_exact(link, folder, &path, target))
        };
        let is_named = |link: &Link, target: &str| {
            link.is_wiki() && path(link).is_some_and(|path| spelling::is_name(&path, target))
        };
        let (exact, named) = (is_exact(was, folders.old, target.old), is_named(was, target.old));
        let leads = |link: &Link, end: &End| {
            same_file(end, &wanted)
                && (!exact || is_exact(link, folders.new, target.new))
                && (!named || is_named(link, target.new))
        };
        if !leads(is, &given) {
            return Some(
                self.path(is, &written.path, folders, target, &leads, false).unwrap_or(Repair::Nothing(NO_PATH)),
            );
        }
        if is.is_wiki() && is_unclear(&after) && !is_unclear(&before) {
            // it is found only because of the order among equal names, which other programs decide differently
            if let Some(clear) = self.path(is, &written.path, folders, target, &leads, true) {
                return Some(clear);
            }
        }
        match &written.place {
            Some(LocalPlace::Heading(place)) => self.place(is, place, &before.destination, (&wanted, &given)),
            Some(LocalPlace::Block(id)) if given != wanted => Some(self.block(is, id, &wanted)),
            _ => (given != wanted).then_some(Repair::Nothing(NO_PLACE)),
        }
    }

    /// The path of a link's target, before and after.
    fn target(&self, wanted: &End, destination: &Destination) -> Option<(String, String)> {
        match (wanted, destination) {
            (End::Note(now, _), Destination::Note { note, .. }) => {
                let path = |graph: &Graph<'_>, note: usize| Some(graph.notes.get(note)?.0.as_str().to_owned());
                Some((path(self.moving.before, *note)?, path(self.after.graph, *now)?))
            }
            (End::Path(new), Destination::File(old) | Destination::LeftOut(old)) => {
                Some((old.as_str().to_owned(), new.clone()))
            }
            (End::Path(new), Destination::Folder(old)) => Some((old.clone(), new.clone())),
            _ => None,
        }
    }

    /// Another path for a link: one that is not ambiguous, else any that leads there.
    fn path(
        &self,
        link: &Link,
        written: &str,
        folders: Way<'_>,
        target: Way<'_>,
        leads: &dyn Fn(&Link, &End) -> bool,
        only_clear: bool,
    ) -> Option<Repair> {
        let (mut plain, suffix) = match written.split_once('?') {
            Some((path, suffix)) if !link.is_wiki() => (path, format!("?{suffix}")),
            _ => (written, String::new()),
        };
        if plain.is_empty() {
            plain = written;
        }
        let mut unclear = None;
        for path in spelling::paths(link, plain, folders, target) {
            let tried = link.with_path(&path);
            let followed = self.after.follower.follow_link(self.after.note, &tried);
            if leads(&tried, &Self::end_after(&followed.destination)) {
                let repair = Repair::Path(format!("{path}{suffix}"));
                if !is_unclear(&followed) {
                    return Some(repair);
                }
                unclear.get_or_insert(repair);
            }
        }
        unclear.filter(|_| !only_clear)
    }

    /// The new id of a block, for a link with a correct path; headings before it stay.
    fn block(&self, link: &Link, id: &str, wanted: &End) -> Repair {
        let End::Note(note, Some(AnchorRef::Block(block))) = wanted else { return Repair::Nothing(NO_PLACE) };
        let is = self.after.graph.notes.get(*note).and_then(|(_, is)| is.blocks.get(*block));
        let written = link.target.split_once('#').and_then(|(_, place)| place.strip_suffix(id));
        let place = is.zip(written).map(|(is, above)| format!("{above}{}", is.id));
        place.map_or(Repair::Nothing(NO_PLACE), Repair::Place)
    }

    /// Another fragment for a link with a correct path.
    fn place(&self, link: &Link, written: &str, before: &Destination, (wanted, given): (&End, &End)) -> Option<Repair> {
        let End::Note(note, Some(AnchorRef::Section(section))) = wanted else {
            return (given != wanted).then(|| match given {
                // it pointed to a heading that did not exist
                End::Note(note, Some(_)) if matches!(wanted, End::Note(_, None)) => Repair::Captured(
                    self.after.graph.notes.get(*note).map(|(path, _)| (*path).clone()).unwrap_or_default(),
                ),
                _ => Repair::Nothing(NO_PLACE),
            });
        };
        let (_, is) = self.after.graph.notes.get(*note)?;
        let new = chain(is, *section);
        let old = match before {
            Destination::Note { note, place: Some(AnchorRef::Section(section)) } => {
                self.moving.before.notes.get(*note).map_or_else(Vec::new, |(_, was)| chain(was, *section))
            }
            _ => Vec::new(),
        };
        let slug = &new.first()?.slug;
        // a link with a heading's anchor keeps using the anchor
        let is_slug =
            |link: &Link| matches!(link.local()?.place?, LocalPlace::Heading(place) if place == *slug).then_some(());
        let must_be_slug = !link.is_wiki() && old.first().is_some_and(|old| written == old.slug);
        let leads = |link: &Link, end: &End| end == wanted && (!must_be_slug || is_slug(link).is_some());
        if leads(link, given) {
            return None;
        }
        let tried = |place: &String| {
            let tried = link.with_place(place);
            let followed = self.after.follower.follow_link(self.after.note, &tried);
            leads(&tried, &Self::end_after(&followed.destination))
        };
        let place = spelling::places(link, written, &old, &new).into_iter().find(tried);
        let is_bare = new.first().is_some_and(|new| !new.text.contains(char::is_alphanumeric));
        Some(place.map_or(Repair::Nothing(if is_bare { NO_WORDS } else { SAME_WORDS }), Repair::Place))
    }

    /// Repairs a link that led nowhere and now finds a file: a longer path can keep pointing to the missing one.
    fn freed(&self, link: &Link, written: &str, caught: &Destination) -> Repair {
        if !link.is_wiki() || written.starts_with('.') {
            let nowhere = beyond(self.before.folder(), written.trim());
            let folder = self.after.folder();
            let near = spelling::relative(folder, &nowhere, written.starts_with("./"));
            // via the top folder, where no search by name applies
            let up = "../".repeat(folder.split('/').filter(|part| !part.is_empty()).count());
            for path in [near.clone(), format!("./{near}"), format!("{up}{nowhere}"), format!("/{nowhere}")] {
                let followed = self.after.follower.follow_link(self.after.note, &link.with_path(&path));
                if Self::end_after(&followed.destination) == End::Nowhere {
                    return Repair::Path(path);
                }
            }
        }
        Repair::Captured(match caught {
            Destination::Note { note, .. } => {
                self.after.graph.notes.get(*note).map(|(path, _)| (*path).clone()).unwrap_or_default()
            }
            Destination::File(path) | Destination::LeftOut(path) => path.clone(),
            Destination::Folder(path) => NotePath::from_escaped(path.as_str()),
            _ => NotePath::default(),
        })
    }
}

/// A section and those above it, innermost first.
fn chain(note: &Note, section: usize) -> Vec<&Section> {
    let above = |section: &&Section| section.parent.and_then(|parent| note.sections.get(parent));
    std::iter::successors(note.sections.get(section), above).collect()
}

fn same_file(one: &End, other: &End) -> bool {
    match (one, other) {
        (End::Note(one, _), End::Note(other, _)) => one == other,
        _ => one == other,
    }
}

/// True if a name fits several files, or fits only in another case.
fn is_unclear(followed: &Followed) -> bool {
    followed.remarks.iter().any(|remark| matches!(remark, Remark::Ambiguous { .. } | Remark::OtherCase))
}

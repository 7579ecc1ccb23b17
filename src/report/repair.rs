//! How a link is written so that it leads where it did: another path, another place behind `#`, or no way at all.
//!
//! Called by `moving`, for each link on its own.

use crate::model::Link;
use crate::model::Note;
use crate::model::NotePath;
use crate::model::Section;
use crate::model::link::LocalPlace;
use crate::model::link::percent_decode;
use crate::report::anchor::AnchorRef;
use crate::report::carried::After;
use crate::report::carried::Moving;
use crate::report::carried::Repair;
use crate::report::destination::Destination;
use crate::report::destination::Followed;
use crate::report::destination::Follower;
use crate::report::destination::beyond;
use crate::report::graph::Graph;
use crate::report::resolve::Remark;
use crate::report::resolve::Target;
use crate::report::spelling;
use crate::report::spelling::Way;

const NO_PATH: &str = "no path that this kind of link can have leads there";
const NO_PLACE: &str = "what it names is not there any more";
const NO_WORDS: &str = "the heading has no letter that a link could name";
const SAME_WORDS: &str = "a heading before it has the same words, and a link by words leads to the first";

/// Where a link leads, in terms of the notebook as it would be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum End {
    Nowhere,
    External,
    /// By its index in the graph.
    Note(usize, Option<AnchorRef>),
    /// To a place that is gone.
    Gone,
    /// A file or folder, by its path afterwards.
    Path(String),
}

/// One side of the comparison of a link.
pub(crate) struct Side<'s> {
    pub(crate) follower: &'s Follower<'s>,
    pub(crate) graph: &'s Graph<'s>,
    pub(crate) note: usize,
}

impl Side<'_> {
    fn follow(&self, number: usize, link: &Link) -> Followed {
        match self.graph.outgoing(self.note).len() {
            count if number < count => self.follower.follow(self.note, number),
            _ => self.follower.follow_link(self.note, link),
        }
    }

    fn own_path(&self) -> &str {
        self.graph.notes.get(self.note).map_or("", |(path, _)| path.as_str())
    }

    fn folder(&self) -> &str {
        self.graph.notes.get(self.note).map_or("", |(path, _)| path.folder())
    }

    /// True where names alone say that a link leads nowhere.
    fn is_missing(&self, number: usize) -> bool {
        self.graph.outgoing(self.note).get(number).is_some_and(|resolved| resolved.target == Target::Missing)
    }

    /// What a new link needs, if anything; `wanted` is the note that it leads to.
    pub(crate) fn made(&self, (number, link): (usize, &Link), wanted: usize) -> Option<Repair> {
        let followed = self.follow(number, link);
        let leads = |_: &Link, end: &End| same_file(end, &End::Note(wanted, None));
        if leads(link, &end_after(&followed.destination)) && !is_unclear(&followed) {
            return None;
        }
        let (folder, target) = (self.folder(), self.graph.notes.get(wanted)?.0.as_str());
        let folders = Way { old: folder, new: folder };
        let written = link.local()?.path;
        let found = self.path(link, &written, folders, Way { old: target, new: target }, &leads, false);
        found.or(Some(Repair::Nothing(NO_PATH))).filter(|repair| *repair != Repair::Path(written.clone()))
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
            let followed = self.follower.follow_link(self.note, &tried);
            if leads(&tried, &end_after(&followed.destination)) {
                let repair = Repair::Path(format!("{path}{suffix}"));
                if !is_unclear(&followed) {
                    return Some(repair);
                }
                unclear.get_or_insert(repair);
            }
        }
        unclear.filter(|_| !only_clear)
    }
}

/// A link before and after.
pub(crate) struct Pair<'s, 'a> {
    pub(crate) moving: &'s Moving<'a>,
    pub(crate) before: Side<'s>,
    pub(crate) after: Side<'s>,
    pub(crate) to: &'s After<'s>,
}

impl Pair<'_, '_> {
    /// Where a link should lead; `names_place`: it says more than the note.
    fn end_before(&self, destination: &Destination, names_place: bool) -> End {
        let moved = |path: &str| End::Path(self.moving.moves.anything_to(path));
        match destination {
            Destination::File(path) | Destination::LeftOut(path) => moved(path.as_str()),
            Destination::Folder(path) => moved(path),
            Destination::Note { note, place } => self.carried(*note, *place, names_place).unwrap_or(End::Gone),
            Destination::External => End::External,
            Destination::Placeholder | Destination::Outside | Destination::Missing => End::Nowhere,
        }
    }

    /// What has become of a note, or of a place in it.
    fn carried(&self, note: usize, place: Option<AnchorRef>, names_place: bool) -> Option<End> {
        let end = |text: usize, place| Some(End::Note(self.to.now.get(text).copied().flatten()?, place));
        let Some(carried) = self.to.carried.get(&note) else { return end(note, place) };
        let part = |list: &[Option<(usize, usize)>], index: usize| list.get(index).copied().flatten();
        match (place, carried.whole) {
            (Some(AnchorRef::Section(index)), _) => {
                part(&carried.sections, index).and_then(|(text, index)| end(text, Some(AnchorRef::Section(index))))
            }
            (Some(AnchorRef::Block(index)), _) => {
                part(&carried.blocks, index).and_then(|(text, index)| end(text, Some(AnchorRef::Block(index))))
            }
            (Some(AnchorRef::Anchor(index)), _) => {
                part(&carried.anchors, index).and_then(|(text, index)| end(text, Some(AnchorRef::Anchor(index))))
            }
            (None, Some((text, section))) => end(text, (!names_place).then_some(AnchorRef::Section(section))),
            (None, None) => end(note, None),
        }
    }

    /// What a link needs, if anything; `was` is the link before.
    pub(crate) fn repair(&self, (number, was): (usize, &Link), (number_now, is): (usize, &Link)) -> Option<Repair> {
        let from = Way { old: self.before.own_path(), new: self.after.own_path() };
        let is_plain = !self.moving.moves.takes_a_folder()
            && !was.target.contains(['?', '#', '%'])
            && !was.target.contains("./")
            && !self.before.follower.has_symlinks();
        if is_plain && !from.moves() && self.before.is_missing(number) && self.after.is_missing(number_now) {
            return None;
        }
        let written = was.local()?;
        let before = self.before.follow(number, was);
        let after = self.after.follow(number_now, is);
        let wanted = self.end_before(&before.destination, written.place.is_some());
        let given = end_after(&after.destination);
        if wanted == End::Gone {
            return Some(Repair::Nothing(NO_PLACE));
        }
        if wanted == End::Nowhere {
            return (given != End::Nowhere).then(|| self.freed(is, &written.path, &after.destination));
        }
        let folders = Way { old: self.before.folder(), new: self.after.folder() };
        let (old, new) = self.target(&wanted, &before.destination)?;
        let target = Way { old: &old, new: &new };
        // what names a file goes on to name it, also where a title or a search would find it: other programs know of neither
        let path = |link: &Link| link.local().map(|local| local.path).filter(|path| !path.is_empty());
        let is_exact = |link: &Link, folder: &str, target: &str| {
            path(link).is_some_and(|path| spelling::is_exact(link, folder, &path, target))
        };
        let is_named = |link: &Link, target: &str| {
            link.is_wiki() && path(link).is_some_and(|path| spelling::is_name(&path, target))
        };
        let by_alias = self.moving.by_alias && !written.path.contains('/');
        let (exact, named) = (is_exact(was, folders.old, target.old), is_named(was, target.old) && !by_alias);
        let leads = |link: &Link, end: &End| {
            same_file(end, &wanted)
                && (!exact || is_exact(link, folders.new, target.new))
                && (!named || is_named(link, target.new))
        };
        if !leads(is, &given) {
            return Some(
                self.after.path(is, &written.path, folders, target, &leads, false).unwrap_or(Repair::Nothing(NO_PATH)),
            );
        }
        if is.is_wiki() && is_unclear(&after) && !is_unclear(&before) {
            // it leads there by the order among names only, which others decide otherwise
            if let Some(clear) = self.after.path(is, &written.path, folders, target, &leads, true) {
                return Some(clear);
            }
        }
        match &written.place {
            Some(LocalPlace::Heading(place)) => self.place(is, place, &before.destination, (&wanted, &given)),
            Some(LocalPlace::Block(id)) if given != wanted => Some(self.block(is, id, &wanted)),
            None if given != wanted => Some(self.section(is, &wanted)),
            _ => (given != wanted).then_some(Repair::Nothing(NO_PLACE)),
        }
    }

    /// The path of what a link leads to, before and after.
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

    /// A place for a link to a note that is a section of another one now; its path is right.
    fn section(&self, link: &Link, wanted: &End) -> Repair {
        let End::Note(note, Some(AnchorRef::Section(section))) = wanted else { return Repair::Nothing(NO_PLACE) };
        let Some((_, is)) = self.after.graph.notes.get(*note) else { return Repair::Nothing(NO_PLACE) };
        let places = spelling::new_places(link, &chain(is, *section));
        let found = places.into_iter().find(|place| {
            let followed = self.after.follower.follow_link(self.after.note, &link.with_place(place));
            end_after(&followed.destination) == *wanted
        });
        found.map_or(Repair::Nothing(SAME_WORDS), Repair::Place)
    }

    /// The new id of a block, for a link whose path is right; headings before it stay.
    fn block(&self, link: &Link, id: &str, wanted: &End) -> Repair {
        let End::Note(note, Some(AnchorRef::Block(block))) = wanted else { return Repair::Nothing(NO_PLACE) };
        let is = self.after.graph.notes.get(*note).and_then(|(_, is)| is.blocks.get(*block));
        let place = link.target.split_once('#').map(|(_, place)| place).unwrap_or_default();
        let place = if link.is_wiki() { place.to_owned() } else { percent_decode(place) };
        let place = is.zip(place.strip_suffix(id)).map(|(is, above)| format!("{above}{}", is.id));
        place.map_or(Repair::Nothing(NO_PLACE), Repair::Place)
    }

    /// Another place for a link whose path is right.
    fn place(&self, link: &Link, written: &str, before: &Destination, (wanted, given): (&End, &End)) -> Option<Repair> {
        let End::Note(note, Some(AnchorRef::Section(section))) = wanted else {
            return (given != wanted).then(|| match given {
                // it named a heading that was not there
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
        // a heading's very anchor stays that
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
            leads(&tried, &end_after(&followed.destination))
        };
        let place = spelling::places(link, written, &old, &new).into_iter().find(tried);
        let is_bare = new.first().is_some_and(|new| !new.text.contains(char::is_alphanumeric));
        Some(place.map_or(Repair::Nothing(if is_bare { NO_WORDS } else { SAME_WORDS }), Repair::Place))
    }

    /// A link that led nowhere and is caught now: a path can go on to name the place where nothing is.
    fn freed(&self, link: &Link, written: &str, caught: &Destination) -> Repair {
        if !link.is_wiki() || written.starts_with('.') {
            let nowhere = beyond(self.before.folder(), written.trim());
            let folder = self.after.folder();
            let near = spelling::relative(folder, &nowhere, written.starts_with("./"));
            // by way of the top: a search would not begin there
            let up = "../".repeat(folder.split('/').filter(|part| !part.is_empty()).count());
            for path in [near.clone(), format!("./{near}"), format!("{up}{nowhere}"), format!("/{nowhere}")] {
                let followed = self.after.follower.follow_link(self.after.note, &link.with_path(&path));
                if end_after(&followed.destination) == End::Nowhere {
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

/// True where a name fits several files, or only in another case.
fn is_unclear(followed: &Followed) -> bool {
    followed.remarks.iter().any(|remark| matches!(remark, Remark::Ambiguous { .. } | Remark::OtherCase))
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

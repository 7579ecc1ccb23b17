//! Finds links that lead elsewhere after files or headings were renamed, and how to write them so that they lead to the same place.
//!
//! The one rule: every link leads where it led, to the current position of that place; a link that led nowhere still does.
//! Markdown links with a file's literal path keep a literal path, since most programs support nothing else. [`Moving::faults`]
//! compares a notebook before and after; the caller repairs them, parses the changed notes again, and repeats
//! until there are none: that is the proof.

use crate::model::Link;
use crate::model::Note;
pub use crate::report::carried::After;
pub use crate::report::carried::Carried;
pub use crate::report::carried::MadeLink;
pub use crate::report::carried::Moving;
pub use crate::report::carried::Repair;
use crate::report::destination::Follower;
use crate::report::destination::NotebookFiles;
use crate::report::graph::Graph;
use crate::report::moves::FilesAfter;
use crate::report::moves::Moves;
use crate::report::repair::Pair;
use crate::report::repair::Side;
use crate::report::touched::Touched;

/// A link that no longer leads to the same place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The text that it stands in.
    pub text: usize,
    /// The link: an index into [`links`] of the changed note.
    pub link: usize,
    /// How to repair it.
    pub repair: Repair,
}

/// Everything in a note that leads somewhere: its links, then the definitions of references, then links in front matter and HTML.
pub fn links(note: &Note) -> impl Iterator<Item = &Link> {
    note.links.iter().chain(&note.definitions).chain(&note.other_links)
}

impl<'a> Moving<'a> {
    /// Compares with this notebook; `files` are its other files.
    #[must_use]
    pub fn new(before: &'a Graph<'a>, files: &'a dyn NotebookFiles, moves: &'a Moves) -> Self {
        Self { before, files, moves, by_alias: false }
    }

    /// Whether links by a file's name alone may go on to find it by an alias.
    #[must_use]
    pub const fn by_alias(self, by_alias: bool) -> Self {
        Self { by_alias, ..self }
    }

    /// The names of what moves, is made or removed, or has another text.
    fn touched(&self, after: &After<'_>) -> Touched {
        let mut touched = Touched::default();
        for path in self.moves.all() {
            touched.file(path);
        }
        let texts = after.now.len().max(self.before.notes.len());
        for text in (0..texts).filter(|&text| !self.stays(text, after)) {
            let is = after.now.get(text).copied().flatten().and_then(|note| after.graph.notes.get(note));
            for (path, note) in self.before.notes.get(text).into_iter().chain(is) {
                touched.file(path);
                touched.note(note);
            }
        }
        touched
    }

    /// True for a note that has the same place and the same text, whose facts nobody read again.
    fn stays(&self, text: usize, after: &After<'_>) -> bool {
        let is = after.now.get(text).copied().flatten().and_then(|note| after.graph.notes.get(note));
        let same = self.before.notes.get(text).zip(is);
        same.is_some_and(|((old, was), (new, is))| old == new && std::ptr::eq(*was, *is))
            && !after.carried.contains_key(&text)
    }

    /// The links that no longer lead to the same place, in the order of the notes before. A note must have the same links in both.
    #[must_use]
    pub fn faults(&self, after: &After<'_>) -> Vec<Fault> {
        let files = FilesAfter::new(self.files, self.moves);
        let old = Follower::new(self.before, self.files);
        let new = Follower::new(after.graph, &files);
        let touched = self.touched(after);
        let mut found = Vec::new();
        let side = |text: usize| {
            let note = after.now.get(text).copied().flatten()?;
            Some((Side { follower: &new, graph: after.graph, note }, after.graph.notes.get(note)?.1))
        };
        let mut compare = |(note, was): (usize, &Link), number, (text, link): (usize, usize)| {
            let Some((is_side, is)) = side(text).and_then(|(side, is)| Some((side, links(is).nth(link)?))) else {
                return;
            };
            let before = Side { follower: &old, graph: self.before, note };
            let pair = Pair { moving: self, before, after: is_side, to: after };
            found.extend(pair.repair((number, was), (link, is)).map(|repair| Fault { text, link, repair }));
        };
        for (note, (path, was)) in self.before.notes.iter().enumerate() {
            let carried = after.carried.get(&note);
            let stays = self.stays(note, after);
            for (number, link) in links(was).enumerate() {
                if stays && !touched.may_lead_elsewhere(self.before, path, link) {
                    continue;
                }
                match carried {
                    None => compare((note, link), number, (note, number)),
                    Some(carried) => {
                        for &now in carried.links.get(number).into_iter().flatten() {
                            compare((note, link), number, now);
                        }
                    }
                }
            }
        }
        for &MadeLink { text, link, to } in after.made {
            let made = side(text).and_then(|(side, is)| Some((side, links(is).nth(link)?)));
            let wanted = after.now.get(to).copied().flatten();
            if let Some(((side, is), wanted)) = made.zip(wanted) {
                found.extend(side.made((link, is), wanted).map(|repair| Fault { text, link, repair }));
            }
        }
        found
    }
}

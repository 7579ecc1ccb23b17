//! Where the file is now that a broken link named, if only one can be meant.
//!
//! Evidence, the strongest first: a rename that the index saw; then the one file of this name in another folder, the one note with
//! this title or alias, the one note with the block that the link asks for. Several answers are none: nothing is guessed. Where the
//! index saw the note vanish, only what appeared since can be it.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::collections::HashMap;

use crate::model::Edit;
use crate::model::Fix;
use crate::model::Link;
use crate::model::NotePath;
use crate::model::link::LocalPlace;
use crate::model::path::strip_extension;
use crate::report::anchor::loose;
use crate::report::destination::Destination;
use crate::report::destination::Follower;
use crate::report::destination::beyond;
use crate::report::file_name::fold;
use crate::report::graph::Graph;
use crate::report::resolve::Remark;
use crate::report::spelling;
use crate::report::spelling::Way;

/// Names that many folders have; they tell nothing.
const COMMON: [&str; 8] = ["index", "readme", "_index", "summary", "untitled", "notes", "home", "todo"];

/// True for names that say something only with their folder: those above, `28`, `01-01`, `fig1.png`; not a whole day.
pub(super) fn tells_nothing(stem: &str) -> bool {
    let letters = stem.trim_end_matches(|c: char| !c.is_alphabetic());
    let is_numbered =
        letters.len() < stem.len() && letters.chars().count() <= 6 && letters.chars().all(char::is_alphabetic);
    let is_day = stem.chars().filter(char::is_ascii_digit).count() >= 8;
    COMMON.contains(&fold(stem).as_str()) || (is_numbered && !is_day)
}

/// In letters and digits; shorter titles and block ids tell nothing.
const SHORT: usize = 4;

/// Upper bound on renames of one note that are followed.
const STEPS: usize = 100;

/// Writes another path into a link: text, link, path, whether it is in front matter.
pub type Rewrite = dyn Fn(&str, &Link, &str, bool) -> Option<Edit>;

/// What the index saw other programs do to notes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seen {
    /// From old paths to new ones.
    pub renames: BTreeMap<NotePath, NotePath>,
    /// The notes that vanished and are known under no other name, with those that appeared since.
    pub vanished: BTreeMap<NotePath, BTreeSet<NotePath>>,
}

/// A file that a broken link must have meant.
pub(super) struct Found<'a> {
    /// Where it is.
    pub(super) path: &'a NotePath,
    /// What says so, for a person.
    pub(super) why: String,
}

/// Finds what broken links named.
pub(super) struct Moved<'a> {
    graph: &'a Graph<'a>,
    known: &'a Seen,
    names: OnceCell<Names<'a>>,
}

/// All files by what a link may know of them.
#[derive(Default)]
struct Names<'a> {
    /// By folded file name; notes also without their extension.
    files: HashMap<String, Vec<&'a NotePath>>,
    titles: HashMap<String, Vec<&'a NotePath>>,
    blocks: HashMap<String, Vec<&'a NotePath>>,
}

impl<'a> Moved<'a> {
    pub(super) fn new(graph: &'a Graph<'a>, known: &'a Seen) -> Self {
        Self { graph, known, names: OnceCell::new() }
    }

    /// The file that a link in a folder must have meant; `only_seen`: by what the index saw, and not by names alone.
    pub(super) fn find(&self, folder: &str, link: &Link, only_seen: bool) -> Option<Found<'a>> {
        let local = link.local()?;
        let written = local.path.trim();
        if written.is_empty() || written.ends_with('/') {
            return None;
        }
        let seen = self.seen(folder, link, written);
        if !seen.is_empty() {
            let path = one(&seen)?;
            return Some(Found { path, why: format!("renamed to {path}") });
        }
        let names = self.names.get_or_init(|| self.names());
        let name = written.rsplit('/').next().unwrap_or(written);
        let stem = strip_extension(name);
        let listed = |map: &HashMap<String, Vec<&'a NotePath>>, key: &str| map.get(key).cloned().unwrap_or_default();
        let mut all: BTreeSet<&'a NotePath> = BTreeSet::new();
        let mut why = None;
        let mut add = |found: Vec<&'a NotePath>, what: &str| {
            if !found.is_empty() {
                why.get_or_insert_with(|| what.to_owned());
            }
            all.extend(found);
        };
        if !tells_nothing(stem) {
            add(listed(&names.files, &fold(name)), "has this name");
            let title = loose(stem);
            if title.chars().count() >= SHORT && (stem != name || link.is_wiki()) {
                add(listed(&names.titles, &title), "has this title");
            }
        }
        if let Some(LocalPlace::Block(id)) = &local.place
            && id.len() >= SHORT
        {
            add(listed(&names.blocks, &id.to_ascii_lowercase()), &format!("has the block ^{id}"));
        }
        let is_named = is_named(folder, link, written);
        let vanished: Vec<_> = self.known.vanished.iter().filter(|(from, _)| is_named(from)).collect();
        if !vanished.is_empty() || only_seen {
            all.retain(|path| vanished.iter().any(|(_, later)| later.contains(*path)));
        }
        let path = one(&all)?;
        why.map(|why| Found { path, why: format!("{path} {why}") })
    }

    /// Where the files are now that were renamed and may be meant.
    fn seen(&self, folder: &str, link: &Link, written: &str) -> BTreeSet<&'a NotePath> {
        let is_named = is_named(folder, link, written);
        let named = self.known.renames.iter().filter(|(from, _)| is_named(from));
        named.filter_map(|(_, to)| self.now(to)).collect()
    }

    /// The place of a note after all its renames.
    fn now(&self, to: &'a NotePath) -> Option<&'a NotePath> {
        let is_there = |path: &&NotePath| self.graph.notes.binary_search_by(|(known, _)| known.cmp(path)).is_ok();
        std::iter::successors(Some(to), |path| self.known.renames.get(*path)).take(STEPS).find(is_there)
    }

    fn names(&self) -> Names<'a> {
        let mut names = Names::default();
        for (path, note) in self.graph.notes.iter() {
            let mut files = vec![fold(path.file_name()), fold(path.stem())];
            files.dedup();
            for name in files {
                names.files.entry(name).or_default().push(path);
            }
            let titles: BTreeSet<String> =
                std::iter::once(&note.title).chain(&note.aliases).map(|title| loose(title)).collect();
            for title in titles {
                names.titles.entry(title).or_default().push(path);
            }
            for block in &note.blocks {
                names.blocks.entry(block.id.to_ascii_lowercase()).or_default().push(path);
            }
        }
        for path in self.graph.names.attachments {
            names.files.entry(fold(path.file_name())).or_default().push(path);
        }
        names
    }

    /// The edit that makes a link in the note `index` lead to a file; `None` if none does so for certain.
    pub(super) fn fix(
        &self,
        follower: &Follower<'_>,
        index: usize,
        (text, link): (&str, &Link),
        to: &NotePath,
        rewrite: &Rewrite,
    ) -> Option<Fix> {
        let notes = &self.graph.notes;
        let (path, note) = notes.get(index)?;
        let written = link.local()?.path;
        let (written, suffix) = match written.split_once('?') {
            Some((path, suffix)) if !link.is_wiki() => (path.to_owned(), format!("?{suffix}")),
            _ => (written, String::new()),
        };
        let folder = path.folder();
        let old = if link.is_wiki() { written.trim_matches('/').to_owned() } else { beyond(folder, written.trim()) };
        let is_front = link.span.start < note.body_start;
        let folders = Way { old: folder, new: folder };
        let tries = spelling::paths(link, &written, folders, Way { old: &old, new: to.as_str() });
        let leads = |path: &&String| {
            let followed = follower.follow_link(index, &link.with_path(path));
            let is_clear = !followed.remarks.iter().any(|remark| matches!(remark, Remark::Ambiguous { .. }));
            is_clear
                && match &followed.destination {
                    Destination::Note { note, .. } => notes.get(*note).is_some_and(|(path, _)| *path == to),
                    Destination::File(path) => path == to,
                    _ => false,
                }
        };
        let path = tries.iter().find(leads)?;
        let edit = rewrite(text, link, &format!("{path}{suffix}"), is_front)?;
        Some(Fix { description: format!("write {}", edit.text), edits: vec![edit] })
    }
}

/// Whether a link with the path `written` in a folder names a file.
fn is_named(folder: &str, link: &Link, written: &str) -> impl Fn(&NotePath) -> bool {
    let bare = written.trim_start_matches("./").trim_start_matches("../").trim_start_matches('/');
    let (name, paths, is_wiki) = (fold(bare), [beyond(folder, written), bare.to_owned()], link.is_wiki());
    move |from| {
        if is_wiki {
            let path = fold(from.as_str());
            [path.as_str(), strip_extension(&path)]
                .iter()
                .any(|path| path.strip_suffix(name.as_str()).is_some_and(|rest| rest.is_empty() || rest.ends_with('/')))
        } else {
            paths.iter().any(|path| path == from.as_str() || *path == strip_extension(from.as_str()))
        }
    }
}

fn one<'a>(paths: &BTreeSet<&'a NotePath>) -> Option<&'a NotePath> {
    paths.first().copied().filter(|_| paths.len() == 1)
}

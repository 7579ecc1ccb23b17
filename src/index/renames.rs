//! Renames by other programs, as syncs see them: a note vanished, and one appeared with the same text.
//!
//! What is remembered: the old and the new path, in a file beside the indexes, so that a later sync, new settings and a new
//! format keep it. It can be lost like the indexes; then `check` knows less of what broken links meant, and nothing else changes.
//! Only what is certain is kept: one note of this text before, one afterwards. A note that was edited on the way is recognized
//! if its file is the same (inode) and most of its headings, tasks and links are. A note that vanished and did not appear is
//! remembered too: its text may appear later, and what was there all the time is not what links to it meant. Called by the sync,
//! with its lock.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

use serde::Deserialize;
use serde::Serialize;

use crate::disk::Stamp;
use crate::disk::Walk;
use crate::index::error::Error;
use crate::index::facts::Extent;
use crate::index::job::Job;
use crate::index::snapshot::NoteAt;
use crate::index::snapshot::Segment;
use crate::index::snapshot::Snapshot;
use crate::index::stamps::Changes;
use crate::index::stamps::Pending;
use crate::model::Note;
use crate::model::NotePath;
use crate::model::words::fold;

/// Upper bound on what is remembered; the oldest is forgotten.
const MOST: usize = 1_000;

/// Upper bound on notes that vanished or appeared in one sync; with more, a notebook was replaced rather than renamed.
const MANY: usize = 5_000;

/// A rename that was seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rename {
    /// The old path.
    pub from: NotePath,
    /// The new path.
    pub to: NotePath,
}

/// A note that vanished, and is known under no other name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vanished {
    /// Its path.
    pub path: NotePath,
    /// The notes that appeared when it vanished, or later.
    pub later: BTreeSet<NotePath>,
}

/// A line of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
enum Event {
    Renamed(Rename),
    Vanished { vanished: NotePath, hash: u64, size: u64 },
    Appeared { appeared: NotePath },
}

fn file(cache: &Path) -> PathBuf {
    cache.join("renames.jsonl")
}

fn events(cache: &Path) -> Vec<Event> {
    let text = fs::read_to_string(file(cache)).unwrap_or_default();
    text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
}

/// The remembered renames, oldest first. Damaged lines are skipped.
pub(crate) fn read(cache: &Path) -> Vec<Rename> {
    let rename = |event| if let Event::Renamed(rename) = event { Some(rename) } else { None };
    events(cache).into_iter().filter_map(rename).collect()
}

/// The remembered notes that vanished, oldest first.
pub(crate) fn vanished(cache: &Path) -> Vec<Vanished> {
    let mut found: Vec<Vanished> = Vec::new();
    for event in events(cache) {
        match event {
            Event::Vanished { vanished, .. } => found.push(Vanished { path: vanished, later: BTreeSet::new() }),
            Event::Appeared { appeared } => {
                for one in &mut found {
                    one.later.insert(appeared.clone());
                }
            }
            Event::Renamed(_) => {}
        }
    }
    found
}

/// A note that vanished, or one that appeared.
struct Candidate<'a> {
    path: &'a NotePath,
    stamp: Stamp,
    hash: u64,
    at: Option<NoteAt>,
    text: String,
}

/// Remembers the renames among these changes, and what vanished otherwise. Best effort: what cannot be read or written is not
/// remembered.
pub(crate) fn remember(snapshot: &Snapshot, changes: &Changes, job: Job<'_>, walk: &Walk) {
    let is_new = |pending: &&Pending| pending.known.is_none();
    let appeared: BTreeSet<&NotePath> = changes
        .pending
        .iter()
        .filter(is_new)
        .filter_map(|pending| walk.files.get(pending.file).map(|entry| &entry.path))
        .collect();
    if changes.gone.is_empty() && appeared.is_empty() || changes.gone.len().max(appeared.len()) > MANY {
        return;
    }
    let mut all = events(job.cache);
    if changes.gone.is_empty() && !all.iter().any(|event| matches!(event, Event::Vanished { .. })) {
        return;
    }
    let (found, gone) = find(snapshot, changes, job, walk, &all).unwrap_or_default();
    let is_found = |path: &NotePath| found.iter().any(|new| new.from == *path);
    let is_gone = |path: &NotePath| gone.iter().any(|(gone, ..)| gone == path);
    all.retain(|known| match known {
        Event::Renamed(known) => !is_found(&known.from),
        Event::Vanished { vanished, .. } => !appeared.contains(vanished) && !is_found(vanished) && !is_gone(vanished),
        Event::Appeared { appeared } => !is_gone(appeared),
    });
    let vanished = gone.into_iter().filter(|(path, ..)| !is_found(path));
    all.extend(vanished.map(|(vanished, hash, size)| Event::Vanished { vanished, hash, size }));
    if all.iter().any(|event| matches!(event, Event::Vanished { .. })) {
        // what has a new name was there
        let new = appeared.into_iter().filter(|path| found.iter().all(|rename| rename.to != **path));
        all.extend(new.map(|path| Event::Appeared { appeared: path.clone() }));
    } else {
        all.retain(|event| matches!(event, Event::Renamed(_)));
    }
    all.extend(found.iter().cloned().map(Event::Renamed));
    let lines = all.iter().skip(all.len().saturating_sub(MOST)).filter_map(|one| serde_json::to_string(one).ok());
    let text: String = lines.map(|line| line + "\n").collect();
    let written = tempfile::NamedTempFile::new_in(job.cache).and_then(|mut new| {
        std::io::Write::write_all(&mut new, text.as_bytes())?;
        new.persist(file(job.cache)).map_err(|error| error.error)
    });
    // the next sync knows nothing of these
    drop(written);
}

/// A note that vanished: its path, and the hash and the size of its text.
type Gone = (NotePath, u64, u64);

/// The renames, and all that vanished. `known` is what is remembered.
fn find(
    snapshot: &Snapshot,
    changes: &Changes,
    job: Job<'_>,
    walk: &Walk,
    known: &[Event],
) -> Result<(Vec<Rename>, Vec<Gone>), Error> {
    let stamps = snapshot.segments.iter().map(Segment::stamps).collect::<Result<Vec<_>, _>>()?;
    let gone: Vec<Candidate<'_>> = changes
        .gone
        .iter()
        .filter_map(|gone| {
            let stamps = stamps.get(gone.at.segment)?;
            let (stamp, hash) = (stamps.stamp(gone.at.row), stamps.hash(gone.at.row));
            Some(Candidate { path: &gone.path, stamp, hash, at: Some(gone.at), text: String::new() })
        })
        .collect();
    let long_gone: Vec<(&NotePath, u64, u64)> = known
        .iter()
        .filter_map(|event| match event {
            Event::Vanished { vanished, hash, size } if *size > 0 => Some((vanished, *hash, *size)),
            _ => None,
        })
        .collect();
    let is_like = |stamp: &Stamp| {
        gone.iter().any(|gone| gone.stamp.size == stamp.size || (stamp.inode > 0 && gone.stamp.inode == stamp.inode))
            || long_gone.iter().any(|(.., size)| *size == stamp.size)
    };
    let mut new: Vec<Candidate<'_>> = Vec::new();
    for pending in changes.pending.iter().filter(|pending| pending.known.is_none()) {
        let Some(entry) = walk.files.get(pending.file).filter(|entry| is_like(&entry.stamp)) else { continue };
        let Ok(text) = job.source.read(&entry.path) else { continue };
        new.push(Candidate { path: &entry.path, stamp: entry.stamp, hash: text.hash, at: None, text: text.text });
    }
    // a text that another note has as well names none of them
    let mut count: BTreeMap<u64, usize> = BTreeMap::new();
    for segment in &snapshot.segments {
        let stamps = segment.stamps()?;
        for row in segment.rows() {
            *count.entry(stamps.hash(row)).or_default() += 1;
        }
    }
    let mut found = Vec::new();
    for old in gone.iter().filter(|old| old.stamp.size > 0 && !is_day(old.path)) {
        let same: Vec<&Candidate<'_>> = new.iter().filter(|new| new.hash == old.hash).collect();
        let to = match same.as_slice() {
            [one] if count.get(&old.hash) == Some(&1) => Some(one.path),
            [] => edited(snapshot, old, &new, job)?,
            _ => None,
        };
        found.extend(to.map(|to| Rename { from: old.path.clone(), to: to.clone() }));
    }
    for (path, hash, _) in &long_gone {
        let same = new.iter().filter(|new| new.hash == *hash).collect::<Vec<_>>();
        let is_one = long_gone.iter().filter(|(_, other, _)| other == hash).count() == 1 && !count.contains_key(hash);
        if let [one] = same.as_slice()
            && is_one
            && one.path != *path
            && !is_day(path)
        {
            found.push(Rename { from: (*path).clone(), to: one.path.clone() });
        }
    }
    let mut times: BTreeMap<NotePath, usize> = BTreeMap::new();
    for rename in &found {
        *times.entry(rename.to.clone()).or_default() += 1;
    }
    found.retain(|rename| times.get(&rename.to) == Some(&1));
    let gone = gone.iter().map(|gone| (gone.path.clone(), gone.hash, gone.stamp.size)).collect();
    Ok((found, gone))
}

/// A note whose name is a day is that day's: another one with its text is none the less another day's.
fn is_day(path: &NotePath) -> bool {
    let digits = path.stem().chars().filter(char::is_ascii_digit).count();
    digits >= 6 && !path.stem().contains(char::is_alphabetic)
}

/// The same file with other words: the inode alone says little, since systems use it again.
fn edited<'n>(
    snapshot: &Snapshot,
    old: &Candidate<'_>,
    new: &[Candidate<'n>],
    job: Job<'_>,
) -> Result<Option<&'n NotePath>, Error> {
    let is_same_file = |new: &&Candidate<'_>| new.stamp.inode > 0 && new.stamp.inode == old.stamp.inode;
    let mut same = new.iter().filter(is_same_file);
    let (Some(one), None) = (same.next(), same.next()) else { return Ok(None) };
    let Some((at, segment)) = old.at.and_then(|at| Some((at, snapshot.segments.get(at.segment)?))) else {
        return Ok(None);
    };
    let before = parts(&segment.facts(&segment.store()?, at.row, Extent::Whole)?.parsed.note);
    let after = parts(&job.source.parse(one.path, &one.text).note);
    let shared = before.intersection(&after).count();
    Ok((shared >= 2 && shared * 2 > before.len()).then_some(one.path))
}

/// What is recognized of an edited note.
fn parts(note: &Note) -> BTreeSet<String> {
    let headings = note.sections.iter().map(|section| format!("#{}", fold(&section.text)));
    let tasks = note.tasks.iter().map(|task| format!("[{}", task.words));
    let links = note.links.iter().map(|link| format!("({}", link.target));
    let blocks = note.blocks.iter().map(|block| format!("^{}", block.id));
    headings.chain(tasks).chain(links).chain(blocks).collect()
}

#[cfg(test)]
mod tests {
    use super::Vanished;
    use crate::index::fixture::Book;

    /// The renames that are known after these texts have become those.
    #[track_caller]
    fn case(before: &[(&str, &str)], after: &[(&str, &str)], want: &[(&str, &str)]) {
        let mut book = Book::new(before);
        book.with(|_| {});
        for (path, _) in before {
            book.remove(path);
        }
        for (path, text) in after {
            book.put(path, text);
        }
        let found: Vec<(String, String)> = book.with(|library| {
            let renames = library.renames().into_iter();
            renames.map(|rename| (rename.from.to_string(), rename.to.to_string())).collect()
        });
        let want: Vec<(String, String)> = want.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        assert_eq!(found, want);
    }

    #[test]
    fn a_text_that_is_elsewhere() {
        case(&[("a.md", "one\n"), ("b.md", "two\n")], &[("x/c.md", "one\n"), ("b.md", "two\n")], &[("a.md", "x/c.md")]);
        // two of one text, before or afterwards
        case(&[("a.md", "one\n"), ("b.md", "one\n")], &[("c.md", "one\n"), ("b.md", "one\n")], &[]);
        case(&[("a.md", "one\n")], &[("c.md", "one\n"), ("d.md", "one\n")], &[]);
        case(&[("a.md", "one\n"), ("b.md", "one\n")], &[("c.md", "one\n")], &[]);
        // no text, days
        case(&[("a.md", "")], &[("c.md", "")], &[]);
        case(&[("j/2026-11-27.md", "# Day\n")], &[("j/2026-11-28.md", "# Day\n")], &[]);
    }

    #[test]
    fn a_file_that_was_edited_on_the_way() {
        // all files of the fixture have one inode
        let old = "# Saga\n\n## Costs\n\n- [ ] read\n";
        case(&[("a.md", old)], &[("c.md", "# Saga\n\n## Costs\n\nmore\n\n- [ ] read\n")], &[("a.md", "c.md")]);
        case(&[("a.md", old)], &[("c.md", "# Other\n\n- [ ] write\n")], &[]);
        case(&[("a.md", "words\n")], &[("c.md", "other words\n")], &[]);
    }

    #[test]
    fn what_vanished_and_what_came_later() {
        let mut book = Book::new(&[("x/a.md", "one\n"), ("y/a.md", "two\n"), ("b.md", "three\n")]);
        book.with(|_| {});
        book.remove("x/a.md");
        let vanished = |book: &Book| {
            book.with(|library| {
                let one = |one: Vanished| {
                    let later: Vec<String> = one.later.iter().map(ToString::to_string).collect();
                    (one.path.to_string(), later.join(" "))
                };
                library.vanished().into_iter().map(one).collect::<Vec<_>>()
            })
        };
        assert_eq!(vanished(&book), [("x/a.md".to_owned(), String::new())]);
        book.put("z/a.md", "other\n");
        book.rename("b.md", "c.md");
        assert_eq!(vanished(&book), [("x/a.md".to_owned(), "z/a.md".to_owned())]);
        // its text comes back elsewhere
        book.put("w.md", "one\n");
        assert_eq!(vanished(&book), []);
        let renames = book.with(|library| library.renames());
        let renames: Vec<(&str, &str)> = renames.iter().map(|one| (one.from.as_str(), one.to.as_str())).collect();
        assert_eq!(renames, [("b.md", "c.md"), ("x/a.md", "w.md")]);
        // and a note at its own place
        book.remove("w.md");
        assert_eq!(vanished(&book).len(), 1);
        book.put("w.md", "new\n");
        assert_eq!(vanished(&book), []);
    }

    #[test]
    fn the_last_rename_counts() {
        let mut book = Book::new(&[("a.md", "one\n")]);
        book.with(|_| {});
        for (from, to) in [("a.md", "b.md"), ("b.md", "a.md"), ("a.md", "c.md")] {
            book.rename(from, to);
            book.with(|_| {});
        }
        let known = book.with(|library| library.renames());
        let known: Vec<(&str, &str)> = known.iter().map(|one| (one.from.as_str(), one.to.as_str())).collect();
        assert_eq!(known, [("b.md", "a.md"), ("a.md", "c.md")]);
    }
}

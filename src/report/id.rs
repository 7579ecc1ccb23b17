//! Short ids of tasks: explicit ones first, else from the content, the same on every machine.
//!
//! A content id is a hash of the note's path and the item's words, so it survives inserting, deleting and reordering
//! other lines. Of equal items in one note the first has the plain id, the others `~2`, `~3` in their order.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::ops::Bound;

use xxhash_rust::xxh3::xxh3_64;

use crate::model::NotePath;
use crate::model::Task;
use crate::report::label::own_words;

/// Crockford's base 32 without vowels and without `l`: no words, nothing to mistake.
const DIGITS: &[u8; 28] = b"23456789bcdfghjkmnpqrstvwxyz";

/// Characters of a full id: 28^10 is beyond chance collisions in one notebook.
const LENGTH: usize = 10;

/// Shown at least.
const SHORTEST: usize = 3;

/// The full content id of an item in a note.
#[must_use]
pub fn content_id(path: &NotePath, task: &Task) -> String {
    let words = own_words(task).to_lowercase();
    let mut source = Vec::with_capacity(path.as_str().len() + words.len() + 1);
    source.extend_from_slice(path.as_str().as_bytes());
    source.push(0);
    source.extend_from_slice(words.as_bytes());
    for link in &task.links {
        source.push(0);
        source.extend_from_slice(link.url.as_bytes());
    }
    encode(xxh3_64(&source))
}

fn encode(mut hash: u64) -> String {
    let base = DIGITS.len() as u64;
    (0..LENGTH)
        .map(|_| {
            let digit = usize::try_from(hash % base).unwrap_or(0);
            hash /= base;
            char::from(DIGITS.get(digit).copied().unwrap_or(b'2'))
        })
        .collect()
}

/// The full ids of all tasks of a notebook, in their order: `tasks` by note, each note's in the order of its text.
#[must_use]
pub fn full_ids<'a>(tasks: impl Iterator<Item = (&'a NotePath, &'a Task)>) -> Vec<String> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    tasks
        .map(|(path, task)| {
            let id = task.explicit_id.clone().unwrap_or_else(|| content_id(path, task));
            let count = seen.entry(id.clone()).or_insert(0);
            *count += 1;
            if *count == 1 { id } else { format!("{id}~{count}") }
        })
        .collect()
}

/// What is shown of each id: the shortest prefix, three characters at least, that no other id begins with.
/// Explicit ids and the `~2` of equal items are shown whole.
#[must_use]
pub fn shown(full: &[String], explicit: &[bool]) -> Vec<String> {
    let all: BTreeSet<&str> = full.iter().map(|id| base_of(id)).collect();
    full.iter()
        .zip(explicit)
        .map(|(id, &explicit)| {
            let (base, ordinal) = id.split_once('~').map_or((id.as_str(), None), |(base, n)| (base, Some(n)));
            if explicit {
                return id.clone();
            }
            let shared = neighbours(&all, base).map(|other| common(base, other)).max().unwrap_or(0);
            let length = (shared + 1).max(SHORTEST).min(base.len());
            let prefix = base.get(..length).unwrap_or(base);
            ordinal.map_or_else(|| prefix.to_owned(), |n| format!("{prefix}~{n}"))
        })
        .collect()
}

/// An id without the `~2` of equal items.
fn base_of(id: &str) -> &str {
    id.split('~').next().unwrap_or(id)
}

/// The other ids next to one in the order of the alphabet.
fn neighbours<'a>(all: &BTreeSet<&'a str>, id: &'a str) -> impl Iterator<Item = &'a str> {
    let before = all.range(..id).next_back().copied();
    let after = all.range::<&str, _>((Bound::Excluded(&id), Bound::Unbounded)).next().copied();
    before.into_iter().chain(after)
}

fn common(a: &str, b: &str) -> usize {
    a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse;

    fn ids(text: &str) -> Vec<String> {
        let path = NotePath::from("n.md");
        let note = parse::parse(&path, text, &parse::Options::default()).note;
        full_ids(note.tasks.iter().map(|task| (&path, task)))
    }

    #[test]
    fn other_lines_box_and_fields_do_not_matter() {
        let id = ids("- [ ] write it").remove(0);
        assert_eq!(id.len(), LENGTH);
        assert_eq!(ids("# new\n\n- [ ] other\n    * [x] Write   **it** 📅 2026-01-01\n").remove(1), id);
        assert_ne!(ids("- [ ] write them").remove(0), id);
    }

    #[test]
    fn equal_items_are_told_apart() {
        let found = ids("- [ ] a\n- [ ] a\n- [ ] a ^mine\n");
        assert_eq!(found[1], format!("{}~2", found[0]));
        assert_eq!(found[2], "mine");
    }

    #[test]
    fn the_shortest_unique_prefix_is_shown() {
        let full: Vec<String> = ["bcdfghjk", "bcdgzzzz", "xyz22222", "xyz22222~2"].map(str::to_owned).to_vec();
        assert_eq!(shown(&full, &[false; 4]), ["bcdf", "bcdg", "xyz", "xyz~2"]);
    }
}

//! Full-length short ids of tasks: how they are computed and made unique.
//!
//! An id written in the note is used as it is. Otherwise an item's id is a hash of its note's path and its words, so it
//! survives inserting, deleting and reordering other lines. Where the index saw the words change, the item keeps its id.
//! The reports decide how much of an id listings show.

use std::collections::HashMap;
use std::collections::HashSet;

use serde::Deserialize;
use serde::Serialize;
use xxhash_rust::xxh3::xxh3_64;

use crate::model::NotePath;
use crate::model::Status;
use crate::model::Task;

/// Crockford's base 32 without vowels and without `l`, so that ids spell no words and have no look-alikes.
const DIGITS: &[u8; 28] = b"23456789bcdfghjkmnpqrstvwxyz";

/// The minimum number of characters of an id that are shown, and that are needed to name it.
pub const SHORTEST: usize = 3;

/// Characters of a full id: 28^10 is beyond chance collisions in one notebook.
const LENGTH: usize = 10;

/// The id derived from an item's path and words.
#[must_use]
pub fn content_id(path: &NotePath, task: &Task) -> String {
    let mut source = Vec::with_capacity(path.as_str().len() + task.words.len() + 1);
    source.extend_from_slice(path.as_str().as_bytes());
    source.push(0);
    if task.words.is_ascii() {
        source.extend(task.words.bytes().map(|byte| byte.to_ascii_lowercase()));
    } else {
        source.extend_from_slice(task.words.to_lowercase().as_bytes());
    }
    for link in &task.links {
        source.push(0);
        source.extend_from_slice(link.url.as_bytes());
    }
    // the copy that counts gets the plain id
    if task.superseded {
        source.extend_from_slice(format!("\0{}", task.line).as_bytes());
    }
    encode(xxh3_64(&source))
}

/// The full id of something identified by a text.
#[must_use]
pub fn text_id(text: &str) -> String {
    encode(xxh3_64(text.as_bytes()))
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

/// An id that an item kept when its words changed: an index into [`crate::model::Note::tasks`], and the full id.
pub type StableId = (usize, String);

/// All that a list of open tasks needs to know about a closed one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closed {
    id: [u8; LENGTH],
    /// Its state.
    pub status: Status,
}

impl Closed {
    /// `None` when the id is not of the form that [`content_id`] gives.
    #[must_use]
    pub fn new(id: &str, status: Status) -> Option<Self> {
        Some(Self { id: id.as_bytes().try_into().ok()?, status })
    }

    /// Its full id.
    #[must_use]
    pub fn id(&self) -> &str {
        std::str::from_utf8(&self.id).unwrap_or_default()
    }
}

/// The id that an item of a note kept when its words changed.
#[must_use]
pub fn stable_id(kept: &[StableId], index: usize) -> Option<&str> {
    kept.iter().find(|(task, _)| *task == index).map(|(_, id)| id.as_str())
}

/// Splits an id into its base and the `2` of the `~2` of equal items.
#[must_use]
pub fn split(id: &str) -> (&str, Option<&str>) {
    id.split_once('~').map_or((id, None), |(base, ordinal)| (base, Some(ordinal)))
}

/// True when somebody who types this may mean that id: `k3f` and `k3f~2` are prefixes of the ids of equal items.
#[must_use]
pub fn is_beginning(typed: &str, id: &str) -> bool {
    let ((typed, which), (base, ordinal)) = (split(typed), split(id));
    typed.len() >= SHORTEST && base.starts_with(typed) && which == ordinal
}

/// The full ids of tasks, each given with its note's path and the id it kept, if any: no two are equal.
///
/// Of equal items the first has the plain id, the others `~2`, `~3` in their order. If a kept id is another item's own,
/// that item has it.
#[must_use]
pub fn full_ids<'a>(tasks: impl Iterator<Item = (&'a NotePath, &'a Task, Option<&'a str>)>) -> Vec<String> {
    let mut kept_ids = Vec::new();
    let mut ids: Vec<String> = tasks
        .enumerate()
        .map(|(index, (path, task, kept))| match (&task.explicit_id, kept) {
            (Some(written), _) => written.clone(),
            (None, kept) => {
                kept_ids.extend(kept.map(|kept| (index, kept)));
                content_id(path, task)
            }
        })
        .collect();
    let mut own: HashSet<&str> = HashSet::new();
    if !kept_ids.is_empty() {
        let keeps: HashSet<usize> = kept_ids.iter().map(|&(index, _)| index).collect();
        own.extend(ids.iter().enumerate().filter(|(index, _)| !keeps.contains(index)).map(|(_, id)| id.as_str()));
        kept_ids.retain(|(_, kept)| own.insert(kept));
    }
    for (index, kept) in kept_ids {
        if let Some(id) = ids.get_mut(index) {
            kept.clone_into(id);
        }
    }
    let mut seen: HashMap<&str, usize> = HashMap::with_capacity(ids.len());
    let mut again = Vec::new();
    for (index, id) in ids.iter().enumerate() {
        let count = seen.entry(id).or_insert(0);
        *count += 1;
        if *count > 1 {
            again.push((index, *count));
        }
    }
    for (index, count) in again {
        if let Some(id) = ids.get_mut(index) {
            id.push_str(&format!("~{count}"));
        }
    }
    ids
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse;

    fn ids(text: &str, kept: &[StableId]) -> Vec<String> {
        let path = NotePath::from("n.md");
        let note = parse::parse(&path, text, &parse::Options::default()).note;
        let tasks = note.tasks.iter().enumerate();
        full_ids(tasks.map(|(index, task)| (&path, task, stable_id(kept, index))))
    }

    #[test]
    fn other_lines_box_and_fields_do_not_matter() {
        let id = ids("- [ ] write it", &[]).remove(0);
        assert_eq!(id.len(), LENGTH);
        assert_eq!(ids("# new\n\n- [ ] other\n    * [x] Write   **it** 📅 2026-01-01\n", &[]).remove(1), id);
        assert_ne!(ids("- [ ] write them", &[]).remove(0), id);
    }

    #[test]
    fn equal_items_are_told_apart() {
        let found = ids("- [ ] a\n- [ ] a\n- [ ] a ^mine\n", &[]);
        assert_eq!(found[1], format!("{}~2", found[0]));
        assert_eq!(found[2], "mine");
    }

    #[test]
    fn a_kept_id_gives_way_to_the_item_whose_own_it_is() {
        let [a, b] = ["- [ ] a\n", "- [ ] b\n"].map(|text| ids(text, &[]).remove(0));
        let kept = [(0, a.clone())];
        assert_eq!(ids("- [ ] b\n- [ ] c\n", &kept)[0], a);
        assert_eq!(ids("- [ ] b\n- [ ] a\n", &kept), [b.clone(), a.clone()]);
        assert_eq!(ids("- [ ] b\n- [ ] b\n- [ ] a\n", &kept), [b.clone(), format!("{b}~2"), a]);
        assert_eq!(ids("- [ ] b ^mine\n", &kept), ["mine"]);
    }
}

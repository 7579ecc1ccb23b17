//! The full short ids of tasks: what they are made of, and how equal ones are told apart.
//!
//! A written id counts as it is. Otherwise an item's id is a hash of its note's path and its words, so it survives
//! inserting, deleting and reordering other lines. Where the index saw the words change, it keeps the id that the item had.
//! What listings show of an id is for the reports.

use std::collections::HashMap;

use xxhash_rust::xxh3::xxh3_64;

use crate::model::NotePath;
use crate::model::Task;

/// Crockford's base 32 without vowels and without `l`: no words, nothing to mistake.
const DIGITS: &[u8; 28] = b"23456789bcdfghjkmnpqrstvwxyz";

/// Characters of a full id: 28^10 is beyond chance collisions in one notebook.
const LENGTH: usize = 10;

/// The id that an item's path and words give it.
#[must_use]
pub fn content_id(path: &NotePath, task: &Task) -> String {
    let words = task.words.to_lowercase();
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

/// The id that an item of a note has kept from before its words changed.
#[must_use]
pub fn kept_id(kept: &[(usize, String)], index: usize) -> Option<&str> {
    kept.iter().find(|(task, _)| *task == index).map(|(_, id)| id.as_str())
}

/// The full ids of tasks, each with its note's path and the id that it has kept: no two are equal.
///
/// Of equal items the first has the plain id, the others `~2`, `~3` in their order. A kept id gives way to an item whose
/// own it is.
#[must_use]
pub fn full_ids<'a>(tasks: impl Iterator<Item = (&'a NotePath, &'a Task, Option<&'a str>)>) -> Vec<String> {
    let mut seen: HashMap<String, usize> = HashMap::with_capacity(tasks.size_hint().0);
    let mut waiting = Vec::new();
    let mut ids: Vec<String> = tasks
        .enumerate()
        .map(|(index, (path, task, kept))| match (&task.explicit_id, kept) {
            (Some(written), _) => number(&mut seen, written.clone()),
            (None, None) => number(&mut seen, content_id(path, task)),
            (None, Some(kept)) => {
                waiting.push((index, kept, content_id(path, task)));
                String::new()
            }
        })
        .collect();
    for (index, kept, own) in waiting {
        let id = if seen.contains_key(kept) { own } else { kept.to_owned() };
        let id = number(&mut seen, id);
        if let Some(slot) = ids.get_mut(index) {
            *slot = id;
        }
    }
    ids
}

/// The id, with `~2` where it was seen before.
fn number(seen: &mut HashMap<String, usize>, id: String) -> String {
    let count = seen.entry(id.clone()).or_insert(0);
    *count += 1;
    if *count == 1 { id } else { format!("{id}~{count}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse;

    fn ids(text: &str, kept: &[(usize, String)]) -> Vec<String> {
        let path = NotePath::from("n.md");
        let note = parse::parse(&path, text, &parse::Options::default()).note;
        let tasks = note.tasks.iter().enumerate();
        full_ids(tasks.map(|(index, task)| (&path, task, kept_id(kept, index))))
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
        assert_eq!(ids("- [ ] b\n- [ ] b\n- [ ] a\n", &kept), [format!("{b}~2"), b, a]);
        assert_eq!(ids("- [ ] b ^mine\n", &kept), ["mine"]);
    }
}

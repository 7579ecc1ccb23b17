//! Short ids that survive edits: an item whose words changed keeps its id.
//!
//! The rule, when a note is read again. Items with the same id are the same; among equal ones, the nth and the nth. Of the
//! others, an old one whose words are gone from the note and a new one whose words are new to it are matched if they are close
//! (at most [`NEAR`] unchanged items between their positions) and similar (at least [`ALIKE`]). The best pairs come first:
//! under the same parents, then the closest, then the most similar, then in the order of the text. Items with a written id are
//! not matched, and neither are later ones of equal items, since it would be unclear which is meant.
//! Called by the sync. These ids exist in the index only: rebuilding it resets them.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::model::NotePath;
use crate::model::Task;
use crate::model::short_id::StableId;
use crate::model::short_id::content_id;
use crate::model::short_id::stable_id;

/// Upper bound on unchanged items between an item's old and new positions.
const NEAR: usize = 3;

/// Minimum similarity of the words, from 0 to 1.
const ALIKE: f64 = 0.7;

/// Upper bound on items compared per note; beyond it, the note counts as rewritten.
const MOST: usize = 200;

/// Number of characters of the words that are compared.
const LONGEST: usize = 200;

/// An item that exists only before or only after.
struct Lone<'a> {
    index: usize,
    id: String,
    task: &'a Task,
    /// The number of unchanged items before it.
    place: usize,
}

/// The ids that items of a note keep, by their index in `now`. `kept` are those that items of `before` had kept already.
pub(crate) fn carry_over(path: &NotePath, before: &[Task], kept: &[StableId], now: &[Task]) -> Vec<StableId> {
    let ids = |tasks: &[Task]| -> Vec<String> {
        let own = |task: &Task| task.explicit_id.as_ref().map_or_else(|| content_id(path, task), |id| format!("^{id}"));
        tasks.iter().map(own).collect()
    };
    let (old_ids, new_ids) = (ids(before), ids(now));
    let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, id) in old_ids.iter().enumerate().rev() {
        places.entry(id).or_default().push(index);
    }
    let same: Vec<Option<usize>> = new_ids.iter().map(|id| places.get_mut(id.as_str()).and_then(Vec::pop)).collect();

    let (in_old, in_new): (BTreeSet<&str>, BTreeSet<&str>) =
        (old_ids.iter().map(String::as_str).collect(), new_ids.iter().map(String::as_str).collect());
    let unchanged: BTreeSet<usize> = same.iter().flatten().copied().collect();
    let mut vanished = lone(before, &old_ids, |index| unchanged.contains(&index), &in_new);
    let appeared = lone(now, &new_ids, |index| same.get(index).is_some_and(Option::is_some), &in_old);
    for lone in &mut vanished {
        if let Some(id) = stable_id(kept, lone.index) {
            lone.id = id.to_owned();
        }
    }

    let mut keep: Vec<StableId> = (0..)
        .zip(&same)
        .filter_map(|(index, old)| Some((index, stable_id(kept, (*old)?)?.to_owned())))
        .chain(pairs(&vanished, &appeared))
        // an item whose own id it is has priority
        .filter(|(_, id)| !in_new.contains(id.as_str()))
        .collect();
    keep.sort_unstable();
    keep
}

/// Items without a partner whose words do not occur on the other side; the first of equal ones.
fn lone<'a>(
    tasks: &'a [Task],
    ids: &[String],
    has_partner: impl Fn(usize) -> bool,
    other_side: &BTreeSet<&str>,
) -> Vec<Lone<'a>> {
    let mut place = 0;
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for (index, (task, id)) in tasks.iter().zip(ids).enumerate() {
        if has_partner(index) {
            place += 1;
        } else if task.explicit_id.is_none() && !other_side.contains(id.as_str()) && seen.insert(id) {
            found.push(Lone { index, id: id.clone(), task, place });
        }
    }
    found.truncate(MOST);
    found
}

/// The new index and the old id of matched items.
fn pairs(vanished: &[Lone<'_>], appeared: &[Lone<'_>]) -> Vec<StableId> {
    let mut candidates = Vec::new();
    for old in vanished {
        for new in appeared {
            let distance = old.place.abs_diff(new.place);
            if distance > NEAR {
                continue;
            }
            let alike = alike(old.task, new.task);
            if alike >= ALIKE {
                let moved = old.task.under != new.task.under;
                // integers can be sorted
                let unlike = ((1.0 - alike) * 1000.0) as u32;
                candidates.push((moved, distance, unlike, old.index, new.index, old));
            }
        }
    }
    candidates.sort_by_key(|&(moved, distance, unlike, from, to, _)| (moved, distance, unlike, from, to));
    let (mut from, mut to) = (BTreeSet::new(), BTreeSet::new());
    let mut found = Vec::new();
    for (.., old, new, lone) in candidates {
        if !from.contains(&old) && !to.contains(&new) {
            from.insert(old);
            to.insert(new);
            found.push((new, lone.id.clone()));
        }
    }
    found
}

/// Similarity of two items from 0 to 1: by a common link, shared words, or shared characters.
fn alike(a: &Task, b: &Task) -> f64 {
    if let (Some(a), Some(b)) = (a.links.first(), b.links.first())
        && a.url == b.url
    {
        return 1.0;
    }
    let cut = |task: &Task| -> String { task.words.to_lowercase().chars().take(LONGEST).collect() };
    let (a, b) = (cut(a), cut(b));
    let words = |text: &str| -> BTreeSet<String> { text.split_whitespace().map(str::to_owned).collect() };
    let (in_a, in_b) = (words(&a), words(&b));
    let shorter = in_a.len().min(in_b.len());
    let shared = in_a.intersection(&in_b).count();
    let by_words = if shorter == 0 { 0.0 } else { shared as f64 / shorter as f64 };
    by_words.max(strsim::normalized_levenshtein(&a, &b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::short_id::full_ids;
    use crate::parse;

    fn tasks(text: &str) -> Vec<Task> {
        parse::parse(&NotePath::from("n.md"), text, &parse::Options::default()).note.tasks
    }

    /// The new items that keep an id, and the words of the items that had it.
    #[track_caller]
    fn case(before: &str, now: &str, want: &[(usize, &str)]) {
        let path = NotePath::from("n.md");
        let old = tasks(before);
        let kept = carry_over(&path, &old, &[], &tasks(now));
        let words = |id: &str| old.iter().find(|task| content_id(&path, task) == id).unwrap().words.as_str();
        let found: Vec<(usize, &str)> = kept.iter().map(|(index, id)| (*index, words(id))).collect();
        assert_eq!(found, want, "{before:?} -> {now:?}");
    }

    #[test]
    fn an_edited_item_keeps_its_id() {
        case("- [ ] call Ida\n", "- [ ] call Ida about the slides\n", &[(0, "call Ida")]);
        case("- [ ] raed the paper\n", "# new\n\n- [x] read the paper\n", &[(0, "raed the paper")]);
        case("- [ ] one\n- [ ] pay the bil\n", "- [ ] pay the bill\n- [ ] one\n", &[(0, "pay the bil")]);
        case("- [ ] see https://a.b/c\n", "- [ ] the talk https://a.b/c\n", &[(0, "see")]);
    }

    #[test]
    fn another_item_does_not() {
        case("- [ ] call Ida\n", "- [ ] water the plants\n", &[]);
        case("- [ ] call Ida\n", "- [ ] call Ida\n- [ ] call Ida twice\n", &[]);
        case("- [ ] a b c\n", "", &[]);
        case("- [ ] call Ida ^i\n", "- [ ] call Ida now\n", &[]);
        case("- [ ] call Ida\n", "- [ ] call Ida now ^i\n", &[]);
    }

    #[test]
    fn far_away_is_another_item() {
        let between = "- [ ] 1\n- [ ] 2\n- [ ] 3\n";
        case(&format!("- [ ] x y z\n{between}"), &format!("{between}- [ ] x y z!\n"), &[(3, "x y z")]);
        let between = format!("{between}- [ ] 4\n");
        case(&format!("- [ ] x y z\n{between}"), &format!("{between}- [ ] x y z!\n"), &[]);
    }

    #[test]
    fn the_best_pairs_come_first() {
        case(
            "- [ ] read part 1\n- [ ] read part 2\n",
            "- [ ] read part 2 of it\n- [ ] read part 1 of it\n",
            &[(0, "read part 2"), (1, "read part 1")],
        );
        // under the same parent
        case("- a\n  - [ ] buy milk\n- b\n", "- a\n  - [ ] buy oat milk\n- b\n  - [ ] buy milk!\n", &[(0, "buy milk")]);
    }

    #[test]
    fn later_ones_of_equal_items_keep_nothing() {
        case("- [ ] tea pot\n- [ ] tea pot\n", "- [ ] tea pots\n- [ ] tea pot\n", &[]);
        case("- [ ] tea pot\n- [ ] tea pot\n", "- [ ] tea pots\n- [ ] tea potty\n", &[(0, "tea pot")]);
    }

    #[test]
    fn an_id_is_kept_through_more_edits_until_its_words_come_back() {
        let path = NotePath::from("n.md");
        let texts = [
            "- [ ] call Ida\n",
            "- [ ] call Ida now please\n",
            "- [ ] 1\n- [x] call Ida now please\n",
            "- [ ] phone Ida now please\n",
        ];
        let first = content_id(&path, &tasks(texts[0])[0]);
        let mut kept = Vec::new();
        for pair in texts.windows(2) {
            kept = carry_over(&path, &tasks(pair[0]), &kept, &tasks(pair[1]));
            assert_eq!(kept.iter().map(|(_, id)| id).collect::<Vec<_>>(), [&first], "{}", pair[1]);
        }
        let again = "- [ ] phone Ida now please\n- [ ] call Ida\n";
        assert_eq!(carry_over(&path, &tasks(texts[3]), &kept, &tasks(again)), []);
        assert_eq!(carry_over(&path, &tasks(texts[3]), &kept, &tasks(texts[0])), []);
    }

    proptest::proptest! {
        #[test]
        fn ids_stay_unique(before in "(- \\[ \\] [ab]{1,2} [cd]{1,2}\n){0,6}", now in "(- \\[ \\] [ab]{1,2} [cd]{1,2}( \\^[ab])?\n){0,6}") {
            let path = NotePath::from("n.md");
            let now = tasks(&now);
            let kept = carry_over(&path, &tasks(&before), &[], &now);
            let ids = full_ids(now.iter().enumerate().map(|(index, task)| (&path, task, stable_id(&kept, index))));
            proptest::prop_assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
        }
    }
}

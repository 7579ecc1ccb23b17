//! Shortens the full ids of tasks, which [`crate::model::short_id`] makes, for listings.

use crate::model::short_id::SHORTEST;
use crate::model::short_id::split;

/// The shown part of each id: the shortest prefix, of at least three characters, that no other id begins with, including
/// `others`. Explicit ids and the `~2` of equal items are shown in full.
#[must_use]
pub fn shortened(full: &[String], explicit: &[bool], others: &[&str]) -> Vec<String> {
    let ids = full.iter().enumerate().map(|(index, id)| (split(id).0, index));
    let ids = ids.chain(others.iter().map(|id| (*id, usize::MAX)));
    // as a number, the first characters can be compared in one step
    let mut sorted: Vec<(u64, &str, usize)> = ids.map(|(id, index)| (head(id), id, index)).collect();
    sorted.sort_unstable();
    let mut shown = vec![String::new(); full.len()];
    // the ids with the longest common prefix are neighbours in alphabetical order
    let mut before = 0;
    let mut groups = sorted.chunk_by(|a, b| a.1 == b.1).peekable();
    while let Some(group) = groups.next() {
        let Some((_, base, _)) = group.first() else { continue };
        let after = groups.peek().and_then(|group| group.first()).map_or(0, |(_, next, _)| common(base, next));
        let length = (before.max(after) + 1).max(SHORTEST);
        before = after;
        for &(_, base, index) in group {
            let (Some(slot), Some(id)) = (shown.get_mut(index), full.get(index)) else { continue };
            let prefix = base.get(..length).unwrap_or(base);
            *slot = match (explicit.get(index), split(id).1) {
                (Some(true), _) => id.clone(),
                (_, None) => prefix.to_owned(),
                (_, Some(ordinal)) => format!("{prefix}~{ordinal}"),
            };
        }
    }
    shown
}

/// The first eight bytes as a number, in alphabetical order.
fn head(id: &str) -> u64 {
    let mut head = [0; 8];
    head.iter_mut().zip(id.bytes()).for_each(|(place, byte)| *place = byte);
    u64::from_be_bytes(head)
}

fn common(a: &str, b: &str) -> usize {
    a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shortest_unique_prefix_is_shown() {
        let full: Vec<String> = ["bcdfghjk", "bcdgzzzz", "xyz22222", "xyz22222~2", "mine"].map(str::to_owned).to_vec();
        let explicit = [false, false, false, false, true];
        assert_eq!(shortened(&full, &explicit, &[]), ["bcdf", "bcdg", "xyz", "xyz~2", "mine"]);
        assert_eq!(shortened(&full, &explicit, &["bcdfg", "xy"]), ["bcdfgh", "bcdg", "xyz", "xyz~2", "mine"]);
    }
}

//! What listings show of the full ids of tasks, which [`crate::model::short_id`] makes.

/// Shown at least.
const SHORTEST: usize = 3;

/// What is shown of each id: the shortest prefix, three characters at least, that no other id begins with.
/// Explicit ids and the `~2` of equal items are shown whole.
#[must_use]
pub fn shown(full: &[String], explicit: &[bool]) -> Vec<String> {
    let mut sorted: Vec<(&str, usize)> = full.iter().enumerate().map(|(index, id)| (split(id).0, index)).collect();
    sorted.sort_unstable();
    let groups: Vec<&[(&str, usize)]> = sorted.chunk_by(|a, b| a.0 == b.0).collect();
    let base = |group: usize| groups.get(group).and_then(|group| group.first()).map_or("", |(base, _)| base);
    let mut shown = vec![String::new(); full.len()];
    // no other id has more in common with one than those next to it in the alphabet
    let mut before = 0;
    for (at, group) in groups.iter().enumerate() {
        let after = common(base(at), base(at + 1));
        let length = (before.max(after) + 1).max(SHORTEST);
        before = after;
        for &(base, index) in *group {
            let (Some(slot), Some(id)) = (shown.get_mut(index), full.get(index)) else { continue };
            *slot = match (explicit.get(index), split(id).1) {
                (Some(true), _) => id.clone(),
                (_, None) => base.get(..length).unwrap_or(base).to_owned(),
                (_, Some(ordinal)) => format!("{}~{ordinal}", base.get(..length).unwrap_or(base)),
            };
        }
    }
    shown
}

/// An id, and the `2` of the `~2` of equal items.
pub(crate) fn split(id: &str) -> (&str, Option<&str>) {
    id.split_once('~').map_or((id, None), |(base, ordinal)| (base, Some(ordinal)))
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
        assert_eq!(shown(&full, &[false, false, false, false, true]), ["bcdf", "bcdg", "xyz", "xyz~2", "mine"]);
    }
}

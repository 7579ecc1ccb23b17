//! Where a text says a note's name without linking to it.

use crate::model::Note;
use crate::model::Span;

/// Shorter names are ordinary words.
const SHORTEST: usize = 4;

/// The places where one of the names stands as whole words, without regard to case, outside links and front matter.
#[must_use]
pub fn find(text: &str, note: &Note, names: &[&str]) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    for name in names.iter().filter(|name| name.chars().count() >= SHORTEST) {
        let first: Vec<char> = name.chars().flat_map(char::to_lowercase).collect();
        for (at, _) in
            text.char_indices().filter(|(at, c)| *at >= note.body && c.to_lowercase().next() == first.first().copied())
        {
            let before = text.get(..at).and_then(|before| before.chars().next_back());
            if before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
                continue;
            }
            let Some(end) = matched(text, at, &first) else { continue };
            let after = text.get(end..).and_then(|after| after.chars().next());
            let in_link = {
                let index = note.links.partition_point(|link| link.span.start <= at);
                note.links.iter().take(index).rev().take(4).any(|link| link.span.contains(at))
            };
            if !in_link && after.is_none_or(|c| !c.is_alphanumeric() && c != '_') {
                found.push(Span::new(at, end));
            }
        }
    }
    found.sort();
    found.dedup();
    found
}

/// The end of the name that begins at `at`, where it stands there.
fn matched(text: &str, at: usize, name: &[char]) -> Option<usize> {
    let mut wanted = name.iter();
    let mut end = at;
    for c in text.get(at..)?.chars() {
        for lower in c.to_lowercase() {
            if wanted.next() != Some(&lower) {
                return None;
            }
        }
        end += c.len_utf8();
        if wanted.len() == 0 {
            return Some(end);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::NotePath;
    use crate::parse;

    #[test]
    fn whole_words_outside_links() {
        let text = "---\ntitle: Saga\n---\nA saga, sagas, [[Saga]] and [x](saga.md). SAGA\n";
        let note = parse::parse(&NotePath::from("n.md"), text, &parse::Options::default()).note;
        let found: Vec<&str> = find(text, &note, &["Saga", "of"]).into_iter().map(|span| span.of(text)).collect();
        assert_eq!(found, ["saga", "SAGA"]);
    }
}

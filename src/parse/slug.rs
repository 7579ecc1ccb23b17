//! Anchors of headings: GitHub's, or the explicit `{#id}`.

use std::collections::HashMap;

/// Keeps anchors unique within a note.
#[derive(Default)]
pub(crate) struct Slugs {
    /// The anchors in use, each with the last number that was added to it.
    seen: HashMap<String, usize>,
}

impl Slugs {
    /// The anchor, with the first free number if it is taken. An empty anchor stays empty.
    pub(crate) fn unique(&mut self, base: String) -> String {
        if base.is_empty() {
            return base;
        }
        let mut candidate = base.clone();
        let mut count = self.seen.get(&base).copied().unwrap_or(0);
        while self.seen.contains_key(&candidate) {
            count += 1;
            candidate = format!("{base}-{count}");
        }
        self.seen.insert(base, count);
        self.seen.entry(candidate.clone()).or_insert(0);
        candidate
    }
}

/// The words of a heading and its explicit id: `Set up {#id}`, also with classes: `Set up {#id .big}`.
pub(crate) fn own_id(text: &str) -> (&str, Option<&str>) {
    let found = || {
        let rest = text.trim_end().strip_suffix('}')?;
        let (words, inside) = rest.rsplit_once('{')?;
        let mut parts = inside.split_whitespace();
        let id = parts.find_map(|part| part.strip_prefix('#')).filter(|id| !id.is_empty())?;
        let attributes = |part: &str| part.starts_with(['#', '.']) || part.contains('=');
        (inside.split_whitespace().all(attributes) && !words.trim().is_empty()).then_some((words.trim_end(), Some(id)))
    };
    found().unwrap_or((text, None))
}

/// GitHub's anchor of a heading: lower case, spaces to `-`, only letters, digits, marks, `-` and `_`.
#[must_use]
pub fn slug(words: &str) -> String {
    words
        .trim()
        .chars()
        .flat_map(char::to_lowercase)
        .filter_map(|c| match c {
            ' ' => Some('-'),
            c if c.is_alphanumeric() || c == '-' || c == '_' || is_mark(c) => Some(c),
            _ => None,
        })
        .collect()
}

/// Combining marks that belong to letters.
fn is_mark(c: char) -> bool {
    matches!(u32::from(c), 0x0300..=0x036F | 0x0483..=0x0489 | 0x0591..=0x05BD | 0x0610..=0x061A | 0x064B..=0x065F
        | 0x0900..=0x0903 | 0x093A..=0x094F | 0x0E31 | 0x0E34..=0x0E3A | 0x0E47..=0x0E4E | 0x20D0..=0x20FF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_githubs() {
        for (words, want) in [
            ("What's new? — C++ & _Rust_", "whats-new--c--_rust_"),
            ("This'll  be", "thisll--be"),
            ("Big 🎉 party", "big--party"),
            ("C# and F#", "c-and-f"),
            ("A. b/c: d?", "a-bc-d"),
            (" Überblick 日本 ", "überblick-日本"),
            ("🎉", ""),
        ] {
            assert_eq!(slug(words), want, "{words}");
        }
        let mut slugs = Slugs::default();
        let made: Vec<String> =
            ["a", "a", "a-1", "a", ""].into_iter().map(|base| slugs.unique(base.to_owned())).collect();
        assert_eq!(made, ["a", "a-1", "a-1-1", "a-2", ""]);
    }

    #[test]
    fn headings_name_themselves() {
        assert_eq!(own_id("Set up {#my-id}"), ("Set up", Some("my-id")));
        assert_eq!(own_id("Set up { .big #my.id }"), ("Set up", Some("my.id")));
        for text in ["Set up", "{#alone}", "Set {#a} up", "Set {}", "Set {a #b}", "Set {#}", "Set {.big}"] {
            assert_eq!(own_id(text), (text, None));
        }
    }
}

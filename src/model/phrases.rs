//! Lists of words and phrases, each as one text: `"read, watched, gave up"`, in lower case and without accents
//! ([`crate::model::words::fold`]).
//!
//! Every word of a notebook is looked up in them, so each list becomes a hash table on first use.

use std::collections::HashMap;
use std::collections::HashSet;
use std::sync::OnceLock;

use foldhash::fast::RandomState;

/// A list of words and phrases.
#[derive(Debug)]
pub struct Phrases {
    text: &'static str,
    all: OnceLock<HashSet<&'static str, RandomState>>,
    by_beginning: OnceLock<HashMap<&'static str, Vec<&'static str>, RandomState>>,
}

impl Phrases {
    /// A list with `, ` between its phrases.
    #[must_use]
    pub const fn new(text: &'static str) -> Self {
        Self { text, all: OnceLock::new(), by_beginning: OnceLock::new() }
    }

    /// All of them, in the order of the text.
    pub fn iter(&self) -> impl Iterator<Item = &'static str> {
        split(self.text)
    }

    /// True if it has this phrase.
    pub fn has(&self, phrase: &str) -> bool {
        self.all.get_or_init(|| self.iter().collect()).contains(phrase)
    }

    /// Those that begin with this word of letters and digits, in the order of the text.
    pub fn beginning_with(&self, word: &str) -> &[&'static str] {
        let by_beginning = self.by_beginning.get_or_init(|| {
            let mut all: HashMap<&str, Vec<&str>, RandomState> = HashMap::default();
            for phrase in self.iter() {
                all.entry(first_word(phrase)).or_default().push(phrase);
            }
            all
        });
        by_beginning.get(word).map_or(&[][..], Vec::as_slice)
    }

    /// The first of them with which a text begins, not followed by a letter, digit, `-` or `'`.
    pub fn at_front(&self, text: &str) -> Option<&'static str> {
        let fits = |phrase: &&&'static str| {
            let rest = text.strip_prefix(**phrase);
            rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '-' || c == '\''))
        };
        self.beginning_with(first_word(text)).iter().find(fits).copied()
    }
}

/// The letters and digits at the beginning of a text.
fn first_word(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
    text.get(..end).unwrap_or("")
}

/// The phrases of a text.
pub fn split(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.split(", ")
}

/// A map from each phrase to its meaning; the first meaning counts.
#[must_use]
pub fn by_phrase<T: Copy>(table: &[(T, &'static str)]) -> HashMap<&'static str, T> {
    let all = table.iter().rev().flat_map(|(meaning, text)| split(text).map(|phrase| (phrase, *meaning)));
    all.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_at_the_front() {
        static ALL: Phrases = Phrases::new("take, take a look, let's, set up");
        for (text, wanted) in [
            ("take", Some("take")),
            ("take a look", Some("take")),
            ("take: x", Some("take")),
            ("takes", None),
            ("take-away", None),
            ("let's go", Some("let's")),
            ("let us go", None),
            ("set up the loom", Some("set up")),
            ("set the loom up", None),
            ("", None),
        ] {
            assert_eq!(ALL.at_front(text), wanted, "{text}");
        }
        assert!(ALL.has("let's") && !ALL.has("let"));
    }
}

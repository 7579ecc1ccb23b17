//! Tables of words and phrases as one line of text each: `"read, watched, gave up"`, in lower case and without accents.
//! They are asked about every word of a list, so each is a hash table once it was used.

use std::collections::HashMap;
use std::collections::HashSet;
use std::sync::OnceLock;

/// Words and phrases.
#[derive(Debug)]
pub(super) struct Words {
    text: &'static str,
    all: OnceLock<HashSet<&'static str>>,
}

impl Words {
    pub(super) const fn new(text: &'static str) -> Self {
        Self { text, all: OnceLock::new() }
    }

    /// All of them, in the order of the text.
    pub(super) fn iter(&self) -> impl Iterator<Item = &'static str> {
        phrases(self.text)
    }

    /// True for one of them.
    pub(super) fn has(&self, word: &str) -> bool {
        self.all.get_or_init(|| self.iter().collect()).contains(word)
    }
}

/// The phrases of a text.
pub(super) fn phrases(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.split(", ")
}

/// What each phrase means; the first meaning counts.
pub(super) fn by_phrase<T: Copy>(table: &[(T, &'static str)]) -> HashMap<&'static str, T> {
    let all = table.iter().rev().flat_map(|(meaning, text)| phrases(text).map(|phrase| (phrase, *meaning)));
    all.collect()
}

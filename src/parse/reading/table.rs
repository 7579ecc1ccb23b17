//! Tables of words and phrases as one line of text each: `"read, watched, gave up"`.

/// Words and phrases with commas between them, in lower case and without accents.
#[derive(Debug, Clone, Copy)]
pub(super) struct Words(pub(super) &'static str);

impl Words {
    /// All of them.
    pub(super) fn iter(self) -> impl Iterator<Item = &'static str> {
        self.0.split(", ")
    }

    /// True for one of them.
    pub(super) fn has(self, word: &str) -> bool {
        self.iter().any(|other| other == word)
    }
}

//! The input of a search, in plain values: no syntax, no engine.

use std::collections::BTreeSet;

use crate::model::NotePath;

/// A query: words that rank, and conditions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SearchQuery {
    /// A hit contains any of them, and scores higher with more of them. The last one also counts as the beginning of a word.
    pub words: Vec<RankWord>,
    /// A condition that must hold as well; its words and phrases rank too, unless they are negated. Alone it lists everything it allows.
    pub filter: Option<Filter>,
}

/// A word that ranks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RankWord {
    /// As typed, without quotes and `*`. A word with other characters than letters and digits (`event-driven`, `RETAIL-23617`) is a
    /// phrase, or its parts if that phrase does not occur.
    pub text: String,
    /// True for `edi*`: any word that begins with it.
    pub prefix: bool,
    /// True for `"event bus"`: these words in this order, in any of their forms.
    pub phrase: bool,
}

/// A condition on sections and their notes.
///
/// Words, phrases, titles and headings apply to a section, sets of paths to its note. Other conditions of a query (tags, kinds,
/// dates, tasks) are tested on the notes' facts, and passed here as such a set.
/// `And` needs all of its parts in the same note, and selects the sections that contain one of its words;
/// `Not` removes the notes in which its part matches anywhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filter {
    /// Everything.
    All,
    /// All of these.
    And(Vec<Self>),
    /// Any of these.
    Or(Vec<Self>),
    /// Not this.
    Not(Box<Self>),
    /// A word in any of its forms.
    Word {
        /// As typed.
        text: String,
        /// True for `edi*`.
        prefix: bool,
    },
    /// These words in this order, in any of their forms.
    Phrase(String),
    /// Words in the title or the headings.
    Field {
        /// Which.
        field: Field,
        /// Its words; with a `*` at its end, a word stands for any word that begins with it.
        value: String,
    },
    /// Exactly these notes.
    Paths(BTreeSet<NotePath>),
}

/// The text searched by a [`Filter::Field`]: all words of the value must occur there. Case is ignored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// The note's title.
    Title,
    /// The headings above the section, its own included.
    Heading,
}

/// The order of the notes in an answer; on a tie by path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// The best first.
    #[default]
    Score,
    /// The latest date first (of the best section's entry, else of the note); undated notes last.
    Date,
    /// By path.
    Path,
    /// The last changed first.
    Modified,
}

/// Options for an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SearchOptions {
    /// Maximum number of notes.
    pub limit: usize,
    /// Maximum number of sections per note.
    pub sections: usize,
    /// The order of the notes.
    pub sort: Sort,
    /// Also explain the score of each hit.
    pub explain: bool,
    /// Maximum length of a snippet, in characters.
    pub snippet: usize,
}

impl Default for SearchOptions {
    fn default() -> Self {
        Self { limit: 20, sections: 3, sort: Sort::Score, explain: false, snippet: 200 }
    }
}

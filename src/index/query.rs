//! What is searched for, in plain values: no syntax, no engine.

use std::collections::BTreeSet;

use crate::model::NotePath;

/// A query: words that rank, and what must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SearchQuery {
    /// Any of them makes a hit, and each that occurs makes it a better one. The last one also counts as the beginning of a word.
    pub words: Vec<RankWord>,
    /// What must hold as well; its words and phrases rank too, where they are not excluded. Alone it lists all that it allows.
    pub filter: Option<Filter>,
}

/// A word that ranks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RankWord {
    /// As typed, without quotes and `*`. A word with anything but letters and digits in it (`event-driven`, `RETAIL-23617`) is a phrase, or
    /// its parts where that phrase occurs nowhere.
    pub text: String,
    /// True for `edi*`: all words that begin so, as one.
    pub prefix: bool,
    /// True for `"event bus"`: these words in this order, in any of their forms.
    pub phrase: bool,
}

/// A condition on sections and their notes.
///
/// Words, phrases, titles and headings look at a section, sets of paths at its note. What else a query can ask (tags, kinds,
/// dates, tasks) is asked of the notes' facts, and comes here as such a set.
/// `And` needs all of its parts in the same note, and gives the sections that contain one of its words;
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
        /// Its words; a `*` after one finds all that begin so.
        value: String,
    },
    /// Exactly these notes.
    Paths(BTreeSet<NotePath>),
}

/// What a [`Filter::Field`] searches: all words of the value must occur there. Case is ignored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// The note's title.
    Title,
    /// The headings above the section, its own included.
    Heading,
}

/// The order of the notes in an answer; paths decide between equals.
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

/// How an answer is to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SearchOptions {
    /// How many notes at most.
    pub limit: usize,
    /// How many sections of each note at most.
    pub sections: usize,
    /// Their order.
    pub sort: Sort,
    /// True to say what each hit's score is made of.
    pub explain: bool,
    /// How many characters a snippet has at most.
    pub snippet: usize,
}

impl Default for SearchOptions {
    fn default() -> Self {
        Self { limit: 20, sections: 3, sort: Sort::Score, explain: false, snippet: 200 }
    }
}

//! The reasons for a section's score.

use serde::Serialize;
use serde::Serializer;
use tantivy::schema::Field;

use crate::index::schema;

/// Where a word of the query was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MatchedIn {
    /// Anywhere in the section, its heading and the note's title.
    Anywhere,
    /// The note's title.
    Title,
    /// The headings above the section, its own included, except the title.
    Headings,
    /// The file name.
    Name,
    /// Other names of the note.
    Aliases,
    /// The section's own heading.
    Heading,
}

impl MatchedIn {
    /// The field of the index.
    pub(crate) fn field(self) -> Field {
        let fields = schema::fields();
        match self {
            Self::Anywhere => fields.all,
            Self::Title => fields.title,
            Self::Headings => fields.heads,
            Self::Name => fields.name,
            Self::Aliases => fields.aliases,
            Self::Heading => fields.heading,
        }
    }
}

/// A component of a score. In JSON it is a line of text, as people see it.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    /// The word, two words close to each other (`two … words`), a beginning (`edi…`), or the query that a name equals (`= two words`).
    pub word: String,
    /// Where it matched.
    pub place: MatchedIn,
    /// What it adds.
    pub score: f64,
}

impl std::fmt::Display for Reason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let place = match self.place {
            MatchedIn::Anywhere => "in the section",
            MatchedIn::Title => "in the title",
            MatchedIn::Headings => "in the headings",
            MatchedIn::Name => "in the file name",
            MatchedIn::Aliases => "in an alias",
            MatchedIn::Heading => "in the heading",
        };
        write!(f, "{:.2}  {} {place}", self.score, self.word)
    }
}

impl Serialize for Reason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

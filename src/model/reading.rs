//! Links that people save to read: what each is, and how far they got with it, according to its note.

use std::fmt;

use chrono::NaiveDate;
use serde::Deserialize;
use serde::Serialize;

use crate::model::Span;
use crate::model::calendar::DateRange;
use crate::model::calendar::Unit;

/// How far the reader got with a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReadingState {
    /// Meant to be read: an open box, `to read`.
    ToRead,
    /// Among things worth a look.
    ToLookAt,
    /// Begun.
    Reading,
    /// Read, watched, or listened to.
    Read,
    /// Dismissed unread.
    Dropped,
    /// In a reading list, without any sign of its state.
    Unsorted,
    /// Not meant for reading: mentioned in passing, or documentation.
    Reference,
}

impl ReadingState {
    /// All of them, in the order of listings.
    pub const ALL: [Self; 7] =
        [Self::ToRead, Self::ToLookAt, Self::Reading, Self::Read, Self::Dropped, Self::Unsorted, Self::Reference];

    /// The name in scripts and queries.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ToRead => "to_read",
            Self::ToLookAt => "to_look_at",
            Self::Reading => "reading",
            Self::Read => "read",
            Self::Dropped => "dropped",
            Self::Unsorted => "unsorted",
            Self::Reference => "reference",
        }
    }

    /// Reads a name, its words joined by `_`, `-` or spaces.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let name = name.trim().to_ascii_lowercase().replace(['-', ' '], "_");
        Self::ALL.into_iter().find(|state| state.name() == name)
    }

    /// True if it is still to be read or decided on.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::ToRead | Self::ToLookAt | Self::Reading | Self::Unsorted)
    }
}

/// What kind of thing a link leads to, as far as its address and the words beside it tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReadingKind {
    /// Any page.
    Article,
    /// A scientific paper, or a PDF.
    Paper,
    /// A film, a talk.
    Video,
    /// A book, or a page that sells one.
    Book,
    /// Source code.
    Repository,
    /// A course.
    Course,
    /// A page of a wiki.
    Wiki,
    /// Something to listen to.
    Podcast,
    /// A manual.
    Documentation,
    /// A thread of questions, answers or comments.
    Discussion,
}

impl ReadingKind {
    /// All of them, in the order of listings.
    pub const ALL: [Self; 10] = [
        Self::Article,
        Self::Paper,
        Self::Video,
        Self::Book,
        Self::Repository,
        Self::Course,
        Self::Wiki,
        Self::Podcast,
        Self::Documentation,
        Self::Discussion,
    ];

    /// The name in scripts and queries.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Paper => "paper",
            Self::Video => "video",
            Self::Book => "book",
            Self::Repository => "repository",
            Self::Course => "course",
            Self::Wiki => "wiki",
            Self::Podcast => "podcast",
            Self::Documentation => "documentation",
            Self::Discussion => "discussion",
        }
    }

    /// Typical time for one of this kind, in minutes, if the note does not say.
    #[must_use]
    pub const fn usual_minutes(self) -> u32 {
        match self {
            Self::Article | Self::Wiki | Self::Discussion | Self::Repository => 15,
            Self::Documentation => 30,
            Self::Video => 45,
            Self::Paper | Self::Podcast => 60,
            Self::Course | Self::Book => 600,
        }
    }
}

/// Why a link has its state.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ReadingWhy {
    /// From the box before it.
    Box,
    /// From a word before or after it: `read`, `watched`, `to read`.
    Word(String),
    /// It is struck through.
    Struck,
    /// From the heading or item above it.
    Section(String),
    /// From remarks below it, whose number this is: somebody wrote what they think of it.
    Remarks(usize),
    /// It belongs to a plan to do something.
    Intention(String),
    /// It is part of a sentence or a remark.
    Sentence,
    /// It is in a reading list with this name, and nothing more is known.
    List(String),
    /// Nothing says that it is to be read.
    Nothing,
}

impl fmt::Display for ReadingWhy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Box => f.write_str("its box says so"),
            Self::Word(word) => write!(f, "the word \"{word}\" says so"),
            Self::Struck => f.write_str("it is struck through"),
            Self::Section(label) => write!(f, "it is under \"{label}\""),
            Self::Remarks(1) => f.write_str("there is a remark below it"),
            Self::Remarks(count) => write!(f, "there are {count} remarks below it"),
            Self::Intention(words) => write!(f, "\"{words}\" is something to do, not to read"),
            Self::Sentence => f.write_str("it is named in passing"),
            Self::List(label) => write!(f, "it is under \"{label}\", without a box or a remark"),
            Self::Nothing => f.write_str("nothing says that it is to be read"),
        }
    }
}

/// How exact the day is on which something was noted or read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReadingPrecision {
    /// On that day.
    Day,
    /// On that day or earlier.
    By,
    /// Some day in that month; the date is its first day.
    Month,
}

impl ReadingPrecision {
    /// The days that are possible: one, or all of a month.
    #[must_use]
    pub fn days(self, day: NaiveDate) -> DateRange {
        let month = Some(day).filter(|_| self == Self::Month).and_then(|day| Unit::Month.period(day));
        month.unwrap_or(DateRange::day(day))
    }
}

/// A link of a note that is, or might be, something to read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// The link.
    pub span: Span,
    /// 1-based line of the list item; for a reference, and outside lists, the line of the link.
    pub line: usize,
    /// The byte where the item's text begins, after its marker: a box would go there. `None` outside list items.
    pub text_start: Option<usize>,
    /// The task that the item is: an index into [`crate::model::Note::tasks`].
    pub task: Option<usize>,
    /// The box is that of a repeating task: it is to be read again each time.
    pub repeats: bool,
    /// As written.
    pub url: String,
    /// The normalized address: see [`crate::model::web_address::key`].
    pub key: String,
    /// Other addresses of the same thing on the same item: 1-based line, and the address as written.
    pub others: Vec<(usize, String)>,
    /// Never empty.
    pub title: String,
    /// Who wrote or said it.
    pub author: Option<String>,
    /// Where it was presented or published: a conference, a journal.
    pub venue: Option<String>,
    /// When it was published.
    pub year: Option<u16>,
    /// What kind of thing it is.
    pub kind: ReadingKind,
    /// How long it takes, if the note says so.
    pub minutes: Option<u32>,
    /// How far the reader got with it.
    pub state: ReadingState,
    /// Why it has that state.
    pub why: ReadingWhy,
    /// When it was noted, and how exact that is.
    pub added: Option<(NaiveDate, ReadingPrecision)>,
    /// When it was read or dropped.
    pub finished: Option<(NaiveDate, ReadingPrecision)>,
    /// The headings and items above it, outermost first, without the note's title and dates.
    pub group: Vec<String>,
    /// The remarks below it, one text per item; long ones are cut.
    pub remarks: Vec<String>,
}

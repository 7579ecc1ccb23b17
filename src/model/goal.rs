//! Goals and skills that somebody keeps, words that speak of skills, and praise.
//!
//! The parser finds them; what belongs to a goal over all notes is for the reports.

use std::fmt;

use chrono::NaiveDate;
use serde::Deserialize;
use serde::Deserializer;
use serde::Serialize;
use serde::Serializer;

use crate::model::Span;

/// What a goal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GoalKind {
    /// Something to reach.
    #[default]
    Goal,
    /// Something to be able to do.
    Skill,
}

/// How well something is done: `2`, or `2.5`. In tenths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Level(u16);

impl Level {
    /// So many tenths.
    #[must_use]
    pub const fn of_tenths(tenths: u16) -> Self {
        Self(tenths)
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 % 10 {
            0 => write!(f, "{}", self.0 / 10),
            tenth => write!(f, "{}.{tenth}", self.0 / 10),
        }
    }
}

/// A number where people read it.
impl Serialize for Level {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 % 10 {
            _ if !serializer.is_human_readable() => serializer.serialize_u16(self.0),
            0 => serializer.serialize_u16(self.0 / 10),
            _ => serializer.serialize_f64(f64::from(self.0) / 10.0),
        }
    }
}

/// From the index, which keeps tenths.
impl<'de> Deserialize<'de> for Level {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        u16::deserialize(deserializer).map(Self)
    }
}

/// A goal or skill: a heading of a note about goals, an item of its list, a note, or what the tag `#goal` or `#skill` marks.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Goal {
    /// What it is called, without tags and marks.
    pub name: String,
    /// By which tags mean it: `messaging` of `#skill/messaging`.
    pub names: Vec<String>,
    /// What it is.
    pub kind: GoalKind,
    /// 1-based line of its heading or item.
    pub line: usize,
    /// 1-based last line of all that is under it.
    pub end_line: usize,
    /// The bytes of its heading or of its item's first line; nothing where the note is the goal.
    pub span: Span,
    /// How well it is done today.
    pub level: Option<Level>,
    /// How well it shall be done.
    pub target: Option<Level>,
    /// By when, the last day of a month or year where no day is named.
    pub by: Option<NaiveDate>,
    /// Results that are counted.
    pub key_results: Vec<KeyResult>,
    /// 1-based lines of items without a box that say nothing of whether they are done.
    pub points: Vec<usize>,
    /// 1-based lines of items under a heading such as "Evidence".
    pub evidence: Vec<usize>,
    /// The goal under which it is: a smaller index of the same note's.
    pub parent: Option<usize>,
}

/// A result that is counted: `KR: talks given 3/10`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyResult {
    /// 1-based.
    pub line: usize,
    /// As written, without marker.
    pub text: String,
    /// How much of it is reached.
    pub done: u32,
    /// How much there is to reach; 100 where it is given in percent.
    pub of: u32,
}

/// A word beside "skill": `TOMO skill`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SkillWord {
    /// As written.
    pub word: String,
    /// 1-based.
    pub line: usize,
    /// The word's bytes.
    pub span: Span,
}

/// Praise that somebody wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Endorsement {
    /// 1-based first line of the words.
    pub line: usize,
    /// 1-based last line of the words.
    pub end_line: usize,
    /// The words, with quotes and author.
    pub span: Span,
    /// What is praised: `ability to set and achieve goals`, else the beginning of the words.
    pub about: String,
    /// Who wrote it.
    pub by: Option<String>,
    /// When, as it says itself.
    pub date: Option<NaiveDate>,
    /// Blanks of a template that nobody filled in: `[name of colleague]`.
    pub placeholders: Vec<Span>,
}

//! Goals and skills, words that mention skills, and praise.
//!
//! The parser finds them; the reports work out what belongs to a goal across all notes.

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

/// A level such as `2` or `2.5`, stored in tenths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Level(u16);

impl Level {
    /// A level from tenths.
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

/// Serialized as a number where people read it.
impl Serialize for Level {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 % 10 {
            _ if !serializer.is_human_readable() => serializer.serialize_u16(self.0),
            0 => serializer.serialize_u16(self.0 / 10),
            _ => serializer.serialize_f64(f64::from(self.0) / 10.0),
        }
    }
}

/// From the index, which stores tenths.
impl<'de> Deserialize<'de> for Level {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        u16::deserialize(deserializer).map(Self)
    }
}

/// A goal or skill: a heading in a note about goals, an item of its list, a whole note, or what is tagged `#goal` or `#skill`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Goal {
    /// Its name, without tags and marks.
    pub name: String,
    /// Names used in its tags: `messaging` in `#skill/messaging`.
    pub names: Vec<String>,
    /// What it is.
    pub kind: GoalKind,
    /// 1-based line of its heading or item.
    pub line: usize,
    /// 1-based last line of everything under it.
    pub end_line: usize,
    /// The bytes of its heading or of its item's first line; empty where the note is the goal.
    pub span: Span,
    /// The level reached today.
    pub level: Option<Level>,
    /// The level aimed for.
    pub target: Option<Level>,
    /// The deadline; the last day of a month or year where no day is named.
    pub by: Option<NaiveDate>,
    /// The deadline as written, where nothing says its year: `December`.
    pub by_said: Option<String>,
    /// Measurable results.
    pub key_results: Vec<KeyResult>,
    /// 1-based lines of items without a box that do not say whether they are done.
    pub points: Vec<usize>,
    /// 1-based lines of items under a heading such as "Evidence".
    pub evidence: Vec<usize>,
    /// The goal that it is part of: a smaller index in the same note's goals.
    pub parent: Option<usize>,
}

/// A measurable result: `KR: talks given 3/10`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyResult {
    /// 1-based.
    pub line: usize,
    /// As written, without marker.
    pub text: String,
    /// How much is reached.
    pub done: u32,
    /// How much there is to reach; 100 for percentages.
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

/// Praise received, as written in a note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Endorsement {
    /// 1-based first line of the text.
    pub line: usize,
    /// 1-based last line of the text.
    pub end_line: usize,
    /// The text, with quotes and author.
    pub span: Span,
    /// What is praised: `ability to set and achieve goals`, else the beginning of the text.
    pub about: String,
    /// Who wrote it.
    pub by: Option<String>,
    /// When, according to itself.
    pub date: Option<NaiveDate>,
    /// Template placeholders that were never filled in: `[name of colleague]`.
    pub placeholders: Vec<Span>,
}

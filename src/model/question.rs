//! Questions and decisions in a note, whether a question is answered, and what became of a decision.

use chrono::NaiveDate;
use serde::Deserialize;
use serde::Serialize;

use crate::model::Span;

/// A question in a note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// 1-based line of its first words.
    pub line: usize,
    /// Its words, with the bullet or label before them; all lines of a wrapped item.
    pub span: Span,
    /// On one line, without markup and addresses; for a question in brackets, only what is in them.
    pub text: String,
    /// How it is written.
    pub form: QuestionForm,
    /// Whether it is answered.
    pub state: QuestionState,
    /// Why it has that state.
    pub why: QuestionReason,
    /// The heading or label line above it: an index into the sections.
    pub section: Option<usize>,
    /// 1-based line where its answer begins.
    pub answer_line: Option<usize>,
    /// List items that answer it.
    pub points: usize,
}

/// How a question is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuestionForm {
    /// `## Why Kinesis?`
    Heading,
    /// A list item that asks.
    Item,
    /// After `QUESTION:` or `Q:`.
    Label,
    /// `> [!question]`
    Callout,
    /// A question that stands over its answer: in bold, as a summary, or above `: it is`.
    Term,
}

/// Whether a question is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuestionState {
    /// Nothing answers it.
    Open,
    /// It is barely a question, or its answer is barely one.
    Weak,
    /// It has an answer.
    Answered,
}

impl QuestionState {
    /// The name in `--state` and JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Weak => "weak",
            Self::Answered => "answered",
        }
    }
}

/// Why a question has its state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuestionReason {
    /// Open: nothing is below it, or only more questions and open to-dos.
    NoAnswer,
    /// Weak: it is asked in passing, in brackets.
    InBrackets,
    /// Weak: it asks without a question mark.
    NoMark,
    /// Weak: all that answers it is a link.
    OnlyLink,
    /// Weak: all that answers it is a `maybe` or the like.
    OnlyDoubt,
    /// Weak: its box says that it was dropped.
    Dropped,
    /// Answered: by what is below it.
    Below,
    /// Answered: by what follows it, on the same line.
    Beside,
    /// Answered: by what follows `A:` or `Answer:`.
    Label,
    /// Answered: its box is ticked.
    Closed,
}

impl QuestionReason {
    /// The state that follows from it.
    #[must_use]
    pub const fn state(self) -> QuestionState {
        match self {
            Self::NoAnswer => QuestionState::Open,
            Self::InBrackets | Self::NoMark | Self::OnlyLink | Self::OnlyDoubt | Self::Dropped => QuestionState::Weak,
            Self::Below | Self::Beside | Self::Label | Self::Closed => QuestionState::Answered,
        }
    }
}

/// A decision in a note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// 1-based line of its first words; of the title, for a record.
    pub line: usize,
    /// Its words, with the bullet or label before them.
    pub span: Span,
    /// On one line, without markup; the title, for a record.
    pub text: String,
    /// How it is written.
    pub form: DecisionForm,
    /// What became of it, if the record says so.
    pub status: Option<DecisionStatus>,
    /// The record's own date, if a line has one.
    pub date: Option<NaiveDate>,
    /// The heading or label line above it: an index into the sections.
    pub section: Option<usize>,
}

/// How a decision is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecisionForm {
    /// After `Decision:`
    Label,
    /// A sentence that begins with `We decided` or the like.
    Sentence,
    /// A list item under the heading `Decisions`.
    Item,
    /// A note that is the record of one decision: a status, and a heading `Decision` or `Decision Outcome`.
    Record,
}

/// What became of a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecisionStatus {
    /// Not taken yet.
    Proposed,
    /// In force.
    Accepted,
    /// It was not taken.
    Rejected,
    /// No longer in force.
    Deprecated,
    /// Replaced by another.
    Superseded,
}

impl DecisionStatus {
    /// True for decisions that were rejected or are no longer in force.
    #[must_use]
    pub const fn is_gone(self) -> bool {
        matches!(self, Self::Rejected | Self::Deprecated | Self::Superseded)
    }

    /// The name in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::Deprecated => "deprecated",
            Self::Superseded => "superseded",
        }
    }
}

//! Questions and decisions: what a note asks, whether it also answers, and what it says was decided.

use chrono::NaiveDate;
use serde::Deserialize;
use serde::Serialize;

use crate::model::Span;

/// A question where it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// 1-based line of its first words.
    pub line: usize,
    /// Its words, with the bullet or label before them; of a wrapped item all lines.
    pub span: Span,
    /// On one line, without markup and addresses; of a question in brackets what is in them.
    pub text: String,
    /// How it is written.
    pub form: QuestionForm,
    /// Whether it is answered.
    pub state: QuestionState,
    /// How the state is known.
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
}

/// Whether a question is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuestionState {
    /// Nothing answers it.
    Open,
    /// It is hardly a question, or its answer is hardly one.
    Weak,
    /// It has an answer.
    Answered,
}

impl QuestionState {
    /// As `--state` and JSON name it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Weak => "weak",
            Self::Answered => "answered",
        }
    }
}

/// How the state of a question is known.
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
    /// Weak: its box says that nobody asks it any more.
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
    /// The state that it gives.
    #[must_use]
    pub const fn state(self) -> QuestionState {
        match self {
            Self::NoAnswer => QuestionState::Open,
            Self::InBrackets | Self::NoMark | Self::OnlyLink | Self::OnlyDoubt | Self::Dropped => QuestionState::Weak,
            Self::Below | Self::Beside | Self::Label | Self::Closed => QuestionState::Answered,
        }
    }
}

/// A decision where it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// 1-based line of its first words; of a record, of its title.
    pub line: usize,
    /// Its words, with the bullet or label before them.
    pub span: Span,
    /// On one line, without markup; of a record its title.
    pub text: String,
    /// How it is written.
    pub form: DecisionForm,
    /// What became of it, where the record says so.
    pub status: Option<DecisionStatus>,
    /// The record's own date, where a line says so.
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
    /// It holds.
    Accepted,
    /// It was not taken.
    Rejected,
    /// It does not hold any more.
    Deprecated,
    /// Another took its place.
    Superseded,
}

impl DecisionStatus {
    /// True for what was not taken, or holds no more.
    #[must_use]
    pub const fn is_gone(self) -> bool {
        matches!(self, Self::Rejected | Self::Deprecated | Self::Superseded)
    }

    /// As JSON names it.
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

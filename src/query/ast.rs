//! The syntax tree of a query: terms with their positions in the query.
//!
//! Built by the parser only, in one canonical shape: no list with fewer than two items, no list directly in a list of the
//! same kind, no double negation. Two trees are equal if they mean the same; positions are ignored.

use crate::model::Priority;
use crate::model::ReadingState;
use crate::model::Span;
use crate::model::Status;
use crate::model::calendar::DateRange;
use crate::model::calendar::Length;
use crate::query::fields::Field;
use crate::query::pattern::Pattern;

/// A query. Without an expression it matches everything.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Query {
    /// All conditions.
    pub expr: Option<Expr>,
}

/// A query or a part of one.
#[derive(Debug, Clone, PartialEq)]
pub enum Expr {
    /// One condition.
    Term(Term),
    /// `NOT x`, `-x`
    Not(Box<Self>),
    /// `x AND y`: joined explicitly, so also strict where plain words rank.
    And(Vec<Self>),
    /// `x y`: side by side. All must hold when filtering; in a search the plain words among them rank.
    Seq(Vec<Self>),
    /// `x OR y`, `x | y`
    Or(Vec<Self>),
    /// `@name`
    Named(Named),
}

/// A query from the settings, and where it is used.
#[derive(Debug, Clone)]
pub struct Named {
    /// Without `@`, as in the settings.
    pub name: String,
    /// The position of `@name`.
    pub span: Span,
    /// The query of that name.
    pub expr: Box<Expr>,
}

impl PartialEq for Named {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.expr == other.expr
    }
}

impl Expr {
    pub(crate) fn not(self) -> Self {
        match self {
            Self::Not(inner) => *inner,
            other => Self::Not(Box::new(other)),
        }
    }

    /// Joins by an explicit AND.
    pub(crate) fn and(items: Vec<Self>) -> Option<Self> {
        join(items, Self::And, |item| if let Self::And(items) = item { Ok(items) } else { Err(item) })
    }

    pub(crate) fn seq(items: Vec<Self>) -> Option<Self> {
        join(items, Self::Seq, |item| if let Self::Seq(items) = item { Ok(items) } else { Err(item) })
    }

    pub(crate) fn or(items: Vec<Self>) -> Option<Self> {
        join(items, Self::Or, |item| if let Self::Or(items) = item { Ok(items) } else { Err(item) })
    }

    /// All terms in the order of the query, including negated ones, but not those inside `task:(…)`.
    pub fn terms(&self) -> Vec<&Term> {
        let mut found = Vec::new();
        let mut waiting = vec![self];
        while let Some(next) = waiting.pop() {
            match next {
                Self::Term(term) => found.push(term),
                Self::Not(inner) | Self::Named(Named { expr: inner, .. }) => waiting.push(inner),
                Self::And(items) | Self::Seq(items) | Self::Or(items) => waiting.extend(items.iter().rev()),
            }
        }
        found
    }
}

/// Flattens lists of the same kind. A single item is returned as it is; `None` if there are none.
fn join(items: Vec<Expr>, list: fn(Vec<Expr>) -> Expr, open: fn(Expr) -> Result<Vec<Expr>, Expr>) -> Option<Expr> {
    let mut flat = Vec::with_capacity(items.len());
    for item in items {
        match open(item) {
            Ok(inner) => flat.extend(inner),
            Err(item) => flat.push(item),
        }
    }
    if flat.len() < 2 { flat.pop() } else { Some(list(flat)) }
}

/// One condition, with its position in the query. Terms of a named query have the position of its `@name`.
#[derive(Debug, Clone)]
pub struct Term {
    /// The bytes of the query.
    pub span: Span,
    /// The condition.
    pub test: Test,
}

impl PartialEq for Term {
    fn eq(&self, other: &Self) -> bool {
        self.test == other.test
    }
}

/// The condition of a term.
#[derive(Debug, Clone, PartialEq)]
pub enum Test {
    /// Words anywhere.
    Text(Text),
    /// `title:x`, `tag:x`, `link:x` and the other fields that hold words or names.
    In(Field, Match),
    /// `is:x`
    Is(Is),
    /// `has:x`
    Has(Has),
    /// `status:x`
    Status(Status),
    /// `state:x`, for a link to read.
    State(ReadingState),
    /// `priority:any`, `priority:>=high`; `None` is the normal priority.
    Priority(Compare<Option<Priority>>),
    /// `due:x` and the other dates.
    Date(Field, Compare<When>),
    /// `age:>30d`
    Age(Compare<Length>),
    /// `task:(…)`, `task-todo:`, `task-done:`; `None` is any task.
    Task(TaskState, Option<Box<Expr>>),
    /// `[key]`, `[key:…]`: the key as written.
    Property(String, PropertyTest),
}

/// A text to look for.
#[derive(Debug, Clone, PartialEq)]
pub enum Text {
    /// `outbox`: a plain word. In a search it ranks; in a filter it matches the beginning of words.
    Word(String),
    /// `edi*`: the beginning of a word, without the `*`.
    Prefix(String),
    /// `"event bus"`: these whole words in this order; strict.
    Phrase(String),
    /// `2026-?1*`: a pattern for a name, where `*` is any text and `?` any character.
    Glob(String),
    /// `^weekly`: the text begins with it.
    Start(String),
    /// `/re+gex/`
    Regex(Pattern),
}

/// Anything, nothing, or a text.
#[derive(Debug, Clone, PartialEq)]
pub enum Match {
    /// `field:any`
    Any,
    /// `field:none`
    None,
    /// `field:x`
    Text(Text),
}

/// Anything, nothing, or a comparison.
#[derive(Debug, Clone, PartialEq)]
pub enum Compare<T> {
    /// `field:any`
    Any,
    /// `field:none`
    None,
    /// `field:<x`
    With(Op, T),
}

/// A comparison operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Op {
    /// `:` or `=`; for a range: inside it.
    Equal,
    /// `<`; for a range: before its first day.
    Less,
    /// `<=`; for a range: not after its last day.
    LessOrEqual,
    /// `>`; for a range: after its last day.
    Greater,
    /// `>=`; for a range: not before its first day.
    GreaterOrEqual,
}

impl Op {
    /// As written after the colon.
    #[must_use]
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Equal => "",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
        }
    }

    /// True if a value that compares like `ordering` satisfies it.
    #[must_use]
    pub fn accepts(self, ordering: std::cmp::Ordering) -> bool {
        match self {
            Self::Equal => ordering.is_eq(),
            Self::Less => ordering.is_lt(),
            Self::LessOrEqual => ordering.is_le(),
            Self::Greater => ordering.is_gt(),
            Self::GreaterOrEqual => ordering.is_ge(),
        }
    }

    /// True if `days` satisfies the comparison with `range`; `days` may be more than one day too (a month, a two-day meeting).
    #[must_use]
    pub fn accepts_days(self, days: DateRange, range: DateRange) -> bool {
        let sure = |one: Option<_>, other: Option<_>, test: fn(&_, &_) -> bool| match (one, other) {
            (Some(one), Some(other)) => test(&one, &other),
            _ => false,
        };
        match self {
            Self::Equal => days.overlaps(range),
            Self::Less => sure(days.start, range.start, |a: &chrono::NaiveDate, b| a < b),
            Self::LessOrEqual => sure(days.start, range.end, |a: &chrono::NaiveDate, b| a <= b),
            Self::Greater => sure(days.end, range.end, |a: &chrono::NaiveDate, b| a > b),
            Self::GreaterOrEqual => sure(days.end, range.start, |a: &chrono::NaiveDate, b| a >= b),
        }
    }
}

/// A natural date as written, and its meaning on the day of parsing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct When {
    /// As one word; see [`crate::model::calendar::tidy`].
    pub text: String,
    /// The days it stands for.
    pub range: DateRange,
}

/// The values of `is:`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Is {
    /// A task that is open, started or waiting.
    Open,
    /// A task that is done.
    Done,
    /// An open task whose due date has passed.
    Overdue,
    /// A note that says it is a draft.
    Draft,
    /// A note that says it is private or not to be published.
    Private,
    /// A note to which no other links.
    Orphan,
    /// A note with a question; a task with the box `[?]` or a question mark at its end.
    Question,
    /// A note with a decision.
    Decision,
}

impl Is {
    /// As written.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Done => "done",
            Self::Overdue => "overdue",
            Self::Draft => "draft",
            Self::Private => "private",
            Self::Orphan => "orphan",
            Self::Question => "question",
            Self::Decision => "decision",
        }
    }

    pub(crate) const ALL: [Self; 8] = [
        Self::Open,
        Self::Done,
        Self::Overdue,
        Self::Draft,
        Self::Private,
        Self::Orphan,
        Self::Question,
        Self::Decision,
    ];
}

/// The values of `has:`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Has {
    /// A task; for a task, a subtask.
    Task,
    /// A link of any kind except embeds and images.
    Link,
    /// A tag.
    Tag,
    /// `![[…]]` or an image.
    Embed,
    /// A due date.
    Due,
    /// A ticket key.
    Ticket,
}

impl Has {
    /// As written.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Task => "task",
            Self::Link => "link",
            Self::Tag => "tag",
            Self::Embed => "embed",
            Self::Due => "due",
            Self::Ticket => "ticket",
        }
    }

    pub(crate) const ALL: [Self; 6] = [Self::Task, Self::Link, Self::Tag, Self::Embed, Self::Due, Self::Ticket];
}

/// Which tasks `task:`, `task-todo:`, `task-done:` consider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TaskState {
    /// All.
    Any,
    /// Open ones.
    Open,
    /// Done ones.
    Done,
}

/// The condition in `[key…]` on a front matter entry.
#[derive(Debug, Clone, PartialEq)]
pub enum PropertyTest {
    /// `[key]`: it exists.
    Exists,
    /// `[key:null]`: it exists and is empty.
    Null,
    /// `[key:x]`: compared as numbers if both are numbers, else as words.
    Text(Text),
    /// `[key:<5]`, `[key:>=2026-01]`
    Compare(Op, Literal),
}

/// A number or a date to compare a front matter entry with, depending on the entry.
#[derive(Debug, Clone)]
pub struct Literal {
    /// As written; a date as one word.
    pub text: String,
    /// As a number, finite.
    pub number: Option<f64>,
    /// As days.
    pub date: Option<DateRange>,
}

impl PartialEq for Literal {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

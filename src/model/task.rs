//! Tasks: a box somewhere in a note, and what follows it.

use chrono::NaiveDate;
use serde::Deserialize;
use serde::Serialize;

use crate::model::Span;
use crate::model::Status;
use crate::model::meeting::Carried;

/// How a box is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// CommonMark sees a list item.
    #[default]
    List,
    /// CommonMark sees indented code.
    Indented,
    /// CommonMark sees the rest of a paragraph.
    Lazy,
    /// Box before bullet: `[ ] - text`.
    Swapped,
    /// No bullet: `[ ] text`.
    Bare,
    /// `- []`, `- [  ] text`, `-[ ] text`, `- [x]text`.
    Malformed,
    /// Logseq's `TODO text`: a marker in the place of the box.
    Marker,
    /// A line of a todo.txt file: no box, `x ` at its beginning when done.
    TodoTxt,
}

/// How urgent a task is, highest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Priority {
    /// 🔺
    Highest,
    /// ⏫, and the boxes `[!]`, `[*]`
    High,
    /// 🔼
    Medium,
    /// 🔽
    Low,
    /// ⏬
    Lowest,
}

/// Which field of a task a [`Field`] holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// 📅 `due`
    Due,
    /// ⏳ `scheduled`
    Scheduled,
    /// 🛫 `start`
    Start,
    /// ➕ `created`
    Created,
    /// ✅ `completion`
    Done,
    /// ❌ `cancelled`
    Cancelled,
    /// 🔺⏫🔼🔽⏬ `priority`
    Priority,
    /// 🔁 `repeat`
    Recurrence,
    /// 🏁 `onCompletion`
    OnCompletion,
    /// 🆔 `id`
    Id,
    /// ⛔ `dependsOn`
    DependsOn,
}

impl FieldKind {
    /// True where the value is a day.
    #[must_use]
    pub const fn is_date(self) -> bool {
        matches!(self, Self::Due | Self::Scheduled | Self::Start | Self::Created | Self::Done | Self::Cancelled)
    }
}

/// How a field is written, so that it is written back the same way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FieldStyle {
    /// `📅 2026-12-01`
    Emoji,
    /// `[due:: 2026-12-01]`
    Bracket,
    /// `(due:: 2026-12-01)`
    Paren,
    /// `due:2026-12-01`
    Plain,
    /// As todo.txt has it: `(A)` and dates at the beginning of the line, `due:2026-12-01`, `t:2026-12-01`, `rec:1w`.
    TodoTxt,
}

/// A field that is on a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// Which.
    pub kind: FieldKind,
    /// How it is written.
    pub style: FieldStyle,
    /// All of it in the note.
    pub span: Span,
    /// Its value in the note.
    pub value_span: Span,
    /// Its value as written.
    pub value: String,
}

/// A link on a task, as scripts see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskLink {
    /// As [`crate::model::Link::target`].
    pub url: String,
    /// As [`crate::model::Link::text`].
    pub text: String,
}

/// A box with what follows it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// 1-based line of the box.
    pub line: usize,
    /// 1-based column of the box's `[`, in Unicode scalar values; 1 in todo.txt.
    pub column: usize,
    /// From the first byte of the item's first line to the end of its last text line (children not counted), without the line end.
    pub span: Span,
    /// What is between the brackets (may be empty); Logseq's marker; in todo.txt the `x`, or nothing at the line's beginning.
    pub symbol_span: Span,
    /// What is between the brackets, as written; `[]` gives `" "`.
    pub symbol: String,
    /// What the symbol means in this notebook.
    pub status: Status,
    /// How it is written.
    pub form: Form,
    /// The bytes of the item's text, line by line, without box, marker, indentation and quote marks.
    pub text_spans: Vec<Span>,
    /// The item's text on one line as written: wrapped lines joined by one space.
    pub text: String,
    /// Its own words, as a person reads them: `text` without fields, block id, markup, URLs, and separators at the ends.
    pub words: String,
    /// How many list items it is under.
    pub depth: usize,
    /// The texts of the list items above it, outermost first.
    pub under: Vec<String>,
    /// The task directly above it: an index into [`crate::model::Note::tasks`], always smaller than its own.
    pub parent: Option<usize>,
    /// The section it is in: an index into [`crate::model::Note::sections`].
    pub section: Option<usize>,
    /// A parent without link or date of its own whose children are tasks.
    pub group: bool,
    /// Every field that is on it, in the order of the text; of each kind the first counts.
    pub fields: Vec<Field>,
    /// When it must be done.
    pub due: Option<NaiveDate>,
    /// When it is planned.
    pub scheduled: Option<NaiveDate>,
    /// Not before.
    pub start: Option<NaiveDate>,
    /// Written down on.
    pub created: Option<NaiveDate>,
    /// Done on.
    pub completed: Option<NaiveDate>,
    /// Dropped on.
    pub cancelled: Option<NaiveDate>,
    /// `None`: ordinary.
    pub priority: Option<Priority>,
    /// As written: `every week on Monday`; todo.txt's `rec:1w` in these words.
    pub recurrence: Option<String>,
    /// Its explicit id: `^block`, `🆔`, `[id:: …]`.
    pub explicit_id: Option<String>,
    /// Ids of tasks that must be done first.
    pub depends_on: Vec<String>,
    /// Tags on it, without `#`, as written; in todo.txt projects and contexts, without `+` and `@`.
    pub tags: Vec<String>,
    /// `@name` on it, without `@`, as written: candidates; only people whom the notebook knows count.
    pub mentions: Vec<String>,
    /// Those of `mentions` whom the note's own front matter names (`people:`, `attendees:` and the like).
    pub people: Vec<String>,
    /// Where it was carried from, where it is the copy of a point of an earlier meeting.
    pub carried: Option<Carried>,
    /// A later copy of it is in another meeting: that one counts. Known only where all notes are.
    pub superseded: bool,
    /// Who does it, where a meeting's notes say so.
    pub owner: Option<String>,
    /// Ticket keys on it.
    pub tickets: Vec<String>,
    /// Links on it.
    pub links: Vec<TaskLink>,
}

impl Task {
    /// True when the box says done.
    #[must_use]
    pub fn checked(&self) -> bool {
        self.status == Status::Done
    }

    /// The byte after the box, Logseq's marker or, in todo.txt, the `x`.
    #[must_use]
    pub fn box_end(&self) -> usize {
        let bracket = !matches!(self.form, Form::Marker | Form::TodoTxt);
        self.symbol_span.end + usize::from(bracket)
    }
}

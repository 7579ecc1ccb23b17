//! Tasks: a box in a note, and the text after it.

use chrono::NaiveDate;
use serde::Deserialize;
use serde::Serialize;

use crate::model::Span;
use crate::model::Status;
use crate::model::meeting::Carried;

/// How a task is written. What strict Markdown does not accept as a list item counts too, because people write it.
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
    /// Box before the bullet: `[ ] - text`.
    Swapped,
    /// No bullet: `[ ] text`.
    Bare,
    /// `- []`, `- [  ] text`, `-[ ] text`, `- [x]text`.
    Malformed,
    /// Logseq's `TODO text`: a keyword instead of a box.
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

/// The kind of a [`Field`].
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
    /// True where the value is a date.
    #[must_use]
    pub const fn is_date(self) -> bool {
        matches!(self, Self::Due | Self::Scheduled | Self::Start | Self::Created | Self::Done | Self::Cancelled)
    }
}

/// How a field is written, so that edits keep the style.
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
    /// In todo.txt format: `(A)` and dates at the beginning of the line, `due:2026-12-01`, `t:2026-12-01`, `rec:1w`.
    TodoTxt,
}

/// A field of a task.
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

/// A link in a task, as scripts see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskLink {
    /// As [`crate::model::Link::target`].
    pub url: String,
    /// As [`crate::model::Link::text`].
    pub text: String,
}

/// A task: a box and the text after it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// 1-based line of the box.
    pub line: usize,
    /// 1-based column of the box's `[`, in Unicode scalar values; 1 in todo.txt.
    pub column: usize,
    /// From the first byte of the item's first line to the end of its last line of text (children not included), without the line end.
    pub span: Span,
    /// The character between the brackets (may be empty); Logseq's keyword; in todo.txt the `x`, or empty at the line's beginning.
    pub symbol_span: Span,
    /// The character between the brackets, as written; `[]` gives `" "`.
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
    /// How many list items it is nested under.
    pub depth: usize,
    /// The texts of the list items above it, outermost first.
    pub under: Vec<String>,
    /// The task directly above it: an index into [`crate::model::Note::tasks`], always smaller than its own.
    pub parent: Option<usize>,
    /// The section it is in: an index into [`crate::model::Note::sections`].
    pub section: Option<usize>,
    /// A parent without link or date of its own whose children are tasks.
    pub group: bool,
    /// Every field on it, in the order of the text; the first of each kind counts.
    pub fields: Vec<Field>,
    /// Due date.
    pub due: Option<NaiveDate>,
    /// Scheduled date.
    pub scheduled: Option<NaiveDate>,
    /// Start date: not to be started before.
    pub start: Option<NaiveDate>,
    /// When it was written down.
    pub created: Option<NaiveDate>,
    /// When it was done.
    pub completed: Option<NaiveDate>,
    /// When it was dropped.
    pub cancelled: Option<NaiveDate>,
    /// `None`: normal.
    pub priority: Option<Priority>,
    /// As written: `every week on Monday`; todo.txt's `rec:1w` is translated into such words.
    pub recurrence: Option<String>,
    /// Its explicit id: `^block`, `🆔`, `[id:: …]`.
    pub explicit_id: Option<String>,
    /// Ids of tasks that must be done first.
    pub depends_on: Vec<String>,
    /// Tags on it, without `#`, as written; in todo.txt projects and contexts, without `+` and `@`.
    pub tags: Vec<String>,
    /// `@name` on it, without `@`, as written: candidates; only people known in the notebook count.
    pub mentions: Vec<String>,
    /// For each of `mentions` the name in the note's own front matter (`people:`, `attendees:` and the like), or an empty one;
    /// empty if there is none at all.
    pub people: Vec<String>,
    /// Where it was carried over from, if it copies a point of an earlier meeting.
    pub carried: Option<Carried>,
    /// A later copy is in another meeting, and that one counts. Known only when all notes have been read.
    pub superseded: bool,
    /// Who is to do it, if the notes of a meeting say so.
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

    /// The byte after the box, after Logseq's keyword, or after the `x` in todo.txt.
    #[must_use]
    pub fn box_end(&self) -> usize {
        let bracket = !matches!(self.form, Form::Marker | Form::TodoTxt);
        self.symbol_span.end + usize::from(bracket)
    }
}

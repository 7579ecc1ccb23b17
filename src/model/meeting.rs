//! Meetings: what was said on a day, what came of it, and who was there.
//!
//! The parser finds them ([`crate::parse`]); the reports work out which of them are one series, and which points are one action.

use chrono::NaiveDate;
use serde::Deserialize;
use serde::Serialize;

use crate::model::Span;

/// A meeting in a note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meeting {
    /// 1-based line of the heading, label or bullet that begins it; the title's, or 1, where the note is the meeting.
    pub line: usize,
    /// 1-based last line of what belongs to it.
    pub end_line: usize,
    /// From the first byte of `line` to the end of `end_line`.
    pub span: Span,
    /// When it took place, or will.
    pub date: NaiveDate,
    /// The date as written in the note; empty where it comes from another line than the meeting's own.
    pub written: String,
    /// Its title: the words of its line, or the note's title.
    pub title: String,
    /// The title without date, number and words such as `last`: what all meetings of its series share. May be empty.
    pub name: String,
    /// The name of its series: from the front matter, else the name of the note without its date, or of the heading.
    pub series: String,
    /// Whether it is a whole note or a part of one.
    pub extent: Extent,
    /// Why it is taken for a meeting.
    pub reason: Reason,
    /// Those who attended, as named by the meeting, else by the note.
    pub attendees: Vec<String>,
    /// In the order of the text.
    pub points: Vec<Point>,
    /// When the next one is, according to this one.
    pub next: Option<NaiveDate>,
}

/// Whether a meeting is a whole note or a part of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Extent {
    /// The whole note.
    Note,
    /// An entry in a note about meetings: all of them are one series, unless their names say otherwise.
    Entry,
    /// A part of a journal or of another note.
    Part,
}

/// Why something is taken for a meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// A heading or label line with a date names a meeting, or the heading over it does.
    Heading,
    /// A dated entry of a note whose name, title or folder names meetings.
    Note,
    /// The file's name has a date and names a meeting.
    FileName,
    /// It is in a folder of meetings and has a date.
    Folder,
    /// The front matter says so.
    FrontMatter,
    /// A dated entry has attendees and other parts of a meeting.
    Parts,
    /// A heading of a day names a meeting.
    Day,
}

/// A part of the notes of a meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Who attended.
    Attendees,
    /// Who did not.
    Absent,
    /// What was to be talked about.
    Agenda,
    /// What was discussed.
    Notes,
    /// What was decided.
    Decisions,
    /// What was agreed on: decisions or actions.
    Agreed,
    /// Who does what.
    Actions,
    /// What is left for the next meeting.
    Next,
    /// When the next one is, and what is left for it.
    NextMeeting,
    /// What remained open.
    Open,
    /// What was left unanswered.
    Questions,
    /// What happened since the last time.
    Previous,
}

impl Part {
    /// True where each item is a separate point.
    #[must_use]
    pub const fn has_points(self) -> bool {
        matches!(self, Self::Decisions | Self::Agreed | Self::Actions | Self::Next | Self::NextMeeting | Self::Open)
    }

    /// True where it lists people.
    #[must_use]
    pub const fn has_people(self) -> bool {
        matches!(self, Self::Attendees | Self::Absent)
    }
}

/// What a point is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PointKind {
    /// A line of a meeting without parts.
    Point,
    /// Something to do.
    Action,
    /// Something agreed on.
    Agreed,
    /// A decision.
    Decision,
}

/// Whether a point is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PointState {
    /// A box says that it is still to be done.
    Open,
    /// A box, a strike-through or a mark says that nothing is left to do.
    Done,
    /// Given up: `[-]`.
    Dropped,
    /// It goes on elsewhere: `[>]`, or a link to its new place.
    Moved,
    /// Not stated.
    Unknown,
}

impl PointState {
    /// True where nothing is left to do here: done, dropped or moved.
    #[must_use]
    pub const fn is_closed(self) -> bool {
        matches!(self, Self::Done | Self::Dropped | Self::Moved)
    }
}

/// A point in the notes of a meeting: something to do, agreed, or decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// 1-based.
    pub line: usize,
    /// 1-based last line of everything under it.
    pub end_line: usize,
    /// From the first byte of its line to the end of its own text; what is under it does not count.
    pub span: Span,
    /// Its words in the note, without marker and box; for a table, its row.
    pub text_span: Span,
    /// On one line as written, without marker, box and the mark of a carried-over point.
    pub text: String,
    /// Identifies the same point in another meeting: its words without case, accents, fields, block id and mark.
    pub key: String,
    /// What it is.
    pub kind: PointKind,
    /// The part of the meeting it belongs to.
    pub part: Option<Part>,
    /// The innermost heading or label above it: an index into [`crate::model::Note::sections`].
    pub section: Option<usize>,
    /// Whether it is done.
    pub state: PointState,
    /// Who is to do it, as written.
    pub owner: Option<String>,
    /// When it is due.
    pub due: Option<NaiveDate>,
    /// Its box: an index into [`crate::model::Note::tasks`].
    pub task: Option<usize>,
    /// Where it was carried over from.
    pub carried: Option<Carried>,
    /// The point it is nested under: a smaller index in the same meeting's points.
    pub parent: Option<usize>,
    /// It is a row of a table.
    pub in_table: bool,
}

/// The mark of a carried-over point: `(from 2023/10/18, carried 2×)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Carried {
    /// The date of the meeting that raised it.
    pub from: NaiveDate,
    /// How often it was carried over; 1 the first time.
    pub times: usize,
}

impl Point {
    /// True if it carries over to the next meeting.
    #[must_use]
    pub fn is_left(&self) -> bool {
        !self.state.is_closed() && self.kind != PointKind::Decision
    }
}

//! Input and output of dating a note.

use chrono::NaiveDate;

use crate::model::Diagnostic;
use crate::model::Entry;
use crate::model::Lines;
use crate::model::NotePath;
use crate::model::Precision;
use crate::model::Property;
use crate::model::Span;
use crate::model::daily_notes::DailyNotes;

/// A line that may carry a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line<'a> {
    /// 1-based.
    pub line: usize,
    /// The bytes of the heading, of the list item's first line, or of the label line.
    pub span: Span,
    /// Its visible text: without markup, marker and box, trimmed.
    pub text: &'a str,
    /// What it is.
    pub kind: LineKind,
}

/// The kind of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineKind {
    /// With its level, 1 to 6.
    Heading(u8),
    /// A list item that is not a task.
    Bullet {
        /// Columns before the marker.
        indent: usize,
    },
    /// Any other line at the beginning of a paragraph: `Meeting (2023/10/18)`, `Actions:`.
    Label,
}

/// A note, reduced to what matters for its dates.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// Names of file and folders may contain dates.
    pub path: &'a NotePath,
    /// As [`crate::model::Note::title`].
    pub title: &'a str,
    /// Every heading, list item and label line in the order of the text, dated or not (they end entries); excluding tasks, and
    /// anything in code, HTML, tables and quotes.
    pub lines: &'a [Line<'a>],
    /// The front matter.
    pub properties: &'a [Property],
    /// Addresses of links with their 1-based lines.
    pub urls: &'a [(usize, &'a str)],
    /// The decoded text that all spans refer to.
    pub text: &'a str,
    /// Where its lines begin.
    pub places: &'a Lines,
    /// The order of day and month elsewhere in the notebook: `Some(true)` if `10/11/2023` is 10 November; `None` if unknown.
    pub day_first: Option<bool>,
    /// How the notebook names its daily notes, if known.
    pub daily: Option<&'a DailyNotes>,
}

/// The dates of a note.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Output {
    /// In the order of the text; entries may be nested.
    pub entries: Vec<Entry>,
    /// The date of the note as a whole: as [`crate::model::Note::date`].
    pub date: Option<NaiveDate>,
    /// How exact it is.
    pub date_precision: Option<Precision>,
    /// The last day, where it is about several.
    pub date_end: Option<NaiveDate>,
    /// Sentences that say why.
    pub date_why: Vec<String>,
    /// `year-mismatch`, `weekday-mismatch`, `ambiguous-date`, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

//! What is known of a note before its dates are, and what its dates are.

use chrono::NaiveDate;

use crate::model::Diagnostic;
use crate::model::Entry;
use crate::model::Lines;
use crate::model::NotePath;
use crate::model::Precision;
use crate::model::Property;
use crate::model::Span;
use crate::model::daily_notes::DailyNotes;

/// A line that may date something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line<'a> {
    /// 1-based.
    pub line: usize,
    /// The bytes of the heading, of the list item's first line, or of the label line.
    pub span: Span,
    /// What a reader sees there: without markup, marker and box, trimmed.
    pub text: &'a str,
    /// What it is.
    pub kind: LineKind,
}

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineKind {
    /// With its level, 1 to 6.
    Heading(u8),
    /// A list item that is not a task.
    Bullet {
        /// Columns before the marker.
        indent: usize,
    },
    /// A line that is neither, at the beginning of its paragraph: `Meeting (2023/10/18)`, `Actions:`.
    Label,
}

/// A note as far as its dates are concerned.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// Its name counts.
    pub path: &'a NotePath,
    /// As [`crate::model::Note::title`].
    pub title: &'a str,
    /// Every heading, list item and label line in the order of the text, dated or not (they end entries);
    /// nothing out of code, HTML, tables, quotes, and no tasks.
    pub lines: &'a [Line<'a>],
    /// The front matter.
    pub properties: &'a [Property],
    /// Addresses of links with their 1-based lines.
    pub urls: &'a [(usize, &'a str)],
    /// The decoded text that all spans are of.
    pub text: &'a str,
    /// Where its lines begin.
    pub places: &'a Lines,
    /// How the notebook writes `10/11/2023` elsewhere: `Some(true)` for 10 November; `None` where that is unknown.
    pub day_first: Option<bool>,
    /// How the notebook names its daily notes, if known.
    pub daily: Option<&'a DailyNotes>,
}

/// What dates a note.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Output {
    /// In the order of the text; one may be within another.
    pub entries: Vec<Entry>,
    /// The date of the note as a whole: as [`crate::model::Note::date`].
    pub date: Option<NaiveDate>,
    /// How exact it is.
    pub date_precision: Option<Precision>,
    /// Sentences that say why.
    pub date_why: Vec<String>,
    /// `year-mismatch`, `weekday-mismatch`, `ambiguous-date`, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

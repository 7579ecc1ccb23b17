//! When was this written, and how do we know: dated entries out of a note's headings, bullets and label lines.
//!
//! [`read`] takes the lines that a parser found to be headings, list items and label lines, and gives entries with their
//! dates and reasons. What a line leaves open (`Mon 28th`) comes from the heading above it, the title, the file name,
//! the property `date`, or the entries around it; a year or month that the weekdays contradict is taken as the one that
//! they fit, and reported. What stays open stays undated: no date is better than a wrong one.
//!
//! It reads no Markdown, no clock and no file times. `crate::parse` calls it once a note; whoever writes a new heading
//! "in the file's own style" uses [`style_of`] and [`Form::format`].
//!
//! - `scan`, `grammar`, `ways`, `take`: which texts are dates, and what they say by themselves (`reading`)
//! - `form`, `names`: how a date is written, so that another one can be written alike
//! - `place`: which lines date something; `origin`: what path, properties and addresses say
//! - `context`: what each line takes from around it; `vote`: the check of year and month
//! - `resolve`, `extent`, `entries`: days, where entries end, and what is told about them

mod context;
mod entries;
mod extent;
mod form;
mod grammar;
mod names;
mod origin;
mod place;
mod reading;
mod resolve;
mod scan;
mod take;
mod vote;
mod ways;

#[cfg(test)]
mod tests;

use chrono::NaiveDate;

use crate::model::Diagnostic;
use crate::model::Entry;
use crate::model::Lines;
use crate::model::NotePath;
use crate::model::Property;
use crate::model::Span;

pub use form::Form;

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
    pub kind: Place,
}

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// With its level, 1 to 6.
    Heading(u8),
    /// A list item that is no task.
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
    /// How the notebook writes `10/11/2023` elsewhere: `Some(true)` for 10 November; `None` where nobody knows.
    pub day_first: Option<bool>,
}

/// What dates a note.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Output {
    /// In the order of the text; one may stand within another.
    pub entries: Vec<Entry>,
    /// The date of the note as a whole: as [`crate::model::Note::date`].
    pub date: Option<NaiveDate>,
    /// Sentences that say why.
    pub date_why: Vec<String>,
    /// `year-mismatch`, `weekday-mismatch`, `ambiguous-date`, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// Finds the dated entries of a note.
#[must_use]
pub fn read(input: &Input<'_>) -> Output {
    let mut book = context::gather(input);
    resolve::judge(&mut book);
    resolve::date(&mut book);
    entries::output(&book)
}

/// How a date is written; `None` for what is no date, and for ranges from one day to another.
///
/// `written` is the date alone, as [`Entry::written`] has it. What a single date leaves open (`28` begins with no zero,
/// `May` is long and short) is settled by the usual; [`style_of_all`] looks at more of them.
#[must_use]
pub fn style_of(written: &str) -> Option<Form> {
    grammar::whole(written, 0)?.form
}

/// How the first of several dates is written, the open points settled by those behind it.
#[must_use]
pub fn style_of_all<'a>(written: impl IntoIterator<Item = &'a str>) -> Option<Form> {
    let mut forms = written.into_iter().filter_map(style_of);
    let mut first = forms.next()?;
    for other in forms {
        first.settle(&other);
    }
    Some(first)
}

/// The date in a file's name as it is written there, and its form: `202202` of `202202_progress.md`.
#[must_use]
pub fn style_of_name(stem: &str) -> Option<(String, Form)> {
    let reading = grammar::all(stem, true, 0).into_iter().find(reading::Reading::is_full)?;
    Some((stem.get(reading.span)?.to_owned(), reading.form?))
}

/// A text with the date `old` in it exchanged for `new`, written the same way; `None` where `old` does not stand in it.
///
/// Of a date that holds less than a day (`Nov 2026`, `2026-W47`) the part that is written counts.
#[must_use]
pub fn exchange(text: &str, old: NaiveDate, new: NaiveDate) -> Option<String> {
    let mut found = grammar::all(text, true, 0).into_iter();
    let (span, form) = found.find_map(|reading| {
        let form = reading.form?;
        (text.get(reading.span.clone())? == form.format(old)).then_some((reading.span, form))
    })?;
    Some(format!("{}{}{}", text.get(..span.start)?, form.format(new), text.get(span.end..)?))
}

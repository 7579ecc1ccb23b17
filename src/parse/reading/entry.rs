//! An entry of a reading list as a value: its address and names, and when it was noted and read.

use chrono::NaiveDate;

use crate::model::Link;
use crate::model::Note;
use crate::model::Precision;
use crate::model::Reading;
use crate::model::ReadingKind;
use crate::model::ReadingState;
use crate::model::Task;
use crate::model::reading::ReadingPrecision;
use crate::model::reading::ReadingWhy;
use crate::model::web_address;
use crate::parse::reading::title::Title;
use crate::parse::reading::tree::Tree;

/// The state of a link, the reason, and the day next to the word that gives it.
pub(super) struct State {
    pub(super) state: ReadingState,
    pub(super) why: ReadingWhy,
    pub(super) day: Option<NaiveDate>,
}

impl State {
    pub(super) const fn new(state: ReadingState, why: ReadingWhy) -> Self {
        Self { state, why, day: None }
    }
}

/// An entry without days, groups and remarks.
pub(super) fn new(
    link: &Link,
    named: Title,
    kind: ReadingKind,
    (state, why): (ReadingState, ReadingWhy),
    line: usize,
) -> Reading {
    Reading {
        span: link.span,
        line,
        text_start: None,
        task: None,
        repeats: false,
        url: link.target.clone(),
        key: web_address::key(&link.target),
        others: Vec::new(),
        title: named.title,
        author: named.author,
        venue: named.venue,
        year: named.year,
        kind,
        minutes: None,
        state,
        why,
        added: None,
        finished: None,
        group: Vec::new(),
        remarks: Vec::new(),
    }
}

/// `➕ 2026-11-01` on the line of an item without a box, as written by imports.
fn created(tree: &Tree<'_>, line: usize) -> Option<NaiveDate> {
    let words = tree.input.lines.content(tree.input.text, line).of(tree.input.text);
    let (_, behind) = words.split_once('➕')?;
    let day = behind.trim_start_matches('\u{FE0F}').trim_start().get(..10)?;
    NaiveDate::parse_from_str(day, "%Y-%m-%d").ok()
}

/// The days next to a link.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Beside {
    /// With the word that gives its state: `read 2026-11-04`.
    pub(super) said: Option<NaiveDate>,
    /// At the beginning of its item: `2026-11-04: read it`.
    pub(super) front: Option<NaiveDate>,
    /// After it, alone in brackets: `(4 Nov 2026)`.
    pub(super) behind: Option<NaiveDate>,
    /// It was read some time before: `read it two weeks ago`.
    pub(super) before: bool,
}

/// Sets when a note about one thing was written, and when that thing was read.
pub(super) fn date_of_note(note: &Note, reading: &mut Reading, finished: Option<(NaiveDate, ReadingPrecision)>) {
    let of_note = of_note(note);
    reading.added = of_note;
    if matches!(reading.state, ReadingState::Read | ReadingState::Dropped) {
        reading.finished = finished.or_else(|| by_note(of_note));
    }
}

/// The day or month of a note.
fn of_note(note: &Note) -> Option<(NaiveDate, ReadingPrecision)> {
    Some((note.date?, precision(note.date_precision)))
}

/// Text in a note of a day was read by that day, in a note of a month in that month.
fn by_note(of_note: Option<(NaiveDate, ReadingPrecision)>) -> Option<(NaiveDate, ReadingPrecision)> {
    of_note.map(|(day, precision)| match precision {
        ReadingPrecision::Month => (day, precision),
        _ => (day, ReadingPrecision::By),
    })
}

fn precision(precision: Option<Precision>) -> ReadingPrecision {
    match precision {
        Some(Precision::Month) => ReadingPrecision::Month,
        _ => ReadingPrecision::Day,
    }
}

/// Sets when it was noted, and when it was read.
pub(super) fn date(tree: &Tree<'_>, reading: &mut Reading, task: Option<&Task>, beside: Beside) {
    let entry = tree.entry(reading.line);
    let created = match task {
        Some(task) => task.created,
        None => created(tree, reading.line),
    };
    let of_note = of_note(tree.input.note);
    let of_entry = entry.map(|entry| (entry.date, precision(Some(entry.precision))));
    let exactly = created.or(beside.front).map(|day| (day, ReadingPrecision::Day));
    reading.added = exactly.or(of_entry).or(of_note);
    if !matches!(reading.state, ReadingState::Read | ReadingState::Dropped) {
        return;
    }
    let written =
        task.and_then(|task| task.completed.or(task.cancelled)).or(beside.said).or(beside.front).or(beside.behind);
    let written = written.map(|day| (day, ReadingPrecision::Day));
    let there = matches!(reading.why, ReadingWhy::Remarks(_) | ReadingWhy::Word(_)) && !beside.before;
    let in_entry = entry.map(|entry| match entry.precision {
        Precision::Day if there => (entry.date, ReadingPrecision::Day),
        Precision::Day => (entry.date, ReadingPrecision::By),
        Precision::Range => (entry.end_date.unwrap_or(entry.date), ReadingPrecision::By),
        Precision::Month => (entry.date, ReadingPrecision::Month),
    });
    reading.finished = written.or(in_entry).or_else(|| by_note(of_note));
}

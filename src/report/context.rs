//! The context of a position in a note: the headings above it, and its day.

use chrono::NaiveDate;

use crate::model::Note;
use crate::model::NotePath;
use crate::model::Precision;
use crate::model::Task;
use crate::model::calendar::DateRange;
use crate::model::calendar::Unit;
use crate::model::meeting::Extent;
use crate::parse::dates;

/// The day of the journal entry or meeting that contains a line. `None` for an entry of a month.
#[must_use]
pub fn entry_day(note: &Note, line: usize) -> Option<NaiveDate> {
    note.entry_at(line).filter(|entry| entry.precision != Precision::Month).map(|entry| entry.date)
}

/// The date of a line: that of its journal entry or meeting, else of the note.
#[must_use]
pub fn date(note: &Note, line: usize) -> Option<NaiveDate> {
    entry_day(note, line).or(note.date)
}

/// The days that the date of what stands at a line is about: one day, or all of a week, month or other stretch of time where no day
/// is named.
#[must_use]
pub fn days(note: &Note, line: usize) -> Option<DateRange> {
    if let Some(entry) = note.entry_at(line).filter(|entry| entry.precision != Precision::Month) {
        return Some(covered(entry.date, entry.precision, entry.end_date));
    }
    Some(covered(note.date?, note.date_precision.unwrap_or(Precision::Day), note.date_end))
}

/// The days that a date covers: all days of a month, and those up to `end` of a range.
#[must_use]
pub fn covered(date: NaiveDate, precision: Precision, end: Option<NaiveDate>) -> DateRange {
    match precision {
        Precision::Day => DateRange::day(date),
        Precision::Month => Unit::Month.period(date).unwrap_or(DateRange::day(date)),
        Precision::Range => DateRange::between(date, end.unwrap_or(date)),
    }
}

/// How exact a date is that is about these days.
#[must_use]
pub fn precision(days: DateRange) -> Precision {
    let is_month = || days.start.is_some_and(|start| Unit::Month.period(start) == Some(days));
    match days.single() {
        Some(_) => Precision::Day,
        None if is_month() => Precision::Month,
        None => Precision::Range,
    }
}

/// The last of several days.
#[must_use]
pub fn last_day(days: DateRange) -> Option<NaiveDate> {
    if days.single().is_some() { None } else { days.end }
}

/// The day on which a box was ticked: according to itself, else to its journal entry or daily note. Points agreed at a
/// meeting are done later, and other notes do not tell.
#[must_use]
pub fn tick_day(path: &NotePath, note: &Note, task: &Task) -> Option<NaiveDate> {
    let is_of_meeting = || note.meeting_at(task.line).is_some_and(|meeting| meeting.extent != Extent::Part);
    task.completed.or_else(|| {
        if is_of_meeting() {
            return None;
        }
        let of_name = || dates::of_path(path).filter(|(date, is_day)| *is_day && note.date == Some(*date));
        entry_day(note, task.line).or_else(|| of_name().map(|(date, _)| date))
    })
}

/// The texts of the headings and label lines above a section and its own, outermost first.
#[must_use]
pub fn headings(note: &Note, section: Option<usize>) -> Vec<String> {
    note.heading_path(section).into_iter().map(str::to_owned).collect()
}

//! The journal as values: entries, days without one, and a year of activity.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use chrono::Days;
use chrono::Months;
use chrono::NaiveDate;
use serde::Serialize;

use crate::model::NotePath;
use crate::model::Precision;
use crate::model::Span;
use crate::model::calendar::DateRange;
use crate::report::journal;
use crate::report::journal::EntryRow;
use crate::report::journal::Gap;
use crate::report::journal::Written;

/// The days of a year of activity: 53 weeks less the rest of the first.
const YEAR: u64 = 7 * 52;

/// An entry as listings and scripts see it; its JSON is described in the handbook's page on formats.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EntryItem {
    /// The note.
    pub path: NotePath,
    /// 1-based.
    pub line: usize,
    /// 1-based; the last line of the entry.
    pub end_line: usize,
    /// The day, or the first one.
    pub date: NaiveDate,
    /// Of a range, the last day.
    pub end_date: Option<NaiveDate>,
    /// Whether it is a day, a month or a range.
    pub precision: Precision,
    /// As the note has it.
    pub written: String,
    /// The date that the written words alone would have given, where that differs.
    pub corrected_from: Option<NaiveDate>,
    /// How the date is known.
    pub why: Vec<String>,
    /// Meetings that begin in it.
    pub meetings: usize,
    /// Tasks to do, groups not counted.
    pub tasks_open: usize,
    /// Tasks done, groups not counted.
    pub tasks_done: usize,
    /// Links that were read.
    pub read: usize,
    /// Links to read.
    pub to_read: usize,
    /// Number of words; nested entries count separately.
    pub words: usize,
    /// Its text in the note, below the front matter.
    #[serde(skip)]
    pub text: Span,
}

impl From<&EntryRow<'_>> for EntryItem {
    fn from(row: &EntryRow<'_>) -> Self {
        let entry = row.entry;
        Self {
            path: row.path.clone(),
            line: entry.line,
            end_line: entry.end_line,
            date: entry.date,
            end_date: entry.end_date,
            precision: entry.precision,
            written: entry.written.clone(),
            corrected_from: entry.corrected_from,
            why: entry.why.clone(),
            meetings: row.meetings,
            tasks_open: row.tasks_open,
            tasks_done: row.tasks_done,
            read: row.read,
            to_read: row.to_read,
            words: row.words,
            text: Span { start: entry.span.start.max(row.note.body_start), end: entry.span.end },
        }
    }
}

/// Entries, newest first.
#[derive(Debug, Clone, Serialize)]
pub struct JournalReport {
    /// The entries.
    pub entries: Vec<EntryItem>,
    /// How many days there are in all, shown or not.
    pub days: usize,
    /// Years and months that are taken otherwise than written.
    pub corrections: Vec<Correction>,
    /// Whether people want the reasons of the dates.
    #[serde(skip)]
    pub with_reasons: bool,
}

/// A year or month of a note that is taken otherwise than written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Correction {
    /// The note.
    pub path: NotePath,
    /// As taken: `2022`, or `2020-03` where the month was wrong.
    pub taken: String,
    /// As written.
    pub written: String,
}

impl JournalReport {
    /// Lists sorted rows within a period, at most `most` days.
    #[must_use]
    pub fn new(rows: &[EntryRow<'_>], range: Option<DateRange>, most_days: usize) -> Self {
        let within: Vec<EntryRow<'_>> =
            rows.iter().filter(|row| range.is_none_or(|range| row.is_within(range))).copied().collect();
        let days: BTreeSet<NaiveDate> = within.iter().map(|row| row.entry.date).collect();
        let first = days.iter().rev().take(most_days).next_back().copied();
        let shown: Vec<EntryRow<'_>> =
            within.into_iter().filter(|row| most_days > 0 && Some(row.entry.date) >= first).collect();
        let correction = |correction: journal::Correction<'_>| Correction {
            path: correction.path.clone(),
            taken: correction.taken,
            written: correction.written,
        };
        Self {
            corrections: journal::corrections(&shown).into_iter().map(correction).collect(),
            entries: shown.iter().map(EntryItem::from).collect(),
            days: days.len(),
            with_reasons: false,
        }
    }

    /// How many days are shown.
    #[must_use]
    pub fn days_shown(&self) -> usize {
        self.entries.iter().map(|entry| entry.date).collect::<BTreeSet<_>>().len()
    }

    /// How many notes are shown.
    #[must_use]
    pub fn notes_shown(&self) -> usize {
        self.entries.iter().map(|entry| &entry.path).collect::<BTreeSet<_>>().len()
    }
}

/// What was written on a day.
#[derive(Debug, Clone, Serialize)]
pub struct DayReport {
    /// The entries.
    pub journal: JournalReport,
    /// The lines of each entry; none where it is within another that is shown.
    pub texts: Vec<Vec<String>>,
    /// The day or days that were asked for.
    #[serde(skip)]
    pub range: DateRange,
}

/// Working days without an entry, newest first.
#[derive(Debug, Clone, Serialize)]
pub struct GapReport {
    /// The stretches.
    pub gaps: Vec<Gap>,
    /// The day from which they were looked for; `None` when there are no entries.
    pub since: Option<NaiveDate>,
}

impl GapReport {
    /// Looks for gaps within a stretch of time, a year back at most unless it says otherwise, up to yesterday.
    #[must_use]
    pub fn new(rows: &[EntryRow<'_>], range: Option<DateRange>, today: NaiveDate) -> Self {
        let days = journal::by_day(rows);
        let range = range.unwrap_or(DateRange { start: None, end: None });
        let year_ago = today.checked_sub_months(Months::new(12));
        let since = days.keys().next().map(|&first| Some(first).max(range.start.or(year_ago)).unwrap_or(first));
        // today is not over
        let last = today.pred_opt().map(|yesterday| range.end.map_or(yesterday, |end| end.min(yesterday)));
        let gaps = match (since, last) {
            (Some(since), Some(last)) => journal::gaps(&days, since, last),
            _ => Vec::new(),
        };
        Self { gaps, since }
    }
}

/// How much was written, day by day.
#[derive(Debug, Clone, Serialize)]
pub struct ActivityReport {
    /// The first day that is looked at.
    pub first: NaiveDate,
    /// The last one.
    pub last: NaiveDate,
    /// The days with an entry.
    pub days: Vec<ActiveDay>,
}

/// A day with entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ActiveDay {
    /// The day.
    pub date: NaiveDate,
    /// Its entries.
    pub entries: usize,
    /// Their words.
    pub words: usize,
}

impl ActivityReport {
    /// Covers the year that ends with the period, else with today.
    #[must_use]
    pub fn new(rows: &[EntryRow<'_>], range: Option<DateRange>, today: NaiveDate) -> Self {
        let last = range.and_then(|range| range.end).unwrap_or(today);
        let year = last.checked_sub_days(Days::new(YEAR)).unwrap_or(last);
        let first = range.and_then(|range| range.start).map_or(year, |start| start.max(year));
        let days = journal::by_day(rows);
        let within = days.range(first.min(last)..=last).filter(|(day, _)| **day >= first);
        let day = |(date, written): (&NaiveDate, &Written)| ActiveDay {
            date: *date,
            entries: written.entries,
            words: written.words,
        };
        Self { first, last, days: within.map(day).collect() }
    }

    /// The days by date.
    #[must_use]
    pub fn by_day(&self) -> BTreeMap<NaiveDate, Written> {
        let day = |day: &ActiveDay| (day.date, Written { entries: day.entries, words: day.words });
        self.days.iter().map(day).collect()
    }
}

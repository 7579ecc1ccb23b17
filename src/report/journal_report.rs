//! The journal as values: entries, days without entries, and a year of activity.

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

/// The length of a year of activity in days: 53 weeks minus the rest of the first.
const YEAR: u64 = 7 * 52;

/// An entry for listings and scripts; its JSON is described in the handbook's page on formats.
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
    /// The last day of a range.
    pub end_date: Option<NaiveDate>,
    /// Whether it is a day, a month or a range.
    pub precision: Precision,
    /// The date as written in the note.
    pub written: String,
    /// The date before a correction.
    pub corrected_from: Option<NaiveDate>,
    /// The reasons for the date.
    pub why: Vec<String>,
    /// Number of meetings that begin in it.
    pub meetings: usize,
    /// Number of open tasks, without groups.
    pub tasks_open: usize,
    /// Number of done tasks, without groups.
    pub tasks_done: usize,
    /// Number of links that were read.
    pub read: usize,
    /// Number of links to read.
    pub to_read: usize,
    /// Number of words; nested entries are counted separately.
    pub words: usize,
    /// Its text in the note, without the front matter.
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
    /// The total number of days, shown or not.
    pub days: usize,
    /// Corrected years and months.
    pub corrections: Vec<Correction>,
    /// Whether to show the reasons for the dates.
    #[serde(skip)]
    pub with_reasons: bool,
}

/// A corrected year or month of a note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Correction {
    /// The note.
    pub path: NotePath,
    /// After the correction: `2022`, or `2020-03` if the month was wrong.
    pub taken: String,
    /// As written.
    pub written: String,
}

impl JournalReport {
    /// Lists sorted rows within a period, at most `most_days` days.
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

    /// The number of days shown.
    #[must_use]
    pub fn days_shown(&self) -> usize {
        self.entries.iter().map(|entry| entry.date).collect::<BTreeSet<_>>().len()
    }

    /// The number of notes shown.
    #[must_use]
    pub fn notes_shown(&self) -> usize {
        self.entries.iter().map(|entry| &entry.path).collect::<BTreeSet<_>>().len()
    }
}

/// The entries of a day.
#[derive(Debug, Clone, Serialize)]
pub struct DayReport {
    /// The entries.
    pub journal: JournalReport,
    /// The lines of each entry; none if it is nested in another one that is shown.
    pub texts: Vec<Vec<String>>,
    /// The requested day or days.
    #[serde(skip)]
    pub range: DateRange,
}

/// Working days without an entry, newest first.
#[derive(Debug, Clone, Serialize)]
pub struct GapReport {
    /// The gaps.
    pub gaps: Vec<Gap>,
    /// The first day of the search; `None` if there are no entries.
    pub since: Option<NaiveDate>,
}

impl GapReport {
    /// Finds gaps within a period, by default one year back, up to yesterday.
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

/// The amount of writing, day by day.
#[derive(Debug, Clone, Serialize)]
pub struct ActivityReport {
    /// The first day considered.
    pub first: NaiveDate,
    /// The last day considered.
    pub last: NaiveDate,
    /// The days with an entry.
    pub days: Vec<ActiveDay>,
}

/// A day with entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ActiveDay {
    /// The day.
    pub date: NaiveDate,
    /// Number of entries.
    pub entries: usize,
    /// Number of words.
    pub words: usize,
}

impl ActivityReport {
    /// Covers the year up to the end of the period, else up to today.
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

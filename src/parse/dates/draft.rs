//! A note before its entries are worked out: its dated lines, and where they get their month and year from.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::model::Span;
use crate::model::calendar::DateRange;
use crate::parse::dates::input::Input;
use crate::parse::dates::input::Line;
use crate::parse::dates::input::LineKind;
use crate::parse::dates::written::Parts;
use crate::parse::dates::written::WrittenDate;

/// A place from which the lines under it take their month or year.
#[derive(Debug, Clone)]
pub(super) struct DateContext {
    /// For sentences: `line 1`, `the file name`.
    pub(super) place: String,
    /// The line, for a line of the note: an index into [`Input::lines`].
    pub(super) at: Option<usize>,
    /// As written there.
    pub(super) written: String,
    pub(super) reading: Option<WrittenDate>,
    pub(super) year: Option<i32>,
    pub(super) month: Option<u32>,
    /// Where a month without a year gets it from: an index into [`Draft::contexts`].
    pub(super) year_from: Option<usize>,
    /// The days that it covers, where it is a week or another range.
    pub(super) days: Option<(NaiveDate, NaiveDate)>,
    /// It names a day: dates under it inherit month and year from it, but weekdays do not check it.
    pub(super) is_day: bool,
    /// It dates the note as a whole.
    pub(super) is_title: bool,
    /// The year is just somewhere in the title, so it may belong to a conference.
    pub(super) is_loose: bool,
    /// The correction: what was probably meant, and why.
    pub(super) taken: Option<(i32, Option<u32>)>,
    pub(super) why: Option<String>,
    /// The weekdays contradict it, without suggesting another date.
    pub(super) is_doubtful: bool,
}

/// A line that is a day or a range of days.
#[derive(Debug, Clone)]
pub(super) struct DateLine {
    /// An index into [`Input::lines`].
    pub(super) at: usize,
    pub(super) reading: WrittenDate,
    /// Where the month comes from, where the line has none: an index into [`Draft::contexts`].
    pub(super) month_from: Option<usize>,
    pub(super) year_from: Option<usize>,
    /// What says the days of its week, where it is only a weekday.
    pub(super) week: Option<Week>,
    /// First and last day, as taken.
    pub(super) days: Option<(NaiveDate, Option<NaiveDate>)>,
    /// The first day before any correction.
    pub(super) before: Option<NaiveDate>,
    pub(super) why: Vec<String>,
}

/// A note before its entries are worked out.
#[derive(Debug)]
pub(super) struct Draft<'a> {
    pub(super) input: &'a Input<'a>,
    /// The line of the title.
    pub(super) title: Option<usize>,
    pub(super) contexts: Vec<DateContext>,
    pub(super) items: Vec<DateLine>,
    /// Dates such as `10/11/2023` for which nothing settles the order of day and month, as written.
    pub(super) ambiguous: Vec<(Span, String, WrittenDate)>,
    /// The path's and the front matter's contexts.
    pub(super) path: Option<usize>,
    /// The day in the path.
    pub(super) path_day: Option<NaiveDate>,
    pub(super) front: Option<usize>,
    pub(super) title_anchor: Option<usize>,
    /// The year in a title that names nothing more precise.
    pub(super) title_year: Option<usize>,
    /// The day that the title names.
    pub(super) title_day: Option<WrittenDate>,
    /// The days within which lines of a dated note can begin an entry.
    pub(super) near: Option<DateRange>,
    /// Lines with a day outside of that range.
    pub(super) far: BTreeSet<usize>,
    /// Lines too deep in a list to be an entry; if unreadable, they do not end an entry either.
    pub(super) deep: BTreeSet<usize>,
    /// Its title or path marks it as a journal.
    pub(super) is_journal: bool,
}

/// What says the days of the week in which a weekday stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Week {
    /// A line, by its index.
    Line(usize),
    /// The path, by its index among the contexts.
    DateContext(usize),
}

impl DateContext {
    pub(super) fn new(place: String, written: &str) -> Self {
        Self {
            place,
            at: None,
            written: written.to_owned(),
            reading: None,
            year: None,
            month: None,
            year_from: None,
            days: None,
            is_day: false,
            is_title: false,
            is_loose: false,
            taken: None,
            why: None,
            is_doubtful: false,
        }
    }

    pub(super) fn of(reading: &WrittenDate, place: String, written: &str) -> Self {
        let days = reading.start.date().zip(reading.end.and_then(Parts::date));
        let is_day = !reading.is_month() && reading.end.is_none() && reading.week.is_none();
        let (year, month) = (reading.start.year, reading.start.month);
        Self { year, month, days, is_day, reading: Some(reading.clone()), ..Self::new(place, written) }
    }

    /// Year and month after any correction.
    pub(super) fn as_taken(&self) -> (Option<i32>, Option<u32>) {
        self.taken.map_or((self.year, self.month), |(year, month)| (Some(year), month))
    }
}

impl<'a> Draft<'a> {
    pub(super) fn push(&mut self, context: DateContext) -> usize {
        self.contexts.push(context);
        self.contexts.len() - 1
    }

    pub(super) fn context(&self, index: Option<usize>) -> Option<&DateContext> {
        index.and_then(|index| self.contexts.get(index))
    }

    pub(super) fn line(&self, at: usize) -> Option<&'a Line<'a>> {
        self.input.lines.get(at)
    }
}

/// Headings contain labels, labels contain bullets, bullets contain deeper ones.
pub(super) const fn depth(kind: LineKind) -> usize {
    match kind {
        LineKind::Heading(level) => level as usize,
        LineKind::Label => 300,
        LineKind::Bullet { indent } => indent.saturating_add(301),
    }
}

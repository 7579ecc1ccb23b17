//! A date as written: some fields are given, others come from its context.

use std::ops::Range;

use chrono::Datelike as _;
use chrono::NaiveDate;
use chrono::Weekday;

use crate::parse::dates::form::Form;

/// Dates outside these years are not read as dates.
pub(super) const YEARS: Range<i32> = 1900..3000;

/// The fields of a written day or month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Parts {
    pub(super) year: Option<i32>,
    pub(super) month: Option<u32>,
    pub(super) day: Option<u32>,
    pub(super) weekday: Option<Weekday>,
}

impl Parts {
    /// The fields of a whole date.
    pub(super) fn of(date: NaiveDate) -> Self {
        Self { year: Some(date.year()), month: Some(date.month()), day: Some(date.day()), weekday: None }
    }

    /// The date, if there are enough fields for it; a month counts as its first day.
    pub(super) fn date(self) -> Option<NaiveDate> {
        date(self.year?, self.month?, self.day.unwrap_or(1))
    }

    /// False for a 32nd, a 13th month, a 30 February.
    pub(super) fn is_possible(self) -> bool {
        // 2000 is a leap year, so that 29 February is possible while the year is unknown
        let year = self.year.unwrap_or(2000);
        self.year.is_none_or(|year| YEARS.contains(&year))
            && date(year, self.month.unwrap_or(1), self.day.unwrap_or(1)).is_some()
    }
}

/// A date within [`YEARS`].
pub(super) fn date(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    YEARS.contains(&year).then(|| NaiveDate::from_ymd_opt(year, month, day)).flatten()
}

/// Which number comes first in `10/11/2023`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Order {
    /// Unambiguous, and no evidence about other dates.
    #[default]
    Plain,
    /// Either is possible; read as day first until something settles it.
    Ambiguous,
    /// One number is above 12, which settles the other dates of the note.
    DayFirst,
    MonthFirst,
}

/// A date or a range of dates as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct WrittenDate {
    pub(super) start: Parts,
    /// The last day of a range.
    pub(super) end: Option<Parts>,
    /// A week number without a year: `W46`. If days follow, they count: `Week 47 (16–20 Nov)`.
    pub(super) week: Option<u32>,
    pub(super) order: Order,
    /// A bit for each language that fits all its names; all bits if there are no names.
    pub(super) languages: u8,
    /// Those of them in which a name is written in full.
    pub(super) full_in: u8,
    /// It depends on a short word that also has other meanings.
    pub(super) uncertain: bool,
    /// A word could be a month or a day: `mar`.
    pub(super) month_or_weekday: bool,
    /// `None` for ranges from one day to another.
    pub(super) form: Option<Form>,
    /// Its bytes.
    pub(super) span: Range<usize>,
}

impl WrittenDate {
    /// True if it needs no context to name a day, a month or a range.
    pub(super) const fn is_full(&self) -> bool {
        self.start.year.is_some() && self.start.month.is_some()
    }

    /// True for a month without a day.
    pub(super) const fn is_month(&self) -> bool {
        self.start.day.is_none() && self.week.is_none()
    }

    /// True for just a week number: `W46`.
    pub(super) const fn is_week_number(&self) -> bool {
        self.week.is_some() && self.start.day.is_none()
    }

    /// Swaps day and month of `10/11/2023`.
    pub(super) fn swap(&mut self) {
        std::mem::swap(&mut self.start.month, &mut self.start.day);
        if let Some(form) = &mut self.form {
            form.swap();
        }
    }

    /// Decides which number is the day; false if that remains open.
    pub(super) fn settle(&mut self, day_first: Option<bool>) -> bool {
        match (self.order, day_first) {
            (Order::Ambiguous, Some(false)) => self.swap(),
            (Order::Ambiguous, None) => return false,
            _ => {}
        }
        true
    }

    /// True if the weekday does not match the date.
    pub(super) fn weekday_is_wrong(&self, start: NaiveDate, end: Option<NaiveDate>) -> bool {
        let wrong = |parts: Parts, date: NaiveDate| parts.weekday.is_some_and(|weekday| weekday != date.weekday());
        wrong(self.start, start) || self.end.zip(end).is_some_and(|(parts, date)| wrong(parts, date))
    }
}

/// Which number is the day in `10/11/2023` by the dates around it, else by how the notebook writes them.
pub(super) fn day_first<'r>(
    readings: impl Iterator<Item = &'r WrittenDate> + Clone,
    else_by: Option<bool>,
) -> Option<bool> {
    let has = |order: Order| readings.clone().any(|reading| reading.order == order);
    match (has(Order::DayFirst), has(Order::MonthFirst)) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        (true, true) => None,
        (false, false) => else_by,
    }
}

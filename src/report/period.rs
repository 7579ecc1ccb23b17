//! The period of a report: a week, month, quarter or year, and the steps of its chart. Called by `period_report`.

use std::fmt;

use chrono::Datelike as _;
use chrono::Days;
use chrono::NaiveDate;
use serde::Serialize;

use crate::model::calendar::DateRange;
use crate::model::calendar::Unit;

/// In days; charts of periods up to this length have a bar for each day.
const BY_DAY: i64 = 14;

/// In days; charts of periods up to this length have a bar for each week, longer ones for each month.
const BY_WEEK: i64 = 120;

/// The days that a report covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// A week, month, quarter or year, or a part of one.
    pub unit: Unit,
    /// The first day.
    pub start: NaiveDate,
    /// The last day.
    pub end: NaiveDate,
}

impl Period {
    /// The week, month, quarter or year around a day; `None` only at the ends of the calendar.
    #[must_use]
    pub fn of(unit: Unit, day: NaiveDate) -> Option<Self> {
        let range = unit.period(day)?;
        Some(Self { unit, start: range.start?, end: range.end? })
    }

    /// From its first to its last day.
    #[must_use]
    pub fn range(self) -> DateRange {
        DateRange::between(self.start, self.end)
    }

    /// True for a whole week, month, quarter or year.
    #[must_use]
    pub fn is_whole(self) -> bool {
        self.unit.period(self.start) == Some(self.range())
    }

    /// The unit of the bars of a chart.
    #[must_use]
    pub fn step(self) -> Unit {
        match (self.end - self.start).num_days() + 1 {
            days if days <= BY_DAY => Unit::Day,
            days if days <= BY_WEEK => Unit::Week,
            _ => Unit::Month,
        }
    }

    /// Its days, weeks or months, the first and the last cut to the period.
    #[must_use]
    pub fn steps(self) -> Vec<Step> {
        let mut steps = Vec::new();
        let mut day = self.start;
        while day <= self.end {
            let last = self.step().period(day).and_then(|range| range.end).unwrap_or(self.end).min(self.end);
            steps.push(Step { since: day, until: last, count: 0 });
            let Some(next) = last.checked_add_days(Days::new(1)) else { break };
            day = next;
        }
        steps
    }
}

impl fmt::Display for Period {
    /// `Week 6 of 2022`, `February 2022`, `Q1 2022`, `2022`, `2022-02-01 to 2022-02-13`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { start, end, .. } = self;
        match self.unit {
            Unit::Week if self.is_whole() => {
                write!(f, "Week {} of {}", start.iso_week().week(), start.iso_week().year())
            }
            Unit::Month if self.is_whole() => write!(f, "{}", start.format("%B %Y")),
            Unit::Quarter if self.is_whole() => write!(f, "Q{} {}", start.month0() / 3 + 1, start.year()),
            Unit::Year if self.is_whole() => write!(f, "{}", start.year()),
            _ => write!(f, "{start} to {end}"),
        }
    }
}

/// A day, week or month of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Step {
    /// Its first day.
    pub since: NaiveDate,
    /// Its last day.
    pub until: NaiveDate,
    /// The number of items, or of words.
    pub count: usize,
}

/// Adds to the step that contains a day; false if there is none.
pub fn add(steps: &mut [Step], day: NaiveDate, count: usize) -> bool {
    let at = steps.partition_point(|step| step.until < day);
    let step = steps.get_mut(at).filter(|step| step.since <= day);
    step.map(|step| step.count += count).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_period_has_a_name() {
        let named = |unit, text| Period::of(unit, day(text)).unwrap().to_string();
        assert_eq!(named(Unit::Week, "2022-02-09"), "Week 6 of 2022");
        // the ISO year, not that of its first day
        assert_eq!(named(Unit::Week, "2024-12-31"), "Week 1 of 2025");
        assert_eq!(named(Unit::Month, "2022-02-09"), "February 2022");
        assert_eq!(named(Unit::Quarter, "2022-11-09"), "Q4 2022");
        assert_eq!(named(Unit::Year, "2022-11-09"), "2022");
        let part = Period { end: day("2022-02-13"), ..Period::of(Unit::Month, day("2022-02-09")).unwrap() };
        assert_eq!((part.to_string().as_str(), part.is_whole()), ("2022-02-01 to 2022-02-13", false));
    }

    #[test]
    fn steps_cover_a_period_once() {
        for (from, to, unit, count) in [
            ("2022-02-07", "2022-02-20", Unit::Day, 14),
            ("2022-02-07", "2022-02-21", Unit::Week, 3),
            ("2022-02-01", "2022-02-28", Unit::Week, 5),
            ("2022-01-15", "2022-12-03", Unit::Month, 12),
            ("2022-02-07", "2022-02-07", Unit::Day, 1),
        ] {
            let period = Period { unit: Unit::Year, start: day(from), end: day(to) };
            let mut steps = period.steps();
            assert_eq!((period.step(), steps.len()), (unit, count), "{from}");
            let mut days = 0;
            for date in period.start.iter_days().take_while(|date| *date <= period.end) {
                assert!(add(&mut steps, date, 1), "{date}");
                days += 1;
            }
            assert!(!add(&mut steps, period.start.pred_opt().unwrap(), 1), "{from}");
            assert!(!add(&mut steps, period.end.succ_opt().unwrap(), 1), "{from}");
            assert!(steps.iter().all(|step| step.count > 0), "{from}");
            assert_eq!(steps.iter().map(|step| step.count).sum::<usize>(), days, "{from}");
        }
    }
}

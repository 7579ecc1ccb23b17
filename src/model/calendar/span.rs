//! The values of the calendar: ranges of days, units, and lengths of time.

use std::fmt;

use chrono::Datelike as _;
use chrono::Days;
use chrono::Months;
use chrono::NaiveDate;
use chrono::Weekday;

/// The first and the last year accepted; past 9999 a date does not even print as `YYYY-MM-DD`.
pub const YEARS: std::ops::RangeInclusive<i32> = 1900..=2999;

/// Days from `start` to `end`, both included; `None` leaves that side open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DateRange {
    /// The first day.
    pub start: Option<NaiveDate>,
    /// The last day.
    pub end: Option<NaiveDate>,
}

impl DateRange {
    /// One day.
    #[must_use]
    pub const fn day(day: NaiveDate) -> Self {
        Self { start: Some(day), end: Some(day) }
    }

    /// From one day to another, whichever comes first.
    #[must_use]
    pub fn between(one: NaiveDate, other: NaiveDate) -> Self {
        Self { start: Some(one.min(other)), end: Some(one.max(other)) }
    }

    /// The day, where the range is exactly one.
    #[must_use]
    pub fn single(self) -> Option<NaiveDate> {
        self.start.filter(|_| self.start == self.end)
    }

    /// True when the day is in the range.
    #[must_use]
    pub fn contains(self, day: NaiveDate) -> bool {
        self.start.is_none_or(|start| start <= day) && self.end.is_none_or(|end| day <= end)
    }

    /// True when all days of the other are in it.
    #[must_use]
    pub fn covers(self, other: Self) -> bool {
        let begins = self.start.is_none_or(|start| other.start.is_some_and(|other| start <= other));
        begins && self.end.is_none_or(|end| other.end.is_some_and(|other| other <= end))
    }

    /// True when the two have a day in common.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        let before =
            |end: Option<NaiveDate>, start: Option<NaiveDate>| matches!((end, start), (Some(e), Some(s)) if e < s);
        !before(self.end, other.start) && !before(other.end, self.start)
    }
}

impl fmt::Display for DateRange {
    /// `2026-12-01`, `2026-12-01..2026-12-31`, `2026-12-01..`, `..2026-12-31`, `..`; `parse_when` reads all but the last.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(day) = self.single() {
            return write!(f, "{day}");
        }
        if let Some(start) = self.start {
            write!(f, "{start}")?;
        }
        f.write_str("..")?;
        self.end.map_or(Ok(()), |end| write!(f, "{end}"))
    }
}

/// A unit of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// A day.
    Day,
    /// Seven days; as a period Monday to Sunday (ISO 8601).
    Week,
    /// A calendar month.
    Month,
    /// Three calendar months, from January, April, July or October.
    Quarter,
    /// A calendar year.
    Year,
}

impl Unit {
    /// Reads `d`, `day`, `days`, `w`, `wk`, `m`, `mo`, `q`, `y`, `yr`, … in lower case. `m` is a month: there are no minutes here.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "d" | "day" | "days" => Self::Day,
            "w" | "wk" | "wks" | "week" | "weeks" => Self::Week,
            "m" | "mo" | "month" | "months" => Self::Month,
            "q" | "quarter" | "quarters" => Self::Quarter,
            "y" | "yr" | "yrs" | "year" | "years" => Self::Year,
            _ => return None,
        })
    }

    /// The day, week, month, quarter or year in which a day is. `None` at the ends of chrono's calendar only.
    #[must_use]
    pub fn period(self, day: NaiveDate) -> Option<DateRange> {
        let first_of_month = |month| NaiveDate::from_ymd_opt(day.year(), month, 1);
        match self {
            Self::Day => Some(DateRange::day(day)),
            Self::Week => {
                let start = day.checked_sub_days(Days::new(day.weekday().num_days_from_monday().into()))?;
                Some(DateRange::between(start, start.checked_add_days(Days::new(6))?))
            }
            Self::Month => months(first_of_month(day.month())?, 1),
            Self::Quarter => months(first_of_month(day.month0() / 3 * 3 + 1)?, 3),
            Self::Year => months(first_of_month(1)?, 12),
        }
    }
}

/// `count` whole months from the first day of one.
pub(crate) fn months(first: NaiveDate, count: u32) -> Option<DateRange> {
    Some(DateRange::between(first, first.checked_add_months(Months::new(count))?.pred_opt()?))
}

/// The week of an ISO year, Monday to Sunday; `None` where that year has no such week.
#[must_use]
pub fn iso_week(year: i32, week: u32) -> Option<DateRange> {
    Unit::Week.period(NaiveDate::from_isoywd_opt(year, week, Weekday::Mon)?)
}

/// A length of time: `30d`, `2w`, `6m`, `1q`, `1y`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Length {
    /// How many.
    pub count: u32,
    /// Of what.
    pub unit: Unit,
}

impl Length {
    /// Reads `30d`, `2 weeks`, `2-weeks`, `a month`, in any case. Numbers have five digits at most.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_ascii_lowercase();
        if text.starts_with('-') {
            return None;
        }
        let words: Vec<&str> = text.split([' ', '-', '\t']).filter(|word| !word.is_empty()).collect();
        Self::from_words(&words)
    }

    /// Reads lower-case words: `["30d"]`, `["2", "weeks"]`, `["a", "week"]`.
    pub(crate) fn from_words(words: &[&str]) -> Option<Self> {
        let (count, unit) = match *words {
            [word] => word.split_at_checked(word.bytes().take_while(u8::is_ascii_digit).count())?,
            [count, unit] => (count, unit),
            _ => return None,
        };
        let count = match count {
            "a" | "an" | "one" => 1,
            "two" => 2,
            "three" => 3,
            "four" => 4,
            "five" => 5,
            "six" => 6,
            digits if digits.len() <= 5 && digits.bytes().all(|b| b.is_ascii_digit()) => digits.parse().ok()?,
            _ => return None,
        };
        Some(Self { count, unit: Unit::from_name(unit)? })
    }

    /// The day that is so long after `day`; months clamp to their last day (31 January + 1 month is 28 or 29 February).
    #[must_use]
    pub fn after(self, day: NaiveDate) -> Option<NaiveDate> {
        match self.measure()? {
            Measure::Days(days) => day.checked_add_days(days),
            Measure::Months(months) => day.checked_add_months(months),
        }
    }

    /// The day that is so long before `day`; months clamp as in [`Length::after`].
    #[must_use]
    pub fn before(self, day: NaiveDate) -> Option<NaiveDate> {
        match self.measure()? {
            Measure::Days(days) => day.checked_sub_days(days),
            Measure::Months(months) => day.checked_sub_months(months),
        }
    }

    fn measure(self) -> Option<Measure> {
        Some(match self.unit {
            Unit::Day => Measure::Days(Days::new(self.count.into())),
            Unit::Week => Measure::Days(Days::new(u64::from(self.count) * 7)),
            Unit::Month => Measure::Months(Months::new(self.count)),
            Unit::Quarter => Measure::Months(Months::new(self.count.checked_mul(3)?)),
            Unit::Year => Measure::Months(Months::new(self.count.checked_mul(12)?)),
        })
    }
}

enum Measure {
    Days(Days),
    Months(Months),
}

impl fmt::Display for Length {
    /// `30d`; read back by [`Length::parse`].
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            Unit::Day => 'd',
            Unit::Week => 'w',
            Unit::Month => 'm',
            Unit::Quarter => 'q',
            Unit::Year => 'y',
        };
        write!(f, "{}{unit}", self.count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn month_ends_clamp() {
        let month = Length::parse("1m").unwrap();
        assert_eq!(month.after(day("2022-01-31")), Some(day("2022-02-28")));
        assert_eq!(month.before(day("2024-03-31")), Some(day("2024-02-29")));
        assert_eq!(Length::parse("2 years").unwrap().after(day("2024-02-29")), Some(day("2026-02-28")));
        assert_eq!(Length::parse("a quarter").unwrap().after(day("2025-11-30")), Some(day("2026-02-28")));
    }

    #[test]
    fn lengths() {
        assert_eq!(Length::parse("30D").unwrap().to_string(), "30d");
        assert_eq!(Length::parse("2-weeks").unwrap().to_string(), "2w");
        for wrong in ["", "d", "30", "-3d", "3 d d", "123456d", "3min", "30d1"] {
            assert_eq!(Length::parse(wrong), None, "{wrong}");
        }
        assert_eq!(Length::parse("99999y").unwrap().after(day("2026-01-01")).map(|d| d.year()), Some(102_025));
        assert_eq!(Length { count: u32::MAX, unit: Unit::Year }.after(day("2026-01-01")), None);
    }

    #[test]
    fn ranges_that_touch_overlap() {
        let week = iso_week(2020, 53).unwrap();
        assert_eq!(week.to_string(), "2020-12-28..2021-01-03");
        assert!(week.overlaps(DateRange { start: None, end: Some(day("2020-12-28")) }));
        assert!(!week.overlaps(DateRange { start: Some(day("2021-01-04")), end: None }));
        assert_eq!(iso_week(2021, 53), None);
    }
}

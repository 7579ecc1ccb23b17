//! The forms that a natural date can have, each read from folded words: relative, in numbers, with names.
//!
//! Called by `when` only, which says what they mean.

use chrono::Datelike as _;
use chrono::Days;
use chrono::NaiveDate;
use chrono::Weekday;

use crate::model::calendar::span::DateRange;
use crate::model::calendar::span::Length;
use crate::model::calendar::span::Unit;
use crate::model::calendar::span::YEARS;
use crate::model::calendar::span::iso_week;
use crate::model::calendar::span::months;
use crate::model::words;

/// On which side of today an incomplete date is: `friday`, `1 may`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lean {
    /// Today or after: plans.
    Ahead,
    /// Today or before: what has happened.
    Behind,
}

/// Why a text is not a date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct WhenError {
    /// One line, for a person.
    pub message: String,
    /// What was probably meant, in place of the whole text.
    pub suggestion: Option<String>,
}

impl WhenError {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), suggestion: None }
    }
}

/// A range, and whether it depends on the lean.
pub(crate) struct DateForm {
    pub(crate) range: DateRange,
    pub(crate) floating: bool,
}

impl DateForm {
    pub(crate) fn fixed(range: DateRange) -> Self {
        Self { range, floating: false }
    }
}

/// What one form makes of a text: `Ok(None)` for another form, a date, or an error where it is this form but wrong.
pub(crate) type Read = Result<Option<DateForm>, WhenError>;

pub(crate) fn out_of_years() -> WhenError {
    WhenError::new(format!("years go from {} to {}", YEARS.start(), YEARS.end()))
}

/// `today`, `next week`, `last friday`, `+7d`, `in 3 days`, `2 weeks ago`, `last 7 days`.
pub(crate) fn relative(tokens: &[&str], today: NaiveDate) -> Read {
    let length = Length::from_words;
    let from_today = |day: Option<NaiveDate>| day.map(DateRange::day).ok_or_else(out_of_years);
    let range = match *tokens {
        ["today" | "now"] => DateRange::day(today),
        ["tomorrow"] => from_today(today.succ_opt())?,
        ["yesterday"] => from_today(today.pred_opt())?,
        ["day", "after", "tomorrow"] => from_today(today.checked_add_days(Days::new(2)))?,
        ["day", "before", "yesterday"] => from_today(today.checked_sub_days(Days::new(2)))?,
        ["in", ref rest @ ..] | [ref rest @ .., "from", "now"] if let Some(length) = length(rest) => {
            from_today(length.after(today))?
        }
        [ref rest @ .., "ago"] if let Some(length) = length(rest) => from_today(length.before(today))?,
        [first, ref rest @ ..] if let Some((sign, number)) = signed(first) => {
            let mut all = vec![number];
            all.extend(rest);
            // `+1`, `-7` are days, as in other tools
            if rest.is_empty() && number.bytes().all(|b| b.is_ascii_digit()) {
                all.push("d");
            }
            let Some(length) = length(&all) else { return Ok(None) };
            from_today(if sign == '+' { length.after(today) } else { length.before(today) })?
        }
        [side, ref rest @ ..] if let Some(side) = side_of_today(side) => return beside(side, rest, today),
        _ => return Ok(None),
    };
    Ok(Some(DateForm::fixed(range)))
}

fn signed(token: &str) -> Option<(char, &str)> {
    let rest = token.strip_prefix(['+', '-'])?;
    Some((token.chars().next()?, rest)).filter(|_| !rest.is_empty())
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Last,
    This,
    Next,
}

fn side_of_today(word: &str) -> Option<Side> {
    Some(match word {
        "last" | "past" | "previous" | "prev" => Side::Last,
        "this" | "current" => Side::This,
        "next" | "coming" => Side::Next,
        _ => return None,
    })
}

fn beside(side: Side, rest: &[&str], today: NaiveDate) -> Read {
    let range = match *rest {
        [unit] if let Some(unit) = Unit::from_name(unit) => period_beside(side, unit, today),
        [name] if let Some(month) = words::month(name) => month_beside(side, month, today),
        [name] if let Some(weekday) = words::weekday(name) => match side {
            Side::Last => weekday_within(weekday, today.checked_sub_days(Days::new(7))),
            Side::This => weekday_within(weekday, Unit::Week.period(today).and_then(|week| week.start)),
            Side::Next => weekday_within(weekday, today.succ_opt()),
        },
        _ => match (side, Length::from_words(rest)) {
            (Side::Next, Some(length)) => {
                today.succ_opt().zip(length.after(today)).map(|(from, to)| DateRange::between(from, to.max(from)))
            }
            (Side::Last, Some(length)) => {
                let from = length.before(today).and_then(|day| day.succ_opt());
                from.map(|from| DateRange::between(from.min(today), today))
            }
            _ => return Ok(None),
        },
    };
    range.map(|range| Some(DateForm::fixed(range))).ok_or_else(out_of_years)
}

fn period_beside(side: Side, unit: Unit, today: NaiveDate) -> Option<DateRange> {
    let this = unit.period(today)?;
    match side {
        Side::Last => unit.period(this.start?.pred_opt()?),
        Side::This => Some(this),
        Side::Next => unit.period(this.end?.succ_opt()?),
    }
}

fn month_beside(side: Side, month: u32, today: NaiveDate) -> Option<DateRange> {
    let in_year = |year| months(NaiveDate::from_ymd_opt(year, month, 1)?, 1);
    let this = in_year(today.year())?;
    match side {
        Side::This => Some(this),
        Side::Next if this.start > Some(today) => Some(this),
        Side::Next => in_year(today.year() + 1),
        Side::Last if this.end < Some(today) => Some(this),
        Side::Last => in_year(today.year() - 1),
    }
}

/// The weekday among the seven days from `from` on.
fn weekday_within(weekday: Weekday, from: Option<NaiveDate>) -> Option<DateRange> {
    let from = from?;
    let ahead = (weekday.num_days_from_monday() + 7 - from.weekday().num_days_from_monday()) % 7;
    from.checked_add_days(Days::new(ahead.into())).map(DateRange::day)
}

/// `2026-12-01`, `2026-12`, `2026`, `20261201`, `202612`, `2020-W53`, `2007-Q1`, `week 12`, `2023/10/18`, `18.10.2023`.
pub(crate) fn numbers(tokens: &[&str], today: NaiveDate) -> Read {
    let number = |token: &str, digits: std::ops::RangeInclusive<usize>| {
        let fits = digits.contains(&token.len()) && token.bytes().all(|b| b.is_ascii_digit());
        token.parse::<u32>().ok().filter(|_| fits)
    };
    let year = |token: &str| number(token, 4..=4);
    let after = |letter: char, token: &str| token.strip_prefix(letter).and_then(|rest| number(rest, 1..=2));
    match *tokens {
        [y] if let Some(y) = year(y) => a_year(y),
        [ym] if let Some(ym) = number(ym, 6..=6) => a_month(ym / 100, ym % 100),
        [ymd] if let Some(ymd) = number(ymd, 8..=8) => a_day(ymd / 10_000, ymd / 100 % 100, ymd % 100),
        [y, m] if let (Some(y), Some(m)) = (year(y), number(m, 1..=2)) => a_month(y, m),
        [y, m, d] if let (Some(y), Some(m), Some(d)) = (year(y), number(m, 1..=2), number(d, 1..=2)) => a_day(y, m, d),
        [y, w] | [w, y] if let (Some(y), Some(w)) = (year(y), after('w', w)) => a_week(checked_year(y)?, w),
        [y, w, d] if let (Some(y), Some(w), Some(d)) = (year(y), after('w', w), number(d, 1..=1)) => {
            let week = a_week(checked_year(y)?, w)?;
            let monday = week.and_then(|found| found.range.start);
            let day = monday
                .filter(|_| (1..=7).contains(&d))
                .and_then(|day| day.checked_add_days(Days::new(u64::from(d) - 1)));
            day.map(|day| Some(DateForm::fixed(DateRange::day(day))))
                .ok_or_else(|| WhenError::new("a week has the days 1 to 7"))
        }
        [y, q] | [q, y] if let (Some(y), Some(q)) = (year(y), after('q', q)) => a_quarter(checked_year(y)?, q),
        [w] if let Some(w) = after('w', w) => a_week(today.iso_week().year(), w),
        ["week", w] if let Some(w) = number(w, 1..=2) => a_week(today.iso_week().year(), w),
        ["week", w, y] if let (Some(w), Some(y)) = (number(w, 1..=2), year(y)) => a_week(checked_year(y)?, w),
        [q] if let Some(q) = after('q', q) => a_quarter(today.year(), q),
        [token] => match *token.split(['/', '.']).collect::<Vec<_>>() {
            [y, m, d] if let (Some(y), Some(m), Some(d)) = (year(y), number(m, 1..=2), number(d, 1..=2)) => {
                a_day(y, m, d)
            }
            [y, m] | [m, y] if let (Some(y), Some(m)) = (year(y), number(m, 1..=2)) => a_month(y, m),
            [a, b, y] if let (Some(a), Some(b), Some(y)) = (number(a, 1..=2), number(b, 1..=2), year(y)) => {
                match (a, b) {
                    _ if token.contains('.') || a == b || a > 12 => a_day(y, b, a),
                    _ if b > 12 => a_day(y, a, b),
                    _ => Err(WhenError {
                        message: format!(
                            "`{token}` may be {y}-{a:02}-{b:02} or {y}-{b:02}-{a:02}: write the one you mean"
                        ),
                        suggestion: None,
                    }),
                }
            }
            _ => Ok(None),
        },
        _ => Ok(None),
    }
}

fn checked_year(year: u32) -> Result<i32, WhenError> {
    i32::try_from(year).ok().filter(|year| YEARS.contains(year)).ok_or_else(out_of_years)
}

fn a_year(year: u32) -> Read {
    let first = NaiveDate::from_ymd_opt(checked_year(year)?, 1, 1);
    Ok(first.and_then(|first| months(first, 12)).map(DateForm::fixed))
}

fn a_month(year: u32, month: u32) -> Read {
    let first = NaiveDate::from_ymd_opt(checked_year(year)?, month, 1);
    let range = first.and_then(|first| months(first, 1));
    range.map(|range| Some(DateForm::fixed(range))).ok_or_else(|| WhenError::new(format!("there is no month {month}")))
}

fn a_day(year: u32, month: u32, day: u32) -> Read {
    let date = NaiveDate::from_ymd_opt(checked_year(year)?, month, day);
    date.map(|date| Some(DateForm::fixed(DateRange::day(date)))).ok_or_else(|| no_such_day(year, month, day))
}

fn no_such_day(year: u32, month: u32, day: u32) -> WhenError {
    WhenError::new(format!("{year}-{month:02}-{day:02} is not in the calendar"))
}

fn a_week(year: i32, week: u32) -> Read {
    let range = iso_week(year, week);
    range.map(|range| Some(DateForm::fixed(range))).ok_or_else(|| WhenError::new(format!("{year} has no week {week}")))
}

fn a_quarter(year: i32, quarter: u32) -> Read {
    let month = quarter.checked_sub(1).filter(|&before| before < 4).map(|before| before * 3 + 1);
    let range = month.and_then(|month| months(NaiveDate::from_ymd_opt(year, month, 1)?, 3));
    range.map(|range| Some(DateForm::fixed(range))).ok_or_else(|| WhenError::new("quarters go from Q1 to Q4"))
}

/// `friday`; `12th`; `may`, `may 2026`, `1st of may`, `May 1`, `1 May 2026`, `1. Mai`, in any order.
pub(crate) fn named(tokens: &[&str], today: NaiveDate, lean: Lean) -> Read {
    let floating =
        |range: Option<DateRange>| range.map(|range| Some(DateForm { range, floating: true })).ok_or_else(out_of_years);
    match *tokens {
        [name]
            if words::month(name).is_none()
                && let Some(weekday) = words::weekday(name) =>
        {
            return floating(match lean {
                Lean::Ahead => weekday_within(weekday, Some(today)),
                Lean::Behind => weekday_within(weekday, today.checked_sub_days(Days::new(6))),
            });
        }
        [number] if let Some((day, true)) = words::ordinal(number) => {
            let first = today.with_day(1);
            let in_month = |ahead: i32| {
                let count = Length { count: ahead.unsigned_abs(), unit: Unit::Month };
                let month = if ahead < 0 { count.before(first?) } else { count.after(first?) };
                month?.with_day(day).map(DateRange::day)
            };
            // no day is missing from two months in a row
            return floating(nearest_of((-2..=2).filter_map(in_month), today, lean));
        }
        _ => {}
    }
    let (mut month, mut day, mut year) = (None, None, None);
    for token in tokens {
        let fresh = if let Some(found) = words::month(token) {
            month.replace(found).is_none()
        } else if let Some(found) = words::day_of_month(token) {
            day.replace(found).is_none()
        } else if token.len() == 4 && token.bytes().all(|b| b.is_ascii_digit()) {
            year.replace(token.parse().unwrap_or(0)).is_none()
        } else {
            false
        };
        if !fresh {
            return Ok(None);
        }
    }
    let Some(month) = month else { return Ok(None) };
    match (day, year) {
        (Some(day), Some(year)) => a_day(year, month, day),
        (None, Some(year)) => a_month(year, month),
        (Some(day), None) => {
            let in_year = |year| NaiveDate::from_ymd_opt(year, month, day).map(DateRange::day);
            // 29 February comes back after eight years at most
            let found = nearest_of((today.year() - 8..=today.year() + 8).filter_map(in_year), today, lean);
            // 2024 has a 29 February: what is missing there is missing always
            if found.is_none() && NaiveDate::from_ymd_opt(2024, month, day).is_none() {
                return Err(WhenError::new(format!("no year has a day {day} in month {month}")));
            }
            floating(found)
        }
        (None, None) => {
            let in_year = |year| months(NaiveDate::from_ymd_opt(year, month, 1)?, 1);
            floating(nearest_of((today.year() - 1..=today.year() + 1).filter_map(in_year), today, lean))
        }
    }
}

/// Of ranges in the order of time the first that has not ended, or the last that has begun.
fn nearest_of(ranges: impl Iterator<Item = DateRange>, today: NaiveDate, lean: Lean) -> Option<DateRange> {
    let mut ranges = ranges;
    match lean {
        Lean::Ahead => ranges.find(|range| range.end >= Some(today)),
        Lean::Behind => ranges.filter(|range| range.start <= Some(today)).last(),
    }
}

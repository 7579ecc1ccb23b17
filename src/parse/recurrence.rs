//! Recurrence rules of tasks, and the days that follow from them.

use chrono::Datelike as _;
use chrono::Days;
use chrono::Months;
use chrono::NaiveDate;
use chrono::Weekday;

use crate::model::words;

/// A rule such as `every 2 weeks on Monday when done`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    every: u32,
    unit: Unit,
    /// Counts from the day it is done, not from its due date.
    pub when_done: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Unit {
    Days,
    /// Monday to Friday.
    Weekdays,
    /// On these weekdays; on the same one if empty.
    Weeks(Vec<Weekday>),
    /// On these days; on the same one if empty.
    Months(Vec<InMonth>),
    /// In these months of every year (never empty), on these days; on the same one if empty.
    Named(Vec<u32>, Vec<InMonth>),
    Years,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum InMonth {
    Day(u32),
    /// Counted from 1.
    Nth(u32, Weekday),
    /// Counted from the end, 1 is the last: of all days, or of a weekday.
    FromEnd(u32, Option<Weekday>),
}

/// Upper bound on steps to find a rule's next day (`every month on the 31st` skips at most two).
const STEPS: u32 = 100;

/// 29 February can be up to eight years away (1896, 1904).
const YEARS: u32 = 9;

impl Rule {
    /// Parses a rule.
    ///
    /// # Errors
    /// A sentence about what is not understood.
    pub fn parse(text: &str) -> Result<Self, String> {
        let lower = text.to_lowercase().replace(',', " ");
        let lower = in_full(&lower);
        let mut words: Vec<&str> = lower.trim_end_matches('!').split_whitespace().collect();
        let when_done = words.ends_with(&["when", "done"]);
        if when_done {
            words.truncate(words.len() - 2);
        }
        let unknown = |word: &str| {
            format!(
                "`{word}` is not understood in `{text}`: every 2 weeks, every month on the 31st, every weekday when done are"
            )
        };
        let mut rest = words.as_slice();
        match rest {
            ["every", more @ ..] => rest = more,
            _ => return Err(format!("a rule begins with `every`: `{text}`")),
        }
        let mut every = 1;
        if let [number, more @ ..] = rest
            && let Some(count) = if *number == "other" { Some(2) } else { number.parse().ok() }
        {
            if count == 0 || count > 1_000 {
                return Err(unknown(number));
            }
            every = count;
            rest = more;
        }
        let (unit, rest) = match rest {
            [] => return Err(unknown("every")),
            ["day" | "days", more @ ..] => (Unit::Days, more),
            ["weekday" | "weekdays", more @ ..] => (Unit::Weekdays, more),
            ["week" | "weeks", more @ ..] => {
                let (days, more) = weekdays(more.strip_prefix(&["on"]).unwrap_or(more));
                (Unit::Weeks(days), more)
            }
            ["month" | "months", more @ ..] => match more.strip_prefix(&["on"]) {
                Some(more) => {
                    let (days, more) = in_month(more);
                    if days.is_empty() {
                        return Err(unknown("on"));
                    }
                    (Unit::Months(days), more)
                }
                None => (Unit::Months(Vec::new()), more),
            },
            ["year" | "years", more @ ..] if every == 1 && !more.is_empty() => {
                named_months(more.strip_prefix(&["on"]).or_else(|| more.strip_prefix(&["in"])).unwrap_or(more))
                    .ok_or_else(|| unknown(more.first().unwrap_or(&"")))?
            }
            ["year" | "years", more @ ..] => (Unit::Years, more),
            more => {
                let (days, behind) = weekdays(more);
                match named_months(more).filter(|_| every == 1) {
                    _ if !days.is_empty() => (Unit::Weeks(days), behind),
                    Some(found) => found,
                    None => return Err(unknown(more.first().unwrap_or(&""))),
                }
            }
        };
        match rest.first() {
            Some(word) => Err(unknown(word)),
            None => Ok(Self { every, unit, when_done }),
        }
    }

    /// The first day of the rule after a day. `None` beyond the calendar.
    #[must_use]
    pub fn next(&self, after: NaiveDate) -> Option<NaiveDate> {
        match &self.unit {
            Unit::Days => after.checked_add_days(Days::new(self.every.into())),
            Unit::Weekdays => {
                let mut day = after;
                for _ in 0..self.every {
                    day = day.succ_opt()?;
                    while matches!(day.weekday(), Weekday::Sat | Weekday::Sun) {
                        day = day.succ_opt()?;
                    }
                }
                Some(day)
            }
            Unit::Weeks(days) if days.is_empty() => after.checked_add_days(Days::new(7 * u64::from(self.every))),
            Unit::Weeks(days) => {
                let monday = after.checked_sub_days(Days::new(after.weekday().num_days_from_monday().into()))?;
                let in_week = |monday: NaiveDate| {
                    (0..7)
                        .filter_map(move |n| monday.checked_add_days(Days::new(n)))
                        .filter(|day| days.contains(&day.weekday()))
                };
                let later = in_week(monday).find(|day| *day > after);
                later.or_else(|| in_week(monday.checked_add_days(Days::new(7 * u64::from(self.every)))?).next())
            }
            Unit::Months(days) if days.is_empty() => after.checked_add_months(Months::new(self.every)),
            Unit::Months(days) => {
                let first = after.with_day(1)?;
                (0..STEPS).find_map(|step| {
                    let month = first.checked_add_months(Months::new(step * self.every))?;
                    days.iter().filter_map(|day| day.of(month)).filter(|day| *day > after).min()
                })
            }
            Unit::Named(months, days) => {
                let first = after.with_day(1)?;
                (0..YEARS * 12).find_map(|step| {
                    let month = first.checked_add_months(Months::new(step))?;
                    let same = [InMonth::Day(after.day().min(last_of(month)?.day()))];
                    let days = if days.is_empty() { same.as_slice() } else { days };
                    let own = days.iter().filter(|_| months.contains(&month.month()));
                    own.filter_map(|day| day.of(month)).filter(|day| *day > after).min()
                })
            }
            Unit::Years => after.checked_add_months(Months::new(12 * self.every)),
        }
    }
}

/// One-word rules, and their meaning.
const SHORT: [(&str, &str); 8] = [
    ("daily", "every day"),
    ("weekly", "every week"),
    ("fortnightly", "every 2 weeks"),
    ("monthly", "every month"),
    ("quarterly", "every 3 months"),
    ("yearly", "every year"),
    ("annually", "every year"),
    ("weekdays", "every weekday"),
];

/// A rule with a one-word form expanded: `weekly` is `every week`.
#[must_use]
pub fn in_full(rule: &str) -> String {
    let (word, rest) = rule.trim().split_once(' ').unwrap_or((rule.trim(), ""));
    match SHORT.iter().find(|(short, _)| word.eq_ignore_ascii_case(short)) {
        Some((_, full)) => format!("{full} {rest}").trim_end().to_owned(),
        None => rule.to_owned(),
    }
}

/// True for `weekly`, `daily` and the like.
#[must_use]
pub fn is_short(word: &str) -> bool {
    SHORT.iter().any(|(short, _)| word.eq_ignore_ascii_case(short))
}

fn last_of(first: NaiveDate) -> Option<NaiveDate> {
    first.checked_add_months(Months::new(1))?.pred_opt()
}

impl InMonth {
    /// Its day in the month that begins with `first`; `None` if the month has none.
    fn of(self, first: NaiveDate) -> Option<NaiveDate> {
        let last = last_of(first)?;
        match self {
            Self::Day(day) => first.with_day(day),
            Self::Nth(n, weekday) => {
                let ahead = weekday.days_since(first.weekday()) + 7 * (n - 1);
                first.checked_add_days(Days::new(ahead.into())).filter(|day| *day <= last)
            }
            Self::FromEnd(n, weekday) => {
                let back = weekday.map_or(n - 1, |weekday| last.weekday().days_since(weekday) + 7 * (n - 1));
                last.checked_sub_days(Days::new(back.into())).filter(|day| *day >= first)
            }
        }
    }
}

/// Weekday names at the beginning of words, optionally with `and` between them.
fn weekdays<'w>(mut rest: &'w [&'w str]) -> (Vec<Weekday>, &'w [&'w str]) {
    let mut days = Vec::new();
    while let [word, more @ ..] = rest {
        match words::weekday(word).or_else(|| words::weekday(word.strip_suffix('s')?)) {
            Some(day) => days.push(day),
            None if *word == "and" && !days.is_empty() => {}
            None => break,
        }
        rest = more;
    }
    (days, rest)
}

/// `the 31st`, `the last`, `the 2nd wednesday`, `the 2nd last friday`, several with `and`.
fn in_month<'w>(mut rest: &'w [&'w str]) -> (Vec<InMonth>, &'w [&'w str]) {
    let mut days = Vec::new();
    while let [word, more @ ..] = rest {
        let weekday = |more: &[&str]| more.first().and_then(|word| words::weekday(word));
        let (day, took) = match (*word, ordinal(word), more) {
            ("the", _, _) => (None, 0),
            ("and", _, _) if !days.is_empty() => (None, 0),
            ("last", _, _) => (Some(InMonth::FromEnd(1, weekday(more))), usize::from(weekday(more).is_some())),
            (_, Some(n @ 1..=31), ["last", behind @ ..]) => {
                (Some(InMonth::FromEnd(n, weekday(behind))), 1 + usize::from(weekday(behind).is_some()))
            }
            (_, Some(n), _) => match weekday(more) {
                Some(weekday) if n <= 5 => (Some(InMonth::Nth(n, weekday)), 1),
                Some(_) => break,
                None => (Some(InMonth::Day(n)), 0),
            },
            _ => break,
        };
        days.extend(day);
        rest = more.get(took..).unwrap_or(&[]);
    }
    (days, rest)
}

/// 1 to 31: `2`, `2nd`, `second`.
fn ordinal(word: &str) -> Option<u32> {
    let names = ["first", "second", "third", "fourth", "fifth"];
    let named = (1..).zip(names).find(|(_, name)| *name == word).map(|(n, _)| n);
    named.or_else(|| words::ordinal(word).map(|(n, _)| n))
}

/// `january on the 15th`, `april and december on the 1st and 24th`, `february 29th`.
fn named_months<'w>(mut rest: &'w [&'w str]) -> Option<(Unit, &'w [&'w str])> {
    let mut months = Vec::new();
    while let [word, more @ ..] = rest {
        match words::month(word) {
            Some(month) => months.push(month),
            None if *word == "and" && !months.is_empty() => {}
            None => break,
        }
        rest = more;
    }
    let on = rest.strip_prefix(&["on"]);
    let (days, behind) = in_month(on.unwrap_or(rest));
    (!months.is_empty() && (on.is_none() || !days.is_empty())).then_some((Unit::Named(months, days), behind))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[track_caller]
    fn next(rule: &str, after: &str, want: &str) {
        assert_eq!(Rule::parse(rule).unwrap().next(day(after)), Some(day(want)), "{rule}");
    }

    #[test]
    fn rules() {
        next("every month", "2022-01-31", "2022-02-28");
        next("every 2 months", "2023-12-31", "2024-02-29");
        next("every 2 years", "2024-02-29", "2026-02-28");
        next("every 11 months", "2020-03-31", "2021-02-28");
        next("every month on the 31st", "2021-01-31", "2021-03-31");
        next("every month on the 2nd Wednesday when done", "2021-10-13", "2021-11-10");
        next("every week on Monday, Wednesday, Friday", "2022-01-24", "2022-01-26");
        next("every week on Monday, Wednesday, Friday", "2022-01-28", "2022-01-31");
        next("every 2 weeks on Friday", "2026-11-20", "2026-12-04");
        next("every 4 weeks on Sunday", "2022-05-15", "2022-06-12");
        next("every weekday", "2026-11-20", "2026-11-23");
        next("every Monday and Thursday", "2026-11-21", "2026-11-23");
        next("every month on the last Friday", "2026-11-21", "2026-11-27");
        next("every month on the last", "2026-02-28", "2026-03-31");
        next("every 10 days", "2021-10-04", "2021-10-14");
        next("every other week", "2026-11-21", "2026-12-05");
        next("every month on the 2nd last Friday", "2026-11-21", "2026-12-18");
        next("every month on the 1st and the 24th", "2026-11-21", "2026-11-24");
        next("every month on the 5th Monday", "2026-11-21", "2026-11-30");
        next("every 6 months on the 1st Wednesday", "2026-11-21", "2027-05-05");
        next("every January on the 15th", "2026-11-21", "2027-01-15");
        next("every April and December on the 1st and 24th", "2026-11-21", "2026-12-01");
        next("every February on the last", "2026-02-28", "2027-02-28");
        next("every February", "2025-12-31", "2026-02-28");
        next("every year on February 29th", "2096-02-29", "2104-02-29");
        next("every year", "2024-02-29", "2025-02-28");
        next("weekly", "2026-11-27", "2026-12-04");
        next("Monthly on the 1st when done", "2026-11-27", "2026-12-01");
        next("fortnightly", "2026-11-27", "2026-12-11");
        for wrong in [
            "biweekly",
            "every",
            "every blue moon",
            "every 0 days",
            "every month on the",
            "every day at noon",
            "every month on the 7th Friday",
            "every year on blue",
            "every 3 January",
            "every January on",
            "every 99999999999 days",
            "every month on the 32nd",
            "",
        ] {
            assert!(Rule::parse(wrong).is_err(), "{wrong}");
        }
    }
}

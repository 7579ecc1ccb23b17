//! Recurring tasks: the rules of Obsidian Tasks, and the next copy of a task that is done.
//!
//! The copy goes above the old line, its dates moved by the same distance. Month ends clamp backwards unless the rule names
//! the day, then months without it are passed over. A line is never deleted, whatever `🏁` says.

use chrono::Datelike as _;
use chrono::Days;
use chrono::Months;
use chrono::NaiveDate;
use chrono::Weekday;

use crate::edit::field;
use crate::edit::item;
use crate::edit::journal::line_end;
use crate::edit::splice::apply_text;
use crate::model::Edit;
use crate::model::Task;
use crate::model::calendar::YEARS as YEARS_READ;
use crate::model::task::Field;
use crate::model::task::FieldKind;
use crate::model::words;

/// A rule such as `every 2 weeks on Monday when done`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    every: u32,
    unit: Unit,
    /// Counts from the day on which it is done, not from its date.
    pub when_done: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Unit {
    Days,
    /// Monday to Friday.
    Weekdays,
    /// On these days; on the same one where empty.
    Weeks(Vec<Weekday>),
    /// On these days; on the same one where empty.
    Months(Vec<InMonth>),
    /// In these months of every year (never empty), on these days; on the same one where empty.
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

/// A rule that finds no day within so many steps has none (`every month on the 31st` skips two at most).
const STEPS: u32 = 100;

/// 29 February can be eight years off (1896, 1904).
const YEARS: u32 = 9;

impl Rule {
    /// Reads a rule.
    ///
    /// # Errors
    /// A sentence that says what is not understood.
    pub fn parse(text: &str) -> Result<Self, String> {
        let lower = text.to_lowercase().replace(',', " ");
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

fn last_of(first: NaiveDate) -> Option<NaiveDate> {
    first.checked_add_months(Months::new(1))?.pred_opt()
}

impl InMonth {
    /// Its day in the month that begins with `first`; `None` where the month has none.
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

/// Weekday names at the beginning of words, `and` between them allowed.
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

/// True when a task asks to be deleted once it is done (`🏁 delete`). Nothing here deletes a line: this is for saying so.
#[must_use]
pub fn asks_for_deletion(task: &Task) -> bool {
    let first = task.fields.iter().find(|field| field.kind == FieldKind::OnCompletion);
    first.is_some_and(|field| field.value.eq_ignore_ascii_case("delete"))
}

/// The next copy of a task that is done on a day: one insertion above its line, `None` where it does not recur.
///
/// The box is empty and the dates are moved; the created date, where there is one, is the day of the copy. Done and cancelled
/// dates, ids, dependencies and the block id are left out. Wrapped lines are copied, children are not.
///
/// # Errors
///
/// A sentence that says why there can be no copy: a rule or a date that is not understood, dates beyond the calendar.
pub fn next_copy(text: &str, task: &Task, done_on: NaiveDate) -> Result<Option<Vec<Edit>>, String> {
    let Some(rule) = &task.recurrence else { return Ok(None) };
    let rule = Rule::parse(rule)?;
    let first = |kind: FieldKind| task.fields.iter().find(|field| field.kind == kind);
    let mut edits = vec![Edit { start: task.symbol_span.start, end: task.symbol_span.end, text: " ".to_owned() }];
    let dates = [(FieldKind::Due, task.due), (FieldKind::Scheduled, task.scheduled), (FieldKind::Start, task.start)];
    for (kind, date) in dates {
        if let (Some(field), None) = (first(kind), date) {
            return Err(format!("`{}` is no day", field.value));
        }
    }
    if let Some(reference) = dates.iter().find_map(|(_, date)| *date) {
        let from = if rule.when_done { done_on } else { reference };
        let moved = |date: NaiveDate| {
            let next = rule.next(from)?;
            date.checked_add_signed(next - reference).filter(|day| YEARS_READ.contains(&day.year()))
        };
        for (kind, date) in dates {
            if let (Some(field), Some(date)) = (first(kind), date) {
                let day = moved(date).ok_or("the next date lies beyond the calendar")?;
                edits.extend(field::replace(text, field, &day.to_string()));
            }
        }
    }
    edits.extend(first(FieldKind::Created).and_then(|field| field::replace(text, field, &done_on.to_string())));
    let dropped = [FieldKind::Done, FieldKind::Cancelled, FieldKind::Id, FieldKind::DependsOn];
    let dropped: Vec<&Field> = task.fields.iter().filter(|field| dropped.contains(&field.kind)).collect();
    edits.extend(item::rewrite(text, task, &dropped, &[]));
    for edit in &mut edits {
        edit.start -= task.span.start;
        edit.end -= task.span.start;
    }
    let kept = item::end_of_words(text, task).map_or("", |end| text.get(end..task.span.end).unwrap_or(""));
    let copy = apply_text(task.span.of(text), &edits).map_err(|error| error.to_string())?;
    // the block id stands at the end, behind all other edits
    let copy = copy.strip_suffix(kept.trim()).unwrap_or(&copy).trim_end();
    // a note of several line ends: as this line ends
    let behind = text.get(task.span.end..).unwrap_or("");
    let end = if behind.contains(['\n', '\r']) { line_end(behind) } else { line_end(text) };
    Ok(Some(vec![Edit { start: task.span.start, end: task.span.start, text: format!("{copy}{end}") }]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::NotePath;
    use crate::parse;

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
        for wrong in [
            "daily",
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

    #[track_caller]
    fn copy(text: &str, done: &str, want: &str) {
        let note = parse::parse(&NotePath::from("n.md"), text, &parse::Options::default()).note;
        let edits = next_copy(text, note.tasks.first().unwrap(), day(done)).unwrap().unwrap();
        assert_eq!(apply_text(text, &edits).unwrap(), format!("{want}{text}"));
    }

    #[test]
    fn copies() {
        copy(
            "- [ ] a 🔁 every 10 days when done 🛫 2021-10-05 ⏳ 2021-10-07 📅 2021-10-09\n",
            "2021-10-04",
            "- [ ] a 🔁 every 10 days when done 🛫 2021-10-10 ⏳ 2021-10-12 📅 2021-10-14\n",
        );
        copy(
            "- [ ] a 🔁 every month when done ⏳ 1999-01-23",
            "2021-08-31",
            "- [ ] a 🔁 every month when done ⏳ 2021-09-30\n",
        );
        copy("* [ ] a 🔁 every week\r\n", "2026-11-21", "* [ ] a 🔁 every week\r\n");
        copy(
            "> - [/] a 🆔 id2 ⛔ id1 🔁 every day 📅 2024-02-13\n",
            "2024-02-13",
            "> - [ ] a 🔁 every day 📅 2024-02-14\n",
        );
        copy(
            "- [ ] a\n  b [repeat:: every day] [due:: 2024-02-13] ^b1\n",
            "2024-02-13",
            "- [ ] a\n  b [repeat:: every day] [due:: 2024-02-14]\n",
        );
        copy(
            "- [ ] x 🔁 every day 📅 2024-02-10 🏁 delete\n",
            "2024-02-11",
            "- [ ] x 🔁 every day 📅 2024-02-11 🏁 delete\n",
        );
    }
    #[test]
    fn copies_of_every_style() {
        // nothing to move, nothing to write
        copy("- [ ] a 🔁 every week\n", "2026-11-21", "- [ ] a 🔁 every week\n");
        copy("\t+ [x] a repeat [repeat:: every week]\r", "2026-11-21", "\t+ [ ] a repeat [repeat:: every week]\r");
        // every date keeps its form
        copy(
            "- [ ] a 📅 [[2024-02-13]] [scheduled:: 2024-02-12T09:00] start:2024-2-1 🔁 every day\n",
            "2024-02-13",
            "- [ ] a 📅 [[2024-02-14]] [scheduled:: 2024-02-13T09:00] start:2024-02-02 🔁 every day\n",
        );
        // what is dropped may stand side by side and at the beginning
        copy("- [ ] 🆔 a1 ⛔ b2 a 🔁 every day ^c3\n", "2024-02-13", "- [ ] a 🔁 every day\n");
        copy("- [x] ✅ 2024-01-01 🔁 every day\n", "2024-02-13", "- [ ] 🔁 every day\n");
        copy("- [ ] 🔁 every day\n  🆔 a1 ^c3\n", "2024-02-13", "- [ ] 🔁 every day\n");
        copy("- [] a 🔁 every day ➕ 2020-01-01\n", "2024-02-13", "- [ ] a 🔁 every day ➕ 2024-02-13\n");
        // children and the line ends of a mixed note
        copy("- [ ] a 🔁 every day\r\n  - [ ] b\n", "2024-02-13", "- [ ] a 🔁 every day\r\n");
        copy("- [ ] a 🔁 every day  \n", "2024-02-13", "- [ ] a 🔁 every day\n");
    }

    #[test]
    fn without_a_copy_there_is_a_reason() {
        let why = |text: &str| {
            let note = parse::parse(&NotePath::from("n.md"), text, &parse::Options::default()).note;
            next_copy(text, note.tasks.first().unwrap(), day("2026-11-21"))
        };
        assert_eq!(why("- [ ] a 📅 2026-01-01"), Ok(None));
        assert_eq!(why("- [ ] a 🔁 every day 📅 2026-13-01"), Err("`2026-13-01` is no day".to_owned()));
        assert!(why("- [ ] a 🔁 every day 📅 2999-12-31").unwrap_err().contains("beyond the calendar"));
        assert!(why("- [ ] a 🔁 every full moon").unwrap_err().contains("`full` is not understood"));
    }

    #[test]
    fn deletion_is_read_and_never_done() {
        let asks = |text: &str| {
            let note = parse::parse(&NotePath::from("n.md"), text, &parse::Options::default()).note;
            asks_for_deletion(note.tasks.first().unwrap())
        };
        assert!(asks("- [ ] a 🏁 Delete"));
        assert!(asks("- [ ] a [onCompletion:: delete]"));
        assert!(!asks("- [ ] a 🏁 keep"));
        assert!(!asks("- [ ] a"));
    }
}

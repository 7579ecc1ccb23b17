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
use crate::edit::insert::line_end;
use crate::edit::splice::apply_text;
use crate::model::Edit;
use crate::model::Task;
use crate::model::task::FieldKind;
use crate::model::task::FieldStyle;
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
    Years,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum InMonth {
    Day(u32),
    Last,
    Nth(u32, Weekday),
    LastOf(Weekday),
}

/// A rule that finds no day within so many steps has none (`every month on the 31st` skips two at most).
const STEPS: u32 = 100;

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
            ["year" | "years", more @ ..] => (Unit::Years, more),
            more => {
                let (days, more) = weekdays(more);
                if days.is_empty() {
                    return Err(unknown(more.first().unwrap_or(&"")));
                }
                (Unit::Weeks(days), more)
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
            Unit::Years => after.checked_add_months(Months::new(12 * self.every)),
        }
    }
}

impl InMonth {
    /// Its day in the month that begins with `first`; `None` where the month has none.
    fn of(self, first: NaiveDate) -> Option<NaiveDate> {
        let last = first.checked_add_months(Months::new(1))?.pred_opt()?;
        match self {
            Self::Day(day) => first.with_day(day),
            Self::Last => Some(last),
            Self::Nth(n, weekday) => {
                let ahead = weekday.days_since(first.weekday()) + 7 * (n - 1);
                first.checked_add_days(Days::new(ahead.into())).filter(|day| *day <= last)
            }
            Self::LastOf(weekday) => last.checked_sub_days(Days::new(last.weekday().days_since(weekday).into())),
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

/// `the 31st`, `the last`, `the 2nd wednesday`, `the last friday`, several with `and`.
fn in_month<'w>(mut rest: &'w [&'w str]) -> (Vec<InMonth>, &'w [&'w str]) {
    let mut days = Vec::new();
    while let [word, more @ ..] = rest {
        let weekday = more.first().and_then(|word| words::weekday(word));
        match (*word, words::ordinal(word)) {
            ("the", _) => {}
            ("and", _) if !days.is_empty() => {}
            ("last", _) => days.push(weekday.map_or(InMonth::Last, InMonth::LastOf)),
            (_, Some((n @ 1..=5, _))) if weekday.is_some() => {
                days.extend(weekday.map(|weekday| InMonth::Nth(n, weekday)));
            }
            (_, Some((n @ 1..=31, _))) => days.push(InMonth::Day(n)),
            _ => break,
        }
        let took_weekday = matches!(days.last(), Some(InMonth::Nth(..) | InMonth::LastOf(_))) && weekday.is_some();
        rest = more.get(usize::from(took_weekday)..).unwrap_or(&[]);
    }
    (days, rest)
}

/// The next copy of a task that is done on a day: one insertion above its line, `None` where it does not recur.
///
/// The box is empty, the dates are moved; done and cancelled dates, ids and dependencies are left out. Children are not copied.
///
/// # Errors
/// A sentence that says why there can be no copy: a rule that is not understood, dates beyond the calendar.
pub fn next_copy(text: &str, task: &Task, done_on: NaiveDate) -> Result<Option<Vec<Edit>>, String> {
    let Some(rule) = &task.recurrence else { return Ok(None) };
    let rule = Rule::parse(rule)?;
    let beyond = || "the next date lies beyond the calendar".to_owned();
    let mut edits = vec![Edit { start: task.symbol_span.start, end: task.symbol_span.end, text: " ".to_owned() }];
    if let Some(reference) = task.due.or(task.scheduled).or(task.start) {
        let next = rule.next(if rule.when_done { done_on } else { reference }).ok_or_else(beyond)?;
        let distance = next - reference;
        let dates =
            [(FieldKind::Due, task.due), (FieldKind::Scheduled, task.scheduled), (FieldKind::Start, task.start)];
        for (kind, date) in dates {
            if let Some(date) = date {
                let moved = date.checked_add_signed(distance).ok_or_else(beyond)?;
                edits.extend(field::set(text, task, kind, Some(&moved.to_string()), FieldStyle::Emoji));
            }
        }
    }
    for kind in [FieldKind::Done, FieldKind::Cancelled, FieldKind::Id, FieldKind::DependsOn] {
        edits.extend(field::set(text, task, kind, None, FieldStyle::Emoji));
    }
    edits.extend(block_id(text, task));
    edits.sort_by_key(|edit| edit.start);
    let shift = task.span.start;
    for edit in &mut edits {
        edit.start -= shift;
        edit.end -= shift;
    }
    let copy = apply_text(task.span.of(text), &edits).map_err(|error| error.to_string())?;
    Ok(Some(vec![Edit { start: shift, end: shift, text: format!("{copy}{}", line_end(text)) }]))
}

/// The edit that leaves out ` ^id` at the end of the item.
fn block_id(text: &str, task: &Task) -> Option<Edit> {
    let last = task.text_spans.last()?;
    let words = last.of(text);
    let at = words.rfind('^')?;
    let id = task.explicit_id.as_ref()?;
    (words.get(at + 1..) == Some(id.as_str())).then(|| {
        let kept = words.get(..at).unwrap_or("").trim_end().len();
        Edit { start: last.start + kept, end: last.end, text: String::new() }
    })
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
        for wrong in ["daily", "every", "every blue moon", "every 0 days", "every month on the", "every day at noon"] {
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
}

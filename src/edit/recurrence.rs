//! Recurring tasks, as in Obsidian Tasks: the next copy of a task that is done.
//!
//! The copy goes above the old line, with all dates moved by the same distance. Dates past the end of a month become its last
//! day; if the rule names the day, months without it are skipped. A line is never deleted, whatever `🏁` says.

use std::collections::HashMap;

use chrono::Datelike as _;
use chrono::NaiveDate;

use crate::edit::item;
use crate::edit::journal::line_end;
use crate::edit::splice::apply_text;
use crate::edit::written;
use crate::model::Edit;
use crate::model::Form;
use crate::model::Note;
use crate::model::Task;
use crate::model::calendar::YEARS;
use crate::model::task::Field;
use crate::model::task::FieldKind;
use crate::parse::logseq;

pub use crate::parse::recurrence::Rule;

/// An item's lines without any ` ^id` at the end.
fn without_block_ids(item: &str) -> &str {
    let mut item = item.trim_end();
    while let Some((before, id)) = item.rsplit_once('^')
        && !id.is_empty()
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && before.ends_with(char::is_whitespace)
    {
        item = before.trim_end().trim_end_matches('\\').trim_end();
    }
    item
}

/// True if a task asks to be deleted once it is done (`🏁 delete`). Lines are never deleted: this is for saying so.
#[must_use]
pub fn asks_for_deletion(task: &Task) -> bool {
    let first = task.fields.iter().find(|field| field.kind == FieldKind::OnCompletion);
    first.is_some_and(|field| field.value.eq_ignore_ascii_case("delete"))
}

/// The next copy of a task that is done on a day: one insertion above its line; `None` if it does not recur.
///
/// The box is empty and the dates are moved; the created date, if there is one, is the day of the copy. Done and cancelled
/// dates, ids, dependencies and the block id are left out. Wrapped lines are copied, children are not.
///
/// # Errors
///
/// A sentence that says why there is no copy: a rule or a date that is not understood, dates beyond the calendar, or the
/// note has the next one already.
pub fn next_copy(
    text: &str,
    standing: &Standing,
    task: &Task,
    done_on: NaiveDate,
) -> Result<Option<Vec<Edit>>, String> {
    let Some(rule) = &task.recurrence else { return Ok(None) };
    let rule = Rule::parse(rule)?;
    let first = |kind: FieldKind| task.fields.iter().find(|field| field.kind == kind);
    let boxed = task.form != Form::TodoTxt;
    let mut edits = Vec::new();
    if boxed {
        let marker = logseq::marker_for(' ', &task.symbol, false).filter(|_| task.form == Form::Marker);
        let text = marker.unwrap_or(" ").to_owned();
        edits.push(Edit { start: task.symbol_span.start, end: task.symbol_span.end, text });
    }
    let dates = [(FieldKind::Due, task.due), (FieldKind::Scheduled, task.scheduled), (FieldKind::Start, task.start)];
    for (kind, date) in dates {
        if let (Some(field), None) = (first(kind), date) {
            return Err(format!("`{}` is not a day", field.value));
        }
    }
    let reference = dates.iter().find_map(|(_, date)| *date);
    let next = match reference {
        Some(reference) => Some(next_day(&rule, reference, done_on).ok_or(BEYOND)?),
        None => None,
    };
    let moved = |date: Option<NaiveDate>| match (date, reference.zip(next)) {
        (Some(date), Some((from, to))) => {
            let day = date.checked_add_signed(to - from).filter(|day| YEARS.contains(&day.year()));
            day.ok_or(BEYOND).map(Some)
        }
        _ => Ok(None),
    };
    let moved = [moved(task.due)?, moved(task.scheduled)?, moved(task.start)?];
    if let Some(line) = standing.line(task, moved) {
        return Err(format!("the next one is in line {line} already"));
    }
    for ((kind, _), day) in dates.iter().zip(moved) {
        if let (Some(field), Some(day)) = (first(*kind), day) {
            edits.extend(written::replace(text, field, &day.to_string()));
        }
    }
    edits.extend(first(FieldKind::Created).and_then(|field| written::replace(text, field, &done_on.to_string())));
    let dropped = [FieldKind::Done, FieldKind::Cancelled, FieldKind::Id, FieldKind::DependsOn];
    let dropped: Vec<&Field> = task.fields.iter().filter(|field| dropped.contains(&field.kind)).collect();
    edits.extend(item::rewrite(text, task, &dropped, &[]));
    for edit in &mut edits {
        edit.start -= task.span.start;
        edit.end -= task.span.start;
    }
    let copy = apply_text(task.span.of(text), &edits).map_err(|error| error.to_string())?;
    let copy = if boxed { without_block_ids(&copy) } else { copy.as_str() };
    // in a note with mixed line ends: use that of this line
    let behind = text.get(task.span.end..).unwrap_or("");
    let end = if behind.contains(['\n', '\r']) { line_end(behind) } else { line_end(text) };
    Ok(Some(vec![Edit { start: task.span.start, end: task.span.start, text: format!("{copy}{end}") }]))
}

const BEYOND: &str = "the next date is beyond the calendar";

/// The next day of a rule after `reference`; counted from `done_on` if the rule says `when done`.
///
/// The next day is always later than the one just ticked, even if it was done early.
fn next_day(rule: &Rule, reference: NaiveDate, done_on: NaiveDate) -> Option<NaiveDate> {
    let mut day = rule.next(if rule.when_done { done_on } else { reference })?;
    while day <= reference {
        day = rule.next(day)?;
    }
    Some(day)
}

/// What two tasks share of which one is the other's next copy: words, rule, and the three dates.
type Alike = (String, Option<String>, [Option<NaiveDate>; 3]);

/// The tasks of a note that may be the next copies of others, found by their words, rule and dates.
#[derive(Debug, Clone, Default)]
pub struct Standing {
    /// Their lines, in the order of the text.
    lines: HashMap<Alike, Vec<usize>>,
}

impl Standing {
    /// Of all tasks of a note.
    #[must_use]
    pub fn of(note: &Note) -> Self {
        let mut lines: HashMap<Alike, Vec<usize>> = HashMap::new();
        for task in note.tasks.iter().filter(|task| task.recurrence.is_some()) {
            let dates = [task.due, task.scheduled, task.start];
            // without dates it must be open
            if dates.iter().any(Option::is_some) || task.status.is_open() {
                lines.entry((task.words.clone(), task.recurrence.clone(), dates)).or_default().push(task.line);
            }
        }
        Self { lines }
    }

    /// The line of the task that is the next one already, as after done, reopen, done: the same words and rule, and the moved
    /// dates.
    fn line(&self, task: &Task, dates: [Option<NaiveDate>; 3]) -> Option<usize> {
        let lines = self.lines.get(&(task.words.clone(), task.recurrence.clone(), dates))?;
        lines.iter().find(|line| **line != task.line).copied()
    }
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
    fn copy(text: &str, done: &str, want: &str) {
        let note = parse::parse(&NotePath::from("n.md"), text, &parse::Options::default()).note;
        let edits = next_copy(text, &Standing::of(&note), note.tasks.first().unwrap(), day(done)).unwrap().unwrap();
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
        // a rule in one word
        copy("- [ ] a 🔁 weekly 📅 2026-11-27\n", "2026-11-27", "- [ ] a 🔁 weekly 📅 2026-12-04\n");
        // nothing to move, nothing to write
        copy("- [ ] a 🔁 every week\n", "2026-11-21", "- [ ] a 🔁 every week\n");
        copy("\t+ [x] a repeat [repeat:: every week]\r", "2026-11-21", "\t+ [ ] a repeat [repeat:: every week]\r");
        // every date keeps its form
        copy(
            "- [ ] a 📅 [[2024-02-13]] [scheduled:: 2024-02-12T09:00] start:2024-2-1 🔁 every day\n",
            "2024-02-13",
            "- [ ] a 📅 [[2024-02-14]] [scheduled:: 2024-02-13T09:00] start:2024-02-02 🔁 every day\n",
        );
        // what is dropped may be side by side and at the beginning
        copy("- [ ] 🆔 a1 ⛔ b2 a 🔁 every day ^c3\n", "2024-02-13", "- [ ] a 🔁 every day\n");
        copy("- [x] ✅ 2024-01-01 🔁 every day\n", "2024-02-13", "- [ ] 🔁 every day\n");
        copy("- [ ] 🔁 every day\n  🆔 a1 ^c3\n", "2024-02-13", "- [ ] 🔁 every day\n");
        copy("- [] a 🔁 every day ➕ 2020-01-01\n", "2024-02-13", "- [ ] a 🔁 every day ➕ 2024-02-13\n");
        // children and the line ends of a mixed note
        copy("- [ ] a 🔁 every day\r\n  - [ ] b\n", "2024-02-13", "- [ ] a 🔁 every day\r\n");
        copy("- [ ] a 🔁 every day  \n", "2024-02-13", "- [ ] a 🔁 every day\n");
    }

    /// Whenever it is done, the next date is after the one that was ticked.
    #[test]
    fn done_early_it_moves_on() {
        let cases = [
            ("every week on Sunday when done", "2026-11-29", "2026-11-27", "2026-12-06"),
            ("every week on Sunday when done", "2026-11-15", "2026-11-27", "2026-11-29"),
            ("every month on the 1st when done", "2026-12-01", "2026-11-27", "2027-01-01"),
            ("every weekday when done", "2026-11-30", "2026-11-27", "2026-12-01"),
            ("every day when done", "2026-11-28", "2026-11-27", "2026-11-29"),
            ("every 3 days when done", "2026-12-20", "2026-11-27", "2026-12-21"),
            ("every 3 days when done", "2026-11-28", "2026-11-27", "2026-11-30"),
            ("every year when done", "2030-01-01", "2026-11-27", "2030-11-27"),
            ("every January on the 15th when done", "2027-01-15", "2026-11-27", "2028-01-15"),
            ("every week on Sunday", "2026-11-29", "2026-11-27", "2026-12-06"),
        ];
        for (rule, due, done, want) in cases {
            let line = |date: &str| format!("- [ ] a 🔁 {rule} ⏳ {date}\n");
            copy(&line(due), done, &line(want));
        }
    }

    #[test]
    fn there_is_one_next_task() {
        let why = |above: &str, below: &str| {
            let text = format!("{above}- [x] a 🔁 every week 📅 2026-11-27 ➕ 2026-01-01\n{below}");
            let note = parse::parse(&NotePath::from("n.md"), &text, &parse::Options::default()).note;
            let task = note.tasks.iter().find(|task| task.due == Some(day("2026-11-27"))).unwrap();
            next_copy(&text, &Standing::of(&note), task, day("2026-11-27")).map(|edits| edits.is_some())
        };
        let stands = |line: usize| Err(format!("the next one is in line {line} already"));
        assert_eq!(why("- [ ] a 🔁 every week 📅 2026-12-04 ➕ 2026-11-20\n", ""), stands(1));
        assert_eq!(why("", "# B\n* [x] a 📅 2026-12-04 🔁 every week\n"), stands(3));
        for other in [
            "- [ ] b 🔁 every week 📅 2026-12-04\n",
            "- [ ] a 🔁 every week 📅 2026-12-11\n",
            "- [ ] a 📅 2026-12-04\n",
            "",
        ] {
            assert_eq!(why(other, ""), Ok(true), "{other}");
        }
    }

    #[test]
    fn without_a_copy_there_is_a_reason() {
        let why = |text: &str| {
            let note = parse::parse(&NotePath::from("n.md"), text, &parse::Options::default()).note;
            next_copy(text, &Standing::of(&note), note.tasks.first().unwrap(), day("2026-11-21"))
        };
        assert_eq!(why("- [ ] a 📅 2026-01-01"), Ok(None));
        assert_eq!(why("- [ ] a 🔁 every day 📅 2026-13-01"), Err("`2026-13-01` is not a day".to_owned()));
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

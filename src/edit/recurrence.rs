//! Recurring tasks: the rules of Obsidian Tasks, and the next copy of a task that is done.
//!
//! The copy goes above the old line, its dates moved by the same distance. Month ends clamp backwards unless the rule names
//! the day, then months without it are passed over. A line is never deleted, whatever `🏁` says.

mod rule;

use chrono::Datelike as _;
use chrono::NaiveDate;

use crate::edit::field;
use crate::edit::item;
use crate::edit::journal::line_end;
use crate::edit::splice::apply_text;
use crate::model::Edit;
use crate::model::Form;
use crate::model::Task;
use crate::model::calendar::YEARS;
use crate::model::task::Field;
use crate::model::task::FieldKind;

pub use rule::Rule;

/// The lines of an item without the ` ^id` at their end, or several.
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
    let boxed = task.form != Form::TodoTxt;
    let mut edits = Vec::new();
    if boxed {
        edits.push(Edit { start: task.symbol_span.start, end: task.symbol_span.end, text: " ".to_owned() });
    }
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
            date.checked_add_signed(next - reference).filter(|day| YEARS.contains(&day.year()))
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
    let copy = apply_text(task.span.of(text), &edits).map_err(|error| error.to_string())?;
    let copy = if boxed { without_block_ids(&copy) } else { copy.as_str() };
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

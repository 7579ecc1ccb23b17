//! Edits of lines in a todo.txt file: the `x` and its date, the other parts at the beginning, new lines.
//!
//! The sibling modules call it for tasks with that form; fields among the words (`due:…`) go through
//! [`crate::edit::field`] as on any item.
//!
//! A tick inserts `x 2026-11-21 ` before the line and leaves the rest alone, including a priority `(A)`. Programs differ here:
//! some drop it, some make it `pri:A` at the end, some leave it. Leaving it loses nothing, changes nothing but one insertion,
//! and reopening the task removes just that. `pri:A` is read, and written if a done line gets a priority.

use chrono::NaiveDate;

use crate::edit::insert::AddError;
use crate::edit::journal::line_end;
use crate::edit::splice::apply_text;
use crate::edit::tick_error::TickError;
use crate::edit::written::FieldError;
use crate::model::Edit;
use crate::model::Form;
use crate::model::Lines;
use crate::model::Note;
use crate::model::NotePath;
use crate::model::Priority;
use crate::model::Span;
use crate::model::Status;
use crate::model::Task;
use crate::model::task::FieldKind;
use crate::parse;
use crate::parse::fields;
use crate::parse::recurrence;
use crate::parse::todo_txt::Head;
use crate::parse::todo_txt_fields;

/// A task's line without its line end, and its parsed beginning.
fn line<'t>(text: &'t str, task: &Task) -> (&'t str, Head) {
    let rest = text.get(task.span.start..).unwrap_or("");
    let line = rest.split(['\n', '\r']).next().unwrap_or("");
    (line, Head::of(line))
}

fn insert(at: usize, text: String) -> Edit {
    Edit { start: at, end: at, text }
}

/// Removes bytes of a line, and the space after them.
fn remove(task: &Task, line: &str, span: Span) -> Edit {
    let blank = line.get(span.end..).is_some_and(|rest| rest.starts_with(' '));
    let start = task.span.start;
    Edit { start: start + span.start, end: start + span.end + usize::from(blank), text: String::new() }
}

/// As [`crate::edit::tick()`]: adds `x ` to an open line, or removes it from a done one.
pub(super) fn tick(text: &str, task: &Task, symbol: char) -> Result<Option<Edit>, TickError> {
    let (line, head) = line(text, task);
    let begins = text.get(..task.span.start).is_some_and(|before| before.is_empty() || before.ends_with(['\n', '\r']));
    if !begins || line.trim().is_empty() || head.done != (task.symbol == "x") {
        return Err(TickError::Moved { line: task.line });
    }
    let cannot = TickError::TodoTxt { line: task.line, symbol };
    match (symbol, head.done) {
        ('x', false) => Ok(Some(insert(task.span.start, "x ".to_owned()))),
        (' ', true) => {
            // `x x-ray` without its first `x ` would still be done
            let behind = head.completed.map_or(2, |date| (date.end + 1).min(line.len()));
            let left = line.get(behind..).unwrap_or("");
            if Head::of(left).done || left.trim().is_empty() {
                return Err(cannot);
            }
            Ok(Some(remove(task, line, Span::new(0, 1))))
        }
        ('x', true) | (' ', false) => Ok(None),
        _ => Err(cannot),
    }
}

/// As [`crate::edit::stamp::stamp`]: the date after the `x`. At the position of [`tick`]'s insertion, and comes after it.
pub(super) fn stamp(text: &str, task: &Task, target: Status, day: NaiveDate, wanted: bool) -> Option<Edit> {
    let (line, head) = line(text, task);
    let at = task.span.start + if head.done { 2 } else { 0 };
    match (target, head.completed) {
        (Status::Done, None) => {
            // after an `x`, a lone creation date would be read as the done date
            let needed = head.created.is_some() && head.priority.is_none();
            (wanted || needed).then(|| insert(at, format!("{day} ")))
        }
        (Status::Done, Some(date)) => {
            let written = day.to_string();
            (wanted && date.of(line) != written).then(|| Edit { start: at, end: at + date.len(), text: written })
        }
        (Status::Todo, Some(date)) => Some(remove(task, line, date)),
        _ => None,
    }
}

/// The edits for fields at the beginning of a line: dates, and the priority unless it is among the words.
/// `None` if it is not such a line, or not such a field.
pub(super) fn set_head(
    text: &str,
    task: &Task,
    kind: FieldKind,
    value: Option<&str>,
) -> Option<Result<Vec<Edit>, FieldError>> {
    if task.form != Form::TodoTxt {
        return None;
    }
    if task.text_spans.is_empty() {
        let why = Some("the line has no words");
        return Some(Err(FieldError { kind, value: value.unwrap_or_default().to_owned(), why }));
    }
    let (line, head) = line(text, task);
    let at = task.span.start;
    let (standing, place, written) = match kind {
        FieldKind::Priority => match (head.priority, task.fields.iter().any(|field| field.kind == kind)) {
            (Some(_), _) => (head.priority, head.words, value.map(|value| self::value(kind, value))),
            (None, false) if !head.done => (None, 0, value.map(|value| self::value(kind, value))),
            // among the words of a done line: `pri:A`
            (None, _) => return None,
        },
        FieldKind::Created => (head.created, head.words, value.map(|value| self::value(kind, value))),
        FieldKind::Done => (head.completed, 2, value.map(|value| self::value(kind, value))),
        _ => return None,
    };
    let written = match written.transpose() {
        Ok(written) => written,
        Err(error) => return Some(Err(error)),
    };
    let refused = |why| Some(Err(FieldError { kind, value: value.unwrap_or_default().to_owned(), why: Some(why) }));
    if kind == FieldKind::Done && !head.done && written.is_some() {
        return refused("in todo.txt only a done line has that date");
    }
    if kind == FieldKind::Created
        && head.done
        && head.completed.is_none()
        && head.priority.is_none()
        && written.is_some()
    {
        return refused("a done line has its done date first: set that before");
    }
    let edit = match (standing, written) {
        (Some(span), Some(new)) if span.of(line) == new => None,
        (Some(span), Some(new)) => {
            let same = kind == FieldKind::Priority
                && todo_txt_fields::priority(span.of(line)) == todo_txt_fields::priority(&new);
            (!same).then(|| Edit { start: at + span.start, end: at + span.end, text: new })
        }
        (Some(span), None) if kind == FieldKind::Priority => {
            Some(remove(task, line, Span::new(span.start.saturating_sub(1), span.end + 1)))
        }
        (Some(span), None) => Some(remove(task, line, span)),
        (None, Some(new)) if kind == FieldKind::Priority => Some(insert(at + place, format!("({new}) "))),
        (None, Some(new)) => Some(insert(at + place, format!("{new} "))),
        (None, None) => None,
    };
    Some(Ok(edit.into_iter().collect()))
}

/// A field's value in todo.txt format: `B` for `high`, `+2w` for `every 2 weeks`.
pub(super) fn value(kind: FieldKind, value: &str) -> Result<String, FieldError> {
    let wrong = |why| FieldError { kind, value: value.to_owned(), why };
    match kind {
        FieldKind::Priority => match fields::priority(value) {
            Some(Priority::Highest) => Ok("A".to_owned()),
            Some(Priority::High) => Ok("B".to_owned()),
            Some(Priority::Medium) => Ok("C".to_owned()),
            Some(Priority::Low) => Ok("D".to_owned()),
            Some(Priority::Lowest) => Ok("E".to_owned()),
            None => Err(wrong(None)),
        },
        FieldKind::Recurrence => rule(value)
            .ok_or_else(|| wrong(Some("todo.txt has rules for days, weekdays, weeks, months and years only"))),
        FieldKind::Id if !value.is_empty() && fields::id_len(value) == value.len() => Ok(value.to_owned()),
        FieldKind::DependsOn if fields::ids_len(value) == value.len() => Ok(value.replace(' ', "")),
        FieldKind::Id | FieldKind::DependsOn => Err(wrong(None)),
        FieldKind::Cancelled | FieldKind::OnCompletion => Err(wrong(Some("todo.txt has no such field"))),
        _ if todo_txt_fields::is_day(value) => Ok(value.to_owned()),
        _ => Err(wrong(None)),
    }
}

/// `+2w` for `every 2 weeks`, `2w` for `every 2 weeks when done`.
fn rule(words: &str) -> Option<String> {
    let lower = recurrence::in_full(words).to_lowercase();
    let rest = lower.strip_prefix("every ")?;
    let (rest, plus) = rest.strip_suffix(" when done").map_or((rest, "+"), |rest| (rest, ""));
    let (count, unit) = rest.split_once(' ').unwrap_or(("1", rest));
    let letter = match unit.trim_end_matches('s') {
        "day" => 'd',
        "weekday" => 'b',
        "week" => 'w',
        "month" => 'm',
        "year" => 'y',
        _ => return None,
    };
    let written = format!("{plus}{}{letter}", if count == "other" { "2" } else { count });
    todo_txt_fields::recurrence(&written).map(|_| written)
}

/// Checks that a changed line means what was intended: with other words around it, a word may be read differently.
pub(super) fn reads_back(
    text: &str,
    task: &Task,
    edits: &[Edit],
    changes: &[(FieldKind, Option<&str>)],
) -> Result<(), FieldError> {
    let (line, head) = line(text, task);
    let shift = |edit: &Edit| Edit {
        start: edit.start.saturating_sub(task.span.start),
        end: edit.end.saturating_sub(task.span.start),
        text: edit.text.clone(),
    };
    let edits: Vec<Edit> = edits.iter().map(shift).collect();
    let after = apply_text(line, &edits).unwrap_or_default();
    let note = parse::parse(&NotePath::from("todo.txt"), &after, &parse::Options::default()).note;
    let now = note.tasks.first();
    for (at, (kind, value)) in changes.iter().enumerate() {
        if changes.iter().skip(at + 1).any(|(later, _)| later == kind) {
            continue;
        }
        // the first one counts: in `x (A)` followed by ` pri:B` the priority is A
        let found = now.and_then(|now| now.fields.iter().find(|field| field.kind == *kind));
        let wanted = value.and_then(|value| self::value(*kind, value).ok());
        let as_wanted = match (found, &wanted) {
            (Some(found), Some(wanted)) if *kind == FieldKind::Priority => {
                todo_txt_fields::priority(&found.value) == todo_txt_fields::priority(wanted)
            }
            (Some(found), Some(wanted)) => found.value == *wanted,
            (found, wanted) => found.is_none() && wanted.is_none(),
        };
        if !as_wanted || now.is_none_or(|now| (now.symbol == "x") != head.done) {
            let why = Some("the rest of the line would be read otherwise");
            return Err(FieldError { kind: *kind, value: value.unwrap_or_default().to_owned(), why });
        }
    }
    Ok(())
}

/// The edit that adds lines at the end, with a creation date if the last task has one.
///
/// # Errors
///
/// When there are no words, or the line would be done.
pub fn add(text: &str, note: &Note, tasks: &[&str], today: NaiveDate) -> Result<Edit, AddError> {
    let dated = note.tasks.last().is_some_and(|task| task.created.is_some());
    let mut new = Vec::with_capacity(tasks.len());
    for task in tasks {
        let words = task.split_whitespace().collect::<Vec<_>>().join(" ");
        let head = Head::of(&words);
        if words.get(head.words..).unwrap_or("").is_empty() {
            return Err(AddError::Empty);
        }
        if head.done {
            return Err(AddError::Done);
        }
        let (before, behind) = words.split_at_checked(head.words).unwrap_or(("", &words));
        let date = if dated && head.created.is_none() { format!("{today} ") } else { String::new() };
        new.push(format!("{before}{date}{behind}"));
    }
    if new.is_empty() {
        return Err(AddError::Empty);
    }
    let end = line_end(text);
    let new = new.join(end);
    let lines = Lines::new(text);
    let last = (1..=lines.count()).rev().find(|line| !lines.content(text, *line).of(text).trim().is_empty());
    Ok(match last {
        Some(line) => insert(lines.content(text, line).end, format!("{end}{new}")),
        None => insert(0, format!("{new}{end}")),
    })
}

#[cfg(test)]
mod tests;

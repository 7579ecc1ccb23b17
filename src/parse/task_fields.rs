//! Stores a field found on a task in the task.

use crate::model::Edit;
use crate::model::Fix;
use crate::model::Severity;
use crate::model::Span;
use crate::model::Task;
use crate::model::task::Field;
use crate::model::task::FieldKind;
use crate::model::task::FieldStyle;
use crate::parse::diagnostics::Diagnostics;
use crate::parse::fields;
use crate::parse::fields::RawField;
use crate::parse::recurrence;
use crate::parse::recurrence::Rule;
use crate::parse::todo_txt_fields;
use crate::parse::unread_fields;
use crate::parse::unread_fields::Unread;

/// Stores a field in a task: the leftmost of each kind counts.
pub(super) fn take(task: &mut Task, field: Field, text: &str, diagnostics: &mut Diagnostics<'_>) {
    if task.fields.iter().any(|other| other.kind == field.kind) {
        let message = format!("`{}` is here twice: the first one counts", field.span.of(text));
        diagnostics.add("task-field-twice", Severity::Info, field.span, message);
        task.fields.push(field);
        return;
    }
    let value = field.value.as_str();
    let day = fields::date(value);
    let slot = match field.kind {
        FieldKind::Due => Some(&mut task.due),
        FieldKind::Scheduled => Some(&mut task.scheduled),
        FieldKind::Start => Some(&mut task.start),
        FieldKind::Created => Some(&mut task.created),
        FieldKind::Done => Some(&mut task.completed),
        FieldKind::Cancelled => Some(&mut task.cancelled),
        _ => None,
    };
    if let Some(slot) = slot {
        *slot = day;
        if day.is_none() {
            let message = format!("`{value}` is not a day: the field is not used");
            diagnostics.add("task-date-invalid", Severity::Warning, field.value_span, message);
        }
    }
    match field.kind {
        FieldKind::Priority => {
            task.priority = match field.style {
                FieldStyle::TodoTxt => todo_txt_fields::priority(value),
                _ => fields::priority(value),
            };
            if task.priority.is_none() {
                let message = format!("`{value}` is not a priority; use highest, high, medium, low or lowest");
                diagnostics.add("task-priority-invalid", Severity::Warning, field.value_span, message);
            }
        }
        FieldKind::Recurrence => {
            task.recurrence = match field.style {
                FieldStyle::TodoTxt => todo_txt_fields::recurrence(value),
                _ => Some(value.to_owned()),
            };
            if let Some(Err(why)) = task.recurrence.as_deref().map(Rule::parse) {
                let message = format!("{why}: no next copy will be made");
                diagnostics.add("task-recurrence-invalid", Severity::Warning, field.value_span, message);
            } else if value.split(' ').next().is_some_and(recurrence::is_short) {
                let full = recurrence::in_full(value);
                let message = format!("`{value}` is read as `{full}`; Obsidian Tasks reads only the long form");
                let edit = Edit { start: field.value_span.start, end: field.value_span.end, text: full.clone() };
                let fix = Fix { description: format!("write `{full}`"), edits: vec![edit] };
                diagnostics.with_fix("task-recurrence-short", Severity::Info, field.value_span, message, Some(fix));
            }
        }
        FieldKind::Id => task.explicit_id = Some(value.to_owned()),
        FieldKind::DependsOn => {
            task.depends_on = value.split(',').map(|id| id.trim().to_owned()).filter(|id| !id.is_empty()).collect();
        }
        _ => {}
    }
    task.fields.push(field);
}

/// Reports likely fields of a line that were not read. `line` is the line's span in the note.
pub(super) fn report_unread(
    text: &str,
    line: Span,
    found: &[RawField],
    blocked: &dyn Fn(usize) -> bool,
    diagnostics: &mut Diagnostics<'_>,
) {
    let words = line.of(text);
    for unread in unread_fields::unread(words, found, blocked) {
        let span = Span::new(line.start + unread.value, line.start + unread.end);
        let span = if unread.value < unread.end { span } else { Span::new(line.start + unread.start, span.end) };
        let (code, message) = message(words, unread);
        diagnostics.add(code, Severity::Warning, span, message);
    }
}

/// Why what looks like the rule of a task is none; `None` if nothing does.
pub(crate) fn unread_rule(words: &str) -> Option<String> {
    let found = fields::find(words, &|_| false);
    let mut unread = unread_fields::unread(words, &found, &|_| false).into_iter();
    let rule = unread.find(|unread| unread.kind == FieldKind::Recurrence)?;
    Some(message(words, rule).1)
}

/// The code and the words of a finding about a likely field.
fn message(words: &str, unread: Unread) -> (&'static str, String) {
    let written = words.get(unread.start..unread.end).unwrap_or("").trim_end();
    let value = words.get(unread.value..unread.end).unwrap_or("").trim();
    if value.is_empty() {
        return if unread.kind == FieldKind::Recurrence {
            ("task-recurrence-invalid", format!("`{written}` has no rule behind it, such as `every week`"))
        } else {
            ("task-date-invalid", format!("`{written}` has no day behind it, such as 2026-12-01"))
        };
    }
    if unread.kind == FieldKind::Recurrence {
        let message = match todo_txt_fields::recurrence(value) {
            Some(rule) => format!("`{written}` is a rule in `todo.txt` files only: write `🔁 {rule}`"),
            None if written.is_ascii() => {
                format!("`{written}` is not a rule: `rec:2w` is one in `todo.txt` files, `🔁 every 2 weeks` elsewhere")
            }
            None => format!("`{written}` is not a rule: rules begin with `every`, as in `every week`"),
        };
        ("task-recurrence-invalid", message)
    } else if fields::date(value).is_some() {
        ("task-date-invalid", format!("`{written}` is not read as a date: there is no space before it"))
    } else {
        ("task-date-invalid", format!("`{value}` is not a day such as 2026-12-01: `{written}` is not used"))
    }
}

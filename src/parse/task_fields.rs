//! A field found on a task becomes a fact about it.

use crate::model::Severity;
use crate::model::Task;
use crate::model::task::Field;
use crate::model::task::FieldKind;
use crate::model::task::FieldStyle;
use crate::parse::diagnostics::Diagnostics;
use crate::parse::fields;
use crate::parse::todo_txt;

/// Puts a field on a task: of each kind the leftmost counts.
pub(super) fn take(task: &mut Task, field: Field, text: &str, diagnostics: &mut Diagnostics<'_>) {
    if task.fields.iter().any(|other| other.kind == field.kind) {
        let message = format!("`{}` again: the first one counts", field.span.of(text));
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
            let message = format!("`{value}` is no day: the field is not used");
            diagnostics.add("task-date-invalid", Severity::Warning, field.value_span, message);
        }
    }
    match field.kind {
        FieldKind::Priority => {
            task.priority = match field.style {
                FieldStyle::TodoTxt => todo_txt::priority(value),
                _ => fields::priority(value),
            };
            if task.priority.is_none() {
                let message = format!("`{value}` is no priority: highest, high, medium, low, lowest are");
                diagnostics.add("task-priority-invalid", Severity::Warning, field.value_span, message);
            }
        }
        FieldKind::Recurrence => {
            task.recurrence = match field.style {
                FieldStyle::TodoTxt => todo_txt::recurrence(value),
                _ => Some(value.to_owned()),
            };
        }
        FieldKind::Id => task.explicit_id = Some(value.to_owned()),
        FieldKind::DependsOn => {
            task.depends_on = value.split(',').map(|id| id.trim().to_owned()).filter(|id| !id.is_empty()).collect();
        }
        _ => {}
    }
    task.fields.push(field);
}

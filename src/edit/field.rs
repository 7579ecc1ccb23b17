//! Edits of a task's fields: a value replaced in place, fields added in the style of their line or removed.
//!
//! All changes to one task go through [`set_all`] together, so that no two of them edit the same space. Which dates come
//! and go with a state is decided in [`crate::edit::stamp`].

use crate::edit::item;
use crate::edit::planning;
use crate::edit::todo_txt;
use crate::edit::written;
use crate::model::Edit;
use crate::model::Form;
use crate::model::Note;
use crate::model::Task;
use crate::model::task::FieldKind;
use crate::model::task::FieldStyle;

pub use crate::edit::written::FieldError;

/// The edits that set a field to a value, or remove it with `None`; see [`set_all`].
///
/// # Errors
///
/// When the value would not be read back.
pub fn set(
    text: &str,
    task: &Task,
    kind: FieldKind,
    value: Option<&str>,
    style: FieldStyle,
) -> Result<Vec<Edit>, FieldError> {
    set_all(text, task, &[(kind, value)], &|_| style)
}

/// The edits that set several fields, or remove them with `None`. If a kind is named twice, the last value counts.
///
/// If the field exists, only its value changes (for a linked or timed date only the day); if it exists twice, the first.
/// A new field goes to the end of the item, before done and cancelled dates and a block id, in the style of the item's other
/// fields, else in `style`. A removed field goes together with the spaces before it, wherever it is on the item.
///
/// # Errors
///
/// When a value would not be read back. Values are those of `Field::value`; priorities are words or signs.
pub fn set_all(
    text: &str,
    task: &Task,
    changes: &[(FieldKind, Option<&str>)],
    style: &dyn Fn(FieldKind) -> FieldStyle,
) -> Result<Vec<Edit>, FieldError> {
    let mut edits = Vec::new();
    let mut removed = Vec::new();
    let mut added = Vec::new();
    for (at, (kind, value)) in changes.iter().enumerate() {
        if changes.iter().skip(at + 1).any(|(later, _)| later == kind) {
            continue;
        }
        if let Some(head) = todo_txt::set_head(text, task, *kind, *value) {
            edits.extend(head?);
            continue;
        }
        if let Some(line) = planning::set(text, task, *kind, *value) {
            edits.extend(line?);
            continue;
        }
        let Some(value) = value else {
            removed.extend(task.fields.iter().filter(|field| field.kind == *kind));
            continue;
        };
        let standing = task.fields.iter().find(|field| field.kind == *kind);
        let style = standing.map_or_else(|| style_on(task, *kind, style(*kind)), |field| field.style);
        let style = if task.form == Form::TodoTxt { FieldStyle::TodoTxt } else { style };
        let written = match style {
            FieldStyle::TodoTxt => todo_txt::value(*kind, value)?,
            _ => written::check(*kind, value, style)?,
        };
        match standing {
            Some(field) => edits.extend(written::replace(text, field, &written)),
            None => added.push((*kind, written, style)),
        }
    }
    added.sort_by_key(|(kind, ..)| item::rank(*kind));
    edits.extend(item::rewrite(text, task, &removed, &added));
    edits.sort_by_key(|edit| (edit.start, edit.end));
    if task.form == Form::TodoTxt {
        todo_txt::reads_back(text, task, &edits, changes)?;
    }
    Ok(edits)
}

/// The style of a kind of field in a note: that of the same kind if there is one, else of its other fields; the most
/// frequent, on a tie the first. `None` if there are no fields.
#[must_use]
pub fn style_in(note: &Note, kind: FieldKind) -> Option<FieldStyle> {
    let fields = || note.tasks.iter().flat_map(|task| &task.fields);
    let own = most_frequent(fields().filter(|field| field.kind == kind).map(|field| field.style));
    own.or_else(|| most_frequent(fields().map(|field| field.style).filter(|style| written::fits(*style, kind))))
}

/// The most frequent style, on a tie the first; `None` if there are none.
pub fn most_frequent(styles: impl Iterator<Item = FieldStyle>) -> Option<FieldStyle> {
    let mut counts: Vec<(FieldStyle, usize)> = Vec::new();
    for style in styles {
        match counts.iter_mut().find(|(known, _)| *known == style) {
            Some((_, count)) => *count += 1,
            None => counts.push((style, 1)),
        }
    }
    counts.iter().rev().max_by_key(|(_, count)| *count).map(|(style, _)| *style)
}

/// The style for a new field on a task: that of its line, else `otherwise`, else the style that supports every kind.
pub(super) fn style_on(task: &Task, kind: FieldKind, otherwise: FieldStyle) -> FieldStyle {
    let on_line = task.fields.iter().map(|field| field.style);
    on_line.chain([otherwise]).find(|style| written::fits(*style, kind)).unwrap_or(FieldStyle::Emoji)
}

#[cfg(test)]
mod tests;

//! Diagnostics about a malformed checkbox, with the edit that fixes it.

use crate::model::Edit;
use crate::model::Fix;
use crate::model::Form;
use crate::model::Severity;
use crate::model::Span;
use crate::model::status::Statuses;
use crate::parse::checkbox::Checkbox;
use crate::parse::checkbox::Fault;
use crate::parse::diagnostics::Diagnostics;
use crate::parse::items::Item;
use crate::parse::markers::is_special_space;
use crate::parse::markers::marker_len;

/// Reports what is wrong with a box.
///
/// `line` is its line.
pub(crate) fn report(
    text: &str,
    line: Span,
    statuses: &Statuses,
    (item, boxed): (&Item, &Checkbox),
    diagnostics: &mut Diagnostics<'_>,
) {
    let symbol = boxed.symbol.of(text);
    if let Some(fault) = boxed.fault {
        let state = if symbol.trim().is_empty() { " " } else { "x" };
        let (message, edit) = match fault {
            Fault::NoSpaceAfter => (
                "no space after the box",
                Edit { start: boxed.symbol.end + 1, end: boxed.symbol.end + 1, text: " ".to_owned() },
            ),
            Fault::NoSpaceBefore => {
                ("no space between bullet and box", Edit { start: boxed.open, end: boxed.open, text: " ".to_owned() })
            }
            Fault::Width => (
                "a box holds exactly one character",
                Edit { start: boxed.symbol.start, end: boxed.symbol.end, text: state.to_owned() },
            ),
            Fault::Swapped => (
                "the box is before the bullet",
                Edit { start: boxed.open, end: item.text_start, text: format!("- [{state}] ") },
            ),
            Fault::NoBullet => (
                "a box without a bullet is not a task for other programs",
                Edit { start: boxed.open, end: boxed.open, text: "- ".to_owned() },
            ),
            Fault::OddBullet => {
                let start = item.start.min(boxed.open);
                let written = text.get(start..boxed.open).unwrap_or("");
                let marker = marker_len(written).and_then(|len| written.get(..len)).unwrap_or("-");
                (
                    "neither this bullet nor a special space before the box begins a task for other programs",
                    Edit { start, end: boxed.open, text: format!("{marker} ") },
                )
            }
            Fault::Lookalike => {
                let start = item.start.min(boxed.open);
                let written = text.get(start..boxed.open).unwrap_or("");
                let marker = marker_len(written).and_then(|len| written.get(..len)).unwrap_or("-");
                let state = if symbol.contains(['☑', '☒', '🗹', 'x', 'X', 'ｘ', 'Ｘ', '✓', '✔', '✅']) {
                    "x"
                } else {
                    " "
                };
                (
                    "this looks like a checkbox, and no program sees a task",
                    Edit { start, end: item.text_start, text: format!("{marker} [{state}] ") },
                )
            }
        };
        let fix = Fix { description: "write the box as `- [ ] text`".to_owned(), edits: vec![edit] };
        diagnostics.with_fix("task-malformed", Severity::Warning, line, message.to_owned(), Some(fix));
    } else if boxed.form != Form::Marker && statuses.get(symbol).is_none() {
        let message = format!("`{symbol}` is not a known state: it counts as open");
        diagnostics.add("task-status-unknown", Severity::Info, boxed.symbol, message);
    }
    if boxed.form == Form::Marker {
        return;
    }
    let indent = Span::new(line.start, item.start.max(line.start));
    let behind = boxed.symbol.end + 1;
    let behind =
        Span::new(behind, behind + text.get(behind..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8));
    for (place, name) in [(indent, "before the bullet"), (behind, "after the box")] {
        let written = place.of(text);
        if !written.contains(is_special_space) || matches!(boxed.fault, Some(Fault::Lookalike | Fault::NoSpaceAfter)) {
            continue;
        }
        let edit = Edit { start: place.start, end: place.end, text: written.replace(is_special_space, " ") };
        let fix = Fix { description: "replace it with an ordinary space".to_owned(), edits: vec![edit] };
        let message = format!("a no-break or other special space {name}: other programs see no task");
        diagnostics.with_fix("task-nbsp", Severity::Warning, line, message, Some(fix));
    }
}

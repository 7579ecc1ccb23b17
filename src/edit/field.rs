//! Fields of a task as edits: a value replaced where it stands, a field added in the style of its line, or taken away.

use chrono::NaiveDate;

use crate::model::Edit;
use crate::model::Note;
use crate::model::Task;
use crate::model::task::Field;
use crate::model::task::FieldKind;
use crate::model::task::FieldStyle;

/// The edits that give a field a value, or take it away with `None`.
///
/// Where the field stands only its value changes. A new one goes to the end of the item, before a block id, in the style of
/// the item's other fields, else in `style`.
#[must_use]
pub fn set(text: &str, task: &Task, kind: FieldKind, value: Option<&str>, style: FieldStyle) -> Vec<Edit> {
    let standing = task.fields.iter().find(|field| field.kind == kind);
    match (standing, value) {
        (Some(field), Some(value)) => replace(text, field, value).into_iter().collect(),
        (Some(field), None) => vec![take_away(text, task, field)],
        (None, Some(value)) => {
            let style = task.fields.iter().map(|field| field.style).find(|style| fits(*style, kind)).unwrap_or(style);
            vec![add(text, task, &write(kind, value, style), style)]
        }
        (None, None) => Vec::new(),
    }
}

/// The style of a kind of field in a note: of the field itself first, else of any field. `None` where it has none.
#[must_use]
pub fn style_in(note: &Note, kind: FieldKind) -> Option<FieldStyle> {
    let fields = || note.tasks.iter().flat_map(|task| &task.fields);
    fields()
        .find(|field| field.kind == kind)
        .or_else(|| fields().find(|field| fits(field.style, kind)))
        .map(|field| field.style)
}

/// The plain style knows dates and priorities only.
const fn fits(style: FieldStyle, kind: FieldKind) -> bool {
    !matches!(style, FieldStyle::Plain)
        || matches!(
            kind,
            FieldKind::Due
                | FieldKind::Scheduled
                | FieldKind::Start
                | FieldKind::Created
                | FieldKind::Done
                | FieldKind::Cancelled
                | FieldKind::Priority
        )
}

/// A field as it is written in a style.
#[must_use]
pub fn write(kind: FieldKind, value: &str, style: FieldStyle) -> String {
    match style {
        FieldStyle::Emoji if kind == FieldKind::Priority => priority_sign(value).to_owned(),
        FieldStyle::Emoji => format!("{} {value}", sign(kind)),
        FieldStyle::Bracket => format!("[{}:: {value}]", key(kind)),
        FieldStyle::Paren => format!("({}:: {value})", key(kind)),
        FieldStyle::Plain => format!("{}:{value}", if kind == FieldKind::Done { "done" } else { key(kind) }),
    }
}

const fn sign(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Due => "📅",
        FieldKind::Scheduled => "⏳",
        FieldKind::Start => "🛫",
        FieldKind::Created => "➕",
        FieldKind::Done => "✅",
        FieldKind::Cancelled => "❌",
        FieldKind::Priority => "🔼",
        FieldKind::Recurrence => "🔁",
        FieldKind::OnCompletion => "🏁",
        FieldKind::Id => "🆔",
        FieldKind::DependsOn => "⛔",
    }
}

const fn key(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Due => "due",
        FieldKind::Scheduled => "scheduled",
        FieldKind::Start => "start",
        FieldKind::Created => "created",
        FieldKind::Done => "completion",
        FieldKind::Cancelled => "cancelled",
        FieldKind::Priority => "priority",
        FieldKind::Recurrence => "repeat",
        FieldKind::OnCompletion => "onCompletion",
        FieldKind::Id => "id",
        FieldKind::DependsOn => "dependsOn",
    }
}

fn priority_sign(value: &str) -> &str {
    match value {
        "highest" => "🔺",
        "high" => "⏫",
        "medium" => "🔼",
        "low" => "🔽",
        "lowest" => "⏬",
        other => other,
    }
}

fn replace(text: &str, field: &Field, value: &str) -> Option<Edit> {
    let value = match (field.kind, field.style) {
        (FieldKind::Priority, FieldStyle::Emoji) => priority_sign(value),
        _ => value,
    };
    let span = field.value_span;
    (span.of(text) != value).then(|| Edit { start: span.start, end: span.end, text: value.to_owned() })
}

/// The field with the blanks before it; at the beginning of an item with those behind it.
fn take_away(text: &str, task: &Task, field: &Field) -> Edit {
    if task.text_spans.iter().any(|line| line.start == field.span.start) {
        let after = text.get(field.span.end..).unwrap_or("");
        let behind = after.len() - after.trim_start_matches([' ', '\t']).len();
        return Edit { start: field.span.start, end: field.span.end + behind, text: String::new() };
    }
    let before = text.get(..field.span.start).unwrap_or("");
    let blanks = before.len() - before.trim_end_matches([' ', '\t', '\u{A0}']).len();
    Edit { start: field.span.start - blanks, end: field.span.end, text: String::new() }
}

/// Adds words to the end of an item: before its block id and trailing blanks. Obsidian Tasks puts two blanks before a bracket.
fn add(text: &str, task: &Task, words: &str, style: FieldStyle) -> Edit {
    let gap = if style == FieldStyle::Bracket { "  " } else { " " };
    let Some(last) = task.text_spans.last() else {
        let at = task.symbol_span.end + 1;
        return Edit { start: at, end: at, text: format!(" {words}") };
    };
    let line = last.of(text);
    let id = task.explicit_id.as_ref().and_then(|id| line.strip_suffix(id.as_str())?.strip_suffix('^'));
    let at = last.start + id.map_or(line, str::trim_end).len();
    Edit { start: at, end: at, text: format!("{gap}{words}") }
}

/// The edits that write down when a task was done; a date that stands there is replaced.
#[must_use]
pub fn stamp(text: &str, task: &Task, kind: FieldKind, day: NaiveDate, style: FieldStyle) -> Vec<Edit> {
    set(text, task, kind, Some(&day.to_string()), style)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::apply_text;
    use crate::model::NotePath;
    use crate::parse;

    fn first(text: &str) -> Task {
        parse::parse(&NotePath::from("n.md"), text, &parse::Options::default()).note.tasks.remove(0)
    }

    #[track_caller]
    fn case(text: &str, kind: FieldKind, value: Option<&str>, want: &str) {
        let edits = set(text, &first(text), kind, value, FieldStyle::Emoji);
        assert_eq!(apply_text(text, &edits).unwrap(), want);
    }

    #[test]
    fn only_the_value_changes_where_the_field_stands() {
        case("- [ ] a 📅 2026-01-01 b\n", FieldKind::Due, Some("2026-02-02"), "- [ ] a 📅 2026-02-02 b\n");
        case("- [ ] a [due::2026-01-01]\n", FieldKind::Due, Some("2026-02-02"), "- [ ] a [due::2026-02-02]\n");
        case("- [ ] a 🔼 b\n", FieldKind::Priority, Some("high"), "- [ ] a ⏫ b\n");
    }

    #[test]
    fn a_new_field_follows_its_line() {
        case("- [ ] a\r\n- [ ] b", FieldKind::Due, Some("2026-02-02"), "- [ ] a 📅 2026-02-02\r\n- [ ] b");
        case("- [ ] a ^id  \n", FieldKind::Due, Some("2026-02-02"), "- [ ] a 📅 2026-02-02 ^id  \n");
        case(
            "- [ ] a (start:: 2026-01-01)\n",
            FieldKind::Due,
            Some("2026-02-02"),
            "- [ ] a (start:: 2026-01-01) (due:: 2026-02-02)\n",
        );
        case("- [ ] a\n  b\n", FieldKind::Due, Some("2026-02-02"), "- [ ] a\n  b 📅 2026-02-02\n");
        case("- [ ]\n", FieldKind::Due, Some("2026-02-02"), "- [ ] 📅 2026-02-02\n");
    }

    #[test]
    fn a_field_goes_with_the_blanks_before_it() {
        case("- [ ] a 📅 2026-01-01 b\n", FieldKind::Due, None, "- [ ] a b\n");
        case("- [ ] 📅 2026-01-01 b\n", FieldKind::Due, None, "- [ ] b\n");
        case("- [ ] a\n", FieldKind::Due, None, "- [ ] a\n");
        case("- [ ] [start:: 2026-01-01]  [due:: 2026-01-01]\n", FieldKind::Due, None, "- [ ] [start:: 2026-01-01]\n");
    }
}

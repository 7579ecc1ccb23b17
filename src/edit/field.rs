//! Fields of a task as edits: a value replaced where it stands, fields added in the style of their line or taken away.
//!
//! All changes of one task go through [`set_all`] at once, so that no two want the same blank. Not here: which dates come
//! and go with a state ([`crate::edit::stamp`]).

use thiserror::Error;

use crate::edit::item;
use crate::edit::todo_txt;
use crate::model::Edit;
use crate::model::Form;
use crate::model::Note;
use crate::model::Priority;
use crate::model::Span;
use crate::model::Task;
use crate::model::task::Field;
use crate::model::task::FieldKind;
use crate::model::task::FieldStyle;
use crate::parse::fields;
use crate::parse::recurrence;

/// A value that a field cannot hold: it would not be read back.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("`{value}` cannot be the value of `{}`: {}", key(*.kind), why.map_or_else(|| format!("{} can", expected(*.kind)), str::to_owned))]
pub struct FieldError {
    /// The field.
    pub kind: FieldKind,
    /// The value; empty where the field was to go.
    pub value: String,
    /// Why, where it is not the value alone.
    pub why: Option<&'static str>,
}

/// The edits that give a field a value, or take it away with `None`; see [`set_all`].
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

/// The edits that give several fields values, or take them away with `None`. Of a kind named twice the last counts.
///
/// Where a field stands only its value changes (of a linked or timed date only the day); where it stands twice, the first.
/// A new one goes to the end of the item, before done and cancelled dates and a block id, in the style of the item's other
/// fields, else in `style`. One that is taken away goes with the blanks before it, wherever it stands on the item.
///
/// # Errors
///
/// When a value would not be read back. Values are those of [`Field::value`]; priorities are words or signs.
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
        let Some(value) = value else {
            removed.extend(task.fields.iter().filter(|field| field.kind == *kind));
            continue;
        };
        let standing = task.fields.iter().find(|field| field.kind == *kind);
        let style = standing.map_or_else(|| style_on(task, *kind, style(*kind)), |field| field.style);
        let style = if task.form == Form::TodoTxt { FieldStyle::TodoTxt } else { style };
        let written = check(*kind, value, style)?;
        match standing {
            Some(field) => edits.extend(replace(text, field, &written)),
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

/// The style of a kind of field in a note: of that kind where the note has it, else of its other fields; the most frequent,
/// of equals the first. `None` where it has none.
#[must_use]
pub fn style_in(note: &Note, kind: FieldKind) -> Option<FieldStyle> {
    let fields = || note.tasks.iter().flat_map(|task| &task.fields);
    let own = most_frequent(fields().filter(|field| field.kind == kind).map(|field| field.style));
    own.or_else(|| most_frequent(fields().map(|field| field.style).filter(|style| fits(*style, kind))))
}

/// The most frequent of some styles, of equals the first; `None` of none.
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

/// The style for a new field on a task: its line's, else `otherwise`, else the one that every kind has.
pub(super) fn style_on(task: &Task, kind: FieldKind, otherwise: FieldStyle) -> FieldStyle {
    let on_line = task.fields.iter().map(|field| field.style);
    on_line.chain([otherwise]).find(|style| fits(*style, kind)).unwrap_or(FieldStyle::Emoji)
}

/// The plain style knows dates and priorities only.
const fn fits(style: FieldStyle, kind: FieldKind) -> bool {
    !matches!(style, FieldStyle::Plain) || is_date(kind) || matches!(kind, FieldKind::Priority)
}

const fn is_date(kind: FieldKind) -> bool {
    matches!(
        kind,
        FieldKind::Due
            | FieldKind::Scheduled
            | FieldKind::Start
            | FieldKind::Created
            | FieldKind::Done
            | FieldKind::Cancelled
    )
}

/// The value as it is written in a style.
fn check(kind: FieldKind, value: &str, style: FieldStyle) -> Result<String, FieldError> {
    let wrong = || FieldError { kind, value: value.to_owned(), why: None };
    if style == FieldStyle::TodoTxt {
        return todo_txt::value(kind, value);
    }
    let value = match (kind, style) {
        (FieldKind::Priority, FieldStyle::Emoji) => sign_of(fields::priority(value).ok_or_else(wrong)?),
        (FieldKind::Priority, _) if value.is_ascii() => value,
        (FieldKind::Priority, _) => name_of(fields::priority(value).ok_or_else(wrong)?),
        _ => value,
    };
    let in_full = recurrence::in_full(value);
    let value = if kind == FieldKind::Recurrence { in_full.as_str() } else { value };
    // rules and ids are the same words in every style, dates in brackets can have a time behind them
    let in_style = if is_date(kind) { style } else { FieldStyle::Emoji };
    let meant = match kind {
        FieldKind::Priority => fields::priority(value).is_some(),
        _ if is_date(kind) => {
            let is_day = |c: char| c.is_ascii_digit() || matches!(c, '-' | '[' | ']' | ' ' | 'T' | ':');
            fields::date(value).is_some() && value.chars().all(is_day) && reads_back(kind, value, in_style)
        }
        _ => reads_back(kind, value, in_style),
    };
    if meant && !value.contains(['\n', '\r']) { Ok(value.to_owned()) } else { Err(wrong()) }
}

fn reads_back(kind: FieldKind, value: &str, style: FieldStyle) -> bool {
    let written = write(kind, value, style);
    match fields::find(&written, &|_| false).as_slice() {
        [field] => {
            field.kind == kind
                && field.end == written.len()
                && written.get(field.value_start..field.value_end) == Some(value)
        }
        _ => false,
    }
}

/// A field as it is written in a style.
pub(super) fn write(kind: FieldKind, value: &str, style: FieldStyle) -> String {
    match style {
        FieldStyle::Emoji if kind == FieldKind::Priority => {
            fields::priority(value).map_or(value, |p| sign_of(p)).to_owned()
        }
        FieldStyle::Emoji => format!("{} {value}", sign(kind)),
        FieldStyle::Bracket => format!("[{}:: {value}]", key(kind)),
        FieldStyle::Paren => format!("({}:: {value})", key(kind)),
        FieldStyle::TodoTxt => format!("{}:{value}", todo_txt::key(kind).unwrap_or_else(|| key(kind))),
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

const fn expected(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Priority => "highest, high, medium, low, lowest",
        FieldKind::Recurrence => "`every` with letters, digits and commas behind it",
        FieldKind::OnCompletion => "keep, delete",
        FieldKind::Id => "a word of unaccented letters, digits, `-` and `_`",
        FieldKind::DependsOn => "ids with commas between them",
        _ => "a day such as 2026-12-01",
    }
}

const fn sign_of(priority: Priority) -> &'static str {
    match priority {
        Priority::Highest => "🔺",
        Priority::High => "⏫",
        Priority::Medium => "🔼",
        Priority::Low => "🔽",
        Priority::Lowest => "⏬",
    }
}

const fn name_of(priority: Priority) -> &'static str {
    match priority {
        Priority::Highest => "highest",
        Priority::High => "high",
        Priority::Medium => "medium",
        Priority::Low => "low",
        Priority::Lowest => "lowest",
    }
}

/// The edit that changes a field's value where it stands; none when it is the same.
pub(super) fn replace(text: &str, field: &Field, value: &str) -> Option<Edit> {
    let old = field.value_span.of(text);
    let mut span = field.value_span;
    if is_date(field.kind) && value.len() == 10 && fields::date(old).is_some() {
        // `[[2026-12-01]]` stays a link, `2026-12-01T09:00` keeps its time
        let before = old.len() - old.trim_start_matches(['[', ' ', '"', '\'']).len();
        let day = old.get(before..).unwrap_or("");
        let len = day.find(|c: char| !(c.is_ascii_digit() || c == '-')).unwrap_or(day.len());
        span = Span::new(span.start + before, span.start + before + len);
    }
    (span.of(text) != value).then(|| Edit { start: span.start, end: span.end, text: value.to_owned() })
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
        let edits = set(text, &first(text), kind, value, FieldStyle::Emoji).unwrap();
        assert_eq!(apply_text(text, &edits).unwrap(), want);
    }

    #[test]
    fn only_the_value_changes_where_the_field_stands() {
        let due = |text, want| case(text, FieldKind::Due, Some("2026-02-02"), want);
        due("- [ ] a 📅 2026-01-01 b\n", "- [ ] a 📅 2026-02-02 b\n");
        due("- [ ] a [due::2026-01-01]\n", "- [ ] a [due::2026-02-02]\n");
        due("- [ ] a 📆\u{FE0F}2026-1-5 ^b\n", "- [ ] a 📆\u{FE0F}2026-02-02 ^b\n");
        due("- [ ] a 📅 [[2026-01-01]]\n", "- [ ] a 📅 [[2026-02-02]]\n");
        due("- [ ] a (due:: 2026-01-01T09:00)\n", "- [ ] a (due:: 2026-02-02T09:00)\n");
        due("- [ ] a 📅 2026-13-01\n", "- [ ] a 📅 2026-02-02\n");
        due("- [ ] a 📅 2026-01-01 📅 2026-01-03\n", "- [ ] a 📅 2026-02-02 📅 2026-01-03\n");
        due("- [ ] a\n  📅 2026-01-01 b\n", "- [ ] a\n  📅 2026-02-02 b\n");
        case("- [ ] a 🔼 b\n", FieldKind::Priority, Some("high"), "- [ ] a ⏫ b\n");
        case("- [ ] a [priority:: low]\n", FieldKind::Priority, Some("⏫"), "- [ ] a [priority:: high]\n");
        case(
            "- [ ] a 🔁 every day 📅 2026-01-01\n",
            FieldKind::Recurrence,
            Some("every week"),
            "- [ ] a 🔁 every week 📅 2026-01-01\n",
        );
    }

    #[test]
    fn a_new_field_follows_its_line() {
        let due = |text, want| case(text, FieldKind::Due, Some("2026-02-02"), want);
        due("- [ ] a\r\n- [ ] b", "- [ ] a 📅 2026-02-02\r\n- [ ] b");
        due("- [ ] a ^id  \n", "- [ ] a 📅 2026-02-02 ^id  \n");
        due("- [ ] a (start:: 2026-01-01)\n", "- [ ] a (start:: 2026-01-01) (due:: 2026-02-02)\n");
        due("- [ ] a [start:: 2026-01-01]\n", "- [ ] a [start:: 2026-01-01]  [due:: 2026-02-02]\n");
        due("- [ ] a start:2026-01-01\n", "- [ ] a start:2026-01-01 due:2026-02-02\n");
        due("- [ ] a\n  b\n", "- [ ] a\n  b 📅 2026-02-02\n");
        due("- [ ]\n", "- [ ] 📅 2026-02-02\n");
        due("- [ ] a \\\n", "- [ ] a 📅 2026-02-02 \\\n");
        // Obsidian Tasks' order: done and cancelled dates stay last
        due("- [x] a ✅ 2026-01-01 ^id\n", "- [x] a 📅 2026-02-02 ✅ 2026-01-01 ^id\n");
        due("- [x] ✅ 2026-01-01\n", "- [x] 📅 2026-02-02 ✅ 2026-01-01\n");
        case("- [ ] a due:2026-01-01\n", FieldKind::Id, Some("k1"), "- [ ] a due:2026-01-01 🆔 k1\n");
    }

    #[test]
    fn a_rule_without_end_swallows_no_field() {
        // `🔁 every day due:2026-02-02` would be a rule of four words
        let text = "- [ ] a start:2026-01-01 🔁 every day\n";
        let want = "- [ ] a start:2026-01-01 🔁 every day 📅 2026-02-02\n";
        case(text, FieldKind::Due, Some("2026-02-02"), want);
        let text = "- [x] a done:2026-01-01\n";
        case(text, FieldKind::Recurrence, Some("every day"), "- [x] a done:2026-01-01 🔁 every day\n");
    }

    #[test]
    fn a_field_goes_with_the_blanks_before_it() {
        let due = |text, want| case(text, FieldKind::Due, None, want);
        due("- [ ] a 📅 2026-01-01 b\n", "- [ ] a b\n");
        due("- [ ] a  [due:: 2026-01-01], b\n", "- [ ] a, b\n");
        due("- [ ] a [due:: 2026-01-01]b\n", "- [ ] a b\n");
        due("- [ ] 📅 2026-01-01 b\n", "- [ ] b\n");
        due("- [ ] 📅 2026-01-01 ^id\n", "- [ ] ^id\n");
        due("- [ ] 📅 2026-01-01\n", "- [ ]\n");
        due("- [ ] a\n", "- [ ] a\n");
        due("- [ ] [start:: 2026-01-01]  [due:: 2026-01-01]\n", "- [ ] [start:: 2026-01-01]\n");
        // the second one would count as soon as the first is gone
        due("- [ ] a 📅 2026-01-01 📅 2026-01-03 b 📅 2026-01-04\n", "- [ ] a b\n");
        // a blank line would end the item
        due("> - [ ] a\r\n>   📅 2026-01-01\r\n>   b\r\n", "> - [ ] a\r\n>   b\r\n");
    }

    #[test]
    fn a_field_that_would_go_on_in_the_words_behind_it_moves_there() {
        let done = |text, want| case(text, FieldKind::Done, None, want);
        // the rule would be `every week and call`
        done("- [x] a 🔁 every week ✅ 2026-01-02 and call\n", "- [x] a and call 🔁 every week\n");
        done("- [x] a 🔁 every week ✅ 2026-01-02 #tag\n", "- [x] a 🔁 every week #tag\n");
        done("- [x] a 🔁 every week ✅ 2026-01-02,\n", "- [x] a 🔁 every week,\n");
        done("- [x] a ⛔ b ✅ 2026-01-02, c ^d\n", "- [x] a, c ⛔ b ^d\n");
        done("- [x] a 🆔 b ✅ 2026-01-02.\n", "- [x] a. 🆔 b\n");
    }

    #[track_caller]
    fn all(text: &str, changes: &[(FieldKind, Option<&str>)], want: &str) {
        let edits = set_all(text, &first(text), changes, &|_| FieldStyle::Emoji).unwrap();
        assert_eq!(apply_text(text, &edits).unwrap(), want);
    }

    #[test]
    fn several_at_once() {
        let (due, high, none) = (Some("2026-02-02"), Some("high"), None);
        all("- [ ] a\n", &[(FieldKind::Priority, high), (FieldKind::Due, due)], "- [ ] a ⏫ 📅 2026-02-02\n");
        all("- [ ] 📅 2026-01-01 ⏫ b\n", &[(FieldKind::Due, none), (FieldKind::Priority, none)], "- [ ] b\n");
        all("- [ ] 📅 2026-01-01 ⏫\n", &[(FieldKind::Due, none), (FieldKind::Priority, none)], "- [ ]\n");
        all("- [ ] 📅 2026-01-01\n", &[(FieldKind::Due, none), (FieldKind::Priority, high)], "- [ ] ⏫\n");
        all("- [ ] 📅 2026-01-01 ^b\n", &[(FieldKind::Due, none), (FieldKind::Priority, high)], "- [ ] ⏫ ^b\n");
        all(
            "- [ ] a\n  📅 2026-01-01\n",
            &[(FieldKind::Due, none), (FieldKind::Start, due)],
            "- [ ] a 🛫 2026-02-02\n",
        );
        all("- [ ] a ⏫\n", &[(FieldKind::Priority, none), (FieldKind::Due, due)], "- [ ] a 📅 2026-02-02\n");
        all("- [ ] a\n", &[(FieldKind::Due, none), (FieldKind::Due, due)], "- [ ] a 📅 2026-02-02\n");
    }

    #[test]
    fn what_would_not_be_read_back_is_refused() {
        for (kind, value) in [
            (FieldKind::Due, "soon"),
            (FieldKind::Due, "2026-02-30"),
            (FieldKind::Due, "2026-01-01 b"),
            (FieldKind::Priority, "urgent"),
            (FieldKind::Recurrence, "biweekly"),
            (FieldKind::Recurrence, "every day; or not"),
            (FieldKind::Id, "a b"),
            (FieldKind::Id, "ü"),
            (FieldKind::Id, ""),
            (FieldKind::DependsOn, "a,"),
            (FieldKind::OnCompletion, "burn"),
        ] {
            let text = "- [ ] a [start:: 2026-01-01]\n";
            let error = set(text, &first(text), kind, Some(value), FieldStyle::Emoji).unwrap_err();
            assert_eq!(error, FieldError { kind, value: value.to_owned(), why: None });
        }
        let text = "- [ ] a\n";
        let error = set(text, &first(text), FieldKind::Id, Some("a b"), FieldStyle::Emoji).unwrap_err();
        assert_eq!(
            error.to_string(),
            "`a b` cannot be the value of `id`: a word of unaccented letters, digits, `-` and `_` can"
        );
    }

    #[test]
    fn the_style_of_a_note_is_its_most_frequent_one() {
        let text = "- [ ] a [due:: 2026-01-01]\n- [ ] b 📅 2026-01-01\n- [ ] c 📅 2026-01-01 start:2026-01-01\n";
        let note = parse::parse(&NotePath::from("n.md"), text, &parse::Options::default()).note;
        assert_eq!(style_in(&note, FieldKind::Due), Some(FieldStyle::Emoji));
        assert_eq!(style_in(&note, FieldKind::Start), Some(FieldStyle::Plain));
        assert_eq!(style_in(&note, FieldKind::Id), Some(FieldStyle::Emoji));
        assert_eq!(style_in(&Note::default(), FieldKind::Due), None);
    }
}

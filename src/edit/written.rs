//! The notation of a field in each style, and its valid values.

use thiserror::Error;

use crate::model::Edit;
use crate::model::Priority;
use crate::model::Span;
use crate::model::task::Field;
use crate::model::task::FieldKind;
use crate::model::task::FieldStyle;
use crate::parse::fields;
use crate::parse::recurrence;
use crate::parse::todo_txt_fields;

/// A value that a field cannot have, because it would not be read back.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("`{value}` cannot be the value of `{}`: {}", key(*.kind), why.map_or_else(|| format!("{} can", expected(*.kind)), str::to_owned))]
pub struct FieldError {
    /// The field.
    pub kind: FieldKind,
    /// The value; empty if the field was to be removed.
    pub value: String,
    /// The reason, if it is not just the value.
    pub why: Option<&'static str>,
}

/// True if the style supports the kind: the plain style has dates and priorities only.
pub(super) const fn fits(style: FieldStyle, kind: FieldKind) -> bool {
    !matches!(style, FieldStyle::Plain) || kind.is_date() || matches!(kind, FieldKind::Priority)
}

/// The value in the notation of a style.
pub(super) fn check(kind: FieldKind, value: &str, style: FieldStyle) -> Result<String, FieldError> {
    let wrong = || FieldError { kind, value: value.to_owned(), why: None };
    let value = match (kind, style) {
        (FieldKind::Priority, FieldStyle::Emoji) => sign_of(fields::priority(value).ok_or_else(wrong)?),
        (FieldKind::Priority, _) if value.is_ascii() => value,
        (FieldKind::Priority, _) => name_of(fields::priority(value).ok_or_else(wrong)?),
        _ => value,
    };
    let in_full = recurrence::in_full(value);
    let value = if kind == FieldKind::Recurrence { in_full.as_str() } else { value };
    // rules and ids are the same words in every style, dates in brackets may be followed by a time
    let in_style = if kind.is_date() { style } else { FieldStyle::Emoji };
    let meant = match kind {
        FieldKind::Priority => fields::priority(value).is_some(),
        _ if kind.is_date() => {
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

/// A field in the notation of a style.
pub(super) fn write(kind: FieldKind, value: &str, style: FieldStyle) -> String {
    match style {
        FieldStyle::Emoji if kind == FieldKind::Priority => {
            fields::priority(value).map_or(value, |p| sign_of(p)).to_owned()
        }
        FieldStyle::Emoji => format!("{} {value}", sign(kind)),
        FieldStyle::Bracket => format!("[{}:: {value}]", key(kind)),
        FieldStyle::Paren => format!("({}:: {value})", key(kind)),
        FieldStyle::TodoTxt => format!("{}:{value}", todo_txt_fields::key(kind).unwrap_or_else(|| key(kind))),
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
        FieldKind::Recurrence => "`every` followed by letters, digits and commas",
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

/// The edit that changes a field's value in place; `None` if it is the same.
pub(super) fn replace(text: &str, field: &Field, value: &str) -> Option<Edit> {
    let old = field.value_span.of(text);
    let mut span = field.value_span;
    if field.kind.is_date() && value.len() == 10 && fields::date(old).is_some() {
        // `[[2026-12-01]]` stays a link, `2026-12-01T09:00` keeps its time
        let before = old.len() - old.trim_start_matches(['[', ' ', '"', '\'']).len();
        let day = old.get(before..).unwrap_or("");
        let len = day.find(|c: char| !(c.is_ascii_digit() || c == '-')).unwrap_or(day.len());
        span = Span::new(span.start + before, span.start + before + len);
    }
    (span.of(text) != value).then(|| Edit { start: span.start, end: span.end, text: value.to_owned() })
}

//! Fields on a task: Obsidian Tasks' emoji, Dataview's `[due:: …]` and `(due:: …)`, plain `due:2026-12-01`.
//!
//! They are read anywhere on the item, not only at its end; the leftmost of each kind counts. Positions are bytes of
//! the item's joined text: [`crate::parse::tasks`] maps them to the note.

use chrono::NaiveDate;

use crate::model::Priority;
use crate::model::task::FieldKind;
use crate::model::task::FieldStyle;
use crate::parse::recurrence;

/// A field in an item's joined text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RawField {
    pub(crate) kind: FieldKind,
    pub(crate) style: FieldStyle,
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) value_start: usize,
    pub(crate) value_end: usize,
}

/// Finds the fields in a text. `blocked` tells which bytes are code or part of a link.
pub(crate) fn find(text: &str, blocked: &dyn Fn(usize) -> bool) -> Vec<RawField> {
    let mut found = Vec::new();
    let mut done = 0;
    let mut before: Option<char> = None;
    for (at, c) in text.char_indices() {
        let previous = before.replace(c);
        if at < done || blocked(at) {
            continue;
        }
        let field = match c {
            '[' | '(' => bracket(text, at, c),
            _ if c.is_ascii() => match previous {
                None | Some(' ' | '\t' | '(' | ',') => plain(text, at),
                Some(_) => None,
            },
            _ => emoji(text, at, c),
        };
        if let Some(field) = field {
            done = field.end;
            found.push(field);
        }
    }
    found
}

/// The kind of field that an emoji introduces.
pub(crate) fn kind_of_sign(c: char) -> Option<FieldKind> {
    Some(match c {
        '📅' | '📆' | '🗓' => FieldKind::Due,
        '⏳' | '⌛' => FieldKind::Scheduled,
        '🛫' => FieldKind::Start,
        '➕' => FieldKind::Created,
        '✅' => FieldKind::Done,
        '❌' => FieldKind::Cancelled,
        '🔺' | '⏫' | '🔼' | '🔽' | '⏬' => FieldKind::Priority,
        '🔁' => FieldKind::Recurrence,
        '🏁' => FieldKind::OnCompletion,
        '🆔' => FieldKind::Id,
        '⛔' => FieldKind::DependsOn,
        _ => return None,
    })
}

fn emoji(text: &str, at: usize, c: char) -> Option<RawField> {
    let kind = kind_of_sign(c)?;
    let mut start = at + c.len_utf8();
    if text.get(start..)?.starts_with('\u{FE0F}') {
        start += '\u{FE0F}'.len_utf8();
    }
    let style = FieldStyle::Emoji;
    if kind == FieldKind::Priority {
        return Some(RawField { kind, style, start: at, end: start, value_start: at, value_end: at + c.len_utf8() });
    }
    let blanks = text
        .get(start..)?
        .chars()
        .take_while(|c| matches!(c, ' ' | '\t' | '\u{A0}'))
        .map(char::len_utf8)
        .sum::<usize>();
    start += blanks;
    let rest = text.get(start..)?;
    let len = match kind {
        FieldKind::Recurrence => recurrence_len(rest),
        FieldKind::OnCompletion => {
            let word = word_len(rest, |c| c.is_ascii_alphabetic());
            let known =
                rest.get(..word).is_some_and(|w| w.eq_ignore_ascii_case("keep") || w.eq_ignore_ascii_case("delete"));
            if known { word } else { 0 }
        }
        FieldKind::Id => id_len(rest),
        FieldKind::DependsOn => ids_len(rest),
        _ => date_len(rest),
    };
    (len > 0).then(|| RawField { kind, style, start: at, end: start + len, value_start: start, value_end: start + len })
}

/// `[key:: value]` or `(key:: value)` with a known key.
fn bracket(text: &str, at: usize, open: char) -> Option<RawField> {
    let close = if open == '[' { ']' } else { ')' };
    let inner = text.get(at + 1..)?;
    let colons = inner.bytes().take(42).zip(inner.bytes().skip(1)).position(|pair| pair == (b':', b':'))?;
    let key = inner.get(..colons)?;
    if key.len() > 40 || key.contains(['[', ']', '(', ')']) {
        return None;
    }
    let kind = kind_of(key.trim())?;
    let mut depth = 0usize;
    let value = inner.get(colons + 2..)?;
    let mut end = None;
    // values are shorter; this also bounds the work in a note full of open brackets
    for (place, c) in value.char_indices().take(300) {
        if c == open {
            depth += 1;
        } else if c == close {
            if depth == 0 {
                end = Some(place);
                break;
            }
            depth -= 1;
        }
    }
    let end = end?;
    let written = value.get(..end)?;
    if written.contains("::") {
        return None;
    }
    let from = at + 1 + colons + 2;
    let value_start = from + (written.len() - written.trim_start().len());
    let value_end = value_start + written.trim().len();
    let style = if open == '[' { FieldStyle::Bracket } else { FieldStyle::Paren };
    Some(RawField { kind, style, start: at, end: from + end + 1, value_start, value_end })
}

fn kind_of(key: &str) -> Option<FieldKind> {
    let key = key.to_ascii_lowercase();
    Some(match key.as_str() {
        "due" => FieldKind::Due,
        "scheduled" => FieldKind::Scheduled,
        "start" => FieldKind::Start,
        "created" => FieldKind::Created,
        "completion" => FieldKind::Done,
        "cancelled" => FieldKind::Cancelled,
        "priority" => FieldKind::Priority,
        "repeat" => FieldKind::Recurrence,
        "oncompletion" => FieldKind::OnCompletion,
        "id" => FieldKind::Id,
        "dependson" => FieldKind::DependsOn,
        _ => return None,
    })
}

/// `due:2026-12-01`: only if a date or a priority follows.
fn plain(text: &str, at: usize) -> Option<RawField> {
    let rest = text.get(at..)?;
    let key_len = word_len(rest, |c| c.is_ascii_alphabetic());
    let key = rest.get(..key_len)?;
    let kind = match key {
        "due" => FieldKind::Due,
        "scheduled" => FieldKind::Scheduled,
        "start" => FieldKind::Start,
        "created" => FieldKind::Created,
        "done" => FieldKind::Done,
        "cancelled" => FieldKind::Cancelled,
        "priority" => FieldKind::Priority,
        _ => return None,
    };
    let value = rest.get(key_len..)?.strip_prefix(':')?;
    let len = if kind == FieldKind::Priority {
        let len = word_len(value, |c| c.is_ascii_alphabetic());
        if value.get(..len).and_then(priority).is_some() { len } else { 0 }
    } else {
        date_len(value)
    };
    let start = at + key_len + 1;
    (len > 0).then(|| RawField {
        kind,
        style: FieldStyle::Plain,
        start: at,
        end: start + len,
        value_start: start,
        value_end: start + len,
    })
}

pub(crate) fn word_len(text: &str, belongs: fn(char) -> bool) -> usize {
    text.find(|c| !belongs(c)).unwrap_or(text.len())
}

/// The length of a text that looks like a date: `2024-01-05`, `2024-1-5`, `[[2024-01-05]]`.
pub(crate) fn date_len(text: &str) -> usize {
    let (open, inner) = text.strip_prefix("[[").map_or((0, text), |inner| (2, inner));
    let len = word_len(inner, |c| c.is_ascii_digit() || c == '-');
    let written = inner.get(..len).unwrap_or("");
    let parts: Vec<&str> = written.split('-').collect();
    let shaped = matches!(parts.as_slice(), [year, month, day]
        if year.len() == 4 && (1..=2).contains(&month.len()) && (1..=2).contains(&day.len()));
    match (shaped, open) {
        (false, _) => 0,
        (true, 0) => len,
        (true, _) if inner.get(len..).is_some_and(|rest| rest.starts_with("]]")) => len + 4,
        (true, _) => 0,
    }
}

/// `every …` in the characters that Obsidian Tasks allows, without spaces and commas at the end; or a rule in one word,
/// optionally with `when done`.
fn recurrence_len(text: &str) -> usize {
    let word = word_len(text, |c| c.is_ascii_alphabetic());
    if text.get(..word).is_some_and(recurrence::is_short) {
        let done = text.get(word..).filter(|rest| {
            let behind = rest.get(" when done".len()..).unwrap_or("");
            rest.to_ascii_lowercase().starts_with(" when done") && !behind.starts_with(char::is_alphanumeric)
        });
        return word + done.map_or(0, |_| " when done".len());
    }
    let len = word_len(text, |c| c.is_ascii_alphanumeric() || matches!(c, ' ' | ',' | '!'));
    let rule = text.get(..len).unwrap_or("");
    // the last word of `every week due:2026-12-01` begins another field
    let key = text.get(len..).is_some_and(|rest| rest.starts_with(':'));
    let rule = if key { rule.rsplit_once(' ').map_or("", |(before, _)| before) } else { rule };
    let rule = rule.trim_end_matches([' ', ',']);
    if rule.len() >= 5 && rule.get(..5).is_some_and(|word| word.eq_ignore_ascii_case("every")) { rule.len() } else { 0 }
}

fn is_id_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-' || c == '_'
}

/// An id that ends at a space, a comma or the end.
pub(crate) fn id_len(text: &str) -> usize {
    let len = word_len(text, is_id_char);
    let after = text.get(len..).and_then(|rest| rest.chars().next());
    if after.is_none_or(|c| c.is_whitespace() || c == ',') { len } else { 0 }
}

/// Ids separated by commas and spaces.
pub(crate) fn ids_len(text: &str) -> usize {
    let mut end = id_len(text);
    loop {
        let rest = text.get(end..).unwrap_or("");
        let blanks = rest.len() - rest.trim_start_matches(' ').len();
        let Some(after) = rest.get(blanks..).and_then(|rest| rest.strip_prefix(',')) else { return end };
        let more = after.len() - after.trim_start_matches(' ').len();
        let len = id_len(after.get(more..).unwrap_or(""));
        if end == 0 || len == 0 {
            return end;
        }
        end += blanks + 1 + more + len;
    }
}

/// A date as written in a field; `None` if there is no such day. Surrounding links and times are ignored.
pub(crate) fn date(value: &str) -> Option<NaiveDate> {
    let value = value.trim_matches(['[', ']', ' ', '"', '\'']);
    let day = value.split([' ', 'T']).next()?;
    let mut parts = day.splitn(3, '-');
    let year = parts.next()?.parse().ok().filter(|year| (1900..3000).contains(year))?;
    NaiveDate::from_ymd_opt(year, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?)
}

/// A priority by its emoji or word.
pub(crate) fn priority(value: &str) -> Option<Priority> {
    Some(match value.to_ascii_lowercase().as_str() {
        "🔺" | "highest" => Priority::Highest,
        "⏫" | "high" => Priority::High,
        "🔼" | "medium" => Priority::Medium,
        "🔽" | "low" => Priority::Low,
        "⏬" | "lowest" => Priority::Lowest,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `kind=value` of each field, in order.
    #[track_caller]
    fn case(text: &str, want: &[&str]) {
        let got: Vec<String> = find(text, &|_| false)
            .into_iter()
            .map(|field| format!("{:?}={}", field.kind, text.get(field.value_start..field.value_end).unwrap()))
            .collect();
        assert_eq!(got, want, "{text}");
    }

    #[test]
    fn emoji_fields_anywhere_and_without_blanks() {
        case(
            "done 🗓 2021-09-12 ✅ 2021-06-20 ➕ 2023-03-07",
            &["Due=2021-09-12", "Done=2021-06-20", "Created=2023-03-07"],
        );
        case(
            "W ✅2022-07-01 📅2022-07-02 ⏳2022-07-03 🛫2022-07-04 🔁every day",
            &["Done=2022-07-01", "Due=2022-07-02", "Scheduled=2022-07-03", "Start=2022-07-04", "Recurrence=every day"],
        );
        case("a ✅ done 🗓 2021-09-12", &["Due=2021-09-12"]);
        case(
            "⏳\u{FE0F} 2024-11-18 ⏫\u{FE0F} ⛔\u{FE0F} F1",
            &["Scheduled=2024-11-18", "Priority=⏫", "DependsOn=F1"],
        );
        case("📅 2021-04-09 other text", &["Due=2021-04-09"]);
        case("📅 [[2024-09-17]] 📅 2024-1-5", &["Due=[[2024-09-17]]", "Due=2024-1-5"]);
        case("📅\u{A0}2024-01-01", &["Due=2024-01-01"]);
        case("🏁 Delete 🏁 NOPE", &["OnCompletion=Delete"]);
        case("🆔 A*bcd0f 🆔 Ab_cd0f-", &["Id=Ab_cd0f-"]);
        case("⛔ ab , CD ,  EF  ,    GK", &["DependsOn=ab , CD ,  EF  ,    GK"]);
        case("🔁 every day #tag 🔁 daily", &["Recurrence=every day", "Recurrence=daily"]);
        case("🔁 Weekly when done 📅 2021-04-09", &["Recurrence=Weekly when done", "Due=2021-04-09"]);
        case("🔁 weekly call", &["Recurrence=weekly"]);
        case("🔁 weeklyish", &[]);
        case("🔁 every day due:2021-04-09", &["Recurrence=every day", "Due=2021-04-09"]);
        case("🔁 every day, 📅 2021-04-09", &["Recurrence=every day", "Due=2021-04-09"]);
    }

    #[test]
    fn dataview_and_plain_fields() {
        case("[priority::high] #t [completion:: 2024-09-04]", &["Priority=high", "Done=2024-09-04"]);
        case("[   due::   2021-06-20   ] (priority:: low)", &["Due=2021-06-20", "Priority=low"]);
        case("[due::2021-08-22) (priority:: high]", &[]);
        case("- due:: 2021-08-22", &[]);
        case("[due::2021-08-22], (start::2021-08-19)", &["Due=2021-08-22", "Start=2021-08-19"]);
        case("[dependson:: F12345] [tt-id:: GH]", &["DependsOn=F12345"]);
        case("pay due:2026-12-01 overdue:2026-12-01 priority:high due:soon", &["Due=2026-12-01", "Priority=high"]);
    }

    #[test]
    fn dates_are_days_or_nothing() {
        assert_eq!(date("2023-12-32"), None);
        assert_eq!(date("[[2024-09-17]]"), NaiveDate::from_ymd_opt(2024, 9, 17));
        assert_eq!(date("2024-01-01 10:30"), NaiveDate::from_ymd_opt(2024, 1, 1));
        assert_eq!(date("9999-01-01"), None);
    }
}

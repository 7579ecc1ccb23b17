//! Fields on a task: Obsidian Tasks' emoji, Dataview's `[due:: …]` and `(due:: …)`, plain `due:2026-12-01`.
//!
//! They are read anywhere on the item, not only at its end; of each kind the leftmost counts. Positions are bytes of
//! the item's joined text: [`crate::parse::tasks`] maps them to the note.

use chrono::NaiveDate;

use crate::model::Priority;
use crate::model::task::FieldKind;
use crate::model::task::FieldStyle;
use crate::model::words;
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

/// Finds the fields of a text. `blocked` tells bytes that are code or part of a link.
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

fn emoji(text: &str, at: usize, c: char) -> Option<RawField> {
    let kind = match c {
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
    };
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

/// `[key:: value]` or `(key:: value)` with a key that we know.
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
    // no value is longer; a note full of open brackets must not be read over and over
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

/// `due:2026-12-01`: only with a date behind it, or a word of priority.
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

fn word_len(text: &str, belongs: fn(char) -> bool) -> usize {
    text.find(|c| !belongs(c)).unwrap_or(text.len())
}

/// Something that is meant as a field and is not read as one: `📅 tomorrow`, `due:friday`, `🔁 each Monday`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unread {
    /// What it was to be: due, scheduled, start, done, cancelled, created or recurrence.
    pub(crate) kind: FieldKind,
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Where its value begins.
    pub(crate) value: usize,
}

/// Finds what is meant as a field and is not read as one; `found` are the fields of the same text.
pub(crate) fn unread(text: &str, found: &[RawField], blocked: &dyn Fn(usize) -> bool) -> Vec<Unread> {
    let mut unread: Vec<Unread> = Vec::new();
    let mut before: Option<char> = None;
    for (at, c) in text.char_indices() {
        let previous = before.replace(c);
        let begins =
            !c.is_ascii() || (c.is_ascii_alphabetic() && matches!(previous, None | Some(' ' | '\t' | '(' | ',')));
        if !begins || blocked(at) || found.iter().any(|field| field.start <= at && at < field.end) {
            continue;
        }
        let Some((kind, len, any)) = sign_or_key(text.get(at..).unwrap_or(""), c) else { continue };
        let behind = text.get(at + len..).unwrap_or("");
        let value = behind.trim_start_matches([' ', '\t', '\u{A0}', '\u{FE0F}']);
        let attached = value.len() == behind.len() && value.starts_with(char::is_alphanumeric);
        let meant = if kind == FieldKind::Recurrence { is_rule(value) } else { is_time(value) };
        if meant || (any && attached) {
            let start = at + len + behind.len() - value.len();
            let word = value.find(char::is_whitespace).unwrap_or(value.len());
            unread.push(Unread { kind, start: at, end: start + word, value: start });
        }
    }
    unread
}

/// The sign or key of a date or rule with which a text begins: its kind, its bytes, and whether any word behind it is
/// meant as its value.
fn sign_or_key(text: &str, first: char) -> Option<(FieldKind, usize, bool)> {
    if !first.is_ascii() {
        let kind = match first {
            '📅' | '📆' | '🗓' => FieldKind::Due,
            '⏳' | '⌛' => FieldKind::Scheduled,
            '🛫' => FieldKind::Start,
            '➕' => FieldKind::Created,
            '✅' => FieldKind::Done,
            '❌' => FieldKind::Cancelled,
            '🔁' => FieldKind::Recurrence,
            _ => return None,
        };
        return Some((kind, first.len_utf8(), false));
    }
    let len = word_len(text, |c| c.is_ascii_alphabetic());
    let kind = match text.get(..len)?.to_ascii_lowercase().as_str() {
        "due" => FieldKind::Due,
        "scheduled" => FieldKind::Scheduled,
        "start" => FieldKind::Start,
        "created" => FieldKind::Created,
        "done" => FieldKind::Done,
        "cancelled" => FieldKind::Cancelled,
        _ => return None,
    };
    let behind = text.get(len..)?.strip_prefix(':')?;
    (!behind.starts_with(':')).then_some((kind, len + 1, kind == FieldKind::Due))
}

/// True for words that begin with a day or time: `tomorrow`, `next week`, `friday`, `1.12.2026`, `2 Dec`.
fn is_time(text: &str) -> bool {
    const WORDS: &str = " today tomorrow tmrw yesterday tonight now soon later someday asap tbd eod eow eom next this in \
                         heute morgen übermorgen gestern demain hier mañana hoy oggi domani ";
    let written = text.split(char::is_whitespace).next().unwrap_or("");
    let word = written.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        let behind = word.get(digits..).unwrap_or("");
        let next = text.split_whitespace().nth(1).unwrap_or("").trim_matches(|c: char| !c.is_alphanumeric());
        return behind.starts_with(['.', '/', '-']) && behind.len() > 1 || words::month(&next.to_lowercase()).is_some();
    }
    !word.is_empty()
        && (WORDS.contains(&format!(" {word} ")) || words::weekday(&word).is_some() || words::month(&word).is_some())
}

/// True for words that begin like a rule.
fn is_rule(text: &str) -> bool {
    const WORDS: &str = " every each biweekly bi-weekly bimonthly hourly daily weekly monthly yearly once twice \
                         jeden jede jedes täglich wöchentlich monatlich chaque cada ogni ";
    let word = text.split(char::is_whitespace).next().unwrap_or("");
    let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    !word.is_empty() && (WORDS.contains(&format!(" {word} ")) || words::weekday(&word).is_some() || digits > 0)
}

/// The length of something that is meant as a date: `2024-01-05`, `2024-1-5`, `[[2024-01-05]]`.
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

/// `every …` in the letters that Obsidian Tasks allows, without blanks and commas at the end; or a rule in one word, with
/// `when done` behind it or not.
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
    // the last word of `every week due:2026-12-01` begins a field of its own
    let key = text.get(len..).is_some_and(|rest| rest.starts_with(':'));
    let rule = if key { rule.rsplit_once(' ').map_or("", |(before, _)| before) } else { rule };
    let rule = rule.trim_end_matches([' ', ',']);
    if rule.len() >= 5 && rule.get(..5).is_some_and(|word| word.eq_ignore_ascii_case("every")) { rule.len() } else { 0 }
}

fn is_id_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-' || c == '_'
}

/// An id that ends at a blank, a comma or the end.
pub(crate) fn id_len(text: &str) -> usize {
    let len = word_len(text, is_id_char);
    let after = text.get(len..).and_then(|rest| rest.chars().next());
    if after.is_none_or(|c| c.is_whitespace() || c == ',') { len } else { 0 }
}

/// Ids with commas and blanks between them.
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

/// A date as people write it in a field, `None` where there is no such day. Links and times around it are passed over.
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

    #[test]
    fn what_is_meant_as_a_field_and_is_none() {
        let unread = |text: &str| -> Vec<String> {
            let found = find(text, &|_| false);
            let found = unread(text, &found, &|_| false);
            found
                .iter()
                .map(|field| format!("{:?}={}", field.kind, text.get(field.value..field.end).unwrap()))
                .collect()
        };
        for (text, want) in [
            ("a 📅 tomorrow", "Due=tomorrow"),
            ("a 📅tomorrow b", "Due=tomorrow"),
            ("a 📆\u{FE0F} next week", "Due=next"),
            ("a ⏳ Friday, early", "Scheduled=Friday,"),
            ("a 🛫 2026/12/01", "Start=2026/12/01"),
            ("a 📅 1.12.2026", "Due=1.12.2026"),
            ("a 📅 Dec 1", "Due=Dec"),
            ("a 📅 1 December", "Due=1"),
            ("a ✅ 21/11/2026", "Done=21/11/2026"),
            ("a due:friday", "Due=friday"),
            ("a due:soonish", "Due=soonish"),
            ("a Due: tomorrow", "Due=tomorrow"),
            ("a due: 2026-12-01", "Due=2026-12-01"),
            ("a start:monday", "Start=monday"),
            ("a 🔁 each Monday", "Recurrence=each"),
            ("a 🔁 biweekly", "Recurrence=biweekly"),
            ("a 🔁 2 weeks", "Recurrence=2"),
        ] {
            assert_eq!(unread(text), [want], "{text}");
        }
        for text in [
            "a 📅 2026-12-01 due:2026-12-01 🔁 weekly",
            "tidy the 📅 app",
            "✅ done ❌ no ➕ more 🔁 the build",
            "start: the engine",
            "done: all of it",
            "overdue:friday",
            "[due:: next week]",
            "due::friday",
            "the rent is due: pay it",
        ] {
            assert!(unread(text).is_empty(), "{text}: {:?}", unread(text));
        }
    }
}

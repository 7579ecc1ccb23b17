//! Likely fields of a task that were not read, to be reported.

use crate::model::task::FieldKind;
use crate::model::words;
use crate::parse::fields::RawField;
use crate::parse::fields::date;
use crate::parse::fields::date_len;
use crate::parse::fields::kind_of_sign;
use crate::parse::fields::word_len;

/// A likely field that was not read: `📅 tomorrow`, `due:friday`, `@due(friday)`, `🔁 each Monday`, `rec:2w`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unread {
    /// The kind of field it was meant to be: due, scheduled, start, done, cancelled, created or recurrence.
    pub(crate) kind: FieldKind,
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Where its value begins.
    pub(crate) value: usize,
}

/// Finds likely fields that were not read; `found` are the fields that were.
pub(crate) fn unread(text: &str, found: &[RawField], blocked: &dyn Fn(usize) -> bool) -> Vec<Unread> {
    let mut unread: Vec<Unread> = Vec::new();
    let mut before: Option<char> = None;
    for (at, c) in text.char_indices() {
        let previous = before.replace(c);
        if c == '@' && matches!(previous, None | Some(' ' | '\t' | '(' | ',')) && !blocked(at) {
            unread.extend(at_sign(text, at));
            continue;
        }
        let begins =
            !c.is_ascii() || (c.is_ascii_alphabetic() && matches!(previous, None | Some(' ' | '\t' | '(' | ',')));
        if !begins || blocked(at) || found.iter().any(|field| field.start <= at && at < field.end) {
            continue;
        }
        let Some((kind, len, any)) = sign_or_key(text.get(at..).unwrap_or(""), c) else { continue };
        let behind = text.get(at + len..).unwrap_or("");
        let value = behind.trim_start_matches([' ', '\t', '\u{A0}', '\u{FE0F}']);
        let attached = value.len() == behind.len() && value.starts_with(char::is_alphanumeric);
        let next = found.iter().find(|field| field.start >= at);
        let meant = is_left_open(kind, (text, at), value, next)
            || if kind == FieldKind::Recurrence { is_rule(value) } else { is_time(value) };
        if meant || (any && attached) {
            let start = at + len + behind.len() - value.len();
            let word = value.find(char::is_whitespace).unwrap_or(value.len());
            let (start, end) = match next {
                // the next field is no value
                Some(next) if next.start <= start => (at + len, at + len),
                _ => (start, start + word),
            };
            unread.push(Unread { kind, start: at, end, value: start });
        }
    }
    unread
}

/// In words; more between a sign and the next field are a sentence with a picture in it.
const WORDS: usize = 3;

/// A sign without a value, behind words: `call 📅`, `call 🔁 📅 2026-12-01`; and what stands for a rule before the next field:
/// `🔁 sometimes 📅 2026-12-01`. A `✅` is as often a decoration.
fn is_left_open(kind: FieldKind, (text, at): (&str, usize), value: &str, next: Option<&RawField>) -> bool {
    let is_sign = text.get(at..).is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii()));
    let has_words = text.get(..at).is_some_and(|before| before.contains(char::is_alphanumeric));
    if !is_sign || !has_words {
        return false;
    }
    let start = text.len() - value.len();
    match next {
        None => value.trim().is_empty() && matches!(kind, FieldKind::Due | FieldKind::Recurrence),
        Some(next) => {
            let between = text.get(start..next.start.max(start)).unwrap_or("").split_whitespace().count();
            match kind {
                FieldKind::Recurrence => between <= WORDS,
                FieldKind::Due | FieldKind::Scheduled | FieldKind::Start => between == 0,
                _ => false,
            }
        }
    }
}

/// `@due(…)` of other programs with something other than a date. A date there is theirs, and stays as it is.
fn at_sign(text: &str, at: usize) -> Option<Unread> {
    let behind = text.get(at + 1..)?;
    let key = word_len(behind, |c| c.is_ascii_alphabetic());
    let kind = match behind.get(..key)? {
        "due" => FieldKind::Due,
        "scheduled" => FieldKind::Scheduled,
        "start" => FieldKind::Start,
        _ => return None,
    };
    let inner = behind.get(key..)?.strip_prefix('(')?;
    // values are shorter
    let inner = inner.get(..inner.floor_char_boundary(64))?;
    let value = inner.get(..inner.find(')')?)?;
    let start = at + 1 + key + 1;
    let first = value.split_whitespace().next()?;
    let is_day = date_len(value.trim_start()) > 0 && date(first).is_some();
    (!is_day).then_some(Unread { kind, start: at, end: start + value.len(), value: start })
}

/// Kinds whose values are often written in words that are not understood.
const fn is_date_or_rule(kind: FieldKind) -> bool {
    kind.is_date() || matches!(kind, FieldKind::Recurrence)
}

/// The sign or key of a date or rule at the beginning of a text: its kind, its length in bytes, and whether any word after it
/// is meant as its value.
fn sign_or_key(text: &str, first: char) -> Option<(FieldKind, usize, bool)> {
    if !first.is_ascii() {
        let kind = kind_of_sign(first).filter(|kind| is_date_or_rule(*kind))?;
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
        // todo.txt's
        "rec" => FieldKind::Recurrence,
        _ => return None,
    };
    let behind = text.get(len..)?.strip_prefix(':')?;
    let takes_any = matches!(kind, FieldKind::Due | FieldKind::Recurrence);
    (!behind.starts_with(':')).then_some((kind, len + 1, takes_any))
}

/// True for words that begin with a day or time: `tomorrow`, `next week`, `friday`, `1.12.2026`, `2 Dec`.
fn is_time(text: &str) -> bool {
    const BEFORE: [&str; 9] = ["on", "by", "at", "am", "bis", "le", "el", "em", "ab"];
    let first = text.split(char::is_whitespace).next().unwrap_or("");
    if BEFORE.iter().any(|word| first.eq_ignore_ascii_case(word)) {
        return text.get(first.len()..).is_some_and(|rest| is_day(rest.trim_start()));
    }
    is_day(text)
}

fn is_day(text: &str) -> bool {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::fields::find;

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
            ("a rec:d", "Recurrence=d"),
            ("a rec:+2w due:2026-12-01", "Recurrence=+2w"),
            ("rec:often", "Recurrence=often"),
            ("a @due(soon)", "Due=soon"),
            ("a 📅 am Freitag", "Due=am"),
            ("a 📅 on Friday", "Due=on"),
            ("a 📅", "Due="),
            ("a 🔁 ", "Recurrence="),
            ("a 🔁 📅 2026-11-20", "Recurrence="),
            ("a 🔁 sometimes 📅 2026-11-20", "Recurrence=sometimes"),
            ("a ⏳ 📅 2026-11-20", "Scheduled="),
            ("@due(2026-13-01) a", "Due=2026-13-01"),
            ("a @start(next week) b", "Start=next week"),
            ("a @due(1.12.2026)", "Due=1.12.2026"),
        ] {
            assert_eq!(unread(text), [want], "{text}");
        }
        for text in [
            "a 📅 2026-12-01 due:2026-12-01 🔁 weekly",
            "tidy the 📅 app",
            "tidy the 📅 app ⏳ 2026-12-01",
            "put it on the shelf",
            "📅",
            "🔁",
            "flown 🛫",
            "shipped ✅",
            "the 🔁 that we had in our old house 📅 2026-12-01",
            "✅ done ❌ no ➕ more 🔁 the build",
            "start: the engine",
            "done: all of it",
            "overdue:friday",
            "[due:: next week]",
            "due::friday",
            "rec::d",
            "the rec: room is free",
            "prec:d",
            "the rent is due: pay it",
            "a @due(2026-12-01) @due(2026-12-01 10:00) @due( 2026-12-01)",
            "a @due @due() @dues(soon) me@due(soon) @ida(soon) @due(never closed",
        ] {
            assert!(unread(text).is_empty(), "{text}: {:?}", unread(text));
        }
    }
}

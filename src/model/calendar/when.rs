//! Natural dates: the words that people use for a day or a range of days.
//!
//! Reads what a person types in a query or on the command line, where the whole text is meant as a date. Dates in notes
//! are found elsewhere, by stricter rules. Weeks begin on Monday (ISO 8601); case does not matter, `-` and `_` are spaces.
//!
//! - `next friday` is the Friday after today, `last friday` the Friday before today (on a Friday a week away);
//!   `this friday` is that of this week; `friday` alone is the nearest on the side that the field leans to, today included.
//! - `next week`, `last month`, `this year`: the whole week, month, quarter, year after, before, around today.
//! - `next 7 days` begins tomorrow, `last 7 days` ends today.
//! - `+7d`, `-2w`, `in 3 months`, `2 years ago`: one day, counted from today; month ends clamp.
//! - A day or month without a year is the nearest on the side that the field leans to.

use chrono::Datelike as _;
use chrono::NaiveDate;

use crate::model::calendar::forms::DateForm;
use crate::model::calendar::forms::Lean;
use crate::model::calendar::forms::Read;
use crate::model::calendar::forms::WhenError;
use crate::model::calendar::forms::named;
use crate::model::calendar::forms::numbers;
use crate::model::calendar::forms::out_of_years;
use crate::model::calendar::forms::relative;
use crate::model::calendar::span::DateRange;
use crate::model::calendar::span::Length;
use crate::model::calendar::span::Unit;
use crate::model::calendar::span::YEARS;
use crate::model::words;

/// The accepted forms, for messages and help.
pub const FORMS: &str = "2026-12-01, 2026-12, 2026, 2026-W49, 2026-Q4, today, yesterday, friday, next-friday, \
                         last-week, this-month, +7d, -2w, in-3-days, 2-weeks-ago, end-of-month, 1-may, or a range a..b";

/// Words that carry no meaning of their own in a date.
const FILLERS: [&str; 11] = ["of", "the", "on", "de", "del", "el", "le", "am", "der", "den", "feira"];

/// In bytes; no date is longer.
const LONGEST: usize = 80;

/// Reads a natural date that leans [`Lean::Ahead`]. Pure: everything is counted from `today`.
///
/// # Errors
/// Says what is wrong and, if something close is valid, suggests it. Years outside [`YEARS`] are refused.
pub fn parse_when(text: &str, today: NaiveDate) -> Result<DateRange, WhenError> {
    parse_when_leaning(text, today, Lean::Ahead)
}

/// Reads a natural date; `lean` says on which side of today an incomplete one is.
///
/// In a range `a..b`, an end without a year is the first such date after the beginning; reversed ends are swapped.
///
/// # Errors
/// As [`parse_when`].
pub fn parse_when_leaning(text: &str, today: NaiveDate, lean: Lean) -> Result<DateRange, WhenError> {
    if text.len() > LONGEST {
        return Err(WhenError::new("that is too long for a date"));
    }
    let Some((from, to)) = split_range(text) else {
        return Ok(single(text, today, lean)?.range);
    };
    match (from.trim().is_empty(), to.trim().is_empty()) {
        (true, true) => Err(WhenError::new("a range needs at least one end: 2026-01..2026-03, 2026-01.., ..2026-03")),
        (false, true) => Ok(DateRange { start: single(from, today, lean)?.range.start, end: None }),
        (true, false) => Ok(DateRange { start: None, end: single(to, today, lean)?.range.end }),
        (false, false) => {
            let first = single(from, today, lean)?.range;
            let mut last = single(to, today, lean)?;
            if let Some(start) = first.start
                && last.floating
                && last.range.end < first.start
            {
                last = single(to, start, Lean::Ahead)?;
            }
            let last = last.range;
            if last.end < first.start {
                return Ok(DateRange { start: last.start, end: first.end });
            }
            Ok(DateRange { start: first.start, end: last.end })
        }
    }
}

/// Reads a natural date that names exactly one day.
///
/// # Errors
/// As [`parse_when`]; also when the text names more than one day.
pub fn parse_day(text: &str, today: NaiveDate, lean: Lean) -> Result<NaiveDate, WhenError> {
    let range = parse_when_leaning(text, today, lean)?;
    range.single().ok_or_else(|| WhenError {
        message: format!("`{text}` is {range}, and one day is wanted here"),
        suggestion: range.start.map(|start| start.to_string()),
    })
}

/// True for a misspelt date that nobody would type for anything else: `2026-13`, `tomorow`, `W60`.
///
/// For arguments that can be a date or words to search for.
#[must_use]
pub fn is_spoilt_date(text: &str) -> bool {
    let text = text.trim();
    let Err(error) = parse_when(text, NaiveDate::default()) else { return false };
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let unit = |part: &str| part.strip_prefix(['w', 'W', 'q', 'Q']).is_some_and(is_number);
    let parts: Vec<&str> = text.split(['-', '/', '.']).collect();
    let numbers = parts.iter().all(|part| is_number(part) || unit(part));
    let has_year = parts.iter().any(|part| part.len() == 4 && is_number(part));
    if numbers && (parts.len() == 3 || parts.len() == 2 && has_year || unit(text)) {
        return true;
    }
    let typed = tokens(text);
    let meant = error.suggestion.as_deref().map(tokens).unwrap_or_default();
    typed.len() == meant.len()
        && typed.iter().zip(&meant).all(|(one, other)| words::is_a_slip_away(one, other))
        && error.suggestion.is_some_and(|meant| parse_when(&meant, NaiveDate::default()).is_ok())
}

/// The same date as one word, normalized: `Next  Friday` gives `next-friday`, `2026-01 to 2026-03` gives `2026-01..2026-03`.
#[must_use]
pub fn tidy(text: &str) -> String {
    match split_range(text) {
        Some((from, to)) => format!("{}..{}", tokens(from).join("-"), tokens(to).join("-")),
        None => tokens(text).join("-"),
    }
}

/// `a..b`, `a to b`, or two ISO days with a space between.
fn split_range(text: &str) -> Option<(&str, &str)> {
    let text = text.trim();
    let blank_between_days = || {
        let (from, to) = text.split_once(char::is_whitespace)?;
        let is_iso = |part: &str| part.trim().parse::<NaiveDate>().is_ok() || is_iso_shaped(part.trim());
        (is_iso(from) && is_iso(to)).then_some((from, to))
    };
    text.split_once("..").or_else(|| split_at_to(text)).or_else(blank_between_days)
}

fn split_at_to(text: &str) -> Option<(&str, &str)> {
    let at = text.to_ascii_lowercase().find(" to ")?;
    Some((text.get(..at)?, text.get(at + 4..)?))
}

/// Ten bytes like `2015-99-29`: a wrong day is refused, not read as something else.
fn is_iso_shaped(text: &str) -> bool {
    text.len() == 10
        && text.bytes().enumerate().all(|(at, b)| if at == 4 || at == 7 { b == b'-' } else { b.is_ascii_digit() })
}

/// Folded words; a sign stays on the first.
fn tokens(text: &str) -> Vec<String> {
    let folded = words::fold(text.trim());
    let (sign, rest) = match folded.strip_prefix(['+', '-']) {
        Some(rest) => (folded.get(..1).unwrap_or(""), rest),
        None => ("", folded.as_str()),
    };
    let words = rest.split(|c: char| c.is_whitespace() || matches!(c, '-' | '_' | ','));
    let mut words: Vec<String> =
        words.filter(|word| !word.is_empty() && !FILLERS.contains(word)).map(str::to_owned).collect();
    match words.first_mut() {
        Some(first) => first.insert_str(0, sign),
        None => words.extend(Some(sign.to_owned()).filter(|sign| !sign.is_empty())),
    }
    words
}

fn single(text: &str, today: NaiveDate, lean: Lean) -> Result<DateForm, WhenError> {
    let tokens = tokens(text);
    let tokens: Vec<&str> = tokens.iter().map(String::as_str).collect();
    let found = resolve(&tokens, today, lean)?.ok_or_else(|| unknown(text, &tokens, lean))?;
    let edge = |day: Option<NaiveDate>| day.is_none_or(|day| YEARS.contains(&day.year()));
    // an ISO week or `next year` may extend past the last allowed year
    if edge(found.range.start) && edge(found.range.end) { Ok(found) } else { Err(out_of_years()) }
}

fn unknown(text: &str, tokens: &[&str], lean: Lean) -> WhenError {
    let text = text.trim();
    if let Some(length) = Length::from_words(tokens) {
        let sign = if lean == Lean::Ahead { '+' } else { '-' };
        return WhenError {
            message: format!("`{text}` is a length, not a date: +{length} is so long after today, -{length} before"),
            suggestion: Some(format!("{sign}{length}")),
        };
    }
    let names = words::LANGUAGES.iter().take(1).flat_map(|names| names.months.into_iter().chain(names.weekdays));
    let known: Vec<&str> =
        ["today", "tomorrow", "yesterday", "next", "last", "this", "week", "month", "quarter", "year"]
            .into_iter()
            .chain(names.flatten().copied().filter(|name| name.len() > 3))
            .collect();
    let mut fixed = false;
    let better: Vec<String> = tokens
        .iter()
        .map(|token| match words::nearest(token, known.iter().copied()) {
            Some(near) if words::fold(near) != *token => {
                fixed = true;
                near.to_lowercase()
            }
            _ => (*token).to_owned(),
        })
        .collect();
    WhenError { message: format!("`{text}` is not a date"), suggestion: fixed.then(|| better.join("-")) }
}

fn resolve(tokens: &[&str], today: NaiveDate, lean: Lean) -> Read {
    if let Some(found) = numbers(tokens, today)? {
        return Ok(Some(found));
    }
    if let Some(found) = relative(tokens, today)? {
        return Ok(Some(found));
    }
    if let Some(found) = named(tokens, today, lean)? {
        return Ok(Some(found));
    }
    match *tokens {
        [edge @ ("end" | "start" | "beginning" | "begin"), ref rest @ ..] => {
            let inner = match *rest {
                [unit] if let Some(unit) = Unit::from_name(unit) => unit.period(today).map(DateForm::fixed),
                _ => resolve(rest, today, lean)?,
            };
            let day = |range: DateRange| if edge == "end" { range.end } else { range.start };
            Ok(inner.and_then(|found| Some(DateForm { range: DateRange::day(day(found.range)?), ..found })))
        }
        [day, ref rest @ ..]
            if !rest.is_empty()
                && let Some(weekday) = words::weekday(day) =>
        {
            let Some(found) = resolve(rest, today, lean)? else { return Ok(None) };
            match found.range.single() {
                Some(date) if date.weekday() == weekday => Ok(Some(found)),
                Some(date) => Err(WhenError {
                    message: format!("{date} is a {}", date.format("%A")),
                    suggestion: Some(date.to_string()),
                }),
                None => Ok(None),
            }
        }
        _ => Ok(None),
    }
}

//! What a note's path, its properties and the addresses of its links say about its time.

use chrono::NaiveDate;

use crate::model::NotePath;
use crate::model::Property;
use crate::parse::dates::grammar;
use crate::parse::dates::reading::Order;
use crate::parse::dates::reading::Parts;
use crate::parse::dates::reading::Reading;
use crate::parse::dates::reading::date;

/// What a path says, and where in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Origin {
    pub(super) start: Parts,
    pub(super) end: Option<Parts>,
    /// As written there.
    pub(super) written: String,
    /// For sentences: `the file name`.
    pub(super) place: String,
}

/// The date or month in a file's name, or in the names of its folders: `2024-01-05.md`, `202202_progress.md`,
/// `2024/02/05.md`, `2024/February.md`.
pub(super) fn of_path(path: &NotePath, day_first: Option<bool>) -> Option<Origin> {
    let stem = path.stem();
    let mut read: Vec<Reading> = grammar::all(stem, true, 0);
    read.retain_mut(|reading| reading.is_full() && reading.settle(day_first));
    // a file named after two dates is named after none
    let first = read.first().cloned().filter(|first| read.iter().all(|other| other.start == first.start));
    if let Some(first) = first {
        let written = stem.get(first.span.clone()).unwrap_or("").to_owned();
        return Some(Origin { start: first.start, end: first.end, written, place: "the file name".to_owned() });
    }
    if !read.is_empty() {
        return None;
    }
    in_folders(path)
}

/// `2024/02/05.md`, `2024/02/notes.md`, `2024/notes.md`
fn in_folders(path: &NotePath) -> Option<Origin> {
    let folders: Vec<&str> = path.folder().split('/').rev().take(4).collect();
    let lead = |text: &str, digits: usize| {
        let number = text.get(..digits)?;
        let clean = !text.get(digits..)?.starts_with(|c: char| c.is_ascii_digit());
        (clean && number.bytes().all(|byte| byte.is_ascii_digit())).then(|| number.parse::<u32>().ok()).flatten()
    };
    let year_of =
        |text: &str| lead(text, 4).filter(|year| (1990..2100).contains(year)).and_then(|year| i32::try_from(year).ok());
    let month_of =
        |text: &str| lead(text, 2).filter(|month| (1..=12).contains(month)).or_else(|| grammar::month_name(text));
    let day_of = |text: &str| if text.len() == 2 { lead(text, 2).filter(|day| (1..=31).contains(day)) } else { None };
    let whole_year = |text: &str| if text.len() == 4 { year_of(text) } else { None };
    let full_month = |text: &str| {
        let reading = grammar::all(text, true, 0).into_iter().next()?;
        (reading.is_full() && reading.is_month()).then_some((reading.start.year?, reading.start.month?))
    };
    let stem = path.stem();
    let found = |year: i32, month: Option<u32>, day: Option<u32>, written: String| {
        let start = Parts { year: Some(year), month, day, weekday: None };
        start.is_possible().then(|| Origin { start, end: None, written, place: "the folder".to_owned() })
    };
    let (near, far) = (folders.first().copied()?, folders.get(1).copied());
    if let Some((year, month)) = full_month(near) {
        return found(year, Some(month), day_of(stem), near.to_owned());
    }
    if let Some(year) = far.and_then(whole_year) {
        return found(year, month_of(near), month_of(near).and(day_of(stem)), format!("{year}/{near}"));
    }
    let year = whole_year(near)?;
    // the file is the month only where nothing else stands in its name: `02.md`, `February.md`, `02-February.md`
    let letters = stem.trim_start_matches(|c: char| c.is_ascii_digit() || " -_.".contains(c));
    let month = if letters.is_empty() || grammar::month_name(letters).is_some() {
        month_of(stem).or_else(|| grammar::month_name(letters))
    } else {
        None
    };
    found(year, month, None, near.to_owned())
}

/// The date in a property, its key compared without regard to case, with the value as written.
pub(super) fn of_property<'a>(
    properties: &'a [Property],
    key: &str,
    day_first: Option<bool>,
) -> Option<(Reading, &'a Property, &'a str)> {
    let (mut reading, property, text) = read_property(properties, key)?;
    reading.settle(day_first).then_some((reading, property, text))
}

/// The properties whose date could be two days.
pub(super) fn ambiguous(properties: &[Property], day_first: Option<bool>) -> Vec<(&Property, String, Reading)> {
    let read = ["date", "created"].into_iter().filter_map(|key| read_property(properties, key));
    let open = read.filter(|(reading, ..)| reading.order == Order::Ambiguous && day_first.is_none());
    open.map(|(reading, property, text)| (property, text.to_owned(), reading)).collect()
}

fn read_property<'a>(properties: &'a [Property], key: &str) -> Option<(Reading, &'a Property, &'a str)> {
    let property = properties.iter().find(|property| property.key.eq_ignore_ascii_case(key))?;
    let text = property.value.as_text()?;
    let reading = grammar::whole(text, 0).filter(Reading::is_full)?;
    Some((reading, property, text))
}

/// The date in an address: `/2022/01/26/`, `2022-01-26`; of a month its first day.
pub(super) fn of_url(url: &str) -> Option<NaiveDate> {
    let bytes = url.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let number = |from: usize, to: usize| url.get(from..to).and_then(|part| part.parse::<u32>().ok());
    let years = (0..bytes.len())
        .filter(|&at| at > 0 && digit(at) && !digit(at - 1) && (1..4).all(|n| digit(at + n)) && !digit(at + 4));
    let mut found = None;
    for at in years {
        let year =
            number(at, at + 4).filter(|year| (1990..2100).contains(year)).and_then(|year| i32::try_from(year).ok());
        let separator = bytes.get(at + 4).filter(|byte| b"/-_".contains(byte));
        let (Some(year), Some(separator)) = (year, separator) else { continue };
        let month_end = if digit(at + 6) { at + 7 } else { at + 6 };
        let Some(month) = number(at + 5, month_end).filter(|_| digit(at + 5) && !digit(month_end)) else { continue };
        let day_at = month_end + 1;
        let day_end = if digit(day_at + 1) { day_at + 2 } else { day_at + 1 };
        let day = if bytes.get(month_end) == Some(separator) && digit(day_at) && !digit(day_end) {
            number(day_at, day_end)
        } else {
            None
        };
        // `/2022/1` alone may be anything; a month in two digits followed by the next part is one
        let read = match day.and_then(|day| date(year, month, day)) {
            Some(date) => Some(date),
            None if *separator == b'/' && month_end == at + 7 => date(year, month, 1),
            None => None,
        };
        found = found.max(read);
    }
    found
}

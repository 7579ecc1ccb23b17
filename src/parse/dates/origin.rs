//! Dates in a note's path, its properties and the addresses of its links.

use chrono::NaiveDate;

use crate::model::NotePath;
use crate::model::Property;
use crate::model::calendar::Unit;
use crate::model::calendar::iso_week;
use crate::model::daily_notes::DailyNotes;
use crate::model::words;
use crate::parse::dates::grammar;
use crate::parse::dates::written::Order;
use crate::parse::dates::written::Parts;
use crate::parse::dates::written::WrittenDate;
use crate::parse::dates::written::date;

/// The date in a path, and where in the path it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Origin {
    pub(super) start: Parts,
    pub(super) end: Option<Parts>,
    /// As written there.
    pub(super) written: String,
    /// For sentences: `the file name`.
    pub(super) place: String,
    /// There is nothing else in the file's name.
    is_alone: bool,
}

/// The place of a date in a file's own name, for sentences.
pub(super) const FILE_NAME: &str = "the file name";
const FOLDER: &str = "the folder";

impl Origin {
    /// True for a note whose name is just a date.
    pub(super) fn is_only_a_day(&self) -> bool {
        self.is_alone && self.start.day.is_some() && self.end.is_none()
    }
}

/// The date or month in a file's name, or in the names of its folders: `2024-01-05.md`, `202202_progress.md`,
/// `2024/02/05.md`, `2024/February.md`, `2025-04/april-14.md`. The notebook's pattern for daily notes is tried first.
pub(super) fn of_path(path: &NotePath, day_first: Option<bool>, daily: Option<&DailyNotes>) -> Option<Origin> {
    daily.and_then(|daily| of_daily_note(path, daily)).or_else(|| of_name(path, day_first))
}

/// The days of a note named according to the notebook's pattern for daily notes.
fn of_daily_note(path: &NotePath, daily: &DailyNotes) -> Option<Origin> {
    let days = daily.read(path)?;
    let (start, end) = (days.start?, days.end?);
    let month = || Unit::Month.period(start).filter(|month| *month == days);
    let (start, end) = match (start == end, month()) {
        (true, _) => (Parts::of(start), None),
        (false, Some(_)) => (Parts { day: None, ..Parts::of(start) }, None),
        (false, None) => (Parts::of(start), Some(Parts::of(end))),
    };
    Some(Origin { start, end, written: path.stem().to_owned(), place: FILE_NAME.to_owned(), is_alone: true })
}

fn of_name(path: &NotePath, day_first: Option<bool>) -> Option<Origin> {
    let stem = path.stem();
    let mut read: Vec<WrittenDate> = grammar::all(stem, true, 0);
    read.retain_mut(|reading| reading.is_full() && reading.settle(day_first));
    // with two different dates in its name, a file has no date
    let first = read.first().cloned().filter(|first| read.iter().all(|other| other.start == first.start));
    if let Some(first) = first {
        let written = stem.get(first.span.clone()).unwrap_or("").to_owned();
        let is_alone = !stem.replacen(&written, "", 1).contains(char::is_alphanumeric);
        return Some(Origin { start: first.start, end: first.end, written, place: FILE_NAME.to_owned(), is_alone });
    }
    if !read.is_empty() {
        return None;
    }
    in_folders(path).or_else(|| year_of_name(stem))
}

/// `1on1-sam-2026`: the year for days without one.
fn year_of_name(stem: &str) -> Option<Origin> {
    let words: Vec<&str> = stem.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let year = |word: &&&str| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    let [written] = *words.iter().filter(year).collect::<Vec<_>>().as_slice() else { return None };
    let is_outer = words.first() == Some(written) || words.last() == Some(written);
    let year: i32 = written.parse().ok().filter(|year| is_outer && words.len() > 1 && (1990..2100).contains(year))?;
    let start = Parts { year: Some(year), month: None, day: None, weekday: None };
    let (written, place) = ((*written).to_owned(), FILE_NAME.to_owned());
    Some(Origin { start, end: None, written, place, is_alone: false })
}

/// `2024/02/05.md`, `2024/02/notes.md`, `2024/notes.md`, `2025/W07.md`
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
    let whole_year = |text: &str| if text.len() == 4 { year_of(text) } else { None };
    let full_month = |text: &str| {
        let reading = grammar::all(text, true, 0).into_iter().next()?;
        (reading.is_full() && reading.is_month()).then_some((reading.start.year?, reading.start.month?))
    };
    let stem = path.stem();
    let found = |year: i32, month: Option<u32>, day: Option<u32>, written: String| {
        let start = Parts { year: Some(year), month, day, weekday: None };
        let (place, is_alone) = (FOLDER.to_owned(), true);
        start.is_possible().then_some(Origin { start, end: None, written, place, is_alone })
    };
    let (near, far) = (folders.first().copied()?, folders.get(1).copied());
    let in_month = |year: i32, month: u32, written: String| {
        let day = day_of_month(stem, month);
        let origin = found(year, Some(month), day, written)?;
        // `2025/04/april-14.md`: the file's own name has the day
        Some(Origin { is_alone: day.is_some(), ..origin })
    };
    if let Some((year, month)) = full_month(near) {
        return in_month(year, month, near.to_owned());
    }
    if let Some(year) = far.and_then(whole_year) {
        let written = format!("{year}/{near}");
        return match month_of(near) {
            Some(month) => in_month(year, month, written),
            None => found(year, None, None, written),
        };
    }
    let year = whole_year(near)?;
    if let Some(origin) = in_year(stem, year) {
        return Some(origin);
    }
    // the file stands for the month only if there is nothing else in its name: `02.md`, `February.md`, `02-February.md`
    let letters = stem.trim_start_matches(|c: char| c.is_ascii_digit() || " -_.".contains(c));
    let is_number = letters.is_empty() && stem.len() == 2;
    let month = if is_number || grammar::month_name(letters).is_some() {
        month_of(stem).or_else(|| grammar::month_name(letters))
    } else {
        None
    };
    found(year, month, None, near.to_owned())
}

/// The day in a file's name in a folder for a month: `14`, `14th`, `Mon 14`, `14-monday`, `april-14`, `04-14`.
fn day_of_month(stem: &str, month: u32) -> Option<u32> {
    let number = |text: &str| text.parse::<u32>().ok().filter(|day| text.len() <= 2 && (1..=31).contains(day));
    let words: Vec<&str> = stem.split([' ', '-', '_', '.', ',']).filter(|word| !word.is_empty()).collect();
    let is_month = |word: &str| {
        grammar::month_name(word) == Some(month) || (word.len() == 2 && word.parse::<u32>().ok() == Some(month))
    };
    let day_word = |word: &str| words::day_of_month(word).filter(|_| number(word).is_some() || word.len() > 2);
    let is_weekday = |word: &str| words::weekday(word).is_some();
    match *words.as_slice() {
        // `4.md` in a month's folder may be a chapter
        [day] if number(day).is_none() || day.len() == 2 => day_word(day),
        [day, name] | [name, day] if is_weekday(name) && day_word(day).is_some() => day_word(day),
        [first, day] if is_month(first) => day_word(day),
        [day, name] if grammar::month_name(name) == Some(month) => day_word(day),
        _ => {
            // `april-14-standup`
            let read: Vec<WrittenDate> = grammar::all(stem, true, 0);
            let [reading] = read.as_slice() else { return None };
            reading.start.day.filter(|_| reading.start.month == Some(month) && reading.end.is_none())
        }
    }
}

/// The date in a file's name in a folder for a year: `april-14`, `04-14`, `W16`.
fn in_year(stem: &str, year: i32) -> Option<Origin> {
    let place = FILE_NAME.to_owned();
    if let [month, day] = *stem.split(['-', '_']).collect::<Vec<_>>().as_slice()
        && let Some(month) = month.parse::<u32>().ok().filter(|_| month.len() == 2)
        && let Some(day) = day.parse::<u32>().ok().filter(|_| day.len() == 2)
        && date(year, month, day).is_some()
    {
        let start = Parts { year: Some(year), month: Some(month), day: Some(day), weekday: None };
        return Some(Origin { start, end: None, written: stem.to_owned(), place, is_alone: true });
    }
    let read: Vec<WrittenDate> = grammar::all(stem, true, 0);
    let [reading] = read.as_slice() else { return None };
    let written = stem.get(reading.span.clone())?.to_owned();
    let is_alone = !stem.replacen(&written, "", 1).contains(char::is_alphanumeric);
    if let Some(week) = reading.week.filter(|_| reading.is_week_number() && is_alone) {
        let week = iso_week(year, week)?;
        let (start, end) = (Parts::of(week.start?), week.end.map(Parts::of));
        return Some(Origin { start, end, written, place, is_alone });
    }
    let start = Parts { year: Some(year), ..reading.start };
    let is_day = start.month.is_some() && start.day.is_some() && reading.end.is_none();
    (is_day && start.date().is_some()).then_some(Origin { start, end: None, written, place, is_alone })
}

/// The date in a property, whose key is compared ignoring case, with the value as written.
pub(super) fn of_property<'a>(
    properties: &'a [Property],
    key: &str,
    day_first: Option<bool>,
) -> Option<(WrittenDate, &'a Property, &'a str)> {
    let (mut reading, property, text) = read_property(properties, key)?;
    reading.settle(day_first).then_some((reading, property, text))
}

/// The properties with an ambiguous date.
pub(super) fn ambiguous(properties: &[Property], day_first: Option<bool>) -> Vec<(&Property, String, WrittenDate)> {
    let read = ["date", "created"].into_iter().filter_map(|key| read_property(properties, key));
    let open = read.filter(|(reading, ..)| reading.order == Order::Ambiguous && day_first.is_none());
    open.map(|(reading, property, text)| (property, text.to_owned(), reading)).collect()
}

fn read_property<'a>(properties: &'a [Property], key: &str) -> Option<(WrittenDate, &'a Property, &'a str)> {
    let property = properties.iter().find(|property| property.key.eq_ignore_ascii_case(key))?;
    let text = property.value.as_text()?;
    let reading = grammar::whole(text, 0).filter(WrittenDate::is_full)?;
    Some((reading, property, text))
}

/// The date in an address: `/2022/01/26/`, `2022-01-26`; the first day for a month.
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
        // `/2022/1` alone may be anything; two digits followed by another part are a month
        let read = match day.and_then(|day| date(year, month, day)) {
            Some(date) => Some(date),
            None if *separator == b'/' && month_end == at + 7 => date(year, month, 1),
            None => None,
        };
        found = found.max(read);
    }
    found
}

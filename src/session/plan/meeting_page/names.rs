//! The names of notes and folders of another day: `2026-11/30 sync.md` after `2026-10/26 sync.md`.

use chrono::NaiveDate;

use crate::model::NotePath;
use crate::model::path::strip_extension;
use crate::parse::dates;

/// How folders of years, weeks and months are named.
const PERIODS: [&str; 14] = [
    "%Y", "%G-W%V", "W%V", "%Y-%m", "%m", "%B", "%b", "%m-%B", "%m %B", "%m_%B", "%m-%b", "%Y-%m-%B", "%Y %B", "%B %Y",
];

/// True for a folder of the month of a day.
pub(super) fn is_of_month(part: &str, day: NaiveDate) -> bool {
    PERIODS.iter().skip(3).any(|way| part == day.format(way).to_string())
}

/// A name in the folder of a month, with another day of a month before or after its words: `26 sync`, `sync-26`.
pub(super) fn day_exchanged(stem: &str, old: NaiveDate, new: NaiveDate) -> Option<String> {
    let ends = |rest: &str, c: Option<char>| rest.is_empty() || c.is_some_and(|c| !c.is_alphanumeric());
    ["%d", "%-d"].iter().find_map(|way| {
        let (old, new) = (old.format(way).to_string(), new.format(way).to_string());
        let behind = stem.strip_prefix(&old).filter(|rest| ends(rest, rest.chars().next()));
        let before = || stem.strip_suffix(&old).filter(|rest| ends(rest, rest.chars().next_back()));
        behind.map(|rest| format!("{new}{rest}")).or_else(|| before().map(|rest| format!("{rest}{new}")))
    })
}

/// The note of another day in the same journal; the same note where its name is no day.
pub(super) fn day_path(path: &NotePath, old: NaiveDate, new: NaiveDate) -> NotePath {
    let whole = path.as_str();
    let (folder, name) = whole.rsplit_once('/').unwrap_or(("", whole));
    let stem = strip_extension(name);
    let folders = || folder.split('/').filter(|part| !part.is_empty());
    let of_month = || folders().any(|part| is_of_month(part, old)).then(|| day_exchanged(stem, old, new)).flatten();
    let Some(renamed) = dates::exchange(stem, old, new).or_else(of_month) else { return path.clone() };
    let name = format!("{renamed}{}", name.get(stem.len()..).unwrap_or(""));
    let parts: Vec<String> = folders().map(|part| period(part, old, new)).chain([name]).collect();
    NotePath::from(parts.join("/").as_str())
}

/// A folder of a year, month or week for another day; others keep their names.
pub(super) fn period(part: &str, old: NaiveDate, new: NaiveDate) -> String {
    let way = PERIODS.into_iter().find(|way| part == old.format(way).to_string());
    way.map_or_else(|| part.to_owned(), |way| new.format(way).to_string())
}

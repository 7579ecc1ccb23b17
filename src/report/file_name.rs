//! File names in links: how they are compared and joined, and dates in them.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization as _;

use crate::model::words::month;
use crate::model::words::ordinal;

/// The path would leave the notes folder.
pub(crate) struct Outside;

/// Joins `written` to `folder`, resolving `.` and `..`.
pub(crate) fn join(folder: &str, written: &str) -> Result<String, Outside> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in written.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop().ok_or(Outside)?;
            }
            part => parts.push(part),
        }
    }
    Ok(parts.join("/"))
}

/// The folder of a path; empty at the top.
pub(crate) fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The day that `Nov 27th, 2026`, `Friday, 27.11.2026` or `2026-11-27` names: year, month, day.
pub(crate) fn written_day(text: &str) -> Option<(u32, u32, u32)> {
    if text.len() > 40 {
        return None;
    }
    let words: Vec<&str> = text.split([' ', ',', '-', '/', '_']).filter(|word| !word.is_empty()).collect();
    let year = |word: &&str| (word.len() == 4).then(|| word.parse::<u32>().ok()).flatten();
    let numbers: Vec<u32> = words.iter().filter_map(|word| word.parse().ok()).collect();
    if let [year, month, day] = numbers.as_slice()
        && words.len() == 3
        && words.first().is_some_and(|word| word.len() == 4)
    {
        return Some((*year, *month, *day));
    }
    let year = words.iter().find_map(year)?;
    let month = words.iter().find_map(|word| month(word))?;
    let day = words.iter().find_map(|word| ordinal(word))?.0;
    Some((year, month, day))
}

/// How names are compared: ignoring case, the two encodings of accents, and the kind of a space.
pub(crate) fn fold(name: &str) -> String {
    if name.is_ascii() { name.to_ascii_lowercase() } else { composed(name).to_lowercase() }
}

/// With composed accents and plain spaces instead of no-break ones: file systems and keyboards differ in both.
pub(crate) fn composed(name: &str) -> Cow<'_, str> {
    if name.is_ascii() {
        return Cow::Borrowed(name);
    }
    Cow::Owned(name.nfc().map(|c| if matches!(c, '\u{A0}' | '\u{202F}') { ' ' } else { c }).collect())
}

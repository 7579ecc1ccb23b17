//! The extent of a meeting that was found.

use chrono::NaiveDate;

use crate::model::meeting::Extent;
use crate::model::meeting::Reason;
use crate::model::meeting_words;
use crate::model::words;
use crate::model::words::fold;
use crate::parse::dates;

/// The extent of a meeting, before its contents are read.
pub(super) struct Found {
    pub(super) line: usize,
    pub(super) end_line: usize,
    pub(super) date: NaiveDate,
    pub(super) written: String,
    pub(super) title: String,
    pub(super) extent: Extent,
    pub(super) reason: Reason,
}

/// A text without its date, the time after it, and the weekday before it.
pub(super) fn without_date(text: &str, written: &str) -> String {
    let Some((before, after)) = text.split_once(written).filter(|_| !written.is_empty()) else {
        return text.to_owned();
    };
    let after = after.get(dates::time_len(after)..).unwrap_or("");
    let (rest, last) = before.trim_end().rsplit_once(' ').unwrap_or(("", before.trim_end()));
    let name = fold(last.trim_end_matches([',', '.']));
    let is_day = words::weekday(&name).is_some() && (name.len() > 2 || last.ends_with([',', '.']));
    let is_person = rest.split_whitespace().next_back().is_some_and(|word| meeting_words::is_with(&fold(word)));
    let before = if is_day && !is_person { rest } else { before };
    format!("{before} {after}")
}

/// The name of a meeting: its title without the date and without a remark in brackets after that.
pub(super) fn called(title: &str, written: &str) -> String {
    let remark =
        title.split_once(written).filter(|(before, _)| !written.is_empty() && before.contains(char::is_alphabetic));
    let is_remark = |after: &&str| after.starts_with('(') && after.ends_with(')');
    match remark.map(|(_, after)| after.get(dates::time_len(after)..).unwrap_or("").trim()).filter(is_remark) {
        Some(remark) => without_date(title.trim_end().trim_end_matches(remark), written),
        None => without_date(title, written),
    }
}

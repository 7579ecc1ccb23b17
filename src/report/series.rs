//! Series of meetings: which meetings belong together, the interval between them, and when the next one is expected.
//!
//! Meetings with the same series name in the front matter are one; else the entries of one note about meetings, notes in one
//! folder whose names differ only in their dates, and headings with the same name in a journal. Called by `report::meeting`, the
//! session and the query fields.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use chrono::Days;
use chrono::NaiveDate;

use crate::model::Meeting;
use crate::model::Note;
use crate::model::NotePath;
use crate::model::meeting::Extent;
use crate::model::path::path_and_line;
use crate::model::path::strip_extension;
use crate::model::words;
use crate::model::words::fold;
use crate::parse::dates;
use crate::report::resolve::NoteRef;

/// A meeting and its place.
#[derive(Debug, Clone, Copy)]
pub struct MeetingRef<'a> {
    /// Its note's path.
    pub path: &'a NotePath,
    /// Its note.
    pub note: &'a Note,
    /// The meeting.
    pub meeting: &'a Meeting,
}

/// Meetings that belong together.
#[derive(Debug, Clone)]
pub struct Series<'a> {
    /// Its name: that of its note or notes, the words of the heading, or from the front matter.
    pub name: String,
    /// Each of its meetings is a note.
    pub of_notes: bool,
    /// By date, then time of day, path and line.
    pub meetings: Vec<MeetingRef<'a>>,
}

/// Identifies a series; meetings with equal keys belong to the same one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    place: String,
    name: String,
}

impl Key {
    /// The key of a note's meeting.
    #[must_use]
    pub fn of(path: &NotePath, note: &Note, meeting: &Meeting) -> Self {
        let name = same(&meeting.series);
        if note.property("series").is_some() {
            return Self { place: "\0".to_owned(), name };
        }
        // folders for years and months do not separate series
        let folder = || path.folder().split('/').filter(|part| !words::is_period(part)).collect::<Vec<_>>().join("/");
        let place = match meeting.extent {
            Extent::Note => folder(),
            // a journal in several notes
            Extent::Part if dates::of_path(path).is_some() => format!("{}\0", folder()),
            Extent::Entry | Extent::Part => format!("{path}\0"),
        };
        Self { place, name }
    }
}

/// A name in the form in which it is compared.
fn same(name: &str) -> String {
    let folded = fold(name);
    let words = folded.split(|c: char| !c.is_alphanumeric() && c != ':').filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// The keys of a note's meetings, in their order.
pub fn keys<'n>(path: &'n NotePath, note: &'n Note) -> impl Iterator<Item = Key> + 'n {
    note.meetings.iter().map(move |meeting| Key::of(path, note, meeting))
}

/// All series in some notes, sorted by newest meeting, latest first.
#[must_use]
pub fn all<'a>(notes: &[NoteRef<'a>]) -> Vec<Series<'a>> {
    let mut by_key: BTreeMap<Key, Vec<MeetingRef<'a>>> = BTreeMap::new();
    for (path, note) in notes {
        for (key, meeting) in keys(path, note).zip(&note.meetings) {
            by_key.entry(key).or_default().push(MeetingRef { path, note, meeting });
        }
    }
    let mut series: Vec<Series<'a>> = by_key.into_values().map(Series::new).collect();
    series.sort_by(|a, b| (b.newest(), &a.name, a.path()).cmp(&(a.newest(), &b.name, b.path())));
    series
}

impl<'a> Series<'a> {
    fn new(mut meetings: Vec<MeetingRef<'a>>) -> Self {
        // where the newest stand first in a note, so do those of one day
        let mut steps: BTreeMap<&NotePath, (usize, usize)> = BTreeMap::new();
        meetings.sort_by_key(|one| (one.path, one.meeting.line));
        for pair in meetings.windows(2) {
            let [above, below] = pair else { continue };
            if above.path == below.path {
                let (up, down) = steps.entry(above.path).or_default();
                *up += usize::from(above.meeting.date < below.meeting.date);
                *down += usize::from(above.meeting.date > below.meeting.date);
            }
        }
        let place = |one: &MeetingRef<'_>| {
            let (up, down) = steps.get(one.path).copied().unwrap_or_default();
            if down > up { usize::MAX - one.meeting.line } else { one.meeting.line }
        };
        meetings.sort_by_cached_key(|one| (one.meeting.date, time_of_day(one), one.path, place(one)));
        let of_notes = meetings.iter().all(|one| one.meeting.extent == Extent::Note);
        let name = meetings.last().map_or_else(String::new, |newest| newest.meeting.series.clone());
        Self { name, of_notes, meetings }
    }

    /// The note with all its meetings, else that of the newest.
    #[must_use]
    pub fn path(&self) -> Option<&'a NotePath> {
        self.meetings.last().map(|newest| newest.path)
    }

    /// The date of the newest meeting.
    #[must_use]
    pub fn newest(&self) -> Option<NaiveDate> {
        self.meetings.last().map(|newest| newest.meeting.date)
    }

    /// True if all its meetings are in one note.
    #[must_use]
    pub fn is_in_one_note(&self) -> bool {
        !self.of_notes && self.meetings.windows(2).all(|pair| matches!(pair, [a, b] if a.path == b.path))
    }

    /// The days between consecutive meetings, in order; two meetings on the same day make no gap.
    #[must_use]
    pub fn gaps(&self) -> Vec<i64> {
        let days: BTreeSet<NaiveDate> = self.meetings.iter().map(|one| one.meeting.date).collect();
        let days: Vec<NaiveDate> = days.into_iter().collect();
        days.windows(2).filter_map(|pair| if let [a, b] = pair { Some((*b - *a).num_days()) } else { None }).collect()
    }

    /// The median of the gaps, in days; with an even number the shorter one in the middle.
    #[must_use]
    pub fn interval(&self) -> Option<i64> {
        let mut gaps = self.gaps();
        gaps.sort_unstable();
        gaps.get(gaps.len().checked_sub(1)? / 2).copied()
    }

    /// The date of the next meeting: as announced by the newest one, else by the interval.
    #[must_use]
    pub fn expected(&self) -> Option<NaiveDate> {
        self.announced().or_else(|| {
            let days = u64::try_from(self.interval()?).ok()?;
            self.newest()?.checked_add_days(Days::new(days))
        })
    }

    /// The date of the next meeting announced by the newest one.
    #[must_use]
    pub fn announced(&self) -> Option<NaiveDate> {
        self.meetings.last().and_then(|newest| newest.meeting.next)
    }

    /// Compares a name, path or prefix of a name with the series.
    #[must_use]
    pub fn is_called(&self, name: &str) -> Called {
        if let Some((path, line)) = path_and_line(name).filter(|(path, _)| strip_extension(path) != *path) {
            let is_there = |one: &MeetingRef<'_>| {
                one.path.is_called(path) && (one.meeting.line..=one.meeting.end_line).contains(&line)
            };
            return if self.meetings.iter().any(is_there) { Called::Exactly } else { Called::No };
        }
        let wanted = same(name);
        let path = |one: &MeetingRef<'_>| {
            let path = one.path.as_str();
            path == name || strip_extension(path) == name || one.path.file_name() == name
        };
        if same(&self.name) == wanted || self.meetings.last().is_some_and(path) || self.meetings.iter().any(path) {
            return Called::Exactly;
        }
        let titled =
            self.meetings.last().is_some_and(|one| same(&one.note.title) == wanted || same(one.path.stem()) == wanted);
        if titled {
            return Called::Exactly;
        }
        let holds = |name: &str| !wanted.is_empty() && same(name).contains(&wanted);
        // the title of a note with other contents says little
        let title = self.meetings.last().filter(|one| one.meeting.extent != Extent::Part);
        if holds(&self.name) || title.is_some_and(|one| holds(&one.note.title) || holds(&one.meeting.name)) {
            Called::Partly
        } else {
            Called::No
        }
    }
}

/// The time of day in a meeting's title, else in its note's name: minutes since midnight.
fn time_of_day(one: &MeetingRef<'_>) -> Option<u32> {
    let time = |text: &str| {
        text.match_indices([':', '.', 'h']).find_map(|(at, _)| {
            let (before, after) = (text.get(..at)?, text.get(at + 1..)?);
            let digits = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
            let hours: u32 =
                before.get(before.len() - digits..)?.parse().ok().filter(|hours| *hours < 24 && digits < 3)?;
            let is_end = |c: char| !c.is_ascii_digit();
            let minutes: u32 = after.get(..2)?.parse().ok().filter(|minutes| *minutes < 60)?;
            let rest = after.get(2..)?;
            // `09.11.2026` is a day
            let ends = rest.chars().next().is_none_or(is_end) && !rest.starts_with(['.', ':', '-', '/']);
            let begins = !before.get(..before.len() - digits)?.ends_with(['.', ':', '-', '/']);
            let is_afternoon = hours < 12 && fold(rest).trim_start().starts_with("pm");
            (ends && begins).then_some((hours + if is_afternoon { 12 } else { 0 }) * 60 + minutes)
        })
    };
    time(&one.meeting.title).or_else(|| time(one.path.stem()))
}

/// How well a name fits a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Called {
    /// Not at all.
    No,
    /// It is a part of the series' name.
    Partly,
    /// It is the series' name, or the path of one of its notes.
    Exactly,
}

#[cfg(test)]
mod tests;

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
mod tests {
    use super::*;
    use crate::parse;

    fn read(files: &[(&str, &str)]) -> Vec<(NotePath, Note)> {
        let options = parse::Options::default();
        let mut notes: Vec<(NotePath, Note)> = files
            .iter()
            .map(|(path, text)| {
                let path = NotePath::from(*path);
                let note = parse::parse(&path, text, &options).note;
                (path, note)
            })
            .collect();
        notes.sort_by(|a, b| a.0.cmp(&b.0));
        notes
    }

    /// Name, dates and expected day of each series.
    fn series(files: &[(&str, &str)]) -> Vec<String> {
        let notes = read(files);
        let refs: Vec<NoteRef<'_>> = notes.iter().map(|(path, note)| (path, note)).collect();
        all(&refs)
            .iter()
            .map(|series| {
                let days: Vec<String> = series.meetings.iter().map(|one| one.meeting.date.to_string()).collect();
                let expected = series.expected().map_or("-".to_owned(), |day| day.to_string());
                format!("{} {} > {expected}", series.name, days.join(" "))
            })
            .collect()
    }

    #[test]
    fn labels_of_one_note_are_a_series() {
        let text = "Last meeting (2023/09/20) \n- a\n\nMeeting (2023/10/18)\n- b\n\nPraise\nmuch\n";
        assert_eq!(series(&[("one-to-one.md", text)]), ["one-to-one 2023-09-20 2023-10-18 > 2023-11-15"]);
        assert_eq!(series(&[("notes.md", text)]), ["Meeting 2023-09-20 2023-10-18 > 2023-11-15"]);
    }

    #[test]
    fn notes_that_differ_by_their_dates_are_a_series() {
        let files = [
            ("team/2023-10-04 Team sync.md", "# Team sync\n"),
            ("team/2023-10-11 Team sync.md", "# Team sync\n"),
            ("team/2023-10-18 Team sync.md", "# Team sync\n"),
            ("team/2023-10-12 Retro.md", "# Retro\n"),
            ("other/2023-10-19 Team sync.md", "# Team sync\n"),
        ];
        let wanted = [
            "Team sync 2023-10-19 > -",
            "Team sync 2023-10-04 2023-10-11 2023-10-18 > 2023-10-25",
            "Retro 2023-10-12 > -",
        ];
        assert_eq!(series(&files), wanted);
        let files = [("wg/meetings/2023-10-04.md", "# WG\n"), ("wg/meetings/2023-10-18.md", "# WG\n")];
        assert_eq!(series(&files), ["meetings 2023-10-04 2023-10-18 > 2023-11-01"]);
        let files = [("team-sync-2023-10-04.md", "# A\n"), ("team-sync-2023-10-18.md", "# B\n")];
        assert_eq!(series(&files), ["team-sync 2023-10-04 2023-10-18 > 2023-11-01"]);
    }

    #[test]
    fn folders_of_months_divide_no_series() {
        let files = [
            ("sync/2023/10-October/2023-10-18 Team sync.md", "# Team sync\n"),
            ("sync/2023/11-November/2023-11-01 Team sync.md", "# Team sync\n"),
            ("1-1s/2023-10/2023-10-18.md", "# Ida\n"),
            ("1-1s/2023-11/2023-11-15.md", "# Ida\n"),
            ("journal/2023/10/2023-10-30.md", "# 2023-10-30\n\n## Stand-up\n- a\n"),
            ("journal/2023/11/2023-11-01.md", "# 2023-11-01\n\n## Stand-up\n- b\n"),
        ];
        let wanted = [
            "1-1s 2023-10-18 2023-11-15 > 2023-12-13",
            "Stand-up 2023-10-30 2023-11-01 > 2023-11-03",
            "Team sync 2023-10-18 2023-11-01 > 2023-11-15",
        ];
        assert_eq!(series(&files), wanted);
    }

    #[test]
    fn front_matter_names_a_series() {
        let files = [
            ("2023-10-04.md", "---\ntype: meeting\nseries: Guild\n---\n"),
            ("b/2023-10-18 x.md", "---\ntype: meeting\nseries: guild\n---\n\nNext meeting: 25 Oct\n"),
        ];
        assert_eq!(series(&files), ["guild 2023-10-04 2023-10-18 > 2023-10-25"]);
    }

    #[test]
    fn headings_of_days_are_series_of_their_names() {
        let files = [
            ("journal/2023-10-04.md", "# 2023-10-04\n\n## 1:1 with Ida\n- a\n\n## Team sync\n- b\n\n## Review\n- c\n"),
            ("journal/2023-10-11.md", "# 2023-10-11\n\n## 1:1 with Ida\n- a\n"),
            (
                "log.md",
                "# Log\n\n## 2023-10-05\n\n### Retro games\n\n### Stand-up\n- x\n\n## 2023-10-06\n\n### Stand-up\n- y\n",
            ),
        ];
        let wanted = [
            "1:1 with Ida 2023-10-04 2023-10-11 > 2023-10-18",
            "Stand-up 2023-10-05 2023-10-06 > 2023-10-07",
            "Team sync 2023-10-04 > -",
        ];
        assert_eq!(series(&files), wanted);
    }

    #[test]
    fn a_note_with_several_series() {
        let text = "# Meetings\n\n## 2023-10-02 Retro\n\n## 2023-10-04 Team sync\n\n## 2023-10-11 Team sync\n\n## 2023-10-16 Retro\n";
        let wanted = ["Retro 2023-10-02 2023-10-16 > 2023-10-30", "Team sync 2023-10-04 2023-10-11 > 2023-10-18"];
        assert_eq!(series(&[("meetings.md", text)]), wanted);
        let text = "# 1:1\n\n## 2023-10-02 goals\n\n## 2023-10-04 the talk\n";
        assert_eq!(series(&[("ida.md", text)]), ["ida 2023-10-02 2023-10-04 > 2023-10-06"]);
    }

    #[test]
    fn what_is_no_meeting() {
        let files = [
            ("2023-10-04 Review of literature.md", "# Review of literature\n"),
            ("log.md", "# Log\n\n## 2023-10-05\n\n### Call the API\n\n### Planning\n\n### Meetings\n"),
            ("games.md", "# Retro games 2023-10-18\n\n- Pong\n"),
            ("trip 2023-10-18.md", "# Trip\n\n## Kick-off\n"),
            ("meetings/how-to.md", "# How we meet\n\ncreated long ago\n"),
            ("meetings/rules.md", "---\ncreated: 2023-10-01\n---\n# Rules\n"),
            ("templates/meeting.md", "---\ntype: meeting\ndate: 2023-10-01\n---\n"),
        ];
        assert_eq!(series(&files), [""; 0]);
    }

    #[test]
    fn bullets_that_name_a_meeting_and_its_day() {
        let text = "Meeting (2023/10/18)\n- a\n\n- Call with Wim 2023-10-25\n  - talked\n- 2023-10-26 quiet\n\nActions:\n- Meeting with Ida 2023-11-01\n  - about b\n";
        assert_eq!(series(&[("notes.md", text)]), ["Call with Wim 2023-10-25 > -", "Meeting 2023-10-18 > -"]);
        for text in
            ["- [ ] Call with Wim 2023-10-25\n  - a\n", "- Call with Wim 2023-10-25\n", "- Call 2023-10-25\n  - a\n"]
        {
            assert_eq!(series(&[("notes.md", text)]), [""; 0], "{text}");
        }
    }

    #[test]
    fn announced_by_a_line_of_its_own() {
        let log = "Meeting (2023/10/18)\n- a\n\nNext meeting\n\n2023-11-08\n";
        let note = "# Team sync\n\n## Actions\n\n- a\n\n## Next meeting\n\n8 November 2023\n";
        assert_eq!(series(&[("one.md", log)]), ["Meeting 2023-10-18 > 2023-11-08"]);
        assert_eq!(series(&[("2023-10-18 sync.md", note)]), ["sync 2023-10-18 > 2023-11-08"]);
        let headings = "# Team sync\n\n## 2023-10-18\n\n### Next meeting\n\n8 November 2023\n";
        assert_eq!(series(&[("sync.md", headings)]), ["sync 2023-10-18 > 2023-11-08"]);
    }

    #[test]
    fn the_interval_is_the_median_of_the_gaps() {
        let text = "# Meetings\n\n## 2023-10-01\n\n## 2023-10-08\n\n## 2023-10-15\n\n## 2023-11-15\n\n## 2023-11-15\n";
        let notes = read(&[("sync.md", text)]);
        let refs: Vec<NoteRef<'_>> = notes.iter().map(|(path, note)| (path, note)).collect();
        let all = all(&refs);
        assert_eq!((all[0].gaps(), all[0].interval()), (vec![7, 7, 31], Some(7)));
    }
}

//! Finds the note for a day: set by the settings, else inferred from the newest notes.
//!
//! A journal is kept as one note per day, one note per month (week, quarter), or one long note. Which, is inferred
//! from the days in the notes of the last two months. Called by `journal today` and `journal add`.

use std::collections::BTreeMap;

use chrono::Days;
use chrono::NaiveDate;

use crate::model::Note;
use crate::model::NotePath;
use crate::model::Precision;
use crate::model::SectionKind;
use crate::model::daily_notes::DailyNotes;
use crate::model::genre;
use crate::parse::dates;
use crate::report::resolve::NoteRef;

/// How far back notes are considered, in days before the newest day of a journal.
const WINDOW: u64 = 62;
/// Number of days of one kind that are enough evidence.
const ENOUGH: usize = 5;
/// How the settings want the journal to be kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Preference {
    /// Relative to the notes folder, without a final `/`.
    pub folder: Option<String>,
    /// The names of its notes, including the folder.
    pub names: Option<DailyNotes>,
}

/// The note for a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The note, which may not exist yet.
    pub path: NotePath,
    /// True if the note is one day, named by its date; else it has several.
    pub is_day: bool,
    /// Other notes of the journal with the dates in their names, newest first.
    pub siblings: Vec<(NotePath, NaiveDate)>,
    /// It is our default: neither settings nor notes decide.
    pub is_default: bool,
}

/// Finds the note for the day `today`.
#[must_use]
pub fn target(notes: &[NoteRef<'_>], preference: &Preference, today: NaiveDate) -> Target {
    if let Some(names) = &preference.names {
        return preferred(notes, names, today);
    }
    let inside = |path: &NotePath| match &preference.folder {
        Some(folder) => path.as_str().strip_prefix(folder.as_str()).is_some_and(|rest| rest.starts_with('/')),
        None => true,
    };
    let notes: Vec<(&NotePath, &Note)> = notes.iter().filter(|(path, _)| inside(path)).copied().collect();
    let series = series(&notes, preference.folder.is_some(), today);
    let newest = series.iter().map(|one| one.latest).max();
    let since = newest.and_then(|newest| newest.checked_sub_days(Days::new(WINDOW)));
    let best = series.iter().filter(|one| Some(one.latest) >= since).max_by_key(|one| one.rank(since));
    if let Some(found) = best.and_then(|one| one.target(today)) {
        return found;
    }
    let folder = preference.folder.as_deref().unwrap_or("journal");
    let path = NotePath::from(format!("{folder}/{today}.md").as_str());
    Target { path, is_day: true, siblings: Vec::new(), is_default: true }
}

fn preferred(notes: &[NoteRef<'_>], names: &DailyNotes, today: NaiveDate) -> Target {
    let path = names.path(today);
    let named = notes.iter().filter_map(|(other, _)| Some(((*other).clone(), names.read(other)?.start?)));
    let mut siblings: Vec<(NotePath, NaiveDate)> = named.filter(|(other, _)| *other != path).collect();
    siblings.sort_by_key(|(_, date)| std::cmp::Reverse((*date <= today, *date)));
    Target { path, is_day: names.pattern.names_days(), siblings, is_default: false }
}

/// A journal that today's entry may belong to: notes with similar names, or one long note.
#[derive(Debug)]
struct Series<'a> {
    /// For notes named after dates: all of them with their dates. For one long note: only that.
    notes: Vec<(&'a NotePath, NaiveDate)>,
    kind: Kind,
    /// 3: called a journal; 2: named just after dates; 1: contains days.
    score: u8,
    /// Its days, up to today.
    days: Vec<NaiveDate>,
    latest: NaiveDate,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Day,
    Stretch,
    Single,
}

impl Series<'_> {
    fn rank(&self, since: Option<NaiveDate>) -> (u8, usize, NaiveDate, bool) {
        let recent = self.days.iter().filter(|day| Some(**day) >= since).count();
        (self.score, recent.min(ENOUGH), self.latest, self.kind == Kind::Day)
    }

    fn target(&self, today: NaiveDate) -> Option<Target> {
        let mut notes = self.notes.clone();
        notes.sort_by_key(|(path, date)| (std::cmp::Reverse((*date <= today, *date)), *path));
        let (newest, date) = *notes.first()?;
        let path = match self.kind {
            Kind::Single => newest.clone(),
            Kind::Day | Kind::Stretch => exchanged(newest, date, today)?,
        };
        notes.retain(|(other, _)| **other != path);
        let siblings = notes.into_iter().map(|(path, date)| (path.clone(), date)).collect();
        Some(Target { path, is_day: self.kind == Kind::Day, siblings, is_default: false })
    }
}

fn series<'a>(notes: &[(&'a NotePath, &'a Note)], is_told: bool, today: NaiveDate) -> Vec<Series<'a>> {
    let mut series: BTreeMap<(String, bool), Series<'a>> = BTreeMap::new();
    let mut singles: Vec<Series<'a>> = Vec::new();
    let apart = NaiveDate::from_ymd_opt(2001, 2, 3).unwrap_or(today);
    for &(path, note) in notes {
        let written = days(note);
        let past = |days: &[NaiveDate]| days.iter().filter(|day| **day <= today).copied().collect::<Vec<_>>();
        let called = score(path, note, is_told);
        if let Some((date, is_day)) = named(path) {
            let Some(key) = exchanged(path, date, apart) else { continue };
            let days = if is_day { vec![date] } else { written };
            let past = past(&days);
            // a name with other words is a note about that day, unless many notes have such names
            let one = series.entry((key.as_str().to_owned(), is_day)).or_insert_with(|| Series {
                notes: Vec::new(),
                kind: if is_day { Kind::Day } else { Kind::Stretch },
                score: called,
                days: Vec::new(),
                latest: date.min(today),
            });
            one.latest = one.latest.max(past.iter().max().copied().unwrap_or(one.latest));
            one.days.extend(past);
            one.notes.push((path, date));
            one.score = one.score.min(called);
        } else if let Some(latest) =
            past(&written).iter().max().copied().filter(|_| called == 3 || (written.len() > 1 && called > 0))
        {
            let score = if called == 3 { 3 } else { 1 };
            singles.push(Series { notes: vec![(path, latest)], kind: Kind::Single, score, days: written, latest });
        }
    }
    let wordy = |one: &Series<'_>| one.notes.first().is_some_and(|(path, _)| !rest(path).is_empty());
    let mut series: Vec<Series<'a>> = series.into_values().filter(|one| one.score > 0).collect();
    for one in &mut series {
        if wordy(one) && one.score < 3 {
            one.score = u8::from(one.notes.len() >= 3);
        }
    }
    series.retain(|one| one.score > 0 && (one.kind == Kind::Day || !one.days.is_empty() || !wordy(one)));
    series.extend(singles);
    series
}

/// The days in the lines of a note that could be a journal: without meetings and the date in the file's name.
fn days(note: &Note) -> Vec<NaiveDate> {
    let soft =
        |line: usize| note.sections.iter().any(|section| section.line == line && section.kind == SectionKind::Soft);
    let days = note.entries.iter().filter(|entry| entry.precision == Precision::Day && !soft(entry.line));
    let of_file = |why: &str| {
        ["the file name", "the folder", "the property", "the title"].iter().any(|place| why.starts_with(place))
    };
    days.filter(|entry| !(entry.line == 1 && entry.why.iter().any(|why| of_file(why))))
        .map(|entry| entry.date)
        .collect()
}

/// Judges the name of a note: 3 a journal, 2 neutral, 0 something else that is dated.
fn score(path: &NotePath, note: &Note, is_told: bool) -> u8 {
    let folder = path.folder().rsplit('/').next().unwrap_or("");
    let name = rest(path);
    let kind = note.kind.as_deref().unwrap_or("");
    if genre::is_meeting(folder) || genre::is_meeting(&name) || kind == "meeting" {
        return 0;
    }
    let is_dated = named(path).is_some();
    let in_journal = is_told || genre::is_journal(folder);
    // in a journal's folder, a dated name with words is still a note about that day
    let called = genre::is_journal(&name)
        || (in_journal && (name.is_empty() || !is_dated))
        || (!is_dated && genre::is_journal(&note.title));
    if called || kind == "journal" { 3 } else { 2 }
}

/// The note's name without its date.
fn rest(path: &NotePath) -> String {
    let stem = path.stem();
    let rest = match dates::style_of_name(stem) {
        Some((written, _)) => stem.replacen(&written, "", 1),
        None if named(path).is_some() => String::new(),
        None => stem.to_owned(),
    };
    rest.trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
}

/// The date in a note's path, and whether it is a day.
fn named(path: &NotePath) -> Option<(NaiveDate, bool)> {
    dates::of_path(path)
}

/// The path with its date replaced; `None` if the result would not be read as the new date.
fn exchanged(path: &NotePath, old: NaiveDate, new: NaiveDate) -> Option<NotePath> {
    let (text, extension) = path.as_str().rsplit_once('.')?;
    let mut parts: Vec<String> = Vec::new();
    let mut dated = false;
    let mut in_year = false;
    let mut in_month = false;
    for part in text.split('/') {
        let part_now = if let Some(exchanged) = dates::exchange(part, old, new) {
            Some(exchanged)
        } else if part == old.format("%Y").to_string() {
            in_year = true;
            Some(new.format("%Y").to_string())
        } else if in_month && part == old.format("%d").to_string() {
            Some(new.format("%d").to_string())
        } else if in_year && !in_month {
            let month = month(part, old, new);
            in_month = month.is_some();
            month
        } else {
            None
        };
        dated |= part_now.is_some();
        parts.push(part_now.unwrap_or_else(|| part.to_owned()));
    }
    let path_now = NotePath::from_escaped(format!("{}.{extension}", parts.join("/")));
    let (date, is_day) = named(&path_now).filter(|_| dated)?;
    let right = if is_day { date == new } else { date <= new && (new - date).num_days() < 366 };
    right.then_some(path_now)
}

/// `11`, `11-November`, `November` in a folder for a year.
fn month(part: &str, old: NaiveDate, new: NaiveDate) -> Option<String> {
    let names = ["%B", "%b"].map(|form| (old.format(form).to_string(), new.format(form).to_string()));
    let name = names.into_iter().find(|(name, _)| part.contains(name.as_str()));
    let renamed = name.as_ref().map_or_else(|| part.to_owned(), |(old, new)| part.replacen(old.as_str(), new, 1));
    match renamed.strip_prefix(old.format("%m").to_string().as_str()) {
        Some(behind) if behind.is_empty() || name.is_some() => Some(format!("{}{behind}", new.format("%m"))),
        _ => name.map(|_| renamed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[track_caller]
    fn renamed(path: &str, want: Option<&str>) {
        let path = NotePath::from(path);
        let now = named(&path).and_then(|(old, _)| exchanged(&path, old, day("2026-11-21")));
        assert_eq!(now.as_ref().map(NotePath::as_str), want);
    }

    #[test]
    fn names_go_on_as_they_are() {
        renamed("2026-02-02.md", Some("2026-11-21.md"));
        renamed("log/20260202_progress.markdown", Some("log/20261121_progress.markdown"));
        renamed("202602_progress.md", Some("202611_progress.md"));
        renamed("2026-W06.md", Some("2026-W47.md"));
        renamed("2025/02/02.md", Some("2026/11/21.md"));
        renamed("2025/02-February/2025-02-03.md", Some("2026/11-November/2026-11-21.md"));
        renamed("2025/2025-02/2025-02-03 Mon.md", Some("2026/2026-11/2026-11-21 Sat.md"));
        renamed("journal/2025/12.md", Some("journal/2026/11.md"));
        renamed("notes.md", None);
    }

    #[track_caller]
    fn goes(files: &[(&str, &str)], preference: &Preference, want: (&str, bool)) {
        let parsed = |path: &str, text: &str| {
            let path = NotePath::from(path);
            let note = parse::parse(&path, text, &parse::Options::default()).note;
            (path, note)
        };
        let notes: Vec<(NotePath, Note)> = files.iter().map(|(path, text)| parsed(path, text)).collect();
        let borrowed: Vec<NoteRef<'_>> = notes.iter().map(|(path, note)| (path, note)).collect();
        let found = target(&borrowed, preference, day("2026-11-21"));
        assert_eq!((found.path.as_str(), found.is_day), want);
    }

    #[test]
    fn the_newest_way_counts() {
        let none = Preference::default();
        let long = "# x\n\n## 2026-11-19\n\n## 2026-11-20\n";
        goes(&[], &none, ("journal/2026-11-21.md", true));
        goes(&[("a.md", "# 2026\n")], &none, ("journal/2026-11-21.md", true));
        goes(&[("a.md", long)], &none, ("a.md", false));
        // named after days, and nothing else
        goes(&[("a.md", long), ("2026-11-18.md", "")], &none, ("2026-11-21.md", true));
        // long given up
        goes(&[("a.md", long), ("2026-01-18.md", "")], &none, ("a.md", false));
        // somebody's notes of a day are not its journal
        goes(&[("a.md", long), ("2026-11-18 trip to Ulm.md", "")], &none, ("a.md", false));
        goes(
            &[("a.md", long), ("journal/2026-11-18.md", ""), ("journal/2026-11-19 Ulm.md", "")],
            &none,
            ("journal/2026-11-21.md", true),
        );
        goes(
            &[("a.md", long), ("team/2026-11-20 retro.md", ""), ("meetings/2026-11-20.md", "")],
            &none,
            ("a.md", false),
        );
        // what lies ahead says nothing about now
        goes(
            &[("2026-11-18.md", ""), ("plan.md", "# x\n\n## 2027-01-02\n\n## 2027-01-03\n")],
            &none,
            ("2026-11-21.md", true),
        );
    }

    #[test]
    fn settings_come_first() {
        let wish = |folder: Option<&str>, file: Option<&str>| Preference {
            folder: folder.map(str::to_owned),
            names: file.map(|file| DailyNotes::new(folder, file)),
        };
        let files = [("journal/2026-11-18.md", ""), ("log/202610.md", "## Mon 5th Oct\n")];
        goes(&files, &wish(Some("log"), None), ("log/202611.md", false));
        goes(&files, &wish(Some("days"), None), ("days/2026-11-21.md", true));
        goes(&files, &wish(None, Some("YYYY/[W]WW")), ("2026/W47.md", false));
        goes(&files, &wish(Some("days"), Some("D MMMM")), ("days/21 November.md", true));
        goes(&files, &wish(None, Some("[log]")), ("log.md", false));
    }
}

//! The series of each meeting of a note.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::model::Meeting;
use crate::model::NotePath;
use crate::model::SectionKind;
use crate::model::meeting::Extent;
use crate::model::meeting_words;
use crate::model::words;
use crate::model::words::fold;
use crate::parse::input::Input;
use crate::parse::meetings::found::bare_stem;

/// Sets the series of each meeting.
pub(super) fn name_series(input: &Input<'_>, meetings: &mut [Meeting]) {
    let written = input.note.property("series").and_then(|value| value.texts().into_iter().next());
    let written = written.map(|name| name.trim().trim_matches(['[', ']'])).filter(|name| !name.is_empty());
    let stem = || input.path.stem().to_owned();
    // the entries of one note are several series if at least two names of meetings occur more than once
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for meeting in meetings.iter().filter(|meeting| meeting.extent == Extent::Entry) {
        if meeting_words::is_called_meeting(&meeting.name, true) {
            *times.entry(fold(&meeting.name)).or_default() += 1;
        }
    }
    let is_split = times.values().filter(|times| **times > 1).count() > 1;
    let over = beside_each_other(input, meetings);
    for meeting in meetings {
        // named by the heading over it
        if !meeting.series.is_empty() && written.is_none() {
            continue;
        }
        if let Some(name) = over.get(&meeting.line).filter(|_| written.is_none()) {
            meeting.series.clone_from(name);
            continue;
        }
        meeting.series = match (written, meeting.extent) {
            (Some(name), _) => name.to_owned(),
            (None, Extent::Note) => note_series(input.path, &meeting.name),
            (None, Extent::Entry) if !is_split => stem(),
            (None, Extent::Entry | Extent::Part) if meeting.name.is_empty() => stem(),
            (None, Extent::Entry | Extent::Part) => meeting.name.clone(),
        };
    }
}

/// The heading over each meeting that is nothing but a day, by line, where several such headings hold meetings of the same time:
/// `## Joanne` and `## Samuel`. Where one time follows the other, as in an archive, they are one series.
fn beside_each_other(input: &Input<'_>, meetings: &[Meeting]) -> BTreeMap<usize, String> {
    let sections = &input.note.sections;
    let over = |meeting: &Meeting| {
        let at = sections.binary_search_by_key(&meeting.line, |section| section.line).ok()?;
        let parent = sections.get(at)?.parent?;
        let above = sections.get(parent).filter(|above| above.kind == SectionKind::Heading)?;
        let is_name = above.text.chars().any(char::is_alphabetic) && Some(parent) != input.note.opening;
        (is_name && meeting.extent == Extent::Entry && meeting.name.is_empty()).then_some(parent)
    };
    let mut days: BTreeMap<usize, (NaiveDate, NaiveDate, usize)> = BTreeMap::new();
    let mut lines = Vec::new();
    for meeting in meetings {
        let Some(parent) = over(meeting) else { continue };
        let (first, last, count) = days.entry(parent).or_insert((meeting.date, meeting.date, 0));
        (*first, *last, *count) = ((*first).min(meeting.date), (*last).max(meeting.date), *count + 1);
        lines.push((meeting.line, parent));
    }
    let all: Vec<(NaiveDate, NaiveDate, usize)> = days.into_values().collect();
    let crosses = |(first, last, count): &(NaiveDate, NaiveDate, usize)| {
        *count > 1 && all.iter().filter(|(other, until, _)| other <= last && first <= until).count() > 1
    };
    if all.len() < 2 || !all.iter().all(crosses) {
        return BTreeMap::new();
    }
    let name = |parent: usize| sections.get(parent).map_or_else(String::new, |section| section.text.clone());
    lines.into_iter().map(|(line, parent)| (line, name(parent))).collect()
}

/// The name of a note without its date; of a note that is named by its date alone, that of its folder.
fn note_series(path: &NotePath, title: &str) -> String {
    let name = meeting_words::series_name(&bare_stem(path.stem()));
    if name.chars().any(char::is_alphabetic) {
        return name;
    }
    let is_period = |part: &str| !part.chars().any(char::is_alphabetic) || words::is_period(part);
    let folder = path.folder().rsplit('/').find(|part| !is_period(part));
    match folder {
        Some(folder) => folder.to_owned(),
        None if title.is_empty() => "meetings".to_owned(),
        None => title.to_owned(),
    }
}

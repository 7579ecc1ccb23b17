//! Items of a journal that begin with their day: `- 3 Jan: met Ida` in `Log 2024`, `- 2024-01-03 met Ida` in a diary.
//!
//! Elsewhere such an item may be due on that day, or say when something came out: it dates nothing there.

use std::collections::BTreeMap;

use crate::model::genre;
use crate::parse::dates::draft::Draft;
use crate::parse::dates::grammar;
use crate::parse::dates::input::Line;
use crate::parse::dates::input::LineKind;
use crate::parse::dates::lines;
use crate::parse::dates::period;
use crate::parse::dates::written;
use crate::parse::dates::written::WrittenDate;

/// Stand between a text's begin and its date.
const OPENING: [char; 7] = [' ', '*', '_', '(', '[', '（', '<'];

/// A date at the front of a text.
pub(super) struct Front {
    pub(super) reading: WrittenDate,
    /// The byte where the words behind it begin.
    pub(super) rest: usize,
    /// A sign or several blanks, and not only one, stand between the two.
    pub(super) is_parted: bool,
}

/// The date with which a text begins; `None` where nothing parts it from the rest.
pub(super) fn front(text: &str) -> Option<Front> {
    let begin = text.len() - text.trim_start_matches(OPENING).len();
    let cut = text.floor_char_boundary(begin + 40);
    // every date has a digit
    if !text.get(begin..cut)?.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    // the end of its emphasis is no part of it
    let emphasis = text.get(..begin)?.chars().rev().find(|c| matches!(c, '*' | '_'));
    let closed = emphasis.and_then(|mark| Some(begin + text.get(begin..cut)?.find(mark)?));
    let mut reading = grammar::at_front(text.get(begin..closed.unwrap_or(cut))?)?;
    reading.span = reading.span.start + begin..reading.span.end + begin;
    let behind = text.get(reading.span.end..)?;
    let rest = behind.trim_start_matches(|c: char| c.is_whitespace() || ":,-–—)]*_|）>".contains(c));
    let marks = behind.get(..behind.len() - rest.len())?;
    let is_parted = marks.contains(|c: char| !c.is_whitespace() || c == '\t') || marks.len() >= 2 || rest.is_empty();
    (is_parted || !marks.is_empty()).then(|| Front { reading, rest: text.len() - rest.len(), is_parted })
}

/// The items that begin with their day, by index, beside those `read` by what they are as a whole.
///
/// A list is one of days where its first item begins with one, and at least two and half of its outer items do.
pub(super) fn find(draft: &Draft<'_>, read: &[(usize, WrittenDate)]) -> Vec<(usize, WrittenDate)> {
    if !is_journal(draft) {
        return Vec::new();
    }
    let has_year = knows_a_year(draft);
    let fronts: BTreeMap<usize, Front> = draft
        .input
        .lines
        .iter()
        .enumerate()
        .filter(|(at, line)| is_bullet(line) && read.binary_search_by_key(at, |(at, _)| *at).is_err())
        .filter_map(|(at, line)| Some((at, front(line.text)?)))
        .collect();
    let written = read.iter().map(|(_, reading)| reading).chain(fronts.values().map(|front| &front.reading));
    let day_first = written::day_first(written, draft.input.day_first);
    let mut found = Vec::new();
    let mut at = 0;
    for list in draft.input.lines.chunk_by(|one, other| is_bullet(one) && is_bullet(other)) {
        let first = at;
        at += list.len();
        let numbered = list.iter().enumerate().map(|(nth, line)| (first + nth, line));
        let Some(LineKind::Bullet { indent: outer }) = list.first().map(|line| line.kind) else { continue };
        let items = numbered.filter(|(_, line)| matches!(line.kind, LineKind::Bullet { indent } if indent <= outer));
        let mut fronted = Vec::new();
        let (mut all, mut days, mut opens) = (0, 0, false);
        for (at, _) in items {
            let is_read = read.binary_search_by_key(&at, |(at, _)| *at).is_ok();
            let day = fronts.get(&at).and_then(|front| day(front, has_year, day_first));
            opens |= all == 0 && (is_read || day.is_some());
            all += 1;
            days += usize::from(is_read || day.is_some());
            fronted.extend(day.map(|day| (at, day)));
        }
        if opens && days >= 2 && days * 2 >= all {
            found.append(&mut fronted);
        }
    }
    found
}

/// The day in front of an item. Without its year it has to be parted from the rest, and the note to know a year.
fn day(front: &Front, has_year: bool, day_first: Option<bool>) -> Option<WrittenDate> {
    let mut reading = front.reading.clone();
    let is_known = reading.is_full() || (front.is_parted && has_year && reading.start.month.is_some());
    let is_day = reading.start.day.is_some() && is_known && !reading.uncertain;
    (is_day && reading.settle(day_first)).then_some(reading)
}

fn is_journal(draft: &Draft<'_>) -> bool {
    let (title, path) = (draft.input.title, draft.input.path);
    genre::is_journal(title) || genre::is_journal(path.stem()) || period::of_note(draft).year.is_some()
}

fn knows_a_year(draft: &Draft<'_>) -> bool {
    let contexts = [draft.title_anchor, draft.path, draft.front, draft.title_year];
    let named = contexts.into_iter().any(|at| draft.context(at).is_some_and(|context| context.year.is_some()));
    named || draft.input.lines.iter().any(|line| is_heading(line) && lines::only_a_year(line.text).is_some())
}

const fn is_bullet(line: &Line<'_>) -> bool {
    matches!(line.kind, LineKind::Bullet { .. })
}

const fn is_heading(line: &Line<'_>) -> bool {
    matches!(line.kind, LineKind::Heading(_))
}

//! Adds points to a meeting: under existing headings and bullets, else under new ones.

use crate::edit::journal::columns;
use crate::edit::journal::is_blank;
use crate::edit::journal::item_prefix;
use crate::edit::journal::line_end;
use crate::edit::meeting::Group;
use crate::edit::meeting::same_words;
use crate::model::Edit;
use crate::model::Lines;
use crate::model::Meeting;
use crate::model::Note;
use crate::model::Section;
use crate::parse::markers::is_thematic_break;

/// The edit that adds a group of points to a meeting: under matching headings if there are any, else under new ones.
///
/// `under` is the number of blank lines between the meeting's own line and its text.
#[must_use]
pub fn add(text: &str, note: &Note, meeting: &Meeting, group: &Group, under: usize) -> Edit {
    let lines = Lines::new(text);
    let eol = line_end(text);
    let inner: Vec<&Section> = note
        .sections
        .iter()
        .filter(|section| section.line > meeting.line && section.line <= meeting.end_line)
        .collect();
    let first_inner = inner.first().map_or(meeting.end_line + 1, |section| section.line);
    // follow existing headings as far as they match
    let mut at: Option<&Section> = None;
    let mut known = 0;
    for heading in &group.headings {
        let same = |section: &&&Section| {
            let within = at.is_none_or(|above| section.line > above.line && section.line <= above.end_line);
            within && same_words(&section.text, &heading.text)
        };
        let Some(found) = inner.iter().find(same) else { break };
        at = Some(found);
        known += 1;
    }
    let missing = group.headings.get(known..).unwrap_or(&[]);
    let (from, to) = match (at, missing.is_empty()) {
        (Some(section), true) => (section.line, lines.line(section.span.end.saturating_sub(1)).min(meeting.end_line)),
        (Some(section), false) => (section.line, section.end_line.min(meeting.end_line)),
        (None, true) => (meeting.line.min(first_inner), first_inner.saturating_sub(1)),
        (None, false) => (meeting.line, meeting.end_line),
    };
    // a rule at the end separates the meeting from what follows; directly below words it would make a heading of them
    let is_rule = |line: usize| {
        line > from && is_thematic_break(lines.content(text, line).of(text)) && is_blank(text, &lines, line - 1)
    };
    let is_last = |line: &usize| !is_blank(text, &lines, *line) && !is_rule(*line);
    let mut last = (1..=to.max(from)).rev().find(is_last).unwrap_or(0);
    let under = if is_bullet(text, &lines, meeting.line) { 0 } else { under };
    let mut indent = indentation(text, &lines, note, meeting);
    // follow existing bullets as far as they match
    let mut named = 0;
    if missing.is_empty() {
        for bullet in &group.bullets {
            let top = if named == 0 { from } else { last };
            let Some((line, end)) = find_bullet(text, &lines, (top, to), bullet) else { break };
            let own = lines.content(text, line).of(text);
            indent = deeper(text, &lines, (line, end), own);
            (last, named) = (end, named + 1);
        }
    }
    let is_heading = |line: usize| {
        let own =
            |section: &&Section| section.line <= line && line <= lines.line(section.heading_span.end.saturating_sub(1));
        line == meeting.line || note.sections.iter().any(|section| own(&section))
    };
    let mut new: Vec<String> = Vec::new();
    let mut blank = if last == 0 {
        0
    } else if is_heading(last) {
        if last <= meeting.line {
            under
        } else {
            group.headings.get(known.wrapping_sub(1)).map_or(under, |heading| heading.blank)
        }
    } else {
        let line = lines.content(text, last).of(text);
        let is_text = !line.starts_with([' ', '\t']) && item_prefix(line.trim_start_matches(['>', ' '])).is_none();
        usize::from(is_text && named == 0)
    };
    for heading in missing {
        new.extend(vec![String::new(); if last == 0 && new.is_empty() { 0 } else { 1 }]);
        new.extend(heading.lines.iter().cloned());
        blank = heading.blank;
    }
    new.extend(vec![String::new(); blank]);
    for (nth, bullet) in group.bullets.iter().enumerate().skip(named) {
        new.push(format!("{indent}{bullet}"));
        let unit = || " ".repeat(item_prefix(bullet).map_or(2, columns));
        match group.indents.get(nth) {
            _ if indent.contains('\t') => indent.push('\t'),
            Some(own) if own.contains('\t') => indent.push_str(own),
            _ => indent.push_str(&unit()),
        }
    }
    let mut number = 0;
    for item in &group.items {
        for (nth, line) in item.iter().enumerate() {
            let line = match line.strip_prefix("1. ").filter(|_| nth == 0) {
                Some(rest) => {
                    number += 1;
                    format!("{number}. {rest}")
                }
                None => line.clone(),
            };
            new.push(if line.trim().is_empty() { String::new() } else { format!("{indent}{line}") });
        }
    }
    if last == 0 {
        let text: String = new.iter().flat_map(|line| [line.as_str(), eol]).collect();
        return Edit { start: 0, end: 0, text };
    }
    let at = lines.content(text, last).end;
    Edit { start: at, end: at, text: new.iter().flat_map(|line| [eol, line.as_str()]).collect() }
}

fn is_bullet(text: &str, lines: &Lines, line: usize) -> bool {
    item_prefix(lines.content(text, line).of(text)).is_some()
}

fn column(line: &str) -> usize {
    columns(line.get(..line.len() - line.trim_start().len()).unwrap_or(""))
}

/// The indentation of the bullets of a meeting; under a bullet, as in the other meetings.
fn indentation(text: &str, lines: &Lines, note: &Note, meeting: &Meeting) -> String {
    if !is_bullet(text, lines, meeting.line) {
        return String::new();
    }
    let own = lines.content(text, meeting.line).of(text);
    let others = note.meetings.iter().filter(|other| is_bullet(text, lines, other.line));
    let mut all: Vec<&Meeting> = others.collect();
    // prefer its own bullets, then those of the newest meeting
    all.sort_by_key(|other| (other.line != meeting.line, std::cmp::Reverse(other.date)));
    let first = all.into_iter().find_map(|other| {
        let first = (other.line + 1..=other.end_line).find(|line| is_bullet(text, lines, *line))?;
        Some(lines.content(text, first).of(text))
    });
    match first {
        Some(line) => line.get(..line.len() - line.trim_start().len()).unwrap_or("").to_owned(),
        None => format!(
            "{}{}",
            own.get(..own.len() - own.trim_start().len()).unwrap_or(""),
            " ".repeat(item_prefix(own).map_or(2, |prefix| prefix.trim_start().len()))
        ),
    }
}

/// The bullet with these words within some lines, and the last line under it.
fn find_bullet(text: &str, lines: &Lines, (from, to): (usize, usize), wanted: &str) -> Option<(usize, usize)> {
    let words = |line: &str| {
        let prefix = item_prefix(line)?;
        line.get(prefix.len()..).map(|words| words.trim().to_owned())
    };
    let wanted = words(wanted)?;
    let line = (from + 1..=to)
        .find(|line| words(lines.content(text, *line).of(text)).is_some_and(|words| same_words(&words, &wanted)))?;
    let depth = column(lines.content(text, line).of(text));
    let mut end = line;
    for below in line + 1..=to {
        let words = lines.content(text, below).of(text);
        if words.trim().is_empty() {
            continue;
        }
        if column(words) <= depth {
            break;
        }
        end = below;
    }
    Some((line, end))
}

/// The indentation of the bullets under a bullet.
fn deeper(text: &str, lines: &Lines, (line, end): (usize, usize), own: &str) -> String {
    let first = (line + 1..=end).find(|line| is_bullet(text, lines, *line));
    let first = first.map(|line| lines.content(text, line).of(text));
    match first {
        Some(line) => line.get(..line.len() - line.trim_start().len()).unwrap_or("").to_owned(),
        None => {
            let before = own.get(..own.len() - own.trim_start().len()).unwrap_or("");
            format!("{before}{}", " ".repeat(item_prefix(own).map_or(2, |prefix| prefix.trim_start().len())))
        }
    }
}

//! Bullets that name a meeting and its day, with its notes nested below: `- Call with Ida 2026-11-03`.

use crate::model::SectionKind;
use crate::model::Span;
use crate::model::meeting::Extent;
use crate::model::meeting::Reason;
use crate::model::meeting_words;
use crate::parse::dates;
use crate::parse::input::Input;
use crate::parse::meetings::found::Found;
use crate::parse::meetings::found::without_date;
use crate::parse::plain::plain;

/// Adds them to the meetings found so far, which are sorted. Labels have no end of their own: a meeting with another day among
/// the bullets below a label ends it. What is below a heading is planned there.
pub(super) fn add(input: &Input<'_>, mut found: Vec<Found>) -> Vec<Found> {
    let mut new: Vec<Found> = Vec::new();
    for (index, item) in input.items.iter().enumerate() {
        let has_text = input.items.get(index + 1).is_some_and(|next| next.parent == Some(index));
        if item.parent.is_some() || item.boxed.is_some() || item.quotes > 0 || !has_text {
            continue;
        }
        let content = input.lines.content(input.text, item.line);
        let words = Span::new(item.text_start.min(content.end), content.end).of(input.text);
        if words.len() > 120 || !words.bytes().any(|byte| byte.is_ascii_digit()) {
            continue;
        }
        let title = plain(words);
        let Some((written, _)) = dates::style_of_name(&title) else { continue };
        let Some(date) = dates::day_of(&written) else { continue };
        let beside = without_date(&title, &written);
        if !beside.chars().any(char::is_alphabetic) || !meeting_words::is_called_meeting(&beside, true) {
            continue;
        }
        // inside a part of a meeting, such a bullet is a plan
        let section = input.note.section_at(item.start).and_then(|at| input.note.sections.get(at));
        if section.is_some_and(|section| meeting_words::part(&section.text).is_some()) {
            continue;
        }
        let at = found.partition_point(|one| one.line <= item.line).checked_sub(1);
        if let Some(around) = at.and_then(|at| found.get_mut(at)).filter(|around| item.line <= around.end_line) {
            if around.date == date || around.line == item.line || !is_below_label(input, around.line, item.line) {
                continue;
            }
            around.end_line = item.line - 1;
        }
        let end_line = end(input, index);
        let (extent, reason) = (Extent::Part, Reason::Heading);
        new.push(Found { line: item.line, end_line, date, written, title, extent, reason, over: None });
    }
    if !new.is_empty() {
        found.extend(new);
        found.sort_by_key(|one| (one.line, std::cmp::Reverse(one.end_line)));
    }
    found
}

/// True for a line right below the label of a meeting, outside its parts.
fn is_below_label(input: &Input<'_>, meeting: usize, line: usize) -> bool {
    let sections = &input.note.sections;
    let own = sections.partition_point(|section| section.line <= line).checked_sub(1).and_then(|at| sections.get(at));
    own.is_some_and(|own| own.line == meeting && own.kind == SectionKind::Soft)
}

/// The last line of an item with everything nested under it.
fn end(input: &Input<'_>, index: usize) -> usize {
    let line = input.items.get(index).map_or(1, |item| item.line);
    let sections = &input.note.sections;
    let section = sections.get(sections.partition_point(|section| section.line <= line));
    let mut end = section.map_or(input.lines.count(), |section| section.line - 1);
    if let Some(next) = input.items.iter().skip(index + 1).find(|item| item.parent.is_none()) {
        end = end.min(next.line - 1);
    }
    let is_text = |line: usize| {
        let content = input.lines.content(input.text, line).of(input.text);
        !content.trim().is_empty()
    };
    // an unindented paragraph is not part of it
    let mut last = line;
    for below in line + 1..=end {
        let content = input.lines.content(input.text, below).of(input.text);
        if is_text(below) {
            if !content.starts_with([' ', '\t', '-', '*', '+']) {
                break;
            }
            last = below;
        }
    }
    last
}

//! Days in a journal: where a new one goes, how it is written, and how lines are added to it.
//!
//! The note itself is the model: its newest days show how a day is written, what is between two of them, and whether the
//! newest comes first ([`style()`]). What a note leaves open is taken from a sibling ([`Style::or`]). Called by
//! `journal today` and `journal add`; `report::journal_file` finds the file.

mod add;
mod append;
mod style;
#[cfg(test)]
mod tests;

use crate::model::Edit;
use crate::model::Lines;
use crate::model::Note;
use crate::model::Section;
use crate::parse::markers::is_thematic_break;
use crate::parse::markers::list_marker;

pub use add::add_day;
pub use append::DayLines;
pub use append::add_heading;
pub use append::append;
pub use append::day_file;
pub use append::day_file_style;
pub use append::under;
pub use append::whole_file;
pub use style::Style;
pub use style::meeting_style;
pub use style::style;

/// Where a new day goes in a note with several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// At the top.
    NewestFirst,
    /// At the end.
    OldestFirst,
}

/// The one edit that turns `before` into `after`: combines several adjacent insertions.
#[must_use]
pub fn edit_between(before: &str, after: &str) -> Option<Edit> {
    if before == after {
        return None;
    }
    let same = before.bytes().zip(after.bytes()).take_while(|(a, b)| a == b).count();
    let start = (0..=same).rev().find(|at| before.is_char_boundary(*at) && after.is_char_boundary(*at))?;
    let room = before.len().min(after.len()) - start;
    let same = before.bytes().rev().zip(after.bytes().rev()).take(room).take_while(|(a, b)| a == b).count();
    let tail = (0..=same)
        .rev()
        .find(|tail| before.is_char_boundary(before.len() - tail) && after.is_char_boundary(after.len() - tail))?;
    Some(Edit { start, end: before.len() - tail, text: after.get(start..after.len() - tail)?.to_owned() })
}

/// As [`edit_between`], but in whole lines: it does not touch parts of lines that stay.
#[must_use]
pub fn lines_between(before: &str, after: &str) -> Option<Edit> {
    if before == after {
        return None;
    }
    if let Some(rest) = after.strip_prefix(before) {
        return Some(Edit { start: before.len(), end: before.len(), text: rest.to_owned() });
    }
    let end = if before.contains('\n') { '\n' } else { '\r' };
    let (old, new): (Vec<&str>, Vec<&str>) =
        (before.split_inclusive(end).collect(), after.split_inclusive(end).collect());
    let first = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let room = old.len().min(new.len()) - first;
    let last = old.iter().rev().zip(new.iter().rev()).take(room).take_while(|(a, b)| a == b).count();
    let bytes = |lines: &[&str]| lines.iter().map(|line| line.len()).sum::<usize>();
    let start = bytes(old.get(..first)?);
    let tail = bytes(old.get(old.len() - last..)?);
    Some(Edit { start, end: before.len() - tail, text: after.get(start..after.len() - tail)?.to_owned() })
}

/// The line end that a text uses: its first one, else a line feed.
#[must_use]
pub fn line_end(text: &str) -> &'static str {
    match text.find(['\n', '\r']).and_then(|at| text.get(at..)) {
        Some(rest) if rest.starts_with("\r\n") => "\r\n",
        Some(rest) if rest.starts_with('\r') => "\r",
        _ => "\n",
    }
}

/// A line without its line end.
fn content<'t>(text: &'t str, lines: &Lines, line: usize) -> &'t str {
    lines.content(text, line).of(text)
}

pub(super) fn is_blank(text: &str, lines: &Lines, line: usize) -> bool {
    content(text, lines, line).trim().is_empty()
}

/// The heading or label that a line belongs to, the underline of a heading included.
fn heading_at<'n>(lines: &Lines, note: &'n Note, line: usize) -> Option<&'n Section> {
    let at = note.sections.partition_point(|section| section.line <= line).checked_sub(1)?;
    note.sections.get(at).filter(|section| line <= lines.line(section.heading_span.end.saturating_sub(1)))
}

/// True for a rule between two texts. The underline of a heading is none.
fn is_rule(text: &str, lines: &Lines, note: &Note, line: usize) -> bool {
    is_thematic_break(content(text, lines, line)) && heading_at(lines, note, line).is_none()
}

/// The indentation, marker and spaces with which a list item begins: `  - `, `1. `.
pub(crate) fn item_prefix(line: &str) -> Option<&str> {
    let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
    let marker = list_marker(line.get(indent..)?, 0)?;
    // five spaces would begin code
    let end = indent + marker.len + if marker.blanks > 4 { 1 } else { marker.blanks };
    (marker.blanks > 0 && !is_thematic_break(line)).then(|| line.get(..end)).flatten()
}

/// The column where a prefix ends, with tab stops every four columns.
pub(crate) fn columns(prefix: &str) -> usize {
    prefix.chars().fold(0, |column, c| if c == '\t' { (column / 4 + 1) * 4 } else { column + 1 })
}

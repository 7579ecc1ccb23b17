//! The part that a quote names above a point: `> [!todo] Actions`, `> **Actions**`. What goes on stands under a heading or label of
//! its own.

use crate::edit::meeting::Heading;
use crate::model::Lines;
use crate::model::Meeting;
use crate::model::Note;
use crate::model::Point;
use crate::model::SectionKind;
use crate::parse;

/// The heading for a point in a quote that names its part, in the way of the meeting's own line.
#[must_use]
pub fn quoted_heading(text: &str, lines: &Lines, note: &Note, meeting: &Meeting, point: &Point) -> Option<Heading> {
    let is_quoted = |line: usize| lines.content(text, line).of(text).trim_start().starts_with('>');
    let above = (meeting.line + 1..=point.line).rev().take_while(|line| is_quoted(*line));
    let title = above.filter_map(|line| parse::quoted_part(lines.content(text, line).of(text))).next()?;
    let own = note.sections.iter().find(|section| section.line == meeting.line);
    let level = own.filter(|own| own.kind == SectionKind::Heading).map(|own| own.level + 1);
    let (line, blank) = match level {
        Some(level) => (format!("{} {title}", "#".repeat(level.min(6).into())), 1),
        None => (format!("{title}:"), 0),
    };
    Some(Heading { text: title.to_owned(), lines: vec![line], blank })
}

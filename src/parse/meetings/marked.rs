//! Lines that say themselves what kind of point they are: `ACTION Ida: …`, `Decision: …`; also outside lists.

use crate::model::Point;
use crate::model::Span;
use crate::model::meeting::Part;
use crate::model::meeting::PointKind;
use crate::model::meeting_words;
use crate::model::words::fold;
use crate::parse::carried;
use crate::parse::input::Input;
use crate::parse::items::Head;
use crate::parse::meetings::above;
use crate::parse::meetings::above::Above;
use crate::parse::meetings::found::Found;
use crate::parse::meetings::marker::marker;
use crate::parse::meetings::next::is_announcement;
use crate::parse::meetings::next::is_arrangement;
use crate::parse::meetings::owner;
use crate::parse::meetings::parts::Parts;
use crate::parse::meetings::parts::due;
use crate::parse::meetings::people::Known;
use crate::parse::meetings::state::said_state;
use crate::parse::meetings::table;

/// A marker at the beginning of a line that says what kind of point it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Action,
    Agreed,
    Decision,
}

impl Mark {
    /// `ACTION Ida: …`, `AI: …`, `TODO(Ida) …`, `Decision: …`, `RESOLVED: …`, `We decided …`
    pub(super) fn of(text: &str) -> Option<Self> {
        let text = text.trim_start_matches(['*', '_', ' ', '[']);
        if marker(text).is_some() {
            return Some(Self::Action);
        }
        let lower = fold(text.get(..text.floor_char_boundary(40)).unwrap_or(text));
        let labels = [
            (
                Self::Decision,
                &["decision", "decided", "resolved", "resolution", "beschluss", "entscheidung", "decisao"][..],
            ),
            (Self::Agreed, &["agreed", "agreement", "vereinbart", "convenu", "acordado", "acuerdo", "combinado"][..]),
        ];
        for (mark, words) in labels {
            for word in words {
                if let Some(rest) = lower.strip_prefix(word) {
                    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || "*_ #]".contains(c));
                    if rest.starts_with(':') {
                        return Some(mark);
                    }
                }
            }
        }
        // `Next steps: Bo writes`, `**Decisions:** go`
        if let Some((label, rest)) = text.split_once(':')
            && label.len() < 40
            && rest.chars().any(char::is_alphabetic)
            && !rest.starts_with(':')
            && !meeting_words::is_nothing(rest)
        {
            let mark = match meeting_words::part(label.trim_end_matches(['*', '_', ' '])) {
                Some(Part::Decisions) => Some(Self::Decision),
                Some(Part::Agreed) => Some(Self::Agreed),
                Some(Part::Actions) => Some(Self::Action),
                Some(Part::Next) if !is_arrangement(rest) => Some(Self::Action),
                _ => None,
            };
            if mark.is_some() {
                return mark;
            }
        }
        let said = ["we decided", "we agreed", "decided to ", "agreed to ", "decision was ", "wir haben beschlossen"];
        let said = said.iter().find(|words| lower.starts_with(**words))?;
        Some(if said.contains("agree") { Self::Agreed } else { Self::Decision })
    }
}

impl Mark {
    const fn in_part(part: Part) -> Self {
        match part {
            Part::Decisions => Self::Decision,
            Part::Agreed => Self::Agreed,
            _ => Self::Action,
        }
    }
}

/// Lines of a paragraph, or right below an item, such as `ACTION Ida: …` or `DECISION: …`; each with the lines that go on with it.
pub(super) fn marked_lines(
    input: &Input<'_>,
    meeting: &Found,
    known: &Known,
    parts: &Parts,
    names: &Above,
) -> Vec<Point> {
    let mut found = Vec::new();
    let marks = |line: usize| mark_of_line(input, meeting, known, parts, line);
    let mut line = meeting.line + 1;
    while line <= meeting.end_line {
        let first = line;
        line += 1;
        let Some(mark) = marks(first) else { continue };
        while line <= meeting.end_line && goes_on(input, line) && marks(line).is_none() {
            line += 1;
        }
        let words = |line: usize| input.lines.content(input.text, line).of(input.text);
        let content = input.lines.content(input.text, first);
        let start = content.start + (words(first).len() - words(first).trim_start().len());
        let end = input.lines.start(line - 1) + words(line - 1).trim_end().len();
        let text_span = Span::new(start, end.max(start));
        let joined = (first..line).map(|line| words(line).trim()).collect::<Vec<_>>().join(" ");
        let text = carried::without(&joined);
        let section = parts.section_at(input, start);
        let found_mark = carried::find(&joined).map(|(.., carried)| carried);
        let kind = match mark {
            Mark::Action => PointKind::Action,
            Mark::Agreed => PointKind::Agreed,
            Mark::Decision => PointKind::Decision,
        };
        found.push(Point {
            line: first,
            end_line: line - 1,
            span: Span::new(content.start, text_span.end),
            text_span,
            owner: owner::of(&text, known, kind == PointKind::Action)
                .or_else(|| names.of_section(section).filter(|_| kind != PointKind::Decision)),
            key: carried::key(&text),
            kind,
            part: section.and_then(|section| parts.of(section)),
            section,
            state: said_state(&text),
            due: due(&text, meeting.date, found_mark.as_ref()),
            task: None,
            carried: found_mark,
            parent: None,
            in_table: false,
            text,
        });
    }
    found
}

/// What kind of point a line is that is no item.
fn mark_of_line(input: &Input<'_>, meeting: &Found, known: &Known, parts: &Parts, line: usize) -> Option<Mark> {
    let content = input.lines.content(input.text, line);
    let words = content.of(input.text).trim();
    let starts = words.trim_start_matches(['*', '_']).starts_with(char::is_uppercase) || marker(words).is_some();
    if !starts || input.outline.mask_at(content.start).is_some() || table::is_row(words) {
        return None;
    }
    let part = parts.section_at(input, content.start).and_then(|section| parts.of(section));
    let named = || part.filter(|part| part.has_points() && above::labels(words, known)).map(Mark::in_part);
    let mark = Mark::of(words).or_else(named)?;
    // labels are headings of what follows
    let at = input.note.sections.partition_point(|section| section.line < line);
    let is_section = input.note.sections.get(at).is_some_and(|section| section.line == line);
    let is_label = words.trim_end_matches(['*', '_']).ends_with(':');
    (!is_section && !is_label && is_outside(input, meeting, line)).then_some(mark)
}

/// True for a line of a paragraph outside lists, or one below an item that is not indented as its text is.
fn is_outside(input: &Input<'_>, meeting: &Found, line: usize) -> bool {
    let head = Head::of(input.text, input.lines.content(input.text, line));
    let Some(block) = input.outline.block_at(head.at) else { return false };
    if block.top {
        return !is_item(input, line);
    }
    let at = input.items.partition_point(|item| item.line <= line);
    let above = at.checked_sub(1).and_then(|at| input.items.get(at)).filter(|item| item.line > meeting.line);
    above.is_some_and(|item| item.line < line && item.quotes == 0 && head.quotes == 0 && head.column == 0)
}

fn is_item(input: &Input<'_>, line: usize) -> bool {
    let at = input.items.partition_point(|item| item.line < line);
    input.items.get(at).is_some_and(|item| item.line == line)
}

/// True for a line that goes on with a sentence of the line above it.
fn goes_on(input: &Input<'_>, line: usize) -> bool {
    let start = input.lines.start(line);
    let words = input.lines.content(input.text, line).of(input.text);
    let at = input.note.sections.partition_point(|section| section.line < line);
    let is_section = input.note.sections.get(at).is_some_and(|section| section.line == line);
    let in_block = input.outline.block_at(start + words.len() - words.trim_start().len());
    in_block.is_some_and(|block| block.span.start < start)
        && words.trim_start().starts_with(|c: char| c.is_lowercase() || "([`".contains(c))
        && !(is_section || is_item(input, line) || is_announcement(words) || table::is_row(words))
}

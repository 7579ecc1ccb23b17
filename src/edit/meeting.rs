//! What goes on in the next meeting: points as they are written again, and the headings that they stand under.
//!
//! A copy has the words, fields and children of the old point, its bullet and the character of its box, and a mark that says where
//! it came from. Block ids stay where they were: they are names. Called by the session, which knows the series.

use crate::edit::journal::columns;
use crate::edit::journal::is_blank;
use crate::edit::journal::item_prefix;
use crate::edit::journal::line_end;
use crate::model::Edit;
use crate::model::Form;
use crate::model::Lines;
use crate::model::Meeting;
use crate::model::Note;
use crate::model::Point;
use crate::model::Section;
use crate::model::SectionKind;
use crate::model::Task;
use crate::model::meeting::PointState;
use crate::model::words::fold;
use crate::parse;
use crate::parse::carried;

/// Points that stand under the same headings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Group {
    /// The headings and labels within the meeting, outermost first.
    pub headings: Vec<Heading>,
    /// The lines of each point.
    pub items: Vec<Vec<String>>,
}

/// A heading or label as the old meeting writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Its words.
    pub text: String,
    /// Its lines.
    pub lines: Vec<String>,
    /// Blank lines between it and what stands under it.
    pub blank: usize,
}

impl Heading {
    /// A heading of a note.
    #[must_use]
    pub fn of(text: &str, lines: &Lines, section: &Section) -> Self {
        let last = lines.line(section.heading_span.end.saturating_sub(1)).max(section.line);
        let written = (section.line..=last).map(|line| lines.content(text, line).of(text).trim_end().to_owned());
        let below = (last + 1..=section.end_line).take_while(|line| is_blank(text, lines, *line)).count();
        let blank = if below > section.end_line.saturating_sub(last + 1) { 1 } else { below };
        Self { text: section.text.clone(), lines: written.collect(), blank }
    }
}

/// A point of a meeting as it is written again, with what stands under it and is not done; without indentation.
///
/// `mark` says where it came from; `id` is a block id for the copy.
#[must_use]
pub fn copy(
    text: &str,
    lines: &Lines,
    note: &Note,
    meeting: &Meeting,
    index: usize,
    (mark, id): (&str, Option<&str>),
) -> Vec<String> {
    let Some(point) = meeting.points.get(index) else { return Vec::new() };
    let task = point.task.and_then(|task| note.tasks.get(task));
    let first = lines.content(text, point.line).of(text);
    let mut words = point.text_span.of(text).to_owned();
    if let Some((start, end, _)) = carried::find(&words) {
        words.replace_range(start..end, "");
    }
    let without_id = |line: &str| {
        parse::block_mark(line).map_or(line, |(start, _)| line.get(..start).unwrap_or(line)).trim_end().to_owned()
    };
    words = without_id(&words);
    if point.in_table {
        words.push_str(&table_fields(point, &words));
    }
    let at = parse::end_before_fields(&words);
    words.insert_str(at, &format!(" {mark}"));
    if let Some(id) = id {
        words.push_str(&format!(" ^{id}"));
    }

    let quotes = first.chars().take_while(|c| c.is_whitespace() || *c == '>').filter(|c| *c == '>').count();
    let bare = unquoted(first, quotes);
    let indent = columns(bare.get(..bare.len() - bare.trim_start().len()).unwrap_or(""));
    let mut own = words.split(['\n', '\r']).filter(|line| !line.is_empty());
    let mut copied = vec![format!("{}{}", lead(bare, point, task), own.next().unwrap_or("").trim_end())];
    copied.extend(own.map(|line| dedented(unquoted(line, quotes), indent).trim_end().to_owned()));

    let last = lines.line(point.span.end.saturating_sub(1)).max(point.line);
    let gone = closed_children(meeting, index);
    for line in last + 1..=point.end_line {
        if gone.iter().any(|(from, to)| (*from..=*to).contains(&line)) {
            continue;
        }
        let line = unquoted(lines.content(text, line).of(text), quotes);
        copied.push(without_id(dedented(line, indent).as_str()));
    }
    while copied.last().is_some_and(|line| line.trim().is_empty()) {
        copied.pop();
    }
    copied
}

/// The owner and day of a table's row, as fields behind its words.
fn table_fields(point: &Point, words: &str) -> String {
    let mut fields = String::new();
    if let Some(owner) = point.owner.as_ref().filter(|owner| !words.contains(owner.as_str())) {
        fields.push_str(&format!(" [owner:: {owner}]"));
    }
    if let Some(due) = point.due.filter(|due| !words.contains(&due.to_string())) {
        fields.push_str(&format!(" [due:: {due}]"));
    }
    fields
}

/// Bullet and box of the copy: those of the point, where it has them.
fn lead(first: &str, point: &Point, task: Option<&Task>) -> String {
    let trimmed = first.trim_start();
    let bullet = match trimmed.chars().next() {
        Some(c @ ('-' | '*' | '+')) if item_prefix(trimmed).is_some() => c.to_string(),
        Some(c) if c.is_ascii_digit() && item_prefix(trimmed).is_some() => "1.".to_owned(),
        _ => "-".to_owned(),
    };
    match task {
        Some(task) if task.form == Form::Marker => format!("{bullet} {} ", task.symbol),
        Some(task) if point.state == PointState::Open && task.symbol.chars().count() == 1 => {
            format!("{bullet} [{}] ", task.symbol)
        }
        _ => format!("{bullet} [ ] "),
    }
}

/// A line without so many quote marks.
fn unquoted(line: &str, quotes: usize) -> &str {
    let mut rest = line;
    for _ in 0..quotes {
        let Some(behind) = rest.trim_start().strip_prefix('>') else { break };
        rest = behind.strip_prefix(' ').unwrap_or(behind);
    }
    rest
}

/// A line that stands so many columns further to the left.
fn dedented(line: &str, indent: usize) -> String {
    let blanks = line.len() - line.trim_start_matches([' ', '\t']).len();
    let (before, rest) = line.split_at_checked(blanks).unwrap_or(("", line));
    let kept = (0..=before.len()).find(|at| columns(before.get(..*at).unwrap_or("")) >= indent).unwrap_or(before.len());
    format!("{}{rest}", before.get(kept..).unwrap_or(""))
}

/// The lines of what stands under a point and is done, with all that is under it.
fn closed_children(meeting: &Meeting, index: usize) -> Vec<(usize, usize)> {
    let points = &meeting.points;
    let below = |mut at: usize, above: usize| {
        while let Some(parent) = points.get(at).and_then(|point| point.parent) {
            if parent == above {
                return true;
            }
            at = parent;
        }
        false
    };
    let children = points.iter().enumerate().skip(index + 1).take_while(|(at, _)| below(*at, index));
    let children: Vec<(usize, &Point)> = children.collect();
    let is_closed = |(at, point): &(usize, &Point)| {
        let open = children.iter().any(|(other, child)| child.state != PointState::Done && below(*other, *at));
        point.state == PointState::Done && !open
    };
    children.iter().filter(|child| is_closed(child)).map(|(_, point)| (point.line, point.end_line)).collect()
}

/// The edit that adds a group of points to a meeting: under the headings where it has them, else under new ones.
///
/// `under` are the blank lines between the meeting's own line and its text.
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
    // as far as the headings are there already
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
    let last = (1..=to.max(from)).rev().find(|line| !is_blank(text, &lines, *line)).unwrap_or(0);
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
        usize::from(!line.starts_with([' ', '\t']) && item_prefix(line.trim_start_matches(['>', ' '])).is_none())
    };
    for heading in missing {
        new.extend(vec![String::new(); if last == 0 && new.is_empty() { 0 } else { 1 }]);
        new.extend(heading.lines.iter().cloned());
        blank = heading.blank;
    }
    new.extend(vec![String::new(); blank]);
    let mut number = 0;
    for item in &group.items {
        for (nth, line) in item.iter().enumerate() {
            match line.strip_prefix("1. ").filter(|_| nth == 0) {
                Some(rest) => {
                    number += 1;
                    new.push(format!("{number}. {rest}"));
                }
                None => new.push(line.clone()),
            }
        }
    }
    if last == 0 {
        let text: String = new.iter().flat_map(|line| [line.as_str(), eol]).collect();
        return Edit { start: 0, end: 0, text };
    }
    let at = lines.content(text, last).end;
    Edit { start: at, end: at, text: new.iter().flat_map(|line| [eol, line.as_str()]).collect() }
}

fn same_words(one: &str, other: &str) -> bool {
    let bare = |text: &str| fold(text.trim().trim_end_matches(':').trim_matches(['*', '_', ' ']));
    bare(one) == bare(other)
}

/// The edits that mark an old point as moved, with a link to its copy; none for the row of a table.
#[must_use]
pub fn mark_moved(text: &str, note: &Note, point: &Point, link: &str) -> Vec<Edit> {
    let task = point.task.and_then(|task| note.tasks.get(task));
    if point.in_table || task.is_some_and(|task| matches!(task.form, Form::Marker | Form::TodoTxt)) {
        return Vec::new();
    }
    let own = point.text_span.of(text);
    let id = parse::block_mark(own).map(|(start, _)| start);
    let end = point.text_span.start + own.get(..id.unwrap_or(own.len())).unwrap_or(own).trim_end().len();
    let arrow = Edit { start: end, end, text: format!(" → {link}") };
    let boxed = match task {
        Some(task) => Edit { start: task.symbol_span.start, end: task.symbol_span.end, text: ">".to_owned() },
        None => Edit { start: point.text_span.start, end: point.text_span.start, text: "[>] ".to_owned() },
    };
    vec![boxed, arrow]
}

/// What a new note of a series begins with: the front matter, title and headings of the newest one, without its text.
///
/// `sibling` is the one before; of both only what they share is taken. `renamed` writes a line of the newest for the new day, and
/// `as_sibling` as it would stand in the sibling.
#[must_use]
pub fn skeleton(
    newest: &str,
    note: &Note,
    sibling: Option<(&str, &Note)>,
    renamed: &dyn Fn(&str) -> String,
    as_sibling: &dyn Fn(&str) -> String,
) -> String {
    let lines = Lines::new(newest);
    let eol = line_end(newest);
    let body = lines.line(note.body_start.min(newest.len()));
    let mut out: Vec<String> = Vec::new();
    let shared = sibling.map(|(text, _)| text.split(['\n', '\r']).map(str::trim_end).collect::<Vec<_>>());
    let is_shared = |line: &str| shared.as_ref().is_none_or(|all| all.contains(&as_sibling(line).trim_end()));
    if note.body_start > 0 {
        // what says when this very note was made is not the new one's
        let own = ["created", "modified", "updated", "id", "uid", "aliases", "next"];
        let front = (1..body).map(|line| lines.content(newest, line).of(newest).trim_end());
        let is_own = |line: &str| line.split_once(':').is_some_and(|(key, _)| own.contains(&fold(key.trim()).as_str()));
        let kept = front.filter(|line| {
            !line.is_empty() && (*line == "---" || *line == "+++" || (is_shared(line) && !is_own(line)))
        });
        out.extend(kept.map(renamed));
        out.push(String::new());
    }
    let sections = note.sections.iter().filter(|section| section.line >= body);
    for (nth, section) in sections.enumerate() {
        let is_title = nth == 0 && section.kind == SectionKind::Heading;
        let is_part = crate::model::meeting_words::part(&section.text).is_some();
        let in_sibling = sibling.is_some_and(|(_, other)| {
            let words = as_sibling(&section.text);
            other.sections.iter().any(|one| one.level == section.level && same_words(&one.text, &words))
        });
        if is_title || (sibling.is_some() && in_sibling) || (sibling.is_none() && is_part) {
            let last = lines.line(section.heading_span.end.saturating_sub(1)).max(section.line);
            out.extend((section.line..=last).map(|line| renamed(lines.content(newest, line).of(newest).trim_end())));
            out.push(String::new());
        }
    }
    while out.last().is_some_and(String::is_empty) {
        out.pop();
    }
    out.iter().flat_map(|line| [line.as_str(), eol]).collect()
}

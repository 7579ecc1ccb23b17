//! Adds a line to a day.

use crate::edit::journal::Style;
use crate::edit::journal::columns;
use crate::edit::journal::content;
use crate::edit::journal::heading_at;
use crate::edit::journal::is_blank;
use crate::edit::journal::is_rule;
use crate::edit::journal::item_prefix;
use crate::edit::journal::line_end;
use crate::edit::journal::style::Shape;
use crate::model::Edit;
use crate::model::Entry;
use crate::model::Lines;
use crate::model::Note;
use crate::model::SectionKind;
use crate::model::words;

/// The lines of a day: `line` dates it (0: only the file's name does), `end` is its last. Both 1-based.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayLines {
    line: usize,
    end: usize,
}

impl DayLines {
    /// The lines of an entry: the underline of its heading belongs to the line that dates it.
    #[must_use]
    pub fn of(text: &str, note: &Note, entry: &Entry) -> Self {
        let lines = Lines::new(text);
        let line = match heading_at(&lines, note, entry.line) {
            Some(section) => lines.line(section.heading_span.end.saturating_sub(1)).max(entry.line),
            None => entry.line,
        };
        Self { line, end: entry.end_line.max(line) }
    }
}

/// The part of a day under a heading or label, which is compared ignoring case and accents.
///
/// # Errors
/// The headings and labels that the day has, if none of them matches.
pub fn under<'n>(text: &str, note: &'n Note, day: DayLines, heading: &str) -> Result<DayLines, Vec<&'n str>> {
    let lines = Lines::new(text);
    let named = |words: &str| words::fold(words.trim().trim_start_matches('#').trim().trim_end_matches(':').trim_end());
    let wanted = named(heading);
    let from = note.sections.partition_point(|section| section.line < day.line);
    let inside = || note.sections.iter().skip(from).take_while(|section| section.line <= day.end);
    let Some(found) = inside().find(|section| named(&section.text) == wanted) else {
        return Err(inside().map(|section| section.text.as_str()).collect());
    };
    // only its own text, up to the next heading of any level
    let end = lines.line(found.span.end.saturating_sub(1)).min(day.end);
    let line = lines.line(found.heading_span.end.saturating_sub(1));
    Ok(DayLines { line, end: end.max(line) })
}

/// The edit that adds a heading to the end of a day, one level below the day's own (level 2 where the note is the day).
///
/// `is_file`: the note is the day. `None` if the day is a bullet or a label line, which cannot contain headings.
#[must_use]
pub fn add_heading(text: &str, note: &Note, day: DayLines, is_file: bool, heading: &str) -> Option<Edit> {
    let lines = Lines::new(text);
    let above = note
        .sections
        .iter()
        .find(|section| section.line <= day.line && day.line <= lines.line(section.heading_span.end.saturating_sub(1)));
    let level = match above {
        _ if is_file => 2,
        Some(section) if section.kind == SectionKind::Heading => section.level + 1,
        Some(_) => return None,
        None if item_prefix(content(text, &lines, day.line)).is_some() => return None,
        None => 2,
    };
    let is_text = |line: &usize| !is_blank(text, &lines, *line) && !is_rule(text, &lines, note, *line);
    let last = (day.line.max(1)..=day.end).rev().find(is_text);
    let words = heading.trim().trim_start_matches('#').trim();
    let heading = format!("{} {words}", "#".repeat(level.min(6).into()));
    let end = line_end(text);
    Some(match last {
        Some(last) => {
            let at = lines.content(text, last).end;
            Edit { start: at, end: at, text: format!("{end}{end}{heading}") }
        }
        None => Edit { start: text.len(), end: text.len(), text: format!("{heading}{end}") },
    })
}

/// The lines of a note that is a day: from its title, if it has one, to its end.
#[must_use]
pub fn whole_file(text: &str, note: &Note) -> DayLines {
    let lines = Lines::new(text);
    let body = lines.line(note.body_start.min(text.len()));
    let first = (body..=lines.count()).find(|line| !is_blank(text, &lines, *line));
    let title = note.sections.first().filter(|section| Some(section.line) == first);
    let line = title.map_or(body.saturating_sub(1), |section| lines.line(section.heading_span.end.saturating_sub(1)));
    DayLines { line, end: lines.count() }
}

/// The style of lines in notes that are one day each, taken from one of them.
#[must_use]
pub fn day_file_style(text: &str, note: &Note) -> Option<Style> {
    let lines = Lines::new(text);
    let place = whole_file(text, note);
    let first = (place.line + 1..=place.end).find(|line| !is_blank(text, &lines, *line))?;
    let own = (first..=place.end).filter_map(|line| item_prefix(content(text, &lines, line)));
    let is_heading = |line: &usize| is_heading(content(text, &lines, *line));
    let is_text = |line: &usize| !is_blank(text, &lines, *line) && !is_heading(line);
    let body = (first..=place.end).find(is_text);
    // headings alone do not show how a day is written
    let item = body.map(|body| {
        let is_list = item_prefix(content(text, &lines, body)).is_some();
        own.min_by_key(|prefix| columns(prefix)).filter(|_| is_list).unwrap_or("").to_owned()
    });
    let titled = note.sections.first().is_some_and(|section| section.line <= place.line);
    Some(Style { under: titled.then_some(first - place.line - 1), item, ..Style::plain(1) })
}

/// The first lines of a new note that is a day or contains days: front matter, headings and dated lines that its two newest
/// siblings share, with their dates replaced. Text is not copied, even if both have the same.
///
/// `exchanged` converts a line of the newest sibling to its equivalent in the other sibling, or in the new note; `end` is the
/// line where the newest one's own text begins. If there is only one sibling, only its title is used.
#[must_use]
pub fn day_file(
    newest: &str,
    note: &Note,
    end: usize,
    sibling: Option<&str>,
    to_sibling: &dyn Fn(&str) -> Option<String>,
    to_new: &dyn Fn(&str) -> Option<String>,
) -> String {
    let lines = Lines::new(newest);
    let written = |line: usize, change: &dyn Fn(&str) -> Option<String>| {
        let text = content(newest, &lines, line);
        change(text).unwrap_or_else(|| text.to_owned())
    };
    let is_heading = |line: usize| {
        let at = note.sections.partition_point(|section| section.line <= line);
        let above = at.checked_sub(1).and_then(|at| note.sections.get(at));
        above.is_some_and(|section| {
            section.kind == SectionKind::Heading && line <= lines.line(section.heading_span.end.saturating_sub(1))
        })
    };
    let mut head: Vec<usize> = Vec::new();
    if let Some(sibling) = sibling {
        let other = Lines::new(sibling);
        let shared = (1..=lines.count().min(other.count()).min(end.saturating_sub(1)))
            .take_while(|line| written(*line, to_sibling) == content(sibling, &other, *line));
        let front = lines.line(note.body_start.min(newest.len()));
        let is_skeleton = |line: &usize| {
            let text = content(newest, &lines, *line);
            *line < front || text.trim().is_empty() || is_heading(*line) || to_new(text).is_some()
        };
        head = shared.take_while(is_skeleton).collect();
    }
    // front matter that is not shared as a whole is left out
    let body = lines.line(note.body_start.min(newest.len()));
    if note.body_start > 0 && head.last().is_none_or(|last| last + 1 < body) {
        head.clear();
    }
    if head.iter().all(|line| is_blank(newest, &lines, *line)) {
        let title = note.sections.first().filter(|section| section.line < end && to_new(&section.text).is_some());
        head = title
            .map(|section| (section.line..=lines.line(section.heading_span.end.saturating_sub(1))).collect())
            .unwrap_or_default();
    }
    while head.last().is_some_and(|line| is_blank(newest, &lines, *line)) {
        head.pop();
    }
    let eol = line_end(newest);
    head.iter().flat_map(|line| [written(*line, to_new), eol.to_owned()]).collect()
}

/// The edit that adds `words`, one line or several, to the end of a day in the style of its lines.
#[must_use]
pub fn append(text: &str, note: &Note, place: DayLines, style: &Style, words: &str) -> Edit {
    let lines = Lines::new(text);
    let end = line_end(text);
    let is_text = |line: &usize| !is_blank(text, &lines, *line) && !is_rule(text, &lines, note, *line);
    let last = (place.line + 1..=place.end).rev().find(is_text).unwrap_or(place.line);
    let items: Vec<(usize, &str)> =
        (place.line + 1..=last).filter_map(|line| Some((line, item_prefix(content(text, &lines, line))?))).collect();
    let shallowest = items.iter().map(|(_, prefix)| columns(prefix)).min();
    let outer: Vec<(usize, &str)> = items
        .iter()
        .filter(|(_, prefix)| Some(columns(prefix)) <= shallowest.map(|least| least + 1))
        .copied()
        .collect();
    // a heading without text yet is as empty as a day
    let is_headed = |line| heading_at(&lines, note, line).is_some_and(|section| section.kind == SectionKind::Heading);
    let empty = last == place.line || is_headed(last);
    let (prefix, blank) = match outer.as_slice() {
        [.., (before, _), (at, prefix)] => {
            // the distance between the last two items
            let blank = (*before + 1..*at).rev().take_while(|line| is_blank(text, &lines, *line)).count();
            (next_number(prefix), blank)
        }
        [(_, prefix)] => (next_number(prefix), 0),
        [] if empty => {
            let (prefix, under) = (own_prefix(text, &lines, place, style), style.under);
            let blank = match style.shape {
                _ if place.line == 0 => 0,
                Shape::Bullet(_) => under.unwrap_or(0),
                Shape::Heading(_) | Shape::Label => under.unwrap_or(1),
            };
            (prefix, blank)
        }
        [] => (String::new(), 1),
    };
    let mut new: Vec<String> = vec![String::new(); blank];
    // a box without a marker is not a list item
    let prefix = if prefix.trim().is_empty() && is_boxed(words.trim_start()) { format!("{prefix}- ") } else { prefix };
    new.extend(shaped(words, &prefix));
    if place.line == 0 && last == 0 {
        let text: String = new.iter().flat_map(|line| [line.as_str(), end]).collect();
        return Edit { start: 0, end: 0, text };
    }
    let at = lines.content(text, last).end;
    Edit { start: at, end: at, text: new.iter().flat_map(|line| [end, line.as_str()]).collect() }
}

/// The prefix for the first line of an empty day.
fn own_prefix(text: &str, lines: &Lines, place: DayLines, style: &Style) -> String {
    let dated = if place.line > 0 { content(text, lines, place.line) } else { "" };
    let item = style.item.clone();
    match item_prefix(dated).filter(|_| matches!(style.shape, Shape::Bullet(_))) {
        // under a bullet only indented lines belong to it
        Some(bullet) => item.filter(|item| columns(item) > columns(bullet)).unwrap_or_else(|| {
            let indent = bullet.len() - bullet.trim_start().len();
            let blanks = " ".repeat(columns(bullet.get(indent..).unwrap_or("")));
            format!("{}{blanks}- ", bullet.get(..indent).unwrap_or(""))
        }),
        None => item.unwrap_or_else(|| "- ".to_owned()),
    }
}

/// `2. ` after `1. `; other markers stay the same.
fn next_number(prefix: &str) -> String {
    let number = prefix.trim_matches(|c: char| !c.is_ascii_digit());
    match number.parse::<u64>() {
        Ok(n) => prefix.replacen(number, &(n + 1).to_string(), 1),
        Err(_) => prefix.to_owned(),
    }
}

/// `## Tasks`
fn is_heading(line: &str) -> bool {
    let rest = line.trim_start_matches('#');
    (1..=6).contains(&(line.len() - rest.len())) && (rest.is_empty() || rest.starts_with([' ', '\t']))
}

/// `[ ] water plants`
fn is_boxed(words: &str) -> bool {
    let mut chars = words.chars();
    chars.next() == Some('[')
        && chars.next().is_some_and(|c| !c.is_control())
        && chars.next() == Some(']')
        && chars.next().is_some_and(|c| c == ' ' || c == '\t')
}

/// The words as lines: the first with the prefix, the others indented to match. Words with their own markers keep them, and
/// each box becomes a separate item.
fn shaped(words: &str, prefix: &str) -> Vec<String> {
    let words = words.trim_matches(['\n', '\r']);
    let indent: String = prefix.chars().take_while(|c| c.is_whitespace()).collect();
    let is_list = words.lines().next().is_some_and(|first| item_prefix(first).is_some());
    let rest = if is_list || prefix.trim().is_empty() {
        indent.clone()
    } else {
        format!("{indent}{}", " ".repeat(prefix.trim_start().chars().count()))
    };
    let mut marker = prefix.to_owned();
    let mut shaped = Vec::new();
    for (nth, line) in words.lines().enumerate() {
        shaped.push(match (line.trim().is_empty(), nth) {
            (true, _) => String::new(),
            (false, 0) if !is_list => format!("{prefix}{}", line.trim()),
            (false, _) if !is_list && is_boxed(line) => {
                marker = next_number(&marker);
                format!("{marker}{}", line.trim())
            }
            (false, _) => format!("{rest}{}", line.trim_end()),
        });
    }
    shaped
}

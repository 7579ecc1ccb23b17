//! Carries points over to the next meeting: how they are copied, and the headings that they are under.
//!
//! A copy has the words, fields and children of the old point, its bullet and the character of its box, and a mark with its
//! origin. Block ids stay with the old point, since links refer to them. Called by the session, which knows the series.
//!
//! - `add`: where points go in a meeting; `skeleton`: how a new note begins; `number`: `Meeting #15` after `Meeting #14`
//! - `quoted`: the part that a quote names above a point

mod add;
mod number;
mod quoted;
mod skeleton;

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::edit::journal::columns;
use crate::edit::journal::is_blank;
use crate::edit::journal::item_prefix;
use crate::model::Edit;
use crate::model::Form;
use crate::model::Lines;
use crate::model::Meeting;
use crate::model::Note;
use crate::model::Point;
use crate::model::Section;
use crate::model::Task;
use crate::model::meeting::PointState;
use crate::model::meeting_words;
use crate::model::privacy::is_private_tag;
use crate::model::words::fold;
use crate::parse;
use crate::parse::carried;

pub use add::add;
pub use number::count_on;
pub use quoted::quoted_heading;
pub use skeleton::skeleton;

/// Points under the same headings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Group {
    /// The headings and labels within the meeting, outermost first.
    pub headings: Vec<Heading>,
    /// The bullets under these that are names of parts or people, outermost first, without indentation: `- Actions`.
    pub bullets: Vec<String>,
    /// How far what is under each of them is indented; two blanks where none is told.
    pub indents: Vec<String>,
    /// The lines of each point.
    pub items: Vec<Vec<String>>,
}

/// A heading or label as written in the old meeting.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Heading {
    /// Its words.
    pub text: String,
    /// Its lines.
    pub lines: Vec<String>,
    /// Blank lines between it and the text under it.
    pub blank: usize,
}

impl Heading {
    /// A heading of a note.
    #[must_use]
    pub fn of(text: &str, lines: &Lines, section: &Section) -> Self {
        let last = lines.line(section.heading_span.end.saturating_sub(1)).max(section.line);
        // of a heading in a quote, the heading
        let bare = |line: &'_ str| line.trim_start_matches(|c: char| c == '>' || c.is_whitespace()).to_owned();
        let own = |line: usize| lines.content(text, line).of(text).trim_end();
        let written = (section.line..=last).map(|line| match own(line).trim_start().starts_with('>') {
            true => bare(own(line)),
            false => own(line).to_owned(),
        });
        let below = (last + 1..=section.end_line).take_while(|line| is_blank(text, lines, *line)).count();
        let blank = if below > section.end_line.saturating_sub(last + 1) { 1 } else { below };
        Self { text: section.text.clone(), lines: written.collect(), blank }
    }
}

/// The bullets above a point that are names of parts of the meeting, or of who does it, outermost first, and how far what is under
/// each is indented.
#[must_use]
pub fn bullets_above(
    text: &str,
    lines: &Lines,
    note: &Note,
    meeting: &Meeting,
    point: &Point,
) -> (Vec<String>, Vec<String>) {
    let top = point.section.and_then(|section| note.sections.get(section)).map_or(0, |section| section.line);
    let top = top.max(meeting.line);
    let column = |line: &str| columns(line.get(..line.len() - line.trim_start().len()).unwrap_or(""));
    let blanks = |line: &'_ str| line.get(..line.len() - line.trim_start().len()).unwrap_or("").to_owned();
    let mut below = blanks(lines.content(text, point.line).of(text));
    let mut least = columns(&below);
    let (mut found, mut indents) = (Vec::new(), Vec::new());
    for line in (top + 1..point.line).rev() {
        let words = lines.content(text, line).of(text).trim_end();
        if least == 0 {
            break;
        }
        let Some(prefix) = item_prefix(words).filter(|_| column(words) < least) else { continue };
        least = column(words);
        let indent = below.strip_prefix(&blanks(words)).map_or_else(|| "  ".to_owned(), str::to_owned);
        below = blanks(words);
        let own = words.get(prefix.len()..).unwrap_or("");
        let is_name = || point.owner.as_deref().is_some_and(|owner| parse::is_name_over(own, owner));
        if meeting_words::part(own.trim_end_matches([':', '*', '_', ' '])).is_some() || is_name() {
            found.push(words.trim_start().to_owned());
            indents.push(indent);
        }
    }
    found.reverse();
    indents.reverse();
    (found, indents)
}

/// How a point is copied.
#[derive(Debug, Clone, Copy)]
pub struct Copying<'a> {
    /// The mark with its origin.
    pub mark: &'a str,
    /// A block id for the copy.
    pub id: Option<&'a str>,
    /// Nested points that are not carried over, with everything under them: indices into the meeting's points.
    pub stays: &'a BTreeSet<usize>,
    /// Closed points under it: what goes along under them moves up to their place.
    pub lifted: &'a BTreeSet<usize>,
    /// Owners who are not known in the new place, by point: their names are written as fields.
    pub owners: &'a BTreeMap<usize, String>,
}

/// The lines of the copy of a point, with everything under it that is carried over; without indentation.
#[must_use]
pub fn copy(text: &str, lines: &Lines, note: &Note, meeting: &Meeting, index: usize, how: &Copying<'_>) -> Vec<String> {
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
    words.insert_str(at, &format!(" {}", how.mark));
    if let Some(owner) = how.owners.get(&index) {
        words = with_owner(&words, owner);
    }
    if let Some(id) = how.id {
        words.push_str(&format!(" ^{id}"));
    }

    let quotes = first.chars().take_while(|c| c.is_whitespace() || *c == '>').filter(|c| *c == '>').count();
    let bare = unquoted(first, quotes);
    let indent = columns(bare.get(..bare.len() - bare.trim_start().len()).unwrap_or(""));
    let mut own = words.split(['\n', '\r']).filter(|line| !line.is_empty());
    let mut copied = vec![format!("{}{}", lead(bare, point, task), own.next().unwrap_or("").trim_end())];
    // what went on without a bullet stands under one now
    let under = if item_prefix(bare.trim_start()).is_some() || point.in_table { "" } else { "  " };
    copied.extend(own.map(|line| format!("{under}{}", dedented(unquoted(line, quotes), indent).trim_end())));

    let last = lines.line(point.span.end.saturating_sub(1)).max(point.line);
    let own_end = |point: &Point| lines.line(point.span.end.saturating_sub(1)).max(point.line);
    let column = |child: usize| {
        let line = meeting.points.get(child).map_or("", |point| lines.content(text, point.line).of(text));
        let line = unquoted(line, quotes);
        columns(line.get(..line.len() - line.trim_start().len()).unwrap_or(""))
    };
    let mut below = points_under(meeting, index).peekable();
    // the points around a line, outermost first
    let mut around: Vec<usize> = Vec::new();
    for line in last + 1..=point.end_line {
        let starts = |child: &usize| meeting.points.get(*child).is_some_and(|point| point.line <= line);
        let ended = |child: &usize| meeting.points.get(*child).is_none_or(|point| point.end_line < line);
        while let Some(child) = below.next_if(starts) {
            while around.last().is_some_and(|other| meeting.points.get(child).map(|c| c.parent) != Some(Some(*other))) {
                around.pop();
            }
            around.push(child);
        }
        while around.last().is_some_and(ended) {
            around.pop();
        }
        let innermost = around.last();
        if around.iter().any(|child| how.stays.contains(child)) || innermost.is_some_and(|at| how.lifted.contains(at)) {
            continue;
        }
        let up = around.windows(2).filter_map(|pair| match pair {
            [above, child] if how.lifted.contains(above) => Some(column(*child).saturating_sub(column(*above))),
            _ => None,
        });
        let words = dedented(unquoted(lines.content(text, line).of(text), quotes), indent + up.sum::<usize>());
        let child = innermost.and_then(|at| meeting.points.get(*at));
        // an id names the whole point, and stands at its end
        let is_wrapped = child.is_some_and(|child| line < own_end(child));
        let words = if is_wrapped { words.trim_end().to_owned() } else { without_id(&words) };
        // the field goes after the last of its own words
        let owner = child.filter(|child| line == own_end(child)).and(innermost).and_then(|at| how.owners.get(at));
        copied.push(owner.map_or_else(|| words.clone(), |owner| with_owner(&words, owner)));
    }
    while copied.last().is_some_and(|line| line.trim().is_empty()) {
        copied.pop();
    }
    copied
}

/// The owner and day of a table row, as fields after its words.
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

/// Bullet and box of the copy: those of the point, if it has them.
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

/// A line without this many quote marks.
fn unquoted(line: &str, quotes: usize) -> &str {
    let mut rest = line;
    for _ in 0..quotes {
        let Some(behind) = rest.trim_start().strip_prefix('>') else { break };
        rest = behind.strip_prefix(' ').unwrap_or(behind);
    }
    rest
}

/// A line with this many columns of indentation removed.
fn dedented(line: &str, indent: usize) -> String {
    let blanks = line.len() - line.trim_start_matches([' ', '\t']).len();
    let (before, rest) = line.split_at_checked(blanks).unwrap_or(("", line));
    let kept = (0..=before.len()).find(|at| columns(before.get(..*at).unwrap_or("")) >= indent).unwrap_or(before.len());
    format!("{}{rest}", before.get(kept..).unwrap_or(""))
}

/// The points that are under another, at any depth.
pub fn points_under(meeting: &Meeting, index: usize) -> impl Iterator<Item = usize> + '_ {
    let points = &meeting.points;
    let is_below = move |mut at: usize| {
        while let Some(parent) = points.get(at).and_then(|point| point.parent) {
            if parent == index {
                return true;
            }
            at = parent;
        }
        false
    };
    (index + 1..points.len()).take_while(move |at| is_below(*at))
}

/// Marks a copy as private, because the original was.
pub fn keep_private(item: &mut [String]) {
    let Some(first) = item.first_mut() else { return };
    if parse::tag_spans(first).iter().any(|tag| is_private_tag(tag.of(first))) {
        return;
    }
    let id = parse::block_mark(first).map_or(first.len(), |(start, _)| start);
    let words = first.get(..id).unwrap_or(first).trim_end();
    first.insert_str(parse::end_before_fields(words), " #private");
}

/// Words with the name of the owner added as a field.
fn with_owner(words: &str, owner: &str) -> String {
    let mut words = words.to_owned();
    let at = parse::end_before_fields(&words);
    words.insert_str(at, &format!(" [owner:: {owner}]"));
    words
}

/// True for headings with the same words, ignoring numbers, marks and colons.
fn same_words(one: &str, other: &str) -> bool {
    let bare = |text: &str| {
        let text = text.trim().trim_end_matches(':').trim_matches(['*', '_', ' ']);
        let rest = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        let numbered = rest.len() < text.len() && rest.len() + 1 < text.len() || rest.starts_with(')');
        let rest = rest.trim_start_matches(')');
        fold(if numbered && rest.starts_with(' ') { rest.trim() } else { text })
    };
    bare(one) == bare(other)
}

/// The edits that mark an old point as moved: in its box, if it has one, and by a link to the copy.
#[must_use]
pub fn mark_moved(text: &str, note: &Note, point: &Point, link: &str) -> Vec<Edit> {
    let task = point.task.and_then(|task| note.tasks.get(task));
    if task.is_some_and(|task| task.form == Form::TodoTxt) {
        return Vec::new();
    }
    let own = point.text_span.of(text);
    let id = parse::block_mark(own).map(|(start, _)| start);
    let end = point.text_span.start + own.get(..id.unwrap_or(own.len())).unwrap_or(own).trim_end().len();
    let arrow = Edit { start: end, end, text: format!(" → {link}") };
    let boxed = match task {
        // Logseq has no keyword for moved items: the link shows it
        Some(task) if task.form == Form::Marker => None,
        Some(task) => Some(Edit { start: task.symbol_span.start, end: task.symbol_span.end, text: ">".to_owned() }),
        // a point without a box gets none
        None => None,
    };
    boxed.into_iter().chain([arrow]).collect()
}

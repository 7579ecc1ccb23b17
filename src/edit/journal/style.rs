//! How days are written in a note, inferred from its existing days.

use chrono::NaiveDate;

use crate::edit::journal::Order;
use crate::edit::journal::columns;
use crate::edit::journal::content;
use crate::edit::journal::is_blank;
use crate::edit::journal::is_rule;
use crate::edit::journal::item_prefix;
use crate::model::Entry;
use crate::model::Lines;
use crate::model::Note;
use crate::model::Precision;
use crate::model::SectionKind;
use crate::model::words::fold;
use crate::parse::dates;
use crate::parse::dates::Form;
use crate::parse::markers::is_thematic_break;

/// The number of recent days that show whether days are lists.
const RECENT: usize = 5;

/// The kind of line that dates an entry; days with the same kind are siblings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shape {
    /// With its level.
    Heading(u8),
    /// With the column of its marker.
    Bullet(usize),
    /// Another line.
    Label,
}

/// A day as written in a note.
#[derive(Debug, Clone)]
pub(super) struct Day {
    pub(super) line: usize,
    /// The last line of its text: without blank lines and a rule after it. 1-based.
    pub(super) last: usize,
    /// The last line that belongs to it, including a rule. 1-based.
    pub(super) end: usize,
    pub(super) date: NaiveDate,
    pub(super) shape: Shape,
    /// The text before the date on its line.
    before: String,
    /// The text after the date that is part of the style: `:`, `**`, ` ##`.
    after: String,
    /// There is nothing else on the line.
    bare: bool,
    underline: Option<char>,
    written: String,
}

/// How days are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Style {
    pub(super) shape: Shape,
    pub(super) before: String,
    pub(super) after: String,
    /// For an underlined heading, its character.
    pub(super) underline: Option<char>,
    /// How the date is written.
    pub(super) form: Form,
    /// The lines between two days: blank lines, possibly with a rule.
    pub(super) gap: Option<Vec<String>>,
    /// Blank lines between the title and the first day.
    pub(super) top: Option<usize>,
    /// Blank lines between a day's line and its text.
    pub(super) under: Option<usize>,
    /// The prefix of a line in a day, `- ` or `  - `; empty if days are prose.
    pub(super) item: Option<String>,
    pub(super) order: Option<Order>,
    /// `Some` if days are meetings, with words next to their dates; true if all of them share these words.
    pub(super) titled: Option<bool>,
}

impl Style {
    /// The default: `## 2026-11-21 Sat`, a heading of this level.
    #[must_use]
    pub fn plain(level: u8) -> Self {
        Self {
            shape: Shape::Heading(level),
            before: format!("{} ", "#".repeat(level.clamp(1, 6).into())),
            after: String::new(),
            underline: None,
            form: dates::style_of("2026-11-21 Sat").unwrap_or_else(Form::iso),
            gap: None,
            top: None,
            under: None,
            item: None,
            order: None,
            titled: None,
        }
    }

    /// Fills in what this note leaves open from another one.
    #[must_use]
    pub fn or(mut self, other: &Self) -> Self {
        self.gap = self.gap.or_else(|| other.gap.clone());
        self.top = self.top.or(other.top);
        self.order = self.order.or(other.order);
        // headings and bullets indent their contents differently
        if std::mem::discriminant(&self.shape) == std::mem::discriminant(&other.shape) {
            self.under = self.under.or(other.under);
            self.item = self.item.or_else(|| other.item.clone());
        }
        self
    }

    /// Where a new day goes, if the existing days show it.
    #[must_use]
    pub const fn order(&self) -> Option<Order> {
        self.order
    }

    /// Blank lines between a day's line and its text, if the existing days show it.
    #[must_use]
    pub const fn under(&self) -> Option<usize> {
        self.under
    }

    /// Without the topic of the meeting that served as a model: `: budget`.
    #[must_use]
    pub fn without(mut self, topic: &str) -> Self {
        if let Some(at) = self.after.rfind(topic) {
            self.after.replace_range(at..at + topic.len(), "");
            self.after.truncate(self.after.trim_end().len());
        } else if let Some(at) = self.before.rfind(topic) {
            self.before.replace_range(at..at + topic.len(), "");
        }
        self
    }

    /// With the text before and after the date converted by `count`: the number of a meeting is incremented.
    #[must_use]
    pub fn counted(mut self, count: &dyn Fn(&str) -> String) -> Self {
        self.before = count(&self.before);
        self.after = count(&self.after);
        self
    }

    /// The lines that begin a day.
    pub(super) fn lines(&self, form: &Form, day: NaiveDate) -> Vec<String> {
        let line = format!("{}{}{}", self.before, form.format(day), self.after);
        let under = self.underline.map(|c| c.to_string().repeat(line.chars().count().max(3)));
        [Some(line), under].into_iter().flatten().collect()
    }
}

/// How a note writes its days; `None` if none of them can serve as a model.
#[must_use]
pub fn style(text: &str, note: &Note) -> Option<Style> {
    style_of(text, note, None)
}

/// How a note writes its meetings, which are its entries. `words`: the words next to the date are the same for all, and part
/// of the style.
#[must_use]
pub fn meeting_style(text: &str, note: &Note, words: bool) -> Option<Style> {
    style_of(text, note, Some(words))
}

fn style_of(text: &str, note: &Note, titled: Option<bool>) -> Option<Style> {
    let lines = Lines::new(text);
    let days = days(text, &lines, note, titled);
    let model = model(&days)?;
    let siblings: Vec<&Day> = days.iter().filter(|day| day.shape == model.shape).collect();
    let mut newest: Vec<&Day> = siblings.clone();
    newest.sort_by_key(|day| (std::cmp::Reverse(day.date), day.line));
    // follow the model first; the others fill in what it leaves open
    let own = std::iter::once(model.written.as_str());
    let form = dates::style_of_all(own.chain(newest.iter().map(|day| day.written.as_str())))?;
    // `11/05/2026` could be either: the note knows which
    let form = form.as_written(&model.written, model.date);
    let bodies = || newest.iter().filter_map(|day| Some((*day, first_text(text, &lines, day)?)));
    let items: Vec<String> = bodies().take(RECENT).map(|(day, first)| item_of(text, &lines, day, first)).collect();
    let lists = items.iter().filter(|item| !item.is_empty());
    // a picture or a sentence at the beginning of one day does not make the journal prose
    let item = if lists.clone().count() * 2 >= items.len() { lists.clone().next() } else { items.first() };
    Some(Style {
        shape: model.shape.clone(),
        before: model.before.clone(),
        after: model.after.clone(),
        underline: model.underline,
        form,
        gap: gap(text, &lines, &siblings, model),
        top: siblings.first().and_then(|first| top(text, &lines, note, first.line)),
        under: bodies().map(|(day, first)| first - day.line - 1 - usize::from(day.underline.is_some())).next(),
        item: item.cloned(),
        order: order(&siblings),
        titled,
    })
}

/// The model for a new day: the newest whose line consists of a date, else the newest.
pub(super) fn model(days: &[Day]) -> Option<&Day> {
    let newest = |bare: bool| {
        days.iter()
            .filter(|day| (day.bare || !bare) && dates::style_of(&day.written).is_some())
            .max_by_key(|day| (day.date, std::cmp::Reverse(day.line)))
    };
    newest(true).or_else(|| newest(false))
}

/// The days in the text of a note, in order, without the day in the file's name.
pub(super) fn days(text: &str, lines: &Lines, note: &Note, titled: Option<bool>) -> Vec<Day> {
    let entries = note.entries.iter().filter(|entry| entry.precision == Precision::Day);
    entries.filter_map(|entry| day(text, lines, note, entry, titled)).collect()
}

fn day(text: &str, lines: &Lines, note: &Note, entry: &Entry, titled: Option<bool>) -> Option<Day> {
    let line = content(text, lines, entry.line);
    let at = note.sections.partition_point(|section| section.line < entry.line);
    let section = note.sections.get(at).filter(|section| section.line == entry.line);
    let at = line.find(&entry.written)?;
    let (before, behind) = (line.get(..at)?, line.get(at + entry.written.len()..)?);
    let shape = match (section.map(|section| section.kind), item_prefix(line)) {
        (Some(SectionKind::Heading), _) => Shape::Heading(section?.level),
        (Some(SectionKind::Soft), _) => Shape::Label,
        (None, Some(prefix)) => Shape::Bullet(columns(prefix.trim_end().trim_end_matches(['-', '*', '+']))),
        (None, None) => return None,
    };
    let marks = |text: &str| !text.chars().any(char::is_alphanumeric);
    let is_label = shape == Shape::Label;
    // `## Standup 2024-01-05` is not a day of a journal, and an address after the date would belong to the old one
    if entry.line < lines.line(note.body_start)
        || behind.starts_with("](")
        || !(is_label || titled.is_some() || marks(before))
    {
        return None;
    }
    let bare = is_label || titled.is_some() || marks(behind);
    let closing = behind.len() - behind.trim_start_matches([']', ')', '>', '*', '_']).len();
    let after = if bare && titled != Some(false) { behind.trim_end() } else { behind.get(..closing)? };
    let before = match titled {
        None => before.to_owned(),
        Some(true) => without_relative(before),
        Some(false) => before.chars().filter(|c| !c.is_alphanumeric()).collect(),
    };
    let underlined = section.is_some_and(|section| lines.line(section.heading_span.end.saturating_sub(1)) > entry.line);
    let underline = underlined.then(|| content(text, lines, entry.line + 1).trim().chars().next()).flatten();
    let first = entry.line + usize::from(underline.is_some());
    let is_end = |line: &usize| !is_blank(text, lines, *line) && !is_rule(text, lines, note, *line);
    let last = (first..=entry.end_line).rev().find(is_end).unwrap_or(first);
    Some(Day {
        line: entry.line,
        last: last.max(first),
        end: entry.end_line.max(first),
        date: entry.date,
        shape,
        before,
        after: after.to_owned(),
        bare,
        underline,
        written: entry.written.clone(),
    })
}

/// `Last meeting (` is `Meeting (` for the next one.
fn without_relative(before: &str) -> String {
    let start = before.find(char::is_alphanumeric).unwrap_or(before.len());
    let (marks, words) = before.split_at_checked(start).unwrap_or(("", before));
    let Some((first, rest)) = words.split_once(' ') else { return before.to_owned() };
    if !matches!(
        fold(first).as_str(),
        "last" | "next" | "this" | "previous" | "letzte" | "letztes" | "nachste" | "nachstes"
    ) {
        return before.to_owned();
    }
    let mut letters = rest.chars();
    let capital = letters.next().into_iter().flat_map(char::to_uppercase);
    marks.chars().chain(capital).chain(letters).collect()
}

/// The first line of a day's text.
fn first_text(text: &str, lines: &Lines, day: &Day) -> Option<usize> {
    let first = day.line + 1 + usize::from(day.underline.is_some());
    (first..=day.last).find(|line| !is_blank(text, lines, *line))
}

/// The prefix of lines in this day: that of its first line, if it is a list item.
fn item_of(text: &str, lines: &Lines, day: &Day, first: usize) -> String {
    let items = (first..=day.last).filter_map(|line| item_prefix(content(text, lines, line)));
    let is_list = item_prefix(content(text, lines, first)).is_some();
    let prefix = items.min_by_key(|prefix| columns(prefix)).filter(|_| is_list);
    prefix.map(unnumbered).unwrap_or_default()
}

/// Numbered lists restart with 1 on a new day.
fn unnumbered(prefix: &str) -> String {
    let number = prefix.trim_matches(|c: char| !c.is_ascii_digit());
    if number.is_empty() { prefix.to_owned() } else { prefix.replacen(number, "1", 1) }
}

/// The lines between two days, taken from the pair closest to the model.
fn gap(text: &str, lines: &Lines, siblings: &[&Day], model: &Day) -> Option<Vec<String>> {
    let pairs = siblings.windows(2).filter_map(|pair| match pair {
        [one, other] if one.end < other.line => {
            let between: Vec<&str> = (one.last + 1..other.line).map(|line| content(text, lines, line)).collect();
            let plain = between.iter().all(|line| line.trim().is_empty() || is_thematic_break(line));
            plain.then(|| (one.line.abs_diff(model.line), between))
        }
        _ => None,
    });
    let (_, between) = pairs.min_by_key(|(distance, _)| *distance)?;
    Some(between.into_iter().map(|line| line.trim_end().to_owned()).collect())
}

/// Blank lines above a line directly under a heading.
fn top(text: &str, lines: &Lines, note: &Note, line: usize) -> Option<usize> {
    let above = (1..line).rev().find(|above| !is_blank(text, lines, *above))?;
    let is_heading = |section: &crate::model::Section| lines.line(section.heading_span.end.saturating_sub(1)) == above;
    note.sections.iter().any(is_heading).then_some(line - above - 1)
}

/// Judged by pairs of adjacent days.
fn order(siblings: &[&Day]) -> Option<Order> {
    let mut falling = 0_usize;
    let mut rising = 0_usize;
    for pair in siblings.windows(2) {
        if let [one, other] = pair {
            falling += usize::from(one.date > other.date);
            rising += usize::from(one.date < other.date);
        }
    }
    match falling.cmp(&rising) {
        std::cmp::Ordering::Greater => Some(Order::NewestFirst),
        std::cmp::Ordering::Less => Some(Order::OldestFirst),
        std::cmp::Ordering::Equal => None,
    }
}

//! Adds a day to a note.

use std::collections::BTreeMap;

use chrono::Datelike as _;
use chrono::NaiveDate;

use crate::edit::journal::Order;
use crate::edit::journal::Style;
use crate::edit::journal::is_blank;
use crate::edit::journal::is_rule;
use crate::edit::journal::line_end;
use crate::edit::journal::style;
use crate::edit::journal::style::Day;
use crate::edit::splice::apply_text;
use crate::model::Edit;
use crate::model::Entry;
use crate::model::Lines;
use crate::model::Note;
use crate::model::Precision;
use crate::model::Section;
use crate::model::SectionKind;
use crate::parse::dates;
use crate::parse::dates::Form;
use crate::parse::markers::is_thematic_break;

/// More explicit ways to write a date, for notes where the usual one would be read as another day.
const FULLER: [&str; 3] = ["Mon 28th Feb", "Mon 28th Feb 2022", "2022-02-28"];

/// The edit that adds the day `today` to a note that does not have it, and the 1-based line where the day then begins.
///
/// `style` is how the day is written, `order` where it goes; `read` parses a text as this note. Of the ways to write
/// the date the first is used after which the note has exactly one more entry, with all others unchanged.
#[must_use]
pub fn add_day(
    text: &str,
    note: &Note,
    today: NaiveDate,
    style: &Style,
    order: Order,
    read: &dyn Fn(&str) -> Note,
) -> (Edit, usize) {
    let own = std::iter::once(style.form.clone());
    let ways: Vec<Form> = own.chain(FULLER.iter().filter_map(|way| dates::style_of(way))).collect();
    let mut first = None;
    for form in ways {
        let lines = style.lines(&form, today);
        let edit = insertion(text, note, today, style, order, &lines);
        let Ok(after) = apply_text(text, std::slice::from_ref(&edit)) else { continue };
        let count = edit.text.split_inclusive(['\n', '\r']).count();
        let from = Lines::new(text).line(edit.start);
        let now = read(&after);
        let is_today = |entry: &&Entry| entry.date == today && entry.precision == Precision::Day;
        let known = counts(note.entries.iter().filter(is_today));
        let after = counts(now.entries.iter().filter(is_today));
        let is_new = |entry: &&Entry| after.get(&*entry.written) > known.get(&*entry.written);
        let added = now.entries.iter().filter(is_today).find(is_new);
        if let Some(added) = added.filter(|_| keeps(note, &now)) {
            return (edit, added.line);
        }
        first.get_or_insert((edit, from + count.saturating_sub(1)));
    }
    // nothing is read as this day (a note of another month): write it like the others
    first.unwrap_or_else(|| (Edit { start: text.len(), end: text.len(), text: String::new() }, 1))
}

/// How often each spelling of dates occurs in some entries.
fn counts<'e>(entries: impl Iterator<Item = &'e Entry>) -> BTreeMap<&'e str, usize> {
    let mut counts = BTreeMap::new();
    for entry in entries {
        *counts.entry(entry.written.as_str()).or_insert(0) += 1;
    }
    counts
}

/// True if all days of a note are unchanged, and there is one more; the entry of the whole file is ignored.
fn keeps(before: &Note, after: &Note) -> bool {
    fn days(note: &Note) -> Vec<(NaiveDate, &str)> {
        let is_day = |entry: &&Entry| entry.precision == Precision::Day && entry.span.start >= note.body_start;
        let mut days: Vec<_> =
            note.entries.iter().filter(is_day).map(|entry| (entry.date, entry.written.as_str())).collect();
        days.sort_unstable();
        days
    }
    let (old, new) = (days(before), days(after));
    let mut new = new.into_iter().peekable();
    let mut more = 0;
    for day in old {
        while new.next_if(|other| *other < day).is_some() {
            more += 1;
        }
        if new.next_if_eq(&day).is_none() {
            return false;
        }
    }
    more + new.count() <= 1
}

fn insertion(text: &str, note: &Note, today: NaiveDate, style: &Style, order: Order, new: &[String]) -> Edit {
    let lines = Lines::new(text);
    let days = style::days(text, &lines, note, style.titled);
    let siblings: Vec<&Day> = days.iter().filter(|day| day.shape == style.shape).collect();
    let newest = siblings.iter().max_by_key(|day| (day.date, std::cmp::Reverse(day.line)));
    let writer = Writer { text, note, lines: &lines, gap: style.gap.clone().unwrap_or_else(|| vec![String::new()]) };
    let Some(newest) = newest else {
        return writer.at_end(note, new, style.top.unwrap_or(1));
    };
    let above = above(note, &lines, newest);
    let stale = above
        .iter()
        .position(|section| renamed(&section.text, newest.date, today).is_some_and(|new| new != section.text));
    let Some(stale) = stale else {
        let within = above.last();
        let inside =
            |day: &&&Day| within.is_none_or(|section| section.line <= day.line && day.line <= section.end_line);
        let siblings: Vec<&Day> = siblings.iter().filter(inside).copied().collect();
        return writer.among(&siblings, today, order, new);
    };
    writer.in_new_period(note, above.get(stale..).unwrap_or(&[]), newest.date, today, order, new, style)
}

/// The headings above a day, outermost first.
fn above<'n>(note: &'n Note, lines: &Lines, day: &Day) -> Vec<&'n Section> {
    let own = note.section_at(lines.start(day.line)).and_then(|at| note.sections.get(at));
    let mut at = match own {
        Some(section) if section.line == day.line => section.parent,
        Some(_) => note.section_at(lines.start(day.line)),
        None => None,
    };
    let mut above = Vec::new();
    while let Some(section) = at.and_then(|at| note.sections.get(at)) {
        if section.kind == SectionKind::Heading {
            above.push(section);
        }
        at = section.parent;
    }
    above.reverse();
    above
}

/// A heading over days after its month, week or year has changed: `November 2026`, `2026`.
fn renamed(text: &str, old: NaiveDate, new: NaiveDate) -> Option<String> {
    if text.trim() == old.year().to_string() {
        return Some(new.year().to_string());
    }
    dates::exchange(text, old, new).or_else(|| {
        // `Feb 2021` over days of 2022 still names their month
        let (written, form) = dates::style_of_name(text)?;
        let holds_days = old.pred_opt().is_some_and(|before| {
            let other = if before.month() == old.month() { before } else { old.succ_opt().unwrap_or(before) };
            form.format(other) == form.format(old)
        });
        holds_days.then(|| text.replacen(&written, &form.format(new), 1))
    })
}

struct Writer<'t> {
    text: &'t str,
    note: &'t Note,
    lines: &'t Lines,
    gap: Vec<String>,
}

impl Writer<'_> {
    /// Inserts before a line: the new lines, then the gap between two days.
    fn before(&self, line: usize, new: &[String], gap: &[String]) -> Edit {
        let end = line_end(self.text);
        let text: String = new.iter().chain(gap).flat_map(|line| [line.as_str(), end]).collect();
        let at = self.lines.start(line);
        Edit { start: at, end: at, text }
    }

    /// Inserts after a line: the gap between two days, then the new lines.
    fn after(&self, line: usize, new: &[String], gap: &[String]) -> Edit {
        let end = line_end(self.text);
        let text: String = gap.iter().chain(new).flat_map(|line| [end, line.as_str()]).collect();
        let at = self.lines.content(self.text, line).end;
        Edit { start: at, end: at, text }
    }

    /// Inserts at the end of a note without days.
    fn at_end(&self, note: &Note, new: &[String], top: usize) -> Edit {
        let first = self.lines.line(note.body_start.min(self.text.len()));
        let last = (first..=self.lines.count()).rev().find(|line| !is_blank(self.text, self.lines, *line));
        match last.filter(|_| note.body_start < self.text.len()) {
            Some(last) => {
                let heading = |section: &Section| self.lines.line(section.heading_span.end.saturating_sub(1)) == last;
                let blank = if note.sections.iter().any(heading) { top } else { 1 };
                self.after(last, new, &vec![String::new(); blank])
            }
            None => {
                let end = line_end(self.text);
                let open = !self.text.is_empty() && !self.text.ends_with(['\n', '\r']);
                let begin = if open { end } else { "" };
                let lines: String = new.iter().flat_map(|line| [line.as_str(), end]).collect();
                Edit { start: self.text.len(), end: self.text.len(), text: format!("{begin}{lines}") }
            }
        }
    }

    /// Inserts among the days of a note.
    fn among(&self, siblings: &[&Day], today: NaiveDate, order: Order, new: &[String]) -> Edit {
        let older = |day: &&&Day| day.date <= today;
        let after = |day: &Day| {
            // where the day ends in its rule, the rule is there already
            let ruled = is_rule(self.text, self.lines, self.note, day.end);
            let own =
                self.gap.iter().rposition(|line| is_thematic_break(line)).filter(|_| ruled).map_or(0, |at| at + 1);
            self.after(day.end, new, self.gap.get(own..).unwrap_or(&[]))
        };
        let found = match order {
            Order::NewestFirst => siblings.iter().find(older).map(|day| self.before(day.line, new, &self.gap)),
            Order::OldestFirst => siblings.iter().rfind(older).map(|day| after(day)),
        };
        // all days are in the future
        found
            .or_else(|| match order {
                Order::NewestFirst => siblings.last().map(|day| after(day)),
                Order::OldestFirst => siblings.first().map(|day| self.before(day.line, new, &self.gap)),
            })
            .unwrap_or_else(|| Edit { start: self.text.len(), end: self.text.len(), text: String::new() })
    }

    /// Inserts under a new heading for the month (week, year), or under an existing one without days.
    #[expect(clippy::too_many_arguments, reason = "all of them say what the new lines are")]
    fn in_new_period(
        &self,
        note: &Note,
        periods: &[&Section],
        old: NaiveDate,
        today: NaiveDate,
        order: Order,
        new: &[String],
        style: &Style,
    ) -> Edit {
        let top = vec![String::new(); style.top.unwrap_or(1)];
        let mut all: Vec<String> = Vec::new();
        for section in periods {
            let name = renamed(&section.text, old, today).unwrap_or_else(|| section.text.clone());
            let there = |other: &&Section| other.level == section.level && other.text == name;
            if all.is_empty()
                && let Some(there) = note.sections.iter().rfind(there)
            {
                return self.after(there.line, new, &top);
            }
            all.push(format!("{} {name}", "#".repeat(section.level.into())));
            all.extend(top.iter().cloned());
        }
        all.extend(new.iter().cloned());
        let Some(outer) = periods.first() else { return self.after(self.lines.count(), &all, &top) };
        let blank = [String::new()];
        match order {
            Order::NewestFirst => self.before(outer.line, &all, &blank),
            Order::OldestFirst => {
                let last = (outer.line..=outer.end_line).rev().find(|line| !is_blank(self.text, self.lines, *line));
                self.after(last.unwrap_or(outer.line), &all, &blank)
            }
        }
    }
}

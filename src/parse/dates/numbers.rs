//! Days that consist of a number below a heading with a month: `## 2`, `## 3.`, `## Day 5` in a note of May 2025.
//!
//! The number might also be a chapter's. It is a day if nothing else is in the heading, if two or more of them ascend or
//! descend below the month, and if all of them are days of that month.

use std::collections::BTreeMap;

use crate::model::words;
use crate::parse::dates::draft::Draft;
use crate::parse::dates::grammar;
use crate::parse::dates::input::LineKind;
use crate::parse::dates::lines;
use crate::parse::dates::period;
use crate::parse::dates::period::Period;
use crate::parse::dates::written::Order;
use crate::parse::dates::written::Parts;
use crate::parse::dates::written::WrittenDate;
use crate::parse::dates::written::date;

/// Words before the number of a day, folded.
const DAYS: &[&str] = &["day", "tag", "jour", "dia"];
/// Signs after the number.
const DAY_SIGNS: [char; 2] = ['日', '일'];

/// The headings of one level right below a month.
#[derive(Default)]
struct Group {
    year: i32,
    month: u32,
    days: Vec<(usize, WrittenDate)>,
    /// It includes a number with other words: `1 Introduction`.
    is_counted: bool,
}

/// The headings that are days by their number, by index, in addition to those in `read` that are dates by themselves.
pub(super) fn find(draft: &Draft<'_>, read: &[(usize, WrittenDate)]) -> Vec<(usize, WrittenDate)> {
    let own = period::of_note(draft);
    let mut groups = BTreeMap::<(Option<usize>, u8), Group>::new();
    // the headings above, with the line of the month or year in each, and the period itself
    let mut above: Vec<(u8, Option<usize>, Period)> = Vec::new();
    for (at, line) in draft.input.lines.iter().enumerate() {
        let LineKind::Heading(level) = line.kind else { continue };
        while above.last().is_some_and(|(other, ..)| *other >= level) {
            above.pop();
        }
        let (key, around) = above.last().map_or((None, own), |(_, key, around)| (*key, *around));
        let reading = read.binary_search_by_key(&at, |(at, _)| *at).ok().and_then(|nth| read.get(nth));
        let number = day_number(line.text).filter(|_| reading.is_none());
        if let Some((year, month)) = around.year.zip(around.month)
            && reading.is_none()
        {
            let group = groups.entry((key, level)).or_default();
            (group.year, group.month) = (year, month);
            group.days.extend(number.map(|day| (at, as_reading(day, line.text))));
            group.is_counted |= number.is_none() && line.text.starts_with(|c: char| c.is_ascii_digit());
        }
        let (key, period) = match reading {
            _ if draft.title == Some(at) && number.is_none() => (None, own),
            Some((_, reading)) if reading.is_month() && is_only(line.text, reading) => {
                (Some(at), Period { year: reading.start.year, month: reading.start.month })
            }
            Some(_) => (Some(at), Period::default()),
            None => match (lines::only_a_year(line.text), grammar::month_name(line.text)) {
                (Some(year), _) => (Some(at), Period { year: Some(year), month: None }),
                (None, Some(month)) => (Some(at), Period { year: around.year, month: Some(month) }),
                (None, None) => (Some(at), Period::default()),
            },
        };
        above.push((level, key, period));
    }
    groups.into_values().filter(Group::is_of_days).flat_map(|group| group.days).collect()
}

impl Group {
    fn is_of_days(&self) -> bool {
        let days: Vec<u32> = self.days.iter().filter_map(|(_, reading)| reading.start.day).collect();
        let in_order = days.is_sorted_by(|one, other| one < other) || days.is_sorted_by(|one, other| one > other);
        let fit = days.iter().all(|day| date(self.year, self.month, *day).is_some());
        days.len() >= 2 && in_order && fit && !self.is_counted
    }
}

/// True for a heading that consists of its month and words for a journal.
fn is_only(text: &str, reading: &WrittenDate) -> bool {
    let written = text.get(reading.span.clone()).unwrap_or(text);
    let rest = text.replacen(written, " ", 1);
    !rest.contains(char::is_alphanumeric) || period::is_journal(&rest)
}

/// The number, for a text that is nothing else: `2`, `3.`, `08`, `Day 5`, `5日`.
fn day_number(text: &str) -> Option<u32> {
    let mut words = text.split_whitespace();
    let (first, second) = (words.next()?, words.next());
    let number = match second {
        Some(number) if DAYS.contains(&words::fold(first).as_str()) => number,
        Some(_) => return None,
        None => first,
    };
    let number = number.strip_suffix(['.', ':']).unwrap_or(number);
    let digits = number.strip_suffix(DAY_SIGNS).unwrap_or(number);
    let is_short = (1..=2).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|_| is_short && words.next().is_none())
}

fn as_reading(day: u32, text: &str) -> WrittenDate {
    let written = text.trim_end_matches(['.', ':']);
    WrittenDate {
        start: Parts { day: Some(day), ..Parts::default() },
        end: None,
        week: None,
        order: Order::Plain,
        languages: u8::MAX,
        full_in: 0,
        uncertain: false,
        month_or_weekday: false,
        form: None,
        span: 0..written.len(),
    }
}

//! A calendar of activity as text: weeks are columns, weekdays rows, darker is more.

use std::collections::BTreeMap;

use chrono::Datelike as _;
use chrono::Days;
use chrono::NaiveDate;

use crate::report::journal::Written;
use crate::view::Line;
use crate::view::screen::Role;
use crate::view::screen::cell;
use crate::view::screen::plain;
use crate::view::words;

/// The columns of a year: a year is 52 weeks and a day or two.
pub const WEEKS: u64 = 53;
/// Nothing, then four shades.
const SHADES: [char; 5] = ['·', '░', '▒', '▓', '█'];
/// Columns of the names of weekdays.
const MARGIN: usize = 5;
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// How many weeks fit a width; all of a year in a pipe.
#[must_use]
pub fn weeks(width: Option<usize>) -> u64 {
    width.map_or(WEEKS, |width| u64::try_from(width.saturating_sub(MARGIN)).unwrap_or(WEEKS).clamp(1, WEEKS))
}

/// The calendar from `first` to `last` with its legend; the earliest weeks are left out where only `weeks` fit.
///
/// The shades are quarters of the days shown, by their words: each of `░▒▓█` stands for about as many days.
#[must_use]
pub fn lines(days: &BTreeMap<NaiveDate, Written>, first: NaiveDate, last: NaiveDate, weeks: u64) -> Vec<Line> {
    let monday = |day: NaiveDate| day.checked_sub_days(Days::new(day.weekday().num_days_from_monday().into()));
    let (Some(from), Some(to)) = (monday(first), monday(last)) else { return Vec::new() };
    let whole = u64::try_from((to - from).num_days() / 7).unwrap_or(0) + 1;
    let count = whole.min(weeks);
    let Some(from) = to.checked_sub_days(Days::new(7 * (count - 1))) else { return Vec::new() };
    let first = first.max(from);
    let shown: Vec<usize> = days.range(first..=last).map(|(_, written)| written.words).collect();
    let limits = quarters(&shown);
    let columns: Vec<NaiveDate> = (0..count).filter_map(|week| from.checked_add_days(Days::new(7 * week))).collect();
    let mut lines = vec![vec![plain(" ".repeat(MARGIN)), cell(months(&columns, first), Role::Muted)]];
    for weekday in 0..7 {
        let name = columns.first().and_then(|monday| monday.checked_add_days(Days::new(weekday)));
        let name = name.map_or("", words::weekday);
        let mut row = String::new();
        for monday in &columns {
            let day = monday.checked_add_days(Days::new(weekday)).filter(|day| first <= *day && *day <= last);
            row.push(day.map_or(' ', |day| shade(days.get(&day), &limits)));
        }
        lines.push(vec![cell(format!(" {name} "), Role::Muted), cell(row, Role::Good)]);
    }
    lines.push(vec![plain("")]);
    lines.push(vec![plain(" ".repeat(MARGIN)), cell(legend(&limits), Role::Muted)]);
    lines
}

/// The most words of each quarter of the days, rising; fewer than four where days are alike.
fn quarters(words: &[usize]) -> Vec<usize> {
    let mut sorted = words.to_vec();
    sorted.sort_unstable();
    let mut limits: Vec<usize> = (1..=4)
        .filter_map(|quarter| sorted.get((sorted.len() * quarter).div_ceil(4).checked_sub(1)?).copied())
        .collect();
    limits.dedup();
    limits
}

fn shade(written: Option<&Written>, limits: &[usize]) -> char {
    let at = written.map_or(0, |written| 1 + limits.partition_point(|limit| *limit < written.words));
    SHADES.get(at.min(limits.len())).copied().unwrap_or('█')
}

/// The names of months above the columns in which they begin.
fn months(columns: &[NaiveDate], first: NaiveDate) -> String {
    let mut out = String::new();
    let mut taken = 0;
    for (column, monday) in columns.iter().enumerate() {
        let sunday = monday.checked_add_days(Days::new(6)).unwrap_or(*monday);
        let begins = sunday.day() <= 7 && sunday.checked_sub_days(Days::new(6)).is_some();
        if !begins && !(column == 0 && first.day() <= 14) {
            continue;
        }
        let name = MONTHS.get(sunday.month0() as usize).copied().unwrap_or("");
        // no room for a blank between two names, or for the name itself
        if column < taken || column + name.len() > columns.len().max(3) {
            continue;
        }
        out.push_str(&" ".repeat(column - out.len()));
        out.push_str(name);
        taken = column + name.len() + 1;
    }
    out
}

/// `· nothing   ░ 1 to 40 words   ▒ 41 to 120 …`
fn legend(limits: &[usize]) -> String {
    let mut out = "· nothing".to_owned();
    let mut from = 1;
    for (index, limit) in limits.iter().enumerate() {
        let shade = SHADES.get(index + 1).copied().unwrap_or('█');
        let reach = if *limit <= from {
            words::thousands(*limit)
        } else {
            format!("{} to {}", words::thousands(from), words::thousands(*limit))
        };
        out.push_str(&format!("   {shade} {reach}"));
        from = limit + 1;
    }
    if !limits.is_empty() {
        out.push_str(" words a day");
    }
    out
}

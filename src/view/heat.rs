//! A calendar of activity as text: weeks are columns, weekdays are rows, darker means more.

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

/// The number of columns for a year: 52 weeks and a day or two.
const WEEKS: u64 = 53;
/// The number of days in these weeks.
const DAYS: usize = 371;
/// From little to much activity.
const SHADES: [char; 4] = ['░', '▒', '▓', '█'];
/// Columns for the names of weekdays.
const MARGIN: usize = 5;
/// Columns by which the name of the last month may stick out.
const OVERHANG: usize = 2;
pub(crate) const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// A calendar of activity from one day to another.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Heat {
    /// The days on which something was written.
    pub days: BTreeMap<NaiveDate, Written>,
    /// The first day.
    pub first: NaiveDate,
    /// The last day.
    pub last: NaiveDate,
}

impl Heat {
    /// The calendar with its legend; the earliest weeks are left out if a screen is too narrow for all of them.
    #[must_use]
    pub fn lines(&self, width: Option<usize>) -> Vec<Line> {
        lines(&self.days, self.first, self.last, weeks(width))
    }

    /// Every day from the first to the last, at most a year, with its number of words and its shade: 0 for nothing, then 1 to 4.
    #[must_use]
    pub fn steps(&self) -> Vec<(NaiveDate, usize, usize)> {
        let limits = quarters(&self.days.range(self.first..=self.last).map(|(_, day)| day.words).collect::<Vec<_>>());
        let all = self.first.iter_days().take_while(|day| *day <= self.last).take(DAYS);
        let step = |words: usize| {
            let quarter = limits.partition_point(|limit| *limit < words);
            (quarter + 1 + SHADES.len()).saturating_sub(limits.len()).min(SHADES.len())
        };
        all.map(|day| match self.days.get(&day) {
            Some(written) => (day, written.words, step(written.words)),
            None => (day, 0, 0),
        })
        .collect()
    }

    /// The meaning of the shades.
    #[must_use]
    pub fn legend(&self) -> String {
        legend(&quarters(&self.days.range(self.first..=self.last).map(|(_, day)| day.words).collect::<Vec<_>>()))
    }
}

/// The number of weeks that fit a width; a full year in a pipe.
fn weeks(width: Option<usize>) -> u64 {
    width.map_or(WEEKS, |width| u64::try_from(width.saturating_sub(MARGIN + OVERHANG)).unwrap_or(WEEKS).clamp(1, WEEKS))
}

/// The calendar from `first` to `last` with its legend; the earliest weeks are left out if only `weeks` fit.
///
/// The shades are quartiles of the days shown, by number of words: each of `░▒▓█` stands for about as many days.
fn lines(days: &BTreeMap<NaiveDate, Written>, first: NaiveDate, last: NaiveDate, weeks: u64) -> Vec<Line> {
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

/// The upper limit of words in each quartile of the days, ascending; fewer than four if days are alike.
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
    written.map_or('·', |written| shade_of(limits.partition_point(|limit| *limit < written.words), limits))
}

/// The darkest shade stands for the most, even if there are fewer quartiles.
fn shade_of(quarter: usize, limits: &[usize]) -> char {
    SHADES.get((quarter + SHADES.len()).saturating_sub(limits.len())).copied().unwrap_or('█')
}

/// Month names above the columns in which the months begin.
fn months(columns: &[NaiveDate], first: NaiveDate) -> String {
    let mut out = String::new();
    let mut taken = 0;
    for (column, monday) in columns.iter().enumerate() {
        let sunday = monday.checked_add_days(Days::new(6)).unwrap_or(*monday);
        let begins = sunday.day() <= 7;
        let soon = column == 0 && first.day() <= 14;
        if !(begins || soon) {
            continue;
        }
        let name = MONTHS.get(sunday.month0() as usize).copied().unwrap_or("");
        // no room for a space between two names, or for the name itself
        if column < taken || column + name.len() > columns.len() + OVERHANG {
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
        let shade = shade_of(index, limits);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::Screen;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[track_caller]
    fn case(days: &[(&str, usize)], first: &str, last: &str, weeks: u64, want: &[&str]) {
        let days = days.iter().map(|(date, words)| (day(date), Written { entries: 1, words: *words })).collect();
        let shown: Vec<String> =
            lines(&days, day(first), day(last), weeks).iter().map(|line| Screen::default().render(line)).collect();
        assert_eq!(shown, want);
    }

    #[test]
    fn weeks_are_columns() {
        // 1 January 2026 is a Thursday, 6 February a Friday
        let days = [("2026-01-12", 4), ("2026-01-14", 11), ("2026-01-26", 12), ("2026-02-02", 5), ("2026-02-06", 300)];
        case(
            &days,
            "2026-01-01",
            "2026-02-06",
            53,
            &[
                "     Jan Feb",
                " Mon  ·░·▓░",
                " Tue  ·····",
                " Wed  ·▒···",
                " Thu ······",
                " Fri ·····█",
                " Sat ·····",
                " Sun ·····",
                "",
                "     · nothing   ░ 1 to 5   ▒ 6 to 11   ▓ 12   █ 13 to 300 words a day",
            ],
        );
    }

    #[test]
    fn a_narrow_terminal_shows_the_latest_weeks() {
        assert_eq!([weeks(None), weeks(Some(200)), weeks(Some(20)), weeks(Some(3))], [53, 53, 13, 1]);
        let want = [
            "     Feb",
            " Mon ·",
            " Tue ·",
            " Wed ·",
            " Thu ·",
            " Fri █",
            " Sat",
            " Sun",
            "",
            "     · nothing   █ 1 to 300 words a day",
        ];
        case(&[("2026-01-12", 4), ("2026-02-06", 300)], "2026-01-01", "2026-02-06", 1, &want);
    }

    #[test]
    fn nothing_is_shown_as_nothing() {
        let want = ["     Feb", " Mon", " Tue", " Wed", " Thu", " Fri ·", " Sat", " Sun", "", "     · nothing"];
        case(&[], "2026-02-06", "2026-02-06", 53, &want);
    }
}

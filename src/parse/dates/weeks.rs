//! Week numbers, with or without a year or days.

use chrono::Datelike as _;
use chrono::Days;
use chrono::NaiveDate;
use chrono::Weekday;

use crate::parse::dates::form::Piece;
use crate::parse::dates::partial::Field;
use crate::parse::dates::partial::Partial;
use crate::parse::dates::scan::Scan;
use crate::parse::dates::shapes::TO;
use crate::parse::dates::shapes::day_and_month;
use crate::parse::dates::shapes::day_month_year;
use crate::parse::dates::shapes::days_of_month;
use crate::parse::dates::shapes::gap;
use crate::parse::dates::shapes::month_and_day;
use crate::parse::dates::shapes::week_of_year;
use crate::parse::dates::shapes::year_first;
use crate::parse::dates::written::Parts;
use crate::parse::dates::written::date;

/// Words before the number of a week, in lower case.
const WEEK: &[&str] = &["w", "kw", "cw", "wk", "week", "woche", "kalenderwoche", "semaine", "sem", "semana"];
/// Words before the day within a week: `Week 47, from 16 Nov`.
const FROM: &[&str] = &["from", "starting", "of", "ab", "vom", "du", "del", "de"];

/// The position of the number of `W46`, `Week 46`, `KW 46` at a token.
pub(super) fn week_at(scan: &Scan<'_>, at: usize) -> Option<usize> {
    week_word(scan, at).filter(|number| week_of_year(scan, *number).is_some())
}

/// The same for any number: there is no `W60`, but it is meant to be a week.
pub(super) fn week_word(scan: &Scan<'_>, at: usize) -> Option<usize> {
    let word = scan.word(at)?;
    let dot = usize::from(scan.mark(at + 1) == Some('.'));
    let number = scan.skip_space(at + 1 + dot);
    scan.short(number)?;
    let word = word.to_lowercase();
    let is_near = word != "w" || number == at + 1;
    (is_near && WEEK.contains(&word.as_str())).then_some(number)
}

/// `2026 W46`, `2026-KW46`, `2026, week 46`
pub(super) fn year_and_week(scan: &Scan<'_>, mut partial: Partial) -> Option<Partial> {
    let at = partial.at;
    let year = scan.year(at)?;
    let number = week_at(scan, at + 1).or_else(|| week_at(scan, gap(scan, at + 1, false)?))?;
    partial.field(at, at + 1, Field::Done(Piece::WeekYear));
    a_week(scan, &mut partial, number);
    within_week(scan, of_year(partial, year)?)
}

/// `W46`, `Week 46`, `KW 46/2026`, `Week 47 (16–20 Nov)`
pub(super) fn week_number(scan: &Scan<'_>, mut partial: Partial) -> Option<Partial> {
    let number = week_at(scan, partial.at)?;
    a_week(scan, &mut partial, number);
    let year = gap(scan, partial.at, true).and_then(|at| Some((at, scan.year(at)?)));
    if let Some((at, year)) = year
        && !scan.is_solid(at + 1)
    {
        partial.field(at, at + 1, Field::Done(Piece::WeekYear));
        partial = of_year(partial, year)?;
    }
    within_week(scan, partial)
}

/// Reads a week number: no space in `W6`, two digits in `W06`, no padding in `Week 6`.
fn a_week(scan: &Scan<'_>, partial: &mut Partial, number: usize) {
    let is_solid = number > 0 && scan.word(number - 1).is_some();
    let written = scan.at(number);
    let pad = if written.starts_with('0') { true } else { is_solid && written.len() == 2 };
    partial.week = week_of_year(scan, number);
    partial.field(number, number + 1, Field::Done(Piece::Week { pad }));
}

/// The days of the week that was read, once its year is known.
fn of_year(mut partial: Partial, year: i32) -> Option<Partial> {
    let monday = NaiveDate::from_isoywd_opt(year, partial.week?, Weekday::Mon)?;
    partial.week = None;
    partial.parts = Parts { weekday: partial.parts.weekday, ..Parts::of(monday) };
    partial.end = Some(Parts::of(monday.checked_add_days(Days::new(6))?));
    Some(partial)
}

/// The days after a week: `(16–20 Nov)`, `: 16 to 20 November`.
fn within_week(scan: &Scan<'_>, partial: Partial) -> Option<Partial> {
    let mut at = scan.skip_space(partial.at);
    let opened = matches!(scan.mark(at), Some('(' | '['));
    if opened || matches!(scan.mark(at), Some('-' | '–' | '—' | ':' | ',' | '|')) {
        at = scan.skip_space(at + 1);
    } else {
        return Some(partial);
    }
    if scan.word(at).is_some_and(|word| FROM.iter().any(|from| word.eq_ignore_ascii_case(from))) {
        at = scan.skip_space(at + 1);
    }
    at = past_weekday(scan, at);
    // `Week 47: 16 people` has no days
    let days = [days_of_month, day_month_year, day_and_month, month_and_day, year_first];
    let inner = days.iter().find_map(|shape| shape(scan, Partial::new(at))).filter(|inner| inner.parts.day.is_some());
    let inner = inner.map(|first| days_up_to(scan, &first).unwrap_or(first)).or_else(|| {
        // `Mon 16 – Fri 20 Nov`
        let mut first = Partial::new(at);
        first.numbered(scan, at, true)?;
        days_up_to(scan, &first)
    });
    let Some(mut inner) = inner else { return Some(partial) };
    if opened {
        if !matches!(scan.mark(inner.at), Some(')' | ']')) {
            return Some(partial);
        }
        inner.at += 1;
    }
    let number = partial.week.or_else(|| Some(partial.parts.date()?.iso_week().week()));
    if let Some(year) = partial.parts.year {
        // the first and last days of an ISO year are in another calendar year
        let in_week = |year: &i32| {
            let day = inner.parts.month.zip(inner.parts.day).and_then(|(month, day)| date(*year, month, day));
            day.is_some_and(|day| Some(day.iso_week().week()) == number)
        };
        let year = [year, year - 1, year + 1].into_iter().find(in_week).unwrap_or(year);
        inner.parts.year = inner.parts.year.or(Some(year));
        if let Some(end) = &mut inner.end {
            let turns = inner.parts.month > end.month;
            end.year = end.year.or(inner.parts.year.map(|year| if turns { year + 1 } else { year }));
        }
    }
    inner.week = number;
    inner.from = partial.from;
    inner.formless = true;
    inner.names += partial.names;
    Some(inner)
}

/// Skips a weekday's name: the day numbers in a week are enough.
fn past_weekday(scan: &Scan<'_>, at: usize) -> usize {
    let name = scan.name_at(at).filter(|(known, ..)| known.weekday.is_some());
    name.and_then(|(.., next)| gap(scan, next, false)).unwrap_or(at)
}

/// Reads the rest of `16 Nov – 20 Nov` after its first day.
fn days_up_to(scan: &Scan<'_>, first: &Partial) -> Option<Partial> {
    if first.end.is_some() {
        return None;
    }
    let at = scan.skip_space(first.at);
    let is_to = matches!(scan.mark(at), Some('-' | '–' | '—'))
        || (at > first.at && scan.word(at).is_some_and(|word| TO.contains(&word.to_lowercase().as_str())));
    let start = Partial::new(past_weekday(scan, scan.skip_space(at + 1)));
    let days = [day_month_year, day_and_month, month_and_day];
    let second = days.iter().filter(|_| is_to).find_map(|shape| shape(scan, start.clone()))?;
    let mut both = first.clone();
    both.parts.year = first.parts.year.or(second.parts.year);
    both.parts.month = first.parts.month.or(second.parts.month);
    both.end = Some(second.parts).filter(|parts| parts.day.is_some());
    both.at = second.at;
    both.names += second.names;
    both.languages &= second.languages;
    both.full_in |= second.full_in;
    both.end.is_some().then_some(both)
}

//! The ways to write a day, a month, a week or a quarter, after any weekday before it was read.

use chrono::Datelike as _;
use chrono::Days;
use chrono::NaiveDate;
use chrono::Weekday;

use crate::parse::dates::form::Ordinal;
use crate::parse::dates::form::Piece;
use crate::parse::dates::partial::Field;
use crate::parse::dates::partial::Partial;
use crate::parse::dates::scan::Kind;
use crate::parse::dates::scan::Scan;
use crate::parse::dates::short_years;
use crate::parse::dates::written::Order;
use crate::parse::dates::written::Parts;
use crate::parse::dates::written::YEARS;
use crate::parse::dates::written::date;

/// Words between day, month and year: `27th of Feb`, `3 de marzo de 2024`.
const OF: &[&str] = &["of", "de", "del"];
/// Words between the days of a range.
pub(super) const TO: &[&str] = &["to", "until", "till", "bis", "au", "al", "a", "até", "hasta"];

/// The position after what may separate two fields; `None` if nothing or something else does.
pub(super) fn gap(scan: &Scan<'_>, at: usize, of: bool) -> Option<usize> {
    let mut next = at;
    if matches!(scan.mark(next), Some('.' | ',')) {
        next += 1;
    } else if matches!(scan.mark(next), Some('-' | '/')) && scan.is_solid(next + 1) {
        return Some(next + 1);
    }
    next = scan.skip_space(next);
    if of && scan.word(next).is_some_and(|word| OF.iter().any(|of| word.eq_ignore_ascii_case(of))) {
        let after = scan.skip_space(next + 1);
        if after > next + 1 {
            next = after;
        }
    }
    (next > at).then_some(next)
}

/// `20231018`; in file names also `202310`, `202310181130`, `20231018113000`.
pub(super) fn compact(scan: &Scan<'_>, mut partial: Partial) -> Option<Partial> {
    let (digits, value) = scan.number(partial.at)?;
    // before 1970 and after 2099 such a number is more likely something else, at least in a name
    let likely = |year: i32| if scan.name { (1970..2100).contains(&year) } else { YEARS.contains(&year) };
    let split = |rest: u64| (i32::try_from(value / rest).unwrap_or(0), value % rest);
    let (year, below, day) = match digits {
        8 => (split(10_000).0, split(10_000).1, true),
        6 if scan.name => (split(100).0, split(100).1, false),
        12 | 14 if scan.name => {
            let time = value % if digits == 12 { 10_000 } else { 1_000_000 };
            let minutes = if digits == 12 { time } else { time / 100 };
            if minutes / 100 > 23 || minutes % 100 > 59 {
                return None;
            }
            let date = value / if digits == 12 { 10_000 } else { 1_000_000 };
            (i32::try_from(date / 10_000).unwrap_or(0), date % 10_000, true)
        }
        _ => return None,
    };
    let below = u32::try_from(below).ok()?;
    let (month, day) = if day { (below / 100, Some(below % 100)) } else { (below, None) };
    partial.parts = Parts { year: Some(year), month: Some(month), day, weekday: partial.parts.weekday };
    if !likely(year) || date(year, month, day.unwrap_or(1)).is_none() || (scan.name && digits == 6 && day.is_some()) {
        return None;
    }
    let at = partial.at;
    partial.field(at, at, Field::Done(Piece::Year));
    partial.field(at, at, Field::Done(Piece::Month { pad: Some(true) }));
    if day.is_some() {
        partial.field(at, at, Field::Done(Piece::Day { pad: Some(true), ordinal: Ordinal::None }));
    }
    if let Some((range, _)) = partial.fields.last_mut() {
        range.end = at + 1;
    }
    partial.at = at + 1;
    Some(partial)
}

/// `2023-10-18`, `2023/10/18`, `2023.10.18`, `2023-10`, `2024-W49`, `2024-W49-2`
pub(super) fn year_first(scan: &Scan<'_>, mut partial: Partial) -> Option<Partial> {
    let at = partial.at;
    let year = scan.year(at)?;
    let separator = scan.mark(at + 1).filter(|c| "-/.".contains(*c) || (scan.name && *c == '_'))?;
    if scan.word(at + 2).is_some_and(|word| word.eq_ignore_ascii_case("w")) {
        return iso_week(scan, partial, year);
    }
    let month = scan.short(at + 2)?;
    partial.year(at, year);
    partial.numbered(scan, at + 2, false)?;
    let more = scan.mark(at + 3) == Some(separator) && scan.kind(at + 4) == Some(Kind::Number);
    if more {
        if scan.short(at + 4).is_some() {
            partial.numbered(scan, at + 4, true)?;
            let longer = scan.mark(at + 5) == Some(separator) && scan.kind(at + 6) == Some(Kind::Number);
            return (!longer || scan.name).then_some(partial);
        }
        return None;
    }
    // `2021.2` is a version, `2023/5` a fraction; a month is written in two digits
    ((separator != '.') && scan.at(at + 2).len() == 2 && (1..=12).contains(&month) && partial.parts.weekday.is_none())
        .then_some(partial)
}

fn iso_week(scan: &Scan<'_>, mut partial: Partial, year: i32) -> Option<Partial> {
    let at = partial.at;
    let number = week_of_year(scan, at + 3)?;
    let pad = scan.at(at + 3).len() == 2;
    let monday = NaiveDate::from_isoywd_opt(year, number, Weekday::Mon)?;
    partial.field(at, at + 1, Field::Done(Piece::WeekYear));
    partial.field(at + 3, at + 4, Field::Done(Piece::Week { pad }));
    let day = scan.number(at + 5).filter(|(digits, value)| *digits == 1 && (1..=7).contains(value));
    if scan.mark(at + 4) == Some('-')
        && let Some((_, day)) = day
    {
        partial.parts =
            Parts { weekday: partial.parts.weekday, ..Parts::of(monday.checked_add_days(Days::new(day - 1))?) };
        partial.field(at + 5, at + 6, Field::Done(Piece::WeekDay));
    } else {
        partial.parts = Parts::of(monday);
        partial.end = Some(Parts::of(monday.checked_add_days(Days::new(6))?));
    }
    Some(partial)
}

/// The number of a week.
pub(super) fn week_of_year(scan: &Scan<'_>, at: usize) -> Option<u32> {
    scan.short(at).filter(|number| (1..=53).contains(number))
}

/// `2026年11月27日`, `2026년 11월`
pub(super) fn year_in_characters(scan: &Scan<'_>, mut partial: Partial) -> Option<Partial> {
    let unit = |at: usize, names: [&str; 2]| scan.word(at).is_some_and(|word| names.contains(&word));
    let at = partial.at;
    let year = scan.year(at).filter(|_| unit(at + 1, ["年", "년"]))?;
    partial.year(at, year);
    let at = scan.skip_space(at + 2);
    partial.numbered(scan, at, false).filter(|()| unit(at + 1, ["月", "월"]))?;
    partial.at = at + 2;
    let day = scan.skip_space(at + 2);
    if scan.short(day).is_some() && unit(day + 1, ["日", "일"]) {
        partial.numbered(scan, day, true)?;
        partial.at = day + 2;
    }
    Some(partial)
}

/// `9月3日`, `9월 3일`, and a month before its year: `9月 2021`.
pub(super) fn month_in_characters(scan: &Scan<'_>, mut partial: Partial) -> Option<Partial> {
    let unit = |at: usize, names: [&str; 2]| scan.word(at).is_some_and(|word| names.contains(&word));
    let at = partial.at;
    partial.numbered(scan, at, false).filter(|()| unit(at + 1, ["月", "월"]))?;
    let next = scan.skip_space(at + 2);
    if let Some(year) = scan.year(next).filter(|_| next > at + 2 && !scan.is_solid(next + 1)) {
        partial.year(next, year);
        return Some(partial);
    }
    partial.numbered(scan, next, true).filter(|()| unit(next + 1, ["日", "일"]))?;
    partial.at = next + 2;
    Some(partial)
}

/// `9.–13.11.`, `9.-13.11.2026`
pub(super) fn days_of_month(scan: &Scan<'_>, mut partial: Partial) -> Option<Partial> {
    let at = partial.at;
    let first = scan.short(at).filter(|_| scan.mark(at + 1) == Some('.'))?;
    let dash = scan.skip_space(at + 2);
    if !matches!(scan.mark(dash), Some('-' | '–' | '—')) {
        return None;
    }
    let second = scan.skip_space(dash + 1);
    let last = scan.short(second).filter(|last| first < *last)?;
    let month = scan.short(second + 2)?;
    if scan.mark(second + 1) != Some('.') || scan.mark(second + 3) != Some('.') {
        return None;
    }
    partial.parts = Parts { month: Some(month), day: Some(first), ..partial.parts };
    partial.at = second + 4;
    if let Some(year) = scan.year(second + 4) {
        partial.year(second + 4, year);
    }
    partial.end = Some(Parts { day: Some(last), weekday: None, ..partial.parts });
    Some(partial)
}

/// `22/10` alone on a line, if it is clear which number is the day.
pub(super) fn day_slash_month(scan: &Scan<'_>, mut partial: Partial) -> Option<Partial> {
    let at = partial.at;
    let (first, second) = (scan.short(at)?, scan.short(at + 2)?);
    if !scan.alone || scan.mark(at + 1) != Some('/') || scan.mark(at + 3) == Some('/') {
        return None;
    }
    partial.order = match (first, second) {
        (13.., _) => Order::DayFirst,
        (_, 13..) => Order::MonthFirst,
        // `2/3` may be a fraction
        _ => return None,
    };
    let day_first = partial.order != Order::MonthFirst;
    partial.numbered(scan, at, day_first)?;
    partial.numbered(scan, at + 2, !day_first)?;
    Some(partial)
}

/// `18/10/2023`, `10/18/2023`, `18.10.2023`, `18.10.`
pub(super) fn day_month_year(scan: &Scan<'_>, mut partial: Partial) -> Option<Partial> {
    let at = partial.at;
    let (first, second) = (scan.short(at)?, scan.short(at + 2)?);
    let separator = scan.mark(at + 1).filter(|c| "-/.".contains(*c) || (scan.name && *c == '_'))?;
    if scan.mark(at + 3) != Some(separator) {
        return None;
    }
    if separator == '.'
        && let Some(year) = short_years::behind_dot(scan, at)
    {
        partial.numbered(scan, at, true)?;
        partial.numbered(scan, at + 2, false)?;
        partial.parts.year = Some(year);
        partial.field(at + 4, at + 5, Field::Done(Piece::ShortYear));
        return Some(partial);
    }
    let short = if separator == '/' && !scan.name { short_years::behind_slash(scan, at + 4) } else { None };
    let Some(year) = scan.year(at + 4).or(short) else {
        let open = separator == '.' && scan.kind(at + 4) != Some(Kind::Number);
        partial.numbered(scan, at, true)?;
        partial.numbered(scan, at + 2, false)?;
        partial.at = at + 4;
        return open.then_some(partial);
    };
    let weekday_says = |day: u32, month: u32| {
        let date = date(year, month, day);
        partial.parts.weekday.zip(date).is_some_and(|(weekday, date)| weekday == date.weekday())
    };
    partial.order = match (separator, first, second) {
        ('.', ..) => Order::Plain,
        (_, 13.., _) => Order::DayFirst,
        (_, _, 13..) => Order::MonthFirst,
        _ if first == second => Order::Plain,
        _ => match (weekday_says(first, second), weekday_says(second, first)) {
            (true, false) => Order::DayFirst,
            (false, true) => Order::MonthFirst,
            _ => Order::Ambiguous,
        },
    };
    let day_first = partial.order != Order::MonthFirst;
    partial.numbered(scan, at, day_first)?;
    partial.numbered(scan, at + 2, !day_first)?;
    match short {
        Some(_) => {
            partial.parts.year = Some(year);
            partial.field(at + 4, at + 5, Field::Done(Piece::ShortYear));
        }
        None => partial.year(at + 4, year),
    }
    Some(partial)
}

/// A day of a month with what makes it an ordinal: `28`, `28th`, `1er`, `1º`.
fn day(scan: &Scan<'_>, partial: &mut Partial, at: usize) -> Option<bool> {
    partial.numbered(scan, at, true)?;
    let word = scan.word(at + 1);
    let value = partial.parts.day;
    let ordinal = match word {
        Some(word) if ["st", "nd", "rd", "th"].contains(&word) => Ordinal::English,
        Some(word) if ["ST", "ND", "RD", "TH"].contains(&word) => Ordinal::EnglishUpper,
        Some(word) if word == "º" || (word == "er" && value == Some(1)) => Ordinal::First(word.to_owned()),
        _ => return Some(false),
    };
    if let Some((range, Field::Done(Piece::Day { ordinal: place, .. }))) = partial.fields.last_mut() {
        *place = ordinal;
        range.end += 1;
    }
    partial.at += 1;
    Some(true)
}

/// The second day of `9-10 Feb`, including the `th` of `9th-10th Feb` and the first dot of `9.–10. Feb`.
fn up_to_day(scan: &Scan<'_>, partial: &mut Partial) -> Option<u32> {
    let first = partial.at + usize::from(scan.mark(partial.at) == Some('.'));
    let mut at = scan.skip_space(first);
    let spaced = at > first;
    let is_word = spaced && scan.word(at).is_some_and(|word| TO.contains(&word.to_lowercase().as_str()));
    if !is_word && !matches!(scan.mark(at), Some('-' | '–' | '—')) {
        return None;
    }
    at += 1;
    let number = scan.skip_space(at);
    if (number > at) != spaced {
        return None;
    }
    let last = scan.short(number).filter(|last| partial.parts.day.is_some_and(|first| first < *last))?;
    let suffix = scan.word(number + 1).is_some_and(|word| ["st", "nd", "rd", "th"].contains(&word));
    partial.at = number + 1 + usize::from(suffix);
    Some(last)
}

/// `18 Oct 2023`, `28th Feb`, `9-10 Feb 2017`, `3 de marzo de 2024`
pub(super) fn day_and_month(scan: &Scan<'_>, mut partial: Partial) -> Option<Partial> {
    let at = partial.at;
    day(scan, &mut partial, at)?;
    let single = partial.clone();
    if let Some(last) = up_to_day(scan, &mut partial)
        && let Some(range) = day_and_month_end(scan, partial.clone())
    {
        return Some(Partial { end: Some(Parts { day: Some(last), weekday: None, ..range.parts }), ..range });
    }
    day_and_month_end(scan, single)
}

fn day_and_month_end(scan: &Scan<'_>, mut partial: Partial) -> Option<Partial> {
    let at = gap(scan, partial.at, true)?;
    partial.month(scan, at)?;
    Some(with_year(scan, partial))
}

/// Reads the year after a day and month, if there is one.
fn with_year(scan: &Scan<'_>, mut partial: Partial) -> Partial {
    let next = gap(scan, partial.at, true).map(|at| (at, scan.year(at)));
    if let Some((at, Some(year))) = next
        && !scan.is_solid(at + 1)
    {
        partial.year(at, year);
    } else if scan.mark(partial.at) == Some('.') && matches!(partial.fields.last(), Some((_, Field::Month(_)))) {
        // `28. Feb.`: the dot is part of the date only if something follows; the style keeps it otherwise too
        partial.at += 1;
    }
    partial
}

/// `Oct 18, 2023`, `Feb 9-10 2017`, `Feb 28th`, `Jun 2017`
pub(super) fn month_and_day(scan: &Scan<'_>, mut partial: Partial) -> Option<Partial> {
    partial.month(scan, partial.at)?;
    let at = gap(scan, partial.at, true)?;
    if let Some(year) = scan.year(at) {
        // in `Jan 2026-11-16`, Jan is a person, and the day has its own month
        let is_whole = matches!(scan.mark(at + 1), Some('-' | '/')) && scan.short(at + 2).is_some();
        partial.year(at, year);
        return (!is_whole && partial.parts.weekday.is_none()).then_some(partial);
    }
    day(scan, &mut partial, at)?;
    let last = up_to_day(scan, &mut partial);
    let mut partial = with_year(scan, partial);
    partial.end = last.map(|last| Parts { day: Some(last), weekday: None, ..partial.parts });
    Some(partial)
}

/// `2024 Feb`, `2024 Feb 28`, `2024-Feb-28`
pub(super) fn year_and_month(scan: &Scan<'_>, mut partial: Partial) -> Option<Partial> {
    let at = partial.at;
    partial.year(at, scan.year(at)?);
    let at = gap(scan, partial.at, false)?;
    partial.month(scan, at)?;
    let month = partial.clone();
    let with_day = gap(scan, partial.at, false).and_then(|at| day(scan, &mut partial, at));
    let partial = if with_day.is_some() { partial } else { month };
    (partial.parts.day.is_some() || partial.parts.weekday.is_none()).then_some(partial)
}

/// `2024-Q1`, `2024 Q1`, `Q1 2024`
pub(super) fn quarter(scan: &Scan<'_>, mut partial: Partial) -> Option<Partial> {
    let is_q = |at: usize| scan.word(at).is_some_and(|word| word.eq_ignore_ascii_case("q"));
    let digit = |at: usize| scan.number(at).filter(|(digits, value)| *digits == 1 && (1..=4).contains(value));
    let at = partial.at;
    let (year, number) = if is_q(at) {
        let (_, number) = digit(at + 1)?;
        let year = gap(scan, at + 2, false)?;
        partial.field(at + 1, at + 2, Field::Done(Piece::Quarter));
        partial.field(year, year + 1, Field::Done(Piece::Year));
        (scan.year(year)?, number)
    } else {
        let q = if is_q(at + 1) { at + 1 } else { gap(scan, at + 1, false)? };
        let (_, number) = digit(q + 1).filter(|_| is_q(q))?;
        partial.field(at, at + 1, Field::Done(Piece::Year));
        partial.field(q + 1, q + 2, Field::Done(Piece::Quarter));
        (scan.year(at)?, number)
    };
    let first = u32::try_from(number).ok()? * 3 - 2;
    let next = if first == 10 { date(year + 1, 1, 1) } else { date(year, first + 3, 1) };
    let last = next.and_then(|next| next.pred_opt()).or_else(|| date(year, 12, 31))?;
    partial.parts = Parts::of(date(year, first, 1)?);
    partial.end = Some(Parts::of(last));
    Some(partial)
}

/// `12th`; beside a weekday also `12`, `12.`
pub(super) fn day_only(scan: &Scan<'_>, mut partial: Partial) -> Option<Partial> {
    let at = partial.at;
    let ordinal = day(scan, &mut partial, at)?;
    if !ordinal && partial.parts.weekday.is_none() {
        return None;
    }
    if !ordinal && scan.mark(partial.at) == Some('.') && scan.kind(partial.at + 1) != Some(Kind::Number) {
        partial.at += 1;
    }
    Some(partial)
}

//! The ways to write a day, a month, a week or a quarter, once a weekday before it is taken.

use chrono::Datelike as _;
use chrono::Days;
use chrono::NaiveDate;
use chrono::Weekday;

use crate::parse::dates::form::Ordinal;
use crate::parse::dates::form::Piece;
use crate::parse::dates::reading::Order;
use crate::parse::dates::reading::Parts;
use crate::parse::dates::reading::YEARS;
use crate::parse::dates::reading::date;
use crate::parse::dates::scan::Kind;
use crate::parse::dates::scan::Scan;
use crate::parse::dates::take::Field;
use crate::parse::dates::take::Take;

/// Words between day, month and year: `27th of Feb`, `3 de marzo de 2024`.
const OF: &[&str] = &["of", "de", "del"];
/// What may stand between two fields, and where the next one begins; `None` where nothing or something else does.
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

/// The first way that fits, from where `start` stands.
pub(super) fn core(scan: &Scan<'_>, start: &Take) -> Option<Take> {
    let ways = [compact, year_first, day_month_year, day_and_month, month_and_day, year_and_month, quarter, day_only];
    ways.iter().find_map(|way| way(scan, start.clone()))
}

/// `20231018`; in file names also `202310`, `202310181130`, `20231018113000`.
fn compact(scan: &Scan<'_>, mut take: Take) -> Option<Take> {
    let (digits, value) = scan.number(take.at)?;
    // past 2099 and before 1970 such a number is rather something else, at least in a name
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
    take.parts = Parts { year: Some(year), month: Some(month), day, weekday: take.parts.weekday };
    if !likely(year) || date(year, month, day.unwrap_or(1)).is_none() || (scan.name && digits == 6 && day.is_some()) {
        return None;
    }
    let at = take.at;
    take.field(at, at, Field::Done(Piece::Year));
    take.field(at, at, Field::Done(Piece::Month { pad: Some(true) }));
    if day.is_some() {
        take.field(at, at, Field::Done(Piece::Day { pad: Some(true), ordinal: Ordinal::None }));
    }
    if let Some((range, _)) = take.fields.last_mut() {
        range.end = at + 1;
    }
    take.at = at + 1;
    Some(take)
}

/// `2023-10-18`, `2023/10/18`, `2023.10.18`, `2023-10`, `2024-W49`, `2024-W49-2`
fn year_first(scan: &Scan<'_>, mut take: Take) -> Option<Take> {
    let at = take.at;
    let year = scan.year(at)?;
    let separator = scan.mark(at + 1).filter(|c| "-/.".contains(*c) || (scan.name && *c == '_'))?;
    if scan.word(at + 2).is_some_and(|word| word.eq_ignore_ascii_case("w")) {
        return week(scan, take, year);
    }
    let month = scan.short(at + 2)?;
    take.year(at, year);
    take.numbered(scan, at + 2, false)?;
    let more = scan.mark(at + 3) == Some(separator) && scan.kind(at + 4) == Some(Kind::Number);
    if more {
        if scan.short(at + 4).is_some() {
            take.numbered(scan, at + 4, true)?;
            let longer = scan.mark(at + 5) == Some(separator) && scan.kind(at + 6) == Some(Kind::Number);
            return (!longer || scan.name).then_some(take);
        }
        return None;
    }
    // `2021.2` is a version, `2023/5` a fraction; a month is written in two digits
    ((separator != '.') && scan.at(at + 2).len() == 2 && (1..=12).contains(&month) && take.parts.weekday.is_none())
        .then_some(take)
}

fn week(scan: &Scan<'_>, mut take: Take, year: i32) -> Option<Take> {
    let at = take.at;
    let (_, number) = scan.number(at + 3).filter(|(digits, _)| *digits == 2)?;
    let number = u32::try_from(number).ok()?;
    let monday = NaiveDate::from_isoywd_opt(year, number, Weekday::Mon)?;
    take.field(at, at + 1, Field::Done(Piece::WeekYear));
    take.field(at + 3, at + 4, Field::Done(Piece::Week));
    let day = scan.number(at + 5).filter(|(digits, value)| *digits == 1 && (1..=7).contains(value));
    if scan.mark(at + 4) == Some('-')
        && let Some((_, day)) = day
    {
        take.parts = Parts { weekday: take.parts.weekday, ..Parts::of(monday.checked_add_days(Days::new(day - 1))?) };
        take.field(at + 5, at + 6, Field::Done(Piece::WeekDay));
    } else {
        take.parts = Parts::of(monday);
        take.end = Some(Parts::of(monday.checked_add_days(Days::new(6))?));
    }
    Some(take)
}

/// `18/10/2023`, `10/18/2023`, `18.10.2023`, `18.10.`
fn day_month_year(scan: &Scan<'_>, mut take: Take) -> Option<Take> {
    let at = take.at;
    let (first, second) = (scan.short(at)?, scan.short(at + 2)?);
    let separator = scan.mark(at + 1).filter(|c| "-/.".contains(*c) || (scan.name && *c == '_'))?;
    if scan.mark(at + 3) != Some(separator) {
        return None;
    }
    let Some(year) = scan.year(at + 4) else {
        let open = separator == '.' && scan.kind(at + 4) != Some(Kind::Number);
        take.numbered(scan, at, true)?;
        take.numbered(scan, at + 2, false)?;
        take.at = at + 4;
        return open.then_some(take);
    };
    let weekday_says = |day: u32, month: u32| {
        let date = date(year, month, day);
        take.parts.weekday.zip(date).is_some_and(|(weekday, date)| weekday == date.weekday())
    };
    take.order = match (separator, first, second) {
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
    let day_first = take.order != Order::MonthFirst;
    take.numbered(scan, at, day_first)?;
    take.numbered(scan, at + 2, !day_first)?;
    take.year(at + 4, year);
    Some(take)
}

/// A day of a month with what makes it an ordinal: `28`, `28th`, `1er`, `1º`.
fn day(scan: &Scan<'_>, take: &mut Take, at: usize) -> Option<bool> {
    take.numbered(scan, at, true)?;
    let word = scan.word(at + 1);
    let value = take.parts.day;
    let ordinal = match word {
        Some(word) if ["st", "nd", "rd", "th"].contains(&word) => Ordinal::English,
        Some(word) if ["ST", "ND", "RD", "TH"].contains(&word) => Ordinal::EnglishUpper,
        Some(word) if word == "º" || (word == "er" && value == Some(1)) => Ordinal::First(word.to_owned()),
        _ => return Some(false),
    };
    if let Some((range, Field::Done(Piece::Day { ordinal: place, .. }))) = take.fields.last_mut() {
        *place = ordinal;
        range.end += 1;
    }
    take.at += 1;
    Some(true)
}

/// The `-10` of `9-10 Feb`, the `th` of `9th-10th Feb` included.
fn up_to_day(scan: &Scan<'_>, take: &mut Take) -> Option<u32> {
    let mut at = scan.skip_space(take.at);
    let spaced = at > take.at;
    if !matches!(scan.mark(at), Some('-' | '–' | '—')) {
        return None;
    }
    at += 1;
    let number = scan.skip_space(at);
    if (number > at) != spaced {
        return None;
    }
    let last = scan.short(number).filter(|last| take.parts.day.is_some_and(|first| first < *last))?;
    let suffix = scan.word(number + 1).is_some_and(|word| ["st", "nd", "rd", "th"].contains(&word));
    take.at = number + 1 + usize::from(suffix);
    Some(last)
}

/// `18 Oct 2023`, `28th Feb`, `9-10 Feb 2017`, `3 de marzo de 2024`
fn day_and_month(scan: &Scan<'_>, mut take: Take) -> Option<Take> {
    let at = take.at;
    day(scan, &mut take, at)?;
    let single = take.clone();
    if let Some(last) = up_to_day(scan, &mut take)
        && let Some(range) = day_and_month_end(scan, take.clone())
    {
        return Some(Take { end: Some(Parts { day: Some(last), weekday: None, ..range.parts }), ..range });
    }
    day_and_month_end(scan, single)
}

fn day_and_month_end(scan: &Scan<'_>, mut take: Take) -> Option<Take> {
    let at = gap(scan, take.at, true)?;
    take.month(scan, at)?;
    Some(with_year(scan, take))
}

/// A year behind it, where there is one.
fn with_year(scan: &Scan<'_>, mut take: Take) -> Take {
    let next = gap(scan, take.at, true).map(|at| (at, scan.year(at)));
    if let Some((at, Some(year))) = next
        && !scan.is_solid(at + 1)
    {
        take.year(at, year);
    } else if scan.mark(take.at) == Some('.') && matches!(take.fields.last(), Some((_, Field::Month(_)))) {
        // `28. Feb.`: the dot is part of the date only where something follows; style keeps it otherwise too
        take.at += 1;
    }
    take
}

/// `Oct 18, 2023`, `Feb 9-10 2017`, `Feb 28th`, `Jun 2017`
fn month_and_day(scan: &Scan<'_>, mut take: Take) -> Option<Take> {
    take.month(scan, take.at)?;
    let at = gap(scan, take.at, true)?;
    if let Some(year) = scan.year(at) {
        take.year(at, year);
        return take.parts.weekday.is_none().then_some(take);
    }
    day(scan, &mut take, at)?;
    let last = up_to_day(scan, &mut take);
    let mut take = with_year(scan, take);
    take.end = last.map(|last| Parts { day: Some(last), weekday: None, ..take.parts });
    Some(take)
}

/// `2024 Feb`, `2024 Feb 28`, `2024-Feb-28`
fn year_and_month(scan: &Scan<'_>, mut take: Take) -> Option<Take> {
    let at = take.at;
    take.year(at, scan.year(at)?);
    let at = gap(scan, take.at, false)?;
    take.month(scan, at)?;
    let month = take.clone();
    let with_day = gap(scan, take.at, false).and_then(|at| day(scan, &mut take, at));
    let take = if with_day.is_some() { take } else { month };
    (take.parts.day.is_some() || take.parts.weekday.is_none()).then_some(take)
}

/// `2024-Q1`, `2024 Q1`, `Q1 2024`
fn quarter(scan: &Scan<'_>, mut take: Take) -> Option<Take> {
    let is_q = |at: usize| scan.word(at).is_some_and(|word| word.eq_ignore_ascii_case("q"));
    let digit = |at: usize| scan.number(at).filter(|(digits, value)| *digits == 1 && (1..=4).contains(value));
    let at = take.at;
    let (year, number) = if is_q(at) {
        let (_, number) = digit(at + 1)?;
        let year = gap(scan, at + 2, false)?;
        take.field(at + 1, at + 2, Field::Done(Piece::Quarter));
        take.field(year, year + 1, Field::Done(Piece::Year));
        (scan.year(year)?, number)
    } else {
        let q = if is_q(at + 1) { at + 1 } else { gap(scan, at + 1, false)? };
        let (_, number) = digit(q + 1).filter(|_| is_q(q))?;
        take.field(at, at + 1, Field::Done(Piece::Year));
        take.field(q + 1, q + 2, Field::Done(Piece::Quarter));
        (scan.year(at)?, number)
    };
    let first = u32::try_from(number).ok()? * 3 - 2;
    let next = if first == 10 { date(year + 1, 1, 1) } else { date(year, first + 3, 1) };
    let last = next.and_then(|next| next.pred_opt()).or_else(|| date(year, 12, 31))?;
    take.parts = Parts::of(date(year, first, 1)?);
    take.end = Some(Parts::of(last));
    Some(take)
}

/// `12th`; beside a weekday also `12`, `12.`
fn day_only(scan: &Scan<'_>, mut take: Take) -> Option<Take> {
    let at = take.at;
    let ordinal = day(scan, &mut take, at)?;
    if !ordinal && take.parts.weekday.is_none() {
        return None;
    }
    if !ordinal && scan.mark(take.at) == Some('.') && scan.kind(take.at + 1) != Some(Kind::Number) {
        take.at += 1;
    }
    Some(take)
}

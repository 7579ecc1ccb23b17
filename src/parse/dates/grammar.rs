//! The grammar of written dates: which texts are dates, and which fields they give.
//!
//! It sees only the text: its callers find the month for a `12th`.

use crate::model::meeting_words;
use crate::parse::dates::partial::Partial;
use crate::parse::dates::scan::Kind;
use crate::parse::dates::scan::Scan;
use crate::parse::dates::shapes;
use crate::parse::dates::shapes::TO;
use crate::parse::dates::shapes::gap;
use crate::parse::dates::weeks;
use crate::parse::dates::weeks::week_at;
use crate::parse::dates::written::WrittenDate;

/// Words before a day: `the 27th`, `le 3 mars`, `den 5. Mai`.
const ARTICLES: &[&str] = &["the", "from", "le", "du", "el", "del", "de", "den", "der", "vom"];

/// Reads a text that consists of a date (or a range), apart from brackets and ornaments around it, a time and a final
/// punctuation mark.
pub(super) fn whole(text: &str, language: u8) -> Option<WrittenDate> {
    let scan = Scan::new(text, false, language).alone();
    let mut at = 0;
    while scan.is_space(at) || scan.mark(at).is_some_and(is_ornament) {
        at += 1;
    }
    let (reading, at) = reading(&scan, at)?;
    let mut at = trailing_week(&scan, time(&scan, at));
    while scan.is_space(at) || scan.mark(at).is_some_and(|c| is_ornament(c) || ":.,;".contains(c)) {
        at += 1;
    }
    (at == scan.len()).then_some(reading)
}

/// What people put around a date on its own line: brackets, rules, stars, emoji. Not signs that change the meaning of a
/// number (`$5`, `1/2`, `50%`).
fn is_ornament(c: char) -> bool {
    if c.is_ascii() { "()[]<>-=*_~#|+^".contains(c) } else { !"€£¥§°‰′″½¼¾×÷±…".contains(c) }
}

/// Skips the week number after the days: `16–20 Nov (W47)`.
fn trailing_week(scan: &Scan<'_>, at: usize) -> usize {
    let mut next = scan.skip_space(at);
    while matches!(scan.mark(next), Some(',' | '(' | '[' | '-' | '–' | '—')) {
        next = scan.skip_space(next + 1);
    }
    week_at(scan, next).filter(|_| next > at).map_or(at, |number| number + 1)
}

/// Every date in a text, in order, with clean edges: not part of a longer number, word, path or version.
pub(super) fn all(text: &str, name: bool, language: u8) -> Vec<WrittenDate> {
    let scan = Scan::new(text, name, language);
    let mut found = Vec::new();
    let mut at = 0;
    while at < scan.len() {
        match with_clean_edges(&scan, at, name) {
            Some((reading, next)) => {
                found.extend(reading);
                at = next.max(at + 1);
            }
            None => at += 1,
        }
    }
    found
}

/// The date with which a text begins, where no longer number, word or path goes on.
pub(super) fn at_front(text: &str) -> Option<WrittenDate> {
    let scan = Scan::new(text, false, 0);
    with_clean_edges(&scan, 0, false)?.0
}

/// The date that begins at a token, and the token after it; no reading where a longer number, word or path continues.
fn with_clean_edges(scan: &Scan<'_>, at: usize, name: bool) -> Option<(Option<WrittenDate>, usize)> {
    let before = at.checked_sub(1);
    let clean = match before.map(|before| scan.kind(before)) {
        None | Some(None | Some(Kind::Space)) => true,
        Some(Some(Kind::Mark)) if name => true,
        Some(Some(Kind::Mark)) => before.and_then(|before| scan.mark(before)).is_some_and(|c| "([<,:–—".contains(c)),
        Some(Some(Kind::Number | Kind::Word)) => false,
    };
    if !clean || !scan.is_solid(at) {
        return None;
    }
    let (reading, next) = reading(scan, at)?;
    let after = time(scan, next);
    let ends = name || !scan.mark(after).is_some_and(|c| "/-_%@#+=*".contains(c) && scan.is_solid(after + 1));
    Some((Some(reading).filter(|_| ends), next))
}

/// Just a month's name: `February`, `Feb.`
pub(super) fn month_name(text: &str) -> Option<u32> {
    let scan = Scan::new(text.get(..text.len().min(32)).unwrap_or(""), false, 0);
    let (known, _, mut at) = scan.name_at(0)?;
    if matches!(scan.mark(at), Some('.' | ':')) {
        at += 1;
    }
    known.month.filter(|month| at == scan.len() && !month.is_weak()).map(|month| month.value)
}

/// A date or a range that begins at a token, and the token after it.
fn reading(scan: &Scan<'_>, at: usize) -> Option<(WrittenDate, usize)> {
    let first = one(scan, at)?;
    let found = range(scan, &first).unwrap_or(first);
    if !found.parts.is_possible() || found.end.is_some_and(|end| !end.is_possible()) || !found.ends(scan) {
        return None;
    }
    Some((found.finish(scan), found.at))
}

/// The first shape that fits from where `start` is.
fn core(scan: &Scan<'_>, start: &Partial) -> Option<Partial> {
    let shapes = [
        shapes::compact,
        shapes::year_first,
        shapes::year_in_characters,
        shapes::month_in_characters,
        weeks::year_and_week,
        weeks::week_number,
        shapes::days_of_month,
        shapes::day_month_year,
        shapes::day_and_month,
        shapes::month_and_day,
        shapes::year_and_month,
        shapes::quarter,
        shapes::day_slash_month,
        shapes::day_only,
    ];
    shapes.iter().find_map(|shape| shape(scan, start.clone()))
}

/// One day, month, week or quarter.
fn one(scan: &Scan<'_>, at: usize) -> Option<Partial> {
    let mut start = Partial::new(at);
    start.at = article(scan, at);
    let by_weekday = scan.name_at(start.at).and_then(|(known, _, next)| {
        // a person follows `with`, so `Sam` is a name
        let sense = known.weekday.filter(|_| !is_with(scan, at))?;
        let mut partial = start.clone();
        partial.weekday(start.at, next, sense);
        partial.at = article(scan, gap(scan, next, false)?);
        let mut partial = core(scan, &partial)?;
        partial.month_or_weekday = known.month.is_some() && partial.parts.month.is_none();
        // `mar 12` is a Tuesday only if the note's language says so
        (!partial.month_or_weekday || scan.language & sense.languages != 0).then_some(partial)
    });
    let mut found = match by_weekday {
        Some(partial) => partial,
        None => {
            let mut partial = core(scan, &start)?;
            partial.month_or_weekday =
                scan.name_at(start.at).is_some_and(|(known, ..)| known.month.is_some() && known.weekday.is_some());
            partial
        }
    };
    if found.parts.weekday.is_none() && found.parts.day.is_some() {
        trailing_weekday(scan, &mut found);
    }
    Some(found)
}

/// `2024-01-05 Fri`, `5 Jan (Friday)`
fn trailing_weekday(scan: &Scan<'_>, partial: &mut Partial) {
    let mut at = partial.at;
    if scan.mark(at) == Some(',') {
        at += 1;
    }
    let spaced = scan.skip_space(at);
    if spaced == at {
        return;
    }
    let bracket = scan.mark(spaced) == Some('(');
    let at = spaced + usize::from(bracket);
    let Some((known, _, next)) = scan.name_at(at) else { return };
    let Some(sense) = known.weekday else { return };
    // `5 Jan Sun and moon` is not a Sunday
    let closed = if bracket {
        scan.mark(next) == Some(')')
    } else {
        scan.kind(next).is_none_or(|kind| kind == Kind::Mark) || time(scan, next) > next
    };
    if closed && !(sense.is_weak() && partial.parts.year.is_none()) {
        partial.weekday(at, next, sense);
        partial.at = next + usize::from(bracket);
    }
}

/// True directly after a word such as `with`.
fn is_with(scan: &Scan<'_>, at: usize) -> bool {
    let before = at.checked_sub(2).and_then(|before| scan.word(before));
    before.is_some_and(|word| meeting_words::is_with(&word.to_lowercase()))
}

fn article(scan: &Scan<'_>, at: usize) -> usize {
    let is_one = scan.word(at).is_some_and(|word| ARTICLES.iter().any(|article| word.eq_ignore_ascii_case(article)));
    let next = scan.skip_space(at + 1);
    if is_one && next > at + 1 { next } else { at }
}

/// `Sun 2nd - Sun 16th`, `30 Jan – 2 Feb 2024`, `2024-01-05 to 2024-01-07`
fn range(scan: &Scan<'_>, first: &Partial) -> Option<Partial> {
    if first.end.is_some() || first.parts.day.is_none() {
        return None;
    }
    let at = scan.skip_space(first.at);
    let spaced = at > first.at;
    let next = match scan.mark(at) {
        Some('–' | '—') => scan.skip_space(at + 1),
        Some('-') if spaced => scan.skip_space(at + 1),
        _ if spaced && scan.word(at).is_some_and(|word| TO.iter().any(|to| word.to_lowercase() == *to)) => {
            scan.skip_space(at + 1)
        }
        _ => return None,
    };
    let second = one(scan, next).filter(|second| second.end.is_none() && second.parts.day.is_some())?;
    let (mut from, mut to) = (first.parts, second.parts);
    // two bare ordinals are rankings
    if [from, to].iter().all(|parts| parts.weekday.is_none() && parts.month.is_none()) {
        return None;
    }
    if from.month.is_none() && to.month.is_some() {
        from.month = to.month;
    }
    if to.month.is_none() && from.month.is_some() && to.day >= from.day {
        to.month = from.month;
    }
    match (from.year, to.year) {
        (None, Some(year)) => from.year = Some(if from.month > to.month { year - 1 } else { year }),
        (Some(year), None) => to.year = Some(if from.month > to.month { year + 1 } else { year }),
        _ => {}
    }
    let backwards = from.date().zip(to.date()).is_some_and(|(from, to)| from >= to || (to - from).num_days() > 366);
    if backwards || from.month.is_some() != to.month.is_some() {
        return None;
    }
    let mut partial = first.clone();
    partial.parts = from;
    partial.end = Some(to);
    partial.at = second.at;
    partial.names += second.names;
    partial.uncertain += second.uncertain;
    partial.languages &= second.languages;
    partial.full_in |= second.full_in;
    Some(partial)
}

/// The bytes of a time of day at the beginning of a text.
pub(super) fn time_len(text: &str) -> usize {
    let scan = Scan::new(text, false, 0);
    match time(&scan, 0) {
        0 => 0,
        pieces => scan.bytes(0, pieces).end,
    }
}

/// Skips a time of day: ` 14:30`, ` at 9:05 am`, `T10:00:00+02:00`, `Z`.
fn time(scan: &Scan<'_>, at: usize) -> usize {
    let mut next = at;
    if scan.word(next).is_some_and(|word| word.eq_ignore_ascii_case("t")) {
        next += 1;
    } else {
        if scan.mark(next) == Some(',') {
            next += 1;
        }
        next = scan.skip_space(next);
        if scan.word(next).is_some_and(|word| word.eq_ignore_ascii_case("at")) {
            next = scan.skip_space(next + 1);
        }
    }
    // `1:1` is a talk of two people
    let has_minutes = scan.number(next + 2).is_some_and(|(digits, _)| digits == 2) && scan.short(next + 2).is_some();
    if scan.short(next).is_none() || scan.mark(next + 1) != Some(':') || !has_minutes {
        return at;
    }
    next += 3;
    // seconds, fractions, an offset
    while matches!(scan.mark(next), Some(':' | '.' | '+' | '-')) && scan.kind(next + 1) == Some(Kind::Number) {
        next += 2;
    }
    let zone = scan.skip_space(next);
    if scan
        .word(zone)
        .is_some_and(|word| ["z", "am", "pm", "utc", "uhr", "h"].iter().any(|w| word.eq_ignore_ascii_case(w)))
    {
        next = zone + 1;
    } else if matches!(scan.mark(zone), Some('+' | '-')) && scan.kind(zone + 1) == Some(Kind::Number) {
        next = zone + 2;
    }
    next
}

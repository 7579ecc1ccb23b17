//! The grammar of written dates: which texts are one, and what they say.
//!
//! It reads what stands there and nothing else: what a `12th` is the twelfth of, is found out by its callers.

use crate::parse::dates::partial::Partial;
use crate::parse::dates::reading::Reading;
use crate::parse::dates::scan::Kind;
use crate::parse::dates::scan::Scan;
use crate::parse::dates::shapes::TO;
use crate::parse::dates::shapes::core;
use crate::parse::dates::shapes::gap;
use crate::parse::dates::shapes::week_at;

/// Words before a day: `the 27th`, `le 3 mars`, `den 5. Mai`.
const ARTICLES: &[&str] = &["the", "from", "le", "du", "el", "del", "de", "den", "der", "vom"];

/// Reads a text that is a date (or a range) and nothing else, but for brackets and ornaments around it, a time and a
/// final mark.
pub(super) fn whole(text: &str, language: u8) -> Option<Reading> {
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

/// What people put around a date that stands alone: brackets, rules, stars, pictures. Signs that change what a number
/// means (`$5`, `1/2`, `50%`) are none.
fn is_ornament(c: char) -> bool {
    if c.is_ascii() { "()[]<>-=*_~#|+^".contains(c) } else { !"€£¥§°‰′″½¼¾×÷±…".contains(c) }
}

/// Past the number of the week behind the days: `16–20 Nov (W47)`.
fn trailing_week(scan: &Scan<'_>, at: usize) -> usize {
    let mut next = scan.skip_space(at);
    while matches!(scan.mark(next), Some(',' | '(' | '[' | '-' | '–' | '—')) {
        next = scan.skip_space(next + 1);
    }
    week_at(scan, next).filter(|_| next > at).map_or(at, |number| number + 1)
}

/// Every date in a text, one after the other, with clean edges: no part of a longer number, word, path or version.
pub(super) fn all(text: &str, name: bool, language: u8) -> Vec<Reading> {
    let scan = Scan::new(text, name, language);
    let mut found = Vec::new();
    let mut at = 0;
    while at < scan.len() {
        let before = at.checked_sub(1);
        let clean = match before.map(|before| scan.kind(before)) {
            None | Some(None | Some(Kind::Space)) => true,
            Some(Some(Kind::Mark)) if name => true,
            Some(Some(Kind::Mark)) => {
                before.and_then(|before| scan.mark(before)).is_some_and(|c| "([<,:–—".contains(c))
            }
            Some(Some(Kind::Number | Kind::Word)) => false,
        };
        let read = if clean && scan.is_solid(at) { reading(&scan, at) } else { None };
        match read {
            Some((reading, next)) => {
                let after = time(&scan, next);
                let ends =
                    name || !scan.mark(after).is_some_and(|c| "/-_%@#+=*".contains(c) && scan.is_solid(after + 1));
                if ends {
                    found.push(reading);
                }
                at = next.max(at + 1);
            }
            None => at += 1,
        }
    }
    found
}

/// A month's name and nothing else: `February`, `Feb.`
pub(super) fn month_name(text: &str) -> Option<u32> {
    let scan = Scan::new(text.get(..text.len().min(32)).unwrap_or(""), false, 0);
    let (known, _, mut at) = scan.name_at(0)?;
    if matches!(scan.mark(at), Some('.' | ':')) {
        at += 1;
    }
    known.month.filter(|month| at == scan.len() && !month.is_weak()).map(|month| month.value)
}

/// A date or a range that begins at a piece, and the piece behind it.
fn reading(scan: &Scan<'_>, at: usize) -> Option<(Reading, usize)> {
    let first = one(scan, at)?;
    let found = range(scan, &first).unwrap_or(first);
    if !found.parts.is_possible() || found.end.is_some_and(|end| !end.is_possible()) || !found.ends(scan) {
        return None;
    }
    Some((found.finish(scan), found.at))
}

/// One day, month, week or quarter.
fn one(scan: &Scan<'_>, at: usize) -> Option<Partial> {
    let mut start = Partial::new(at);
    start.at = article(scan, at);
    let by_weekday = scan.name_at(start.at).and_then(|(known, _, next)| {
        let sense = known.weekday?;
        let mut partial = start.clone();
        partial.weekday(start.at, next, sense);
        partial.at = article(scan, gap(scan, next, false)?);
        let mut partial = core(scan, &partial)?;
        partial.month_or_weekday = known.month.is_some() && partial.parts.month.is_none();
        // `mar 12` is a Tuesday only where the note speaks a language that says so
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
    // `5 Jan Sun and moon` is no Sunday
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
    // two bare ordinals are places in a race
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

/// Past a time of day: ` 14:30`, ` at 9:05 am`, `T10:00:00+02:00`, `Z`.
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
    if scan.short(next).is_none() || scan.mark(next + 1) != Some(':') || scan.short(next + 2).is_none() {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::dates::reading::Order;
    use crate::parse::dates::reading::Parts;

    /// `y-m-d weekday`, `?` for what is not written.
    fn show(parts: Parts) -> String {
        let number = |n: Option<u32>| n.map_or("?".to_owned(), |n| n.to_string());
        let year = parts.year.map_or("?".to_owned(), |year| year.to_string());
        let weekday = parts.weekday.map(|weekday| format!(" {weekday}")).unwrap_or_default();
        format!("{year}-{}-{}{weekday}", number(parts.month), number(parts.day))
    }

    #[track_caller]
    fn case(text: &str, wanted: &str) {
        let reading = whole(text, 0);
        let got = reading.map(|reading| match reading.end {
            Some(end) => format!("{} to {}", show(reading.start), show(end)),
            None => show(reading.start),
        });
        assert_eq!(got.as_deref().unwrap_or("nothing"), wanted, "{text}");
    }

    #[test]
    fn days_in_numbers() {
        case("2023-10-18", "2023-10-18");
        case("2023/10/18", "2023-10-18");
        case("2023.10.18", "2023-10-18");
        case("2024-1-5", "2024-1-5");
        case("20231018", "2023-10-18");
        case("18.10.2023", "2023-10-18");
        case("18/10/2023", "2023-10-18");
        case("10/18/2023", "2023-10-18");
        case("(2023/09/20)", "2023-9-20");
        case("[2024-01-05 Fri]", "2024-1-5 Fri");
        case("2024-01-05 Fri 10:30", "2024-1-5 Fri");
        case("2024-01-05T10:30:00+02:00", "2024-1-5");
        case("2024-01-05 14:30:", "2024-1-5");
        case("Mo 12.2.", "?-2-12 Mon");
        case("2024-02-30", "nothing");
        case("2024-13-01", "nothing");
        case("1812-01-01", "nothing");
        case("3024-01-01", "nothing");
    }

    #[test]
    fn days_in_words() {
        case("18 Oct 2023", "2023-10-18");
        case("Oct 18, 2023", "2023-10-18");
        case("18-Oct-2023", "2023-10-18");
        case("2023 Oct 18", "2023-10-18");
        case("18th of October, 2023", "2023-10-18");
        case("October 18th 2023", "2023-10-18");
        case("18th October", "?-10-18");
        case("1st Apr", "?-4-1");
        case("15 May", "?-5-15");
        case("Mon 28th Feb", "?-2-28 Mon");
        case("Monday, 28 February 2022", "2022-2-28 Mon");
        case("28 Feb 2022 (Monday)", "2022-2-28 Mon");
        case("Thursday 31st", "?-?-31 Thu");
        case("Mon 25th:", "?-?-25 Mon");
        case("Fri 24rd", "?-?-24 Fri");
        case("Tue 7", "?-?-7 Tue");
        case("Thr 20th", "?-?-20 Thu");
        case("12th", "?-?-12");
        case("The 27th Feb", "?-2-27");
        case("Feb 30", "nothing");
        case("Feb 29", "?-2-29");
        case("29 Feb 2023", "nothing");
    }

    #[test]
    fn days_in_other_languages() {
        case("28. Februar 2022", "2022-2-28");
        case("Mo, 28. Feb.", "?-2-28 Mon");
        case("Donnerstag, den 3. März 2022", "2022-3-3 Thu");
        case("Montag 7.", "?-?-7 Mon");
        case("lundi 28 février 2022", "2022-2-28 Mon");
        case("samedi 1er janvier", "?-1-1 Sat");
        case("le 3 août 2021", "2021-8-3");
        case("lunes, 28 de febrero de 2022", "2022-2-28 Mon");
        case("3 de marzo del 2022", "2022-3-3");
        case("segunda-feira, 28 de fevereiro de 2022", "2022-2-28 Mon");
        case("terça 1º de março", "?-3-1 Tue");
        case("JEUDI 3 MARS", "?-3-3 Thu");
        case("miercoles 2 mar", "?-3-2 Wed");
    }

    #[test]
    fn months_weeks_quarters_and_ranges() {
        case("Jun 2017", "2017-6-?");
        case("febrero de 2021", "2021-2-?");
        case("2021-02", "2021-2-?");
        case("2021 Feb", "2021-2-?");
        case("2024-W49", "2024-12-2 to 2024-12-8");
        case("2024-W49-3", "2024-12-4");
        case("2024-W53", "nothing");
        case("2024-Q1", "2024-1-1 to 2024-3-31");
        case("Q4 2999", "2999-10-1 to 2999-12-31");
        case("Feb 9-10 2017", "2017-2-9 to 2017-2-10");
        case("9-10 Feb 2017", "2017-2-9 to 2017-2-10");
        case("9th – 10th Feb 2017", "2017-2-9 to 2017-2-10");
        case("Sun 2nd - Sun 16th", "?-?-2 Sun to ?-?-16 Sun");
        case("Mon 2 to Fri 6 Feb 2026", "2026-2-2 Mon to 2026-2-6 Fri");
        case("30 Dec – 2 Jan 2024", "2023-12-30 to 2024-1-2");
        case("2024-01-05 – 2024-01-07", "2024-1-5 to 2024-1-7");
        case("2024-01-07 – 2024-01-05", "nothing");
        case("2nd - 16th", "nothing");
    }

    #[test]
    fn look_alikes() {
        for text in [
            "GOTO 2015",
            "Day 2",
            "Wed 8pm",
            "Wed 8pm NET",
            "day?",
            "5.0.0",
            "1.2.2024.1",
            "2/3",
            "1987 paper",
            "pre 2004",
            "2015",
            "Database 2012",
            "14 days",
            "12",
            "12.",
            "5th Avenue",
            "May",
            "may",
            "Sun",
            "March 5%",
            "Mon 12:30",
            "Mon 2/3",
            "Mon 3.5",
            "202202",
            "20231399",
            "RFC 2119",
            "PROJ-2024",
            "12-34-5678",
            "2024-1",
            "2024.10",
            "2021-2022",
            "",
            " ",
            "th 12",
            "12 th of",
            "2024-01-05x",
            "x2024-01-05",
            "2024-01-05/notes",
            "Jan 2024 - ",
            "\u{301}5th",
            "10/11/23",
            "May 12 people",
        ] {
            if text == "Jan 2024 - " {
                case(text, "2024-1-?");
            } else {
                case(text, "nothing");
            }
        }
    }

    #[test]
    fn one_number_above_twelve_tells_the_order() {
        let order = |text: &str| whole(text, 0).map(|reading| reading.order);
        assert_eq!(order("18/10/2023"), Some(Order::DayFirst));
        assert_eq!(order("10/18/2023"), Some(Order::MonthFirst));
        assert_eq!(order("10/11/2023"), Some(Order::Ambiguous));
        assert_eq!(order("10-11-2023"), Some(Order::Ambiguous));
        assert_eq!(order("10.11.2023"), Some(Order::Plain));
        assert_eq!(order("10/10/2023"), Some(Order::Plain));
        // 10 November 2023 was a Friday, 11 October 2023 a Wednesday
        assert_eq!(order("Fri 10/11/2023"), Some(Order::DayFirst));
        assert_eq!(order("Wed 10/11/2023"), Some(Order::MonthFirst));
        assert_eq!(order("Mon 10/11/2023"), Some(Order::Ambiguous));
    }

    #[test]
    fn a_word_of_two_meanings_asks_for_the_language() {
        let spanish = crate::model::words::LANGUAGES.iter().position(|names| names.language == "es").unwrap();
        case("mar 12", "?-3-12");
        assert_eq!(whole("mar 12", 1 << spanish).map(|reading| show(reading.start)).as_deref(), Some("?-?-12 Tue"));
        case("mar 12 abr", "?-4-12 Tue");
        assert!(whole("So 12", 0).unwrap().uncertain);
        assert!(!whole("So 12. Mai", 0).unwrap().uncertain);
        assert!(!whole("Mon 12", 0).unwrap().uncertain);
    }

    #[track_caller]
    fn within(text: &str, name: bool, wanted: &[&str]) {
        let got: Vec<String> =
            all(text, name, 0).into_iter().filter_map(|reading| Some(text.get(reading.span)?.to_owned())).collect();
        assert_eq!(got, wanted, "{text}");
    }

    #[test]
    fn dates_among_other_words() {
        within("Meeting (2023/10/18)", false, &["2023/10/18"]);
        within("1:1 2024-01-05", false, &["2024-01-05"]);
        within("Progress Feb 2021", false, &["Feb 2021"]);
        within("Jan 2020 vs Feb 2021", false, &["Jan 2020", "Feb 2021"]);
        within("see https://x.org/2024/01/05/y and v2024.1.2", false, &[]);
        within("report-2024-01-05.pdf", false, &[]);
        within("talk at 8pm on Wed 12:30", false, &[]);
    }

    #[test]
    fn dates_in_file_names() {
        within("202202_progress", true, &["202202"]);
        within("20260307_x", true, &["20260307"]);
        within("2024_01_05", true, &["2024_01_05"]);
        within("meeting-2024-01-05-planning", true, &["2024-01-05"]);
        within("202401051430 idea", true, &["202401051430"]);
        within("202401059930 idea", true, &[]);
        within("photo_20240105_123000", true, &["20240105"]);
        within("2024-W49", true, &["2024-W49"]);
        within("Feb_2021", true, &["Feb_2021"]);
        within("release-5.0.0", true, &[]);
        within("rfc2119", true, &[]);
        within("12345678", true, &[]);
    }
}

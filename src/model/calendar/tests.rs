use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;

/// A Thursday, in week 46.
const TODAY: &str = "2026-11-12";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[track_caller]
fn case(text: &str, expected: &str) {
    let read = parse_when(text, day(TODAY)).map(|range| range.to_string());
    assert_eq!(read.as_deref().map_err(ToString::to_string), Ok(expected), "{text}");
    assert_eq!(parse_when(&tidy(text), day(TODAY)).unwrap().to_string(), expected, "{text} as {}", tidy(text));
}

#[track_caller]
fn behind(text: &str, expected: &str) {
    let read = parse_when_leaning(text, day(TODAY), Lean::Behind).unwrap();
    assert_eq!(read.to_string(), expected, "{text}");
}

#[track_caller]
fn refused(text: &str, message: &str, suggestion: Option<&str>) {
    let error = parse_when(text, day(TODAY)).unwrap_err();
    assert_eq!((error.message.as_str(), error.suggestion.as_deref()), (message, suggestion), "{text}");
}

#[test]
fn numbers() {
    case("2026-12-01", "2026-12-01");
    case("2026-2-1", "2026-02-01");
    case("2026-12", "2026-12-01..2026-12-31");
    case("2024-02", "2024-02-01..2024-02-29");
    case("1996", "1996-01-01..1996-12-31");
    case("20261201", "2026-12-01");
    case("202612", "2026-12-01..2026-12-31");
    case("2020-W53", "2020-12-28..2021-01-03");
    case("2020-w53-7", "2021-01-03");
    case("w46", "2026-11-09..2026-11-15");
    case("week 1 2027", "2027-01-04..2027-01-10");
    case("2007-Q1", "2007-01-01..2007-03-31");
    case("q4", "2026-10-01..2026-12-31");
    case("2023/10/18", "2023-10-18");
    case("2023.10.18", "2023-10-18");
    case("18.10.2023", "2023-10-18");
    case("18/10/2023", "2023-10-18");
    case("10/18/2023", "2023-10-18");
    case("10/2023", "2023-10-01..2023-10-31");
}

#[test]
fn relative() {
    case("today", "2026-11-12");
    case("TODAY", "2026-11-12");
    case("tomorrow", "2026-11-13");
    case("yesterday", "2026-11-11");
    case("the day after tomorrow", "2026-11-14");
    case("+7d", "2026-11-19");
    case("-2w", "2026-10-29");
    case("+1m", "2026-12-12");
    case("+1y", "2027-11-12");
    case("-1q", "2026-08-12");
    case("+1", "2026-11-13");
    case("-7", "2026-11-05");
    case("+ 2 weeks", "2026-11-26");
    case("in 3 days", "2026-11-15");
    case("in a week", "2026-11-19");
    case("3 days from now", "2026-11-15");
    case("2 weeks ago", "2026-10-29");
    case("2-weeks-ago", "2026-10-29");
    case("10d ago", "2026-11-02");
    case("next 7 days", "2026-11-13..2026-11-19");
    case("last 7 days", "2026-11-06..2026-11-12");
    case("past-2-weeks", "2026-10-30..2026-11-12");
}

#[test]
fn periods() {
    case("this week", "2026-11-09..2026-11-15");
    case("next-week", "2026-11-16..2026-11-22");
    case("Last Week", "2026-11-02..2026-11-08");
    case("last_month", "2026-10-01..2026-10-31");
    case("this quarter", "2026-10-01..2026-12-31");
    case("next quarter", "2027-01-01..2027-03-31");
    case("this year", "2026-01-01..2026-12-31");
    case("last year", "2025-01-01..2025-12-31");
    case("end of month", "2026-11-30");
    case("end of next month", "2026-12-31");
    case("start-of-year", "2026-01-01");
    case("beginning of the week", "2026-11-09");
    case("end of february 2028", "2028-02-29");
    case("end of 2026-q3", "2026-09-30");
}

#[test]
fn weekdays() {
    case("thursday", "2026-11-12");
    case("friday", "2026-11-13");
    case("wednesday", "2026-11-18");
    case("next friday", "2026-11-13");
    case("next thursday", "2026-11-19");
    case("last thursday", "2026-11-05");
    case("last friday", "2026-11-06");
    case("this monday", "2026-11-09");
    case("freitag", "2026-11-13");
    case("Do.", "2026-11-12");
    case("viernes", "2026-11-13");
    case("sexta-feira", "2026-11-13");
    behind("thursday", "2026-11-12");
    behind("friday", "2026-11-06");
    behind("next friday", "2026-11-13");
}

#[test]
fn names() {
    case("1st of may", "2027-05-01");
    case("May 1", "2027-05-01");
    case("1 May 2026", "2026-05-01");
    case("May 1st, 2026", "2026-05-01");
    case("2026 may 1", "2026-05-01");
    case("1. März 2026", "2026-03-01");
    case("le 1er févr. 2026", "2026-02-01");
    case("1 de mayo de 2026", "2026-05-01");
    case("may 2026", "2026-05-01..2026-05-31");
    case("may", "2027-05-01..2027-05-31");
    case("november", "2026-11-01..2026-11-30");
    case("mar", "2027-03-01..2027-03-31");
    case("next november", "2027-11-01..2027-11-30");
    case("last november", "2025-11-01..2025-11-30");
    case("29 february", "2028-02-29");
    case("12th", "2026-11-12");
    case("the 11th", "2026-12-11");
    case("31st", "2026-12-31");
    case("Mon 28 Feb 2022", "2022-02-28");
    case("thu 12 november", "2026-11-12");
    behind("1st of may", "2026-05-01");
    behind("31st", "2026-10-31");
    behind("december", "2025-12-01..2025-12-31");
}

#[test]
fn ranges() {
    case("2026-01..2026-03", "2026-01-01..2026-03-31");
    case("2026-01..", "2026-01-01..");
    case("..2026-01", "..2026-01-31");
    case("2026-03..2026-01", "2026-01-01..2026-03-31");
    case("2017-08-17 2014-08-19", "2014-08-19..2017-08-17");
    case("2026-01-05 to 2026-01-06", "2026-01-05..2026-01-06");
    case("..+7d", "..2026-11-19");
    case("today..+7d", "2026-11-12..2026-11-19");
    case("monday..friday", "2026-11-16..2026-11-20");
    case("20 dec .. 5 jan", "2026-12-20..2027-01-05");
    case("today..today", "2026-11-12");
    behind("monday..friday", "2026-11-09..2026-11-13");
    behind("wednesday..tuesday", "2026-11-11..2026-11-17");
}

#[test]
fn refusals_teach() {
    refused("fryday", "`fryday` is not a date", Some("friday"));
    refused("nxet week", "`nxet week` is not a date", Some("next-week"));
    refused("soon", "`soon` is not a date", None);
    refused("", "`` is not a date", None);
    refused("7d", "`7d` is a length, not a date: +7d is so long after today, -7d before", Some("+7d"));
    refused("2026-02-30", "2026-02-30 is not in the calendar", None);
    refused("30 feb", "no year has a day 30 in month 2", None);
    refused("2026-13", "there is no month 13", None);
    refused("2021-W53", "2021 has no week 53", None);
    refused("2021-Q5", "quarters go from Q1 to Q4", None);
    refused("3026", "years go from 1900 to 2999", None);
    refused("1899-12-31", "years go from 1900 to 2999", None);
    refused("+99999y", "years go from 1900 to 2999", None);
    refused("-1000y", "years go from 1900 to 2999", None);
    refused("2999-12-31..+2000y", "years go from 1900 to 2999", None);
    refused("03/04/2026", "`03/04/2026` may be 2026-03-04 or 2026-04-03: write the one you mean", None);
    refused("tue 28 feb 2022", "2022-02-28 is a Monday", Some("2022-02-28"));
    refused("2014-08-19 2015-99-29", "2015-99-29 is not in the calendar", None);
    refused("..", "a range needs at least one end: 2026-01..2026-03, 2026-01.., ..2026-03", None);
    refused("a..b..c", "`a` is not a date", None);
    refused("20:30", "`20:30` is not a date", None);
    refused("day 2", "`day 2` is not a date", None);
    refused(&"1".repeat(99), "that is too long for a date", None);
    assert!(parse_day("this week", day(TODAY), Lean::Ahead).is_err());
    assert_eq!(parse_day("friday", day(TODAY), Lean::Ahead), Ok(day("2026-11-13")));
}

/// Obsidian Tasks, "due before this week" with today a Thursday: before that week's Monday.
#[test]
fn this_week_begins_on_monday() {
    let week = parse_when("this week", day("2023-02-09")).unwrap();
    assert_eq!(week.start, Some(day("2023-02-06")));
}

fn days() -> impl Strategy<Value = NaiveDate> {
    (1900..3000, 1u32..=366).prop_filter_map("not in that year", |(year, of)| NaiveDate::from_yo_opt(year, of))
}

#[test]
fn a_spoilt_date_is_no_word_to_search_for() {
    for text in [
        "2026-13",
        "2026-02-30",
        "31.11.2026",
        "2026/13/01",
        "2026-W60",
        "W60",
        "Q5",
        "2026-Q5",
        "tomorow",
        "yestrday",
        "last-wek",
        "lst week",
        "next mont",
        "wednsday",
    ] {
        assert!(is_spoilt_date(text), "{text}");
    }
    for text in [
        "",
        "2026-12",
        "today",
        "weekly",
        "monthly",
        "monkey",
        "saga",
        "kind:video",
        "path:2026-13",
        "1.2",
        "42",
        "next steps",
        "last call",
        "months of looms",
        "\"tomorow\"",
        "qa",
        "w3c",
    ] {
        assert!(!is_spoilt_date(text), "{text}");
    }
}

proptest! {
    #[test]
    fn what_is_printed_is_read_back(a in days(), b in days(), open in 0..3, today in days()) {
        let range = DateRange::between(a, b);
        let range = match open {
            0 => DateRange { start: None, ..range },
            1 => DateRange { end: None, ..range },
            _ => range,
        };
        prop_assert_eq!(parse_when(&range.to_string(), today), Ok(range));
        prop_assert_eq!(parse_when(&DateRange::day(a).to_string(), today), Ok(DateRange::day(a)));
    }

    #[test]
    fn each_written_form_is_read_back(date in days(), today in days()) {
        for form in ["%Y-%m-%d", "%Y%m%d", "%Y/%m/%d", "%d.%m.%Y", "%d %B %Y", "%B %e, %Y", "%a %d %b %Y", "%G-W%V-%u"] {
            let written = date.format(form).to_string();
            // the last days of 2999 may be in a week of the year 3000
            if !written.starts_with("3000") && !written.starts_with("1899") {
                prop_assert_eq!(parse_when(&written, today), Ok(DateRange::day(date)), "{}", written);
            }
        }
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,40}", today in days()) {
        drop(parse_when(&text, today));
    }

    #[test]
    fn tidy_texts_mean_the_same(
        words in proptest::collection::vec("(?i)next|last|this|week|fri|may|1st|of|2026|3|days|ago|in|-|\\+|\\.\\.|to|end|mar|w5|ä", 0..5),
        ahead: bool,
        today in days(),
    ) {
        let lean = if ahead { Lean::Ahead } else { Lean::Behind };
        let text = words.join(" ");
        let read = parse_when_leaning(&text, today, lean);
        if let Ok(range) = &read {
            prop_assert_eq!(&parse_when_leaning(&tidy(&text), today, lean), &Ok(*range), "{}", text);
            prop_assert_eq!(tidy(&tidy(&text)), tidy(&text));
            prop_assert!(range.start.is_none() || range.end.is_none() || range.start <= range.end);
        }
    }
}

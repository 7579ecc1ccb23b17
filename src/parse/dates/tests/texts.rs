//! What single texts say.

use crate::parse::dates::grammar::*;
use crate::parse::dates::written::Order;
use crate::parse::dates::written::Parts;

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
        "26/11/03",
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

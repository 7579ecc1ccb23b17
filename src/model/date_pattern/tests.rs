//! Patterns write dates and read them back.

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[track_caller]
fn case(pattern: &str, want: &str) {
    assert_eq!(DatePattern::new(pattern).format(day("2026-11-02")), want);
}

#[test]
fn patterns_write() {
    case("YYYY-MM-DD", "2026-11-02");
    case("YYYYMMDD", "20261102");
    case("YYYY/MM-MMMM/YYYY-MM-DD-dddd", "2026/11-November/2026-11-02-Monday");
    case("gggg-[W]ww", "2026-W45");
    case("D MMM YY, dd, Do, [Q]Q", "2 Nov 26, Mo, 2nd, Q4");
    case("YYYY-DDDD", "2026-306");
    case("GGGG-[W]WW-E", "2026-W45-1");
    case("Daily/[Day] M", "Daily/Day 11");
    case("[open", "[open");
    case("日YYYY", "日2026");
    case("Qo, Mo, DDDo, wo, Wo, do", "4th, 11th, 306th, 45th, 45th, 1st");
    case("YYYY年MM月DD日", "2026年11月02日");
}

/// Patterns that name each day; people use all of these.
const DAYS: &[&str] = &[
    "YYYY-MM-DD",
    "YYYYMMDD",
    "YYYY_MM_DD",
    "YYYY.MM.DD",
    "YYYY MM DD",
    "YY-MM-DD",
    "YYMMDD",
    "MM-DD-YYYY",
    "DD-MM-YYYY",
    "DD.MM.YYYY",
    "DD.MM.YY",
    "D.M.YYYY",
    "D.M.YY",
    "M-D-YYYY",
    "MM_DD_YY",
    "DDMMYYYY",
    "MMDDYYYY",
    "YYYY年MM月DD日",
    "YYYY年M月D日",
    "YYYY-DDDD",
    "YYYY-DDD",
    "DDDo YYYY",
    "Do Mo YYYY",
    "YYYY-MM-DD wo",
    "GGGG-[W]WW-E",
    "gggg-[W]ww-E",
    "GGGG-[W]WW-dddd",
    "MMM D, YYYY",
    "MMMM Do, YYYY",
    "dddd, MMMM Do YYYY",
    "ddd DD MMM YYYY",
    "Do MMMM YYYY",
    "D MMMM YYYY dd",
    "YYYY/MM/DD",
    "YYYY/MM-MMMM/DD",
    "YYYY/MMMM/YYYY-MM-DD",
    "YYYY/[W]WW/YYYY-MM-DD",
    "YYYY/[Q]Q/MM-DD",
    "[daily] YYYY-MM-DD",
    "YYYY-MM-DD [log]",
    "Journal YYYY-MM-DD",
    "YYYY-MM-DD-ddd",
    "YYYY-MM-DD d",
];
/// Patterns that name weeks, months, quarters, years.
const STRETCHES: &[&str] = &[
    "YYYY-MM",
    "YYYYMM",
    "MMMM YYYY",
    "gggg-[W]ww",
    "GGGG-[W]WW",
    "GGGG/W",
    "[W]w GG",
    "YYYY-[Q]Q",
    "YYYY",
    "YYYY-MM/[W]WW",
];

#[test]
fn what_is_written_is_read_as_the_same_day() {
    for pattern in DAYS.iter().map(|pattern| DatePattern::new(pattern)) {
        assert!(pattern.names_days(), "{pattern}");
        for date in day("2026-01-01").iter_days().take(731) {
            let name = pattern.format(date);
            assert_eq!(pattern.read(&name), Some(DateRange::day(date)), "{pattern}: {name}");
            assert_eq!(pattern.check(date), Ok(()), "{pattern}: {name}");
        }
    }
    for pattern in STRETCHES.iter().map(|pattern| DatePattern::new(pattern)) {
        assert!(!pattern.names_days(), "{pattern}");
        for date in day("2026-01-01").iter_days().take(731) {
            let name = pattern.format(date);
            let read = pattern.read(&name);
            assert!(read.is_some_and(|range| range.contains(date)), "{pattern}: {name} {read:?}");
        }
    }
}

#[track_caller]
fn refused(pattern: &str, why: &str) {
    let error = DatePattern::new(pattern).check(day("2026-01-11")).unwrap_err();
    assert!(error.to_string().contains(why), "{pattern}: {error}");
}

#[test]
fn patterns_that_name_no_day_are_refused() {
    refused("YYYY-MM-DD HHmm", "`HHmm`");
    refused("YYYY-MM-DD HH-mm", "`HHmm`");
    refused("YYYY-MM-DD[T]HH.mm.ss", "`HHmmss`");
    refused("YYYY-MM-DDTHH", "`HH`");
    refused("YYYY-MM-DD k", "`k`");
    refused(".YYYY-MM-DD", "hidden");
    refused("YYYY/[]/MM-DD", "empty");
    refused("", "empty");
    refused("x", "`x`");
    refused("L", "`L`");
    refused("D MMMM", "no year");
    refused("dddd", "no year");
    refused("MDYYYY", "more than one day");
    refused("YYYY DD", "more than one day");
    assert_eq!(DatePattern::new("[log]").check(day("2026-11-27")), Ok(()));
}

#[test]
fn other_names_are_not_read() {
    for (pattern, name) in [
        ("YYYY-MM-DD", "2026-1-2"),
        ("YYYY-MM-DD", "2026-13-01"),
        ("YYYY-MM-DD", "2026-11-02 notes"),
        ("M-D-YYYY", "01-02-2026"),
        ("dddd YYYY-MM-DD", "Friday 2026-11-02"),
        ("GGGG-[W]WW", "2026-W54"),
        ("YYYY/MM/DD", "2026-11-02"),
        ("YYYY-MM-DD HHmm", "2026-11-02 HHmm"),
        ("", "2026-11-02"),
    ] {
        assert_eq!(DatePattern::new(pattern).read(name), None, "{pattern} {name}");
    }
    assert_eq!(DatePattern::new("D MMMM YYYY").read("2 novembre 2026"), Some(DateRange::day(day("2026-11-02"))));
}

proptest::proptest! {
    #[test]
    fn any_pattern_reads_any_name(pattern in "[YMDdwWgGQEo \\-./\\[\\]a年]{0,12}", name in ".{0,16}", days in 0..2_000_i64) {
        let pattern = DatePattern::new(&pattern);
        let _ = pattern.read(&name);
        let date = day("2024-01-01") + chrono::TimeDelta::days(days);
        // a name that is read at all is read as a time with the day in it
        if pattern.check(date).is_ok()
            && let Some(range) = pattern.read(&pattern.format(date))
        {
            proptest::prop_assert!(range.contains(date), "{} {} {}", pattern, date, range);
        }
    }
}

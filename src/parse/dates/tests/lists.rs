//! Days in front of items, weekdays below weeks, and days in titles that say their year elsewhere.

use super::*;
use crate::model::Precision;

#[test]
fn items_of_a_journal_begin_with_their_day() {
    case(
        "log-2024.md",
        "# Log 2024\n\n- 3 Jan: met Ida\n- 5 Feb: dentist\n- 7 Mar – read https://e.org/a\n",
        &["3-3 2024-01-03", "4-4 2024-02-05", "5-5 2024-03-07"],
    );
    case(
        "diary.md",
        "# Diary\n\n- 2024-01-03: met Ida\n  - at noon\n- 2024-01-04 read https://e.org/c\n",
        &["3-4 2024-01-03", "5-5 2024-01-04"],
    );
    case(
        "2024-05.md",
        "- **3 May** a\n- [4 May] b\n- **Sun 5 May**: c\n",
        &["1-1 2024-05-03", "2-2 2024-05-04", "3-3 2024-05-05"],
    );
    // one of them says which number is the day
    case("log.md", "# Log\n\n- 2/9/26: launch\n- 16/9/26 done\n", &["3-3 2026-09-02", "4-4 2026-09-16"]);
    case("log.md", "# Log\n\n- 9/2/26: launch\n- 9/16/26 done\n", &["3-3 2026-09-02", "4-4 2026-09-16"]);
    for (path, text) in [
        // no journal
        ("plan.md", "# Plan\n\n- 2024-01-03: met Ida\n- 2024-01-04 read it\n"),
        // no year, one day alone, most of them no days, the first none
        ("log.md", "# Log\n\n- 3 Jan: met Ida\n- 5 Feb: dentist\n"),
        ("log.md", "# Log\n\n- 2024-01-03: met Ida\n"),
        ("log.md", "# Log\n\n- 2024-01-03: a\n- 2024-01-04: b\n- c\n- d\n- e\n"),
        ("log.md", "# Log\n\n- c\n- 2024-01-03: a\n- 2024-01-04: b\n"),
        // two days each, and no reason for either
        ("log.md", "# Log\n\n- 2/9/26: launch\n- 3/9/26: done\n"),
        // shares, versions, years that come first
        ("log.md", "# Log\n\n- 26/11/03: a\n- 26/11/04: b\n"),
        ("log.md", "# Log\n\n- 3/4 of it\n- 1/2/3/26: b\n"),
    ] {
        case(path, text, &[]);
    }
}

#[test]
fn a_weekday_below_a_week_is_its_day() {
    let week = "# Worklog 2026\n\n## Week 47 (16–20 Nov)\n\n";
    for day in ["### Friday", "- Friday", "Fri", "### Fr", "### Vendredi", "- Fri:"] {
        let wanted = if day == "### Fr" { vec![] } else { vec!["5-6 2026-11-20"] };
        let found = Sketch::new("log.md", &format!("{week}{day}\n  - a\n")).days();
        let found: Vec<&str> = found.iter().map(String::as_str).filter(|day| !day.contains("..")).collect();
        assert_eq!(found, wanted, "{day}");
    }
    // what is short in one language is a day beside another of them
    case("log.md", &format!("{week}### Mo\n- a\n\n### Fr\n- b\n"), &["5-6 2026-11-16", "8-9 2026-11-20"]);
    // a week with its number has a weekend
    case("log.md", &format!("{week}### Sat\n- a\n"), &["5-6 2026-11-21"]);
    case("2026-W47.md", "- Friday\n  - a\n- Tue\n  - b\n", &["1-2 2026-11-20", "3-4 2026-11-17"]);
    case("n.md", "# 9–11 Sept 2026\n\n## Friday\na\n", &["3-4 2026-09-11"]);
    // what stands before the first day is of the week
    case("log.md", &format!("{week}- plan\n\n### Friday\n- a\n"), &["3-8 2026-11-16..2026-11-20", "7-8 2026-11-20"]);
    // a sentence, a month, another heading between, a point of something else, a day that the week has not, no week at all
    for lines in [
        "### Friday at home\n",
        "### Absences\n\n- Friday\n",
        "- off\n  - Friday\n",
        "- 18 Nov\n  - Friday\n",
        "So\n- a\n",
        "### Mars\n",
    ] {
        let days = Sketch::new("log.md", &format!("{week}{lines}")).days();
        assert!(!days.iter().any(|day| day.ends_with("2026-11-20") && !day.contains("..")), "{lines}: {days:?}");
    }
    case("log.md", "# Log 2026\n\n## 9–11 Nov\n\n### Friday\na\n", &["3-6 2026-11-09..2026-11-11"]);
    case("log.md", "# November 2026\n\n## Friday\na\n", &["1-4 2026-11"]);
}

#[test]
fn a_title_may_say_the_year_of_its_days_elsewhere() {
    case(
        "konvens.md",
        "# KONVENS 2026, Wien (9.–11. September)\n\n## 9.9.\n- b\n\n## Friday\n- c\n",
        &["3-4 2026-09-09", "6-7 2026-09-11"],
    );
    case("a.md", "# GOTO 2026, 9–11 Sept\na\n", &["1-2 2026-09-09..2026-09-11"]);
    case("a.md", "# 2025 and 2026, 9–11 Sept\na\n", &[]);
    let found = Sketch::new("konvens.md", "# KONVENS 2026 (9.–11. September)\n\n- a\n\n## 9.9.\n- b\n").read();
    let end = found.date_end.map(|end| end.to_string());
    assert_eq!((found.date_precision, end.as_deref()), (Some(Precision::Range), Some("2026-09-11")));
}

#[test]
fn days_at_the_front() {
    let around = "2026-11-20".parse().ok();
    for (text, wanted) in [
        ("2026-09-14: tantivy", Some(("2026-09-14", 12))),
        ("12.10.2026: TEI", Some(("2026-10-12", 12))),
        ("2026-10-05 x", Some(("2026-10-05", 11))),
        ("[2026-09-16] x", Some(("2026-09-16", 13))),
        ("(2026-09-17) x", Some(("2026-09-17", 13))),
        ("**2026-09-22** x", Some(("2026-09-22", 15))),
        ("__2026-09-22:__ x", Some(("2026-09-22", 16))),
        ("Oct 5, 2026: x", Some(("2026-10-05", 13))),
        ("9/9/26: x", Some(("2026-09-09", 8))),
        ("Fri 5 June - x", Some(("2026-06-05", 13))),
        ("Fri 20th: x", Some(("2026-11-20", 10))),
        // the weekday does not fit, nothing parts it, it may be two days, it is none
        ("Thu 5 June - x", None),
        ("5 June x", None),
        ("2/9/26: x", None),
        ("20th: x", None),
        ("2026-11 x", None),
        ("2026-09-14-notes", None),
        ("**bold** 2026-09-14", None),
    ] {
        let found = day_at_front(text, around);
        assert_eq!(found, wanted.map(|(day, rest)| (day.parse().unwrap(), rest)), "{text}");
    }
}

//! Kinds of dates that people's notes have: weeks, ranges, names of files, days far away, lines that cannot be read.

use super::*;
use crate::model::daily_notes::DailyNotes;

/// The note's date with a property beside its path and text.
#[track_caller]
fn date_is(path: &str, text: &str, property: (&str, &str), wanted: (&str, &[&str])) {
    let properties = [property];
    let mut sketch = Sketch::new(path, text);
    sketch.properties = &properties;
    let date = sketch.read().date.map(|date| date.to_string()).unwrap_or_default();
    let days = sketch.days();
    assert_eq!(
        (date.as_str(), days.iter().map(String::as_str).collect::<Vec<_>>().as_slice()),
        wanted,
        "{path}\n{text}"
    );
}

#[test]
fn names_and_titles_come_before_created() {
    let created = ("created", "2022-03-09T10:00");
    date_is("2022-03-04.md", "x\n", created, ("2022-03-04", &["1-1 2022-03-04"]));
    date_is("meeting 2022-03-04 Ida.md", "x\n", created, ("2022-03-04", &["1-1 2022-03-04"]));
    date_is("2021-W49.md", "x\n", created, ("2021-12-06", &["1-1 2021-12-06..2021-12-12"]));
    date_is("202112.md", "x\n", created, ("2021-12-01", &["1-1 2021-12"]));
    date_is("n.md", "# Trip 2022-03-01\nx\n", created, ("2022-03-01", &["1-2 2022-03-01"]));
    date_is("n.md", "# Trip\nx\n", created, ("2022-03-09", &["1-2 2022-03-09"]));
    // a folder, or a month in the title, says less than a day
    date_is("2022/03/n.md", "x\n", created, ("2022-03-09", &["1-1 2022-03-09"]));
    // the note's own `date` is the date
    date_is("2022-03-04.md", "x\n", ("date", "2022-03-05"), ("2022-03-05", &["1-1 2022-03-04"]));
}

#[test]
fn weeks_are_weeks() {
    for week in
        ["W46", "w46", "KW 46", "KW46", "CW46", "Week 46", "Wk 46", "Kalenderwoche 46", "Semaine 46", "Semana 46"]
    {
        case("log.md", &format!("# Log 2026\n\n## {week}\na\n"), &["3-4 2026-11-09..2026-11-15"]);
    }
    for week in [
        "2026-W46",
        "2026 W46",
        "W46 2026",
        "Week 46, 2026",
        "Week 46 of 2026",
        "KW 46/2026",
        "2026-KW46",
        "2026, Week 46",
    ] {
        case("n.md", &format!("# N\n\n## {week}\na\n"), &["3-4 2026-11-09..2026-11-15"]);
        case("n.md", &format!("# N\n\n- {week}\n  - a\n"), &["3-4 2026-11-09..2026-11-15"]);
    }
    case("2026/W46.md", "a\n", &["1-1 2026-11-09..2026-11-15"]);
    case("2026-W46-review.md", "a\n", &["1-1 2026-11-09..2026-11-15"]);
    case("n.md", "# N\n\n## 2026\n\n### W46\na\n", &["5-6 2026-11-09..2026-11-15"]);
    // days take month and year from their week, which is then no entry itself
    case("log.md", "# 2026\n\n## W49\n\n### Mon 30th\n### Tue 1st\n", &["5-5 2026-11-30", "6-6 2026-12-01"]);
    // from the days around it
    case("n.md", "# N\n\n## 2026-11-20\n\n## W46\n", &["3-3 2026-11-20", "5-5 2026-11-09..2026-11-15"]);
    // what is not a week, or of no year
    case("n.md", "# N\n\n## W46\n## Week 47\n", &[]);
    case("n.md", "# N 2026\n\n## Week 54\n## W0\n## Weekend 12\n## W3C 2\n", &[]);
    case("2024/databases.md", "# Databases\n\n## Week 1\n\n## Week 2: joins\n", &[]);
}

#[test]
fn weeks_with_their_days_are_those_days() {
    for days in [
        "16–20 Nov",
        "16-20 Nov",
        "16 – 20 November",
        "Nov 16–20",
        "16.–20.11.",
        "16.11.–20.11.",
        "16 Nov – 20 Nov",
        "Mon 16 – Fri 20 Nov",
    ] {
        case("log.md", &format!("# Log 2026\n\n## Week 47 ({days})\na\n"), &["3-4 2026-11-16..2026-11-20"]);
        case("log.md", &format!("# Log 2026\n\n## KW 47: {days}\na\n"), &["3-4 2026-11-16..2026-11-20"]);
        case("log.md", &format!("# Log\n\n## W47 2026 ({days})\na\n"), &["3-4 2026-11-16..2026-11-20"]);
        case(
            "log.md",
            &format!("# Log\n\n## {days} 2026\na\n").replace(". 2026", ".2026"),
            &["3-4 2026-11-16..2026-11-20"],
        );
        case("202611.md", &format!("# Log\n\n- {days}\n  - a\n"), &["3-4 2026-11-16..2026-11-20"]);
    }
    case("log.md", "# Log 2026\n\n## 9–13 Nov\na\n", &["3-4 2026-11-09..2026-11-13"]);
    case("log.md", "# Log 2026\n\n## 9–13 Nov (W46)\na\n", &["3-4 2026-11-09..2026-11-13"]);
    case("log.md", "# Log\n\n## vom 9. bis 13. November 2026\na\n", &["3-4 2026-11-09..2026-11-13"]);
    case("log.md", "# Log\n\n## du 9 au 13 novembre 2026\na\n", &["3-4 2026-11-09..2026-11-13"]);
    case("log.md", "# Log\n\n## 9 to 13 November 2026\na\n", &["3-4 2026-11-09..2026-11-13"]);
    // the first days of an ISO year
    case("log.md", "# Log\n\n## Week 1, 2026 (29 Dec – 2 Jan)\na\n", &["3-4 2025-12-29..2026-01-02"]);
    // between dated days
    case("n.md", "# N\n\n## 2026-11-20\n\n## 9–13 Nov\n", &["3-3 2026-11-20", "5-5 2026-11-09..2026-11-13"]);
}

#[test]
fn days_in_paths() {
    for path in [
        "2025-04/april-14.md",
        "2025-04/14.md",
        "2025-04/14th.md",
        "2025-04/april-14-standup.md",
        "2025/04/14.md",
        "2025/04/04-14.md",
        "2025/04/14 Monday.md",
        "2025/04/mon-14.md",
        "2025/04-April/14.md",
        "2025/April/14 April.md",
        "2025/april-14.md",
        "2025/14-april.md",
        "2025/04-14.md",
        "2025/Apr 14th.md",
        "2025/04/20250414.md",
        "2025年04月14日.md",
    ] {
        case(path, "a\n", &["1-1 2025-04-14"]);
    }
    for path in ["2025-04/chapter-14.md", "2025-04/may-14.md", "2025-04/4.md", "2025/04/14-ways.md"] {
        case(path, "a\n", &["1-1 2025-04"]);
    }
    for path in ["2025/chapter-14.md", "2025/14.md", "notes/april-14.md", "2025/04-31.md"] {
        case(path, "a\n", &[]);
    }
}

#[test]
fn days_far_from_a_dated_note_are_only_told_about() {
    case("2021-12-06.md", "History:\n- June 1, 1929\n- built in 1930\n", &["1-3 2021-12-06"]);
    case("2021-12-06.md", "a\n\n## 12 May 1987\nb\n\n- 3 March 2019\n  - c\n", &["1-7 2021-12-06"]);
    case("2021-12-06.md", "# Birthdays\n## June 1\n## 5 June\n", &["1-3 2021-12-06"]);
    case("2021-12-06.md", "# 2021-12-06\n## 2021-12-05\n", &["1-2 2021-12-06", "2-2 2021-12-05"]);
    // what has a name of its own may go on for longer
    case("2021-12-06 Team.md", "a\n\n## 2022-04-01\nb\n\n## 1 April 1999\nc\n", &["1-7 2021-12-06", "3-4 2022-04-01"]);
    case("202112.md", "# Log\n## 1 June 1929\n## Mon 6 Dec\n", &["3-3 2021-12-06"]);
    date_is("n.md", "# N\n## 1929-06-01\n", ("date", "2021-12-06"), ("2021-12-06", &["1-2 2021-12-06"]));
    // nothing is known of an undated note
    case("n.md", "# N\n## 1929-06-01\n", &["2-2 1929-06-01"]);
}

#[test]
fn a_date_line_that_cannot_be_read_belongs_to_no_day() {
    for (line, day) in [
        ("31.02.2026", None),
        ("2026-13-45", None),
        ("Mon 45th", None),
        ("Feb 30", None),
        ("05.13.26", None),
        ("5/10", None),
        ("31/4", None),
        ("22/10", Some("2026-10-22")),
        ("1 Jul 2026", Some("2026-07-01")),
        ("--- 1 Jul 2026 ---", Some("2026-07-01")),
        ("=== 2026-07-01 ===", Some("2026-07-01")),
        ("📅 2026-07-01", Some("2026-07-01")),
        ("## 2026-07-01 ##", Some("2026-07-01")),
    ] {
        let text = format!("2026-11-05\n- a\n\n{line}\n- b\n");
        let mut wanted = vec!["1-2 2026-11-05".to_owned()];
        wanted.extend(day.map(|day| format!("4-5 {day}")));
        assert_eq!(Sketch::new("log.md", &text).days(), wanted, "{line}");
        if day.is_none() {
            assert_eq!(Sketch::new("log.md", &text).read().date, None, "{line}");
        }
    }
    // whatever it is below
    case("log.md", "# L\n## 2026-11-05\n- a\n\n31.02.2026\n- b\n", &["2-3 2026-11-05"]);
    case("log.md", "- 2026-11-05\n  - a\n- 31.02.2026\n  - b\n", &["1-2 2026-11-05"]);
    // within a day such a line is rather something else
    case("log.md", "# L\n## 2026-11-05\n- a\n  - 7/10\n  - 31.02.2026\n- 3/4\n- b\n", &["2-7 2026-11-05"]);
}

#[test]
fn meetings_have_parts() {
    for part in [
        "Agreed",
        "Next time:",
        "Actions",
        "Vereinbart",
        "Nächstes Mal",
        "Convenu",
        "Prochaine fois",
        "Acordado",
        "Próxima vez",
        "Combinado",
    ] {
        case("n.md", &format!("Meeting (2026-11-05)\n- a\n\n{part}\n- b\n\nShopping\n- c\n"), &["1-5 2026-11-05"]);
    }
}

#[test]
fn daily_notes_are_read_as_settings_name_them() {
    let first = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
    for pattern in [
        "MM-DD-YYYY",
        "DD-MM-YYYY",
        "DD.MM.YY",
        "M-D-YYYY",
        "YYYY年MM月DD日",
        "YYYY-DDDD",
        "YYYY/MM/DD",
        "dddd, Do MMMM YYYY",
        "YYYYMMDD",
        "[log] DD MMM YY",
        "GGGG-[W]WW-E",
    ] {
        let daily = DailyNotes::new(Some("Daily/"), pattern);
        for day in first.iter_days().take(731) {
            let path = daily.path(day);
            let sketch = Sketch { daily: Some(&daily), ..Sketch::new(path.as_str(), "a\n") };
            let output = sketch.read();
            assert_eq!(
                (output.date, sketch.days()),
                (Some(day), vec![format!("1-1 {day}")]),
                "{pattern}: {}",
                path.as_str()
            );
        }
    }
    // weeks and months, and notes that are none of them
    let weekly = DailyNotes::new(None, "gggg-[W]ww");
    let sketch = Sketch { daily: Some(&weekly), ..Sketch::new("2026-W47.md", "a\n") };
    assert_eq!(sketch.days(), ["1-1 2026-11-16..2026-11-22"]);
    let american = DailyNotes::new(Some("Daily"), "MM-DD-YYYY");
    let sketch = Sketch { daily: Some(&american), ..Sketch::new("other/2026-11-05.md", "a\n") };
    assert_eq!(sketch.days(), ["1-1 2026-11-05"]);
}

#[test]
fn a_far_month_is_only_mentioned_in_a_dated_note() {
    let whole = "1-5 2021-12-06";
    case("2021-12-06.md", "text\n\n## June 1929\n\nx", &[whole]);
    case("2021-12-06.md", "text\n\n## 1929-06\n\nx", &[whole]);
    case("2021-12-06.md", "text\n\n## 1929\n### June\nx", &[whole]);
    case("2021-12-06.md", "text\n\n## June 1929\n### 3rd\nx", &[whole]);
    case("2021-12-06.md", "text\n\n## November 2021\n\nx", &[whole, "3-5 2021-11"]);
    case("log.md", "text\n\n## June 1929\n\nx", &["3-5 1929-06"]);
}

#[test]
fn what_follows_an_impossible_date_belongs_to_no_day() {
    let impossible = [
        "32 January 2026",
        "2026-W54",
        "W60",
        "KW 0",
        "Week 54",
        "11月31日",
        "2026年2月30日",
        "2026年13月1日",
        "2월 30일",
        "2026-366",
        "2026-W54:",
    ];
    for line in impossible {
        case("log.md", &format!("# Log\n\n2026-11-05\n- a\n\n{line}\n- b\n"), &["3-4 2026-11-05"]);
        case("log.md", &format!("# Log\n\n- 2026-11-05\n  - a\n- {line}\n  - b\n"), &["3-4 2026-11-05"]);
    }
    for line in ["Weekly 54", "W 60", "ABC-366", "2026-3666", "3 weeks", "日 3"] {
        case("log.md", &format!("# Log\n\n- 2026-11-05\n  - a\n- {line}\n  - b\n"), &["3-6 2026-11-05"]);
    }
}

#[test]
fn the_parts_of_a_meeting_beside_its_heading_are_of_its_day() {
    let beside = |title: &str, day: &str, part: &str| format!("# {title}\n\n## {day}\n- a\n\n## {part}\n- b\n");
    let parts = ["Agreed", "Actions", "Next time", "Vereinbart", "Décidé", "Acordado", "Attendees", "Notes"];
    for part in parts {
        case("log.md", &beside("Sync", "2026-10-22", part), &["3-7 2026-10-22"]);
        case("log.md", &beside("Log", "Sync 2026-10-22", part), &["3-7 2026-10-22"]);
        case("meetings/log.md", &beside("Log", "2026-10-22", part), &["3-7 2026-10-22"]);
        case("log.md", &beside("Journal", "2026-10-22", part), &["3-4 2026-10-22"]);
    }
    for other in ["To do", "Parking lot", "Questions", "Budget"] {
        case("log.md", &beside("Sync", "2026-10-22", other), &["3-4 2026-10-22"]);
    }
    case("log.md", "# Sync\n\n## 2026-10-22\n- a\n## Agreed\n- b\n## Shop\n- c\n", &["3-6 2026-10-22"]);
    let typed = [("type", "meeting")];
    let text = beside("Ida", "2026-10-22", "Agreed");
    let days = Sketch { properties: &typed, ..Sketch::new("ida.md", &text) }.days();
    assert_eq!(days, ["3-7 2026-10-22"]);
}

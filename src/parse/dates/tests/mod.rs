//! Notes and the days that they tell.
//!
//! Over 400 lines because all tests share one short way to write notes and what is expected of them.

mod kinds;
mod lists;
mod numbers;
mod texts;

use proptest::prelude::*;

use super::*;
use crate::model::Diagnostic;
use crate::model::Entry;
use crate::model::Lines;
use crate::model::NotePath;
use crate::model::Property;
use crate::model::Severity;
use crate::model::Value;
use crate::model::daily_notes::DailyNotes;

/// A note out of plain lines: `#` headings, `-` and `*` bullets, label lines; nothing cleverer.
struct Sketch<'a> {
    path: &'a str,
    text: &'a str,
    properties: &'a [(&'a str, &'a str)],
    urls: &'a [(usize, &'a str)],
    day_first: Option<bool>,
    daily: Option<&'a DailyNotes>,
}

impl<'a> Sketch<'a> {
    fn new(path: &'a str, text: &'a str) -> Self {
        Self { path, text, properties: &[], urls: &[], day_first: None, daily: None }
    }

    fn read(&self) -> Output {
        let places = Lines::new(self.text);
        let mut lines = Vec::new();
        for line in 1..=places.count() {
            let span = places.content(self.text, line);
            let raw = span.of(self.text);
            let trimmed = raw.trim_start();
            let level = trimmed.bytes().take_while(|byte| *byte == b'#').count();
            let (kind, text) = if (1..=6).contains(&level) {
                (LineKind::Heading(u8::try_from(level).unwrap()), trimmed.trim_start_matches('#'))
            } else if let Some(text) = trimmed.strip_prefix("- ").or_else(|| trimmed.strip_prefix("* ")) {
                (LineKind::Bullet { indent: raw.len() - trimmed.len() }, text)
            } else {
                (LineKind::Label, trimmed)
            };
            let begins = line == 1 || places.content(self.text, line - 1).of(self.text).trim().is_empty();
            let is_prose = kind == LineKind::Label && !begins && !text.contains(|c: char| c.is_ascii_digit());
            if !text.trim().is_empty() && !is_prose {
                lines.push(Line { line, span, text: text.trim(), kind });
            }
        }
        let opening = lines.first().filter(|line| line.kind == LineKind::Heading(1)).map(|line| line.text);
        let value = |value: &str| Value::Text(value.to_owned());
        let properties: Vec<Property> = self
            .properties
            .iter()
            .map(|(key, text)| Property { key: (*key).to_owned(), value: value(text), line: 2 })
            .collect();
        let path = NotePath::from(self.path);
        read(&Input {
            path: &path,
            title: opening.unwrap_or(path.stem()),
            lines: &lines,
            properties: &properties,
            urls: self.urls,
            text: self.text,
            places: &places,
            day_first: self.day_first,
            daily: self.daily,
        })
    }

    /// `line-end date` of each entry, months as `2021-02`, ranges as `a..b`.
    fn days(&self) -> Vec<String> {
        self.read().entries.iter().map(told).collect()
    }
}

fn told(entry: &Entry) -> String {
    let when = match (entry.precision, entry.end_date) {
        (crate::model::Precision::Month, _) => entry.date.format("%Y-%m").to_string(),
        (_, Some(end)) => format!("{}..{end}", entry.date),
        _ => entry.date.to_string(),
    };
    format!("{}-{} {when}", entry.line, entry.end_line)
}

#[track_caller]
fn case(path: &str, text: &str, wanted: &[&str]) {
    assert_eq!(Sketch::new(path, text).days(), wanted, "{path}\n{text}");
}

#[track_caller]
fn codes(sketch: &Sketch<'_>, wanted: &[&str]) {
    let output = sketch.read();
    let got: Vec<String> =
        output.diagnostics.iter().map(|found| format!("{}: {} {}", found.line, found.code, found.message)).collect();
    assert_eq!(got, wanted);
}

#[test]
fn days_take_month_and_year_from_the_title() {
    case(
        "log.md",
        "# Work May 2024\n\n## Fri 31st\n- a\n\n## Thu 30th\n- b\n\n\n## odds\n",
        &["3-4 2024-05-31", "6-7 2024-05-30"],
    );
    case(
        "log.md",
        "# Work May 2024\n\n# Fri 31st\n- a\n# Thu 30th\n- b\n# TODO\n- c",
        &["3-4 2024-05-31", "5-6 2024-05-30"],
    );
    case("log.md", "# Work May 2024\n* Fri 31st\n  * a\n- b\n* Thu 30th\n  c\n", &["2-4 2024-05-31", "5-6 2024-05-30"]);
}

#[test]
fn days_take_what_they_lack_from_the_nearest_place() {
    case("202405_log.md", "# Log\n## Fri 31st\n", &["2-2 2024-05-31"]);
    case("2024/05/log.md", "# Log\n## Fri 31st\n", &["2-2 2024-05-31"]);
    case("2024/log.md", "# Log\n## Fri 31 May\n", &["2-2 2024-05-31"]);
    case("log.md", "# Log 2024\n## Fri 31 May\n## 3 June\n", &["2-2 2024-05-31", "3-3 2024-06-03"]);
    case("log.md", "# Log 2024\n## May\n### Fri 31st\n## April\n### 30th\n", &["3-3 2024-05-31", "5-5 2024-04-30"]);
    case(
        "2024-log.md",
        "# Log\n## May 2024\n### Fri 31st\n## Apr 2024\n### 30th\n",
        &["3-3 2024-05-31", "5-5 2024-04-30"],
    );
    case("log.md", "# May 2024\n# Fri 31st\n# June 2024\n# Mon 3rd\n", &["2-2 2024-05-31", "4-4 2024-06-03"]);
    case(
        "log.md",
        "# Trip\n## Sat 1 June 2024\na\n## Sun 2nd\nb\n## 3rd\n",
        &["2-3 2024-06-01", "4-5 2024-06-02", "6-6 2024-06-03"],
    );
    case("2024-W22.md", "# Week\n## Mon 27th\n## Sat 1st\n", &["2-2 2024-05-27", "3-3 2024-06-01"]);
    case("2024-05-31.md", "# Fri 31st\n- a\n", &["1-2 2024-05-31"]);
    // no weekday and no order tells which month
    case("log.md", "# Log\n## Mon 27th\n## 5th\n", &[]);
}

#[test]
fn the_edge_of_a_month_belongs_to_the_next() {
    case(
        "log.md",
        "# May 2024\n## Sat 1st\n## Fri 31st\n## Thu 30th\n",
        &["2-2 2024-06-01", "3-3 2024-05-31", "4-4 2024-05-30"],
    );
    case(
        "log.md",
        "# May 2024\n## Tue 30th\n## Wed 1st\n## Thu 2nd\n",
        &["2-2 2024-04-30", "3-3 2024-05-01", "4-4 2024-05-02"],
    );
    case(
        "log.md",
        "# Feb 2024\n## 31st\n## Thu 1st\n## Fri 2nd\n",
        &["2-2 2024-01-31", "3-3 2024-02-01", "4-4 2024-02-02"],
    );
    case("log.md", "# Dec 2023\n## Fri 29 Dec\n## Tue 2 Jan\n", &["2-2 2023-12-29", "3-3 2024-01-02"]);
    // in the middle it is a slip
    let middle = Sketch::new("log.md", "# May 2024\n## Fri 31st\n## Sat 30th\n## Wed 29th\n");
    codes(&middle, &["3: weekday-mismatch \"Sat 30th\": 2024-05-30 is a Thursday; write \"Thu 30th\" or \"Sat 1st\""]);
    case("log.md", "# Feb 2024\n## 30th\n", &["1-2 2024-02"]);
}

#[test]
fn a_wrong_year_is_taken_as_the_right_one() {
    // three days that only 2024 has together
    let text = "# Notes Jan 2023\n\n## Mon 15th Jan\n- x\n## Wed 10th Jan\n- y\n## Tue 9th Jan\n";
    let mut sketch = Sketch::new("notes.md", text);
    sketch.urls = &[(4, "https://blog.example/2023/12/30/why"), (6, "https://a.example/1999/01/02/")];
    let output = sketch.read();
    let why = "3 of 3 weekdays fit 2024, 0 fit 2023; line 4 links a page of 2023-12-30";
    assert_eq!(
        output.entries.iter().map(told).collect::<Vec<_>>(),
        ["3-4 2024-01-15", "5-6 2024-01-10", "7-7 2024-01-09"]
    );
    assert_eq!(output.entries[0].corrected_from, NaiveDate::from_ymd_opt(2023, 1, 15));
    assert_eq!(
        output.entries[0].why,
        [format!("line 1 says \"Jan 2023\", taken as 2024: {why}"), "the weekday agrees".to_owned()]
    );
    assert_eq!(output.entries[0].written, "Mon 15th Jan");
    assert_eq!(output.date, NaiveDate::from_ymd_opt(2024, 1, 1));
    let [found] = output.diagnostics.as_slice() else { panic!("{:?}", output.diagnostics) };
    assert_eq!(
        (found.code.as_str(), found.severity, found.line, found.column),
        ("year-mismatch", Severity::Warning, 1, 1)
    );
    assert_eq!(found.message, format!("\"Jan 2023\": {why}"));
    let fix = found.fix.as_ref().unwrap();
    assert_eq!(fix.description, "write \"# Notes Jan 2024\"");
    let [edit] = fix.edits.as_slice() else { panic!("{fix:?}") };
    assert_eq!((text.get(edit.start..edit.end), edit.text.as_str()), (Some("2023"), "2024"));
}

#[test]
fn a_wrong_month_needs_the_file_name() {
    let text = "# Notes April 2024\n* Wed 8th\n";
    let named = Sketch::new("202405_notes.md", text);
    assert_eq!(named.days(), ["2-2 2024-05-08"]);
    codes(
        &named,
        &["1: year-mismatch \"April 2024\": 1 of 1 weekday fits May, 0 fit April; the file name says 2024-05"],
    );
    let mut front = Sketch::new("notes.md", text);
    front.properties = &[("date", "2024-05-08")];
    assert_eq!(front.days(), ["2-2 2024-05-08"]);
    let alone = Sketch::new("notes.md", text);
    assert_eq!(alone.days(), ["2-2 2024-04-08"]);
    codes(&alone, &["2: weekday-mismatch \"Wed 8th\": 2024-04-08 is a Monday; write \"Mon 8th\" or \"Wed 10th\""]);
}

#[test]
fn several_months_that_would_do_are_reported_and_nothing_is_changed() {
    // months that begin alike: without the month beside the days, any of them could be meant
    let sketch = Sketch::new("notes.md", "# Notes Feb 2025\n* Mon 9th\n* Tue 10th\n* Thu 12th\n");
    assert_eq!(sketch.days(), ["2-2 2025-02-09", "3-3 2025-02-10", "4-4 2025-02-12"]);
    let message = "1: year-mismatch \"Feb 2025\": 0 of 3 weekdays fit, 3 would fit June 2025 or one of 8 other months";
    codes(&sketch, &[message]);
    assert_eq!(sketch.read().diagnostics[0].fix, None);
}

#[test]
fn one_slip_among_right_days_stays_a_slip() {
    let sketch = Sketch::new("202405.md", "# May 2024\n* Fri 31st\n* Thu 29th\n* Tue 28th\n");
    codes(
        &sketch,
        &["3: weekday-mismatch \"Thu 29th\": 2024-05-29 is a Wednesday; write \"Wed 29th\" or \"Thu 30th\""],
    );
    assert_eq!(sketch.days(), ["2-2 2024-05-31", "3-3 2024-05-29", "4-4 2024-05-28"]);
    codes(
        &Sketch::new("x.md", "# Fri 2024-05-30\n"),
        &[
            "1: weekday-mismatch \"Fri 2024-05-30\": 2024-05-30 is a Thursday; write \"Thu 2024-05-30\" or \"Fri 2024-05-31\"",
        ],
    );
}

#[test]
fn meetings_have_labels() {
    case(
        "b.md",
        "Last meeting (2024/03/20)\n- a\n\nMeeting (2024/04/17)\n- b\n\nActions:\n- c\n\nPraise\nwell done\n",
        &["1-2 2024-03-20", "4-8 2024-04-17"],
    );
    case("b.md", "1:1 2024-01-05\n- a\n\n2024-02-02 Standup\n- b\n", &["1-2 2024-01-05", "4-5 2024-02-02"]);
    case(
        "b.md",
        "# Team\n## Besprechung 5.1.2024\n- a\n## Retro, 12 Feb 2024\n",
        &["2-3 2024-01-05", "4-4 2024-02-12"],
    );
    case("b.md", "Next meeting 2024-05-02\n\nSee the meeting of 2024-05-02 for more\n", &[]);
    // within a paragraph it is prose
    case("b.md", "seen on\n16 Apr 2017\nelsewhere\n", &[]);
    case("b.md", "## Log\n2024-04-16\nbegan\n", &["2-3 2024-04-16"]);
}

#[test]
fn headings_may_say_more_than_the_date() {
    case(
        "b.md",
        "# B\n## 2024-01-05 Planning\n## Mon 8 Jan 2024: at home\n## Planning (2024-01-09)\n",
        &["2-2 2024-01-05", "3-3 2024-01-08", "4-4 2024-01-09"],
    );
    case("b.md", "# Jan 2024\n## Mon 8th - at home\n## Meetup Jan 10\n## Wed 8pm\n## Day 2\n", &["2-2 2024-01-08"]);
    case("changes.md", "# Changes\n## [1.2.0] - 2024-01-05\n## 2024-01-04 v2\n## 1.1.0 (2023-12-01)\n", &[]);
    case("b.md", "# RustConf Sep 10-13 2024\n\n## Talks\n", &["1-3 2024-09-10..2024-09-13"]);
    case("b.md", "# GOTO 2015\n\n## Mon 3rd\n- 5.0.0\n", &[]);
    case("b.md", "# Jan 2020 and Feb 2021 compared\n", &[]);
}

#[test]
fn bullets_are_dates_only_where_they_are_nothing_else() {
    case("202405.md", "- Fri 31st\n  - a\n- 30th\n", &["1-2 2024-05-31", "3-3 2024-05-30"]);
    case("202405.md", "- 1st\n- 2nd\n- 3rd\n", &["1-3 2024-05"]);
    case("b.md", "- paper\n  - 2019-05-06\n  - 12 pages\n- 2024-01-05: buy milk\n", &[]);
    case("b.md", "- team\n  - 2024-05-06\n    - hello\n- other\n", &["2-3 2024-05-06"]);
    case("202405.md", "* Thu 2nd - Sun 5th\n* Wed 1st\n", &["1-1 2024-05-02..2024-05-05", "2-2 2024-05-01"]);
}

#[test]
fn a_file_is_an_entry_where_its_lines_are_none() {
    case("2024-05-31.md", "- a\n\n- b\n\n", &["1-3 2024-05-31"]);
    case("2024-05-31 Standup.md", "# Standup\ntext\n", &["1-2 2024-05-31"]);
    case("2024/05/31.md", "text\n", &["1-1 2024-05-31"]);
    case("2024-05-31.md", "# 2024-05-31\n## 2024-05-30\n", &["1-2 2024-05-31", "2-2 2024-05-30"]);
    case("log.md", "# Log May 2024\ntext\n## more\n", &["1-3 2024-05"]);
    case("202405_log.md", "# Log\ntext\n", &["1-2 2024-05"]);
    case("2024-W22.md", "text\n", &["1-1 2024-05-27..2024-06-02"]);
    case("notes.md", "# Notes\n\n## Versions\n- 5.0.0\n", &[]);
    let mut front = Sketch::new("idea.md", "---\ncreated: …\n---\n# Idea\ntext\n");
    front.properties = &[("Created", "2024-05-31T10:00:00+02:00")];
    assert_eq!(front.days(), ["1-5 2024-05-31"]);
}

#[test]
fn the_note_has_one_date_or_none() {
    let date = |sketch: &Sketch<'_>| {
        let output = sketch.read();
        (output.date.map(|date| date.to_string()).unwrap_or_default(), output.date_why.join("; "))
    };
    let is = |date: &str, why: &str| (date.to_owned(), why.to_owned());
    let mut sketch = Sketch::new("2024-05-30.md", "# Retro 2024-05-29\n");
    assert_eq!(date(&sketch), is("2024-05-30", "the file name: \"2024-05-30\""));
    sketch.properties = &[("created", "2024-05-28"), ("date", "31 May 2024")];
    assert_eq!(date(&sketch), is("2024-05-31", "the property \"date\": \"31 May 2024\""));
    assert_eq!(
        date(&Sketch::new("x.md", "# Retro 2024-05-29\n## odds\n")),
        is("2024-05-29", "written in full: \"2024-05-29\"")
    );
    assert_eq!(date(&Sketch::new("x.md", "# Log May 2024\n## Fri 31st\n")).0, "2024-05-01");
    assert_eq!(date(&Sketch::new("202405.md", "# Log\n## Fri 31st\n")).0, "2024-05-01");
    assert_eq!(date(&Sketch::new("x.md", "Meeting (2024/05/31)\n- a\n")).0, "2024-05-31");
    assert_eq!(date(&Sketch::new("x.md", "# Log\n## 2024-05-31\n## 2024-05-30\n")), is("", ""));
    assert_eq!(date(&Sketch::new("x.md", "# Log\n## 2024-05-31\n")), is("", ""));
}

#[test]
fn numbers_on_either_side_of_a_slash() {
    let sketch = Sketch::new("x.md", "# X\n## 10/11/2023\n");
    assert_eq!(sketch.days(), [""; 0]);
    codes(&sketch, &["2: ambiguous-date \"10/11/2023\" is 2023-11-10 or 2023-10-11: nothing in the note says which"]);
    assert_eq!(sketch.read().diagnostics[0].severity, Severity::Warning);
    case("x.md", "# X\n## 10/11/2023\n## 25/10/2023\n", &["2-2 2023-11-10", "3-3 2023-10-25"]);
    case("x.md", "# X\n## 10/11/2023\n## 10/25/2023\n", &["2-2 2023-10-11", "3-3 2023-10-25"]);
    case("x.md", "# X\n## 10/11/2023\n## 10/25/2023\n## 25/10/2023\n", &["3-3 2023-10-25", "4-4 2023-10-25"]);
    codes(
        &Sketch::new("x.md", "# X\n## 10/11/2023\n## 11/12/2023\n## 01/02/2024\n"),
        &[
            "2: ambiguous-date \"10/11/2023\" is 2023-11-10 or 2023-10-11: nothing in the note says which, and 2 more dates may be two",
        ],
    );
    case("x.md", "# X\n## 10.11.2023\n", &["2-2 2023-11-10"]);
    case("x.md", "# X\n## 10.11.23\n## Meeting 17.11.23\n", &["2-2 2023-11-10", "3-3 2023-11-17"]);
    case("x.md", "# X\n## 1.11.23\n## 18.13.23\n## 18.11.23.4\n", &[]);
    case("1on1-sam-2026.md", "# 1:1 Sam\n## 24 Nov\n## 10 Nov\n", &["2-2 2026-11-24", "3-3 2026-11-10"]);
    case("2026 sam.md", "# 1:1 Sam\n## 24 Nov\n", &["2-2 2026-11-24"]);
    case("a-2026-and-2027.md", "# 1:1 Sam\n## 24 Nov\n", &[]);
    case("top-2026-books.md", "# Books\n## 24 Nov\n", &[]);
    let known = Sketch { day_first: Some(false), ..Sketch::new("x.md", "# X\n## 10/11/2023\n") };
    assert_eq!(known.days(), ["2-2 2023-10-11"]);
    case("10-11-2023.md", "text\n", &[]);
    let mut front = Sketch::new("x.md", "---\ndate: 10/11/2023\n---\ntext\n");
    front.properties = &[("date", "10/11/2023")];
    assert_eq!(front.days(), [""; 0]);
    codes(&front, &["2: ambiguous-date \"10/11/2023\" is 2023-11-10 or 2023-10-11: nothing in the note says which"]);
}

#[test]
fn other_languages_and_none() {
    case("t.md", "# Tagebuch Mai 2024\n## Fr 31.\n## Do 30.\n", &["2-2 2024-05-31", "3-3 2024-05-30"]);
    case(
        "j.md",
        "# Journal mai 2024\n## ven 31\n## mar 28\n## vendredi 24\n",
        &["2-2 2024-05-31", "3-3 2024-05-28", "4-4 2024-05-24"],
    );
    case("d.md", "# Diario\n## viernes, 31 de mayo de 2024\n", &["2-2 2024-05-31"]);
    case("d.md", "# Diário maio 2024\n## sexta-feira 31\n", &["2-2 2024-05-31"]);
    // English, and an English word that is a German Thursday
    case("log.md", "# Log May 2024\n## Fri 31st\n* Do 30\n", &["2-3 2024-05-31"]);
    case("päiväkirja.md", "# Päiväkirja toukokuu 2024\n## pe 31.\n## to 30.\n", &[]);
    case("日記.md", "# 日記\n## 5月31日\n- ４日\n", &[]);
}

#[test]
fn the_year_of_a_conference_dates_nothing_that_it_does_not_fit() {
    case("b.md", "# Notes on GOTO 2015\n## Mon 5 Oct\n", &["2-2 2015-10-05"]);
    case("b.md", "# Notes on GOTO 2015\n## Tue 6 Aug\n## 7 Aug\n", &[]);
    codes(&Sketch::new("b.md", "# Notes on GOTO 2015\n## Mon 6 Aug\n## Tue 7 Aug\n"), &[]);
}

#[test]
fn addresses_with_dates() {
    let of = |url: &str| origin::of_url(url).map(|date| date.to_string());
    let is = |date: &str| Some(date.to_owned());
    assert_eq!(of("https://a.example/post/2022/01/26/x.html"), is("2022-01-26"));
    assert_eq!(of("https://a.example//post/misc/2022/01/26/x"), is("2022-01-26"));
    assert_eq!(of("https://a.example/2024-01-26-x/"), is("2024-01-26"));
    assert_eq!(of("https://a.example/2016/10/x"), is("2016-10-01"));
    assert_eq!(of("https://a.example/2015-1-pairing"), None);
    assert_eq!(of("https://a.example/123422022/01/26"), None);
    assert_eq!(of("https://a.example/2022/13/26"), None);
    assert_eq!(of(""), None);
}

proptest! {
    #[test]
    fn no_lines_panic_and_no_date_leaves_its_years(text in fragments(), path in ".{0,24}", day_first in proptest::option::of(any::<bool>())) {
        let sketch = Sketch { day_first, properties: &[("date", "2024-05-31")], ..Sketch::new(&path, &text) };
        let output = sketch.read();
        let lines = Lines::new(&text).count();
        for entry in &output.entries {
            prop_assert!(written::YEARS.contains(&chrono::Datelike::year(&entry.date)));
            prop_assert!(entry.end_date.is_none_or(|end| end > entry.date));
            prop_assert!(1 <= entry.line && entry.line <= entry.end_line && entry.end_line <= lines);
            prop_assert!(text.get(entry.span.start..entry.span.end).is_some());
            prop_assert!(!entry.why.is_empty() && !entry.written.is_empty());
        }
        for edit in output.diagnostics.iter().filter_map(|found| found.fix.as_ref()).flat_map(|fix| &fix.edits) {
            prop_assert!(text.get(edit.start..edit.end).is_some());
        }
        if let Some(date) = output.date {
            prop_assert!(written::YEARS.contains(&chrono::Datelike::year(&date)));
        }
    }

    #[test]
    fn any_text_is_read_or_left(text in ".{0,60}", language in any::<u8>(), name in any::<bool>()) {
        prop_assert!(grammar::whole(&text, language).is_none_or(|reading| reading.start.is_possible()));
        for reading in grammar::all(&text, name, language) {
            prop_assert!(text.get(reading.span.clone()).is_some_and(|written| !written.is_empty()));
            prop_assert!(reading.start.is_possible());
        }
    }

    #[test]
    fn a_corrected_title_is_right_when_read_again(text in fragments()) {
        let output = Sketch::new("notes.md", &text).read();
        for fix in output.diagnostics.iter().filter(|found| found.code == "year-mismatch").filter_map(|found| found.fix.as_ref()) {
            let mut fixed = text.clone();
            for edit in fix.edits.iter().rev() {
                fixed.replace_range(edit.start..edit.end, &edit.text);
            }
            let before: Vec<NaiveDate> = output.entries.iter().map(|entry| entry.date).collect();
            let again = Sketch::new("notes.md", &fixed).read();
            let line = |found: &Diagnostic| found.code == "year-mismatch" && found.line == 1;
            prop_assert!(!again.diagnostics.iter().any(line) || before.is_empty());
        }
    }
}

/// Notes out of the pieces that matter here, so that chance meets the rules.
fn fragments() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        3 => proptest::sample::select(vec!["Mon", "Tue 3rd", "28th", "Feb", "31st", "2021", "29 Feb", "1 Jan", "Dec 31", "2999-12-31", "1900-01-01",
            "10/11/2023", "-", "–", "to", "12", "Meeting", "(", ")", "2024-W01", "Q4 2999", "Mo", "mar 12", "30th", "Dec 2999", "Jan 1900", ",", ".", ":", "999999999999"]),
        1 => ".{0,6}".prop_map(|_| "x"),
    ];
    let text = proptest::collection::vec(word, 0..5).prop_map(|words| words.join(" "));
    let lead = proptest::sample::select(vec!["# ", "## ", "### ", "- ", "  - ", "* ", "", "    * "]);
    let line = (lead, text, proptest::sample::select(vec!["\n", "\n\n", "\r\n", "\r"]))
        .prop_map(|(lead, text, end)| format!("{lead}{text}{end}"));
    (proptest::sample::select(vec!["", "# Log Feb 2021\n", "# Log 2021\n"]), proptest::collection::vec(line, 0..12))
        .prop_map(|(title, lines)| format!("{title}{}", lines.concat()))
}

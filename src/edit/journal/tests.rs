//! Lines added to days, and what holds for every journal.

use chrono::Days;
use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;
use crate::edit::splice::Splice;
use crate::edit::splice::apply;
use crate::edit::splice::apply_text;
use crate::edit::splice::inverse;
use crate::model::Note;
use crate::model::NotePath;
use crate::parse;
use crate::parse::dates;

fn read(path: &str, text: &str) -> Note {
    parse::parse(&NotePath::from(path), text, &parse::Options::default()).note
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Adds a day to a note, in its own way.
fn added(path: &str, text: &str, today: NaiveDate, order: Order) -> (String, usize) {
    let note = read(path, text);
    let style = style(text, &note).unwrap_or_else(|| Style::plain(2));
    let (edit, line) = add_day(text, &note, today, &style, style.order().unwrap_or(order), &|text| read(path, text));
    (apply_text(text, &[edit]).unwrap(), line)
}

#[track_caller]
fn adds(text: &str, today: &str, want: &str) {
    let (after, line) = added("n.md", text, day(today), Order::OldestFirst);
    assert_eq!(after, want);
    let note = read("n.md", &after);
    assert!(
        note.entries.iter().any(|entry| entry.line == line && entry.date == day(today)),
        "{line}: {:?}",
        note.entries
    );
}

#[test]
fn days_are_added_as_the_others_are() {
    // between the days that are around it
    adds("## 2026-11-20\n\n## 2026-11-18\n", "2026-11-19", "## 2026-11-20\n\n## 2026-11-19\n\n## 2026-11-18\n");
    adds("## 2026-11-18\n\n## 2026-11-20\n", "2026-11-19", "## 2026-11-18\n\n## 2026-11-19\n\n## 2026-11-20\n");
    // what is on the line besides the date belongs to that day
    adds("## 2026-11-18: at home\na\n", "2026-11-19", "## 2026-11-18: at home\na\n\n## 2026-11-19\n");
    adds("## [[2026-11-18]] ##\na\n", "2026-11-19", "## [[2026-11-18]] ##\na\n\n## [[2026-11-19]] ##\n");
    adds("- **2026-11-18**\n  - a\n", "2026-11-19", "- **2026-11-18**\n  - a\n\n- **2026-11-19**\n");
    // an underlined heading
    adds("2026-11-18\n----------\na\n", "2026-11-19", "2026-11-18\n----------\na\n\n2026-11-19\n----------\n");
    // what follows the days stays after them
    adds(
        "## 2026-11-17\na\n\n## 2026-11-18\nb\n\n# Links\n",
        "2026-11-19",
        "## 2026-11-17\na\n\n## 2026-11-18\nb\n\n## 2026-11-19\n\n# Links\n",
    );
    // `Sat 28th` under nothing would be read as another month's
    adds("# Log Jan 2026\n- Wed 28th\n  - a\n", "2026-01-29", "# Log Jan 2026\n- Wed 28th\n  - a\n\n- Thu 29th\n");
    // a note without days
    adds("", "2026-11-19", "## 2026-11-19 Thu\n");
    adds("# Log\n", "2026-11-19", "# Log\n\n## 2026-11-19 Thu\n");
    adds("---\ntags: [a]\n---\n", "2026-11-19", "---\ntags: [a]\n---\n## 2026-11-19 Thu\n");
    adds("some words", "2026-11-19", "some words\n\n## 2026-11-19 Thu");
}

#[test]
fn a_new_month_gets_its_heading() {
    let october = "# Log\n\n## Oct 2026\n- Fri 30th\n  - a\n";
    adds(october, "2026-11-02", "# Log\n\n## Oct 2026\n- Fri 30th\n  - a\n\n## Nov 2026\n- Mon 2nd\n");
    let empty = "# Log\n\n## Nov 2026\n\n## Oct 2026\n\n### Fri 30th\n\n### Thu 29th\n";
    adds(empty, "2026-11-02", &empty.replace("Nov 2026\n", "Nov 2026\n\n### Mon 2nd\n"));
    let years = "# 2025\n\n## 30 Dec 2025\n\n## 31 Dec 2025\n";
    adds(years, "2026-01-01", "# 2025\n\n## 30 Dec 2025\n\n## 31 Dec 2025\n\n# 2026\n\n## 1 Jan 2026\n");
}

#[track_caller]
fn appends(text: &str, words: &str, want: &str) {
    let note = read("n.md", text);
    let style = style(text, &note).unwrap_or_else(|| Style::plain(2));
    let entry = note.entries.iter().find(|entry| entry.date == day("2026-11-20")).unwrap();
    let after = apply_text(text, &[append(text, &note, DayLines::of(text, &note, entry), &style, words)]).unwrap();
    assert_eq!(after, want);
}

#[test]
fn lines_are_added_as_the_others_are() {
    appends("## 2026-11-20\n- a\n  - b\n\n## 2026-11-19\n", "c", "## 2026-11-20\n- a\n  - b\n- c\n\n## 2026-11-19\n");
    appends("## 2026-11-20\n\n* a\n\n* b\n", "c", "## 2026-11-20\n\n* a\n\n* b\n\n* c\n");
    appends("## 2026-11-20\n\n1. a\n2. b\n", "c", "## 2026-11-20\n\n1. a\n2. b\n3. c\n");
    appends("## 2026-11-20\n\nRain.\n", "Fog.", "## 2026-11-20\n\nRain.\n\nFog.\n");
    appends("## 2026-11-20\n- [x] a\n", "[ ] b", "## 2026-11-20\n- [x] a\n- [ ] b\n");
    appends("## 2026-11-20\n- a\n", "- [ ] b", "## 2026-11-20\n- a\n- [ ] b\n");
    appends("## 2026-11-20\n- a\n", "b\n\nand more\n", "## 2026-11-20\n- a\n- b\n\n  and more\n");
    appends("- 2026-11-20\n\t- a\n\t\t- b\n", "c", "- 2026-11-20\n\t- a\n\t\t- b\n\t- c\n");
    appends("- 2026-11-20\n", "c", "- 2026-11-20\n  - c\n");
    appends("## 2026-11-20\n\n## 2026-11-19\n* a", "c", "## 2026-11-20\n* c\n\n## 2026-11-19\n* a");
    appends("## 2026-11-20\n- a\n\n---\n\n## 2026-11-19\n", "c", "## 2026-11-20\n- a\n- c\n\n---\n\n## 2026-11-19\n");
    appends("## 2026-11-20\r\n- a", "b\nc", "## 2026-11-20\r\n- a\r\n- b\r\n  c");
}

#[test]
fn one_edit_for_all() {
    let case = |before: &str, after: &str| {
        let edit = edit_between(before, after);
        assert_eq!(apply_text(before, &edit.clone().into_iter().collect::<Vec<_>>()).unwrap(), after);
        edit.map(|edit| (edit.start, edit.end, edit.text))
    };
    assert_eq!(case("a\nb\n", "a\nx\nb\n"), Some((2, 2, "x\n".to_owned())));
    assert_eq!(case("ü", "ö"), Some((0, 2, "ö".to_owned())));
    assert_eq!(case("aa", "aaa"), Some((2, 2, "a".to_owned())));
    assert_eq!(case("a", "a"), None);
}

#[test]
fn one_edit_of_whole_lines() {
    let case = |before: &str, after: &str| {
        let edit = lines_between(before, after);
        assert_eq!(apply_text(before, &edit.clone().into_iter().collect::<Vec<_>>()).unwrap(), after);
        edit.map(|edit| (edit.start, edit.end, edit.text))
    };
    assert_eq!(case("a\nb\n", "a\nx\nb\n"), Some((2, 2, "x\n".to_owned())));
    assert_eq!(case("- ab\n- ac\n", "- ab\n- abc\n- ac\n"), Some((5, 5, "- abc\n".to_owned())));
    assert_eq!(case("a\nb", "a\nb\n\nc"), Some((3, 3, "\n\nc".to_owned())));
    assert_eq!(case("a\rb\r", "a\rx\rb\r"), Some((2, 2, "x\r".to_owned())));
    assert_eq!(case("a\r\nb\r\n", "x\r\na\r\nb\r\n"), Some((0, 0, "x\r\n".to_owned())));
    assert_eq!(case("a\nb\nc\n", "a\nx\nb\ny\nc\n"), Some((2, 4, "x\nb\ny\n".to_owned())));
    assert_eq!(case("a", "a"), None);
}

/// A journal of some days in one of many ways, with the day that comes next.
fn journals() -> impl Strategy<Value = (String, NaiveDate)> {
    let forms = prop::sample::select(vec![
        "2023-10-08",
        "2023/10/08",
        "18.10.2023",
        "Mon 28th Feb",
        "28 Feb 2022",
        "2022-02-28 Mon",
        "Mon 28th",
        "Montag, den 28. Februar",
        "lundi 28 février 2022",
        "28 Feb 2022 (Monday)",
    ]);
    let marks = prop::sample::select(vec!["# ", "## ", "### ", "* ", "- ", "1. "]);
    let gap = prop::sample::select(vec!["", "\n", "\n\n", "\n---\n\n"]);
    let body =
        prop::sample::select(vec!["", "- a\n- b\n", "\nwords of a day\n", "  - a\n    - b\n  * c\n", "- [ ] a\n  b\n"]);
    let first = (0_u64..3000).prop_map(|days| day("2019-01-01") + Days::new(days));
    let steps = prop::collection::vec(1_u64..9, 1..6);
    (forms, marks, gap, body, first, steps, any::<[bool; 4]>()).prop_map(
        |(form, mark, gap, body, first, steps, [falling, titled, ended, windows])| {
            let form = dates::style_of(form).unwrap();
            let mut days = vec![first];
            for step in &steps {
                let last = *days.last().unwrap();
                days.push(last + Days::new(*step));
            }
            let today = days.pop().unwrap();
            if falling {
                days.reverse();
            }
            let body = if mark.len() > 3 && body.starts_with('-') { "\nx\n" } else { body };
            let all: Vec<String> = days.iter().map(|day| format!("{mark}{}\n{body}", form.format(*day))).collect();
            let title = if titled { format!("Log {}\n===\n\n", first.format("%b %Y")) } else { String::new() };
            let mut text = format!("{title}{}", all.join(gap));
            if !ended {
                text.truncate(text.trim_end().len());
            }
            if windows {
                text = text.replace('\n', "\r\n");
            }
            (text, today)
        },
    )
}

proptest! {
    #[test]
    fn a_day_more_and_the_others_as_they_were((text, today) in journals()) {
        let before = read("n.md", &text);
        let known: Vec<_> = before.entries.iter().map(|entry| (entry.date, entry.written.clone())).collect();
        // a journal that nobody can date is nobody's to go on with
        prop_assume!(style(&text, &before).is_some() && known.iter().all(|(date, _)| *date < today));
        let (after, line) = added("n.md", &text, today, Order::OldestFirst);
        let now = read("n.md", &after);
        let mut days: Vec<_> = now.entries.iter().map(|entry| (entry.date, entry.written.clone())).collect();
        for day in &known {
            let at = days.iter().position(|other| other == day);
            prop_assert!(at.is_some(), "{day:?} is gone:\n{after}");
            days.remove(at.unwrap());
        }
        prop_assert_eq!(days.len(), 1, "{}", after);
        prop_assert_eq!(days[0].0, today, "{}", after);
        let entry = now.entries.iter().find(|entry| entry.date == today).unwrap();
        prop_assert_eq!(entry.line, line);
        // nothing but lines more, in the text's own line ends
        let mut rest = after.split_inclusive('\n');
        prop_assert!(text.split_inclusive('\n').all(|line| rest.any(|new| new.trim_end() == line.trim_end())));
        prop_assert_eq!(after.contains("\r\n"), text.contains("\r\n"));
        prop_assert_eq!(after.ends_with('\n'), text.ends_with('\n'));
        let edit = edit_between(&text, &after).unwrap();
        let splices = [Splice::from(&edit)];
        let back = inverse(text.as_bytes(), &splices).unwrap();
        prop_assert_eq!(apply(after.as_bytes(), &back).unwrap(), text.as_bytes());
        // a line added belongs to the day, and to no other
        let style = style(&after, &now).unwrap();
        let longer = apply_text(&after, &[append(&after, &now, DayLines::of(&after, &now, entry), &style, "saw a jay")]).unwrap();
        let last = read("n.md", &longer);
        let entry = last.entries.iter().find(|entry| entry.date == today).unwrap();
        prop_assert!(entry.span.of(&longer).contains("saw a jay"), "{longer}");
        prop_assert_eq!(last.entries.len(), now.entries.len());
        for other in last.entries.iter().filter(|entry| entry.date != today) {
            prop_assert!(!other.span.of(&longer).contains("saw a jay"), "{longer}");
        }
    }

    #[test]
    fn any_text_can_be_written_to(text in ".{0,60}(\n|\r\n|\r)?(## 2026-11-1[0-9]|- Mon 9th|# Nov 2026|---)?(\n|\r).{0,60}", words in ".{0,40}") {
        let (after, _) = added("n.md", &text, day("2026-11-20"), Order::NewestFirst);
        prop_assert!(after.len() >= text.len());
        let note = read("n.md", &after);
        let edit = append(&after, &note, whole_file(&after, &note), &Style::plain(1), &words);
        prop_assert!(apply_text(&after, &[edit]).is_ok());
    }
}

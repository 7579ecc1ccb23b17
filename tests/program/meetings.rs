//! `hornbook meeting new`: what goes on in the next meeting, and what other tools lose on the way there.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops where something is wrong")]

use std::collections::BTreeMap;

use chrono::Days;
use chrono::NaiveDate;
use serde_json::Value;

use crate::journal::Desk;

const LABELS: &str = "Last meeting (2026/09/24) \n- write down what went well\n- find a talk\n\nMeeting (2026/10/22)\n- bring an example\n\nPraise\n\nmuch of it\n";

pub(crate) fn desk(files: &[(&str, &str)]) -> Desk {
    Desk::new(files).on("2026-11-01")
}

pub(crate) fn new(desk: &Desk, series: &str, date: &str, more: &[&str]) {
    let command = ["meeting", "new", series, "--date", date, "--yes", "--no-edit"];
    desk.ok(&[&command, more].concat());
}

pub(crate) fn rows(desk: &Desk, arguments: &[&str]) -> Vec<Value> {
    let (code, out, err) = desk.run(&[arguments, &["--format", "json"]].concat());
    assert!(code < 2, "{arguments:?}: {out}{err}");
    serde_json::from_str(&out).unwrap()
}

/// The points of a meeting as `state text`.
fn points(desk: &Desk, series: &str, date: &str) -> Vec<String> {
    let meetings = rows(desk, &["meeting", "show", series, "--date", date]);
    let points = meetings.iter().flat_map(|meeting| meeting["points"].as_array().unwrap());
    points.map(|point| format!("{} {}", point["state"].as_str().unwrap(), point["text"].as_str().unwrap())).collect()
}

#[test]
fn the_next_entry_is_written_in_the_way_of_the_others() {
    let desk = desk(&[("one-to-one.md", LABELS)]);
    let shown = desk.ok(&["meeting", "new", "one-to-one.md", "--date", "2026-11-19", "--dry-run"]);
    assert_eq!(desk.files()["one-to-one.md"], LABELS);
    new(&desk, "one-to-one.md", "2026-11-19", &[]);
    let wanted = "Last meeting (2026/09/24) \n- write down what went well\n- find a talk\n\nMeeting (2026/10/22)\n- bring an example\n\n\
        Meeting (2026/11/19)\n- [ ] bring an example (from 2026/10/22)\n- [ ] write down what went well (from 2026/09/24)\n\
        - [ ] find a talk (from 2026/09/24)\n\nPraise\n\nmuch of it\n";
    assert_eq!(desk.files()["one-to-one.md"], wanted);
    assert!(shown.contains("+Meeting (2026/11/19)\n"), "{shown}");
    // from the second time on the mark counts
    new(&desk, "one-to-one.md", "2026-12-17", &[]);
    assert!(desk.files()["one-to-one.md"].contains("- [ ] find a talk (from 2026/09/24, carried 2×)\n"));
    desk.ok(&["undo"]);
    assert_eq!(desk.files()["one-to-one.md"], wanted);
    desk.ok(&["undo"]);
    assert_eq!(desk.files()["one-to-one.md"], LABELS);
}

#[test]
fn nothing_is_deleted() {
    let desk = desk(&[("one-to-one.md", LABELS)]);
    new(&desk, "one-to-one", "2026-11-19", &["--max", "1"]);
    let after = desk.files()["one-to-one.md"].clone();
    for line in LABELS.lines() {
        assert!(after.lines().any(|other| other == line), "{line}");
    }
    assert_eq!(after.matches("(from ").count(), 1);
}

#[test]
fn a_second_run_adds_nothing() {
    let desk = desk(&[("one-to-one.md", LABELS), ("sync/2026-10-01.md", "# Team meeting\n\n## Actions\n\n- [ ] a\n")]);
    for series in ["one-to-one", "sync/2026-10-01.md"] {
        new(&desk, series, "2026-11-19", &[]);
        let once = desk.files();
        new(&desk, series, "2026-11-19", &[]);
        assert_eq!(desk.files(), once);
    }
}

#[test]
fn all_earlier_meetings_are_looked_at() {
    let text =
        "# Team sync\n\n## 2026-10-22\n\n- [x] c\n\n## 2026-10-15\n\n- [ ] b\n\n## 2026-01-08\n\n- [ ] a\n- [-] no\n";
    let desk = desk(&[("sync.md", text)]);
    new(&desk, "sync", "2026-10-29", &[]);
    let wanted = "# Team sync\n\n## 2026-10-29\n\n- [ ] b (from 2026-10-15)\n- [ ] a (from 2026-01-08)\n\n## 2026-10-22\n\n- [x] c\n\n\
        ## 2026-10-15\n\n- [ ] b\n\n## 2026-01-08\n\n- [ ] a\n- [-] no\n";
    assert_eq!(desk.files()["sync.md"], wanted);
}

#[test]
fn children_go_with_their_point() {
    let text = "# Team sync\n\n## 2026-10-22\n\n- [ ] a\n  - why\n  - [x] done part\n  - [ ] open part\n    wrapped\n\n    more of it\n- [x] b\n  - [ ] left\n";
    let desk = desk(&[("sync.md", text)]);
    new(&desk, "sync", "2026-10-29", &[]);
    let wanted = format!(
        "{text}\n## 2026-10-29\n\n- [ ] a (from 2026-10-22)\n  - why\n  - [ ] open part\n    wrapped\n\n    more of it\n- [ ] left (from 2026-10-22)\n"
    );
    assert_eq!(desk.files()["sync.md"], wanted);
    // each is listed once
    let todo: Vec<String> =
        rows(&desk, &["todo"]).iter().map(|task| task["label"].as_str().unwrap().to_owned()).collect();
    assert_eq!(todo, ["a", "open part wrapped", "left"]);
}

#[test]
fn quotes_go_with_their_point() {
    let text = "# Team sync\n\n## 2026-10-22\n\n- [ ] a\n  > said so\n  - [ ] open part\n    > and why\n- [x] b\n";
    let desk = desk(&[("sync.md", text)]);
    new(&desk, "sync", "2026-10-29", &[]);
    let wanted =
        format!("{text}\n## 2026-10-29\n\n- [ ] a (from 2026-10-22)\n  > said so\n  - [ ] open part\n    > and why\n");
    assert_eq!(desk.files()["sync.md"], wanted);
}

#[test]
fn no_heading_stands_twice() {
    let text = "# Team sync\n\n## 2026-10-22\n\n### Actions\n\n- [ ] a\n\n### Parking lot\n\n* b\n";
    let desk = desk(&[("sync.md", text)]);
    new(&desk, "sync", "2026-10-29", &[]);
    let wanted = format!(
        "{text}\n## 2026-10-29\n\n### Actions\n\n- [ ] a (from 2026-10-22)\n\n### Parking lot\n\n* [ ] b (from 2026-10-22)\n"
    );
    assert_eq!(desk.files()["sync.md"], wanted);
    // a meeting that was begun by hand gets what it lacks under the headings that it has
    let begun = wanted.replace("- [ ] a (from 2026-10-22)\n\n### Parking", "- [ ] new\n\n### Parking");
    desk.write("sync.md", &begun);
    new(&desk, "sync", "2026-10-29", &[]);
    assert_eq!(desk.files()["sync.md"], begun.replace("- [ ] new\n", "- [ ] new\n- [ ] a (from 2026-10-22)\n"));
}

#[test]
fn equal_words_are_two_points() {
    let text = "# Team sync\n\n## 2026-10-22\n\n### Ida\n\n- [ ] a\n\n### Wim\n\n- [ ] a\n";
    let desk = desk(&[("sync.md", text)]);
    for (date, mark) in [("2026-10-29", "(from 2026-10-22)"), ("2026-11-05", "(from 2026-10-22, carried 2×)")] {
        new(&desk, "sync", date, &[]);
        let added = format!("\n## {date}\n\n### Ida\n\n- [ ] a {mark}\n\n### Wim\n\n- [ ] a {mark}\n");
        assert!(desk.files()["sync.md"].ends_with(&added), "{}", desk.files()["sync.md"]);
    }
    assert_eq!(rows(&desk, &["meeting", "actions", "--open"]).len(), 2);
}

#[test]
fn markers_and_fields_stay() {
    let text = "# Team sync\n\n## 2026-10-22\n\n* [/] a ⏫ 📅 2026-11-05 ^id\n+ [ ] b #tag [due:: 2026-11-06]\n";
    let desk = desk(&[("sync.md", text)]);
    new(&desk, "sync", "2026-10-29", &[]);
    let after = desk.files()["sync.md"].clone();
    assert!(after.contains("* [/] a (from 2026-10-22) ⏫ 📅 2026-11-05\n"), "{after}");
    assert!(after.contains("+ [ ] b #tag (from 2026-10-22) [due:: 2026-11-06]\n"), "{after}");
    let due = rows(&desk, &["todo"]);
    assert_eq!(due.iter().filter(|task| task["due"] == "2026-11-05").count(), 1);
}

#[test]
fn code_is_no_point() {
    let text =
        "# Team sync\n\n## 2026-10-22\n\n- [ ] a\n  ```\n  - [ ] code\n  ```\n\n```\n- [ ] more code\n```\n\n- [ ] b\n";
    let desk = desk(&[("sync.md", text)]);
    new(&desk, "sync", "2026-10-29", &[]);
    let wanted = format!(
        "{text}\n## 2026-10-29\n\n- [ ] a (from 2026-10-22)\n  ```\n  - [ ] code\n  ```\n- [ ] b (from 2026-10-22)\n"
    );
    assert_eq!(desk.files()["sync.md"], wanted);
}

#[test]
fn a_ticked_copy_closes_the_action_everywhere() {
    let desk = desk(&[("one-to-one.md", "Meeting (2026/10/22)\n- [ ] find a talk\n")]);
    new(&desk, "one-to-one", "2026-11-19", &[]);
    assert_eq!(rows(&desk, &["todo"]).len(), 1);
    let id = rows(&desk, &["todo"])[0]["id"].as_str().unwrap().to_owned();
    desk.ok(&["done", &id]);
    assert!(desk.files()["one-to-one.md"].contains("- [x] find a talk (from 2026/10/22)\n"));
    assert_eq!(rows(&desk, &["todo"]), [Value::Null; 0]);
    assert_eq!(rows(&desk, &["meeting", "actions", "--open"]), [Value::Null; 0]);
    let action = &rows(&desk, &["meeting", "actions"])[0];
    assert_eq!((action["state"].as_str(), action["carried"].as_u64()), (Some("done"), Some(1)));
    assert_eq!((action["raised"].as_str(), action["history"].as_array().unwrap().len()), (Some("2026-10-22"), 2));
    new(&desk, "one-to-one", "2026-12-17", &[]);
    assert_eq!(points(&desk, "one-to-one", "2026-12-17"), [""; 0]);
}

#[test]
fn moved_points_are_marked_and_lead_to_their_copies() {
    let files = [
        (
            "sync/2026-10-22 Team sync.md",
            "# Team sync\n\n## Actions\n\n- [ ] @Ida a\n- b (Wim)\n\n## Notes\n\n- talk\n",
        ),
        ("book.toml", "[book]\nsrc = \".\"\n\n[preprocessor.hornbook]\nme = \"Ida\"\n"),
    ];
    let desk = desk(&files);
    new(&desk, "Team sync", "2026-10-29", &["--move", "--only", "@me"]);
    let files = desk.files();
    let copy = &files["sync/2026-10-29 Team sync.md"];
    let id = copy.split(" ^").nth(1).unwrap().lines().next().unwrap();
    assert_eq!(*copy, format!("# Team sync\n\n## Actions\n\n- [ ] @Ida a (from 2026-10-22) ^{id}\n\n## Notes\n"));
    let old = &files["sync/2026-10-22 Team sync.md"];
    assert!(old.contains(&format!("- [>] @Ida a → [[2026-10-29 Team sync#^{id}]]\n- b (Wim)\n")), "{old}");
    assert_eq!(rows(&desk, &["check"]), [Value::Null; 0]);
    desk.ok(&["undo"]);
    assert_eq!(desk.files().len(), 2);
}

#[test]
fn nothing_is_written_without_a_yes() {
    let desk = desk(&[("one-to-one.md", LABELS)]);
    let (code, out, err) = desk.run(&["meeting", "new", "one-to-one", "--no-edit"]);
    assert_eq!(code, 1, "{err}");
    assert!(out.contains("+Meeting (2026/11/19)"), "{out}");
    assert_eq!(desk.files()["one-to-one.md"], LABELS);
}

/// Ten meetings in a row with ticks between: each open point stands in the newest one once, with the right history.
#[track_caller]
fn ten_in_a_row(files: &[(&str, &str)], series: &str, open: &[(&str, &str)]) {
    let desk = desk(files);
    let before = desk.files();
    let mut left: BTreeMap<String, String> =
        open.iter().map(|(text, raised)| ((*text).to_owned(), (*raised).to_owned())).collect();
    let mut changes = 0;
    let first: NaiveDate = "2026-11-05".parse().unwrap();
    for nth in 0..10_u64 {
        let date = first.checked_add_days(Days::new(7 * nth)).unwrap().to_string();
        new(&desk, series, &date, &[]);
        changes += 1;
        let meetings = rows(&desk, &["meeting", "show", series, "--date", &date]);
        let points = meetings[0]["points"].as_array().unwrap();
        let mut texts: Vec<&str> = points.iter().map(|point| point["text"].as_str().unwrap()).collect();
        texts.sort_unstable();
        assert_eq!(texts, left.keys().map(String::as_str).collect::<Vec<_>>(), "{date}");
        let actions = rows(&desk, &["meeting", "actions", "--open", "--unknown"]);
        assert_eq!(actions.len(), left.len(), "{date}");
        for action in &actions {
            let raised = &left[action["text"].as_str().unwrap()];
            let history = action["history"].as_array().unwrap().len();
            assert_eq!(
                (action["raised"].as_str().unwrap(), action["date"].as_str().unwrap()),
                (raised.as_str(), date.as_str())
            );
            assert_eq!(
                (action["carried"].as_u64(), history),
                (Some(nth + 1), usize::try_from(nth + 2).unwrap()),
                "{date}: {action}"
            );
        }
        if nth % 3 == 1 && left.len() > 1 {
            let done = &points[usize::try_from(nth).unwrap() % points.len()];
            desk.ok(&["done", &format!("{}:{}", meetings[0]["path"].as_str().unwrap(), done["line"])]);
            left.remove(done["text"].as_str().unwrap());
            changes += 1;
        }
    }
    for _ in 0..changes {
        desk.ok(&["undo"]);
    }
    assert_eq!(desk.files(), before);
}

#[test]
fn ten_entries_below_labels() {
    let open = [
        ("write down what went well", "2026-09-24"),
        ("find a talk", "2026-09-24"),
        ("bring an example", "2026-10-22"),
    ];
    ten_in_a_row(&[("one-to-one.md", LABELS)], "one-to-one", &open);
}

#[test]
fn ten_entries_below_headings_newest_first() {
    let text = "# 1:1 with Ida\r\n\r\n## Thu 22 Oct 2026\r\n\r\n### Agreed\r\n\r\n- [ ] Ida: a\r\n- [x] b\r\n\r\n### Next time\r\n\r\n* c\r\n\r\n## Thu 8 Oct 2026\r\n\r\n### Agreed\r\n\r\n- [ ] d\r\n- [ ] e\r\n";
    let open = [("Ida: a", "2026-10-22"), ("c", "2026-10-22"), ("d", "2026-10-08"), ("e", "2026-10-08")];
    ten_in_a_row(&[("ida.md", text)], "ida", &open);
}

#[test]
fn ten_notes_of_their_own() {
    let front =
        |date: &str| format!("---\ntype: meeting\ndate: {date}\nattendees: [Ida, Wim]\n---\n\n# Team sync {date}\n\n");
    let one = format!("{}## Agenda\n\n- this\n\n## Actions\n\n1. [ ] Ida: a\n2. [ ] b\n", front("2026-10-08"));
    let two = format!(
        "{}## Agenda\n\n- that\n\n## Actions\n\n| Action | Owner | Status |\n|---|---|---|\n| c | Wim | open |\n| d | Ida | done |\n\n## Decisions\n\n- e",
        front("2026-10-22")
    );
    let files = [("team/2026-10-08-sync.md", one.as_str()), ("team/2026-10-22-sync.md", two.as_str())];
    let open = [("Ida: a", "2026-10-08"), ("b", "2026-10-08"), ("c [owner:: Wim]", "2026-10-22")];
    ten_in_a_row(&files, "team/2026-10-22-sync.md", &open);
}

#[test]
fn ten_entries_below_bullets() {
    let text = "# One-on-one, Noor\n\n- 2026-10-08\n  - [ ] a\n  - [x] b\n- 2026-10-22\n  - c\n";
    ten_in_a_row(&[("noor.md", text)], "noor", &[("a", "2026-10-08"), ("c", "2026-10-22")]);
}

#[test]
fn copies_by_hand_are_one_action() {
    let first = "# Team sync\n\n## Actions\n\n- [ ] call Wim\n- [ ] order paper\n- [ ] sweep\n";
    let second = "# Team sync\n\n## Actions\n\n- [x] call Wim\n- [ ] order paper\n";
    let desk = desk(&[("2026-10-08 Team sync.md", first), ("2026-10-15 Team sync.md", second)]);
    let open = || {
        let todo = rows(&desk, &["todo"]);
        let place = |row: &Value| format!("{} {}", row["path"].as_str().unwrap(), row["text"].as_str().unwrap());
        todo.iter().map(place).collect::<Vec<_>>()
    };
    assert_eq!(open(), ["2026-10-08 Team sync.md sweep", "2026-10-15 Team sync.md order paper"]);
    desk.ok(&["done", "order paper"]);
    assert_eq!(open(), ["2026-10-08 Team sync.md sweep"]);
    // what was done and is written down again is a new one
    let third = "# Team sync\n\n## Actions\n\n- [ ] call Wim\n";
    desk.write("2026-10-22 Team sync.md", third);
    assert_eq!(open(), ["2026-10-08 Team sync.md sweep", "2026-10-22 Team sync.md call Wim"]);
}

#[test]
fn a_new_note_begins_as_the_others_do() {
    let text = "\u{feff}---\r\ntype: meeting\r\nstatus: done\r\n---\r\n\r\n# Guild\r\n\r\n- [ ] call Wim\r\n";
    let desk = desk(&[("guild/2026-10-08.md", text)]);
    new(&desk, "guild", "2026-10-15", &[]);
    let wanted = "\u{feff}---\r\ntype: meeting\r\n---\r\n\r\n# Guild\r\n\r\n- [ ] call Wim (from 2026-10-08)\r\n";
    assert_eq!(desk.files()["guild/2026-10-15.md"], wanted);
}

#[test]
fn an_agenda_stands_first_and_tells_nothing_twice() {
    let text = "# 1:1 Ida\n\n## 2026-10-08\n\n### Actions\n\n- [ ] call Wim\n- [ ] Does it deliver?\n\nQUESTION:\nDoes it deliver?\n";
    let desk = desk(&[("ida.md", text)]);
    new(&desk, "ida", "2026-11-05", &["--agenda"]);
    let wanted = "## 2026-11-05\n\n### Agenda\n\n- call Wim (from 2026-10-08)\n- Does it deliver? (from 2026-10-08)\n\n### Actions\n\n\
        - [ ] call Wim (from 2026-10-08)\n";
    let after = desk.files()["ida.md"].clone();
    assert!(after.contains(wanted), "{after}");
    let page = rows(&desk, &["report", "1on1", "ida"]);
    assert_eq!(page[0]["questions"].as_array().unwrap().len(), 1, "{page:?}");
}

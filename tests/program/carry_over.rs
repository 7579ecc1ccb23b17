//! Laws of carry-over: what is open stands in the newest meeting exactly once, whatever the file looks like, whichever options are
//! given, and however often it is done.

use serde_json::Value;

use crate::journal::Desk;
use crate::meetings::desk;
use crate::meetings::new;
use crate::meetings::rows;

#[test]
fn a_child_that_went_on_alone_is_no_part_of_its_parent_any_more() {
    // Noor's part was written down again in the second meeting, Ida's whole was not
    let text =
        "# Team sync\n\n## 2026-10-08\n\n- [ ] whole\n  - [ ] part\n  - [ ] rest\n\n## 2026-10-15\n\n- [ ] part\n";
    let desk = desk(&[("sync.md", text)]);
    new(&desk, "sync", "2026-10-22", &[]);
    let wanted = format!(
        "{text}\n## 2026-10-22\n\n- [ ] part (from 2026-10-08, carried 2×)\n- [ ] whole (from 2026-10-08)\n  - [ ] rest\n"
    );
    assert_eq!(desk.files()["sync.md"], wanted);
    // what was ticked elsewhere does not come back with its parent
    let ticked = text.replace("## 2026-10-15\n\n- [ ] part", "## 2026-10-15\n\n- [x] part");
    desk.write("sync.md", &ticked);
    new(&desk, "sync", "2026-10-22", &[]);
    assert!(desk.files()["sync.md"].ends_with("- [ ] whole (from 2026-10-08)\n  - [ ] rest\n"));
    // the part of one person first, then all: each once
    let text = "# Team sync\n\n## 2026-10-08\n\n- [ ] @Ida whole\n  - [ ] @Noor part\n    - [ ] detail\n";
    desk.write("sync.md", text);
    new(&desk, "sync", "2026-10-22", &["--only", "Noor"]);
    new(&desk, "sync", "2026-10-22", &[]);
    let after = desk.files()["sync.md"].clone();
    let new = after.split("## 2026-10-22\n").nth(1).unwrap();
    for words in ["whole", "part", "detail"] {
        assert_eq!(new.matches(words).count(), 1, "{after}");
    }
}

#[test]
fn most_counts_what_went_on_before() {
    let text = "# Team sync\n\n## 2026-10-08\n\n- [ ] a\n- [ ] b\n  - [ ] c\n- [ ] @Ida d\n";
    let desk = desk(&[("sync.md", text)]);
    let count = || desk.files()["sync.md"].matches("(from 2026-10-08)").count();
    for (most, wanted) in [("1", 1), ("1", 1), ("2", 2), ("2", 2), ("9", 3), ("9", 3), ("0", 3)] {
        new(&desk, "sync", "2026-10-22", &["--max", most]);
        assert_eq!(count(), wanted, "{most}");
    }
}

#[test]
fn moved_points_leave_nothing_open_and_nothing_is_erased() {
    let text = "# Team sync\n\n## 2026-10-01\n\nACTION Ida: call\nACTION Wim: write\n\n- [ ] a\n  - [ ] b\n- ACTION Noor: sing\n\n| Action | Owner |\n|---|---|\n| dig | Wim |\n";
    let desk = desk(&[("sync.md", text)]);
    // once as a copy, then moved: the first copies are left behind too
    new(&desk, "sync", "2026-10-08", &[]);
    new(&desk, "sync", "2026-10-15", &["--move"]);
    let after = desk.files()["sync.md"].clone();
    let (old, newest) = after.split_at(after.find("## 2026-10-15").unwrap());
    assert!(!old.contains("[ ]"), "{after}");
    for words in ["ACTION Ida: call", "ACTION Wim: write", "ACTION Noor: sing", "dig", " a", " b"] {
        assert_eq!(newest.matches(words).count(), 1, "{words}: {after}");
        assert_eq!(old.matches(words).count(), 2, "{words}: {after}");
    }
    let actions = rows(&desk, &["meeting", "actions", "--open", "--unknown"]);
    assert_eq!(actions.len(), 6, "{actions:?}");
    for action in &actions {
        assert_eq!((&action["date"], &action["raised"]), (&Value::from("2026-10-15"), &Value::from("2026-10-01")));
        assert_eq!(action["history"].as_array().unwrap().len(), 3, "{action}");
    }
    assert_eq!(rows(&desk, &["todo"]).len(), 6);
    assert_eq!(rows(&desk, &["check"]), [Value::Null; 0]);
    // moved once: a second run finds nothing
    new(&desk, "sync", "2026-10-15", &["--move"]);
    assert_eq!(desk.files()["sync.md"], after);
    desk.ok(&["undo"]);
    desk.ok(&["undo"]);
    assert_eq!(desk.files()["sync.md"], text);
}

#[test]
fn marks_stand_behind_old_lines_where_the_note_ends_without_a_line_end() {
    for (end, last) in [("\n", "- [ ] two"), ("\r\n", "- [ ] two"), ("\n", "> - [ ] two"), ("\n", "1. [ ] two")] {
        let text = ["# 1:1 Dana", "", "## 2026-11-05", "", "- [ ] one", last].join(end);
        let desk = desk(&[("dana.md", &text)]);
        new(&desk, "dana", "2026-11-19", &["--move"]);
        let after = desk.files()["dana.md"].clone();
        let old: Vec<&str> = after.split(end).skip(4).take(2).collect();
        for (line, words) in old.iter().zip(["[>] one → [[#^hb-", "[>] two → [[#^hb-"]) {
            assert!(line.contains(words) && line.ends_with("]]"), "{after}");
        }
        let open: Vec<&str> = after.split(end).skip(6).filter(|line| line.contains("[ ]")).collect();
        assert!(open.len() == 2 && !open.iter().any(|line| line.contains("[[")), "{after}");
        new(&desk, "dana", "2026-11-26", &["--move"]);
        assert_eq!(desk.files()["dana.md"].matches("(from 2026-11-05, carried 2×)").count(), 2);
    }
}

#[test]
fn a_weekday_in_brackets_is_no_part_of_where_a_point_came_from() {
    for (old, day) in [("2026-11-20 (Fri)", "2026-11-27 (Fri)"), ("20.11.2026 (Fr)", "27.11.2026 (Fr)")] {
        let text = format!("# 1:1 Sam\n\n### {old}\n\n- [ ] promote\n");
        let desk = desk(&[("sam.md", &text)]);
        new(&desk, "sam", "2026-11-27", &[]);
        assert_eq!(desk.files()["sam.md"], format!("{text}\n### {day}\n\n- [ ] promote (from 2026-11-20)\n"));
    }
}

#[test]
fn whoever_is_known_in_the_old_note_only_is_named_in_the_new_one() {
    let files = [
        (
            "sync/2026-10-08 Team sync.md",
            "# Team sync\n\n## Present\n\n- Ada\n- Ben\n\n## Actions\n\n- [ ] ada: call\n  - [ ] Ben to write\n- [ ] dig - Ben\n- [ ] sing\n",
        ),
        ("sync/2026-10-01 Team sync.md", "# Team sync\n\n## Actions\n\n- [x] a\n"),
    ];
    let desk = desk(&files);
    let owners = |desk: &Desk| {
        let mut found: Vec<(String, String)> = rows(desk, &["meeting", "actions", "--open"])
            .iter()
            .map(|row| (row["label"].as_str().unwrap().to_owned(), row["owner"].as_str().unwrap_or("-").to_owned()))
            .collect();
        found.sort();
        found
    };
    let before = owners(&desk);
    assert_eq!(before.iter().filter(|(_, owner)| owner == "-").count(), 1);
    new(&desk, "Team sync", "2026-10-15", &[]);
    new(&desk, "Team sync", "2026-10-22", &[]);
    assert_eq!(
        owners(&desk).iter().map(|(_, owner)| owner).collect::<Vec<_>>(),
        before.iter().map(|(_, owner)| owner).collect::<Vec<_>>()
    );
    assert!(desk.files()["sync/2026-10-22 Team sync.md"].matches("[owner:: ").count() == 3);
}

#[test]
fn bullets_keep_their_depth() {
    let text =
        "# One-on-one, Noor\n\n- 2026-10-08\n  - [ ] a\n    - [ ] b\n  - Actions\n    - [ ] c\n- 2026-10-22\n  - d\n";
    let desk = desk(&[("noor.md", text)]);
    new(&desk, "noor", "2026-11-05", &[]);
    let wanted = format!(
        "{text}- 2026-11-05\n  - [ ] d (from 2026-10-22)\n  - [ ] a (from 2026-10-08)\n    - [ ] b\n  - Actions\n    - [ ] c (from 2026-10-08)\n"
    );
    assert_eq!(desk.files()["noor.md"], wanted);
    new(&desk, "noor", "2026-11-05", &[]);
    assert_eq!(desk.files()["noor.md"], wanted);
    // tabs, and parts as bullets below a heading
    let text = "# One-on-one, Noor\n\n## 2026-10-08\n\n- Agreed\n\t- [ ] a\n\t\t- [ ] b\n- Notes\n\t- talk\n";
    desk.write("noor.md", text);
    new(&desk, "noor", "2026-11-05", &[]);
    assert!(
        desk.files()["noor.md"].ends_with("## 2026-11-05\n\n- Agreed\n  - [ ] a (from 2026-10-08)\n  \t- [ ] b\n")
            || desk.files()["noor.md"]
                .ends_with("## 2026-11-05\n\n- Agreed\n\t- [ ] a (from 2026-10-08)\n\t\t- [ ] b\n"),
        "{}",
        desk.files()["noor.md"]
    );
}

#[test]
fn standing_headings_stay_with_their_numbers() {
    let note = |number: usize, date: &str, more: &str| {
        format!(
            "---\ntype: meeting\ndate: {date}\n---\n\n# Team meeting #{number}\n\n## 1. Agenda\n\n- x\n\n{more}## 9. Next time\n\n- [ ] a{number}\n"
        )
    };
    let files = [
        ("team/2026-10-08.md", note(13, "2026-10-08", "## 2. Mood\n\ngood\n\n")),
        (
            "team/2026-10-15.md",
            note(14, "2026-10-15", "## 2. Budget\n\nnone\n\n## 3. Mood\n\nbad\n\n## 4. Decisions\n\n- y\n\n"),
        ),
    ];
    let desk = desk(&[(files[0].0, &files[0].1), (files[1].0, &files[1].1)]);
    new(&desk, "team", "2026-10-22", &[]);
    let wanted = "---\ntype: meeting\ndate: 2026-10-22\n---\n\n# Team meeting #15\n\n## 1. Agenda\n\n## 3. Mood\n\n## 4. Decisions\n\n\
        ## 9. Next time\n\n- [ ] a14 (from 2026-10-15)\n- [ ] a13 (from 2026-10-08)\n";
    assert_eq!(desk.files()["team/2026-10-22.md"], wanted);
}

#[test]
fn a_new_note_keeps_its_date_whatever_the_front_matter_of_the_others() {
    let files = [
        ("team/one.md", "---\ntype: meeting\nday: 8\ndate: 2026-10-08 10:00\n---\n\n# Team sync\n\n- [ ] a\n"),
        (
            "team/two.md",
            "---\ntype: meeting\ndate: 2026-10-15\nseries: team\nattendees:\n  - Ida\nplace: hall\ntags:\n  - x\n---\n\n# Team sync\n\n- [ ] b\n",
        ),
    ];
    let desk = desk(&[(files[0].0, &files[0].1.replace("day: 8", "series: team")), (files[1].0, files[1].1)]);
    new(&desk, "team", "2026-10-22", &[]);
    let wanted = "---\ntype: meeting\ndate: 2026-10-22\nseries: team\n---\n\n# Team sync\n\n- [ ] b (from 2026-10-15)\n- [ ] a (from 2026-10-08)\n";
    assert_eq!(desk.files()["team/2026-10-22 two.md"], wanted);
}

#[test]
fn numbers_and_dates_go_on_as_they_are_written() {
    // heading, what is written for the next meeting, and the mark
    let cases = [
        ("## Meeting #14 (2026-10-22)", "## Meeting #15 (2026-11-05)", "2026-10-22"),
        ("## Réunion du 6 octobre 2026", "## Réunion du 5 novembre 2026", "6 octobre 2026"),
        ("## Sitzung vom 6. Oktober 2026", "## Sitzung vom 5. November 2026", "6. Oktober 2026"),
        ("## Team sync 10/22/2026", "## Team sync 11/05/2026", "10/22/2026"),
        ("## Team sync, 22 Oct 2026", "## Team sync, 5 Nov 2026", "22 Oct 2026"),
    ];
    for (heading, wanted, mark) in cases {
        let desk = desk(&[("log.md", &format!("# Log\n\n{heading}\n\n- [ ] a\n"))]);
        new(&desk, "log.md", "2026-11-05", &[]);
        let after = desk.files()["log.md"].clone();
        assert!(after.contains(&format!("{wanted}\n\n- [ ] a (from {mark})\n")), "{after}");
    }
    // a date that could be either is written as the others are
    let desk =
        desk(&[("log.md", "# Log\n\n## Team sync 10/22/2026\n\n- [ ] a\n\n## Team sync 11/05/2026\n\n- [ ] b\n")]);
    new(&desk, "log.md", "2026-11-19", &[]);
    assert!(desk.files()["log.md"].contains("## Team sync 11/19/2026\n"), "{}", desk.files()["log.md"]);
}

#[test]
fn folders_of_months_go_on() {
    let text = "# Team sync\n\n- [ ] a\n";
    let desk = desk(&[("sync/2026/10/2026-10-22 sync.md", text)]);
    new(&desk, "sync", "2026-11-05", &[]);
    assert!(desk.files()["sync/2026/11/2026-11-05 sync.md"].contains("- [ ] a (from 2026-10-22)\n"));
    assert_eq!(rows(&desk, &["meeting"]).len(), 1);
}

#[test]
fn the_agenda_goes_into_the_next_entry_once() {
    let styles = [
        (
            "one-to-one.md",
            "Last meeting (2026/09/24)\n- find a talk\n\nMeeting (2026/10/22)\n- bring an example\n\nPraise\nmuch\n",
        ),
        (
            "one-to-one.md",
            "# 1:1 with Ida\n\n## 2026-10-22\n\n### Agenda\n\n- plans\n\n### Actions\n\n- [ ] find a talk\n- [ ] bring an example\n",
        ),
        ("1-1s/2026-10-22 Ida.md", "# Ida\n\n## Actions\n\n- [ ] find a talk\n- ACTION Ida: bring an example\n"),
        ("noor.md", "# One-on-one, Noor\n\n- 2026-10-22\n  - [ ] find a talk\n  - [ ] bring an example\n"),
    ];
    for (path, text) in styles {
        let desk = desk(&[(path, text)]);
        let before = desk.files();
        let page = rows(&desk, &["report", "1on1", path]);
        let lines: Vec<String> =
            page[0]["agenda"].as_array().unwrap().iter().map(|line| line.as_str().unwrap().to_owned()).collect();
        assert_eq!(lines.len(), 2);
        new(&desk, path, "2026-11-05", &["--agenda"]);
        let once = desk.files();
        let new_text: String = once.values().cloned().collect();
        for line in &lines {
            assert!(new_text.lines().any(|other| other.trim() == format!("- {line}")), "{new_text}");
        }
        assert_eq!(new_text.matches("Agenda").count(), if text.contains("Agenda") { 2 } else { 1 }, "{new_text}");
        // lines of the agenda are no points
        assert_eq!(rows(&desk, &["meeting", "actions", "--open", "--unknown"]).len(), 2, "{new_text}");
        new(&desk, path, "2026-11-05", &["--agenda"]);
        assert_eq!(desk.files(), once);
        desk.ok(&["undo"]);
        assert_eq!(desk.files(), before);
    }
}

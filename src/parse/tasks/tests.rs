use crate::edit;
use crate::model::NotePath;
use crate::model::Priority;
use crate::model::Status;
use crate::model::Task;
use crate::parse;

fn tasks(text: &str) -> Vec<Task> {
    parse::parse(&NotePath::from("n.md"), text, &parse::Options::default()).note.tasks
}

/// The words of every task do not change with the symbol in its box.
#[test]
fn words_do_not_depend_on_the_symbol() {
    let cases = [
        ("  - [ ] \n  1. [S] \n    5 $  ^b1\n- [ ] ", vec!["", "5 $  ^b1", ""]),
        ("- [S]\n  words", vec!["words"]),
        ("- [S]\n\n  words", vec![""]),
        ("1. [S] \n   - [ ] b", vec!["", "b"]),
        ("> - [S]\n>   words", vec!["words"]),
        ("- [S] a\nlazy", vec!["a lazy"]),
        ("- [S]\n      code?", vec!["code?"]),
    ];
    for (text, want) in cases {
        for symbol in [" ", "x", "X", "/", "-", "?", "✅"] {
            let text = text.replace('S', symbol);
            let words: Vec<String> = tasks(&text).into_iter().map(|task| task.text).collect();
            assert_eq!(words, want, "{text:?}");
        }
    }
}

/// A line that a person takes for an item is a task or is reported; it never becomes words of the item above it.
#[test]
fn odd_bullets_and_boxes_are_read_or_reported() {
    let read = [
        "-\u{A0}[ ] second",
        "*\u{2003}[x] second",
        "1.\u{3000}[ ] second",
        "- \u{A0}[ ] second",
        "\u{A0}- [ ] second",
        "\u{3000}* [ ] second",
        "- [\u{A0}] second",
        "-\u{200B} [ ] second",
        "– [ ] second",
        "— [x] second",
        "− [ ] second",
        "• [ ] second",
        "◦\t[ ] second",
        "●[ ] second",
        "・[ ] second",
        "\u{F0B7} [ ] second",
        "•\u{A0}[ ]\u{A0}second",
        "  ▪ [ ] second",
        "1.[ ] second",
        "2)[ ] second",
        "• [✓] second",
    ];
    let reported = [
        "☐ second",
        "- ☐ second",
        "1. ☑ second",
        "☒ second",
        "⬜ second",
        "• ☐ second",
        "☐\u{FE0F} second",
        "- ［ ］ second",
        "- ［x］ second",
        "［ ］ second",
        "- 【 】 second",
        "- [ ］ second",
        "- ［\u{3000}］ second",
        "–\u{A0}☐ second",
    ];
    for (line, is_task) in read.iter().map(|line| (line, true)).chain(reported.iter().map(|line| (line, false))) {
        for (quote, end) in [("", "\n"), ("> ", "\r\n")] {
            let text = format!("{quote}- [ ] first{end}{quote}{line}{end}{quote}- [ ] third{end}");
            let parsed = parse::parse(&NotePath::from("n.md"), &text, &parse::Options::default());
            let words: Vec<&str> = parsed.note.tasks.iter().map(|task| task.text.as_str()).collect();
            let want = if is_task { vec!["first", "second", "third"] } else { vec!["first", "third"] };
            assert_eq!(words, want, "{text:?}");
            let found = parsed.diagnostics.iter().find(|found| found.line == 2);
            let found = found.unwrap_or_else(|| panic!("nothing is reported: {text:?}"));
            // the fix makes an ordinary task of it
            let fixed = edit::apply_text(&text, &found.fix.as_ref().unwrap().edits).unwrap();
            let second = tasks(&fixed);
            let done = line.contains(['x', '✓', '☑', '☒']);
            assert_eq!((second[1].text.as_str(), second[1].checked()), ("second", done), "{fixed:?}");
        }
    }
}

#[test]
fn a_quote_does_not_part_a_task_from_its_children() {
    for (text, depths) in [
        ("- [ ] a\n  > said so\n  - [ ] b\n    > and why\n    - [ ] c\n", [0, 1, 2]),
        ("- [ ] a\n  > - [ ] b\n  - [ ] c\n", [0, 0, 1]),
        // a quote beside the item ends it
        ("- [ ] a\n> said so\n  - [ ] b\n- [ ] c\n", [0, 0, 0]),
    ] {
        assert_eq!(tasks(text).iter().map(|task| task.depth).collect::<Vec<_>>(), depths, "{text:?}");
    }
}

#[test]
fn signs_in_prose_are_prose() {
    for text in [
        "Put a ☐ where a box is wanted – [ ] works too.",
        "☐ = open, ☑ = done",
        "We put a\n☐ where a box is wanted.",
        "| ☐ open | – [ ] b |\n|---|---|\n",
        "– so it went on",
        "• a point",
        "`☐ code`",
        "- a list\n  – with a dash",
    ] {
        let parsed = parse::parse(&NotePath::from("n.md"), text, &parse::Options::default());
        assert!(parsed.note.tasks.is_empty(), "{text}");
        assert!(
            !parsed.diagnostics.iter().any(|found| found.code.starts_with("task")),
            "{text}: {:?}",
            parsed.diagnostics
        );
    }
    let labels = |text: &str| tasks(text).into_iter().map(|task| task.words).collect::<Vec<_>>();
    for bullet in ["→", "★", "»", "=>", "~", ".", "a)", "(1)", "•", "–", "➤", "(a)", "1:"] {
        let text = format!("- [ ] first\n{bullet} [ ] second");
        let want: &[&str] = if bullet == "1:" { &["first 1: [ ] second"] } else { &["first", "second"] };
        assert_eq!(labels(&text), want, "{text}");
    }
    for line in ["▢ second", "✓ second", "☐ second"] {
        let text = format!("- [ ] first\n{line}");
        assert_eq!(labels(&text), ["first"], "{text}");
        let parsed = parse::parse(&NotePath::from("n.md"), &text, &parse::Options::default());
        let codes: Vec<&str> = parsed.diagnostics.iter().map(|found| found.code.as_str()).collect();
        assert_eq!(codes, ["task-malformed"], "{text}");
    }
    // a list of what is good about it
    let parsed = parse::parse(&NotePath::from("n.md"), "Pros:\n✓ fast\n✓ small\n\n✓ free", &parse::Options::default());
    assert!(parsed.diagnostics.is_empty());
    // a wrapped line can begin with a dash, and not with a bullet
    assert_eq!(tasks("- [ ] the long\n  – too long – way")[0].text, "the long – too long – way");
    assert_eq!(tasks("- [ ] call Ida\n• call Bo")[0].text, "call Ida");
}

#[test]
fn people_whom_the_front_matter_names_are_known() {
    for (front, known) in [
        ("people: [Ida]", true),
        ("attendees:\n  - Ida Berg\n  - Bo", true),
        ("participants: Bo, \"@ida\"", true),
        ("with: \"[[people/ida|Ida]]\"", true),
        ("who: Idaho", false),
        ("author: Ida", false),
    ] {
        let text = format!("---\n{front}\n---\n- [ ] @Ida do it\n- [ ] @Contoso invoice\n");
        let people: Vec<Vec<String>> = tasks(&text).into_iter().map(|task| task.people).collect();
        let name = if front.contains("Berg") { "Ida Berg" } else { "Ida" };
        let name = if front.contains("@ida") { "ida" } else { name };
        let want = if known { vec![name.to_owned()] } else { Vec::new() };
        assert_eq!(people, [want, Vec::new()], "{front}");
    }
    let of = |front: &str, item: &str| {
        let found = tasks(&format!("---\n{front}\n---\n- [ ] {item}\n"));
        found[0].people.join(", ")
    };
    for item in ["@Ida x", "@ida.berg x", "@IdaBerg x", "@ida_berg x"] {
        assert_eq!(of("people: [Ida Berg]", item), "Ida Berg", "{item}");
        assert_eq!(of("people: ['[[people/ida-berg|Ida Berg]]']", item), "Ida Berg", "{item}");
    }
    for item in ["@Noor x", "@N x"] {
        assert_eq!(of("attendees: ['[[people/Noor|N]]']", item), "Noor", "{item}");
    }
    assert_eq!(of("people: [Ida Berg]", "@Bo and @Ida"), ", Ida Berg");
    assert_eq!(of("people: [Ida Berg]", "@berg x"), "");
}

fn logseq(text: &str) -> Vec<Task> {
    let options = parse::Options { logseq: true, ..parse::Options::default() };
    parse::parse(&NotePath::from("pages/n.md"), text, &options).note.tasks
}

#[test]
fn markers_are_tasks_in_logseq_only() {
    let text = "- TODO call Ida\n  DEADLINE: <2026-12-01 Tue 10:00 .+1d>\n  id:: 64a\n\t- DOING [#A] write\n\t  more\n- LATER x\n- NOW y\n- DONE z\n  :LOGBOOK:\n  CLOCK: [2026-11-01 Sun 10:00:00]\n  :END:\n- WAITING w\n- CANCELED v\n- TODOs are many\n- [ ] box\n- TODO\n";
    let found: Vec<(String, Status)> = logseq(text).into_iter().map(|task| (task.words, task.status)).collect();
    let want = [
        ("call Ida", Status::Todo),
        ("write more", Status::Doing),
        ("x", Status::Todo),
        ("y", Status::Doing),
        ("z", Status::Done),
        ("w", Status::OnHold),
        ("v", Status::Cancelled),
        ("box", Status::Todo),
        ("", Status::Todo),
    ];
    assert_eq!(found, want.map(|(words, status)| (words.to_owned(), status)));
    let first = &logseq(text)[0];
    assert_eq!(first.due, chrono::NaiveDate::from_ymd_opt(2026, 12, 1));
    assert_eq!(logseq(text)[1].priority, Some(Priority::High));
    let words: Vec<String> = tasks(text).into_iter().map(|task| task.words).collect();
    assert_eq!(words, ["box"]);
}

/// A tick splices the marker and changes no other byte; the text reads the same but for that state.
#[test]
fn a_tick_of_a_marker_changes_the_marker() {
    for (text, symbol, want) in [
        ("- TODO a\n\t- DOING b\r\n", 'x', "- DONE a\n\t- DOING b\r\n"),
        ("\t* DOING b", 'x', "\t* DONE b"),
        ("- DONE b", ' ', "- TODO b"),
        ("- LATER b", '/', "- NOW b"),
        ("- NOW b", ' ', "- LATER b"),
        ("- LATER b", ' ', "- LATER b"),
        ("- TODO", 'x', "- DONE"),
        ("- WAIT b", 'h', "- WAIT b"),
    ] {
        let task = logseq(text).remove(0);
        let edit = edit::tick(text, &task, symbol).unwrap();
        let after = edit::apply_text(text, edit.as_slice()).unwrap();
        assert_eq!(after, want);
        assert_eq!(logseq(&after)[0].words, task.words);
    }
    let task = logseq("- TODO a").remove(0);
    assert!(edit::tick("- TODO a", &task, '?').is_err() && edit::tick("- DONE a", &task, 'x').is_err());
}

#[test]
fn a_box_without_the_global_filter_is_a_remark() {
    let options = parse::Options { global_filter: Some("#task".to_owned()), ..parse::Options::default() };
    let text = "- [ ] a #task\n- [ ] b\n- [x] c\n- [ ] d #tasks\n- [ ] e #task/sub\n- [ ] #task\n";
    let note = parse::parse(&NotePath::from("n.md"), text, &options).note;
    let open: Vec<bool> = note.tasks.iter().map(|task| task.status == Status::Todo).collect();
    assert_eq!(open, [true, false, false, false, true, true]);
    assert_eq!(note.tasks[2].status, Status::Info);
}

#[test]
fn signs_in_code_are_no_boxes_written_badly() {
    let findings = |text: &str| {
        let parsed = parse::parse(&NotePath::from("a.md"), text, &parse::Options::default());
        parsed.diagnostics.iter().filter(|found| found.code == "task-malformed").count()
    };
    assert_eq!(findings("Output:\n\n    ☐ pending\n    ☑ passed\n\nend\n\n    -[ ] wrong\n\n- a\n\n      ☐ code\n"), 0);
    assert_eq!(findings("☐ one\n☐ two\n"), 2);
}

#[test]
fn a_field_on_a_line_of_its_own_is_no_day() {
    for text in ["- [ ] call Ida\n📅 2027-03-04\n- [ ] x\n", "- [ ] call Ida \n📅 2027-03-04 ^b3\n- [ ] x"] {
        let due = tasks(text)[0].due.map(|day| day.to_string());
        assert_eq!(due.as_deref(), Some("2027-03-04"), "{text}");
    }
}

//! Laws of todo.txt: a tick writes before the line and nowhere else, every change can be taken back to the byte.
#![expect(clippy::unwrap_used, reason = "a test stops where something is wrong")]

use std::fs;

use chrono::NaiveDate;
use hornbook::disk;
use hornbook::disk::commit::FileChange;
use hornbook::disk::commit::Writer;
use hornbook::disk::commit::commit;
use hornbook::disk::undo::undo;
use hornbook::edit;
use hornbook::edit::apply_text;
use hornbook::edit::field;
use hornbook::edit::stamp::stamp;
use hornbook::model::Edit;
use hornbook::model::Note;
use hornbook::model::NotePath;
use hornbook::model::Status;
use hornbook::model::Task;
use hornbook::model::task::FieldKind;
use hornbook::model::task::FieldStyle;
use hornbook::parse;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::sample::select;

/// Lines as programs write them, and what looks nearly like them.
fn file() -> impl Strategy<Value = String> {
    let head = select(vec![
        "",
        "",
        "(A) ",
        "(C) 2026-11-01 ",
        "2026-11-01 ",
        "x ",
        "x 2026-11-20 ",
        "x 2026-11-20 2026-11-01 ",
        "x (B) ",
        "xx ",
        "(a) ",
        " ",
        "2026-13-01 ",
    ]);
    let word = prop_oneof![
        4 => select(vec!["call", "+Garden", "@phone", "due:2026-12-01", "t:2026-11-30", "rec:+1w", "pri:D", "h:1", "id:a1", "due:soon",
            "https://a.b/c?d=e:f", "x", "(A)", "2026-10-10", "日本", "- [ ]", "`code`", "[due:: 2026-01-01]", "📅 2026-01-01", ""]).prop_map(str::to_owned),
        1 => "\\PC{0,6}",
    ];
    let end = select(vec!["\n", "\n", "\r\n", "\r", "\n\n", " \n"]);
    let line = (head, prop::collection::vec(word, 1..6), end);
    (prop::collection::vec(line, 1..8), any::<bool>()).prop_map(|(lines, ended)| {
        let text: String = lines.iter().map(|(head, words, end)| format!("{head}{}{end}", words.join(" "))).collect();
        if ended { text } else { text.trim_end_matches(['\r', '\n']).to_owned() }
    })
}

fn path() -> NotePath {
    NotePath::from("todo.txt")
}

fn read(text: &str) -> Note {
    parse::parse(&path(), text, &parse::Options::default()).note
}

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 21).unwrap()
}

/// The edits of a tick with its date, or of opening again.
fn status(text: &str, task: &Task, symbol: char, stamped: bool) -> Option<Vec<Edit>> {
    let target = if symbol == 'x' { Status::Done } else { Status::Todo };
    let mut edits: Vec<Edit> = edit::tick(text, task, symbol).ok()?.into_iter().collect();
    edits.extend(stamp(text, task, target, day(), stamped.then_some(FieldStyle::TodoTxt)));
    Some(edits)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_line_with_words_is_a_task_at_its_place(text in file()) {
        let note = read(&text);
        let lines = hornbook::model::Lines::new(&text);
        let want: Vec<usize> = (1..=lines.count()).filter(|line| !lines.content(&text, *line).of(&text).trim().is_empty()).collect();
        prop_assert_eq!(note.tasks.iter().map(|task| task.line).collect::<Vec<_>>(), want);
        for task in &note.tasks {
            let spans: Vec<&str> = task.text_spans.iter().map(|span| span.of(&text)).collect();
            prop_assert_eq!(spans.join(" "), task.text.clone());
            prop_assert_eq!(task.span.start, lines.start(task.line));
            for field in &task.fields {
                prop_assert_eq!(field.value_span.of(&text), field.value.as_str());
            }
        }
        for tag in &note.tags {
            prop_assert_eq!(tag.span.of(&text).strip_prefix(['+', '@']), Some(tag.name.as_str()));
        }
    }

    #[test]
    fn a_tick_writes_before_the_line_and_opening_takes_just_that_away(text in file(), pick in any::<Index>(), stamped in any::<bool>()) {
        let before = read(&text);
        let open: Vec<usize> = (0..before.tasks.len()).filter(|&index| before.tasks.get(index).unwrap().symbol == " ").collect();
        prop_assume!(!open.is_empty());
        let index = *pick.get(&open);
        let task = before.tasks.get(index).unwrap();
        let edits = status(&text, task, 'x', stamped).unwrap();
        let after = apply_text(&text, &edits).unwrap();
        let (start, grown) = (task.span.start, after.len() - text.len());
        prop_assert_eq!(after.get(..start), text.get(..start));
        prop_assert_eq!(after.get(start + grown..), text.get(start..));
        let written = after.get(start..start + grown).unwrap();
        prop_assert!(["x 2026-11-21 ", "x "].contains(&written), "{:?}", written);
        let now = read(&after);
        prop_assert_eq!(now.tasks.len(), before.tasks.len());
        let ticked = now.tasks.get(index).unwrap();
        prop_assert_eq!((ticked.status, &ticked.text, ticked.created), (Status::Done, &task.text, task.created));
        prop_assert_eq!(ticked.priority, task.priority);
        let back = status(&after, ticked, ' ', stamped).unwrap();
        prop_assert_eq!(apply_text(&after, &back).unwrap(), text);
    }

    #[test]
    fn set_and_set_back(text in file(), pick in any::<Index>(), kind in select(vec![
        (FieldKind::Due, "2026-12-24"), (FieldKind::Start, "2026-12-24"), (FieldKind::Created, "2026-10-01"), (FieldKind::Priority, "high"),
        (FieldKind::Recurrence, "every 3 days"), (FieldKind::Id, "k9"), (FieldKind::Done, "2026-11-02"),
    ])) {
        let (kind, new) = kind;
        let before = read(&text);
        prop_assume!(!before.tasks.is_empty());
        let index = pick.index(before.tasks.len());
        let task = before.tasks.get(index).unwrap();
        let set = |text: &str, task: &Task, value| field::set(text, task, kind, value, FieldStyle::Emoji);
        let Ok(edits) = set(&text, task, Some(new)) else { return Ok(()) };
        let after = apply_text(&text, &edits).unwrap();
        let now = read(&after);
        prop_assert_eq!(now.tasks.len(), before.tasks.len());
        for (at, (old, new)) in before.tasks.iter().zip(&now.tasks).enumerate() {
            prop_assert!(at == index || (&old.text, old.status, &old.symbol) == (&new.text, new.status, &new.symbol));
        }
        let changed = now.tasks.get(index).unwrap();
        prop_assert_eq!((&changed.symbol, changed.fields.iter().any(|field| field.kind == kind)), (&task.symbol, true));
        // what stood there once is written again as this program writes it: only what is new comes back to the byte
        if !task.fields.iter().any(|field| field.kind == kind) {
            let back = set(&after, changed, None).unwrap();
            prop_assert_eq!(apply_text(&after, &back).unwrap(), text);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn undo_brings_the_bytes_back(text in file(), how in 0..4u8, pick in any::<Index>()) {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("notes");
        fs::create_dir(&root).unwrap();
        let bytes: Vec<u8> = match how {
            0 => text.clone().into_bytes(),
            1 => [b"\xef\xbb\xbf".as_slice(), text.as_bytes()].concat(),
            2 => [b"\xff\xfe".to_vec(), text.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat(),
            _ => [text.as_bytes(), b"\xff\xfe broken \xe9"].concat(),
        };
        put(&root.join("todo.txt"), &bytes);
        let notebook = disk::discover(&disk::Discover { notebook: Some(root.clone()), ..disk::Discover::default() }).unwrap();
        let Ok(file) = disk::read(&notebook, &path()) else { return Ok(()) };
        let note = read(&file.text);
        prop_assume!(!note.tasks.is_empty());
        let task = note.tasks.get(pick.index(note.tasks.len())).unwrap();
        let symbol = if task.symbol == "x" { ' ' } else { 'x' };
        let Some(edits) = status(&file.text, task, symbol, true) else { return Ok(()) };
        let state = folder.path().join("state");
        let writer = Writer { notebook: &notebook, state: &state, now: "2026-11-21", command: "done", dry_run: false };
        commit(&writer, vec![FileChange::edit(path(), file, edits)], Vec::new()).unwrap();
        prop_assert!(fs::read(root.join("todo.txt")).unwrap() != bytes);
        undo(&writer, None).unwrap();
        prop_assert_eq!(fs::read(root.join("todo.txt")).unwrap(), bytes);
    }
}

#[expect(clippy::disallowed_methods, reason = "a throw-away note")]
fn put(path: &std::path::Path, bytes: &[u8]) {
    fs::write(path, bytes).unwrap();
}

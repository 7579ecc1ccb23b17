//! Laws of the edits: each changes what it names, the note reads the same but for that, and its counterpart leads back.
//!
//! Over 400 lines: the laws share the generators of notes and the comparison of facts.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test stops where something is wrong"
)]

use chrono::NaiveDate;
use hornbook::edit;
use hornbook::edit::apply_text;
use hornbook::edit::field;
use hornbook::edit::insert;
use hornbook::edit::pin;
use hornbook::edit::recurrence;
use hornbook::edit::stamp::stamp;
use hornbook::model::Edit;
use hornbook::model::Form;
use hornbook::model::Note;
use hornbook::model::NotePath;
use hornbook::model::SectionKind;
use hornbook::model::Status;
use hornbook::model::Task;
use hornbook::model::task::FieldKind;
use hornbook::model::task::FieldStyle;
use hornbook::parse;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::sample::select;

fn read(text: &str) -> Note {
    parse::parse(&NotePath::from("n.md"), text, &parse::Options::default()).note
}

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 21).unwrap()
}

/// Words of an item: text and fields of every style, in any order, joined by blanks or not.
fn words() -> impl Strategy<Value = String> {
    let piece = select(vec![
        "call Ida",
        "é日本👩‍👩‍👧",
        "#tag",
        "@noor",
        "https://example.org/a?b=c#d",
        "[the paper](https://example.org/p \"x\")",
        "[[Note#Part|name]]",
        "`code 📅 2026-01-01`",
        "**bold**",
        "5 $",
        "é✅ 2026-01-02",
        "[due:: 2026-01-31]now",
        "(due:2026-01-31)",
        "a, b",
        "(see",
        "[aside]",
        "x\\",
        "%%[other:: field]%%",
        "⏰ 2026-01-01 10:30",
        "📅 2026-01-31",
        "📅2026-1-5",
        "📅 [[2026-01-31]]",
        "📅 2026-13-01",
        "🗓\u{FE0F} 2026-02-01",
        "⏳ 2026-01-30",
        "🛫 2026-01-29",
        "➕ 2025-12-31",
        "✅ 2026-01-02",
        "❌ 2026-01-03",
        "⏫",
        "🔽\u{FE0F}",
        "🔁 every week",
        "🔁 every month on the 31st when done",
        "🔁 every blue moon",
        "🏁 delete",
        "🆔 k1",
        "⛔ k2, k3",
        "[due:: 2026-01-31]",
        "[due::2026-01-31T09:00]",
        "(scheduled:: 2026-01-30)",
        "[priority:: high]",
        "(repeat:: every 2 days)",
        "[completion:: 2026-01-02]",
        "[id:: k4]",
        "due:2026-01-31",
        "done:2026-01-02",
        "priority:low",
        "📅",
        "🔁",
    ]);
    let joint = select(vec![" ", " ", " ", " ", "  ", "\t", ", "]);
    prop::collection::vec((piece, joint), 0..6)
        .prop_map(|parts| parts.into_iter().map(|(piece, joint)| format!("{piece}{joint}")).collect())
}

/// An item or another block, with `\n` at its lines' ends.
fn block() -> impl Strategy<Value = String> {
    let marker = select(vec!["- ", "- ", "* ", "+ ", "1. ", "12) ", "-   ", "-\t", "- - "]);
    let check = select(vec![
        "[ ] ",
        "[ ] ",
        "[x] ",
        "[X] ",
        "[/] ",
        "[-] ",
        "[✔\u{FE0F}] ",
        "[?] ",
        "[] ",
        "[  ] ",
        "[ x ] ",
        "",
    ]);
    let indent = select(vec!["", "", "", "  ", "\t", "    ", "        ", "> ", "> > "]);
    let wrapped = prop::option::weighted(0.3, (select(vec!["  ", "    ", "\t", ""]), words()));
    let id = select(vec!["", "", "", " ^b1", "  ^b-2"]);
    let tail = select(vec!["", "", "", " ", "  ", "\\"]);
    let item = (indent, marker, check, words(), wrapped, id, tail).prop_map(
        |(indent, marker, check, words, more, id, tail)| {
            // a dash alone would make a heading of the line above it
            let words = if check.is_empty() { format!("plain {words}") } else { words };
            let quotes = if indent.starts_with('>') { indent } else { "" };
            let more = more.map(|(deeper, words)| format!("\n{quotes}{deeper}{words}")).unwrap_or_default();
            format!("{indent}{marker}{check}{words}{more}{id}{tail}\n")
        },
    );
    let other = select(vec![
        "\n",
        "\n",
        "# Heading\n",
        "## Other\n",
        "\nUnder\n===\n",
        "\nLabel:\n",
        "text of a paragraph\n",
        "  indented text\n",
        "---\n",
        "```\n- [ ] code\n```\n",
        "<!-- - [ ] no -->\n",
        "<div>\n",
        "%%\n- [ ] hidden\n%%\n",
        "| a | b |\n|---|---|\n| [ ] c | d |\n",
        "[^1]: - [ ] footnote\n",
        "[ ] bare\n",
        "[x] - swapped\n",
        "-[ ] glued\n",
        "- [x]narrow\n",
        "- [ ]\n",
        "^b3\n",
    ]);
    prop_oneof![3 => item, 2 => other.prop_map(str::to_owned)]
}

/// A note with one kind of line end, or several, with or without the last one.
fn note() -> impl Strategy<Value = String> {
    let end = select(vec!["\n", "\n", "\r\n", "\r", "mixed"]);
    (prop::collection::vec(block(), 1..10), end, any::<bool>(), any::<bool>()).prop_map(|(blocks, end, last, front)| {
        let front = if front { "---\ntitle: x\n---\n" } else { "" };
        // a rule at the beginning could turn out to open a front matter
        let front = if front.is_empty() && blocks.first().is_some_and(|block| block == "---\n") { "\n" } else { front };
        let mut text = format!("{front}{}", blocks.concat());
        if !last {
            text.truncate(text.trim_end_matches('\n').len());
        }
        match end {
            "mixed" => text.replacen('\n', "\r\n", 3),
            end => text.replace('\n', end),
        }
    })
}

/// A note and one of its tasks.
fn with_task() -> impl Strategy<Value = (String, usize)> {
    (note(), any::<Index>()).prop_filter_map("no task", |(text, pick)| {
        let count = read(&text).tasks.len();
        (count > 0).then(|| (text, pick.index(count))).filter(|(text, index)| {
            let task = &read(text).tasks[*index];
            let below = task
                .text_spans
                .first()
                .is_some_and(|first| text[task.symbol_span.end..first.start].contains(['\n', '\r']));
            let rules = task.fields.iter().filter(|field| field.kind == FieldKind::Recurrence).count();
            // text below a box without words goes on with it as soon as it has some, or is a heading by then;
            // and of two rules either could count when words between them go
            !(task.text.is_empty() || rules > 1 || below && text.contains("---"))
        })
    })
}

fn style() -> impl Strategy<Value = FieldStyle> {
    select(vec![FieldStyle::Emoji, FieldStyle::Bracket, FieldStyle::Paren, FieldStyle::Plain])
}

/// A kind of field, with a value for it.
fn value() -> impl Strategy<Value = (FieldKind, &'static str)> {
    select(vec![
        (FieldKind::Due, "2027-03-04"),
        (FieldKind::Scheduled, "2027-03-04"),
        (FieldKind::Start, "2027-03-04"),
        (FieldKind::Created, "2027-03-04"),
        (FieldKind::Done, "2027-03-04"),
        (FieldKind::Priority, "medium"),
        (FieldKind::Recurrence, "every 3 weeks on Friday"),
        (FieldKind::Id, "new-1"),
        (FieldKind::DependsOn, "a1, b2"),
        (FieldKind::OnCompletion, "keep"),
    ])
}

/// What a note says about a task, its place and raw text left out.
fn facts(task: &Task) -> Vec<(FieldKind, String)> {
    let mut seen = Vec::new();
    for field in &task.fields {
        if !seen.iter().any(|(kind, _)| *kind == field.kind) {
            seen.push((field.kind, field.value.clone()));
        }
    }
    seen.sort();
    seen
}

/// Fails unless two notes have the same tasks, headings and structure, the task at `index` left out.
fn same_but_for(before: &Note, after: &Note, index: usize) -> Result<(), TestCaseError> {
    prop_assert_eq!(before.tasks.len(), after.tasks.len());
    for (at, (old, new)) in before.tasks.iter().zip(&after.tasks).enumerate() {
        prop_assert_eq!((old.depth, old.parent), (new.depth, new.parent));
        if at != index {
            prop_assert_eq!((&old.text, &old.symbol, facts(old)), (&new.text, &new.symbol, facts(new)));
        }
    }
    // what is a label line depends on its words, what is a heading does not
    let heads = |note: &Note| note.sections.iter().filter(|section| section.kind == SectionKind::Heading).count();
    prop_assert_eq!(heads(before), heads(after));
    Ok(())
}

fn apply(text: &str, edits: &[Edit]) -> String {
    apply_text(text, edits).unwrap()
}

/// A note with boxes whose words stand on the next line, deeper or not, or nowhere.
fn note_with_empty_boxes() -> impl Strategy<Value = String> {
    let indent = select(vec!["", "", "  ", "    ", "> ", "- "]);
    let marker = select(vec!["- ", "1. ", "12) ", "* ", "-\t"]);
    let check = select(vec!["[ ]", "[ ] ", "[x]  ", "[/]", "[-] ", "[/] words"]);
    let below = (
        select(vec!["", " ", "  ", "    ", "      ", "\t"]),
        select(vec![
            "5 $  ^b1", "Label:", "# H", "===", "---", "- x", "[ ] y", "a `b", "> q", "| a |", "[^1]: f", "Words", "",
            "1. z",
        ]),
    );
    let item =
        (indent, marker, check, prop::collection::vec(below, 0..3)).prop_map(|(indent, marker, check, below)| {
            let below: String = below.iter().map(|(deeper, words)| format!("{deeper}{words}\n")).collect();
            format!("{indent}{marker}{check}\n{below}")
        });
    prop::collection::vec(prop_oneof![3 => item, 1 => block()], 1..5).prop_map(|blocks| blocks.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, max_global_rejects: 200_000, ..ProptestConfig::default() })]

    #[test]
    fn a_tick_changes_one_character_and_goes_back((text, index) in with_task(), symbol in select(vec!['x', ' ', '/', '-', '✅', 'ß'])) {
        let before = read(&text);
        let task = &before.tasks[index];
        let loose = matches!(task.form, Form::Bare | Form::Swapped | Form::Malformed);
        let edit = match edit::tick(&text, task, symbol) {
            Ok(Some(edit)) => edit,
            Ok(None) => return Ok(()),
            Err(error) => {
                prop_assert!(loose && symbol != 'x' && symbol != ' ', "{error}");
                return Ok(());
            }
        };
        let after = apply(&text, std::slice::from_ref(&edit));
        prop_assert_eq!(&after[..edit.start], &text[..edit.start]);
        prop_assert_eq!(&after[edit.start + edit.text.len()..], &text[edit.end..]);
        let now = read(&after);
        prop_assert_eq!(now.tasks.len(), before.tasks.len());
        prop_assert_eq!(&now.tasks[index].symbol, &symbol.to_string());
        prop_assert_eq!(&now.tasks[index].text, &task.text);
        let well_formed = task.form != Form::Malformed;
        if well_formed {
            same_but_for(&before, &now, index)?;
        }
        // a box of another width, and one with a variation selector, is fixed for good
        let old = task.symbol_span.of(&text);
        if old.chars().count() == 1 {
            let back = edit::tick(&after, &now.tasks[index], old.chars().next().unwrap()).unwrap();
            prop_assert_eq!(apply(&after, back.as_slice()), text);
        }
    }

    #[test]
    fn words_do_not_depend_on_the_symbol(text in note_with_empty_boxes(), index in any::<Index>(), symbol in select(vec!['x', ' ', '/', '-', 'ß'])) {
        let before = read(&text);
        let well_formed: Vec<usize> = (0..before.tasks.len()).filter(|&at| before.tasks[at].form == Form::List).collect();
        if well_formed.is_empty() {
            return Ok(());
        }
        let index = well_formed[index.index(well_formed.len())];
        let Some(edit) = edit::tick(&text, &before.tasks[index], symbol).unwrap() else { return Ok(()) };
        let now = read(&apply(&text, &[edit]));
        same_but_for(&before, &now, index)?;
        prop_assert_eq!(&before.tasks[index].text, &now.tasks[index].text);
        prop_assert_eq!(facts(&before.tasks[index]), facts(&now.tasks[index]));
        // the box can stand in a heading's text: `- [ ]\n  ===`
        let sections = |note: &Note| note.sections.iter().map(|section| (section.line, section.kind)).collect::<Vec<_>>();
        prop_assert_eq!(sections(&before), sections(&now));
    }

    #[test]
    fn set_and_set_back((text, index) in with_task(), (kind, new) in value(), style in style()) {
        let before = read(&text);
        let task = &before.tasks[index];
        let edits = field::set(&text, task, kind, Some(new), style).unwrap();
        let after = apply(&text, &edits);
        let now = read(&after);
        same_but_for(&before, &now, index)?;
        // the field has its value, every other one what it had
        let mut want = facts(task);
        want.retain(|(other, _)| *other != kind);
        let mut got = facts(&now.tasks[index]);
        let own = got.iter().position(|(other, _)| *other == kind);
        prop_assert!(own.is_some(), "{after:?} has no {kind:?}");
        let (_, written) = got.remove(own.unwrap());
        prop_assert_eq!(got, want);
        match kind {
            FieldKind::Priority => prop_assert!(["medium", "🔼"].contains(&written.as_str())),
            _ => prop_assert!(written.contains(new), "{written} for {new}"),
        }
        let standing = task.fields.iter().find(|field| field.kind == kind);
        let back = field::set(&after, &now.tasks[index], kind, standing.map(|field| field.value.as_str()), style);
        match (standing, back) {
            // `2026-13-01` is not written again
            (Some(_), Err(_)) => prop_assert!(text.contains("-13-")),
            (_, back) => prop_assert_eq!(apply(&after, &back.unwrap()), text),
        }
    }

    #[test]
    fn a_field_taken_away_is_gone((text, index) in with_task(), pick in any::<Index>()) {
        let before = read(&text);
        let task = &before.tasks[index];
        if task.fields.is_empty() {
            return Ok(());
        }
        let kind = task.fields[pick.index(task.fields.len())].kind;
        let edits = field::set(&text, task, kind, None, FieldStyle::Emoji).unwrap();
        let after = apply(&text, &edits);
        let now = read(&after);
        if now.tasks.len() != before.tasks.len() && text.contains('\\') {
            // a box before nothing but a backslash is none
            return Ok(());
        }
        prop_assert_eq!(now.tasks.len(), before.tasks.len());
        if !now.tasks[index].text.is_empty() {
            // below a box that lost all its words Markdown sees other blocks
            same_but_for(&before, &now, index)?;
        }
        let mut want = facts(task);
        want.retain(|(other, _)| *other != kind);
        prop_assert_eq!(facts(&now.tasks[index]), want);
        prop_assert!(task.tags.iter().all(|tag| now.tasks[index].tags.contains(tag)));
        // `📅 [[2026-01-31]]` is a link, too
        let kept = task.links.iter().filter(|link| !link.url.starts_with("2026"));
        // a backslash right behind an address belongs to it
        prop_assert!(text.contains('\\') || kept.into_iter().all(|link| now.tasks[index].links.contains(link)));
    }

    #[test]
    fn stamp_and_unstamp((text, index) in with_task(), style in style(), drop in any::<bool>()) {
        let before = read(&text);
        let task = &before.tasks[index];
        let (target, kind) = if drop { (Status::Cancelled, FieldKind::Cancelled) } else { (Status::Done, FieldKind::Done) };
        let after = apply(&text, &stamp(&text, task, target, day(), Some(style)));
        let now = read(&after);
        same_but_for(&before, &now, index)?;
        let new = &now.tasks[index];
        prop_assert_eq!(if drop { new.cancelled } else { new.completed }, Some(day()));
        prop_assert_eq!(if drop { new.completed } else { new.cancelled }, None);
        prop_assert_eq!((&new.explicit_id, &new.recurrence), (&task.explicit_id, &task.recurrence));
        let opened = apply(&after, &stamp(&after, new, Status::Todo, day(), Some(style)));
        prop_assert!(read(&opened).tasks[index].fields.iter().all(|field| field.kind != kind));
        if !task.fields.iter().any(|field| matches!(field.kind, FieldKind::Done | FieldKind::Cancelled)) {
            prop_assert_eq!(opened, text);
        }
    }

    #[test]
    fn a_pin_is_read_back((text, index) in with_task()) {
        let before = read(&text);
        let task = &before.tasks[index];
        let id = pin::free_id(&before, "k3f");
        match pin::pin(&text, task, &id) {
            Ok(edit) => {
                let now = read(&apply(&text, &[edit]));
                same_but_for(&before, &now, index)?;
                prop_assert_eq!(now.tasks[index].explicit_id.as_ref(), Some(&id));
                prop_assert_eq!(facts(&now.tasks[index]), facts(task));
            }
            Err(_) => prop_assert!(task.explicit_id.is_some()),
        }
    }

    #[test]
    fn a_copy_is_one_task_more_and_the_old_one_stays((text, index) in with_task()) {
        let before = read(&text);
        let task = &before.tasks[index];
        let Ok(Some(edits)) = recurrence::next_copy(&text, &recurrence::Standing::of(&before), task, day()) else { return Ok(()) };
        let after = apply(&text, &edits);
        let [edit] = edits.as_slice() else { panic!("{edits:?}") };
        prop_assert_eq!(&after[edit.start + edit.text.len()..], &text[edit.start..]);
        let now = read(&after);
        // a copy of a line with another item before the box has that, too
        prop_assert_eq!(now.tasks.len(), before.tasks.len() + 1);
        let (copy, old) = (&now.tasks[index], &now.tasks[index + 1]);
        prop_assert_eq!((&old.text, &old.symbol), (&task.text, &task.symbol));
        prop_assert_eq!(copy.symbol.as_str(), " ");
        prop_assert_eq!(&copy.recurrence, &task.recurrence);
        prop_assert!(copy.explicit_id.is_none() && copy.depends_on.is_empty());
        prop_assert!(copy.completed.is_none() && copy.cancelled.is_none());
        let moved = |new: Option<NaiveDate>, old: Option<NaiveDate>| Some(new? - old?);
        let distances = [moved(copy.due, task.due), moved(copy.scheduled, task.scheduled), moved(copy.start, task.start)];
        let mut distances = distances.into_iter().flatten();
        if let Some(first) = distances.next() {
            prop_assert!(distances.all(|other| other == first));
        }
    }

    #[test]
    fn new_tasks_are_read_and_nothing_else_changes(
        text in note(),
        section in any::<Option<Index>>(),
        tasks in prop::collection::vec(select(vec!["call Ida", "read [[Note]] 📅 2026-12-01", "a\nb"]), 1..3),
    ) {
        let before = read(&text);
        let section = section.filter(|_| !before.sections.is_empty()).map(|pick| pick.index(before.sections.len()));
        let Ok(edit) = insert::add_tasks(&text, &before, &tasks, section) else {
            return Err(TestCaseError::reject("no place"));
        };
        prop_assert_eq!(edit.start, edit.end);
        let after = apply(&text, std::slice::from_ref(&edit));
        let now = read(&after);
        let (new, old): (Vec<&Task>, Vec<&Task>) =
            now.tasks.iter().partition(|task| (edit.start..edit.start + edit.text.len()).contains(&task.symbol_span.start));
        prop_assert_eq!(new.len(), tasks.len());
        for (new, words) in new.iter().zip(&tasks) {
            prop_assert_eq!(&new.text, &words.replace('\n', " "));
            prop_assert_eq!(new.section, section.or(new.section));
        }
        let texts = |tasks: Vec<&Task>| tasks.iter().map(|task| (task.text.clone(), task.symbol.clone())).collect::<Vec<_>>();
        prop_assert_eq!(texts(old), texts(before.tasks.iter().collect()));
        // no other line end, none at the end of a note that had none
        let ends = |text: &str| text.ends_with(['\n', '\r']);
        prop_assert!(text.trim().is_empty() || ends(&text) == ends(&after));
        prop_assert!(text.contains("\r") || !after.contains('\r'));
        prop_assert!(text.replace("\r\n", "").contains('\n') || !text.contains('\r') || !after.replace("\r\n", "").contains('\n'));
        // no pile of blank lines
        let plain = after.replace("\r\n", "\n").replace('\r', "\n");
        prop_assert!(!plain.contains("\n\n\n") || text.replace("\r\n", "\n").replace('\r', "\n").contains("\n\n"));
    }
}

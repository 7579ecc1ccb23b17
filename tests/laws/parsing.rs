//! Laws: parsing is total and its places are true; a tick changes one character, and undo brings the bytes back.
#![expect(clippy::unwrap_used, reason = "a test stops where something is wrong")]

use std::fs;
use std::path::Path;

use hornbook::disk;
use hornbook::disk::commit::FileChange;
use hornbook::disk::commit::Writer;
use hornbook::disk::commit::commit;
use hornbook::disk::undo::undo;
use hornbook::edit;
use hornbook::model::Lines;
use hornbook::model::NotePath;
use hornbook::model::Span;
use hornbook::model::short_id::full_ids;
use hornbook::model::ticket::Tracker;
use hornbook::model::ticket::Trackers;
use hornbook::parse;
use proptest::prelude::*;

/// Pieces of real notes and of what breaks parsers, put together in any order.
fn note() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "# Heading\n",
        "## Mon 12th\n",
        "Label:\n",
        "====Talk\n",
        "text with *marks* and `code`\n",
        "- [ ] task one\n",
        "* [x] done ✅ 2026-01-02\n",
        "  + [/] child 📅 2026-03-04\n",
        "    - [ ] deep\n",
        "\t- [ ] tab\n",
        "> - [ ] quoted\n",
        "1. [ ] numbered\n",
        "- [] slip\n",
        "-[ ] glued\n",
        "[ ] - swapped\n",
        "[ ] bare\n",
        "- [ ]\n  wrapped https://a.b/c\n",
        "- plain\n",
        "\n",
        "\r\n",
        "\r",
        "```\n- [ ] code\n```\n",
        "<!-- - [ ] no -->\n",
        "%% hidden %%\n",
        "| a | [[b\\|c]] |\n|---|---|\n",
        "[[Note#Head|alias]] ![[img.png|100]]\n",
        "[a](b.md \"t\") <https://x.y> www.a.b/c me@a.b\n",
        "#tag #a/b ^block\n",
        "^id\n",
        "---\ntitle: x\ntags: [a, b]\n---\n",
        "---\n",
        "+++\nx = 1\n+++\n",
        "$x$ $$y$$\n",
        "[^1]: note\n",
        "é日本👩‍👩‍👧\u{202e}\u{200b}\n",
        "RETAIL-23617 @ida\n",
        "- [ ] a [due:: 2026-01-01] (priority:: high) 🔁 every week\n",
        "&amp; \\[x] \\\\\n",
        "\u{feff}",
        "\0",
        "[",
        "]",
        "(",
        "`",
        "**",
        "Meeting (2023/10/18)\n",
        "* Tue 3rd\n",
        "https://a.b/2022/01/26/x\n",
        "https://a.b/browse/AB-7 ",
        " GH-4 #5 acme/shop#6 ticket SHOP-8\n",
        "    ",
        "no end",
    ]);
    prop::collection::vec(prop_oneof![4 => piece.prop_map(str::to_owned), 1 => ".{0,12}"], 0..24)
        .prop_map(|parts| parts.concat())
}

fn options() -> parse::Options {
    let retail = Tracker { keys: vec!["RETAIL".to_owned()], ..Tracker::default() };
    let shop = Tracker { github: Some("acme/shop".to_owned()), ..Tracker::default() };
    let word = Tracker { pattern: Some("[a-d]{3}".to_owned()), ..Tracker::default() };
    parse::Options { trackers: Trackers::new(vec![retail, shop, word]), ..parse::Options::default() }
}

fn read(text: &str) -> hornbook::model::Parsed {
    parse::parse(&NotePath::from("journal/202601.md"), text, &options())
}

fn check_span(text: &str, span: Span, what: &str) {
    assert!(text.get(span.start..span.end).is_some(), "{what} {span:?} does not fit {text:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn places_lie_in_the_text_and_on_character_borders(text in note()) {
        let parsed = read(&text);
        let note = &parsed.note;
        let lines = Lines::new(&text);
        for section in &note.sections {
            check_span(&text, section.span, "section");
            check_span(&text, section.heading_span, "heading");
            prop_assert!(section.line >= 1 && section.line <= section.end_line && section.end_line <= lines.count().max(1));
        }
        for link in &note.links {
            check_span(&text, link.span, "link");
            prop_assert_eq!(lines.line(link.span.start), link.line);
        }
        for tag in note.tags.iter().filter(|tag| tag.span.start >= note.body_start) {
            prop_assert_eq!(tag.span.of(&text).strip_prefix('#'), Some(tag.name.as_str()));
        }
        for block in &note.blocks {
            prop_assert_eq!(block.span.of(&text).strip_prefix('^'), Some(block.id.as_str()));
            check_span(&text, block.target, "block");
        }
        for ticket in &note.tickets {
            check_span(&text, ticket.span, "ticket");
            prop_assert_eq!(lines.line(ticket.span.start), ticket.line);
            let written = ticket.span.of(&text).trim_start_matches("GH-");
            prop_assert!(ticket.url.is_some() || ticket.key.ends_with(written), "{ticket:?}");
        }
        for like in &note.ticket_like {
            prop_assert_eq!(like.span.of(&text), like.key.as_str());
            prop_assert!(like.told.as_ref().is_none_or(|told| told.line.abs_diff(like.line) <= 10));
        }
        for task in &note.tasks {
            check_span(&text, task.span, "task");
            check_span(&text, task.symbol_span, "box");
            let joined: Vec<&str> = task.text_spans.iter().map(|span| span.of(&text)).collect();
            prop_assert_eq!(joined.join(" "), task.text.clone());
            for field in &task.fields {
                check_span(&text, field.span, "field");
                prop_assert_eq!(field.value_span.of(&text), field.value.as_str());
            }
        }
        for entry in &note.entries {
            check_span(&text, entry.span, "entry");
        }
        for diagnostic in &parsed.diagnostics {
            check_span(&text, diagnostic.span, "diagnostic");
            for edit in diagnostic.fix.iter().flat_map(|fix| &fix.edits) {
                check_span(&text, Span::new(edit.start, edit.end), "fix");
            }
        }
    }

    #[test]
    fn any_bytes_give_a_note(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let text = disk::Text::decode(bytes).text;
        let parsed = read(&text);
        prop_assert!(parsed.note.body_start <= text.len());
    }

    #[test]
    fn a_tick_changes_one_character_and_nothing_else_of_the_note(text in note(), pick in any::<prop::sample::Index>()) {
        let before = read(&text).note;
        prop_assume!(!before.tasks.is_empty());
        let index = pick.index(before.tasks.len());
        let task = before.tasks.get(index).unwrap();
        let symbol = if task.symbol == "x" { ' ' } else { 'x' };
        let edit = edit::tick(&text, task, symbol).unwrap().unwrap();
        let replaced = text.get(edit.start..edit.end).unwrap();
        // `[]` gets its character; `[  ]` and an emoji with its selector lose what stood there
        prop_assert!(edit.text.chars().count() == 1);
        prop_assert!(replaced.chars().count() <= 3);
        let after = edit::apply_text(&text, std::slice::from_ref(&edit)).unwrap();
        prop_assert_eq!(after.get(..edit.start), text.get(..edit.start));
        prop_assert_eq!(after.get(edit.start + edit.text.len()..), text.get(edit.end..));
        let now = read(&after).note;
        let task_now = now.tasks.get(index).unwrap();
        prop_assert_eq!(task_now.symbol.clone(), symbol.to_string());
        prop_assert_eq!(now.tasks.len(), before.tasks.len());
        for (other, (a, b)) in before.tasks.iter().zip(&now.tasks).enumerate() {
            prop_assert_eq!((&a.text, a.line), (&b.text, b.line));
            prop_assert!(other == index || a.symbol == b.symbol);
        }
    }

    #[test]
    fn ids_are_unique_and_survive_other_lines(text in note(), more in note()) {
        let path = NotePath::from("n.md");
        let ids = |text: &str| {
            let note = parse::parse(&path, text, &parse::Options::default()).note;
            let texts: Vec<String> = note.tasks.iter().map(|task| task.text.clone()).collect();
            let ids = full_ids(note.tasks.iter().map(|task| (&path, task, None)));
            texts.into_iter().zip(ids).collect::<Vec<_>>()
        };
        let before = ids(&text);
        let mut unique: Vec<&String> = before.iter().map(|(_, id)| id).collect();
        unique.sort();
        unique.dedup();
        prop_assert_eq!(unique.len(), before.len());
        // lines behind it, in a section of their own
        let after = ids(&format!("{text}\n\n# Other\n\n{more}"));
        for (text, id) in &before {
            if after.iter().any(|(other, _)| other == text) {
                prop_assert!(after.iter().any(|(_, other)| other == id), "{} lost {}", text, id);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn undo_brings_the_bytes_back(text in note(), how in 0..4u8, pick in any::<prop::sample::Index>()) {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("notes");
        fs::create_dir(&root).unwrap();
        let bytes: Vec<u8> = match how {
            0 => text.clone().into_bytes(),
            1 => [b"\xef\xbb\xbf".as_slice(), text.as_bytes()].concat(),
            2 => [b"\xff\xfe".to_vec(), text.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat(),
            _ => [text.as_bytes(), b"\xff\xfe broken \xe9"].concat(),
        };
        prop_assume!(!bytes.contains(&0) || how == 2);
        put(&root.join("n.md"), &bytes);
        let notebook = disk::discover(&disk::Discover { notebook: Some(root.clone()), ..disk::Discover::default() }).unwrap();
        let path = NotePath::from("n.md");
        // a NUL makes a binary file of it
        let Ok(read) = disk::read(&notebook, &path) else { return Ok(()) };
        let note = parse::parse(&path, &read.text, &options()).note;
        prop_assume!(!note.tasks.is_empty());
        let task = note.tasks.get(pick.index(note.tasks.len())).unwrap();
        let symbol = if task.symbol == "x" { ' ' } else { 'x' };
        let edits: Vec<_> = edit::tick(&read.text, task, symbol).unwrap().into_iter().collect();
        let state = folder.path().join("state");
        let writer = Writer { notebook: &notebook, state: &state, now: "2026-11-21", command: "done", dry_run: false };
        let report = commit(&writer, vec![FileChange::edit(path.clone(), read, edits)], Vec::new()).unwrap();
        let after = fs::read(root.join("n.md")).unwrap();
        prop_assert!(after != bytes);
        let splice = report.files.first().unwrap().splices.first().unwrap().clone();
        prop_assert_eq!(after.get(..splice.start), bytes.get(..splice.start));
        prop_assert_eq!(after.get(splice.start + splice.bytes.len()..), bytes.get(splice.end..));
        undo(&writer, None).unwrap();
        prop_assert_eq!(fs::read(root.join("n.md")).unwrap(), bytes);
    }
}

#[expect(clippy::disallowed_methods, reason = "a throw-away note")]
fn put(path: &Path, bytes: &[u8]) {
    fs::write(path, bytes).unwrap();
}

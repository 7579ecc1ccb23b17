//! Two Markdown parsers, each the other's test: every heading and every task that comrak sees is a fact, and the other way round.
//!
//! Known differences, each with its reason: boxes with other characters than `x` and blank are ours alone, and so are the
//! forms that strict Markdown loses (`indented`, `lazy`, `swapped`, `bare`, `malformed`); a box with nothing behind it is a task for
//! one of them only, and comrak takes no box in an item with more brackets that are no link.
#![expect(clippy::unwrap_used, reason = "a test stops where something is wrong")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use comrak::Arena;
use comrak::nodes::NodeValue;
use hornbook::disk::Text;
use hornbook::model::Form;
use hornbook::model::NotePath;
use hornbook::model::SectionKind;
use hornbook::parse;
use hornbook::site::dialect;

/// Headings with their level, tasks with their state, by line.
type Seen = (BTreeSet<(usize, u8)>, BTreeSet<(usize, bool)>);

/// Lines of headings with their level, and lines of tasks with their state, as comrak sees them.
fn comrak(body: &str, first_line: usize) -> Seen {
    let options = dialect::options();
    let arena = Arena::new();
    let root = comrak::parse_document(&arena, body, &options);
    let mut headings = BTreeSet::new();
    let mut tasks = BTreeSet::new();
    for node in root.descendants() {
        let data = node.data.borrow();
        let line = data.sourcepos.start.line + first_line - 1;
        match &data.value {
            NodeValue::Heading(heading) => {
                headings.insert((line, heading.level));
            }
            NodeValue::TaskItem(item) if matches!(item.symbol, None | Some('x' | 'X')) => {
                tasks.insert((line, item.symbol.is_some()));
            }
            _ => {}
        }
    }
    (headings, tasks)
}

#[track_caller]
fn agree(name: &str, text: &str) {
    let note = parse::parse(&NotePath::from(name), text, &parse::Options::default()).note;
    let body = text.get(note.body_start..).unwrap();
    let first_line = text.get(..note.body_start).unwrap().matches('\n').count() + 1;
    let (headings, tasks) = comrak(body, first_line);
    let ours: BTreeSet<(usize, u8)> = note
        .sections
        .iter()
        .filter(|section| section.kind == SectionKind::Heading)
        .map(|section| (section.line, section.level))
        .collect();
    assert_eq!(ours, headings, "headings of {name}");
    let ours: BTreeSet<(usize, bool)> = note
        .tasks
        .iter()
        .filter(|task| {
            task.form == Form::List && matches!(task.symbol.as_str(), " " | "x" | "X") && !task.text.is_empty()
        })
        .map(|task| (task.line, task.checked()))
        .collect();
    let line_of = |line: usize| text.lines().nth(line - 1).unwrap_or_default();
    let tasks: BTreeSet<(usize, bool)> =
        tasks.into_iter().filter(|(line, _)| !line_of(*line).trim_end().ends_with(']')).collect();
    let known: BTreeSet<(usize, bool)> =
        ours.difference(&tasks).copied().filter(|(line, _)| line_of(*line).matches('[').count() > 1).collect();
    assert_eq!(&ours - &known, tasks, "tasks of {name}");
}

#[test]
fn on_our_notebooks() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut count = 0;
    for folder in ["notes", "tests/notebooks"] {
        for entry in walkdir::WalkDir::new(top.join(folder)).sort_by_file_name() {
            let entry = entry.unwrap();
            if entry.path().extension().is_some_and(|extension| extension == "md") {
                agree(&entry.path().to_string_lossy(), &Text::decode(fs::read(entry.path()).unwrap()).text);
                count += 1;
            }
        }
    }
    assert!(count > 40, "only {count} notes were compared");
}

#[test]
fn on_awkward_texts() {
    let texts = [
        "# a\n\nb\n=\n\n- [ ] c\n  - [x] d\n",
        "> # quoted\n> - [ ] e\n\n1. [ ] f\n2) [X] g\n",
        "```\n# no\n- [ ] no\n```\n\n    # no\n\n## yes ##\n",
        "- a\n\n  - [ ] loose\n\n    more\n\n- [x] b\n",
        "<div>\n# no\n- [ ] no\n</div>\n\n# yes\n",
        "| a | b |\n|---|---|\n| [ ] | x |\n\n- [ ] t | u\n",
        "[^1]: - [ ] in a footnote\n\nx[^1]\n\n- [ ] y\n",
        "- [ ] a\n- [x](https://a.b) c\n- [ ]d\n- [y] e\n",
        "* [ ] a\n+ [ ] b\n- [ ] c\n\ttab\n\t- [x] d\n",
        "Title\n---\n\n---\n\n- - [ ] nested\n",
    ];
    for text in texts {
        agree("text", text);
    }
}

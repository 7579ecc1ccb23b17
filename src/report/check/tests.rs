use proptest::prelude::*;

use super::*;
use crate::edit::apply_text;
use crate::model::Edit;
use crate::model::Parsed;
use crate::parse;
use crate::report::destination::PathKind;

/// A notebook in memory: notes, and files beside them.
struct Disk {
    notes: Vec<(NotePath, String, Parsed)>,
    files: Vec<NotePath>,
    left_out: Vec<NotePath>,
    seen: Seen,
}

impl Disk {
    fn new(notes: &[(&str, &str)]) -> Self {
        let mut notes: Vec<_> = notes
            .iter()
            .map(|(path, text)| {
                let path = NotePath::from(*path);
                let parsed = parse::parse(&path, text, &parse::Options::default());
                (path, (*text).to_owned(), parsed)
            })
            .collect();
        notes.sort_by(|a, b| a.0.cmp(&b.0));
        Self {
            notes,
            files: vec![NotePath::from("img/plan.svg"), NotePath::from("x.canvas")],
            left_out: vec![NotePath::from("templates/daily note.md")],
            seen: Seen::default(),
        }
    }

    fn check(&self) -> Vec<Finding> {
        let notes = self.notes.iter().map(|(path, _, parsed)| (path, &parsed.note)).collect();
        let graph = Graph::new(notes, &self.files);
        let diagnostics: Vec<&[Diagnostic]> =
            self.notes.iter().map(|(.., parsed)| parsed.diagnostics.as_slice()).collect();
        let all: Vec<usize> = (0..self.notes.len()).collect();
        check(&CheckInput {
            graph: &graph,
            diagnostics: &diagnostics,
            chosen: &all,
            source: &|path| self.text(path).map(|text| Source { text, damaged: None }),
            around: self,
            trackers: &Trackers::default(),
            severities: &BTreeMap::new(),
            seen: &self.seen,
            rewrite: &crate::edit::link::with_path,
        })
    }
}

impl Disk {
    fn text(&self, path: &NotePath) -> Option<String> {
        self.notes.iter().find(|(known, ..)| known == path).map(|(_, text, _)| text.clone())
    }
}

impl NotebookFiles for Disk {
    fn kind(&self, path: &str) -> PathKind {
        let is_file = self.files.iter().chain(&self.left_out).any(|file| file.as_str() == path);
        let below = |file: &NotePath| file.as_str().starts_with(&format!("{path}/"));
        match path {
            _ if path.starts_with("../..") => PathKind::OutsideNotebook,
            "../README" => PathKind::File,
            _ if is_file => PathKind::File,
            _ if self.files.iter().chain(self.notes.iter().map(|(path, ..)| path)).any(below) => PathKind::Folder,
            _ => PathKind::Nothing,
        }
    }

    fn left_out(&self) -> &[NotePath] {
        &self.left_out
    }
}

/// The codes found in `a/n.md`, which has this text, among a few other notes.
#[track_caller]
fn case(text: &str, want: &[&str]) {
    let disk = Disk::new(&[
        ("a/n.md", text),
        ("saga.md", "---\naliases: [long story]\n---\n# The saga\n\n## What's new?\n\n| t |\n|---|\n| x |\n\n^table\n"),
        ("c/south.md", "s"),
        ("b/south.md", "s"),
        ("My note.md", "# Mine\n\ntext ^b1\n"),
        ("C#.md", "sharp"),
    ]);
    let found: Vec<String> = disk
        .check()
        .into_iter()
        .filter(|finding| finding.path.as_str() == "a/n.md")
        .map(|finding| format!("{}:{} {}", finding.line, finding.column, finding.code))
        .collect();
    assert_eq!(found, want, "{text}");
}

#[test]
fn links_that_somebody_can_follow() {
    for text in [
        "[[saga]] [[SAGA|x]] [[saga.md]] [[saga#what's new?]] [[saga#What's new]] [[saga#^table]] [[#here]]\n\n## Here",
        "[x](../saga.md) [x](../saga.md#whats-new) [x](</saga.md>) [x](../saga) [x](../My%20note.md#mine) [x](<../My note.md>)",
        "[x](../saga.md?plain=1#whats-new) [x](../saga.html) [x](https://no.where) [x](mailto:a@b.c) [x](obsidian://open)",
        "![[plan.svg|100]] ![x](../img/plan.svg) [[x.canvas]] [[plan.svg#page=3]] [x](../img/) [x](../img)",
        "[[{{title}}]] [x](<{{url}}>) [[...]] `[[code]]` \\[[no]] [user's name] [^1]\n\n[^1]: a [[saga]] note",
        "[[C#]] [x](../C%23.md) [x](#) [x](#top) [[saga#{{heading}}]] [x]()",
        "[up](../../README)",
    ] {
        case(text, &[]);
    }
}

#[test]
fn links_that_nobody_can_follow() {
    case("ü [[nothing]] ![[no.png]] ![x](no.svg)", &["1:3 link-broken", "1:15 embed-missing", "1:27 embed-missing"]);
    case(
        "[x](saga.md#no) [[saga#Now]]\n[[My note#^b2]]",
        &["1:1 heading-missing", "1:17 heading-missing", "2:1 block-missing"],
    );
    case("[x](../Saga.md) ![y](../img/Plan.svg)", &["1:1 link-case", "1:17 link-case"]);
    case("[[long story]] [[daily note]]", &["1:1 link-by-title", "1:16 link-left-out"]);
    case(
        "[x](../../../y.md) [x](C:\\\\y.md) [x](../../y.md)",
        &["1:1 link-outside", "1:20 link-outside", "1:34 link-broken"],
    );
    case("[[south]] [[img/]] [[img]]", &["1:1 link-ambiguous", "1:11 link-broken", "1:20 link-broken"]);
    case("[x](no.md)\n\n[y][r]\n\n[r]: gone.md", &["1:1 link-broken", "3:1 link-broken"]);
}

/// Links to what is elsewhere now, and what `--fix` makes of them.
#[track_caller]
fn moved(text: &str, want: &str) {
    let mut disk = Disk::new(&[
        ("a/n.md", text),
        ("b/topic.md", "# Topic\n\ntext ^uniq1\n\ntext ^b1\n"),
        ("b/index.md", "# Start\n"),
        ("c/20261127.md", "---\naliases: [Long name]\n---\n# The old words\n"),
        ("c/two.md", "# Same\n\ntext ^b1\n"),
        ("d/two.md", "# Same\n"),
        ("e/new.md", "# New\n"),
        ("e/last.md", "# Last\n"),
    ]);
    disk.files.push(NotePath::from("img/only.png"));
    for (from, to) in
        [("e/old.md", "e/new.md"), ("f/one.md", "f/middle.md"), ("f/middle.md", "e/last.md"), ("g/x.md", "g/gone.md")]
    {
        disk.seen.renames.insert(NotePath::from(from), NotePath::from(to));
    }
    for (gone, later) in [("v/topic.md", "c/two.md"), ("w/topic.md", "b/topic.md"), ("v/old-words.md", "")] {
        disk.seen.vanished.insert(NotePath::from(gone), BTreeSet::from([NotePath::from(later)]));
    }
    let found = disk.check();
    let edits: Vec<Edit> = found
        .iter()
        .filter(|finding| finding.code == "link-moved")
        .flat_map(|finding| finding.fix.clone().unwrap().edits)
        .collect();
    assert_eq!(apply_text(text, &edits).unwrap(), want, "{found:?}");
}

#[test]
fn links_to_what_is_elsewhere_now() {
    // by its name in another folder
    moved(
        "[[x/topic]] [t](../x/topic.md#topic \"t\") ![p](<../no/only.png>)",
        "[[b/topic]] [t](../b/topic.md#topic \"t\") ![p](<../img/only.png>)",
    );
    for (stem, nothing) in [
        ("28", true),
        ("01-01", true),
        ("fig1", true),
        ("README", true),
        ("20261127", false),
        ("topic", false),
        ("chapter-two", false),
    ] {
        assert_eq!(moved::tells_nothing(stem), nothing, "{stem}");
    }
    moved("[[a/b/topic#Topic|t]] [t](./topic)", "[[b/topic#Topic|t]] [t](../b/topic)");
    // what was there before the note vanished is another one
    moved("[t](../w/topic.md) [[w/topic]]", "[t](../b/topic.md) [[b/topic]]");
    moved(
        "[t](../v/topic.md) [[v/topic]] [t](../v/old-words.md)",
        "[t](../v/topic.md) [[v/topic]] [t](../v/old-words.md)",
    );
    // by its title, an alias, a block
    moved("[t](../x/the-old-words.md) [t](../x/Long%20name.md)", "[t](../c/20261127.md) [t](../c/20261127.md)");
    moved("[[nothing#^uniq1]] [t](../no.md#^uniq1)", "[[topic#^uniq1]] [t](../b/topic.md#^uniq1)");
    // as it was renamed, once and twice
    moved(
        "[[old]] [[e/old]] [t](../e/old.md) [t](../f/one.md#last)",
        "[[new]] [[e/new]] [t](../e/new.md) [t](../e/last.md#last)",
    );
    moved(
        "---\nup: \"[[old]]\"\n---\n<a href=\"../e/old.md\">\n",
        "---\nup: \"[[new]]\"\n---\n<a href=\"../e/new.md\">\n",
    );
    // nothing, or several
    for text in [
        "[[x/two]] [t](../x/two.md) [t](../x/same.md) [[nothing#^b1]] [t](../x/index.md)",
        "[[nothing]] [t](../nothing.md) [[x]] [t](../g/x.md) [t](../x/only.txt)",
        "[[topic#^uniq1]] [t](https://x.y/topic.md) `[[x/topic]]`",
    ] {
        moved(text, text);
    }
}

#[test]
fn files_and_blocks() {
    case("one ^a\n\nother ^A\n\nthird ^b", &["3:7 block-twice"]);
    case(" \n\n", &["1:1 note-empty"]);
    case("a\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n", &["2:1 conflict-marker"]);
    let lines = "a\nb\nc\nd\ne\nf\n";
    let disk = Disk::new(&[
        ("x.md", lines),
        ("x 2.md", lines),
        ("x 3.md", "other"),
        ("y 2.md", lines),
        ("z (conflicted copy).md", "z"),
    ]);
    let found: Vec<String> =
        disk.check().into_iter().map(|finding| format!("{}: {}", finding.path, finding.message)).collect();
    assert_eq!(
        found,
        [
            "x 2.md: says nearly the same as x.md: probably a copy of it",
            "z (conflicted copy).md: a synchroniser's copy; what it was a copy of is gone",
        ]
    );
    let disk = Disk::new(&[("a.md", "[x](example.org/y) [y](z.md)"), ("z1.md", "")]);
    let found: Vec<String> = disk.check().into_iter().map(|finding| finding.message).take(2).collect();
    assert_eq!(
        found,
        [
            "`example.org/y` leads nowhere: no note or file has this name; an address begins with https://",
            "`z.md` leads nowhere: no note or file has this name",
        ]
    );
    let disk = Disk::new(&[("what?/a.md", "a"), ("what?/b#.md", "b")]);
    let found: Vec<String> =
        disk.check().into_iter().map(|finding| format!("{}: {}", finding.path, finding.message)).collect();
    assert_eq!(
        found,
        [
            "what?/a.md: the folder's name has `?`: Windows and many synchronisers refuse it",
            "what?/b#.md: the file's name has `#`: wikilinks cannot name it",
        ]
    );
}

/// Headings beyond the bound are told once, and a link to one of them may be right.
#[test]
fn a_full_list_of_headings() {
    let long: String = (0..=parse::SECTIONS).map(|number| format!("# h{number}\n\n")).collect();
    let disk = Disk::new(&[
        ("a.md", "[[long#h20000]] [x](long.md#h19999) [[long#h7#no]] [[short#no]]\n"),
        ("long.md", &long),
        ("short.md", "# One\n"),
    ]);
    let found: Vec<String> =
        disk.check().iter().map(|finding| format!("{}:{} {}", finding.path, finding.line, finding.code)).collect();
    assert_eq!(found, ["a.md:1 heading-missing", "long.md:40001 note-too-large"]);
}

#[test]
fn settings_change_the_weight() {
    let mut found = Findings {
        severities: &BTreeMap::from([
            ("note-empty".to_owned(), None),
            ("link-broken".to_owned(), Some(Severity::Error)),
        ]),
        findings: Vec::new(),
    };
    let path = NotePath::from("a.md");
    found.add(&path, (1, 1), "note-empty", String::new(), None);
    found.add(&path, (1, 1), "link-broken", String::new(), None);
    found.add(&path, (1, 1), "block-twice", String::new(), None);
    let weights: Vec<_> = found.findings.iter().map(|finding| finding.severity).collect();
    assert_eq!(weights, [Severity::Error, Severity::Warning]);
}

/// Applies every fix that does not overlap another.
fn fixed(text: &str) -> String {
    let disk = Disk::new(&[("a/n.md", text), ("saga.md", "s")]);
    let mut edits: Vec<Edit> = Vec::new();
    for finding in disk.check().iter().filter(|finding| finding.is_fixable(&[])) {
        let fix = finding.fix.as_ref().unwrap();
        if fix.edits.iter().all(|edit| edits.iter().all(|other| edit.end < other.start || other.end < edit.start)) {
            edits.extend(fix.edits.iter().cloned());
        }
    }
    apply_text(text, &edits).unwrap()
}

#[track_caller]
fn fix(text: &str, want: &str) {
    assert_eq!(fixed(text), want);
    assert_eq!(fixed(want), want, "fixed twice");
}

#[test]
fn fixes() {
    fix("[x](../Saga.md#a) [y](<../img/PLAN.svg> \"t\")", "[x](../saga.md#a) [y](<../img/plan.svg> \"t\")");
    fix("[x](../Saga)\r\n- [ ]\u{a0}text\r\n-[ ] y\r\n", "[x](../saga)\r\n- [ ] text\r\n- [ ] y\r\n");
    // another writing of the path, a definition: nothing that an edit could be sure of
    fix("[x](../%53aga.md) ![y][r]\n\n[r]: ../Saga.md\n", "[x](../%53aga.md) ![y][r]\n\n[r]: ../Saga.md\n");
    // what changes words of the author waits until it is named
    let text = "# Jan 2025\n\n- Mon 5th Jan\n- Fri 9th Jan\n";
    fix(text, text);
    let found = Disk::new(&[("n.md", text)]).check();
    let [found] = found.as_slice() else { panic!("{found:?}") };
    assert!(found.is_fixable(&["year-mismatch".to_owned()]));
}

proptest! {
    #[test]
    fn mending_comes_to_an_end_and_keeps_the_words(
        lines in prop::collection::vec(
            ("[ >\t]{0,3}", "(- |\\* |-|1\\. |)", "(\\[ \\]|\\[x\\]|\\[\\]|\\[  \\]|\\[X \\]|)", "[ \u{a0}]?", "(- )?", "[a-z]{0,4}", "(\\[x\\]\\(\\.\\./Saga\\.md\\)|)"),
            0..12,
        ),
    ) {
        let text: String = lines.iter().map(|(a, b, c, d, e, f, g)| format!("{a}{b}{c}{d}{e}{f}{g}\n")).collect();
        let mut now = text.clone();
        for _ in 0..3 {
            now = fixed(&now);
        }
        prop_assert_eq!(&fixed(&now), &now, "{:?}", text);
        let letters = |text: &str| text.to_lowercase().chars().filter(char::is_ascii_lowercase).collect::<String>();
        prop_assert_eq!(letters(&now), letters(&text));
        prop_assert_eq!(now.lines().count(), text.lines().count());
    }
}

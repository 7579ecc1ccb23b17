//! Building again: the same bytes as from nothing, nothing written that is there, nothing touched that is not ours.
//!
//! Over 400 lines: every test compares two builds with the same few helpers.

use std::collections::BTreeMap;
use std::fs;
use std::time::Duration;
use std::time::SystemTime;

use crate::desk::Desk;
use crate::desk::difference;
use crate::desk::files;

/// Numbers that are the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end as u64).unwrap()
    }

    fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

/// Notes that may be there.
const NOTES: [&str; 14] = [
    "a.md",
    "b.md",
    "A.md",
    "c d.md",
    "c-d.md",
    "x/a.md",
    "x/e.md",
    "x/y/f.md",
    "journal/2026-11-20.md",
    "journal/2026-11-21.md",
    "ü.md",
    "index.md",
    "README.md",
    "x/README.md",
];

/// Things a note may say.
const LINES: [&str; 47] = [
    "[[a]]",
    "[[b|words]] and more words. And another sentence.",
    "[[x/a#Part]]",
    "[[c d#^id]]",
    "![[b]]",
    "![[x/e#Part]]",
    "![[c d]]",
    "![[a#^id]]",
    "[link](x/e.md)",
    "[up](../a.md)",
    "![[p.png]]",
    "![alt|40](p.png)",
    "![[q.txt]]",
    "- [ ] open task 📅 2026-11-30",
    "- [x] done",
    "    - [ ] lost",
    "## Part",
    "## Other part",
    "a block ^id",
    "#one #two/three",
    "#two-three",
    "BED-7 and BED-8",
    "text[^1]\n\n[^1]: note",
    "> [!tip] title\n> [[e]]",
    "<b id=own>html</b> <img src=\"p.png\">",
    "```rust\nfn a() {}\n```",
    "$a^2$",
    "Label:",
    "%% [[a]] %%",
    "[[Titled]]",
    "| a |\n|---|\n| [[f]] |",
    "#private",
    "<img src=\"r.png\"> <a href=\"#own\">x</a>",
    "![[f]]",
    "- [ ] call %%not her%% Ann",
    "## Part %%of it%%",
    "$\\nosuch$",
    "<img src=\"https://e.example/p.png\"> ![](https://e.example/q.png)",
    "private:: true",
    "status:: draft",
    "words^[in line [[a]]]",
    "[e](x/e.html) [x](x/) [top](index.html)",
    "[[README|up]] [[b|one|two]]",
    "one\ntwo %%three%%",
    "<a href=\"b.md#part\">b</a> <img srcset=\"p.png 1x, r.png 2x\">",
    "<details><summary>x</summary>\n\n![[e]]\n\n<a href='x/e.md'>e</a></details>",
    "<!-- <img src=\"q.txt\"> --> <img src=&#112;.png> <a href=q.txt>q</a>",
];

const FRONTS: [&str; 13] = [
    "",
    "",
    "title: Titled",
    "tags: [one, two]",
    "aliases: [Titled, b]",
    "date: 2026-11-19",
    "private: true",
    "draft: true",
    "status: draft",
    "published: false",
    "private:",
    "lang: de",
    "modified: 2026-11-20\nkind: idea",
];

fn note(dice: &mut Dice) -> String {
    let front = *dice.pick(&FRONTS);
    let mut text = if front.is_empty() { String::new() } else { format!("---\n{front}\n---\n\n") };
    if dice.below(2) == 0 {
        text += &format!("# Title {}\n\n", dice.below(4));
    }
    for _ in 0..dice.below(6) {
        text += &format!("{}\n\n", dice.pick(&LINES));
    }
    text
}

fn png(width: u8) -> Vec<u8> {
    [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01".as_slice(), &[width], b"\0\0\0\x03"].concat()
}

const SETTINGS: [&str; 10] = [
    "",
    "[output.html]\nsite-url = \"https://e.example/\"\n",
    "[output.html]\nedit-url-template = \"https://e.example/{path}\"\ndefault-theme = \"dark\"\n",
    "[output.html.redirect]\n\"/old.html\" = \"a.html\"\n",
    "[preprocessor.hornbook]\nsite.exclude = [\"x/\"]\n",
    "[preprocessor.hornbook]\nsite.hard-line-breaks = true\n",
    "[preprocessor.hornbook]\nsite.remote-media = true\n",
    "[preprocessor.hornbook]\nsite.exclude = [\"p.png\"]\n",
    "[preprocessor.hornbook]\n[[preprocessor.hornbook.tickets]]\nkeys = [\"BED\"]\nurl = \"https://t.example/{key}-{num}\"\n",
    "[preprocessor.hornbook]\n[[preprocessor.hornbook.tickets]]\nkeys = [\"BED\"]\nurl = \"https://u.example/{key}-{num}\"\n",
];

/// Changes something.
fn edit(desk: &Desk, dice: &mut Dice) -> String {
    let name = *dice.pick(&NOTES);
    let path = desk.notes().join(name);
    match dice.below(14) {
        0..=3 => {
            let text = note(dice);
            desk.put(name, &text);
            format!("write {name}: {text:?}")
        }
        4..=6 => {
            let line = *dice.pick(&LINES);
            let text = fs::read_to_string(&path).unwrap_or_default();
            desk.put(name, format!("{text}{line}\n\n"));
            format!("add to {name}: {line:?}")
        }
        7 => {
            let _gone = fs::remove_file(&path);
            format!("remove {name}")
        }
        8 => {
            let to = *dice.pick(&NOTES);
            fs::create_dir_all(desk.notes().join(to).parent().unwrap()).unwrap();
            let _moved = fs::rename(&path, desk.notes().join(to));
            format!("rename {name} to {to}")
        }
        9 => {
            let name = *dice.pick(&["p.png", "x/p.png", "r.png"]);
            desk.put(name, png(u8::try_from(dice.below(4)).unwrap()));
            format!("picture {name}")
        }
        10 => {
            // an old file in a younger one's place, of the same length
            let old = desk.dir.path().join("old");
            fs::write(&old, format!("words {}", dice.below(10))).unwrap();
            fs::File::options()
                .write(true)
                .open(&old)
                .unwrap()
                .set_modified(SystemTime::now() - Duration::from_secs(9999))
                .unwrap();
            fs::rename(old, desk.notes().join("q.txt")).unwrap();
            "an older q.txt".to_owned()
        }
        11 => {
            let settings = *dice.pick(&SETTINGS);
            let title = dice.below(2);
            fs::write(
                desk.base().join("book.toml"),
                format!("[book]\ntitle = \"Book {title}\"\nsrc = \"notes\"\n{settings}"),
            )
            .unwrap();
            format!("settings {settings:?}")
        }
        12 => {
            let own = desk.base().join("templates/site");
            fs::create_dir_all(&own).unwrap();
            if dice.below(2) == 0 {
                let _gone = fs::remove_file(own.join("note.html"));
            } else {
                let text = format!(
                    "{{% extends 'base.html' %}}{{% block content %}}{} {{{{ body | safe }}}}{{% endblock %}}",
                    dice.below(3)
                );
                fs::write(own.join("note.html"), text).unwrap();
            }
            "template".to_owned()
        }
        _ => {
            let summary = desk.notes().join("SUMMARY.md");
            if dice.below(2) == 0 {
                let _gone = fs::remove_file(summary);
            } else {
                fs::write(
                    summary,
                    format!("# Summary\n\n- [B](b.md)\n- [A](a.md)\n\n# Part {}\n\n- [E](x/e.md)\n", dice.below(3)),
                )
                .unwrap();
            }
            "summary".to_owned()
        }
    }
}

/// A few notes to begin with.
fn begin(seed: u64) -> (Desk, Dice) {
    let desk = Desk::new(crate::desk::BOOK, &[("p.png", png(1)), ("q.txt", b"words 0".to_vec())]);
    let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    for name in NOTES {
        desk.put(name, note(&mut dice));
    }
    (desk, dice)
}

#[test]
fn after_any_edit_as_from_nothing() {
    std::thread::scope(|scope| {
        for seed in 1..=2 {
            scope.spawn(move || {
                let (desk, mut dice) = begin(seed);
                let mut log = Vec::new();
                for step in 0..12 {
                    desk.build();
                    for _ in 0..=dice.below(2) {
                        log.push(edit(&desk, &mut dice));
                    }
                    desk.build();
                    let fresh = desk.base().join(format!("fresh{step}"));
                    desk.build_with(&["--out", fresh.to_str().unwrap()]);
                    let differs = difference(&desk.built(), &files(&fresh));
                    assert!(differs.is_empty(), "seed {seed}, step {step}\n{}\n{}", log.join("\n"), differs.join("\n"));
                    fs::remove_dir_all(fresh).unwrap();
                }
            });
        }
    });
}

/// Builds, and compares with a build from nothing.
#[track_caller]
fn as_from_nothing(desk: &Desk, what: &str) {
    desk.build();
    let fresh = desk.base().join("fresh");
    desk.build_with(&["--out", "fresh"]);
    assert_eq!(difference(&desk.built(), &files(&fresh)), Vec::<String>::new(), "{what}");
    fs::remove_dir_all(fresh).unwrap();
}

#[test]
fn a_private_note_goes_from_pages_with_many_embeds() {
    let mut files: Vec<(String, String)> =
        (0..230).map(|n| (format!("n{n:03}.md"), format!("# N{n}\n\nnumber {n}\n"))).collect();
    let all: String = (0..230).map(|n| format!("![[n{n:03}]]\n\n")).collect();
    files.push(("all.md".to_owned(), format!("# All\n\n![[one]]\n\n{all}")));
    files.push(("one.md".to_owned(), "# One\n\n![[two]]\n".to_owned()));
    files.push(("x/two.md".to_owned(), "# Two\n\n![[deep]]\n".to_owned()));
    let deep = |front: &str| format!("{front}# Deep\n\nzqword\n");
    files.push(("y/z/deep.md".to_owned(), deep("")));
    let desk = Desk::new(crate::desk::BOOK, &files);
    desk.build();
    assert!(crate::desk::holds(&desk.built()["all.html"], "zqword"));
    for front in
        ["---\nprivate: true\n---\n", "---\npublish:\n---\n", "---\nprivate: true\n\n", "\n---\ndraft: true\n---\n"]
    {
        desk.put("y/z/deep.md", deep(""));
        desk.build();
        desk.put("y/z/deep.md", deep(front));
        as_from_nothing(&desk, front);
        assert!(!desk.built().values().any(|bytes| crate::desk::holds(bytes, "zqword")), "{front}");
    }
}

#[test]
fn what_is_far_away_counts_too() {
    let tickets = |host: &str| {
        let own = "[preprocessor.hornbook]\n[[preprocessor.hornbook.tickets]]\nkeys = [\"BED\"]\n";
        format!("{}{own}url = \"https://{host}.example/{{key}}-{{num}}\"\n", crate::desk::BOOK)
    };
    let desk = Desk::new(
        &tickets("one"),
        &[
            ("outer.md", "# Outer\n\n![[middle]]\n"),
            ("middle.md", "# Middle\n\n![[inner#Part]]\n"),
            (
                "inner.md",
                "# Inner\n\n## Part\n\nBED-7 #a/b ![[p.png]] [[far#Place]] [[far#^id]] [[gone]] [[hidden|it]]\n",
            ),
            ("far.md", "# Far\n\n## Place\n\nwords ^id\n"),
            ("hidden.md", "# Hidden\n"),
            ("deep/er/note.md", "# Note\n"),
        ],
    );
    desk.put("p.png", png(1));
    as_from_nothing(&desk, "at first");
    fs::write(desk.base().join("book.toml"), tickets("two")).unwrap();
    as_from_nothing(&desk, "the address of a ticket in an embed's embed");
    desk.put("404.md", "# Lost\n\n![[p.png]] [[far#Place]] BED-8 <img src=\"p.png\">\n");
    as_from_nothing(&desk, "a note for addresses that do not exist");
    fs::write(desk.base().join("book.toml"), tickets("three")).unwrap();
    as_from_nothing(&desk, "the address of its ticket");
    desk.put("other.md", "#a-b #A/B\n");
    as_from_nothing(&desk, "a tag that wants the same address");
    desk.put("p.png", png(2));
    as_from_nothing(&desk, "the size of a picture in it");
    fs::remove_file(desk.notes().join("p.png")).unwrap();
    as_from_nothing(&desk, "no picture in it");
    desk.put("far.md", "# Far\n\n## Place\n\n## Place\n\nwords ^other\n");
    as_from_nothing(&desk, "a place that it leads to");
    desk.put("far.md", "# Far\n\nwords\n");
    as_from_nothing(&desk, "no such place");
    desk.put("gone.md", "# Not gone\n");
    as_from_nothing(&desk, "a note that it leads to");
    desk.put("hidden.md", "---\nprivate: true\n---\n");
    as_from_nothing(&desk, "a note that is private now");
    desk.put("sub/far.md", "# A\n");
    desk.put("sub/inner.md", "# B\n");
    as_from_nothing(&desk, "names that are ambiguous now");
    desk.put("deep/first.md", "# First\n");
    as_from_nothing(&desk, "a folder that has notes of its own now");
    desk.put("deep/another/first.md", "# First\n");
    fs::remove_file(desk.notes().join("deep/first.md")).unwrap();
    as_from_nothing(&desk, "a folder that begins with another one now");
    desk.put("Outer.markdown", "# Outer\n");
    as_from_nothing(&desk, "a page of the same name");
    let edit = |src: &str| {
        format!("[book]\nsrc = {src:?}\n[output.html]\nedit-url-template = \"https://e.example/{{path}}\"\n")
    };
    fs::write(desk.base().join("book.toml"), edit("notes")).unwrap();
    as_from_nothing(&desk, "an address to edit at");
    fs::rename(desk.notes(), desk.base().join("texts")).unwrap();
    fs::write(desk.base().join("book.toml"), edit("texts")).unwrap();
    as_from_nothing(&desk, "another folder of notes");
    let looks = |css: &str| {
        fs::write(desk.base().join("own.css"), css).unwrap();
        let own = "[book]\nsrc = \"texts\"\n[output.html]\nadditional-css = [\"own.css\"]\ninput-404 = \"far.md\"\n";
        fs::write(desk.base().join("book.toml"), own).unwrap();
    };
    looks("p { color: red }");
    as_from_nothing(&desk, "one's own style sheet, another note for addresses that do not exist");
    looks("p { color: tan }");
    as_from_nothing(&desk, "another style sheet of one's own");
}

/// Names and times of all files.
fn times(desk: &Desk) -> BTreeMap<String, SystemTime> {
    let names = desk.built().into_keys();
    names.map(|name| (name.clone(), fs::metadata(desk.site().join(name)).unwrap().modified().unwrap())).collect()
}

#[test]
fn what_is_there_is_not_written_again() {
    let (desk, _) = begin(7);
    desk.put("b.md", "# B\n\nwords\n");
    desk.put("x/e.md", "# E\n\nwords\n");
    desk.build();
    let before = times(&desk);
    let done = desk.build();
    assert!(done.err.contains(": 0 written"), "{done:?}");
    assert_eq!(times(&desk), before);
    // a word of one note: its page, and nothing else
    desk.put("b.md", "# B\n\nother words\n");
    desk.build();
    let changed: Vec<String> =
        times(&desk).into_iter().filter(|(name, time)| before[name] != *time).map(|(name, _)| name).collect();
    assert!(changed.contains(&"b.html".to_owned()) && !changed.contains(&"x/e.html".to_owned()), "{changed:?}");
    assert!(changed.iter().all(|name| !name.starts_with("assets/") && !name.starts_with("files/")), "{changed:?}");
    // without the index, too
    fs::remove_dir_all(desk.dir.path().join("cache")).unwrap();
    let now = times(&desk);
    desk.build();
    assert_eq!(times(&desk), now);
}

#[test]
fn what_is_not_ours_stays() {
    let (desk, mut dice) = begin(11);
    desk.build();
    let theirs = [
        "CNAME",
        "x/theirs.html",
        "files/theirs.png",
        "own/deep/page.html",
        ".nojekyll.bak",
        "all/notes.txt",
        "a.html.bak",
        "favicon.ico",
    ];
    for name in theirs {
        let path = desk.site().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "theirs").unwrap();
    }
    for _ in 0..6 {
        edit(&desk, &mut dice);
        desk.build();
    }
    fs::remove_dir_all(desk.notes()).unwrap();
    fs::create_dir_all(desk.notes()).unwrap();
    desk.build();
    let built = desk.built();
    for name in theirs {
        assert_eq!(built.get(name).map(Vec::as_slice), Some(b"theirs".as_slice()), "{name}");
    }
    let pages = built.keys().filter(|name| name.ends_with(".html") && !theirs.contains(&name.as_str())).count();
    // without a task there is no list of them
    assert_eq!(pages, 6, "{:?}", built.keys());
    // one of ours that somebody changed is ours
    desk.put("new.md", "# New\n\n![[q.txt]]\n");
    desk.put("q.txt", "words");
    desk.build();
    for name in ["new.html", "files/q.txt", "index.html"] {
        let length = desk.built()[name].len();
        std::thread::sleep(Duration::from_millis(20));
        fs::write(desk.site().join(name), "X".repeat(length)).unwrap();
        desk.build();
        assert!(!desk.built()[name].starts_with(b"XX"), "{name}");
    }
    // without the record and its copy, everything there is somebody else's
    fs::remove_file(desk.site().join(".hornbook-site")).unwrap();
    fs::remove_dir_all(desk.dir.path().join("state/hornbook/sites")).unwrap();
    fs::write(desk.site().join("new.html"), "theirs").unwrap();
    let done = desk.run(&["build"]);
    assert!(done.code == Some(2) && done.err.contains("new.html"), "{done:?}");
    assert_eq!(desk.built()["new.html"], b"theirs");
}

#[test]
fn a_build_that_is_killed_leaves_whole_files() {
    let (desk, mut dice) = begin(5);
    let write = |state: usize| {
        for n in 0..60 {
            desk.put(
                &format!("many/n{n}.md"),
                format!("# Note {n} in state {state}\n\n![[p.png]] {}\n", "word ".repeat(400)),
            );
        }
        desk.put("p.png", format!("picture {state} {}", "x".repeat(200_000)));
    };
    // what whole files look like in either state
    let mut whole = Vec::new();
    for state in 0..2 {
        write(state);
        desk.build();
        whole.push(desk.built());
    }
    let mut stopped = 0;
    for round in 0..12 {
        write(round % 2);
        let mut child = desk.start(&["build"]);
        std::thread::sleep(Duration::from_millis(10 + 25 * u64::try_from(dice.below(12)).unwrap()));
        child.kill().unwrap();
        stopped += usize::from(child.wait().unwrap().code().is_none());
        for (name, bytes) in desk.built() {
            let known = whole.iter().any(|state| state.get(&name) == Some(&bytes));
            let ours = name == ".hornbook-site" || name.ends_with(".hornbook-new");
            assert!(known || ours, "{name} is neither as it was nor as it will be");
        }
    }
    assert!(stopped > 3, "only {stopped} builds were stopped");
    for (state, wanted) in whole.iter().enumerate() {
        write(state);
        desk.build();
        assert_eq!(difference(wanted, &desk.built()), Vec::<String>::new());
    }
}

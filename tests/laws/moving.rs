//! Laws of renaming and moving: every link leads where it led, nothing but links changes, and undo brings every byte back.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops where something is wrong")]
#![expect(clippy::disallowed_methods, reason = "the notes are the test's own")]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use hornbook::disk;
use hornbook::model::Link;
use hornbook::model::NotePath;
use hornbook::parse;
use hornbook::session::Change;
use hornbook::session::Clock;
use hornbook::session::Folders;
use hornbook::session::NoteName;
use hornbook::session::PlaceName;
use hornbook::session::Receipt;
use hornbook::session::Session;
use hornbook::session::Step;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::sample::select;

/// A notebook on the disk, and a session that is new for every question, as the command line's is.
pub(crate) struct Desk {
    home: tempfile::TempDir,
}

impl Desk {
    pub(crate) fn new(files: &[(String, String)]) -> Self {
        let home = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = home.path().join("notes").join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        Self { home }
    }

    pub(crate) fn root(&self) -> std::path::PathBuf {
        self.home.path().join("notes")
    }

    pub(crate) fn session(&self) -> Session {
        let discover = disk::Discover {
            notebook: Some(self.home.path().join("notes")),
            cwd: self.home.path().to_owned(),
            ..disk::Discover::default()
        };
        let folders = Folders { cache: self.home.path().join("cache"), state: self.home.path().join("state") };
        let clock =
            Clock { today: "2026-11-27".parse().unwrap(), time: "2026-11-27 10:00".to_owned(), nanos: i64::MAX };
        Session::open(disk::discover(&discover).unwrap(), folders, clock)
    }

    /// Every file, and every empty folder with `/` at its end.
    pub(crate) fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let root = self.home.path().join("notes");
        let name = |path: &Path| path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
        let mut found = BTreeMap::new();
        for entry in walkdir::WalkDir::new(&root).min_depth(1).into_iter().map(Result::unwrap) {
            if entry.file_type().is_file() {
                found.insert(name(entry.path()), fs::read(entry.path()).unwrap());
            } else if fs::read_dir(entry.path()).unwrap().next().is_none() {
                found.insert(format!("{}/", name(entry.path())), Vec::new());
            }
        }
        found
    }

    pub(crate) fn text(&self, path: &str) -> String {
        fs::read_to_string(self.home.path().join("notes").join(path)).unwrap()
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        fs::write(self.home.path().join("notes").join(path), text).unwrap();
    }

    /// Carries out a change that links follow.
    pub(crate) fn rename(&self, change: &Change) -> Result<Receipt, String> {
        let mut session = self.session();
        let plan = session.plan(change).map_err(|error| error.to_string())?;
        session.carry_out(plan, "rename").map_err(|error| error.to_string())
    }

    /// Moves; gives what caught links that led nowhere, too.
    fn mv(&self, from: &str, to: &str) -> Result<(Receipt, Vec<String>), String> {
        let mut session = self.session();
        let change = Change::Move {
            from: NoteName::Path(NotePath::from(from)),
            to: to.to_owned(),
            here: String::new(),
            alias: false,
        };
        let plan = session.plan(&change).map_err(|error| error.to_string())?;
        let caught = plan.steps.iter().filter_map(|step| match step {
            Step::Captured { by, .. } => Some(by.as_str().to_owned()),
            _ => None,
        });
        let caught = caught.collect();
        Ok((session.carry_out(plan, "mv").map_err(|error| error.to_string())?, caught))
    }

    /// Where each link of each note leads: what `hornbook links` says, and the file that a program without any rules would open.
    fn links(&self) -> BTreeMap<String, Vec<Lead>> {
        let session = self.session();
        let files = self.files();
        let notes = files.keys().filter(|path| path.ends_with(".md"));
        let of = |path: &String| {
            let report = session.links(&NoteName::Path(NotePath::from(path.as_str()))).unwrap();
            let note = read(path, std::str::from_utf8(&files[path]).unwrap());
            assert_eq!(report.links.len(), note.links.len());
            let lead = |(row, link): (hornbook::report::links::LinkRow, &Link)| Lead {
                to: row.to.filter(|_| row.state.name() != "external"),
                place: (row.heading.is_some(), row.block, row.missing_place),
                plain: plain(path, link).filter(|path| files.contains_key(path)),
            };
            let others = note.other_links.iter().map(|link| Lead {
                to: None,
                place: (false, None, None),
                plain: plain(path, link).filter(|path| files.contains_key(path)),
            });
            (path.clone(), report.links.into_iter().zip(&note.links).map(lead).chain(others).collect())
        };
        notes.map(of).collect()
    }
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq)]
struct Lead {
    to: Option<String>,
    /// Whether it is a heading (whose words may change), a block, and what is missing.
    place: (bool, Option<String>, Option<String>),
    plain: Option<String>,
}

pub(crate) fn read(path: &str, text: &str) -> hornbook::model::Note {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    parse::parse(&NotePath::from(path), text, &parse::Options::default()).note
}

/// The path that a Markdown link names, from the folder of its note.
fn plain(from: &str, link: &Link) -> Option<String> {
    let local = link.local().filter(|local| !link.is_wiki() && !local.path.is_empty())?;
    let mut parts: Vec<&str> = match local.path.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => from.rsplit_once('/').map_or(Vec::new(), |(folder, _)| folder.split('/').collect()),
    };
    for part in local.path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// A path after a move.
fn moved(path: &str, from: &str, to: &str) -> String {
    match path.strip_prefix(from) {
        Some(rest) if rest.is_empty() || rest.starts_with('/') => format!("{to}{rest}"),
        _ => path.to_owned(),
    }
}

type Leads = BTreeMap<String, Vec<Lead>>;

/// The rule itself, after a move of `from` to `to`; `caught`: what was said to catch links that led nowhere.
#[track_caller]
fn holds(before: &Leads, after: &Leads, (from, to): (&str, &str), caught: &[String]) {
    for (path, links) in before {
        let now = &after[&moved(path, from, to)];
        assert_eq!(links.len(), now.len(), "{path}");
        for (number, (was, is)) in links.iter().zip(now).enumerate() {
            if was.to.is_none() && is.to.as_ref().is_some_and(|is| caught.contains(is)) {
                continue;
            }
            let wanted = Lead {
                to: was.to.as_deref().map(|path| moved(path, from, to)),
                plain: was.plain.as_deref().map(|path| moved(path, from, to)),
                ..was.clone()
            };
            let is = Lead { plain: is.plain.clone().filter(|_| wanted.plain.is_some()), ..is.clone() };
            assert_eq!(wanted, is, "{path}, link {number}, {from} to {to}");
        }
    }
}

/// Every changed byte belongs to the target of a link.
#[track_caller]
fn changes_links_only(receipt: &Receipt) {
    for file in &receipt.files {
        let Ok(before) = std::str::from_utf8(file.before.as_deref().unwrap()) else { continue };
        let mark = before.len() - before.strip_prefix('\u{feff}').unwrap_or(before).len();
        let note = read(file.path.as_str(), before);
        for splice in &file.splices {
            let (start, end) = (splice.start - mark, splice.end - mark);
            let links = note.links.iter().chain(&note.definitions).chain(&note.other_links);
            let parts = links.flat_map(|link| [link.parts.path, link.parts.fragment]);
            assert!(parts.into_iter().any(|part| (part.start, part.end) == (start, end)), "{}: {splice:?}", file.path);
        }
    }
}

const PATHS: [&str; 8] = ["a.md", "b.md", "x/a.md", "x/c d.md", "x/y/b.md", "x/y/ä.md", "z/index.md", "z/p.png"];

fn link() -> impl Strategy<Value = String> {
    let name = select(vec![
        "a", "b", "x/a", "c d", "x/c d", "y/b", "x/y/b", "ä", "p.png", "z/p.png", "/x/a", "../a", "A", "new", "gone",
    ]);
    let place = select(vec!["", "", "", "#One", "#two-words", "#One#Two words", "#^id1", "#none"]);
    let path = select(vec![
        "a.md",
        "b.md",
        "x/a.md",
        "../a.md",
        "../b.md",
        "./a.md",
        "c%20d.md",
        "x/c%20d.md",
        "y/b.md",
        "../../b.md",
        "../x/a.md",
        "/x/y/b.md",
        "%C3%A4.md",
        "ä.md",
        "a",
        "../z/p.png",
        "z/p.png",
        "/z/p.png",
        "z/",
        "gone.md",
        "../z/index.html",
        "y",
    ]);
    let form = select(vec![
        "[[{n}{p}]]",
        "[[{n}.md]]",
        "[[{n}{p}|words]]",
        "![[{n}]]",
        "![[{n}|100]]",
        "[t]({m}{q})",
        "[t](<{m}{q}> \"title\")",
        "![t]({m})",
        "[t][r]",
        "[t]({m}{q} 'x')",
        "`[[{n}]]`",
        "\\[[{n}]]",
        "<!-- [[{n}]] -->",
        "<a href=\"{m}{q}\">t</a>",
        "<img alt=p src='{m}'>",
    ]);
    (name, place, path, form).prop_map(|(name, place, path, form)| {
        let slug = place.split('#').next_back().unwrap_or("").replace("Two words", "two-words").to_lowercase();
        let slug = if slug.is_empty() { String::new() } else { format!("#{slug}") };
        form.replace("{n}", name).replace("{p}", place).replace("{m}", path).replace("{q}", &slug)
    })
}

fn note() -> impl Strategy<Value = String> {
    let context = select(vec!["{}", "- {}", "> {}", "- [ ] {}", "> [!note] {}", "## About {}", "| {} |\n|---|\n| c |"]);
    let line = (context, link()).prop_map(|(context, link)| {
        context.replace("{}", &if context.starts_with('|') { link.replace('|', "\\|") } else { link })
    });
    let end = select(vec!["\n", "\r\n"]);
    (proptest::collection::vec(line, 0..6), end, select(vec!["a.md", "../a.md", "<x/c d.md>"])).prop_map(
        |(lines, end, target)| {
            let text =
                format!("# One\n\n## Two words\n\npara ^id1\n\n{}\n\n[r]: {target} 'title'\n", lines.join("\n\n"));
            text.replace('\n', end)
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]
    #[test]
    fn links_lead_where_they_led(
        notes in proptest::collection::vec(note(), PATHS.len()),
        moves in proptest::collection::vec((any::<Index>(), select(vec!["new", "a", "B", "x/new", "x/", "x/y/", "n/e/w", "z/"])), 3),
    ) {
        let files: Vec<(String, String)> =
            PATHS.iter().zip(notes).map(|(path, text)| ((*path).to_owned(), text)).collect();
        let desk = Desk::new(&files);
        for (which, to) in moves {
            let before = desk.files();
            let paths: Vec<&String> = before.keys().filter(|path| !path.ends_with('/')).collect();
            let from = which.get(&paths).as_str();
            let leads = desk.links();
            // a place that is taken
            let Ok((receipt, caught)) = desk.mv(from, to) else {
                prop_assert_eq!(desk.files(), before);
                continue;
            };
            let place = receipt.files.iter().find_map(|file| file.to.clone()).unwrap();
            holds(&leads, &desk.links(), (from, place.as_str()), &caught);
            changes_links_only(&receipt);
            let after = desk.files();
            desk.session().undo(None, false).unwrap();
            prop_assert_eq!(&desk.files(), &before);
            desk.mv(from, to).unwrap();
            prop_assert_eq!(&desk.files(), &after);
        }
    }
}

/// Links to a note that moves: what is written, and what stands there afterwards. The note with the links lies in `j/`.
const TO_IT: [(&str, &str); 28] = [
    ("[[beta]]", "[[new one]]"),
    ("[[ beta ]]", "[[ new one ]]"),
    ("[[beta.md]]", "[[new one.md]]"),
    ("[[beta|text]]", "[[new one|text]]"),
    ("[[beta#Part one]]", "[[new one#Part one]]"),
    ("[[beta#Part one|text]]", "[[new one#Part one|text]]"),
    ("[[beta#^id1]]", "[[new one#^id1]]"),
    ("[[beta#none]]", "[[new one#none]]"),
    ("![[beta]]", "![[new one]]"),
    ("![[beta#Part one|100]]", "![[new one#Part one|100]]"),
    ("[[/beta]]", "[[/sub/new one]]"),
    ("[[../beta]]", "[[../sub/new one]]"),
    ("[t](../beta.md)", "[t](../sub/new%20one.md)"),
    ("[t](../beta.md#part-one 'x')", "[t](../sub/new%20one.md#part-one 'x')"),
    ("[t](<../beta.md#part-one> \"x\")", "[t](<../sub/new one.md#part-one> \"x\")"),
    ("[t](/beta.md)", "[t](/sub/new%20one.md)"),
    ("[t](../beta)", "[t](../sub/new%20one)"),
    ("[t](beta.md)", "[t](sub/new%20one.md)"),
    ("![t](../beta.md)", "![t](../sub/new%20one.md)"),
    ("[t][ref]", "[t][ref]"),
    ("[ref]", "[ref]"),
    ("`[[beta]]` [t](https://example.org/beta.md)", "`[[beta]]` [t](https://example.org/beta.md)"),
    ("\\[[beta]]", "\\[[beta]]"),
    ("<!-- [[beta]] -->", "<!-- [[beta]] -->"),
    ("%% [[beta]] %%", "%% [[beta]] %%"),
    ("[[beta-2]] [[b]]", "[[beta-2]] [[b]]"),
    ("<a href=\"../beta.md#part-one\">t</a>", "<a href=\"../sub/new%20one.md#part-one\">t</a>"),
    ("<img alt=x src='/beta.md'> <b>", "<img alt=x src='/sub/new%20one.md'> <b>"),
];

const PLACES: [&str; 6] =
    ["{}", "- item {}", "> quote {}", "> [!note] {}\n> more", "| a | {} |\n|---|---|\n| b | c |", "{}\n==="];

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, ..ProptestConfig::default() })]
    #[test]
    fn links_lead_to_the_heading_that_is_called_otherwise(
        notes in proptest::collection::vec(note(), PATHS.len()),
        names in proptest::collection::vec((0..PATHS.len() - 1, select(vec!["#One", "#two-words", "#^id1"]), select(vec!["Three", "Two words", "ein-s", "One"])), 3),
    ) {
        let files: Vec<(String, String)> =
            PATHS.iter().zip(notes).map(|(path, text)| ((*path).to_owned(), text)).collect();
        let desk = Desk::new(&files);
        for (which, part, to) in names {
            let (before, leads) = (desk.files(), desk.links());
            let change = rename_part(PATHS[which], part, to);
            if desk.rename(&change).is_err() {
                prop_assert_eq!(desk.files(), before);
                continue;
            }
            let mut after = desk.links();
            let is_renamed =
                |lead: &&mut Lead| lead.place.1.as_deref() == Some(to) && lead.to.as_deref() == Some(PATHS[which]);
            for lead in after.values_mut().flatten().filter(|_| part == "#^id1").filter(is_renamed) {
                lead.place.1 = Some("id1".to_owned());
            }
            holds(&leads, &after, ("", ""), &[]);
            let renamed = desk.files();
            desk.session().undo(None, false).unwrap();
            prop_assert_eq!(&desk.files(), &before);
            desk.rename(&change).unwrap();
            prop_assert_eq!(&desk.files(), &renamed);
        }
    }
}

fn rename_part(note: &str, part: &str, to: &str) -> Change {
    let name = NoteName::Path(NotePath::from(note));
    let place = PlaceName {
        written: format!("{note}{part}"),
        note: NoteName::Name(format!("{note}{part}")),
        line: None,
        part: Some((name, part.trim_start_matches('#').to_owned())),
    };
    Change::RenamePart { place, to: to.to_owned() }
}

/// A file with its text.
pub(crate) fn own(path: &str, text: &str) -> (String, String) {
    (path.to_owned(), text.to_owned())
}

/// The table of forms, in every place, line end and with or without a byte-order mark.
#[test]
fn every_form_in_every_place() {
    for (end, mark) in [("\n", ""), ("\r\n", ""), ("\n", "\u{feff}"), ("\r\n", "\u{feff}")] {
        let text = |form: fn(&(&'static str, &'static str)) -> &'static str, target: &str| {
            let mut text = format!("{mark}# Links\n\n");
            for place in PLACES {
                for row in &TO_IT {
                    // a comment that begins a line is one
                    let form = if place == "{}" { format!("x {}", form(row)) } else { form(row).to_owned() };
                    let form = if place.starts_with('|') { form.replace('|', "\\|") } else { form };
                    text.push_str(&format!("{}\n\n", place.replace("{}", &form)));
                }
            }
            format!("{text}[ref]: {target} 'title'\n").replace('\n', end)
        };
        let desk = Desk::new(&[
            ("beta.md".to_owned(), "# Beta\n\n## Part one\n\nwords ^id1\n".to_owned()),
            ("j/links.md".to_owned(), text(|row| row.0, "../beta.md")),
            ("b.md".to_owned(), "# B\n".to_owned()),
            ("sub/c.md".to_owned(), "# C\n".to_owned()),
        ]);
        let before = desk.files();
        let leads = desk.links();
        desk.mv("beta.md", "sub/new one").unwrap();
        let (is, wanted) = (desk.text("j/links.md"), text(|row| row.1, "../sub/new%20one.md"));
        let differ = is.lines().zip(wanted.lines()).find(|(is, wanted)| is != wanted);
        assert_eq!(differ, None, "{end:?} {mark:?}");
        assert_eq!(is, wanted);
        holds(&leads, &desk.links(), ("beta.md", "sub/new one.md"), &[]);
        desk.session().undo(None, false).unwrap();
        assert_eq!(desk.files(), before);
    }
}

/// A note that moves, and what becomes of its own links.
#[test]
fn the_links_of_the_note_that_moves() {
    let rows = [
        ("[[b]]", "[[b]]"),
        ("[[#Here]]", "[[#Here]]"),
        ("[t](#here)", "[t](#here)"),
        ("[t](a.md#here)", "[t](a2.md#here)"),
        ("[t](b.md)", "[t](../../b.md)"),
        ("[t](./b.md)", "[t](../../b.md)"),
        ("[t](x/c.md)", "[t](../c.md)"),
        ("[t](<x/c.md> 'x')", "[t](<../c.md> 'x')"),
        ("![t](img/p.png)", "![t](../../img/p.png)"),
        ("![[p.png|100]]", "![[p.png|100]]"),
        ("[t](img/)", "[t](../../img/)"),
        ("[t](/b.md)", "[t](/b.md)"),
        ("[t](gone.md)", "[t](gone.md)"),
        ("[t](https://example.org/b.md)", "[t](https://example.org/b.md)"),
        ("[[./b]]", "[[../../b]]"),
        ("[r]\n\n[r]: b.md", "[r]\n\n[r]: ../../b.md"),
        ("[unused]: x/c.md", "[unused]: ../c.md"),
    ];
    let text =
        |side: usize| rows.iter().map(|row| [row.0, row.1][side]).collect::<Vec<_>>().join("\n\n") + "\n\n# Here\n";
    let desk = Desk::new(&[own("a.md", &text(0)), own("b.md", ""), own("x/c.md", ""), own("img/p.png", "p")]);
    let leads = desk.links();
    desk.mv("a.md", "x/y/a2").unwrap();
    assert_eq!(desk.text("x/y/a2.md"), text(1));
    holds(&leads, &desk.links(), ("a.md", "x/y/a2.md"), &[]);
}

/// Two notes of one name: links to the other one are made clear, and one that led nowhere is told of.
#[test]
fn names_that_two_notes_have() {
    let desk = Desk::new(&[
        own("x/y/topic.md", "# Topic\n"),
        own("x/other.md", "# Other\n"),
        own("links.md", "[[topic]] [[other]] [[subject]]\n"),
    ]);
    desk.mv("x/other.md", "topic").unwrap();
    assert_eq!(desk.text("links.md"), "[[y/topic]] [[x/topic]] [[subject]]\n");
    desk.mv("x/topic.md", "subject").unwrap();
    assert_eq!(desk.text("links.md"), "[[y/topic]] [[x/subject]] [[subject]]\n");
    desk.mv("x/subject.md", "Subject").unwrap();
    assert_eq!(desk.text("links.md"), "[[y/topic]] [[x/Subject]] [[Subject]]\n");
}

/// A link in a heading is part of its words: links to the heading follow.
#[test]
fn a_heading_that_names_the_note() {
    let text = "## About [[old]]\n\n[a](#about-old) [[#About old]] [[links#About old|x]]\n";
    let desk = Desk::new(&[own("old.md", "# T\n"), own("links.md", text)]);
    desk.mv("old.md", "new").unwrap();
    assert_eq!(desk.text("links.md"), "## About [[new]]\n\n[a](#about-new) [[#About new]] [[links#About new|x]]\n");
}

#[test]
fn folders_take_along_what_is_in_them() {
    let desk = Desk::new(&[
        own("a.md", "[t](x/b.md) ![p](x/img/p.png) [[x/b]] [[b]] [f](x/img/)\n"),
        own("x/b.md", "[t](../a.md) ![p](img/p.png) [[c]]\n"),
        own("x/c.md", "[t](b.md)\n"),
        own("x/img/p.png", "p"),
        own("x/.hidden", "h"),
    ]);
    let before = desk.files();
    let leads = desk.links();
    desk.mv("x", "deep/er/").unwrap();
    assert_eq!(
        desk.text("a.md"),
        "[t](deep/er/x/b.md) ![p](deep/er/x/img/p.png) [[deep/er/x/b]] [[b]] [f](deep/er/x/img/)\n"
    );
    assert_eq!(desk.text("deep/er/x/b.md"), "[t](../../../a.md) ![p](img/p.png) [[c]]\n");
    assert_eq!(desk.text("deep/er/x/.hidden"), "h");
    assert!(!desk.home.path().join("notes/x").exists());
    holds(&leads, &desk.links(), ("x", "deep/er/x"), &[]);
    desk.session().undo(None, false).unwrap();
    assert_eq!(desk.files(), before);
}

/// A note may have the name of a folder; folders keep their modes, and those without files come too.
#[test]
fn a_folder_is_named_by_its_slash() {
    let desk = Desk::new(&[own("p.md", "[q](p/q.md) [[p]]\n"), own("p/q.md", "# Q\n")]);
    let notes = desk.home.path().join("notes");
    fs::create_dir_all(notes.join("p/empty")).unwrap();
    fs::set_permissions(notes.join("p"), fs::Permissions::from_mode(0o700)).unwrap();
    let change = Change::Move { from: NoteName::from("p/"), to: "r".to_owned(), here: String::new(), alias: false };
    desk.rename(&change).unwrap();
    assert_eq!(desk.text("p.md"), "[q](r/q.md) [[p]]\n");
    assert!(notes.join("r/empty").is_dir() && !notes.join("p").exists());
    assert_eq!(notes.join("r").metadata().unwrap().permissions().mode() & 0o777, 0o700);
}

#[test]
fn what_is_refused_changes_nothing() {
    let desk = Desk::new(&[own("a.md", "[[b]]\n"), own("b.md", ""), own("x/b.md", ""), own("templates/t.md", "")]);
    fs::create_dir(desk.home.path().join("notes/empty")).unwrap();
    let before = desk.files();
    for (from, to, why) in [
        ("a.md", "b", "b.md already exists"),
        ("a.md", "B.md", "b.md already exists"),
        ("a.md", "a", "already has that name"),
        ("a.md", "con", "reserved name"),
        ("a.md", "c*d", "not every system"),
        ("a.md", "c#", "a link cannot contain"),
        ("a.md", "[c]", "a link cannot contain"),
        ("a.md", "x./y", "ends with"),
        ("a.md", "../a", "outside the notes folder"),
        ("a.md", ".hidden", "hidden"),
        ("a.md", "templates/", "left out"),
        ("x", "x/y/", "into itself"),
        ("empty", "full", "is empty"),
        ("gone.md", "c", "no note is called"),
    ] {
        let error = desk.mv(from, to).unwrap_err();
        assert!(error.contains(why), "{from} to {to}: {error}");
        assert_eq!(desk.files(), before, "{from} to {to}");
    }
}

#[test]
fn front_matter_html_and_canvases_follow() {
    let desk = Desk::new(&[
        own(
            "x/links.md",
            "---\nup: \"[[topic|T]]\"\nsee:\n  - '[[/topic#Part]]'\n  - ../topic.md\n# [[topic]]\ntitle: topic.md or so\n---\n<img src=\"../topic.md\">\n",
        ),
        own("topic.md", "---\nimage: img/p.png\n---\n# T\n\n## Part\n\n<img src=img/p.png>\n"),
        own("img/p.png", "p"),
        own("b.canvas", "{\"nodes\":[{\"type\":\"file\",\"file\":\"topic.md\"},{\"text\":\"[[topic]]\"}]}"),
    ]);
    let before = desk.files();
    desk.mv("topic.md", "y/theme").unwrap();
    assert_eq!(
        desk.text("x/links.md"),
        "---\nup: \"[[theme|T]]\"\nsee:\n  - '[[/y/theme#Part]]'\n  - ../y/theme.md\n# [[topic]]\ntitle: topic.md or so\n---\n<img src=\"../y/theme.md\">\n"
    );
    assert_eq!(desk.text("y/theme.md"), "---\nimage: ../img/p.png\n---\n# T\n\n## Part\n\n<img src=../img/p.png>\n");
    assert_eq!(
        desk.text("b.canvas"),
        "{\"nodes\":[{\"type\":\"file\",\"file\":\"y/theme.md\"},{\"text\":\"[[theme]]\"}]}"
    );
    desk.rename(&rename_part("y/theme.md", "#Part", "A part")).unwrap();
    assert!(desk.text("x/links.md").contains("'[[/y/theme#A part]]'"));
    desk.session().undo(None, false).unwrap();
    desk.session().undo(None, false).unwrap();
    assert_eq!(desk.files(), before);
}

#[test]
fn a_tag_takes_those_below_it_along() {
    let desk = Desk::new(&[
        own("a.md", "---\ntags: [db, \"DB/sql\", 'dbx']\n---\n#db #dbx #Db/no/sql `#db` \\#db\n\n- [ ] do #db\n"),
        own("b.md", "---\ntags: db, x\n---\n## Data #db\n\n[here](#data-db)\n"),
        own("c.md", "# Stores #data/other\n"),
    ]);
    let before = desk.files();
    let rename = |to: &str, merge| Change::RenameTag { from: "#db".to_owned(), to: to.to_owned(), merge };
    let error = desk.rename(&rename("data", false)).unwrap_err();
    assert!(error.contains("1 note already has the tag #data"), "{error}");
    for to in ["true", "1e5"] {
        assert!(desk.rename(&rename(to, true)).unwrap_err().contains("reads it as a value"), "{to}");
    }
    for to in ["12", "a b", "a#", ""] {
        assert!(desk.rename(&rename(to, false)).unwrap_err().contains("is not a tag"), "{to}");
    }
    desk.rename(&rename("data", true)).unwrap();
    assert_eq!(
        desk.text("a.md"),
        "---\ntags: [data, \"data/sql\", 'dbx']\n---\n#data #dbx #data/no/sql `#db` \\#db\n\n- [ ] do #data\n"
    );
    assert_eq!(desk.text("b.md"), "---\ntags: data, x\n---\n## Data #data\n\n[here](#data-data)\n");
    desk.session().undo(None, false).unwrap();
    assert_eq!(desk.files(), before);
}

#[test]
fn what_cannot_be_a_heading_is_refused() {
    let desk =
        Desk::new(&[own("a.md", "Old\n---\n\n## Two ^b1\n\n## Two\n\npara ^b2\n\nMeeting (2023/10/18)\n\n- a\n")]);
    let before = desk.files();
    for (part, to, why) in [
        ("#Old", "- x", "would not be read as a heading"),
        ("#Old", " ", "needs words"),
        ("#Two", "x", "matches 2 headings, on lines 4, 6"),
        ("#two", "C #", "would not be read as a heading"),
        ("#Meeting (2023/10/18)", "x", "are renamed"),
        ("#None", "x", "has no"),
        ("#^b1", "b2", "already has the id ^b2"),
        ("#^b1", "b 2", "would not be read as the id"),
        ("#^b9", "x", "has no"),
    ] {
        let error = desk.rename(&rename_part("a.md", part, to)).unwrap_err();
        assert!(error.contains(why), "{part} to {to}: {error}");
        assert_eq!(desk.files(), before, "{part} to {to}");
    }
}

#[test]
fn links_to_headings_keep_their_form() {
    let links = "[[a#A]] [[a#B]] [x](a.md#b) [y](a.md#B) [z](a.md#a-1) [[a#T#B]]\n";
    for (text, to, want) in [
        (
            "# T\n\n## A\n\n## B\n",
            "New words",
            "[[a#A]] [[a#New words]] [x](a.md#new-words) [y](a.md#new-words) [z](a.md#a-1) [[a#T#New words]]\n",
        ),
        (
            "# T\n\n## A\n\n## B\n",
            "???",
            "[[a#A]] [[a#???]] [x](a.md#section) [y](a.md#section) [z](a.md#a-1) [[a#???]]\n",
        ),
        (
            "# T\n\n## A\n\n## B [[b]]\n",
            "B [[b]] _u_",
            "[[a#A]] [[a#B b u]] [x](a.md#b-b-u) [y](a.md#B b) [z](a.md#a-1) [[a#T#B b u]]\n",
        ),
        (
            "# T\n\n## A\n\n## B\n",
            "- B 2",
            "[[a#A]] [[a#- B 2]] [x](a.md#--b-2) [y](a.md#--b-2) [z](a.md#a-1) [[a#T#- B 2]]\n",
        ),
    ] {
        let written = if text.contains("B [[b]]") {
            links.replace("#B", "#B b").replace("#b)", "#b-b)")
        } else {
            links.to_owned()
        };
        let desk = Desk::new(&[own("a.md", text), own("b.md", &written)]);
        let old = if text.contains("B [[b]]") { "#B b" } else { "#B" };
        desk.rename(&rename_part("a.md", old, to)).unwrap();
        assert_eq!(desk.text("b.md"), want, "{to}");
    }
    // links by words can name the first of two only
    let desk = Desk::new(&[own("a.md", "# T\n\n## A\n\n## B\n"), own("b.md", links)]);
    let before = desk.files();
    let error = desk.rename(&rename_part("a.md", "#B", "A")).unwrap_err();
    assert!(error.contains("`a#B`") && error.contains("has the same words"), "{error}");
    assert_eq!(desk.files(), before);
    // anchors are numbered, those of equal headings too
    let desk = Desk::new(&[
        own("a.md", "# T\n\n## A\n\n## B\n\n## A\n"),
        own("b.md", "[[a#A]] [x](a.md#b) [z](a.md#a-1) <a href=\"a.md#b\">b</a>\n"),
        own("c.canvas", "{\"nodes\":[{\"file\":\"a.md\",\"subpath\":\"#T\"},{\"subpath\":\"#C\",\"file\":\"a.md\"}]}"),
    ]);
    desk.rename(&rename_part("a.md", "#B", "A")).unwrap();
    assert_eq!(desk.text("b.md"), "[[a#A]] [x](a.md#a-1) [z](a.md#a-2) <a href=\"a.md#a-1\">b</a>\n");
    desk.rename(&rename_part("a.md", "#T", "The \"T\"")).unwrap();
    assert_eq!(
        desk.text("c.canvas"),
        "{\"nodes\":[{\"file\":\"a.md\",\"subpath\":\"#The \\\"T\\\"\"},{\"subpath\":\"#C\",\"file\":\"a.md\"}]}"
    );
}

#[test]
fn names_with_signs_in_every_kind_of_address() {
    let desk = Desk::new(&[
        own("a.md", "# A\n"),
        own("x/R&D.md", "# R\n"),
        own("i.png", "png"),
        own("t.md", "+++\nimage = \"i.png\"\nsee = ['a.md', \"[[a]]\"]\n+++\n"),
        own(
            "h.md",
            "---\nx: a.md\ny: ['a.md', b]\n---\n<a href=\"x/R&amp;D.md\">r</a> <img srcset=\"i.png 1x, a.md 2x\" data-src=i.png>\n\n[[a]]: a.md \"A\"\n",
        ),
        own("pages/p___q.md", "- x\n"),
        own("pages/r.md", "- [[p/q]]\n"),
    ]);
    let before = desk.files();
    for (from, to) in
        [("a.md", "it's, a@b & c"), ("x/R&D.md", "R&D 2"), ("i.png", "j k.png"), ("pages/p___q.md", "s___t")]
    {
        desk.mv(from, to).unwrap();
    }
    assert_eq!(
        desk.text("h.md"),
        "---\nx: it's, a@b & c.md\ny: ['it''s, a@b & c.md', b]\n---\n<a href=\"x/R%26D%202.md\">r</a> \
         <img srcset=\"j%20k.png 1x, it%27s%2C%20a@b%20%26%20c.md 2x\" data-src=j%20k.png>\n\n\
         [[it's, a@b & c]]: it's,%20a@b%20&%20c.md \"A\"\n"
    );
    assert_eq!(
        desk.text("t.md"),
        "+++\nimage = \"j k.png\"\nsee = [\"it's, a@b & c.md\", \"[[it's, a@b & c]]\"]\n+++\n"
    );
    assert_eq!(desk.text("pages/r.md"), "- [[s/t]]\n");
    for _ in 0..4 {
        desk.session().undo(None, false).unwrap();
    }
    assert_eq!(desk.files(), before);
}

#[test]
fn a_list_has_a_tag_once() {
    for (list, want) in [
        ("[foo, foo, bar]", "[baz, bar]"),
        ("[foo, baz]", "[baz]"),
        ("[baz, \"foo\"]", "[baz]"),
        ("\n  - foo\n  - 'baz'", "\n  - 'baz'"),
        ("foo, baz", "baz"),
        ("foo", "baz"),
        ("[foo/x, baz/x, foo]", "[baz/x, baz]"),
    ] {
        let desk = Desk::new(&[own("a.md", &format!("---\ntags: {list}\n---\n#foo #baz\n"))]);
        let before = desk.files();
        let change = Change::RenameTag { from: "foo".to_owned(), to: "baz".to_owned(), merge: true };
        desk.rename(&change).unwrap();
        assert_eq!(desk.text("a.md"), format!("---\ntags: {want}\n---\n#baz #baz\n"), "{list}");
        desk.session().undo(None, false).unwrap();
        assert_eq!(desk.files(), before);
    }
    let desk = Desk::new(&[own("a.md", "#caf\u{65}\u{301} #caf\u{e9}/x\n")]);
    let change = |to: &str| Change::RenameTag { from: "caf\u{e9}".to_owned(), to: to.to_owned(), merge: false };
    assert!(desk.rename(&change("a//b")).unwrap_err().contains("is not a tag"));
    desk.rename(&change("tea")).unwrap();
    assert_eq!(desk.text("a.md"), "#tea #tea/x\n");
}

#[test]
fn a_file_stays_a_file() {
    let desk = Desk::new(&[own("i.png", "x"), own("f/a.md", "# A\n")]);
    let error = desk.mv("i.png", "j.md").unwrap_err();
    assert!(error.contains("would be read as one"), "{error}");
    std::os::unix::fs::symlink("nowhere", desk.home.path().join("notes/f/l")).unwrap();
    let error = desk.mv("f", "g").unwrap_err();
    assert!(error.contains("f/l is a symbolic link"), "{error}");
}

/// What another program renames is found by what the index saw, by its name or by its title, and links are mended as a fix.
#[test]
fn links_follow_what_was_renamed_elsewhere() {
    let links = "---\nup: \"[[old]]\"\n---\n# L\r\n\r\n[[old#Part|x]] [t](old.md#part) [r] [r][r] ![p](./p.png) <img src='old.md'> [[gone]]\r\n\r\n[r]: old.md \"t\"\r\n";
    let old = "# Words\n\n## Part\n\ntext\n";
    let desk = Desk::new(&[own("links.md", links), own("old.md", old), own("p.png", "p"), own("n.md", "# N\n")]);
    let at = |path: &str| desk.home.path().join("notes").join(path);
    desk.links();
    fs::create_dir_all(at("x/y")).unwrap();
    fs::rename(at("old.md"), at("x/new name.md")).unwrap();
    fs::rename(at("p.png"), at("x/p.png")).unwrap();
    // whatever refreshes the index: it remembers
    desk.links();
    desk.links();
    fs::rename(at("x/new name.md"), at("x/y/last.md")).unwrap();
    desk.links();
    let before = desk.files();
    let request = hornbook::session::CheckRequest {
        query: hornbook::query::Query::default(),
        codes: Vec::new(),
        least: hornbook::model::Severity::Warning,
    };
    let codes = || {
        let found = desk.session().check(&request).unwrap().findings;
        found.iter().map(|finding| format!("{} {}", finding.code, finding.message)).collect::<Vec<_>>()
    };
    assert_eq!(
        codes().iter().filter(|found| **found == "link-moved `old.md` leads nowhere: renamed to x/y/last.md").count(),
        4
    );
    let fixes = Change::Fixes(request.clone());
    let receipt = desk.rename(&fixes).unwrap();
    changes_links_only(&receipt);
    let path = "x/y/last.md";
    assert_eq!(
        desk.text("links.md"),
        links
            .replace("old#", "last#")
            .replace("[[old]]", "[[last]]")
            .replace("(old.md", &format!("({path}"))
            .replace("'old.md", &format!("'{path}"))
            .replace(": old.md", &format!(": {path}"))
            .replace("(./p.png", "(./x/p.png")
    );
    assert_eq!(codes(), ["link-broken `gone` leads nowhere: no note or file has this name"]);
    desk.session().undo(None, false).unwrap();
    assert_eq!(desk.files(), before);
    // two that are like it: nothing is guessed
    fs::copy(at(path), at("x/again.md")).unwrap();
    fs::remove_file(at(path)).unwrap();
    fs::write(at("x/twice.md"), old).unwrap();
    desk.links();
    assert!(codes().iter().all(|found| !found.contains("again") && !found.contains("twice")), "{:?}", codes());
}

/// Links to a heading that gets other words; the note with the links lies in `j/`, the heading's in `beta.md`.
const TO_HEADING: [(&str, &str); 20] = [
    ("[[beta#Part one]]", "[[beta#New words]]"),
    ("[[beta#part ONE|text]]", "[[beta#New words|text]]"),
    ("[[beta.md#Part one]]", "[[beta.md#New words]]"),
    ("[[/beta#Beta#Part one]]", "[[/beta#Beta#New words]]"),
    ("[[beta#Part one#Deep]]", "[[beta#New words#Deep]]"),
    ("![[beta#Part one]]", "![[beta#New words]]"),
    ("![[beta#Part one|100]]", "![[beta#New words|100]]"),
    ("[[beta#part-one]]", "[[beta#New words]]"),
    ("[t](../beta.md#part-one)", "[t](../beta.md#new-words)"),
    ("[t](<../beta.md#part-one> 'x')", "[t](<../beta.md#new-words> 'x')"),
    ("[t](/beta.md#part-one \"x\")", "[t](/beta.md#new-words \"x\")"),
    ("[t](../beta#part-one)", "[t](../beta#new-words)"),
    ("[t](../beta.md#Part%20one)", "[t](../beta.md#New%20words)"),
    ("[t](../beta.html#part-one)", "[t](../beta.html#new-words)"),
    ("[t](../beta.md#new-words)", "[t](../beta.md#new-words-1)"),
    ("[t][ref] [ref] [text][ref]", "[t][ref] [ref] [text][ref]"),
    ("<a href=\"../beta.md#part-one\">t</a>", "<a href=\"../beta.md#new-words\">t</a>"),
    ("[[beta]] [[beta#^id1]] [t](../beta.md#deep)", "[[beta]] [[beta#^id1]] [t](../beta.md#deep)"),
    ("[[beta#none]] [t](../beta.md#part-two)", "[[beta#none]] [t](../beta.md#part-two)"),
    (
        "`[[beta#Part one]]` \\[[beta#Part one]] %% [[beta#Part one]] %%",
        "`[[beta#Part one]]` \\[[beta#Part one]] %% [[beta#Part one]] %%",
    ),
];

/// The same table for `rename heading`; the heading in each of its forms, with another one of the new words below it.
#[test]
fn every_form_of_link_to_a_heading_in_every_place() {
    let headings = [
        ("## Part one\n", "## New words\n"),
        ("Part one\n---\n", "New words\n---\n"),
        ("## Part one ##\n", "## New words ##\n"),
    ];
    for (number, (end, mark)) in
        [("\n", ""), ("\r\n", ""), ("\n", "\u{feff}"), ("\r\n", "\u{feff}")].into_iter().enumerate()
    {
        let text = |side: usize| {
            let mut text = format!("{mark}# Links\n\n");
            for place in PLACES {
                for row in &TO_HEADING {
                    let form = [row.0, row.1][side];
                    let form = if place.starts_with('|') { form.replace('|', "\\|") } else { form.to_owned() };
                    text.push_str(&format!("{}\n\n", place.replace("{}", &form)));
                }
            }
            let slug = ["part-one", "new-words"][side];
            format!("{text}[ref]: ../beta.md#{slug} 'title'\n").replace('\n', end)
        };
        let heading = headings[number % headings.len()];
        let beta = |heading: &str| {
            format!("{mark}# Beta\n\n{heading}\nwords ^id1 [here](#deep)\n\n### Deep\n\n## New words\n")
                .replace('\n', end)
        };
        let desk = Desk::new(&[own("beta.md", &beta(heading.0)), own("j/links.md", &text(0))]);
        let before = desk.files();
        desk.rename(&rename_part("beta.md", "#Part one", "New words")).unwrap();
        let (is, wanted) = (desk.text("j/links.md"), text(1));
        let differ = is.lines().zip(wanted.lines()).find(|(is, wanted)| is != wanted);
        assert_eq!(differ, None, "{end:?} {mark:?} {heading:?}");
        assert_eq!((is, desk.text("beta.md")), (wanted, beta(heading.1)));
        desk.session().undo(None, false).unwrap();
        assert_eq!(desk.files(), before);
    }
}

/// Notes are known in the folder that a symbolic link leads to: what is typed by way of the link means them.
#[test]
fn folders_that_are_links() {
    let desk = Desk::new(&[
        own("days/t.md", "# T\n\n[a](../a.md)\n"),
        own("days/x/u.md", "# U\n"),
        own("a.md", "[t](days/t.md) [u](days/x/u.md)\n"),
    ]);
    let at = |path: &str| desk.home.path().join("notes").join(path);
    std::os::unix::fs::symlink("days", at("journal")).unwrap();
    let before = desk.files();
    desk.mv("a.md", "journal/b").unwrap();
    assert_eq!(desk.text("days/b.md"), "[t](t.md) [u](x/u.md)\n");
    let change = |from: &str, to: &str| Change::Move {
        from: NoteName::from(from),
        to: to.to_owned(),
        here: String::new(),
        alias: false,
    };
    desk.rename(&change("journal/t.md", "new")).unwrap();
    assert_eq!(desk.text("days/b.md"), "[t](new.md) [u](x/u.md)\n");
    desk.rename(&change("journal/x/", "y/")).unwrap();
    assert_eq!(desk.text("days/b.md"), "[t](new.md) [u](../y/x/u.md)\n");
    let error = desk.rename(&change("journal/", "other")).unwrap_err();
    assert!(error.contains("journal is a symbolic link"), "{error}");
    for _ in 0..3 {
        desk.session().undo(None, false).unwrap();
    }
    assert_eq!(desk.files(), before);
    // links by way of the link lead to the same notes, and follow like others
    desk.write("l.md", "[t](journal/t.md#t) [[journal/x/u]] [d](journal/) [n](journal/new.md)\n");
    let rows = desk.session().links(&NoteName::from("l.md")).unwrap().links;
    let to: Vec<_> = rows.iter().map(|row| row.to.as_ref().map(ToString::to_string).unwrap_or_default()).collect();
    assert_eq!(to, ["days/t.md", "days/x/u.md", "days", ""]);
    desk.mv("days/t.md", "s.md").unwrap();
    assert_eq!(desk.text("l.md"), "[t](days/s.md#t) [[journal/x/u]] [d](journal/) [n](journal/new.md)\n");
    let (_, caught) = desk.mv("days/s.md", "new.md").unwrap();
    assert_eq!(caught, ["days/new.md"]);
    desk.mv("days", "old").unwrap();
    assert_eq!(desk.text("l.md"), "[t](old/new.md#t) [[old/x/u]] [d](old/) [n](old/new.md)\n");
    // so do links to a note that is a link itself
    std::os::unix::fs::symlink("old/x/u.md", at("same.md")).unwrap();
    desk.write("l.md", "[[same]] [s](same.md#u)\n");
    desk.mv("old/x/u.md", "v.md").unwrap();
    assert_eq!(desk.text("l.md"), "[[v]] [s](old/x/v.md#u)\n");
}

/// Another case, and another encoding of accents, are other names; a note that has one of them is in the way of the other.
#[test]
fn names_that_differ_in_writing_only() {
    let desk = Desk::new(&[
        own("Note.md", "# N\n"),
        own("cafe\u{301}.md", "# C\n"),
        own("l.md", "[[note]] [[Note]] [n](Note.md) [[caf\u{e9}]] [c](caf\u{e9}.md)\n"),
    ]);
    let before = desk.files();
    desk.mv("Note.md", "note").unwrap();
    assert_eq!(desk.text("l.md"), "[[note]] [[note]] [n](note.md) [[caf\u{e9}]] [c](caf\u{e9}.md)\n");
    let error = desk.mv("l.md", "CAF\u{e9}").unwrap_err();
    assert!(error.contains("already exists"), "{error}");
    desk.mv("cafe\u{301}.md", "caf\u{e9}").unwrap();
    assert_eq!(desk.text("l.md"), "[[note]] [[note]] [n](note.md) [[caf\u{e9}]] [c](caf\u{e9}.md)\n");
    assert!(desk.files().contains_key("caf\u{e9}.md"));
    desk.session().undo(None, false).unwrap();
    desk.session().undo(None, false).unwrap();
    assert_eq!(desk.files(), before);
}

//! Laws of text that goes from one note to another: every link leads to the words that it led to, nothing is lost, and undo brings
//! every byte back.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops where something is wrong")]

use std::collections::BTreeMap;

use hornbook::model::NotePath;
use hornbook::parse;
use hornbook::parse::LabelKind;
use hornbook::parse::LabelUse;
use hornbook::session::Change;
use hornbook::session::Leave;
use hornbook::session::NoteName;
use hornbook::session::PlaceName;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::sample::select;

use crate::moving::Desk;
use crate::moving::own;
use crate::moving::read;

const NOTES: [&str; 5] = ["n0.md", "x/n1.md", "x/n2.md", "y/z/n3.md", "n 4.md"];

/// What stands before each link, so that it is known again wherever it goes: `m12 [[link]]`.
fn marker_before(text: &str, at: usize) -> Option<&str> {
    let word = text.get(..at)?.trim_end_matches(['!', ' ']).rsplit([' ', '\n']).next()?;
    word.starts_with('m').then_some(word)
}

type Ends = BTreeMap<String, Vec<String>>;

/// Where the marked links and footnotes lead: to words that only one place has. A heading's, a note's title, a block's id.
fn ends(desk: &Desk) -> Ends {
    let session = desk.session();
    let mut found = Ends::new();
    for (path, bytes) in desk.files().iter().filter(|(path, _)| path.ends_with(".md")) {
        let text = std::str::from_utf8(bytes).unwrap();
        let note = read(path, text);
        let report = session.links(&NoteName::Path(NotePath::from(path.as_str()))).unwrap();
        for (row, link) in report.links.iter().zip(&note.links) {
            let Some(marker) = marker_before(text, link.span.start) else { continue };
            let end = match (&row.heading, &row.block, &row.to) {
                _ if row.missing_place.is_some() => format!("no {}", row.missing_place.as_ref().unwrap()),
                (_, Some(block), _) => format!("^{block}"),
                (Some(heading), ..) => heading.clone(),
                (.., Some(to)) if to.ends_with(".md") => title(&desk.text(to)),
                (.., to) => format!("{to:?}"),
            };
            found.entry(marker.to_owned()).or_default().push(end);
        }
        let labels = parse::labels(text, note.body_start);
        for label in labels.iter().filter(|label| label.kind == LabelKind::Footnote && label.written == LabelUse::Named)
        {
            let is_it = |other: &&parse::Label| {
                (other.kind, &other.name) == (label.kind, &label.name) && other.written == LabelUse::Definition
            };
            let said = labels.iter().find(is_it).unwrap().span.of(text).split_once("]: ").unwrap().1;
            let said = said.split(' ').next().unwrap();
            let marker = marker_before(text, label.span.start).unwrap();
            found.entry(marker.to_owned()).or_default().push(said.to_owned());
        }
    }
    for ends in found.values_mut() {
        ends.sort();
        ends.dedup();
    }
    found
}

fn title(text: &str) -> String {
    text.lines().find_map(|line| line.strip_prefix("# ")).unwrap_or("").to_owned()
}

/// Words that are the notebook's own, and how often each stands there.
fn words(desk: &Desk) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    for (path, bytes) in desk.files() {
        let text = if path.ends_with(".md") { String::from_utf8(bytes).unwrap() } else { String::new() };
        for word in text.split_whitespace().filter(|word| word.starts_with('w')) {
            *found.entry(word.to_owned()).or_default() += 1;
        }
    }
    found
}

/// A link from the folder of the note `from` to a place of the note `to`.
fn link(from: usize, to: usize, part: usize, form: usize) -> String {
    let stem = NOTES[to].rsplit('/').next().unwrap().trim_end_matches(".md");
    let up = "../".repeat(NOTES[from].matches('/').count());
    let path = format!("{up}{}", NOTES[to].replace(' ', "%20"));
    let words =
        [String::new(), format!("Part {to} a"), format!("Deep {to}"), format!("Part {to} b"), format!("Top {to}")];
    let place = &words[part % 5];
    let (wiki, slug) = match place.as_str() {
        "" => (String::new(), String::new()),
        place => (format!("#{place}"), format!("#{}", place.to_lowercase().replace(' ', "-"))),
    };
    match form % 9 {
        0 => format!("[[{stem}{wiki}]]"),
        1 => format!("[[{stem}{wiki}|shown]]"),
        2 => format!("[t]({path}{slug})"),
        3 => format!("[t](<{up}{}{slug}> \"title\")", NOTES[to]),
        4 => format!("[[{stem}#^b{to}]]"),
        5 if from == to && !wiki.is_empty() => format!("[[{wiki}]]"),
        6 if from == to && !slug.is_empty() => format!("[t]({slug})"),
        7 => "[t][r]".to_owned(),
        8 => "[^1]".to_owned(),
        _ => format!("![t]({up}img/p.png)"),
    }
}

fn text(number: usize, links: &[(usize, usize, usize)], shape: usize) -> String {
    let mut lines = links.iter().enumerate().map(|(nth, (to, part, form))| {
        format!("w{number}{nth} m{number}{nth} {}", link(number, to % NOTES.len(), *part, *form))
    });
    let mut some = |count: usize| lines.by_ref().take(count).collect::<Vec<_>>().join("\n\n");
    let up = "../".repeat(NOTES[number].matches('/').count());
    let (a, deep) = match shape % 3 {
        0 => (format!("## Part {number} a"), format!("### Deep {number}")),
        1 => (format!("Part {number} a\n---"), format!("### Deep {number} ###")),
        _ => (format!("##  Part {number} a  ##"), format!("#### Deep {number}")),
    };
    let front = if shape.is_multiple_of(2) { format!("---\ntags: [t{number}]\n---\n") } else { String::new() };
    let text = format!(
        "{front}# Top {number}\n\n{}\n\n{a}\n\n{}\n\nw-para-{number} ^b{number}\n\n{deep}\n\n{}\n\n## Part {number} b\n\n{}\n\n\
         [^1]: f{number} w-foot-{number}\n\n[r]: {up}n0.md#part-0-a 'T'\n",
        some(2),
        some(2),
        some(1),
        some(9),
    );
    if shape % 4 == 1 { text.replace('\n', "\r\n") } else { text }
}

#[derive(Debug, Clone)]
enum Move {
    Extract(Index, Leave),
    Split(Index),
    Merge(Index, Index),
    Rename(Index, &'static str),
}

fn moves() -> impl Strategy<Value = Move> {
    prop_oneof![
        (any::<Index>(), select(vec![Leave::Link, Leave::Embed, Leave::Nothing]))
            .prop_map(|(at, leave)| Move::Extract(at, leave)),
        any::<Index>().prop_map(Move::Split),
        (any::<Index>(), any::<Index>()).prop_map(|(a, b)| Move::Merge(a, b)),
        (any::<Index>(), select(vec!["v/", "new", "x/"])).prop_map(|(at, to)| Move::Rename(at, to)),
    ]
}

fn change(desk: &Desk, what: &Move) -> Option<Change> {
    let files = desk.files();
    let notes: Vec<&str> = files.keys().map(String::as_str).filter(|path| path.ends_with(".md")).collect();
    let name = |path: &str| NoteName::Path(NotePath::from(path));
    let note = |at: &Index| name(notes[at.index(notes.len())]);
    Some(match what {
        Move::Extract(at, leave) => {
            let parts: Vec<(&str, String)> = notes
                .iter()
                .flat_map(|path| {
                    let sections = read(path, &desk.text(path)).sections;
                    sections.into_iter().map(move |section| (*path, section.slug))
                })
                .collect();
            let (path, slug) = at.get(&parts);
            let part = Some((name(path), slug.clone()));
            let place = PlaceName { written: String::new(), note: name(path), line: None, part };
            Change::Extract { place, to: None, leave: *leave }
        }
        Move::Split(at) => Change::Split { note: note(at), level: 2 },
        Move::Merge(from, into) => Change::Merge { from: note(from), into: note(into) },
        Move::Rename(at, to) => {
            Change::Move { from: note(at), to: (*to).to_owned(), here: String::new(), alias: false }
        }
    })
}

fn desk(links: &[Vec<(usize, usize, usize)>], shapes: &[usize]) -> Desk {
    let mut files: Vec<(String, String)> = NOTES
        .iter()
        .enumerate()
        .map(|(number, path)| own(path, &text(number, &links[number], shapes[number])))
        .collect();
    files.push(own("img/p.png", "p"));
    Desk::new(&files)
}

fn links() -> impl Strategy<Value = Vec<Vec<(usize, usize, usize)>>> {
    proptest::collection::vec(proptest::collection::vec((0..5_usize, 0..5_usize, 0..10_usize), 5..9), NOTES.len())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]
    #[test]
    fn links_lead_to_the_words_that_they_led_to(
        links in links(),
        shapes in proptest::collection::vec(0..12_usize, NOTES.len()),
        moves in proptest::collection::vec(moves(), 4),
    ) {
        let desk = desk(&links, &shapes);
        let mut carried_out = Vec::new();
        for what in moves {
            let Some(change) = change(&desk, &what) else { continue };
            let (before, leads, said) = (desk.files(), ends(&desk), words(&desk));
            match desk.rename(&change) {
                Ok(_) => {
                    prop_assert_eq!(&leads, &ends(&desk), "{:?}", change);
                    let now: BTreeMap<String, usize> = words(&desk);
                    for (word, count) in &said {
                        // definitions may be needed in several notes
                        let is_right = if word.starts_with("w-foot") { now[word] >= 1 } else { now[word] == *count };
                        prop_assert!(is_right, "{word}: {count}, {now:?}, {change:?}");
                    }
                    carried_out.push(before);
                }
                Err(why) => {
                    let known = ["is the whole note", "already exists", "has no heading of level", "into itself", "already has that name", "leads to the first", "would be"];
                    prop_assert!(known.iter().any(|known| why.contains(known)), "{why}: {change:?}");
                    prop_assert_eq!(&desk.files(), &before);
                }
            }
        }
        for before in carried_out.into_iter().rev() {
            desk.session().undo(None, false).unwrap();
            prop_assert_eq!(&desk.files(), &before);
        }
    }

    #[test]
    fn an_embed_gives_way_to_its_text(
        links in links(),
        shapes in proptest::collection::vec(0..12_usize, NOTES.len()),
        (host, to, part) in (0..5_usize, 0..5_usize, 0..4_usize),
    ) {
        let desk = desk(&links, &shapes);
        let stem = NOTES[to].rsplit('/').next().unwrap().trim_end_matches(".md");
        let place = [String::new(), format!("#Part {to} a"), format!("#Deep {to}"), format!("#^b{to}")];
        let end = if desk.text(NOTES[host]).contains('\r') { "\r\n" } else { "\n" };
        let text = format!("{}{end}## Embeds{end}{end}![[{stem}{}]]{end}", desk.text(NOTES[host]), place[part]);
        desk.write(NOTES[host], &text);
        let (before, leads) = (desk.files(), ends(&desk));
        let change = Change::Inline { note: NoteName::Path(NotePath::from(NOTES[host])), line: text.lines().count() };
        match desk.rename(&change) {
            Ok(receipt) => {
                prop_assert_eq!(receipt.files.len(), 1);
                prop_assert_eq!(&leads, &ends(&desk));
                let is = desk.text(NOTES[host]);
                prop_assert!(!is.contains("![["));
                prop_assert_eq!(is.contains("\r\n"), end == "\r\n");
                prop_assert!(is.matches('\n').count() == is.matches(end).count(), "{is:?}");
                desk.session().undo(None, false).unwrap();
            }
            Err(why) => {
                let known = ["is part of the text that it embeds", "leads to the first", "definition"];
                prop_assert!(known.iter().any(|known| why.contains(known)), "{why}");
            }
        }
        prop_assert_eq!(&desk.files(), &before);
    }
}

/// Carries a change out on a notebook, and gives its files afterwards.
#[track_caller]
fn after(files: &[(&str, &str)], change: &Change) -> Result<BTreeMap<String, String>, String> {
    let desk = Desk::new(&files.iter().map(|(path, text)| own(path, text)).collect::<Vec<_>>());
    let before = desk.files();
    desk.rename(change)?;
    let now = desk.files().into_iter().map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap())).collect();
    desk.session().undo(None, false).unwrap();
    assert_eq!(desk.files(), before);
    Ok(now)
}

fn extract(part: &str, to: Option<&str>, leave: Leave) -> Change {
    let note = NoteName::from("a");
    let part = Some((note.clone(), part.to_owned()));
    let place = PlaceName { written: "a#part".to_owned(), note, line: None, part };
    Change::Extract { place, to: to.map(|to| (to.to_owned(), String::new())), leave }
}

fn merge() -> Change {
    Change::Merge { from: NoteName::from("a"), into: NoteName::from("b") }
}

#[test]
fn headings_get_levels_and_what_stays_is_said() {
    let text = "Intro\n\nOne\n---\nx\n\n### Two ##\n\nThree\n===\ny\n";
    for (leave, want) in [
        (Leave::Link, "Intro\n\n[[one]]\n\nThree\n===\ny\n"),
        (Leave::Embed, "Intro\n\n![[one]]\n\nThree\n===\ny\n"),
        (Leave::Nothing, "Intro\n\nThree\n===\ny\n"),
    ] {
        let now = after(&[("a.md", text)], &extract("One", None, leave)).unwrap();
        assert_eq!(now["a.md"], want);
        assert_eq!(now["one.md"], "One\n===\nx\n\n## Two ##\n");
    }
    // at the end, where nothing stays, no blank lines stay either
    let now = after(&[("a.md", "# T\r\n\r\nx\r\n\r\n## One\r\n\r\ny")], &extract("One", None, Leave::Nothing)).unwrap();
    assert_eq!((now["a.md"].as_str(), now["one.md"].as_str()), ("# T\r\n\r\nx\r\n", "# One\r\n\r\ny\r\n"));
    // text right above and below stays apart
    let now = after(&[("a.md", "x\n## One\ny\n\nTwo\n---\n")], &extract("One", None, Leave::Link));
    assert_eq!(now.unwrap()["a.md"], "x\n\n[[one]]\n\nTwo\n---\n");
    let now = after(&[("a.md", "x\n## One\ny\n## Two\n")], &extract("One", None, Leave::Link));
    assert_eq!(now.unwrap()["a.md"], "x\n\n[[one]]\n\n## Two\n");
}

#[test]
fn what_is_private_stays_private() {
    let text = "---\nprivate: true\n---\n# A\n\n## One\n\nx\n";
    let now = after(&[("a.md", text)], &extract("One", None, Leave::Link)).unwrap();
    assert_eq!(now["one.md"], "---\nprivate: true\n---\n\n# One\n\nx\n");
    let now = after(&[("private/a.md", "# A\n\n## One\n\nx\n")], &extract("One", Some("pub/"), Leave::Link)).unwrap();
    assert_eq!(now["pub/one.md"], "---\nprivate: true\n---\n\n# One\n\nx\n");
    let error = after(&[("a.md", text), ("b.md", "# B\n")], &merge()).unwrap_err();
    assert!(error.contains("would be published"), "{error}");
    let inline = Change::Inline { note: NoteName::from("b"), line: 1 };
    let error = after(&[("a.md", text), ("b.md", "![[a]]\n")], &inline).unwrap_err();
    assert!(error.contains("would be published"), "{error}");
}

#[test]
fn a_merged_note_is_a_section() {
    let a = "---\ntags: [t, u v, w]\nstatus: open\n---\nA\n===\n\nx [^1] [k] [q] ^id\n\n# Other\n\n[^1]: one\n\n[k]: https://k.example\n[q]: b.md\n";
    let b = "---\ntags: [w]\n---\n# B\n\ny [^1] [k] [q] ^id\n\n[^1]: two\n\n[k]: https://k.example\n[q]: c.md";
    let links = "[[a]] [t](a.md) [[a#^id]] [[b#^id]] ![[a|100]] <a href=\"a.md\">a</a> [[a#none]] [[none]]\n";
    let now = after(&[("a.md", a), ("b.md", b), ("l.md", links), ("c.md", "")], &merge()).unwrap();
    assert_eq!(now.len(), 3);
    assert_eq!(
        now["b.md"],
        format!(
            "{b}\n\nA\n---\n\n#t\n\nx [^1-2] [k][k-2] [q][q-2] ^id-2\n\n### Other\n\n[^1-2]: one\n\n[k-2]: https://k.example\n[q-2]: b.md\n"
        )
    );
    assert_eq!(
        now["l.md"],
        "[[b#A]] [t](b.md#a) [[b#^id-2]] [[b#^id]] ![[b#A|100]] <a href=\"b.md#a\">a</a> [[b#none]] [[none]]\n"
    );
    // without a heading of its own it is called as it was
    let now = after(&[("a.md", "x\n"), ("b.md", "# B\r\n"), ("l.md", "[[a]]\n")], &merge()).unwrap();
    assert_eq!((now["b.md"].as_str(), now["l.md"].as_str()), ("# B\r\n\r\n## a\r\n\r\nx\r\n", "[[b#a]]\n"));
}

#[test]
fn what_cannot_be_done_is_refused() {
    let open = "# B\n\n```\ncode\n";
    for (files, change, why) in [
        (vec![("a.md", "# A\n"), ("b.md", open)], merge(), "never closed"),
        (vec![("a.md", "# A\n"), ("b.md", "# B\n\n<!-- x\n")], merge(), "never closed"),
        (vec![("a.md", "# A\n\nx\n")], extract("A", None, Leave::Link), "is the whole note"),
        (vec![("a.md", "# A\n\n> ## One\n")], extract("One", None, Leave::Link), "in a list, a quote, or indented"),
        (vec![("a.md", "# A\n\n## One\n"), ("one.md", "")], extract("One", None, Leave::Link), "one 2.md"),
        (vec![("a.md", "# A\n\n## One\n")], extract("One", Some("con"), Leave::Link), "reserved name"),
        (vec![("a.md", "# A\n\n## One\n")], extract("None", None, Leave::Link), "has no"),
        (
            vec![("a.md", "# A\n\n## One\n\nx [^1]\n\n## Two\n\n> [^1]: x\n")],
            extract("One", None, Leave::Link),
            "move it to the end",
        ),
    ] {
        let desk = Desk::new(&files.iter().map(|(path, text)| own(path, text)).collect::<Vec<_>>());
        let before = desk.files();
        let error = desk.session().plan(&change).map(|_| ()).unwrap_err();
        let error = format!("{error} {error:?}");
        assert!(error.contains(why), "{why}: {error}");
        assert_eq!(desk.files(), before);
    }
}

#[test]
fn an_old_name_may_stay_as_an_alias() {
    let links = "[[a]] [[a#One|x]] ![[a]] [t](a.md) [[x/a]] `[[a]]` <!-- a.md --> \\[[a]]\n";
    let files = [("x/a.md", "---\ntitle: T\n---\n## One\n\n[[#One]] [b](../b.md)\n"), ("b.md", links)];
    let to =
        |to: &str| Change::Move { from: NoteName::from("x/a"), to: to.to_owned(), here: String::new(), alias: true };
    let now = after(&files, &to("y/c.md")).unwrap();
    assert_eq!(now["b.md"], "[[a]] [[a#One|x]] ![[a]] [t](y/c.md) [[y/c]] `[[a]]` <!-- a.md --> \\[[a]]\n");
    assert_eq!(now["y/c.md"], "---\ntitle: T\naliases: [a]\n---\n## One\n\n[[#One]] [b](../b.md)\n");
    let desk = Desk::new(&files.map(|(path, text)| own(path, text)));
    let left = desk.session().left_alone(&NoteName::from("x/a")).unwrap();
    assert_eq!(left.len(), 1);
    assert_eq!((left[0].path.as_str(), left[0].lines[0].line), ("b.md", 1));
    let desk = Desk::new(&[own("a.md", "+++\ntitle = 'x'\n+++\n"), own("i.png", "")]);
    assert!(
        desk.rename(&Change::Move { from: NoteName::from("a"), to: "b".to_owned(), here: String::new(), alias: true })
            .unwrap_err()
            .contains("no alias can be added to")
    );
}

#[test]
fn a_ticket_gets_another_key() {
    let text = "# About SHOP-1\n\n- [ ] SHOP-1 and SHOP-12, `SHOP-1`\n\n[SHOP-1](https://t.example/browse/SHOP-1) [it](https://t.example/browse/SHOP-1) [x](#about-shop-1)\n";
    let change = |to: &str, merge| Change::RenameTicket { from: "SHOP-1".to_owned(), to: to.to_owned(), merge };
    let files = [("a.md", text)];
    let now = after(&files, &change("SHOP-31", false)).unwrap();
    assert_eq!(
        now["a.md"],
        "# About SHOP-31\n\n- [ ] SHOP-31 and SHOP-12, `SHOP-1`\n\n[SHOP-31](https://t.example/browse/SHOP-31) [it](https://t.example/browse/SHOP-31) [x](#about-shop-31)\n"
    );
    assert!(after(&files, &change("SHOP-12", false)).unwrap_err().contains("SHOP-12 is already in 1 note"));
    assert!(after(&files, &change("SHOP-12", true)).is_ok());
    assert!(after(&files, &change("shop", false)).unwrap_err().contains("is not a ticket key"));
}

#[test]
fn a_person_gets_another_name_where_it_is_one() {
    let text = "---\npeople: [Ida, Wim]\n---\n# Weekly\n\n## Meeting (2026/11/20)\n\nPresent: Ida, Wim\n\n- [ ] @ida asks Ida\n- Ida: call Idaho\n- mend it (Ida)\n- [ ] paint [owner:: Ida]\n- the plan of Ida\n";
    let change = |from: &str, to: &str, merge| Change::RenamePerson { from: from.to_owned(), to: to.to_owned(), merge };
    let now = after(&[("weekly.md", text)], &change("Ida", "Eda", false)).unwrap();
    assert_eq!(
        now["weekly.md"],
        "---\npeople: [Eda, Wim]\n---\n# Weekly\n\n## Meeting (2026/11/20)\n\nPresent: Eda, Wim\n\n- [ ] @eda asks Ida\n- Eda: call Idaho\n- mend it (Eda)\n- [ ] paint [owner:: Eda]\n- the plan of Ida\n"
    );
    assert!(
        after(&[("weekly.md", text)], &change("Ida", "Wim", false)).unwrap_err().contains("Wim is already in 1 note")
    );
    assert!(
        after(&[("weekly.md", text)], &change("Olga", "Eda", false)).unwrap_err().contains("no note mentions Olga")
    );
    assert!(after(&[("weekly.md", text)], &change("Ida", "a:b", false)).unwrap_err().contains("is not a name"));
}

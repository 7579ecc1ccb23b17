//! Which file and heading a link means.

use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::model::Note;
use crate::model::path::strip_extension;
use crate::parse;

fn notes(of: &[(&str, &str)]) -> Vec<(NotePath, Note)> {
    let mut notes: Vec<(NotePath, Note)> = of
        .iter()
        .map(|(path, text)| {
            let path = NotePath::from(*path);
            let note = parse::parse(&path, text, &parse::Options::default()).note;
            (path, note)
        })
        .collect();
    notes.sort_by(|a, b| a.0.cmp(&b.0));
    notes
}

/// The path that the first link of `from` leads to, with `#slug` or `^block`, and its remarks.
#[track_caller]
fn case(of: &[(&str, &str)], from: &str, want: &str) {
    let owned = notes(of);
    let refs: Arc<[NoteRef<'_>]> = owned.iter().map(|(path, note)| (path, note)).collect();
    let files = [NotePath::from("img/a.png"), NotePath::from("b.png")];
    let names = Names::new(Arc::clone(&refs), &files);
    let index = owned.iter().position(|(path, _)| path.as_str() == from).unwrap();
    let resolved = names.resolve(index, &owned[index].1.links[0]);
    let mut got = match resolved.target {
        Target::Note { note, place } => {
            let (path, facts) = refs[note];
            let place = match place {
                Some(AnchorRef::Section(index)) => format!("#{}", facts.sections[index].slug),
                Some(AnchorRef::Block(index)) => format!("^{}", facts.blocks[index].id),
                Some(AnchorRef::Anchor(index)) => format!("#{}", facts.anchors[index].id),
                None => String::new(),
            };
            format!("{}{place}", path.as_str())
        }
        Target::Attachment(path) => path.as_str().to_owned(),
        other => format!("{other:?}"),
    };
    for remark in resolved.remarks {
        got += &match remark {
            Remark::Ambiguous { count, .. } => format!(" ambiguous({count})"),
            other => format!(" {other:?}"),
        };
    }
    assert_eq!(got, want);
}

#[test]
fn wikilinks_by_path_then_name_then_title() {
    case(&[("a.md", "[[b]]"), ("x/b.md", "")], "a.md", "x/b.md");
    case(&[("a.md", "[[b]]"), ("x/b.md", ""), ("b.md", "")], "a.md", "b.md");
    case(&[("a.md", "[[b]]"), ("x/b.md", ""), ("w/b.md", "")], "a.md", "w/b.md ambiguous(2)");
    case(&[("a.md", "[[x/b]]"), ("y/x/b.md", ""), ("x/b.md", "")], "a.md", "x/b.md");
    case(&[("a.md", "[[x/b]]"), ("y/x/b.md", "")], "a.md", "y/x/b.md");
    case(&[("a.md", "[[B]]"), ("b.md", "")], "a.md", "b.md OtherCase");
    case(&[("a.md", "[[The Title]]"), ("b.md", "# The title")], "a.md", "b.md ByTitle");
    case(&[("a.md", "[[Tee]]"), ("b.md", "---\naliases: [tee]\n---\n")], "a.md", "b.md ByTitle");
    case(&[("a.md", "[[Part]]"), ("b.md", "## Part")], "a.md", "Missing");
    case(&[("a.md", "[[b.md]]"), ("b.md", "")], "a.md", "b.md");
    case(&[("a.md", "[[b.md]]"), ("b.markdown", "")], "a.md", "Missing");
    case(&[("a.md", "[[v1.2]]"), ("v1.2.md", "")], "a.md", "v1.2.md");
    case(&[("a.md", "[[caf\u{e9} x]]"), ("Cafe\u{301}\u{a0}x.md", "")], "a.md", "Cafe\u{301}\u{a0}x.md OtherCase");
    case(&[("a.md", "[x](B.md)"), ("B.md", ""), ("b.md", "")], "a.md", "B.md");
    case(&[("a.md", "[[nothing]]")], "a.md", "Missing");
    case(&[("a.md", "![[a.png]]")], "a.md", "img/a.png");
    case(&[("d/a.md", "[[../../x]]")], "d/a.md", "Outside");
    case(&[("a.md", "[[.]]"), ("b.md", "")], "a.md", "Missing");
}

#[test]
fn among_files_of_one_name() {
    let two = [("p/S.md", ""), ("q/S.md", "")];
    let with = |from, text| [two.as_slice(), &[(from, text)]].concat();
    case(&with("q/a.md", "[[S]]"), "q/a.md", "q/S.md");
    case(&with("q/a.md", "[[s]]"), "q/a.md", "q/S.md OtherCase");
    case(&with("q/a.md", "![[S#^x]]"), "q/a.md", "q/S.md NoBlock(\"x\")");
    case(&with("z/a.md", "[[S]]"), "z/a.md", "p/S.md ambiguous(2)");
    case(&with("q/a.md", "[[p/S]]"), "q/a.md", "p/S.md");
    case(&with("q/a.md", "[x](S.md)"), "q/a.md", "q/S.md");
    case(&with("z/a.md", "[x](S.md)"), "z/a.md", "p/S.md ambiguous(2)");
    let case_differs = [("A2/PLAN.md", ""), ("b/plan.md", ""), ("c/f.md", "[[plan]]"), ("c/g.md", "[[PLAN]]")];
    case(&case_differs, "c/f.md", "b/plan.md ambiguous(2)");
    case(&case_differs, "c/g.md", "A2/PLAN.md ambiguous(2)");
    let length = [("another-long-name/B.md", ""), ("themes/B.md", ""), ("f.md", "[[B]]")];
    case(&length, "f.md", "themes/B.md ambiguous(2)");
    case(&[("b/a/n.md", ""), ("a/n.md", ""), ("b/f.md", "[[a/n]]")], "b/f.md", "a/n.md");
    case(&[("b/a/n.md", ""), ("c/a/n.md", ""), ("b/f.md", "[[a/n]]")], "b/f.md", "b/a/n.md");
    case(&[("t.md", ""), ("d/t.md", ""), ("d/f.md", "[[t]]")], "d/f.md", "t.md");
    case(&[("d/f.md", "![[a.png]] "), ("d/a.png.md", "")], "d/f.md", "d/a.png.md");
}

#[test]
fn ids_at_the_beginning_of_names() {
    let zk = [
        ("dev/ef56-lifetimes.md", ""),
        ("ab12 Some note.md", ""),
        ("cd34_under.md", ""),
        ("ef561-other.md", ""),
        ("202411271130 stamp.md", ""),
        ("2024-11-27.md", ""),
        ("2024 review.md", ""),
        ("plan-b.md", ""),
    ];
    let of = |text, want: &str| case(&[zk.as_slice(), &[("a.md", text)]].concat(), "a.md", want);
    of("[[ef56]]", "dev/ef56-lifetimes.md");
    of("[[EF56|x]]", "dev/ef56-lifetimes.md");
    of("[[dev/ef56]]", "dev/ef56-lifetimes.md");
    of("[[ops/ef56]]", "Missing");
    of("[[ab12]]", "ab12 Some note.md");
    of("[[cd34#x]]", "cd34_under.md NoHeading(\"x\")");
    of("[[202411271130]]", "202411271130 stamp.md");
    for text in ["[[ef5]]", "[[2024]]", "[[2024-11]]", "[[plan]]", "[[ef56-]]", "[[ab12 Some]]"] {
        of(text, "Missing");
    }
    let twice = [("x/ef56-a.md", ""), ("y/ef56-b.md", ""), ("a.md", "[[ef56]]"), ("y/c.md", "[[ef56]]")];
    case(&twice, "a.md", "x/ef56-a.md ambiguous(2)");
    case(&twice, "y/c.md", "y/ef56-b.md ambiguous(2)");
    // letters alone are an id where the other names say so
    let mut letters = vec![("wkvj-d.md", ""), ("a.md", "[[wkvj]]")];
    letters.extend(["ab12-a.md", "q1w2-b.md", "9x8c-c.md", "zz1a x.md", "0b0b_y.md"].map(|path| (path, "")));
    case(&letters, "a.md", "wkvj-d.md");
}

#[test]
fn pages_of_logseq() {
    let pages = [
        ("pages/area___topic.md", ""),
        ("pages/old%2Fname.md", ""),
        ("journals/2026_11_27.md", ""),
        ("log/2026_11_28.md", ""),
    ];
    let of = |text, want: &str| case(&[pages.as_slice(), &[("a.md", text)]].concat(), "a.md", want);
    of("[[area/topic]]", "pages/area___topic.md");
    of("[[Area/Topic]]", "pages/area___topic.md OtherCase");
    of("[[old/name]]", "pages/old%2Fname.md");
    of("[[Nov 27th, 2026]]", "journals/2026_11_27.md");
    of("[[Friday, 27 November 2026]]", "journals/2026_11_27.md");
    of("[[2026-11-27]]", "journals/2026_11_27.md");
    of("[[Nov 28th, 2026]]", "Missing");
    of("[[Nov 26th, 2026]]", "Missing");
}

#[test]
fn what_a_note_argument_means() {
    let owned = notes(&[
        ("A2/PLAN.md", "---\naliases: [Both]\n---\n"),
        ("b/plan.md", "---\naliases: [both]\n---\n# The plan\n"),
        ("dev/ef56-x.md", ""),
        ("x/ab12-x.md", ""),
        ("y/ab12-y.md", ""),
    ]);
    let refs: Arc<[NoteRef<'_>]> = owned.iter().map(|(path, note)| (path, note)).collect();
    let names = Names::new(refs, &[]);
    for (written, want) in [
        ("plan", &[1][..]),
        ("PLAN", &[0]),
        ("Plan", &[1, 0]),
        ("a2/plan", &[0]),
        ("the plan", &[1]),
        ("BOTH", &[1, 0]),
        ("ef56", &[2]),
        ("ab12", &[3, 4]),
        ("y/ab12", &[4]),
        ("none", &[]),
        ("", &[]),
    ] {
        assert_eq!(names.find_note(written), want, "{written}");
    }
}

/// The rule, without any index: every file is looked at.
fn slowly(files: &[NotePath], from: &str, written: &str) -> Option<String> {
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let own = if folder.is_empty() { written.to_owned() } else { format!("{folder}/{written}") };
    let same = |path: &str, other: &str| path.to_lowercase() == other.to_lowercase();
    let name = |path: &NotePath| strip_extension(path.as_str()).to_owned();
    let mut fits: Vec<String> = files
        .iter()
        .filter(|file| {
            same(&name(file), written)
                || format!("/{}", name(file).to_lowercase()).ends_with(&format!("/{}", written.to_lowercase()))
        })
        .map(|file| file.as_str().to_owned())
        .collect();
    fits.sort_by_key(|path| (path.len(), path.clone()));
    let bare = |path: &String| strip_extension(path).to_owned();
    let exact = |path: &String| bare(path).ends_with(written);
    fits.iter()
        .find(|path| bare(path) == written)
        .or_else(|| fits.iter().find(|path| bare(path) == own))
        .or_else(|| fits.iter().find(|path| same(&bare(path), &own)))
        .or_else(|| fits.iter().find(|path| exact(path)))
        .or_else(|| fits.first())
        .cloned()
}

proptest! {
    /// The index finds what the rule says, for few files of one name and for many.
    #[test]
    fn the_index_keeps_the_rule(
        paths in prop::collection::btree_set("([abAB]/){0,3}[abAB]\\.md", 1..60),
        from in "([abAB]/){0,2}z\\.md",
        written in "([abAB]/){0,2}[abAB]",
    ) {
        let files: Vec<NotePath> = paths.iter().map(|path| NotePath::from(path.as_str())).collect();
        let text = format!("[[{written}]]");
        let mut all: Vec<(&str, &str)> = paths.iter().map(|path| (path.as_str(), "")).collect();
        all.push((from.as_str(), text.as_str()));
        let owned = notes(&all);
        let refs: Arc<[NoteRef<'_>]> = owned.iter().map(|(path, note)| (path, note)).collect();
        let names = Names::new(Arc::clone(&refs), &[]);
        let index = refs.iter().position(|(path, _)| path.as_str() == from).unwrap();
        let found = match names.resolve(index, &refs[index].1.links[0]).target {
            Target::Note { note, .. } => Some(refs[note].0.as_str().to_owned()),
            _ => None,
        };
        prop_assert_eq!(found, slowly(&files, &from, &written));
    }
}

#[test]
fn headings_and_blocks() {
    let target = "# Top: one\n## Same\n# Other\n## Same\ntext ^b1\n";
    case(&[("a.md", "[[t#Top one]]"), ("t.md", target)], "a.md", "t.md#top-one");
    case(&[("a.md", "[[t#Other#Same]]"), ("t.md", target)], "a.md", "t.md#same-1");
    case(&[("a.md", "[[t#^b1]]"), ("t.md", target)], "a.md", "t.md^b1");
    case(&[("a.md", "[x](t.md#same-1)"), ("t.md", target)], "a.md", "t.md#same-1");
    case(&[("a.md", "[[t#No]]"), ("t.md", target)], "a.md", "t.md NoHeading(\"No\")");
    case(&[("a.md", "[[#Here]]\n# Here")], "a.md", "a.md#here");
    case(&[("a.md", "[x](#spot)\n\n<a name=\"spot\"></a>")], "a.md", "a.md#spot");
    case(&[("a.md", "[x](#top)")], "a.md", "a.md");
    case(&[("a.md", "[[#top]]")], "a.md", "a.md NoHeading(\"top\")");
    case(&[("a.md", "[x](t.md#:~:text=b1)"), ("t.md", target)], "a.md", "t.md");
    case(&[("a.md", "[x](t.md#)"), ("t.md", target)], "a.md", "t.md");
}

#[test]
fn pages_and_folders_are_their_notes() {
    for (link, want) in [
        ("[x](b.html)", "c/b.md"),
        ("[x](b.html#part)", "c/b.md#part"),
        ("[x](../a.htm)", "a.md"),
        ("[x](/c/b.html)", "c/b.md"),
        ("[x](d/)", "c/d/index.md"),
        ("[x](d)", "c/d/index.md"),
        ("[x](d/index.html)", "c/d/index.md"),
        ("[x](../e/)", "e/README.md"),
        ("[x](../e/index.html)", "e/README.md"),
        ("[x](../)", "README.md"),
        ("[x](gone.html)", "Missing"),
        ("[x](gone/)", "Missing"),
        ("[x](../../up.html)", "Outside"),
        ("[[b.html]]", "Missing"),
        ("[[d]]", "Missing"),
    ] {
        let notes = [
            ("c/n.md", link),
            ("c/b.md", "## Part"),
            ("a.md", ""),
            ("c/d/index.md", ""),
            ("e/README.md", ""),
            ("README.md", ""),
        ];
        case(&notes, "c/n.md", want);
    }
}

#[test]
fn markdown_links_go_from_the_folder() {
    case(&[("d/a.md", "[x](b.md)"), ("b.md", ""), ("d/b.md", "")], "d/a.md", "d/b.md");
    case(&[("d/a.md", "[x](../b.md)"), ("b.md", "")], "d/a.md", "b.md");
    case(&[("d/a.md", "[x](/b.md)"), ("b.md", "")], "d/a.md", "b.md");
    case(&[("d/a.md", "[x](my%20b.md)"), ("d/my b.md", "")], "d/a.md", "d/my b.md");
    case(&[("d/a.md", "![x](../img/a.png)")], "d/a.md", "img/a.png");
    case(&[("d/a.md", "[x](../../etc/passwd)")], "d/a.md", "Outside");
}

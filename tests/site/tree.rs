//! The tree of notes beside each note: whole for a small notebook, small for a large one, in the order of reading.

use std::fs;

use crate::desk::BOOK;
use crate::desk::Desk;

/// What a page has between two marks.
#[track_caller]
fn between<'p>(page: &'p str, open: &str, close: &str) -> &'p str {
    let (_, rest) = page.split_once(open).unwrap_or_else(|| panic!("no {open} in {page}"));
    rest.split_once(close).unwrap().0
}

fn tree(desk: &Desk, page: &str) -> String {
    let page = fs::read_to_string(desk.site().join(page)).unwrap();
    between(&page, "<nav class=\"beside\"", "</nav>").to_owned()
}

/// Words of links and folders, in order.
fn words(html: &str) -> Vec<String> {
    let mut out = Vec::new();
    for piece in html.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').unwrap();
        if ["a ", "summary", "small", "b "].iter().any(|name| tag.starts_with(name)) && !text.trim().is_empty() {
            out.push(text.trim().to_owned());
        }
    }
    out
}

#[test]
fn a_small_notebook_stands_whole_on_each_page() {
    let notes = ["top.md", "b/10.md", "b/9.md", "b/index.md", "b c/x.md", "b/d/deep.md", "A/a.md"];
    let notes = notes.map(|path| (path, "words\n"));
    let desk = Desk::new(BOOK, &notes);
    desk.build();
    let order = ["top", "A", "a", "b", "index", "9", "10", "d", "deep", "b c", "x"];
    for page in ["top.html", "b/9.html", "b/d/deep.html"] {
        let tree = tree(&desk, page);
        assert_eq!(words(&tree), order, "{page}");
        assert_eq!(tree.matches("aria-current=\"page\"").count(), 1, "{page}");
    }
    assert!(!desk.site().join("tree").exists());
    // previous and next are its neighbours in the order shown
    let page = fs::read_to_string(desk.site().join("b/10.html")).unwrap();
    assert_eq!(words(between(&page, "<nav class=\"turn\"", "</nav>")), ["9", "deep"]);
}

#[test]
fn a_large_one_has_the_way_to_the_note_and_scripts_for_the_rest() {
    let mut files: Vec<(String, String)> = Vec::new();
    for folder in 0..40 {
        for note in 0..12 {
            files.push((format!("f{folder}/n{note}.md"), format!("# Note {note} of {folder}\n")));
        }
    }
    files.extend((0..90).map(|note| (format!("f7/many/m{note}.md"), format!("# Many {note}\n"))));
    let desk = Desk::new(BOOK, &files);
    desk.build();
    let shown = tree(&desk, "f7/many/m50.html");
    let words = words(&shown);
    assert!(shown.len() < 6_000, "{}", shown.len());
    for word in ["f7", "many", "Note 3 of 7", "Many 50", "Many 45", "f5", "all …"] {
        assert!(words.iter().any(|other| other == word), "{word}: {words:?}");
    }
    assert!(!words.iter().any(|word| word == "Many 20" || word == "Note 1 of 5" || word == "f30"), "{words:?}");
    // one script a folder, with what stands right in it
    let scripts: Vec<_> = fs::read_dir(desk.site().join("tree")).unwrap().map(|file| file.unwrap().path()).collect();
    assert_eq!(scripts.len(), 41);
    let name = between(&shown, "data-tree=\"", "\"");
    let script = fs::read_to_string(desk.site().join(format!("tree/{name}.js"))).unwrap();
    assert!(script.starts_with(&format!("hornbook_tree(\"{name}\",{{\"notes\":[[\"f")), "{script}");
    assert_eq!(script.matches(".html\"").count(), 12, "{script}");
    // the list of all notes folds
    let all = fs::read_to_string(desk.site().join("all/index.html")).unwrap();
    assert_eq!((all.matches("<details>").count(), all.matches("<li><a href=\"../f").count()), (41, 570));
    // a new note in a folder changes the pages that show it, and no others
    desk.put("f7/many/new.md", "# New\n");
    let done = desk.build();
    let written: usize = done.err.split(": ").nth(1).unwrap().split(' ').next().unwrap().parse().unwrap();
    // itself, the two beside it, lists, the search
    assert!((3..40).contains(&written), "{done:?}");
}

#[test]
fn the_summary_gives_parts_and_order() {
    let desk = Desk::new(
        BOOK,
        &[
            (
                "SUMMARY.md",
                "# Summary\n\n[Start](start.md)\n\n# First part\n\n- [One](one.md)\n  - [Two](sub/two.md)\n\n# Second part\n\n- [Three](three.md)\n",
            ),
            ("start.md", "x\n"),
            ("one.md", "x\n"),
            ("sub/two.md", "x\n"),
            ("three.md", "x\n"),
            ("other/rest.md", "x\n"),
        ],
    );
    desk.build();
    let order = ["Start", "First part", "One", "Two", "Second part", "Three", "other", "rest"];
    assert_eq!(words(&tree(&desk, "sub/two.html")), order);
    assert!(tree(&desk, "sub/two.html").contains("<li class=\"d1\"><a href=\"two.html\""));
    let contents = fs::read_to_string(desk.site().join("all/contents.html")).unwrap();
    assert!(contents.contains("First part") && contents.contains(">Contents</a>"));
    let folders = fs::read_to_string(desk.site().join("all/index.html")).unwrap();
    assert!(folders.contains("id=\"in:sub\"") && !folders.contains("First part"));
}

#[test]
fn equal_titles_are_told_apart() {
    let links = "[[a/plan]] [[b/plan]]\n";
    let desk = Desk::new(
        BOOK,
        &[
            ("a/plan.md", "---\ntitle: Plan\n---\nx\n"),
            ("b/plan.md", "---\ntitle: plan\n---\n- [ ] a box\n"),
            ("c/one.md", "---\ntitle: Same\ndate: 2026-11-01\n---\nx\n"),
            ("c/two.md", "---\ntitle: Same\ndate: 2026-11-02\n---\nx\n"),
            ("a.md", links),
        ],
    );
    desk.build();
    let titles = fs::read_to_string(desk.site().join("all/titles.html")).unwrap();
    assert!(titles.contains(">Plan</a> <small dir=\"auto\">a</small>"), "{titles}");
    let order = ["a", "a", "Plan", "b", "plan", "c", "Same", "2026-11-01", "Same", "2026-11-02"];
    assert_eq!(words(&tree(&desk, "a.html")), order, "a folder is seen in the tree");
    let page = fs::read_to_string(desk.site().join("a/plan.html")).unwrap();
    assert_eq!(words(between(&page, "<nav class=\"turn\"", "</nav>")), ["a", "plan", "b"]);
    let open = fs::read_to_string(desk.site().join("all/open.html")).unwrap();
    assert!(open.contains("plan (b)"), "{open}");
}

//! What other programs rename or remove, and what `check` and `check --fix` make of links to it.
#![expect(clippy::unwrap_used, reason = "a test stops where something is wrong")]

use std::fs;
use std::path::PathBuf;

use hornbook::model::Severity;
use hornbook::query::Query;
use hornbook::session::Change;
use hornbook::session::CheckRequest;

use crate::moving::Desk;
use crate::moving::own;

fn request() -> CheckRequest {
    CheckRequest { query: Query::default(), codes: Vec::new(), least: Severity::Warning }
}

/// The findings about links that are broken or moved, with the program having looked at the notes.
fn findings(desk: &Desk) -> Vec<String> {
    let found = desk.session().check(&request()).unwrap().findings;
    let about_links = found.iter().filter(|finding| finding.code.starts_with("link-"));
    about_links
        .map(|finding| format!("{}:{} {} {}", finding.path, finding.line, finding.code, finding.message))
        .collect()
}

fn fix(desk: &Desk) {
    desk.rename(&Change::Fixes(request())).unwrap();
}

fn at(desk: &Desk, path: &str) -> PathBuf {
    desk.root().join(path)
}

#[test]
fn a_note_that_was_there_before_is_not_the_one_that_vanished() {
    let links = "[x](x/topic.md) [[x/topic]] [[Long title]]\n";
    let desk = Desk::new(&[
        own("a.md", links),
        own("x/topic.md", "# Long title\n\nThe text of one.\n"),
        own("y/topic.md", "# Long title\n\nAnother one, with other words.\n"),
        own("u/z.md", "# Z\n"),
    ]);
    assert_eq!(findings(&desk).len(), 1, "by title");
    let text = fs::read_to_string(at(&desk, "x/topic.md")).unwrap();
    fs::remove_file(at(&desk, "x/topic.md")).unwrap();
    let broken = findings(&desk);
    assert_eq!(broken.iter().filter(|found| found.contains("link-broken")).count(), 2, "{broken:?}");
    fix(&desk);
    assert_eq!(desk.text("a.md"), links);
    // its text comes back under another name
    desk.write("w.md", &text);
    let moved = findings(&desk);
    assert_eq!(moved.iter().filter(|found| found.contains("renamed to w.md")).count(), 2, "{moved:?}");
    fix(&desk);
    assert_eq!(desk.text("a.md"), "[x](w.md) [[w]] [[Long title]]\n");
    // and one that appears under its name is what was meant, whatever it says now
    desk.write("a.md", "[z](u/z.md)\n");
    fs::remove_file(at(&desk, "u/z.md")).unwrap();
    assert_eq!(findings(&desk).len(), 1);
    desk.write("x/z.md", "# Z\n\nAll words are new.\n");
    fix(&desk);
    assert_eq!(desk.text("a.md"), "[z](x/z.md)\n");
}

#[test]
fn contents_and_canvases_are_mended_as_notes_are() {
    let canvas = r##"{"nodes":[{"type":"file","file":"b.md","subpath":"#Part"},{"type":"text","text":"[[b|\"b\"]]\n[t](b.md#part)"}]}"##;
    let contents = "# Summary\n\n- [A](a.md)\n  - [B](./b.md)\n";
    let desk = Desk::new(&[
        own("a.md", "# A\n"),
        own("b.md", "# Words\n\n## Part\n\nText of its own.\n"),
        own("SUMMARY.md", contents),
        own("d/c.canvas", canvas),
    ]);
    assert_eq!(findings(&desk), [""; 0]);
    fs::create_dir_all(at(&desk, "e")).unwrap();
    fs::rename(at(&desk, "b.md"), at(&desk, "e/it's.md")).unwrap();
    assert_eq!(
        findings(&desk),
        [
            "SUMMARY.md:4 link-moved `./b.md` leads nowhere: renamed to e/it's.md",
            "d/c.canvas:1 link-moved `/b.md` leads nowhere: renamed to e/it's.md",
            "d/c.canvas:1 link-moved `b` leads nowhere: renamed to e/it's.md",
            "d/c.canvas:1 link-moved `b.md` leads nowhere: renamed to e/it's.md",
        ]
    );
    let before = desk.files();
    fix(&desk);
    assert_eq!(desk.text("SUMMARY.md"), contents.replace("./b.md", "./e/it's.md"));
    let mended =
        canvas.replace("\"b.md\"", "\"e/it's.md\"").replace("[[b|", "[[it's|").replace("(b.md", "(../e/it's.md");
    assert_eq!(desk.text("d/c.canvas"), mended);
    assert_eq!(findings(&desk), [""; 0]);
    desk.session().undo(None, false).unwrap();
    assert_eq!(desk.files(), before);
}

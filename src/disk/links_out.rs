//! Tests that no link leads out of a notebook, whatever is read or written beside the notes.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use crate::disk;
use crate::disk::Discover;
use crate::disk::FileChange;
use crate::disk::fixture::Desk;
use crate::disk::obsidian;
use crate::model::NotePath;

/// A notebook in which `at` is a link to `secret`, a file or folder beside it.
fn linked(at: &str, secret: &str) -> Desk {
    let desk = Desk::new(&[("a.md", b"# A\n")]);
    let outside = desk.dir.path().join(secret);
    fs::create_dir_all(outside.parent().unwrap()).unwrap();
    if secret.ends_with('/') {
        fs::create_dir_all(&outside).unwrap();
    } else {
        let text = if secret.ends_with(".json") {
            r#"{"folder": "secret", "strictLineBreaks": true}"#
        } else {
            "[book]\nsrc = \"secret\"\n"
        };
        disk::replace::create(&outside, text.as_bytes(), std::ffi::OsStr::new(".t")).unwrap();
    }
    let link = desk.path(at);
    fs::create_dir_all(link.parent().unwrap()).unwrap();
    symlink(&outside, link).unwrap();
    desk
}

#[test]
fn nothing_outside_is_read() {
    let daily = |desk: &Desk| obsidian::daily_notes(&desk.notebook).is_some();
    assert!(obsidian::hard_line_breaks(&linked(".obsidian/app.json", "strict.json").notebook));
    assert!(!daily(&linked(".obsidian/daily-notes.json", "daily.json")));
    let desk = linked(".obsidian", "else/");
    disk::replace::create(&desk.dir.path().join("else/daily-notes.json"), b"{}", std::ffi::OsStr::new(".t")).unwrap();
    assert!(!daily(&desk));
    assert_eq!(disk::summary(&linked("SUMMARY.md", "s.md").notebook), None);
    let theme = |desk: &Desk| disk::theme_files(&desk.notebook).map(|files| files.len()).unwrap_or_default();
    assert_eq!(theme(&linked("templates/site/style.css", "s.css")), 0);
    let desk = linked("extra.css", "s.css");
    assert!(disk::extra_files(&desk.notebook, &["extra.css".to_owned()]).is_err());
    assert!(disk::extra_files(&desk.notebook, &["../s.css".to_owned()]).is_err());
    // A template of daily notes, a note: by any path.
    for (at, path) in [("t.md", "t.md"), ("templates", "templates/t.md")] {
        let desk = linked(at, if at == "t.md" { "t.md" } else { "else/" });
        if at == "templates" {
            disk::replace::create(&desk.dir.path().join("else/t.md"), b"secret", std::ffi::OsStr::new(".t")).unwrap();
        }
        let error = disk::read(&desk.notebook, &NotePath::from(path)).unwrap_err();
        assert!(error.to_string().ends_with("its path leads out of the notes folder"), "{error}");
    }
    assert!(disk::read(&linked("t.md", "t.md").notebook, &NotePath::from("../t.md")).is_err());
    // Settings are refused by name.
    let desk = linked("book.toml", "book.toml");
    let error = disk::discover(&Discover { notebook: Some(desk.notebook.root.clone()), ..Discover::default() });
    let error = error.unwrap_err().to_string();
    assert!(error.ends_with("book.toml: it leads out of the notebook"), "{error}");
    // Rules of a repository.
    let desk = linked(".git", "else/");
    fs::create_dir(desk.dir.path().join("else/info")).unwrap();
    disk::replace::create(&desk.dir.path().join("else/info/exclude"), b"a.md", std::ffi::OsStr::new(".t")).unwrap();
    assert_eq!(disk::walk(&desk.notebook, disk::WalkOptions::default()).unwrap().files.len(), 1);
}

#[test]
fn nothing_outside_is_written() {
    let entries = |folder: &Path| fs::read_dir(folder).unwrap().count();
    for at in ["templates", "templates/site"] {
        let desk = linked(at, "else/");
        assert!(disk::write_theme(&desk.notebook, &[("style.css", "p {}")]).is_err(), "{at}");
        assert_eq!(entries(&desk.dir.path().join("else")), 0, "{at}");
    }
    let desk = linked("journal", "else/");
    let note = |path: &str| desk.commit(vec![FileChange::create(NotePath::from(path), "x")]);
    assert!(note("journal/today.md").is_err() && note("journal/2026/today.md").is_err());
    assert_eq!(entries(&desk.dir.path().join("else")), 0);
    // What is inside may be linked.
    let desk = Desk::new(&[("days/t.md", b"# T\n"), (".obsidian/d.json", br#"{"folder": "days"}"#)]);
    symlink(desk.path("days"), desk.path("journal")).unwrap();
    symlink("d.json", desk.path(".obsidian/daily-notes.json")).unwrap();
    assert_eq!(disk::read(&desk.notebook, &NotePath::from("journal/t.md")).unwrap().text, "# T\n");
    assert!(obsidian::daily_notes(&desk.notebook).is_some());
    assert_eq!(disk::write_theme(&desk.notebook, &[("style.css", "p {}")]).unwrap().1, ["style.css"]);
    desk.commit(vec![FileChange::create(NotePath::from("journal/new.md"), "x")]).unwrap();
    assert_eq!(desk.get("days/new.md"), b"x");
}

use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::fs::symlink;

use super::*;
use crate::disk::fixture::Desk;

#[test]
fn a_file_that_changed_meanwhile_is_not_written() {
    let desk = Desk::new(&[("a.md", b"a"), ("b.md", b"b")]);
    let changes = vec![desk.change("a.md", &[(0, 1, "A")]), desk.change("b.md", &[(0, 1, "B")])];
    desk.put("b.md", b"c");
    let error = desk.commit(changes).unwrap_err();
    assert!(matches!(error, CommitError::Write(WriteError::Changed { .. })));
    assert!(error.to_string().ends_with("/n/b.md: it has changed since it was read"), "{error}");
    assert_eq!((desk.get("a.md"), desk.log().list().unwrap().len()), (b"a".to_vec(), 0));
}

#[test]
fn a_read_only_file_is_not_written() {
    let desk = Desk::new(&[("a.md", b"a")]);
    fs::set_permissions(desk.path("a.md"), fs::Permissions::from_mode(0o444)).unwrap();
    let error = desk.commit(vec![desk.change("a.md", &[(0, 1, "A")])]).unwrap_err();
    assert!(error.to_string().ends_with("/n/a.md: it is read-only"), "{error}");
    assert_eq!(desk.get("a.md"), b"a");
}

#[test]
fn mode_links_and_names_stay() {
    let desk = Desk::new(&[("d/a.md", b"a"), ("h.md", b"- [ ] h, longer")]);
    fs::set_permissions(desk.path("d/a.md"), fs::Permissions::from_mode(0o640)).unwrap();
    symlink("d/a.md", desk.path("l.md")).unwrap();
    fs::hard_link(desk.path("h.md"), desk.path("i.md")).unwrap();
    desk.edit("l.md", &[(0, 1, "A")]);
    assert!(desk.path("l.md").is_symlink());
    assert_eq!(desk.get("d/a.md"), b"A");
    assert_eq!(desk.path("d/a.md").metadata().unwrap().mode() & 0o7777, 0o640);
    // A file with two names stays one file, be the new text as long, longer or shorter.
    for new in ["x", " and", ""] {
        desk.edit("h.md", &[(3, 4, new)]);
        let expected = format!("- [{new}] h, longer");
        assert_eq!((desk.get("h.md"), desk.get("i.md")), (expected.clone().into_bytes(), expected.into_bytes()));
        desk.undo(None).unwrap();
        assert_eq!(desk.get("i.md"), b"- [ ] h, longer");
    }
    assert_eq!(desk.path("h.md").metadata().unwrap().nlink(), 2);
    let twice = desk.commit(vec![desk.change("l.md", &[(0, 1, "b")]), desk.change("d/a.md", &[(0, 1, "c")])]);
    assert_eq!(twice.unwrap_err().to_string(), "d/a.md: changed twice at once");
}

#[test]
fn what_changes_nothing_is_not_logged() {
    let desk = Desk::new(&[("a.md", b"a")]);
    let report = desk.commit(vec![desk.change("a.md", &[(0, 1, "a")]), desk.change("a.md", &[])]).unwrap();
    assert_eq!(report, Report::default());
    assert!(!desk.log().path().exists());
}

#[test]
fn the_log_is_private_and_does_not_grow_for_ever() {
    let desk = Desk::new(&[("a.md", b"")]);
    let large = "x".repeat(1 << 20);
    for n in 0..20 {
        let text = if n % 2 == 0 { large.as_str() } else { "" };
        let end = if n % 2 == 0 { 0 } else { large.len() };
        desk.edit("a.md", &[(0, end, text)]);
    }
    let meta = fs::metadata(desk.log().path()).unwrap();
    assert!(meta.len() < 9 << 20, "{}", meta.len());
    assert_eq!(meta.mode() & 0o7777, 0o600);
    let list = desk.log().list().unwrap();
    assert_eq!(list.last().unwrap().number, 20);
    desk.undo(None).unwrap();
    assert_eq!(desk.get("a.md").len(), large.len());
}

#[test]
fn two_at_once_take_turns() {
    let desk = Desk::new(&[]);
    for n in 0..8 {
        desk.put(&format!("{n}.md"), b"a");
    }
    std::thread::scope(|scope| {
        for n in 0..8 {
            let desk = &desk;
            scope.spawn(move || desk.edit(&format!("{n}.md"), &[(0, 1, "b")]));
        }
    });
    let numbers: Vec<u64> = desk.log().list().unwrap().iter().map(|change| change.number).collect();
    assert_eq!(numbers, (1..=8).collect::<Vec<u64>>());
}

#[test]
fn two_names_of_one_file_are_one_target() {
    let desk = Desk::new(&[("h.md", b"- [ ] a\n- [ ] b\n"), ("z.md", b"z")]);
    fs::hard_link(desk.path("h.md"), desk.path("i.md")).unwrap();
    let tick = |name: &str, at: usize| desk.change(name, &[(at, at + 1, "x")]);
    // The same change by both names, and one by each.
    let report = desk.commit(vec![tick("h.md", 3), desk.change("z.md", &[(0, 1, "Z")]), tick("i.md", 3)]).unwrap();
    assert_eq!((report.files.len(), desk.get("h.md")), (2, b"- [x] a\n- [ ] b\n".to_vec()));
    desk.undo(None).unwrap();
    desk.commit(vec![tick("i.md", 11), tick("h.md", 3)]).unwrap();
    assert_eq!(desk.get("h.md"), b"- [x] a\n- [x] b\n");
    desk.undo(None).unwrap();
    assert_eq!((desk.get("i.md"), desk.get("z.md")), (b"- [ ] a\n- [ ] b\n".to_vec(), b"z".to_vec()));
    let conflict = desk.commit(vec![tick("i.md", 3), desk.change("h.md", &[(3, 4, "-")])]);
    assert!(matches!(conflict, Err(CommitError::Edits { .. })), "{conflict:?}");
    assert_eq!(desk.get("h.md"), b"- [ ] a\n- [ ] b\n");
    // Changed by one name, taken back though the other was changed since.
    desk.commit(vec![tick("h.md", 3)]).unwrap();
    desk.commit(vec![tick("i.md", 11)]).unwrap();
    desk.undo(Some(desk.log().last().unwrap().unwrap().number - 1)).unwrap();
    assert_eq!(desk.get("h.md"), b"- [ ] a\n- [x] b\n");
}

#[test]
fn one_that_cannot_be_written_leaves_all_as_they_were() {
    let desk = Desk::new(&[("a.md", b"a"), ("b.md", b"b"), ("x/c.md", b"c")]);
    let names = desk.names();
    // A folder in the way of the temporary file: not even root can write there.
    let changes = || {
        vec![
            desk.change("a.md", &[(0, 1, "A")]),
            FileChange::create(NotePath::from("n/n.md"), "n"),
            desk.change("x/c.md", &[(0, 1, "C")]),
        ]
    };
    let blocker = desk.path(&format!("x/.hornbook-{}-1-2.tmp", desk.notebook.id()));
    fs::create_dir(&blocker).unwrap();
    assert!(matches!(desk.commit(changes()), Err(CommitError::Write(WriteError::Folder { .. }))));
    assert_eq!(
        (desk.get("a.md"), desk.get("x/c.md"), desk.path("n/n.md").exists()),
        (b"a".to_vec(), b"c".to_vec(), false)
    );
    fs::remove_dir(&blocker).unwrap();
    assert!(matches!(desk.undo(None), Err(crate::disk::UndoError::Nothing)));
    desk.commit(changes()).unwrap();
    desk.undo(None).unwrap();
    assert_eq!(
        (desk.get("a.md"), desk.get("x/c.md"), desk.path("n/n.md").exists()),
        (b"a".to_vec(), b"c".to_vec(), false)
    );
    assert_eq!(desk.names(), names);
}

/// What was put in its place is changed back when a later file cannot be: here one that changes between the two steps.
#[test]
fn those_written_before_a_failure_are_changed_back() {
    let desk = Desk::new(&[("a.md", b"a"), ("h.md", b"h"), ("z.md", b"z")]);
    fs::hard_link(desk.path("h.md"), desk.path("i.md")).unwrap();
    let file = |name: &str, before: Option<&str>, after: &str| Changed {
        path: NotePath::from(name),
        to: None,
        before: before.map(|text| text.as_bytes().to_vec()),
        after: Some(after.as_bytes().to_vec()),
        splices: vec![Splice::new(0, before.map_or(0, str::len), after)],
    };
    let files = [
        file("a.md", Some("a"), "A"),
        file("h.md", Some("h"), "long"),
        file("n.md", None, "n"),
        file("q.md", None, "q"),
    ];
    let places: Vec<Place> =
        files.iter().map(|file| Place { target: desk.notebook.path(&file.path), to: None, swaps: false }).collect();
    let acts = Act::all(&files, &places);
    let records = acts.iter().map(|act| act.record(None)).collect();
    let change = Change {
        number: 1,
        time: String::new(),
        command: String::new(),
        undoes: None,
        files: records,
        folders: Vec::new(),
        moved: Vec::new(),
    };
    // It is made by somebody else.
    desk.put("q.md", b"theirs");
    let (error, left) = write(&desk.notebook, &change, &acts).unwrap_err();
    assert!(matches!(error, WriteError::Io { .. }) && left == 0, "{error}");
    assert_eq!(
        (desk.get("a.md"), desk.get("i.md"), desk.get("q.md")),
        (b"a".to_vec(), b"h".to_vec(), b"theirs".to_vec())
    );
    assert_eq!(desk.names(), ["a.md", "h.md", "i.md", "q.md", "z.md"]);
}

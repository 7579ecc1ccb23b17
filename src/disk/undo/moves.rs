//! Tests of undoing moves.

use std::fs;
use std::os::unix::fs::MetadataExt as _;

use crate::disk::act::Act;
use crate::disk::act::Place;
use crate::disk::commit::Changed;
use crate::disk::commit::FileChange;
use crate::disk::entry::is_same_file;
use crate::disk::fixture::Desk;
use crate::disk::fixture::edits;
use crate::disk::log::Change;
use crate::disk::read::read;
use crate::disk::undo::UndoError;
use crate::disk::undo::Undone;
use crate::disk::whole::read_any;
use crate::edit::Splice;
use crate::model::NotePath;

#[track_caller]
fn refused(result: Result<Undone, UndoError>, message: &str) {
    assert_eq!(result.unwrap_err().to_string(), message);
}

/// Moves `a.md` to a new folder, with an edit on the way, and changes a note beside it.
fn move_it(desk: &Desk) -> u64 {
    let text = read(&desk.notebook, &NotePath::from("a.md")).unwrap();
    let to = NotePath::from("d/e/b.md");
    let moved = FileChange::moved(NotePath::from("a.md"), to, text, edits(&[(0, 3, "ONE")]));
    desk.commit(vec![moved, desk.change("z.md", &[(0, 1, "Z")])]).unwrap().number.unwrap()
}

#[test]
fn a_move_is_undone_and_done_again_to_the_byte() {
    let before = b"\xef\xbb\xbfone \xff two\r\n";
    let after = b"\xef\xbb\xbfONE \xff two\r\n";
    let desk = Desk::new(&[("a.md", before), ("z.md", b"z")]);
    assert_eq!(move_it(&desk), 1);
    assert!(!desk.path("a.md").exists());
    assert_eq!((desk.get("d/e/b.md"), desk.get("z.md")), (after.to_vec(), b"Z".to_vec()));
    assert_eq!(desk.undo(None).unwrap().number, Some(2));
    assert!(!desk.path("d/e/b.md").exists());
    assert_eq!((desk.get("a.md"), desk.get("z.md")), (before.to_vec(), b"z".to_vec()));
    refused(desk.undo(Some(1)), "change 1 has been undone by 2");
    desk.undo(Some(2)).unwrap();
    assert!(!desk.path("a.md").exists());
    assert_eq!(desk.get("d/e/b.md"), after);
    desk.undo(None).unwrap();
    assert_eq!(desk.get("a.md"), before);
    assert_eq!(desk.undo(None).unwrap_err().to_string(), "there is nothing to undo");
}

#[test]
fn a_move_is_not_undone_where_something_is_in_the_way() {
    let desk = Desk::new(&[("a.md", b"one"), ("z.md", b"z")]);
    move_it(&desk);
    desk.put("a.md", b"another");
    refused(desk.undo(None), "change 1 cannot be undone:\nd/e/b.md: something else is at its old place");
    assert_eq!(
        (desk.get("a.md"), desk.get("d/e/b.md"), desk.get("z.md")),
        (b"another".to_vec(), b"ONE".to_vec(), b"Z".to_vec())
    );
    fs::remove_file(desk.path("a.md")).unwrap();
    desk.put("d/e/b.md", b"more");
    refused(desk.undo(None), "change 1 cannot be undone:\nd/e/b.md: it was changed since it was made");
}

/// A crash between the two halves of a move: both files are there, and undo leaves the old one.
#[test]
fn a_move_that_was_cut_off_is_taken_back() {
    let desk = Desk::new(&[("a.md", b"one"), ("z.md", b"z")]);
    move_it(&desk);
    desk.put("a.md", b"one");
    desk.undo(None).unwrap();
    assert!(!desk.path("d/e/b.md").exists());
    assert_eq!((desk.get("a.md"), desk.get("z.md")), (b"one".to_vec(), b"z".to_vec()));
    // neither half was reached
    move_it(&desk);
    fs::remove_file(desk.path("d/e/b.md")).unwrap();
    desk.put("a.md", b"one");
    desk.undo(None).unwrap();
    assert_eq!((desk.get("a.md"), desk.get("z.md")), (b"one".to_vec(), b"z".to_vec()));
}

#[test]
fn a_file_that_moves_as_it_is_stays_the_same_file() {
    let desk = Desk::new(&[("p.png", b"\x89PNG\0")]);
    let inode = desk.path("p.png").metadata().unwrap().ino();
    let text = read_any(&desk.notebook, &NotePath::from("p.png")).unwrap();
    desk.commit(vec![FileChange::moved(NotePath::from("p.png"), NotePath::from("q/r.png"), text, Vec::new())]).unwrap();
    assert_eq!(desk.path("q/r.png").metadata().unwrap().ino(), inode);
    desk.undo(None).unwrap();
    assert_eq!(desk.path("p.png").metadata().unwrap().ino(), inode);
    assert_eq!(desk.get("p.png"), b"\x89PNG\0");
}

/// As on a disk for which both names are one: the file is moved aside for a moment.
fn swap(desk: &Desk, stop: bool) {
    let (from, to) = (NotePath::from("Note.md"), NotePath::from("note.md"));
    let files = [Changed {
        path: from.clone(),
        to: Some(to.clone()),
        before: Some(b"one".to_vec()),
        after: Some(b"two".to_vec()),
        splices: vec![Splice::new(0, 3, b"two".to_vec())],
    }];
    let places = [Place { target: desk.notebook.path(&from), to: Some(desk.notebook.path(&to)), swaps: true }];
    let acts = Act::all(&files, &places);
    let log = desk.log();
    let lock = log.lock().unwrap();
    let records = acts.iter().map(|act| act.record(lock.owner())).collect();
    let change = Change {
        number: 1,
        time: String::new(),
        command: String::new(),
        undoes: None,
        files: records,
        folders: Vec::new(),
        moved: Vec::new(),
    };
    log.append(&change, &lock).unwrap();
    if stop {
        fs::remove_file(desk.path("Note.md")).unwrap();
        return;
    }
    for act in &acts {
        act.stage("tmp".as_ref(), true).unwrap().write(act.target).unwrap();
    }
    assert_eq!((desk.get("note.md"), desk.names()), (b"two".to_vec(), vec!["note.md".to_owned()]));
    for act in acts.iter().rev() {
        act.revert("tmp".as_ref(), true).unwrap();
    }
    assert_eq!((desk.get("Note.md"), desk.names()), (b"one".to_vec(), vec!["Note.md".to_owned()]));
    for act in &acts {
        act.stage("tmp".as_ref(), true).unwrap().write(act.target).unwrap();
    }
}

#[test]
fn a_file_whose_names_are_one_to_the_disk() {
    for stop in [false, true] {
        let desk = Desk::new(&[("Note.md", b"one")]);
        swap(&desk, stop);
        desk.undo(None).unwrap();
        assert_eq!((desk.get("Note.md"), desk.names()), (b"one".to_vec(), vec!["Note.md".to_owned()]), "{stop}");
    }
    let desk = Desk::new(&[("a.md", b"a")]);
    fs::hard_link(desk.path("a.md"), desk.path("b.md")).unwrap();
    assert!(!is_same_file(&desk.path("a.md"), &desk.path("b.md")));
    assert!(!is_same_file(&desk.path("a.md"), &desk.path("A.md")));
}

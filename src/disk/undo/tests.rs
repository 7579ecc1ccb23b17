use std::ffi::OsStr;
use std::fs;
use std::os::unix::fs::symlink;

use proptest::prelude::*;

use super::UndoError;
use super::Undone;
use super::undo;
use crate::disk::commit::FileChange;
use crate::disk::commit::Writer;
use crate::disk::commit::commit;
use crate::disk::fixture::Desk;
use crate::disk::read::Text;
use crate::disk::read::read;
use crate::disk::replace;
use crate::model::Edit;
use crate::model::NotePath;

#[track_caller]
fn refused(result: Result<Undone, UndoError>, message: &str) {
    assert_eq!(result.unwrap_err().to_string(), message);
}

#[test]
fn a_tick_changes_one_byte_and_undo_brings_it_back() {
    let before = b"\xef\xbb\xbf- [ ] a\xff\r\n\t- [ ] b\r- [ ] c";
    let desk = Desk::new(&[("a.md", before), ("b.md", b"b")]);
    let at = read(&desk.notebook, &NotePath::from("a.md")).unwrap().text.rfind("[ ]").unwrap() + 1;
    let report = desk.commit(vec![desk.change("a.md", &[(at, at + 1, "x")])]).unwrap();
    assert_eq!((report.number, report.files.len()), (Some(1), 1));
    let after = desk.get("a.md");
    assert_eq!(after, b"\xef\xbb\xbf- [ ] a\xff\r\n\t- [ ] b\r- [x] c");
    let undone = desk.undo(None).unwrap();
    assert_eq!((undone.change.number, undone.number), (1, Some(2)));
    assert_eq!(undone.change.command, "done a");
    assert_eq!(desk.get("a.md"), before);
    refused(desk.undo(None), "there is nothing to undo");
    refused(desk.undo(Some(1)), "change 1 has been undone by 2");
    refused(desk.undo(Some(9)), "there is no change 9 to undo");
    desk.undo(Some(2)).unwrap();
    assert_eq!(desk.get("a.md"), after);
    // The redo is the last change now.
    assert_eq!(desk.undo(None).unwrap().change.number, 3);
    assert_eq!(desk.get("a.md"), before);
    refused(desk.undo(None), "there is nothing to undo");
    assert_eq!(desk.names(), ["a.md", "b.md"]);
}

#[test]
fn undo_goes_back_step_by_step() {
    let desk = Desk::new(&[("a.md", b"0")]);
    for (old, new) in [("0", "1"), ("1", "22"), ("22", "3")] {
        desk.edit("a.md", &[(0, old.len(), new)]);
    }
    for expected in ["22", "1", "0"] {
        desk.undo(None).unwrap();
        assert_eq!(desk.get("a.md"), expected.as_bytes());
    }
    assert!(matches!(desk.undo(None), Err(UndoError::Nothing)));
}

#[test]
fn an_older_change_is_undone_where_later_ones_leave_it_alone() {
    let desk = Desk::new(&[("a.md", b"one two three")]);
    desk.edit("a.md", &[(4, 7, "TWO")]);
    desk.edit("a.md", &[(0, 3, "eleven"), (13, 13, "!")]);
    desk.undo(Some(1)).unwrap();
    assert_eq!(desk.get("a.md"), b"eleven two three!");
    // And the later one after it.
    desk.undo(None).unwrap();
    assert_eq!(desk.get("a.md"), b"one two three");
    desk.undo(Some(3)).unwrap();
    assert_eq!(desk.get("a.md"), b"one TWO three");
    desk.edit("a.md", &[(0, 3, "1")]);
    refused(desk.undo(Some(3)), "change 3 has been undone by 5");
}

#[test]
fn a_later_change_at_the_same_place_is_in_the_way() {
    let desk = Desk::new(&[("a.md", b"one two"), ("b.md", b"b")]);
    desk.commit(vec![desk.change("a.md", &[(4, 7, "TWO")]), desk.change("b.md", &[(0, 1, "B")])]).unwrap();
    desk.edit("a.md", &[(5, 6, "-")]);
    refused(
        desk.undo(Some(1)),
        "change 1 cannot be undone:\na.md: change 2 (done a) is at the same place: undo 2 first",
    );
    // All or nothing.
    assert_eq!(desk.get("b.md"), b"B");
    // Beside a deletion nobody knows on which side the old text was.
    let desk = Desk::new(&[("a.md", b"abc")]);
    desk.edit("a.md", &[(1, 2, "")]);
    desk.edit("a.md", &[(1, 1, "x")]);
    assert!(matches!(desk.undo(Some(1)), Err(UndoError::Refused { .. })));
}

#[test]
fn what_others_changed_is_not_guessed_at() {
    let desk = Desk::new(&[("a.md", b"one two")]);
    desk.edit("a.md", &[(4, 7, "TWO")]);
    desk.put("a.md", b"one TWO three");
    refused(desk.undo(None), "change 1 cannot be undone:\na.md: the place of the change was changed since");
    desk.edit("a.md", &[(0, 1, "O")]);
    refused(desk.undo(Some(1)), "change 1 cannot be undone:\na.md: the place of the change was changed since");
    desk.undo(None).unwrap();
    fs::remove_file(desk.path("a.md")).unwrap();
    refused(desk.undo(Some(1)), "change 1 cannot be undone:\na.md: it is gone");
}

#[test]
fn a_change_is_undone_though_others_changed_the_rest() {
    let desk = Desk::new(&[("a.md", b"# A\n- [ ] one\n- [ ] two\n"), ("b.md", b"- [ ] b\n")]);
    let tick = |name: &str, at: usize| desk.change(name, &[(at, at + 1, "x")]);
    desk.commit(vec![tick("a.md", 7), tick("b.md", 3)]).unwrap();
    desk.edit("a.md", &[(17, 18, "x")]);
    desk.put("a.md", b"new\n# A\n- [x] one\n- [x] two\nend");
    desk.undo(Some(1)).unwrap();
    assert_eq!(desk.get("a.md"), b"new\n# A\n- [ ] one\n- [x] two\nend");
    assert_eq!(desk.get("b.md"), b"- [ ] b\n");
    // Again changed by others: the undo and the other change are found as well.
    desk.put("a.md", b"# A\n- [ ] one\nhere\n- [x] two\n");
    refused(desk.undo(Some(1)), "change 1 has been undone by 3");
    assert_eq!(desk.undo(None).unwrap().change.number, 2);
    assert_eq!(desk.get("a.md"), b"# A\n- [ ] one\nhere\n- [ ] two\n");
    desk.put("a.md", b"- [ ] one\n");
    desk.undo(Some(3)).unwrap();
    assert_eq!((desk.get("a.md"), desk.get("b.md")), (b"- [x] one\n".to_vec(), b"- [x] b\n".to_vec()));
    // All or nothing.
    desk.put("b.md", b"- [x] b, c\n");
    assert!(matches!(desk.undo(None), Err(UndoError::Refused { .. })));
    assert_eq!(desk.get("a.md"), b"- [x] one\n");
}

#[test]
fn a_change_that_was_cut_off_is_undone_as_far_as_it_came() {
    let names: Vec<String> = (0..20).map(|n| format!("{n:02}.md")).collect();
    for came in [0, 1, 7, 20] {
        let desk = Desk::new(&[("z.md", b"z")]);
        for name in &names {
            desk.put(name, b"- [ ] a");
        }
        desk.edit("z.md", &[(0, 1, "Z")]);
        desk.commit(names.iter().map(|name| desk.change(name, &[(3, 4, "x")])).collect()).unwrap();
        // A kill after `came` files leaves just this, and a temporary file.
        for name in &names[came..] {
            desk.put(name, b"- [ ] a");
        }
        desk.put(&format!(".hornbook-{}-2-0.tmp", desk.notebook.id()), b"- [x");
        let undone = desk.undo(None).unwrap();
        assert_eq!((undone.change.number, undone.files.len(), undone.never_changed.len()), (2, came, 20 - came));
        for name in &names {
            assert_eq!(desk.get(name), b"- [ ] a");
        }
        assert_eq!(desk.names().len(), 21, "the temporary file is gone");
        // Not in the way of the one before.
        assert_eq!(desk.undo(None).unwrap().change.number, 1);
        assert_eq!(desk.get("z.md"), b"z");
    }
}

#[test]
fn a_change_that_was_cut_off_and_made_again_is_undone_in_two_steps() {
    for came in [0, 1, 2, 3] {
        let names = ["a.md", "b.md", "c.md"];
        let desk = Desk::new(&names.map(|name| (name, &b"- [ ] a"[..])));
        let tick = |names: &[&str]| desk.commit(names.iter().map(|name| desk.change(name, &[(3, 4, "x")])).collect());
        tick(&names).unwrap();
        for name in &names[came..] {
            desk.put(name, b"- [ ] a");
        }
        let again = tick(&names[came..]).unwrap();
        let bytes =
            |n: usize| names.map(|name| desk.get(name)).iter().filter(|bytes| **bytes == b"- [x] a").count() == n;
        assert!(bytes(3));
        if again.number.is_some() {
            assert_eq!(desk.undo(None).unwrap().change.number, 2);
            assert!(bytes(came));
        }
        let undone = desk.undo(None).unwrap();
        assert_eq!((undone.change.number, undone.files.len(), undone.never_changed.len()), (1, came, 3 - came));
        assert!(bytes(0));
        assert!(matches!(desk.undo(None), Err(UndoError::Nothing)));
    }
}

#[test]
fn an_undo_that_was_cut_off_is_finished_by_the_next() {
    let desk = Desk::new(&[("a.md", b"a"), ("b.md", b"b")]);
    desk.commit(vec![desk.change("a.md", &[(0, 1, "A")]), desk.change("b.md", &[(0, 1, "B")])]).unwrap();
    desk.undo(None).unwrap();
    desk.put("b.md", b"B");
    let undone = desk.undo(None).unwrap();
    assert_eq!((undone.change.number, undone.files.len()), (1, 1));
    assert_eq!((desk.get("a.md"), desk.get("b.md")), (b"a".to_vec(), b"b".to_vec()));
    assert!(matches!(desk.undo(None), Err(UndoError::Nothing)));
}

#[test]
fn a_log_line_that_was_cut_off_never_happened() {
    let desk = Desk::new(&[("a.md", b"a")]);
    desk.edit("a.md", &[(0, 1, "A")]);
    let path = desk.log().path();
    let mut log = fs::read(&path).unwrap();
    log.extend_from_slice(br#"{"number":2,"time":"2026"#);
    fs::remove_file(&path).unwrap();
    replace::create(&path, &log, OsStr::new(".t")).unwrap();
    assert_eq!(desk.log().list().unwrap().len(), 1);
    assert_eq!(desk.edit("a.md", &[(0, 1, "B")]), 2);
    assert_eq!(desk.log().list().unwrap().len(), 2);
    desk.undo(None).unwrap();
    desk.undo(None).unwrap();
    assert_eq!(desk.get("a.md"), b"a");
}

#[test]
fn a_new_note_goes_and_comes_again() {
    let desk = Desk::new(&[("a.md", b"a")]);
    let create = |name: &str| desk.commit(vec![FileChange::create(NotePath::from(name), "new\n")]);
    create("x/y/b.md").unwrap();
    assert_eq!(desk.get("x/y/b.md"), b"new\n");
    assert_eq!(create("x/y/b.md").unwrap_err().to_string(), "x/y/b.md: it already exists");
    desk.undo(None).unwrap();
    assert!(!desk.path("x/y/b.md").exists());
    desk.undo(Some(2)).unwrap();
    assert_eq!(desk.get("x/y/b.md"), b"new\n");
    desk.put("x/y/b.md", b"new and mine\n");
    assert!(matches!(desk.undo(None), Err(UndoError::Refused { .. })));
    symlink("/etc", desk.path("out")).unwrap();
    symlink("none", desk.path("dead.md")).unwrap();
    for name in ["../b.md", "/b.md", "out/hornbook.md", "dead.md", "a.md/b.md"] {
        assert!(create(name).is_err(), "{name}");
    }
    assert_eq!(desk.names(), ["a.md", "dead.md", "out", "x"]);
}

#[test]
fn half_a_write_in_place_is_recognised() {
    for (new, half) in [("xyz", &b"- [x ] a b c"[..]), ("", b"- [] a b cc"), ("12345678", b"- [123")] {
        let before = b"- [   ] a b c";
        let desk = Desk::new(&[("h.md", before)]);
        fs::hard_link(desk.path("h.md"), desk.path("i.md")).unwrap();
        desk.edit("h.md", &[(3, 6, new)]);
        let cut = if new == "xyz" { b"- [x  ] a b c" } else { half };
        desk.put("h.md", cut);
        let undone = desk.undo(None);
        if new.is_empty() {
            // Not a mixture of the two: somebody's own text.
            assert!(matches!(undone, Err(UndoError::Refused { .. })));
        } else {
            undone.unwrap();
            assert_eq!(desk.get("h.md"), before);
            assert!(matches!(desk.undo(None), Err(UndoError::Nothing)));
        }
    }
}

/// The undo itself is cut off: the next one writes the file whole, and so does one of another change.
#[test]
fn half_an_undo_in_place_is_finished() {
    for (new, written) in [("xyz", 4), ("12345678", 13), ("", 6)] {
        for number in [None, Some(1)] {
            let desk = Desk::new(&[("h.md", b"- [   ] a b c")]);
            fs::hard_link(desk.path("h.md"), desk.path("j.md")).unwrap();
            desk.edit("h.md", &[(10, 11, "B")]);
            desk.edit("h.md", &[(3, 6, new)]);
            let whole = desk.get("h.md");
            desk.undo(None).unwrap();
            let mut half = desk.get("h.md");
            half.truncate(written);
            half.extend_from_slice(&whole[written..]);
            desk.put("h.md", &half);
            desk.undo(number).unwrap();
            let left = if number.is_none() { "- [   ] a B c".to_owned() } else { format!("- [{new}] a b c") };
            assert_eq!(String::from_utf8(desk.get("h.md")).unwrap(), left, "{new:?} {number:?}");
        }
    }
}

#[test]
fn a_dry_run_writes_nothing() {
    let desk = Desk::new(&[("a.md", b"a")]);
    let state = desk.state();
    let dry = Writer { notebook: &desk.notebook, state: &state, now: "", command: "", dry_run: true };
    let report = commit(&dry, vec![desk.change("a.md", &[(0, 1, "A")])], Vec::new()).unwrap();
    assert_eq!((report.number, report.files[0].after.as_deref()), (None, Some(&b"A"[..])));
    assert!(!state.exists());
    desk.edit("a.md", &[(0, 1, "A")]);
    let undone = undo(&dry, None).unwrap();
    assert_eq!((undone.number, undone.files[0].after.as_deref()), (None, Some(&b"a"[..])));
    assert_eq!(desk.get("a.md"), b"A");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// Any bytes, any sequence of edits, undone newest first: every step brings the bytes before it back.
    #[test]
    fn undo_restores_bytes(
        bytes in prop::collection::vec(prop_oneof![any::<u8>(), Just(b'\n'), Just(b'a')], 0..60),
        steps in prop::collection::vec(prop::collection::vec((any::<prop::sample::Index>(), 0_usize..4, "\\PC{0,3}"), 1..4), 1..5),
    ) {
        let desk = Desk::new(&[("a.md", &bytes)]);
        let mut versions = vec![bytes];
        for step in steps {
            let text = Text::decode(desk.get("a.md"));
            let borders: Vec<usize> = (0..=text.text.len()).filter(|&at| text.text.is_char_boundary(at)).collect();
            let edits = step.into_iter().map(|(index, width, new)| {
                let start = index.index(borders.len());
                let end = (start + width).min(borders.len() - 1);
                Edit { start: borders[start], end: borders[end], text: new }
            }).collect();
            if let Ok(report) = desk.commit(vec![FileChange::edit(NotePath::from("a.md"), text, edits)])
                && report.number.is_some()
            {
                versions.push(desk.get("a.md"));
            }
        }
        let last = versions.pop().unwrap();
        prop_assert_eq!(desk.get("a.md"), last.clone());
        let mut undos = Vec::new();
        while let Some(version) = versions.pop() {
            undos.push(desk.undo(None).unwrap().number);
            prop_assert_eq!(desk.get("a.md"), version);
        }
        prop_assert!(matches!(desk.undo(None), Err(UndoError::Nothing)));
        while let Some(number) = undos.pop() {
            desk.undo(number).unwrap();
        }
        prop_assert_eq!(desk.get("a.md"), last);
    }

    /// A change undone out of order: the other edits are where they would without it.
    #[test]
    fn undo_out_of_order_leaves_the_rest(
        order in Just(vec![0_usize, 1, 2, 3]).prop_shuffle(),
        news in prop::collection::vec("[a-z]{0,5}", 4),
        back in 0_usize..4,
    ) {
        let desk = Desk::new(&[("a.md", b"<0>--<1>--<2>--<3>")]);
        for &n in &order {
            let at = String::from_utf8(desk.get("a.md")).unwrap().find(&format!("<{n}>")).unwrap();
            desk.edit("a.md", &[(at, at + 3, &news[n])]);
        }
        let number = order.iter().position(|&n| n == back).unwrap() as u64 + 1;
        let expected: Vec<String> =
            (0..4).map(|n| if n == back { format!("<{n}>") } else { news[n].clone() }).collect();
        desk.undo(Some(number)).unwrap();
        prop_assert_eq!(String::from_utf8(desk.get("a.md")).unwrap(), expected.join("--"));
        desk.undo(Some(5)).unwrap();
        prop_assert_eq!(String::from_utf8(desk.get("a.md")).unwrap(), news.join("--"));
    }
}

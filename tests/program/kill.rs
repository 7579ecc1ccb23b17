//! `done`, `mv` and `undo` killed in the middle: each note is old or new, nothing is left behind, and `undo` knows which.
//!
//! The parent looks at the notes until so many have changed (or the log, or a temporary file, is there) and kills then;
//! other rounds wait for a seeded time. A round that comes too late or too early must hold as well, and is not counted.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops where something is wrong")]
#![expect(clippy::disallowed_methods, reason = "the notes are the test's own")]

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::process::Stdio;
use std::time::Duration;
use std::time::Instant;

const NOTES: usize = 50;
const TASKS: usize = 20;
/// Written in place, because it has a second name: its bytes count after `undo` only.
const LINKED: usize = 31;

/// When a command is killed.
#[derive(Debug, Clone, Copy)]
enum Moment {
    /// The log has grown.
    Logged,
    /// This note, counted in the order in which they are written, is new.
    Written(usize),
    /// A temporary file stands in a folder, once this note is new.
    Temporary(usize),
    /// So many microseconds after its start.
    After(u64),
}

/// How a round ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Left {
    Old,
    New,
    Both,
}

/// A notebook with a thousand open tasks, what every note holds, and what it will hold when all of them are done.
struct Round {
    home: tempfile::TempDir,
    old: Vec<Vec<u8>>,
    new: Vec<Vec<u8>>,
}

impl Round {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let mut round = Self { home, old: Vec::new(), new: Vec::new() };
        for folder in 0..5 {
            fs::create_dir_all(round.root().join(format!("f{folder}"))).unwrap();
        }
        fs::write(round.root().join("book.toml"), "[preprocessor.hornbook]\nstamp = \"always\"\n").unwrap();
        for note in 0..NOTES {
            let end = if note % 3 == 1 { "\r\n" } else { "\n" };
            let mark = if note % 7 == 2 { "\u{feff}" } else { "" };
            let mut lines: Vec<String> = (0..TASKS).map(|task| format!("- [ ] task {task} of note {note}")).collect();
            lines.insert(0, "see [the hub](../hub.md)".to_owned());
            let last = if note % 4 == 3 { "" } else { end };
            let text = format!("{mark}# Note {note}{end}{end}{}{last}", lines.join(end));
            fs::write(round.path(note), &text).unwrap();
            round.old.push(text.clone().into_bytes());
            let done = text
                .replace("[ ]", "[x]")
                .replace(&format!("of note {note}"), &format!("of note {note} ✅ 2026-11-21"));
            round.new.push(done.into_bytes());
        }
        fs::write(round.root().join("hub.md"), HUB).unwrap();
        fs::hard_link(round.path(LINKED), round.home.path().join("second-name")).unwrap();
        // the index is made once, so that the commands come to writing soon
        assert!(round.run(&["todo"]).0);
        round
    }

    /// A notebook of notes that link to one another, with people in them.
    fn linked() -> Self {
        let round = Self { home: tempfile::tempdir().unwrap(), old: Vec::new(), new: Vec::new() };
        fs::create_dir_all(round.root().join("x")).unwrap();
        let note = |path: &str, text: String| fs::write(round.root().join(path), text).unwrap();
        note(
            "big.md",
            "# Big\n\n## Part one\n\n[[a0]] @Ida ^id1\n\n## Part two\n\n[a](x/a1.md)\n\n## Other\n\n[[#Part one]]\n"
                .to_owned(),
        );
        note("other.md", "# Other\n\n[[big]] @Ida\n".to_owned());
        for number in 0..12 {
            let path = format!("{}a{number}.md", if number % 2 == 0 { "" } else { "x/" });
            let up = if number % 2 == 0 { "" } else { "../" };
            note(
                &path,
                format!(
                    "# A {number}\r\n\r\n[[big#Part one]] [t]({up}big.md#part-two) [[big#^id1]]\r\n\r\n- [ ] @Ida: task\r\n"
                ),
            );
        }
        assert!(round.run(&["todo"]).0);
        round
    }

    /// Every file, and every folder with nothing in it.
    fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut found = BTreeMap::new();
        for entry in walkdir::WalkDir::new(self.root()).min_depth(1) {
            let path = entry.unwrap().into_path();
            if !path.is_dir() {
                found.insert(path.clone(), fs::read(&path).unwrap());
            } else if fs::read_dir(&path).unwrap().next().is_none() {
                found.insert(path, Vec::new());
            }
        }
        found
    }

    fn root(&self) -> PathBuf {
        self.home.path().join("notebook")
    }

    fn path(&self, note: usize) -> PathBuf {
        // in the order of their paths, which is that of writing
        self.root().join(format!("f{}/n{note:02}.md", note * 5 / NOTES))
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_hornbook"));
        command.args(words).current_dir(self.root()).env_clear().env("HOME", self.home.path());
        command.env("HORNBOOK_TODAY", "2026-11-21").env("TZ", "UTC");
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    }

    /// Runs a command to its end: whether it succeeded, and its exit code.
    fn run(&self, words: &[&str]) -> (bool, Option<i32>) {
        let status = self.command(words).status().unwrap();
        (status.success(), status.code())
    }

    fn log_size(&self) -> u64 {
        let logs = walkdir::WalkDir::new(self.home.path().join(".local")).into_iter().filter_map(Result::ok);
        logs.filter(|entry| entry.file_name() == "undo.jsonl")
            .filter_map(|entry| Some(entry.metadata().ok()?.len()))
            .sum()
    }

    fn temporary_files(&self) -> Vec<PathBuf> {
        let all = walkdir::WalkDir::new(self.root()).into_iter().filter_map(Result::ok);
        all.map(walkdir::DirEntry::into_path).filter(|path| path.extension().is_some_and(|e| e == "tmp")).collect()
    }

    /// Starts a command, kills it at the moment, and says what it left.
    fn kill(&self, words: &[&str], moment: Moment) -> Left {
        self.interrupt(words, moment);
        self.left(moment)
    }

    /// Starts a command and kills it at the moment.
    fn interrupt(&self, words: &[&str], moment: Moment) {
        let size = self.log_size();
        let first = |note: usize| fs::read(self.path(note)).unwrap_or_default();
        let watched = match moment {
            Moment::Written(note) | Moment::Temporary(note) => Some((note, first(note))),
            Moment::Logged | Moment::After(_) => None,
        };
        let mut child = self.command(words).spawn().unwrap();
        let begun = Instant::now();
        let changed = || watched.as_ref().is_none_or(|(note, bytes)| first(*note) != *bytes);
        loop {
            let now = match moment {
                Moment::Logged => self.log_size() > size,
                Moment::Written(_) => changed(),
                Moment::Temporary(note) => {
                    let folder = self.path(note + 1);
                    let folder = fs::read_dir(folder.parent().unwrap()).unwrap().filter_map(Result::ok);
                    changed() && folder.into_iter().any(|entry| entry.path().extension().is_some_and(|e| e == "tmp"))
                }
                Moment::After(micros) => begun.elapsed() >= Duration::from_micros(micros),
            };
            if now || child.try_wait().unwrap().is_some() {
                break;
            }
            assert!(begun.elapsed() < Duration::from_secs(60), "{moment:?} never came");
        }
        child.kill().unwrap();
        let _status = child.wait().unwrap();
    }

    /// Each note is old or new to the byte.
    #[track_caller]
    fn left(&self, moment: Moment) -> Left {
        let (mut old, mut new) = (0, 0);
        for note in (0..NOTES).filter(|note| *note != LINKED) {
            let bytes = fs::read(self.path(note)).unwrap();
            old += usize::from(bytes == self.old[note]);
            new += usize::from(bytes == self.new[note]);
        }
        assert_eq!(old + new, NOTES - 1, "{moment:?}: a note is neither old nor new");
        match (old, new) {
            (_, 0) => Left::Old,
            (0, _) => Left::New,
            _ => Left::Both,
        }
    }

    /// Takes back all that there is; every byte is the old one then, and nothing else is there.
    #[track_caller]
    fn undo_all(&self, moment: Moment) {
        let mut answers = 0;
        loop {
            let (_, code) = self.run(&["undo"]);
            assert!(matches!(code, Some(0 | 1)), "{moment:?}: undo ends with {code:?}");
            assert_eq!(self.temporary_files(), Vec::<PathBuf>::new(), "{moment:?}");
            if code == Some(1) {
                break;
            }
            answers += 1;
            assert!(answers < 10, "{moment:?}: undo finds no end");
        }
        for note in 0..NOTES {
            let bytes = fs::read(self.path(note)).unwrap();
            assert!(bytes == self.old[note], "{moment:?}: {} is not what it was", self.path(note).display());
        }
        assert_eq!(fs::read(self.home.path().join("second-name")).unwrap(), self.old[LINKED]);
        let files = walkdir::WalkDir::new(self.root())
            .into_iter()
            .filter(|entry| entry.as_ref().unwrap().file_type().is_file());
        assert_eq!(fs::read_to_string(self.root().join("hub.md")).unwrap(), HUB, "{moment:?}");
        assert_eq!(files.count(), NOTES + 2, "{moment:?}: the notes, the hub, book.toml and nothing else");
    }
}

/// A note to which all others link.
const HUB: &str = "# Hub\n\n[first](f0/n00.md)\n";

const MOVE: &[&str] = &["mv", "hub", "sub/centre", "--yes"];
const DONE: &[&str] = &["done", "--where", "task"];

/// Waiting times from a fixed seed, over what the command takes here.
fn delays(whole: Duration, count: u64) -> Vec<Moment> {
    let mut seed = 0x2545_F491_4F6C_DD1D_u64;
    let micros = u64::try_from(whole.as_micros()).unwrap().max(1);
    let mut next = move || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        Moment::After(seed % micros)
    };
    (0..count).map(|_| next()).collect()
}

/// Kills at the moments, again and again where each time all was over before: on a busy machine the program is often quicker.
fn until_cut(moments: &[Moment], mut kill: impl FnMut(Moment) -> Left) {
    let mut left = Vec::new();
    for _ in 0..30 {
        left.extend(moments.iter().map(|moment| kill(*moment)));
        if left.contains(&Left::Both) {
            return;
        }
    }
    panic!("no round was cut in the middle: {left:?}");
}

#[test]
fn a_killed_done_leaves_each_note_old_or_new_and_undo_knows_which() {
    let round = Round::new();
    let begun = Instant::now();
    assert!(round.run(DONE).0);
    let whole = begun.elapsed();
    assert_eq!(round.left(Moment::After(0)), Left::New);
    round.undo_all(Moment::After(0));
    let moments = [Moment::Logged, Moment::Temporary(3), Moment::Written(LINKED)];
    let moments: Vec<Moment> = moments.into_iter().chain(delays(whole, 2)).collect();
    until_cut(&moments, |moment| {
        let left = round.kill(DONE, moment);
        round.undo_all(moment);
        left
    });
}

#[test]
fn after_a_killed_done_the_next_one_finishes_and_both_can_be_undone() {
    let round = Round::new();
    until_cut(&[Moment::Logged, Moment::Temporary(5), Moment::Written(25)], |moment| {
        let left = round.kill(DONE, moment);
        let (_, code) = round.run(DONE);
        assert!(matches!(code, Some(0 | 1)), "{moment:?}: {code:?}");
        assert_eq!(round.temporary_files(), Vec::<PathBuf>::new(), "{moment:?}");
        assert_eq!(round.left(moment), Left::New, "{moment:?}");
        round.undo_all(moment);
        left
    });
}

#[test]
fn a_killed_undo_is_finished_by_the_next() {
    let round = Round::new();
    until_cut(&[Moment::Logged, Moment::Temporary(5), Moment::Written(LINKED)], |moment| {
        assert!(round.run(DONE).0);
        let left = round.kill(&["undo"], moment);
        round.undo_all(moment);
        left
    });
}

/// The text of a note that moves is always somewhere, whole.
#[test]
fn a_killed_move_loses_nothing_and_undo_takes_it_back() {
    let mut round = Round::new();
    let moved =
        |old: &Vec<u8>| String::from_utf8(old.clone()).unwrap().replace("../hub.md", "../sub/centre.md").into_bytes();
    round.new = round.old.iter().map(moved).collect();
    let begun = Instant::now();
    assert!(round.run(MOVE).0);
    let whole = begun.elapsed();
    assert_eq!(round.left(Moment::After(0)), Left::New);
    assert!(!round.root().join("hub.md").exists());
    round.undo_all(Moment::After(0));
    let moments = [Moment::Logged, Moment::Temporary(3), Moment::Written(LINKED - 1), Moment::Written(NOTES - 1)];
    let moments: Vec<Moment> = moments.into_iter().chain(delays(whole, 2)).collect();
    until_cut(&moments, |moment| {
        let left = round.kill(MOVE, moment);
        let old = fs::read_to_string(round.root().join("hub.md")).ok();
        let new = fs::read_to_string(round.root().join("sub/centre.md")).ok();
        let is_new = new.as_ref().is_some_and(|text| *text == HUB.replace("f0/n00.md", "../f0/n00.md"));
        assert!(old.as_deref() == Some(HUB) || is_new, "{moment:?}: {old:?} {new:?}");
        // the next command makes it whole, whatever it is
        if matches!(moment, Moment::Logged | Moment::Written(_)) {
            assert!(round.run(&["list"]).0);
            assert_ne!(round.left(moment), Left::Both, "{moment:?}");
            assert_eq!(round.temporary_files(), Vec::<PathBuf>::new(), "{moment:?}");
        }
        round.undo_all(moment);
        left
    });
}

/// What changes several notes, makes some and removes some.
const REARRANGED: [&[&str]; 7] = [
    &["extract", "big#Part one", "--to", "new/folder/part", "--yes"],
    &["split", "big", "--yes"],
    &["merge", "big", "into", "other", "--yes"],
    &["rename", "person", "Ida", "Eda", "--yes"],
    &["rename", "heading", "big#Part one", "Another part", "--yes"],
    &["mv", "x/", "y/z/", "--yes"],
    &["mv", "big", "Big", "--yes"],
];

/// Killed at any moment: the notebook is as before or as afterwards once the next command ran, whatever it is.
#[test]
fn a_killed_rearrangement_is_whole_at_the_next_command() {
    let round = Round::linked();
    let before = round.files();
    for words in REARRANGED {
        let begun = Instant::now();
        assert!(round.run(words).0, "{words:?}");
        let whole = begun.elapsed();
        let after = round.files();
        assert_ne!(before, after, "{words:?}");
        assert!(round.run(&["undo"]).0);
        assert_eq!(round.files(), before, "{words:?}");
        let moments = [Moment::Logged].into_iter().chain(delays(whole, 3));
        for moment in moments {
            round.interrupt(words, moment);
            assert!(round.run(&["list"]).0, "{words:?}");
            assert_eq!(round.temporary_files(), Vec::<PathBuf>::new(), "{words:?} {moment:?}");
            let now = round.files();
            assert!(now == before || now == after, "{words:?} {moment:?}: {:?}", now.keys());
            if now == after {
                assert!(round.run(&["undo"]).0);
            }
            assert_eq!(round.files(), before, "{words:?} {moment:?}");
        }
    }
}

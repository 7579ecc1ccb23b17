//! The index follows the notes, whatever happens to either.
//!
//! Over 400 lines because all tests share the source of notes that counts, fails and changes.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

use proptest::prelude::*;

use crate::disk::Stamp;
use crate::disk::Walk;
use crate::index::Has;
use crate::index::Library;
use crate::index::NoteSource;
use crate::index::RankWord;
use crate::index::Record;
use crate::index::SearchOptions;
use crate::index::SearchQuery;
use crate::index::Select;
use crate::index::Text;
use crate::index::fixture::Book;
use crate::index::fixture::FINGERPRINT;
use crate::index::folder;
use crate::model::NotePath;
use crate::model::Parsed;

const BOOK: [(&str, &str); 4] = [
    ("a/outbox.md", "# Outbox\n\nThe relay reads the table.\n\n## Ordering\n\n- [ ] check the key #events\n"),
    ("b.md", "no heading, only text about the relay\n"),
    ("c.md", ""),
    ("d.md", "# Done\n- [x] finished\n"),
];

fn paths(records: &[Record]) -> Vec<&str> {
    records.iter().map(|record| record.path.as_str()).collect()
}

#[test]
fn facts_by_path_and_by_what_a_note_has() {
    let book = Book::new(&BOOK);
    book.with(|library| {
        assert_eq!(library.stats().added, 4);
        assert_eq!(paths(&library.notes(Select::All).unwrap()), ["a/outbox.md", "b.md", "c.md", "d.md"]);
        assert_eq!(paths(&library.notes(Select::With(Has::OpenTask)).unwrap()), ["a/outbox.md"]);
        assert_eq!(paths(&library.notes(Select::With(Has::Task)).unwrap()), ["a/outbox.md", "d.md"]);
        let note = library.note(&NotePath::from("a/outbox.md")).unwrap().unwrap();
        assert_eq!(note.parsed.note.sections.len(), 2);
        assert_eq!(note.parsed.note.tasks[0].text, "check the key #events");
        assert_eq!(library.note(&NotePath::from("e.md")).unwrap(), None);
        assert_eq!(library.len(), 4);
    });
    book.with(|library| assert_eq!(*library.stats(), Default::default()));
}

#[test]
fn changes_are_seen_and_told_apart() {
    let mut book = Book::new(&BOOK);
    book.notes();
    book.put("b.md", "now about sagas\n");
    book.put("c.md", "");
    book.remove("d.md");
    book.rename("a/outbox.md", "z.md");
    book.with(|library| {
        let stats = library.stats();
        assert_eq!((stats.added, stats.changed, stats.touched, stats.removed), (1, 1, 1, 2));
        assert_eq!(paths(&library.notes(Select::All).unwrap()), ["b.md", "c.md", "z.md"]);
    });
    book.with(|library| assert_eq!(*library.stats(), Default::default()));
}

#[test]
fn an_edit_within_the_same_tick_is_seen() {
    let mut book = Book::new(&[("other.md", "x")]);
    let stamp = Stamp { mtime: book.now, ctime: book.now, size: 3, inode: 1 };
    book.put_at("a.md", "one", stamp);
    assert_eq!(book.notes().len(), 2);
    book.put_at("a.md", "two", stamp);
    book.with(|library| assert_eq!(library.stats().changed, 1));
    // A file that stays as young as that is read again, but not written again.
    book.with(|library| assert_eq!(*library.stats(), Default::default()));
}

#[test]
fn many_young_files_are_settled_by_one_more_commit() {
    let mut book = Book::new(&[]);
    let stamp = Stamp { mtime: book.now, ctime: book.now, size: 1, inode: 1 };
    for at in 0..60 {
        book.put_at(&format!("{at:02}.md"), "x", stamp);
    }
    book.notes();
    book.now += 60_000_000_000;
    book.with(|library| assert_eq!(library.stats().touched, 60));
    book.with(|library| assert_eq!(library.stats().touched, 0));
}

#[test]
fn unreadable_files_are_named_every_time_and_read_when_they_can_be() {
    let mut book = Book::new(&BOOK);
    book.lock("b.md");
    for removed in [0, 0] {
        book.with(|library| {
            let stats = library.stats();
            assert_eq!(stats.unreadable, [(NotePath::from("b.md"), "permission denied".to_owned())]);
            assert_eq!(stats.removed, removed);
            assert_eq!(library.len(), 3);
        });
    }
    book.put("b.md", "back");
    book.with(|library| assert_eq!((library.stats().added, library.len()), (1, 4)));
    book.lock("b.md");
    book.with(|library| assert_eq!((library.stats().removed, library.len()), (1, 3)));
}

#[test]
fn other_versions_are_removed() {
    let book = Book::new(&BOOK);
    let old = book.cache.path().join("index-0-abc");
    fs::create_dir(&old).unwrap();
    book.notes();
    assert!(!old.exists() && book.folder().exists());
}

#[test]
fn a_cache_that_cannot_be_written_is_no_trouble() {
    let book = Book::new(&BOOK);
    let file = book.cache.path().join("file");
    fs::File::create(&file).unwrap();
    let library = book.open_in(&file.join("cache"));
    assert!(library.stats().in_memory);
    assert_eq!(library.notes(Select::All).unwrap(), book.notes());
}

#[test]
fn who_does_not_get_the_turn_answers_from_memory() {
    let mut book = Book::new(&BOOK);
    book.notes();
    book.put("b.md", "new words");
    book.remove("c.md");
    book.put("e.md", "# Saga");
    let turn = folder::take_turn(book.cache.path()).unwrap().unwrap();
    let expected = book.fresh(|library| library.notes(Select::All).unwrap());
    book.with(|library| {
        assert!(library.stats().in_memory);
        assert_eq!(library.notes(Select::All).unwrap(), expected);
        assert_eq!(library.note(&NotePath::from("c.md")).unwrap(), None);
        assert_eq!(library.note(&NotePath::from("b.md")).unwrap().unwrap().stamp, expected[1].stamp);
    });
    drop(turn);
    book.with(|library| assert!(!library.stats().in_memory));
}

#[test]
fn two_at_once_agree() {
    let mut book = Book::new(&BOOK);
    for round in 0..10 {
        book.put("b.md", &format!("round {round}"));
        book.put(&format!("n{round}.md"), "# New");
        let expected = book.fresh(|library| library.notes(Select::All).unwrap());
        std::thread::scope(|scope| {
            for _ in 0..3 {
                scope.spawn(|| assert_eq!(book.notes(), expected));
            }
        });
    }
    // Nobody leaves files behind that nobody knows.
    let files = fs::read_dir(book.folder()).unwrap().count();
    assert!(files < 120, "{files} files");
}

/// Notes that nobody may walk or read.
struct Unread;

impl NoteSource for Unread {
    fn walk(&self) -> io::Result<Walk> {
        panic!("no walk is needed")
    }

    fn read(&self, _: &NotePath) -> Result<Text, String> {
        panic!("no note is needed")
    }

    fn parse(&self, _: &NotePath, _: &str) -> Parsed {
        panic!("nothing is parsed")
    }

    fn fingerprint(&self) -> u64 {
        FINGERPRINT
    }

    fn language(&self) -> Option<&str> {
        None
    }
}

#[test]
fn without_a_sync_the_index_is_taken_as_it_is() {
    let mut book = Book::new(&BOOK);
    let open = |book: &Book| {
        let unread: Arc<dyn NoteSource> = Arc::new(Unread);
        Library::open_unsynced(book.cache.path(), unread, 0, &mut |_, _| {}).unwrap().len()
    };
    book.notes();
    book.put("e.md", "later");
    assert_eq!(open(&book), 4);
}

#[test]
fn a_kept_library_follows_the_notes() {
    fn sent<T: Send + Sync + 'static>(value: T) -> T {
        value
    }
    let mut book = Book::new(&BOOK);
    let mut kept = sent(book.open());
    let refresh = |kept: &mut Library, book: &Book| kept.refresh(book.now, &mut |_, _| {}).unwrap();
    refresh(&mut kept, &book);
    assert_eq!(*kept.stats(), Default::default());

    book.put("b.md", "now about sagas\n");
    assert_eq!(kept.notes(Select::All).unwrap().len(), 4, "what is open stays as it is");
    refresh(&mut kept, &book);
    assert_eq!(kept.stats().changed, 1);
    assert_eq!(kept.notes(Select::All).unwrap(), book.notes());

    // Somebody else sees the change first, and indexes it.
    book.put("e.md", "# Saga\n");
    book.remove("c.md");
    let theirs = book.notes();
    refresh(&mut kept, &book);
    assert_eq!(*kept.stats(), Default::default());
    assert_eq!(kept.notes(Select::All).unwrap(), theirs);

    // Somebody else is writing, and stops.
    book.put("e.md", "# Outbox\n");
    let turn = folder::take_turn(book.cache.path()).unwrap().unwrap();
    refresh(&mut kept, &book);
    assert!(kept.stats().in_memory);
    let overlay = kept.notes(Select::All).unwrap();
    drop(turn);
    refresh(&mut kept, &book);
    assert!(!kept.stats().in_memory);
    assert_eq!(kept.notes(Select::All).unwrap(), overlay);

    // Somebody throws the index away.
    fs::remove_dir_all(book.folder()).unwrap();
    assert_eq!(kept.notes(Select::All).unwrap(), overlay);
    refresh(&mut kept, &book);
    assert_eq!((kept.stats().added, kept.notes(Select::All).unwrap()), (4, overlay));
}

#[test]
fn nothing_is_opened_again_where_nothing_changed() {
    let book = Book::new(&BOOK);
    let mut kept = book.open();
    let before = kept.opened_snapshot();
    kept.refresh(book.now + 1, &mut |_, _| {}).unwrap();
    assert!(Arc::ptr_eq(&before, &kept.opened_snapshot()));
}

type Damage = fn(&Path);

fn damages() -> Vec<(&'static str, Damage)> {
    fn rewrite(path: &Path, change: impl FnOnce(&mut Vec<u8>)) {
        let mut bytes = fs::read(path).unwrap();
        change(&mut bytes);
        fs::remove_file(path).unwrap();
        io::Write::write_all(&mut fs::File::create(path).unwrap(), &bytes).unwrap();
    }
    vec![
        ("removed", |path| fs::remove_file(path).unwrap()),
        ("emptied", |path| rewrite(path, Vec::clear)),
        ("cut", |path| rewrite(path, |bytes| bytes.truncate(bytes.len() / 2))),
        ("zeroed", |path| rewrite(path, |bytes| bytes.fill(0))),
        ("garbled", |path| rewrite(path, |bytes| bytes.iter_mut().for_each(|byte| *byte ^= 0x55))),
    ]
}

#[test]
fn a_damaged_index_is_built_again() {
    let mut book = Book::new(&BOOK);
    book.notes();
    book.put("b.md", "a second segment");
    let expected = book.notes();
    let files: Vec<_> = fs::read_dir(book.folder()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(files.len() > 10);
    for file in files {
        for (what, damage) in damages() {
            let path = book.folder().join(&file);
            // Each case begins with a sound index; a rebuilt one has other names, so damage what plays the same part.
            if !path.exists() {
                fs::remove_dir_all(book.cache.path()).unwrap();
                book.notes();
            }
            let part = file.to_string_lossy().rsplit('.').next().unwrap_or("").to_owned();
            let same = |name: &str| name == file.to_string_lossy() || (name.len() > 30 && name.ends_with(&part));
            let path = fs::read_dir(book.folder())
                .unwrap()
                .map(|entry| entry.unwrap())
                .find(|entry| same(&entry.file_name().to_string_lossy()))
                .map(|entry| entry.path());
            let Some(path) = path else { continue };
            damage(&path);
            assert_eq!(book.notes(), expected, "{what} {}", path.display());
            book.with(|library| {
                let tasks = library.notes(Select::With(Has::OpenTask)).unwrap();
                assert_eq!(paths(&tasks), ["a/outbox.md"], "{what} {}", path.display());
            });
        }
    }
}

#[test]
fn a_flipped_byte_is_found() {
    let book = Book::new(&BOOK);
    let expected = book.notes();
    let query = SearchQuery { words: vec![RankWord { text: "relay".into(), ..RankWord::default() }], filter: None };
    let search = || book.with(|library| library.search(&query, &SearchOptions::default()).unwrap());
    let answer = search();
    let names: Vec<_> = fs::read_dir(book.folder()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    let parts = ["store", "idx", "term", "pos", "fast", "fieldnorm"];
    for part in parts {
        assert!(names.iter().any(|name| name.to_string_lossy().ends_with(part)), "{part}");
    }
    for part in parts {
        for at in [0.0, 0.3, 0.6, 0.9] {
            let files = fs::read_dir(book.folder()).unwrap().map(|entry| entry.unwrap().path());
            for path in files.filter(|path| path.extension().is_some_and(|extension| extension == part)) {
                let mut bytes = fs::read(&path).unwrap();
                let at = (bytes.len() as f64 * at) as usize;
                bytes[at] ^= 0x01;
                std::thread::sleep(std::time::Duration::from_millis(20));
                io::Write::write_all(&mut fs::File::create(&path).unwrap(), &bytes).unwrap();
            }
            assert_eq!(book.notes(), expected, "{part} {at}");
            assert_eq!(search(), answer, "{part} {at}");
        }
    }
}

#[test]
fn a_machine_that_was_started_anew_checks_once() {
    let book = Book::new(&BOOK);
    let expected = book.notes();
    let seal = book.folder().join("seal");
    let sealed = fs::read(&seal).unwrap();
    fs::remove_file(&seal).unwrap();
    assert_eq!(book.notes(), expected);
    assert_eq!(fs::read(&seal).unwrap(), sealed);
}

/// One thing that happens to a notebook.
#[derive(Debug, Clone)]
enum Change {
    Put(u8, u8),
    Touch(u8),
    Remove(u8),
    Rename(u8, u8),
    Lock(u8),
    Sync,
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        4 => (0..12_u8, 0..20_u8).prop_map(|(name, text)| Change::Put(name, text)),
        1 => (0..12_u8).prop_map(Change::Touch),
        2 => (0..12_u8).prop_map(Change::Remove),
        1 => (0..12_u8, 0..12_u8).prop_map(|(from, to)| Change::Rename(from, to)),
        1 => (0..12_u8).prop_map(Change::Lock),
        3 => Just(Change::Sync),
    ]
}

pub(crate) fn text(n: u8) -> String {
    let words = ["relay", "saga", "outbox", "kafka", "order", "ledger"];
    let word = |at: u8| words[usize::from(at) % words.len()];
    format!(
        "# {} {n}\n\n{} {}\n\n## {}\n\n- [ ] {} #{}\n",
        word(n),
        word(n / 2),
        word(n / 3),
        word(n + 1),
        word(n),
        word(n / 5)
    )
}

fn apply(book: &mut Book, change: &Change) {
    let name = |n: u8| format!("{}/{n}.md", n % 3);
    match *change {
        Change::Put(at, n) => book.put(&name(at), &text(n)),
        Change::Touch(at) => {
            let known = book.notes().into_iter().find(|record| record.path.as_str() == name(at));
            if known.is_some() {
                book.put(&name(at), &text(at));
            }
        }
        Change::Remove(at) => book.remove(&name(at)),
        Change::Rename(from, to) => book.rename(&name(from), &name(to)),
        Change::Lock(at) => book.lock(&name(at)),
        Change::Sync => drop(book.notes()),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn after_any_history_the_index_is_as_a_new_one(changes in proptest::collection::vec(change(), 1..40)) {
        let mut book = Book::new(&[("0/0.md", "# First")]);
        for change in &changes {
            apply(&mut book, change);
        }
        // only a grown index knows which ids items had
        let grown: Vec<Record> = book.notes().into_iter().map(|note| Record { kept: Vec::new(), ..note }).collect();
        let fresh = book.fresh(|library| library.notes(Select::All).unwrap());
        prop_assert_eq!(grown, fresh);
    }
}

#[test]
fn many_small_commits_leave_few_segments() {
    let mut book = Book::new(&BOOK);
    for n in 0..40 {
        book.put(&format!("{n}.md"), &text(n));
        book.notes();
    }
    let expected = book.fresh(|library| library.notes(Select::All).unwrap());
    assert_eq!(book.notes(), expected);
    let stores = fs::read_dir(book.folder()).unwrap().map(|entry| entry.unwrap().path());
    let segments = stores.filter(|path| path.extension().is_some_and(|extension| extension == "store")).count();
    assert!(segments <= 10, "{segments} segments");
}

#[test]
fn a_note_of_very_many_sections_is_one_note() {
    let text = "# x\n".repeat(10_050) + "needle\n";
    let book = Book::new(&[("a.md", &text), ("b.md", "# y\n")]);
    book.with(|library| {
        let query =
            SearchQuery { words: vec![RankWord { text: "needle".into(), ..RankWord::default() }], filter: None };
        let answer = library.search(&query, &SearchOptions::default()).unwrap();
        assert_eq!((answer.total, answer.hits[0].sections[0].line), (1, 10_051));
        assert_eq!(library.len(), 2);
    });
}

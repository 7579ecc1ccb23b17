//! Lists of tasks agree with the facts, and edited items keep their ids.

use crate::index::Has;
use crate::index::Library;
use crate::index::Select;
use crate::index::fixture::Book;
use crate::index::folder;
use crate::model::NotePath;
use crate::model::Task;
use crate::model::short_id::Closed;
use crate::model::short_id::content_id;

/// The quick selections say what the facts say.
#[track_caller]
fn agree(library: &Library) {
    let facts = library.notes(Select::With(Has::Task)).unwrap();
    let all = library.notes(Select::Tasks).unwrap();
    let open = library.notes(Select::OpenTasks).unwrap();
    assert_eq!((all.len(), open.len()), (facts.len(), facts.len()));
    for ((facts, all), open) in facts.iter().zip(&all).zip(&open) {
        let [note, quick, quicker] = [facts, all, open].map(|record| &record.parsed.note);
        for other in [all, open] {
            assert_eq!((&other.path, other.stamp, other.hash), (&facts.path, facts.stamp, facts.hash));
        }
        assert_eq!((&all.kept, &quick.title, &quick.tasks), (&facts.kept, &note.title, &note.tasks));
        let ids = |tasks: &[Task]| -> Vec<String> { tasks.iter().map(|task| content_id(&facts.path, task)).collect() };
        let mut left = ids(&quicker.tasks);
        left.extend(open.closed.iter().map(|closed| Closed::id(closed).to_owned()));
        left.sort();
        let mut whole = ids(&note.tasks);
        whole.sort();
        assert_eq!(left, whole);
        let opens = |tasks: &[Task]| tasks.iter().filter(|task| task.status.is_open()).count();
        assert_eq!(opens(&quicker.tasks), opens(&note.tasks));
    }
}

#[test]
fn lists_agree_through_segments_changes_and_removals() {
    let mut book = Book::new(&[("b.md", "# B\n- [ ] one\n- [x] two\n"), ("e.md", "no task\n")]);
    let many = "- [ ] so many that no column takes them\n".repeat(1_500);
    book.with(|library| agree(library));
    book.put("a.md", "- [x] three\n- [x] three\n");
    book.put("c.md", &many);
    book.with(|library| agree(library));
    book.put("d.md", "- [ ] four\n");
    book.put("b.md", "# B\n- [ ] one more\n- [x] two\n");
    book.with(|library| agree(library));
    book.remove("a.md");
    book.put("e.md", "- [x] a task\n");
    book.with(|library| {
        agree(library);
        let paths: Vec<String> =
            library.notes(Select::OpenTasks).unwrap().iter().map(|record| record.path.to_string()).collect();
        assert_eq!(paths, ["b.md", "c.md", "d.md", "e.md"]);
    });
}

fn kept(library: &Library) -> Vec<String> {
    let records = library.notes(Select::Tasks).unwrap();
    records.into_iter().flat_map(|record| record.kept).map(|(_, id)| id).collect()
}

#[test]
fn an_edited_item_keeps_its_id_while_the_index_lasts() {
    let mut book = Book::new(&[("a.md", "- [ ] call Ida\n")]);
    let id = book.with(|library| {
        content_id(&NotePath::from("a.md"), &library.notes(Select::Tasks).unwrap()[0].parsed.note.tasks[0])
    });
    for text in ["- [ ] call Ida today\n", "- [ ] first\n- [ ] call Ida today\n", "- [ ] call Ida today or never\n"] {
        book.put("a.md", text);
        assert_eq!(book.with(kept), [id.as_str()], "{text}");
    }
    // touched, not changed
    book.put("a.md", "- [ ] call Ida today or never\n");
    assert_eq!(book.with(kept), [id.as_str()]);
    // where somebody else is writing, too
    book.put("a.md", "- [ ] call Ida today\n");
    let turn = folder::take_turn(book.cache.path()).unwrap().unwrap();
    book.with(|library| {
        assert!(library.stats().in_memory);
        assert_eq!(kept(library), [id.as_str()]);
    });
    drop(turn);
    assert_eq!(book.with(kept), [id.as_str()]);
    book.put("a.md", "- [ ] call Ida\n");
    assert!(book.with(kept).is_empty());
    book.put("a.md", "- [ ] call Ida today\n");
    assert_eq!(book.with(kept), [id.as_str()]);
    assert!(book.fresh(kept).is_empty());
}

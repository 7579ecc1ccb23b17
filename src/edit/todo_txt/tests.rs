use super::*;
use crate::edit;
use crate::edit::field;
use crate::edit::recurrence;
use crate::model::task::FieldStyle;

fn read(text: &str) -> Note {
    parse::parse(&NotePath::from("todo.txt"), text, &parse::Options::default()).note
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn status(text: &str, symbol: char, stamp: bool) -> String {
    let task = read(text).tasks.remove(0);
    let target = if symbol == 'x' { Status::Done } else { Status::Todo };
    let mut edits: Vec<Edit> = edit::tick(text, &task, symbol).unwrap().into_iter().collect();
    let style = stamp.then_some(FieldStyle::TodoTxt);
    edits.extend(edit::stamp::stamp(text, &task, target, day("2026-11-21"), style));
    apply_text(text, &edits).unwrap()
}

/// A tick gives `want`, and opening that again the text before.
#[track_caller]
fn ticked(text: &str, stamp: bool, want: &str) {
    assert_eq!(status(text, 'x', stamp), want);
    assert_eq!(status(want, ' ', stamp), text);
}

#[test]
fn a_tick_writes_before_the_line_and_nowhere_else() {
    ticked("call mum\r\nb", true, "x 2026-11-21 call mum\r\nb");
    ticked("(A) 2026-11-01 call +p @c due:2026-12-01", true, "x 2026-11-21 (A) 2026-11-01 call +p @c due:2026-12-01");
    ticked("2026-11-01 call  ", true, "x 2026-11-21 2026-11-01 call  ");
    ticked("  call\r", true, "x 2026-11-21   call\r");
    ticked("(A)", true, "x 2026-11-21 (A)");
    ticked("xylophone", false, "x xylophone");
    ticked("(A) 2026-11-01 call", false, "x (A) 2026-11-01 call");
    // without it the day of creation would become the day of completion
    ticked("2026-11-01 call", false, "x 2026-11-21 2026-11-01 call");
    assert_eq!(status("x 2026-01-01 call pri:A", ' ', true), "call pri:A");
    assert_eq!(status("x call", ' ', true), "call");
}

#[test]
fn what_cannot_be_written_is_refused() {
    let tick = |text: &str, symbol| edit::tick(text, &read(text).tasks.remove(0), symbol);
    for (text, symbol) in [("call", '/'), ("call", 'X'), ("x call", '-'), ("x x ray", ' '), ("x 2026-11-21", ' ')] {
        assert_eq!(tick(text, symbol), Err(TickError::TodoTxt { line: 1, symbol }), "{text}");
    }
    let task = read("call").tasks.remove(0);
    assert_eq!(edit::tick("x call", &task, 'x'), Err(TickError::Moved { line: 1 }));
    assert_eq!(tick("x call", 'x'), Ok(None));
}

fn set(text: &str, changes: &[(FieldKind, Option<&str>)]) -> Result<String, FieldError> {
    let task = read(text).tasks.remove(0);
    let edits = field::set_all(text, &task, changes, &|_| FieldStyle::Emoji)?;
    Ok(apply_text(text, &edits).unwrap())
}

/// Setting a field gives `want`, and taking it away the text before.
#[track_caller]
fn field(text: &str, kind: FieldKind, value: &str, want: &str) {
    assert_eq!(set(text, &[(kind, Some(value))]).unwrap(), want);
    assert_eq!(set(want, &[(kind, None)]).unwrap(), text);
}

#[test]
fn fields() {
    field("call\r\n", FieldKind::Due, "2026-12-01", "call due:2026-12-01\r\n");
    field("(A) call +p ", FieldKind::Start, "2026-12-01", "(A) call +p t:2026-12-01 ");
    field("call", FieldKind::Scheduled, "2026-12-01", "call scheduled:2026-12-01");
    field("call", FieldKind::Recurrence, "every 2 weeks", "call rec:+2w");
    field("call", FieldKind::Recurrence, "every weekday when done", "call rec:1b");
    field("call", FieldKind::Id, "a1", "call id:a1");
    field("call", FieldKind::DependsOn, "a1, b2", "call after:a1,b2");
    field("call", FieldKind::Priority, "high", "(B) call");
    field("2026-11-01 call", FieldKind::Priority, "highest", "(A) 2026-11-01 call");
    field("x 2026-11-21 call", FieldKind::Priority, "low", "x 2026-11-21 call pri:D");
    field("(A) call", FieldKind::Created, "2026-11-01", "(A) 2026-11-01 call");
    field("x 2026-11-21 call", FieldKind::Created, "2026-11-01", "x 2026-11-21 2026-11-01 call");
    field("x call", FieldKind::Done, "2026-11-21", "x 2026-11-21 call");
    let changed = |text, kind, value| set(text, &[(kind, Some(value))]).unwrap();
    assert_eq!(changed("a due:2026-12-01 b", FieldKind::Due, "2026-12-02"), "a due:2026-12-02 b");
    assert_eq!(changed("(A) a", FieldKind::Priority, "medium"), "(C) a");
    assert_eq!(changed("(Z) a", FieldKind::Priority, "lowest"), "(Z) a");
    assert_eq!(changed("x a pri:A", FieldKind::Priority, "medium"), "x a pri:C");
    let both = [(FieldKind::Priority, Some("high")), (FieldKind::Due, Some("2026-12-01"))];
    assert_eq!(set("2026-11-01 a", &both).unwrap(), "(B) 2026-11-01 a due:2026-12-01");
}

#[test]
fn a_line_keeps_its_meaning() {
    let refused = |text: &str, kind, value| set(text, &[(kind, value)]).unwrap_err().to_string();
    let otherwise = "the rest of the line would be read otherwise";
    let said = refused("(A) x ray", FieldKind::Priority, None);
    assert_eq!(said, format!("`` cannot be the value of `priority`: {otherwise}"));
    assert!(refused("2026-11-01 2026-10-01 a", FieldKind::Created, None).ends_with(otherwise));
    assert!(refused("x 2026-11-21 2026-11-01 a", FieldKind::Done, None).ends_with(otherwise));
    assert!(refused("a", FieldKind::Done, Some("2026-11-21")).contains("only a done line"));
    assert!(refused("x a", FieldKind::Created, Some("2026-11-21")).contains("done date first"));
    assert!(refused("a", FieldKind::Cancelled, Some("2026-11-21")).contains("no such field"));
    assert!(refused("a", FieldKind::Recurrence, Some("every month on the 15th")).contains("todo.txt has rules for"));
    assert!(refused("x 2026-11-21 ", FieldKind::Due, Some("2026-12-01")).contains("no words"));
    assert!(refused("a", FieldKind::Due, Some("2026-02-30")).ends_with("a day such as 2026-12-01 can"));
}

#[test]
fn the_next_copy() {
    let copy = |text: &str| {
        let note = read(text);
        let edits = recurrence::next_copy(text, &recurrence::Standing::of(&note), &note.tasks[0], day("2026-11-21"))
            .unwrap()
            .unwrap();
        apply_text(text, &edits).unwrap()
    };
    assert_eq!(
        copy("(A) 2026-11-01 a due:2026-11-20 t:2026-11-18 rec:+1w id:k\r\n"),
        "(A) 2026-11-21 a due:2026-11-27 t:2026-11-25 rec:+1w\r\n(A) 2026-11-01 a due:2026-11-20 t:2026-11-18 rec:+1w id:k\r\n"
    );
    assert_eq!(copy("a due:2026-11-01 rec:1w"), "a due:2026-11-28 rec:1w\na due:2026-11-01 rec:1w");
}

#[test]
fn new_lines() {
    let added = |text: &str, tasks: &[&str]| {
        let edit = add(text, &read(text), tasks, day("2026-11-21"))?;
        Ok::<_, AddError>(apply_text(text, &[edit]).unwrap())
    };
    assert_eq!(added("", &["(A) a", "b"]).unwrap(), "(A) a\nb\n");
    assert_eq!(added("a\r\n\r\n", &["b"]).unwrap(), "a\r\nb\r\n\r\n");
    assert_eq!(added("a", &["b\n c"]).unwrap(), "a\nb c");
    assert_eq!(
        added("2026-01-01 a\n", &["(B) b", "2026-11-20 c"]).unwrap(),
        "2026-01-01 a\n(B) 2026-11-21 b\n2026-11-20 c\n"
    );
    assert_eq!(added("a", &["x b"]), Err(AddError::Done));
    assert_eq!(added("a", &["(A) "]).unwrap(), "a\n(A)");
    assert_eq!(added("a", &[" "]), Err(AddError::Empty));
}

#[test]
fn a_word_that_would_become_the_priority_is_no_place_for_one() {
    let text = "x (A)";
    let task = read(text).tasks.remove(0);
    let refused = field::set_all(text, &task, &[(FieldKind::Priority, Some("high"))], &|_| FieldStyle::TodoTxt);
    assert_eq!(refused.unwrap_err().why, Some("the rest of the line would be read otherwise"));
}

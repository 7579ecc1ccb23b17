//! Which notes and tasks a query matches.
//!
//! Over 400 lines because every field is tried on the same few notes.

use std::collections::BTreeMap;

use super::*;
use crate::model::Form;
use crate::model::Link;
use crate::model::LinkKind;
use crate::model::NotePath;
use crate::model::Privacy;
use crate::model::Property;
use crate::model::Section;
use crate::model::SectionKind;
use crate::model::Span;
use crate::model::Status;
use crate::model::Tag;
use crate::model::Ticket;
use crate::model::Value;
use crate::model::task::TaskLink;
use crate::query::Context;
use crate::query::LinkFacts;

pub(crate) const BODY: &str =
    "# Weekly with Anna\n\nThe event bus *drops* nothing.\nWhat about RETAIL-17?\n\n- [ ] call the venue\n";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn strings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|&text| text.to_owned()).collect()
}

fn task(line: usize, text: &str, status: Status) -> Task {
    Task {
        line,
        column: 3,
        span: Span::new(line * 10, line * 10 + 9),
        symbol_span: Span::default(),
        symbol: " ".to_owned(),
        status,
        form: Form::List,
        text: text.to_owned(),
        words: text.to_owned(),
        section: Some(0),
        ..Task::default()
    }
}

/// A meeting note with a journal day in it, a group of tasks, and one of most things.
pub(crate) fn note() -> Note {
    let property = |key: &str, value: Value| Property { key: key.to_owned(), value, line: 2 };
    let text = |text: &str| Value::Text(text.to_owned());
    let tag = |name: &str, at: usize| Tag { name: name.to_owned(), line: 1, span: Span::new(at, at + 4) };
    let section = |text: &str, at: usize, parent| Section {
        kind: SectionKind::Heading,
        level: 1,
        text: text.to_owned(),
        slug: String::new(),
        line: 1,
        end_line: 9,
        heading_span: Span::new(at, at + 10),
        span: Span::new(at, at + 10),
        parent,
    };
    let mut tasks = vec![
        task(1, "call the venue", Status::Todo),
        task(2, "book a room", Status::Done),
        task(3, "write the agenda", Status::Doing),
    ];
    tasks[0].due = Some(day("2026-11-10"));
    tasks[0].priority = Some(Priority::High);
    tasks[0].tags = strings(&["phone"]);
    tasks[0].mentions = strings(&["Anna", "override"]);
    tasks[0].explicit_id = Some("venue".to_owned());
    tasks[0].links = vec![
        TaskLink { url: "https://example.com/Rooms".to_owned(), text: "rooms".to_owned() },
        TaskLink { url: "patterns/Outbox.md#Why".to_owned(), text: "Outbox".to_owned() },
    ];
    tasks[0].created = Some(day("2026-09-01"));
    tasks[1].completed = Some(day("2026-11-05"));
    tasks[1].parent = Some(0);
    tasks[1].under = strings(&["call the venue"]);
    tasks[1].tickets = strings(&["RETAIL-17"]);
    tasks[2].section = Some(1);
    tasks[2].due = Some(day("2026-12-01"));
    Note {
        title: "Weekly with Anna".to_owned(),
        kind: Some("meeting".to_owned()),
        aliases: strings(&["Jour fixe"]),
        tags: vec![tag("team/core", 0), tag("agenda", 121)],
        privacy: Privacy { draft: true, private: None },
        properties: vec![
            property("status", text("Draft")),
            property("Rating", text("4.50")),
            property("held", text("2026-11-03T10:00")),
            property("empty", Value::Null),
            property("attendees", Value::List(vec![text("Anna Schmidt"), text("Bo")])),
        ],
        sections: vec![section("Weekly with Anna", 20, None), section("Agenda", 120, Some(0))],
        links: vec![Link {
            kind: LinkKind::Embed,
            span: Span::new(12, 15),
            line: 1,
            target: "plan.png".to_owned(),
            text: "plan".to_owned(),
            ..Link::default()
        }],
        tasks,
        tickets: vec![Ticket { key: "RETAIL-17".to_owned(), line: 4, span: Span::default(), url: None }],
        entries: vec![Entry {
            parent: None,
            line: 3,
            end_line: 4,
            span: Span::new(30, 50),
            date: day("2026-10-01"),
            precision: Precision::Month,
            end_date: None,
            written: "October".to_owned(),
            corrected_from: None,
            why: Vec::new(),
            words: 9,
            read: 0,
            to_read: 0,
        }],
        date: Some(day("2026-11-03")),
        body_start: 10,
        ..Note::default()
    }
}

struct Graph;

impl LinkFacts for Graph {
    fn is_orphan(&self, _: &NotePath) -> bool {
        true
    }

    fn links_to(&self, _: &NotePath, to: &str) -> bool {
        to == "outbox"
    }

    fn linked_by(&self, _: &NotePath, from: &str) -> bool {
        from == "index"
    }
}

pub(crate) fn parse(text: &str) -> Query {
    let named = BTreeMap::from([("mine".to_owned(), "is:open venue".to_owned())]);
    Query::parse(text, &Context { today: day("2026-11-12"), named: &named })
        .unwrap_or_else(|error| panic!("{}", error.render(text)))
}

pub(crate) fn with_world<T>(note: &Note, run: impl FnOnce(&NoteFacts<'_>, &World<'_>) -> T) -> T {
    let path = NotePath::from("meetings/2026-11 Anna.md");
    let people = strings(&["anna", "Bo"]);
    let text = |_: &NotePath| Some(format!("---\nx: 1\n{BODY}"));
    let world = World { today: day("2026-11-12"), text: &text, links: &Graph, people: &people };
    let facts =
        NoteFacts { path: &path, note, kept: &[], created: Some(day("2026-11-01")), modified: Some(day("2026-11-11")) };
    run(&facts, &world)
}

/// Whether the query holds for the note.
#[track_caller]
fn case(text: &str, holds: bool) {
    let found = with_world(&note(), |facts, world| matches_note(&parse(text), facts, world));
    assert_eq!(found, holds, "{text}");
}

/// For which of the three tasks it holds.
#[track_caller]
fn tasks(text: &str, holds: &[usize]) {
    let note = note();
    let found: Vec<usize> = with_world(&note, |facts, world| {
        let query = parse(text);
        note.tasks.iter().filter(|task| matches_task(&query, task, facts, world)).map(|task| task.line).collect()
    });
    assert_eq!(found, holds, "{text}");
}

#[test]
fn words_of_a_note() {
    case("", true);
    case("weekly", true);
    case("week anna", true);
    case("eekly", false);
    case("event missing", false);
    case("event OR missing", true);
    case("event -missing", true);
    case("event -bus", false);
    case("\"event bus drops\"", true);
    case("\"event bu\"", false);
    case("retail-17", true);
    case("fixe", true);
    case("meetings", true);
    case("/^what.*\\d$/", false);
    case("/^what.*\\d.$/", true);
    case("^weekly", true);
    case("^with", false);
    case("@mine", true);
}

#[test]
fn fields_of_a_note() {
    case("title:anna title:\"jour fixe\"", true);
    case("title:event", false);
    case("text:event", true);
    case("text:fixe", false);
    case("heading:agen heading:any", true);
    case("heading:none", false);
    case("kind:Meeting kind:meet*", true);
    case("kind:meet", false);
    case("tag:team", true);
    case("tag:team/core tag:TEAM* tag:*core tag:any", true);
    case("tag:tea", false);
    case("#team/cor", false);
    case("is:draft is:orphan", true);
    case("is:question", false);
    case("has:task has:tag has:embed has:due has:ticket", true);
    case("has:link", false);
    case("person:schmidt person:bo", true);
    case("person:override", false);
    case("ticket:retail ticket:RETAIL-17 ticket:RETAIL-1*", true);
    case("ticket:RETAIL-1", false);
    case("ticket:none", false);
    case("link:outbox link:any", true);
    case("link:inbox", false);
    case("linked-by:index", true);
    case("linked-by:other", false);
    case("linked-by:none", true);
    case("id:venue", true);
    case("id:ven", false);
}

#[test]
fn paths() {
    case("path:meetings path:meetings/ path:/meetings path:/meet path:anna path:2026-11 path:\"11 anna\"", true);
    case("path:eetings", false);
    case("path:/anna", false);
    case("path:meetings/*.md path:*.md path:2026-* path:meetings/* path:/meetings/*", true);
    case("path:meet*", false);
    case("path:202?-11*", true);
    case("file:anna file:2026*", true);
    case("file:meetings", false);
}

#[test]
fn dates_of_a_note() {
    case("date:2026-11-03 date:2026-11 date:any", true);
    case("date:<2026-10-02 date:october date:2026-10-15", true);
    case("date:2026-12", false);
    case("date:none", false);
    case("created:<=2026-11-01 created:this-month modified:yesterday", true);
    case("created:<2026-11-01", false);
    case("age:>1w age:<2w", true);
    case("age:>9d", false);
    case("age:>=9d", true);
    case("age:none", false);
}

#[test]
fn properties() {
    case("[status] [STATUS:draft] [empty:null] [empty]", true);
    case("[missing]", false);
    case("[status:null]", false);
    case("[rating:4.5] [rating:>4] [rating:<=4.5]", true);
    case("[rating:4]", false);
    case("[rating:>2026-01]", false);
    case("[held:2026-11] [held:>2026-10] [held:<2027] [held:<=today]", true);
    case("[held:<2026]", false);
    case("[attendees:bo] [attendees:\"anna schmidt\"] [attendees:/^bo$/]", true);
    case("[attendees:x OR bo]", true);
}

/// Side by side they are about one task, apart from that each finds its own.
#[test]
fn conditions_about_tasks_on_a_note() {
    case("is:open is:done", false);
    case("(is:open) has:task", true);
    case("is:overdue priority:high", true);
    case("is:overdue priority:none", false);
    case("due:<2026-11-12 status:doing", false);
    case("due:<2026-11-12 (status:doing OR status:todo)", true);
    case("is:done -is:open", false);
    case("-status:moved", true);
    case("due:none is:open", false);
    case("due:none", true);
    case("done:last-week", true);
    case("scheduled:any", false);
    case("task:(call venue) task:\"book a room\"", false);
    case("task:(call venue)", true);
    case("task:(call room)", false);
    case("task:weekly", false);
    case("task-todo:book", false);
    case("task-done:book task-done:any", true);
    case("task:(is:open due:>2026-11-30)", true);
    case("task:(is:done due:any)", false);
}

#[test]
fn words_of_a_task() {
    tasks("", &[1, 2, 3]);
    tasks("venue", &[1, 2]);
    tasks("weekly", &[1, 2, 3]);
    tasks("agenda", &[3]);
    tasks("phone", &[1]);
    tasks("event", &[]);
    tasks("text:venue", &[1]);
    tasks("task:venue", &[1]);
    tasks("heading:agenda", &[3]);
    tasks("title:fixe path:meetings kind:meeting is:orphan [status]", &[1, 2, 3]);
    tasks("-venue", &[3]);
    tasks("/BOOK|write/", &[2, 3]);
    tasks("^book", &[2]);
    tasks("^room", &[]);
    tasks("text:book", &[2]);
}

#[test]
fn fields_of_a_task() {
    tasks("is:open", &[1, 3]);
    tasks("is:done", &[2]);
    tasks("is:overdue", &[1]);
    tasks("-is:open", &[2]);
    tasks("status:doing OR status:done", &[2, 3]);
    tasks("priority:high", &[1]);
    tasks("priority:none", &[2, 3]);
    tasks("priority:<high", &[2, 3]);
    tasks("priority:>=highest", &[]);
    tasks("due:<=+7d", &[1]);
    tasks("due:none", &[2]);
    tasks("due:any is:open due:>today", &[3]);
    tasks("done:2026-11", &[2]);
    tasks("created:2026-09", &[1]);
    tasks("created:2026-11", &[2, 3]);
    tasks("date:2026-10", &[3]);
    tasks("date:2026-11-03", &[1, 2]);
    tasks("age:>60d", &[1]);
    tasks("age:<=9d", &[2]);
    tasks("tag:phone", &[1, 2]);
    tasks("tag:agenda", &[3]);
    tasks("tag:team", &[1, 2, 3]);
    tasks("person:anna", &[1]);
    tasks("person:override", &[]);
    tasks("ticket:RETAIL", &[2]);
    tasks("id:venue", &[1]);
    tasks("link:outbox", &[1]);
    tasks("link:patterns/outbox link:example.com link:rooms", &[1]);
    tasks("link:box", &[]);
    tasks("link:none", &[2, 3]);
    tasks("has:task has:link has:due", &[1]);
    tasks("has:embed", &[1]);
    tasks("has:ticket", &[2]);
}

/// A damaged index may hold parents that go in circles.
#[test]
fn circles_end() {
    let mut note = note();
    note.tasks[0].parent = Some(1);
    note.tasks[1].parent = Some(0);
    let found = with_world(&note, |facts, world| matches_task(&parse("tag:x"), &note.tasks[1], facts, world));
    assert!(!found);
}

/// A body is asked for only when its words count, and once.
#[test]
fn bodies_are_read_late_and_once() {
    let asked = std::cell::Cell::new(0);
    let note = note();
    let path = NotePath::from("x.md");
    let text = |_: &NotePath| {
        asked.set(asked.get() + 1);
        None
    };
    let world = World { today: day("2026-11-12"), text: &text, links: &Graph, people: &[] };
    let facts = NoteFacts { path: &path, note: &note, kept: &[], created: None, modified: None };
    assert!(matches_note(&parse("weekly tag:team"), &facts, &world));
    assert_eq!(asked.get(), 0);
    assert!(!matches_note(&parse("event OR bus OR /zz/"), &facts, &world));
    assert_eq!(asked.get(), 1);
}

#[test]
fn short_ids_of_listings() {
    use crate::model::short_id::content_id;
    let path = NotePath::from("meetings/2026-11 Anna.md");
    let mut note = note();
    let mut twin = note.tasks[1].clone();
    twin.span = Span::new(900, 909);
    note.tasks.push(twin);
    let [second, third] = [1, 2].map(|index| content_id(&path, &note.tasks[index]));
    let beginning = |length: usize| second.get(..length).unwrap();
    let kept = [(2, "bcdfghjkmn".to_owned())];
    let found = |text: &str| -> Vec<usize> {
        with_world(&note, |facts, world| {
            let facts = NoteFacts { path: &path, kept: &kept, ..*facts };
            let holds = |task: &Task| matches_task(&parse(text), task, &facts, world);
            let found = note.tasks.iter().enumerate().filter(|(_, task)| holds(task)).map(|(index, _)| index).collect();
            assert_eq!(matches_note(&parse(text), &facts, world), !Vec::is_empty(&found), "{text}");
            found
        })
    };
    assert_eq!(found(&format!("id:{second}")), [1]);
    assert_eq!(found(&format!("id:{}", beginning(3))), [1]);
    assert_eq!(found(&format!("id:{}~2", beginning(4))), [3]);
    assert_eq!(found(&format!("id:{}*", beginning(3))), [1]);
    assert!(found(&format!("id:{}", beginning(2))).is_empty());
    assert_eq!(found("id:bcdf"), [2]);
    assert_eq!(found("id:BCDF OR id:venue"), [0, 2]);
    assert!(found(&format!("id:{third}")).is_empty());
}

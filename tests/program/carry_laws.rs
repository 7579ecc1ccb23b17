//! Carry-over of points that nobody chose: owners, children, quotes, tables and marked lines in four styles of file, with all options.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test's own files, and it may panic"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use chrono::Days;
use chrono::NaiveDate;
use hornbook::disk;
use hornbook::query::Query;
use hornbook::report::meeting::ActionFilter;
use hornbook::session::Change;
use hornbook::session::Clock;
use hornbook::session::DoneDate;
use hornbook::session::Folders;
use hornbook::session::NextMeeting;
use hornbook::session::Session;
use hornbook::session::TaskName;
use hornbook::session::Tasks;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::Config;
use proptest::test_runner::TestRunner;

/// How a point is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Box,
    Ticked,
    Bare,
    Marked,
    Row,
}

#[derive(Debug, Clone)]
struct Planned {
    way: Way,
    owner: Option<&'static str>,
    /// Boxes under it: ticked or not.
    children: Vec<bool>,
    quote: bool,
}

#[derive(Debug, Clone)]
struct Run {
    moves: bool,
    most: Option<usize>,
    only: bool,
    tick: Option<Index>,
}

fn planned() -> impl Strategy<Value = Planned> {
    let way = prop_oneof![3 => Just(Way::Box), 1 => Just(Way::Ticked), 2 => Just(Way::Bare), 1 => Just(Way::Marked), 1 => Just(Way::Row)];
    let owner = prop_oneof![Just(None), Just(Some("Ida")), Just(Some("Noor"))];
    (way, owner, vec(any::<bool>(), 0..3), any::<bool>()).prop_map(|(way, owner, children, quote)| Planned {
        way,
        owner,
        children,
        quote,
    })
}

fn run() -> impl Strategy<Value = Run> {
    (
        any::<bool>(),
        prop_oneof![3 => Just(None), 1 => (0_usize..4).prop_map(Some)],
        any::<bool>(),
        proptest::option::of(any::<Index>()),
    )
        .prop_map(|(moves, most, only, tick)| Run { moves, most, only, tick })
}

/// How the files are written.
#[derive(Debug, Clone, Copy)]
struct Look {
    /// Labels, headings (newest first), bullets, or a note for each meeting.
    style: usize,
    /// The last line has no line end.
    cut: bool,
    crlf: bool,
    /// What stands before the items: `-`, `*` or `1.`; those below have two blanks and `-`.
    bullet: &'static str,
    /// The owner of all points stands above them.
    over: Option<&'static str>,
}

fn look() -> impl Strategy<Value = Look> {
    let bullet = prop_oneof![3 => Just("-"), 1 => Just("*"), 1 => Just("+"), 2 => Just("1.")];
    let over = prop_oneof![4 => Just(None), 1 => Just(Some("**Ida**:"))];
    (0_usize..4, any::<bool>(), any::<bool>(), bullet, over).prop_map(|(style, cut, crlf, bullet, over)| Look {
        style,
        cut,
        crlf,
        bullet,
        over: over.filter(|_| matches!(style, 1 | 3)),
    })
}

/// What is open, with whoever does it.
type Open = BTreeMap<String, Option<String>>;

/// The lines of points, and which of their words are open.
fn lines(points: &[Planned], indent: &str, nth: &mut usize, open: &mut Open) -> String {
    let mut word = || {
        *nth += 1;
        format!("w{nth}x")
    };
    let (mut items, mut marked, mut table) = (String::new(), String::new(), String::new());
    for point in points {
        let own = word();
        let said = match point.owner {
            Some(owner) => format!("{owner}: do {own} soon"),
            None => format!("do {own} soon"),
        };
        let children: Vec<(String, bool)> = point.children.iter().map(|done| (word(), *done)).collect();
        let has_list = matches!(point.way, Way::Box | Way::Ticked | Way::Bare);
        let is_open = match point.way {
            Way::Ticked => false,
            // an item without a box is what the boxes under it are
            Way::Bare => children.is_empty() || children.iter().any(|(_, done)| !done),
            _ => true,
        };
        if is_open {
            open.insert(own.clone(), point.owner.map(str::to_owned));
        }
        match point.way {
            Way::Box => items.push_str(&format!("{indent}- [ ] {said}\n")),
            Way::Ticked => items.push_str(&format!("{indent}- [x] {said}\n")),
            Way::Bare => items.push_str(&format!("{indent}- {said}\n")),
            Way::Marked => {
                marked.push_str(&format!("{indent}- ACTION {}: do {own} soon\n", point.owner.unwrap_or("Ida")));
                open.insert(own.clone(), Some(point.owner.unwrap_or("Ida").to_owned()));
            }
            Way::Row => table.push_str(&format!("| do {own} soon | {} |\n", point.owner.unwrap_or(""))),
        }
        if has_list {
            if point.quote {
                items.push_str(&format!("{indent}  > said so\n"));
            }
            for (child, done) in children {
                items.push_str(&format!("{indent}  - [{}] part {child} of it\n", if done { 'x' } else { ' ' }));
                if !done {
                    open.insert(child, None);
                }
            }
        }
    }
    items.push_str(&marked);
    if !table.is_empty() {
        items.push_str(&format!("\n| Action | Owner |\n|---|---|\n{table}"));
    }
    items
}

/// The files of a style, and what is open in them.
fn notebook(look: Look, meetings: &[Vec<Planned>; 2]) -> (Vec<(String, String)>, &'static str, Open) {
    let (mut nth, mut open) = (0, Open::new());
    let style = look.style;
    // a table under a bullet would be another's text
    let without_rows =
        |points: &[Planned]| -> Vec<Planned> { points.iter().filter(|point| point.way != Way::Row).cloned().collect() };
    let days = ["2026-10-01", "2026-10-08"];
    let mut texts = meetings.iter().map(|points| {
        let points = if matches!(style, 0 | 2) { without_rows(points) } else { points.clone() };
        let base = if style == 2 { "  " } else { "" };
        let text = lines(&points, base, &mut nth, &mut open);
        let bulleted = |line: &str| {
            let words = line.strip_prefix(base).and_then(|words| words.strip_prefix("- "));
            words.map_or_else(|| line.to_owned(), |words| format!("{base}{} {words}", look.bullet))
        };
        let text: String = text.lines().map(|line| bulleted(line) + "\n").collect();
        look.over.map_or_else(|| text.clone(), |over| format!("{over}\n{text}"))
    });
    let (one, two) = (texts.next().unwrap(), texts.next().unwrap());
    drop(texts);
    let files = match style {
        0 => vec![(
            "log.md",
            format!("Meeting ({})\n{one}\nMeeting ({})\n{two}", days[0].replace('-', "/"), days[1].replace('-', "/")),
        )],
        1 => vec![(
            "log.md",
            format!("# Team sync\n\n## {}\n\n### Actions\n\n{two}\n## {}\n\n### Actions\n\n{one}", days[1], days[0]),
        )],
        2 => vec![("log.md", format!("# Team sync\n\n- {}\n{one}- {}\n{two}", days[0], days[1]))],
        _ => vec![
            (
                "sync/2026-10-01 Team sync.md",
                format!("# Team sync\n\n## Present\n\n- Ida\n- Noor\n\n## Actions\n\n{one}"),
            ),
            (
                "sync/2026-10-08 Team sync.md",
                format!("# Team sync\n\n## Present\n\n- Ida\n- Noor\n\n## Actions\n\n{two}"),
            ),
        ],
    };
    let whole = |text: String| {
        let text = if look.cut { text.trim_end().to_owned() } else { text };
        if look.crlf { text.replace('\n', "\r\n") } else { text }
    };
    let files = files.into_iter().map(|(path, text)| (path.to_owned(), whole(text))).collect();
    (files, if style == 3 { "Team sync" } else { "log.md" }, open)
}

fn clock(nanos: i64) -> Clock {
    Clock { today: "2026-10-10".parse().unwrap(), time: "2026-10-10".to_owned(), nanos }
}

fn read(notes: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec![notes.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.insert(path.to_string_lossy().into_owned(), fs::read_to_string(&path).unwrap());
            }
        }
    }
    found
}

/// The word by which a point is known.
fn word(text: &str) -> String {
    let is_word = |word: &&str| word.starts_with('w') && word.ends_with('x') && word.len() > 2;
    text.split(|c: char| !c.is_alphanumeric()).find(is_word).unwrap_or("").to_owned()
}

struct Desk {
    session: Session,
    nanos: i64,
    undo: Vec<u64>,
}

impl Desk {
    fn refresh(&mut self) {
        self.nanos += 1;
        self.session.refresh(clock(self.nanos)).unwrap();
    }

    fn do_it(&mut self, change: &Change) {
        let plan = self.session.plan(change).unwrap_or_else(|error| panic!("{error}: {error:?}"));
        let receipt = self.session.carry_out(plan, "test").unwrap();
        self.undo.extend(receipt.undo);
        self.refresh();
    }

    /// Words, owners, lengths of history and places of what is open over all meetings.
    fn open(&self) -> Vec<(String, Option<String>, usize, String)> {
        let filter = ActionFilter { open: true, unknown: true, ..ActionFilter::default() };
        let actions = self.session.actions(&Query::default(), &filter).unwrap().actions;
        let mut found: Vec<_> = actions
            .into_iter()
            .map(|action| {
                let place = format!("{}:{}", action.path, action.point.line);
                (word(&action.point.text), action.point.owner.clone(), action.history.len(), place)
            })
            .collect();
        found.sort();
        found
    }
}

fn holds(look: Look, meetings: &[Vec<Planned>; 2], runs: &[Run]) {
    let home = tempfile::tempdir().unwrap();
    let notes = home.path().join("notes");
    let (files, series, mut open) = notebook(look, meetings);
    for (path, text) in &files {
        let path = notes.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let first = read(&notes);
    let discover =
        disk::Discover { notebook: Some(notes.clone()), cwd: home.path().to_owned(), ..disk::Discover::default() };
    let folders = Folders { cache: home.path().join("cache"), state: home.path().join("state") };
    let session = Session::open(disk::discover(&discover).unwrap(), folders, clock(0));
    let mut desk = Desk { session, nanos: 0, undo: Vec::new() };
    let owners: Open = desk.open().into_iter().map(|(word, owner, ..)| (word, owner)).collect();
    assert_eq!(owners.keys().collect::<Vec<_>>(), open.keys().collect::<Vec<_>>());
    let mut date: NaiveDate = "2026-10-15".parse().unwrap();
    for run in runs {
        let whole = NextMeeting { series: series.to_owned(), date: Some(date), ..NextMeeting::default() };
        let some = NextMeeting {
            most: run.most,
            only: if run.only { vec!["Ida".to_owned()] } else { Vec::new() },
            moves: run.moves,
            ..whole.clone()
        };
        for wanted in [some, NextMeeting { moves: run.moves, ..whole }] {
            desk.do_it(&Change::Meeting(wanted.clone()));
            let once = read(&notes);
            desk.do_it(&Change::Meeting(wanted));
            assert_eq!(read(&notes), once, "a second run adds nothing");
            let now = desk.open();
            assert_eq!(now.iter().map(|(word, ..)| word).collect::<Vec<_>>(), open.keys().collect::<Vec<_>>());
            // whoever did it does it; a name that no box stood before may be known now
            for (word, owner, ..) in now.iter().filter(|(word, ..)| owners[word].is_some()) {
                assert_eq!(owner, &owners[word], "{word}: {once:#?}");
            }
        }
        // the newest meeting has all that is open, and each once
        let meeting = desk.session.meeting(series, Some(date)).unwrap().meetings.remove(0);
        let mut words: Vec<String> = meeting.points.iter().map(|point| word(&point.text)).collect();
        words.sort();
        assert_eq!(words, open.keys().cloned().collect::<Vec<_>>(), "{:#?}", read(&notes));
        // line ends are those of the file
        for text in read(&notes).values() {
            let (all, crlf) = (text.matches('\n').count(), text.matches("\r\n").count());
            assert_eq!(crlf, if look.crlf { all } else { 0 }, "{text:?}");
        }
        let text = fs::read_to_string(notes.join(meeting.path.as_str())).unwrap();
        let text: Vec<&str> = text.lines().collect();
        let text = text[meeting.line - 1..meeting.end_line].join("\n");
        for word in open.keys() {
            assert_eq!(text.matches(word.as_str()).count(), 1, "{word}: {text}");
        }
        let now = desk.open();
        if let Some(index) = run.tick.filter(|_| !now.is_empty()) {
            let (word, .., place) = &now[index.index(now.len())];
            let name = TaskName::from(place.as_str());
            desk.do_it(&Change::Status { tasks: Tasks::Named(vec![name]), symbol: 'x', done_date: DoneDate::Never });
            open.remove(word);
        }
        date = date.checked_add_days(Days::new(7)).unwrap();
    }
    while let Some(number) = desk.undo.pop() {
        desk.session.undo(Some(number), false).unwrap();
        desk.refresh();
    }
    assert_eq!(read(&notes), first);
}

#[test]
fn whatever_is_open_stands_in_the_newest_meeting_once() {
    // more where somebody asks for more
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(5);
    let mut runner = TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() });
    let meetings = [vec(planned(), 0..5), vec(planned(), 1..5)];
    let strategy = (look(), meetings, vec(run(), 1..6));
    runner
        .run(&strategy, |(look, meetings, runs)| {
            holds(look, &meetings, &runs);
            Ok(())
        })
        .unwrap();
}

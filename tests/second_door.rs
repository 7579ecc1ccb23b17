//! A second door: a program that keeps a notebook open and never names `cli`.

use std::error::Error;
use std::fs;
use std::path::Path;

use hornbook::disk;
use hornbook::session::Change;
use hornbook::session::Clock;
use hornbook::session::DoneDate;
use hornbook::session::Folders;
use hornbook::session::SearchRequest;
use hornbook::session::Session;
use hornbook::session::TaskName;
use hornbook::session::Tasks;
use hornbook::session::TodoRequest;

const TODAY: &str = "2026-11-27";

/// Open a notebook, search it, tick a task, see the file changed, follow the notes, list again, and take the tick back.
#[test]
fn a_notebook_is_kept_open_without_the_command_line() -> Result<(), Box<dyn Error>> {
    let home = tempfile::tempdir()?;
    let (notes, note) = (home.path().join("notes"), home.path().join("notes/inbox.md"));
    fs::create_dir(&notes)?;
    put(&note, "# Inbox\n\n- [ ] read the saga paper\n- [ ] call Ida\n")?;

    let discover = disk::Discover { notebook: Some(notes), cwd: home.path().to_owned(), ..disk::Discover::default() };
    let folders = Folders { cache: home.path().join("cache"), state: home.path().join("state") };
    let mut session = Session::open(disk::discover(&discover)?, folders, clock(1)?);

    let request = SearchRequest { query: session.query("saga")?, ..SearchRequest::default() };
    assert_eq!(session.search(&request)?.hits.len(), 1);
    assert_eq!(open_tasks(&session)?, ["read the saga paper", "call Ida"]);

    let tasks = Tasks::Named(vec![TaskName::from("call Ida")]);
    let plan = session.plan(&Change::Status { tasks, symbol: 'x', done_date: DoneDate::AsUsed })?;
    assert_eq!(
        fs::read_to_string(&note)?,
        "# Inbox\n\n- [ ] read the saga paper\n- [ ] call Ida\n",
        "a plan writes nothing"
    );
    let receipt = session.carry_out(plan, "done")?;
    assert_eq!(fs::read_to_string(&note)?, "# Inbox\n\n- [ ] read the saga paper\n- [x] call Ida\n");

    session.refresh(clock(2)?)?;
    assert_eq!(open_tasks(&session)?, ["read the saga paper"]);

    session.undo(receipt.undo, false)?;
    session.refresh(clock(3)?)?;
    assert_eq!(open_tasks(&session)?, ["read the saga paper", "call Ida"]);

    let fields = Change::Pin { task: TaskName::from("call Ida") };
    let plan = session.plan(&fields)?;
    put(&note, "# Inbox\n\n- [ ] somebody else was faster\n")?;
    assert!(session.carry_out(plan, "pin").is_err(), "a note that changed meanwhile is left alone");
    assert_eq!(fs::read_to_string(&note)?, "# Inbox\n\n- [ ] somebody else was faster\n");
    Ok(())
}

/// A session can be handed to another thread.
#[test]
fn a_session_is_send() {
    fn is_send<T: Send>() {}
    is_send::<Session>();
}

fn open_tasks(session: &Session) -> Result<Vec<String>, hornbook::session::Error> {
    Ok(session.todo(&TodoRequest::default())?.tasks.into_iter().map(|task| task.label).collect())
}

fn clock(nanos: i64) -> Result<Clock, chrono::ParseError> {
    Ok(Clock { today: TODAY.parse()?, time: TODAY.to_owned(), nanos })
}

#[expect(clippy::disallowed_methods, reason = "a note of the test, in a folder of its own")]
fn put(note: &Path, text: &str) -> std::io::Result<()> {
    fs::write(note, text)
}

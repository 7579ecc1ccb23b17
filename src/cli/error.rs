//! Error messages: what happened, where, why, and what to do next.

use std::error::Error;
use std::rc::Rc;

use crate::disk::CommitError;
use crate::disk::UndoError;
use crate::disk::config::tracker::TrackerError;
use crate::model::NotePath;
use crate::model::Status;
use crate::model::calendar;
use crate::model::calendar::WhenError;
use crate::model::words::nearest;
use crate::report::reading::ReadingItem;
use crate::report::task::TaskItem;
use crate::session;
use crate::session::SiteError;
use crate::template::shipped::SHIPPED;
use crate::view::Paths;
use crate::view::words;

/// An error to show to the user; exit code 2.
#[derive(Debug, Clone, Default)]
pub(crate) struct Failure {
    /// What happened, where and why; may be several lines (a source line with a caret).
    pub(crate) message: String,
    /// What to do next.
    pub(crate) hints: Vec<String>,
    /// An error of a session. It is put into words when it is shown, because paths depend on the current folder.
    pub(crate) cause: Option<Rc<session::Error>>,
}

impl Failure {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), ..Self::default() }
    }

    /// Adds the place in front: `--since: …`
    pub(crate) fn at(self, place: &str) -> Self {
        Self { message: format!("{place}: {}", self.message), ..self }
    }

    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// The same in words, with paths that can be opened from here.
    pub(crate) fn in_words(self, paths: &dyn Paths) -> Self {
        match &self.cause {
            Some(cause) => worded(cause, paths),
            None => self,
        }
    }
}

impl<E: Error + 'static> From<E> for Failure {
    fn from(error: E) -> Self {
        let error: Box<dyn Error> = Box::new(error);
        match error.downcast::<session::Error>() {
            Ok(cause) => Self { message: message(&*cause), hints: Vec::new(), cause: Some(Rc::new(*cause)) },
            Err(error) => Self::new(message(&*error)),
        }
    }
}

/// An error with its causes.
fn message(error: &dyn Error) -> String {
    let mut message = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let words = cause.to_string();
        // many errors already include the message of their cause
        if !message.contains(&words) {
            message = format!("{message}: {words}");
        }
        source = cause.source();
    }
    message
}

/// A session's error as a message, with paths relative to the current folder and advice on what to type.
fn worded(error: &session::Error, paths: &dyn Paths) -> Failure {
    use session::Error as E;
    let failure = Failure::new(message(error));
    match error {
        E::NoNote { near: Some(near), .. } => failure.hint(format!("did you mean {near}?")),
        // a place, where only a whole note can be meant
        E::NoNote { name, .. } if name.split_once('#').is_some_and(|(note, _)| !note.is_empty()) => {
            failure.hint("this names a whole note: leave out what begins with #")
        }
        E::NoNote { near: None, .. } => {
            failure.hint("`hornbook list` shows the notes, `hornbook search` finds words in them")
        }
        E::ManyNotes { name, paths } => {
            let paths: Vec<String> = paths.iter().map(NotePath::to_string).collect();
            let count = words::count(paths.len(), "note");
            Failure::new(format!("`{name}` matches {count}: {}", words::list(&paths)))
                .hint("name one of them by its path")
        }
        E::NoTemplate { near, .. } => match near {
            Some(near) => failure.hint(format!("did you mean {near}?")),
            None => failure.hint("`hornbook new --list` shows the templates"),
        },
        E::Template { path: Some(path), line, message, .. } => {
            Failure::new(format!("{}:{line}: {message}", paths.shown(path)))
        }
        E::NoTitle { template } => failure.hint(format!("hornbook new {template} 'TITLE'")),
        E::Unanswered { template, questions } => {
            let asked: Vec<String> = questions
                .iter()
                .map(|(name, ask)| ask.as_ref().map_or(format!("`{name}`"), |ask| format!("`{name}` ({ask})")))
                .collect();
            let vars: Vec<String> = questions.iter().map(|(name, _)| format!("--var {name}='…'")).collect();
            Failure::new(format!("the template {template} asks for {}", words::list(&asked))).hint(vars.join(" "))
        }
        E::NoteExists { path, free } => {
            let shown = paths.shown(path);
            Failure::new(format!("{shown} already exists: nothing was written")).hint(format!(
                "`hornbook edit {}` opens it; --name {} makes another",
                shell_words::quote(&shown),
                shell_words::quote(free)
            ))
        }
        E::PlaceTaken { path, free } => {
            Failure::new(format!("{} already exists: nothing was written", paths.shown(path)))
                .hint(format!("{} is free", shell_words::quote(&paths.shown(free))))
        }
        E::MovesOut { .. } => {
            failure.hint("links cannot lead there: templates, hidden and ignored folders are not part of the notebook")
        }
        E::LinkStuck { path, line, link, why } => Failure::new(format!(
            "{}:{line}: the link `{link}` cannot be rewritten to lead to the same place: {why}",
            paths.shown(path)
        ))
        .hint("nothing was changed; edit the link yourself, and try again"),
        E::BecomesNote { path, .. } => failure.hint(match path.file_name().rsplit_once('.') {
            Some((_, extension)) => format!("keep its ending: .{extension}"),
            None => "give it another ending".to_owned(),
        }),
        E::NotAPart { .. } => failure.hint("write NOTE#Heading, or NOTE#^id for a block"),
        E::ManyHeadings { path, .. } => failure.hint(format!(
            "name one by its anchor (`hornbook outline {} --format json` has them), or with the heading above it: One#Two",
            path.stem()
        )),
        E::NoTag { .. } => failure.hint("`hornbook tags` lists those that there are"),
        E::TicketTaken { .. } => failure.hint("--merge makes one ticket of the two"),
        E::PersonTaken { .. } => failure.hint("--merge makes one person of the two"),
        E::TagTaken { .. } => failure.hint("--merge makes one tag of the two"),
        E::DayWithin { path } => {
            Failure::new(format!("the journal does not use a note per day; it continues in {}", paths.shown(path)))
                .hint("`hornbook journal today` adds the day there; --name makes a note of its own")
        }
        E::NotShipped { near, .. } => match near {
            Some(near) => failure.hint(format!("did you mean {near}?")),
            None => failure.hint(format!("there are {}", SHIPPED.map(|(name, _)| name).join(", "))),
        },
        E::TemplateExists { path } => Failure::new(format!("{} already exists: nothing was written", paths.shown(path)))
            .hint("change it as you like; without it, hornbook's own counts again"),
        E::NoHeading { path, heading } => {
            let shown = paths.shown(path);
            Failure::new(format!("{shown} has no heading `{heading}`"))
                .hint(format!("`hornbook outline {}` shows the headings", path.stem()))
        }
        E::NoSeries { near, .. } => failure.hint(match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`hornbook meeting` lists the series".to_owned(),
        }),
        E::NoDay { path, date } => Failure::new(format!("{} has no entry for {date}", paths.shown(path)))
            .hint("these meetings are headings of your journal's days: `hornbook journal today` makes the day first"),
        E::ManySeries { name, series } => {
            let line = |(series, path): &(String, NotePath)| format!("  {series}  {}", paths.shown(path));
            let lines: Vec<String> = series.iter().take(10).map(line).collect();
            let count = words::count(series.len(), "series");
            Failure::new(format!("`{name}` matches {count} of meetings:\n{}", lines.join("\n")))
                .hint("name one of them by the path of its note")
        }
        E::NoHeadingToday { path, heading, near } => {
            let failure = Failure::new(format!("{}: today has no heading `{heading}`", paths.shown(path)));
            match near {
                Some(near) => failure.hint(format!("did you mean `{near}`?")),
                None => failure.hint("days are not headings in this note, so none can be added below them"),
            }
        }
        E::Unclosed { path, line } => Failure::new(format!(
            "{}:{line}: the code block or comment that begins here is never closed, so a line added below it would become part of it",
            paths.shown(path)
        ))
        .hint("close it first (``` for a code block), then add the line again"),
        E::Pattern { .. } => failure.hint(
            "name them by the day alone, such as YYYY-MM-DD: the setting journal.file, or Obsidian's daily notes",
        ),
        E::NoPlace { path, place } => {
            let shown = paths.shown(path);
            let place = if place.starts_with("line ") { place.clone() } else { format!("`{place}`") };
            Failure::new(format!("{shown} has no {place}"))
                .hint(format!("`hornbook outline {shown}` shows its headings"))
        }
        E::NoTask { .. } => failure.hint(
            "`hornbook todo --all` shows the ids; a task can also be named by path:line or by words that only it has",
        ),
        E::Unboxed { path, line } => {
            Failure::new(format!("{}:{line} is a meeting point without a box", paths.shown(path)))
                .hint("only a list item gets a box; `hornbook meeting new` copies it into the next meeting with one")
        }
        E::ManyTasks { name, tasks } => {
            let count = words::count(tasks.len(), "task");
            Failure::new(format!("`{name}` matches {count}:\n{}", listed(tasks, paths)))
                .hint("name one of them by its id, or by path:line")
        }
        E::NoBox { path, line, near } => {
            let failure = Failure::new(format!("{}:{line} has no box", paths.shown(path)));
            if near.is_empty() {
                failure.hint("there is none in this note")
            } else {
                failure.hint(format!("the nearest ones in this note are\n{}", listed(near, paths)))
            }
        }
        E::NoReading { .. } => failure.hint(
            "`hornbook reading --state to-read` shows the ids; a link can also be named by its address, by path:line, or by words of its title",
        ),
        E::ManyReadings { name, items } => {
            let line = |item: &ReadingItem| {
                let place = item.place().map(|(path, line)| format!("{}:{line}", paths.shown(path))).unwrap_or_default();
                format!("  {}  {place}  {}", item.id, item.title)
            };
            let listed = items.iter().take(10).map(line).collect::<Vec<_>>().join("\n");
            Failure::new(format!("`{name}` matches {}:\n{listed}", words::count(items.len(), "link")))
                .hint("name one of them by its id, or by path:line")
        }
        E::NoReadingAt { path, line } => Failure::new(format!("{}:{line} has no link to read", paths.shown(path)))
            .hint("`hornbook reading --format path` shows which notes have some, `hornbook reading --state unsorted` what is not decided"),
        E::NoListItem { path, line } => Failure::new(format!(
            "{}:{line}: the link is not in a list, so there is no place for a box",
            paths.shown(path)
        ))
        .hint("make a list item of it, or write what you think of it below"),
        E::NotMarked { path, line, why } => {
            Failure::new(format!("{}:{line}: a box would not change what it is: {why}", paths.shown(path)))
                .hint("change the words of the item first")
        }
        E::NoAddress { .. } => failure.hint("an address begins with https:// or the like"),
        E::NotNamedByTodoTxt { written } => {
            failure.hint(format!("todo-txt = [{written:?}] below [preprocessor.hornbook.tasks] in book.toml"))
        }
        E::NoStatus { written } => {
            let names: Vec<String> = Status::ALL.iter().map(|status| status.name().to_owned()).collect();
            let failure = Failure::new(format!(
                "`{written}` is not a status: write a single character, or {}",
                words::list(&names)
            ));
            match nearest(written, names.iter().map(String::as_str)) {
                Some(near) => failure.hint(format!("did you mean {near}?")),
                None => failure,
            }
        }
        E::NoSymbol { status } => {
            let name = status.name();
            Failure::new(format!("no character means `{name}` in this notebook")).hint(format!(
                "give the character itself, or add one to [preprocessor.hornbook.statuses]: \"w\" = \"{name}\""
            ))
        }
        E::NoGoal { near: Some(near), .. } => failure.hint(format!("did you mean {near}?")),
        E::NoGoal { known: 0, .. } => {
            failure.hint("there are no goals yet: write a note goals.md with a heading for each, or use the tag #goal or #skill")
        }
        E::NoGoal { .. } => failure.hint("`hornbook goals` lists them"),
        E::ManyGoals { name, goals } => {
            let place = |(name, path, line): &(String, NotePath, usize)| format!("  {name}  {}:{line}", paths.shown(path));
            let list: Vec<String> = goals.iter().map(place).collect();
            Failure::new(format!("`{name}` matches {}:\n{}", words::count(goals.len(), "goal"), list.join("\n")))
                .hint("write more of its name")
        }
        E::NoProject { .. } => failure.hint("capital letters, then perhaps digits or _: SHOP for SHOP-12"),
        E::NoNumberPlace { project, .. } => failure.hint(format!(
            "write {{num}} in its place, as in https://tickets.example.com/browse/{{key}}-{{num}}, or give the address of one of \
             its tickets, with {project}-1 in it"
        )),
        E::Export { .. } => failure.hint("nothing was written; export it again, as CSV or JSON of Jira, GitHub or GitLab"),
        E::NoTicketTable { path } => Failure::new(format!("{} has no table with a column for tickets", paths.shown(path)))
            .hint("its header names at least Ticket; Title, Status and Since are kept where they are there"),
        E::Tracker(TrackerError::Unclear { .. }) => failure.hint("add a table [[preprocessor.hornbook.tickets]] yourself"),
        E::Tracker(TrackerError::Other { .. }) => failure.hint("change it there, or leave the address out"),
        E::Changed { path, line } => {
            let line = line.map(|line| format!(":{line}")).unwrap_or_default();
            Failure::new(format!("{}{line} changed while this command ran: nothing was written", paths.shown(path)))
                .hint("run it again")
        }
        E::Query { .. } => failure.hint("`hornbook help query` shows what a query can say"),
        E::Date(error) => no_date(error.clone()),
        E::Undo(UndoError::Unknown(_)) => failure.hint("`hornbook undo --list` shows the changes"),
        E::Undo(UndoError::Already { by, .. }) => failure.hint(format!("`{}` redoes it", words::undo(*by))),
        E::Commit(CommitError::Partly { number, .. })
        | E::Undo(UndoError::Commit(CommitError::Partly { number, .. })) => {
            failure.hint(format!("`{}` undoes it", words::undo(*number)))
        }
        E::Site(error) => advised(error, failure),
        _ => failure,
    }
}

/// Why a site is not built, with advice.
fn advised(error: &SiteError, failure: Failure) -> Failure {
    match error {
        SiteError::NotForPages { .. } | SiteError::OutsideNotebook { .. } => failure.hint("`--out DIR` says where to"),
        SiteError::InTheWay { folder, addresses } => {
            let shown: Vec<&str> = addresses.iter().take(5).map(String::as_str).collect();
            let count = words::count(addresses.len(), "file");
            let (folder, shown) = (folder.display(), shown.join(", "));
            Failure::new(format!("{folder}: {count} in the way that Hornbook did not write: {shown}"))
                .hint("nothing was overwritten; `--out DIR` builds elsewhere")
        }
        SiteError::Extra { .. } => {
            failure.hint("such files must be below the folder of book.toml, and at most 32 MiB long")
        }
        SiteError::BaseUrl { .. } | SiteError::Theme(_) | SiteError::Template(_) | SiteError::Output { .. } => failure,
    }
}

/// The error for an invalid date, with a suggestion, else with examples.
pub(crate) fn no_date(error: WhenError) -> Failure {
    let hint = match &error.suggestion {
        Some(meant) => format!("did you mean {meant}?"),
        None => format!("a date is one of: {}", calendar::FORMS),
    };
    Failure::new(error.message).hint(hint)
}

/// Tasks, one per line, at most ten.
fn listed(tasks: &[TaskItem], paths: &dyn Paths) -> String {
    let line = |task: &TaskItem| {
        let path = paths.shown(&task.path);
        format!("  {}  {path}:{}  [{}] {}", task.id, task.line, task.symbol, task.label)
    };
    tasks.iter().take(10).map(line).collect::<Vec<_>>().join("\n")
}

/// How a command ends: with a positive or a negative answer (nothing found, problems found).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    Answered,
    Negative,
}

impl Exit {
    /// Negative if there is nothing.
    pub(crate) const fn found(something: bool) -> Self {
        if something { Self::Answered } else { Self::Negative }
    }
}

pub(crate) type Outcome = Result<Exit, Failure>;

//! Why a session has no answer.
//!
//! Over 400 lines because it is one enum: every reason with its words.

use std::io;
use std::path::PathBuf;

use chrono::NaiveDate;
use thiserror::Error;

use crate::disk::CommitError;
use crate::disk::NotebookError;
use crate::disk::ReadError;
use crate::disk::UndoError;
use crate::disk::config::tracker::TrackerError;
use crate::model::NotePath;
use crate::model::Status;
use crate::model::calendar::WhenError;
use crate::model::date_pattern::PatternError;
use crate::model::file_name::NameError;
use crate::query::QueryError;
use crate::report::reading::ReadingItem;
use crate::report::task::TaskItem;
use crate::session::site::SiteError;

/// Why a session cannot answer. The caller adds what to do next, since only it knows how users ask.
#[derive(Debug, Error)]
pub enum Error {
    /// No note has this name.
    #[error("no note is called `{name}`")]
    NoNote {
        /// As it was asked for.
        name: String,
        /// A note whose name or title differs by a typo.
        near: Option<NotePath>,
    },
    /// Several notes have this name.
    #[error("`{name}` matches {} notes", paths.len())]
    ManyNotes {
        /// As it was asked for.
        name: String,
        /// The notes, sorted.
        paths: Vec<NotePath>,
    },
    /// No template has this name.
    #[error("no template is called `{name}`")]
    NoTemplate {
        /// As it was asked for.
        name: String,
        /// A template whose name differs by a typo.
        near: Option<String>,
    },
    /// A template cannot be used.
    #[error("{}:{line}: {message}", path.as_ref().map_or_else(|| format!("template {name}"), NotePath::to_string))]
    Template {
        /// Its name.
        name: String,
        /// Its file, from the notes folder; `None` for one that comes with the program.
        path: Option<NotePath>,
        /// 1-based.
        line: usize,
        /// What is wrong.
        message: String,
    },
    /// A template needs a title.
    #[error("the template {template} needs a title")]
    NoTitle {
        /// Its name.
        template: String,
    },
    /// A template has questions without answers.
    #[error("the template {template} has unanswered questions")]
    Unanswered {
        /// Its name.
        template: String,
        /// Names, with the questions.
        questions: Vec<(String, Option<String>)>,
    },
    /// A note already exists.
    #[error("{path} already exists: nothing was written")]
    NoteExists {
        /// The note.
        path: NotePath,
        /// A name beside it, without `.md`.
        free: String,
    },
    /// Another file has the path that a file should get.
    #[error("{path} already exists: nothing was written")]
    PlaceTaken {
        /// What is there.
        path: NotePath,
        /// A free place beside it.
        free: NotePath,
    },
    /// A place whose files are no part of the notebook.
    #[error("{path} would be left out of the notebook: nothing was moved")]
    MovesOut {
        /// The place.
        path: NotePath,
    },
    /// A link that cannot be written so that it leads where it did.
    #[error("{path}:{line}: the link `{link}` cannot be rewritten to lead to the same place: {why}")]
    LinkStuck {
        /// The note.
        path: NotePath,
        /// 1-based.
        line: usize,
        /// Its target as written.
        link: String,
        /// Why.
        why: &'static str,
    },
    /// A file that is no note would be one.
    #[error("{path} is not a note, but would be read as one if it were called {to}")]
    BecomesNote {
        /// The file.
        path: NotePath,
        /// Its new path.
        to: NotePath,
    },
    /// Neither a heading nor a block.
    #[error("`{written}` is not a heading or a block")]
    NotAPart {
        /// As it was asked for.
        written: String,
    },
    /// Several headings of a note have these words.
    #[error("{path}: `{name}` matches {} headings, on lines {}", lines.len(), listed(lines))]
    ManyHeadings {
        /// The note.
        path: NotePath,
        /// As it was asked for.
        name: String,
        /// 1-based.
        lines: Vec<usize>,
    },
    /// No note has this tag.
    #[error("no note has the tag #{name}")]
    NoTag {
        /// Without `#`.
        name: String,
    },
    /// A ticket of this key already exists.
    #[error("{key} is already in {notes} note{}", if *notes == 1 { "" } else { "s" })]
    TicketTaken {
        /// The key.
        key: String,
        /// How many notes.
        notes: usize,
    },
    /// A person of this name already exists.
    #[error("{name} is already in {notes} note{}", if *notes == 1 { "" } else { "s" })]
    PersonTaken {
        /// The name.
        name: String,
        /// How many notes.
        notes: usize,
    },
    /// A tag of this name already exists.
    #[error("{notes} note{} the tag #{name}", if *notes == 1 { " already has" } else { "s already have" })]
    TagTaken {
        /// Without `#`.
        name: String,
        /// How many notes have it.
        notes: usize,
    },
    /// A folder or a name that cannot be used.
    #[error("`{written}` cannot be a note's path: {why}")]
    Name {
        /// As it was asked for.
        written: String,
        /// Why not.
        why: NameError,
    },
    /// The journal has no note for each day.
    #[error("the journal does not use a note per day; it continues in {path}")]
    DayWithin {
        /// Where the day goes.
        path: NotePath,
    },
    /// No template of this name comes with the program.
    #[error("hornbook has no built-in template `{name}`")]
    NotShipped {
        /// As it was asked for.
        name: String,
        /// One whose name differs by a typo.
        near: Option<String>,
    },
    /// The notebook has a template of its own.
    #[error("{path} already exists: nothing was written")]
    TemplateExists {
        /// The template.
        path: NotePath,
    },
    /// No series of meetings has this name.
    #[error("no series of meetings is called `{name}`")]
    NoSeries {
        /// As it was asked for.
        name: String,
        /// A series whose name differs by a typo.
        near: Option<String>,
    },
    /// Meetings that are headings of a journal's days, and the day is not there.
    #[error("{path} has no entry for {date}")]
    NoDay {
        /// The note.
        path: NotePath,
        /// The day.
        date: NaiveDate,
    },
    /// Several series of meetings have this name.
    #[error("`{name}` matches {} series of meetings", series.len())]
    ManySeries {
        /// As it was asked for.
        name: String,
        /// The series, each with the note of its newest meeting.
        series: Vec<(String, NotePath)>,
    },
    /// A note has no such heading.
    #[error("{path} has no heading `{heading}`")]
    NoHeading {
        /// The note.
        path: NotePath,
        /// As it was asked for.
        heading: String,
    },
    /// Today's entry has no such heading, and none is made.
    #[error("{path}: today has no heading `{heading}`")]
    NoHeadingToday {
        /// The note.
        path: NotePath,
        /// As it was asked for.
        heading: String,
        /// A heading of the day that differs by a typo; `None` where the day holds no headings.
        near: Option<String>,
    },
    /// A line would not be text.
    #[error(
        "{path}:{line}: the code block or comment that begins here is never closed, so a line added below it would become part of it"
    )]
    Unclosed {
        /// The note.
        path: NotePath,
        /// 1-based, where the code or comment begins.
        line: usize,
    },
    /// A pattern whose names could not be read back as dates.
    #[error("the journal's notes cannot be named by `{pattern}`: {why}")]
    Pattern {
        /// As the settings have it.
        pattern: String,
        /// Why not.
        why: PatternError,
    },
    /// A note has no such heading or block.
    #[error("{path} has no `{place}`")]
    NoPlace {
        /// The note.
        path: NotePath,
        /// As it was asked for; a block with `^`.
        place: String,
    },
    /// No task has this name.
    #[error("no task is called `{name}`")]
    NoTask {
        /// As it was asked for.
        name: String,
    },
    /// What has this name is a point of a meeting, and no task.
    #[error("{path}:{line} is a meeting point without a box")]
    Unboxed {
        /// The note.
        path: NotePath,
        /// 1-based.
        line: usize,
    },
    /// Several tasks have this name.
    #[error("`{name}` matches {} tasks", tasks.len())]
    ManyTasks {
        /// As it was asked for.
        name: String,
        /// The tasks, in the order of path and line.
        tasks: Vec<TaskItem>,
    },
    /// A line without a box.
    #[error("{path}:{line} has no box")]
    NoBox {
        /// The note.
        path: NotePath,
        /// 1-based.
        line: usize,
        /// The nearest tasks of the note, nearest first.
        near: Vec<TaskItem>,
    },
    /// No link to read has this name.
    #[error("no link to read is called `{name}`")]
    NoReading {
        /// As it was asked for.
        name: String,
    },
    /// Several links to read have this name.
    #[error("`{name}` matches {} links", items.len())]
    ManyReadings {
        /// As it was asked for.
        name: String,
        /// The links, in the order of the notes.
        items: Vec<ReadingItem>,
    },
    /// A line without a link to read.
    #[error("{path}:{line} has no link to read")]
    NoReadingAt {
        /// The note.
        path: NotePath,
        /// 1-based.
        line: usize,
    },
    /// A link that stands in no list.
    #[error("{path}:{line}: the link is not in a list, so there is no place for a box")]
    NoListItem {
        /// The note.
        path: NotePath,
        /// 1-based.
        line: usize,
    },
    /// A link that would not be read as it is marked.
    #[error("{path}:{line}: a box cannot show this: {why}")]
    NotMarked {
        /// The note.
        path: NotePath,
        /// 1-based.
        line: usize,
        /// Why the link would stay what it is.
        why: String,
    },
    /// Something that is no address of a page.
    #[error("`{written}` is not an address")]
    NoAddress {
        /// As it was asked for.
        written: String,
    },
    /// A file of todo.txt that no setting names: it would not be read.
    #[error("{written} would not be read: no setting names it")]
    NotNamedByTodoTxt {
        /// As it was asked for.
        written: String,
    },
    /// Something that names no state of a task.
    #[error("`{written}` is not a status")]
    NoStatus {
        /// As it was asked for.
        written: String,
    },
    /// A state that no character stands for in this notebook.
    #[error("no character means `{}` in this notebook", status.name())]
    NoSymbol {
        /// The state.
        status: Status,
    },
    /// A note changed between the question and the change.
    #[error("{path} changed while this command ran: nothing was written")]
    Changed {
        /// The note.
        path: NotePath,
        /// 1-based, where only a line of it matters.
        line: Option<usize>,
    },
    /// A text that is no query.
    #[error("{}", error.render(text))]
    Query {
        /// The text.
        text: String,
        /// What is wrong and where.
        error: QueryError,
    },
    /// Something that is no date.
    #[error(transparent)]
    Date(#[from] WhenError),
    /// An edit that cannot be made, in a sentence.
    #[error("{0}")]
    Edit(String),
    /// No goal has this name.
    #[error("no goal is called `{name}`")]
    NoGoal {
        /// As it was asked for.
        name: String,
        /// A goal whose name is a typo away.
        near: Option<String>,
        /// How many goals there are.
        known: usize,
    },
    /// Several goals have this name.
    #[error("`{name}` matches {} goals", goals.len())]
    ManyGoals {
        /// As it was asked for.
        name: String,
        /// Name, note and 1-based line of each.
        goals: Vec<(String, NotePath, usize)>,
    },
    /// Something that is no project of tickets.
    #[error("`{written}` is not a ticket project")]
    NoProject {
        /// As it was asked for.
        written: String,
    },
    /// An address in which a ticket's number has no place.
    #[error("{url} does not say where a ticket's number goes")]
    NoNumberPlace {
        /// The project.
        project: String,
        /// As it was asked for.
        url: String,
    },
    /// What a tracker exported cannot be used.
    #[error("{name}:{line}: {message}")]
    Export {
        /// The file.
        name: String,
        /// 1-based.
        line: usize,
        /// What is wrong there.
        message: String,
    },
    /// A note that should hold a list of tickets has no table of them.
    #[error("{path} has no table with a column for tickets")]
    NoTicketTable {
        /// The note.
        path: NotePath,
    },
    /// A project cannot be named in the settings.
    #[error(transparent)]
    Tracker(#[from] TrackerError),
    /// The settings cannot be read.
    #[error("{}: {source}", path.display())]
    Settings {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The settings are wrong after a change of them.
    #[error(transparent)]
    Notebook(#[from] NotebookError),
    /// The index cannot even be built in memory.
    #[error(transparent)]
    Index(#[from] crate::index::Error),
    /// A note cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// A change was not carried out.
    #[error(transparent)]
    Commit(#[from] CommitError),
    /// A change cannot be taken back.
    #[error(transparent)]
    Undo(#[from] UndoError),
    /// The undo log cannot be read.
    #[error("{}: {source}", path.display())]
    Log {
        /// The log.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The index cannot be deleted.
    #[error("{}: {source}", path.display())]
    Cache {
        /// Its folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A site is not built.
    #[error(transparent)]
    Site(#[from] SiteError),
    /// A folder cannot be read.
    #[error("the notes cannot be listed: {0}")]
    Walk(#[source] io::Error),
}

impl Error {
    /// An edit that cannot be made.
    pub(super) fn edit(cause: impl std::error::Error) -> Self {
        Self::Edit(cause.to_string())
    }
}

fn listed(lines: &[usize]) -> String {
    lines.iter().map(usize::to_string).collect::<Vec<_>>().join(", ")
}

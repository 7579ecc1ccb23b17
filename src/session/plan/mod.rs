//! Changes to notes: worked out as a plan, then carried out all or nothing.
//!
//! A [`Change`] is a request. [`Session::plan`] reads the current notes and works out the edits; nothing is written.
//! The plan can be shown, dropped, or passed to [`Session::carry_out`], which refuses if a note has changed in between.
//! Every change shares this path: dry runs, diffs, undo and refusals are written once.
//!
//! Over 400 lines because changes, their steps and receipts are read side by side.

mod add;
mod bookmarks;
mod carrying;
mod draft;
mod entry;
mod extract;
mod fields;
mod fixes;
mod heading;
mod inline;
mod left_alone;
mod meeting;
mod meeting_page;
mod merge;
mod moving;
mod naming;
mod note;
mod person;
mod reading;
mod receipt;
mod settle;
mod simulation;
mod split;
mod status;
mod tag;
mod tasks;
mod ticket_name;
mod tickets;
mod transplant;
mod undo;
mod words;

use std::sync::Arc;

use chrono::NaiveDate;

use crate::disk;
use crate::disk::FileChange;
use crate::disk::Writer;
use crate::disk::log::FolderMove;
use crate::model::NotePath;
use crate::model::ReadingState;
use crate::model::Status;
use crate::model::bookmark::Bookmark;
use crate::model::task::FieldKind;
use crate::query::Query;
use crate::session::CheckRequest;
use crate::session::Error;
use crate::session::NoteName;
use crate::session::PlaceName;
use crate::session::Session;
use crate::session::TaskName;

pub use add::Destination;
pub use extract::Leave;
pub use meeting::NextMeeting;
pub use note::NewNote;
pub use receipt::Receipt;
pub use status::DoneDate;

/// A change of notes.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// Sets the state of tasks: the character in the box.
    Status {
        /// Which tasks.
        tasks: Tasks,
        /// The character.
        symbol: char,
        /// Whether done dates are written.
        done_date: DoneDate,
    },
    /// Sets fields of a task, or takes them away.
    Fields {
        /// Which task.
        task: TaskName,
        /// Values are written unchanged; `None` removes the field.
        fields: Vec<(FieldKind, Option<String>)>,
    },
    /// Writes a permanent id on a task, so that it survives rewording.
    Pin {
        /// Which task.
        task: TaskName,
    },
    /// Adds tasks to a note, creating the note if missing.
    Tasks {
        /// Where they go.
        to: Destination,
        /// One line each, without a box.
        tasks: Vec<String>,
    },
    /// Adds a link to the reading list; nothing where it is there already.
    ReadingLink {
        /// The address.
        url: String,
        /// What it is called.
        title: Option<String>,
        /// Where it goes; by default to the notebook's reading list, which is made where it is missing.
        to: Option<Destination>,
    },
    /// Gives links to read another state.
    Reading {
        /// Which links: by the ids of listings, places, addresses, or words of titles.
        links: Vec<TaskName>,
        /// The state.
        state: ReadingState,
        /// Whether done dates are written.
        done_date: DoneDate,
    },
    /// Creates today's journal entry if missing.
    Day,
    /// Adds to today's entry.
    Entry {
        /// What to add; several lines stay several.
        words: String,
        /// The heading or label within the day to add it under, created if missing.
        under: Option<String>,
    },
    /// Makes a note from a template.
    Note(NewNote),
    /// Writes a template that comes with the program into the notebook.
    Template {
        /// Its name.
        name: String,
    },
    /// Writes the next meeting of a series, with what the earlier ones left open.
    Meeting(NextMeeting),
    /// Gives a note, another file or a folder another name or place. The links of the notebook follow.
    Move {
        /// What moves; also a file that is no note, or a folder.
        from: NoteName,
        /// A path, a name in the same folder, or a folder (with `/` at its end one that may be missing), as typed.
        to: String,
        /// The folder in which it is typed, from the notes folder.
        here: String,
        /// Whether a note keeps its old name as an alias: links by the name alone stay as they are.
        alias: bool,
    },
    /// Makes a note of a heading and what is below it. The links to it follow.
    Extract {
        /// The heading.
        place: PlaceName,
        /// The new note, as typed, and the folder in which it is typed; `None`: beside the note, called by the heading.
        to: Option<(String, String)>,
        /// What stays in its place.
        leave: Leave,
    },
    /// Makes notes of all headings of a level with what is below them. The note keeps a list of links.
    Split {
        /// Which.
        note: NoteName,
        /// 1 to 6.
        level: u8,
    },
    /// Makes a note the last section of another one. The links to it lead there.
    Merge {
        /// The note that is removed.
        from: NoteName,
        /// The note that gets its text.
        into: NoteName,
    },
    /// Replaces an embed by the text that it embeds.
    Inline {
        /// The note that it stands in.
        note: NoteName,
        /// 1-based.
        line: usize,
    },
    /// Gives a heading other words, or a block another id. The links to it follow.
    RenamePart {
        /// A heading or a block.
        place: PlaceName,
        /// The words, or the id without `^`.
        to: String,
    },
    /// Gives a tag, and those below it, another name.
    RenameTag {
        /// What it is called, with or without `#`.
        from: String,
        /// What it will be called.
        to: String,
        /// Whether it may be made one with a tag that is there.
        merge: bool,
    },
    /// Gives a ticket another key.
    RenameTicket {
        /// `SHOP-12`
        from: String,
        /// `SHOP-13`
        to: String,
        /// Whether it may be made one with a ticket that is there.
        merge: bool,
    },
    /// Gives a person another name.
    RenamePerson {
        /// As it is written, with or without `@`.
        from: String,
        /// As it will be written.
        to: String,
        /// Whether it may be made one with a person who is there.
        merge: bool,
    },
    /// Applies the fixes of findings.
    Fixes(CheckRequest),
    /// Names a ticket project in the settings.
    Tracker {
        /// `RETAIL`
        project: String,
        /// Where its tickets are: with `{num}`, or the address of one of them; `None` takes it from the notes.
        url: Option<String>,
    },
    /// Keeps titles and states of tickets that a tracker exported.
    Import {
        /// What the export is called.
        name: String,
        /// Its text.
        text: String,
        /// The note that keeps them, made where it is missing; `None` for the one that does already, else a new one.
        to: Option<NoteName>,
    },
    /// Adds bookmarks to a reading note, which is made where it is missing; those that the notebook has are left out.
    Bookmarks {
        /// Where they go; `None`: the notebook's reading note.
        to: Option<Destination>,
        /// The bookmarks, in the order in which they are written.
        bookmarks: Vec<Bookmark>,
    },
}

/// The tasks that a change is about.
#[derive(Debug, Clone, PartialEq)]
pub enum Tasks {
    /// These.
    Named(Vec<TaskName>),
    /// The open ones that a query selects, groups left out.
    Open(Query),
}

/// What a change would do. Nothing is written yet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// Files and their edits; empty if there is nothing to do.
    pub files: Vec<FileChange>,
    /// What the plan does and what it leaves unchanged, in the order of the notes.
    pub steps: Vec<Step>,
}

/// A step of a plan, or why there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// The character in a task's box changes.
    Marked {
        /// Where it is.
        at: NoteLine,
        /// What listings call it.
        label: String,
        /// The character.
        symbol: char,
        /// For a group that is now done: how many of its tasks are still open.
        still_open: usize,
    },
    /// A task already has the state.
    Already {
        /// Where it is.
        at: NoteLine,
        /// The state.
        status: Status,
    },
    /// A recurring task gets no next copy.
    NoNextCopy {
        /// Where it is.
        at: NoteLine,
        /// Why.
        why: String,
    },
    /// A task is marked to be deleted when done; its line stays.
    DeletionAsked {
        /// Where it is.
        at: NoteLine,
    },
    /// Fields of a task are set.
    FieldsSet {
        /// Where it is.
        at: NoteLine,
        /// Values as written; `None` for removed fields.
        fields: Vec<(FieldKind, Option<String>)>,
    },
    /// A task gets an id.
    Pinned {
        /// Where it is.
        at: NoteLine,
        /// As it is written, `^a1b2` or `id:a1b2`.
        id: String,
    },
    /// A task is added.
    TaskAdded {
        /// The note.
        path: NotePath,
        /// Without a box.
        text: String,
    },
    /// A link is added to the reading list.
    ReadingAdded {
        /// Where it is now.
        at: NoteLine,
        /// What it is called.
        title: String,
    },
    /// A link is in the reading list already.
    ReadingKnown {
        /// Where it is first.
        at: NoteLine,
        /// What it is called there.
        title: String,
        /// What has become of it.
        state: ReadingState,
    },
    /// A link gets another state.
    ReadingMarked {
        /// Where it is.
        at: NoteLine,
        /// What it is called.
        title: String,
        /// The state.
        state: ReadingState,
        /// The character in its box.
        symbol: char,
        /// What else the box is said of: the other links of its line.
        others: Vec<String>,
    },
    /// A link has the state already.
    ReadingAlready {
        /// Where it is.
        at: NoteLine,
        /// The state.
        state: ReadingState,
    },
    /// Today's entry.
    Day {
        /// Where it begins.
        at: NoteLine,
        /// True if it already existed.
        is_there: bool,
    },
    /// Text is added to today's entry.
    Entry {
        /// Their first line.
        at: NoteLine,
    },
    /// A file is made.
    NoteMade {
        /// The file, and the line where somebody will want to write.
        at: NoteLine,
    },
    /// Something that is worth a word.
    Remark {
        /// A sentence with the place.
        message: String,
    },
    /// A meeting of a series.
    Meeting {
        /// Where it begins.
        at: NoteLine,
        /// Its day.
        date: NaiveDate,
        /// How many points are carried over to it.
        carried: usize,
        /// How many more are left, and are not.
        left_out: usize,
        /// Lines of the suggested agenda that were written.
        agenda: usize,
        /// It was there before.
        is_there: bool,
        /// An older meeting that is called the last or the next one: where, and what its line says.
        relative: Option<(NoteLine, String)>,
    },
    /// Findings are fixed.
    Fixed {
        /// How many.
        fixed: usize,
        /// How many overlap with others and are left for another run.
        waiting: usize,
        /// How many findings remain, including those left for another run.
        left: usize,
        /// True if a warning or error without a fix remains.
        bad: bool,
    },
    /// A file or a folder moves.
    Moved {
        /// Where it is.
        from: NotePath,
        /// Where it goes.
        to: NotePath,
        /// Of a folder, how many files are in it.
        files: Option<usize>,
    },
    /// A section becomes a note.
    TakenOut {
        /// Where it is.
        at: NoteLine,
        /// The words of its heading.
        heading: String,
        /// The note.
        to: NotePath,
    },
    /// A note goes on as a section of another one.
    Merged {
        /// The note.
        from: NotePath,
        /// Where the section begins.
        into: NoteLine,
    },
    /// An embed is replaced by the text that it embeds.
    Inlined {
        /// Where it is.
        at: NoteLine,
        /// The note that the text is taken from.
        from: NotePath,
        /// Lines of the text.
        lines: usize,
    },
    /// A heading or a block is called otherwise.
    PartRenamed {
        /// Where it is.
        at: NoteLine,
        /// A heading's words, or a block's id with `^`.
        from: String,
        /// The same, as it will be.
        to: String,
    },
    /// Tags of a note are called otherwise.
    TagRenamed {
        /// The note.
        path: NotePath,
        /// How many.
        tags: usize,
    },
    /// Places of a note have another key of a ticket.
    TicketRenamed {
        /// The note.
        path: NotePath,
        /// How many.
        places: usize,
    },
    /// Places of a note have another name of a person.
    PersonRenamed {
        /// The note.
        path: NotePath,
        /// How many.
        places: usize,
    },
    /// Links of a note are written anew.
    LinksFollow {
        /// The note, where it was before.
        path: NotePath,
        /// How many.
        links: usize,
    },
    /// A link that led nowhere leads somewhere afterwards.
    Captured {
        /// Where it is, before.
        at: NoteLine,
        /// As written.
        link: String,
        /// What it leads to afterwards.
        by: NotePath,
    },
    /// A ticket project is named in the settings.
    TrackerNamed {
        /// `RETAIL`
        project: String,
        /// Where its tickets are, with `{key}` and `{num}`.
        url: Option<String>,
        /// True when nothing had to be written.
        is_there: bool,
    },
    /// Tickets of an export are kept.
    TicketsImported {
        /// The note.
        path: NotePath,
        /// New rows.
        added: usize,
        /// Rows that say something else now.
        changed: usize,
        /// Rows that said it already.
        same: usize,
    },
    /// Bookmarks are added to a note.
    BookmarksAdded {
        /// The note.
        path: NotePath,
        /// How many.
        added: usize,
    },
    /// Bookmarks are left out.
    BookmarksSkipped {
        /// How many the notebook has already.
        known: usize,
        /// How many stand twice in what is imported.
        twice: usize,
    },
    /// A task already has a permanent id.
    PinnedAlready {
        /// Where it is.
        at: NoteLine,
        /// Without its mark.
        id: String,
    },
}

impl Step {
    /// The folder that moves, if one does.
    fn folder_moved(&self) -> Option<FolderMove> {
        match self {
            Self::Moved { from, to, files: Some(_) } => Some(FolderMove { from: from.clone(), to: to.clone() }),
            _ => None,
        }
    }
}

/// A line of a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteLine {
    /// The note.
    pub path: NotePath,
    /// 1-based.
    pub line: usize,
}

impl Session {
    /// Works out what a change does. Nothing is written.
    ///
    /// # Errors
    ///
    /// When a name means nothing or several things, a note cannot be read, or an edit cannot be made.
    pub fn plan(&self, change: &Change) -> Result<Plan, Error> {
        match change {
            Change::Status { tasks, symbol, done_date } => self.plan_status(tasks, *symbol, *done_date),
            Change::Fields { task, fields } => self.plan_fields(task, fields),
            Change::Pin { task } => self.plan_pin(task),
            Change::Tasks { to, tasks } => self.plan_tasks(to, tasks),
            Change::ReadingLink { url, title, to } => self.plan_reading_add(url, title.as_deref(), to.as_ref()),
            Change::Reading { links, state, done_date } => self.plan_reading(links, *state, *done_date),
            Change::Day => self.plan_day(),
            Change::Entry { words, under } => self.plan_entry(words, under.as_deref()),
            Change::Note(new) => self.plan_note(new),
            Change::Template { name } => self.plan_template(name),
            Change::Meeting(wanted) => self.plan_meeting(wanted),
            Change::Move { from, to, here, alias } => self.plan_move(from, (to, here), *alias),
            Change::Extract { place, to, leave } => self.plan_extract(place, to.as_ref(), *leave),
            Change::Split { note, level } => self.plan_split(note, *level),
            Change::Merge { from, into } => self.plan_merge(from, into),
            Change::Inline { note, line } => self.plan_inline(note, *line),
            Change::RenamePart { place, to } => self.plan_rename_part(place, to),
            Change::RenameTag { from, to, merge } => self.plan_rename_tag(from, to, *merge),
            Change::RenameTicket { from, to, merge } => self.plan_rename_ticket(from, to, *merge),
            Change::RenamePerson { from, to, merge } => self.plan_rename_person(from, to, *merge),
            Change::Fixes(request) => self.plan_fixes(request),
            Change::Tracker { project, url } => self.plan_tracker(project, url.as_deref()),
            Change::Import { name, text, to } => self.plan_import(name, text, to.as_ref()),
            Change::Bookmarks { to, bookmarks } => self.plan_bookmarks(to.as_ref(), bookmarks),
        }
    }

    /// What carrying out a plan would do to the files: checks everything and writes nothing.
    ///
    /// # Errors
    ///
    /// As [`Session::carry_out`].
    pub fn preview(&self, plan: Plan) -> Result<Receipt, Error> {
        self.commit(plan, "", true)
    }

    /// Carries out a plan: all files or none. `command` is what the undo log calls it.
    ///
    /// # Errors
    ///
    /// [`Error::Commit`] when a note is not what the plan was made on, or the system refuses.
    pub fn carry_out(&mut self, plan: Plan, command: &str) -> Result<Receipt, Error> {
        let receipt = self.commit(plan, command, false)?;
        self.forget(receipt.files.iter().map(|file| &file.path))?;
        Ok(receipt)
    }

    /// Drops what was loaded, now that these files changed.
    fn forget<'a>(&mut self, mut changed: impl Iterator<Item = &'a NotePath>) -> Result<(), Error> {
        let settings = self.notebook.settings_file();
        if changed.any(|path| *path == settings) {
            // what the settings say shapes what the notes say
            self.notebook = disk::reopen(&self.notebook)?;
            self.library = Arc::default();
        }
        self.loaded.get_mut().clear();
        Ok(())
    }

    fn commit(&self, plan: Plan, command: &str, dry_run: bool) -> Result<Receipt, Error> {
        let moved = plan.steps.iter().filter_map(Step::folder_moved).collect();
        let report = disk::commit(&self.writer(command, dry_run), plan.files, moved)?;
        Ok(Receipt { undo: report.number, files: report.files })
    }

    fn writer<'a>(&'a self, command: &'a str, dry_run: bool) -> Writer<'a> {
        Writer { notebook: &self.notebook, state: &self.folders.state, now: &self.clock.time, command, dry_run }
    }
}

//! Names of notes and tasks, as people type them, and what they name.

use crate::index::Record;
use crate::index::Select;
use crate::model::NotePath;
use crate::model::path::path_and_line;
use crate::model::words;
use crate::query::Query;
use crate::report::find_task::TaskMatch;
use crate::report::find_task::find_task;
use crate::report::resolve::Names;
use crate::report::task::TaskRow;
use crate::session::Error;
use crate::session::Notes;
use crate::session::Session;

/// How a note is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoteName {
    /// By its path, if there is such a note.
    Path(NotePath),
    /// By its name, its title, an alias, or the end of its path.
    Name(String),
}

/// How a task is named: its short id, a place, or words that only it has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskName {
    /// As it was asked for.
    pub written: String,
    /// Note and 1-based line, where it has the form `path:line`.
    pub place: Option<(NoteName, usize)>,
}

impl From<&str> for TaskName {
    fn from(written: &str) -> Self {
        let place = path_and_line(written).map(|(path, line)| (NoteName::from(path), line));
        Self { written: written.to_owned(), place }
    }
}

impl From<&str> for NoteName {
    fn from(name: &str) -> Self {
        Self::Name(name.to_owned())
    }
}

impl Session {
    /// Finds the one note that a name means.
    ///
    /// # Errors
    ///
    /// [`Error::NoNote`] and [`Error::ManyNotes`].
    pub fn find_note(&self, name: &NoteName) -> Result<NotePath, Error> {
        Ok(self.note(name)?.path)
    }

    /// Finds the one note that a name refers to. If the name is a path, no other note is loaded.
    pub(super) fn note(&self, name: &NoteName) -> Result<Record, Error> {
        if let NoteName::Path(path) = name
            && self.sees(path)
            && let Some(record) = self.library()?.note(path)?
        {
            return Ok(record);
        }
        let notes = self.notes(Select::Heads, &Query::default())?;
        let path = &find_note(&notes, name)?.path;
        self.library()?.note(path)?.ok_or_else(|| Error::NoNote { name: path.as_str().to_owned(), near: None })
    }
}

/// Finds the one note that a name means.
pub(super) fn find_note<'n>(notes: &'n Notes, name: &NoteName) -> Result<&'n Record, Error> {
    let written = match name {
        NoteName::Path(path) => match notes.at(path) {
            Some(record) => return Ok(record),
            None => path.as_str(),
        },
        NoteName::Name(name) => name,
    };
    let names = Names::new(notes.refs(), &[]);
    let bare = written.trim_start_matches("[[").trim_end_matches("]]");
    let found: Vec<&Record> =
        names.find_note(bare).into_iter().filter_map(|index| notes.records().get(index)).collect();
    match found.as_slice() {
        [one] => Ok(one),
        [] => Err(Error::NoNote { name: written.to_owned(), near: nearest(notes, written) }),
        several => Err(Error::ManyNotes {
            name: written.to_owned(),
            paths: several.iter().map(|record| record.path.clone()).collect(),
        }),
    }
}

/// As [`find_note`], as an index into the notes.
pub(super) fn note_index(notes: &Notes, name: &NoteName) -> Result<usize, Error> {
    let record = find_note(notes, name)?;
    Ok(notes.position(&record.path).unwrap_or_default())
}

/// The note whose file name or title is closest to what was typed.
fn nearest(notes: &Notes, written: &str) -> Option<NotePath> {
    let names = |record: &'_ Record| [record.path.stem().to_owned(), record.parsed.note.title.clone()];
    let named: Vec<([String; 2], &NotePath)> =
        notes.records().iter().map(|record| (names(record), &record.path)).collect();
    let near = words::nearest(written, named.iter().flat_map(|(names, _)| names.iter().map(String::as_str)))?;
    named.iter().find(|(names, _)| names.iter().any(|name| name == near)).map(|(_, path)| (*path).clone())
}

/// Finds the one task that a name refers to, as an index into the rows: by short id, `path:line`, or words that no other task has.
pub(super) fn find_task_row(rows: &[TaskRow<'_>], name: &TaskName) -> Result<usize, Error> {
    let written = name.written.as_str();
    let place = place(rows, name);
    let listed = |indices: &[usize]| indices.iter().filter_map(|&index| rows.get(index)).map(TaskRow::item).collect();
    match find_task(rows, written, place.as_ref().map(|(path, line)| (path, *line))) {
        TaskMatch::One(index) => Ok(index),
        TaskMatch::Nothing => Err(Error::NoTask { name: written.to_owned() }),
        TaskMatch::Several(indices) => Err(Error::ManyTasks { name: written.to_owned(), tasks: listed(&indices) }),
        TaskMatch::NoBox { path, line, near } => Err(Error::NoBox { path, line, near: listed(&near) }),
    }
}

/// Note and line of a task named as `path:line`; `None` if the note or the task does not exist.
fn place(rows: &[TaskRow<'_>], name: &TaskName) -> Option<(NotePath, usize)> {
    let (path, line) = name.place.as_ref()?;
    let known = |path: &NotePath| rows.iter().any(|row| row.path == path);
    let named = |name: &str| {
        let inside = NotePath::from_escaped(name);
        if known(&inside) {
            return Some(inside);
        }
        let mut same: Vec<&NotePath> = rows.iter().map(|row| row.path).filter(|path| path.stem() == name).collect();
        same.dedup();
        match same.as_slice() {
            [one] => Some((*one).clone()),
            _ => None,
        }
    };
    let path = match path {
        NoteName::Path(path) => Some(path.clone()).filter(known).or_else(|| named(path.as_str())),
        NoteName::Name(name) => named(name),
    };
    path.map(|path| (path, *line))
}

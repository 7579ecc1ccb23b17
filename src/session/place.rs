//! Places in notes, as people type them, and what they name.

use crate::index::Select;
use crate::model::NotePath;
use crate::query::Query;
use crate::report::anchor::find_line;
use crate::report::find_task::TaskMatch;
use crate::report::find_task::find_task;
use crate::session::Error;
use crate::session::NoteName;
use crate::session::Session;
use crate::session::find::find_note;

/// How a place in a note is named. The readings are tried in this order, then the short ids of tasks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceName {
    /// As it was asked for.
    pub written: String,
    /// The first line of a note.
    pub note: NoteName,
    /// Note and 1-based line, where it has the form `path:line`.
    pub line: Option<(NoteName, usize)>,
    /// Note and heading, or note and `^block`, where it has the form `note#heading`.
    pub part: Option<(NoteName, String)>,
}

impl Session {
    /// The note and 1-based line that a name means; `None` where it names no note and no task's id.
    ///
    /// # Errors
    ///
    /// [`Error::NoPlace`] when the note has no such heading or block.
    pub fn find_place(&self, name: &PlaceName) -> Result<Option<(NotePath, usize)>, Error> {
        let notes = self.notes(Select::Heads, &Query::default())?;
        let note = |name: &NoteName| find_note(&notes, name).ok();
        if let Some(record) = note(&name.note) {
            return Ok(Some((record.path.clone(), 1)));
        }
        if let Some((name, line)) = &name.line
            && let Some(record) = note(name)
        {
            return Ok(Some((record.path.clone(), *line)));
        }
        if let Some((name, part)) = &name.part
            && let Some(record) = note(name)
        {
            let note = &record.parsed.note;
            let line = match part.strip_prefix('^') {
                Some(id) => note.blocks.iter().find(|block| block.id.eq_ignore_ascii_case(id)).map(|block| block.line),
                None => find_line(note, part),
            };
            let line = line.ok_or_else(|| Error::NoPlace { path: record.path.clone(), place: part.clone() })?;
            return Ok(Some((record.path.clone(), line)));
        }
        self.task_by_id(&name.written)
    }

    /// The text of the innermost section around a place, with everything below its heading; above all headings, the text there.
    /// `None` as [`Session::find_place`].
    ///
    /// # Errors
    ///
    /// As [`Session::find_place`], and when the note cannot be read.
    pub fn section_text(&self, name: &PlaceName) -> Result<Option<String>, Error> {
        let Some((path, line)) = self.find_place(name)? else { return Ok(None) };
        let text = self.text(&path)?.text;
        if line > text.lines().count().max(1) {
            return Err(Error::NoPlace { path, place: format!("line {line}") });
        }
        let sections = self.note(&NoteName::Path(path))?.parsed.note.sections;
        let around = sections.iter().rfind(|section| (section.line..=section.end_line).contains(&line));
        let (first, last) = match around {
            Some(section) => (section.line, section.end_line),
            None => (1, sections.first().map_or(usize::MAX, |section| section.line - 1)),
        };
        Ok(Some(text.split_inclusive('\n').take(last).skip(first - 1).collect()))
    }

    /// The place of the task with this short id. Words of a task do not name it here.
    fn task_by_id(&self, written: &str) -> Result<Option<(NotePath, usize)>, Error> {
        let notes = self.notes(Select::Tasks, &Query::default())?;
        let rows = notes.tasks(self.today());
        let TaskMatch::One(index) = find_task(&rows, written, None) else { return Ok(None) };
        let id = written.trim_start_matches('^');
        let row = rows.get(index).filter(|row| row.id == id || row.full_id.starts_with(id));
        Ok(row.map(|row| (row.path.clone(), row.task.line)))
    }
}

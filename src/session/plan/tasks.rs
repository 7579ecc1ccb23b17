//! Edits to tasks. Their notes are read again before edits are worked out.

use std::collections::BTreeMap;

use crate::disk::FileChange;
use crate::model::Edit;
use crate::model::Note;
use crate::model::NotePath;
use crate::model::Task;
use crate::parse;
use crate::query::Query;
use crate::report::meeting::ActionFilter;
use crate::report::meeting::ActionItem;
use crate::report::superseded;
use crate::report::task::TaskRow;
use crate::session::Error;
use crate::session::Session;
use crate::session::find::find_task_row;
use crate::session::plan::NoteLine;
use crate::session::plan::Tasks;

/// The tasks to change, in the order of the notes. `selected` marks the rows that [`Tasks::Open`]'s query matches.
pub(super) fn chosen<'r, 'n>(
    tasks: &Tasks,
    rows: &'r [TaskRow<'n>],
    selected: &[bool],
) -> Result<Vec<&'r TaskRow<'n>>, Error> {
    match tasks {
        Tasks::Open(_) => {
            let rows = rows.iter().zip(selected).filter(|(_, selected)| **selected).map(|(row, _)| row);
            Ok(rows.filter(|row| row.task.status.is_open() && !row.task.group).collect())
        }
        Tasks::Named(names) => {
            let mut wanted = names.iter().map(|name| find_task_row(rows, name)).collect::<Result<Vec<_>, _>>()?;
            wanted.sort_unstable();
            wanted.dedup();
            Ok(wanted.into_iter().filter_map(|index| rows.get(index)).collect())
        }
    }
}

/// Where a task is.
pub(super) fn place(row: &TaskRow<'_>) -> NoteLine {
    NoteLine { path: row.path.clone(), line: row.task.line }
}

/// Works out the edits of a task in its note's text.
pub(super) type MakeEdits<'a> = dyn FnMut(&TaskRow<'_>, &str, &Note, &Task) -> Result<Vec<Edit>, Error> + 'a;

impl Session {
    /// The error of a name that means no task: where it is a point of a meeting, that says more.
    pub(super) fn or_point(&self, error: Error) -> Error {
        let filter = ActionFilter { unknown: true, ..ActionFilter::default() };
        let points = || self.actions(&Query::default(), &filter).map(|report| report.actions).unwrap_or_default();
        let is_meant = |point: &ActionItem| match &error {
            Error::NoTask { name } => {
                point.point.id == name.trim_start_matches('^')
                    || *name == format!("{}:{}", point.path, point.point.line)
            }
            Error::NoBox { path, line, .. } => point.path == *path && point.point.line == *line,
            _ => false,
        };
        if !matches!(error, Error::NoTask { .. } | Error::NoBox { .. }) {
            return error;
        }
        match points().into_iter().find(is_meant) {
            Some(point) => Error::Unboxed { path: point.path, line: point.point.line },
            None => error,
        }
    }

    /// Reads each note again, finds the tasks in it, and makes the edits. Refuses where a task changed since it was listed.
    pub(super) fn task_changes(
        &self,
        rows: &[&TaskRow<'_>],
        edits: &mut MakeEdits<'_>,
    ) -> Result<Vec<FileChange>, Error> {
        let options = self.parse_options();
        let mut by_note: BTreeMap<&NotePath, Vec<&TaskRow<'_>>> = BTreeMap::new();
        for row in rows {
            by_note.entry(row.path).or_default().push(row);
        }
        let mut changes = Vec::new();
        for (path, rows) in by_note {
            let text = self.text(path)?;
            let parsed = parse::parse(path, &text.text, &options);
            let mut all = Vec::new();
            for row in rows {
                let now = parsed.note.tasks.get(row.index).filter(|task| superseded::is_same(task, row.task));
                let now = now.ok_or_else(|| Error::Changed { path: path.clone(), line: Some(row.task.line) })?;
                all.extend(edits(row, &text.text, &parsed.note, now)?);
            }
            changes.push(FileChange::edit(path.clone(), text, all));
        }
        Ok(changes)
    }
}

//! Fields of a task: set, taken away, and the id that keeps.

use crate::edit::field;
use crate::edit::pin;
use crate::index::Select;
use crate::model::Form;
use crate::model::task::FieldKind;
use crate::model::task::FieldStyle;
use crate::query::Query;
use crate::session::Error;
use crate::session::Session;
use crate::session::TaskName;
use crate::session::find::find_task_row;
use crate::session::plan::Plan;
use crate::session::plan::Step;
use crate::session::plan::tasks::place;

impl Session {
    pub(super) fn plan_fields(&self, task: &TaskName, fields: &[(FieldKind, Option<String>)]) -> Result<Plan, Error> {
        let notes = self.notes(Select::Tasks, &Query::default())?;
        let rows = notes.tasks(self.today());
        let Some(row) = rows.get(find_task_row(&rows, task).map_err(|error| self.or_point(error))?) else {
            return Ok(Plan::default());
        };
        let files = self.task_changes(&[row], &mut |_, text, note, task| {
            let changes: Vec<_> = fields.iter().map(|(kind, value)| (*kind, value.as_deref())).collect();
            let style = |kind| field::style_in(note, kind).unwrap_or(FieldStyle::Emoji);
            field::set_all(text, task, &changes, &style).map_err(Error::edit)
        })?;
        Ok(Plan { files, steps: vec![Step::FieldsSet { at: place(row), fields: fields.to_vec() }] })
    }

    pub(super) fn plan_pin(&self, task: &TaskName) -> Result<Plan, Error> {
        let notes = self.notes(Select::Tasks, &Query::default())?;
        let rows = notes.tasks(self.today());
        let Some(row) = rows.get(find_task_row(&rows, task).map_err(|error| self.or_point(error))?) else {
            return Ok(Plan::default());
        };
        let at = place(row);
        if let Some(id) = &row.task.explicit_id {
            return Ok(Plan { files: Vec::new(), steps: vec![Step::PinnedAlready { at, id: id.clone() }] });
        }
        let id = row.full_id.split('~').next().and_then(|id| id.get(..6)).unwrap_or("task");
        let id = pin::free_id(row.note, id);
        let files = self
            .task_changes(&[row], &mut |_, text, _, task| Ok(vec![pin::pin(text, task, &id).map_err(Error::edit)?]))?;
        let mark = if row.task.form == Form::TodoTxt { "id:" } else { "^" };
        Ok(Plan { files, steps: vec![Step::Pinned { at, id: format!("{mark}{id}") }] })
    }
}

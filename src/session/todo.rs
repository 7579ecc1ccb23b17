//! To-dos: the list, the next task, stale tasks, statistics, and exports.

use crate::index::Has;
use crate::index::Select;
use crate::model::Status;
use crate::query::Query;
use crate::report::export;
use crate::report::meeting::ActionFilter;
use crate::report::meeting::ActionItem;
use crate::report::task::TaskRow;
use crate::report::todo_report::TodoOptions;
use crate::report::todo_report::TodoReport;
use crate::report::todo_report::TodoView;
use crate::report::todo_views;
use crate::report::todo_views::NextReport;
use crate::report::todo_views::StaleReport;
use crate::report::todo_views::Stats;
use crate::session::Error;
use crate::session::Session;

/// Which tasks to list, and how.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TodoRequest {
    /// Of which tasks.
    pub query: Query,
    /// Which of them, and in which order.
    pub options: TodoOptions,
}

/// Other programs that read tasks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaskFormat {
    /// Calendars (RFC 5545).
    Ics,
    /// todo.txt programs.
    TodoTxt,
    /// Anything that reads Markdown.
    Markdown,
}

impl Session {
    /// Lists tasks.
    ///
    /// # Errors
    ///
    /// As [`Session::refresh`].
    pub fn todo(&self, request: &TodoRequest) -> Result<TodoReport, Error> {
        let select = match request.options.view {
            TodoView::All | TodoView::Done | TodoView::Opened => Select::Tasks,
            TodoView::Open | TodoView::Overdue | TodoView::Agenda { .. } => Select::OpenTasks,
        };
        let notes = self.notes(select, &request.query)?;
        let rows = notes.tasks(self.today());
        let selected = self.matcher(&notes).tasks(&request.query, &rows);
        let closed: Vec<Status> = notes.closed().map(|closed| closed.status).collect();
        let mut report = TodoReport::new(&rows, &selected, &closed, request.options, self.today());
        if request.options.unknown {
            let filter = ActionFilter { unknown: true, range: request.options.range, ..ActionFilter::default() };
            report.add_unknown(self.points(&request.query, &filter)?);
        }
        Ok(report)
    }

    /// Points of meetings that a query selects, each by itself.
    fn points(&self, query: &Query, filter: &ActionFilter) -> Result<Vec<ActionItem>, Error> {
        let mut points = self.actions(&Query::default(), filter)?.actions;
        if query.expr.is_some() {
            let notes = self.notes(Select::With(Has::Meeting), query)?;
            let matcher = self.matcher(&notes);
            points.retain(|item| {
                let record = notes.at(&item.path);
                let all = record.into_iter().flat_map(|record| &record.parsed.note.meetings);
                let point = all.flat_map(|meeting| &meeting.points).find(|point| point.line == item.point.line);
                record.zip(point).is_some_and(|(record, point)| matcher.point(query, record, point))
            });
        }
        Ok(points)
    }

    /// Suggests one task to do now.
    ///
    /// # Errors
    ///
    /// As [`Session::refresh`].
    pub fn next_task(&self, query: &Query) -> Result<NextReport, Error> {
        self.of_tasks(Select::OpenTasks, query, |rows| NextReport::new(rows, self.today()))
    }

    /// Open tasks created at least `days` days ago.
    ///
    /// # Errors
    ///
    /// As [`Session::refresh`].
    pub fn stale_tasks(&self, query: &Query, days: i64) -> Result<StaleReport, Error> {
        self.of_tasks(Select::OpenTasks, query, |rows| StaleReport::new(rows, days))
    }

    /// How many tasks were opened and closed by month.
    ///
    /// # Errors
    ///
    /// As [`Session::refresh`].
    pub fn task_stats(&self, query: &Query) -> Result<Stats, Error> {
        self.of_tasks(Select::Tasks, query, todo_views::stats)
    }

    /// Tasks in another program's format, without groups; `None` if there are none.
    ///
    /// # Errors
    ///
    /// As [`Session::refresh`].
    pub fn export_tasks(&self, query: &Query, all: bool, format: TaskFormat) -> Result<Option<String>, Error> {
        let select = if all { Select::Tasks } else { Select::OpenTasks };
        self.of_tasks(select, query, |rows| {
            let rows: Vec<&TaskRow<'_>> =
                rows.iter().filter(|row| !row.task.group && (all || row.task.status.is_open())).collect();
            (!rows.is_empty()).then(|| match format {
                TaskFormat::Ics => export::ics(&rows, self.today()),
                TaskFormat::TodoTxt => export::todo_txt(&rows),
                TaskFormat::Markdown => export::markdown(&rows),
            })
        })
    }

    /// Makes a report of the tasks that a query selects.
    pub(super) fn of_tasks<T>(
        &self,
        select: Select,
        query: &Query,
        report: impl FnOnce(&[TaskRow<'_>]) -> T,
    ) -> Result<T, Error> {
        let notes = self.notes(select, query)?;
        let rows = notes.tasks(self.today());
        let selected = self.matcher(&notes).tasks(query, &rows);
        let chosen = rows.into_iter().zip(selected).filter(|(_, selected)| *selected);
        Ok(report(&chosen.map(|(row, _)| row).collect::<Vec<_>>()))
    }
}

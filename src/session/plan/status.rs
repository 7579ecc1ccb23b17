//! The state of tasks: a character in the box, the done date where the notebook uses them, the next copy of a recurring task.

use std::collections::HashMap;

use crate::disk::FileChange;
use crate::disk::settings::Stamping;
use crate::edit;
use crate::edit::field;
use crate::edit::journal::item_prefix;
use crate::edit::recurrence::Standing;
use crate::edit::splice::apply_text;
use crate::index::Select;
use crate::model::Edit;
use crate::model::Form;
use crate::model::Note;
use crate::model::NotePath;
use crate::model::Status;
use crate::model::Task;
use crate::model::task::FieldKind;
use crate::model::task::FieldStyle;
use crate::parse;
use crate::query::Query;
use crate::report::label;
use crate::report::task;
use crate::report::task::TaskRow;
use crate::session::Error;
use crate::session::Session;
use crate::session::find::find_task_row;
use crate::session::plan::NoteLine;
use crate::session::plan::Plan;
use crate::session::plan::Step;
use crate::session::plan::Tasks;
use crate::session::plan::tasks::chosen;
use crate::session::plan::tasks::place;

/// Whether done dates are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DoneDate {
    /// As the settings say: by default where the notebook uses them already.
    #[default]
    AsUsed,
    /// Always.
    Always,
    /// Never, and no next copy of a recurring task either.
    Never,
}

impl Session {
    /// The character for a state, by its name or as the character itself. For a name it is one that means the state in this
    /// notebook.
    ///
    /// # Errors
    ///
    /// [`Error::NoStatus`], [`Error::NoSymbol`].
    pub fn symbol_of(&self, written: &str) -> Result<char, Error> {
        let mut characters = written.chars();
        match (characters.next(), characters.next(), Status::from_name(written)) {
            (_, _, Some(status)) => self.notebook.settings.statuses.symbol(status).ok_or(Error::NoSymbol { status }),
            (Some(symbol), None, None) => Ok(symbol),
            _ => Err(Error::NoStatus { written: written.to_owned() }),
        }
    }

    pub(super) fn plan_status(&self, tasks: &Tasks, symbol: char, done_date: DoneDate) -> Result<Plan, Error> {
        let everything = Query::default();
        let query = if let Tasks::Open(query) = tasks { query } else { &everything };
        let notes = self.notes(Select::Tasks, query)?;
        let rows = notes.tasks(self.today());
        let selected = self.matcher(&notes).tasks(query, &rows);
        let target = self.notebook.settings.statuses.get(&symbol.to_string()).unwrap_or(Status::Todo);

        let mut steps = Vec::new();
        let mut changing: Vec<&TaskRow<'_>> = Vec::new();
        let (tasks, points) = self.without_points(tasks, &rows)?;
        for row in chosen(&tasks, &rows, &selected)? {
            if row.task.status == target && (target == Status::Done || row.task.symbol == symbol.to_string()) {
                steps.push(Step::Already { at: place(row), status: target });
            } else {
                changing.push(row);
            }
        }
        let in_notebook = used_in_notebook(&rows);
        let later = used_later(rows.iter().map(|row| row.task)).unwrap_or(self.notebook.settings.logseq_later);
        let mut standing: HashMap<NotePath, Standing> = HashMap::new();
        let mut files = self.task_changes(&changing, &mut |row, text, note, task| {
            // the copy first: where the tick, too, is written at the beginning of the line, it goes behind that
            let mut edits = Vec::new();
            if target == Status::Done && done_date != DoneDate::Never && task.recurrence.is_some() {
                let standing = standing.entry(row.path.clone()).or_insert_with(|| Standing::of(note));
                match edit::recurrence::next_copy(text, standing, task, self.today()) {
                    Ok(copy) => edits.extend(copy.unwrap_or_default()),
                    Err(why) => steps.push(Step::NoNextCopy { at: place(row), why: why.clone() }),
                }
            }
            if target == Status::Done && done_date != DoneDate::Never && task.recurrence.is_none() {
                let why = parse::unread_rule(&task.text);
                steps.extend(why.map(|why| Step::NoNextCopy { at: place(row), why }));
            }
            let style = self.done_date_style(note, task, in_notebook, done_date);
            let later = used_later(&note.tasks).unwrap_or(later);
            edits.extend(edit::tick_in(text, task, symbol, later).map_err(Error::edit)?);
            edits.extend(edit::stamp::stamp(text, task, target, self.today(), style));
            if target == Status::Done && edit::recurrence::asks_for_deletion(task) {
                steps.push(Step::DeletionAsked { at: place(row) });
            }
            Ok(edits)
        })?;
        let marked = changing.iter().map(|row| {
            let is_done_group = row.task.group && target == Status::Done;
            let open = task::leaves(row.note, row.index).filter(|leaf| is_done_group && leaf.status.is_open());
            Step::Marked { at: place(row), label: row.label().text, symbol, still_open: open.count() }
        });
        steps.extend(marked);
        for at in points {
            let (label, file) = self.boxed(&at, symbol, target, in_notebook, done_date)?;
            match files.iter_mut().find(|known| known.path == at.path) {
                Some(known) => known.edits.extend(file.edits),
                None => files.push(file),
            }
            steps.push(Step::Marked { at, label, symbol, still_open: 0 });
        }
        Ok(Plan { files, steps })
    }

    /// The tasks without names that mean points of meetings, and where these are.
    fn without_points(&self, tasks: &Tasks, rows: &[TaskRow<'_>]) -> Result<(Tasks, Vec<NoteLine>), Error> {
        let Tasks::Named(names) = tasks else { return Ok((tasks.clone(), Vec::new())) };
        let mut named = Vec::new();
        let mut points: Vec<NoteLine> = Vec::new();
        for name in names {
            match find_task_row(rows, name).map_err(|error| self.or_point(error)) {
                Ok(_) => named.push(name.clone()),
                Err(Error::Unboxed { path, line }) => points.push(NoteLine { path, line }),
                Err(error) => return Err(error),
            }
        }
        points.sort_by(|a, b| (&a.path, a.line).cmp(&(&b.path, b.line)));
        points.dedup();
        Ok((Tasks::Named(named), points))
    }

    /// A point of a meeting that gets a box with this state, and what it is called. Only a list item can have one.
    fn boxed(
        &self,
        at: &NoteLine,
        symbol: char,
        target: Status,
        in_notebook: Option<FieldStyle>,
        done_date: DoneDate,
    ) -> Result<(String, FileChange), Error> {
        let unboxed = || Error::Unboxed { path: at.path.clone(), line: at.line };
        let file = self.text(&at.path)?;
        let text = &file.text;
        let read = |text: &str| parse::parse(&at.path, text, &self.parse_options()).note;
        let note = read(text);
        let mut points = note.meetings.iter().flat_map(|meeting| &meeting.points);
        let point = points.find(|point| point.line == at.line && point.task.is_none());
        let point = point.ok_or_else(|| Error::Changed { path: at.path.clone(), line: Some(at.line) })?;
        let before = text.get(point.span.start..point.text_span.start).unwrap_or("");
        if point.in_table || item_prefix(before).is_none_or(|prefix| prefix.len() != before.len()) {
            return Err(unboxed());
        }
        let name = label::of_point(&note, point).text;
        let start = point.text_span.start;
        let with_box = Edit { start, end: start, text: "[ ] ".to_owned() };
        let with_box = apply_text(text, &[with_box]).map_err(Error::edit)?;
        let note = read(&with_box);
        let task = note.tasks.iter().find(|task| task.line == at.line).ok_or_else(unboxed)?;
        let style = self.done_date_style(&note, task, in_notebook, done_date);
        let mut edits: Vec<Edit> = edit::tick(&with_box, task, symbol).map_err(Error::edit)?.into_iter().collect();
        edits.extend(edit::stamp::stamp(&with_box, task, target, self.today(), style));
        let after = apply_text(&with_box, &edits).map_err(Error::edit)?;
        let edits = edit::journal::edit_between(text, &after).into_iter().collect();
        Ok((name, FileChange::edit(at.path.clone(), file, edits)))
    }

    pub(super) fn done_date_style(
        &self,
        note: &Note,
        task: &Task,
        in_notebook: Option<FieldStyle>,
        done_date: DoneDate,
    ) -> Option<FieldStyle> {
        let dated = note.tasks.iter().flat_map(|task| &task.fields).filter(|field| field.kind == FieldKind::Done);
        let in_use = field::most_frequent(dated.map(|field| field.style)).or(in_notebook);
        let new = || self.notebook.settings.stamp_style.or_else(|| field::style_in(note, FieldKind::Done));
        let always = || in_use.or_else(new).unwrap_or(FieldStyle::Emoji);
        match (done_date, self.notebook.settings.stamp) {
            (DoneDate::Never, _) => None,
            (DoneDate::Always, _) | (DoneDate::AsUsed, Stamping::Always) => Some(always()),
            (DoneDate::AsUsed, Stamping::Never) => None,
            // the date is part of the format there
            (DoneDate::AsUsed, Stamping::Auto) if task.form == Form::TodoTxt => Some(FieldStyle::TodoTxt),
            (DoneDate::AsUsed, Stamping::Auto) => in_use,
        }
    }
}

/// Whether tasks of Logseq's are LATER and NOW rather than TODO and DOING; `None` without any of these.
fn used_later<'t>(tasks: impl IntoIterator<Item = &'t Task>) -> Option<bool> {
    let markers = tasks.into_iter().filter(|task| task.form == Form::Marker);
    let (later, other): (Vec<bool>, Vec<bool>) =
        markers.filter_map(|task| parse::logseq::is_later(&task.symbol)).partition(|later| *later);
    (later.len() + other.len() > 0).then_some(later.len() > other.len())
}

/// The style of done dates that the notebook uses, where it does.
pub(super) fn used_in_notebook(rows: &[TaskRow<'_>]) -> Option<FieldStyle> {
    let boxed = rows.iter().filter(|row| row.task.form != Form::TodoTxt);
    let dated = boxed.flat_map(|row| &row.task.fields).filter(|field| field.kind == FieldKind::Done);
    field::most_frequent(dated.map(|field| field.style))
}

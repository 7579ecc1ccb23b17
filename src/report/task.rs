//! A task for listings and scripts: the facts of its note, with id, label, place and age.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::Serialize;

use crate::model::Form;
use crate::model::Note;
use crate::model::NotePath;
use crate::model::Precision;
use crate::model::Priority;
use crate::model::Status;
use crate::model::Task;
use crate::model::calendar::DateRange;
use crate::model::short_id::StableId;
use crate::model::short_id::content_id;
use crate::model::short_id::full_ids;
use crate::model::short_id::stable_id;
use crate::model::task::TaskLink;
use crate::model::words::letters;
use crate::report::context;
use crate::report::id;
use crate::report::label;
use crate::report::label::Label;

/// A task as shown in a listing.
#[derive(Debug, Clone)]
pub struct TaskRow<'a> {
    /// Where it is.
    pub path: &'a NotePath,
    /// Its note.
    pub note: &'a Note,
    /// The task itself.
    pub task: &'a Task,
    /// Its index in the note's tasks.
    pub index: usize,
    /// The short id that listings show and commands accept.
    pub id: String,
    /// The full id: every unambiguous prefix of it is accepted.
    pub full_id: String,
    /// The id derived from its current words, if it kept an earlier one. A rebuilt index shows this one.
    pub own_id: Option<String>,
    /// The date of its journal entry or meeting, else of the note.
    pub date: Option<NaiveDate>,
    /// People on it who are known in the notebook.
    pub people: Vec<String>,
    /// Days since it was created: from its created date, else `date`.
    pub age_days: Option<i64>,
    /// Today.
    pub today: NaiveDate,
}

impl TaskRow<'_> {
    /// The days that its date is about: several where it stands in a week or month that names no day.
    #[must_use]
    pub fn days(&self) -> Option<DateRange> {
        context::days(self.note, self.task.line)
    }

    /// The days on which it was done, where it is done: as it says itself, else those of its date. What is ticked in a note of a day to
    /// come was done by today.
    #[must_use]
    pub fn done_days(&self) -> Option<DateRange> {
        let is_to_come = |days: &DateRange| days.start.is_some_and(|start| start > self.today);
        let noted = || self.days().map(|days| if is_to_come(&days) { DateRange::day(self.today) } else { days });
        self.task.completed.map(DateRange::day).or_else(noted)
    }
}

/// A task for listings and scripts; its JSON is described in the handbook's page on formats.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TaskItem {
    /// The short id that listings show and commands accept.
    pub id: String,
    /// The note.
    pub path: NotePath,
    /// 1-based.
    pub line: usize,
    /// The column of the box; 1-based, in Unicode scalar values.
    pub column: usize,
    /// The character in the box, as written.
    pub symbol: String,
    /// What the character means in this notebook.
    pub status: Status,
    /// True if it is done.
    pub checked: bool,
    /// The item on one line as written, without its box and marker.
    pub text: String,
    /// Its label in listings.
    pub label: String,
    /// How it is written.
    pub form: Form,
    /// The headings and label lines above it, outermost first.
    pub heading: Vec<String>,
    /// The list items above it, outermost first.
    pub under: Vec<String>,
    /// The date of its journal entry or meeting, else of the note.
    pub date: Option<NaiveDate>,
    /// How exact the date is.
    pub date_precision: Option<Precision>,
    /// The last day, where the date is about several.
    pub end_date: Option<NaiveDate>,
    /// The days that the date is about.
    #[serde(skip)]
    pub days: Option<DateRange>,
    /// The days on which it was done, where it is done.
    #[serde(skip)]
    pub done_days: Option<DateRange>,
    /// Days since it was written down.
    pub age_days: Option<i64>,
    /// How deeply it is nested below other items.
    pub depth: usize,
    /// True for a parent of tasks that has no link or date itself.
    pub group: bool,
    /// When it is due.
    pub due: Option<NaiveDate>,
    /// The scheduled date.
    pub scheduled: Option<NaiveDate>,
    /// The start date.
    pub start: Option<NaiveDate>,
    /// When it was written down.
    pub created: Option<NaiveDate>,
    /// When it was done.
    pub completed: Option<NaiveDate>,
    /// When it was cancelled.
    pub cancelled: Option<NaiveDate>,
    /// How urgent it is.
    pub priority: Option<Priority>,
    /// The rule of a recurring task, as written.
    pub recurrence: Option<String>,
    /// The ids of the tasks that must be done first.
    pub depends_on: Vec<String>,
    /// Without `#`.
    pub tags: Vec<String>,
    /// People on it who are known in the notebook.
    pub people: Vec<String>,
    /// Ticket keys.
    pub tickets: Vec<String>,
    /// Links in its text.
    pub links: Vec<TaskLink>,
    /// The host of its first external link.
    #[serde(skip)]
    pub host: Option<String>,
}

impl TaskRow<'_> {
    /// Its label in listings.
    #[must_use]
    pub fn label(&self) -> Label {
        label::label(self.task)
    }

    /// An owned copy for use outside of the loaded notes.
    #[must_use]
    pub fn item(&self) -> TaskItem {
        let task = self.task;
        let label = self.label();
        let days = self.days();
        TaskItem {
            id: self.id.clone(),
            path: self.path.clone(),
            line: task.line,
            column: task.column,
            symbol: task.symbol.clone(),
            status: task.status,
            checked: task.checked(),
            text: task.text.clone(),
            label: label.text,
            form: task.form,
            heading: self.note.heading_path(task.section).into_iter().map(str::to_owned).collect(),
            under: task.under.clone(),
            date: self.date,
            date_precision: days.map(context::precision),
            end_date: days.and_then(context::last_day),
            days,
            done_days: self.done_days(),
            age_days: self.age_days,
            depth: task.depth,
            group: task.group,
            due: task.due,
            scheduled: task.scheduled,
            start: task.start,
            created: task.created,
            completed: task.completed,
            cancelled: task.cancelled,
            priority: task.priority,
            recurrence: task.recurrence.clone(),
            depends_on: task.depends_on.clone(),
            tags: task.tags.clone(),
            people: self.people.clone(),
            tickets: task.tickets.clone(),
            links: task.links.clone(),
            host: label.host,
        }
    }
}

/// All tasks of the notes, sorted by path and position, with ids that are unique among them. Each note comes with the ids that
/// its tasks kept; `closed` has the ids of further tasks that must not be ambiguous either.
/// `people`: the known names.
#[must_use]
pub fn rows<'a>(
    notes: &[(&'a NotePath, &'a Note, &'a [StableId])],
    closed: &[&str],
    people: &[String],
    today: NaiveDate,
) -> Vec<TaskRow<'a>> {
    let tasks =
        || notes.iter().flat_map(|note| note.1.tasks.iter().enumerate().map(move |(index, task)| (*note, index, task)));
    let known: HashMap<String, &str> = people.iter().map(|name| (letters(name), name.as_str())).collect();
    let full = full_ids(tasks().map(|((path, _, kept), index, task)| (path, task, stable_id(kept, index))));
    let explicit: Vec<bool> = tasks().map(|(.., task)| task.explicit_id.is_some()).collect();
    let ids = id::shortened(&full, &explicit, closed);
    tasks()
        .zip(ids.into_iter().zip(full))
        .map(|(((path, note, kept), index, task), (id, full_id))| {
            let date = context::date(note, task.line);
            let since = task.created.or(date);
            TaskRow {
                path,
                note,
                task,
                index,
                id,
                own_id: stable_id(kept, index).filter(|kept| *kept == full_id).map(|_| content_id(path, task)),
                full_id,
                date,
                people: people_of(task, &known),
                age_days: since.map(|since| (today - since).num_days()),
                today,
            }
        })
        .collect()
}

/// Whom a task mentions: by the name in the note's front matter, else as the notebook knows it.
fn people_of(task: &Task, known: &HashMap<String, &str>) -> Vec<String> {
    let mut people: Vec<String> = Vec::new();
    for (at, mention) in task.mentions.iter().enumerate() {
        let own = task.people.get(at).filter(|name| !name.is_empty()).map(String::as_str);
        let name = own.or_else(|| known.get(&letters(mention)).copied());
        if let Some(name) = name
            && !people.iter().any(|other| other == name)
        {
            people.push(name.to_owned());
        }
    }
    people
}

/// The number of tasks in a group, and of those done; nested groups, remarks and cancelled tasks are not counted.
#[must_use]
pub fn progress(note: &Note, group: usize) -> (usize, usize) {
    let mut done = 0;
    let mut all = 0;
    for task in leaves(note, group) {
        match task.status {
            Status::Done => {
                done += 1;
                all += 1;
            }
            Status::Cancelled | Status::Info | Status::Moved => {}
            Status::Todo | Status::Doing | Status::OnHold => all += 1,
        }
    }
    (done, all)
}

/// The tasks below a group that are not groups. They directly follow it.
pub fn leaves(note: &Note, group: usize) -> impl Iterator<Item = &Task> {
    let below =
        note.tasks.iter().enumerate().skip(group + 1).take_while(move |(index, _)| is_below(note, *index, group));
    below.map(|(_, task)| task).filter(|task| !task.group)
}

/// True if a task is nested under another at any depth.
fn is_below(note: &Note, index: usize, ancestor: usize) -> bool {
    let mut at = note.tasks.get(index).and_then(|task| task.parent);
    while let Some(parent) = at {
        if parent <= ancestor {
            return parent == ancestor;
        }
        at = note.tasks.get(parent).and_then(|task| task.parent);
    }
    false
}
/// The index of the task whose text contains a byte.
#[must_use]
pub fn task_at(note: &Note, at: usize) -> Option<usize> {
    let index = note.tasks.partition_point(|task| task.span.start <= at).checked_sub(1)?;
    let spans = &note.tasks.get(index)?.text_spans;
    let near = spans.partition_point(|span| span.start <= at).checked_sub(1)?;
    spans.get(near)?.contains(at).then_some(index)
}

//! The to-do list as a value: tasks in parts, their order, and counts.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::collections::HashMap;
use std::ops::RangeInclusive;

use chrono::Days;
use chrono::NaiveDate;
use serde::Serialize;

use crate::model::NotePath;
use crate::model::Priority;
use crate::model::Status;
use crate::model::calendar::DateRange;
use crate::report::meeting::ActionItem;
use crate::report::task::TaskItem;
use crate::report::task::TaskRow;
use crate::report::todo;
use crate::report::todo::Counts;
use crate::report::todo::GroupBy;
use crate::report::todo::Part;
use crate::report::todo::PartTitle;
use crate::report::todo_views;

/// Which tasks are listed, and in which order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TodoOptions {
    /// Which tasks.
    pub view: TodoView,
    /// How tasks are grouped. Ignored by views with a fixed order.
    pub group: Option<GroupBy>,
    /// One list in this order instead of groups.
    pub sort: Option<SortBy>,
    /// Only tasks finished in this period, or, for views not about done tasks, written down in it. Ignored by views of coming
    /// days.
    pub range: Option<DateRange>,
    /// Maximum number of tasks: the first ones in the order of the list.
    pub limit: Option<usize>,
    /// Also list points of meetings without a box, after the tasks.
    pub unknown: bool,
}

/// Which tasks are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TodoView {
    /// Open tasks.
    #[default]
    Open,
    /// All tasks.
    All,
    /// Done tasks, the latest first.
    Done,
    /// Tasks by when they were written down, done or not; no groups and no remarks.
    Opened,
    /// Tasks due before today, by day.
    Overdue,
    /// Tasks for coming days, by day.
    Agenda {
        /// Number of days ahead.
        days: u64,
    },
}

/// The order of one list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SortBy {
    /// The oldest first.
    Age,
    /// The newest first; undated ones last.
    Newest,
    /// What is due soon or was lately, the earliest first; then as [`SortBy::Newest`].
    AtHand,
    /// The earliest due date first.
    Due,
    /// The most urgent first.
    Priority,
    /// By path and line.
    Path,
}

/// Days from today on which something is at hand: what was due in the last month, and what is due in the next week.
const AT_HAND: RangeInclusive<i64> = -31..=7;

/// A list of tasks.
#[derive(Debug, Clone, Serialize)]
pub struct TodoReport {
    /// Every task in the report: the rows in order, then the headers.
    pub tasks: Vec<TaskItem>,
    /// How many of `tasks` are rows; the rest are groups above rows.
    pub rows: usize,
    /// Points of meetings without a box, if requested: their state is unknown. The oldest first.
    pub unknown: Vec<ActionItem>,
    /// The number of tasks to list; more than are listed if there is a limit.
    #[serde(skip)]
    pub found: usize,
    /// The list as shown: parts, blocks and lines, whose rows are indices into `tasks`.
    #[serde(skip)]
    pub parts: Vec<Part>,
    /// The number of tasks left out because they have no date; 0 if no period was requested.
    #[serde(skip)]
    pub undated: usize,
    /// The numbers for everything that the query selected.
    #[serde(skip)]
    pub counts: Counts,
    /// Notes whose dates were corrected.
    #[serde(skip)]
    pub corrected: Vec<NotePath>,
    /// The request.
    #[serde(skip)]
    pub options: TodoOptions,
    /// The day from which ages and lateness are counted.
    pub today: NaiveDate,
}

impl TodoReport {
    /// Lists the rows marked in `selected`. `closed`: the states of closed tasks that were not loaded.
    #[must_use]
    pub fn new(
        rows: &[TaskRow<'_>],
        selected: &[bool],
        closed: &[Status],
        options: TodoOptions,
        today: NaiveDate,
    ) -> Self {
        let chosen: Vec<usize> = (0..rows.len()).filter(|&index| selected.get(index) == Some(&true)).collect();
        let row = |index: &usize| rows.get(*index);
        let mut listed: Vec<usize> =
            chosen.iter().copied().filter(|index| row(index).is_some_and(|row| options.lists(row, today))).collect();
        // scripts get open groups too: those have `group`
        let is_open_group = |index: &usize| {
            row(index).is_some_and(|row| row.task.group && row.task.status.is_open() && options.is_within(row))
        };
        let mut given: Vec<usize> = match options.view {
            TodoView::Open => {
                let mut given = listed.clone();
                given.extend(chosen.iter().filter(|index| is_open_group(index)));
                given.sort_unstable();
                given.dedup();
                given
            }
            _ => listed.clone(),
        };
        let is_undated = |row: &TaskRow<'_>| options.has(row, today) && options.day(row).is_none();
        let undated = match options.range {
            Some(_) => chosen.iter().filter_map(row).filter(|row| is_undated(row)).count(),
            None => 0,
        };
        options.arrange(rows, &mut listed, today);
        options.arrange(rows, &mut given, today);
        let found = listed.len();
        let mut parts = options.parts(rows, &listed, today);
        if let Some(limit) = options.limit.filter(|limit| *limit < found) {
            let shown = cut(&mut parts, limit);
            given.retain(|index| shown.contains(index));
        }

        let mut places: BTreeMap<usize, usize> = given.iter().enumerate().map(|(at, &index)| (index, at)).collect();
        let count = given.len();
        let mut corrected = Vec::new();
        for line in parts.iter_mut().flat_map(|part| &mut part.blocks).flat_map(|block| &mut block.lines) {
            if let Some(row) = rows.get(line.row)
                && row.note.entry_at(row.task.line).is_some_and(|entry| entry.corrected_from.is_some())
            {
                corrected.push(row.path.clone());
            }
            line.row = *places.entry(line.row).or_insert_with(|| {
                given.push(line.row);
                given.len() - 1
            });
        }
        corrected.dedup();
        Self {
            tasks: given.iter().filter_map(row).map(TaskRow::item).collect(),
            rows: count,
            unknown: Vec::new(),
            found,
            undated,
            parts,
            counts: todo::counts(chosen.iter().filter_map(row), closed),
            corrected,
            options,
            today,
        }
    }
}

impl TodoReport {
    /// Lists points without a box after the tasks, up to the limit.
    pub fn add_unknown(&mut self, mut points: Vec<ActionItem>) {
        points.sort_by(|a, b| (a.raised, &a.path, a.point.line).cmp(&(b.raised, &b.path, b.point.line)));
        points.truncate(self.options.limit.map_or(usize::MAX, |limit| limit.saturating_sub(self.found)));
        self.unknown = points;
    }

    /// The rows that people see, as indices into [`Self::tasks`], in display order.
    #[must_use]
    pub fn listed(&self) -> Vec<usize> {
        let lines = self.parts.iter().flat_map(|part| &part.blocks).flat_map(|block| &block.lines);
        let mut seen = BTreeSet::new();
        lines.filter(|line| !line.header && seen.insert(line.row)).map(|line| line.row).collect()
    }

    /// Keeps only these tasks, given as indices into [`Self::tasks`], and counts them again.
    pub fn keep(&mut self, picked: &[usize]) {
        let places: BTreeMap<usize, usize> = picked.iter().enumerate().map(|(at, &row)| (row, at)).collect();
        self.tasks = picked.iter().filter_map(|&row| self.tasks.get(row).cloned()).collect();
        self.rows = self.tasks.len();
        for part in &mut self.parts {
            for block in &mut part.blocks {
                block.lines.retain(|line| !line.header && places.contains_key(&line.row));
                for line in &mut block.lines {
                    line.row = places.get(&line.row).copied().unwrap_or_default();
                    line.indent = 0;
                }
            }
            part.blocks.retain(|block| !block.lines.is_empty());
        }
        self.parts.retain(|part| !part.blocks.is_empty());
        let is_open = |task: &&TaskItem| task.status.is_open();
        self.counts = Counts {
            open: self.tasks.iter().filter(is_open).count(),
            done: self.tasks.iter().filter(|task| task.checked).count(),
            notes: self.tasks.iter().filter(is_open).map(|task| &task.path).collect::<BTreeSet<_>>().len(),
            boxes: self.tasks.len(),
            groups: 0,
            dated: self.counts.dated,
        };
    }
}

impl TodoOptions {
    /// True if the view includes a row and its day is in the requested period.
    #[must_use]
    pub fn lists(&self, row: &TaskRow<'_>, today: NaiveDate) -> bool {
        self.has(row, today) && self.is_within(row)
    }

    /// True if the day that counts for the view is in the requested period.
    fn is_within(&self, row: &TaskRow<'_>) -> bool {
        self.range.is_none_or(|range| self.days(row).is_some_and(|days| range.covers(days)))
    }

    /// True for a row that lies in a longer time of which the time that is asked for is only a part.
    #[must_use]
    pub fn is_longer(&self, row: &TaskRow<'_>, today: NaiveDate) -> bool {
        let overlaps = |range: DateRange| self.days(row).is_some_and(|days| days.overlaps(range));
        self.has(row, today) && !self.is_within(row) && self.range.is_some_and(overlaps)
    }

    /// As [`Self::day`]; of what stands in a week or month without a day all of its days.
    #[must_use]
    pub fn days(&self, row: &TaskRow<'_>) -> Option<DateRange> {
        let exact = match self.view {
            TodoView::Done => return row.done_days(),
            TodoView::Opened | TodoView::Open => row.task.created,
            _ => self.day(row),
        };
        exact.map(DateRange::day).or_else(|| row.days()).or_else(|| self.day(row).map(DateRange::day))
    }

    /// The day that counts for the view: when a task was finished, else when it was written down.
    #[must_use]
    pub fn day(&self, row: &TaskRow<'_>) -> Option<NaiveDate> {
        match self.view {
            TodoView::Done => todo_views::finished(row),
            _ => todo_views::opened(row),
        }
    }

    /// True if the view includes a row, regardless of its day.
    #[must_use]
    pub fn has(&self, row: &TaskRow<'_>, today: NaiveDate) -> bool {
        match self.view {
            TodoView::All => true,
            TodoView::Open => todo::is_to_do(row),
            TodoView::Done => row.task.checked() && !row.task.group,
            TodoView::Opened => !row.task.group && row.task.status != Status::Info,
            TodoView::Overdue => todo::is_to_do(row) && todo_views::day_of(row).is_some_and(|day| day < today),
            TodoView::Agenda { days } => {
                let last = today.checked_add_days(Days::new(days)).unwrap_or(today);
                todo::is_to_do(row) && todo_views::day_of(row).is_some_and(|day| day <= last)
            }
        }
    }

    /// Sorts rows in the order of the view.
    fn arrange(&self, rows: &[TaskRow<'_>], listed: &mut [usize], today: NaiveDate) {
        let row = |index: &usize| rows.get(*index);
        match (self.view, self.sort) {
            (TodoView::Done, _) => {
                listed.sort_by_key(|index| Reverse(row(index).and_then(todo_views::finished)));
            }
            (TodoView::Agenda { .. } | TodoView::Overdue, None) if self.group.is_none() => {
                listed.sort_by_key(|index| row(index).and_then(todo_views::day_of));
            }
            (_, Some(SortBy::Age)) => listed.sort_by_key(|index| Reverse(row(index).and_then(|row| row.age_days))),
            (_, Some(SortBy::Newest)) => listed.sort_by_key(|index| {
                let age = row(index).and_then(|row| row.age_days);
                (age.is_none(), age)
            }),
            (_, Some(SortBy::AtHand)) => listed.sort_by_key(|index| {
                let day = row(index).and_then(todo_views::day_of);
                let day = day.filter(|day| AT_HAND.contains(&(*day - today).num_days()));
                let age = row(index).and_then(|row| row.age_days);
                (day.is_none(), day, age.is_none(), age)
            }),
            (_, Some(SortBy::Due)) => listed.sort_by_key(|index| {
                let day = row(index).and_then(todo_views::day_of);
                (day.is_none(), day)
            }),
            // without a priority: normal, between medium and low
            (_, Some(SortBy::Priority)) => {
                listed.sort_by_key(|index| match row(index).and_then(|row| row.task.priority) {
                    Some(priority) if priority <= Priority::Medium => (0, Some(priority)),
                    None => (1, None),
                    low => (2, low),
                });
            }
            (_, Some(SortBy::Path)) => listed.sort_unstable(),
            (_, None) => {}
        }
    }

    fn parts(&self, rows: &[TaskRow<'_>], listed: &[usize], today: NaiveDate) -> Vec<Part> {
        match (self.view, self.sort) {
            (TodoView::Done, _) => by_day(rows, listed, |row| row.done_days()),
            (TodoView::Agenda { .. } | TodoView::Overdue, None) if self.group.is_none() => {
                by_day(rows, listed, |row| todo_views::day_of(row).map(DateRange::day))
            }
            (_, Some(_)) => Part::flat(PartTitle::Untitled, listed).into_iter().collect(),
            (_, None) => todo::parts(rows, listed, self.group.unwrap_or_default(), today),
        }
    }
}

/// Keeps the first `limit` tasks of a list and returns their rows. A task in several parts counts once.
fn cut(parts: &mut Vec<Part>, limit: usize) -> BTreeSet<usize> {
    let mut shown = BTreeSet::new();
    for part in parts.iter_mut() {
        for block in &mut part.blocks {
            block.lines.retain(|line| {
                let fits = shown.contains(&line.row) || shown.len() < limit;
                if fits && !line.header {
                    shown.insert(line.row);
                }
                fits
            });
        }
        part.blocks.retain(|block| !block.lines.is_empty());
    }
    parts.retain(|part| !part.blocks.is_empty());
    shown
}

/// One part per day, or days, in the order of first appearance.
fn by_day(rows: &[TaskRow<'_>], listed: &[usize], days: impl Fn(&TaskRow<'_>) -> Option<DateRange>) -> Vec<Part> {
    let mut parts: Vec<(Option<DateRange>, Vec<usize>)> = Vec::new();
    let mut places: HashMap<Option<DateRange>, usize> = HashMap::new();
    for &index in listed {
        let days = rows.get(index).and_then(&days);
        let place = *places.entry(days).or_insert_with(|| {
            parts.push((days, Vec::new()));
            parts.len() - 1
        });
        parts.get_mut(place).into_iter().for_each(|(_, tasks)| tasks.push(index));
    }
    parts.into_iter().filter_map(|(days, tasks)| Part::flat(PartTitle::Days(days), &tasks)).collect()
}

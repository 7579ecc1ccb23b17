//! Other views of tasks: by day, the next one, stale ones, and statistics by month.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use chrono::Datelike as _;
use chrono::NaiveDate;
use serde::Serialize;
use serde::Serializer;
use xxhash_rust::xxh3::xxh3_64;

use crate::model::Priority;
use crate::model::Status;
use crate::report::ages::Ages;
use crate::report::task::TaskItem;
use crate::report::task::TaskRow;
use crate::report::todo::is_to_do;

/// The day a task needs attention: its due date, else its scheduled date.
#[must_use]
pub fn day_of(row: &TaskRow<'_>) -> Option<NaiveDate> {
    row.task.due.or(row.task.scheduled)
}

/// True if a task can be started: no open dependency, no start date in the future.
#[must_use]
pub fn is_ready(row: &TaskRow<'_>, open_ids: &BTreeSet<&str>, today: NaiveDate) -> bool {
    is_to_do(row)
        && row.task.status != Status::OnHold
        && row.task.start.is_none_or(|start| start <= today)
        && row.task.depends_on.iter().all(|id| !open_ids.contains(id.as_str()))
}

/// The explicit ids of open tasks, which others may depend on.
#[must_use]
pub fn open_ids<'r>(rows: &'r [TaskRow<'_>]) -> BTreeSet<&'r str> {
    let open = rows.iter().filter(|row| row.task.status.is_open());
    open.filter_map(|row| row.task.explicit_id.as_deref()).collect()
}

/// Suggests one task to do now.
#[derive(Debug, Clone, Serialize)]
pub struct NextReport {
    /// `None` when there is nothing to do.
    pub task: Option<NextTask>,
}

/// A task, and why it is suggested.
#[derive(Debug, Clone, Serialize)]
pub struct NextTask {
    /// The task.
    #[serde(flatten)]
    pub task: TaskItem,
    /// Why it is suggested.
    pub why: WhyNext,
}

impl NextReport {
    /// Chooses one of the rows.
    #[must_use]
    pub fn new(rows: &[TaskRow<'_>], today: NaiveDate) -> Self {
        let next = next(rows, today);
        let task = next.and_then(|(index, why)| Some(NextTask { task: rows.get(index)?.item(), why }));
        Self { task }
    }
}

/// Open tasks that were written down long ago, the oldest first.
#[derive(Debug, Clone, Serialize)]
pub struct StaleReport {
    /// The tasks.
    pub tasks: Vec<TaskItem>,
    /// The requested minimum age, in days.
    pub days: i64,
    /// The total number of open tasks.
    pub open: usize,
    /// The number of open tasks without a date: their age is unknown.
    pub undated: usize,
}

impl StaleReport {
    /// Selects rows at least `days` days old.
    #[must_use]
    pub fn new(rows: &[TaskRow<'_>], days: i64) -> Self {
        let open = || rows.iter().filter(|row| is_to_do(row));
        Self {
            tasks: stale(rows, days).into_iter().filter_map(|index| rows.get(index)).map(TaskRow::item).collect(),
            days,
            open: open().count(),
            undated: open().filter(|row| row.age_days.is_none()).count(),
        }
    }
}

/// Why a task is suggested.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WhyNext {
    /// It is late.
    Late,
    /// It is for today.
    #[serde(rename = "for today")]
    Today,
    /// It is started.
    Begun,
    /// It is urgent.
    Urgent,
    /// It was chosen among equals.
    #[serde(rename = "drawn for today")]
    Drawn,
}

/// One task to do now, and why: late ones, then those for today, then started ones, then the most urgent;
/// among equals one that stays the same all day.
#[must_use]
pub fn next(rows: &[TaskRow<'_>], today: NaiveDate) -> Option<(usize, WhyNext)> {
    let waiting = open_ids(rows);
    let rank = |row: &TaskRow<'_>| -> (WhyNext, Option<NaiveDate>, Option<Priority>) {
        match day_of(row) {
            Some(day) if day < today => (WhyNext::Late, Some(day), row.task.priority),
            Some(day) if day == today => (WhyNext::Today, None, row.task.priority),
            _ if row.task.status == Status::Doing => (WhyNext::Begun, None, row.task.priority),
            _ if row.task.priority.is_some_and(|priority| priority <= Priority::High) => {
                (WhyNext::Urgent, None, row.task.priority)
            }
            _ => (WhyNext::Drawn, None, None),
        }
    };
    let draw = |row: &TaskRow<'_>| xxh3_64(format!("{today}{}", row.full_id).as_bytes());
    let ready = rows.iter().enumerate().filter(|(_, row)| is_ready(row, &waiting, today));
    let (index, row) = ready.min_by_key(|(_, row)| (rank(row), draw(row)))?;
    Some((index, rank(row).0))
}

/// Open tasks that were written down at least `days` ago, the oldest first. Indices into the rows.
#[must_use]
pub fn stale(rows: &[TaskRow<'_>], days: i64) -> Vec<usize> {
    let mut found: Vec<usize> = (0..rows.len())
        .filter(|&index| {
            rows.get(index).is_some_and(|row| is_to_do(row) && row.age_days.is_some_and(|age| age >= days))
        })
        .collect();
    found.sort_by_key(|&index| std::cmp::Reverse(rows.get(index).and_then(|row| row.age_days)));
    found
}

/// The day a task was written down: its created date, else the date it is filed under.
#[must_use]
pub fn opened(row: &TaskRow<'_>) -> Option<NaiveDate> {
    row.task.created.or(row.date)
}

/// The day a done task was finished: its done date, else the date it is filed under, but no day to come.
#[must_use]
pub fn finished(row: &TaskRow<'_>) -> Option<NaiveDate> {
    row.done_days()?.start
}

/// Statistics of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Month {
    /// Its first day.
    #[serde(serialize_with = "year_and_month")]
    pub month: NaiveDate,
    /// Number of tasks written down in it.
    pub opened: usize,
    /// Number of tasks finished in it.
    pub closed: usize,
}

/// Writes a month as `2026-11`.
pub(crate) fn year_and_month<S: Serializer>(month: &NaiveDate, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&month.format("%Y-%m"))
}

/// Statistics by month, and the ages of open tasks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Stats {
    /// Every month from the first to the last with a task, without gaps.
    pub months: Vec<Month>,
    /// Open tasks by age.
    pub ages: Ages,
    /// Number of open tasks.
    pub open: usize,
    /// Number of done tasks.
    pub done: usize,
}

/// Counts by month and age. Groups and remarks are not counted.
#[must_use]
pub fn stats(rows: &[TaskRow<'_>]) -> Stats {
    let mut stats = Stats::default();
    let mut months: BTreeMap<NaiveDate, (usize, usize)> = BTreeMap::new();
    let first = |day: NaiveDate| day.with_day(1).unwrap_or(day);
    for row in rows.iter().filter(|row| !row.task.group && row.task.status != Status::Info) {
        if let Some(day) = opened(row) {
            months.entry(first(day)).or_default().0 += 1;
        }
        if row.task.status == Status::Done {
            stats.done += 1;
            if let Some(day) = finished(row) {
                months.entry(first(day)).or_default().1 += 1;
            }
        }
        if is_to_do(row) {
            stats.open += 1;
            stats.ages.add(row.age_days);
        }
    }
    if let (Some((&from, _)), Some((&to, _))) = (months.first_key_value(), months.last_key_value()) {
        let mut month = from;
        // a wrong century in one note must not make a huge chart
        while month <= to && stats.months.len() < 1200 {
            let (opened, closed) = months.get(&month).copied().unwrap_or_default();
            stats.months.push(Month { month, opened, closed });
            month = month.checked_add_months(chrono::Months::new(1)).unwrap_or(NaiveDate::MAX);
        }
    }
    stats
}

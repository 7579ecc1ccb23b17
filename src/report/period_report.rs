//! A week, month, quarter or year on one page: what was written, done, noted, carried over, read, asked and decided.
//!
//! It has no rules of its own: each part is what another report lists for these days, and names the command that
//! prints that list. Called by `report week` and its like.

use chrono::NaiveDate;
use serde::Serialize;

use crate::model::Precision;
use crate::model::ReadingState;
use crate::model::calendar::DateRange;
use crate::model::calendar::Unit;
use crate::report::decisions::DecisionItem;
use crate::report::decisions::DecisionReport;
use crate::report::journal;
use crate::report::journal::EntryRow;
use crate::report::journal_report::EntryItem;
use crate::report::journal_report::JournalReport;
use crate::report::meeting::ActionFilter;
use crate::report::meeting::ActionItem;
use crate::report::meeting::ActionReport;
use crate::report::meeting::MeetingItem;
use crate::report::meeting::SeriesReport;
use crate::report::period;
use crate::report::period::Period;
use crate::report::period::Step;
use crate::report::point_id::PointIds;
use crate::report::questions::QuestionItem;
use crate::report::questions::QuestionReport;
use crate::report::reading::ReadingItem;
use crate::report::reading_report::ReadingOptions;
use crate::report::reading_report::ReadingReport;
use crate::report::series::Series;
use crate::report::task::TaskItem;
use crate::report::task::TaskRow;
use crate::report::todo_report::TodoOptions;
use crate::report::todo_report::TodoView;

/// A part of a period report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PartName {
    /// Entries of the journal.
    Written,
    /// Finished tasks.
    Done,
    /// Tasks that were written down in the period, done since or not.
    Opened,
    /// Tasks that were written down before, and are still open.
    Carried,
    /// Meetings that took place, with their points.
    Met,
    /// Points of earlier meetings without a box, so that their state is unknown. Those with a box are tasks.
    Left,
    /// Links that were read.
    Read,
    /// Questions, answered or not.
    Asked,
    /// Decisions.
    Decided,
}

/// A part of the report: how many items, the items, and the command that prints the same list.
#[derive(Debug, Clone, Serialize)]
pub struct Part {
    /// Which part.
    pub part: PartName,
    /// The first day of the period.
    pub since: NaiveDate,
    /// The last day of the period.
    pub until: NaiveDate,
    /// How many items there are.
    pub count: usize,
    /// The number of items in the notebook without a date, which may belong here. For what was written, the number of notes.
    pub undated: usize,
    /// The number of items of a longer period that contains this one: a month, in the report of a week. They are not counted.
    pub longer: usize,
    /// The command that prints the items.
    pub command: String,
    /// The chart: the number of items (for what was written, of words) on each day, in each week or in each month of the period.
    /// Empty for what is left from before.
    pub steps: Vec<Step>,
    /// The items.
    pub items: Items,
}

/// The items of a part.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub enum Items {
    /// Entries, newest first.
    Entries(Vec<EntryItem>),
    /// Tasks: for done or opened ones the latest first, for carried ones the oldest first.
    Tasks(Vec<TaskItem>),
    /// Meetings, oldest first.
    Meetings(Vec<MeetingItem>),
    /// Points of meetings, the oldest first.
    Actions(Vec<ActionItem>),
    /// Links, the latest first.
    Links(Vec<ReadingItem>),
    /// Questions, open ones first.
    Questions(Vec<QuestionItem>),
    /// Decisions, newest first.
    Decisions(Vec<DecisionItem>),
}

impl Items {
    fn len(&self) -> usize {
        match self {
            Self::Entries(items) => items.len(),
            Self::Tasks(items) => items.len(),
            Self::Meetings(items) => items.len(),
            Self::Actions(items) => items.len(),
            Self::Links(items) => items.len(),
            Self::Questions(items) => items.len(),
            Self::Decisions(items) => items.len(),
        }
    }
}

/// A period on one page.
#[derive(Debug, Clone, Serialize)]
pub struct PeriodReport {
    /// The days.
    #[serde(skip)]
    pub period: Period,
    /// In the order of the page; each part once.
    pub parts: Vec<Part>,
    /// The number of days on which something was written.
    #[serde(skip)]
    pub days: usize,
    /// The number of notes in which something was written.
    #[serde(skip)]
    pub notes: usize,
    /// Words of entries that do not belong to a single day, week or month of the chart.
    #[serde(skip)]
    pub off_chart: usize,
    /// Maximum number of items shown per part.
    #[serde(skip)]
    pub limit: usize,
    /// Today.
    #[serde(skip)]
    pub today: NaiveDate,
}

/// The request, as the parts need it.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The days.
    pub period: Period,
    /// The query, as words of a command line; empty for all notes.
    pub words: &'a str,
    /// Today.
    pub today: NaiveDate,
}

impl Asked<'_> {
    /// The day before the period.
    fn before(&self) -> NaiveDate {
        self.period.start.pred_opt().unwrap_or(self.period.start)
    }

    /// The day that selects the bar of the chart for some days: a month belongs only to a bar for that month.
    fn bar(&self, days: DateRange) -> Option<NaiveDate> {
        days.single().or(days.start.filter(|_| self.period.step() == Unit::Month))
    }

    fn part(&self, part: PartName, command: &str, items: Items) -> Part {
        let Period { start, end, .. } = self.period;
        let words = if self.words.is_empty() { String::new() } else { format!(" {}", self.words) };
        Part {
            part,
            since: start,
            until: end,
            count: items.len(),
            undated: 0,
            longer: 0,
            command: format!("hornbook {command}{words}"),
            steps: Vec::new(),
            items,
        }
    }

    /// A part whose command takes the days of the period.
    fn dated(&self, part: PartName, command: &str, items: Items, days: impl Iterator<Item = NaiveDate>) -> Part {
        let Period { start, end, .. } = self.period;
        let mut steps = self.period.steps();
        for day in days {
            period::add(&mut steps, day, 1);
        }
        Part { steps, ..self.part(part, &format!("{command} --since {start} --until {end}"), items) }
    }
}

impl PeriodReport {
    /// A report with what was written. `undated`: the number of notes without a date. The other parts are pushed in the order of the page.
    #[must_use]
    pub fn new(asked: &Asked<'_>, rows: &[EntryRow<'_>], undated: usize, limit: usize) -> Self {
        let range = asked.period.range();
        let journal = JournalReport::new(rows, Some(range), usize::MAX);
        let (days, notes) = (journal.days, journal.notes_shown());
        let mut off_chart = 0;
        let mut steps = asked.period.steps();
        for row in rows.iter().filter(|row| row.is_within(range)) {
            let days = row.days();
            let is_in =
                |step: &&mut Step| days.start >= Some(step.since) && days.end.is_some_and(|end| end <= step.until);
            if let Some(step) = steps.iter_mut().find(is_in) {
                step.count += row.words;
                continue;
            }
            let mut placed = 0;
            for (day, words) in journal::words_by_day(row) {
                placed += if period::add(&mut steps, day, words) { words } else { 0 };
            }
            off_chart += row.words - placed;
        }
        let longer = rows.iter().filter(|row| {
            row.entry.precision == Precision::Month && !row.is_within(range) && row.days().overlaps(range)
        });
        let longer = longer.count();
        let none = std::iter::empty();
        let written = asked.dated(PartName::Written, "journal", Items::Entries(journal.entries), none);
        let written = Part { steps, undated, longer, ..written };
        Self { period: asked.period, parts: vec![written], days, notes, off_chart, limit, today: asked.today }
    }

    /// A part; `None` if it was not requested.
    #[must_use]
    pub fn part(&self, name: PartName) -> Option<&Part> {
        self.parts.iter().find(|part| part.part == name)
    }

    /// True if nothing has a date in the period.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.parts.iter().all(|part| matches!(part.part, PartName::Carried | PartName::Left) || part.count == 0)
    }
}

/// What was done, opened and carried over, from rows in the order of the notes.
#[must_use]
pub fn tasks(asked: &Asked<'_>, rows: &[TaskRow<'_>]) -> [Part; 3] {
    let range = asked.period.range();
    let before = asked.before();
    let listed = |view: TodoView, range: DateRange| {
        let options = TodoOptions { view, range: Some(range), ..TodoOptions::default() };
        let undated = rows.iter().filter(|row| options.has(row, asked.today) && options.day(row).is_none()).count();
        let mut found: Vec<(Option<NaiveDate>, &TaskRow<'_>)> =
            rows.iter().filter(|row| options.lists(row, asked.today)).map(|row| (options.day(row), row)).collect();
        match view {
            TodoView::Done | TodoView::Opened => found.sort_by_key(|(day, _)| std::cmp::Reverse(*day)),
            TodoView::Open => found.sort_by_key(|(day, _)| *day),
            _ => {}
        }
        let longer = rows.iter().filter(|row| options.is_longer(row, asked.today)).count();
        let days: Vec<NaiveDate> = found.iter().filter_map(|(_, row)| asked.bar(options.days(row)?)).collect();
        (Items::Tasks(found.into_iter().map(|(_, row)| row.item()).collect()), days, (undated, longer))
    };
    let (items, days, (undated, longer)) = listed(TodoView::Done, range);
    let done = Part { undated, longer, ..asked.dated(PartName::Done, "todo --done", items, days.into_iter()) };
    let (items, days, (undated, longer)) = listed(TodoView::Opened, range);
    let opened = Part { undated, longer, ..asked.dated(PartName::Opened, "todo --opened", items, days.into_iter()) };
    let (items, _, (undated, longer)) = listed(TodoView::Open, DateRange { start: None, end: Some(before) });
    let carried = Part { undated, longer, ..asked.part(PartName::Carried, &format!("todo --until {before}"), items) };
    [done, opened, carried]
}

/// The meetings that were held, and what is left of earlier ones.
#[must_use]
pub fn meetings(asked: &Asked<'_>, series: &[Series<'_>], ids: &PointIds) -> [Part; 2] {
    let report = SeriesReport::new(series, ids, asked.today, true).within(asked.period.range());
    let mut held: Vec<MeetingItem> = report.series.into_iter().flat_map(|series| series.meetings).collect();
    held.sort_by(|a, b| (a.date, &a.path, a.line).cmp(&(b.date, &b.path, b.line)));
    let days: Vec<NaiveDate> = held.iter().map(|meeting| meeting.date).collect();
    let met = asked.dated(PartName::Met, "meeting", Items::Meetings(held), days.into_iter());
    let before = asked.before();
    let range = Some(DateRange { start: None, end: Some(before) });
    let filter = ActionFilter { unknown: true, range, ..ActionFilter::default() };
    let left = ActionReport::new(series, &filter, ids, asked.today).actions;
    let command = format!("meeting actions --unknown --until {before}");
    [met, asked.part(PartName::Left, &command, Items::Actions(left))]
}

/// What was read.
#[must_use]
pub fn read(asked: &Asked<'_>, items: Vec<ReadingItem>) -> Part {
    let options = ReadingOptions {
        states: vec![ReadingState::Read],
        range: Some(asked.period.range()),
        ..ReadingOptions::default()
    };
    let report = ReadingReport::new(items, options, asked.today);
    let days: Vec<NaiveDate> = report.items.iter().filter_map(|item| asked.bar(item.days()?)).collect();
    let part = asked.dated(PartName::Read, "reading --state read", Items::Links(report.items), days.into_iter());
    Part { undated: report.undated, longer: report.longer, ..part }
}

/// What was asked.
#[must_use]
pub fn asked(asked: &Asked<'_>, report: QuestionReport) -> Part {
    let days: Vec<NaiveDate> = report.questions.iter().filter_map(|question| asked.bar(question.days?)).collect();
    let part = asked.dated(PartName::Asked, "questions", Items::Questions(report.questions), days.into_iter());
    Part { undated: report.undated, longer: report.longer, ..part }
}

/// What was decided.
#[must_use]
pub fn decided(asked: &Asked<'_>, report: DecisionReport) -> Part {
    let days: Vec<NaiveDate> = report.decisions.iter().filter_map(|decision| asked.bar(decision.days?)).collect();
    let part =
        asked.dated(PartName::Decided, "decisions --holding", Items::Decisions(report.decisions), days.into_iter());
    Part { undated: report.undated, longer: report.longer, ..part }
}

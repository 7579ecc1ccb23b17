//! A list of tasks: parts, blocks, and tables with ids, labels, dates, hosts and lines.

use std::borrow::Cow;

use chrono::Days;
use chrono::NaiveDate;
use serde::Serialize;

use crate::model::NotePath;
use crate::model::Priority;
use crate::model::Status;
use crate::report::meeting::ActionItem;
use crate::report::task::TaskItem;
use crate::report::todo::Block as TaskBlock;
use crate::report::todo::Line as TaskLine;
use crate::report::todo::Part;
use crate::report::todo::PartTitle;
use crate::report::todo_report::SortBy;
use crate::report::todo_report::TodoReport;
use crate::report::todo_report::TodoView;
use crate::view::Cell;
use crate::view::Document;
use crate::view::Line;
use crate::view::Paths;
use crate::view::Report;
use crate::view::Role;
use crate::view::Row;
use crate::view::document::Block;
use crate::view::document::Column;
use crate::view::document::Table;
use crate::view::document::TableRow;
use crate::view::screen::cell;
use crate::view::screen::plain;
use crate::view::show::tasks::role;
use crate::view::words;

/// The column where dates of blocks end.
const DATE: usize = 14;

/// A row of the list for scripts.
#[derive(Serialize)]
#[serde(untagged)]
enum TodoRow<'r> {
    Task(&'r TaskItem),
    Point(Box<Unboxed<'r>>),
}

/// A point without a box, with the fields of a task: those that need a box are empty, and its status is unknown.
#[derive(Serialize)]
struct Unboxed<'r> {
    id: &'r str,
    path: &'r NotePath,
    line: usize,
    column: Option<usize>,
    symbol: &'static str,
    status: &'static str,
    checked: bool,
    text: &'r str,
    label: &'r str,
    form: &'static str,
    heading: &'r [String],
    under: [&'static str; 0],
    date: NaiveDate,
    date_precision: &'static str,
    end_date: Option<NaiveDate>,
    age_days: i64,
    depth: usize,
    group: bool,
    due: Option<NaiveDate>,
    scheduled: Option<NaiveDate>,
    start: Option<NaiveDate>,
    created: Option<NaiveDate>,
    completed: Option<NaiveDate>,
    cancelled: Option<NaiveDate>,
    priority: Option<Priority>,
    recurrence: Option<String>,
    depends_on: [&'static str; 0],
    tags: [&'static str; 0],
    people: Vec<&'r str>,
    tickets: [&'static str; 0],
    links: [&'static str; 0],
}

impl<'r> Unboxed<'r> {
    fn of(action: &'r ActionItem) -> Self {
        let point = &action.point;
        Self {
            id: &point.id,
            path: &action.path,
            line: point.line,
            column: None,
            symbol: "",
            status: "unknown",
            checked: false,
            text: &point.text,
            label: &point.label,
            form: "no_box",
            heading: &point.heading,
            under: [],
            date: action.date,
            date_precision: "day",
            end_date: None,
            age_days: action.age_days,
            depth: point.depth,
            group: false,
            due: point.due,
            scheduled: None,
            start: None,
            created: None,
            completed: None,
            cancelled: None,
            priority: None,
            recurrence: None,
            depends_on: [],
            tags: [],
            people: point.owner.iter().flat_map(|owner| owner.split(" & ")).collect(),
            tickets: [],
            links: [],
        }
    }
}

impl Row for TodoRow<'_> {
    fn path(&self) -> Option<&NotePath> {
        match self {
            Self::Task(task) => Some(&task.path),
            Self::Point(point) => Some(point.path),
        }
    }

    fn text(&self) -> Cow<'_, str> {
        Cow::Borrowed(match self {
            Self::Task(task) => &task.text,
            Self::Point(point) => point.text,
        })
    }
}

/// A point of a meeting without a box.
fn unknown(action: &ActionItem, paths: &dyn Paths) -> TableRow {
    let point = &action.point;
    let owner = point.owner.as_ref().map(|owner| format!("@{owner}")).unwrap_or_default();
    let due = point.due.map(|due| format!("due {due}")).unwrap_or_default();
    TableRow {
        left: vec![cell(point.id.clone(), Role::Id)],
        main: vec![plain(point.label.clone())],
        right: vec![
            plain(owner),
            cell(due, Role::Date),
            cell(point.host.clone().unwrap_or_default(), Role::Muted),
            cell(words::age(action.age_days), Role::Muted),
            cell(paths.place(&action.path, point.line), Role::Muted).to_note(&action.path, point.line),
        ],
        ..TableRow::default()
    }
}

impl Report for TodoReport {
    fn rows(&self) -> impl Iterator<Item = impl Row> {
        let tasks = self.tasks.iter().take(self.rows).map(TodoRow::Task);
        tasks.chain(self.unknown.iter().map(|action| TodoRow::Point(Box::new(Unboxed::of(action)))))
    }

    fn show(&self, paths: &dyn Paths) -> Document {
        let mut document = Document::default();
        let lines = self.parts.iter().flat_map(|part| &part.blocks).flat_map(|block| &block.lines);
        let ids = lines.filter_map(|line| self.tasks.get(line.row)).map(|task| task.id.len());
        let id_width = ids.max().unwrap_or(3);
        for (index, part) in self.parts.iter().enumerate() {
            if index > 0 {
                document.push(Block::Gap);
            }
            self.show_part(part, id_width, paths, &mut document);
        }
        if !self.unknown.is_empty() {
            if !self.parts.is_empty() {
                document.push(Block::Gap);
            }
            document.push(Block::Heading(vec![cell("Without a box", Role::Title)]));
            let rows = self.unknown.iter().map(|point| unknown(point, paths)).collect();
            document.push(Block::Table(Table { margin: 4, columns: vec![Column::LEFT.least(id_width)], rows }));
        }
        self.show_remarks(&mut document);
        if !self.unknown.is_empty() {
            let points = words::count(self.unknown.len(), "point");
            document.remark(format!("{points} of meetings without a box: whether they are done is unknown"));
        }
        document
    }
}

impl TodoReport {
    fn show_part(&self, part: &Part, id_width: usize, paths: &dyn Paths, document: &mut Document) {
        let note = if let PartTitle::Note(path) = &part.title { Some(path) } else { None };
        match note {
            Some(path) => document.push(Block::Heading(vec![cell(paths.shown(path), Role::Path).to_note(path, 1)])),
            None => {
                let title = title(&part.title, self.today);
                if !title.is_empty() {
                    document.push(Block::Heading(vec![cell(title, Role::Title)]));
                }
            }
        }
        let mut rows = Vec::new();
        for block in &part.blocks {
            let has_title = note.is_some() && (block.date.is_some() || !block.title.is_empty());
            let mut above = has_title.then(|| block_title(block, self.today));
            for line in &block.lines {
                rows.extend(self.row(line, above.take(), note.is_some(), paths));
            }
        }
        document.push(Block::Table(Table { margin: 4, columns: vec![Column::LEFT.least(id_width)], rows }));
    }

    fn row(&self, line: &TaskLine, above: Option<Line>, in_note: bool, paths: &dyn Paths) -> Option<TableRow> {
        let task = self.tasks.get(line.row)?;
        let id = if line.header { String::new() } else { task.id.clone() };
        Some(TableRow {
            above,
            depth: line.indent,
            left: vec![cell(id, Role::Id)],
            main: vec![cell(label(task, line), role(task.status))],
            right: right(task, line.header, in_note, self.today, paths),
            below: Vec::new(),
        })
    }

    fn show_remarks(&self, document: &mut Document) {
        let counts = &self.counts;
        let groups = match counts.groups {
            0 => String::new(),
            1 => ", one of them a group".to_owned(),
            groups => format!(", {groups} of them groups"),
        };
        if let Some(range) = self.options.range {
            let how = if self.options.view == TodoView::Done { "done" } else { "written down" };
            document.remark(format!("{} {how} {}", words::count(self.found, "task"), words::range(range)));
            if self.undated > 0 {
                document.remark(format!("{} without a date left out", words::count(self.undated, "task")));
            }
        }
        if let Some(limit) = self.options.limit.filter(|limit| *limit < self.found) {
            let found = words::count(self.found, "task");
            document.remark(format!("shown: {} of {found}; -n shows more", words::thousands(limit)));
        }
        let boxes = words::count(counts.boxes, "checkbox");
        let dates = match self.options.sort {
            _ if counts.dated || counts.open == 0 => "",
            None | Some(SortBy::Age) => ". No task has a date; oldest first",
            Some(_) => ". No task has a date",
        };
        let notes =
            if counts.open == 0 { String::new() } else { format!(", in {}", words::count(counts.notes, "note")) };
        document.remark(format!(
            "{} to do, {} done{notes} ({boxes}{groups}){dates}.",
            words::thousands(counts.open),
            words::thousands(counts.done),
        ));
        if !self.corrected.is_empty() {
            let corrected: Vec<String> = self.corrected.iter().map(ToString::to_string).collect();
            document
                .remark(format!("Dates in {} were corrected (`hornbook check` says why).", words::list(&corrected)));
        }
        if self.parts.is_empty() {
            match self.options.view {
                TodoView::Agenda { days } if counts.open > 0 => {
                    let last = self.today.checked_add_days(Days::new(days)).unwrap_or(self.today);
                    document.remark(format!("no task has a date up to {last}: `hornbook todo` lists them all"));
                }
                TodoView::Overdue if counts.open > 0 => {
                    document.remark("nothing is overdue: `hornbook todo` lists what is to do");
                }
                TodoView::Open if counts.open == 0 && counts.boxes > 0 => {
                    document.remark("nothing is open: --done lists what is done, --all lists everything");
                }
                _ => {}
            }
        }
    }
}

fn title(title: &PartTitle, today: NaiveDate) -> String {
    match title {
        PartTitle::Untitled => String::new(),
        PartTitle::Overdue => "Overdue".to_owned(),
        PartTitle::Today => "Today".to_owned(),
        PartTitle::NextDays => "Next 7 days".to_owned(),
        PartTitle::Note(path) => path.to_string(),
        PartTitle::Key(key) => key.clone(),
        PartTitle::NoKey => "(none)".to_owned(),
        PartTitle::Days(None) => "undated".to_owned(),
        PartTitle::Days(Some(days)) => match days.single().map(|day| (day - today).num_days()) {
            Some(0) => format!("{}  today", words::days(*days)),
            Some(1) => format!("{}  tomorrow", words::days(*days)),
            Some(-1) => format!("{}  yesterday", words::days(*days)),
            _ => words::days(*days),
        },
    }
}

fn block_title(block: &TaskBlock, today: NaiveDate) -> Line {
    let date = block.days.map_or_else(|| "undated".to_owned(), words::days);
    let role = if block.date.is_some() { Role::Date } else { Role::Muted };
    let age = block.date.map(|date| (today - date).num_days()).filter(|days| *days > 0);
    let age = age.map(|days| format!("  {} ago", words::age(days))).unwrap_or_default();
    vec![plain("  "), cell(format!("{date:<DATE$}  "), role), plain(block.title.clone()), cell(age, Role::Muted)]
}

fn label(task: &TaskItem, line: &TaskLine) -> String {
    let mut text = match task.status {
        Status::Todo => task.label.clone(),
        _ => format!("[{}] {}", task.symbol, task.label),
    };
    // the emoji of Obsidian Tasks, at the front where they are not cut off
    let priority = task.priority.map(|priority| match priority {
        Priority::Highest => "🔺",
        Priority::High => "⏫",
        Priority::Medium => "🔼",
        Priority::Low => "🔽",
        Priority::Lowest => "⏬",
    });
    let recurs = task.recurrence.as_ref().map(|_| "🔁");
    for sign in recurs.into_iter().chain(priority) {
        text.insert_str(0, &format!("{sign} "));
    }
    match line.progress {
        Some((done, all)) if task.status.is_open() && done == all => {
            format!("{text}  {done}/{all}, all done: tick the group")
        }
        Some((done, all)) => format!("{text}  {done}/{all}"),
        None => text,
    }
}

/// Due date, host, and line; with the path if the part's title does not have it.
fn right(task: &TaskItem, header: bool, in_note: bool, today: NaiveDate, paths: &dyn Paths) -> Vec<Cell> {
    let place = if in_note { paths.line(task.line) } else { paths.place(&task.path, task.line) };
    let place = cell(place, Role::Muted).to_note(&task.path, task.line);
    if header {
        return vec![plain(""), plain(""), place];
    }
    let due = task.due.map(|due| format!("due {due}")).or_else(|| task.scheduled.map(|day| format!("on {day}")));
    let is_late = task.status.is_open() && task.due.or(task.scheduled).is_some_and(|day| day < today);
    let host = task.host.clone().unwrap_or_default();
    let role = if is_late { Role::Bad } else { Role::Warning };
    vec![cell(due.unwrap_or_default(), role), cell(host, Role::Muted), place]
}

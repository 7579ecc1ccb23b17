//! A list of tasks on the screen: parts, blocks, and a table with ids, labels, dates, hosts and lines.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::cli::context::Context;
use crate::disk::Notebook;
use crate::model::NotePath;
use crate::model::Status;
use crate::report::task;
use crate::report::task::TaskRow;
use crate::report::todo;
use crate::report::todo::Listing;
use crate::report::todo::Part;
use crate::view::Line;
use crate::view::screen::Cell;
use crate::view::screen::Layout;
use crate::view::screen::Role;
use crate::view::screen::cell;
use crate::view::screen::plain;
use crate::view::words;

/// Tasks one below the other, as a part with a title.
fn flat(title: &str, indices: &[usize]) -> Part {
    let lines = indices.iter().map(|&row| todo::Line { row, indent: 0, progress: None, header: false }).collect();
    let block = todo::Block { date: None, title: String::new(), lines };
    Part { title: title.to_owned(), note: false, blocks: vec![block] }
}

/// All tasks in one list, in the order given.
pub(super) fn one_list(shown: &[usize]) -> Listing {
    let parts = if shown.is_empty() { Vec::new() } else { vec![flat("", shown)] };
    Listing { parts, counts: todo::Counts::default() }
}

/// One part a day, in the order in which the days come up.
pub(super) fn by_day(
    rows: &[TaskRow<'_>],
    shown: &[usize],
    day: impl Fn(&TaskRow<'_>) -> Option<NaiveDate>,
    today: NaiveDate,
) -> Listing {
    let mut order: Vec<Option<NaiveDate>> = Vec::new();
    let mut days: BTreeMap<Option<NaiveDate>, Vec<usize>> = BTreeMap::new();
    for &index in shown {
        let day = rows.get(index).and_then(&day);
        if !order.contains(&day) {
            order.push(day);
        }
        days.entry(day).or_default().push(index);
    }
    let title = |day: Option<NaiveDate>| match day.map(|day| (day, (day - today).num_days())) {
        None => "undated".to_owned(),
        Some((day, 0)) => format!("{}  today", words::day(day)),
        Some((day, 1)) => format!("{}  tomorrow", words::day(day)),
        Some((day, -1)) => format!("{}  yesterday", words::day(day)),
        Some((day, _)) => words::day(day),
    };
    let parts = order.into_iter().map(|day| flat(&title(day), days.get(&day).map_or(&[], Vec::as_slice))).collect();
    Listing { parts, counts: todo::Counts::default() }
}

/// Shows the listing: parts, blocks, and a table of tasks.
pub(super) fn show(context: &mut Context, notebook: &Notebook, rows: &[TaskRow<'_>], listing: &Listing) {
    let id_width =
        listed(listing).filter_map(|(_, line)| rows.get(line.row)).map(|row| row.id.len()).max().unwrap_or(3);
    for (index, part) in listing.parts.iter().enumerate() {
        let lines = lines(context, notebook, rows, part, id_width);
        if index > 0 {
            context.ui.line(&Vec::new());
        }
        context.ui.lines(&lines);
    }
}

fn lines(context: &Context, notebook: &Notebook, rows: &[TaskRow<'_>], part: &Part, id_width: usize) -> Vec<Line> {
    let screen = &context.ui.screen;
    let table = Table::new(context, notebook, rows, part, id_width);
    let mut items = table.items.into_iter();
    let mut lines: Vec<Line> = Vec::new();
    let (title, link) = if part.note {
        let path = NotePath::from_escaped(part.title.as_str());
        (context.shown(notebook, &path), screen.links.then(|| Context::address(notebook, &path)))
    } else {
        (part.title.clone(), None)
    };
    if !title.is_empty() {
        lines.push(vec![Cell { link, ..cell(title, if part.note { Role::Path } else { Role::Title }) }]);
    }
    for block in &part.blocks {
        if part.note && (block.date.is_some() || !block.title.is_empty()) {
            let date = block.date.map_or_else(|| "undated".to_owned(), words::day);
            let role = if block.date.is_some() { Role::Date } else { Role::Muted };
            let age = block.date.map(|date| (context.today - date).num_days()).filter(|days| *days > 0);
            let age = age.map(|days| format!("  {} ago", words::age(days))).unwrap_or_default();
            let date = cell(padded(date, 14) + "  ", role);
            lines.push(vec![plain("  "), date, plain(block.title.clone()), cell(age, Role::Muted)]);
        }
        let items = items.by_ref().take(block.lines.len());
        lines.extend(items.map(|item| screen.row(item.left, item.middle, &item.right, &table.layout)));
    }
    lines
}

/// With blanks up to a width, in characters; `format!` takes its time.
fn padded(mut text: String, width: usize) -> String {
    let blanks = width.saturating_sub(if text.is_ascii() { text.len() } else { text.chars().count() });
    text.extend(std::iter::repeat_n(' ', blanks));
    text
}

/// The tasks of a part as cells. Each part has its own columns, because only some show paths.
struct Table {
    items: Vec<Item>,
    layout: Layout,
}

struct Item {
    left: Line,
    middle: Cell,
    right: Vec<Cell>,
}

impl Table {
    fn new(context: &Context, notebook: &Notebook, rows: &[TaskRow<'_>], part: &Part, id_width: usize) -> Self {
        let mut table = Self { items: Vec::new(), layout: Layout::default() };
        for line in part.blocks.iter().flat_map(|block| &block.lines) {
            let Some(row) = rows.get(line.row) else { continue };
            let indent = " ".repeat(4 + 2 * line.indent);
            let id = if line.header { "" } else { &row.id };
            let id = padded(id.to_owned(), id_width);
            let role = match row.task.status {
                Status::Done => Role::Good,
                Status::Cancelled | Status::Moved | Status::Info => Role::Muted,
                Status::Todo | Status::Doing | Status::OnHold => Role::Plain,
            };
            let label = row.label();
            let right = right(context, notebook, part, row, line.header, label.host);
            let middle = middle(row, line, label.text);
            let texts: Vec<&str> = right.iter().map(|cell| cell.text.as_str()).collect();
            table.layout.measure(indent.len() + id_width + 2, &middle, &texts);
            let left = vec![plain(indent), cell(id, Role::Id), plain("  ")];
            table.items.push(Item { left, middle: cell(middle, role), right });
        }
        table
    }
}

fn listed(listing: &Listing) -> impl Iterator<Item = (&Part, &todo::Line)> {
    let blocks = listing.parts.iter().flat_map(|part| part.blocks.iter().map(move |block| (part, block)));
    blocks.flat_map(|(part, block)| block.lines.iter().map(move |line| (part, line)))
}

fn middle(row: &TaskRow<'_>, line: &todo::Line, label: String) -> String {
    let text = match row.task.status {
        Status::Todo => label,
        _ => format!("[{}] {label}", row.task.symbol),
    };
    match line.progress {
        Some((done, all)) if todo::is_to_do(row) => format!("{text}  {done}/{all}, all done: tick the group"),
        Some((done, all)) => format!("{text}  {done}/{all}"),
        None => text,
    }
}

/// Due date, host, and the line; with the path where the part's title does not say it.
fn right(
    context: &Context,
    notebook: &Notebook,
    part: &Part,
    row: &TaskRow<'_>,
    header: bool,
    host: Option<String>,
) -> Vec<Cell> {
    let line = row.task.line.to_string();
    let place = if part.note { line } else { format!("{}:{line}", context.shown(notebook, row.path)) };
    let place = cell(place, Role::Muted);
    if header {
        return vec![plain(""), plain(""), place];
    }
    let due =
        row.task.due.map(|due| format!("due {due}")).or_else(|| row.task.scheduled.map(|day| format!("on {day}")));
    vec![cell(due.unwrap_or_default(), Role::Warning), cell(host.unwrap_or_default(), Role::Muted), place]
}

/// How many there are, for stderr.
pub(super) fn summary(listing: &Listing, rows: &[TaskRow<'_>]) -> String {
    let counts = &listing.counts;
    let groups = match counts.groups {
        0 => String::new(),
        1 => ", one of them a group".to_owned(),
        groups => format!(", {groups} of them groups"),
    };
    let boxes = words::count(counts.boxes, "checkbox");
    let dates = if counts.dated || counts.open == 0 { "" } else { ". No task has a date; oldest first" };
    let notes = if counts.open == 0 { String::new() } else { format!(", in {}", words::count(counts.notes, "note")) };
    let mut text = format!(
        "{} to do, {} done{notes} ({boxes}{groups}){dates}.",
        words::thousands(counts.open),
        words::thousands(counts.done),
    );
    let mut corrected: Vec<String> = listed(listing)
        .filter_map(|(_, line)| rows.get(line.row))
        .filter(|row| task::entry_at(row.note, row.task.line).is_some_and(|entry| entry.corrected_from.is_some()))
        .map(|row| row.path.to_string())
        .collect();
    corrected.dedup();
    if !corrected.is_empty() {
        text.push_str(&format!(
            "\nDates of {} are not taken as written (hornbook check says why).",
            words::list(&corrected)
        ));
    }
    text
}

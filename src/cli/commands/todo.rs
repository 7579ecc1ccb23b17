//! `hornbook todo [QUERY]`

use crate::cli::context::Context;
use crate::cli::error::Exit;
use crate::cli::error::Outcome;
use crate::cli::facts;
use crate::cli::facts::Facts;
use crate::cli::output::Output;
use crate::disk::Notebook;
use crate::index::Has;
use crate::index::Select;
use crate::model::Status;
use crate::report::task;
use crate::report::task::TaskRow;
use crate::report::todo;
use crate::report::todo::GroupBy;
use crate::report::todo::Listing;
use crate::view::Line;
use crate::view::Row;
use crate::view::screen::Cell;
use crate::view::screen::Layout;
use crate::view::screen::Role;
use crate::view::screen::cell;
use crate::view::screen::plain;
use crate::view::words;

/// List what is to do: every open box, by note and heading
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Which tasks: words, fields such as due:<=+7d or #tag; see `hornbook help query`
    query: Vec<String>,

    /// Also what is done, cancelled, moved, or only a remark
    #[arg(short, long)]
    all: bool,

    #[command(flatten)]
    output: Output,
}

pub(crate) fn run(args: &Args, context: &mut Context) -> Outcome {
    let notebook = context.notebook()?;
    let query = facts::parse_query(context, &notebook, &args.query)?;
    context.library(&notebook, |context, library| {
        let facts = Facts::load(library, Select::With(Has::Task), &query)?;
        let notes = facts.notes();
        let borrowed: Vec<_> = notes.iter().map(|(path, note)| (path, *note)).collect();
        let (rows, selected) = facts.ask(context, &notebook, |ask| {
            let rows = task::rows(&borrowed, ask.people, context.today);
            let selected: Vec<bool> = rows
                .iter()
                .map(|row| {
                    let record = facts.records().binary_search_by(|record| record.path.cmp(row.path)).ok();
                    record
                        .and_then(|index| facts.records().get(index))
                        .is_some_and(|record| ask.task(&query, record, row.task))
                })
                .collect();
            (rows, selected)
        });
        let chosen: Vec<usize> = (0..rows.len()).filter(|&index| selected.get(index) == Some(&true)).collect();
        let shown: Vec<usize> =
            chosen.iter().copied().filter(|&index| args.all || rows.get(index).is_some_and(todo::is_to_do)).collect();
        if args.output.is_text() {
            let counted: Vec<TaskRow<'_>> = chosen.iter().filter_map(|&index| rows.get(index).cloned()).collect();
            let mut listing = todo::listing(&rows, &shown, GroupBy::Note, context.today);
            listing.counts = todo::counts(&counted);
            let lines = lines(context, &notebook, &rows, &listing);
            context.ui.lines(&lines);
            context.ui.say(&summary(&listing));
        } else {
            // scripts get the open groups too: they say `group`
            let listed =
                chosen.iter().filter_map(|&index| rows.get(index)).filter(|row| args.all || row.task.status.is_open());
            let rows: Vec<Row> = listed
                .map(|row| Row {
                    json: row.json(),
                    path: context.shown(&notebook, row.path),
                    text: row.task.text.clone(),
                })
                .collect();
            args.output.rows(context, &rows)?;
        }
        Ok(Exit::found(!shown.is_empty()))
    })
}

/// The listing on the screen: parts, blocks, and a table of tasks.
pub(crate) fn lines(context: &Context, notebook: &Notebook, rows: &[TaskRow<'_>], listing: &Listing) -> Vec<Line> {
    let id_width = listed(listing).filter_map(|line| rows.get(line.row)).map(|row| row.id.len()).max().unwrap_or(3);
    let mut layout = Layout::default();
    for line in listed(listing) {
        if let Some(row) = rows.get(line.row) {
            let right = right(row, line.header);
            let texts: Vec<&str> = right.iter().map(|cell| cell.text.as_str()).collect();
            layout.measure(4 + 2 * line.indent + id_width + 2, &middle(row, line), &texts);
        }
    }
    let screen = &context.ui.screen;
    let mut lines: Vec<Line> = Vec::new();
    for part in &listing.parts {
        if !lines.is_empty() {
            lines.push(vec![plain("")]);
        }
        let (title, link) = if part.note {
            let path = crate::model::NotePath::from_escaped(part.title.as_str());
            (context.shown(notebook, &path), Some(Context::address(notebook, &path)))
        } else {
            (part.title.clone(), None)
        };
        lines.push(vec![Cell { link, ..cell(title, if part.note { Role::Path } else { Role::Title }) }]);
        for block in &part.blocks {
            if part.note && (block.date.is_some() || !block.title.is_empty()) {
                let date = block.date.map_or_else(|| "undated".to_owned(), words::day);
                let role = if block.date.is_some() { Role::Date } else { Role::Muted };
                lines.push(vec![
                    plain("  "),
                    cell(format!("{date:<14}"), role),
                    plain("  "),
                    plain(block.title.clone()),
                ]);
            }
            for line in &block.lines {
                let Some(row) = rows.get(line.row) else { continue };
                let indent = " ".repeat(4 + 2 * line.indent);
                let id = if line.header { " ".repeat(id_width) } else { format!("{:<id_width$}", row.id) };
                let left = vec![plain(indent), cell(id, Role::Id), plain("  ")];
                let role = match row.task.status {
                    Status::Done => Role::Good,
                    Status::Cancelled | Status::Moved | Status::Info => Role::Muted,
                    Status::Todo | Status::Doing | Status::OnHold => Role::Plain,
                };
                lines.push(screen.row(left, cell(middle(row, line), role), &right(row, line.header), &layout));
            }
        }
    }
    lines
}

fn listed(listing: &Listing) -> impl Iterator<Item = &todo::Line> {
    listing.parts.iter().flat_map(|part| &part.blocks).flat_map(|block| &block.lines)
}

fn middle(row: &TaskRow<'_>, line: &todo::Line) -> String {
    let state = match row.task.status {
        Status::Todo => String::new(),
        _ => format!("[{}] ", row.task.symbol),
    };
    match line.progress {
        Some((done, all)) if line.header => format!("{state}{}  {done}/{all}", row.label.text),
        Some((done, all)) => format!("{state}{}  {done}/{all}, all done: tick the group", row.label.text),
        None => format!("{state}{}", row.label.text),
    }
}

/// Due date, host, line.
fn right(row: &TaskRow<'_>, header: bool) -> Vec<Cell> {
    if header {
        return vec![plain(""), plain(""), cell(row.task.line.to_string(), Role::Muted)];
    }
    let due =
        row.task.due.map(|due| format!("due {due}")).or_else(|| row.task.scheduled.map(|day| format!("on {day}")));
    vec![
        cell(due.unwrap_or_default(), Role::Warning),
        cell(row.label.host.clone().unwrap_or_default(), Role::Muted),
        cell(row.task.line.to_string(), Role::Muted),
    ]
}

fn summary(listing: &Listing) -> String {
    let counts = &listing.counts;
    let groups = match counts.groups {
        0 => String::new(),
        1 => ", one of them a group".to_owned(),
        groups => format!(", {groups} of them groups"),
    };
    let boxes = words::count(counts.boxes, "checkbox");
    let dates = if counts.dated || counts.open == 0 { "" } else { ". No task has a date; oldest first" };
    format!(
        "{} to do, {} done, in {} ({boxes}{groups}){dates}.",
        words::thousands(counts.open),
        words::thousands(counts.done),
        words::count(counts.notes, "note"),
    )
}

//! `hornbook todo next|stale|stats`

use clap_complete::engine::ArgValueCompleter;
use serde_json::json;

use crate::cli::commands::todo::with_rows;
use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::error::Exit;
use crate::cli::error::Outcome;
use crate::cli::output::Output;
use crate::index::Select;
use crate::report::export;
use crate::report::task::TaskRow;
use crate::report::todo;
use crate::report::todo_views;
use crate::report::todo_views::Stats;
use crate::view::Line;
use crate::view::Row;
use crate::view::screen::Layout;
use crate::view::screen::Role;
use crate::view::screen::cell;
use crate::view::screen::plain;
use crate::view::words;

/// Suggest one task to do now: late, for today, begun, urgent, or drawn; the same all day long
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook todo next
  hornbook todo next tag:ops")]
pub(crate) struct NextArgs {
    /// Of which tasks; see `hornbook help query`
    #[arg(add = ArgValueCompleter::new(complete::query))]
    query: Vec<String>,

    #[command(flatten)]
    output: Output,
}

/// List open tasks that were written down long ago, the oldest first
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook todo stale
  hornbook todo stale --older 30 path:meetings")]
pub(crate) struct StaleArgs {
    /// Of which tasks; see `hornbook help query`
    #[arg(add = ArgValueCompleter::new(complete::query))]
    query: Vec<String>,

    /// At least so many days ago
    #[arg(long, value_name = "DAYS", default_value_t = 90)]
    older: i64,

    #[command(flatten)]
    output: Output,
}

/// Show how many tasks were opened and closed by month, and how old the open ones are
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook todo stats
  hornbook todo stats path:journal --format csv")]
pub(crate) struct StatsArgs {
    /// Of which tasks; see `hornbook help query`
    #[arg(add = ArgValueCompleter::new(complete::query))]
    query: Vec<String>,

    #[command(flatten)]
    output: Output,
}

/// Print tasks for other programs: iCalendar, todo.txt, Markdown
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook todo export --format ics > tasks.ics
  hornbook todo export --format todo.txt --all path:journal")]
pub(crate) struct ExportArgs {
    /// Of which tasks; see `hornbook help query`
    #[arg(add = ArgValueCompleter::new(complete::query))]
    query: Vec<String>,

    /// What for
    #[arg(short, long, value_enum)]
    format: ExportFormat,

    /// Also what is done or dropped
    #[arg(short, long)]
    all: bool,
}

/// What tasks are exported as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum ExportFormat {
    /// For calendars (RFC 5545)
    Ics,
    /// For todo.txt programs
    #[value(name = "todo.txt", alias = "todotxt")]
    TodoTxt,
    /// The items as they are written
    Markdown,
}

pub(crate) fn export(args: &ExportArgs, context: &mut Context) -> Outcome {
    let select = if args.all { Select::Tasks } else { Select::OpenTasks };
    with_rows(context, &args.query, select, |context, _, rows, selected| {
        let rows = chosen(rows, selected);
        let rows: Vec<&TaskRow<'_>> =
            rows.iter().filter(|row| !row.task.group && (args.all || row.task.status.is_open())).collect();
        let text = match args.format {
            ExportFormat::Ics => export::ics(&rows, context.today),
            ExportFormat::TodoTxt => export::todo_txt(&rows),
            ExportFormat::Markdown => export::markdown(&rows),
        };
        context.ui.verbatim(&text);
        Ok(Exit::found(!rows.is_empty()))
    })
}

fn chosen<'a>(rows: &[TaskRow<'a>], selected: &[bool]) -> Vec<TaskRow<'a>> {
    rows.iter().zip(selected).filter(|(_, selected)| **selected).map(|(row, _)| row.clone()).collect()
}

pub(crate) fn next(args: &NextArgs, context: &mut Context) -> Outcome {
    with_rows(context, &args.query, Select::OpenTasks, |context, notebook, rows, selected| {
        let rows = chosen(rows, selected);
        let Some((index, why)) = todo_views::next(&rows, context.today) else {
            if !args.output.is_text() {
                args.output.rows(context, &[])?;
            }
            context.ui.say("nothing to do");
            return Ok(Exit::Negative);
        };
        let Some(row) = rows.get(index) else { return Ok(Exit::Negative) };
        let path = context.shown(notebook, row.path);
        if args.output.is_text() {
            let age = row.age_days.filter(|age| *age > 0).map(|age| format!(", {} old", words::age(age)));
            context.ui.line(&vec![
                cell(row.id.clone(), Role::Id),
                plain("  "),
                cell(row.label().text, Role::Title),
                cell(row.label().host.as_ref().map(|host| format!("  {host}")).unwrap_or_default(), Role::Muted),
            ]);
            context.ui.line(&vec![
                plain("     "),
                cell(path, Role::Path),
                cell(format!(":{}  {why}{}", row.task.line, age.unwrap_or_default()), Role::Muted),
            ]);
            for link in row.task.links.iter().filter(|link| link.url.contains("://")) {
                context.ui.line(&vec![plain("     "), cell(link.url.clone(), Role::Muted)]);
            }
        } else {
            let mut json = row.json();
            if let Some(map) = json.as_object_mut() {
                map.insert("why".to_owned(), json!(why));
            }
            args.output.rows(context, &[Row { json, path, text: row.task.text.clone() }])?;
        }
        Ok(Exit::Answered)
    })
}

pub(crate) fn stale(args: &StaleArgs, context: &mut Context) -> Outcome {
    with_rows(context, &args.query, Select::OpenTasks, |context, notebook, rows, selected| {
        let rows = chosen(rows, selected);
        let shown = todo_views::stale(&rows, args.older);
        if args.output.is_text() {
            let ages = shown.iter().filter_map(|&index| rows.get(index)).filter_map(|row| row.age_days);
            let widest = ages.map(|age| words::age(age).len()).max().unwrap_or(0);
            let stale = || shown.iter().filter_map(|&index| rows.get(index));
            let id_width = stale().map(|row| row.id.len()).max().unwrap_or(0);
            let place = |row: &TaskRow<'_>| format!("{}:{}", context.shown(notebook, row.path), row.task.line);
            let mut layout = Layout::default();
            for row in stale() {
                layout.measure(widest + 2 + id_width + 2, &row.label().text, &[&place(row)]);
            }
            let line = |row: &TaskRow<'_>| {
                let left = vec![
                    cell(format!("{:>widest$}", words::age(row.age_days.unwrap_or(0))), Role::Date),
                    cell(format!("  {:<id_width$}  ", row.id), Role::Id),
                ];
                context.ui.screen.row(left, plain(row.label().text), &[cell(place(row), Role::Muted)], &layout)
            };
            let lines: Vec<Line> = stale().map(line).collect();
            context.ui.lines(&lines);
            let open = rows.iter().filter(|row| todo::is_to_do(row)).count();
            let undated = rows.iter().filter(|row| todo::is_to_do(row) && row.age_days.is_none()).count();
            let older = words::count(usize::try_from(args.older).unwrap_or(0), "day");
            context.ui.say(&format!(
                "{} of {open} open ones are {older} old or older; of {undated} nobody knows",
                shown.len()
            ));
        } else {
            let rows = super::json_rows(context, notebook, &rows, &shown);
            args.output.rows(context, &rows)?;
        }
        Ok(Exit::found(!shown.is_empty()))
    })
}

pub(crate) fn stats(args: &StatsArgs, context: &mut Context) -> Outcome {
    with_rows(context, &args.query, Select::Tasks, |context, _, rows, selected| {
        let rows = chosen(rows, selected);
        let stats = todo_views::stats(&rows);
        if args.output.is_text() {
            chart(context, &stats);
        } else {
            let rows: Vec<Row> = stats
                .months
                .iter()
                .map(|month| Row {
                    json: json!({
                        "month": month.month.format("%Y-%m").to_string(),
                        "opened": month.opened,
                        "closed": month.closed,
                    }),
                    path: String::new(),
                    text: String::new(),
                })
                .collect();
            args.output.rows(context, &rows)?;
        }
        Ok(Exit::found(stats.open + stats.done > 0))
    })
}

fn chart(context: &mut Context, stats: &Stats) {
    let most = stats.months.iter().map(|month| month.opened.max(month.closed)).max().unwrap_or(0).max(1);
    let room = context.ui.screen.width.unwrap_or(80).saturating_sub(24).clamp(10, 60);
    let bar = |count: usize| {
        let eighths = count * room * 8 / most;
        let mut text = "█".repeat(eighths / 8);
        text.extend(["▏", "▎", "▍", "▌", "▋", "▊", "▉"].get((eighths % 8).wrapping_sub(1)).copied());
        text
    };
    let mut quiet = 0;
    for month in &stats.months {
        if month.opened + month.closed == 0 {
            quiet += 1;
            continue;
        }
        if quiet > 0 {
            context.ui.line(&vec![cell(format!("         ({} without)", words::count(quiet, "month")), Role::Muted)]);
            quiet = 0;
        }
        let name = month.month.format("%Y-%m").to_string();
        context.ui.line(&vec![
            cell(name, Role::Date),
            cell(format!("  opened {:>5}  ", month.opened), Role::Muted),
            plain(bar(month.opened)),
        ]);
        if month.closed > 0 {
            context.ui.line(&vec![
                plain("       "),
                cell(format!("  closed {:>5}  ", month.closed), Role::Muted),
                cell(bar(month.closed), Role::Good),
            ]);
        }
    }
    if !stats.months.is_empty() {
        context.ui.line(&Vec::new());
    }
    let ages: Vec<(&str, usize)> =
        todo_views::AGES.into_iter().zip(stats.ages).filter(|(_, count)| *count > 0).collect();
    for (name, count) in ages {
        context.ui.line(&vec![cell(format!("{name:<15}"), Role::Muted), plain(format!("{count:>5} open"))]);
    }
    context.ui.say(&format!("{} to do, {} done.", words::thousands(stats.open), words::thousands(stats.done)));
}

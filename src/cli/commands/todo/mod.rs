//! `hornbook todo`: the list, and the other ways to look at it.

mod add;
mod listing;
mod views;

use std::mem::ManuallyDrop;

use chrono::Days;
use clap::Subcommand;
use clap::ValueEnum;
use clap_complete::engine::ArgValueCompleter;

use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::error::Exit;
use crate::cli::error::Failure;
use crate::cli::error::Outcome;
use crate::cli::facts;
use crate::cli::facts::Facts;
use crate::cli::habits;
use crate::cli::output::Output;
use crate::disk::Notebook;
use crate::index::Select;
use crate::model::Priority;
use crate::model::Status;
use crate::query::Query;
use crate::report::task::TaskRow;
use crate::report::todo;
use crate::report::todo::GroupBy;
use crate::report::todo_views;
use crate::view::Row;

/// List what is to do: every open box, by note and heading
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
#[command(after_help = "Examples:
  hornbook todo
  hornbook todo train 'due:<=+7d'
  hornbook todo --group person
  hornbook todo tag:ops --format json
  hornbook todo --agenda
  hornbook todo --done --since 'last monday'
  hornbook todo next")]
pub(crate) struct Args {
    #[command(subcommand)]
    view: Option<View>,

    /// Which tasks: words, fields such as due:<=+7d or #tag; see `hornbook help query`
    #[arg(add = ArgValueCompleter::new(complete::query))]
    query: Vec<String>,

    /// Also what is done, cancelled, moved, or only a remark
    #[arg(short, long, conflicts_with = "done")]
    all: bool,

    /// What is done instead, the latest first
    #[arg(long)]
    done: bool,

    /// With --done: only what was finished since then
    #[arg(long, value_name = "DATE", requires = "done")]
    since: Option<String>,

    /// By day: what is late, and what the next days bring
    #[arg(long, conflicts_with_all = ["all", "done", "group"])]
    agenda: bool,

    /// With --agenda: how many days ahead
    #[arg(long, value_name = "DAYS", default_value_t = 14)]
    days: u64,

    /// By what to group
    #[arg(short, long, value_enum, default_value_t = Group::Note)]
    group: Group,

    /// By what to sort, in one list
    #[arg(short, long, value_enum)]
    sort: Option<Sort>,

    #[command(flatten)]
    output: Output,
}

/// Other ways to look at the tasks.
#[derive(Debug, Subcommand)]
enum View {
    Next(views::NextArgs),
    Stale(views::StaleArgs),
    Stats(views::StatsArgs),
    Add(add::AddArgs),
    Export(views::ExportArgs),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Group {
    /// Note, then heading or day
    Note,
    /// Heading, over all notes
    Heading,
    /// Tag
    Tag,
    /// Due date
    Due,
    /// Status
    Status,
    /// Person
    Person,
    /// Ticket
    Ticket,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Sort {
    /// The oldest first
    Age,
    /// What is due first
    Due,
    /// The most urgent first
    Priority,
    /// By path and line
    Path,
}

pub(crate) fn run(args: &Args, context: &mut Context) -> Outcome {
    match &args.view {
        Some(View::Next(args)) => views::next(args, context),
        Some(View::Stale(args)) => views::stale(args, context),
        Some(View::Stats(args)) => views::stats(args, context),
        Some(View::Add(args)) => add::add(args, context),
        Some(View::Export(args)) => views::export(args, context),
        None => list(args, context),
    }
}

/// Every task of the notebook that a query selects, in the order of path and text; `select` says how much of each.
/// `work` gets all rows and whether each is selected.
pub(crate) fn with_rows<T>(
    context: &mut Context,
    words: &[String],
    select: Select,
    work: impl FnOnce(&mut Context, &Notebook, &[TaskRow<'_>], &[bool]) -> Result<T, Failure>,
) -> Result<T, Failure> {
    with_counted_rows(context, words, select, |context, notebook, rows, selected, _| {
        work(context, notebook, rows, selected)
    })
}

/// As [`with_rows`], with the states of the closed tasks that `select` left out.
fn with_counted_rows<T>(
    context: &mut Context,
    words: &[String],
    select: Select,
    work: impl FnOnce(&mut Context, &Notebook, &[TaskRow<'_>], &[bool], &[Status]) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let notebook = context.notebook()?;
    let query: Query = facts::parse_query(context, &notebook, words)?;
    context.library(&notebook, |context, library| {
        // the process ends soon: it would take longer to give every string back than to list them
        let facts = ManuallyDrop::new(Facts::load(library, select, &query)?);
        let (rows, selected) = facts.ask(context, &notebook, |ask| {
            let rows = facts.tasks(ask.people, context.today);
            let selected = ask.tasks(&query, &facts, &rows);
            (rows, selected)
        });
        let rows = ManuallyDrop::new(rows);
        let closed: Vec<Status> = facts.closed().map(|closed| closed.status).collect();
        work(context, &notebook, &rows, &selected, &closed)
    })
}

fn list(args: &Args, context: &mut Context) -> Outcome {
    let since = args.since.as_deref().map(|since| context.day(since)).transpose()?;
    let select = if args.all || args.done { Select::Tasks } else { Select::OpenTasks };
    with_counted_rows(context, &args.query, select, |context, notebook, rows, selected, closed| {
        let today = context.today;
        let last = today.checked_add_days(Days::new(args.days)).unwrap_or(today);
        let row = |index: &usize| rows.get(*index);
        let belongs = |row: &TaskRow<'_>| {
            if args.done {
                row.task.checked()
                    && !row.task.group
                    && since.is_none_or(|since| todo_views::finished(row).is_some_and(|day| day >= since))
            } else if args.agenda {
                todo::is_to_do(row) && todo_views::day_of(row).is_some_and(|day| day <= last)
            } else {
                // scripts get the open groups too: they say `group`
                args.all || todo::is_to_do(row) || (!args.output.is_text() && row.task.status.is_open())
            }
        };
        let chosen: Vec<usize> = (0..rows.len()).filter(|&index| selected.get(index) == Some(&true)).collect();
        let mut shown: Vec<usize> = chosen.iter().copied().filter(|index| row(index).is_some_and(&belongs)).collect();
        if args.done {
            shown.sort_by_key(|index| std::cmp::Reverse(row(index).and_then(todo_views::finished)));
        } else if args.agenda {
            shown.sort_by_key(|index| row(index).and_then(todo_views::day_of));
        } else if let Some(key) = args.sort {
            sort(rows, key, &mut shown);
        }
        if args.output.is_text() {
            let mut listing = if args.done {
                listing::by_day(rows, &shown, todo_views::finished, today)
            } else if args.agenda {
                listing::by_day(rows, &shown, todo_views::day_of, today)
            } else if args.sort.is_some() {
                listing::one_list(&shown)
            } else {
                todo::listing(rows, &shown, args.group.into(), today)
            };
            listing.counts = todo::counts(chosen.iter().filter_map(row), closed);
            listing::show(context, notebook, rows, &listing);
            context.ui.say(&listing::summary(&listing, rows));
            if shown.is_empty() {
                let meant = args.query.first().and_then(|word| habits::of_tasks(word));
                if let Some(meant) = meant {
                    context.ui.say(&format!("these words were looked for in tasks; {meant}"));
                } else if args.agenda && listing.counts.open > 0 {
                    context.ui.say(&format!("none has a day until {last}: `hornbook todo` lists them all"));
                } else if !args.all && !args.done && listing.counts.open == 0 && listing.counts.boxes > 0 {
                    context.ui.say("what is not open is not listed: --done lists what is done, --all everything");
                }
            }
        } else {
            let rows = json_rows(context, notebook, rows, &shown);
            args.output.rows(context, &rows)?;
        }
        Ok(Exit::found(!shown.is_empty()))
    })
}

impl From<Group> for GroupBy {
    fn from(group: Group) -> Self {
        match group {
            Group::Note => Self::Note,
            Group::Heading => Self::Heading,
            Group::Tag => Self::Tag,
            Group::Due => Self::Due,
            Group::Status => Self::Status,
            Group::Person => Self::Person,
            Group::Ticket => Self::Ticket,
        }
    }
}

fn sort(rows: &[TaskRow<'_>], key: Sort, shown: &mut [usize]) {
    let row = |index: &usize| rows.get(*index);
    match key {
        Sort::Age => shown.sort_by_key(|index| std::cmp::Reverse(row(index).and_then(|row| row.age_days))),
        Sort::Due => shown.sort_by_key(|index| {
            let day = row(index).and_then(todo_views::day_of);
            (day.is_none(), day)
        }),
        // no priority is the ordinary one, between medium and low
        Sort::Priority => shown.sort_by_key(|index| match row(index).and_then(|row| row.task.priority) {
            Some(priority) if priority <= Priority::Medium => (0, Some(priority)),
            None => (1, None),
            low => (2, low),
        }),
        Sort::Path => shown.sort_unstable(),
    }
}

/// Tasks as scripts see them.
fn json_rows(context: &Context, notebook: &Notebook, rows: &[TaskRow<'_>], shown: &[usize]) -> Vec<Row> {
    let chosen = shown.iter().filter_map(|&index| rows.get(index));
    chosen
        .map(|row| Row { json: row.json(), path: context.shown(notebook, row.path), text: row.task.text.clone() })
        .collect()
}

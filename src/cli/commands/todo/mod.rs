//! `hornbook todo`: the list, and its other views.

mod add;
mod arrange;
mod views;

use clap::Subcommand;
use clap_complete::engine::ArgValueCompleter;

use crate::cli::commands::todo::arrange::Group;
use crate::cli::commands::todo::arrange::Sort;
use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::error::Exit;
use crate::cli::error::Outcome;
use crate::cli::foreign_options;
use crate::cli::output::Output;
use crate::cli::period::Between;
use crate::cli::picker;
use crate::report::task::TaskItem;
use crate::report::todo_report::SortBy;
use crate::report::todo_report::TodoOptions;
use crate::report::todo_report::TodoView;
use crate::session::TodoRequest;
use crate::view::Paths as _;
use crate::view::Report as _;

/// List what is to do: every open task, by note and heading
///
/// --since and --until apply to the day on which a task was written down; with --done, to the day on which it was finished.
/// Tasks without a date are then left out, and counted.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
#[command(after_help = "Examples:
  hornbook todo
  hornbook todo train 'due:<=+7d'
  hornbook todo --group person
  hornbook todo tag:ops --format json
  hornbook todo --agenda
  hornbook todo --done --since 'last monday'
  hornbook todo --until -30d
  hornbook todo --unknown owner:Noor
  hornbook todo next
  hornbook todo -i --format '{{ id }}' | xargs hornbook done")]
pub(crate) struct Args {
    #[command(subcommand)]
    view: Option<View>,

    /// Which tasks: words, fields such as due:<=+7d or #tag; see `hornbook help query`
    #[arg(add = ArgValueCompleter::new(complete::query))]
    query: Vec<String>,

    /// List done, cancelled and moved tasks too, and remarks
    #[arg(short, long, conflicts_with = "done")]
    all: bool,

    /// List what is done instead, the latest first
    #[arg(long)]
    done: bool,

    /// List what was written down instead, done or not
    #[arg(long, conflicts_with_all = ["all", "done"])]
    opened: bool,

    #[command(flatten)]
    between: Between,

    /// Also list points that meetings agreed or assigned without a box, whose state is unknown
    #[arg(long, conflicts_with_all = ["done", "opened", "agenda", "interactive"])]
    unknown: bool,

    /// By day: what is late, and what the next days bring
    #[arg(long, conflicts_with_all = ["all", "done", "group", "opened", "since", "until"])]
    agenda: bool,

    /// With --agenda: how many days ahead
    #[arg(long, value_name = "DAYS", default_value_t = 14)]
    days: u64,

    /// Group by
    #[arg(short, long, value_enum, default_value_t = Group::Note)]
    group: Group,

    /// Sort by, in one list without groups
    #[arg(short, long, value_enum)]
    sort: Option<Sort>,

    /// At most this many tasks
    #[arg(short = 'n', long, value_name = "COUNT")]
    limit: Option<usize>,

    /// Pick from what is found, with fzf (Tab marks several)
    #[arg(short, long)]
    interactive: bool,

    #[command(flatten)]
    output: Output,
}

/// Other views of the tasks.
#[derive(Debug, Subcommand)]
enum View {
    Today(views::TodayArgs),
    Overdue(views::OverdueArgs),
    Next(views::NextArgs),
    Stale(views::StaleArgs),
    Stats(views::StatsArgs),
    Add(add::AddArgs),
    Export(views::ExportArgs),
}

pub(crate) fn run(args: &Args, context: &mut Context) -> Outcome {
    match &args.view {
        Some(View::Today(args)) => views::today(args, context),
        Some(View::Overdue(args)) => views::overdue(args, context),
        Some(View::Next(args)) => views::next(args, context),
        Some(View::Stale(args)) => views::stale(args, context),
        Some(View::Stats(args)) => views::stats(args, context),
        Some(View::Add(args)) => add::add(args, context),
        Some(View::Export(args)) => views::export(args, context),
        None => list(args, context),
    }
}

fn list(args: &Args, context: &mut Context) -> Outcome {
    let range = args.between.range(context)?;
    let session = context.session()?;
    let view = match args {
        Args { all: true, .. } => TodoView::All,
        Args { done: true, .. } => TodoView::Done,
        Args { opened: true, .. } => TodoView::Opened,
        Args { agenda: true, .. } => TodoView::Agenda { days: args.days },
        _ => TodoView::Open,
    };
    // the agenda is by day
    let group = (!args.agenda).then(|| args.group.into());
    let sort = args.sort.map(SortBy::from);
    let options = TodoOptions { view, group, sort, range, limit: args.limit, unknown: args.unknown };
    let mut report = session.todo(&TodoRequest { query: context.query(&session, &args.query)?, options })?;
    if args.interactive {
        let paths = context.paths(session.notebook());
        let listed = report.listed();
        let tasks = listed.iter().filter_map(|&row| report.tasks.get(row));
        let line = |task: &TaskItem| {
            let due = task.due.map(|due| format!("  due {due}")).unwrap_or_default();
            format!("{}{due}  {}:{}", task.label, paths.shown(&task.path), task.line)
        };
        let picked = picker::pick(&tasks.map(line).collect::<Vec<String>>(), true)?;
        report.keep(&picked.iter().filter_map(|&number| listed.get(number).copied()).collect::<Vec<usize>>());
    }
    let meant = args.query.first().and_then(|word| foreign_options::of_tasks(word));
    if let Some(meant) = meant.filter(|_| args.output.is_text() && report.parts.is_empty()) {
        let paths = context.paths(session.notebook());
        let mut document = report.show(&paths);
        document.remarks.truncate(1);
        document.remark(format!("these words were looked for in tasks; {meant}"));
        context.ui.document(document, &paths);
        return Ok(Exit::Negative);
    }
    context.answer(&session, &report, &args.output)
}

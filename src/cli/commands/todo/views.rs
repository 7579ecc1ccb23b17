//! `hornbook todo today|overdue|next|stale|stats|export`

use clap_complete::engine::ArgValueCompleter;

use crate::cli::commands::todo::arrange::Group;
use crate::cli::commands::todo::arrange::Sort;
use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::error::Exit;
use crate::cli::error::Outcome;
use crate::cli::output::Output;
use crate::query::Query;
use crate::report::todo::GroupBy;
use crate::report::todo_report::SortBy;
use crate::report::todo_report::TodoOptions;
use crate::report::todo_report::TodoView;
use crate::session::Error;
use crate::session::Session;
use crate::session::TaskFormat;
use crate::session::TodoRequest;
use crate::view::Report;

/// The arguments that every view takes.
#[derive(Debug, clap::Args)]
struct Listing {
    /// Which tasks; see `hornbook help query`
    #[arg(add = ArgValueCompleter::new(complete::query))]
    query: Vec<String>,

    #[command(flatten)]
    output: Output,
}

impl Listing {
    fn answer<R: Report>(
        &self,
        context: &mut Context,
        report: impl FnOnce(&Session, &Query) -> Result<R, Error>,
    ) -> Outcome {
        let session = context.session()?;
        let report = report(&session, &context.query(&session, &self.query)?)?;
        context.answer(&session, &report, &self.output)
    }
}

/// The arguments of the views that are lists by day.
#[derive(Debug, clap::Args)]
struct ByDay {
    #[command(flatten)]
    listing: Listing,

    /// Group by, instead of by day
    #[arg(short, long, value_enum)]
    group: Option<Group>,

    /// Sort by, in one list without groups
    #[arg(short, long, value_enum, conflicts_with = "group")]
    sort: Option<Sort>,

    /// At most this many tasks
    #[arg(short = 'n', long, value_name = "COUNT")]
    limit: Option<usize>,
}

impl ByDay {
    fn view(&self, view: TodoView, context: &mut Context) -> Outcome {
        let group = self.group.map(GroupBy::from);
        let sort = self.sort.map(SortBy::from);
        let options = TodoOptions { view, group, sort, limit: self.limit, ..TodoOptions::default() };
        let report = |session: &Session, query: &Query| session.todo(&TodoRequest { query: query.clone(), options });
        self.listing.answer(context, report)
    }
}

/// List what is for today, and what is overdue
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook todo today
  hornbook todo today path:meetings")]
pub(crate) struct TodayArgs {
    #[command(flatten)]
    list: ByDay,
}

/// List what was due before today
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook todo overdue
  hornbook todo overdue path:journal --format json")]
pub(crate) struct OverdueArgs {
    #[command(flatten)]
    list: ByDay,
}

/// Suggest one task to do now: late, for today, begun, urgent, or drawn at random; the same all day
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook todo next
  hornbook todo next tag:ops")]
pub(crate) struct NextArgs {
    #[command(flatten)]
    listing: Listing,
}

/// List open tasks that were written down long ago, the oldest first
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook todo stale
  hornbook todo stale --older 30 path:meetings")]
pub(crate) struct StaleArgs {
    #[command(flatten)]
    listing: Listing,

    /// At least this many days old
    #[arg(long, value_name = "DAYS", default_value_t = 90)]
    older: i64,
}

/// Show how many tasks were opened and closed by month, and how old the open ones are
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook todo stats
  hornbook todo stats path:journal --format csv")]
pub(crate) struct StatsArgs {
    #[command(flatten)]
    listing: Listing,
}

/// Print tasks for other programs: iCalendar, todo.txt, Markdown
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook todo export --format ics > tasks.ics
  hornbook todo export --format todo.txt --all path:journal")]
pub(crate) struct ExportArgs {
    /// Which tasks; see `hornbook help query`
    #[arg(add = ArgValueCompleter::new(complete::query))]
    query: Vec<String>,

    /// The format
    #[arg(short, long, value_enum)]
    format: ExportFormat,

    /// Export done and cancelled tasks too
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

pub(crate) fn today(args: &TodayArgs, context: &mut Context) -> Outcome {
    args.list.view(TodoView::Agenda { days: 0 }, context)
}

pub(crate) fn overdue(args: &OverdueArgs, context: &mut Context) -> Outcome {
    args.list.view(TodoView::Overdue, context)
}

pub(crate) fn next(args: &NextArgs, context: &mut Context) -> Outcome {
    args.listing.answer(context, Session::next_task)
}

pub(crate) fn stale(args: &StaleArgs, context: &mut Context) -> Outcome {
    args.listing.answer(context, |session, query| session.stale_tasks(query, args.older))
}

pub(crate) fn stats(args: &StatsArgs, context: &mut Context) -> Outcome {
    args.listing.answer(context, Session::task_stats)
}

pub(crate) fn export(args: &ExportArgs, context: &mut Context) -> Outcome {
    let session = context.session()?;
    let query = context.query(&session, &args.query)?;
    let text = session.export_tasks(&query, args.all, args.format.into())?;
    context.ui.verbatim(text.as_deref().unwrap_or_default());
    Ok(Exit::found(text.is_some()))
}

impl From<ExportFormat> for TaskFormat {
    fn from(format: ExportFormat) -> Self {
        match format {
            ExportFormat::Ics => Self::Ics,
            ExportFormat::TodoTxt => Self::TodoTxt,
            ExportFormat::Markdown => Self::Markdown,
        }
    }
}

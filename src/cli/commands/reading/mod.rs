//! `hornbook reading`: the list, and the other ways to look at it.

mod add;
mod export;
mod import;
mod mark;
mod state;
mod triage;
mod views;

use clap::Subcommand;
use clap::ValueEnum;
use clap_complete::engine::ArgValueCompleter;

use crate::cli::commands::reading::state::State;
use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::error::Outcome;
use crate::cli::output::Output;
use crate::cli::period::Between;
use crate::model::ReadingState;
use crate::report::reading_report::ReadingBy;
use crate::report::reading_report::ReadingOptions;
use crate::session::ReadingRequest;

/// Show what you have read, and what is still to read: the links of your lists and journals
///
/// This is inferred from a box, a word beside the link (`read`, `watched`), or the heading or item above it (`should look at`, `read
/// recently`); a link in a journal or a reading list with remarks below it counts as read. Links in prose and tables without such
/// a word are left out. --since and --until apply to the day on which something was read; for what is waiting, to the day it was noted.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
#[command(after_help = "Examples:
  hornbook reading
  hornbook reading --state to-read
  hornbook reading --state read --by month
  hornbook reading --state read --since last-month
  hornbook reading kind:video --state to-read,to-look-at
  hornbook reading saga --format json
  hornbook reading next --minutes 15
  hornbook reading add https://example.org/saga")]
pub(crate) struct Args {
    #[command(subcommand)]
    view: Option<View>,

    /// Which links: words, fields such as kind:paper or host:example.org; see `hornbook help query`
    #[arg(add = ArgValueCompleter::new(complete::query))]
    query: Vec<String>,

    /// Only what is in this state; several with commas
    #[arg(short, long, value_enum, value_delimiter = ',')]
    state: Vec<State>,

    /// Group by
    #[arg(short, long, value_enum)]
    by: Option<By>,

    #[command(flatten)]
    between: Between,

    /// At most this many
    #[arg(short = 'n', long, value_name = "COUNT")]
    limit: Option<usize>,

    #[command(flatten)]
    output: Output,
}

/// Other ways to look at the list.
#[derive(Debug, Subcommand)]
enum View {
    Next(views::NextArgs),
    Dupes(views::DupesArgs),
    Stats(views::StatsArgs),
    Add(add::AddArgs),
    Done(mark::DoneArgs),
    Drop(mark::DropArgs),
    Start(mark::StartArgs),
    Triage(triage::TriageArgs),
    Import(import::ImportArgs),
    Export(export::ExportArgs),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum By {
    /// Host
    Host,
    /// Article, paper, video, book …
    Kind,
    /// Headings and items above
    Group,
    /// Month in which it was read, else written down
    Month,
}

pub(crate) fn run(args: &Args, context: &mut Context) -> Outcome {
    match &args.view {
        Some(View::Next(args)) => views::next(args, context),
        Some(View::Dupes(args)) => views::dupes(args, context),
        Some(View::Stats(args)) => views::stats(args, context),
        Some(View::Add(args)) => add::add(args, context),
        Some(View::Done(args)) => mark::done(args, context),
        Some(View::Drop(args)) => mark::put_away(args, context),
        Some(View::Start(args)) => mark::start(args, context),
        Some(View::Triage(args)) => triage::triage(args, context),
        Some(View::Import(args)) => import::import(args, context),
        Some(View::Export(args)) => export::export(args, context),
        None => list(args, context),
    }
}

fn list(args: &Args, context: &mut Context) -> Outcome {
    let range = args.between.range(context)?;
    let session = context.session()?;
    let mut states: Vec<ReadingState> = args.state.iter().map(|state| ReadingState::from(*state)).collect();
    let narrowed = args.by.is_some() || range.is_some() || args.limit.is_some();
    let summary = states.is_empty() && !narrowed && args.query.is_empty();
    if states.is_empty() && !summary && args.output.is_text() {
        // things that are only mentioned are not interesting in a list of things to read
        states = ReadingState::ALL.into_iter().filter(|state| *state != ReadingState::Reference).collect();
    }
    let by = args.by.map_or(ReadingBy::Place, ReadingBy::from);
    let options = ReadingOptions { states, range, by, summary, limit: args.limit };
    let request = ReadingRequest { query: context.query(&session, &args.query)?, options };
    let report = session.reading(&request)?;
    context.answer(&session, &report, &args.output)
}

impl From<By> for ReadingBy {
    fn from(by: By) -> Self {
        match by {
            By::Host => Self::Host,
            By::Kind => Self::Kind,
            By::Group => Self::Group,
            By::Month => Self::Month,
        }
    }
}

//! `hornbook reading next|dupes|stats`

use clap_complete::engine::ArgValueCompleter;

use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::error::Outcome;
use crate::cli::output::Output;

/// Suggest one thing to read today, of the group that waits longest; the same all day long
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook reading next
  hornbook reading next --minutes 15
  hornbook reading next kind:video")]
pub(crate) struct NextArgs {
    /// Of which links; see `hornbook help query`
    #[arg(add = ArgValueCompleter::new(complete::query))]
    query: Vec<String>,

    /// Only what takes so long at most: as the note says, else as things of its kind do
    #[arg(short, long)]
    minutes: Option<u32>,

    #[command(flatten)]
    output: Output,
}

/// List links that stand in more than one place, however they are written
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook reading dupes
  hornbook reading dupes path:journal --format json")]
pub(crate) struct DupesArgs {
    /// Of which links; see `hornbook help query`
    #[arg(add = ArgValueCompleter::new(complete::query))]
    query: Vec<String>,

    #[command(flatten)]
    output: Output,
}

/// Show how many links were added and read by month
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook reading stats
  hornbook reading stats kind:paper --format csv")]
pub(crate) struct StatsArgs {
    /// Of which links; see `hornbook help query`
    #[arg(add = ArgValueCompleter::new(complete::query))]
    query: Vec<String>,

    #[command(flatten)]
    output: Output,
}

pub(crate) fn next(args: &NextArgs, context: &mut Context) -> Outcome {
    let session = context.session()?;
    let report = session.next_reading(&context.query(&session, &args.query)?, args.minutes)?;
    context.answer(&session, &report, &args.output)
}

pub(crate) fn dupes(args: &DupesArgs, context: &mut Context) -> Outcome {
    let session = context.session()?;
    let report = session.reading_dupes(&context.query(&session, &args.query)?)?;
    context.answer(&session, &report, &args.output)
}

pub(crate) fn stats(args: &StatsArgs, context: &mut Context) -> Outcome {
    let session = context.session()?;
    let report = session.reading_stats(&context.query(&session, &args.query)?)?;
    context.answer(&session, &report, &args.output)
}

//! `hornbook reading next|dupes|stats`

use clap_complete::engine::ArgValueCompleter;

use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::error::Outcome;
use crate::cli::output::Output;

/// Suggest one thing to read today, from the group that has waited longest; the same all day
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook reading next
  hornbook reading next --minutes 15
  hornbook reading next kind:video")]
pub(crate) struct NextArgs {
    /// Which links; see `hornbook help query`
    #[arg(add = ArgValueCompleter::new(complete::query))]
    query: Vec<String>,

    /// Only things that take at most this long: as the note says, else as is usual for their kind
    #[arg(short, long)]
    minutes: Option<u32>,

    #[command(flatten)]
    output: Output,
}

/// List links that are in more than one place, in any spelling
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook reading dupes
  hornbook reading dupes path:journal --format json")]
pub(crate) struct DupesArgs {
    /// Which links; see `hornbook help query`
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
    /// Which links; see `hornbook help query`
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

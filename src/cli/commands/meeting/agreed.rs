//! `hornbook meeting agreed`: what was agreed and decided, newest first.

use clap_complete::engine::ArgValueCompleter;

use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::error::Outcome;
use crate::cli::output::Output;
use crate::cli::period::Between;

/// List what was agreed and decided in meetings, with the place, newest first
///
/// Decisions, agreements, and the points of meetings that have no parts.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook meeting agreed
  hornbook meeting agreed --since 2026-10-01")]
pub(super) struct Args {
    /// Which notes: words, fields such as path:team; see `hornbook help query`
    #[arg(add = ArgValueCompleter::new(complete::query))]
    query: Vec<String>,

    #[command(flatten)]
    between: Between,

    #[command(flatten)]
    output: Output,
}

pub(super) fn run(args: &Args, context: &mut Context) -> Outcome {
    let range = args.between.range(context)?;
    let session = context.session()?;
    let query = context.query(&session, &args.query)?;
    let report = session.agreed(&query, range)?;
    context.answer(&session, &report, &args.output)
}

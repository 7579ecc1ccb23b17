//! `hornbook meeting agreed`: what was agreed and decided, newest first.

use clap_complete::engine::ArgValueCompleter;

use crate::cli::commands::journal::period::date;
use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::error::Outcome;
use crate::cli::output::Output;

/// List what was agreed and decided in meetings, with the place, newest first
///
/// Decisions, agreements, and the points of meetings that have no parts.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook meeting agreed
  hornbook meeting agreed --since 2026-10-01")]
pub(super) struct Args {
    /// Of which notes: words, fields such as path:team; see `hornbook help query`
    #[arg(add = ArgValueCompleter::new(complete::query))]
    query: Vec<String>,

    /// Only from this day on: 2026-11-02, monday, last-week, 2-weeks-ago …
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    since: Option<String>,

    #[command(flatten)]
    output: Output,
}

pub(super) fn run(args: &Args, context: &mut Context) -> Outcome {
    let since = args.since.as_ref().map(|written| date(written, "--since", context.today)).transpose()?;
    let session = context.session()?;
    let query = context.query(&session, &args.query)?;
    let report = session.agreed(&query, since.and_then(|range| range.start))?;
    context.answer(&session, &report, &args.output)
}

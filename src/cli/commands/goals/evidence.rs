//! `hornbook goals evidence NAME [--since DATE]`

use clap_complete::engine::ArgValueCompleter;

use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::error::Outcome;
use crate::cli::output::Output;

/// List the evidence for a goal, newest first: what was done, written and praised, and its tickets
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook goals evidence Messaging
  hornbook goals evidence Reviewing --since 2026-10-01")]
pub(super) struct Args {
    /// Its name, a part of it, or the name after #skill/
    #[arg(add = ArgValueCompleter::new(complete::goals))]
    name: String,

    /// Only what is dated on this day or later: 2026-10-01, last-month, -6w
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    since: Option<String>,

    #[command(flatten)]
    output: Output,
}

pub(super) fn run(args: &Args, context: &mut Context) -> Outcome {
    let since = args.since.as_ref().map(|written| context.day(written)).transpose()?;
    let session = context.session()?;
    let report = session.goal_evidence(&args.name, since)?;
    context.answer(&session, &report, &args.output)
}

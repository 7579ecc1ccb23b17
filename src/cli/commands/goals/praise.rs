//! `hornbook goals praise`

use crate::cli::context::Context;
use crate::cli::error::Outcome;
use crate::cli::output::Output;

/// List praise that others wrote, with placeholders that were never filled in
///
/// Praise is text under a label or heading such as Endorsement, Kudos or Praise, or after it on its line.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook goals praise
  hornbook goals praise --format jsonl")]
pub(super) struct Args {
    #[command(flatten)]
    output: Output,
}

pub(super) fn run(args: &Args, context: &mut Context) -> Outcome {
    let session = context.session()?;
    let report = session.praise()?;
    context.answer(&session, &report, &args.output)
}

//! `hornbook goals show NAME`

use clap_complete::engine::ArgValueCompleter;

use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::error::Outcome;
use crate::cli::output::Output;

/// Show a goal with its steps and evidence
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook goals show Reviewing
  hornbook goals show rust --format json")]
pub(super) struct Args {
    /// Its name, a part of it, or the name after #skill/
    #[arg(add = ArgValueCompleter::new(complete::goals))]
    name: String,

    #[command(flatten)]
    output: Output,
}

pub(super) fn run(args: &Args, context: &mut Context) -> Outcome {
    let session = context.session()?;
    let report = session.goal(&args.name)?;
    context.answer(&session, &report, &args.output)
}

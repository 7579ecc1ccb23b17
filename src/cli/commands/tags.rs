//! `hornbook tags`

use clap_complete::engine::ArgValueCompleter;

use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::error::Outcome;
use crate::cli::output::Output;

/// List tags with the number of notes that have them, as a tree
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook tags
  hornbook tags --count path:patterns")]
pub(crate) struct Args {
    /// Which notes; see `hornbook help query`
    #[arg(add = ArgValueCompleter::new(complete::query))]
    query: Vec<String>,

    /// Most used first, instead of by name
    #[arg(short, long)]
    count: bool,

    #[command(flatten)]
    output: Output,
}

pub(crate) fn run(args: &Args, context: &mut Context) -> Outcome {
    let session = context.session()?;
    let query = context.query(&session, &args.query)?;
    let report = session.tags(&query, args.count)?;
    context.answer(&session, &report, &args.output)
}

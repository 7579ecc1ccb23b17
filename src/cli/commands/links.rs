//! `hornbook links NOTE`

use clap_complete::engine::ArgValueCompleter;

use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::error::Outcome;
use crate::cli::output::Output;

/// List the links of a note, in order, with what each leads to
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook links saga
  hornbook links saga --format json")]
pub(crate) struct Args {
    /// A note: its path, its name, its title
    #[arg(add = ArgValueCompleter::new(complete::notes))]
    note: String,

    #[command(flatten)]
    output: Output,
}

pub(crate) fn run(args: &Args, context: &mut Context) -> Outcome {
    let session = context.session()?;
    let report = session.links(&context.note_name(&session, &args.note))?;
    context.answer(&session, &report, &args.output)
}

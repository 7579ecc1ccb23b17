//! `hornbook backlinks NOTE`

use clap_complete::engine::ArgValueCompleter;

use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::error::Outcome;
use crate::cli::output::Output;

/// List who links to a note, with the sentence around each link
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook backlinks saga
  hornbook backlinks saga --mentions")]
pub(crate) struct Args {
    /// A note: its path, its name, its title
    #[arg(add = ArgValueCompleter::new(complete::notes))]
    note: String,

    /// Also where other notes say its title, an alias or its file name without a link
    #[arg(short, long)]
    mentions: bool,

    #[command(flatten)]
    output: Output,
}

pub(crate) fn run(args: &Args, context: &mut Context) -> Outcome {
    let session = context.session()?;
    let report = session.backlinks(&context.note_name(&session, &args.note), args.mentions)?;
    context.answer(&session, &report, &args.output)
}

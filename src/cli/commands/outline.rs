//! `hornbook outline NOTE`

use clap_complete::engine::ArgValueCompleter;

use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::error::Outcome;
use crate::cli::output::Output;

/// Show the headings and label lines of a note as a tree
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook outline reading
  hornbook outline reading --format vimgrep")]
pub(crate) struct Args {
    /// A note: its path, its name, its title
    #[arg(add = ArgValueCompleter::new(complete::notes))]
    note: String,

    /// Only Markdown headings, no label lines
    #[arg(long)]
    headings: bool,

    #[command(flatten)]
    output: Output,
}

pub(crate) fn run(args: &Args, context: &mut Context) -> Outcome {
    let session = context.session()?;
    let report = session.outline(&context.note_name(&session, &args.note), args.headings)?;
    context.answer(&session, &report, &args.output)
}

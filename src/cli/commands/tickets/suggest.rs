//! `hornbook tickets suggest`

use crate::cli::context::Context;
use crate::cli::error::Outcome;
use crate::cli::output::Output;

/// Rank projects whose tickets your notes seem to mention, although book.toml does not name them
///
/// What looks like a ticket is rarely one: UTF-8, RS-485, COVID-19. A project is suggested if one of its tickets is
/// alone on its line, beside or near a word such as "ticket", or in a link to a tracker's page.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook tickets suggest
  hornbook tickets suggest --all --format jsonl")]
pub(super) struct Args {
    /// Also those that are hardly credible
    #[arg(short, long)]
    all: bool,

    #[command(flatten)]
    output: Output,
}

pub(super) fn run(args: &Args, context: &mut Context) -> Outcome {
    let session = context.session()?;
    let report = session.suggest_tickets(args.all)?;
    context.answer(&session, &report, &args.output)
}

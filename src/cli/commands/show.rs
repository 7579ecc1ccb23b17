//! `hornbook show NOTE`

use clap_complete::engine::ArgValueCompleter;

use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::error::Exit;
use crate::cli::error::Outcome;
use crate::cli::output::Output;

/// Print a note, or the facts in it
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook show saga
  hornbook show patterns/saga.md --facts --format json")]
pub(crate) struct Args {
    /// A note: its path, its name, its title
    #[arg(add = ArgValueCompleter::new(complete::notes))]
    note: String,

    /// In JSON, also its contents: headings, sections, links, tasks, tickets, diagnostics
    #[arg(long)]
    facts: bool,

    #[command(flatten)]
    output: Output,
}

pub(crate) fn run(args: &Args, context: &mut Context) -> Outcome {
    let session = context.session()?;
    let name = context.note_name(&session, &args.note);
    if args.output.is_text() {
        let path = session.find_note(&name)?;
        context.ui.verbatim(&session.text(&path)?.text);
        return Ok(Exit::Answered);
    }
    let report = session.show(&name, args.facts)?;
    context.answer(&session, &report, &args.output)
}

//! `hornbook tickets [KEY]`, `tickets suggest|add|import`

mod add;
mod import;
mod suggest;

use clap_complete::engine::ArgValueCompleter;

use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::error::Outcome;
use crate::cli::output::Output;

/// List the tickets that your notes mention, with their state according to the notes
///
/// A ticket is a key such as SHOP-12 of a project that book.toml names, or a link to a page of a tracker. Its state is the
/// latest one that the notes give: from a box, a word after the key, or an imported list. Nothing is fetched.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
#[command(after_help = "Examples:
  hornbook tickets
  hornbook tickets HB-171          every mention of one
  hornbook tickets HB              those of a project
  hornbook tickets suggest         projects that book.toml could name")]
pub(crate) struct Args {
    #[command(subcommand)]
    action: Option<Action>,

    /// Only this ticket, or those of this project
    #[arg(add = ArgValueCompleter::new(complete::tickets))]
    key: Option<String>,

    #[command(flatten)]
    output: Output,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    Suggest(suggest::Args),
    Add(add::Args),
    Import(import::Args),
}

pub(crate) fn run(args: &Args, context: &mut Context) -> Outcome {
    match &args.action {
        Some(Action::Suggest(args)) => return suggest::run(args, context),
        Some(Action::Add(args)) => return add::run(args, context),
        Some(Action::Import(args)) => return import::run(args, context),
        None => {}
    }
    let session = context.session()?;
    let report = session.tickets(args.key.as_deref())?;
    context.answer(&session, &report, &args.output)
}

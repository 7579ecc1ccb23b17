//! `hornbook goals`, `goals show|evidence|praise`

mod evidence;
mod praise;
mod show;

use crate::cli::context::Context;
use crate::cli::error::Outcome;
use crate::cli::output::Output;

/// List your goals and skills: level, target, how much is done, and when each last moved
///
/// Goals are the headings of a note that is about them (goals.md, `kind: goals`), or headings and items with the tag #goal or
/// #skill. A goal includes what is under it, and what mentions it elsewhere: `[[NAME]]`, #skill/name, "NAME skill", its tickets.
/// Progress is a fraction of its boxes; items without a box count as unknown.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
#[command(after_help = "Examples:
  hornbook goals
  hornbook goals --stale
  hornbook goals show Reviewing")]
pub(crate) struct Args {
    #[command(subcommand)]
    action: Option<Action>,

    /// Only unfinished ones without any movement in the last two months
    #[arg(long)]
    stale: bool,

    #[command(flatten)]
    output: Output,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    Show(show::Args),
    Evidence(evidence::Args),
    Praise(praise::Args),
}

pub(crate) fn run(args: &Args, context: &mut Context) -> Outcome {
    match &args.action {
        Some(Action::Show(args)) => return show::run(args, context),
        Some(Action::Evidence(args)) => return evidence::run(args, context),
        Some(Action::Praise(args)) => return praise::run(args, context),
        None => {}
    }
    let session = context.session()?;
    let report = session.goals()?;
    let report = if args.stale { report.stale() } else { report };
    context.answer(&session, &report, &args.output)
}

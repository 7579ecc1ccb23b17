//! `hornbook journal [QUERY]`, `journal on|gaps|today|add`

mod gaps;
mod list;
mod on;
mod write;

use crate::cli::context::Context;
use crate::cli::error::Outcome;

/// List what you have written, day by day, newest first
///
/// A day is a dated heading, bullet or label line, or a file named after a day. What a date leaves open is taken from
/// its surroundings, and a wrong year is corrected: --why shows how each date is known.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
#[command(after_help = "Examples:
  hornbook journal
  hornbook journal saga is:open     days on which the saga was written about, with something to do
  hornbook journal on 'last friday'
  hornbook journal add 'read the saga paper'")]
pub(crate) struct Args {
    #[command(subcommand)]
    action: Option<Action>,

    #[command(flatten)]
    list: list::ListArgs,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    On(on::Args),
    Gaps(gaps::Args),
    Today(write::TodayArgs),
    Add(write::AddArgs),
}

pub(crate) fn run(args: Args, context: &mut Context) -> Outcome {
    match args.action {
        None => list::run(&args.list, context),
        Some(Action::On(args)) => on::run(&args, context),
        Some(Action::Gaps(args)) => gaps::run(&args, context),
        Some(Action::Today(args)) => write::today(&args, context),
        Some(Action::Add(args)) => write::add(&args, context),
    }
}

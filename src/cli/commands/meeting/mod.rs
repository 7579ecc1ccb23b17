//! `hornbook meeting`, `meeting show|actions|agreed|new`

mod actions;
mod agreed;
mod list;
mod new;
mod show;

use crate::cli::context::Context;
use crate::cli::error::Outcome;

/// List your meetings: series of them, how far apart they are, when the next one is expected
///
/// A meeting is a dated heading, label line or note whose name, folder or front matter says so. Meetings in one note, notes
/// in one folder that differ only in their dates, and meetings with the same `series:` in the front matter are one series.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
#[command(after_help = "Examples:
  hornbook meeting
  hornbook meeting --upcoming
  hornbook meeting show one-to-one-with-ida
  hornbook meeting actions --open       what is open, and with whom
  hornbook meeting new one-to-one-with-ida --dry-run")]
pub(crate) struct Args {
    #[command(subcommand)]
    action: Option<Action>,

    #[command(flatten)]
    list: list::ListArgs,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    Show(show::Args),
    Actions(actions::Args),
    Agreed(agreed::Args),
    New(new::Args),
}

pub(crate) fn run(args: Args, context: &mut Context) -> Outcome {
    match args.action {
        None => list::run(&args.list, context),
        Some(Action::Show(args)) => show::run(&args, context),
        Some(Action::Actions(args)) => actions::run(&args, context),
        Some(Action::Agreed(args)) => agreed::run(&args, context),
        Some(Action::New(args)) => new::run(&args, context),
    }
}

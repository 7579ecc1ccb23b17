//! `hornbook reading done|drop|start REF…`

use clap_complete::engine::ArgValueCompleter;

use crate::cli::change;
use crate::cli::change::Changing;
use crate::cli::commands::done::Stamps;
use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::error::Exit;
use crate::cli::error::Outcome;
use crate::model::ReadingState;
use crate::session::Change;

/// Writes: marks links as read: a tick in the box, or a ticked box after the bullet, and the done date where the notebook uses them
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook reading done https://clig.dev/
  hornbook reading done 'guide to diagnostics' --dry-run
  hornbook reading done reading.md:17")]
pub(crate) struct DoneArgs {
    #[command(flatten)]
    which: Which,

    #[command(flatten)]
    stamps: Stamps,

    #[command(flatten)]
    how: Changing,
}

/// Writes: marks links as dismissed unread: `-` in the box, or such a box after the bullet
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook reading drop https://no-color.org/
  hornbook reading drop reading.md:17 --dry-run")]
pub(crate) struct DropArgs {
    #[command(flatten)]
    which: Which,

    #[command(flatten)]
    stamps: Stamps,

    #[command(flatten)]
    how: Changing,
}

/// Writes: marks links as begun: `/` in the box, or such a box after the bullet
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook reading start https://clig.dev/
  hornbook reading start 'guide to diagnostics'")]
pub(crate) struct StartArgs {
    #[command(flatten)]
    which: Which,

    #[command(flatten)]
    how: Changing,
}

/// Which links.
#[derive(Debug, Clone, clap::Args)]
struct Which {
    /// Links: the ids that listings show, path:line, addresses, or words that only one title has
    #[arg(required = true, value_name = "REF", add = ArgValueCompleter::new(complete::readings))]
    links: Vec<String>,
}

pub(crate) fn done(args: &DoneArgs, context: &mut Context) -> Outcome {
    mark(&args.which, ReadingState::Read, "done", args.stamps, &args.how, context)
}

pub(crate) fn put_away(args: &DropArgs, context: &mut Context) -> Outcome {
    mark(&args.which, ReadingState::Dropped, "drop", args.stamps, &args.how, context)
}

pub(crate) fn start(args: &StartArgs, context: &mut Context) -> Outcome {
    mark(&args.which, ReadingState::Reading, "start", Stamps::default(), &args.how, context)
}

fn mark(
    which: &Which,
    state: ReadingState,
    command: &str,
    stamps: Stamps,
    how: &Changing,
    context: &mut Context,
) -> Outcome {
    let mut session = context.session()?;
    let links = which.links.iter().map(|link| context.task_name(&session, link)).collect();
    let change = Change::Reading { links, state, done_date: stamps.into() };
    let words = format!("reading {command} {}", which.links.join(" "));
    change::carry_out(context, &mut session, &change, &words, how)?;
    Ok(Exit::Answered)
}

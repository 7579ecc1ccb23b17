//! `hornbook meeting actions`: what is to be done from all meetings, and by whom.

use clap_complete::engine::ArgValueCompleter;

use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::error::Outcome;
use crate::cli::output::Output;
use crate::cli::period::Between;
use crate::report::meeting::ActionFilter;

/// List the actions of all meetings by person, each once however often it was carried over
///
/// Actions are boxes, the items of parts such as Actions, Agreed or Next time, marked lines (ACTION Ida: …), rows of an action
/// table, and all points of a meeting without parts. Those without a box are neither open nor done: their state is unknown.
/// --since and --until apply to the day of the meeting that raised an action.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook meeting actions
  hornbook meeting actions --open --owner Noor
  hornbook meeting actions --open --unknown path:one-to-one")]
pub(super) struct Args {
    /// Which notes: words, fields such as path:team; see `hornbook help query`
    #[arg(add = ArgValueCompleter::new(complete::query))]
    query: Vec<String>,

    /// Only of this person; may be given several times
    #[arg(long, value_name = "NAME", add = ArgValueCompleter::new(complete::owners))]
    owner: Vec<String>,

    /// Only those with an open box
    #[arg(long)]
    open: bool,

    /// Only those without a box; with --open, both
    #[arg(long)]
    unknown: bool,

    #[command(flatten)]
    between: Between,

    #[command(flatten)]
    output: Output,
}

pub(super) fn run(args: &Args, context: &mut Context) -> Outcome {
    let range = args.between.range(context)?;
    let session = context.session()?;
    let query = context.query(&session, &args.query)?;
    let filter = ActionFilter { owners: args.owner.clone(), open: args.open, unknown: args.unknown, range };
    let report = session.actions(&query, &filter)?;
    context.answer(&session, &report, &args.output)
}

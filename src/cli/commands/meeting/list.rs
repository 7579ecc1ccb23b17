//! `hornbook meeting [QUERY]`: series of meetings, and what comes next.

use clap_complete::engine::ArgValueCompleter;

use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::error::Outcome;
use crate::cli::output::Output;
use crate::cli::period::Between;

#[derive(Debug, clap::Args)]
pub(super) struct ListArgs {
    /// Which notes: words, fields such as path:team; see `hornbook help query`
    #[arg(add = ArgValueCompleter::new(complete::query))]
    query: Vec<String>,

    /// Upcoming meetings, by day
    #[arg(long, conflicts_with_all = ["since", "until"])]
    upcoming: bool,

    /// Every meeting of each series, not only the newest
    #[arg(short, long, conflicts_with = "upcoming")]
    all: bool,

    #[command(flatten)]
    between: Between,

    #[command(flatten)]
    output: Output,
}

pub(super) fn run(args: &ListArgs, context: &mut Context) -> Outcome {
    let range = args.between.range(context)?;
    let session = context.session()?;
    let query = context.query(&session, &args.query)?;
    if args.upcoming {
        let report = session.upcoming_meetings(&query)?;
        return context.answer(&session, &report, &args.output);
    }
    let report = session.meetings(&query, args.all, range)?;
    context.answer(&session, &report, &args.output)
}

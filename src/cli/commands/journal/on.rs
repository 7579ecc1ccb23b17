//! `hornbook journal on DATE`: what was written on a day.

use crate::cli::context::Context;
use crate::cli::error::Outcome;
use crate::cli::output::Output;
use crate::cli::period::date;
use crate::model::calendar::DateRange;

/// Print what was written on a day
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook journal on yesterday
  hornbook journal on last friday
  hornbook journal on 2026-11-20 --why")]
pub(super) struct Args {
    /// The day, or a longer period: yesterday, last friday, 2026-11-20, last-week
    #[arg(required = true, value_name = "DATE")]
    date: Vec<String>,

    /// Also show how each date is known
    #[arg(long)]
    why: bool,

    #[command(flatten)]
    output: Output,
}

pub(super) fn run(args: &Args, context: &mut Context) -> Outcome {
    let written = args.date.join(" ");
    let range = date(&written, &format!("`{written}`"), context.today)?;
    show(range, args.why, &args.output, context)
}

/// Prints what was written in a period.
pub(super) fn show(range: DateRange, why: bool, output: &Output, context: &mut Context) -> Outcome {
    let session = context.session()?;
    let mut report = session.journal_on(range)?;
    report.journal.with_reasons = why;
    context.answer(&session, &report, output)
}

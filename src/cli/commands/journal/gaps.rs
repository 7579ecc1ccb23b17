//! `hornbook journal gaps`: working days without an entry.

use clap_complete::engine::ArgValueCompleter;

use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::error::Outcome;
use crate::cli::output::Output;
use crate::cli::period::Period;

/// Show the working days without an entry, newest first
///
/// Monday to Friday, from the first entry (a year back at most, unless --since says otherwise) up to yesterday.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook journal gaps --month
  hornbook journal gaps --since 2026-11-02 path:journal")]
pub(super) struct Args {
    /// Which entries count: words, fields such as path:journal; see `hornbook help query`
    #[arg(add = ArgValueCompleter::new(complete::query))]
    query: Vec<String>,

    #[command(flatten)]
    period: Period,

    #[command(flatten)]
    output: Output,
}

pub(super) fn run(args: &Args, context: &mut Context) -> Outcome {
    let range = args.period.range(context)?;
    let session = context.session()?;
    let report = session.journal_gaps(&context.query(&session, &args.query)?, range)?;
    context.answer(&session, &report, &args.output)
}

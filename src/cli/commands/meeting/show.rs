//! `hornbook meeting show SERIES`: who attended, and the points.

use clap_complete::engine::ArgValueCompleter;

use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::error::Failure;
use crate::cli::error::Outcome;
use crate::cli::output::Output;

/// Show a meeting: who was there, and its points with state, owner and day
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook meeting show one-to-one-with-ida
  hornbook meeting show retro --date 2026-10-07")]
pub(super) struct Args {
    /// The series, by its name or the path of one of its notes
    #[arg(add = ArgValueCompleter::new(complete::series))]
    series: String,

    /// The meeting of this day [default: the last one]
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    date: Option<String>,

    #[command(flatten)]
    output: Output,
}

pub(super) fn run(args: &Args, context: &mut Context) -> Outcome {
    let date = args.date.as_ref().map(|date| context.day(date)).transpose()?;
    let session = context.session()?;
    let name = context.series_name(&session, &args.series);
    let report = session.meeting(&name, date)?;
    if report.meetings.is_empty()
        && let Some(date) = date
        && args.output.is_text()
    {
        return Err(Failure::new(format!("{} has no meeting on {date}", args.series))
            .hint("`hornbook meeting --all` shows the days of all meetings"));
    }
    context.answer(&session, &report, &args.output)
}

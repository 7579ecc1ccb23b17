//! `hornbook report 1on1 SERIES`

use clap_complete::engine::ArgValueCompleter;

use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::error::Outcome;
use crate::cli::output::Output;
use crate::view::Format;

/// Prepare the next one-to-one: what was agreed and what became of it, what was done and learnt since, goals, tickets, praise
///
/// Each line names the line of a note that it comes from. Nothing private is on the page: notes that say so (private: true,
/// publish: false), drafts, and text under #private are left out; so are, except for the series itself, folders called private,
/// what site.exclude names, and notes of other series of meetings. If all notes of the series say that they are private,
/// they are shown, and the page says so.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook report 1on1 one-to-one-with-ida
  hornbook report 1on1 one-to-one-with-ida --markdown")]
pub(super) struct Args {
    /// The series, by the name of its note, or a part of it
    #[arg(add = ArgValueCompleter::new(complete::notes))]
    series: String,

    /// As Markdown, to be pasted or sent: --format md
    #[arg(long, conflicts_with = "format")]
    markdown: bool,

    /// Include private notes, and those of other series
    #[arg(long)]
    private: bool,

    #[command(flatten)]
    output: Output,
}

pub(super) fn run(args: &Args, context: &mut Context) -> Outcome {
    let session = context.session()?;
    let report = session.one_on_one(&args.series, args.private)?;
    let format = if args.markdown { Format::Markdown } else { args.output.format.clone() };
    context.answer(&session, &report, &Output { format, ..args.output.clone() })
}

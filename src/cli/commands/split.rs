//! `hornbook split NOTE --by h2`: each section becomes a note.

use clap::ValueEnum;
use clap_complete::engine::ArgValueCompleter;

use crate::cli::commands::mv;
use crate::cli::commands::mv::Writing;
use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::error::Outcome;
use crate::session::Change;

/// Writes: makes a note of each section; the note keeps a list of links to them
///
/// The new notes are put beside the note and named after their headings; where a name is taken, a free one with a number is used.
/// All else is as with `hornbook extract`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook split saga --dry-run
  hornbook split saga --by h3 --yes")]
pub(crate) struct Args {
    /// The note
    #[arg(value_name = "NOTE", add = ArgValueCompleter::new(complete::notes))]
    note: String,

    /// The headings that become notes
    #[arg(long, value_enum, value_name = "LEVEL", default_value_t)]
    by: Level,

    #[command(flatten)]
    how: Writing,
}

/// The level of a heading.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Level {
    H1 = 1,
    #[default]
    H2,
    H3,
    H4,
    H5,
    H6,
}

pub(crate) fn run(args: &Args, context: &mut Context) -> Outcome {
    let mut session = context.session()?;
    let note = context.note_name(&session, &args.note);
    let change = Change::Split { note, level: args.by as u8 };
    mv::carry_out(context, &mut session, &change, &format!("split {}", args.note), &args.how)
}

//! `hornbook merge A into B`: a note goes on as a section of another one.

use clap_complete::engine::ArgValueCompleter;

use crate::cli::commands::mv;
use crate::cli::commands::mv::Writing;
use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::error::Failure;
use crate::cli::error::Outcome;
use crate::session::Change;

/// Writes: makes a note the last section of another one and removes it; links to it lead to that section
///
/// Its title is the section's heading, and its headings sink below it. Footnotes, link definitions and blocks get other names where
/// theirs are taken. Tags of its front matter go below the heading; what else its front matter says is lost, and listed.
///
/// The word `into` may be left out: the first note goes, the second one stays. `hornbook undo` brings everything back.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook merge dual-writes into transactional-outbox --dry-run
  hornbook merge dual-writes transactional-outbox --yes")]
pub(crate) struct Args {
    /// The note that goes, and the one that gets its text; `into` may be written between them
    #[arg(value_names = ["FROM", "INTO"], required = true, num_args = 2..=3, add = ArgValueCompleter::new(complete::notes))]
    notes: Vec<String>,

    #[command(flatten)]
    how: Writing,
}

pub(crate) fn run(args: &Args, context: &mut Context) -> Outcome {
    let (from, into) = match args.notes.as_slice() {
        [from, into] => (from, into),
        [from, word, into] if word.eq_ignore_ascii_case("into") => (from, into),
        _ => {
            let failure = Failure::new("merge takes two notes");
            return Err(failure.hint("`hornbook merge FROM into INTO`; put names with spaces in quotes"));
        }
    };
    let mut session = context.session()?;
    let change = Change::Merge { from: context.note_name(&session, from), into: context.note_name(&session, into) };
    mv::carry_out(context, &mut session, &change, &format!("merge {from} into {into}"), &args.how)
}

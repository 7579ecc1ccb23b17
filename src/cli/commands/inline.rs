//! `hornbook inline NOTE:LINE`: the text of an embed in its place.

use clap_complete::engine::ArgValueCompleter;

use crate::cli::commands::mv;
use crate::cli::commands::mv::Writing;
use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::error::Failure;
use crate::cli::error::Outcome;
use crate::session::Change;

/// Writes: replaces an embed by the text that it embeds
///
/// The embed, `![[note]]` or `![[note#Heading]]`, has its line to itself. The text stays in its own note as well, and links to it go
/// on to lead there. Links in the copy are written for their new place, its headings sink below the heading above it, footnotes and
/// link definitions come along, and ids of blocks stay behind.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook inline patterns/dead-letter-queue.md:57 --dry-run
  hornbook inline patterns/dead-letter-queue.md:57 --yes")]
pub(crate) struct Args {
    /// The line of the embed, as NOTE:LINE
    #[arg(value_name = "NOTE:LINE", add = ArgValueCompleter::new(complete::notes))]
    place: String,

    #[command(flatten)]
    how: Writing,
}

pub(crate) fn run(args: &Args, context: &mut Context) -> Outcome {
    let mut session = context.session()?;
    let Some((note, line)) = context.place_name(&session, &args.place).line else {
        let failure = Failure::new(format!("`{}` names no line", args.place));
        return Err(failure.hint("`hornbook links NOTE` lists embeds with their lines; write NOTE:LINE"));
    };
    let change = Change::Inline { note, line };
    mv::carry_out(context, &mut session, &change, &format!("inline {}", args.place), &args.how)
}

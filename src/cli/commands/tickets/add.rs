//! `hornbook tickets add PROJECT [URL]`

use clap_complete::engine::ArgValueCompleter;

use crate::cli::change;
use crate::cli::change::Changing;
use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::error::Exit;
use crate::cli::error::Outcome;
use crate::session::Change;

/// Writes: names a project in book.toml, so that its tickets count
///
/// Everything else in book.toml stays the same, byte by byte. From then on keys such as SHOP-12 are tickets in every note, and
/// links to their pages if an address is known.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook tickets add SHOP 'https://tickets.example.com/browse/{key}-{num}'
  hornbook tickets add SHOP https://tickets.example.com/browse/SHOP-12
  hornbook tickets add OPS --dry-run")]
pub(super) struct Args {
    /// The part before the number: SHOP for SHOP-12
    #[arg(add = ArgValueCompleter::new(complete::projects))]
    project: String,

    /// The address of a ticket, with {num} and perhaps {key}; or the page of one of them [default: from links in the notes]
    url: Option<String>,

    #[command(flatten)]
    how: Changing,
}

pub(super) fn run(args: &Args, context: &mut Context) -> Outcome {
    let mut session = context.session()?;
    let change = Change::Tracker { project: args.project.clone(), url: args.url.clone() };
    let words = format!("tickets add {}", args.project);
    change::carry_out(context, &mut session, &change, &words, &args.how)?;
    Ok(Exit::Answered)
}

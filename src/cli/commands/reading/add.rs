//! `hornbook reading add`

use clap_complete::engine::ArgValueCompleter;

use crate::cli::change;
use crate::cli::change::Changing;
use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::error::Exit;
use crate::cli::error::Outcome;
use crate::session::Change;
use crate::session::Step;

/// Writes: adds a link to the reading list, with an open box; one that is there already is shown instead
///
/// The reading list is the note with that name (`reading.md`, `# Reading list`), under the heading `To read` if it has one;
/// if there is none, `reading.md` is created.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook reading add https://example.org/saga 'The saga pattern'
  hornbook reading add https://example.org/outbox --to 'reading#To read' --dry-run")]
pub(crate) struct AddArgs {
    /// The address
    url: String,

    /// What it is called
    title: Vec<String>,

    /// The destination: a note, or a heading in it as NOTE#Heading [default: the notebook's reading list]
    #[arg(long, value_name = "NOTE", add = ArgValueCompleter::new(complete::notes))]
    to: Option<String>,

    #[command(flatten)]
    how: Changing,
}

pub(crate) fn add(args: &AddArgs, context: &mut Context) -> Outcome {
    let mut session = context.session()?;
    let to = args.to.as_ref().map(|to| context.destination(&session, to));
    let title = Some(args.title.join(" ")).filter(|title| !title.trim().is_empty());
    let change = Change::ReadingLink { url: args.url.clone(), title, to };
    let words = format!("reading add {}", args.url);
    let steps = change::carry_out(context, &mut session, &change, &words, &args.how)?;
    Ok(Exit::found(!steps.iter().any(|step| matches!(step, Step::ReadingKnown { .. }))))
}

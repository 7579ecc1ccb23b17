//! `hornbook extract NOTE#Heading`: a section becomes a note, and the links follow.

use clap::ValueEnum;
use clap_complete::engine::ArgValueCompleter;

use crate::cli::commands::mv;
use crate::cli::commands::mv::Writing;
use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::error::Outcome;
use crate::session::Change;
use crate::session::Leave;

/// Writes: makes a note of a heading and what is below it; every link still leads where it did
///
/// Links to the section, to headings and blocks in it, and links in it are written anew for the new place. Footnotes and link
/// definitions that it uses go with it, and stay as well where the rest needs them. Its heading becomes the new note's title
/// (level 1), and the headings below it rise by as many levels. What a private note says stays private: the new one says so too.
///
/// A link to the new note stays where the section was. Both notes change, so that somebody at a terminal is asked, and a script
/// needs --yes. `hornbook undo` takes it back.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook extract 'saga#Trade-offs' --yes
  hornbook extract 'saga#trade-offs' --to patterns/costs --leave embed --dry-run")]
pub(crate) struct Args {
    /// The heading as NOTE#Heading or NOTE#anchor
    #[arg(value_name = "PLACE", add = ArgValueCompleter::new(complete::notes))]
    place: String,

    /// The new note: a name (in the same folder), a path, or a folder; by default it is called by its heading
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::AnyPath)]
    to: Option<String>,

    /// What stays in its place
    #[arg(long, value_enum, value_name = "WHAT", default_value_t)]
    leave: LeaveName,

    #[command(flatten)]
    how: Writing,
}

/// What stays where a section was.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum LeaveName {
    /// A link to the new note
    #[default]
    Link,
    /// An embed of it: ![[new note]]
    Embed,
    /// Nothing
    Nothing,
}

pub(crate) fn run(args: &Args, context: &mut Context) -> Outcome {
    let mut session = context.session()?;
    let place = context.place_name(&session, &args.place);
    let to = args.to.as_ref().map(|to| context.new_place(session.notebook(), to));
    let leave = match args.leave {
        LeaveName::Link => Leave::Link,
        LeaveName::Embed => Leave::Embed,
        LeaveName::Nothing => Leave::Nothing,
    };
    let change = Change::Extract { place, to, leave };
    mv::carry_out(context, &mut session, &change, &format!("extract {}", args.place), &args.how)
}

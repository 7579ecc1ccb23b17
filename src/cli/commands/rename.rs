//! `hornbook rename`: new names for parts of notes, tags, people and tickets; links follow.

use clap::Subcommand;
use clap_complete::engine::ArgValueCompleter;

use crate::cli::commands::mv;
use crate::cli::commands::mv::Writing;
use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::error::Outcome;
use crate::session::Change;
use crate::session::Session;

/// Writes: renames a note, a heading, a block, a tag, a person or a ticket; links follow
///
/// With two arguments it is `hornbook mv`, for notes, other files and folders.
/// Everything is tried on a copy in memory first and then written at once, or not at all; `hornbook undo` reverts it.
#[derive(Debug, clap::Args)]
#[command(
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    after_help = "Examples:
  hornbook rename saga 'The saga pattern' --yes
  hornbook rename heading 'saga#Trade-offs' 'What it costs' --yes
  hornbook rename tag events messages/events --dry-run"
)]
pub(crate) struct Args {
    #[command(subcommand)]
    what: Option<What>,

    /// A note, another file, or a folder
    #[arg(value_name = "OLD", required = true, add = ArgValueCompleter::new(complete::notes))]
    old: Option<String>,

    /// Its new name or place
    #[arg(value_name = "NEW", required = true, value_hint = clap::ValueHint::AnyPath)]
    new: Option<String>,

    #[command(flatten)]
    also: mv::Also,

    #[command(flatten)]
    writing: Writing,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Writes: changes the words of a heading; links to it follow
    #[command(after_help = "Examples:
  hornbook rename heading 'saga#Trade-offs' 'What it costs' --yes
  hornbook rename heading 'saga#trade-offs' 'What it costs' --dry-run")]
    Heading(PartArgs),
    /// Writes: changes the id of a block; links to it follow
    #[command(after_help = "Examples:
  hornbook rename block 'backpressure#^bound' limit --yes")]
    Block(PartArgs),
    /// Writes: renames a tag, in texts and in front matter; tags below it follow
    #[command(after_help = "Examples:
  hornbook rename tag events messages/events --yes
  hornbook rename tag coupling design --merge --dry-run")]
    Tag(NameArgs),
    /// Writes: renames a person, wherever a note shows that the name is a person's
    ///
    /// That is: the owner of a task or a point (`@Ida`, `Ida: …`, `(Ida)`, `[owner:: Ida]`), the people at a meeting, names in front
    /// matter and beside praise. In other sentences the name stays: it may be somebody else's. If the new name is in use already,
    /// --merge makes the two one person.
    #[command(after_help = "Examples:
  hornbook rename person Tomas Tom --dry-run
  hornbook rename person Ida Eda --yes")]
    Person(NameArgs),
    /// Writes: changes the key of a ticket, in texts and in addresses of its tracker
    #[command(after_help = "Examples:
  hornbook rename ticket HB-131 HB-231 --yes
  hornbook rename ticket HB-131 HB-198 --merge --dry-run")]
    Ticket(NameArgs),
}

#[derive(Debug, clap::Args)]
struct PartArgs {
    /// The heading as NOTE#Heading or NOTE#anchor, the block as NOTE#^id
    #[arg(value_name = "PLACE")]
    place: String,

    /// Its new words, or its new id
    #[arg(value_name = "NEW", allow_hyphen_values = true)]
    new: String,

    #[command(flatten)]
    how: Writing,
}

#[derive(Debug, clap::Args)]
struct NameArgs {
    /// The old name
    #[arg(value_name = "OLD")]
    old: String,

    /// The new name
    #[arg(value_name = "NEW")]
    new: String,

    /// Allow a new name that is in use: the two become one
    #[arg(long)]
    merge: bool,

    #[command(flatten)]
    how: Writing,
}

pub(crate) fn run(args: &Args, context: &mut Context) -> Outcome {
    let Some(what) = &args.what else {
        let (old, new) = (args.old.as_deref(), args.new.as_deref());
        return mv::rename((old.unwrap_or_default(), new.unwrap_or_default()), &args.also, &args.writing, context);
    };
    let mut session = context.session()?;
    let (change, command, how) = match what {
        What::Heading(part) => (part.change(context, &session, ""), part.command("heading"), &part.how),
        What::Block(part) => (part.change(context, &session, "^"), part.command("block"), &part.how),
        What::Tag(tag) => {
            let change = Change::RenameTag { from: tag.old.clone(), to: tag.new.clone(), merge: tag.merge };
            (change, format!("rename tag {} {}", tag.old, tag.new), &tag.how)
        }
        What::Person(name) => {
            let change = Change::RenamePerson { from: name.old.clone(), to: name.new.clone(), merge: name.merge };
            (change, format!("rename person {} {}", name.old, name.new), &name.how)
        }
        What::Ticket(key) => {
            let change = Change::RenameTicket { from: key.old.clone(), to: key.new.clone(), merge: key.merge };
            (change, format!("rename ticket {} {}", key.old, key.new), &key.how)
        }
    };
    mv::carry_out(context, &mut session, &change, &command, how)
}

impl PartArgs {
    /// `mark` is the prefix of a block's id.
    fn change(&self, context: &Context, session: &Session, mark: &str) -> Change {
        let mut place = context.place_name(session, &self.place);
        if let Some((_, part)) = &mut place.part
            && !mark.is_empty()
            && !part.starts_with(mark)
        {
            part.insert_str(0, mark);
        }
        let new = if mark.is_empty() { &self.new } else { self.new.trim_start_matches(mark) };
        Change::RenamePart { place, to: new.to_owned() }
    }

    fn command(&self, what: &str) -> String {
        format!("rename {what} {} {}", self.place, self.new)
    }
}

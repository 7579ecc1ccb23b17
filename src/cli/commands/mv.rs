//! `hornbook mv OLD NEW`: renames or moves a note, a file or a folder; links follow.

use clap_complete::engine::ArgValueCompleter;

use crate::cli::change;
use crate::cli::change::Changing;
use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::error::Exit;
use crate::cli::error::Failure;
use crate::cli::error::Outcome;
use crate::report::change::NoteMentions;
use crate::session::Change;
use crate::session::NoteName;
use crate::session::Session;

/// Writes: renames or moves a note, a file or a folder; links follow
///
/// Links to what moves are rewritten in their own style: wikilinks, Markdown links, embeds, pictures, definitions. So are
/// the relative links of a note that moves, and links that would otherwise lead to another note with the new name. Everything
/// is tried on a copy in memory first and then written at once, or not at all; `hornbook undo` reverts it. Links in front
/// matter, in HTML and in Obsidian's canvases follow too; code and comments stay.
///
/// The changes are listed. If more than one note changes, you are asked to confirm on a terminal, and a script needs --yes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook mv saga 'The saga pattern' --yes
  hornbook mv saga patterns/sagas/ --dry-run
  hornbook mv saga long-transactions --alias --show-mentions --yes
  hornbook mv reading lists/reading-2026 --yes --diff")]
pub(crate) struct Args {
    /// A note: its path, its name, its title; also another file, or a folder
    #[arg(value_name = "OLD", add = ArgValueCompleter::new(complete::notes))]
    old: String,

    /// A name (in the same folder), a path, or a folder; with / at its end the folder need not exist
    #[arg(value_name = "NEW", value_hint = clap::ValueHint::AnyPath)]
    new: String,

    #[command(flatten)]
    also: Also,

    #[command(flatten)]
    writing: Writing,
}

/// Options of a new name.
#[derive(Debug, clap::Args)]
pub(crate) struct Also {
    /// Keep a note's old name as an alias: links by the name alone stay as they are
    #[arg(long)]
    alias: bool,

    /// Also list the places that name it and are not links (code, comments, escaped brackets): they stay as they are
    #[arg(long)]
    show_mentions: bool,
}

/// Options of changes after which links are updated.
#[derive(Debug, clap::Args)]
pub(crate) struct Writing {
    /// Show the changes as a diff too
    #[arg(long)]
    diff: bool,

    /// Do not ask
    #[arg(short, long)]
    yes: bool,

    #[command(flatten)]
    changing: Changing,
}

pub(crate) fn run(args: &Args, context: &mut Context) -> Outcome {
    rename((&args.old, &args.new), &args.also, &args.writing, context)
}

/// Renames or moves a note, a file or a folder.
pub(crate) fn rename((old, new): (&str, &str), also: &Also, how: &Writing, context: &mut Context) -> Outcome {
    let mut session = context.session()?;
    let from = match (context.note_name(&session, old.trim_end_matches('/')), old.ends_with('/')) {
        (NoteName::Path(folder), true) => NoteName::Name(format!("{folder}/")),
        (_, true) => NoteName::from(old),
        (name, false) => name,
    };
    let (to, here) = context.new_place(session.notebook(), new);
    let mentions = if also.show_mentions { Some(session.left_alone(&from)?) } else { None };
    let change = Change::Move { from, to, here, alias: also.alias };
    carry_out_with(context, &mut session, &change, &format!("mv {old} {new}"), mentions, how)
}

/// Plans a change that links follow, asks if several notes change, and carries it out.
pub(crate) fn carry_out(
    context: &mut Context,
    session: &mut Session,
    change: &Change,
    command: &str,
    how: &Writing,
) -> Outcome {
    carry_out_with(context, session, change, command, None, how)
}

/// The same, with lines to show that stay as they are.
fn carry_out_with(
    context: &mut Context,
    session: &mut Session,
    change: &Change,
    command: &str,
    mentions: Option<Vec<NoteMentions>>,
    how: &Writing,
) -> Outcome {
    let plan = session.plan(change)?;
    let receipt = session.preview(plan.clone())?;
    let is_plain = how.changing.output.is_text() && !how.changing.dry_run;
    if is_plain && how.diff {
        change::show_diff(context, &receipt.files);
    }
    let changed = receipt.files.iter().filter(|file| !file.splices.is_empty()).count();
    if changed > 1 && !how.yes && !how.changing.dry_run {
        if !how.changing.output.is_text() || !context.ui.can_ask() {
            return Err(Failure::new(format!("{changed} notes would change, and there is no terminal to ask at"))
                .hint("--yes changes them, --dry-run only shows it"));
        }
        change::show_steps(context, session, &plan.steps, &receipt);
        context.ui.finish()?;
        if !context.ui.ask(&format!("Change {changed} notes?"))? {
            context.ui.say("nothing was written (--yes does not ask)");
            return Ok(Exit::Negative);
        }
    }
    change::carry_out_plan(context, session, plan, command, mentions, &how.changing)?;
    Ok(Exit::Answered)
}

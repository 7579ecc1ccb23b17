//! `hornbook undo [N]`

use crate::cli::change;
use crate::cli::change::Changing;
use crate::cli::context::Context;
use crate::cli::error::Exit;
use crate::cli::error::Outcome;
use crate::disk::UndoError;
use crate::model::NotePath;
use crate::session::Error;
use crate::session::Receipt;
use crate::view::Paths as _;
use crate::view::words;

/// Writes: undoes the last change, or a named one
///
/// Refused if the same place was changed since. An undo is itself a change: undoing its number is a redo.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook undo
  hornbook undo --list
  hornbook undo 2 --dry-run")]
pub(crate) struct Args {
    /// Which change [default: the last one that is not undone]
    number: Option<u64>,

    /// Show the changes that can be undone, and change nothing
    #[arg(short, long)]
    list: bool,

    #[command(flatten)]
    how: Changing,
}

pub(crate) fn run(args: &Args, context: &mut Context) -> Outcome {
    let mut session = context.quiet_session()?;
    if args.list {
        let changes = session.changes()?;
        return context.answer(&session, &changes, &args.how.output);
    }
    let undone = match session.undo(args.number, args.how.dry_run) {
        Err(Error::Undo(UndoError::Nothing)) => {
            context.ui.say("there is nothing to undo");
            return Ok(Exit::Negative);
        }
        undone => undone?,
    };
    let paths = context.paths(session.notebook());
    let receipt = Receipt { undo: undone.number, files: undone.files };
    change::show_files(context, &receipt, None, &args.how, &paths)?;
    if args.how.output.is_text() && !args.how.dry_run {
        let files: Vec<String> = receipt.files.iter().map(|file| paths.shown(&file.path)).collect();
        let line =
            format!("undid change {} ({}): {}", undone.change.number, undone.change.command, words::list(&files));
        let notes: Vec<(&NotePath, Option<usize>)> = receipt.files.iter().map(|file| (&file.path, None)).collect();
        change::show_line(context, change::linked(&line, &notes, &paths), &paths);
    }
    for path in &undone.never_changed {
        context.ui.say(&format!("the change was never written to {path}"));
    }
    Ok(Exit::Answered)
}

//! `hornbook undo [N]`

use crate::cli::change;
use crate::cli::change::Changing;
use crate::cli::context::Context;
use crate::cli::error::Exit;
use crate::cli::error::Failure;
use crate::cli::error::Outcome;
use crate::disk::commit::Writer;
use crate::disk::log::Log;
use crate::disk::undo;
use crate::disk::undo::UndoError;
use crate::view::screen::Role;
use crate::view::screen::cell;
use crate::view::screen::plain;
use crate::view::words;

/// Writes: takes the last change back, or a named one
///
/// Refused when the same place was changed since. An undo is itself a change: undoing its number does it again.
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
    let notebook = context.notebook()?;
    let state = context.state_folder();
    if args.list {
        let log = Log::new(&state, &notebook);
        let changes = log.list().map_err(|error| Failure::new(format!("{}: {error}", log.path().display())))?;
        for change in changes.iter().rev() {
            let undone = changes.iter().find(|other| other.undoes == Some(change.number));
            let remark = undone.map(|by| format!("  undone by {}", by.number)).unwrap_or_default();
            context.ui.line(&vec![
                cell(format!("{:>4}", change.number), Role::Id),
                cell(format!("  {}  ", change.time), Role::Date),
                plain(format!("{}  ", change.words)),
                cell(format!("{}{remark}", words::count(change.files.len(), "file")), Role::Muted),
            ]);
        }
        return Ok(Exit::found(!changes.is_empty()));
    }
    let now = context.now();
    let words = args.number.map_or_else(|| "undo".to_owned(), |number| format!("undo {number}"));
    let writer = Writer { notebook: &notebook, state: &state, now: &now, words: &words, dry_run: args.how.dry_run };
    let undone = match undo(&writer, args.number) {
        Ok(undone) => undone,
        Err(UndoError::Nothing) => {
            context.ui.say("there is nothing to undo");
            return Ok(Exit::Negative);
        }
        Err(error @ (UndoError::Unknown(_) | UndoError::Already { .. })) => {
            return Err(Failure::from(error).hint("`hornbook undo --list` shows the changes"));
        }
        Err(error) => return Err(error.into()),
    };
    change::show(context, &notebook, &undone.files, undone.number, &args.how)?;
    if args.how.output.is_text() && !args.how.dry_run {
        let files: Vec<String> = undone.files.iter().map(|file| context.shown(&notebook, &file.path)).collect();
        let line =
            format!("took back change {} ({}): {}", undone.change.number, undone.change.words, words::list(&files));
        context.ui.line(&vec![plain(line)]);
    }
    for path in &undone.never_changed {
        context.ui.say(&format!("{path} never had the change"));
    }
    Ok(Exit::Answered)
}

//! `hornbook index [status|rebuild|path|clean]`

use clap::Subcommand;

use crate::cli::context::Context;
use crate::cli::error::Exit;
use crate::cli::error::Outcome;
use crate::cli::output::Output;
use crate::view::screen::plain;
use crate::view::words;

/// Show or manage the index, which follows the notes by itself
///
/// The index is in your cache folder and is disposable: deleting it changes no answer, only the time of the next one,
/// and the short ids of items whose words were edited.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook index
  hornbook index rebuild")]
pub(crate) struct Args {
    #[command(subcommand)]
    action: Option<Action>,
}

#[derive(Debug, Clone, Copy, Subcommand)]
enum Action {
    /// What is indexed, and what is left out and why
    #[command(after_help = "Examples:
  hornbook index status")]
    Status,
    /// Rebuild it
    #[command(after_help = "Examples:
  hornbook index rebuild")]
    Rebuild,
    /// Print its folder
    #[command(after_help = "Examples:
  hornbook index path")]
    Path,
    /// Delete it
    #[command(after_help = "Examples:
  hornbook index clean")]
    Clean,
}

pub(crate) fn run(args: &Args, context: &mut Context) -> Outcome {
    match args.action.unwrap_or(Action::Status) {
        Action::Status => {
            let session = context.session()?;
            let report = session.status()?;
            context.answer(&session, &report, &Output::default())
        }
        Action::Rebuild => {
            let mut session = context.quiet_session()?;
            session.rebuild()?;
            context.warn_of_unreadable(&session)?;
            context.ui.line(&vec![plain(format!("{} indexed", words::count(session.note_count()?, "note")))]);
            Ok(Exit::Answered)
        }
        Action::Path => {
            let folder = context.quiet_session()?.cache_folder();
            context.ui.line(&vec![plain(folder.to_string_lossy())]);
            Ok(Exit::Answered)
        }
        Action::Clean => {
            context.quiet_session()?.delete_index()?;
            context.ui.say("the index is deleted; the next command builds it again");
            Ok(Exit::Answered)
        }
    }
}

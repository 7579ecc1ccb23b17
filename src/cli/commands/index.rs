//! `hornbook index [status|rebuild|path|clean]`

use clap::Subcommand;

use crate::cli::context::Context;
use crate::cli::error::Exit;
use crate::cli::error::Failure;
use crate::cli::error::Outcome;
use crate::disk;
use crate::disk::Notebook;
use crate::disk::WalkOptions;
use crate::view::screen::Role;
use crate::view::screen::cell;
use crate::view::screen::plain;
use crate::view::words;

/// Show the index, or look after it: it follows the notes by itself
///
/// The index lies in your cache folder and is disposable: deleting it changes no answer, only the time of the next one,
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
    /// Build it anew
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
    let notebook = context.notebook()?;
    match args.action.unwrap_or(Action::Status) {
        Action::Status => status(context, &notebook),
        Action::Rebuild => context.rebuilt_library(&notebook, |context, library| {
            context.ui.line(&vec![plain(format!("{} indexed", words::count(library.len(), "note")))]);
            Ok(Exit::Answered)
        }),
        Action::Path => {
            let folder = context.cache_folder(&notebook);
            context.ui.line(&vec![plain(folder.to_string_lossy())]);
            Ok(Exit::Answered)
        }
        Action::Clean => {
            let folder = context.cache_folder(&notebook);
            match std::fs::remove_dir_all(&folder) {
                Ok(()) => {}
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                Err(error) => return Err(Failure::new(format!("{}: {error}", folder.display()))),
            }
            context.ui.say("the index is deleted; the next command builds it again");
            Ok(Exit::Answered)
        }
    }
}

fn status(context: &mut Context, notebook: &Notebook) -> Outcome {
    let walk = disk::walk(notebook, WalkOptions { left_out: true, ..WalkOptions::default() })?;
    let folder = context.cache_folder(notebook);
    context.library(notebook, |context, library| {
        let size = crate::index::size(&folder);
        let mut fact = |name: &str, value: String| {
            context.ui.line(&vec![cell(format!("{name:<10}"), Role::Muted), plain(value)]);
        };
        fact("notes in", notebook.root.to_string_lossy().into_owned());
        if let Some(path) = &notebook.settings_path {
            fact("settings", path.to_string_lossy().into_owned());
        }
        fact("index in", folder.to_string_lossy().into_owned());
        fact("notes", words::thousands(library.len()));
        fact(
            "size",
            if size < 1_000_000 { format!("{} kB", size / 1000) } else { format!("{:.1} MB", size as f64 / 1e6) },
        );
        let unreadable = &library.stats().unreadable;
        let reasons = walk
            .skipped
            .iter()
            .chain(&walk.left_out)
            .map(|skipped| (skipped.path.to_string(), skipped.why.clone()))
            .chain(unreadable.iter().map(|(path, why)| (path.to_string(), why.clone())));
        let mut left_out: Vec<(String, String)> = reasons.collect();
        left_out.sort();
        if !left_out.is_empty() {
            context.ui.line(&vec![plain("")]);
            context.ui.line(&vec![cell("left out", Role::Title)]);
            let widest = left_out.iter().map(|(path, _)| crate::view::screen::width(path)).max().unwrap_or(0).min(48);
            for (path, why) in left_out {
                let padding = " ".repeat(widest.saturating_sub(crate::view::screen::width(&path)) + 2);
                context.ui.line(&vec![plain("  "), cell(path, Role::Path), plain(padding), cell(why, Role::Muted)]);
            }
        }
        Ok(Exit::Answered)
    })
}

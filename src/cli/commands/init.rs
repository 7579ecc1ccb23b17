//! `hornbook init`

use std::path::PathBuf;

use crate::cli::context::Context;
use crate::cli::error::Exit;
use crate::cli::error::Failure;
use crate::cli::error::Outcome;
use crate::cli::global::path;
use crate::disk;
use crate::view::screen::plain;

/// Writes: a commented book.toml, never over an existing one
///
/// It is optional: any folder with Markdown is a notebook. It marks the top folder of the notebook, and holds its settings.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook init
  hornbook init ~/notes")]
pub(crate) struct Args {
    /// Where to put it; a missing folder is created [default: this folder]
    #[arg(value_parser = path)]
    folder: Option<PathBuf>,
}

pub(crate) fn run(args: &Args, context: &mut Context) -> Outcome {
    let folder = args.folder.as_ref().map_or_else(|| context.cwd.clone(), |folder| context.cwd.join(folder));
    match disk::init(&folder) {
        Ok(path) => {
            let shown = crate::cli::here::relative(&path, &context.here);
            context.ui.line(&vec![plain(format!("wrote {}", shown.display()))]);
            Ok(Exit::Answered)
        }
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            Err(Failure::new(format!("{} already has a book.toml: nothing was written", folder.display())))
        }
        Err(error) => Err(Failure::new(format!("{}: book.toml cannot be written: {error}", folder.display()))),
    }
}

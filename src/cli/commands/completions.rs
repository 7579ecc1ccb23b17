//! `hornbook completions SHELL`

use clap::builder::PossibleValuesParser;

use crate::cli::bash::SHELLS;
use crate::cli::context::Context;
use crate::cli::error::Exit;
use crate::cli::error::Failure;
use crate::cli::error::Outcome;
use crate::cli::global::COMPLETE;

/// Print the script that lets a shell complete commands, notes, tags, headings and ids
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook completions bash > ~/.local/share/bash-completion/completions/hornbook
  hornbook completions zsh > ~/.zfunc/_hornbook
  hornbook completions fish > ~/.config/fish/completions/hornbook.fish
Write it again after an update.")]
pub(crate) struct Args {
    /// The shell
    #[arg(value_parser = PossibleValuesParser::new(["bash", "elvish", "fish", "powershell", "zsh"]))]
    shell: String,
}

pub(crate) fn run(args: &Args, context: &mut Context) -> Outcome {
    let unknown = || Failure::new(format!("no completions for the shell `{}`", args.shell));
    let shell = SHELLS.completer(&args.shell).ok_or_else(unknown)?;
    shell.write_registration(COMPLETE, "hornbook", "hornbook", "hornbook", context.ui.raw())?;
    Ok(Exit::Answered)
}

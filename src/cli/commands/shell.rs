//! `hornbook completions SHELL` and `hornbook man`

use clap::CommandFactory as _;
use clap_complete::Shell;

use crate::cli::Cli;
use crate::cli::context::Context;
use crate::cli::error::Exit;
use crate::cli::error::Failure;
use crate::cli::error::Outcome;

/// Print the completions for a shell
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook completions bash > ~/.local/share/bash-completion/completions/hornbook
  hornbook completions zsh > ~/.zfunc/_hornbook
  hornbook completions fish > ~/.config/fish/completions/hornbook.fish")]
pub(crate) struct CompletionsArgs {
    /// The shell
    shell: Shell,
}

/// Print the manual page of the program, or of a command
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  hornbook man > ~/.local/share/man/man1/hornbook.1")]
pub(crate) struct ManArgs {
    /// The command
    command: Option<String>,
}

pub(crate) fn completions(args: &CompletionsArgs, context: &mut Context) -> Outcome {
    let mut command = Cli::command();
    clap_complete::generate(args.shell, &mut command, "hornbook", context.ui.raw());
    Ok(Exit::Answered)
}

pub(crate) fn man(args: &ManArgs, context: &mut Context) -> Outcome {
    let mut program = Cli::command();
    program.build();
    let command = match &args.command {
        None => program,
        Some(name) => {
            let found = program.find_subcommand(name).cloned();
            let found = found.ok_or_else(|| Failure::new(format!("there is no command `{name}`")))?;
            found.display_name(format!("hornbook-{name}"))
        }
    };
    clap_mangen::Man::new(command).render(context.ui.raw())?;
    Ok(Exit::Answered)
}

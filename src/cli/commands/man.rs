//! `hornbook man [COMMAND]`

use clap::CommandFactory as _;
use clap_mangen::Man;

use crate::cli::context::Context;
use crate::cli::error::Exit;
use crate::cli::error::Failure;
use crate::cli::error::Outcome;
use crate::cli::program::Cli;
use crate::model::words::nearest;

/// Print the manual page of the program, or of a command
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook man | man -l -
  hornbook man > ~/.local/share/man/man1/hornbook.1")]
pub(crate) struct Args {
    /// A command, as it is typed [default: the whole program]
    command: Vec<String>,
}

pub(crate) fn run(args: &Args, context: &mut Context) -> Outcome {
    let mut command = Cli::command();
    command.build();
    for word in &args.command {
        let Some(next) = command.find_subcommand(word) else {
            let failure = Failure::new(format!("there is no command `{}`", args.command.join(" ")));
            let near = nearest(word, command.get_subcommands().map(clap::Command::get_name));
            return Err(match near {
                Some(near) => failure.hint(format!("did you mean `{near}`?")),
                None => failure,
            });
        };
        command = next.clone();
    }
    Man::new(command).render(context.ui.raw())?;
    Ok(Exit::Answered)
}

//! Arguments, screen, clock, exit code. One command per file.

mod arguments;
mod bash;
mod candidates;
mod change;
mod commands;
mod complete;
mod context;
mod editor;
mod error;
mod field_names;
mod foreign_options;
mod global;
mod here;
mod note_filter;
mod output;
mod overview;
mod pager;
mod period;
mod picker;
mod program;
mod typed;
mod ui;

use std::env;
use std::process::ExitCode;

use clap::CommandFactory as _;
use clap_complete::CompleteEnv;

use crate::cli::arguments::ParseFailure;
use crate::cli::bash::SHELLS;
use crate::cli::context::Context;
use crate::cli::error::Exit;
use crate::cli::error::Failure;
use crate::cli::global::COMPLETE;
use crate::cli::program::Cli;

/// The command line with its help, for tests and packagers.
#[must_use]
pub fn command() -> clap::Command {
    Cli::command()
}

/// Runs the program with the arguments of this process.
#[must_use]
pub fn main() -> ExitCode {
    match CompleteEnv::with_factory(Cli::command).var(COMPLETE).shells(SHELLS).try_complete(env::args_os(), None) {
        Ok(true) => return ExitCode::SUCCESS,
        Ok(false) => {}
        Err(error) => {
            let _ignored = error.print();
            return ExitCode::from(2);
        }
    }
    let cli = match arguments::parse(env::args_os().collect()) {
        Ok(cli) => cli,
        Err(ParseFailure::Clap(error)) => {
            // clap prints help to stdout and errors to stderr; a closed pipe is not an error
            let _ignored = error.print();
            return if error.use_stderr() { ExitCode::from(2) } else { ExitCode::SUCCESS };
        }
        Err(ParseFailure::Nothing(help)) => {
            ui::Ui::new(context::plain_terminal()).usage(&help);
            return ExitCode::from(2);
        }
        Err(ParseFailure::Ours(failure)) => {
            ui::Ui::new(context::plain_terminal()).fail(&failure);
            return ExitCode::from(2);
        }
    };
    let mut context = match Context::new(&cli.global) {
        Ok(context) => context,
        Err(failure) => {
            ui::Ui::new(context::plain_terminal()).fail(&failure);
            return ExitCode::from(2);
        }
    };
    let outcome = cli.command.run(&mut context);
    let finished = context.ui.finish();
    let outcome = outcome.and_then(|exit| {
        finished.map(|()| exit).map_err(|error| Failure::new(format!("the answer cannot be written: {error}")))
    });
    match outcome {
        Ok(Exit::Answered) => ExitCode::SUCCESS,
        Ok(Exit::Negative) => ExitCode::from(1),
        Err(failure) => {
            let failure = match (&failure.cause, context.notebook()) {
                (Some(_), Ok(notebook)) => failure.in_words(&context.paths(&notebook)),
                _ => failure,
            };
            context.ui.fail(&failure);
            ExitCode::from(2)
        }
    }
}

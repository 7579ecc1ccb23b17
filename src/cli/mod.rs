//! Floor 8: arguments, screen, clock, exit code. One command a file.

mod arguments;
mod change;
mod commands;
mod complete;
mod context;
mod editor;
mod error;
mod habits;
mod here;
mod note_filter;
mod output;
mod overview;
mod pager;
mod ui;

use std::env;
use std::path::PathBuf;
use std::process::ExitCode;

use chrono::NaiveDate;
use clap::Args;
use clap::CommandFactory as _;
use clap::Parser;
use clap_complete::CompleteEnv;

use crate::cli::arguments::Misread;
use crate::cli::commands::Command;
use crate::cli::context::Context;
use crate::cli::error::Exit;
use crate::cli::error::Failure;
use crate::cli::ui::Color;
use crate::model::NotePath;

/// A notebook of plain Markdown that answers: search, to-dos, dates, links, a site
#[derive(Debug, Parser)]
#[command(name = "hornbook", version, max_term_width = 100, propagate_version = true, disable_help_subcommand = true)]
#[command(
    after_help = "Run it in any folder of Markdown: nothing is set up, nothing is written outside your cache and state folders.

Examples:
  hornbook search dead letter
  hornbook todo 'due:<=+7d'
  hornbook list --linked-by saga
  hornbook edit saga"
)]
struct Cli {
    #[command(flatten)]
    global: Global,

    #[command(subcommand)]
    command: Command,
}

/// What every command takes.
#[derive(Debug, Clone, Default, Args)]
struct Global {
    /// The notebook: a folder of Markdown [default: `HORNBOOK_DIR`, else the nearest folder upward with a book.toml or
    /// another marker, else this folder]
    #[arg(
        short = 'N',
        long,
        global = true,
        value_name = "DIR",
        value_parser = path,
        alias = "notebook-dir",
        help_heading = "Global options"
    )]
    notebook: Option<PathBuf>,

    /// The day that counts as today
    #[arg(
        long,
        global = true,
        value_name = "DATE",
        env = "HORNBOOK_TODAY",
        value_parser = day,
        hide_env_values = true,
        help_heading = "Global options"
    )]
    today: Option<NaiveDate>,

    /// When to colour
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", help_heading = "Global options")]
    color: Color,

    /// Answer from the index as it is, without looking for changes first
    #[arg(long, global = true, help_heading = "Global options")]
    no_sync: bool,

    /// Never page long answers
    #[arg(short = 'P', long, global = true, help_heading = "Global options")]
    no_pager: bool,

    /// Say nothing beside the answer
    #[arg(short, long, global = true, help_heading = "Global options")]
    quiet: bool,
}

/// Reads the day of `--today`: natural dates would need another day to count from.
fn day(written: &str) -> Result<NaiveDate, String> {
    written.parse().map_err(|_| "a day is written as 2026-12-01".to_owned())
}

/// Reads a path of the file system, which may be bytes that are not UTF-8.
fn path(written: &str) -> Result<PathBuf, String> {
    if written.is_empty() { Err("a path is missing".to_owned()) } else { Ok(from_words(written)) }
}

/// The path that words of the command line name: see [`arguments::parse`].
pub(crate) fn from_words(written: &str) -> PathBuf {
    PathBuf::from(NotePath::from_escaped(written).to_os())
}

/// The variable by which a shell asks for completions.
pub(crate) const COMPLETE: &str = "HORNBOOK_COMPLETE";

/// The commands with their help: what tests and packagers walk through.
#[must_use]
pub fn command() -> clap::Command {
    Cli::command()
}

/// Runs the program with the arguments of this process.
#[must_use]
pub fn main() -> ExitCode {
    match CompleteEnv::with_factory(Cli::command).var(COMPLETE).try_complete(env::args_os(), None) {
        Ok(true) => return ExitCode::SUCCESS,
        Ok(false) => {}
        Err(error) => {
            let _ignored = error.print();
            return ExitCode::from(2);
        }
    }
    let cli = match arguments::parse(env::args_os().collect()) {
        Ok(cli) => cli,
        Err(Misread::Clap(error)) => {
            // clap prints help to stdout and mistakes to stderr; a closed pipe is nobody's fault
            let _ignored = error.print();
            return if error.use_stderr() { ExitCode::from(2) } else { ExitCode::SUCCESS };
        }
        Err(Misread::Nothing(help)) => {
            ui::Ui::new(context::plain_terminal()).usage(&help);
            return ExitCode::from(2);
        }
        Err(Misread::Ours(failure)) => {
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

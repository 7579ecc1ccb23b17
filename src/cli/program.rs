//! The whole command line: the options of every command, and the commands.

use clap::Parser;

use crate::cli::commands::Command;
use crate::cli::global::Global;

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
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) global: Global,

    #[command(subcommand)]
    pub(crate) command: Command,
}

//! `hornbook report 1on1`

mod one_on_one;

use crate::cli::context::Context;
use crate::cli::error::Outcome;

/// Put what your notes say together on a page
#[derive(Debug, clap::Args)]
#[command(arg_required_else_help = true)]
#[command(after_help = "Examples:
  hornbook report 1on1 one-to-one-with-ida")]
pub(crate) struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    #[command(name = "1on1", aliases = ["1:1", "one-on-one", "one-to-one"])]
    OneOnOne(one_on_one::Args),
}

pub(crate) fn run(args: &Args, context: &mut Context) -> Outcome {
    match &args.action {
        Action::OneOnOne(args) => one_on_one::run(args, context),
    }
}

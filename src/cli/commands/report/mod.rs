//! `hornbook report`: pages to paste into a review. One file per page.

mod one_on_one;
mod period;

use crate::cli::context::Context;
use crate::cli::error::Outcome;
use crate::model::calendar::Unit;

/// Put a week, month, quarter or year on one page, or what the next one-to-one needs
#[derive(Debug, clap::Args)]
#[command(arg_required_else_help = true)]
#[command(after_help = "Examples:
  hornbook report week
  hornbook report month last-month --format md
  hornbook report year path:journal --format json
  hornbook report 1on1 one-to-one-with-ida")]
pub(crate) struct Args {
    #[command(subcommand)]
    page: Page,
}

#[derive(Debug, clap::Subcommand)]
enum Page {
    /// Put a week on one page, this one unless you name another
    #[command(after_help = "Examples:
  hornbook report week
  hornbook report week last-week --format md
  hornbook report week --since last-week
  hornbook report week 2026-11-09 -n 3")]
    Week(period::Args),
    /// Put a month on one page, this one unless you name another
    #[command(after_help = "Examples:
  hornbook report month
  hornbook report month 2026-10 --format md
  hornbook report month --since 2026-11-10 path:journal")]
    Month(period::Args),
    /// Put a quarter on one page, this one unless you name another
    #[command(after_help = "Examples:
  hornbook report quarter
  hornbook report quarter last-quarter --format json")]
    Quarter(period::Args),
    /// Put a year on one page, this one unless you name another
    #[command(after_help = "Examples:
  hornbook report year
  hornbook report year 2025 --format md")]
    Year(period::Args),
    #[command(name = "1on1", aliases = ["1:1", "one-on-one", "one-to-one"])]
    OneOnOne(one_on_one::Args),
}

pub(crate) fn run(args: &Args, context: &mut Context) -> Outcome {
    match &args.page {
        Page::Week(args) => period::run(Unit::Week, args, context),
        Page::Month(args) => period::run(Unit::Month, args, context),
        Page::Quarter(args) => period::run(Unit::Quarter, args, context),
        Page::Year(args) => period::run(Unit::Year, args, context),
        Page::OneOnOne(args) => one_on_one::run(args, context),
    }
}

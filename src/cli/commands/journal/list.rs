//! `hornbook journal [QUERY]`: the entries, newest first; a year of activity.

use clap_complete::engine::ArgValueCompleter;

use crate::cli::commands::journal::on;
use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::error::Outcome;
use crate::cli::output::Output;
use crate::cli::period::Period;
use crate::model::calendar;
use crate::model::calendar::Lean;
use crate::session::JournalRequest;

/// How many days are listed by default.
const DAYS: usize = 20;

#[derive(Debug, clap::Args)]
pub(super) struct ListArgs {
    /// Which entries: a day such as yesterday, words, fields such as #tag; see `hornbook help query`
    #[arg(add = ArgValueCompleter::new(complete::query))]
    query: Vec<String>,

    /// At most this many days [default: 20, or all days of a named period]
    #[arg(short = 'n', long, value_name = "DAYS")]
    limit: Option<usize>,

    /// Every day
    #[arg(short, long, conflicts_with = "limit")]
    all: bool,

    /// Also show how each date is known
    #[arg(long)]
    why: bool,

    /// Show a year of activity, by words a day
    #[arg(long, conflicts_with_all = ["all", "limit", "why"])]
    heat: bool,

    #[command(flatten)]
    period: Period,

    #[command(flatten)]
    output: Output,
}

pub(super) fn run(args: &ListArgs, context: &mut Context) -> Outcome {
    let range = args.period.range(context)?;
    // a single date is a day, not a search word: `journal yesterday`
    let words = args.query.join(" ");
    let may_be_a_day = range.is_none() && !args.heat && !words.is_empty() && !words.chars().all(char::is_numeric);
    if may_be_a_day && let Ok(day) = calendar::parse_when_leaning(&words, context.today, Lean::Behind) {
        return on::show(day, args.why, &args.output, context);
    }
    let session = context.session()?;
    let query = context.query(&session, &args.query)?;
    if args.heat {
        let report = session.activity(&query, range)?;
        return context.answer(&session, &report, &args.output);
    }
    let most_days = match (args.all, args.limit) {
        (true, _) => usize::MAX,
        (_, Some(limit)) => limit,
        (_, None) if range.is_some() => usize::MAX,
        (_, None) => DAYS,
    };
    let mut report = session.journal(&JournalRequest { query, range, most_days })?;
    report.with_reasons = args.why;
    context.answer(&session, &report, &args.output)
}

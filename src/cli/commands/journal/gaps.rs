//! `hornbook journal gaps`: working days without an entry.

use chrono::Months;
use clap_complete::engine::ArgValueCompleter;

use crate::cli::commands::journal::Period;
use crate::cli::commands::journal::with_entries;
use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::error::Exit;
use crate::cli::error::Outcome;
use crate::cli::output::Output;
use crate::report::journal;
use crate::view::format::Row;
use crate::view::screen::Role;
use crate::view::screen::cell;
use crate::view::screen::plain;
use crate::view::words;

/// Show the working days without an entry, newest first
///
/// Monday to Friday, from the first entry (a year back at most, unless --since says otherwise) up to yesterday.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook journal gaps --month
  hornbook journal gaps --since 2026-11-02 path:journal")]
pub(super) struct Args {
    /// Which entries count: words, fields such as path:journal; see `hornbook help query`
    #[arg(add = ArgValueCompleter::new(complete::query))]
    query: Vec<String>,

    #[command(flatten)]
    period: Period,

    #[command(flatten)]
    output: Output,
}

pub(super) fn run(args: &Args, context: &mut Context) -> Outcome {
    let today = context.today;
    let range = args.period.range(today)?.unwrap_or(crate::model::calendar::DateRange { start: None, end: None });
    with_entries(context, &args.query, |context, _, rows| {
        let days = journal::by_day(rows);
        let year_ago = today.checked_sub_months(Months::new(12));
        let first = days.keys().next().copied().map(|first| Some(first).max(range.start.or(year_ago)).unwrap_or(first));
        // today is not over
        let last = today.pred_opt().map(|yesterday| range.end.map_or(yesterday, |end| end.min(yesterday)));
        let gaps = match (first, last) {
            (Some(first), Some(last)) => journal::gaps(&days, first, last),
            _ => Vec::new(),
        };
        if args.output.is_text() {
            for gap in &gaps {
                let until = if gap.start == gap.end { " ".repeat(18) } else { format!(" to {}", words::day(gap.end)) };
                context.ui.line(&vec![
                    cell(format!("{}{until}", words::day(gap.start)), Role::Date),
                    plain(format!("   {}", words::count(gap.days, "working day"))),
                ]);
            }
            let total: usize = gaps.iter().map(|gap| gap.days).sum();
            match (first, days.is_empty()) {
                (Some(first), false) => {
                    context.ui.say(&format!("{} without an entry since {first}", words::count(total, "working day")));
                }
                _ => context.ui.say("there are no entries"),
            }
        } else {
            let rows: Vec<Row> =
                gaps.iter().map(|gap| Row { json: gap.json(), path: String::new(), text: String::new() }).collect();
            args.output.rows(context, &rows)?;
        }
        Ok(Exit::found(!gaps.is_empty()))
    })
}

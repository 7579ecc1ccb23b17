//! `hornbook report week|month|quarter|year`

use clap_complete::engine::ArgValueCompleter;

use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::error::Failure;
use crate::cli::error::Outcome;
use crate::cli::error::no_date;
use crate::cli::output::Output;
use crate::cli::period::Between;
use crate::model::calendar;
use crate::model::calendar::DateRange;
use crate::model::calendar::Lean;
use crate::model::calendar::Unit;
use crate::report::period::Period;
use crate::session::ReportRequest;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A day in it, such as last-week or 2026-11-02; or which notes: words, fields such as path:journal; see `hornbook help query`
    #[arg(add = ArgValueCompleter::new(complete::query))]
    query: Vec<String>,

    #[command(flatten)]
    between: Between,

    /// At most this many items of each part; JSON has all
    #[arg(short = 'n', long, value_name = "COUNT", default_value_t = 10)]
    limit: usize,

    #[command(flatten)]
    output: Output,
}

pub(super) fn run(unit: Unit, args: &Args, context: &mut Context) -> Outcome {
    // a single date selects the week, and is not a search word
    let words = args.query.join(" ");
    let named = match calendar::parse_when_leaning(&words, context.today, Lean::Behind) {
        Ok(named) => Some(named).filter(|_| !words.is_empty()),
        Err(error) if calendar::is_spoilt_date(&words) => {
            return Err(no_date(error).hint(format!("to search for it: '\"{words}\"'")));
        }
        Err(_) => None,
    };
    let period = period(unit, named, &words, args.between.range(context)?, context)?;
    let query_words: &[String] = if named.is_some() { &[] } else { &args.query };
    let session = context.session()?;
    let query = context.query(&session, query_words)?;
    let words: Vec<String> = query_words.iter().map(|word| shell_words::quote(word).into_owned()).collect();
    let request = ReportRequest { period, query, words: words.join(" "), limit: args.limit };
    let report = session.report(&request)?;
    context.answer(&session, &report, &args.output)
}

/// The period around the named day, else today; `between` moves its ends.
fn period(
    unit: Unit,
    named: Option<DateRange>,
    written: &str,
    between: Option<DateRange>,
    context: &Context,
) -> Result<Period, Failure> {
    let none = DateRange { start: None, end: None };
    let between = between.unwrap_or(none);
    // with only an end, the period is the one around that end
    let day = named.and_then(|named| named.start.or(named.end)).or(between.end).unwrap_or(context.today);
    let whole = Period::of(unit, day).ok_or_else(|| Failure::new(format!("{day} is beyond the calendar")))?;
    if let Some(named) = named
        && (named.start < Some(whole.start) || named.end.is_none_or(|end| end > whole.end))
    {
        let failure = Failure::new(format!("`{written}` is longer than one {}", name(unit)));
        let hint = match (named.start, named.end) {
            (Some(start), Some(end)) => format!("for these days: --since {start} --until {end}"),
            _ => "name a day of it".to_owned(),
        };
        return Err(failure.hint(hint));
    }
    let (start, end) = (between.start.unwrap_or(whole.start), between.end.unwrap_or(whole.end));
    if end < start {
        let failure = Failure::new(format!("the {} ends on {end}, before {start}", name(unit)));
        return Err(failure.hint("--until says when to end"));
    }
    Ok(Period { unit, start, end })
}

const fn name(unit: Unit) -> &'static str {
    match unit {
        Unit::Day => "day",
        Unit::Week => "week",
        Unit::Month => "month",
        Unit::Quarter => "quarter",
        Unit::Year => "year",
    }
}

//! Periods: `--since` and `--until`, and the current week or month.

use chrono::NaiveDate;

use crate::cli::context::Context;
use crate::cli::error::Failure;
use crate::cli::error::no_date;
use crate::model::calendar;
use crate::model::calendar::DateRange;
use crate::model::calendar::Lean;
use crate::model::calendar::Unit;

/// The days from `--since` to `--until`.
#[derive(Debug, Clone, Default, clap::Args)]
pub(crate) struct Between {
    /// Only from this day on: 2026-11-02, monday, last-week, 2-weeks-ago …
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    since: Option<String>,

    /// Only up to this day
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    until: Option<String>,
}

/// A period.
#[derive(Debug, Clone, Default, clap::Args)]
pub(crate) struct Period {
    /// Only this week, from Monday
    #[arg(long, conflicts_with_all = ["month", "since", "until"])]
    week: bool,

    /// Only this month
    #[arg(long, conflicts_with_all = ["since", "until"])]
    month: bool,

    #[command(flatten)]
    between: Between,
}

impl Between {
    /// The period; `None` if there is none.
    pub(crate) fn range(&self, context: &Context) -> Result<Option<DateRange>, Failure> {
        if self.since.is_none() && self.until.is_none() {
            return Ok(None);
        }
        let since = self.since.as_deref().map(|written| context.day(written).map_err(|wrong| wrong.at("--since")));
        let until = self.until.as_deref().map(|written| date(written, "--until", context.today));
        let (start, end) = (since.transpose()?, until.transpose()?.and_then(|range| range.end));
        if let (Some(start), Some(end)) = (start, end)
            && end < start
        {
            return Err(Failure::new(format!("--until {end} is before --since {start}")));
        }
        Ok(Some(DateRange { start, end }))
    }
}

impl Period {
    /// The period; `None` if there is none.
    pub(crate) fn range(&self, context: &Context) -> Result<Option<DateRange>, Failure> {
        if self.week || self.month {
            return Ok(if self.week { Unit::Week } else { Unit::Month }.period(context.today));
        }
        self.between.range(context)
    }
}

/// Parses a natural date; ambiguous ones are in the past, as in a journal.
pub(crate) fn date(written: &str, place: &str, today: NaiveDate) -> Result<DateRange, Failure> {
    calendar::parse_when_leaning(written, today, Lean::Behind).map_err(|error| {
        let failure = no_date(error);
        // for an argument without a flag, the place is obvious
        if place.starts_with("--") { failure.at(place) } else { failure }
    })
}

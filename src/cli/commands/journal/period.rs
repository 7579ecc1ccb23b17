//! Which days.

use chrono::NaiveDate;

use crate::cli::error::Failure;
use crate::cli::error::no_date;
use crate::model::calendar;
use crate::model::calendar::DateRange;
use crate::model::calendar::Lean;
use crate::model::calendar::Unit;

/// Which stretch of time.
#[derive(Debug, Clone, Default, clap::Args)]
pub(super) struct Period {
    /// Only this week, from Monday
    #[arg(long, conflicts_with_all = ["month", "since", "until"])]
    week: bool,

    /// Only this month
    #[arg(long, conflicts_with_all = ["since", "until"])]
    month: bool,

    /// Only from this day on: 2026-11-02, monday, last-week, 2-weeks-ago …
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    since: Option<String>,

    /// Only up to this day
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    until: Option<String>,
}

impl Period {
    /// The stretch; `None` where nothing was said about it.
    pub(super) fn range(&self, today: NaiveDate) -> Result<Option<DateRange>, Failure> {
        if self.week || self.month {
            return Ok(if self.week { Unit::Week } else { Unit::Month }.period(today));
        }
        if self.since.is_none() && self.until.is_none() {
            return Ok(None);
        }
        let read = |written: &Option<String>, flag: &str| {
            written.as_ref().map(|written| date(written, flag, today)).transpose()
        };
        let start = read(&self.since, "--since")?.and_then(|range| range.start);
        let end = read(&self.until, "--until")?.and_then(|range| range.end);
        if let (Some(start), Some(end)) = (start, end)
            && end < start
        {
            return Err(Failure::new(format!("--until {end} is before --since {start}")));
        }
        Ok(Some(DateRange { start, end }))
    }
}

/// Reads a natural date that a person typed; journals look back.
pub(crate) fn date(written: &str, place: &str, today: NaiveDate) -> Result<DateRange, Failure> {
    calendar::parse_when_leaning(written, today, Lean::Behind).map_err(|error| {
        let failure = no_date(error);
        // an argument without a flag says for itself where it stands
        if place.starts_with("--") { failure.at(place) } else { failure }
    })
}

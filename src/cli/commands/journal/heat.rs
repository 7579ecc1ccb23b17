//! `hornbook journal --heat`: a year of activity.

use chrono::Days;
use serde_json::json;

use crate::cli::commands::journal::with_entries;
use crate::cli::context::Context;
use crate::cli::error::Exit;
use crate::cli::error::Outcome;
use crate::cli::output::Output;
use crate::model::calendar::DateRange;
use crate::report::journal;
use crate::view::format::Row;
use crate::view::heat;
use crate::view::words;

/// Shows the year that ends with the range, else with today.
pub(super) fn run(query: &[String], range: Option<DateRange>, output: &Output, context: &mut Context) -> Outcome {
    let last = range.and_then(|range| range.end).unwrap_or(context.today);
    let weeks = heat::weeks(context.ui.screen.width);
    let from_range = range.and_then(|range| range.start);
    let year = last.checked_sub_days(Days::new(7 * (heat::WEEKS - 1))).unwrap_or(last);
    let first = from_range.map_or(year, |start| start.max(year));
    with_entries(context, query, |context, _, rows| {
        let mut days = journal::by_day(rows);
        days.retain(|day, _| first <= *day && *day <= last);
        if output.is_text() {
            let lines = heat::lines(&days, first, last, weeks);
            context.ui.lines(&lines);
            let total: usize = days.values().map(|day| day.words).sum();
            let told = format!("{} on {}", words::count(total, "word"), words::count(days.len(), "day"));
            context.ui.say(&format!("{told}, {first} to {last}"));
        } else {
            let rows: Vec<Row> = days
                .iter()
                .map(|(day, written)| Row {
                    json: json!({"date": day, "entries": written.entries, "words": written.words}),
                    path: String::new(),
                    text: String::new(),
                })
                .collect();
            output.rows(context, &rows)?;
        }
        Ok(Exit::found(!days.is_empty()))
    })
}

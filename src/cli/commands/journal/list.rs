//! `hornbook journal [QUERY]`: the entries, newest first.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use clap_complete::engine::ArgValueCompleter;

use crate::cli::commands::journal::Period;
use crate::cli::commands::journal::heat;
use crate::cli::commands::journal::with_entries;
use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::error::Exit;
use crate::cli::error::Outcome;
use crate::cli::output::Output;
use crate::disk::Notebook;
use crate::model::Precision;
use crate::report::journal;
use crate::report::journal::EntryRow;
use crate::view::Line;
use crate::view::format::Row;
use crate::view::screen::Role;
use crate::view::screen::cell;
use crate::view::screen::plain;
use crate::view::screen::width;
use crate::view::words;

/// How many days are listed where nobody says.
const DAYS: usize = 20;

#[derive(Debug, clap::Args)]
pub(super) struct ListArgs {
    /// Which entries: words, fields such as date:last-month or #tag; see `hornbook help query`
    #[arg(add = ArgValueCompleter::new(complete::query))]
    query: Vec<String>,

    /// At most so many days [default: 20, all of a named stretch]
    #[arg(short = 'n', long, value_name = "DAYS")]
    limit: Option<usize>,

    /// Every day
    #[arg(short, long, conflicts_with = "limit")]
    all: bool,

    /// Also say how each date is known
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
    let range = args.period.range(context.today)?;
    if args.heat {
        return heat::run(&args.query, range, &args.output, context);
    }
    let limit = match (args.all, args.limit) {
        (true, _) => usize::MAX,
        (_, Some(limit)) => limit,
        (_, None) if range.is_some() => usize::MAX,
        (_, None) => DAYS,
    };
    with_entries(context, &args.query, |context, notebook, rows| {
        let rows: Vec<EntryRow<'_>> =
            rows.iter().filter(|row| range.is_none_or(|range| row.is_within(range))).copied().collect();
        let days: BTreeSet<NaiveDate> = rows.iter().map(|row| row.entry.date).collect();
        let first = days.iter().rev().take(limit).next_back().copied();
        let shown: Vec<EntryRow<'_>> =
            rows.iter().filter(|row| limit > 0 && Some(row.entry.date) >= first).copied().collect();
        show(context, notebook, &shown, args.why, &args.output)?;
        if args.output.is_text() {
            remarks(context, notebook, &shown, days.len());
        }
        Ok(Exit::found(!shown.is_empty()))
    })
}

/// Prints entries: a line each, or a row each for scripts.
pub(super) fn show(
    context: &mut Context,
    notebook: &Notebook,
    rows: &[EntryRow<'_>],
    why: bool,
    output: &Output,
) -> Result<(), crate::cli::error::Failure> {
    if output.is_text() {
        let layout = Layout::of(context, notebook, rows);
        for row in rows {
            context.ui.line(&layout.line(context, notebook, row));
            if why {
                for reason in &row.entry.why {
                    context.ui.line(&vec![cell(format!("    {reason}"), Role::Muted)]);
                }
            }
        }
        return Ok(());
    }
    let rows: Vec<Row> = rows
        .iter()
        .map(|row| Row {
            json: row.json(),
            path: context.shown(notebook, row.path),
            text: format!("{}: {}", row.entry.written, summary(row)),
        })
        .collect();
    output.rows(context, &rows)
}

/// The columns of a list of entries.
pub(super) struct Layout {
    date: usize,
    place: usize,
}

impl Layout {
    pub(super) fn of(context: &Context, notebook: &Notebook, rows: &[EntryRow<'_>]) -> Self {
        let date = rows.iter().map(|row| width(&days(row))).max().unwrap_or(0);
        let places = rows.iter().map(|row| width(&place(context, notebook, row)));
        Self { date, place: places.max().unwrap_or(0).min(52) }
    }

    /// `2022-02-28 Mon  progress.md:3   412 words, 2 to do`
    pub(super) fn line(&self, context: &Context, notebook: &Notebook, row: &EntryRow<'_>) -> Line {
        let days = days(row);
        let place = place(context, notebook, row);
        let fill = |wide: usize, text: &str| " ".repeat(wide.saturating_sub(width(text)));
        vec![
            cell(days.clone(), Role::Date),
            plain(format!("{}  ", fill(self.date, &days))),
            cell(place.clone(), Role::Path).to_url(Context::address(notebook, row.path)),
            plain(format!("{}   {}", fill(self.place, &place), summary(row))),
        ]
    }
}

fn place(context: &Context, notebook: &Notebook, row: &EntryRow<'_>) -> String {
    format!("{}:{}", context.shown(notebook, row.path), row.entry.line)
}

/// `2022-02-28 Mon`, `2022-02`, `2022-02-09 to 2022-02-10`
fn days(row: &EntryRow<'_>) -> String {
    let entry = row.entry;
    match (entry.precision, entry.end_date) {
        (Precision::Month, _) => entry.date.format("%Y-%m").to_string(),
        (Precision::Range, Some(end)) => format!("{} to {end}", entry.date),
        _ => words::day(entry.date),
    }
}

/// `412 words, 2 to do, 1 done`
fn summary(row: &EntryRow<'_>) -> String {
    let mut parts = vec![words::count(row.words, "word")];
    if row.tasks_open > 0 {
        parts.push(format!("{} to do", words::thousands(row.tasks_open)));
    }
    if row.tasks_done > 0 {
        parts.push(format!("{} done", words::thousands(row.tasks_done)));
    }
    parts.join(", ")
}

/// How many there are, and which years and months were taken otherwise than written.
fn remarks(context: &Context, notebook: &Notebook, shown: &[EntryRow<'_>], days: usize) {
    let shown_days: BTreeSet<NaiveDate> = shown.iter().map(|row| row.entry.date).collect();
    let notes: BTreeSet<_> = shown.iter().map(|row| row.path).collect();
    let mut text = format!("{} in {}", words::count(shown_days.len(), "day"), words::count(notes.len(), "note"));
    if days > shown_days.len() {
        text = format!("{text}, the newest of {}: --all shows them", words::thousands(days));
    }
    context.ui.say(&text);
    say_corrections(context, notebook, shown);
}

/// Says which years and months were taken otherwise than written.
pub(super) fn say_corrections(context: &Context, notebook: &Notebook, shown: &[EntryRow<'_>]) {
    for correction in journal::corrections(shown) {
        context.ui.say(&format!(
            "{}: taken as {}, written {} (`hornbook check` says why)",
            context.shown(notebook, correction.path),
            correction.taken,
            correction.written
        ));
    }
}

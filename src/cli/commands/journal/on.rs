//! `hornbook journal on DATE`: what was written on a day.

use crate::cli::commands::journal::date;
use crate::cli::commands::journal::list;
use crate::cli::commands::journal::with_entries;
use crate::cli::context::Context;
use crate::cli::error::Exit;
use crate::cli::error::Outcome;
use crate::cli::output::Output;
use crate::disk;
use crate::report::journal::EntryRow;
use crate::view::screen::Role;
use crate::view::screen::cell;
use crate::view::screen::plain;

/// Print what was written on a day
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook journal on yesterday
  hornbook journal on last friday
  hornbook journal on 2026-11-20 --why")]
pub(super) struct Args {
    /// The day, or a longer time: yesterday, last friday, 2026-11-20, last-week
    #[arg(required = true, value_name = "DATE")]
    date: Vec<String>,

    /// Also say how each date is known
    #[arg(long)]
    why: bool,

    #[command(flatten)]
    output: Output,
}

pub(super) fn run(args: &Args, context: &mut Context) -> Outcome {
    let written = args.date.join(" ");
    let range = date(&written, &format!("`{written}`"), context.today)?;
    with_entries(context, &[], |context, notebook, rows| {
        let rows: Vec<EntryRow<'_>> = rows.iter().filter(|row| row.is_within(range)).copied().collect();
        if !args.output.is_text() {
            list::show(context, notebook, &rows, args.why, &args.output)?;
            return Ok(Exit::found(!rows.is_empty()));
        }
        let layout = list::Layout::of(context, notebook, &rows);
        for (index, row) in rows.iter().enumerate() {
            if index > 0 {
                context.ui.line(&vec![plain("")]);
            }
            context.ui.line(&layout.line(context, notebook, row));
            if args.why {
                for reason in &row.entry.why {
                    context.ui.line(&vec![cell(format!("    {reason}"), Role::Muted)]);
                }
            }
            // what stands within another entry of the answer is printed there
            let within = |other: &&EntryRow<'_>| {
                other.path == row.path
                    && other.entry.line <= row.entry.line
                    && row.entry.end_line <= other.entry.end_line
                    && other.entry.span != row.entry.span
            };
            if rows.iter().any(|other| within(&other)) {
                continue;
            }
            let text = disk::read(notebook, row.path)?.text;
            let start = row.entry.span.start.max(row.note.body);
            for line in text.get(start..row.entry.span.end).unwrap_or("").trim_matches(['\n', '\r']).lines() {
                context.ui.line(&vec![plain(format!("  {}", line.replace('\t', "    ")))]);
            }
        }
        list::say_corrections(context, notebook, &rows);
        if rows.is_empty() {
            context.ui.say(&format!("nothing was written on {range}"));
        }
        Ok(Exit::found(!rows.is_empty()))
    })
}

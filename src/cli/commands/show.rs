//! `hornbook show NOTE`

use clap_complete::engine::ArgValueCompleter;

use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::error::Exit;
use crate::cli::error::Outcome;
use crate::cli::facts;
use crate::cli::facts::Facts;
use crate::cli::note_argument;
use crate::cli::output::Output;
use crate::disk;
use crate::index::Select;
use crate::query::Query;
use crate::report::note::NoteRow;
use crate::view::format::Row;

/// Print a note, or what it says as facts
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook show saga
  hornbook show patterns/saga.md --facts --format json")]
pub(crate) struct Args {
    /// A note: its path, its name, its title
    #[arg(add = ArgValueCompleter::new(complete::notes))]
    note: String,

    /// In JSON, also what stands in it: headings, sections, links, tasks, tickets, diagnostics
    #[arg(long)]
    facts: bool,

    #[command(flatten)]
    output: Output,
}

pub(crate) fn run(args: &Args, context: &mut Context) -> Outcome {
    let notebook = context.notebook()?;
    context.library(&notebook, |context, library| {
        let facts = Facts::load(library, Select::All, &Query::default())?;
        let record = note_argument::find(context, &notebook, &facts, &args.note)?;
        if args.output.is_text() {
            let text = disk::read(&notebook, &record.path)?;
            context.ui.verbatim(&text.text);
            return Ok(Exit::Answered);
        }
        let tasks = facts.tasks(&facts.people(&notebook), context.today);
        let tasks: Vec<_> = tasks.iter().filter(|row| *row.path == record.path).collect();
        let note = NoteRow { path: &record.path, parsed: &record.parsed, modified: Some(facts::modified(record)) };
        let url = |key: &str| notebook.settings.ticket_url(key);
        let row = Row {
            json: note.json(args.facts.then_some(tasks.as_slice()), &url),
            path: context.shown(&notebook, &record.path),
            text: record.parsed.note.title.clone(),
        };
        args.output.rows(context, &[row])?;
        Ok(Exit::Answered)
    })
}

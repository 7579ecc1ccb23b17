//! `hornbook show NOTE`, `hornbook show NOTE#Heading`

use clap_complete::engine::ArgValueCompleter;

use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::error::Exit;
use crate::cli::error::Outcome;
use crate::cli::output::Output;
use crate::session::Error;

/// Print a note, a section of one, or the facts in it
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook show saga
  hornbook show 'saga#When not'
  hornbook show patterns/saga.md:51
  hornbook show patterns/saga.md --facts --format json")]
pub(crate) struct Args {
    /// A note: its path, its name, its title; or a place in it, for the section there
    #[arg(add = ArgValueCompleter::new(complete::notes))]
    #[arg(value_name = "NOTE|PLACE")]
    note: String,

    /// In JSON, also its contents: headings, sections, links, tasks, tickets, diagnostics
    #[arg(long)]
    facts: bool,

    #[command(flatten)]
    output: Output,
}

pub(crate) fn run(args: &Args, context: &mut Context) -> Outcome {
    let session = context.session()?;
    let name = context.note_name(&session, &args.note);
    if args.output.is_text() {
        let text = match (session.find_note(&name), args.note.split_once('#')) {
            (Ok(path), _) => session.text(&path)?.text,
            (Err(no_note), place) => match session.section_text(&context.place_name(&session, &args.note))? {
                Some(text) => text,
                // what is missing is the note before the `#`
                None => {
                    return Err(place.map_or(no_note, |(note, _)| Error::NoNote { name: note.to_owned(), near: None }))?;
                }
            },
        };
        context.ui.verbatim(&text);
        return Ok(Exit::Answered);
    }
    let report = session.show(&name, args.facts)?;
    context.answer(&session, &report, &args.output)
}

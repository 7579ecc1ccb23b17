//! `hornbook tickets import FILE`

use std::path::PathBuf;

use clap::ValueHint;
use clap_complete::engine::ArgValueCompleter;

use crate::cli::change;
use crate::cli::change::Changing;
use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::error::Exit;
use crate::cli::error::Failure;
use crate::cli::error::Outcome;
use crate::cli::global::path;
use crate::disk;
use crate::session::Change;

/// Writes: keeps the titles and states of tickets that Jira, GitHub or GitLab exported, in a table of a note
///
/// The note is `tickets.md` unless another says `kind: tickets` in its front matter. A later import changes the rows that
/// changed and adds new ones; your own columns and rows stay. A file that is cut off or not understood is refused with its
/// line, and nothing is written.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook tickets import export.csv
  hornbook tickets import export.csv --to work/tickets --dry-run

From GitHub: gh issue list --state all --json number,title,state,url > export.json
From GitLab: Issues, Export as CSV. From Jira: Export, CSV (all fields).")]
pub(super) struct Args {
    /// The export, CSV or JSON
    #[arg(value_parser = path, value_hint = ValueHint::FilePath)]
    file: PathBuf,

    /// The note that keeps them; created if missing
    #[arg(long, value_name = "NOTE", add = ArgValueCompleter::new(complete::notes))]
    to: Option<String>,

    #[command(flatten)]
    how: Changing,
}

pub(super) fn run(args: &Args, context: &mut Context) -> Outcome {
    let path = context.cwd.join(&args.file);
    let name = args.file.display().to_string();
    let trouble = |why: String| Failure::new(format!("{name}: {why}"));
    let text = disk::read::read_file(&path).map_err(|error| trouble(error.to_string()))?;
    if let Some(at) = text.damaged {
        let line = 1 + text.text.get(..at).unwrap_or("").matches('\n').count();
        return Err(Failure::new(format!("{name}:{line}: bytes that are not text")).hint("export it as UTF-8"));
    }
    let mut session = context.session()?;
    let to = args.to.as_ref().map(|written| context.note_name(&session, written));
    let words = format!("tickets import {name}");
    let change = Change::Import { name, text: text.text, to };
    change::carry_out(context, &mut session, &change, &words, &args.how)?;
    Ok(Exit::Answered)
}

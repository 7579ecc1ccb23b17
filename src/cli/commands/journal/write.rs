//! `hornbook journal today`, `hornbook journal add`

use std::io;
use std::io::IsTerminal as _;
use std::io::Read as _;

use crate::cli::change;
use crate::cli::change::Changing;
use crate::cli::context::Context;
use crate::cli::editor;
use crate::cli::error::Exit;
use crate::cli::error::Failure;
use crate::cli::error::Outcome;
use crate::disk::read::MAX_NOTE;
use crate::session::Change;
use crate::session::Step;

/// Writes: opens today's entry in the editor, and creates it in your own style if missing
///
/// Your newest entries show where it goes and how it is written; the table journal in book.toml, or
/// Obsidian's settings for daily notes, take precedence. Running it twice adds nothing.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook journal today
  hornbook journal today --no-edit")]
pub(super) struct TodayArgs {
    /// Only create the entry, without opening the editor
    #[arg(long)]
    no_edit: bool,

    #[command(flatten)]
    how: Changing,
}

/// Writes: adds a line to today's entry, and creates the entry if missing
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook journal add 'read the saga paper'
  hornbook journal add --under Tasks '[ ] call Wim'
  echo 'paired with Noor' | hornbook journal add")]
pub(super) struct AddArgs {
    /// What to add [default: standard input]
    #[arg(allow_hyphen_values = true)]
    text: Option<String>,

    /// More of it
    #[arg(hide = true)]
    more: Vec<String>,

    /// Add it under this heading or label of the day, creating it if missing
    #[arg(long, value_name = "HEADING")]
    under: Option<String>,

    #[command(flatten)]
    how: Changing,
}

pub(super) fn today(args: &TodayArgs, context: &mut Context) -> Outcome {
    let mut session = context.session()?;
    let steps = change::carry_out(context, &mut session, &Change::Day, "journal today", &args.how)?;
    if args.no_edit || !args.how.output.is_text() || args.how.dry_run {
        return Ok(Exit::Answered);
    }
    for step in &steps {
        if let Step::Day { at, .. } = step {
            editor::open(&Context::editor(), &session.notebook().path(&at.path), at.line)?;
        }
    }
    Ok(Exit::Answered)
}

pub(super) fn add(args: &AddArgs, context: &mut Context) -> Outcome {
    let words = words(args.text.as_deref(), &args.more)?;
    let mut session = context.session()?;
    change::carry_out(
        context,
        &mut session,
        &Change::Entry { words, under: args.under.clone() },
        "journal add",
        &args.how,
    )?;
    Ok(Exit::Answered)
}

/// The typed words, else standard input.
fn words(typed: Option<&str>, more: &[String]) -> Result<String, Failure> {
    let typed = typed.into_iter().chain(more.iter().map(String::as_str));
    let mut words = typed.collect::<Vec<_>>().join(" ");
    if words.is_empty() {
        let mut input = io::stdin();
        if input.is_terminal() {
            return Err(Failure::new("there is nothing to add").hint("hornbook journal add 'read the saga paper'"));
        }
        input.by_ref().take(MAX_NOTE).read_to_string(&mut words)?;
    }
    // a mistyped option does not belong in a journal
    if words.strip_prefix("--").is_some_and(|rest| rest.starts_with(char::is_alphabetic)) {
        return Err(
            Failure::new(format!("there is no option `{words}`")).hint("put a space before it to write it as text")
        );
    }
    if words.trim().is_empty() {
        return Err(Failure::new("there is nothing to add"));
    }
    Ok(words)
}

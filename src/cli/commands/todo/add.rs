//! `hornbook todo add`

use std::io::Read as _;

use clap_complete::engine::ArgValueCompleter;

use crate::cli::change;
use crate::cli::change::Changing;
use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::error::Exit;
use crate::cli::error::Failure;
use crate::cli::error::Outcome;
use crate::session::Change;

/// Writes: adds a task at the end of a note's list, or of the list under a heading
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook todo add 'ask for the slides' --to meetings/retro
  hornbook todo add 'read the paper due:2026-12-01' --to 'reading#To read'
  echo 'call Ida' | hornbook todo add --to inbox")]
pub(crate) struct AddArgs {
    /// What is to do [default: each line of standard input]
    text: Vec<String>,

    /// The destination: a note, or a heading in it as NOTE#Heading; a missing note is created
    #[arg(long, value_name = "NOTE", default_value = "todo.md", add = ArgValueCompleter::new(complete::notes))]
    to: String,

    #[command(flatten)]
    how: Changing,
}

pub(crate) fn add(args: &AddArgs, context: &mut Context) -> Outcome {
    let tasks = lines(args)?;
    let mut session = context.session()?;
    let to = context.destination(&session, &args.to);
    let words = format!("todo add --to {}", args.to);
    change::carry_out(context, &mut session, &Change::Tasks { to, tasks }, &words, &args.how)?;
    Ok(Exit::Answered)
}

/// The words of the arguments as one task, or each line of standard input.
fn lines(args: &AddArgs) -> Result<Vec<String>, Failure> {
    let text = if args.text.is_empty() {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text)?;
        text
    } else {
        args.text.join(" ").replace(['\n', '\r'], " ")
    };
    let lines: Vec<String> = text.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect();
    if lines.is_empty() {
        return Err(Failure::new("there is nothing to add").hint("hornbook todo add 'what is to do'"));
    }
    Ok(lines)
}

//! `hornbook done|reopen|status REF…`: the state of tasks.

use clap_complete::engine::ArgValueCompleter;

use crate::cli::change;
use crate::cli::change::Changing;
use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::error::Exit;
use crate::cli::error::Outcome;
use crate::session::Change;
use crate::session::DoneDate;
use crate::session::Step;
use crate::session::Tasks;

/// Writes: ticks tasks: one character each, and the done date where the notebook already uses them
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook done 4fk
  hornbook done inbox.md:3 inbox.md:5
  hornbook done --where 'review checklist' --dry-run")]
pub(crate) struct Args {
    #[command(flatten)]
    which: Which,

    #[command(flatten)]
    stamps: Stamps,

    #[command(flatten)]
    how: Changing,
}

/// Writes: reopens ticked or dropped tasks, and removes their done date
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook reopen 7qd
  hornbook reopen inbox.md:4")]
pub(crate) struct ReopenArgs {
    #[command(flatten)]
    which: Which,

    #[command(flatten)]
    how: Changing,
}

/// Writes: gives tasks another state: a character for the box, or todo, doing, on-hold, done, cancelled, moved
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook status 4fk doing
  hornbook status inbox.md:5 cancelled
  hornbook status 4fk '/'")]
pub(crate) struct StatusArgs {
    /// The task
    #[arg(value_name = "REF", add = ArgValueCompleter::new(complete::tasks))]
    task: String,

    /// The character, or the name of the state
    state: String,

    #[command(flatten)]
    stamps: Stamps,

    #[command(flatten)]
    how: Changing,
}

/// Which tasks.
#[derive(Debug, Clone, Default, clap::Args)]
pub(crate) struct Which {
    /// Tasks: the ids that listings show, path:line, or words that only one task has
    #[arg(required_unless_present = "where_", value_name = "REF", add = ArgValueCompleter::new(complete::tasks))]
    pub(crate) tasks: Vec<String>,

    /// All open tasks that a query finds; see `hornbook help query`
    #[arg(long = "where", id = "where_", value_name = "QUERY", conflicts_with = "tasks", add = ArgValueCompleter::new(complete::query))]
    pub(crate) query: Option<String>,
}

/// Whether done dates are written.
#[derive(Debug, Clone, Copy, Default, clap::Args)]
pub(crate) struct Stamps {
    /// Write the done date, even if the notebook does not use them yet
    #[arg(long, overrides_with = "no_stamp")]
    stamp: bool,

    /// Do not write the done date
    #[arg(long)]
    no_stamp: bool,
}

pub(crate) fn run(args: &Args, context: &mut Context) -> Outcome {
    change_status(context, &args.which, "done", "done", args.stamps, &args.how)
}

pub(crate) fn reopen(args: &ReopenArgs, context: &mut Context) -> Outcome {
    change_status(context, &args.which, "todo", "reopen", Stamps::default(), &args.how)
}

pub(crate) fn status(args: &StatusArgs, context: &mut Context) -> Outcome {
    let which = Which { tasks: vec![args.task.clone()], query: None };
    change_status(context, &which, &args.state, "status", args.stamps, &args.how)
}

fn change_status(
    context: &mut Context,
    which: &Which,
    state: &str,
    command: &str,
    stamps: Stamps,
    how: &Changing,
) -> Outcome {
    let mut session = context.session()?;
    let symbol = session.symbol_of(state)?;
    let command = if command == "status" { format!("status {symbol}") } else { command.to_owned() };
    let (tasks, undo_name) = match &which.query {
        Some(query) => {
            let name = format!("{command} --where '{query}'");
            (Tasks::Open(context.query(&session, std::slice::from_ref(query))?), name)
        }
        None => {
            let names = which.tasks.iter().map(|task| context.task_name(&session, task)).collect();
            (Tasks::Named(names), format!("{command} {}", which.tasks.join(" ")))
        }
    };
    let change = Change::Status { tasks, symbol, done_date: stamps.into() };
    let steps = change::carry_out(context, &mut session, &change, &undo_name, how)?;
    let marked = steps.iter().any(|step| matches!(step, Step::Marked { .. }));
    Ok(Exit::found(marked || which.query.is_none()))
}

impl From<Stamps> for DoneDate {
    fn from(stamps: Stamps) -> Self {
        match stamps {
            Stamps { no_stamp: true, .. } => Self::Never,
            Stamps { stamp: true, .. } => Self::Always,
            _ => Self::AsUsed,
        }
    }
}

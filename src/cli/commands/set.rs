//! `hornbook set REF FIELD=VALUE…` and `hornbook pin REF`

use chrono::NaiveDate;
use clap_complete::engine::ArgValueCompleter;

use crate::cli::change;
use crate::cli::change::Changing;
use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::error::Exit;
use crate::cli::error::Failure;
use crate::cli::error::Outcome;
use crate::cli::error::no_date;
use crate::cli::field_names::NAMES;
use crate::model::calendar;
use crate::model::task::FieldKind;
use crate::model::words::nearest;
use crate::session::Change;

/// Writes: sets fields of a task: due, scheduled, start, created, priority, recurrence, id; an empty value removes one
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook set 4fk due=friday priority=high
  hornbook set inbox.md:3 scheduled=+3d due=")]
pub(crate) struct Args {
    /// The task
    #[arg(value_name = "REF", add = ArgValueCompleter::new(complete::tasks))]
    task: String,

    /// What to set: due=2026-12-01, scheduled=+3d, priority=high, due= (removes it)
    #[arg(required = true, value_name = "FIELD=VALUE")]
    fields: Vec<String>,

    #[command(flatten)]
    how: Changing,
}

/// Writes: adds a ^block-id at the end of a task, so that its id stays the same when its words change
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook pin 'book a table'
  hornbook pin inbox.md:5")]
pub(crate) struct PinArgs {
    /// The task
    #[arg(value_name = "REF", add = ArgValueCompleter::new(complete::tasks))]
    task: String,

    #[command(flatten)]
    how: Changing,
}

pub(crate) fn run(args: &Args, context: &mut Context) -> Outcome {
    let fields: Vec<(FieldKind, Option<String>)> =
        args.fields.iter().map(|field| read(field, context.today)).collect::<Result<_, _>>()?;
    let mut session = context.session()?;
    let change = Change::Fields { task: context.task_name(&session, &args.task), fields };
    let command = format!("set {} {}", args.task, args.fields.join(" "));
    change::carry_out(context, &mut session, &change, &command, &args.how)?;
    Ok(Exit::Answered)
}

/// Parses `due=friday`. Dates are stored as days, so that they are still correct tomorrow.
fn read(written: &str, today: NaiveDate) -> Result<(FieldKind, Option<String>), Failure> {
    let Some((name, value)) = written.split_once(['=', ':']) else {
        return Err(Failure::new(format!(
            "`{written}` sets nothing: write a field, =, and a value, such as due=friday"
        )));
    };
    let names = NAMES.iter().map(|(known, _)| *known);
    let Some((_, kind)) = NAMES.iter().find(|(known, _)| *known == name.to_lowercase()) else {
        let all: Vec<&str> = names.clone().filter(|name| *name != "repeat").collect();
        let failure = Failure::new(format!("there is no field `{name}`; there are {}", all.join(", ")));
        return Err(match nearest(name, names) {
            Some(near) => failure.hint(format!("did you mean {near}={value}?")),
            None => failure,
        });
    };
    let value = value.trim();
    if value.is_empty() {
        return Ok((*kind, None));
    }
    let value = match kind {
        FieldKind::Priority => {
            let levels = ["highest", "high", "medium", "low", "lowest"];
            let level = value.to_lowercase();
            if !levels.contains(&level.as_str()) {
                return Err(Failure::new(format!("`{value}` is not a priority: write {}", levels.join(", "))));
            }
            level
        }
        FieldKind::Recurrence => {
            let rule = if value.starts_with("every") { value.to_owned() } else { format!("every {value}") };
            crate::edit::recurrence::Rule::parse(&rule).map_err(Failure::new)?;
            rule
        }
        FieldKind::Id | FieldKind::DependsOn | FieldKind::OnCompletion => value.to_owned(),
        _ => {
            let day = calendar::parse_day(value, today, calendar::Lean::Ahead);
            let day = day.map_err(no_date)?;
            day.to_string()
        }
    };
    Ok((*kind, Some(value)))
}

pub(crate) fn pin(args: &PinArgs, context: &mut Context) -> Outcome {
    let mut session = context.session()?;
    let change = Change::Pin { task: context.task_name(&session, &args.task) };
    change::carry_out(context, &mut session, &change, &format!("pin {}", args.task), &args.how)?;
    Ok(Exit::Answered)
}

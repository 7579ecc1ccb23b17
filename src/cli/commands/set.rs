//! `hornbook set REF FIELD=VALUE…` and `hornbook pin REF`

use chrono::NaiveDate;
use clap_complete::engine::ArgValueCompleter;

use crate::cli::change;
use crate::cli::change::Changing;
use crate::cli::commands::done;
use crate::cli::commands::done::Which;
use crate::cli::commands::todo::with_rows;
use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::context::no_date;
use crate::cli::error::Exit;
use crate::cli::error::Failure;
use crate::cli::error::Outcome;
use crate::cli::task_argument;
use crate::edit::field;
use crate::edit::pin;
use crate::index::Select;
use crate::model::Form;
use crate::model::calendar;
use crate::model::task::FieldKind;
use crate::model::task::FieldStyle;
use crate::model::words::nearest;
use crate::view::screen::plain;

/// Writes: fields of a task: due, scheduled, start, created, priority, repeat, id; nothing behind the = takes one away
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook set 4fk due=friday priority=high
  hornbook set inbox.md:3 scheduled=+3d due=")]
pub(crate) struct Args {
    /// The task
    #[arg(value_name = "REF", add = ArgValueCompleter::new(complete::tasks))]
    task: String,

    /// What to set: due=2026-12-01, scheduled=+3d, priority=high, due= (takes it away)
    #[arg(required = true, value_name = "FIELD=VALUE")]
    fields: Vec<String>,

    #[command(flatten)]
    how: Changing,
}

/// Writes: a ^block-id at the end of a task, so that its id stays whatever becomes of its words
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

const NAMES: [(&str, FieldKind); 9] = [
    ("due", FieldKind::Due),
    ("scheduled", FieldKind::Scheduled),
    ("start", FieldKind::Start),
    ("created", FieldKind::Created),
    ("done", FieldKind::Done),
    ("priority", FieldKind::Priority),
    ("repeat", FieldKind::Recurrence),
    ("id", FieldKind::Id),
    ("depends", FieldKind::DependsOn),
];

pub(crate) fn run(args: &Args, context: &mut Context) -> Outcome {
    let fields: Vec<(FieldKind, Option<String>)> =
        args.fields.iter().map(|field| read(field, context.today)).collect::<Result<_, _>>()?;
    let which = Which { tasks: vec![args.task.clone()], query: None };
    with_rows(context, &[], Select::Tasks, |context, notebook, rows, selected| {
        let chosen = done::choose(context, notebook, rows, selected, &which)?;
        let changes = done::file_changes(context, notebook, &chosen, &mut |text, note, task| {
            let changes: Vec<_> = fields.iter().map(|(kind, value)| (*kind, value.as_deref())).collect();
            let style = |kind| field::style_in(note, kind).unwrap_or(FieldStyle::Emoji);
            Ok(field::set_all(text, task, &changes, &style)?)
        })?;
        let words = format!("set {} {}", args.task, args.fields.join(" "));
        let report = change::commit(context, notebook, &words, changes, &args.how)?;
        if args.how.output.is_text() && !args.how.dry_run {
            for row in chosen {
                let place = format!("{}:{}", context.shown(notebook, row.path), row.task.line);
                let said = if report.number.is_some() { args.fields.join(" ") } else { "nothing to change".to_owned() };
                context.ui.line(&vec![plain(format!("{place}: {said}"))]);
            }
        }
        if let Some(number) = report.number {
            context.ui.say(&format!("undo: hornbook undo {number}"));
        }
        Ok(Exit::Answered)
    })
}

/// Reads `due=friday`. Dates are written as days, so that they stay true tomorrow.
fn read(written: &str, today: NaiveDate) -> Result<(FieldKind, Option<String>), Failure> {
    let Some((name, value)) = written.split_once(['=', ':']) else {
        return Err(Failure::new(format!(
            "`{written}` sets nothing: write a field, =, and a value, such as due=friday"
        )));
    };
    let names = NAMES.iter().map(|(known, _)| *known);
    let Some((_, kind)) = NAMES.iter().find(|(known, _)| *known == name.to_lowercase()) else {
        let all: Vec<&str> = names.clone().collect();
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
                return Err(Failure::new(format!("`{value}` is no priority: {}", levels.join(", "))));
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
    with_rows(context, &[], Select::Tasks, |context, notebook, rows, _| {
        let index = task_argument::find(context, notebook, rows, &args.task)?;
        let Some(row) = rows.get(index) else { return Ok(Exit::Negative) };
        let place = format!("{}:{}", context.shown(notebook, row.path), row.task.line);
        if let Some(id) = &row.task.explicit_id {
            context.ui.line(&vec![plain(format!("{place} has the id {id} already"))]);
            return Ok(Exit::Answered);
        }
        let id = row.full_id.split('~').next().and_then(|id| id.get(..6)).unwrap_or("task");
        let id = pin::free_id(row.note, id);
        let changes =
            done::file_changes(context, notebook, &[row], &mut |text, _, task| Ok(vec![pin::pin(text, task, &id)?]))?;
        let report = change::commit(context, notebook, &format!("pin {}", args.task), changes, &args.how)?;
        if args.how.output.is_text() && !args.how.dry_run {
            let mark = if row.task.form == Form::TodoTxt { "id:" } else { "^" };
            context.ui.line(&vec![plain(format!("{place}: {mark}{id}"))]);
        }
        if let Some(number) = report.number {
            context.ui.say(&format!("undo: hornbook undo {number}"));
        }
        Ok(Exit::Answered)
    })
}

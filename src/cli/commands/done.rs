//! `hornbook done|reopen|status REF…`

use std::collections::BTreeMap;

use clap_complete::engine::ArgValueCompleter;

use crate::cli::change;
use crate::cli::change::Changing;
use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::error::Exit;
use crate::cli::error::Failure;
use crate::cli::error::Outcome;
use crate::cli::facts::Facts;
use crate::cli::task_argument;
use crate::disk;
use crate::disk::Notebook;
use crate::disk::commit::FileChange;
use crate::edit;
use crate::index::Has;
use crate::index::Select;
use crate::model::Edit;
use crate::model::NotePath;
use crate::model::Status;
use crate::model::Task;
use crate::parse;
use crate::query::Query;
use crate::report::task;
use crate::report::task::TaskRow;
use crate::view::screen::plain;
use crate::view::words;

/// Writes: ticks tasks: one character each
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Tasks: the ids that listings show, path:line, or words that only one task has
    #[arg(required = true, value_name = "REF", add = ArgValueCompleter::new(complete::open_tasks))]
    tasks: Vec<String>,

    #[command(flatten)]
    how: Changing,
}

/// Writes: opens ticked tasks again
#[derive(Debug, clap::Args)]
pub(crate) struct ReopenArgs {
    /// Tasks: the ids that listings show, path:line, or words that only one task has
    #[arg(required = true, value_name = "REF", add = ArgValueCompleter::new(complete::closed_tasks))]
    tasks: Vec<String>,

    #[command(flatten)]
    how: Changing,
}

pub(crate) fn run(args: &Args, context: &mut Context) -> Outcome {
    change_status(context, &args.tasks, 'x', "done", &args.how)
}

pub(crate) fn reopen(args: &ReopenArgs, context: &mut Context) -> Outcome {
    change_status(context, &args.tasks, ' ', "reopen", &args.how)
}

fn change_status(context: &mut Context, refs: &[String], symbol: char, command: &str, how: &Changing) -> Outcome {
    let notebook = context.notebook()?;
    context.library(&notebook, |context, library| {
        let facts = Facts::load(library, Select::With(Has::Task), &Query::default())?;
        let notes = facts.notes();
        let borrowed: Vec<_> = notes.iter().map(|(path, note)| (path, *note)).collect();
        let rows = task::rows(&borrowed, &facts.people(&notebook), context.today);
        let mut wanted: Vec<usize> = refs
            .iter()
            .map(|written| task_argument::find(context, &notebook, &facts, &rows, written))
            .collect::<Result<_, _>>()?;
        wanted.sort_unstable();
        wanted.dedup();
        let chosen: Vec<&TaskRow<'_>> = wanted.iter().filter_map(|&index| rows.get(index)).collect();
        let statuses = &notebook.settings.statuses;
        let target = statuses.get(&symbol.to_string()).unwrap_or(Status::Todo);
        let mut changing: Vec<&TaskRow<'_>> = Vec::new();
        for row in &chosen {
            if row.task.status == target && (target != Status::Todo || row.task.symbol == " ") {
                let place = format!("{}:{}", context.shown(&notebook, row.path), row.task.line);
                context.ui.say(&format!("{place} is {} already", target.name()));
            } else {
                changing.push(row);
            }
        }
        let changes = file_changes(context, &notebook, &changing, &mut |text, task| {
            Ok(edit::tick(text, task, symbol)?.into_iter().collect())
        })?;
        let words = format!("{command} {}", refs.join(" "));
        let report = change::commit(context, &notebook, &words, changes, how)?;
        if how.output.is_text() && !how.dry_run {
            for row in &changing {
                let place = format!("{}:{}", context.shown(&notebook, row.path), row.task.line);
                context.ui.line(&vec![plain(format!("{place}: [{symbol}] {}", row.label.text))]);
                if row.task.group && target == Status::Done {
                    let open = task::leaves(row.note, row.index).filter(|leaf| leaf.status.is_open()).count();
                    if open > 0 {
                        context.ui.say(&format!("{} under it still open", words::count(open, "task")));
                    }
                }
            }
        }
        if let Some(number) = report.number {
            context.ui.say(&format!("undo: hornbook undo {number}"));
        }
        Ok(Exit::Answered)
    })
}

/// Edits of a task, made from its note's text.
type MakeEdits<'a> = dyn FnMut(&str, &Task) -> Result<Vec<Edit>, Failure> + 'a;

/// Reads each note again, finds the tasks in it, and makes the edits. What changed since the listing is refused.
pub(crate) fn file_changes(
    context: &Context,
    notebook: &Notebook,
    rows: &[&TaskRow<'_>],
    edits: &mut MakeEdits<'_>,
) -> Result<Vec<FileChange>, Failure> {
    let options = Context::parse_options(notebook);
    let mut by_note: BTreeMap<&NotePath, Vec<&TaskRow<'_>>> = BTreeMap::new();
    for row in rows {
        by_note.entry(row.path).or_default().push(row);
    }
    let mut changes = Vec::new();
    for (path, rows) in by_note {
        let text = disk::read(notebook, path)?;
        let parsed = parse::parse(path, &text.text, &options);
        let mut all = Vec::new();
        for row in rows {
            let now = parsed.note.tasks.get(row.index).filter(|task| *task == row.task).ok_or_else(|| {
                let place = format!("{}:{}", context.shown(notebook, path), row.task.line);
                Failure::new(format!("{place} changed while this command ran: nothing is written")).hint("run it again")
            })?;
            all.extend(edits(&text.text, now)?);
        }
        changes.push(FileChange::edit(path.clone(), text, all));
    }
    Ok(changes)
}

//! `hornbook done|reopen|status REF…`: the state of tasks.

use std::collections::BTreeMap;

use clap_complete::engine::ArgValueCompleter;

use crate::cli::change;
use crate::cli::change::Changing;
use crate::cli::commands::todo::with_rows;
use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::error::Exit;
use crate::cli::error::Failure;
use crate::cli::error::Outcome;
use crate::cli::task_argument;
use crate::disk;
use crate::disk::Notebook;
use crate::disk::commit::FileChange;
use crate::disk::settings::Stamping;
use crate::edit;
use crate::edit::field;
use crate::index::Select;
use crate::model::Edit;
use crate::model::Form;
use crate::model::Note;
use crate::model::NotePath;
use crate::model::Status;
use crate::model::Task;
use crate::model::task::FieldKind;
use crate::model::task::FieldStyle;
use crate::model::words::nearest;
use crate::parse;
use crate::report::task;
use crate::report::task::TaskRow;
use crate::view::screen::plain;
use crate::view::words;

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

/// Writes: opens ticked or dropped tasks again, and takes their done date away
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
    /// Write the done date, also where the notebook does not use them yet
    #[arg(long, overrides_with = "no_stamp")]
    stamp: bool,

    /// Do not write the done date
    #[arg(long)]
    no_stamp: bool,
}

pub(crate) fn run(args: &Args, context: &mut Context) -> Outcome {
    change_status(context, &args.which, 'x', "done", args.stamps, &args.how)
}

pub(crate) fn reopen(args: &ReopenArgs, context: &mut Context) -> Outcome {
    change_status(context, &args.which, ' ', "reopen", Stamps::default(), &args.how)
}

pub(crate) fn status(args: &StatusArgs, context: &mut Context) -> Outcome {
    let mut characters = args.state.chars();
    let symbol = match (characters.next(), characters.next(), Status::from_name(&args.state)) {
        (_, _, Some(status)) => match status {
            Status::Todo => ' ',
            Status::Doing => '/',
            Status::OnHold => 'h',
            Status::Done => 'x',
            Status::Cancelled => '-',
            Status::Moved => '>',
            Status::Info => 'i',
        },
        (Some(symbol), None, None) => symbol,
        _ => {
            let names: Vec<String> = Status::ALL.iter().map(|status| status.name().to_owned()).collect();
            let failure =
                Failure::new(format!("`{}` is no state: a single character, or {}", args.state, words::list(&names)));
            return Err(match nearest(&args.state, names.iter().map(String::as_str)) {
                Some(near) => failure.hint(format!("did you mean {near}?")),
                None => failure,
            });
        }
    };
    let which = Which { tasks: vec![args.task.clone()], query: None };
    change_status(context, &which, symbol, &format!("status {symbol}"), args.stamps, &args.how)
}

/// What a tick does besides the box.
struct Style {
    stamp: Option<FieldStyle>,
    recur: bool,
}

fn change_status(
    context: &mut Context,
    which: &Which,
    symbol: char,
    command: &str,
    stamps: Stamps,
    how: &Changing,
) -> Outcome {
    let query: Vec<String> = which.query.iter().cloned().collect();
    with_rows(context, &query, Select::Tasks, |context, notebook, rows, selected| {
        let chosen = choose(context, notebook, rows, selected, which)?;
        let target = notebook.settings.statuses.get(&symbol.to_string()).unwrap_or(Status::Todo);
        let mut changing: Vec<&TaskRow<'_>> = Vec::new();
        for row in chosen {
            if row.task.status == target && (target == Status::Done || row.task.symbol == symbol.to_string()) {
                let place = format!("{}:{}", context.shown(notebook, row.path), row.task.line);
                context.ui.say(&format!("{place} is {} already", target.name()));
            } else {
                changing.push(row);
            }
        }
        let in_notebook = notebook_style(rows);
        let today = context.today;
        let mut remarks = Vec::new();
        let changes = file_changes(context, notebook, &changing, &mut |text, note, task| {
            let style = style(notebook, note, task, in_notebook, stamps);
            // the copy first: where the tick, too, is written at the beginning of the line, it goes behind that
            let mut edits = Vec::new();
            if target == Status::Done && style.recur && task.recurrence.is_some() {
                match edit::recurrence::next_copy(text, task, today) {
                    Ok(copy) => edits.extend(copy.unwrap_or_default()),
                    Err(why) => remarks.push(format!("line {}: no next copy: {why}", task.line)),
                }
            }
            edits.extend(edit::tick(text, task, symbol)?);
            edits.extend(edit::stamp::stamp(text, task, target, today, style.stamp));
            if target == Status::Done && edit::recurrence::asks_for_deletion(task) {
                remarks.push(format!("line {}: it asks to be deleted when done; no line is deleted here", task.line));
            }
            Ok(edits)
        })?;
        let words = match &which.query {
            Some(query) => format!("{command} --where '{query}'"),
            None => format!("{command} {}", which.tasks.join(" ")),
        };
        let report = change::commit(context, notebook, &words, changes, how)?;
        for remark in remarks {
            context.ui.warn(&remark);
        }
        if how.output.is_text() && !how.dry_run {
            for row in &changing {
                let place = format!("{}:{}", context.shown(notebook, row.path), row.task.line);
                context.ui.line(&vec![plain(format!("{place}: [{symbol}] {}", row.label().text))]);
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
        Ok(Exit::found(!changing.is_empty() || which.query.is_none()))
    })
}

/// The tasks that are meant: named ones in the order of the notes, or the open ones that the query found.
pub(crate) fn choose<'r, 'n>(
    context: &Context,
    notebook: &Notebook,
    rows: &'r [TaskRow<'n>],
    selected: &[bool],
    which: &Which,
) -> Result<Vec<&'r TaskRow<'n>>, Failure> {
    if which.query.is_some() {
        let open = rows.iter().zip(selected).filter(|(row, selected)| **selected && row.task.status.is_open());
        return Ok(open.map(|(row, _)| row).filter(|row| !row.task.group).collect());
    }
    let mut wanted: Vec<usize> = which
        .tasks
        .iter()
        .map(|written| task_argument::find(context, notebook, rows, written))
        .collect::<Result<_, _>>()?;
    wanted.sort_unstable();
    wanted.dedup();
    Ok(wanted.into_iter().filter_map(|index| rows.get(index)).collect())
}

/// The style of done dates that the notebook uses, where it does.
fn notebook_style(rows: &[TaskRow<'_>]) -> Option<FieldStyle> {
    let boxed = rows.iter().filter(|row| row.task.form != Form::TodoTxt);
    let dated = boxed.flat_map(|row| &row.task.fields).filter(|field| field.kind == FieldKind::Done);
    field::most_frequent(dated.map(|field| field.style))
}

fn style(notebook: &Notebook, note: &Note, task: &Task, in_notebook: Option<FieldStyle>, stamps: Stamps) -> Style {
    let dated = note.tasks.iter().flat_map(|task| &task.fields).filter(|field| field.kind == FieldKind::Done);
    let in_use = field::most_frequent(dated.map(|field| field.style)).or(in_notebook);
    let otherwise = field::style_in(note, FieldKind::Done).unwrap_or(FieldStyle::Emoji);
    let wanted = match notebook.settings.stamp {
        _ if stamps.no_stamp => None,
        _ if stamps.stamp => Some(in_use.unwrap_or(otherwise)),
        Stamping::Always => Some(in_use.unwrap_or(otherwise)),
        Stamping::Never => None,
        // the date is part of the format there
        Stamping::Auto if task.form == Form::TodoTxt => Some(FieldStyle::TodoTxt),
        Stamping::Auto => in_use,
    };
    Style { stamp: wanted, recur: !stamps.no_stamp }
}

/// Edits of a task, made from its note's text and facts.
type MakeEdits<'a> = dyn FnMut(&str, &Note, &Task) -> Result<Vec<Edit>, Failure> + 'a;

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
            all.extend(edits(&text.text, &parsed.note, now)?);
        }
        changes.push(FileChange::edit(path.clone(), text, all));
    }
    Ok(changes)
}

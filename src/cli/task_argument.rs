//! REF on the command line: a task by its short id, `path:line`, or unique words.

use crate::cli::context::Context;
use crate::cli::error::Failure;
use crate::cli::note_argument;
use crate::disk::Notebook;
use crate::model::NotePath;
use crate::report::find_task::Found;
use crate::report::find_task::find_task;
use crate::report::task::TaskRow;
use crate::view::words;

/// Finds the one task that was meant, as an index into the rows.
pub(crate) fn find(
    context: &Context,
    notebook: &Notebook,
    rows: &[TaskRow<'_>],
    written: &str,
) -> Result<usize, Failure> {
    let place = place(context, notebook, rows, written);
    match find_task(rows, written, place.as_ref().map(|(path, line)| (path, *line))) {
        Found::One(index) => Ok(index),
        Found::Nothing => Err(Failure::new(format!("no task is called `{written}`")).hint(
            "`hornbook todo --all` shows the ids; a task can also be named by path:line or by words that only it has",
        )),
        Found::Several(indices) => {
            let shown = listed(context, notebook, rows, &indices);
            Err(Failure::new(format!("`{written}` names {}:\n{shown}", words::count(indices.len(), "task")))
                .hint("name one of them by its id, or by path:line"))
        }
        Found::NoBox { path, line, near } => {
            let failure = Failure::new(format!("{}:{line} has no box", context.shown(notebook, &path)));
            Err(if near.is_empty() {
                failure.hint("there is none in this note")
            } else {
                failure.hint(format!("the nearest ones in this note are\n{}", listed(context, notebook, rows, &near)))
            })
        }
    }
}

fn listed(context: &Context, notebook: &Notebook, rows: &[TaskRow<'_>], indices: &[usize]) -> String {
    let lines: Vec<String> = indices
        .iter()
        .take(10)
        .filter_map(|&index| rows.get(index))
        .map(|row| {
            let path = context.shown(notebook, row.path);
            format!("  {}  {path}:{}  [{}] {}", row.id, row.task.line, row.task.symbol, row.label().text)
        })
        .collect();
    lines.join("\n")
}

/// The parts of `path:line`; `path:line:column`, as listings print it, is fine too.
pub(crate) fn path_and_line(written: &str) -> Option<(&str, usize)> {
    let (path, line) = written.trim_end_matches(':').rsplit_once(':')?;
    let number: usize = line.parse().ok()?;
    match path.rsplit_once(':') {
        Some((shorter, middle)) if middle.parse::<usize>().is_ok() => Some((shorter, middle.parse().ok()?)),
        _ => Some((path, number)),
    }
}

/// Note and line of `path:line`, where there is such a note with a task.
fn place(context: &Context, notebook: &Notebook, rows: &[TaskRow<'_>], written: &str) -> Option<(NotePath, usize)> {
    let (path, line) = path_and_line(written)?;
    let known = |path: &NotePath| rows.iter().any(|row| row.path == path);
    let here = note_argument::from_here(context, notebook, path).filter(known);
    let inside = || Some(NotePath::from(path)).filter(known);
    let named = || {
        let mut stems: Vec<&NotePath> = rows.iter().map(|row| row.path).filter(|known| known.stem() == path).collect();
        stems.dedup();
        match stems.as_slice() {
            [one] => Some((*one).clone()),
            _ => None,
        }
    };
    here.or_else(inside).or_else(named).map(|path| (path, line))
}

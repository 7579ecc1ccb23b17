//! Finds a task by a REF: an id, `path:line`, or some words.

use crate::model::NotePath;
use crate::model::short_id::is_beginning;
use crate::report::task::TaskRow;

/// What a REF matches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TaskMatch {
    /// One task: an index into the rows.
    One(usize),
    /// Nothing.
    Nothing,
    /// Several: indices into the rows.
    Several(Vec<usize>),
    /// A line of a note without a box.
    NoBox {
        /// The note.
        path: NotePath,
        /// 1-based.
        line: usize,
        /// The nearest boxes in that note: indices into the rows.
        near: Vec<usize>,
    },
}

/// Finds the task for `written`. `place` is its note and line if it has the form `path:line` and the note exists.
#[must_use]
pub fn find_task(rows: &[TaskRow<'_>], written: &str, place: Option<(&NotePath, usize)>) -> TaskMatch {
    if let Some((path, line)) = place {
        let own: Vec<usize> = (0..rows.len()).filter(|&i| rows.get(i).is_some_and(|row| row.path == path)).collect();
        let line_of = |index: &usize| rows.get(*index).map_or(0, |row| row.task.line);
        let here: Vec<usize> = own.iter().copied().filter(|index| line_of(index) == line).collect();
        return match here.as_slice() {
            [one] => TaskMatch::One(*one),
            [] => {
                let mut near = own;
                near.sort_by_key(|index| line_of(index).abs_diff(line));
                near.truncate(3);
                TaskMatch::NoBox { path: path.clone(), line, near }
            }
            _ => TaskMatch::Several(here),
        };
    }
    let id = written.trim_start_matches('^');
    if let Some(one) = rows.iter().position(|row| row.id == id) {
        return TaskMatch::One(one);
    }
    let by_prefix: Vec<usize> =
        (0..rows.len()).filter(|&index| rows.get(index).is_some_and(|row| is_beginning(id, &row.full_id))).collect();
    match by_prefix.as_slice() {
        [one] => return TaskMatch::One(*one),
        [] => {}
        _ => return TaskMatch::Several(by_prefix),
    }
    let has_own = |row: &TaskRow<'_>| row.own_id.as_ref().is_some_and(|own| is_beginning(id, own));
    let by_own: Vec<usize> = (0..rows.len()).filter(|&index| rows.get(index).is_some_and(has_own)).collect();
    if let [one] = by_own.as_slice() {
        return TaskMatch::One(*one);
    }
    let wanted = written.to_lowercase();
    let exact = |row: &TaskRow<'_>| row.task.text.to_lowercase() == wanted || row.label().text.to_lowercase() == wanted;
    let part = |row: &TaskRow<'_>| row.task.text.to_lowercase().contains(&wanted);
    for fits in [&exact as &dyn Fn(&TaskRow<'_>) -> bool, &part] {
        let found: Vec<usize> = (0..rows.len()).filter(|&index| rows.get(index).is_some_and(fits)).collect();
        let open: Vec<usize> = found
            .iter()
            .copied()
            .filter(|&index| rows.get(index).is_some_and(|row| row.task.status.is_open()))
            .collect();
        match (found.as_slice(), open.as_slice()) {
            ([], _) => {}
            ([one], _) | (_, [one]) => return TaskMatch::One(*one),
            _ => return TaskMatch::Several(found),
        }
    }
    TaskMatch::Nothing
}

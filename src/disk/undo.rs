//! Undoes a change, and redoes it.
//!
//! The hash of each file tells its state: as the change left it, never reached by it (a crash), or changed further by
//! later changes of ours. If others changed it, the lines of the edit are searched for (see `locate`). Only what is certain
//! is undone, and all of a change or nothing.
//!
//! Over 400 lines because all possible states of a file are distinguished in one place.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::PathBuf;

use thiserror::Error;
use xxhash_rust::xxh3::xxh3_64;

use crate::disk::commit;
use crate::disk::commit::Changed;
use crate::disk::commit::CommitError;
use crate::disk::commit::Writer;
use crate::disk::entry::is_same_file;
use crate::disk::locate;
use crate::disk::log::Change;
use crate::disk::log::FileRecord;
use crate::disk::log::FolderMove;
use crate::disk::log::Log;
use crate::edit::Splice;
use crate::edit::apply;
use crate::model::NotePath;

/// What an undo did, or would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    /// The change that was undone.
    pub change: Change,
    /// The undo's own number: undoing that one is a redo. `None` in a dry run.
    pub number: Option<u64>,
    /// The files that were changed back.
    pub files: Vec<Changed>,
    /// Files that the change never reached, because it was interrupted.
    pub never_changed: Vec<NotePath>,
}

/// Why a change cannot be undone. Nothing was written, except with [`CommitError::Partly`].
#[derive(Debug, Error)]
pub enum UndoError {
    /// The log has nothing left to undo.
    #[error("there is nothing to undo")]
    Nothing,
    /// The log has no change with that number, or no longer has it.
    #[error("there is no change {0} to undo")]
    Unknown(u64),
    /// It has been undone.
    #[error("change {number} has been undone by {by}")]
    Already {
        /// The change.
        number: u64,
        /// The change that undid it.
        by: u64,
    },
    /// Some files have changed in a way that leaves no certain answer.
    #[error("change {number} cannot be undone:{}", list(files))]
    Refused {
        /// The change.
        number: u64,
        /// Which files, and why, for a person.
        files: Vec<(NotePath, String)>,
    },
    /// The log cannot be read.
    #[error("{}: {source}", path.display())]
    Log {
        /// The log.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// A file cannot be read or written.
    #[error(transparent)]
    Commit(#[from] CommitError),
}

fn list(files: &[(NotePath, String)]) -> String {
    files.iter().map(|(path, why)| format!("\n{path}: {why}")).collect()
}

/// Undoes the change `number`, or the last one that is not undone.
///
/// Repeated without a number, it goes further back. Undoing an undo's own number is a redo.
///
/// # Errors
///
/// If there is no such change, it is undone already, or its place in a file was changed since or cannot be located with
/// certainty.
pub fn undo(writer: &Writer<'_>, number: Option<u64>) -> Result<Undone, UndoError> {
    let log = Log::new(writer.state, writer.notebook);
    let lock = commit::lock(writer, &log)?;
    let changes = log.list().map_err(|source| UndoError::Log { path: log.path(), source })?;
    let index = match number {
        Some(number) => {
            changes.iter().position(|c| c.number == number && !c.files.is_empty()).ok_or(UndoError::Unknown(number))?
        }
        None => last(writer, &changes)?.ok_or(UndoError::Nothing)?,
    };
    let Some((change, later)) = changes.get(index..).and_then(<[Change]>::split_first) else {
        return Err(UndoError::Nothing);
    };
    let mut plan = Plan::default();
    for record in change.files.iter().filter(|record| record.to.is_none()) {
        let state = state(writer, &changes, change, record, later)?;
        match change.files.iter().find(|old| old.to.as_ref() == Some(&record.path)) {
            Some(old) => {
                let left = self::state(writer, &changes, change, old, later)?;
                plan.add(record, moved_back(record, old, state, left));
            }
            None => plan.add(record, state),
        }
    }
    if !plan.refused.is_empty() {
        return Err(UndoError::Refused { number: change.number, files: plan.refused });
    }
    if let Some(by) = plan.undone_by.filter(|_| plan.files.is_empty()) {
        return Err(UndoError::Already { number: change.number, by });
    }
    if let Some(by) = later.iter().find(|later| later.undoes == Some(change.number)).filter(|_| plan.files.is_empty()) {
        return Err(UndoError::Already { number: change.number, by: by.number });
    }
    // Logged even when the change never reached a file, so that the next undo goes further back.
    let back = |moved: &FolderMove| FolderMove { from: moved.to.clone(), to: moved.from.clone() };
    let moved = change.moved.iter().map(back).collect();
    let report = commit::carry_out(writer, &log, lock.as_ref(), Some(change.number), plan.files, moved)?;
    if lock.is_some() {
        commit::remove_made_folders(writer.notebook, change);
    }
    let Plan { never_changed, .. } = plan;
    Ok(Undone { change: change.clone(), number: report.number, files: report.files, never_changed })
}

/// Undoes an interrupted change of several files, so that all of them are as they were. `None` if there is none, or while
/// another process is making changes.
///
/// # Errors
///
/// As [`undo`]; it is not tried again then.
pub fn recover(writer: &Writer<'_>) -> Result<Option<Undone>, UndoError> {
    let log = Log::new(writer.state, writer.notebook);
    let Some(number) = log.begun().filter(|_| !log.is_busy()) else { return Ok(None) };
    let last = log.last().map_err(|source| UndoError::Log { path: log.path(), source })?;
    let undone = match last.is_some_and(|last| last.number == number) {
        true => undo(writer, Some(number)).map(Some),
        false => Ok(None),
    };
    log.end();
    undone
}

#[derive(Default)]
struct Plan {
    files: Vec<Changed>,
    never_changed: Vec<NotePath>,
    refused: Vec<(NotePath, String)>,
    undone_by: Option<u64>,
}

impl Plan {
    fn add(&mut self, record: &FileRecord, state: State) {
        match state {
            State::Changed(changed) => self.files.push(changed),
            State::Never => self.never_changed.push(record.path.clone()),
            State::Undone(by) => self.undone_by = Some(by),
            State::Refused(why) => self.refused.push((record.path.clone(), why)),
        }
    }
}

/// The state of a file relative to a change.
enum State {
    /// It has the change; with what reverts it.
    Changed(Changed),
    /// The change never reached it.
    Never,
    /// It was undone by that change.
    Undone(u64),
    /// It cannot be determined; with the reason, for a person.
    Refused(String),
}

/// The newest change that did something (or redid it) and is not undone: its index.
fn last(writer: &Writer<'_>, changes: &[Change]) -> Result<Option<usize>, UndoError> {
    let undone: HashMap<u64, u64> = changes.iter().filter_map(|c| Some((c.undoes?, c.number))).collect();
    let newest = changes.last().map(|change| change.number);
    for (index, change) in changes.iter().enumerate().rev() {
        if change.files.is_empty() || !origin(changes, change).1 {
            continue;
        }
        let Some(&by) = undone.get(&change.number) else { return Ok(Some(index)) };
        // The newest undo may have been interrupted: then the next one finishes it.
        if Some(by) == newest {
            let later = changes.get(index + 1..).unwrap_or_default();
            for record in later.last().map_or(&[][..], |undo| &undo.files) {
                if was_cut_off(record, current(writer, record)?.as_deref()) {
                    return Ok(Some(index));
                }
            }
        }
    }
    Ok(None)
}

/// The original change at the end of a chain of undos and redos, and whether this one does (not undoes) it.
fn origin(changes: &[Change], change: &Change) -> (u64, bool) {
    let (mut number, mut does, mut undoes) = (change.number, true, change.undoes);
    // An undone change is always older, so this ends; the check guards against a damaged log.
    while let Some(older) = undoes.filter(|&older| older < number) {
        (number, does) = (older, !does);
        let index = changes.partition_point(|change| change.number < older);
        undoes = changes.get(index).filter(|change| change.number == older).and_then(|change| change.undoes);
    }
    (number, does)
}

/// The state of a file relative to `change`, of which it has `record`; `later` are the changes after it, oldest first.
///
/// A file that the newest change left half written counts as not reached, and is written completely.
fn state(
    writer: &Writer<'_>,
    changes: &[Change],
    change: &Change,
    record: &FileRecord,
    later: &[Change],
) -> Result<State, UndoError> {
    let bytes = current(writer, record)?;
    let newest = changes.last().into_iter().flat_map(|newest| &newest.files).find(|newest| newest.path == record.path);
    let half = newest.zip(bytes.as_deref()).and_then(|(newest, bytes)| half_written(newest, bytes));
    let Some(copy) = half else { return Ok(state_of(changes, change, record, later, bytes)) };
    let after = match state_of(changes, change, record, later, Some(copy.to_vec())) {
        State::Changed(Changed { after: Some(after), .. }) => after,
        State::Never | State::Undone(_) => copy.to_vec(),
        state => return Ok(state),
    };
    let splices = vec![Splice::new(0, bytes.as_ref().map_or(0, Vec::len), after.clone())];
    Ok(State::Changed(Changed { path: record.path.clone(), to: None, before: bytes, after: Some(after), splices }))
}

/// As [`state`], for a file that has these bytes.
fn state_of(
    changes: &[Change],
    change: &Change,
    record: &FileRecord,
    later: &[Change],
    bytes: Option<Vec<u8>>,
) -> State {
    let hash = bytes.as_deref().map(xxh3_64);
    let later: Vec<(&Change, &FileRecord)> = later
        .iter()
        .flat_map(|change| change.files.iter().map(move |record| (change, record)))
        .filter(|(_, other)| other.path == record.path)
        .collect();
    // The contents of a file when the next change came tell what the previous one did to it: hashes alone do not, because an
    // interrupted change is often made again.
    let was: Vec<Option<u64>> = later.iter().map(|(_, other)| other.before).chain([hash]).collect();
    if was.first() == Some(&record.before) {
        return State::Never;
    }
    let Some(left) = was.iter().rposition(|was| *was == record.after) else {
        return changed_by_others(changes, change, record, bytes);
    };
    // The later changes that had an effect.
    let mut through = Vec::new();
    for (&(other, other_record), now) in later.iter().zip(was.iter().skip(1)).skip(left) {
        if *now == other_record.after {
            through.push((other, other_record));
        } else if *now != other_record.before {
            return changed_by_others(changes, change, record, bytes);
        }
    }
    let (number, does) = origin(changes, change);
    let again =
        through.iter().rev().map(|(other, _)| (other.number, origin(changes, other))).find(|(_, o)| o.0 == number);
    match again {
        Some((by, (_, did))) if did != does => return State::Undone(by),
        Some((by, _)) => return State::Refused(format!("change {by} did it again: undo {by} instead")),
        None => {}
    }
    let mut splices = record.inverse();
    for (other, other_record) in &through {
        match relocate(&splices, other_record) {
            Some(moved) => splices = moved,
            None => {
                let by = other.number;
                let command = &other.command;
                return State::Refused(format!("change {by} ({command}) is at the same place: undo {by} first"));
            }
        }
    }
    let bytes_now = bytes.as_deref().unwrap_or_default();
    let same = |(splice, edit): (&Splice, &crate::disk::log::EditRecord)| {
        bytes_now.get(splice.start..splice.end) == Some(edit.new.0.as_slice())
    };
    if !splices.iter().zip(&record.edits).all(same) {
        return State::Refused("the place of the change was not found".to_owned());
    }
    let after = match record.before {
        // The note was created by the change, and is as it was created.
        None if through.is_empty() => None,
        None => return State::Refused("it was changed since it was made".to_owned()),
        Some(_) => match apply(bytes_now, &splices) {
            Ok(after) => Some(after),
            Err(error) => return State::Refused(error.to_string()),
        },
    };
    State::Changed(Changed { path: record.path.clone(), to: None, before: bytes, after, splices })
}

/// The state of a file that moved, from the states at its new path and its old one.
fn moved_back(new: &FileRecord, old: &FileRecord, at_new: State, at_old: State) -> State {
    let refused = |why: &str| State::Refused(why.to_owned());
    match (at_new, at_old) {
        (State::Changed(_), State::Changed(at_old)) if at_old.before.is_some() => {
            refused("something else is at its old place")
        }
        (State::Changed(at_new), State::Changed(_)) => {
            let splices = new.inverse();
            match apply(at_new.before.as_deref().unwrap_or_default(), &splices) {
                Ok(after) if Some(xxh3_64(&after)) == old.before => {
                    State::Changed(Changed { to: Some(old.path.clone()), after: Some(after), splices, ..at_new })
                }
                _ => refused("what it was cannot be told from what it is"),
            }
        }
        // Interrupted between the two: the old one still exists.
        (State::Changed(at_new), State::Never) => State::Changed(at_new),
        // Interrupted when it had neither name.
        (State::Never, State::Changed(at_old)) => match &new.copy {
            Some(copy) if at_old.before.is_none() => {
                let (after, splices) = (Some(copy.0.clone()), vec![Splice::new(0, 0, copy.0.clone())]);
                State::Changed(Changed { path: old.path.clone(), after, splices, ..at_old })
            }
            _ => refused("it is gone"),
        },
        (state, _) => state,
    }
}

/// The state of a file relative to `change` when other changes followed: its own place may be as it was.
fn changed_by_others(changes: &[Change], change: &Change, record: &FileRecord, bytes: Option<Vec<u8>>) -> State {
    let refused = |why: &str| State::Refused(why.to_owned());
    if let Some(by) = undone_by(changes, change.number) {
        return State::Undone(by);
    }
    let Some(bytes) = bytes else { return refused("it is gone") };
    if record.before.is_none() {
        return refused("it was changed since it was made");
    }
    let edits = record.edits.iter().map(|edit| (edit.old.0.as_slice(), edit.new.0.as_slice(), edit.lines.as_ref()));
    match locate::take_back(&bytes, edits).map(|splices| (apply(&bytes, &splices), splices)) {
        Ok((Ok(after), splices)) => State::Changed(Changed {
            path: record.path.clone(),
            to: None,
            before: Some(bytes),
            after: Some(after),
            splices,
        }),
        Ok((Err(error), _)) => State::Refused(error.to_string()),
        Err(why) => refused(why),
    }
}

/// The change that undid this one, unless that was undone itself.
fn undone_by(changes: &[Change], number: u64) -> Option<u64> {
    // It must be newer than what it undoes; the check guards against cycles in a damaged log.
    let undo_of = |number: u64| {
        changes.iter().rev().find(|undo| undo.undoes == Some(number) && undo.number > number).map(|undo| undo.number)
    };
    let chain: Vec<u64> = std::iter::successors(undo_of(number), |&undo| undo_of(undo)).collect();
    chain.first().copied().filter(|_| chain.len() % 2 == 1)
}

/// True if the change that wrote `record` was killed before it reached this file, or in the middle of it.
fn was_cut_off(record: &FileRecord, bytes: Option<&[u8]>) -> bool {
    bytes.map(xxh3_64) == record.before || bytes.is_some_and(|bytes| half_written(record, bytes).is_some())
}

/// A file's current bytes; `None` if it does not exist, or only under another writing of its name.
fn current(writer: &Writer<'_>, record: &FileRecord) -> Result<Option<Vec<u8>>, UndoError> {
    let path = &record.path;
    let place = |path: &NotePath| writer.notebook.path(path);
    if let Some(other) = record.from.as_ref().or(record.to.as_ref())
        && is_same_file(&place(other), &place(path))
    {
        return Ok(None);
    }
    let result = writer.notebook.resolve(path).and_then(|target| {
        if target.is_file() { fs::read(target) } else { Err(io::Error::other("not a regular file")) }
    });
    match result {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(CommitError::Place { path: path.clone(), source }.into()),
    }
}

/// Converts splices of the file before another change to splices of the file after it; `None` if they overlap.
fn relocate(splices: &[Splice], other: &FileRecord) -> Option<Vec<Splice>> {
    let mut moved = Vec::with_capacity(splices.len());
    for splice in splices {
        let (mut grown, mut shrunk) = (0, 0);
        for edit in &other.edits {
            let (start, end) = (edit.at, edit.at + edit.old.0.len());
            // For an insertion point it is unclear on which side of it new neighbouring text belongs.
            let point = splice.start == splice.end;
            let before = if point { end < splice.start } else { end <= splice.start };
            let after = if point { start > splice.end } else { start >= splice.end };
            if before {
                grown += edit.new.0.len();
                shrunk += edit.old.0.len();
            } else if !after {
                return None;
            }
        }
        let shift = |at: usize| (at + grown).checked_sub(shrunk);
        moved.push(Splice::new(shift(splice.start)?, shift(splice.end)?, splice.bytes.clone()));
    }
    Some(moved)
}

/// The contents of a file before a change that was interrupted while writing it in place: it has the new bytes up to
/// some point, then the old ones. `None` if it is old, new or something else.
fn half_written<'r>(record: &'r FileRecord, bytes: &[u8]) -> Option<&'r [u8]> {
    let copy = record.copy.as_ref()?.0.as_slice();
    let forth: Vec<Splice> =
        record.edits.iter().map(|e| Splice::new(e.at, e.at + e.old.0.len(), e.new.0.clone())).collect();
    let after = apply(copy, &forth).ok()?;
    let new = bytes.iter().zip(&after).take_while(|(now, new)| now == new).count();
    let is_cut = new == bytes.len() || bytes.get(new..) == copy.get(new..);
    (is_cut && bytes != copy && bytes != after).then_some(copy)
}

#[cfg(test)]
mod moves;
#[cfg(test)]
mod tests;

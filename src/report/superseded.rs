//! Boxes of which a later copy stands in another meeting: that copy counts, so that nothing is listed twice.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::index::Record;
use crate::model::Note;
use crate::model::Status;
use crate::model::Task;
use crate::parse::carried;
use crate::report::series;
use crate::report::series::Key;

/// Marks them, as moved where they were open. Costs nothing where nothing was carried over.
pub fn mark(records: &mut [Record]) {
    if !records.iter().any(|record| record.parsed.note.tasks.iter().any(|task| task.carried.is_some())) {
        return;
    }
    let mut newest: BTreeMap<(Key, String), NaiveDate> = BTreeMap::new();
    for record in records.iter() {
        let note = &record.parsed.note;
        let copies = copies(note);
        for (index, key, date) in tasks(record).filter(|(index, ..)| copies.contains(index)) {
            if let Some(task) = note.tasks.get(index) {
                let seen = newest.entry((key, words(task))).or_insert(date);
                *seen = date.max(*seen);
            }
        }
    }
    for record in records.iter_mut() {
        let old: Vec<usize> = tasks(record)
            .filter(|(index, key, date)| {
                let task = record.parsed.note.tasks.get(*index);
                task.and_then(|task| newest.get(&(key.clone(), words(task)))).is_some_and(|newest| date < newest)
            })
            .map(|(index, ..)| index)
            .collect();
        for index in old {
            if let Some(task) = record.parsed.note.tasks.get_mut(index) {
                task.superseded = true;
                if task.status.is_open() {
                    task.status = Status::Moved;
                }
            }
        }
    }
}

/// The task as it is in its note, before it was marked.
#[must_use]
pub fn is_same(written: &Task, listed: &Task) -> bool {
    if !listed.superseded {
        return written == listed;
    }
    *listed == Task { superseded: true, status: listed.status, ..written.clone() }
}

fn words(task: &Task) -> String {
    carried::key(&task.text)
}

/// The tasks that were carried over, with those under them.
fn copies(note: &Note) -> BTreeSet<usize> {
    let mut copies = BTreeSet::new();
    for (index, task) in note.tasks.iter().enumerate() {
        if task.carried.is_some() || task.parent.is_some_and(|parent| copies.contains(&parent)) {
            copies.insert(index);
        }
    }
    copies
}

/// The tasks of a note that stand in a meeting, with the series and the day.
fn tasks(record: &Record) -> impl Iterator<Item = (usize, Key, NaiveDate)> {
    let note = &record.parsed.note;
    let keys: Vec<Key> = series::keys(&record.path, note).collect();
    note.tasks.iter().enumerate().filter_map(move |(index, task)| {
        let at = note.meetings.partition_point(|meeting| meeting.line <= task.line).checked_sub(1)?;
        let meeting = note.meetings.get(at).filter(|meeting| task.line <= meeting.end_line)?;
        Some((index, keys.get(at)?.clone(), meeting.date))
    })
}

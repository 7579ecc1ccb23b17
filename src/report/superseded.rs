//! Boxes with a later copy in another meeting: the copy counts, so that nothing is listed twice.
//!
//! As in `report::action`, a copy is recognized by the mark of a carried-over point, or, if people copied it by hand, by its words
//! in a later meeting while it was not done.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::collections::VecDeque;

use chrono::NaiveDate;

use crate::index::Record;
use crate::model::Note;
use crate::model::Status;
use crate::model::Task;
use crate::parse::carried;
use crate::report::series;
use crate::report::series::Key;

/// A box in a meeting.
struct Seen {
    date: NaiveDate,
    /// The indices of its record and of the task in it.
    place: (usize, usize),
    /// It was carried over, or is nested under such a task.
    is_copy: bool,
    /// It was not closed there.
    goes_on: bool,
}

/// Marks them, as moved if they were open. Cheap if no meeting has boxes.
pub fn mark(records: &mut [Record]) {
    let mut groups: BTreeMap<(Key, String), Vec<Seen>> = BTreeMap::new();
    for (at, record) in records.iter().enumerate() {
        let note = &record.parsed.note;
        if note.meetings.is_empty() || note.tasks.is_empty() {
            continue;
        }
        let copies = copies(note);
        for (index, key, date) in tasks(record) {
            let Some(task) = note.tasks.get(index) else { continue };
            groups.entry((key, carried::key(&task.text))).or_default().push(Seen {
                date,
                place: (at, index),
                is_copy: copies.contains(&index),
                goes_on: task.status.is_open() || task.status == Status::Moved,
            });
        }
    }
    for (record, index) in groups.into_values().filter(|group| group.len() > 1).flat_map(replaced) {
        let task = records.get_mut(record).and_then(|record| record.parsed.note.tasks.get_mut(index));
        if let Some(task) = task {
            task.superseded = true;
            if task.status.is_open() {
                task.status = Status::Moved;
            }
        }
    }
}

/// The places of the boxes that are replaced by a later one with the same words.
fn replaced(mut group: Vec<Seen>) -> Vec<(usize, usize)> {
    group.sort_by_key(|seen| (seen.date, seen.place));
    // all before the newest that was carried over
    let newest = group.iter().filter(|seen| seen.is_copy).map(|seen| seen.date).max();
    let (old, rest): (Vec<Seen>, Vec<Seen>) =
        group.into_iter().partition(|seen| newest.is_some_and(|newest| seen.date < newest));
    let mut places: Vec<(usize, usize)> = old.into_iter().map(|seen| seen.place).collect();
    // after it, each replaces one that was left: those in the same meeting are different
    let mut left: VecDeque<Seen> = VecDeque::new();
    for seen in rest {
        if left.front().is_some_and(|before| before.date < seen.date) {
            places.extend(left.pop_front().map(|before| before.place));
        }
        if seen.goes_on {
            left.push_back(seen);
        }
    }
    places
}

/// True if `listed` is the task `written` in its note, before it was marked.
#[must_use]
pub fn is_same(written: &Task, listed: &Task) -> bool {
    if !listed.superseded {
        return written == listed;
    }
    *listed == Task { superseded: true, status: listed.status, ..written.clone() }
}

/// The tasks that were carried over, with those nested under them.
fn copies(note: &Note) -> BTreeSet<usize> {
    let mut copies = BTreeSet::new();
    for (index, task) in note.tasks.iter().enumerate() {
        if task.carried.is_some() || task.parent.is_some_and(|parent| copies.contains(&parent)) {
            copies.insert(index);
        }
    }
    copies
}

/// The tasks of a note's meetings, with the series and the day.
fn tasks(record: &Record) -> impl Iterator<Item = (usize, Key, NaiveDate)> {
    let note = &record.parsed.note;
    let keys: Vec<Key> = series::keys(&record.path, note).collect();
    note.tasks.iter().enumerate().filter_map(move |(index, task)| {
        let at = note.meeting_index_at(task.line)?;
        Some((index, keys.get(at)?.clone(), note.meetings.get(at)?.date))
    })
}

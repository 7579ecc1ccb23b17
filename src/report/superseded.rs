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
use crate::model::NotePath;
use crate::model::Status;
use crate::model::Task;
use crate::parse::carried;
use crate::report::action;
use crate::report::action::Seen;
use crate::report::resolve::NoteRef;
use crate::report::series;
use crate::report::series::Key;

/// A box in a meeting.
struct Boxed {
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
    let mut groups: BTreeMap<(Key, String), Vec<Boxed>> = BTreeMap::new();
    for (at, record) in records.iter().enumerate() {
        let note = &record.parsed.note;
        if note.meetings.is_empty() || note.tasks.is_empty() {
            continue;
        }
        let copies = copies(note);
        for (index, key, date) in tasks(record) {
            let Some(task) = note.tasks.get(index) else { continue };
            groups.entry((key, carried::key(&task.text))).or_default().push(Boxed {
                date,
                place: (at, index),
                is_copy: copies.contains(&index),
                goes_on: task.status.is_open() || task.status == Status::Moved,
            });
        }
    }
    let mut places: BTreeSet<(usize, usize)> =
        groups.into_values().filter(|group| group.len() > 1).flat_map(replaced).collect();
    places.extend(older_copies(records));
    for (record, index) in places {
        let task = records.get_mut(record).and_then(|record| record.parsed.note.tasks.get_mut(index));
        if let Some(task) = task {
            task.superseded = true;
            if task.status.is_open() {
                task.status = Status::Moved;
            }
        }
    }
}

/// The places of the boxes whose actions have a later copy, in whatever words.
fn older_copies(records: &[Record]) -> Vec<(usize, usize)> {
    let has_boxes = |record: &&Record| !record.parsed.note.meetings.is_empty() && !record.parsed.note.tasks.is_empty();
    let notes: Vec<NoteRef<'_>> = records.iter().filter(has_boxes).map(|one| (&one.path, &one.parsed.note)).collect();
    if notes.is_empty() {
        return Vec::new();
    }
    let at: BTreeMap<&NotePath, usize> = records.iter().enumerate().map(|(at, record)| (&record.path, at)).collect();
    let mut boxes: BTreeMap<(&NotePath, usize), Vec<Seen<'_>>> = BTreeMap::new();
    for (path, note) in &notes {
        for (index, task) in note.tasks.iter().enumerate() {
            let Some(meeting) = note.meeting_index_at(task.line).and_then(|at| note.meetings.get(at)) else { continue };
            boxes.entry((path, meeting.line)).or_default().push(Seen {
                place: index,
                key: carried::key(&task.text),
                text: &task.text,
                carried: task.carried,
                is_ended: matches!(task.status, Status::Done | Status::Cancelled),
            });
        }
    }
    let mut places = Vec::new();
    for series in series::all(&notes) {
        let meetings = series.meetings.iter().map(|one| {
            let boxes = boxes.remove(&(one.path, one.meeting.line)).unwrap_or_default();
            (one.meeting.date, boxes)
        });
        for action in action::actions(meetings) {
            let (_, older) = action.sightings.split_last().unwrap_or((&(0, 0), &[]));
            let place = |(meeting, task): &(usize, usize)| Some((*at.get(series.meetings.get(*meeting)?.path)?, *task));
            places.extend(older.iter().filter_map(place));
        }
    }
    places
}

/// The places of the boxes with the same words that a later one stands for.
fn replaced(mut group: Vec<Boxed>) -> Vec<(usize, usize)> {
    group.sort_by_key(|seen| (seen.date, seen.place));
    // all before the newest that was carried over
    let newest = group.iter().filter(|seen| seen.is_copy).map(|seen| seen.date).max();
    let (old, rest): (Vec<Boxed>, Vec<Boxed>) =
        group.into_iter().partition(|seen| newest.is_some_and(|newest| seen.date < newest));
    let mut places: Vec<(usize, usize)> = old.into_iter().map(|seen| seen.place).collect();
    // after it each takes over from one that was left: of one meeting all are different
    let mut left: VecDeque<Boxed> = VecDeque::new();
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

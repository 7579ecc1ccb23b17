//! The to-do list: open tasks, grouped so that the list is useful without any metadata.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::model::Note;
use crate::model::NotePath;
use crate::model::Status;
use crate::model::calendar::DateRange;
use crate::parse::plain;
use crate::report::task;
use crate::report::task::TaskRow;

/// How a list of tasks is grouped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum GroupBy {
    /// By note, then heading or journal day; tasks due soon first.
    #[default]
    Note,
    /// By heading, over all notes.
    Heading,
    /// By tag.
    Tag,
    /// By due date.
    Due,
    /// By status.
    Status,
    /// By person.
    Person,
    /// By ticket.
    Ticket,
}

/// A part of a listing: a note, or overdue tasks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What its tasks have in common.
    pub title: PartTitle,
    /// In display order.
    pub blocks: Vec<Block>,
}

/// What the tasks of a part have in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PartTitle {
    /// Nothing: it is one list.
    Untitled,
    /// They were due before today.
    Overdue,
    /// They are due today.
    Today,
    /// They are due within a week.
    NextDays,
    /// They are in one note.
    Note(NotePath),
    /// They are of one day, or of one stretch of days, or have none.
    Days(Option<DateRange>),
    /// They share a heading, tag, person or the like.
    Key(String),
    /// They have no key for the grouping.
    NoKey,
}

/// Tasks shown together: one journal day, one heading, one parent item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// The day, or the first of several, where one is known.
    pub date: Option<NaiveDate>,
    /// All days that it is about.
    pub days: Option<DateRange>,
    /// Headings and parent items, joined by ` > `; may be empty.
    pub title: String,
    /// In the order of the text.
    pub lines: Vec<Line>,
}

/// A line of a listing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// An index into the rows.
    pub row: usize,
    /// How far it is indented below the block's items.
    pub indent: usize,
    /// For groups: the number of done tasks, and of all tasks.
    pub progress: Option<(usize, usize)>,
    /// A group that is shown only because of the tasks under it: it is not counted.
    pub header: bool,
}

/// Numbers of tasks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Open tasks, without groups.
    pub open: usize,
    /// Done tasks, without groups.
    pub done: usize,
    /// Notes with an open task.
    pub notes: usize,
    /// All boxes.
    pub boxes: usize,
    /// Boxes that are groups.
    pub groups: usize,
    /// True if a listed task has a date or is under a dated heading.
    pub dated: bool,
}

/// True for an open task that is not a group, or a group whose tasks are all closed.
#[must_use]
pub fn is_to_do(row: &TaskRow<'_>) -> bool {
    is_open_leaf(row.note, row.index)
}

/// As [`is_to_do`], for a note's task.
#[must_use]
pub fn is_open_leaf(note: &Note, index: usize) -> bool {
    let Some(task) = note.tasks.get(index).filter(|task| task.status.is_open()) else { return false };
    !task.group || task::leaves(note, index).all(|leaf| !leaf.status.is_open())
}

/// Counts rows, which are in the order of their notes, and closed tasks without rows, which are not groups.
#[must_use]
pub fn counts<'r, 'n: 'r>(rows: impl Iterator<Item = &'r TaskRow<'n>>, closed: &[Status]) -> Counts {
    let mut counts = Counts::default();
    let mut last = None;
    for row in rows {
        if row.task.status == Status::Info {
            continue;
        }
        counts.boxes += 1;
        if row.task.group {
            counts.groups += 1;
        }
        if is_to_do(row) {
            counts.open += 1;
            counts.notes += usize::from(last != Some(row.path));
            last = Some(row.path);
            counts.dated |= row.task.due.is_some() || row.task.scheduled.is_some();
        } else if row.task.status == Status::Done && !row.task.group {
            counts.done += 1;
        }
    }
    counts.boxes += closed.iter().filter(|status| **status != Status::Info).count();
    counts.done += closed.iter().filter(|status| **status == Status::Done).count();
    counts
}

/// Arranges the rows `shown` in parts. Dated ones in sections overdue, today, next 7 days first; the rest by note, oldest first.
#[must_use]
pub fn parts(rows: &[TaskRow<'_>], shown: &[usize], by: GroupBy, today: NaiveDate) -> Vec<Part> {
    match by {
        GroupBy::Note => {
            let mut soon: [Vec<usize>; 3] = Default::default();
            let mut rest = Vec::new();
            for &index in shown {
                let Some(row) = rows.get(index) else { continue };
                let due = row.task.due.or(row.task.scheduled).filter(|_| row.task.status.is_open());
                let slot = due.map(|due| (due - today).num_days());
                let [overdue, now, week] = &mut soon;
                match slot {
                    Some(days) if days < 0 => overdue.push(index),
                    Some(0) => now.push(index),
                    Some(days) if days <= 7 => week.push(index),
                    _ => rest.push(index),
                }
            }
            let mut parts = Vec::new();
            for (title, mut indices) in
                [PartTitle::Overdue, PartTitle::Today, PartTitle::NextDays].into_iter().zip(soon)
            {
                indices.sort_by_key(|&index| {
                    rows.get(index)
                        .map(|row| (row.task.due.or(row.task.scheduled), row.task.priority.map_or(2, |p| p as u8)))
                });
                parts.extend(Part::flat(title, &indices));
            }
            parts.extend(by_note(rows, &rest));
            parts
        }
        GroupBy::Heading => keyed(rows, shown, |row| vec![row.note.heading_path(row.task.section).join(" > ")]),
        GroupBy::Tag => keyed(rows, shown, |row| row.task.tags.iter().map(|tag| format!("#{tag}")).collect()),
        GroupBy::Due => keyed(rows, shown, |row| row.task.due.iter().map(ToString::to_string).collect()),
        GroupBy::Status => keyed(rows, shown, |row| vec![row.task.status.name().to_owned()]),
        GroupBy::Person => keyed(rows, shown, |row| row.people.iter().map(|name| named(name)).collect()),
        GroupBy::Ticket => keyed(rows, shown, |row| row.task.tickets.clone()),
    }
}

impl Part {
    /// A flat list of tasks; `None` if there are none.
    #[must_use]
    pub fn flat(title: PartTitle, indices: &[usize]) -> Option<Self> {
        let lines = indices.iter().map(|&row| Line { row, indent: 0, progress: None, header: false }).collect();
        let block = Block { date: None, days: None, title: String::new(), lines };
        (!indices.is_empty()).then(|| Self { title, blocks: vec![block] })
    }
}

/// `@Ida`; a name of several words as it is.
fn named(name: &str) -> String {
    if name.contains(char::is_whitespace) { name.to_owned() } else { format!("@{name}") }
}

/// One part per key; a row with several keys is in each, one without under `(none)`, last.
fn keyed(rows: &[TaskRow<'_>], shown: &[usize], keys: impl Fn(&TaskRow<'_>) -> Vec<String>) -> Vec<Part> {
    let mut parts: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut none = Vec::new();
    for &index in shown {
        let Some(row) = rows.get(index) else { continue };
        let found = keys(row);
        if found.iter().all(String::is_empty) {
            none.push(index);
        }
        for key in found.into_iter().filter(|key| !key.is_empty()) {
            parts.entry(key).or_default().push(index);
        }
    }
    let keyed = parts.into_iter().filter_map(|(key, indices)| Part::flat(PartTitle::Key(key), &indices));
    keyed.chain(Part::flat(PartTitle::NoKey, &none)).collect()
}

fn by_note(rows: &[TaskRow<'_>], shown: &[usize]) -> Vec<Part> {
    let mut parts: Vec<(Option<NaiveDate>, Part)> = Vec::new();
    let mut at = 0;
    while let Some(first) = shown.get(at).and_then(|&index| rows.get(index)) {
        let end = at
            + shown
                .iter()
                .skip(at)
                .take_while(|&&i| rows.get(i).is_some_and(|row| std::ptr::eq(row.note, first.note)))
                .count();
        let blocks = blocks(rows, shown.get(at..end).unwrap_or(&[]));
        let oldest = blocks.iter().filter_map(|block| block.date).min();
        parts.push((oldest, Part { title: PartTitle::Note(first.path.clone()), blocks }));
        at = end.max(at + 1);
    }
    // oldest first, undated notes last; those of the same day in the order of their paths
    parts.sort_by_key(|&(oldest, _)| (oldest.is_none(), oldest));
    parts.into_iter().map(|(_, part)| part).collect()
}

/// The blocks of one note: tasks under the same day, headings and plain parents.
fn blocks(rows: &[TaskRow<'_>], indices: &[usize]) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::with_capacity(1);
    let mut places: BTreeMap<(Option<NaiveDate>, Option<NaiveDate>, String), usize> = BTreeMap::new();
    // a group that is listed itself needs no header, and no group needs two
    let mut headed: BTreeSet<usize> = indices.iter().copied().collect();
    for &index in indices {
        let Some(row) = rows.get(index) else { continue };
        let chain = group_chain(row.note, row.index);
        let title = block_title(row, chain.len());
        let days = row.days();
        let place = *places.entry((row.date, days.and_then(|days| days.end), title.clone())).or_insert_with(|| {
            // most have one line, and most notes one block: an empty list would grow to four at once
            blocks.push(Block { date: row.date, days, title, lines: Vec::with_capacity(1) });
            blocks.len() - 1
        });
        let Some(block) = blocks.get_mut(place) else { continue };
        for (depth, &group) in chain.iter().enumerate() {
            // rows of one note are adjacent, so the row of a group is as far back as its task
            let Some(header) = index.checked_sub(row.index - group) else { continue };
            let is_it = rows.get(header).is_some_and(|other| other.path == row.path && other.index == group);
            if is_it && headed.insert(header) {
                let progress = Some(task::progress(row.note, group));
                block.lines.push(Line { row: header, indent: depth, progress, header: true });
            }
        }
        let progress = row.task.group.then(|| task::progress(row.note, row.index));
        block.lines.push(Line { row: index, indent: chain.len(), progress, header: false });
    }
    blocks.sort_by_key(|block| (block.date.is_none(), block.date));
    blocks
}

/// The unbroken chain of groups above a task, outermost first.
fn group_chain(note: &Note, index: usize) -> Vec<usize> {
    let mut chain = Vec::new();
    let mut at = note.tasks.get(index).and_then(|task| task.parent);
    while let Some(parent) = at {
        let Some(task) = note.tasks.get(parent) else { break };
        if !task.group {
            break;
        }
        chain.push(parent);
        at = task.parent;
    }
    chain.reverse();
    chain
}

/// The headings below the title and the plain items above, without the groups that get their own lines.
fn block_title(row: &TaskRow<'_>, groups: usize) -> String {
    let mut parts: Vec<String> = Vec::new();
    let entry = row.note.entry_at(row.task.line);
    let mut section = row.task.section;
    let mut headings = Vec::new();
    while let Some(at) = section.and_then(|index| row.note.sections.get(index)) {
        let dates_it = entry.is_some_and(|entry| entry.line == at.line);
        if !dates_it && at.text != row.note.title {
            headings.push(at.text.clone());
        }
        section = at.parent;
    }
    headings.reverse();
    parts.extend(headings);
    let plain_parents = row.task.under.len().saturating_sub(groups);
    let entry_words = entry.map(|entry| entry.written.as_str());
    parts.extend(
        row.task
            .under
            .iter()
            .take(plain_parents)
            .map(|words| plain(words))
            .filter(|words| !words.is_empty() && Some(words.as_str()) != entry_words),
    );
    parts.join(" > ")
}

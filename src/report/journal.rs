//! The dated entries of all notes as rows, days without entries, and words by day.
//!
//! The parser dates the entries. Called by `journal`.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use chrono::Datelike as _;
use chrono::Days;
use chrono::NaiveDate;
use serde::Serialize;

use crate::model::Entry;
use crate::model::Note;
use crate::model::NotePath;
use crate::model::Precision;
use crate::model::Reading;
use crate::model::Section;
use crate::model::Span;
use crate::model::Status;
use crate::model::Task;
use crate::model::calendar::DateRange;
use crate::report::context;
use crate::report::todo;

/// In days; longer ranges stand for a period, not for days of writing.
const LONGEST: u64 = 31;

/// An entry as shown in a listing. Nested entries are counted separately.
#[derive(Debug, Clone, Copy)]
pub struct EntryRow<'a> {
    /// Where it is.
    pub path: &'a NotePath,
    /// Its note.
    pub note: &'a Note,
    /// The entry itself.
    pub entry: &'a Entry,
    /// Number of words in its text, including the line that dates it.
    pub words: usize,
    /// Number of meetings that begin in it.
    pub meetings: usize,
    /// Number of open tasks, without groups.
    pub tasks_open: usize,
    /// Number of done tasks, without groups.
    pub tasks_done: usize,
    /// Number of links that were read.
    pub read: usize,
    /// Number of links to read.
    pub to_read: usize,
}

impl EntryRow<'_> {
    /// The days it covers; for a month all of its days.
    #[must_use]
    pub fn days(&self) -> DateRange {
        days(self.entry)
    }

    /// True if it belongs to a period: a day or range by any of its days, a month only as a whole.
    #[must_use]
    pub fn is_within(&self, range: DateRange) -> bool {
        let days = self.days();
        match self.entry.precision {
            Precision::Day | Precision::Range => days.overlaps(range),
            Precision::Month => {
                days.start.is_some_and(|day| range.contains(day)) && days.end.is_some_and(|day| range.contains(day))
            }
        }
    }
}

/// The days an entry covers; for a month all of its days.
#[must_use]
pub fn days(entry: &Entry) -> DateRange {
    context::covered(entry.date, entry.precision, entry.end_date)
}

/// Newest first, then by path and line.
pub fn sort(rows: &mut [EntryRow<'_>]) {
    rows.sort_by(|a, b| (b.entry.date, a.path, a.entry.line).cmp(&(a.entry.date, b.path, b.entry.line)));
}

/// The entries of one note, in the order of the text.
pub fn of_note<'a>(path: &'a NotePath, note: &'a Note) -> impl Iterator<Item = EntryRow<'a>> {
    let row = |entry: &'a Entry| EntryRow {
        path,
        note,
        entry,
        words: entry.words,
        meetings: 0,
        tasks_open: 0,
        tasks_done: 0,
        read: entry.read,
        to_read: entry.to_read,
    };
    let mut rows: Vec<EntryRow<'a>> = note.entries.iter().map(row).collect();
    for entry in &note.entries {
        if let Some(outer) = entry.parent.and_then(|parent| rows.get_mut(parent)) {
            outer.words = outer.words.saturating_sub(entry.words);
        }
    }
    for meeting in &note.meetings {
        if let Some(row) = note.entry_index_at(meeting.line).and_then(|index| rows.get_mut(index)) {
            row.meetings += 1;
        }
    }
    for (at, task) in note.tasks.iter().enumerate() {
        let Some(row) = note.entry_index_at(task.line).and_then(|index| rows.get_mut(index)) else { continue };
        if todo::is_open_leaf(note, at) {
            row.tasks_open += 1;
        } else if task.status == Status::Done && !task.group {
            row.tasks_done += 1;
        }
    }
    rows.into_iter()
}

/// The note reduced to one entry, so that a query can match the entry alone.
///
/// Headings above it and the front matter stay. The text is the note's, cut at the end of the entry.
///
/// The cost depends on the entry, not on the note, which may have many entries.
#[must_use]
pub fn narrowed(note: &Note, entry: &Entry) -> Note {
    let (kept_sections, first_section) = sections(note, entry);
    let above = kept_sections.iter().filter(|section| section.line < entry.line).count();
    let section_now = |index: usize| match index.checked_sub(first_section) {
        Some(behind) => above + behind,
        None => above.saturating_sub(1),
    };
    let first = note.tasks.partition_point(|task| task.span.start < entry.span.start);
    let tasks = slice(&note.tasks, entry.span, |task| task.span).iter().map(|task| {
        let mut task = task.clone();
        task.parent = task.parent.and_then(|parent| parent.checked_sub(first));
        task.section = task.section.map(section_now).filter(|_| !kept_sections.is_empty());
        task
    });
    let tasks: Vec<Task> = tasks.collect();
    // those of the front matter come first
    let front = note.tags.partition_point(|tag| tag.span.start < note.body_start);
    let own = note.tags.get(front..).unwrap_or(&[]);
    let tags = note.tags.iter().take(front).chain(slice(own, entry.span, |tag| tag.span).iter());
    Note {
        title: note.title.clone(),
        title_from: note.title_from,
        opening: None,
        privacy: note.privacy,
        kind: note.kind.clone(),
        lang: note.lang.clone(),
        aliases: note.aliases.clone(),
        tags: tags.cloned().collect(),
        properties: note.properties.clone(),
        sections: kept_sections,
        links: slice(&note.links, entry.span, |link| link.span).to_vec(),
        definitions: Vec::new(),
        other_links: Vec::new(),
        tasks,
        questions: slice(&note.questions, entry.span, |question| question.span).to_vec(),
        decisions: slice(&note.decisions, entry.span, |decision| decision.span).to_vec(),
        reading: slice(&note.reading, entry.span, |reading| reading.span)
            .iter()
            .map(|reading| Reading { task: reading.task.and_then(|task| task.checked_sub(first)), ..reading.clone() })
            .collect(),
        blocks: slice(&note.blocks, entry.span, |block| block.span).to_vec(),
        anchors: Vec::new(),
        tickets: slice(&note.tickets, entry.span, |ticket| ticket.span).to_vec(),
        ticket_like: slice(&note.ticket_like, entry.span, |like| like.span).to_vec(),
        goals: Vec::new(),
        skill_words: Vec::new(),
        endorsements: Vec::new(),
        entries: vec![Entry { parent: None, ..entry.clone() }],
        meetings: slice(&note.meetings, entry.span, |meeting| meeting.span).to_vec(),
        date: (entry.precision != Precision::Month).then_some(entry.date),
        date_precision: Some(entry.precision).filter(|precision| *precision != Precision::Month),
        date_end: entry.end_date,
        date_why: entry.why.clone(),
        words: entry.words,
        body_start: entry.span.start.max(note.body_start),
    }
}

/// The items of a sorted list inside a span.
fn slice<T>(all: &[T], within: Span, span: impl Fn(&T) -> Span) -> &[T] {
    let from = all.partition_point(|one| span(one).start < within.start);
    let to = all.partition_point(|one| span(one).start <= within.end);
    all.get(from..to.max(from)).unwrap_or(&[])
}

/// The headings above an entry, outermost first, then those in it; and the original index of the first heading in it.
fn sections(note: &Note, entry: &Entry) -> (Vec<Section>, usize) {
    let own = slice(&note.sections, entry.span, |section| section.heading_span);
    let first = note.sections.partition_point(|section| section.heading_span.start < entry.span.start);
    let mut above: Vec<Section> = Vec::new();
    let mut at = match own.first() {
        // the heading that dates the entry
        Some(section) if section.line == entry.line => section.parent,
        _ => first.checked_sub(1),
    };
    while let Some(section) = at.and_then(|index| note.sections.get(index)) {
        at = section.parent;
        above.push(section.clone());
    }
    above.reverse();
    let count = above.len();
    let mut kept = above;
    kept.extend(own.iter().cloned());
    for (index, section) in kept.iter_mut().enumerate() {
        section.parent = match section.parent {
            _ if index < count => index.checked_sub(1),
            Some(parent) => parent.checked_sub(first).map(|parent| count + parent).or_else(|| count.checked_sub(1)),
            None => None,
        };
    }
    (kept, first)
}

/// The activity on a day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Written {
    /// Number of entries.
    pub entries: usize,
    /// Number of words; those of a range are spread over its days.
    pub words: usize,
}

/// The words of an entry by day, spread evenly for a range; none for a month or a longer range.
pub fn words_by_day(row: &EntryRow<'_>) -> impl Iterator<Item = (NaiveDate, usize)> {
    let first = row.entry.date;
    let count = u64::try_from((row.entry.end_date.unwrap_or(first) - first).num_days()).unwrap_or(0) + 1;
    let count = if row.entry.precision == Precision::Month || count > LONGEST { 0 } else { count };
    let days = usize::try_from(count).unwrap_or(1).max(1);
    let (each, left) = (row.words / days, u64::try_from(row.words % days).unwrap_or(0));
    (0..count).filter_map(move |n| Some((first.checked_add_days(Days::new(n))?, each + usize::from(n < left))))
}

/// The days with an entry. Months and ranges of more than a month do not count.
#[must_use]
pub fn by_day(rows: &[EntryRow<'_>]) -> BTreeMap<NaiveDate, Written> {
    let mut days: BTreeMap<NaiveDate, Written> = BTreeMap::new();
    for (day, words) in rows.iter().flat_map(words_by_day) {
        let written = days.entry(day).or_default();
        written.entries += 1;
        written.words += words;
    }
    days
}

/// Consecutive working days without an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Gap {
    /// The first of them.
    pub start: NaiveDate,
    /// The last of them.
    pub end: NaiveDate,
    /// How many there are.
    pub working_days: usize,
}

/// The working days (Monday to Friday) without an entry in a period, as gaps, newest first.
#[must_use]
pub fn gaps(days: &BTreeMap<NaiveDate, Written>, from: NaiveDate, to: NaiveDate) -> Vec<Gap> {
    let mut gaps: Vec<Gap> = Vec::new();
    let mut open = false;
    for day in from.iter_days().take_while(|day| *day <= to) {
        if days.contains_key(&day) {
            open = false;
        } else if day.weekday().num_days_from_monday() < 5 {
            match gaps.last_mut().filter(|_| open) {
                Some(gap) => {
                    gap.end = day;
                    gap.working_days += 1;
                }
                None => gaps.push(Gap { start: day, end: day, working_days: 1 }),
            }
            open = true;
        }
    }
    gaps.reverse();
    gaps
}

/// A corrected year or month of a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction<'a> {
    /// The note.
    pub path: &'a NotePath,
    /// After the correction: `2022`, or `2020-03` if the month was wrong.
    pub taken: String,
    /// As written.
    pub written: String,
}

/// The corrections in these rows, each once per note, in their order.
#[must_use]
pub fn corrections<'a>(rows: &[EntryRow<'a>]) -> Vec<Correction<'a>> {
    let mut found: Vec<Correction<'a>> = Vec::new();
    let mut seen = BTreeSet::new();
    for row in rows {
        let Some(from) = row.entry.corrected_from else { continue };
        let date = row.entry.date;
        let (taken, written) = if date.month() == from.month() && date.year() != from.year() {
            (date.year().to_string(), from.year().to_string())
        } else {
            (date.format("%Y-%m").to_string(), from.format("%Y-%m").to_string())
        };
        let correction = Correction { path: row.path, taken, written };
        if seen.insert((row.path, correction.taken.clone(), correction.written.clone())) {
            found.push(correction);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn note(path: &str, text: &str) -> (NotePath, Note) {
        let path = NotePath::from(path);
        let note = parse::parse(&path, text, &parse::Options::default()).note;
        (path, note)
    }

    #[test]
    fn what_stands_in_an_inner_entry_counts_there() {
        let text = "# 2026-11-20\none two\n- [ ] a\n\n## Standup 2026-11-19\nthree\n- [x] b\n- [ ] c\n  - [x] d\n";
        let (path, note) = note("a.md", text);
        let rows: Vec<_> =
            of_note(&path, &note).map(|row| (row.entry.line, row.words, row.tasks_open, row.tasks_done)).collect();
        // a group, whose boxes are all ticked, is one to tick
        assert_eq!(rows, [(1, 4, 1, 0), (5, 8, 1, 2)]);
    }

    #[test]
    fn a_month_is_in_a_stretch_as_a_whole() {
        let (path, note) = note("a.md", "# Log\n\n## Oct 2026\nwords\n");
        let row = of_note(&path, &note).next().unwrap();
        let within = |from: &str, to: &str| row.is_within(DateRange::between(day(from), day(to)));
        assert_eq!(row.entry.precision, Precision::Month);
        assert!(within("2026-10-01", "2026-10-31") && within("2026-01-01", "2026-12-31"));
        assert!(!within("2026-10-02", "2026-12-31") && !within("2026-10-01", "2026-10-01"));
        assert!(by_day(&[row]).is_empty());
    }

    #[test]
    fn a_range_is_written_on_each_of_its_days() {
        let (path, note) = note("a.md", "## 2026-11-19 - 2026-11-20\none two three four\n");
        let rows: Vec<_> = of_note(&path, &note).collect();
        let days = by_day(&rows);
        assert_eq!(days.keys().copied().collect::<Vec<_>>(), [day("2026-11-19"), day("2026-11-20")]);
        assert!(rows[0].is_within(DateRange::day(day("2026-11-20"))));
    }

    #[test]
    fn gaps_leave_out_weekends() {
        // 20 November 2026 is a Friday
        let days = BTreeMap::from([(day("2026-11-18"), Written::default()), (day("2026-11-21"), Written::default())]);
        let found = gaps(&days, day("2026-11-16"), day("2026-11-24"));
        let gap = |start, end, working_days| Gap { start: day(start), end: day(end), working_days };
        // written on a Saturday: two gaps
        let want = [
            gap("2026-11-23", "2026-11-24", 2),
            gap("2026-11-19", "2026-11-20", 2),
            gap("2026-11-16", "2026-11-17", 2),
        ];
        assert_eq!(found, want);
        assert_eq!(gaps(&days, day("2026-11-21"), day("2026-11-22")), []);
    }

    #[test]
    fn a_narrowed_note_keeps_what_its_entry_has() {
        let text = "---\ntags: [log]\n---\n# Log #all\n\n## 2026-11-19\n- [ ] a\n\n## 2026-11-20\n- [ ] b #x\n  - [ ] c RETAIL\n  see [[n]] ^id\n";
        let (_, note) = note("a.md", text);
        let entry = note.entries.iter().find(|entry| entry.date == day("2026-11-20")).unwrap();
        let narrow = narrowed(&note, entry);
        let texts: Vec<&str> = narrow.tasks.iter().map(|task| task.text.as_str()).collect();
        assert_eq!(texts, ["b #x", "c RETAIL see [[n]] ^id"]);
        assert_eq!(narrow.tasks[1].parent, Some(0));
        assert_eq!(narrow.tags.iter().map(|tag| tag.name.as_str()).collect::<Vec<_>>(), ["log", "x"]);
        assert_eq!(narrow.links.len(), 1);
        let headings: Vec<&str> = narrow.sections.iter().map(|section| section.text.as_str()).collect();
        assert_eq!(headings, ["Log #all", "2026-11-20"]);
        assert_eq!(narrow.date, Some(day("2026-11-20")));
    }
}

//! Which notes, entries and tasks a query selects.

use std::cell::OnceCell;

use crate::disk;
use crate::index::Record;
use crate::model::Entry;
use crate::model::NotePath;
use crate::model::Point;
use crate::model::Task;
use crate::query;
use crate::query::LinkFacts;
use crate::query::NoteFacts;
use crate::query::Query;
use crate::query::World;
use crate::report::graph::Graph;
use crate::report::journal;
use crate::report::match_places;
use crate::report::match_places::MatchPlace;
use crate::report::notes::facts;
use crate::report::task::TaskRow;
use crate::session::Notes;
use crate::session::Session;

/// Reads a note's text as it is now.
type ReadText<'a> = dyn Fn(&NotePath) -> Option<String> + 'a;

/// Tests notes, entries and tasks against queries.
pub(super) struct Matcher<'a> {
    session: &'a Session,
    notes: &'a Notes,
    text: Box<ReadText<'a>>,
    links: LazyGraph<'a>,
}

impl Session {
    /// A test of queries on loaded notes.
    pub(super) fn matcher<'a>(&'a self, notes: &'a Notes) -> Matcher<'a> {
        let text = |path: &NotePath| disk::read_walked(&self.notebook, path).ok().map(|text| text.text);
        Matcher { session: self, notes, text: Box::new(text), links: LazyGraph { notes, graph: OnceCell::new() } }
    }
}

impl Matcher<'_> {
    fn world(&self) -> World<'_> {
        World { today: self.session.today(), text: &*self.text, links: &self.links, people: self.notes.people() }
    }

    /// Whether the query holds for a note.
    pub(super) fn note(&self, query: &Query, record: &Record) -> bool {
        query::matches_note(query, &facts(record), &self.world())
    }

    /// Whether the query holds for one of a note's links to read: an index into its reading list.
    pub(super) fn reading(&self, query: &Query, record: &Record, index: usize) -> bool {
        let reading = record.parsed.note.reading.get(index);
        reading.is_some_and(|reading| query::matches_reading(query, reading, &facts(record), &self.world()))
    }

    /// The places in a note where the query's tasks and regexes match.
    pub(super) fn places(&self, query: &Query, record: &Record, most: usize) -> Vec<MatchPlace> {
        let text = (self.text)(&record.path).unwrap_or_default();
        match_places::places(query, &facts(record), &text, &self.world(), most)
    }

    /// Whether the query holds for each of a note's entries, as if the entry were all of the note.
    pub(super) fn entries(&self, query: &Query, record: &Record) -> Vec<bool> {
        let note = &record.parsed.note;
        if query.expr.is_none() {
            return vec![true; note.entries.len()];
        }
        let text: OnceCell<Option<String>> = OnceCell::new();
        let holds = |entry: &Entry| {
            let mut narrowed = journal::narrowed(note, entry);
            // of many entries each gets its own part of the text and no more
            let begin = std::mem::take(&mut narrowed.body_start);
            let cut = |path: &NotePath| {
                let text = text.get_or_init(|| (self.text)(path));
                text.as_ref().and_then(|text| text.get(begin..entry.span.end.min(text.len()))).map(str::to_owned)
            };
            // the tasks of an entry are in a row
            let first = note.tasks.partition_point(|task| task.span.start < entry.span.start);
            let kept = record.kept.iter().filter_map(|(index, id)| Some((index.checked_sub(first)?, id.clone())));
            let kept: Vec<_> = kept.collect();
            let facts = NoteFacts { note: &narrowed, kept: &kept, ..facts(record) };
            query::matches_note(query, &facts, &World { text: &cut, ..self.world() })
        };
        note.entries.iter().map(holds).collect()
    }

    /// Whether the query holds for a point of a meeting, as if it had a box.
    pub(super) fn point(&self, query: &Query, record: &Record, point: &Point) -> bool {
        let note = &record.parsed.note;
        let first = note.tags.partition_point(|tag| tag.line < point.line);
        let tags = note.tags.iter().skip(first).take_while(|tag| tag.line == point.line);
        let first = note.tickets.partition_point(|ticket| ticket.line < point.line);
        let tickets = note.tickets.iter().skip(first).take_while(|ticket| ticket.line == point.line);
        let mentions = point.text.split_whitespace().filter_map(|word| word.strip_prefix('@'));
        let mentions = mentions.map(|name| name.trim_end_matches(|c: char| !c.is_alphanumeric()).to_owned());
        let task = Task {
            line: point.line,
            span: point.span,
            text_spans: vec![point.text_span],
            text: point.text.clone(),
            words: point.text.clone(),
            section: point.section,
            due: point.due,
            owner: point.owner.clone(),
            tags: tags.map(|tag| tag.name.clone()).collect(),
            tickets: tickets.map(|ticket| ticket.key.clone()).collect(),
            mentions: mentions.collect(),
            ..Task::default()
        };
        query::matches_task(query, &task, &facts(record), &self.world())
    }

    /// Whether the query holds for each of the tasks that [`Notes::tasks`] gave.
    pub(super) fn tasks(&self, query: &Query, rows: &[TaskRow<'_>]) -> Vec<bool> {
        if query.expr.is_none() {
            return vec![true; rows.len()];
        }
        let world = self.world();
        let mut records = self.notes.records().iter().peekable();
        let holds = |row: &TaskRow<'_>| {
            // both stand in the order of the paths
            while records.next_if(|record| record.path != *row.path).is_some() {}
            records.peek().is_some_and(|record| query::matches_task(query, row.task, &facts(record), &world))
        };
        rows.iter().map(holds).collect()
    }
}

/// The graph of links, made when a query first asks for it.
struct LazyGraph<'a> {
    notes: &'a Notes,
    graph: OnceCell<Graph<'a>>,
}

impl<'a> LazyGraph<'a> {
    fn graph(&self) -> &Graph<'a> {
        self.graph.get_or_init(|| Graph::new(self.notes.refs(), &[]))
    }
}

impl LinkFacts for LazyGraph<'_> {
    fn is_orphan(&self, note: &NotePath) -> bool {
        self.graph().is_orphan(note)
    }
    fn links_to(&self, from: &NotePath, to: &str) -> bool {
        self.graph().links_to(from, to)
    }
    fn linked_by(&self, note: &NotePath, from: &str) -> bool {
        self.graph().linked_by(note, from)
    }
}

//! The facts of a notebook's notes, ready to be asked: what most commands begin with.

use std::cell::OnceCell;
use std::sync::Arc;

use chrono::DateTime;
use chrono::Local;
use chrono::NaiveDate;

use crate::cli::context::Context;
use crate::cli::error::Failure;
use crate::cli::note_argument;
use crate::disk;
use crate::disk::Notebook;
use crate::index::Has;
use crate::index::Library;
use crate::index::Record;
use crate::index::Select;
use crate::model::NotePath;
use crate::model::short_id::Closed;
use crate::query;
use crate::query::Expr;
use crate::query::LinkFacts;
use crate::query::NoteFacts;
use crate::query::Query;
use crate::query::World;
use crate::query::ast::Is;
use crate::query::ast::Test;
use crate::query::fields::Field;
use crate::report::graph::Graph;
use crate::report::note::property_day;
use crate::report::place;
use crate::report::place::Place;
use crate::report::resolve::NoteRef;
use crate::report::task;
use crate::report::task::TaskRow;

/// Notes with their facts, sorted by path.
pub(crate) struct Facts {
    records: Vec<Record>,
}

impl Facts {
    /// Loads the notes that `select` names; more of them, or more of each, where the query asks about links.
    pub(crate) fn load(library: &Library, select: Select, query: &Query) -> Result<Self, Failure> {
        let links = |test: &Test| matches!(test, Test::Is(Is::Orphan) | Test::In(Field::Link | Field::LinkedBy, _));
        let embeds = |test: &Test| matches!(test, Test::Has(query::ast::Has::Embed));
        let select = match select {
            _ if asks(query, links) => Select::All,
            Select::Tasks | Select::OpenTasks if asks(query, embeds) => Select::With(Has::Task),
            Select::OpenTasks if query.expr.is_some() => Select::Tasks,
            select => select,
        };
        Ok(Self { records: library.notes(select)? })
    }

    pub(crate) fn records(&self) -> &[Record] {
        &self.records
    }

    /// Path and note of each record.
    pub(crate) fn notes(&self) -> Arc<[NoteRef<'_>]> {
        self.records.iter().map(|record| (&record.path, &record.parsed.note)).collect()
    }

    /// The names of people whom the notebook knows, in lower case: those of the settings, and notes of the kind `person`.
    pub(crate) fn people(&self, notebook: &Notebook) -> Vec<String> {
        let people = self.records.iter().filter(|record| record.parsed.note.kind.as_deref() == Some("person"));
        let mut names: Vec<String> =
            people.flat_map(|record| [record.parsed.note.title.clone(), record.path.stem().to_owned()]).collect();
        names.extend(notebook.settings.people.iter().map(|name| name.trim_start_matches('@').to_owned()));
        names.iter().map(|name| name.to_lowercase()).collect()
    }

    /// The tasks of these notes. What listings show is unique among them.
    pub(crate) fn tasks(&self, people: &[String], today: NaiveDate) -> Vec<TaskRow<'_>> {
        let notes = self.records.iter().map(|record| (&record.path, &record.parsed.note, record.kept.as_slice()));
        let notes: Vec<_> = notes.collect();
        let closed: Vec<&str> = self.closed().map(Closed::id).collect();
        task::rows(&notes, &closed, people, today)
    }

    /// The tasks that were not loaded.
    pub(crate) fn closed(&self) -> impl Iterator<Item = &Closed> {
        self.records.iter().flat_map(|record| &record.closed)
    }

    /// Calls `work` with a test of queries on these notes.
    pub(crate) fn ask<T>(&self, context: &Context, notebook: &Notebook, work: impl FnOnce(&Ask<'_>) -> T) -> T {
        let people = self.people(notebook);
        let text = |path: &NotePath| disk::read_walked(notebook, path).ok().map(|text| text.text);
        let links = LazyGraph { facts: self, graph: OnceCell::new() };
        let world = World { today: context.today, text: &text, links: &links, people: &people };
        work(&Ask { world })
    }
}

/// Asks queries of notes and tasks.
pub(crate) struct Ask<'a> {
    world: World<'a>,
}

impl Ask<'_> {
    pub(crate) fn note(&self, query: &Query, record: &Record) -> bool {
        query::matches_note(query, &note_facts(record), &self.world)
    }

    /// Where in a note the query holds, as far as tasks and regexes say it.
    pub(crate) fn places(&self, query: &Query, record: &Record, most: usize) -> Vec<Place> {
        let text = (self.world.text)(&record.path).unwrap_or_default();
        place::places(query, &note_facts(record), &text, &self.world, most)
    }
}

/// A record as a query sees it.
pub(crate) fn note_facts(record: &Record) -> NoteFacts<'_> {
    NoteFacts {
        path: &record.path,
        note: &record.parsed.note,
        kept: &record.kept,
        created: created(record),
        modified: Some(modified(record)),
    }
}

/// When a note was begun: its front matter, else its date.
pub(crate) fn created(record: &Record) -> Option<NaiveDate> {
    property_day(&record.parsed.note, &["created", "date"]).or(record.parsed.note.date)
}

/// When a note was last changed: its front matter, else its file.
pub(crate) fn modified(record: &Record) -> NaiveDate {
    property_day(&record.parsed.note, &["modified", "updated", "last_modified"])
        .unwrap_or_else(|| DateTime::from_timestamp_nanos(record.stamp.mtime).with_timezone(&Local).date_naive())
}

/// Reads a query; an error shows the place.
pub(crate) fn parse_query(context: &Context, notebook: &Notebook, words: &[String]) -> Result<Query, Failure> {
    let words: Vec<String> = words.iter().filter_map(|word| place(context, notebook, word)).collect();
    let text = words.join(" ");
    let query = query::Context { today: context.today, named: &notebook.settings.queries };
    let query = Query::parse(&text, &query)
        .map_err(|error| Failure::new(error.render(&text)).hint("`hornbook help query` shows what a query can say"))?;
    for remark in query.remarks() {
        context.ui.say(&remark.message);
    }
    Ok(query)
}

/// A word of a query as the query says it: `patterns/` or `./a.md` is a folder or a file where there is one, as ripgrep has it.
/// `None` for a folder in which all notes lie.
fn place(context: &Context, notebook: &Notebook, word: &str) -> Option<String> {
    let like_a_path =
        word == "." || (word.contains('/') && !word.contains([':', '"', '\'']) && !word.contains(char::is_whitespace));
    let is_regex = word.starts_with('/') && word.ends_with('/');
    if !like_a_path || is_regex {
        return Some(word.to_owned());
    }
    if context.cwd.join(word).canonicalize().is_ok_and(|full| notebook.root.starts_with(full)) {
        return None;
    }
    let path = note_argument::from_here(context, notebook, word);
    Some(path.map_or_else(|| word.to_owned(), |path| format!("path:\"/{}\"", path.as_str())))
}

/// True when a query, or what it asks of tasks, has such a test.
fn asks(query: &Query, fits: impl Fn(&Test) -> bool) -> bool {
    let mut waiting: Vec<&Expr> = query.expr.iter().collect();
    while let Some(expr) = waiting.pop() {
        for term in expr.terms() {
            if fits(&term.test) {
                return true;
            }
            if let Test::Task(_, Some(inner)) = &term.test {
                waiting.push(inner);
            }
        }
    }
    false
}

/// The graph, made when a query first asks for it.
struct LazyGraph<'a> {
    facts: &'a Facts,
    graph: OnceCell<Graph<'a>>,
}

impl<'a> LazyGraph<'a> {
    fn graph(&self) -> &Graph<'a> {
        self.graph.get_or_init(|| Graph::new(self.facts.notes(), &[]))
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

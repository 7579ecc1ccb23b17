//! Matches a query against a note or a task: for `list`, `todo` and the reports, where every word filters.
//!
//! For a note, a condition on tasks (`is:open`, `due:`, `status:`, `task:` …) holds if one of its tasks satisfies it, and
//! several such conditions side by side must be satisfied by the same task; with `NOT` in front, no task may satisfy it.
//! For a task, conditions on what tasks have apply to the task, all others to its note.
//! For a link to read, conditions on what such links have apply to the link.
//! Total: unknown values (a date, a person) satisfy no comparison.
//!
//! Over 400 lines because one subject answers all tests.

use std::cell::OnceCell;

use chrono::NaiveDate;

use crate::model::Entry;
use crate::model::Note;
use crate::model::Precision;
use crate::model::Priority;
use crate::model::Reading;
use crate::model::ReadingState;
use crate::model::Task;
use crate::model::calendar::DateRange;
use crate::model::calendar::Length;
use crate::model::calendar::Unit;
use crate::model::reading::ReadingPrecision;
use crate::query::ast::Compare;
use crate::query::ast::Expr;
use crate::query::ast::Has;
use crate::query::ast::Is;
use crate::query::ast::Match;
use crate::query::ast::Query;
use crate::query::ast::TaskState;
use crate::query::ast::Test;
use crate::query::ast::Text;
use crate::query::ast::When;
use crate::query::field_values;
use crate::query::fields::Field;
use crate::query::note_facts::NoteFacts;
use crate::query::note_facts::World;
use crate::query::value::LEVELS;
use crate::query::wording;
use crate::query::wording::Hay;

/// True if the query holds for the note.
#[must_use]
pub fn matches_note(query: &Query, facts: &NoteFacts<'_>, world: &World<'_>) -> bool {
    let body = Body::default();
    let subject = Subject { facts, task: None, reading: None, alone: false, world, body: &body };
    query.expr.as_ref().is_none_or(|expr| subject.holds(expr))
}

/// True if the query holds for the task, one of the note's.
#[must_use]
pub fn matches_task(query: &Query, task: &Task, facts: &NoteFacts<'_>, world: &World<'_>) -> bool {
    let body = Body::default();
    let subject = Subject { facts, task: Some(task), reading: None, alone: false, world, body: &body };
    query.expr.as_ref().is_none_or(|expr| subject.holds(expr))
}

/// True if the query holds for a link to read, one of the note's.
#[must_use]
pub fn matches_reading(query: &Query, reading: &Reading, facts: &NoteFacts<'_>, world: &World<'_>) -> bool {
    let body = Body::default();
    let subject = Subject { facts, task: None, reading: Some(reading), alone: false, world, body: &body };
    query.expr.as_ref().is_none_or(|expr| subject.holds(expr))
}

/// A note's text after its front matter, read at most once.
#[derive(Default)]
struct Body {
    text: OnceCell<String>,
    folded: OnceCell<String>,
}

/// The subject of a condition.
#[derive(Clone, Copy)]
struct Subject<'a> {
    facts: &'a NoteFacts<'a>,
    task: Option<&'a Task>,
    reading: Option<&'a Reading>,
    /// Words are looked for in the task's own text only.
    alone: bool,
    world: &'a World<'a>,
    body: &'a Body,
}

impl<'a> Subject<'a> {
    fn of(self, task: &'a Task) -> Self {
        Self { task: Some(task), reading: None, ..self }
    }

    /// Recursive: the parser limits the depth of expressions.
    fn holds(self, expr: &Expr) -> bool {
        match expr {
            Expr::Term(term) => self.fulfils(&term.test),
            Expr::Not(inner) => !self.holds(inner),
            Expr::Or(items) => items.iter().any(|item| self.holds(item)),
            Expr::Named(named) => self.holds(&named.expr),
            Expr::And(_) | Expr::Seq(_) => {
                let mut items = Vec::new();
                conditions(expr, &mut items);
                if self.task.is_some() || self.reading.is_some() {
                    return items.iter().all(|item| self.holds(item));
                }
                let (of_reading, items): (Vec<&Expr>, Vec<&Expr>) =
                    items.into_iter().partition(|item| is_about_reading(item));
                // conditions on kind and state must hold for the same link
                let (of_kind, items): (Vec<&Expr>, Vec<&Expr>) =
                    items.into_iter().partition(|item| !of_reading.is_empty() && is_about_kind(item));
                let (of_task, rest): (Vec<&Expr>, Vec<&Expr>) =
                    items.into_iter().partition(|item| is_about_tasks(item));
                let fits = |reading: &'a Reading| {
                    let one = Self { reading: Some(reading), ..self };
                    of_reading.iter().chain(&of_kind).all(|item| one.holds(item))
                };
                rest.iter().all(|item| self.holds(item))
                    && (of_reading.is_empty() || self.note().reading.iter().any(fits))
                    && (of_task.is_empty()
                        || self.note().tasks.iter().any(|task| of_task.iter().all(|item| self.of(task).holds(item))))
            }
        }
    }

    const fn note(self) -> &'a Note {
        self.facts.note
    }

    fn fulfils(self, test: &Test) -> bool {
        if let Some(answer) = self.reading.and_then(|reading| self.reading_fulfils(reading, test)) {
            return answer;
        }
        match (self.task, test) {
            (task, Test::State(_) | Test::In(Field::Host, _)) => {
                let mut found = field_values::readings(self.note(), task).iter();
                found.any(|reading| Self { reading: Some(reading), ..self }.fulfils(test))
            }
            (None, test) if asks_tasks(test) => self.note().tasks.iter().any(|task| self.of(task).fulfils(test)),
            (_, Test::Text(text)) => self.has_words(text),
            (_, Test::In(field, value)) => self.has_in(*field, value),
            (_, Test::Is(Is::Draft)) => self.note().privacy.draft,
            (_, Test::Is(Is::Private)) => self.note().privacy.private.is_some(),
            (_, Test::Is(Is::Orphan)) => self.world.links.is_orphan(self.facts.path),
            (_, Test::Is(Is::Decision)) => !self.note().decisions.is_empty(),
            (None, Test::Is(_)) => field_values::asks_question(self.note()),
            (Some(task), Test::Is(is)) => field_values::task_is(task, *is, self.world.today),
            (_, Test::Has(has)) => match self.task {
                Some(task) => field_values::task_has(self.note(), task, *has),
                None => field_values::note_has(self.note(), *has),
            },
            (_, Test::Date(field, test)) => self.has_date(*field, test),
            (_, Test::Age(test)) => has_age(self.born(), test, self.world.today),
            (_, Test::Property(key, test)) => field_values::property(self.note(), key, test),
            (Some(task), Test::Status(status)) => task.status == *status,
            (Some(task), Test::Priority(test)) => has_priority(task, test),
            (Some(task), Test::Task(state, query)) => {
                let right_state = match state {
                    TaskState::Any => true,
                    TaskState::Open => task.status.is_open(),
                    TaskState::Done => task.checked(),
                };
                let alone = Self { alone: true, ..self };
                right_state && query.as_ref().is_none_or(|query| alone.holds(query))
            }
            // these are about tasks, so the first arm has taken them
            (None, Test::Status(_) | Test::Priority(_) | Test::Task(..)) => false,
        }
    }

    /// The result of a test for a link to read; `None` if the test is about its note.
    fn reading_fulfils(self, reading: &'a Reading, test: &Test) -> Option<bool> {
        let in_days = |day: Option<(NaiveDate, ReadingPrecision)>| day.map(|(day, precision)| precision.days(day));
        let words = |text: &Text| {
            let own = [&reading.title, &reading.url].into_iter().chain(&reading.author).chain(&reading.venue);
            has_any(own.chain(&reading.group).chain(&reading.remarks), |hay| Hay::new(hay).has(text))
        };
        Some(match test {
            Test::State(state) => reading.state == *state,
            Test::Text(text) => words(text) || Hay::new(&self.note().title).has(text),
            Test::In(field, Match::Text(text)) => match field {
                Field::Host => field_values::host_fits(&reading.url, text),
                Field::Kind => {
                    field_values::name_fits(reading.kind.name(), text, None)
                        || self.note().kind.as_deref().is_some_and(|kind| field_values::name_fits(kind, text, None))
                }
                Field::Text => words(text),
                Field::Heading => has_any(&reading.group, |hay| Hay::new(hay).has(text)),
                Field::Title if Hay::new(&reading.title).has(text) => true,
                Field::Link if Hay::new(&reading.url).has(text) => true,
                Field::Tag => has_any(field_values::tags_of_line(self.note(), reading.line), |tag| {
                    field_values::name_fits(tag, text, Some('/'))
                }),
                _ => return None,
            },
            Test::Is(Is::Open) => reading.state.is_open(),
            Test::Is(Is::Done) => reading.state == ReadingState::Read,
            Test::Date(Field::Done, test) => has_days(in_days(reading.finished).as_slice(), test),
            Test::Date(Field::Date | Field::Created, test) => has_days(in_days(reading.added).as_slice(), test),
            Test::Age(test) => has_age(reading.added.map(|(day, _)| day), test, self.world.today),
            test if asks_tasks(test) => {
                let task = reading.task.and_then(|task| self.note().tasks.get(task));
                task.is_some_and(|task| self.of(task).fulfils(test))
            }
            _ => return None,
        })
    }

    /// A plain word: in all names and texts.
    fn has_words(self, text: &Text) -> bool {
        let note = self.note();
        let has = |hay: &str| Hay::new(hay).has(text);
        match self.task {
            Some(task) if self.alone => has(&task.text),
            Some(task) => {
                has(&task.text)
                    || task.under.iter().any(|hay| has(hay))
                    || note.heading_path(task.section).into_iter().any(has)
                    || task.tags.iter().any(|hay| has(hay))
                    || has(&note.title)
            }
            None => {
                has(&note.title)
                    || note.aliases.iter().any(|hay| has(hay))
                    || has(&self.facts.path.to_string())
                    || self.body_has(text)
            }
        }
    }

    fn body_has(self, text: &Text) -> bool {
        let body = self.body.text.get_or_init(|| {
            let text = (self.world.text)(self.facts.path).unwrap_or_default();
            text.get(self.note().body_start..).map_or_else(String::new, str::to_owned)
        });
        Hay::folded(body, self.body.folded.get_or_init(|| wording::prepared(body))).has(text)
    }

    fn has_in(self, field: Field, value: &Match) -> bool {
        let note = self.note();
        let found = |text: &Text| match (field, self.task) {
            (Field::Title, _) => has_any(note.aliases.iter().chain([&note.title]), |hay| Hay::new(hay).has(text)),
            (Field::Heading, Some(task)) => {
                note.heading_path(task.section).into_iter().any(|hay| Hay::new(hay).has(text))
            }
            (Field::Heading, None) => note.sections.iter().any(|section| Hay::new(&section.text).has(text)),
            (Field::Text, Some(task)) => Hay::new(&task.text).has(text),
            (Field::Text, None) => self.body_has(text),
            (Field::Path, _) => field_values::path_fits(self.facts.path, text, false),
            (Field::File, _) => field_values::path_fits(self.facts.path, text, true),
            (Field::Tag, task) => {
                has_any(field_values::tags(note, task), |tag| field_values::name_fits(tag, text, Some('/')))
            }
            (Field::Kind, task) => {
                has_any(field_values::kinds(note, task), |kind| field_values::name_fits(kind, text, None))
                    || has_any(field_values::readings(note, task), |reading| {
                        field_values::name_fits(reading.kind.name(), text, None)
                    })
            }
            (Field::Owner, task) => {
                has_any(field_values::owners(note, task), |name| field_values::person_fits(name, text))
            }
            (Field::Series, task) => {
                has_any(field_values::series(note, task), |name| field_values::person_fits(name, text))
            }
            (Field::Person, task) => has_any(field_values::people(note, task, self.world.people), |name| {
                field_values::person_fits(name, text)
            }),
            (Field::Ticket, task) => {
                has_any(field_values::tickets(note, task), |key| field_values::name_fits(key, text, Some('-')))
            }
            (Field::Id, task) => {
                has_any(field_values::ids(note, task), |id| field_values::name_fits(id, text, None))
                    || field_values::short_id_fits(self.facts, task, text)
            }
            (Field::Link, Some(task)) => task.links.iter().any(|link| field_values::link_fits(&link.url, text)),
            (Field::Link, None) => {
                note.links.iter().any(|link| link.is_external() && Hay::new(&link.target).has(text))
                    || plain(text).is_some_and(|to| self.world.links.links_to(self.facts.path, to))
            }
            (Field::LinkedBy, _) => plain(text).is_some_and(|from| self.world.links.linked_by(self.facts.path, from)),
            // the other fields have their own tests
            _ => false,
        };
        let any = || match (field, self.task) {
            (Field::Heading, Some(task)) => task.section.is_some(),
            (Field::Heading, None) => !note.sections.is_empty(),
            (Field::Tag, task) => !field_values::tags(note, task).is_empty(),
            (Field::Kind, task) => !field_values::kinds(note, task).is_empty(),
            (Field::Owner, task) => !field_values::owners(note, task).is_empty(),
            (Field::Series, task) => !field_values::series(note, task).is_empty(),
            (Field::Person, task) => !field_values::people(note, task, self.world.people).is_empty(),
            (Field::Ticket, task) => !field_values::tickets(note, task).is_empty(),
            (Field::Id, task) => !field_values::ids(note, task).is_empty(),
            (Field::Link, Some(task)) => !task.links.is_empty(),
            (Field::Link, None) => !note.links.is_empty(),
            (Field::LinkedBy, _) => !self.world.links.is_orphan(self.facts.path),
            // these always have a value
            _ => true,
        };
        match value {
            Match::Any => any(),
            Match::None => !any(),
            Match::Text(text) => found(text),
        }
    }

    fn has_date(self, field: Field, test: &Compare<When>) -> bool {
        let note = self.note();
        let single = match (field, self.task) {
            (Field::Due, Some(task)) => task.due,
            (Field::Scheduled, Some(task)) => task.scheduled,
            (Field::Start, Some(task)) => task.start,
            (Field::Done, Some(task)) => task.completed,
            (Field::Created, Some(task)) => task.created.or(self.facts.created),
            (Field::Created, None) => self.facts.created,
            (Field::Modified, _) => self.facts.modified,
            (Field::Date, Some(task)) => return has_days(&self.task_days(task), test),
            (Field::Date, None) => {
                let mut days: Vec<DateRange> = note.entries.iter().map(entry_days).collect();
                days.extend(note.date.map(DateRange::day));
                return has_days(&days, test);
            }
            _ => None,
        };
        has_days(single.map(DateRange::day).as_slice(), test)
    }

    /// The dates of a task's entry, else of its note.
    fn task_days(self, task: &Task) -> Vec<DateRange> {
        let entry = self.note().entry_at(task.line).map(entry_days);
        entry.or(self.note().date.map(DateRange::day)).into_iter().collect()
    }

    /// The day from which the age is counted.
    fn born(self) -> Option<NaiveDate> {
        let noted = || self.note().date.or(self.facts.created);
        match self.task {
            Some(task) => {
                task.created.or_else(|| self.task_days(task).first().and_then(|days| days.start)).or_else(noted)
            }
            None => noted(),
        }
    }
}

/// The conditions of a conjunction, however it is joined.
fn conditions<'q>(expr: &'q Expr, items: &mut Vec<&'q Expr>) {
    match expr {
        Expr::And(inner) | Expr::Seq(inner) => inner.iter().for_each(|item| conditions(item, items)),
        Expr::Named(named) => conditions(&named.expr, items),
        other => items.push(other),
    }
}

/// True if all of it is about tasks, without negation.
fn is_about_tasks(expr: &Expr) -> bool {
    match expr {
        Expr::Term(term) => asks_tasks(&term.test),
        Expr::Or(items) | Expr::And(items) | Expr::Seq(items) => items.iter().all(is_about_tasks),
        Expr::Named(named) => is_about_tasks(&named.expr),
        Expr::Not(_) => false,
    }
}

/// True if all of it is about links to read, without negation.
fn is_about_reading(expr: &Expr) -> bool {
    match expr {
        Expr::Term(term) => matches!(term.test, Test::State(_) | Test::In(Field::Host, _)),
        Expr::Or(items) | Expr::And(items) | Expr::Seq(items) => items.iter().all(is_about_reading),
        Expr::Named(named) => is_about_reading(&named.expr),
        Expr::Not(_) => false,
    }
}

fn is_about_kind(expr: &Expr) -> bool {
    matches!(expr, Expr::Term(term) if matches!(term.test, Test::In(Field::Kind, Match::Text(_))))
}

/// True for conditions on what only tasks have.
pub(crate) const fn asks_tasks(test: &Test) -> bool {
    match test {
        Test::Is(is) => matches!(is, Is::Open | Is::Done | Is::Overdue),
        Test::Status(_) | Test::Priority(_) | Test::Task(..) => true,
        Test::Date(field, _) => matches!(field, Field::Due | Field::Scheduled | Field::Start | Field::Done),
        Test::Has(has) => matches!(has, Has::Due),
        Test::Text(_) | Test::In(..) | Test::Age(_) | Test::Property(..) | Test::State(_) => false,
    }
}

fn entry_days(entry: &Entry) -> DateRange {
    match entry.precision {
        Precision::Day => DateRange::day(entry.date),
        Precision::Month => Unit::Month.period(entry.date).unwrap_or(DateRange::day(entry.date)),
        Precision::Range => DateRange::between(entry.date, entry.end_date.unwrap_or(entry.date)),
    }
}

fn has_days(days: &[DateRange], test: &Compare<When>) -> bool {
    match test {
        Compare::Any => !days.is_empty(),
        Compare::None => days.is_empty(),
        Compare::With(op, when) => days.iter().any(|&days| op.accepts_days(days, when.range)),
    }
}

fn has_age(born: Option<NaiveDate>, test: &Compare<Length>, today: NaiveDate) -> bool {
    match (born, test) {
        (born, Compare::Any) => born.is_some(),
        (born, Compare::None) => born.is_none(),
        // older means earlier
        (Some(born), Compare::With(op, length)) => length.before(today).is_some_and(|then| op.accepts(then.cmp(&born))),
        (None, Compare::With(..)) => false,
    }
}

fn has_priority(task: &Task, test: &Compare<Option<Priority>>) -> bool {
    let rank = |priority| LEVELS.iter().position(|level| *level == priority);
    match test {
        Compare::Any => task.priority.is_some(),
        Compare::None => task.priority.is_none(),
        Compare::With(op, level) => op.accepts(rank(task.priority).cmp(&rank(*level))),
    }
}

fn has_any<T>(items: impl IntoIterator<Item = T>, test: impl Fn(T) -> bool) -> bool {
    items.into_iter().any(test)
}

/// The text as typed, unless it is a pattern.
fn plain(text: &Text) -> Option<&str> {
    match text {
        Text::Word(text) | Text::Phrase(text) | Text::Prefix(text) | Text::Start(text) | Text::Glob(text) => Some(text),
        Text::Regex(_) => None,
    }
}

#[cfg(test)]
#[path = "matches_tests.rs"]
pub(crate) mod tests;

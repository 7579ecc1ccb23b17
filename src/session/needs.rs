//! What a query needs to know of the notes.

use crate::index::Has;
use crate::index::Select;
use crate::model::ReadingKind;
use crate::query;
use crate::query::Expr;
use crate::query::Query;
use crate::query::ast::Is;
use crate::query::ast::Match;
use crate::query::ast::Test;
use crate::query::ast::Text;
use crate::query::fields::Field;

/// Whether a query asks only what the head of a note says, or its text.
fn is_of_heads(query: &Query) -> bool {
    let beyond = |test: &Test| {
        let own = match test {
            Test::Text(_) | Test::Property(..) | Test::Is(Is::Draft | Is::Private | Is::Orphan) => true,
            Test::In(field, _) => matches!(
                field,
                Field::Path
                    | Field::File
                    | Field::Title
                    | Field::Heading
                    | Field::Text
                    | Field::Tag
                    | Field::Link
                    | Field::LinkedBy
            ),
            Test::Date(field, _) => matches!(field, Field::Created | Field::Modified | Field::Date),
            _ => false,
        };
        !own
    };
    !asks(query, beyond)
}

/// What must be loaded for a query: all notes where it asks about links, more of each where it asks about embeds
/// or decisions.
pub(super) fn widened(select: Select, query: &Query) -> Select {
    let links = |test: &Test| matches!(test, Test::Is(Is::Orphan) | Test::In(Field::Link | Field::LinkedBy, _));
    let packed = |test: &Test| matches!(test, Test::Has(query::ast::Has::Embed) | Test::Is(Is::Decision));
    let reading = |test: &Test| match test {
        Test::State(_) | Test::In(Field::Host, _) => true,
        Test::In(Field::Kind, Match::Text(Text::Word(kind))) => {
            ReadingKind::ALL.iter().any(|known| known.name().eq_ignore_ascii_case(kind))
        }
        _ => false,
    };
    // what a reading list says without the rest of its note
    let beyond_reading = |test: &Test| {
        let own = match test {
            Test::State(_) | Test::Text(_) | Test::Age(_) | Test::Is(Is::Open | Is::Done) => true,
            Test::In(field, Match::Text(_)) => {
                matches!(field, Field::Host | Field::Kind | Field::Path | Field::File | Field::Heading | Field::Text)
            }
            Test::Date(field, _) => matches!(field, Field::Date | Field::Done | Field::Created),
            _ => false,
        };
        !own
    };
    match select {
        Select::Heads if is_of_heads(query) => Select::Heads,
        Select::Findings if is_of_heads(query) => Select::Findings,
        Select::Heads | Select::Findings => Select::All,
        Select::HeadsWith(has) if !is_of_heads(query) => Select::With(has),
        Select::Entries if query.expr.is_some() => Select::With(Has::Entry),
        _ if asks(query, links) => Select::All,
        Select::Tasks | Select::OpenTasks if asks(query, reading) => Select::With(Has::Task),
        Select::Reading if asks(query, beyond_reading) => Select::With(Has::Reading),
        Select::Tasks | Select::OpenTasks if asks(query, packed) => Select::With(Has::Task),
        Select::OpenTasks if query.expr.is_some() => Select::Tasks,
        Select::Questions if query.expr.is_some() => Select::With(Has::Question),
        Select::Decisions if query.expr.is_some() => Select::With(Has::Decision),
        select => select,
    }
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

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::disk;
    use crate::session::Clock;
    use crate::session::Folders;
    use crate::session::ListRequest;
    use crate::session::NoteFilter;
    use crate::session::Session;

    /// What a query finds does not depend on how much of the notes was loaded for it.
    #[test]
    fn what_is_loaded_suffices() {
        let home = tempfile::tempdir().unwrap();
        let folders = Folders { cache: home.path().join("cache"), state: home.path().join("state") };
        let notes = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/notebooks/year");
        let discover = disk::Discover { notebook: Some(notes.clone()), cwd: notes, ..disk::Discover::default() };
        let clock = Clock { today: "2026-11-27".parse().unwrap(), time: "2026-11-27".to_owned(), nanos: 1 };
        let session = Session::open(disk::discover(&discover).unwrap(), folders, clock);
        let mut of_heads = 0;
        for written in [
            "",
            "retail",
            "-retail",
            "title:one",
            "heading:agreed",
            "text:/mig[a-z]+/",
            "path:journal OR tag:goal",
            "link:goals",
            "linked-by:goals",
            "is:orphan",
            "is:draft OR is:private",
            "date:2023-10",
            "created:<2024 modified:>2020",
            "[title]",
            "kind:meeting",
            "kind:journal",
            "state:to_read",
            "host:example.org",
            "is:question",
            "is:decision",
            "has:task",
            "has:link",
            "has:tag",
            "owner:priya",
            "series:priya",
            "person:priya",
            "ticket:RETAIL",
            "task:(due:<2024)",
            "due:<2030",
            "id:a",
            "age:<10000d",
        ] {
            let query = session.query(written).unwrap();
            of_heads += usize::from(widened(Select::Heads, &query) == Select::Heads);
            let filter = NoteFilter { query, ..NoteFilter::default() };
            let listed = |facts: bool| {
                let request = ListRequest { filter: filter.clone(), facts, ..ListRequest::default() };
                session.list(&request).unwrap().records().map(|record| record.path.clone()).collect::<Vec<_>>()
            };
            assert_eq!(listed(false), listed(true), "{written}");
        }
        assert!((10..25).contains(&of_heads), "{of_heads}");
    }
}

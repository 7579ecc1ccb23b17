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

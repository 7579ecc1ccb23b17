//! Translates a query for the index: words rank, the rest must hold.
//!
//! The index knows words, phrases, paths, tags, kinds, titles and headings. Everything else (dates, tasks, links,
//! properties, regexes) is checked against the facts, and the index is given the matching notes.

use std::collections::BTreeSet;

use crate::index::Field as IndexField;
use crate::index::Filter;
use crate::index::RankWord;
use crate::index::SearchQuery;
use crate::model::NotePath;
use crate::query::Expr;
use crate::query::Query;
use crate::query::Term;
use crate::query::Test;
use crate::query::Text;
use crate::query::ast::Match;
use crate::query::fields::Field;

/// Translates a query. `holds` returns the notes that match a condition which only the facts can answer.
///
/// # Errors
/// Those of `holds`.
pub fn search_query<E>(
    query: &Query,
    holds: &mut dyn FnMut(&Query) -> Result<BTreeSet<NotePath>, E>,
) -> Result<SearchQuery, E> {
    let ranked = query.ranked();
    let words = ranked
        .words
        .iter()
        .filter(|word| word.loose)
        .filter_map(|word| match word.text {
            Text::Word(text) => Some(RankWord { text: text.clone(), prefix: false, phrase: false }),
            Text::Phrase(text) => Some(RankWord { text: text.clone(), prefix: false, phrase: true }),
            Text::Prefix(text) => Some(RankWord { text: text.clone(), prefix: true, phrase: false }),
            Text::Glob(_) | Text::Start(_) | Text::Regex(_) => None,
        })
        .collect();
    let filter = ranked.filter.as_ref().map(|expr| filter(expr, holds)).transpose()?;
    Ok(SearchQuery { words, filter })
}

fn filter<E>(expr: &Expr, holds: &mut dyn FnMut(&Query) -> Result<BTreeSet<NotePath>, E>) -> Result<Filter, E> {
    if !expr.terms().into_iter().any(in_index) {
        return holds(&Query { expr: Some(expr.clone()) }).map(Filter::Paths);
    }
    match expr {
        Expr::Term(term) => Ok(leaf(term)),
        Expr::Not(inner) => Ok(Filter::Not(Box::new(filter(inner, holds)?))),
        Expr::Named(named) => filter(&named.expr, holds),
        Expr::Or(items) => Ok(Filter::Or(items.iter().map(|item| filter(item, holds)).collect::<Result<_, _>>()?)),
        Expr::And(items) | Expr::Seq(items) => {
            // adjacent task conditions apply to the same task, so they are checked together
            let (indexed, facts): (Vec<&Expr>, Vec<&Expr>) =
                items.iter().partition(|item| item.terms().into_iter().any(in_index));
            let mut filters = indexed.into_iter().map(|item| filter(item, holds)).collect::<Result<Vec<_>, _>>()?;
            if !facts.is_empty() {
                let together = Query { expr: Some(Expr::And(facts.into_iter().cloned().collect())) };
                filters.push(Filter::Paths(holds(&together)?));
            }
            Ok(Filter::And(filters))
        }
    }
}

/// True for terms that the index can answer alone.
fn in_index(term: &Term) -> bool {
    index_leaf(term).is_some()
}

fn leaf(term: &Term) -> Filter {
    index_leaf(term).unwrap_or(Filter::All)
}

fn index_leaf(term: &Term) -> Option<Filter> {
    match &term.test {
        Test::Text(Text::Word(text)) => Some(Filter::Word { text: text.clone(), prefix: false }),
        Test::Text(Text::Prefix(text)) => Some(Filter::Word { text: text.clone(), prefix: true }),
        Test::Text(Text::Phrase(text)) => Some(Filter::Phrase(text.clone())),
        Test::In(field, Match::Text(Text::Word(value) | Text::Phrase(value))) => {
            let field = match field {
                Field::Title => IndexField::Title,
                Field::Heading => IndexField::Heading,
                _ => return None,
            };
            Some(Filter::Field { field, value: value.clone() })
        }
        _ => None,
    }
}

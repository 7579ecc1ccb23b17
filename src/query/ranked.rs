//! Splits a query into parts that rank and parts that filter.

use crate::model::Span;
use crate::query::ast::Expr;
use crate::query::ast::Named;
use crate::query::ast::Query;
use crate::query::ast::Test;
use crate::query::ast::Text;

/// A query for a search: a section is a hit if `filter` holds for it and, if any of `words` is loose, it contains at least
/// one of `words`. All of `words` add to its score.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranked<'q> {
    /// All words, prefixes and phrases that are not negated, in the order of the query.
    pub words: Vec<Scored<'q>>,
    /// What must hold: words joined by AND, phrases, negations, fields, regexes.
    pub filter: Option<Expr>,
}

/// A text that adds to the score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scored<'q> {
    /// [`Text::Word`], [`Text::Prefix`] or [`Text::Phrase`].
    pub text: &'q Text,
    /// The bytes of the query.
    pub span: Span,
    /// It is outside the strict parts: a hit need not contain it.
    pub loose: bool,
}

impl Query {
    /// Splits the query into what ranks and what filters.
    ///
    /// Loose are words and prefixes side by side, also in parentheses and named queries, and words joined by
    /// OR; phrases too if the whole query is such an OR. Everything else is strict, and words inside it filter.
    #[must_use]
    pub fn ranked(&self) -> Ranked<'_> {
        let mut strict = Vec::new();
        let mut words = Vec::new();
        if let Some(expr) = &self.expr {
            if is_loose(expr, true) {
                scored(expr, true, &mut words);
            } else {
                divide(expr, &mut words, &mut strict);
            }
        }
        Ranked { words, filter: Expr::and(strict) }
    }
}

fn divide<'q>(expr: &'q Expr, words: &mut Vec<Scored<'q>>, strict: &mut Vec<Expr>) {
    match expr {
        _ if is_loose(expr, false) => scored(expr, true, words),
        Expr::Seq(items) => items.iter().for_each(|item| divide(item, words, strict)),
        Expr::Named(named) => divide(&named.expr, words, strict),
        _ => {
            scored(expr, false, words);
            strict.push(expr.clone());
        }
    }
}

/// True if it has only words that rank; with `phrases`, an OR may contain phrases too. The parser limits the nesting.
fn is_loose(expr: &Expr, phrases: bool) -> bool {
    match expr {
        Expr::Term(term) => matches!(term.test, Test::Text(Text::Word(_) | Text::Prefix(_))),
        Expr::Seq(items) => items.iter().all(|item| is_loose(item, false)),
        Expr::Or(items) => items.iter().all(|item| match item {
            Expr::Term(term) if matches!(term.test, Test::Text(Text::Phrase(_))) => phrases,
            other => is_loose(other, false),
        }),
        Expr::Named(named) => is_loose(&named.expr, phrases),
        Expr::And(_) | Expr::Not(_) => false,
    }
}

/// Adds the words of an expression that are not negated.
fn scored<'q>(expr: &'q Expr, loose: bool, words: &mut Vec<Scored<'q>>) {
    match expr {
        Expr::Term(term) => {
            if let Test::Text(text @ (Text::Word(_) | Text::Prefix(_) | Text::Phrase(_))) = &term.test {
                words.push(Scored { text, span: term.span, loose });
            }
        }
        Expr::And(items) | Expr::Seq(items) | Expr::Or(items) => {
            items.iter().for_each(|item| scored(item, loose, words));
        }
        Expr::Named(named) => scored(&named.expr, loose, words),
        Expr::Not(_) => {}
    }
}

/// Joins words side by side by AND, everywhere.
pub(crate) fn with_all_words(expr: Expr) -> Expr {
    let all = |items: Vec<Expr>| items.into_iter().map(with_all_words).collect::<Vec<_>>();
    match expr {
        Expr::Seq(items) | Expr::And(items) => Expr::and(all(items)).unwrap_or(Expr::And(Vec::new())),
        Expr::Or(items) => Expr::Or(all(items)),
        Expr::Not(inner) => Expr::Not(Box::new(with_all_words(*inner))),
        Expr::Named(named) => Expr::Named(Named { expr: Box::new(with_all_words(*named.expr)), ..named }),
        Expr::Term(term) => Expr::Term(term),
    }
}

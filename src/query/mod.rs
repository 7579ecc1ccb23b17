//! Floor 4: the one query language, for `search`, `list`, `todo` and every report.
//!
//! A text becomes a [`Query`] or a [`QueryError`] that shows where and how to do better; [`matches_note`] and
//! [`matches_task`] hold it against the facts of a note. Pure: no index, no clock; the words of bodies and the graph of
//! links come from the caller. Searching by rank is the index's business: it gets [`Query::ranked`].
//!
//! ```text
//! query    = seq { ( "OR" | "|" ) seq }                     weakest
//! seq      = and { and }                                    side by side: all of them; plain words rank in a search
//! and      = not { ( "AND" | "&&" ) not }                   all of them, strictly
//! not      = { "NOT" | "-" } primary
//! primary  = "(" query ")" | word | word "*" | "phrase" | /regex/ | ^word | #tag | @name | [[note]]
//!          | field ":" [ op ] value | field op value | field ":" "(" query ")"
//!          | "[" key [ ":" [ op ] value ] "]"
//! op       = "<" | "<=" | ">" | ">=" | "=" | "!="
//! ```
//!
//! `AND`, `OR`, `NOT` count in capitals only. A name before a colon that is no field is an error when a field's name is
//! near (`tga:x`), and part of the word otherwise (`http://x`, `12:30`, `C:\x`, `note:`); [`Query::remarks`] says so where
//! someone may have meant a field (`author:fowler`). A word of a query is taken for a date, a list value or a length only
//! behind a field that wants one, and a wrong one is an error, never a word.

pub mod ast;
mod brackets;
mod cursor;
pub mod error;
mod facts;
pub mod fields;
#[cfg(test)]
mod laws;
pub mod matches;
mod parser;
mod print;
mod ranked;
mod value;
mod wording;

use std::collections::BTreeMap;

use chrono::NaiveDate;

pub use ast::Expr;
pub use ast::Term;
pub use ast::Test;
pub use ast::Text;
pub use error::QueryError;
pub use fields::FIELDS;
pub use fields::Field;
pub use fields::FieldDoc;
pub use fields::Takes;
pub use matches::LinkFacts;
pub use matches::NoteFacts;
pub use matches::World;
pub use matches::matches_note;
pub use matches::matches_task;
pub use ranked::Ranked;
pub use ranked::Scored;

use crate::model::Span;

/// What a text needs to become a query.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// Natural dates count from here.
    pub today: NaiveDate,
    /// The queries of the settings by name, without `@`.
    pub named: &'a BTreeMap<String, String>,
}

/// What someone asked for. Without expression: everything.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Query {
    /// All conditions.
    pub expr: Option<Expr>,
}

/// Something about a query that its author may want to know, though it is no error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// One line, for a person.
    pub message: String,
    /// Bytes of the query.
    pub span: Span,
}

impl Query {
    /// Reads a query. Of nothing but blanks it is [`Query::default`]: everything.
    ///
    /// # Errors
    /// Says what is wrong, where, and what to write in its place. Refused are also queries that nest deeper than 64 levels
    /// or grow over 4,096 terms, named queries included.
    pub fn parse(text: &str, context: &Context<'_>) -> Result<Self, QueryError> {
        parser::parse(text, context).map(|expr| Self { expr })
    }

    /// Both, side by side: for flags that narrow a query down. Plain words still rank.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self { expr: Expr::seq(self.expr.into_iter().chain(other.expr).collect()) }
    }

    /// The words that stand side by side joined by AND instead: in a search all of them must be found.
    #[must_use]
    pub fn with_all_words(self) -> Self {
        Self { expr: self.expr.map(ranked::with_all_words) }
    }

    /// Words that look as if a field was meant which does not exist: `author:fowler`. They are searched for as text.
    #[must_use]
    pub fn remarks(&self) -> Vec<Remark> {
        let terms = self.expr.iter().flat_map(Expr::terms);
        let remark = |term: &Term| {
            let Test::Text(Text::Word(word) | Text::Prefix(word)) = &term.test else { return None };
            let (name, value) = word.split_once(':')?;
            if !cursor::is_field_name(name) || name.len() < 2 || value.is_empty() || value.starts_with(['/', ':', '\\'])
            {
                return None;
            }
            let message = format!(
                "`{name}:` is not a field, so `{word}` is looked for as text; a front matter entry is [{name}:{value}]"
            );
            Some(Remark { message, span: term.span })
        };
        terms.filter_map(remark).collect()
    }
}

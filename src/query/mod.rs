//! The query language of `search`, `list`, `todo` and every report.
//!
//! A text becomes a [`Query`], or a [`QueryError`] with its position and a suggestion; [`matches_note`],
//! [`matches_task`] and [`matches_reading`] test it against the facts of a note. Pure: no index, no clock; the words of bodies
//! and the graph of links come from the caller. The index ranks; it gets [`Query::ranked`].
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
//! `AND`, `OR`, `NOT` must be in upper case. A name before a colon that is not a field is an error if it is similar to a field
//! (`tga:x`), and part of the word otherwise (`http://x`, `12:30`, `C:\x`, `note:`); [`Query::remarks`] mentions it if a field
//! was probably meant (`author:fowler`). A word of a query is read as a date, a list value or a length only after a field of
//! that type, and there an invalid one is an error, never a word.

pub mod ast;
mod brackets;
mod cursor;
pub mod error;
mod field_values;
mod fielded;
pub mod fields;
#[cfg(test)]
mod laws;
pub mod matches;
mod note_facts;
mod parser;
pub mod pattern;
mod print;
mod ranked;
mod value;
mod wording;

pub use ast::Expr;
pub use ast::Query;
pub use ast::Term;
pub use ast::Test;
pub use ast::Text;
pub use error::QueryError;
pub use fields::FIELDS;
pub use fields::Field;
pub use fields::FieldDoc;
pub use fields::Takes;
pub use matches::matches_note;
pub use matches::matches_reading;
pub use matches::matches_task;
pub use note_facts::LinkFacts;
pub use note_facts::NoteFacts;
pub use note_facts::World;
pub use parser::Context;
pub use ranked::Ranked;
pub use ranked::Scored;

use crate::model::Span;

/// Something about a query that its author should know, though it is not an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// One line, for a person.
    pub message: String,
    /// The bytes of the query.
    pub span: Span,
}

impl Query {
    /// Parses a query. An empty text gives [`Query::default`], which matches everything.
    ///
    /// # Errors
    /// Says what is wrong, where, and what to write instead. Queries nested more than 64 levels deep or with more than 4,096
    /// terms, including those of named queries, are also refused.
    pub fn parse(text: &str, context: &Context<'_>) -> Result<Self, QueryError> {
        parser::parse(text, context).map(|expr| Self { expr })
    }

    /// Both queries, side by side: for flags that narrow a query down. Plain words still rank.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self { expr: Expr::seq(self.expr.into_iter().chain(other.expr).collect()) }
    }

    /// The same with words side by side joined by AND: in a search all of them must be found.
    #[must_use]
    pub fn with_all_words(self) -> Self {
        Self { expr: self.expr.map(ranked::with_all_words) }
    }

    /// Words that look like something else: a field that does not exist (`author:fowler`), a regex (`sag[ae]`). They are
    /// searched for as text.
    #[must_use]
    pub fn remarks(&self) -> Vec<Remark> {
        let terms = self.expr.iter().flat_map(Expr::terms);
        let remark = |term: &Term| {
            let Test::Text(Text::Word(word) | Text::Prefix(word)) = &term.test else { return None };
            if looks_like_a_regex(word) {
                let message = format!("`{word}` is looked for as text; a regex goes between slashes: /{word}/");
                return Some(Remark { message, span: term.span });
            }
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

/// `sag[ae]`, `v\d+`, `a\.b`: unlikely as plain text. A Windows path (`C:\docs`) has a colon.
fn looks_like_a_regex(word: &str) -> bool {
    let escapes =
        word.split('\\').skip(1).any(|rest| rest.starts_with(['.', '(', '[', 'b', 'd', 's', 'w', 'S', 'W', 'D']));
    let set = word.split_once('[').is_some_and(|(before, rest)| {
        let (inside, after) = rest.split_once(']').unwrap_or_default();
        !(inside.is_empty() || inside.starts_with('[') || (before.is_empty() && after.is_empty()))
    });
    (escapes && !word.contains(':')) || (set && !word.contains("[["))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use chrono::NaiveDate;

    use super::*;

    fn read(text: &str) -> Result<Query, QueryError> {
        let today = NaiveDate::from_ymd_opt(2026, 11, 12).unwrap_or_default();
        let named = BTreeMap::from([("mine".to_owned(), "is:open outbox".to_owned())]);
        Query::parse(text, &Context { today, named: &named })
    }

    /// Words that rank (in parentheses those that are strict as well), and what filters.
    #[track_caller]
    fn ranks(text: &str, words: &str, strict: &str) {
        let query = read(text).unwrap();
        let ranked = query.ranked();
        let list =
            ranked.words.iter().map(|word| if word.loose { word.text.to_string() } else { format!("({})", word.text) });
        let filter = ranked.filter.map(|expr| expr.to_string()).unwrap_or_default();
        assert_eq!((list.collect::<Vec<_>>().join(" ").as_str(), filter.as_str()), (words, strict), "{text}");
    }

    #[test]
    fn what_ranks_and_what_filters() {
        ranks("", "", "");
        ranks("how to avoid dual writes", "how to avoid dual writes", "");
        ranks("outbox edi*", "outbox edi*", "");
        ranks("outbox AND saga kafka", "(outbox) (saga) kafka", "outbox AND saga");
        ranks("\"event bus\" kafka", "(\"event bus\") kafka", "\"event bus\"");
        ranks("kafka -outbox", "kafka", "NOT outbox");
        ranks("kafka tag:x #y is:open", "kafka", "tag:x AND tag:y AND is:open");
        ranks("kafka OR outbox", "kafka outbox", "");
        ranks("kafka OR \"event bus\"", "kafka \"event bus\"", "");
        ranks("x (kafka OR \"event bus\")", "x (kafka) (\"event bus\")", "kafka OR \"event bus\"");
        ranks("x (kafka OR outbox saga)", "x kafka outbox saga", "");
        ranks("kafka OR tag:x", "(kafka)", "kafka OR tag:x");
        ranks("@mine saga", "outbox saga", "is:open");
        ranks("/re/ ^x title:y", "", "/re/ AND ^x AND title:y");
        ranks("tag:x", "", "tag:x");
    }

    #[test]
    fn all_words() {
        let all = |text: &str| read(text).unwrap().with_all_words().to_string();
        assert_eq!(all("a b -c"), "a AND b AND NOT c");
        assert_eq!(all("a AND b (c OR d e)"), "a AND b AND (c OR d AND e)");
        assert_eq!(all("a"), "a");
    }

    #[test]
    fn flags_narrow_a_query_down() {
        let both = |one: &str, other: &str| read(one).unwrap().and(read(other).unwrap()).to_string();
        assert_eq!(both("a OR b", "tag:x"), "(a OR b) tag:x");
        assert_eq!(both("", "tag:x"), "tag:x");
        assert_eq!(both("", ""), "");
    }

    #[test]
    fn words_that_look_like_fields_are_remarked() {
        let text = "author:fowler http://x 12:30 std::x note: c:/x -re:invent";
        let remarks = read(text).unwrap().remarks();
        let places: Vec<&str> = remarks.iter().map(|remark| remark.span.of(text)).collect();
        assert_eq!(places, ["author:fowler", "re:invent"]);
        assert_eq!(
            remarks[0].message,
            "`author:` is not a field, so `author:fowler` is looked for as text; a front matter entry is [author:fowler]"
        );
    }

    #[test]
    fn words_that_look_like_a_regex_are_remarked() {
        let looks = |text: &str| read(text).unwrap().remarks().len();
        for (text, remarks) in [
            ("sag[ae]", 1),
            ("v[0-9]+", 1),
            (r"a\.b", 1),
            (r"\bsaga", 1),
            ("C++ a.b", 0),
            (r"C:\docs", 0),
            ("array[]", 0),
        ] {
            assert_eq!(looks(text), remarks, "{text}");
        }
    }

    #[test]
    fn an_error_shows_where() {
        let query = "outbox tga:event";
        let shown = read(query).unwrap_err().render(query);
        let expected = "there is no field `tga`; to search for the text, put it in quotes\n  \
                        outbox tga:event\n         ^^^\n  did you mean `tag`?";
        assert_eq!(shown, expected);
    }
}

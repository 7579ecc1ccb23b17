//! The canonical notation of a query: it parses to the same query.

use std::fmt;
use std::fmt::Display;

use crate::model::Priority;
use crate::query::ast::Compare;
use crate::query::ast::Expr;
use crate::query::ast::Match;
use crate::query::ast::PropertyTest;
use crate::query::ast::Query;
use crate::query::ast::TaskState;
use crate::query::ast::Term;
use crate::query::ast::Test;
use crate::query::ast::Text;
use crate::query::fields::Field;

impl Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.expr.as_ref().map_or(Ok(()), |expr| expr.fmt(f))
    }
}

/// The precedence of an expression, weakest first.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Grip {
    Or,
    Seq,
    And,
    Not,
}

impl Expr {
    const fn grip(&self) -> Grip {
        match self {
            Self::Or(_) => Grip::Or,
            Self::Seq(_) => Grip::Seq,
            Self::And(_) => Grip::And,
            Self::Not(_) | Self::Term(_) | Self::Named(_) => Grip::Not,
        }
    }
}

impl Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inside = |f: &mut fmt::Formatter<'_>, inner: &Self, least: &Grip| {
            if inner.grip() >= *least { write!(f, "{inner}") } else { write!(f, "({inner})") }
        };
        let list = |f: &mut fmt::Formatter<'_>, items: &[Self], between: &str, least: &Grip| {
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    f.write_str(between)?;
                }
                inside(f, item, least)?;
            }
            Ok(())
        };
        match self {
            Self::Term(term) => term.fmt(f),
            Self::Not(inner) => {
                f.write_str("NOT ")?;
                inside(f, inner, &Grip::Not)
            }
            Self::And(items) => list(f, items, " AND ", &Grip::Not),
            Self::Seq(items) => list(f, items, " ", &Grip::And),
            Self::Or(items) => list(f, items, " OR ", &Grip::Seq),
            Self::Named(named) => write!(f, "@{}", named.name),
        }
    }
}

impl Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.test {
            Test::Text(text) => text.fmt(f),
            Test::In(field, value) => match value {
                Match::Any => plain(f, *field, "any"),
                Match::None => plain(f, *field, "none"),
                Match::Text(text) => {
                    let text = text.to_string();
                    // `text://x` and `text::x` would be words
                    let sign = if text.starts_with("//") || text.starts_with(':') { '=' } else { ':' };
                    write!(f, "{}{sign}{text}", field.name())
                }
            },
            Test::Is(is) => plain(f, Field::Is, is.name()),
            Test::Has(has) => plain(f, Field::Has, has.name()),
            Test::State(state) => plain(f, Field::State, state.name()),
            Test::Status(status) => plain(f, Field::Status, status.name()),
            Test::Priority(test) => compare(f, Field::Priority, test, |priority| priority_name(*priority).to_owned()),
            Test::Date(field, test) => compare(f, *field, test, |when| when.text.clone()),
            Test::Age(test) => compare(f, Field::Age, test, ToString::to_string),
            Test::Task(state, query) => {
                let field = match state {
                    TaskState::Any => Field::Task,
                    TaskState::Open => Field::TaskTodo,
                    TaskState::Done => Field::TaskDone,
                };
                match query {
                    None => plain(f, field, "any"),
                    Some(query) => write!(f, "{}:({query})", field.name()),
                }
            }
            Test::Property(key, test) => {
                f.write_str("[")?;
                if is_bare_key(key) && !(looks_like_box(key) && *test == PropertyTest::Exists) {
                    f.write_str(key)?;
                } else {
                    quote(f, key)?;
                }
                match test {
                    PropertyTest::Exists => {}
                    PropertyTest::Null => f.write_str(":null")?,
                    PropertyTest::Text(text) => write!(f, ":{text}")?,
                    PropertyTest::Compare(op, literal) => write!(f, ":{}{}", op.sign(), literal.text)?,
                }
                f.write_str("]")
            }
        }
    }
}

fn plain(f: &mut fmt::Formatter<'_>, field: Field, value: &str) -> fmt::Result {
    write!(f, "{}:{value}", field.name())
}

fn compare<T>(
    f: &mut fmt::Formatter<'_>,
    field: Field,
    test: &Compare<T>,
    value: impl Fn(&T) -> String,
) -> fmt::Result {
    match test {
        Compare::Any => plain(f, field, "any"),
        Compare::None => plain(f, field, "none"),
        Compare::With(op, with) => write!(f, "{}:{}{}", field.name(), op.sign(), value(with)),
    }
}

pub(crate) const fn priority_name(priority: Option<Priority>) -> &'static str {
    match priority {
        Some(Priority::Highest) => "highest",
        Some(Priority::High) => "high",
        Some(Priority::Medium) => "medium",
        None => "none",
        Some(Priority::Low) => "low",
        Some(Priority::Lowest) => "lowest",
    }
}

impl Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // the parser produces these only for words that need no quotes
            Self::Word(word) | Self::Glob(word) => f.write_str(word),
            Self::Prefix(word) => write!(f, "{word}*"),
            Self::Start(word) => write!(f, "^{word}"),
            Self::Phrase(phrase) => quote(f, phrase),
            Self::Regex(pattern) => write!(f, "/{}/", pattern.source()),
        }
    }
}

/// `"` and `\` get a `\` before them.
fn quote(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    f.write_str("\"")?;
    for c in text.chars() {
        if matches!(c, '"' | '\\') {
            f.write_str("\\")?;
        }
        write!(f, "{c}")?;
    }
    f.write_str("\"")
}

/// `[x]` without quotes is refused, since it looks like a box.
pub(crate) fn looks_like_box(key: &str) -> bool {
    key.chars().nth(1).is_none()
}

/// A front matter key that needs no quotes between brackets.
pub(crate) fn is_bare_key(key: &str) -> bool {
    let ends = |c: char| c.is_whitespace();
    !key.is_empty()
        && !key.starts_with(ends)
        && !key.ends_with(ends)
        && !key.contains(['[', ']', ':', '"', '“', '”', '„', '<', '>', '=', '!', '\n'])
}

//! Parses a query. The grammar is in the head of [`crate::query`].

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::model::Span;
use crate::model::words;
use crate::query::ast::Expr;
use crate::query::ast::Named;
use crate::query::ast::Op;
use crate::query::ast::Term;
use crate::query::ast::Test;
use crate::query::ast::Text;
use crate::query::cursor::Cursor;
use crate::query::cursor::is_quote;
use crate::query::error::QueryError;
use crate::query::fields::Field;
use crate::query::fields::FieldDoc;
use crate::query::fields::Takes;
use crate::query::pattern::Pattern;
use crate::query::value;
use crate::query::value::Raw;

/// The context for parsing a query.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The day from which natural dates are counted.
    pub today: NaiveDate,
    /// The queries of the settings by name, without `@`.
    pub named: &'a BTreeMap<String, String>,
}

/// Maximum nesting of parentheses and named queries.
const DEEPEST: usize = 64;
/// Maximum number of terms, including those of named queries.
const LARGEST: usize = 4096;

pub(crate) type Parsed<T> = Result<T, QueryError>;

/// Parses a whole query; `None` if it is empty.
pub(crate) fn parse(text: &str, context: &Context<'_>) -> Parsed<Option<Expr>> {
    let mut parser =
        Parser { cursor: Cursor::new(text), context, depth: 0, terms: 0, inside: Vec::new(), place: None, group: None };
    parser.whole()
}

pub(crate) struct Parser<'a> {
    pub(crate) cursor: Cursor<'a>,
    pub(crate) context: &'a Context<'a>,
    pub(crate) depth: usize,
    terms: usize,
    /// The named queries being parsed, outermost first.
    inside: Vec<String>,
    /// The position of the outermost named query, which its terms get as their span.
    place: Option<Span>,
    /// Inside `field:( … )`, where words are values of the field.
    pub(crate) group: Option<&'static FieldDoc>,
}

impl<'a> Parser<'a> {
    fn whole(&mut self) -> Parsed<Option<Expr>> {
        let expr = self.alternatives()?;
        match self.cursor.peek() {
            None => Ok(expr),
            Some(_) => {
                let at = self.cursor.at();
                let message = "this parenthesis closes nothing; to search for it, put it in quotes";
                Err(QueryError::new(Span::new(at, at + 1), message))
            }
        }
    }

    fn span(&self, start: usize) -> Span {
        self.place.unwrap_or_else(|| self.cursor.since(start))
    }

    pub(crate) fn term(&mut self, start: usize, test: Test) -> Parsed<Expr> {
        self.count(start)?;
        Ok(Expr::Term(Term { span: self.span(start), test }))
    }

    fn count(&mut self, start: usize) -> Parsed<()> {
        self.terms += 1;
        if self.terms > LARGEST {
            return Err(QueryError::new(self.cursor.since(start), format!("a query has {LARGEST} terms at most")));
        }
        Ok(())
    }

    /// Parses alternatives joined by OR; stops before `)` and at the end.
    fn alternatives(&mut self) -> Parsed<Option<Expr>> {
        let mut items = Vec::new();
        let mut operator: Option<Span> = None;
        loop {
            let sequence = self.sequence()?;
            let start = self.cursor.at();
            let more = self.cursor.eat_keyword("OR") || self.cursor.eat("||") || self.cursor.eat("|");
            let here = self.cursor.since(start);
            match sequence {
                Some(item) => items.push(item),
                None => {
                    if let Some(wrong) = operator.or(Some(here).filter(|_| more)) {
                        let side = if operator.is_some() { "after" } else { "before" };
                        let message = format!("OR needs something {side} it; to search for the word, write \"OR\"");
                        return Err(QueryError::new(wrong, message));
                    }
                }
            }
            if !more {
                return Ok(Expr::or(items));
            }
            operator = Some(here);
        }
    }

    /// Parses terms side by side, some of them joined by AND; stops before OR, `)` and at the end.
    fn sequence(&mut self) -> Parsed<Option<Expr>> {
        let mut items = Vec::new();
        loop {
            self.cursor.skip_blanks();
            let start = self.cursor.at();
            if self.eat_and() {
                let message = "AND needs something before it; to search for the word, write \"AND\"";
                return Err(QueryError::new(self.cursor.since(start), message));
            }
            let Some(first) = self.negation()? else { return Ok(Expr::seq(items)) };
            let mut chain = vec![first];
            loop {
                self.cursor.skip_blanks();
                let start = self.cursor.at();
                if !self.eat_and() {
                    break;
                }
                let operator = self.cursor.since(start);
                let Some(next) = self.negation()? else {
                    let message = "AND needs something after it; to search for the word, write \"AND\"";
                    return Err(QueryError::new(operator, message));
                };
                chain.push(next);
            }
            items.extend(Expr::and(chain));
        }
    }

    fn eat_and(&mut self) -> bool {
        self.cursor.eat_keyword("AND") || self.cursor.eat_keyword("&&")
    }

    /// `NOT x`, `-x`, `x`. A dash on its own, before another dash or a sign (`->`), is part of a word.
    pub(crate) fn negation(&mut self) -> Parsed<Option<Expr>> {
        let mut negative = false;
        let mut operator = None;
        loop {
            self.cursor.skip_blanks();
            let start = self.cursor.at();
            let dash = self.cursor.peek() == Some('-')
                && self
                    .cursor
                    .peek_second()
                    .is_some_and(|c| c.is_alphanumeric() || is_quote(c) || "([/#@^_.".contains(c));
            if !(dash && self.cursor.eat("-") || self.cursor.eat_keyword("NOT")) {
                break;
            }
            negative = !negative;
            operator = Some(self.cursor.since(start));
        }
        let primary = self.primary()?;
        match (primary, operator) {
            (None, Some(span)) => {
                Err(QueryError::new(span, "NOT needs something after it; to search for the word, write \"NOT\""))
            }
            (primary, _) => Ok(primary.map(|expr| if negative { expr.not() } else { expr })),
        }
    }

    fn primary(&mut self) -> Parsed<Option<Expr>> {
        let start = self.cursor.at();
        let Some(c) = self.cursor.peek() else { return Ok(None) };
        if c == ')' || c == '|' || self.cursor.is_keyword("OR") || self.cursor.is_keyword("AND") {
            return Ok(None);
        }
        let expr = match c {
            '(' => self.parenthesis(self.group)?,
            c if is_quote(c) => {
                let quoted = self.cursor.quoted()?;
                let raw = Raw::Quoted(quoted.text);
                self.words(start, raw)?
            }
            '/' if self.group.is_none_or(|doc| doc.takes == Takes::Text)
                && let Some(raw) = self.regex()? =>
            {
                self.words(start, raw)?
            }
            '[' if self.cursor.rest().starts_with("[[") => {
                let raw = Raw::Quoted(self.bracketed()?);
                let doc = self.group.unwrap_or(Field::Link.doc());
                self.finish(doc, start, self.cursor.since(start), Op::Equal, raw)?
            }
            '[' if self.group.is_none() => self.property(start)?,
            '#' if self.group.is_none() && self.stands_for_tag() => {
                let doc = Field::Tag.doc();
                self.value(doc, start, Op::Equal)?
            }
            '@' if self.group.is_none() && self.cursor.peek_second().is_some_and(char::is_alphanumeric) => {
                self.named(start)?
            }
            '^' if self.group.is_none() && self.cursor.peek_second().is_some_and(char::is_alphanumeric) => {
                self.cursor.bump();
                let word = self.cursor.bare()?;
                if word.contains('*') {
                    let message = "what begins with it is found anyway: leave `*` out";
                    return Err(
                        QueryError::new(self.span(start), message).instead(format!("^{}", word.replace('*', "")))
                    );
                }
                let test = Test::Text(Text::Start(word.to_owned()));
                self.term(start, test)?
            }
            _ if let Some(doc) = self.group
                && let Some((length, op, turned)) = value::operator(self.cursor.rest()) =>
            {
                self.cursor.go(start + length);
                let expr = self.value(doc, start, op)?;
                if turned { expr.not() } else { expr }
            }
            _ => match self.field(start)? {
                Some(expr) => expr,
                None => {
                    let raw = Raw::Bare(self.cursor.bare()?);
                    self.words(start, raw)?
                }
            },
        };
        Ok(Some(expr))
    }

    /// A word, phrase or regex on its own, or in the group of a field.
    fn words(&mut self, start: usize, raw: Raw<'_>) -> Parsed<Expr> {
        let at = self.cursor.since(start);
        if let Some(doc) = self.group {
            return self.finish(doc, start, at, Op::Equal, raw);
        }
        if let Raw::Quoted(text) = &raw
            && text.trim().is_empty()
        {
            return Err(QueryError::new(at, "there is nothing between the quotes"));
        }
        let text = value::text_value(raw, at)?;
        self.term(start, Test::Text(text))
    }

    pub(crate) fn finish(&mut self, doc: &FieldDoc, start: usize, at: Span, op: Op, raw: Raw<'_>) -> Parsed<Expr> {
        self.count(start)?;
        let term = value::term(doc, op, raw, self.span(start), at, self.context.today)?;
        Ok(Expr::Term(term))
    }

    /// `( … )`, whose words belong to `group`.
    pub(crate) fn parenthesis(&mut self, group: Option<&'static FieldDoc>) -> Parsed<Expr> {
        let start = self.cursor.at();
        self.cursor.bump();
        let opening = self.cursor.since(start);
        self.deeper(opening)?;
        let outside = std::mem::replace(&mut self.group, group);
        let inner = self.alternatives()?;
        self.group = outside;
        self.depth -= 1;
        if !self.cursor.eat(")") {
            return Err(QueryError::new(opening, "this parenthesis is never closed"));
        }
        inner.ok_or_else(|| QueryError::new(self.cursor.since(start), "there is nothing between the parentheses"))
    }

    pub(crate) fn deeper(&mut self, at: Span) -> Parsed<()> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(QueryError::new(at, format!("a query nests {DEEPEST} levels deep at most")));
        }
        Ok(())
    }

    pub(crate) fn regex(&mut self) -> Parsed<Option<Raw<'static>>> {
        let Some(found) = self.cursor.regex() else { return Ok(None) };
        self.cursor.go(found.span.end);
        match Pattern::new(&found.text) {
            Ok(pattern) => Ok(Some(Raw::Regex(pattern))),
            Err(why) => Err(QueryError::new(found.span, format!("this regex does not work: {why}"))),
        }
    }

    /// A tag needs a character that is not a digit; `#123` and `#` are words.
    fn stands_for_tag(&self) -> bool {
        let name = self.cursor.rest().chars().skip(1);
        name.take_while(|&c| c.is_alphanumeric() || matches!(c, '_' | '-' | '/')).any(|c| !c.is_numeric())
    }

    /// `@name`, at its sign: the named query.
    fn named(&mut self, start: usize) -> Parsed<Expr> {
        self.cursor.bump();
        let typed = self.cursor.bare()?;
        let at = self.cursor.since(start);
        let named: &BTreeMap<String, String> = self.context.named;
        let Some((name, text)) = find(named, typed) else {
            let message = format!("there is no query named `@{typed}` in the settings; a person is person:{typed}");
            let near = words::nearest(typed, named.keys().map(String::as_str));
            return Err(QueryError::new(at, message).instead(near.map(|near| format!("@{near}"))));
        };
        if self.inside.contains(name) {
            return Err(QueryError::new(at, format!("`@{name}` refers to itself")));
        }
        self.deeper(at)?;
        let place = self.span(start);
        let mut inside = self.inside.clone();
        inside.push(name.clone());
        let mut inner = Parser {
            cursor: Cursor::new(text),
            context: self.context,
            depth: self.depth,
            terms: self.terms,
            inside,
            place: Some(place),
            group: None,
        };
        let read = inner.whole();
        self.terms = inner.terms;
        self.depth -= 1;
        match read {
            Ok(Some(expr)) => Ok(Expr::Named(Named { name: name.clone(), span: place, expr: Box::new(expr) })),
            Ok(None) => Err(QueryError::new(at, format!("the query named `@{name}` in the settings is empty"))),
            Err(error) => Err(QueryError::new(at, format!("in `@{name}`, which is `{text}`: {}", error.message))),
        }
    }
}

fn find<'m>(named: &'m BTreeMap<String, String>, typed: &str) -> Option<(&'m String, &'m String)> {
    named.get_key_value(typed).or_else(|| {
        let typed = words::fold(typed);
        named.iter().find(|(name, _)| words::fold(name) == typed)
    })
}

#[cfg(test)]
#[path = "parser_tests.rs"]
mod tests;

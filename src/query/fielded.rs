//! Parses `field:value`. Part of [`crate::query::parser`].

use crate::model::Span;
use crate::query::ast::Expr;
use crate::query::ast::Op;
use crate::query::cursor::is_quote;
use crate::query::error::QueryError;
use crate::query::fields::FieldDoc;
use crate::query::fields::Meaning;
use crate::query::fields::Takes;
use crate::query::fields::lookup;
use crate::query::parser::Parsed;
use crate::query::parser::Parser;
use crate::query::value;
use crate::query::value::Raw;

impl Parser<'_> {
    /// Parses `field:value` and the like; `None` if it is a plain word.
    pub(crate) fn field(&mut self, start: usize) -> Parsed<Option<Expr>> {
        let name = self.cursor.name();
        let at = self.cursor.since(start);
        let rest = self.cursor.rest();
        let colon = rest.starts_with(':');
        let operator = value::operator(rest.strip_prefix(':').unwrap_or(rest));
        let behind = rest.get(usize::from(colon) + operator.map_or(0, |(length, ..)| length)..).unwrap_or("");
        let is_word =
            name.is_empty() || !(colon || operator.is_some()) || rest.starts_with("::") || rest.starts_with("://");
        // a word with nothing after its `:`, such as `Note:`, is not a field
        let has_value =
            !behind.is_empty() && !behind.starts_with(|c: char| c.is_whitespace() || matches!(c, ')' | '|'));
        let doc = match lookup(name) {
            _ if is_word => None,
            Meaning::Known(doc) => {
                // `Path<T>` is a word, `due<today` is a comparison
                let compares = matches!(operator, Some((_, op, _)) if op != Op::Equal);
                (colon || !compares || value::is_comparable(doc)).then_some(doc)
            }
            Meaning::Elsewhere(instead) if colon && has_value => return Err(QueryError::new(at, instead)),
            Meaning::Near(near) if has_value && !behind.starts_with('\\') => {
                let comparable = matches!(lookup(near), Meaning::Known(doc) if value::is_comparable(doc));
                if colon || comparable {
                    let message = format!("there is no field `{name}`; to search for the text, put it in quotes");
                    return Err(QueryError::new(at, message).instead(near.to_owned()));
                }
                None
            }
            Meaning::Elsewhere(_) | Meaning::Near(_) | Meaning::Unknown => {
                if colon && behind.starts_with(|c| is_quote(c) || c == '(') {
                    let message = format!(
                        "there is no field `{name}`; a front matter entry is [{name}:\"…\"], and text goes in quotes"
                    );
                    return Err(QueryError::new(at, message));
                }
                None
            }
        };
        let Some(doc) = doc else {
            self.cursor.go(start);
            return Ok(None);
        };
        self.cursor.go(self.cursor.at() + rest.len() - behind.len());
        let (op, turned) = operator.map_or((Op::Equal, false), |(_, op, turned)| (op, turned));
        let expr = self.value(doc, start, op)?;
        Ok(Some(if turned { expr.not() } else { expr }))
    }

    /// Parses the value of a field, or of its short form `#`.
    pub(crate) fn value(&mut self, doc: &'static FieldDoc, start: usize, op: Op) -> Parsed<Expr> {
        let at = self.cursor.at();
        match self.cursor.peek() {
            _ if doc.takes == Takes::Query && op == Op::Equal => return self.about_one_task(doc, start),
            Some('(') if op == Op::Equal => return self.parenthesis(Some(doc)),
            Some('(') => {
                let message = format!("write the comparison before each value: {}:(>=a OR <b)", doc.name);
                return Err(QueryError::new(Span::new(at, at + 1), message));
            }
            Some(c) if is_quote(c) => {
                let raw = Raw::Quoted(self.cursor.quoted()?.text);
                return self.finish(doc, start, self.cursor.since(at), op, raw);
            }
            Some('/') if doc.takes == Takes::Text => {
                if let Some(raw) = self.regex()? {
                    return self.finish(doc, start, self.cursor.since(at), op, raw);
                }
            }
            Some('[') if self.cursor.rest().starts_with("[[") => {
                let target = self.bracketed()?;
                return self.finish(doc, start, self.cursor.since(at), op, Raw::Quoted(target));
            }
            _ => {}
        }
        let mut items = Vec::new();
        let mut at = at;
        loop {
            let raw = Raw::Bare(self.cursor.bare()?);
            let span = self.cursor.since(at);
            let span = if span.is_empty() { self.cursor.since(start) } else { span };
            items.push(self.finish(doc, start, span, op, raw)?);
            // `tag:a|b` means two tags; `tag:a|kind:b` and `tag:a | b` do not
            if !self.another_value() {
                break;
            }
            self.cursor.bump();
            at = self.cursor.at();
        }
        Expr::or(items).ok_or_else(|| value::needs_value(doc, self.cursor.since(start)))
    }

    /// Parses the value of `task:`: `any`, or a single term.
    fn about_one_task(&mut self, doc: &FieldDoc, start: usize) -> Parsed<Expr> {
        let empty = ["\"\"", "any", "ANY"].into_iter().any(|all| self.cursor.eat_keyword(all));
        if empty {
            return self.term(start, value::task(doc, None));
        }
        if self.cursor.peek().is_none_or(char::is_whitespace) {
            return Err(value::needs_value(doc, self.cursor.since(start)));
        }
        self.deeper(self.cursor.since(start))?;
        let group = self.group.take();
        let mut items = Vec::new();
        loop {
            items.extend(self.negation()?);
            if !self.another_value() {
                break;
            }
            self.cursor.bump();
        }
        self.group = group;
        self.depth -= 1;
        let query = Expr::or(items).ok_or_else(|| value::needs_value(doc, self.cursor.since(start)))?;
        self.term(start, value::task(doc, Some(query)))
    }

    fn another_value(&self) -> bool {
        let mut ahead = self.cursor.clone();
        if !ahead.eat("|") || !ahead.peek().is_some_and(char::is_alphanumeric) || ahead.is_keyword("OR") {
            return false;
        }
        let name = ahead.name();
        name.is_empty() || !ahead.rest().starts_with(':')
    }
}

//! The brackets of a query: `[[Note]]` and `[name:value]`. Part of [`crate::query::parser`].

use crate::model::Span;
use crate::query::ast::Expr;
use crate::query::ast::Op;
use crate::query::ast::PropertyTest;
use crate::query::ast::Test;
use crate::query::cursor::is_quote;
use crate::query::error::QueryError;
use crate::query::parser::Parsed;
use crate::query::parser::Parser;
use crate::query::print::looks_like_box;
use crate::query::value;
use crate::query::value::Raw;

impl<'a> Parser<'a> {
    /// Reads `[[Note]]` from its first bracket; returns the text between the brackets.
    pub(crate) fn bracketed(&mut self) -> Parsed<String> {
        let start = self.cursor.at();
        let rest = self.cursor.rest();
        let Some(length) = rest.find("]]") else {
            return Err(QueryError::new(Span::new(start, start + 2), "this `[[` is never closed"));
        };
        self.cursor.go(start + length + 2);
        let inside = rest.get(2..length).unwrap_or("");
        // the alias is not part of the target
        let target = inside.split('|').next().unwrap_or("").trim();
        Ok(target.to_owned())
    }

    /// `[key]`, `[key:value OR value]`, at its bracket.
    pub(crate) fn property(&mut self, start: usize) -> Parsed<Expr> {
        self.cursor.bump();
        let opening = self.cursor.since(start);
        let unclosed =
            || QueryError::new(opening, "this `[` is never closed; [name:value] asks for a front matter entry");
        self.cursor.skip_blanks();
        let quoted = self.cursor.peek().is_some_and(is_quote);
        let key = if quoted {
            let key = self.cursor.quoted()?.text;
            self.cursor.skip_blanks();
            key
        } else {
            let rest = self.cursor.rest();
            let length = rest.find([':', ']', '<', '>', '=', '!', '[', '"', '\n']).ok_or_else(unclosed)?;
            self.cursor.go(self.cursor.at() + length);
            rest.get(..length).unwrap_or("").to_owned()
        };
        let key = key.trim().to_owned();
        let colon = self.cursor.eat(":");
        self.cursor.skip_blanks();
        if self.cursor.eat("]") {
            if key.is_empty() || (!quoted && !colon && looks_like_box(&key)) {
                let message =
                    "[name] asks for a front matter entry; for boxes there are is:open, is:done, status:doing";
                return Err(QueryError::new(self.cursor.since(start), message));
            }
            let test = if colon { PropertyTest::Null } else { PropertyTest::Exists };
            return self.term(start, Test::Property(key, test));
        }
        if key.is_empty() {
            return Err(QueryError::new(opening, "[name:value] asks for a front matter entry; the name is missing"));
        }
        let (op, turned) = self.property_operator();
        if !colon && op.is_none() {
            return Err(unclosed());
        }
        let op = op.unwrap_or(Op::Equal);
        let grouped = op == Op::Equal && self.cursor.eat("(");
        let mut items = Vec::new();
        loop {
            self.cursor.skip_blanks();
            let at = self.cursor.at();
            let raw = self.property_value(grouped).ok_or_else(unclosed)??;
            let test = value::property(op, raw, self.cursor.since(at), self.context.today)?;
            items.push((at, Test::Property(key.clone(), test)));
            self.cursor.skip_blanks();
            if !(self.cursor.eat_keyword("OR") || self.cursor.eat("|")) {
                break;
            }
        }
        if grouped && !self.cursor.eat(")") {
            return Err(unclosed());
        }
        self.cursor.skip_blanks();
        if !self.cursor.eat("]") {
            return Err(unclosed());
        }
        let terms = items.into_iter().map(|(_, test)| self.term(start, test)).collect::<Parsed<Vec<_>>>()?;
        let expr = Expr::or(terms).ok_or_else(unclosed)?;
        Ok(if turned { expr.not() } else { expr })
    }

    fn property_operator(&mut self) -> (Option<Op>, bool) {
        let Some((length, op, turned)) = value::operator(self.cursor.rest()) else { return (None, false) };
        self.cursor.go(self.cursor.at() + length);
        (Some(op), turned)
    }

    /// Up to `]`, `|`, ` OR `, and `)` in a group. `None` if nothing closes it.
    fn property_value(&mut self, grouped: bool) -> Option<Parsed<Raw<'a>>> {
        if self.cursor.peek().is_some_and(is_quote) {
            return Some(self.cursor.quoted().map(|quoted| Raw::Quoted(quoted.text)));
        }
        match self.regex() {
            Ok(Some(raw)) => return Some(Ok(raw)),
            Ok(None) => {}
            Err(error) => return Some(Err(error)),
        }
        let rest = self.cursor.rest();
        let mut length = rest.find(|c| matches!(c, ']' | '|') || (grouped && c == ')'))?;
        if let Some(or) = rest.get(..length)?.find(" OR ") {
            length = or;
        }
        self.cursor.go(self.cursor.at() + length);
        Some(Ok(Raw::Bare(rest.get(..length)?.trim())))
    }
}

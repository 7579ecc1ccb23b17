//! A cursor in a query's text. It handles characters, not meanings.

use crate::model::Span;
use crate::query::error::QueryError;

/// The text between quotes or slashes, and its span.
#[derive(Debug)]
pub(crate) struct Quoted {
    pub(crate) text: String,
    pub(crate) span: Span,
}

/// A position in the text of a query; always on a character boundary.
#[derive(Debug, Clone)]
pub(crate) struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    pub(crate) const fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    pub(crate) const fn at(&self) -> usize {
        self.at
    }

    pub(crate) const fn go(&mut self, at: usize) {
        self.at = at;
    }

    pub(crate) fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    pub(crate) fn since(&self, start: usize) -> Span {
        Span::new(start, self.at)
    }

    pub(crate) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(crate) fn peek_second(&self) -> Option<char> {
        self.rest().chars().nth(1)
    }

    pub(crate) fn bump(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    pub(crate) fn eat(&mut self, text: &str) -> bool {
        let found = self.rest().starts_with(text);
        if found {
            self.at += text.len();
        }
        found
    }

    pub(crate) fn skip_blanks(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    /// `AND`, `OR`, `NOT` as a word of its own.
    pub(crate) fn is_keyword(&self, word: &str) -> bool {
        self.rest().strip_prefix(word).is_some_and(|rest| {
            rest.chars().next().is_none_or(|c| c.is_whitespace() || is_quote(c) || matches!(c, '(' | ')' | '|' | '['))
        })
    }

    pub(crate) fn eat_keyword(&mut self, word: &str) -> bool {
        self.is_keyword(word) && self.eat(word)
    }

    /// Reads up to a space, a `|`, or a `)` that was not opened in it. An opened one must be closed.
    pub(crate) fn bare(&mut self) -> Result<&'a str, QueryError> {
        let start = self.at;
        let mut opened = Vec::new();
        while let Some(c) = self.peek() {
            match c {
                '(' => opened.push(self.at),
                ')' if opened.pop().is_none() => break,
                '|' => break,
                c if c.is_whitespace() => break,
                _ => {}
            }
            self.at += c.len_utf8();
        }
        if let Some(&at) = opened.first() {
            let word = self.since(start).of(self.text);
            let message = format!("`(` is never closed; to search for it, write \"{}\"", word.replace('"', "\\\""));
            return Err(QueryError::new(Span::new(at, at + 1), message));
        }
        Ok(self.since(start).of(self.text))
    }

    /// Reads a phrase, at its opening quote. In straight quotes `\"` and `\\` stand for `"` and `\`.
    pub(crate) fn quoted(&mut self) -> Result<Quoted, QueryError> {
        let start = self.at;
        let straight = self.bump() == Some('"');
        let mut text = String::new();
        while let Some(c) = self.bump() {
            match c {
                '"' if straight => return Ok(Quoted { text, span: self.since(start) }),
                '“' | '”' if !straight => return Ok(Quoted { text, span: self.since(start) }),
                '\\' if straight && matches!(self.peek(), Some('"' | '\\')) => text.extend(self.bump()),
                other => text.push(other),
            }
        }
        let end = start + self.text.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        Err(QueryError::new(Span::new(start, end), "this quote is never closed"))
    }

    /// `/regex/`: only if the closing slash ends the word, so that `/usr/bin` and `//` are words.
    pub(crate) fn regex(&self) -> Option<Quoted> {
        let mut ahead = self.clone();
        let start = self.at;
        if !ahead.eat("/") {
            return None;
        }
        while let Some(c) = ahead.bump() {
            match c {
                '\\' => {
                    ahead.bump();
                }
                '/' => {
                    let source = ahead.text.get(start + 1..ahead.at - 1)?;
                    // matching ignores case, so other tools' flag for it is accepted
                    let slash = ahead.at;
                    for flag in ["i", ""] {
                        ahead.at = slash;
                        if ahead.eat(flag) && ahead.peek().is_none_or(ends_regex) && !source.is_empty() {
                            return Some(Quoted { text: source.to_owned(), span: ahead.since(start) });
                        }
                    }
                    return None;
                }
                _ => {}
            }
        }
        None
    }

    /// Reads a field name, if there is one here.
    pub(crate) fn name(&mut self) -> &'a str {
        let start = self.at;
        while self.peek().is_some_and(is_name_character) {
            self.bump();
        }
        let name = self.since(start).of(self.text);
        if is_field_name(name) {
            name
        } else {
            self.at = start;
            ""
        }
    }
}

fn ends_regex(c: char) -> bool {
    c.is_whitespace() || matches!(c, ')' | '|' | ']')
}

/// `“` and similar quotes come from word processors.
pub(crate) fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„')
}

fn is_name_character(c: char) -> bool {
    c.is_ascii_alphabetic() || c == '-' || c == '_'
}

/// Letters, with `-` and `_` inside.
pub(crate) fn is_field_name(name: &str) -> bool {
    name.chars().all(is_name_character)
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.ends_with(|c: char| c.is_ascii_alphabetic())
}

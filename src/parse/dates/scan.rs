//! A line split into numbers, words, spaces and marks: the input of the grammar of dates.

use std::ops::Range;

use crate::parse::dates::names;
use crate::parse::dates::names::Known;

/// Upper bound on tokens per text: dates are shorter, and the rest of a longer text is not read.
const MOST: usize = 96;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// ASCII digits.
    Number,
    /// Letters, including combining accents.
    Word,
    Space,
    /// Any other character.
    Mark,
}

#[derive(Debug, Clone, Copy)]
struct Token<'a> {
    kind: Kind,
    text: &'a str,
    start: usize,
}

/// A tokenized text. Positions are indices of tokens; past the end there is nothing.
#[derive(Debug)]
pub(super) struct Scan<'a> {
    pub(super) text: &'a str,
    tokens: Vec<Token<'a>>,
    /// The text is a file name: `_` separates, and `202202` is a month.
    pub(super) name: bool,
    /// The whole text must be a date, so `22/10` may be one.
    pub(super) alone: bool,
    /// The language of the note, as a bit as in [`names::Sense::languages`]; 0 while unknown.
    pub(super) language: u8,
}

impl<'a> Scan<'a> {
    pub(super) fn new(text: &'a str, name: bool, language: u8) -> Self {
        let mut tokens: Vec<Token<'a>> = Vec::new();
        for (start, c) in text.char_indices() {
            let kind = match c {
                '0'..='9' => Kind::Number,
                '\u{300}'..='\u{36F}' => Kind::Word,
                c if c.is_alphabetic() => Kind::Word,
                c if c.is_whitespace() => Kind::Space,
                _ => Kind::Mark,
            };
            let end = start + c.len_utf8();
            let full = tokens.len() == MOST;
            match tokens.last_mut() {
                Some(last) if last.kind == kind && kind != Kind::Mark => {
                    last.text = text.get(last.start..end).unwrap_or(last.text);
                }
                _ if full => break,
                _ => tokens.push(Token { kind, text: text.get(start..end).unwrap_or(""), start }),
            }
        }
        Self { text, tokens, name, alone: false, language }
    }

    /// The same text, to be read as one date.
    pub(super) fn alone(self) -> Self {
        Self { alone: true, ..self }
    }

    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    pub(super) fn kind(&self, at: usize) -> Option<Kind> {
        self.tokens.get(at).map(|token| token.kind)
    }

    /// The bytes of the tokens `from..to`.
    pub(super) fn bytes(&self, from: usize, to: usize) -> Range<usize> {
        let start = self.tokens.get(from).map_or(self.text.len(), |token| token.start);
        let last = to.checked_sub(1).and_then(|last| self.tokens.get(last));
        start..last.map_or(start, |token| token.start + token.text.len()).max(start)
    }

    /// The text of a token; empty past the end.
    pub(super) fn at(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |token| token.text)
    }

    /// How many digits a number has, and its value.
    pub(super) fn number(&self, at: usize) -> Option<(usize, u64)> {
        let token = self.tokens.get(at).filter(|token| token.kind == Kind::Number && token.text.len() <= 14)?;
        Some((token.text.len(), token.text.parse().ok()?))
    }

    /// A number of one or two digits.
    pub(super) fn short(&self, at: usize) -> Option<u32> {
        self.number(at).filter(|(digits, _)| *digits <= 2).and_then(|(_, value)| u32::try_from(value).ok())
    }

    /// A number of four digits.
    pub(super) fn year(&self, at: usize) -> Option<i32> {
        let (_, value) = self.number(at).filter(|(digits, _)| *digits == 4)?;
        i32::try_from(value).ok().filter(|year| super::written::YEARS.contains(year))
    }

    pub(super) fn word(&self, at: usize) -> Option<&'a str> {
        self.tokens.get(at).filter(|token| token.kind == Kind::Word).map(|token| token.text)
    }

    /// A single mark.
    pub(super) fn mark(&self, at: usize) -> Option<char> {
        self.tokens.get(at).filter(|token| token.kind == Kind::Mark).and_then(|token| token.text.chars().next())
    }

    /// The name of a month or a weekday, and where it ends (`segunda-feira` is one name).
    pub(super) fn name_at(&self, at: usize) -> Option<(Known, &'a str, usize)> {
        let word = self.word(at)?;
        if self.mark(at + 1) == Some('-') && self.word(at + 2).is_some_and(|word| word.eq_ignore_ascii_case("feira")) {
            let long = self.text.get(self.bytes(at, at + 3))?;
            if let Some(known) = names::known(long) {
                return Some((known, long, at + 3));
            }
        }
        names::known(word).map(|known| (known, word, at + 1))
    }

    /// Skips spaces; in a file name also `_`.
    pub(super) fn skip_space(&self, mut at: usize) -> usize {
        while self.is_space(at) {
            at += 1;
        }
        at
    }

    pub(super) fn is_space(&self, at: usize) -> bool {
        self.kind(at) == Some(Kind::Space) || (self.name && self.mark(at) == Some('_'))
    }

    /// True if a number or a word begins right at `at`, without a space before it.
    pub(super) fn is_solid(&self, at: usize) -> bool {
        matches!(self.kind(at), Some(Kind::Number | Kind::Word))
    }
}

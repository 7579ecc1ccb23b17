//! Text in quotes, as it is written and as it is read: strings of YAML, TOML and JSON.
//!
//! [`Quoted`] knows where each byte of the text stands in the file, so that a link in a string is found and changed like any
//! other. `scalars` finds the strings of front matter, `edit::canvas` those of a canvas.

use crate::model::Link;
use crate::model::LinkParts;
use crate::model::Span;

/// What stands around a string, and with it how characters are escaped in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quotes {
    /// YAML without quotes, up to the end of the line.
    Plain,
    /// YAML without quotes, in a list or map with brackets.
    PlainInBrackets,
    /// Nothing is escaped, and lines may follow: a block of YAML, `'''` of TOML.
    Verbatim,
    /// `'it''s'` of YAML.
    Single,
    /// `'C:\x'` of TOML, in which `'` cannot stand.
    Literal,
    /// `"a \"b\""` of YAML, TOML and JSON.
    Double,
}

impl Quotes {
    /// Text as it stands between these quotes; `None` for text that cannot.
    #[must_use]
    pub fn escaped(self, text: &str) -> Option<String> {
        match self {
            Self::Plain | Self::PlainInBrackets | Self::Verbatim => Some(text.to_owned()),
            Self::Single => Some(text.replace('\'', "''")),
            Self::Literal => (!text.contains('\'')).then(|| text.to_owned()),
            Self::Double => {
                let quoted = serde_json::to_string(text).ok()?;
                Some(quoted.get(1..quoted.len() - 1)?.to_owned())
            }
        }
    }
}

/// The text of a string, with the place of each byte in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quoted {
    /// As it is read.
    pub text: String,
    /// Of each byte and of the end.
    places: Vec<usize>,
}

impl Quoted {
    /// Reads the bytes `inside` the quotes.
    #[must_use]
    pub fn read(source: &str, inside: Span, quotes: Quotes) -> Self {
        let written = inside.of(source);
        let mut found =
            Self { text: String::with_capacity(written.len()), places: Vec::with_capacity(written.len() + 1) };
        let mut at = 0;
        while let Some(c) = written.get(at..).and_then(|rest| rest.chars().next()) {
            let rest = written.get(at..).unwrap_or("");
            let (c, len) = match (quotes, c) {
                (Quotes::Single, '\'') if rest.starts_with("''") => ('\'', 2),
                (Quotes::Double, '\\') => escape(rest).unwrap_or((c, 1)),
                _ => (c, c.len_utf8()),
            };
            found.text.push(c);
            found.places.resize(found.text.len(), inside.start + at);
            at += len;
        }
        found.places.push(inside.start + written.len());
        found
    }

    /// The place in the file of a byte of the text, or of its end.
    #[must_use]
    pub fn outside(&self, at: usize) -> usize {
        self.places.get(at).or(self.places.last()).copied().unwrap_or(0)
    }

    /// The byte of the text that stands at this place in the file.
    #[must_use]
    pub fn inside(&self, place: usize) -> usize {
        self.places.partition_point(|&known| known < place).min(self.text.len())
    }

    /// A link of the text, with its places in the file.
    #[must_use]
    pub fn link_outside(&self, link: &Link) -> Link {
        moved(link, |at| self.outside(at))
    }

    /// A link of the file, with its places in the text.
    #[must_use]
    pub fn link_inside(&self, link: &Link) -> Link {
        moved(link, |at| self.inside(at))
    }
}

/// A link elsewhere. Parts that are absent stay so.
fn moved(link: &Link, to: impl Fn(usize) -> usize) -> Link {
    let span = |span: Span| Span::new(to(span.start), to(span.end));
    let part = |part: Span| if part == Span::default() { part } else { span(part) };
    let LinkParts { path, fragment, text } = link.parts;
    let parts = LinkParts { path: part(path), fragment: part(fragment), text: part(text) };
    Link { span: span(link.span), parts, ..link.clone() }
}

/// The character that `\…` stands for, and the length of what is written.
fn escape(rest: &str) -> Option<(char, usize)> {
    let code = |from: usize, digits: usize| u32::from_str_radix(rest.get(from..from + digits)?, 16).ok();
    let number = |digits: usize| Some((char::from_u32(code(2, digits)?)?, 2 + digits));
    let c = rest.chars().nth(1)?;
    let plain = |c: char| Some((c, 2));
    match c {
        '"' | '\\' | '/' | ' ' => plain(c),
        'n' => plain('\n'),
        't' => plain('\t'),
        'r' => plain('\r'),
        '0' => plain('\0'),
        'a' => plain('\u{7}'),
        'b' => plain('\u{8}'),
        'f' => plain('\u{c}'),
        'v' => plain('\u{b}'),
        'e' => plain('\u{1b}'),
        '_' => plain('\u{a0}'),
        'x' => number(2),
        'U' => number(8),
        'u' => number(4).or_else(|| {
            // JSON writes the others as two
            let (high, low) = (code(2, 4)?, code(8, 4).filter(|_| rest.get(6..8) == Some("\\u"))?);
            let both = char::decode_utf16([u16::try_from(high).ok()?, u16::try_from(low).ok()?]).next()?.ok()?;
            Some((both, 12))
        }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_escaped_is_read_back() {
        for quotes in [Quotes::Single, Quotes::Double, Quotes::Verbatim] {
            for text in ["", "a", "it's", "say \"hi\"", "C:\\x", "ü 🎉\n\t\u{1}"] {
                let written = format!("x{}x", quotes.escaped(text).unwrap());
                let quoted = Quoted::read(&written, Span::new(1, written.len() - 1), quotes);
                assert_eq!(quoted.text, text, "{written}");
                assert_eq!(quoted.outside(text.len()), written.len() - 1, "{written}");
                for at in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
                    assert_eq!(quoted.inside(quoted.outside(at)), at, "{written}");
                }
            }
        }
        assert_eq!(Quotes::Literal.escaped("it's"), None);
        let written = r"\u00e9\ud83c\udf89\x41\q\";
        assert_eq!(Quoted::read(written, Span::new(0, written.len()), Quotes::Double).text, "é🎉A\\q\\");
    }
}

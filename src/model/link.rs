//! Links as written in a note, with the span of each part.

use percent_encoding::NON_ALPHANUMERIC;
use percent_encoding::percent_decode_str;
use percent_encoding::utf8_percent_encode;
use serde::Deserialize;
use serde::Serialize;

use crate::model::Span;

/// How a link is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LinkKind {
    /// `[text](target)`
    #[default]
    Inline,
    /// `[text][label]`, `[label][]`, `[label]`
    Reference,
    /// `<https://…>` or a bare `https://…`, `www.…`, `ftp://…`, `name@host`
    Autolink,
    /// `[[target]]`
    Wikilink,
    /// `![[target]]`
    Embed,
    /// `![text](target)`
    Image,
}

/// Where the parts of a link are, so that an edit can change one and leave the others. A part that is absent is empty, and
/// so is one that the parser cannot locate with certainty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct LinkParts {
    /// The target up to `#`, without the `<` and `>` around it. For a reference link it is in the definition, outside the
    /// link's own span.
    pub path: Span,
    /// What follows the first `#` of the target.
    pub fragment: Span,
    /// The text between the brackets; the alias of a wikilink.
    pub text: Span,
}

/// A link in a note.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Link {
    /// How it is written.
    pub kind: LinkKind,
    /// All of it, brackets included.
    pub span: Span,
    /// 1-based line of its first byte.
    pub line: usize,
    /// What it points at: the URL (backslash escapes and entities resolved; `http://` before a bare `www.`, `mailto:`
    /// before an address), or a wikilink's `Note#Heading` without alias.
    pub target: String,
    /// What a reader sees: the link text without markup; a wikilink's alias, else its target.
    pub text: String,
    /// The title in quotes, where there is one.
    pub title: Option<String>,
    /// Where its parts are.
    pub parts: LinkParts,
}

impl Link {
    /// True for `[[…]]` and `![[…]]`.
    #[must_use]
    pub const fn is_wiki(&self) -> bool {
        matches!(self.kind, LinkKind::Wikilink | LinkKind::Embed)
    }

    /// True when the target has a scheme (`https:`, `mailto:`, …) or begins with `//`.
    #[must_use]
    pub fn is_external(&self) -> bool {
        !self.is_wiki() && (has_scheme(&self.target) || self.target.starts_with("//"))
    }

    /// The same link with another path (unescaped) in its target. The part after `#` stays.
    #[must_use]
    pub fn with_path(&self, path: &str) -> Self {
        let path = if self.is_wiki() { path.to_owned() } else { percent_encode(path, means_something) };
        let target = match self.target.split_once('#') {
            Some((_, place)) => format!("{path}#{place}"),
            None => path,
        };
        Self { target, ..self.clone() }
    }

    /// The same link with another fragment (unescaped) after its `#`.
    #[must_use]
    pub fn with_place(&self, place: &str) -> Self {
        let path = self.target.split_once('#').map_or(self.target.as_str(), |(path, _)| path);
        let place = if self.is_wiki() { place.to_owned() } else { percent_encode(place, means_something) };
        Self { target: format!("{path}#{place}"), ..self.clone() }
    }

    /// Where a link inside the notebook points; `None` for external ones. Percent escapes of Markdown links are decoded.
    #[must_use]
    pub fn local(&self) -> Option<LocalTarget> {
        if self.is_external() {
            return None;
        }
        let decode = |part: &str| if self.is_wiki() { part.trim().to_owned() } else { percent_decode(part) };
        let (path, place) = match self.target.split_once('#') {
            Some((path, place)) => (path, Some(decode(place))),
            None => (self.target.as_str(), None),
        };
        let place = place.filter(|place| !place.is_empty()).map(|place| match place.strip_prefix('^') {
            Some(id) => LocalPlace::Block(id.to_owned()),
            // `Note#Heading#^block` names the block
            None => match place.rsplit_once("#^") {
                Some((_, id)) => LocalPlace::Block(id.to_owned()),
                None => LocalPlace::Heading(place),
            },
        });
        Some(LocalTarget { path: decode(path), place })
    }
}

/// Where a link inside the notebook points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalTarget {
    /// As written, without `#…`; empty for a place in the same note.
    pub path: String,
    /// The place in the note, if it names one.
    pub place: Option<LocalPlace>,
}

/// What follows `#` in a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LocalPlace {
    /// A heading's text or slug, or an anchor; several headings joined by `#` name a path of headings.
    Heading(String),
    /// A block id without `^`.
    Block(String),
}

/// True when `target` begins with a URL scheme such as `https:`. A single letter is a drive, not a scheme.
#[must_use]
pub fn has_scheme(target: &str) -> bool {
    let Some((scheme, _)) = target.split_once(':') else { return false };
    scheme.len() > 1
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+.-".contains(&b))
}

/// Characters with a special meaning in any address, which therefore have to be escaped.
#[must_use]
pub const fn means_something(c: char) -> bool {
    matches!(c, '%' | '#' | '?' | ':' | '<' | '>' | '\\') || c.is_ascii_control()
}

/// Percent-encodes the characters that `escapes` selects: `%20` and the like.
#[must_use]
pub fn percent_encode(text: &str, escapes: impl Fn(char) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if escapes(c) {
            let mut buffer = [0; 4];
            out.extend(utf8_percent_encode(c.encode_utf8(&mut buffer), NON_ALPHANUMERIC));
        } else {
            out.push(c);
        }
    }
    out
}

/// Decodes `%20` and the like; where the result is not UTF-8, the text stays as written.
#[must_use]
pub fn percent_decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8().map_or_else(|_| text.to_owned(), std::borrow::Cow::into_owned)
}

//! Links: what a note points at, as written.

use serde::Deserialize;
use serde::Serialize;

use crate::model::Span;

/// How a link is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LinkKind {
    /// `[text](target)`
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

/// A link as it stands in a note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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

    /// The parts of a link inside the notebook; `None` for external ones.
    /// For Markdown links percent escapes are resolved.
    #[must_use]
    pub fn local(&self) -> Option<LocalTarget> {
        if self.is_external() {
            return None;
        }
        let (path, place) = match self.target.split_once('#') {
            Some((path, place)) => (path, Some(place)),
            None => (self.target.as_str(), None),
        };
        let decode = |part: &str| if self.is_wiki() { part.trim().to_owned() } else { percent_decode(part) };
        let place = place.map(decode);
        let (heading, block) = match place {
            Some(place) => match place.strip_prefix('^') {
                Some(block) => (None, Some(block.to_owned())),
                // `Note#Heading#^block` names the block
                None => match place.rsplit_once("#^") {
                    Some((_, block)) => (None, Some(block.to_owned())),
                    None => (Some(place).filter(|p| !p.is_empty()), None),
                },
            },
            None => (None, None),
        };
        Some(LocalTarget { path: decode(path), heading, block })
    }
}

/// Where a link inside the notebook points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalTarget {
    /// As written, without `#…`; empty for a place in the same note.
    pub path: String,
    /// A heading's text or slug; several joined by `#` name a path of headings.
    pub heading: Option<String>,
    /// A block id without `^`.
    pub block: Option<String>,
}

/// True when `target` begins with a URL scheme such as `https:`. One letter is a drive, not a scheme.
#[must_use]
pub fn has_scheme(target: &str) -> bool {
    let Some((scheme, _)) = target.split_once(':') else { return false };
    scheme.len() > 1
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+.-".contains(&b))
}

/// Resolves `%20` and the like; what is not UTF-8 afterwards stays as written.
#[must_use]
pub fn percent_decode(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let hex = text.get(at + 1..at + 3).and_then(|h| u8::from_str_radix(h, 16).ok());
        if let (b'%', Some(value)) = (byte, hex) {
            out.push(value);
            at += 3;
        } else {
            out.push(byte);
            at += 1;
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

//! The parts of front matter.

use crate::model::Property;
use crate::model::Span;
use crate::model::Value;

/// More deeply nested values are cut.
pub(super) const DEPTH: usize = 32;

/// A front matter entry with the position of its value, before it becomes a [`Property`].
pub(crate) struct Entry {
    pub(crate) property: Property,
    /// The bytes of the value (for lists, of its opening); empty if unknown.
    pub(crate) span: Span,
    /// Each scalar of a list with its bytes, if known.
    pub(crate) items: Vec<(String, Span)>,
}

/// Text that looks like front matter but could not be read. It gives no properties, but can make a note private.
#[derive(Default)]
pub(crate) struct Unread {
    /// Keys and values, as far as they can be read.
    pub(crate) entries: Vec<(String, Value)>,
    /// A part that cannot be read.
    pub(crate) garbled: Option<Span>,
}

/// The line at a byte, with its line end.
pub(super) fn line_at(text: &str, at: usize) -> Span {
    let rest = text.get(at..).unwrap_or("");
    let end = match rest.find(['\n', '\r']) {
        Some(end) if rest.get(end..).is_some_and(|r| r.starts_with("\r\n")) => end + 2,
        Some(end) => end + 1,
        None => rest.len(),
    };
    Span::new(at, at + end)
}

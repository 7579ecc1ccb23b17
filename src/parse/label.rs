//! The words of an item or a heading as a person reads them.

use crate::parse::blocks;
use crate::parse::fields;
use crate::parse::plain::plain;
use crate::parse::plain::plain_with_all_urls;
use crate::parse::plain::plain_with_inner_urls;

/// The words of a single item, as a person reads them: without markup, fields, and the block id at its end.
#[must_use]
pub fn label(text: &str) -> String {
    plain(&without_fields(text))
}

/// As [`label`], with addresses: the decision may be one.
pub(crate) fn label_with_urls(text: &str) -> String {
    plain_with_all_urls(&without_fields(text))
}

/// As [`label`], with the addresses that are part of a question, but not with those after it.
pub(crate) fn label_with_inner_urls(text: &str) -> String {
    plain_with_inner_urls(&without_fields(text))
}

fn without_fields(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut at = 0;
    for field in fields::find(text, &|_| false) {
        shown.push_str(text.get(at..field.start).unwrap_or(""));
        at = field.end;
    }
    shown.push_str(text.get(at..).unwrap_or(""));
    if let Some((start, _)) = blocks::mark(&shown) {
        shown.truncate(start);
    }
    shown.trim().to_owned()
}

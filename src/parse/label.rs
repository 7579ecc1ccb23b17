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

/// Removes the marks around what was cut out between `shown` and `rest`: `**📅 2026-11-30**`. Returns the bytes of the rest to skip.
pub(crate) fn close_up(shown: &mut String, rest: &str) -> usize {
    for mark in ["***", "**", "__", "~~", "==", "*", "_"] {
        let opened = shown.trim_end().strip_suffix(mark).map(str::len);
        let opened = opened.filter(|len| shown.get(..*len).is_some_and(|before| !before.ends_with(is_inner)));
        let closed = rest.trim_start().strip_prefix(mark).filter(|behind| !behind.starts_with(is_inner));
        if let (Some(len), Some(behind)) = (opened, closed) {
            shown.truncate(len);
            return rest.len() - behind.len();
        }
    }
    0
}

fn is_inner(c: char) -> bool {
    c.is_alphanumeric() || "*_~=".contains(c)
}

pub(crate) fn without_fields(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut at = 0;
    for field in fields::find(text, &|_| false) {
        shown.push_str(text.get(at..field.start).unwrap_or(""));
        at = field.end + close_up(&mut shown, text.get(field.end..).unwrap_or(""));
    }
    shown.push_str(text.get(at..).unwrap_or(""));
    if let Some((start, _)) = blocks::mark(&shown) {
        shown.truncate(start);
    }
    shown.trim().to_owned()
}

//! Front matter: cut off before any Markdown parser sees the text, read but never rewritten.
//!
//! YAML between `---` fences, TOML between `+++` fences. Scalars keep their written form, so that `1.10` is not `1.1`.
//! Called once a note by [`crate::parse::parse`].

mod parts;
mod unread;
mod yaml;

use crate::model::Lines;
use crate::model::Property;
use crate::model::Severity;
use crate::model::Span;
use crate::model::Value;
use crate::parse::diagnostics::Diagnostics;
use crate::parse::front::parts::DEPTH;
use crate::parse::front::parts::line_at;

pub(in crate::parse) use parts::Entry;
pub(in crate::parse) use parts::Unread;
pub(in crate::parse) use unread::is_known;
pub(in crate::parse) use unread::yes_or_no;

/// In bytes; larger front matter is skipped.
const LIMIT: usize = 256 * 1024;
/// A note's front matter.
#[derive(Default)]
pub(crate) struct Front {
    pub(crate) entries: Vec<Entry>,
    /// The byte where the body begins.
    pub(crate) body_start: usize,
    pub(crate) unread: Unread,
}

/// Cuts and reads the front matter of a note.
pub(crate) fn read(text: &str, lines: &Lines, diagnostics: &mut Diagnostics<'_>) -> Front {
    let Some((fence, inner, body)) = cut(text) else {
        return Front { unread: unread::find(text, 0, diagnostics), ..Front::default() };
    };
    let earlier = diagnostics.count();
    let entries = if inner.len() > LIMIT {
        let message = format!("front matter of {} KiB is not read (limit 256 KiB)", inner.len() / 1024);
        diagnostics.add("front-matter-invalid", Severity::Error, Span::new(0, 3), message);
        Some(Vec::new())
    } else if fence == "+++" {
        toml(text, inner, lines, diagnostics)
    } else {
        yaml::read(text, inner, lines, diagnostics)
    };
    let Some(entries) = entries else {
        return Front { unread: unread::find(text, 0, diagnostics), ..Front::default() };
    };
    let mut unread = unread::find(text, body, diagnostics);
    if diagnostics.count() > earlier {
        // if a key appears twice, both values count for privacy
        unread.entries.extend(unread::lines(inner.of(text)));
        unread.garbled = diagnostics.has("front-matter-invalid").then_some(inner);
    }
    Front { entries, body_start: body, unread }
}

/// The fence, the span between the fences, and the byte after the closing fence's line.
fn cut(text: &str) -> Option<(&'static str, Span, usize)> {
    let fence = if text.starts_with("---") {
        "---"
    } else if text.starts_with("+++") {
        "+++"
    } else {
        return None;
    };
    let first = line_at(text, 0);
    if first.of(text).trim_end() != fence || first.end == text.len() {
        return None;
    }
    let mut at = first.end;
    while at < text.len() {
        let line = line_at(text, at);
        let words = line.of(text).trim_end();
        if words == fence || (fence == "---" && words == "...") {
            return Some((fence, Span::new(first.end, at), line.end));
        }
        at = line.end;
    }
    None
}

/// The fence, and the span between the fences.
pub(in crate::parse) fn inner(text: &str) -> Option<(&'static str, Span)> {
    let (fence, inner, _) = cut(text)?;
    Some((fence, inner))
}

fn toml(text: &str, inner: Span, lines: &Lines, diagnostics: &mut Diagnostics<'_>) -> Option<Vec<Entry>> {
    let source = inner.of(text);
    match toml::de::DeTable::parse(source) {
        Ok(table) => {
            let mut entries: Vec<Entry> = table
                .into_inner()
                .into_iter()
                .map(|(key, value)| {
                    let place = value.span();
                    let span = Span::new(inner.start + place.start, inner.start + place.end);
                    let line = lines.line(inner.start + key.span().start);
                    let mut items = Vec::new();
                    toml_strings(&value, inner.start, &mut items);
                    let value = toml_value(value.get_ref(), 0);
                    Entry { property: Property { key: key.into_inner().into_owned(), value, line }, span, items }
                })
                .collect();
            entries.sort_by_key(|entry| entry.property.line);
            Some(entries)
        }
        Err(error) => {
            let at = error.span().map_or(inner.start, |span| inner.start + span.start);
            let message = format!("front matter is not valid TOML: {}", error.message());
            diagnostics.add("front-matter-invalid", Severity::Error, Span::new(at, at + 1), message);
            Some(Vec::new())
        }
    }
}

/// The strings of a value, itself or its items.
fn toml_strings(value: &toml::Spanned<toml::de::DeValue<'_>>, base: usize, found: &mut Vec<(String, Span)>) {
    match value.get_ref() {
        toml::de::DeValue::String(text) => {
            found.push((text.to_string(), Span::new(base + value.span().start, base + value.span().end)));
        }
        toml::de::DeValue::Array(items) => {
            let is_string = |item: &&toml::Spanned<toml::de::DeValue<'_>>| item.get_ref().is_str();
            items.iter().filter(is_string).for_each(|item| toml_strings(item, base, found));
        }
        _ => {}
    }
}

fn toml_value(value: &toml::de::DeValue<'_>, depth: usize) -> Value {
    use toml::de::DeValue;
    match value {
        _ if depth > DEPTH => Value::Null,
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(number) => Value::Text(number.as_str().to_owned()),
        DeValue::Float(number) => Value::Text(number.as_str().to_owned()),
        DeValue::Boolean(yes) => Value::Text(yes.to_string()),
        DeValue::Datetime(date) => Value::Text(date.to_string()),
        DeValue::Array(items) => Value::List(items.iter().map(|item| toml_value(item.get_ref(), depth + 1)).collect()),
        DeValue::Table(table) => Value::Map(
            table
                .iter()
                .map(|(key, value)| (key.get_ref().to_string(), toml_value(value.get_ref(), depth + 1)))
                .collect(),
        ),
    }
}

//! YAML front matter, read as far as it goes: what precedes an error is kept, and plain `key: text` lines after it too.

use std::cell::RefCell;

use serde::de;
use serde_yaml::Spanned;

use crate::model::Lines;
use crate::model::Property;
use crate::model::Severity;
use crate::model::Span;
use crate::model::Value;
use crate::parse::diagnostics::Diagnostics;
use crate::parse::front::DEPTH;
use crate::parse::front::Entry;

/// `None`: there is nothing like front matter between the fences.
pub(super) fn read(text: &str, inner: Span, lines: &Lines, diagnostics: &mut Diagnostics<'_>) -> Option<Vec<Entry>> {
    let source = inner.of(text);
    if source.trim().is_empty() {
        return Some(Vec::new());
    }
    let found = RefCell::new(Vec::new());
    let options = serde_yaml::options! {
        budget: serde_yaml::budget! { max_nodes: 10_000 },
        duplicate_keys: serde_yaml::DuplicateKeyPolicy::FirstWins,
        strict_booleans: true,
        non_finite_float_policy: serde_yaml::NonFiniteFloatPolicy::AsString,
        with_snippet: false,
    };
    let outcome = serde_yaml::with_deserializer_from_str_with_options(source, options, |de| {
        de::Deserializer::deserialize_map(de, Collect { source, found: &found })
    });
    let mut entries: Vec<Entry> = found
        .into_inner()
        .into_iter()
        .map(|(key, key_span, node)| {
            let shift = |span: Span| Span::new(inner.start + span.start, inner.start + span.end);
            let items = node.scalars(source).into_iter().map(|(text, span)| (text, shift(span))).collect();
            Entry {
                property: Property {
                    key,
                    value: node.value(source, 0),
                    line: lines.line(inner.start + key_span.start),
                },
                span: shift(node.span),
                items,
            }
        })
        .collect();
    if let Err(error) = outcome {
        if entries.is_empty() && !source.lines().any(|line| top_level(line).is_some()) {
            return None;
        }
        let at = error.location().and_then(|place| {
            let line = usize::try_from(place.line()).ok()?;
            let column = usize::try_from(place.column()).ok()?;
            Some((lines.line(inner.start) + line.saturating_sub(1), column.max(1)))
        });
        let (line, column) = at.unwrap_or((lines.line(inner.start), 1));
        let recovered = recover(text, inner, lines, &mut entries);
        let what = error.without_snippet().to_string();
        let what = what.lines().next().unwrap_or("invalid YAML").trim_end_matches('.').to_owned();
        let mut message = format!("front matter is not valid YAML: {what}");
        if recovered > 0 {
            message.push_str("; simple `key: text` lines are read all the same");
        }
        diagnostics.at("front-matter-invalid", Severity::Error, lines.content(text, line), line, column, message);
    }
    for duplicate in duplicates(source) {
        let span = Span::new(inner.start + duplicate.start, inner.start + duplicate.end);
        diagnostics.add(
            "front-matter-duplicate",
            Severity::Warning,
            span,
            "this key appears twice: the first counts".to_owned(),
        );
    }
    Some(entries)
}

/// Takes `key: text` lines at the top level that are not among the entries yet. Returns how many.
fn recover(text: &str, inner: Span, lines: &Lines, entries: &mut Vec<Entry>) -> usize {
    let mut count = 0;
    let first = lines.line(inner.start);
    let last = lines.line(inner.end.max(1) - 1);
    for line in first..=last {
        let content = lines.content(text, line);
        let Some((key, value)) = top_level(content.of(text)) else { continue };
        if entries.iter().any(|entry| entry.property.key == key) {
            continue;
        }
        let value = value.trim();
        let start = content.of(text).find(value).map_or(content.end, |at| content.start + at);
        let span = Span::new(start, start + value.len());
        let value = value.trim_matches(['"', '\'']);
        let value = if value.is_empty() { Value::Null } else { Value::Text(value.to_owned()) };
        entries.push(Entry { property: Property { key: key.to_owned(), value, line }, span, items: Vec::new() });
        count += 1;
    }
    entries.sort_by_key(|entry| entry.property.line);
    count
}

/// `key` and `text` of a line such as `key: text` that is not indented.
pub(super) fn top_level(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let plain = !key.is_empty()
        && !key.starts_with([' ', '\t', '-', '#', '"', '\'', '{', '['])
        && !key.contains(['#', '{', '}', '[', ']', '"'])
        && key.len() <= 64;
    (plain && (value.is_empty() || value.starts_with([' ', '\t']))).then_some((key.trim_end(), value))
}

/// The second and later sightings of top-level keys.
fn duplicates(source: &str) -> Vec<Span> {
    let mut seen = std::collections::BTreeSet::new();
    let mut found = Vec::new();
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        if let Some((key, _)) = top_level(line)
            && !seen.insert(key)
        {
            found.push(Span::new(at, at + key.len()));
        }
        at += line.len();
    }
    found
}

/// A YAML node with its place in the source; scalars are cut from the source by it.
struct Node {
    raw: Raw,
    span: Span,
}

enum Raw {
    Null,
    /// A string: what YAML says that it is.
    Text(String),
    /// A number or boolean: as written.
    Scalar,
    List(Vec<Node>),
    Map(Vec<(Node, Node)>),
}

impl Node {
    fn text(&self, source: &str) -> Option<String> {
        match &self.raw {
            Raw::Text(text) => Some(text.clone()),
            Raw::Scalar => Some(self.span.of(source).trim().to_owned()),
            Raw::Null | Raw::List(_) | Raw::Map(_) => None,
        }
    }

    fn value(&self, source: &str, depth: usize) -> Value {
        match &self.raw {
            _ if depth > DEPTH => Value::Null,
            Raw::Null => Value::Null,
            Raw::Text(_) | Raw::Scalar => Value::Text(self.text(source).unwrap_or_default()),
            // `up: [[Home]]` is a list in a list for YAML, and a wikilink for everybody else
            Raw::List(outer)
                if let [Self { raw: Raw::List(inner), .. }] = outer.as_slice()
                    && let [only] = inner.as_slice()
                    && let Some(text) = only.text(source) =>
            {
                Value::Text(format!("[[{text}]]"))
            }
            Raw::List(items) => Value::List(items.iter().map(|item| item.value(source, depth + 1)).collect()),
            Raw::Map(pairs) => Value::Map(
                pairs
                    .iter()
                    .map(|(key, value)| (key.text(source).unwrap_or_default(), value.value(source, depth + 1)))
                    .collect(),
            ),
        }
    }

    /// The scalars of this node, itself or its items, with their places.
    fn scalars(&self, source: &str) -> Vec<(String, Span)> {
        match &self.raw {
            Raw::List(items) => items.iter().filter_map(|item| Some((item.text(source)?, item.span))).collect(),
            _ => self.text(source).map(|text| (text, self.span)).into_iter().collect(),
        }
    }
}

impl<'de> de::Deserialize<'de> for Node {
    fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned: Spanned<Raw> = Spanned::deserialize(deserializer)?;
        let place = spanned.referenced.span();
        let (start, len) = place.byte_info_or_zero();
        Ok(Self { raw: spanned.value, span: Span::new(start, start + len) })
    }
}

/// Bytes of a YAML span, zero where the reader does not know them.
trait ByteInfo {
    fn byte_info_or_zero(&self) -> (usize, usize);
}

impl ByteInfo for serde_yaml::Span {
    fn byte_info_or_zero(&self) -> (usize, usize) {
        let number = |n: Option<u64>| n.and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
        (number(self.byte_offset()), number(self.byte_len()))
    }
}

impl<'de> de::Deserialize<'de> for Raw {
    fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visit;
        impl<'de> de::Visitor<'de> for Visit {
            type Value = Raw;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a value")
            }
            fn visit_bool<E>(self, _: bool) -> Result<Raw, E> {
                Ok(Raw::Scalar)
            }
            fn visit_i64<E>(self, _: i64) -> Result<Raw, E> {
                Ok(Raw::Scalar)
            }
            fn visit_u64<E>(self, _: u64) -> Result<Raw, E> {
                Ok(Raw::Scalar)
            }
            fn visit_i128<E>(self, _: i128) -> Result<Raw, E> {
                Ok(Raw::Scalar)
            }
            fn visit_u128<E>(self, _: u128) -> Result<Raw, E> {
                Ok(Raw::Scalar)
            }
            fn visit_f64<E>(self, _: f64) -> Result<Raw, E> {
                Ok(Raw::Scalar)
            }
            fn visit_str<E>(self, text: &str) -> Result<Raw, E> {
                Ok(Raw::Text(text.to_owned()))
            }
            fn visit_unit<E>(self) -> Result<Raw, E> {
                Ok(Raw::Null)
            }
            fn visit_none<E>(self) -> Result<Raw, E> {
                Ok(Raw::Null)
            }
            fn visit_some<D: de::Deserializer<'de>>(self, inner: D) -> Result<Raw, D::Error> {
                de::Deserialize::deserialize(inner)
            }
            fn visit_seq<A: de::SeqAccess<'de>>(self, mut items: A) -> Result<Raw, A::Error> {
                let mut list = Vec::new();
                while let Some(item) = items.next_element()? {
                    list.push(item);
                }
                Ok(Raw::List(list))
            }
            fn visit_map<A: de::MapAccess<'de>>(self, mut pairs: A) -> Result<Raw, A::Error> {
                let mut map = Vec::new();
                while let Some(pair) = pairs.next_entry()? {
                    map.push(pair);
                }
                Ok(Raw::Map(map))
            }
        }
        deserializer.deserialize_any(Visit)
    }
}

/// Collects the entries of the top-level mapping as they come, so that those before an error are kept.
struct Collect<'a> {
    source: &'a str,
    found: &'a RefCell<Vec<(String, Span, Node)>>,
}

impl<'de> de::Visitor<'de> for Collect<'_> {
    type Value = ();
    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("`key: value` lines")
    }
    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
    fn visit_map<A: de::MapAccess<'de>>(self, mut pairs: A) -> Result<(), A::Error> {
        while let Some(key) = pairs.next_key::<Node>()? {
            let value: Node = pairs.next_value()?;
            if let Some(name) = key.text(self.source) {
                self.found.borrow_mut().push((name, key.span, value));
            }
        }
        Ok(())
    }
}

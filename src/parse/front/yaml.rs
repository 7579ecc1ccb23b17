//! YAML front matter. If it is invalid, each key is read separately, so that an error affects one key only.

use std::cell::RefCell;

use serde::de;
use serde_saphyr::Spanned;

use crate::model::Lines;
use crate::model::Property;
use crate::model::Severity;
use crate::model::Span;
use crate::model::Value;
use crate::parse::diagnostics::Diagnostics;
use crate::parse::front::parts::DEPTH;
use crate::parse::front::parts::Entry;

/// `None` if there is nothing like front matter between the fences.
pub(super) fn read(text: &str, inner: Span, lines: &Lines, diagnostics: &mut Diagnostics<'_>) -> Option<Vec<Entry>> {
    let source = inner.of(text);
    if source.trim().is_empty() {
        return Some(Vec::new());
    }
    let (found, error) = parse(source);
    let collected = found.len();
    let place = |span: Span| Span::new(inner.start + span.start, inner.start + span.end);
    let mut entries: Vec<Entry> = found.into_iter().map(|found| entry(found, source, inner.start, lines)).collect();
    if let Some(error) = error {
        if entries.is_empty() && !source.lines().any(|line| top_level(line).is_some()) {
            return None;
        }
        entries = one_by_one(source, inner.start, lines);
        let at = error.location().and_then(|place| {
            let line = usize::try_from(place.line()).ok()?;
            let column = usize::try_from(place.column()).ok()?;
            Some((lines.line(inner.start) + line.saturating_sub(1), column.max(1)))
        });
        let (line, column) = at.unwrap_or((lines.line(inner.start), 1));
        let what = error.without_snippet().to_string();
        let what = what.lines().next().unwrap_or("invalid YAML").trim_end_matches('.').to_owned();
        let mut message = format!("front matter is not valid YAML: {what}");
        if entries.len() > collected {
            message.push_str("; the other keys are still read");
        }
        diagnostics.at("front-matter-invalid", Severity::Error, lines.content(text, line), line, column, message);
    }
    for duplicate in duplicates(source) {
        diagnostics.add(
            "front-matter-duplicate",
            Severity::Warning,
            place(duplicate),
            "this key appears twice: the first counts".to_owned(),
        );
    }
    for entry in &entries {
        if let Value::Text(value) = &entry.property.value
            && is_template(value)
        {
            let message = format!("`{}` still has the value of its template", entry.property.key);
            diagnostics.add("front-matter-template", Severity::Info, entry.span, message);
        }
    }
    Some(entries)
}

/// The entries up to the end or the first error, with places in `source`.
fn parse(source: &str) -> (Vec<Pair>, Option<serde_saphyr::Error>) {
    let found = RefCell::new(Vec::new());
    let options = serde_saphyr::options! {
        budget: serde_saphyr::budget! { max_nodes: 10_000 },
        duplicate_keys: serde_saphyr::DuplicateKeyPolicy::FirstWins,
        strict_booleans: true,
        non_finite_float_policy: serde_saphyr::NonFiniteFloatPolicy::AsString,
        with_snippet: false,
    };
    let outcome = serde_saphyr::with_deserializer_from_str_with_options(source, options, |de| {
        de::Deserializer::deserialize_map(de, Collect { source, found: &found })
    });
    (found.into_inner(), outcome.err())
}

/// `source` begins at the byte `base` of the text.
fn entry((key, key_span, node): Pair, source: &str, base: usize, lines: &Lines) -> Entry {
    let shift = |span: Span| Span::new(base + span.start, base + span.end);
    // for YAML `{{title}}` is a mapping in a mapping; here it is an unfilled template
    let rest = source.get(node.span.start..).unwrap_or("").lines().next().unwrap_or("").trim_end();
    let (value, items, span) = if rest.starts_with("{{") && rest.ends_with("}}") {
        let span = Span::new(node.span.start, node.span.start + rest.len());
        (Value::Text(rest.to_owned()), Vec::new(), span)
    } else {
        let items = node.scalars(source).into_iter().map(|(text, span)| (text, shift(span))).collect();
        (node.value(source, 0), items, node.span)
    };
    let line = lines.line(base + key_span.start);
    Entry { property: Property { key, value, line }, span: shift(span), items }
}

/// Reads each key with its lines separately, so that an error in one does not affect the others. What is not valid YAML is
/// text: `title: A: colon`.
fn one_by_one(source: &str, base: usize, lines: &Lines) -> Vec<Entry> {
    let mut parts: Vec<Span> = Vec::new();
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        let end = at + line.len();
        match parts.last_mut() {
            Some(part) if top_level(line.trim_end_matches(['\n', '\r'])).is_none() => part.end = end,
            _ => parts.push(Span::new(at, end)),
        }
        at = end;
    }
    let mut entries: Vec<Entry> = Vec::new();
    let mut known = std::collections::BTreeSet::new();
    for part in parts {
        let (found, error) = parse(part.of(source));
        let found = match error {
            None => found.into_iter().map(|found| entry(found, part.of(source), base + part.start, lines)).collect(),
            Some(_) => vec![as_text(part, source, base, lines)],
        };
        entries.extend(found.into_iter().filter(|entry| known.insert(entry.property.key.clone())));
    }
    entries.retain(|entry| !entry.property.key.is_empty());
    entries
}

/// The text after the colon in a part's first line; an empty key if there is no colon.
fn as_text(part: Span, source: &str, base: usize, lines: &Lines) -> Entry {
    let first = part.of(source).lines().next().unwrap_or("");
    let (key, value) = top_level(first).unwrap_or_default();
    let start = part.start + (first.len() - value.trim_start().len());
    let value = value.trim();
    let span = Span::new(base + start, base + start + value.len());
    let value = unquoted(value);
    let value = if value.is_empty() { Value::Null } else { Value::Text(value.to_owned()) };
    let line = lines.line(base + part.start);
    Entry { property: Property { key: key.to_owned(), value, line }, span, items: Vec::new() }
}

/// Without the quotes around it, or one that was not closed; in `"Foo" bar` they are part of the text.
fn unquoted(value: &str) -> &str {
    for quote in ['"', '\''] {
        let Some(inner) = value.strip_prefix(quote) else { continue };
        let inner = inner.strip_suffix(quote).unwrap_or(inner);
        return if inner.contains(quote) { value } else { inner };
    }
    value
}

/// True for a placeholder that a template should have filled in.
fn is_template(value: &str) -> bool {
    [("{{", "}}"), ("<%", "%>")]
        .iter()
        .any(|(open, close)| value.split_once(open).is_some_and(|(_, rest)| rest.contains(close)))
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

/// The second and later occurrences of top-level keys.
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

/// A key, its place, and its value.
type Pair = (String, Span, Node);

/// A YAML node with its position in the source, from which scalars are cut.
struct Node {
    raw: Raw,
    span: Span,
}

enum Raw {
    Null,
    /// A string, as YAML resolves it.
    Text(String),
    /// A number or boolean, kept as written.
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
            // `up: [[Home]]` is a list in a list for YAML; here it is a wikilink
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

    /// The scalars of this node, itself or its items, with their positions.
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

/// The bytes of a YAML span; empty if unknown.
trait ByteInfo {
    fn byte_info_or_zero(&self) -> (usize, usize);
}

impl ByteInfo for serde_saphyr::Span {
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
    found: &'a RefCell<Vec<Pair>>,
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

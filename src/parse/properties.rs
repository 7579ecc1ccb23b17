//! Well-known front matter keys: title, kind, language, aliases, tags.

use std::collections::HashMap;

use crate::model::Lines;
use crate::model::Note;
use crate::model::NotePath;
use crate::model::Span;
use crate::model::Tag;
use crate::model::TitleFrom;
use crate::model::Value;
use crate::model::comment::uncommented;
use crate::parse::front::Entry;
use crate::parse::inline::is_tag_length;
use crate::parse::outline::squeeze;
use crate::parse::plain::title_words;

/// Reads the well-known keys; all of them also stay properties.
pub(crate) fn read(path: &NotePath, entries: Vec<Entry>, lines: &Lines, note: &mut Note) {
    let mut title = None;
    let mut tags = Vec::new();
    for entry in entries {
        let property = entry.property;
        match property.key.to_lowercase().as_str() {
            "title" if title.is_none() => {
                title = scalar(&property.value).map(|title| title_words(&title)).filter(|title| !title.is_empty());
            }
            "kind" | "type" => {
                note.kind = note.kind.take().or_else(|| scalar(&property.value).map(|kind| kind.to_lowercase()));
            }
            "lang" | "language" => note.lang = scalar(&property.value),
            "aliases" | "alias" => note.aliases.extend(list(&property.value, false)),
            "tags" | "tag" | "keywords" => {
                let mut places: HashMap<String, Vec<Span>> = HashMap::new();
                for (text, span) in entry.items.iter().rev() {
                    places.entry(bare(text)).or_default().push(*span);
                }
                let scalar = entry.items.first().filter(|_| entry.items.len() == 1).map(|(_, span)| *span);
                for name in list(&property.value, true).into_iter().filter(|name| is_tag_length(name)) {
                    let span = places.get_mut(&name).and_then(Vec::pop).or(scalar).unwrap_or(entry.span);
                    let line = if span.is_empty() { property.line } else { lines.line(span.start) };
                    tags.push(Tag { name, line, span });
                }
            }
            _ => {}
        }
        note.properties.push(property);
    }
    tags.append(&mut note.tags);
    note.tags = tags;
    let opening = note.opening.and_then(|index| note.sections.get(index)).map(|section| section.text.clone());
    (note.title, note.title_from) = match (title, opening) {
        (Some(title), _) => (title, TitleFrom::FrontMatter),
        (None, Some(heading)) => (title_words(&heading), TitleFrom::Heading),
        (None, None) => (path.stem().to_owned(), TitleFrom::FileName),
    };
}

fn scalar(value: &Value) -> Option<String> {
    value.as_text().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// A list, or a scalar split at commas (for tags also at spaces). A leading `#` is dropped.
fn list(value: &Value, blanks: bool) -> Vec<String> {
    let split = |text: &str| -> Vec<String> {
        text.split(|c: char| c == ',' || (blanks && c.is_whitespace()))
            .map(bare)
            .filter(|part| !part.is_empty())
            .collect()
    };
    match value {
        Value::Text(text) if text.trim().starts_with("[[") => vec![bare(text)],
        Value::Text(text) => split(&uncommented(text)),
        // `[[one], [two]]` and `[[one, two]]` are lists in a list
        Value::List(items) => items.iter().flat_map(Value::texts).map(bare).filter(|text| !text.is_empty()).collect(),
        Value::Null | Value::Map(_) => Vec::new(),
    }
}

/// A tag or alias without `#`, and without the brackets of a wikilink.
fn bare(text: &str) -> String {
    let text = uncommented(text);
    let text = text.trim();
    let text = text.strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]")).unwrap_or(text);
    squeeze(text.trim().trim_start_matches('#'))
}

//! Rows of a report as a site gives them to scripts: without what a note says only to its writer.
//!
//! Texts of notes are kept in reports as they are written, with the names of notes that are not published, comments and
//! HTML. On a site they become the words that a page shows.

use std::borrow::Cow;

use serde_json::Value;

use crate::model::NotePath;
use crate::parse::plain;
use crate::site::Site;
use crate::site::text::outside;

/// Fields that hold the target of a link.
const TARGETS: [&str; 2] = ["url", "target"];

/// Where a row is: a note, and the 1-based line where it is known.
pub(crate) type RowPlace = (NotePath, Option<usize>);

/// A row for readers of the JSON at `from`, with `href`, the address of its place.
pub(crate) fn published(site: &Site<'_>, from: &str, row: &Value, place: Option<&RowPlace>) -> Value {
    let mut row = row.clone();
    clean(&mut row);
    if let (Some(fields), Some((path, line))) = (row.as_object_mut(), place) {
        let href = site.places.href_to_line(from, path, *line);
        fields.insert("href".to_owned(), href.map_or(Value::Null, Value::String));
    }
    row
}

/// Makes words of every text, and leaves out links that lead to a file.
fn clean(value: &mut Value) {
    match value {
        Value::String(text) => {
            if let Cow::Owned(words) = words(text) {
                *text = words;
            }
        }
        Value::Array(items) => {
            items.retain(|item| !leads_to_file(item));
            items.iter_mut().for_each(clean);
        }
        Value::Object(fields) => {
            for (key, value) in fields.iter_mut() {
                match value {
                    Value::String(url) if TARGETS.contains(&key.as_str()) => {
                        *value = outside(url).map_or(Value::Null, Value::String);
                    }
                    _ => clean(value),
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// True for a link that leads to a note or another file.
fn leads_to_file(item: &Value) -> bool {
    let targets = TARGETS.iter().filter_map(|key| item.get(key)?.as_str());
    targets.into_iter().any(|url| outside(url).is_none())
}

/// The words of a text, where markup in it may say more than they do.
pub(crate) fn words(text: &str) -> Cow<'_, str> {
    const MARKUP: [&str; 5] = ["[[", "](", "][", "%%", "<"];
    if MARKUP.iter().any(|mark| text.contains(mark)) { Cow::Owned(plain(text)) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_say_what_pages_say() {
        let mut row = serde_json::json!({
            "text": "ask [[secret|Ida]] %%not Bo%% about [it](secret.md)<!-- x -->",
            "under": ["see ![[secret.png|this]]"],
            "links": [{ "url": "secret.md", "text": "it" }, { "url": "https://e.example/", "text": "e" }],
            "goal": { "target": "secret.md", "name": "a * b" },
            "line": 3,
        });
        clean(&mut row);
        let want = serde_json::json!({
            "text": "ask Ida about it",
            "under": ["see this"],
            "links": [{ "url": "https://e.example/", "text": "e" }],
            "goal": { "target": null, "name": "a * b" },
            "line": 3,
        });
        assert_eq!(row, want);
    }
}

//! How a note begins, for those who have not opened it.

use crate::model::Note;
use crate::model::Value;
use crate::model::comment::uncommented;
use crate::parse::plain;
use crate::site::text::cut;

/// The beginning of a note's words, for search engines and previews.
pub(crate) fn first_words(note: &Note, text: &str) -> String {
    if let Some(described) = note.property("description").and_then(Value::as_text) {
        return uncommented(described).trim().to_owned();
    }
    let body = uncommented(text.get(note.body_start..).unwrap_or(""));
    let mut fenced = false;
    let line = body.lines().find(|line| {
        let line = line.trim();
        if line.starts_with("```") || line.starts_with("~~~") {
            fenced = !fenced;
        }
        !fenced
            && line.len() > 30
            && line.starts_with(|c: char| c.is_alphanumeric() || "*_[\"“".contains(c))
            && !line.starts_with("[[")
    });
    cut(&plain(line.unwrap_or("")), 180)
}

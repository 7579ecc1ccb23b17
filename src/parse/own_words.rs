//! The words of an item without metadata: the basis of the names of tasks and of their short ids.

use crate::model::Form;
use crate::model::Span;
use crate::model::Task;
use crate::parse::carried;
use crate::parse::label::close_up;
use crate::parse::plain::plain_with_urls;

/// The item's words: no fields, no block id, no separators at the ends, and URLs only inside a sentence.
pub(crate) fn own_words(task: &Task) -> String {
    let mut text = String::with_capacity(task.text.len());
    let mut start = 0;
    for &(from, to) in &cuts(task) {
        text.push_str(task.text.get(start..from).unwrap_or(""));
        start = start.max(to);
        start += close_up(&mut text, task.text.get(start..).unwrap_or(""));
    }
    text.push_str(task.text.get(start..).unwrap_or(""));
    let mut words = plain_with_urls(&text);
    if words.contains("://") {
        // a URL was removed from between two separators: `the tool - https://a.b/ - https://c.d/y`
        for mark in ["-", "–", "—", "|", "/"] {
            words = words.replace(&format!(" {mark} {mark} "), &format!(" {mark} "));
        }
    }
    loop {
        // the `>` of `by <date>` is not an arrow
        let closes = words.matches('<').count() >= words.matches('>').count();
        let separator = |c: char| matches!(c, ' ' | ':' | '–' | '—' | '|' | '-' | ',' | ';') || (c == '>' && !closes);
        let trimmed = words.trim_matches(separator).trim();
        // an `original` or `link` after an arrow referred to the URL that was removed
        let shorter = ["-> original", "-> link", "→ original", "→ link"]
            .iter()
            .find_map(|tail| trimmed.strip_suffix(tail))
            .unwrap_or(trimmed)
            .trim_end_matches('→');
        if shorter.len() == words.len() {
            break;
        }
        words = shorter.to_owned();
    }
    words
}

/// The parts of the joined text that are fields or a block id, as start and end, in order.
fn cuts(task: &Task) -> Vec<(usize, usize)> {
    let mut cuts: Vec<(usize, usize)> = task
        .fields
        .iter()
        .filter_map(|field| {
            let last = field.span.end.checked_sub(1)?;
            Some((in_text(task, field.span.start)?, in_text(task, last)? + 1))
        })
        .collect();
    if let Some(id) = &task.explicit_id
        && let Some(rest) = task.text.strip_suffix(id.as_str())
        && rest.ends_with('^')
    {
        cuts.push((rest.len() - 1, task.text.len()));
    }
    if task.form == Form::Marker && task.text.starts_with("[#") {
        cuts.push((0, task.text.find(']').map_or(0, |end| end + 1)));
    }
    // its origin is not part of its name
    cuts.extend(carried::find(&task.text).map(|(start, end, _)| (start, end)));
    cuts.sort_unstable();
    cuts
}

/// The position in the joined text of a byte of the note.
fn in_text(task: &Task, byte: usize) -> Option<usize> {
    let mut start = 0;
    for span in &task.text_spans {
        if Span::new(span.start, span.end + 1).contains(byte) {
            return Some(start + byte - span.start);
        }
        start += span.len() + 1;
    }
    None
}

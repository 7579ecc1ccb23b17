//! Where the fields of an item stand: what goes with one that is taken away, and where a new one is written.
//!
//! Called by [`crate::edit::field`], [`crate::edit::stamp`] and [`crate::edit::recurrence`]; values and styles are settled
//! by then.

use crate::edit::field;
use crate::model::Edit;
use crate::model::Span;
use crate::model::Task;
use crate::model::task::Field;
use crate::model::task::FieldKind;
use crate::model::task::FieldStyle;

/// The edits that take fields away and add others, each as kind, value and style. None of them overlap.
pub(super) fn rewrite(
    text: &str,
    task: &Task,
    removed: &[&Field],
    added: &[(FieldKind, String, FieldStyle)],
) -> Vec<Edit> {
    let taken: Vec<Span> = task.text_spans.iter().flat_map(|line| takes(text, task, *line, removed)).collect();
    let mut edits: Vec<Edit> =
        taken.iter().map(|span| Edit { start: span.start, end: span.end, text: String::new() }).collect();
    for (kind, value, style) in added {
        let place = Place::of(text, task, removed, &taken, *kind);
        let style = if place.behind_rule && *style == FieldStyle::Plain { FieldStyle::Emoji } else { *style };
        let words = field::write(*kind, value, style);
        // Obsidian Tasks puts two blanks before a bracket
        let gap = if style == FieldStyle::Bracket { "  " } else { " " };
        let words = if place.first { format!("{words}{gap}") } else { format!("{gap}{words}") };
        match edits.iter_mut().find(|edit| (edit.start, edit.end) == (place.at, place.at)) {
            Some(edit) => edit.text.push_str(&words),
            None => edits.push(Edit { start: place.at, end: place.at, text: words }),
        }
    }
    edits
}

/// The byte where the words of an item end, its block id and the blanks before that not counted; `None` without words.
pub(super) fn end_of_words(text: &str, task: &Task) -> Option<usize> {
    let last = task.text_spans.last()?;
    let words = last.of(text);
    let id = task.explicit_id.as_ref().and_then(|id| words.strip_suffix(id.as_str())?.strip_suffix('^'));
    let kept = id.filter(|before| before.is_empty() || before.ends_with(char::is_whitespace));
    Some(last.start + kept.unwrap_or(words).trim_end().len())
}

/// What goes with the removed fields of one line of an item.
fn takes(text: &str, task: &Task, line: Span, removed: &[&Field]) -> Vec<Span> {
    let mut here: Vec<Span> = removed.iter().map(|field| field.span).filter(|span| line.contains(span.start)).collect();
    here.sort();
    let mut runs: Vec<Span> = Vec::new();
    for span in here {
        match runs.last_mut() {
            Some(run) if is_blank(text, run.end, span.start) => run.end = span.end,
            _ => runs.push(span),
        }
    }
    for run in &mut runs {
        let rest = text.get(run.end..line.end).unwrap_or("");
        if run.start > line.start {
            let blanks = blanks_before(text, run.start);
            let glued = rest.starts_with(|c: char| !c.is_whitespace() && !",.;:!?)]}\"'\\".contains(c));
            let kept = if glued { blanks.chars().next().map_or(0, char::len_utf8) } else { 0 };
            run.start -= blanks.len() - kept;
        } else if !rest.trim().is_empty() {
            run.end += rest.len() - rest.trim_start().len();
        } else if is_blank(text, task.symbol_span.end + 1, run.start) {
            // a box without words ends its line
            run.start -= blanks_before(text, run.start).len();
        } else if let Some(above) = text.get(..run.start).and_then(|above| above.rfind(['\n', '\r'])) {
            // a blank line would end the item: the whole line goes
            let two = text.get(..above).is_some_and(|before| before.ends_with('\r')) && !text_is(text, above, '\r');
            run.start = above - usize::from(two);
        }
    }
    runs
}

fn text_is(text: &str, at: usize, c: char) -> bool {
    text.get(at..).is_some_and(|rest| rest.starts_with(c))
}

fn is_blank(text: &str, from: usize, to: usize) -> bool {
    text.get(from..to).is_some_and(|between| between.chars().all(is_gap))
}

fn blanks_before(text: &str, at: usize) -> &str {
    let before = text.get(..at).unwrap_or("");
    before.get(before.trim_end_matches(is_gap).len()..).unwrap_or("")
}

/// White space within a line.
fn is_gap(c: char) -> bool {
    c.is_whitespace() && c != '\n' && c != '\r'
}

/// Where a new field goes.
struct Place {
    at: usize,
    /// It begins its line: its blank is behind it.
    first: bool,
    /// An emoji rule stands before it, which goes on in plain words.
    behind_rule: bool,
}

impl Place {
    fn of(text: &str, task: &Task, removed: &[&Field], taken: &[Span], kind: FieldKind) -> Self {
        let (Some(line), Some(mut end)) = (task.text_spans.last(), end_of_words(text, task)) else {
            return Self { at: task.symbol_span.end + 1, first: false, behind_rule: false };
        };
        let ends_at =
            |end: usize| task.fields.iter().find(|field| field.span.end == end && line.contains(field.span.start));
        while let Some(field) = ends_at(end) {
            // a plain date behind it would be swallowed by a rule
            let later = rank(field.kind) > rank(kind) && field.style != FieldStyle::Plain;
            if !later && !removed.contains(&field) {
                break;
            }
            end = text
                .get(line.start..field.span.start)
                .map_or(line.start, |before| line.start + before.trim_end().len());
        }
        let behind_rule =
            ends_at(end).is_some_and(|field| field.kind == FieldKind::Recurrence && field.style == FieldStyle::Emoji);
        if end > line.start {
            return Self { at: end, first: false, behind_rule };
        }
        let start = taken.iter().find(|span| span.end > line.start && span.start <= line.start);
        let at = start.map_or(line.start, |span| span.end);
        let first = text.get(at..line.end).is_some_and(|rest| !rest.trim().is_empty());
        Self { at, first, behind_rule: false }
    }
}

/// Obsidian Tasks writes done dates last, cancelled ones before them, and all others before those.
pub(super) const fn rank(kind: FieldKind) -> u8 {
    match kind {
        FieldKind::Done => 2,
        FieldKind::Cancelled => 1,
        _ => 0,
    }
}

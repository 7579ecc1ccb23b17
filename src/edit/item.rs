//! Positions of fields in an item: what is removed along with a field, and where a new one is inserted.
//!
//! Called by [`crate::edit::field`], [`crate::edit::stamp`] and [`crate::edit::recurrence`], which decide on values and
//! styles.

use crate::edit::written;
use crate::model::Edit;
use crate::model::Span;
use crate::model::Task;
use crate::model::task::Field;
use crate::model::task::FieldKind;
use crate::model::task::FieldStyle;
use crate::parse::fields;

/// The edits that remove fields and add others, each as kind, value and style. They do not overlap.
pub(super) fn rewrite<'t>(
    text: &str,
    task: &'t Task,
    removed: &[&'t Field],
    added: &[(FieldKind, String, FieldStyle)],
) -> Vec<Edit> {
    let mut removed = removed.to_vec();
    let mut moved = Vec::new();
    loop {
        let freed = freed(text, task, &removed);
        if freed.is_empty() {
            break;
        }
        // moving a field may affect another one before it
        moved.extend(freed.iter().map(|field| (field.kind, field.value.clone(), field.style)));
        removed.extend(freed);
    }
    let added: Vec<(FieldKind, String, FieldStyle)> = moved.into_iter().chain(added.iter().cloned()).collect();
    let taken = removed_spans(text, task, &removed);
    let mut edits: Vec<Edit> =
        taken.iter().map(|span| Edit { start: span.start, end: span.end, text: String::new() }).collect();
    for (kind, value, style) in &added {
        let place = FieldSlot::of(text, task, &removed, &taken, *kind);
        let style = if place.after_rule && *style == FieldStyle::Plain { FieldStyle::Emoji } else { *style };
        let words = written::write(*kind, value, style);
        // Obsidian Tasks puts two spaces before a bracket
        let gap = if style == FieldStyle::Bracket { "  " } else { " " };
        let words = if place.first { format!("{words}{gap}") } else { format!("{gap}{words}") };
        match edits.iter_mut().find(|edit| (edit.start, edit.end) == (place.at, place.at)) {
            Some(edit) => edit.text.push_str(&words),
            None => edits.push(Edit { start: place.at, end: place.at, text: words }),
        }
    }
    edits
}

/// The byte where the words of an item end, before its block id and the spaces in front of it; `None` without words.
pub(super) fn end_of_words(text: &str, task: &Task) -> Option<usize> {
    let last = task.text_spans.last()?;
    let words = last.of(text);
    let id = task.explicit_id.as_ref().and_then(|id| words.strip_suffix(id.as_str())?.strip_suffix('^'));
    let kept = id.filter(|before| before.is_empty() || before.ends_with(char::is_whitespace));
    Some(last.start + kept.unwrap_or(words).trim_end().len())
}

/// The emoji fields that would be parsed differently without the removed ones after them, as in `🔁 every week ✅ 2026-01-02
/// and call`. They have to be moved after those words.
fn freed<'t>(text: &str, task: &'t Task, removed: &[&'t Field]) -> Vec<&'t Field> {
    let taken = removed_spans(text, task, removed);
    let kept = task.fields.iter().filter(|field| field.style == FieldStyle::Emoji && !removed.contains(field));
    kept.filter(|field| {
        let line = task.text_spans.iter().find(|line| line.contains(field.span.start)).map_or(0, |line| line.end);
        let mut behind = String::new();
        let mut at = field.span.start;
        for span in taken.iter().filter(|span| span.start >= field.span.end && span.start < line) {
            behind.push_str(text.get(at..span.start).unwrap_or(""));
            at = span.end;
        }
        if at == field.span.start {
            return false;
        }
        behind.push_str(text.get(at..line).unwrap_or(""));
        let now = fields::find(&behind, &|_| false).into_iter().next();
        now.is_none_or(|now| behind.get(now.value_start..now.value_end) != Some(field.value.as_str()))
    })
    .collect()
}

/// What is removed along with an item's fields: spaces around them, and lines that become empty.
fn removed_spans(text: &str, task: &Task, removed: &[&Field]) -> Vec<Span> {
    let lines: Vec<(Span, Vec<Span>)> =
        task.text_spans.iter().map(|line| (*line, runs(text, *line, removed))).collect();
    let is_empty = |(line, runs): &(Span, Vec<Span>)| {
        runs.first()
            .is_some_and(|run| run.start == line.start && text.get(run.end..line.end).unwrap_or("").trim().is_empty())
    };
    let empty = lines.iter().take_while(|line| is_empty(line)).count();
    let mut taken: Vec<Span> = Vec::new();
    for (at, (line, runs)) in lines.iter().enumerate() {
        for run in runs {
            let mut span = *run;
            let rest = text.get(run.end..line.end).unwrap_or("");
            if run.start > line.start {
                let blanks = blanks_before(text, run.start);
                let glued = rest.starts_with(|c: char| !c.is_whitespace() && !",.;:!?)]}\"'\\".contains(c));
                let kept = if glued { blanks.chars().next().map_or(0, char::len_utf8) } else { 0 };
                span.start -= blanks.len() - kept;
            } else if !rest.trim().is_empty() {
                span.end += rest.len() - rest.trim_start().len();
            } else if at == 0 && lines.get(empty).is_some_and(|(next, _)| belongs_below(text, task, *next)) {
                span.start -= blanks_before(text, run.start).len();
            } else if at < empty
                && empty < lines.len()
                && !lines.get(empty).is_some_and(|(next, _)| belongs_below(text, task, *next))
            {
                // unindented text belongs to an item only if words precede it: it moves up
                span.end = lines.get(at + 1).map_or(span.end, |(next, _)| next.start);
            } else if at == 0 {
                // a box without words is at the end of its line
                span.start -= blanks_before(text, run.start).len();
            } else if let Some(above) = text.get(..run.start).and_then(|above| above.rfind(['\n', '\r'])) {
                // a blank line would end the item: remove the whole line
                let two = text.get(..above).is_some_and(|before| before.ends_with('\r')) && !text_is(text, above, '\r');
                span.start = above - usize::from(two);
                // two spaces or a backslash at its end would make a line break
                let behind = text.get(span.end..).unwrap_or("");
                let end = behind.find(['\n', '\r']).unwrap_or(behind.len());
                span.end +=
                    behind.get(..end).filter(|rest| rest.chars().all(|c| is_gap(c) || c == '\\')).map_or(0, str::len);
            }
            taken.push(span);
        }
    }
    taken
}

/// The removed fields of one line; fields with only spaces between them are one run.
fn runs(text: &str, line: Span, removed: &[&Field]) -> Vec<Span> {
    let mut here: Vec<Span> = removed.iter().map(|field| field.span).filter(|span| line.contains(span.start)).collect();
    here.sort();
    let mut runs: Vec<Span> = Vec::new();
    for span in here {
        match runs.last_mut() {
            Some(run) if is_blank(text, run.end, span.start) => run.end = span.end,
            _ => runs.push(span),
        }
    }
    runs
}

/// True for a line that remains part of an item when nothing follows the item's box: it is indented at least as far as
/// the box.
fn belongs_below(text: &str, task: &Task, line: Span) -> bool {
    let column = |at: usize| {
        let before = text.get(..at).unwrap_or("");
        let line = before.get(before.rfind(['\n', '\r']).map_or(0, |end| end + 1)..).unwrap_or("");
        line.chars().fold(0, |column, c| if c == '\t' { (column / 4 + 1) * 4 } else { column + 1 })
    };
    column(line.start) >= column(task.symbol_span.start.saturating_sub(1))
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

/// The position of a new field.
struct FieldSlot {
    at: usize,
    /// It is at the beginning of its line: its space comes after it.
    first: bool,
    /// It follows an emoji rule, which would continue into plain words.
    after_rule: bool,
}

impl FieldSlot {
    fn of(text: &str, task: &Task, removed: &[&Field], taken: &[Span], kind: FieldKind) -> Self {
        let (Some(line), Some(mut end)) = (task.text_spans.last(), end_of_words(text, task)) else {
            return Self { at: task.box_end(), first: false, after_rule: false };
        };
        let ends_at =
            |end: usize| task.fields.iter().find(|field| field.span.end == end && line.contains(field.span.start));
        while let Some(field) = ends_at(end) {
            // the rule would absorb a plain date after it
            let later = rank(field.kind) > rank(kind) && field.style != FieldStyle::Plain;
            let apart = field.span.start == line.start || !blanks_before(text, field.span.start).is_empty();
            let passed = removed.contains(&field) || (later && apart);
            if !passed {
                break;
            }
            end = text
                .get(line.start..field.span.start)
                .map_or(line.start, |before| line.start + before.trim_end().len());
        }
        let after_rule =
            ends_at(end).is_some_and(|field| field.kind == FieldKind::Recurrence && field.style == FieldStyle::Emoji);
        if end > line.start {
            return Self { at: end, first: false, after_rule };
        }
        let start = taken.iter().find(|span| span.end > line.start && span.start <= line.start);
        let at = start.map_or(line.start, |span| span.end);
        let first = text.get(at..line.end).is_some_and(|rest| !rest.trim().is_empty());
        Self { at, first, after_rule: false }
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

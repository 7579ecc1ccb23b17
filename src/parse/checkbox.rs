//! A checkbox: what stands between its brackets, and how it can be written wrongly.

use crate::model::Edit;
use crate::model::Fix;
use crate::model::Form;
use crate::model::Severity;
use crate::model::Span;
use crate::parse::diagnostics::Diagnostics;
use crate::parse::items::Item;
use crate::parse::outline::Mask;
use crate::parse::outline::Outline;
use crate::parse::tasks::Input;

use unicode_segmentation::UnicodeSegmentation as _;

/// A checkbox.
pub(crate) struct Checkbox {
    pub(crate) open: usize,
    pub(crate) symbol: Span,
    pub(crate) form: Form,
    /// Why it is not well formed.
    pub(crate) fault: Option<Fault>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    BlankBehind,
    NoBlankBefore,
    Width,
    Swapped,
    NoBullet,
}

/// The box at the beginning of an item's text, and the byte of the text behind it.
pub(crate) fn boxed(text: &str, span: Span, outline: &Outline) -> Option<(Checkbox, usize)> {
    let words = span.of(text);
    let inner = words.strip_prefix('[')?;
    let open = span.start;
    let (symbol, mut fault) = inside(inner)?;
    let close = symbol.end + 1;
    let behind = inner.get(close..).unwrap_or("");
    let after = behind.chars().next();
    let written = inner.get(symbol.start..symbol.end).unwrap_or("");
    match after {
        None => {}
        Some(c) if c.is_whitespace() => {}
        Some('(' | '[' | ':') => return None,
        Some(_) if matches!(written.trim(), "" | "x" | "X") && fault.is_none() && !written.is_empty() => {
            fault = Some(Fault::BlankBehind);
        }
        Some(_) => return None,
    }
    // `- [1] text` with a definition of `[1]` is a link
    if outline.links.binary_search_by_key(&open, |link| link.span.start).is_ok() {
        return None;
    }
    let form = match (fault, outline.mask_at(open)) {
        (Some(_), _) => Form::Malformed,
        (None, Some((_, Mask::Indented))) => Form::Indented,
        (None, _) => {
            let starts = outline.block_at(open).is_some_and(|block| block.span.start == open);
            if starts || behind.trim().is_empty() && outline.block_at(open).is_none() { Form::List } else { Form::Lazy }
        }
    };
    let symbol = Span::new(open + 1 + symbol.start, open + 1 + symbol.end);
    let blanks: usize = behind.chars().take_while(|c| c.is_whitespace()).map(char::len_utf8).sum();
    Some((Checkbox { open, symbol, form, fault }, open + 1 + close + blanks))
}

/// What stands between the brackets: one character as people see it, or a slip of the pen.
fn inside(inner: &str) -> Option<(Span, Option<Fault>)> {
    if inner.starts_with(']') {
        return Some((Span::new(0, 0), Some(Fault::Width)));
    }
    let first = inner.graphemes(true).next()?;
    if first != "[" && first != "\\" && inner.get(first.len()..)?.starts_with(']') {
        return Some((Span::new(0, first.len()), None));
    }
    let close = inner.char_indices().take(4).find(|(_, c)| *c == ']')?.0;
    let written = inner.get(..close)?;
    let slip = written.chars().all(|c| matches!(c, ' ' | 'x' | 'X')) && written.trim().len() <= 1;
    slip.then_some((Span::new(0, close), Some(Fault::Width)))
}

/// `[ ] - text`, `[ ] text`, `-[ ] text` at the beginning of a line.
pub(crate) fn unmarked(text: &str, span: Span) -> Option<(Checkbox, usize)> {
    let words = span.of(text);
    let glued = words.starts_with(['-', '*', '+']);
    let from = usize::from(glued);
    let inner = words.get(from..)?.strip_prefix('[')?;
    let symbol = inner.chars().next().filter(|c| matches!(c, ' ' | 'x' | 'X'))?;
    let behind = inner.get(symbol.len_utf8()..)?.strip_prefix(']')?;
    let blanks = behind.len() - behind.trim_start_matches([' ', '\t']).len();
    if blanks == 0 || behind.trim().is_empty() {
        return None;
    }
    let open = span.start + from;
    let mut text_start = open + 3 + blanks;
    let rest = behind.get(blanks..)?;
    let swapped = ["- ", "* ", "+ "].into_iter().find(|marker| rest.starts_with(marker));
    if let Some(marker) = swapped {
        text_start += marker.len();
    }
    let (form, fault) = match (glued, swapped) {
        (true, _) => (Form::Malformed, Fault::NoBlankBefore),
        (false, Some(_)) => (Form::Swapped, Fault::Swapped),
        (false, None) => (Form::Bare, Fault::NoBullet),
    };
    Some((Checkbox { open, symbol: Span::new(open + 1, open + 2), form, fault: Some(fault) }, text_start))
}

pub(crate) fn complain(input: &Input<'_>, item: &Item, boxed: &Checkbox, diagnostics: &mut Diagnostics<'_>) {
    let line = input.lines.content(input.text, item.line);
    let symbol = boxed.symbol.of(input.text);
    if let Some(fault) = boxed.fault {
        let state = if symbol.trim().is_empty() { " " } else { "x" };
        let (message, edit) = match fault {
            Fault::BlankBehind => (
                "no blank behind the box",
                Edit { start: boxed.symbol.end + 1, end: boxed.symbol.end + 1, text: " ".to_owned() },
            ),
            Fault::NoBlankBefore => {
                ("no blank between bullet and box", Edit { start: boxed.open, end: boxed.open, text: " ".to_owned() })
            }
            Fault::Width => (
                "a box holds exactly one character",
                Edit { start: boxed.symbol.start, end: boxed.symbol.end, text: state.to_owned() },
            ),
            Fault::Swapped => (
                "the box stands before the bullet",
                Edit { start: boxed.open, end: item.text_start, text: format!("- [{state}] ") },
            ),
            Fault::NoBullet => (
                "a box without a bullet is no task for other programs",
                Edit { start: boxed.open, end: boxed.open, text: "- ".to_owned() },
            ),
        };
        let fix = Fix { description: "write the box as `- [ ] text`".to_owned(), edits: vec![edit] };
        diagnostics.with_fix("task-malformed", Severity::Warning, line, message.to_owned(), Some(fix));
    } else if input.statuses.get(symbol).is_none() {
        let message = format!("nobody knows the state `{symbol}`: taken as to do");
        diagnostics.add("task-status-unknown", Severity::Info, boxed.symbol, message);
    }
    let behind = boxed.symbol.end + 1;
    if input.text.get(behind..).is_some_and(|rest| rest.starts_with('\u{A0}')) {
        let edit = Edit { start: behind, end: behind + 2, text: " ".to_owned() };
        let fix = Fix { description: "replace it by an ordinary blank".to_owned(), edits: vec![edit] };
        let message = "a no-break space behind the box: other programs see no task".to_owned();
        diagnostics.with_fix("task-nbsp", Severity::Warning, line, message, Some(fix));
    }
}

//! A checkbox: its symbol, and the ways it can be malformed.

use unicode_segmentation::UnicodeSegmentation as _;

use crate::model::Form;
use crate::model::Span;
use crate::parse::logseq;
use crate::parse::markers::is_special_space;
use crate::parse::markers::marker_len;
use crate::parse::markers::odd_bullet;
use crate::parse::outline::Mask;
use crate::parse::outline::Outline;

/// A checkbox.
pub(crate) struct Checkbox {
    /// The byte of its `[`.
    pub(crate) open: usize,
    /// The text between the brackets; the whole sign if it has no brackets.
    pub(crate) symbol: Span,
    pub(crate) form: Form,
    /// What is wrong with it, if anything.
    pub(crate) fault: Option<Fault>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// `- [x]text`
    NoSpaceAfter,
    /// `-[ ] text`
    NoSpaceBefore,
    /// `- [] text`, `- [  ] text`
    Width,
    /// `[ ] - text`
    Swapped,
    /// `[ ] text`
    NoBullet,
    /// `• [ ] text`, or a no-break space before the box.
    OddBullet,
    /// `☐ text`, `- ［ ］ text`: looks like a checkbox but is not one; reported, not read as a task.
    Lookalike,
}

/// True for the characters accepted in a malformed box: a space, an `x`, a check mark.
#[must_use]
pub(crate) fn is_blank_or_check(c: char) -> bool {
    matches!(c, ' ' | 'x' | 'X' | '✓' | '✔' | '✅')
}

/// The box at the beginning of an item's text, and the byte where the text after it begins.
pub(crate) fn boxed(text: &str, span: Span, outline: &Outline) -> Option<(Checkbox, usize)> {
    let words = span.of(text).trim_start_matches(is_special_space);
    if let Some(found) = lookalike(words, span.end) {
        return Some(found);
    }
    let inner = words.strip_prefix('[')?;
    let open = span.end - words.len();
    let (symbol, mut fault) = inside(inner)?;
    if open > span.start {
        fault = fault.or(Some(Fault::OddBullet));
    }
    let close = symbol.end + 1;
    let behind = inner.get(close..).unwrap_or("");
    let after = behind.chars().next();
    let written = inner.get(symbol.start..symbol.end).unwrap_or("");
    match after {
        None => {}
        Some(c) if c.is_whitespace() => {}
        Some('(' | '[' | ':') => return None,
        Some(_) if fault.is_none() && written.chars().all(is_blank_or_check) && !written.is_empty() => {
            fault = Some(Fault::NoSpaceAfter);
        }
        Some(_) => return None,
    }
    // with a definition of `[1]`, `- [1] text` is a link
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

/// Logseq's `TODO text`: a keyword instead of a box.
pub(crate) fn marker(text: &str, span: Span) -> Option<(Checkbox, usize)> {
    let words = span.of(text);
    let (len, _) = logseq::marker(words)?;
    let behind = words.get(len..)?;
    let text_start = span.end - behind.trim_start().len();
    let symbol = Span::new(span.start, span.start + len);
    Some((Checkbox { open: span.start, symbol, form: Form::Marker, fault: None }, text_start))
}

/// The text between the brackets: one grapheme, or a typing mistake such as two spaces.
fn inside(inner: &str) -> Option<(Span, Option<Fault>)> {
    if inner.starts_with(']') {
        return Some((Span::new(0, 0), Some(Fault::Width)));
    }
    let first = inner.graphemes(true).next()?;
    if first != "[" && first != "\\" && inner.get(first.len()..)?.starts_with(']') {
        let odd = first.chars().all(|c| is_special_space(c) || c == '\t');
        return Some((Span::new(0, first.len()), odd.then_some(Fault::Width)));
    }
    let close = inner.char_indices().take(4).find(|(_, c)| *c == ']')?.0;
    let written = inner.get(..close)?;
    let slip = written.chars().all(|c| matches!(c, ' ' | 'x' | 'X')) && written.trim().len() <= 1;
    slip.then_some((Span::new(0, close), Some(Fault::Width)))
}

/// `[ ] - text`, `[ ] text`, `-[ ] text`, `• [ ] text`, `☐ text` at the beginning of a line.
pub(crate) fn unmarked(text: &str, span: Span) -> Option<(Checkbox, usize)> {
    let words = span.of(text);
    let odd = odd_bullet(words).map(|bullet| bullet.len).or_else(|| before_box(words));
    let from = odd.or_else(|| marker_len(words)).unwrap_or(0);
    let rest = words.get(from..)?;
    if let Some(found) = lookalike(rest, span.end).or_else(|| check_mark(rest, span.end)) {
        return Some(found);
    }
    let inner = words.get(from..)?.strip_prefix('[')?;
    let symbol = inner.chars().next().filter(|c| is_blank_or_check(*c))?;
    let behind = inner.get(symbol.len_utf8()..)?.strip_prefix(']')?;
    let blanks = behind.len() - behind.trim_start().len();
    if blanks == 0 || behind.trim().is_empty() {
        return None;
    }
    let open = span.start + from;
    let symbol = Span::new(open + 1, open + 1 + symbol.len_utf8());
    let mut text_start = symbol.end + 1 + blanks;
    let rest = behind.get(blanks..)?;
    let swapped = ["- ", "* ", "+ "].into_iter().find(|marker| rest.starts_with(marker));
    if let Some(marker) = swapped {
        text_start += marker.len();
    }
    let (form, fault) = match (odd, from, swapped) {
        (Some(_), ..) => (Form::Malformed, Fault::OddBullet),
        (None, 1.., _) => (Form::Malformed, Fault::NoSpaceBefore),
        (None, 0, Some(_)) => (Form::Swapped, Fault::Swapped),
        (None, 0, None) => (Form::Bare, Fault::NoBullet),
    };
    Some((Checkbox { open, symbol, form, fault: Some(fault) }, text_start))
}

/// The length of what stands in the place of a bullet before a box: `→ [ ]`, `=> [x]`, `a) [ ]`, `(1) [ ]`, with its spaces.
fn before_box(words: &str) -> Option<usize> {
    let open = words.find('[').filter(|open| *open <= LONGEST_BULLET)?;
    let before = words.get(..open)?;
    let mark = before.trim_end();
    let is_sign = |c: char| !c.is_alphanumeric() && !c.is_whitespace() && !"|#>`<\\\"'!$&@".contains(c);
    let is_number = || {
        let inner = mark.strip_prefix('(').unwrap_or(mark).strip_suffix([')', '.']);
        inner.is_some_and(|inner| {
            inner.len() <= 3 && !inner.is_empty() && inner.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
    };
    let is_mark = mark.chars().count() <= 3 && mark.chars().all(is_sign);
    let is_arrow = matches!(mark, "=>" | "->" | "-->" | "==>" | ">>");
    let is_bullet = !mark.is_empty() && marker_len(mark).is_none_or(|len| len < mark.len());
    (before.len() > mark.len() && is_bullet && (is_mark || is_arrow || is_number())).then_some(open)
}

/// In bytes, with the spaces after it.
const LONGEST_BULLET: usize = 16;

/// A sign that ends at the byte `end` and looks like a checkbox: `☐ `, `☑ `, `［ ］ `.
fn lookalike(text: &str, end: usize) -> Option<(Checkbox, usize)> {
    let first = text.chars().next()?;
    let len = match first {
        '☐' | '▢' | '□' | '◻' | '⬜' | '🔲' | '☑' | '☒' | '🗹' => first.len_utf8(),
        '［' | '[' | '【' | '〔' => {
            let mut inside = text.chars().skip(1);
            let symbol =
                inside.next().filter(|c| is_blank_or_check(*c) || is_special_space(*c) || matches!(c, 'ｘ' | 'Ｘ'));
            let close = inside.next().filter(|c| matches!(c, '］' | ']' | '】' | '〕'));
            let ordinary = first == '[' && close == Some(']');
            first.len_utf8() + symbol?.len_utf8() + close.filter(|_| !ordinary)?.len_utf8()
        }
        _ => return None,
    };
    let len = len + text.get(len..)?.chars().take_while(|c| *c == '\u{FE0F}').map(char::len_utf8).sum::<usize>();
    let behind = text.get(len..)?;
    let words = behind.trim_start();
    // `☐ = open` is a legend
    if words.len() == behind.len() || !words.starts_with(|c: char| c.is_alphanumeric() || "\"'([*_`#@".contains(c)) {
        return None;
    }
    Some(without_brackets(text, len, end, words))
}

/// `✓ text`: between tasks it is one that is done, elsewhere a bullet.
fn check_mark(text: &str, end: usize) -> Option<(Checkbox, usize)> {
    let len = text.chars().next().filter(|c| is_check_mark(*c))?.len_utf8();
    let behind = text.get(len..)?;
    let words = behind.trim_start();
    let is_one = words.len() < behind.len() && words.starts_with(char::is_alphanumeric);
    is_one.then(|| without_brackets(text, len, end, words))
}

/// True for a sign that is a checkbox only between tasks.
pub(crate) fn is_check_mark(c: char) -> bool {
    matches!(c, '✓' | '✔')
}

fn without_brackets(text: &str, len: usize, end: usize, words: &str) -> (Checkbox, usize) {
    let open = end - text.len();
    let symbol = Span::new(open, open + len);
    (Checkbox { open, symbol, form: Form::Malformed, fault: Some(Fault::Lookalike) }, end - words.len())
}

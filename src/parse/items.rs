//! List items and boxes, line by line, with indentation as people mean it.
//!
//! Over-indented lists, which CommonMark takes for code, are lists here. Fences, comments, HTML and front matter are
//! skipped. Called by [`crate::parse::parse`]; the words of an item are read by [`crate::parse::item_text`].

use crate::model::Lines;
use crate::model::Span;
use crate::parse::checkbox;
use crate::parse::checkbox::Checkbox;
use crate::parse::checkbox::Fault;
use crate::parse::markers::is_odd_blank;
use crate::parse::markers::is_thematic_break;
use crate::parse::markers::list_marker;
use crate::parse::outline::BlockKind;
use crate::parse::outline::Mask;
use crate::parse::outline::Outline;

/// Lists nested deeper than this are read as if they were flat.
const DEPTH: usize = 64;

/// A list item, or a box without bullet, by its line.
pub(crate) struct Item {
    pub(crate) line: usize,
    /// The first byte of its marker (of the box where there is none).
    pub(crate) start: usize,
    /// Columns before the marker, after quote marks.
    pub(crate) indent: usize,
    pub(crate) quotes: usize,
    /// The column of its text.
    content: usize,
    /// The byte of its text, behind the box.
    pub(crate) text_start: usize,
    /// An index into the items.
    pub(crate) parent: Option<usize>,
    pub(crate) boxed: Option<Checkbox>,
}

/// Finds the list items and boxes of a note, in the order of the text.
pub(crate) fn read(text: &str, body: usize, lines: &Lines, outline: &Outline, logseq: bool) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    let mut stack: Vec<usize> = Vec::new();
    let mut blank_before = true;
    let mut quotes_before = 0;
    let first = lines.line(body.min(text.len()));
    for line in first..=lines.count() {
        let content = lines.content(text, line);
        if content.start < body || content.is_empty() {
            blank_before = true;
            continue;
        }
        let head = Head::of(text, content);
        // a mask that began before this line, or that begins with it, hides it; indented code does not
        let hidden = |at: usize| {
            outline.mask_at(at).is_some_and(|(mask, kind)| match kind {
                Mask::Fence | Mask::HtmlBlock => true,
                Mask::Comment | Mask::Math | Mask::Code => mask.start < content.start,
                Mask::Html => mask.start < content.start || mask.start == at,
                Mask::Indented => false,
            })
        };
        if hidden(head.at) || (head.at > content.start && hidden(content.start)) {
            blank_before = false;
            continue;
        }
        if head.at >= content.end {
            blank_before = true;
            continue;
        }
        if head.quotes != quotes_before {
            stack.clear();
            quotes_before = head.quotes;
        }
        let rest = Span::new(head.at, content.end);
        if is_thematic_break(rest.of(text)) || is_heading(outline, head.at) {
            stack.clear();
            blank_before = false;
            continue;
        }
        let (mut at, mut column) = (head.at, head.column);
        let mut count = 0;
        while let Some(marker) = list_marker(Span::new(at, content.end).of(text), column) {
            count += 1;
            let next = column + marker.width;
            while let Some(top) = stack.last().and_then(|&index| items.get(index)) {
                if column >= top.content.min(top.indent + 4) && stack.len() < DEPTH {
                    break;
                }
                stack.pop();
            }
            let item = Item {
                line,
                start: at,
                indent: column,
                quotes: head.quotes,
                content: next,
                text_start: at + marker.len + marker.blanks,
                parent: stack.last().copied(),
                boxed: None,
            };
            stack.push(items.len());
            items.push(item);
            at += marker.len + marker.blanks;
            column = next;
            if count > 8 {
                break;
            }
        }
        if count > 0 {
            let words = Span::new(at, content.end);
            let marker = if logseq { checkbox::marker(text, words) } else { None };
            if let Some(found) = marker.or_else(|| checkbox::boxed(text, words, outline))
                && let Some(item) = items.last_mut()
            {
                item.text_start = found.1;
                item.boxed = Some(found.0);
            }
        } else {
            if blank_before {
                while stack
                    .last()
                    .and_then(|&index| items.get(index))
                    .is_some_and(|top| head.column < top.content.min(top.indent + 4))
                {
                    stack.pop();
                }
            }
            if let Some((found, text_start)) = checkbox::unmarked(text, rest)
                && begins_item(&found, head.column, blank_before, stack.last().and_then(|&index| items.get(index)))
                && !in_cell(outline, head.at)
                && !(found.fault == Some(Fault::Lookalike) && goes_on_with_prose(text, outline, head.at))
            {
                items.push(Item {
                    line,
                    start: head.at,
                    indent: head.column,
                    quotes: head.quotes,
                    content: head.column + 2,
                    text_start,
                    parent: stack.iter().rev().copied().find(|&index| {
                        items.get(index).is_some_and(|top| head.column >= top.content.min(top.indent + 4))
                    }),
                    boxed: Some(found),
                });
            }
        }
        blank_before = false;
    }
    items
}

/// True where a box without an ordinary bullet begins an item of its own, and is not wrapped text of the item above it.
fn begins_item(found: &Checkbox, column: usize, blank_before: bool, above: Option<&Item>) -> bool {
    let plain = matches!(found.fault, Some(Fault::Swapped | Fault::NoBullet));
    !plain || blank_before || above.is_none_or(|above| column <= above.indent)
}

/// True for a byte in a paragraph at the top level that begins with ordinary words.
fn goes_on_with_prose(text: &str, outline: &Outline, at: usize) -> bool {
    outline
        .block_at(at)
        .is_some_and(|block| block.top && block.span.start < at && checkbox::unmarked(text, block.span).is_none())
}

fn in_cell(outline: &Outline, at: usize) -> bool {
    outline.block_at(at).is_some_and(|block| block.kind == BlockKind::Cell)
}

pub(crate) fn is_heading(outline: &Outline, at: usize) -> bool {
    let index = outline.headings.partition_point(|heading| heading.span.start <= at).checked_sub(1);
    index.and_then(|index| outline.headings.get(index)).is_some_and(|heading| heading.span.start == at)
}

/// What stands before the text of a line: quote marks and blanks.
pub(crate) struct Head {
    pub(crate) at: usize,
    pub(crate) column: usize,
    pub(crate) quotes: usize,
}

impl Head {
    pub(crate) fn of(text: &str, content: Span) -> Self {
        let mut head = Self { at: content.start, column: 0, quotes: 0 };
        let mut absolute = 0usize;
        let mut base = 0usize;
        for c in content.of(text).chars() {
            match c {
                ' ' => absolute += 1,
                '\t' => absolute += 4 - absolute % 4,
                c if is_odd_blank(c) => absolute += 1,
                '>' => {
                    head.quotes += 1;
                    absolute += 1;
                    // the blank behind `>` belongs to it
                    base = absolute + 1;
                }
                _ => break,
            }
            head.at += c.len_utf8();
        }
        head.column = absolute.saturating_sub(base);
        // the text of a footnote begins behind its mark
        let rest = Span::new(head.at, content.end).of(text);
        if rest.starts_with("[^")
            && let Some(mark) = rest.find("]: ")
            && !rest.get(2..mark).is_some_and(|name| name.contains([' ', ']']))
        {
            let words = rest.get(mark + 3..).unwrap_or("").trim_start_matches(' ');
            head.at = content.end - words.len();
        }
        head
    }
}

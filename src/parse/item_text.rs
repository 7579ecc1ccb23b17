//! The words of an item: its first line and the lines that continue it.

use crate::model::Lines;
use crate::model::Span;
use crate::parse::items::Head;
use crate::parse::items::Item;
use crate::parse::items::is_heading;
use crate::parse::logseq;
use crate::parse::markers::is_thematic_break;
use crate::parse::markers::odd_bullet;
use crate::parse::outline::Mask;
use crate::parse::outline::Outline;

/// An item's words on one line, with the bytes of the note that they come from.
pub(crate) struct ItemText {
    pub(crate) text: String,
    /// Where each piece begins in `text`, and its span in the note.
    pub(crate) pieces: Vec<(usize, Span)>,
}

impl ItemText {
    pub(crate) fn spans(&self) -> Vec<Span> {
        self.pieces.iter().map(|(_, span)| *span).collect()
    }

    /// True for a byte of the note that is one of the words.
    pub(crate) fn has(&self, byte: usize) -> bool {
        self.piece_at(byte).is_some_and(|(_, span)| span.contains(byte))
    }

    /// The position in `text` of a byte of the note; for a byte that is not one of the words, the end of the piece before it.
    pub(crate) fn place(&self, byte: usize) -> Option<usize> {
        self.piece_at(byte).map(|(start, span)| start + byte.min(span.end) - span.start)
    }

    /// The last piece that begins at or before a byte; pieces are in the order of the note.
    fn piece_at(&self, byte: usize) -> Option<(usize, Span)> {
        let begun = self.pieces.partition_point(|(_, span)| span.start <= byte);
        begun.checked_sub(1).and_then(|last| self.pieces.get(last)).copied()
    }
}

/// Reads the words of the item at an index.
pub(crate) fn read(
    text: &str,
    lines: &Lines,
    outline: &Outline,
    items: &[Item],
    index: usize,
    logseq: bool,
) -> ItemText {
    let mut words = ItemText { text: String::new(), pieces: Vec::new() };
    let Some(item) = items.get(index) else { return words };
    // `- - [ ]`: what follows on the line is the inner item's
    if items.get(index + 1).is_some_and(|inner| inner.line == item.line) {
        return words;
    }
    let first = lines.content(text, item.line);
    add(&mut words, text, Span::new(item.text_start.min(first.end), first.end));
    let mut block = outline.block_at(item.text_start.min(first.end.saturating_sub(1))).map(|block| block.span);
    let mut next_item = items.partition_point(|other| other.line <= item.line);
    for number in item.line + 1..=lines.count() {
        let content = lines.content(text, number);
        let head = Head::of(text, content);
        if head.at >= content.end || items.get(next_item).is_some_and(|other| other.line == number) {
            break;
        }
        let in_block = block.is_some_and(|block| head.at < block.end);
        let deeper = head.column > item.indent && head.quotes == item.quotes;
        // under a box without words only indented lines are its text, whatever Markdown makes of the box
        let empty_box = words.text.is_empty();
        let belongs = match block {
            Some(_) if !empty_box => in_block,
            _ => deeper,
        };
        let masked = outline.mask_at(head.at).is_some_and(|(mask, kind)| match kind {
            Mask::Fence | Mask::HtmlBlock => true,
            // words after a comment are text
            Mask::Comment => text.get(mask.end..content.end).is_none_or(|rest| rest.trim().is_empty()),
            _ => false,
        });
        let headed = is_heading(outline, head.at) || outline.label_lines.binary_search(&number).is_ok();
        let line = Span::new(head.at, content.end).of(text);
        let bullet = odd_bullet(line).is_some_and(|bullet| bullet.certain);
        let planning = logseq && logseq::is_planning(line);
        if planning || !belongs || masked || headed || bullet || is_thematic_break(line) {
            break;
        }
        add(&mut words, text, Span::new(head.at, content.end));
        if empty_box {
            block = outline.block_at(head.at).map(|block| block.span);
        }
        while items.get(next_item).is_some_and(|other| other.line <= number) {
            next_item += 1;
        }
        if words.text.len() > 64 * 1024 {
            break;
        }
    }
    words
}

fn add(words: &mut ItemText, text: &str, span: Span) {
    let line = span.of(text);
    let trimmed = line.trim_end().trim_end_matches('\\').trim_end();
    let start = span.start + (line.len() - line.trim_start().len());
    let end = span.start + trimmed.len();
    if end <= start {
        return;
    }
    if !words.text.is_empty() {
        words.text.push(' ');
    }
    let span = Span::new(start, end);
    words.pieces.push((words.text.len(), span));
    words.text.push_str(span.of(text));
}

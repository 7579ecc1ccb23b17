//! Paragraphs that say something about the links of a list behind them, or of the whole note.

use crate::parse::inline::is_paragraph;
use crate::parse::input::Input;
use crate::parse::outline::BlockKind;
use crate::parse::outline::InlineBlock;
use crate::parse::plain::plain;
use crate::parse::reading::intro;
use crate::parse::reading::labels;
use crate::parse::reading::labels::Label;

/// In bytes; a longer paragraph without a colon introduces no list.
const LEAD: usize = 240;

/// In characters; what a note says of itself is cut.
const NAME: usize = 100;

/// What a paragraph says about the list behind it.
pub(super) fn label(input: &Input<'_>, block: usize) -> Option<(Label, String)> {
    let words = input.outline.blocks.get(block)?.span.of(input.text).trim();
    let named = |label| (label, words.trim_end_matches([':', '：']).split_whitespace().collect::<Vec<_>>().join(" "));
    if words.ends_with([':', '：']) {
        let last = words.split_inclusive(['.', '!', '?']).next_back().unwrap_or(words);
        let said = || intro::label(last).or_else(|| intro::begins(last.trim_matches(['*', '_', ' ', ':'])));
        return labels::in_block(input, block).or_else(|| said().map(named));
    }
    // in a journal a paragraph tells of the day
    let line = input.lines.line(input.outline.blocks.get(block)?.span.start);
    let is_dated = input.note.date.is_some() || input.note.entry_at(line).is_some();
    Some(words).filter(|_| !is_dated).and_then(intro::label).map(named)
}

/// What the first paragraph of a note says about all of its links; one that ends with a colon speaks of the list behind it.
pub(super) fn of_note(input: &Input<'_>) -> Option<(Label, String)> {
    let mut blocks = input.outline.blocks.iter().take(3).skip_while(|block| block.kind == BlockKind::Heading);
    let words = blocks.next().filter(|block| is_paragraph(block))?.span.of(input.text).trim();
    let label = Some(words).filter(|words| !words.ends_with(':')).and_then(|words| intro::label(&plain(words)))?;
    let shown: String = plain(words).chars().take(NAME).collect();
    Some((label, shown.trim().to_owned()))
}

/// For each block, the paragraph before it that ends with a colon or is short, if only lists are in between.
pub(super) fn of_blocks(input: &Input<'_>) -> Vec<Option<usize>> {
    let mut last = None;
    // a line in bold right behind it parts what it introduces
    let (mut listed, mut parted) = (false, false);
    let of = |(index, block): (usize, &InlineBlock)| {
        // a paragraph behind the list is about something else
        let is_behind = is_paragraph(block)
            && listed
            && input.items.binary_search_by_key(&block.span.start, |item| item.text_start).is_err();
        let own = last.filter(|_| !is_behind);
        let is_item = || input.items.binary_search_by_key(&block.span.start, |item| item.text_start).is_ok();
        if block.kind == BlockKind::Heading {
            last = None;
        } else if is_paragraph(block) && !is_item() {
            let words = block.span.of(input.text).trim_end();
            let is_label = input.outline.label_lines.binary_search(&input.lines.line(block.span.start)).is_ok();
            parted = is_label && (parted || !listed) && !words.ends_with([':', '：']);
            if !parted {
                last = Some(index).filter(|_| block.span.len() <= LEAD || words.ends_with([':', '：']));
            }
            listed = false;
        } else {
            listed = true;
        }
        own
    };
    input.outline.blocks.iter().enumerate().map(of).collect()
}

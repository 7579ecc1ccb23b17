//! What a box stands for: its reading state, or a label; and an item's words without the fields of its task.

use crate::model::ReadingState;
use crate::model::Status;
use crate::model::Task;
use crate::parse::item_text::ItemText;

/// The reading state of a box; `None` if it is only a remark.
pub(super) const fn of_box(status: Status) -> Option<ReadingState> {
    match status {
        Status::Todo | Status::Moved => Some(ReadingState::ToRead),
        Status::OnHold => Some(ReadingState::ToLookAt),
        Status::Doing => Some(ReadingState::Reading),
        Status::Done => Some(ReadingState::Read),
        Status::Cancelled => Some(ReadingState::Dropped),
        Status::Info => None,
    }
}

/// `[T] URL`: a label, not a box, since nobody ticks with a letter that has no meaning.
pub(super) fn is_label(task: &Task) -> bool {
    let mut symbol = task.symbol.chars();
    let known = ['x', 'X', 'o', 'O'];
    task.status == Status::Todo
        && matches!((symbol.next(), symbol.next()), (Some(c), None) if c.is_ascii_alphanumeric() && !known.contains(&c))
}

/// An item's words with its fields replaced by spaces, so that positions stay valid.
pub(super) fn without_fields(words: &ItemText, task: Option<&Task>) -> String {
    let mut text = words.text.clone();
    for field in task.iter().flat_map(|task| &task.fields) {
        let piece = words.pieces.iter().rfind(|(_, span)| span.start <= field.span.start && field.span.end <= span.end);
        let Some((start, span)) = piece else { continue };
        let (from, to) = (start + field.span.start - span.start, start + field.span.end - span.start);
        if text.is_char_boundary(from) && text.is_char_boundary(to) && to <= text.len() {
            text.replace_range(from..to, &" ".repeat(to - from));
        }
    }
    text
}

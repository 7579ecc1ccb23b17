//! A new character in a box.
//!
//! Not here: done dates and next copies (those are edits of their own, made where dates are known).

use thiserror::Error;

use crate::model::Edit;
use crate::model::Task;

/// Why a box cannot be given a character.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TickError {
    /// The text at the task's place is not a box with the task's symbol: it was read from another text.
    #[error("line {line} does not have the box that was read there")]
    Moved {
        /// 1-based.
        line: usize,
    },
    /// A box holds one character: no bracket, line end or control character.
    #[error("{0:?} cannot stand in a box")]
    Symbol(char),
}

/// The edit that puts `symbol` into a task's box; none when it stands there already.
///
/// One character changes. An empty box `[]` gets one; of a box with more than one character (`[  ]`) all are
/// replaced, because `[x ]` would be a box that no program reads.
///
/// # Errors
///
/// When `text` is not the text that the task was read from, or `symbol` cannot stand in a box.
pub fn tick(text: &str, task: &Task, symbol: char) -> Result<Option<Edit>, TickError> {
    if matches!(symbol, '[' | ']' | '\\' | '`') || symbol.is_control() || matches!(symbol, '\u{2028}' | '\u{2029}') {
        return Err(TickError::Symbol(symbol));
    }
    let span = task.symbol_span;
    let inside = text.get(span.start..span.end);
    let opened = text.get(..span.start).is_some_and(|before| before.ends_with('['));
    let closed = text.get(span.end..).is_some_and(|after| after.starts_with(']'));
    // `[]` is read as a blank.
    let same = inside.is_some_and(|inside| inside == task.symbol || (inside.is_empty() && task.symbol == " "));
    let (Some(inside), true, true, true) = (inside, opened, closed, same) else {
        return Err(TickError::Moved { line: task.line });
    };
    let new = symbol.to_string();
    Ok((inside != new).then_some(Edit { start: span.start, end: span.end, text: new }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::apply_text;
    use crate::model::Form;
    use crate::model::Span;
    use crate::model::Status;

    fn task(text: &str) -> Task {
        let start = text.find('[').unwrap() + 1;
        let end = text.find(']').unwrap();
        let inside = Span::new(start, end).of(text);
        Task {
            line: 1,
            column: 1,
            span: Span::new(0, text.len()),
            symbol_span: Span::new(start, end),
            symbol: if inside.is_empty() { " ".to_owned() } else { inside.to_owned() },
            status: Status::Todo,
            form: Form::List,
            text_spans: Vec::new(),
            text: String::new(),
            depth: 0,
            under: Vec::new(),
            parent: None,
            section: None,
            group: false,
            fields: Vec::new(),
            due: None,
            scheduled: None,
            start: None,
            created: None,
            completed: None,
            cancelled: None,
            priority: None,
            recurrence: None,
            explicit_id: None,
            depends_on: Vec::new(),
            tags: Vec::new(),
            mentions: Vec::new(),
            tickets: Vec::new(),
            links: Vec::new(),
        }
    }

    #[track_caller]
    fn case(text: &str, symbol: char, expected: &str) {
        let edit = tick(text, &task(text), symbol).unwrap();
        assert_eq!(apply_text(text, edit.as_slice()).unwrap(), expected);
    }

    #[test]
    fn boxes() {
        case("- [ ] a", 'x', "- [x] a");
        case("- [X] a", ' ', "- [ ] a");
        case("\t* [\u{2714}\u{fe0f}] ü\r\n", ' ', "\t* [ ] ü\r\n");
        case("- [] a", 'x', "- [x] a");
        case("- [  ] a", 'x', "- [x] a");
        case("- [ ] a", '✅', "- [✅] a");
        case("- [x] a", 'x', "- [x] a");
    }

    #[test]
    fn a_text_that_moved_is_refused() {
        let read = task("- [ ] a");
        for text in ["-- [ ] a", "- [x] a", "- ( ) a", "", "- [ü] a"] {
            assert_eq!(tick(text, &read, 'x'), Err(TickError::Moved { line: 1 }), "{text}");
        }
    }

    #[test]
    fn a_box_holds_one_plain_character() {
        for symbol in ['[', ']', '\n', '\\', '\u{2028}'] {
            assert_eq!(tick("- [ ] a", &task("- [ ] a"), symbol), Err(TickError::Symbol(symbol)));
        }
    }
}

//! Records the state of a link to read as a box: another character in its box, or a new box after its bullet.
//!
//! Done dates are handled in [`crate::edit::stamp`]; callers choose among several occurrences of a link.

use thiserror::Error;

use crate::edit::tick;
use crate::edit::tick_error::TickError;
use crate::model::Edit;
use crate::model::Note;
use crate::model::Reading;

/// Why a link cannot be marked.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum MarkError {
    /// It is in a paragraph or heading: there is no bullet for a box.
    #[error("line {line}: the link is not in a list, so there is no place for a box")]
    NoItem {
        /// 1-based.
        line: usize,
    },
    /// The text is not the one from which the link was read.
    #[error("line {line}: the item has changed since it was read")]
    Moved {
        /// 1-based.
        line: usize,
    },
    /// Its box cannot contain the character.
    #[error(transparent)]
    Tick(#[from] TickError),
}

/// The edit that gives a link's item a box with `symbol`; `None` if it already has one.
///
/// # Errors
///
/// When the link is not in a list item, or `text` is not the text from which it was read.
pub fn mark(text: &str, note: &Note, reading: &Reading, symbol: char) -> Result<Option<Edit>, MarkError> {
    let line = reading.line;
    if let Some(task) = reading.task {
        let task = note.tasks.get(task).ok_or(MarkError::Moved { line })?;
        return Ok(tick(text, task, symbol)?);
    }
    let at = reading.text_start.ok_or(MarkError::NoItem { line })?;
    let bullet = text.get(..at).is_some_and(|before| before.ends_with([' ', '\t']));
    if !bullet || reading.span.start < at {
        return Err(MarkError::Moved { line });
    }
    Ok(Some(Edit { start: at, end: at, text: format!("[{symbol}] ") }))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::edit::apply_text;
    use crate::model::NotePath;
    use crate::model::ReadingState;
    use crate::parse;

    fn note(text: &str) -> Note {
        parse::parse(&NotePath::from("reading list.md"), text, &parse::Options::default()).note
    }

    fn marked(text: &str, index: usize, symbol: char) -> Result<String, MarkError> {
        let note = note(text);
        let edit = mark(text, &note, &note.reading[index], symbol)?;
        Ok(apply_text(text, edit.as_slice()).unwrap())
    }

    #[test]
    fn a_box_behind_the_bullet_or_another_character() {
        for (text, symbol, want) in [
            ("- https://a.org\r\n", 'x', "- [x] https://a.org\r\n"),
            ("  *  ü https://a.org", '-', "  *  [-] ü https://a.org"),
            ("1. https://a.org\n", '/', "1. [/] https://a.org\n"),
            ("- [ ] https://a.org\n", 'x', "- [x] https://a.org\n"),
            ("- [x] https://a.org\n", 'x', "- [x] https://a.org\n"),
            ("> - wool\n>   https://a.org\n", 'x', "> - [x] wool\n>   https://a.org\n"),
        ] {
            assert_eq!(marked(text, 0, symbol).as_deref(), Ok(want));
        }
        assert_eq!(marked("[a](https://a.org)\n", 0, 'x'), Err(MarkError::NoItem { line: 1 }));
    }

    proptest! {
        /// Only the bytes of the box change, and the link is read as the box says.
        #[test]
        fn what_is_marked_is_read_so(
            text in "(- |  - |\\* |1\\. |\\[ \\] |\\[x\\] |wool |https://a\\.org|\\[a\\]\\(https://b\\.org\\)|\n|\r\n|é|> ){0,30}",
            which in any::<prop::sample::Index>(),
            (symbol, state) in prop::sample::select(vec![('x', ReadingState::Read), ('/', ReadingState::Reading), (' ', ReadingState::ToRead)]),
        ) {
            let before = note(&text);
            prop_assume!(!before.reading.is_empty());
            let reading = &before.reading[which.index(before.reading.len())];
            let Ok(edit) = mark(&text, &before, reading, symbol) else { return Ok(()) };
            let after = apply_text(&text, edit.as_slice()).unwrap();
            match &edit {
                None => prop_assert_eq!(&after, &text),
                Some(edit) => {
                    prop_assert!(edit.text.len() <= 4);
                    let apart = |text: &str, from: usize, to: usize| format!("{}{}", text.get(..from).unwrap(), text.get(to..).unwrap());
                    let rest = apart(&after, edit.start, edit.start + edit.text.len());
                    let whole = apart(&text, edit.start, edit.end);
                    prop_assert_eq!(rest, whole);
                }
            }
            let now = note(&after);
            // what was a reference was on the link's own line, and is on its item's now: the link is the same
            let moved = edit.as_ref().map_or(0, |edit| if edit.start == edit.end { edit.text.len() } else { 0 });
            let found = now.reading.iter().find(|other| other.span.start == reading.span.start + moved);
            prop_assert_eq!(found.map(|found| found.state), Some(state));
        }
    }
}

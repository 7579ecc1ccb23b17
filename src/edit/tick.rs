//! Changes the character in a box.
//!
//! Done dates and next copies are separate edits, made where dates are known. A line of a todo.txt file has no box:
//! `todo_txt` gives it its `x`.

use unicode_segmentation::UnicodeSegmentation as _;

use crate::edit::todo_txt;
use crate::model::Edit;
use crate::model::Form;
use crate::model::Task;
use crate::parse::is_blank_or_check;
use crate::parse::logseq;
use crate::parse::markers::list_marker;

pub use crate::edit::tick_error::TickError;

/// The edit that puts `symbol` into a task's box; `None` if it is already there.
///
/// One character changes. An empty box `[]` gets one; in a box with more than one character (`[  ]`) all are
/// replaced, because no program would read `[x ]` as a box.
///
/// # Errors
///
/// When `text` is not the text from which the task was read, or the box would not be read with `symbol` in it.
pub fn tick(text: &str, task: &Task, symbol: char) -> Result<Option<Edit>, TickError> {
    tick_in(text, task, symbol, false)
}

/// The same in a notebook of Logseq's; `later` says that its keywords are LATER and NOW where the task's own says nothing.
///
/// # Errors
///
/// As [`tick`].
pub fn tick_in(text: &str, task: &Task, symbol: char, later: bool) -> Result<Option<Edit>, TickError> {
    if task.form == Form::TodoTxt {
        return todo_txt::tick(text, task, symbol);
    }
    if task.form == Form::Marker {
        return marker(text, task, symbol, later);
    }
    let new = symbol.to_string();
    // some characters combine with the bracket after them, and would not be the only character in the box
    let alone = format!("{new}]").graphemes(true).next() == Some(new.as_str());
    if matches!(symbol, '[' | ']' | '\\' | '`' | '\u{2028}' | '\u{2029}') || symbol.is_control() || !alone {
        return Err(TickError::Symbol(symbol));
    }
    let span = task.symbol_span;
    let inside = text.get(span.start..span.end);
    let opened = text.get(..span.start).is_some_and(|before| before.ends_with('['));
    let closed = text.get(span.end..).is_some_and(|after| after.starts_with(']'));
    // `[]` is read as a space, and `[ x ]` as an `x`
    let same = inside.is_some_and(|inside| {
        let only_width = task.form == Form::Malformed && inside.trim() == task.symbol.trim();
        inside == task.symbol || only_width || (inside.is_empty() && task.symbol == " ")
    });
    let (Some(inside), true, true, true) = (inside, opened, closed, same) else {
        return Err(TickError::Moved { line: task.line });
    };
    let loose = match task.form {
        Form::Bare | Form::Swapped => true,
        // a box of the wrong width is fixed by the new character
        Form::Malformed => {
            let before = text.get(..span.start.saturating_sub(1)).unwrap_or("");
            let behind = text.get(span.end + 1..).unwrap_or("");
            !is_behind_markers(before) || !(behind.is_empty() || behind.starts_with(char::is_whitespace))
        }
        Form::List | Form::Indented | Form::Lazy | Form::Marker | Form::TodoTxt => false,
    };
    if loose && !is_blank_or_check(symbol) {
        return Err(TickError::Loose { line: task.line, symbol });
    }
    Ok((inside != new).then_some(Edit { start: span.start, end: span.end, text: new }))
}

/// True if what stands before a box on its line is list markers with blanks: behind `→ ` or a no-break space only a plain box is read.
fn is_behind_markers(before: &str) -> bool {
    let line = before.rsplit(['\n', '\r']).next().unwrap_or("");
    let mut head = line.trim_start_matches([' ', '\t', '>']);
    while let Some(marker) = list_marker(head, 0).filter(|marker| marker.blanks > 0) {
        head = head.get(marker.len + marker.blanks..).unwrap_or("");
    }
    head.is_empty() && before.ends_with([' ', '\t'])
}

/// Replaces Logseq's keyword.
fn marker(text: &str, task: &Task, symbol: char, later: bool) -> Result<Option<Edit>, TickError> {
    let new = logseq::marker_for(symbol, &task.symbol, later).ok_or(TickError::Marker(symbol))?;
    let span = task.symbol_span;
    if text.get(span.start..span.end) != Some(task.symbol.as_str()) {
        return Err(TickError::Moved { line: task.line });
    }
    let same = logseq::status(new) == Some(task.status);
    Ok((!same).then(|| Edit { start: span.start, end: span.end, text: new.to_owned() }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::apply_text;
    use crate::model::NotePath;
    use crate::parse;

    fn task(text: &str) -> Task {
        parse::parse(&NotePath::from("todo.md"), text, &parse::Options::default()).note.tasks.remove(0)
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
        case("- [ x ] a", ' ', "- [ ] a");
        case("- [x ] a", 'x', "- [x] a");
        case("- [x]a", ' ', "- [ ]a");
        case("-[ ] a", 'x', "-[x] a");
        case("[ ] - a\n[x] b", 'x', "[x] - a\n[x] b");
        case("- [ ] a", 'ß', "- [ß] a");
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
        for symbol in ['[', ']', '\n', '\\', '\u{2028}', '\u{600}'] {
            assert_eq!(tick("- [ ] a", &task("- [ ] a"), symbol), Err(TickError::Symbol(symbol)));
        }
    }
    #[test]
    fn a_box_that_is_read_as_one_by_its_x_only_keeps_to_that() {
        for text in
            ["- [x]a", "-[ ] a", "[ ] - a\n[ ] b", "[ ] a\n[ ] b", "• [ ] a", "→ [ ] a", "a) [ ] a", "-\u{a0}[ ] a"]
        {
            assert_eq!(tick(text, &task(text), '/'), Err(TickError::Loose { line: 1, symbol: '/' }), "{text}");
        }
        case("- [] a", '/', "- [/] a");
        case("- [  ]", '/', "- [/]");
    }
}

//! A block id at the end of an item, where Obsidian reads it.

use thiserror::Error;

use crate::edit::item;
use crate::model::Edit;
use crate::model::Form;
use crate::model::Note;
use crate::model::Task;

/// Why a task gets no block id.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PinError {
    /// It has an id.
    #[error("it already has the id {0}")]
    Pinned(String),
    /// Not made of letters, digits and dashes.
    #[error("`{0}` is not a block id: use unaccented letters, digits and `-`")]
    Id(String),
}

/// The edit that writes ` ^id` after the words of a task, in todo.txt ` id:id`.
///
/// # Errors
///
/// When the task already has an id, or `id` is not a valid one.
pub fn pin(text: &str, task: &Task, id: &str) -> Result<Edit, PinError> {
    if let Some(id) = &task.explicit_id {
        return Err(PinError::Pinned(id.clone()));
    }
    if id.is_empty() || !id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
        return Err(PinError::Id(id.to_owned()));
    }
    let (mark, empty) = match task.form {
        Form::TodoTxt => ("id:", task.span.end),
        _ => ("^", task.box_end()),
    };
    let at = item::end_of_words(text, task).unwrap_or(empty);
    Ok(Edit { start: at, end: at, text: format!(" {mark}{id}") })
}

/// An id unused in a note: the preferred one, else with `-2`, `-3` … appended.
#[must_use]
pub fn free_id(note: &Note, wanted: &str) -> String {
    let taken = |id: &str| {
        note.blocks.iter().any(|block| block.id.eq_ignore_ascii_case(id))
            || note.tasks.iter().any(|task| task.explicit_id.as_ref().is_some_and(|own| own.eq_ignore_ascii_case(id)))
    };
    let numbered = (2..).map(|n: usize| format!("{wanted}-{n}"));
    std::iter::once(wanted.to_owned()).chain(numbered).find(|id| !taken(id)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::apply_text;
    use crate::model::NotePath;
    use crate::parse;

    fn read(text: &str) -> Note {
        parse::parse(&NotePath::from("n.md"), text, &parse::Options::default()).note
    }

    #[track_caller]
    fn case(text: &str, want: &str) {
        let edit = pin(text, read(text).tasks.first().unwrap(), "k3f").unwrap();
        assert_eq!(apply_text(text, &[edit]).unwrap(), want);
        assert_eq!(read(want).tasks.first().unwrap().explicit_id.as_deref(), Some("k3f"));
    }

    #[test]
    fn at_the_end_of_the_item() {
        case("- [ ] a  \r\n- b\r\n", "- [ ] a ^k3f  \r\n- b\r\n");
        case("- [ ] a\n  wrapped\n  - [ ] child", "- [ ] a\n  wrapped ^k3f\n  - [ ] child");
        case("- [ ] a 🔁 every week ✅ 2026-01-01", "- [ ] a 🔁 every week ✅ 2026-01-01 ^k3f");
        case("- [ ]", "- [ ] ^k3f");
    }

    #[test]
    fn what_cannot_be() {
        for text in ["- [ ] a ^b\n", "- [ ] a 🆔 b\n", "- [ ] a [id:: b] c\n"] {
            let error = pin(text, read(text).tasks.first().unwrap(), "k3f");
            assert_eq!(error, Err(PinError::Pinned("b".to_owned())), "{text}");
        }
        for id in ["", "a b", "a_b", "ä", "^a"] {
            let error = pin("- [ ] a", read("- [ ] a").tasks.first().unwrap(), id);
            assert_eq!(error, Err(PinError::Id(id.to_owned())));
        }
    }

    #[test]
    fn an_id_stands_once_in_a_note() {
        let note = read("- [ ] a ^k3f\n- [ ] b 🆔 K3F-2\n\ntext ^x\n");
        assert_eq!(free_id(&note, "k3f"), "k3f-3");
        assert_eq!(free_id(&note, "x"), "x-2");
        assert_eq!(free_id(&note, "y"), "y");
    }
}

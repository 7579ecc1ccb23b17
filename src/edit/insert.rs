//! New lines in the style of the note: a task at the end of a list, a block id at the end of an item.

use crate::model::Edit;
use crate::model::Lines;
use crate::model::Note;
use crate::model::Task;

/// The line end that a text uses most: of its first line.
#[must_use]
pub fn line_end(text: &str) -> &'static str {
    match text.find(['\n', '\r']) {
        Some(at) if text.get(at..).is_some_and(|rest| rest.starts_with("\r\n")) => "\r\n",
        Some(at) if text.get(at..).is_some_and(|rest| rest.starts_with('\r')) => "\r",
        _ => "\n",
    }
}

/// The edit that adds a task to a section, or to the end of a note.
///
/// It goes below the last task of the section, with that one's bullet and indentation; else below its last text line, with
/// one empty line between. The words are made one line.
#[must_use]
pub fn add_task(text: &str, note: &Note, words: &str, section: Option<usize>) -> Edit {
    let lines = Lines::new(text);
    let end = line_end(text);
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let (first, last) = match section.and_then(|index| note.sections.get(index)) {
        Some(section) => (section.line, section.end_line),
        None => (1, lines.count()),
    };
    let mut siblings = note.tasks.iter().filter(|task| (first..=last).contains(&task.line) && task.depth == 0);
    if let Some(task) = siblings.next_back() {
        let line = lines.content(text, task.line);
        let marker = line.of(text).split('[').next().unwrap_or("- ");
        let marker = if marker.trim().is_empty() { "- " } else { marker };
        // below its children too
        let below = note.tasks.iter().filter(|other| other.line > task.line && other.line <= last && other.depth > 0);
        let after = below.map(|task| task.span.end).chain([task.span.end]).max().unwrap_or(task.span.end);
        let at = lines.content(text, lines.line(after)).end;
        return Edit { start: at, end: at, text: format!("{end}{marker}[ ] {words}") };
    }
    let mut line = last;
    while line > first && lines.content(text, line).of(text).trim().is_empty() {
        line -= 1;
    }
    let at = lines.content(text, line).end;
    let before = lines.content(text, line).of(text).trim();
    if before.is_empty() && at == 0 {
        return Edit { start: 0, end: 0, text: format!("- [ ] {words}{end}") };
    }
    let list = before.starts_with("- ") || before.starts_with("* ") || before.starts_with("+ ");
    let gap = if list { "" } else { end };
    Edit { start: at, end: at, text: format!("{end}{gap}- [ ] {words}") }
}

/// The edit that writes a block id at the end of an item, where Obsidian reads it.
#[must_use]
pub fn pin(task: &Task, id: &str) -> Edit {
    let at = task.text_spans.last().map_or(task.symbol_span.end + 1, |span| span.end);
    Edit { start: at, end: at, text: format!(" ^{id}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::apply_text;
    use crate::model::NotePath;
    use crate::parse;

    #[track_caller]
    fn case(text: &str, heading: Option<usize>, want: &str) {
        let note = parse::parse(&NotePath::from("n.md"), text, &parse::Options::default()).note;
        let edit = add_task(text, &note, "new  one", heading);
        assert_eq!(apply_text(text, &[edit]).unwrap(), want);
    }

    #[test]
    fn a_task_goes_where_a_careful_writer_puts_it() {
        case("", None, "- [ ] new one\n");
        case("# A\n", None, "# A\n\n- [ ] new one\n");
        case("# A\n\n* [ ] x\n  * [ ] y\n\nmore\n", None, "# A\n\n* [ ] x\n  * [ ] y\n* [ ] new one\n\nmore\n");
        case("# A\n\n- [ ] x", None, "# A\n\n- [ ] x\n- [ ] new one");
        case("# A\r\n\r\ntext\r\n\r\n", None, "# A\r\n\r\ntext\r\n\r\n- [ ] new one\r\n\r\n");
        case("# A\n\n- a\n\n# B\n\n- [ ] z\n", Some(0), "# A\n\n- a\n- [ ] new one\n\n# B\n\n- [ ] z\n");
        case("# A\n\n- [ ] a\n\n# B\n", Some(1), "# A\n\n- [ ] a\n\n# B\n\n- [ ] new one\n");
    }
}

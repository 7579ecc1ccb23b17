//! The cells of a line that is a row of a table. Called by the readers of meetings and reading lists.

use crate::model::Span;
use crate::parse::input::Input;

/// The spans of the cells of a row, without surrounding spaces.
pub(crate) fn row_cells(input: &Input<'_>, line: usize) -> Vec<Span> {
    let content = input.lines.content(input.text, line);
    let text = content.of(input.text);
    let mut cells = Vec::new();
    let mut start = content.start;
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            '\\' => escaped = !escaped,
            '|' if !escaped => {
                cells.push(Span::new(start, content.start + at));
                start = content.start + at + 1;
            }
            _ => escaped = false,
        }
    }
    cells.push(Span::new(start, content.end));
    // bars at the ends of the row
    if text.trim_start().starts_with('|') && !cells.is_empty() {
        cells.remove(0);
    }
    if text.trim_end().ends_with('|') {
        cells.pop();
    }
    let trimmed = |cell: &Span| {
        let words = cell.of(input.text);
        let blanks = words.len() - words.trim_start().len();
        Span::new(cell.start + blanks, cell.start + blanks + words.trim().len())
    };
    cells.iter().map(trimmed).collect()
}

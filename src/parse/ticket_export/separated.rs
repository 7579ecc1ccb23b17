//! CSV according to RFC 4180, with `,`, `;` or tabs between cells. Strict: a file that was cut off must not be accepted.

use crate::parse::ticket_export::fields::ExportError;
use crate::parse::ticket_export::fields::Fields;

/// Rows by their 1-based first line.
pub(super) fn read(text: &str) -> Result<Vec<(usize, Fields)>, ExportError> {
    let first = text.lines().next().unwrap_or("");
    let between = [',', ';', '\t'].into_iter().max_by_key(|between| (first.matches(*between).count(), *between == ','));
    let mut rows = rows(text, between.unwrap_or(','))?.into_iter();
    let Some((_, header)) = rows.next() else { return Ok(Vec::new()) };
    let find = |names: &[&str]| {
        names.iter().find_map(|name| header.iter().position(|cell| cell.trim().eq_ignore_ascii_case(name)))
    };
    let key = find(&["Issue key", "Key", "Ticket"]);
    let url = find(&["URL", "Web URL", "Link"]);
    let number = find(&["Issue ID", "Number", "IID"]);
    if key.is_none() && url.is_none() && number.is_none() {
        return Err(ExportError::new(1, "no column says which ticket a row is about: Issue key, URL or Issue ID"));
    }
    let title = find(&["Summary", "Title"]);
    let status = find(&["Status", "State"]);
    let mut found = Vec::new();
    for (line, cells) in rows {
        if cells.len() != header.len() {
            let message = format!(
                "this row has {} cells, the header {}: the file is cut off or damaged",
                cells.len(),
                header.len()
            );
            return Err(ExportError::new(line, message));
        }
        let at = |column: Option<usize>| column.and_then(|column| cells.get(column)).cloned();
        found.push((
            line,
            Fields { key: at(key), number: at(number), url: at(url), title: at(title), status: at(status) },
        ));
    }
    Ok(found)
}

/// Cells by row, with the 1-based first line of each; empty lines are skipped.
fn rows(text: &str, between: char) -> Result<Vec<(usize, Vec<String>)>, ExportError> {
    let mut rows = Vec::new();
    let mut cells: Vec<String> = Vec::new();
    let mut cell = String::new();
    let (mut line, mut row_line) = (1, 1);
    let mut was_quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if cell.is_empty() && !was_quoted => {
                was_quoted = true;
                let opened = line;
                loop {
                    match chars.next() {
                        Some('"') if chars.peek() == Some(&'"') => {
                            cell.push('"');
                            chars.next();
                        }
                        Some('"') => break,
                        Some(c) => {
                            line += usize::from(c == '\n');
                            cell.push(c);
                        }
                        None => {
                            let message = "a quoted cell begins here and never ends: the file is cut off";
                            return Err(ExportError::new(opened, message));
                        }
                    }
                }
            }
            '\r' if chars.peek() == Some(&'\n') => {}
            '\n' => {
                cells.push(std::mem::take(&mut cell));
                let row = std::mem::take(&mut cells);
                if was_quoted || row.iter().any(|cell| !cell.is_empty()) || row.len() > 1 {
                    rows.push((row_line, row));
                }
                was_quoted = false;
                line += 1;
                row_line = line;
            }
            c if c == between => {
                cells.push(std::mem::take(&mut cell));
                was_quoted = false;
            }
            _ if was_quoted => {
                return Err(ExportError::new(line, format!("`{c}` follows a quoted cell: the file is damaged")));
            }
            c => cell.push(c),
        }
    }
    if !cell.is_empty() || !cells.is_empty() || was_quoted {
        cells.push(cell);
        rows.push((row_line, cells));
    }
    Ok(rows)
}

//! The list of tickets that `hornbook tickets import` keeps in a note: a table with one row per ticket.
//!
//! Only notes of the kind [`crate::model::ticket::LIST`] have one. The columns are found by name; there may be others.

use chrono::NaiveDate;

use crate::model::Lines;
use crate::model::Span;

/// A table of tickets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TicketTable {
    /// In the order of the text.
    pub rows: Vec<TicketRow>,
    /// How many columns its header has.
    pub columns: usize,
    /// The position of each column.
    pub places: Columns,
    /// The byte after the last row, without its line end.
    pub end: usize,
}

/// The position of each column, from 0.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Columns {
    /// The key, perhaps as a link to the ticket's page.
    pub key: usize,
    /// Its title.
    pub title: Option<usize>,
    /// Its state in the tracker's own words.
    pub status: Option<usize>,
    /// The day since when that state is known.
    pub since: Option<usize>,
}

/// A row of the table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TicketRow {
    /// 1-based.
    pub line: usize,
    /// `RETAIL-23617`
    pub key: String,
    /// Its title, without escapes; may be empty.
    pub title: String,
    /// Its state in the tracker's own words, without escapes; may be empty.
    pub status: String,
    /// The day since when that state is known.
    pub since: Option<NaiveDate>,
    /// Where the title is in the text.
    pub title_span: Option<Span>,
    /// Where the status is in the text.
    pub status_span: Option<Span>,
    /// Where the day is in the text.
    pub since_span: Option<Span>,
}

/// Reads the first table of a text that has a column for tickets.
#[must_use]
pub fn read(text: &str) -> Option<TicketTable> {
    let lines = Lines::new(text);
    let mut line = 1;
    while line < lines.count() {
        let header = lines.content(text, line);
        if let Some(places) = columns(text, header)
            && is_rule(lines.content(text, line + 1).of(text))
        {
            let mut table = TicketTable {
                columns: cells(text, header).len(),
                places,
                end: lines.content(text, line + 1).end,
                rows: Vec::new(),
            };
            for below in line + 2..=lines.count() {
                let content = lines.content(text, below);
                if !content.of(text).contains('|') {
                    break;
                }
                table.end = content.end;
                table.rows.push(row(text, content, below, places));
            }
            return Some(table);
        }
        line += 1;
    }
    None
}

fn row(text: &str, content: Span, line: usize, places: Columns) -> TicketRow {
    let cells = cells(text, content);
    let at = |column: Option<usize>| column.and_then(|column| cells.get(column)).copied();
    let words = |span: Option<Span>| span.map(|span| unescaped(span.of(text))).unwrap_or_default();
    let key = words(at(Some(places.key)));
    // `[RETAIL-1](https://…)`
    let linked = key.strip_prefix('[').and_then(|rest| rest.split_once("](")).map(|(key, _)| key.to_owned());
    let (title_span, status_span, since_span) = (at(places.title), at(places.status), at(places.since));
    TicketRow {
        line,
        key: linked.unwrap_or(key),
        title: words(title_span),
        status: words(status_span),
        since: words(since_span).parse().ok(),
        title_span,
        status_span,
        since_span,
    }
}

/// The columns of a header line; `None` if none is for tickets.
fn columns(text: &str, header: Span) -> Option<Columns> {
    if !header.of(text).contains('|') {
        return None;
    }
    let names: Vec<String> = cells(text, header).into_iter().map(|cell| cell.of(text).to_lowercase()).collect();
    let find = |known: &[&str]| names.iter().position(|name| known.contains(&name.as_str()));
    let key = find(&["ticket", "key", "issue", "issue key"])?;
    let since = find(&["since", "as of", "updated"]);
    Some(Columns { key, title: find(&["title", "summary"]), status: find(&["status", "state"]), since })
}

fn is_rule(line: &str) -> bool {
    line.contains('-') && line.contains('|') && line.chars().all(|c| "|-: \t".contains(c))
}

/// The cells of a row without surrounding spaces. An escaped `|` belongs to its cell.
fn cells(text: &str, content: Span) -> Vec<Span> {
    let line = content.of(text);
    let mut cells = Vec::new();
    let mut start = 0;
    let mut is_escaped = false;
    for (at, c) in line.char_indices() {
        if c == '|' && !is_escaped {
            cells.push(Span::new(start, at));
            start = at + 1;
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    cells.push(Span::new(start, line.len()));
    // the bars at both ends are not separators
    if line.trim_start().starts_with('|') {
        cells.remove(0);
    }
    if cells.len() > 1 && cells.last().is_some_and(|cell| cell.of(line).trim().is_empty()) {
        cells.pop();
    }
    let trimmed = |cell: Span| {
        let words = cell.of(line);
        let from = content.start + cell.start + (words.len() - words.trim_start().len());
        Span::new(from, from + words.trim().len())
    };
    cells.into_iter().map(trimmed).collect()
}

fn unescaped(cell: &str) -> String {
    let mut out = String::with_capacity(cell.len());
    let mut chars = cell.chars().peekable();
    while let Some(c) = chars.next() {
        match chars.peek() {
            Some(&next) if c == '\\' && next.is_ascii_punctuation() => {
                out.push(next);
                chars.next();
            }
            _ => out.push(c),
        }
    }
    out
}

/// Text for a table cell: Markdown is escaped, line ends become spaces.
#[must_use]
pub fn cell(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let words = words.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    for (index, word) in words.enumerate() {
        if index > 0 {
            out.push(' ');
        }
        let mut before = ' ';
        let mut chars = word.chars().peekable();
        while let Some(c) = chars.next() {
            let in_word = before.is_alphanumeric() && chars.peek().is_some_and(|next| next.is_alphanumeric());
            if matches!(c, '\\' | '|' | '`' | '*' | '[' | ']' | '<' | '#' | '$' | '~' | '%' | '^' | '@')
                || (c == '_' && !in_word)
            {
                out.push('\\');
            }
            out.push(c);
            before = c;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TEXT: &str = "# T\n\nno | table\n\n| Ticket | Owner | Title | State |\n|---|---|:--|---|\n\
        | [AB-1](https://x/AB-1) | Ida | a \\| b | Done |\n|AB-2||c|\n\nnot | a row\n";

    #[test]
    fn rows_have_their_cells_by_name() {
        let table = read(TEXT).unwrap();
        let rows: Vec<_> = table
            .rows
            .iter()
            .map(|row| (row.line, row.key.as_str(), row.title.as_str(), row.status.as_str()))
            .collect();
        assert_eq!(rows, [(7, "AB-1", "a | b", "Done"), (8, "AB-2", "c", "")]);
        assert_eq!((table.columns, table.rows[0].status_span.unwrap().of(TEXT)), (4, "Done"));
        assert!(TEXT.get(..table.end).unwrap().ends_with("|AB-2||c|"));
        assert_eq!(read("| a | b |\n|---|---|\n"), None);
    }

    proptest! {
        #[test]
        fn words_come_back_from_a_cell(words in "[a-z#|\\\\*_`\\[\\]<>$ -]{0,12}") {
            let text = format!("|Ticket|Title|\n|-|-|\n|AB-1|{}|\n", cell(&words));
            let want = words.split_whitespace().collect::<Vec<_>>().join(" ");
            prop_assert_eq!(&read(&text).unwrap().rows[0].title, &want);
        }
    }
}

//! Draws a [`Document`] as Markdown, to paste into a review, a ticket or another note.
//!
//! Tables become lists, because aligned text reads badly elsewhere, and few places support tables without headers. Text from
//! notes is escaped. Charts are code blocks.

use std::fmt::Write as _;

use crate::view::document::Block;
use crate::view::document::Document;
use crate::view::document::Table;
use crate::view::document::TableRow;
use crate::view::report::Paths;
use crate::view::screen::Cell;
use crate::view::screen::Link;
use crate::view::screen::Role;
use crate::view::screen::Screen;
use crate::view::terminal;

/// The whole document, with its remarks as paragraphs at the end.
#[must_use]
pub fn markdown(document: &Document, paths: &dyn Paths) -> String {
    let mut parts: Vec<String> = document.blocks.iter().map(|block| self::block(block, paths)).collect();
    parts.extend(document.remarks.iter().map(|remark| escaped(remark)));
    parts.retain(|part| !part.is_empty());
    let mut text = parts.join("\n\n");
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

fn block(block: &Block, paths: &dyn Paths) -> String {
    match block {
        Block::Title(line) => format!("# {}", cells(line)),
        Block::Heading(line) => format!("## {}", cells(line)),
        Block::Table(table) => self::table(table),
        Block::Lines(lines) => {
            let lines = lines.iter().map(|line| cells(line)).filter(|line| !line.is_empty());
            lines.map(|line| format!("- {}", at_start(&line))).collect::<Vec<_>>().join("\n")
        }
        Block::Text { words, .. } => at_start(&cells(words)),
        Block::Chart(_) | Block::Heat(_) => drawn(block, paths),
        Block::Gap => String::new(),
    }
}

/// As shown on a terminal of 80 columns, in a code block.
fn drawn(block: &Block, paths: &dyn Paths) -> String {
    let document = Document { blocks: vec![block.clone()], remarks: Vec::new() };
    let screen = Screen { width: Some(80), ..Screen::default() };
    let mut text = String::from("~~~text\n");
    for line in terminal::lines(document, &screen, paths) {
        // writing to a string cannot fail
        let _ = writeln!(text, "{}", screen.render(&line));
    }
    text.push_str("~~~");
    text
}

fn table(table: &Table) -> String {
    let mut text = String::new();
    for row in &table.rows {
        if let Some(above) = &row.above {
            // a paragraph separates two lists
            let _ = write!(text, "\n**{}**\n\n", cells(above));
        }
        let _ = writeln!(text, "{:indent$}- {}", "", self::row(row), indent = 2 * row.depth);
        for line in row.below.iter().map(|line| cells(line)).filter(|line| !line.is_empty()) {
            let _ = writeln!(text, "{:indent$}- {}", "", at_start(&line), indent = 2 * row.depth + 2);
        }
    }
    text.trim_matches('\n').to_owned()
}

/// `left, left: the main text (right, right)`
fn row(row: &TableRow) -> String {
    let said = |cell: &Cell| Some(self::cell(cell)).filter(|text| !text.is_empty());
    let main = cells(&row.main);
    let left: Vec<String> = row.left.iter().filter_map(said).collect();
    let colon = if left.is_empty() || main.is_empty() { "" } else { ": " };
    let mut text = format!("{}{colon}{main}", left.join(", "));
    let right: Vec<String> = row.right.iter().filter_map(said).collect();
    if !right.is_empty() {
        let _ = write!(text, " ({})", right.join(", "));
    }
    at_start(&text)
}

/// The cells of a line one after the other, without the spaces that align them.
fn cells(line: &[Cell]) -> String {
    let mut text = String::new();
    for one in line {
        let is_apart = one.text.starts_with(' ') || text.is_empty();
        let shown = cell(one);
        if shown.is_empty() {
            text.push(' ');
            continue;
        }
        // two spaces on a terminal separate another piece of information
        if one.text.starts_with("  ") && !text.trim().is_empty() {
            text.truncate(text.trim_end().len());
            text.push_str(" ·");
        }
        if is_apart && !text.is_empty() && !text.ends_with(' ') {
            text.push(' ');
        }
        text.push_str(&shown);
        if one.text.ends_with(' ') {
            text.push(' ');
        }
    }
    text.trim().to_owned()
}

fn cell(cell: &Cell) -> String {
    let words = cell.text.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.is_empty() {
        return words;
    }
    let harmless = Screen::default().harmless(&words).into_owned();
    if cell.role == Role::Code {
        return code(&harmless);
    }
    match &cell.link {
        Some(Link::Url(url)) if harmless == *url => format!("<{harmless}>"),
        Some(Link::Url(url)) if !url.contains(['(', ')', '<', '>', '\\']) && !url.contains(char::is_whitespace) => {
            format!("[{}]({url})", escaped(&harmless))
        }
        Some(Link::Url(url)) if !url.contains(['<', '>', '\n', '\r']) => format!("[{}](<{url}>)", escaped(&harmless)),
        _ => escaped(&harmless),
    }
}

/// Code, fenced by more backticks than it contains.
fn code(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// Text escaped so that Markdown shows it as it is.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before: Option<char> = None;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let after = rest.peek().copied();
        let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let has_meaning = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '|' | '~' | '$' => true,
            // inside a word it has no meaning
            '_' => !(is_word(before) && is_word(after)),
            '&' => after.is_some_and(|c| c == '#' || c.is_ascii_alphabetic()),
            _ => false,
        };
        if has_meaning {
            out.push('\\');
        }
        out.push(c);
        before = Some(c);
    }
    out
}

/// The same for the beginning of a paragraph or an item, where `# `, `- `, `1. ` are escaped too.
fn at_start(text: &str) -> String {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let behind = text.get(digits..).unwrap_or_default();
    if digits > 0 && behind.starts_with(['.', ')']) && behind.get(1..).is_none_or(|rest| rest.starts_with(' ')) {
        let number = text.get(..digits).unwrap_or_default();
        return format!("{number}\\{behind}");
    }
    if text.starts_with(['#', '+', '-', '>', '=']) { format!("\\{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::Event;
    use pulldown_cmark::Parser;

    use super::*;
    use crate::model::NotePath;
    use crate::view::document::Bar;
    use crate::view::document::Chart;
    use crate::view::document::Column;
    use crate::view::screen;
    use crate::view::screen::plain;

    struct Here;

    impl Paths for Here {
        fn shown(&self, path: &NotePath) -> String {
            path.to_string()
        }

        fn address(&self, _: &NotePath) -> String {
            String::new()
        }
    }

    #[test]
    fn every_block() {
        let row = |left: &str, main: &str, depth| TableRow {
            depth,
            left: vec![plain(left)],
            main: vec![plain(main).to_url("https://example.org/a b")],
            right: vec![plain(""), plain("a.md:3")],
            ..TableRow::default()
        };
        let mut above = row("", "c", 0);
        above.above = Some(vec![plain("  later")]);
        above.below = vec![vec![plain("    so it is")], Vec::new()];
        let rows = vec![row("2026", "a", 0), row("", "b", 1), above];
        let bar = Bar { label: vec![plain("Mon  ")], value: 3, role: Role::Plain };
        let document = Document {
            blocks: vec![
                Block::Title(vec![plain("Week"), plain(" "), plain(" 6")]),
                Block::Gap,
                Block::Heading(vec![plain("Done"), plain(": 2")]),
                Block::Table(Table { columns: vec![Column::LEFT], rows, ..Table::default() }),
                Block::Text { indent: 2, words: vec![plain("- no item")] },
                Block::Lines(vec![vec![plain("  "), screen::cell("hornbook `x`", Role::Code)], Vec::new()]),
                Block::Chart(Chart { bars: vec![bar] }),
            ],
            remarks: vec!["*2* of them".to_owned()],
        };
        let bar = "█".repeat(56);
        let want = format!(
            "# Week 6\n\n## Done: 2\n\n- 2026: [a](<https://example.org/a b>) (a.md:3)\n  - [b](<https://example.org/a b>) (a.md:3)\n\n**later**\n\n- [c](<https://example.org/a b>) (a.md:3)\n  - so it is\n\n\\- no item\n\n- `` hornbook `x` ``\n\n~~~text\nMon  {bar}\n~~~\n\n\\*2\\* of them\n"
        );
        assert_eq!(markdown(&document, &Here), want);
        assert_eq!(markdown(&Document::default(), &Here), "");
    }

    #[test]
    fn what_a_note_says_stays_words() {
        let words = [
            "1. a *b* _c_ d_e `f` [g](h) <i> ~~j~~ &amp; \\ |k| $l$ ![m]",
            "# a",
            "- a",
            "> a",
            "+ a",
            "=== a",
            "12) a",
            "[ ] a",
            "[[a]] #b @c",
            "https://example.org/a_b",
        ];
        for text in words {
            let document =
                Document { blocks: vec![Block::Text { indent: 0, words: vec![plain(text)] }], remarks: vec![] };
            let drawn = markdown(&document, &Here);
            let read: String = Parser::new(&drawn)
                .filter_map(|event| match event {
                    Event::Text(text) => Some(text.into_string()),
                    Event::Start(pulldown_cmark::Tag::Paragraph) | Event::End(_) => None,
                    other => Some(format!("{other:?}")),
                })
                .collect();
            assert_eq!(read, text, "{drawn}");
        }
    }
}

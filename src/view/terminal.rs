//! Draws a [`Document`] as lines for a terminal or a pipe.

use std::borrow::Cow;

use crate::model::ticket::TicketMatch;
use crate::model::ticket::Trackers;
use crate::view::document::Align;
use crate::view::document::Bar;
use crate::view::document::Block;
use crate::view::document::Chart;
use crate::view::document::Column;
use crate::view::document::Document;
use crate::view::document::Table;
use crate::view::document::TableRow;
use crate::view::report::Paths;
use crate::view::screen::Cell;
use crate::view::screen::Layout;
use crate::view::screen::Line;
use crate::view::screen::Link;
use crate::view::screen::Role;
use crate::view::screen::Screen;
use crate::view::screen::cell;
use crate::view::screen::cut;
use crate::view::screen::plain;
use crate::view::screen::width;
use crate::view::text::cut_start;

/// A cell is cut to no less than this, in columns.
const LEAST: usize = 16;

/// Columns for the labels of a chart.
const CHART_MARGIN: usize = 24;

/// The lines of a document, with links to notes as addresses of their files. The caller prints the remarks.
#[must_use]
pub fn lines(document: Document, screen: &Screen, paths: &dyn Paths) -> Vec<Line> {
    let mut lines = Vec::new();
    for block in document.blocks {
        match block {
            Block::Title(line) | Block::Heading(line) => lines.push(line),
            Block::Lines(own) => lines.extend(own),
            Block::Table(own) => lines.extend(table(own, screen)),
            Block::Text { indent, words } => lines.extend(screen.wrap(&words, indent)),
            Block::Chart(own) => lines.extend(chart(own, screen)),
            Block::Heat(heat) => lines.extend(heat.lines(screen.width)),
            Block::Gap => lines.push(Line::new()),
        }
    }
    if screen.links {
        for cell in lines.iter_mut().flatten() {
            if let Some(Link::Note { path, .. }) = &cell.link {
                cell.link = Some(Link::Url(paths.address(path)));
            }
        }
        if let Some(trackers) = paths.trackers() {
            lines = lines
                .into_iter()
                .map(|line| line.into_iter().flat_map(|cell| with_tickets(cell, trackers)).collect())
                .collect();
        }
    }
    lines
}

/// A cell with its tickets as links to their pages; a cell with a link keeps that.
fn with_tickets(cell: Cell, trackers: &Trackers) -> Vec<Cell> {
    let linked = |sighting: &TicketMatch| Some((sighting.span, trackers.url(&sighting.key)?));
    let found: Vec<_> = match cell.link {
        None => trackers.find(&cell.text).iter().filter_map(linked).collect(),
        Some(_) => Vec::new(),
    };
    if found.is_empty() {
        return vec![cell];
    }
    let mut cells = Vec::new();
    let mut at = 0;
    let part = |from: usize, to: usize| Cell { text: cell.text.get(from..to).unwrap_or("").to_owned(), ..cell.clone() };
    for (span, url) in found {
        cells.push(part(at, span.start));
        cells.push(part(span.start, span.end).to_url(url));
        at = span.end;
    }
    cells.push(part(at, cell.text.len()));
    cells.retain(|cell| !cell.text.is_empty());
    cells
}

fn table(table: Table, screen: &Screen) -> Vec<Line> {
    let Table { margin, columns, mut rows } = table;
    // measured and cut as it is shown
    for cell in rows.iter_mut().flat_map(|row| row.left.iter_mut().chain(&mut row.main).chain(&mut row.right)) {
        if let Cow::Owned(text) = screen.harmless(&cell.text) {
            cell.text = text;
        }
    }
    let widest = |(index, column): (usize, &Column)| {
        let cells = rows.iter().filter_map(|row| row.left.get(index));
        let widest = cells.map(|cell| width(&cell.text)).max().unwrap_or(0);
        widest.min(column.most).max(column.least)
    };
    let mut widths: Vec<usize> = columns.iter().enumerate().map(widest).collect();
    if let Some(screen) = screen.width {
        let main = |row: &TableRow| row.main.iter().map(|cell| width(&cell.text)).sum::<usize>() + 2 * row.depth;
        let mains = rows.iter().map(main).max().unwrap_or(0);
        let all: usize = margin + columns.iter().zip(&widths).map(|(column, width)| width + column.gap).sum::<usize>();
        let over = (all + mains).saturating_sub(screen);
        for (column, width) in columns.iter().zip(&mut widths).filter(|(column, _)| column.cuts) {
            *width = width.saturating_sub(over).max(LEAST.min(*width)).max(column.least);
        }
    }
    let taken: usize = margin + columns.iter().zip(&widths).map(|(column, width)| width + column.gap).sum::<usize>();
    let mut layout = Layout::default();
    for row in &rows {
        let main: String = row.main.iter().map(|cell| cell.text.as_str()).collect();
        let right: Vec<&str> = row.right.iter().map(|cell| cell.text.as_str()).collect();
        layout.measure(taken + 2 * row.depth, &main, &right);
    }
    let laid_out = |mut row: TableRow| {
        let above = row.above.take();
        let below = std::mem::take(&mut row.below);
        let mut line = Line::new();
        let indent = margin + 2 * row.depth;
        if indent > 0 {
            line.push(plain(" ".repeat(indent)));
        }
        if let Some(screen) = screen.width {
            let least = row.main.iter().map(|cell| width(&cell.text)).sum::<usize>().min(LEAST);
            let cuts = row.left.iter_mut().zip(columns.iter().zip(&widths)).filter(|(_, (column, _))| column.cuts);
            cuts.for_each(|(cell, (_, wide))| cell.text = cut(&cell.text, *wide));
            let padded = row.left.iter().zip(columns.iter().zip(&widths));
            let left: usize = padded.map(|(cell, (column, wide))| width(&cell.text).max(*wide) + column.gap).sum();
            let right: usize = layout.right.iter().filter(|wide| **wide > 0).map(|wide| wide + 2).sum();
            let over = (indent + left + least + right).saturating_sub(screen);
            shorten(&mut row.left, over, &widths);
        }
        for (cell, (column, wide)) in row.left.into_iter().zip(columns.iter().zip(&widths)) {
            pad(&mut line, cell, *column, *wide);
        }
        if row.main.len() == 1
            && let Some(main) = row.main.pop()
        {
            line = screen.row(line, main, &row.right, &layout);
        } else {
            line.extend(row.main);
        }
        if let Some(screen) = screen.width {
            let over = line.iter().map(|cell| width(&cell.text)).sum::<usize>().saturating_sub(screen);
            shorten(&mut line, over, &[]);
        }
        above.into_iter().chain([line]).chain(below)
    };
    rows.into_iter().flat_map(laid_out).collect()
}

/// Cuts the widest cells by some columns altogether, none to less than `least` or what is readable. A path keeps its end.
fn shorten(cells: &mut [Cell], over: usize, least: &[usize]) {
    let mut over = over;
    while over > 0 {
        let keeps = |index: usize| least.get(index).copied().unwrap_or(0).max(LEAST);
        let widths = cells.iter().enumerate().filter(|(_, cell)| !cell.text.trim().is_empty());
        let widest = widths.map(|(index, cell)| (width(&cell.text), index)).max_by_key(|(wide, _)| *wide);
        let Some((wide, index)) = widest.filter(|(wide, index)| *wide > keeps(*index)) else { break };
        let room = wide.saturating_sub(over).max(keeps(index));
        let Some(cell) = cells.get_mut(index) else { break };
        cell.text = if cell.role == Role::Path { cut_start(&cell.text, room) } else { cut(&cell.text, room) };
        over = over.saturating_sub(wide.saturating_sub(width(&cell.text)).max(1));
    }
}

fn pad(line: &mut Line, own: Cell, column: Column, wide: usize) {
    let blanks = wide.saturating_sub(width(&own.text));
    let (before, behind) = match column.align {
        Align::Left => (0, blanks + column.gap),
        Align::Right => (blanks, column.gap),
    };
    if before > 0 {
        line.push(cell(" ".repeat(before), own.role));
    }
    line.push(own);
    line.push(plain(" ".repeat(behind)));
}

fn chart(chart: Chart, screen: &Screen) -> Vec<Line> {
    let most = chart.bars.iter().map(|bar| bar.value).max().unwrap_or(0);
    let room = screen.width.unwrap_or(80).saturating_sub(CHART_MARGIN).clamp(10, 60);
    let line = |bar: Bar| {
        let text = self::bar(bar.value, most, room);
        let mut line = bar.label;
        line.push(cell(text, bar.role));
        line
    };
    chart.bars.into_iter().map(line).collect()
}

/// A bar in eighths of a character, `room` characters long if `value` is `most`.
pub(crate) fn bar(value: usize, most: usize, room: usize) -> String {
    let eighths = value * room * 8 / most.max(1);
    let mut text = "█".repeat(eighths / 8);
    text.extend(["▏", "▎", "▍", "▌", "▋", "▊", "▉"].get((eighths % 8).wrapping_sub(1)).copied());
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ticket::Tracker;
    use proptest::prop_assert;
    use proptest::proptest;

    /// The only row of a table, as drawn.
    fn drawn(columns: Vec<Column>, row: TableRow, width: usize) -> String {
        let screen = Screen { width: Some(width), escape: true, ..Screen::default() };
        let lines = table(Table { columns, rows: vec![row], ..Table::default() }, &screen);
        screen.render(&lines[0])
    }

    #[test]
    fn a_row_is_cut_to_the_screen() {
        let path = "Areas/Work/Team and hiring/Quarterly planning/2026 Q4 planning notes.md";
        let row = |main: Line| TableRow {
            left: vec![cell(path, Role::Path)],
            main,
            right: vec![cell("2026-11-27", Role::Date)],
            ..TableRow::default()
        };
        let columns = || vec![Column::LEFT.most(44)];
        assert_eq!(
            drawn(columns(), row(vec![plain("The plan of the last quarter")]), 80),
            "…ring/Quarterly planning/2026 Q4 planning notes.md  The plan of the…  2026-11-27"
        );
        let uncut = TableRow { right: Vec::new(), ..row(vec![plain("412 words, 2 to do"), plain("")]) };
        let shown = drawn(columns(), uncut, 80);
        assert!(shown.ends_with("2026 Q4 planning notes.md  412 words, 2 to do"), "{shown}");
        assert!(width(&shown) <= 80, "{shown}");
    }

    #[test]
    fn what_is_escaped_is_measured_escaped() {
        let row = |text: &str| TableRow { main: vec![plain(text)], ..TableRow::default() };
        assert_eq!(drawn(Vec::new(), row("ta\u{202e}sk with more words"), 80), "ta\\u202esk with more words");
    }

    proptest! {
        #[test]
        fn no_row_is_wider_than_the_screen(
            path in "[a-z/ ]{0,120}",
            words in "[a-z \u{202e}]{0,120}",
            more in "[a-z ]{0,60}",
            room in 70_usize..140,
        ) {
            let row = TableRow {
                left: vec![cell("2026-11-27 Fri", Role::Date), cell(path, Role::Path)],
                main: vec![cell(words, Role::Path), plain(more)],
                ..TableRow::default()
            };
            let shown = drawn(vec![Column::LEFT, Column::LEFT.most(52).gap(3)], row, room);
            prop_assert!(width(&shown) <= room, "{shown:?}");
        }
    }

    #[test]
    fn names_give_way_on_a_narrow_terminal() {
        let rows = ["a name that is longer than its column", "👩‍👩‍👧‍👦 b"].map(|name| TableRow {
            left: vec![plain(name), plain("0/1")],
            main: vec![plain("no dated movement"), plain("")],
            ..TableRow::default()
        });
        let shown = |width: Option<usize>| -> Vec<String> {
            let columns = vec![Column::LEFT.most(20).cut(), Column::LEFT];
            let screen = Screen { width, ..Screen::default() };
            let lines = table(Table { columns, rows: rows.to_vec(), ..Table::default() }, &screen);
            lines.iter().map(|line| screen.render(line)).collect()
        };
        assert_eq!(
            shown(None),
            [
                "a name that is longer than its column  0/1  no dated movement",
                "👩‍👩‍👧‍👦 b                  0/1  no dated movement"
            ]
        );
        assert_eq!(
            shown(Some(80)),
            ["a name that is long…  0/1  no dated movement", "👩‍👩‍👧‍👦 b                  0/1  no dated movement"]
        );
        assert_eq!(
            shown(Some(42)),
            ["a name that is lo…  0/1  no dated movement", "👩‍👩‍👧‍👦 b                0/1  no dated movement"]
        );
    }

    #[test]
    fn tickets_lead_to_their_pages() {
        let tracker = Tracker {
            keys: vec!["AB".to_owned()],
            url: Some("https://t/{key}-{num}".to_owned()),
            ..Tracker::default()
        };
        let trackers = Trackers::new(vec![tracker]);
        let cells = with_tickets(cell("do AB-1, UTF-8 AB-2", Role::Muted), &trackers);
        let link = |key: &str| cell(key, Role::Muted).to_url(format!("https://t/{key}"));
        assert_eq!(cells, [cell("do ", Role::Muted), link("AB-1"), cell(", UTF-8 ", Role::Muted), link("AB-2")]);
        let linked = plain("AB-1").to_url("https://x");
        assert_eq!(with_tickets(linked.clone(), &trackers), [linked]);
    }
}

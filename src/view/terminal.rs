//! Draws a [`Document`] as lines for a terminal or a pipe.

use crate::model::ticket::Sighting;
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
use crate::view::screen::Screen;
use crate::view::screen::cell;
use crate::view::screen::plain;
use crate::view::screen::width;

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
    let linked = |sighting: &Sighting| Some((sighting.span, trackers.url(&sighting.key)?));
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
    let Table { margin, columns, rows } = table;
    let widest = |(index, column): (usize, &Column)| {
        let cells = rows.iter().filter_map(|row| row.left.get(index));
        let widest = cells.map(|cell| width(&cell.text)).max().unwrap_or(0);
        widest.min(column.most).max(column.least)
    };
    let widths: Vec<usize> = columns.iter().enumerate().map(widest).collect();
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
        above.into_iter().chain([line]).chain(below)
    };
    rows.into_iter().flat_map(laid_out).collect()
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
    use crate::view::screen::Role;

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

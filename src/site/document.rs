//! A report's [`Document`] as HTML: what `view::terminal` draws as lines, with every place a link.

use crate::site::Site;
use crate::site::drawing;
use crate::site::rows::words;
use crate::site::text::escape;
use crate::site::text::escaped;
use crate::site::text::outside;
use crate::view::Document;
use crate::view::document::Align;
use crate::view::document::Block;
use crate::view::document::Chart;
use crate::view::document::Table;
use crate::view::document::TableRow;
use crate::view::screen::Cell;
use crate::view::screen::Line;
use crate::view::screen::Link;
use crate::view::screen::Role;

/// Draws the blocks of a document for the page at `from`; its headings are of this level. The remarks are the caller's.
pub(crate) fn html(site: &Site<'_>, from: &str, document: &Document, level: u8) -> String {
    let mut writer = Writer { site, from, level, in_section: false, out: String::new() };
    for block in &document.blocks {
        writer.block(block);
    }
    writer.end_section();
    writer.out
}

struct Writer<'s> {
    site: &'s Site<'s>,
    /// The page's address from the site's top.
    from: &'s str,
    level: u8,
    in_section: bool,
    out: String,
}

impl Writer<'_> {
    fn block(&mut self, block: &Block) {
        match block {
            Block::Title(line) | Block::Heading(line) => {
                self.end_section();
                let level = self.level;
                self.out.push_str(&format!("<section>\n<h{level} dir=\"auto\">"));
                self.line(line);
                self.out.push_str(&format!("</h{level}>\n"));
                self.in_section = true;
            }
            Block::Table(table) => self.table(table),
            Block::Lines(lines) => self.lines(lines),
            Block::Text { indent, words } => {
                self.out.push_str(&format!("<p{} dir=\"auto\">", depth(indent / 2)));
                self.line(words);
                self.out.push_str("</p>\n");
            }
            Block::Chart(chart) => self.chart(chart),
            Block::Heat(heat) => self.out.push_str(&drawing::heat(heat)),
            // the style sheet keeps blocks apart
            Block::Gap => {}
        }
    }

    fn end_section(&mut self) {
        if std::mem::take(&mut self.in_section) {
            self.out.push_str("</section>\n");
        }
    }

    fn lines(&mut self, lines: &[Line]) {
        self.out.push_str("<ul class=\"lines\">\n");
        for line in lines.iter().filter(|line| !is_blank(line)) {
            self.out.push_str("<li dir=\"auto\">");
            self.line(line);
            self.out.push_str("</li>\n");
        }
        self.out.push_str("</ul>\n");
    }

    fn table(&mut self, table: &Table) {
        if table.rows.is_empty() {
            return;
        }
        let is_used = |cells: &dyn Fn(&TableRow) -> Option<&Cell>| {
            table.rows.iter().filter_map(cells).any(|cell| !cell.text.trim().is_empty())
        };
        let count = |cells: &dyn Fn(&TableRow) -> usize| table.rows.iter().map(cells).max().unwrap_or(0);
        let left: Vec<usize> =
            (0..count(&|row| row.left.len())).filter(|&at| is_used(&|row| row.left.get(at))).collect();
        let right: Vec<usize> =
            (0..count(&|row| row.right.len())).filter(|&at| is_used(&|row| row.right.get(at))).collect();
        self.out.push_str("<table class=\"report\">\n<tbody>\n");
        for (index, row) in table.rows.iter().enumerate() {
            if let Some(above) = &row.above {
                if index > 0 {
                    self.out.push_str("</tbody>\n<tbody>\n");
                }
                let columns = left.len() + 1 + right.len();
                self.out.push_str(&format!("<tr><th colspan=\"{columns}\" scope=\"rowgroup\" dir=\"auto\">"));
                self.line(above);
                self.out.push_str("</th></tr>\n");
            }
            self.out.push_str("<tr>");
            // a row is named on the left, or else by what it is about; where that leads elsewhere, by the cell with its place
            let place = self.place_of(row);
            let is_named = row.left.iter().any(|cell| matches!(cell.link, Some(Link::Note { .. })));
            let leads_elsewhere = row.main.iter().any(|cell| self.href(cell).is_some());
            for &at in &left {
                let is_number = table.columns.get(at).is_some_and(|column| column.align == Align::Right);
                self.side(
                    row.left.get(at),
                    if is_number { "number" } else { "left" },
                    place.as_deref().filter(|_| !is_named && !leads_elsewhere),
                );
            }
            self.main(row, place.as_deref().filter(|_| !is_named));
            for &at in &right {
                self.side(row.right.get(at), "right", place.as_deref().filter(|_| is_named || !leads_elsewhere));
            }
            self.out.push_str("</tr>\n");
        }
        self.out.push_str("</tbody>\n</table>\n");
    }

    /// What a row is about, as a link to its place.
    fn main(&mut self, row: &TableRow, place: Option<&str>) {
        self.out.push_str(&format!("<td class=\"main d{}\" dir=\"auto\">", row.depth.min(5)));
        // links of its own are kept, and none may stand in another
        let place = place.filter(|_| row.main.iter().all(|cell| self.href(cell).is_none()));
        if let Some(href) = place.filter(|_| !is_blank(&row.main)) {
            self.out.push_str(&format!("<a href=\"{}\">", escaped(href)));
            row.main.iter().for_each(|cell| self.words(cell));
            self.out.push_str("</a>");
        } else {
            self.line(&row.main);
        }
        for line in row.below.iter().filter(|line| !is_blank(line)) {
            self.out.push_str("<div class=\"below\">");
            self.line(line);
            self.out.push_str("</div>");
        }
        self.out.push_str("</td>");
    }

    /// A cell beside what the row is about. One that leads where the row does needs no link of its own.
    fn side(&mut self, cell: Option<&Cell>, class: &str, place: Option<&str>) {
        self.out.push_str(&format!("<td class=\"{class}\">"));
        if let Some(cell) = cell {
            match self.href(cell) {
                Some(href) if Some(href.as_str()) != place => self.line(std::slice::from_ref(cell)),
                _ => self.words(cell),
            }
        }
        self.out.push_str("</td>");
    }

    /// Where the first link of a row to a note leads.
    fn place_of(&self, row: &TableRow) -> Option<String> {
        let cells = row.main.iter().chain(&row.right).chain(&row.left);
        cells.filter(|cell| matches!(cell.link, Some(Link::Note { .. }))).find_map(|cell| self.href(cell))
    }

    fn chart(&mut self, chart: &Chart) {
        let most = chart.bars.iter().map(|bar| bar.value).max().unwrap_or(0);
        self.out.push_str("<table class=\"chart\">\n<tbody>\n");
        for bar in &chart.bars {
            self.out.push_str("<tr><td>");
            self.line(&bar.label);
            // what keeps the bar apart on a terminal
            self.out.truncate(self.out.trim_end().len());
            // its length stands in the label, too
            self.out.push_str("</td><td class=\"bar\">");
            self.out.push_str(&drawing::bar(bar.value, most, element(bar.role).1));
            self.out.push_str("</td></tr>\n");
        }
        self.out.push_str("</tbody>\n</table>\n");
    }

    fn line(&mut self, line: &[Cell]) {
        for cell in line {
            match self.href(cell) {
                Some(href) => {
                    self.out.push_str(&format!("<a href=\"{}\">", escaped(&href)));
                    self.words(cell);
                    self.out.push_str("</a>");
                }
                None => self.words(cell),
            }
        }
    }

    /// A cell's text in its role, without its link.
    fn words(&mut self, cell: &Cell) {
        if cell.text.trim().is_empty() {
            self.out.push_str(&cell.text);
            return;
        }
        let (tag, class) = element(cell.role);
        match (tag, class) {
            ("", _) => {}
            (tag, "") => self.out.push_str(&format!("<{tag}>")),
            (tag, class) => self.out.push_str(&format!("<{tag} class=\"{class}\">")),
        }
        escape(&words(&cell.text), &mut self.out);
        if !tag.is_empty() {
            self.out.push_str(&format!("</{tag}>"));
        }
    }

    /// Where a cell leads, as the page names it: nothing that is not published, and no scheme that is not on the list.
    fn href(&self, cell: &Cell) -> Option<String> {
        match &cell.link {
            Some(Link::Note { path, line }) => self.site.places.href_to_line(self.from, path, Some(*line)),
            Some(Link::Url(url)) => outside(url),
            None => None,
        }
    }
}

/// The element and class of a role; no element for ordinary text.
const fn element(role: Role) -> (&'static str, &'static str) {
    match role {
        Role::Plain => ("", ""),
        Role::Title => ("strong", ""),
        Role::Path => ("span", "path"),
        Role::Muted => ("small", ""),
        Role::Match => ("mark", ""),
        Role::Id => ("code", "id"),
        Role::Date => ("span", "date"),
        Role::Bad => ("strong", "bad"),
        Role::Warning => ("span", "warning"),
        Role::Good => ("span", "good"),
        Role::Tag => ("span", "tag"),
        Role::Code => ("code", ""),
    }
}

fn depth(depth: usize) -> String {
    if depth == 0 { String::new() } else { format!(" class=\"d{}\"", depth.min(5)) }
}

fn is_blank(line: &[Cell]) -> bool {
    line.iter().all(|cell| cell.text.trim().is_empty())
}

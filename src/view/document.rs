//! The form in which a report shows itself: headings, tables, lines, text and charts, made of cells with roles.
//!
//! A document knows nothing of widths, colours and pages. [`crate::view::terminal`] draws it for a terminal or a pipe, the site
//! draws the same as HTML. A report builds one in its [`Report::show`](crate::view::Report::show).

use crate::view::heat::Heat;
use crate::view::screen::Cell;
use crate::view::screen::Line;

/// A report for people.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// From top to bottom.
    pub blocks: Vec<Block>,
    /// Sentences about the answer, such as its totals. A terminal prints them to standard error.
    pub remarks: Vec<String>,
}

/// A part of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// The title of the whole document, above everything else.
    Title(Line),
    /// A heading over the blocks that follow.
    Heading(Line),
    /// Rows with aligned columns.
    Table(Table),
    /// Single lines, never wrapped.
    Lines(Vec<Line>),
    /// A paragraph, wrapped to the width.
    Text {
        /// Columns from the left edge.
        indent: usize,
        /// The words.
        words: Line,
    },
    /// Numbers as bars.
    Chart(Chart),
    /// A calendar in which darker means more.
    Heat(Heat),
    /// An empty line.
    Gap,
}

/// Rows with columns on the left, a cell that takes the remaining width, and columns on the right.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// Spaces before every row, in columns of the terminal.
    pub margin: usize,
    /// The columns on the left, in order.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<TableRow>,
}

/// A column on the left of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// The alignment of its cells.
    pub align: Align,
    /// Minimum width, in columns of the terminal.
    pub least: usize,
    /// Maximum width, in columns of the terminal; wider cells push what follows to the right.
    pub most: usize,
    /// Spaces after it, in columns of the terminal.
    pub gap: usize,
    /// A name: on a terminal it is cut to the column, and the column gives way where the rows are too wide.
    pub cuts: bool,
}

/// The alignment of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// For words.
    Left,
    /// For numbers.
    Right,
}

impl Column {
    /// As wide as its widest cell, aligned to the left.
    pub const LEFT: Self = Self { align: Align::Left, least: 0, most: usize::MAX, gap: 2, cuts: false };
    /// As wide as its widest cell, aligned to the right.
    pub const RIGHT: Self = Self { align: Align::Right, ..Self::LEFT };

    /// The same, but no wider than this.
    #[must_use]
    pub const fn most(self, most: usize) -> Self {
        Self { most, ..self }
    }

    /// The same, but at least this wide.
    #[must_use]
    pub const fn least(self, least: usize) -> Self {
        Self { least, ..self }
    }

    /// The same, cut on a terminal.
    #[must_use]
    pub const fn cut(self) -> Self {
        Self { cuts: true, ..self }
    }

    /// The same, with this many spaces after it.
    #[must_use]
    pub const fn gap(self, gap: usize) -> Self {
        Self { gap, ..self }
    }
}

/// A row of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TableRow {
    /// A title line above this row and those after it.
    pub above: Option<Line>,
    /// The nesting depth; each level indents the row by two columns.
    pub depth: usize,
    /// The cells for [`Table::columns`].
    pub left: Vec<Cell>,
    /// The main text of the row. A single cell is cut if the screen is too narrow.
    pub main: Line,
    /// Right-hand cells, aligned over all rows of the table; the last one is a place or a number.
    pub right: Vec<Cell>,
    /// Lines below the row that belong to it.
    pub below: Vec<Line>,
}

/// Numbers as bars, one below the other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chart {
    /// From top to bottom.
    pub bars: Vec<Bar>,
}

/// A bar of a chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// The text before the bar, already padded.
    pub label: Line,
    /// Its length.
    pub value: usize,
    /// Its role, which determines the colour.
    pub role: crate::view::screen::Role,
}

impl Document {
    /// Adds a block.
    pub fn push(&mut self, block: Block) {
        self.blocks.push(block);
    }

    /// Adds a single line.
    pub fn line(&mut self, line: Line) {
        match self.blocks.last_mut() {
            Some(Block::Lines(lines)) => lines.push(line),
            _ => self.blocks.push(Block::Lines(vec![line])),
        }
    }

    /// Adds a sentence about the answer.
    pub fn remark(&mut self, text: impl Into<String>) {
        self.remarks.push(text.into());
    }

    /// The first rows and lines, with the headings above them; without remarks.
    #[must_use]
    pub fn beginning(&self, rows: usize) -> Self {
        let mut left = rows;
        let mut document = Self::default();
        for block in &self.blocks {
            let block = match block {
                _ if left == 0 => break,
                Block::Table(table) => {
                    let rows: Vec<TableRow> = table.rows.iter().take(left).cloned().collect();
                    left -= rows.len();
                    Block::Table(Table { rows, margin: table.margin, columns: table.columns.clone() })
                }
                Block::Lines(lines) => {
                    let lines: Vec<Line> = lines.iter().take(left).cloned().collect();
                    left -= lines.len();
                    Block::Lines(lines)
                }
                block => block.clone(),
            };
            document.push(block);
        }
        document
    }
}

//! The tags of notes as a tree, or as a list by use.

use std::borrow::Cow;

use crate::model::NotePath;
use crate::report::tags::TagReport;
use crate::report::tags::TagRow;
use crate::view::Document;
use crate::view::Paths;
use crate::view::Report;
use crate::view::Role;
use crate::view::Row;
use crate::view::document::Block;
use crate::view::document::Column;
use crate::view::document::Table;
use crate::view::document::TableRow;
use crate::view::screen::cell;
use crate::view::screen::plain;
use crate::view::words;

impl Report for TagReport {
    fn rows(&self) -> impl Iterator<Item = impl Row> {
        self.tags.iter()
    }

    fn show(&self, _: &dyn Paths) -> Document {
        let row = |row: &TagRow| {
            let (depth, name) = match row.tag.rsplit_once('/') {
                Some((above, name)) if !self.by_use => (above.matches('/').count() + 1, name),
                _ => (0, row.tag.as_str()),
            };
            TableRow {
                left: vec![cell(words::thousands(row.notes), Role::Muted)],
                main: vec![plain("  ".repeat(depth)), cell(format!("#{name}"), Role::Tag)],
                ..TableRow::default()
            }
        };
        let table =
            Table { columns: vec![Column::RIGHT], rows: self.tags.iter().map(row).collect(), ..Table::default() };
        Document { blocks: vec![Block::Table(table)], remarks: vec![words::count(self.tags.len(), "tag")] }
    }
}

impl Row for TagRow {
    fn path(&self) -> Option<&NotePath> {
        None
    }

    fn text(&self) -> Cow<'_, str> {
        Cow::Owned(format!("#{}", self.tag))
    }
}

//! The headings and label lines of a note as a tree.

use std::borrow::Cow;

use crate::model::NotePath;
use crate::model::SectionKind;
use crate::report::outline::Outline;
use crate::report::outline::OutlineRow;
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

impl Report for Outline {
    fn rows(&self) -> impl Iterator<Item = impl Row> {
        self.sections.iter()
    }

    fn show(&self, paths: &dyn Paths) -> Document {
        let row = |section: &OutlineRow| {
            let role = if section.kind == SectionKind::Heading { Role::Plain } else { Role::Muted };
            TableRow {
                left: vec![cell(section.line.to_string(), Role::Muted)],
                main: vec![plain("  ".repeat(section.depth)), cell(section.text.clone(), role)],
                ..TableRow::default()
            }
        };
        let rows = self.sections.iter().map(row).collect();
        let note = cell(paths.shown(&self.path), Role::Path).to_note(&self.path, 1);
        Document {
            blocks: vec![
                Block::Heading(vec![note]),
                Block::Table(Table { columns: vec![Column::RIGHT], rows, ..Table::default() }),
            ],
            remarks: vec![words::count(self.sections.len(), "section")],
        }
    }
}

impl Row for OutlineRow {
    fn path(&self) -> Option<&NotePath> {
        Some(&self.path)
    }

    fn text(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.text)
    }
}

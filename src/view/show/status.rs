//! What is indexed, and what is left out, with reasons.

use std::borrow::Cow;

use crate::model::NotePath;
use crate::report::status::IndexStatus;
use crate::report::status::LeftOut;
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

/// In columns; longer paths push their reasons to the right.
const PATH: usize = 48;

impl Report for IndexStatus {
    fn rows(&self) -> impl Iterator<Item = impl Row> {
        self.left_out.iter()
    }

    fn found(&self) -> bool {
        true
    }

    fn show(&self, _: &dyn Paths) -> Document {
        let size = match self.bytes {
            bytes if bytes < 1_000_000 => format!("{} kB", bytes / 1000),
            bytes => format!("{:.1} MB", bytes as f64 / 1e6),
        };
        let facts = [
            ("notes in", Some(self.notes_folder.to_string_lossy().into_owned())),
            ("settings", self.settings_file.as_ref().map(|path| path.to_string_lossy().into_owned())),
            ("index in", Some(self.index_folder.to_string_lossy().into_owned())),
            ("daily notes", self.daily_notes.clone()),
            ("notes", Some(words::thousands(self.notes))),
            ("size", Some(size)),
        ];
        let fact = |(name, value): (&str, Option<String>)| {
            Some(TableRow { left: vec![cell(name, Role::Muted), plain(value?)], ..TableRow::default() })
        };
        let facts = facts.into_iter().filter_map(fact).collect();
        let columns = vec![Column::LEFT, Column::LEFT];
        let mut document = Document::default();
        document.push(Block::Table(Table { columns, rows: facts, ..Table::default() }));
        if !self.left_out.is_empty() {
            document.push(Block::Gap);
            document.push(Block::Heading(vec![cell("left out", Role::Title)]));
            let row = |left_out: &LeftOut| TableRow {
                left: vec![cell(left_out.path.as_str(), Role::Path), cell(left_out.why.clone(), Role::Muted)],
                ..TableRow::default()
            };
            let columns = vec![Column::LEFT.most(PATH), Column::LEFT];
            document.push(Block::Table(Table { margin: 2, columns, rows: self.left_out.iter().map(row).collect() }));
        }
        document
    }
}

impl Row for LeftOut {
    fn path(&self) -> Option<&NotePath> {
        Some(&self.path)
    }

    fn text(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.why)
    }
}

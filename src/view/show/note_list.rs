//! A list of notes: path, title and date of each.

use std::borrow::Cow;

use crate::model::NotePath;
use crate::report::note::NoteRow;
use crate::report::note_list::NoteList;
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

/// In columns; longer paths push their titles to the right.
const PATH: usize = 44;

impl Report for NoteList {
    fn rows(&self) -> impl Iterator<Item = impl Row> {
        self.rows()
    }

    fn found(&self) -> bool {
        self.total > 0
    }

    fn show(&self, paths: &dyn Paths) -> Document {
        let rows = self.records().map(|record| {
            let date = record.parsed.note.date.map(|date| date.to_string());
            TableRow {
                left: vec![cell(paths.shown(&record.path), Role::Path).to_note(&record.path, 1)],
                main: vec![plain(record.parsed.note.title.clone())],
                right: vec![cell(date.unwrap_or_default(), Role::Date)],
                ..TableRow::default()
            }
        });
        let table = Table { columns: vec![Column::LEFT.most(PATH)], rows: rows.collect(), ..Table::default() };
        let shown = self.listed.len();
        let shown = if self.total > shown { format!(", {shown} shown") } else { String::new() };
        let remark = format!("{}{shown}", words::count(self.total, "note"));
        Document { blocks: vec![Block::Table(table)], remarks: vec![remark] }
    }
}

impl Row for NoteRow<'_> {
    fn path(&self) -> Option<&NotePath> {
        Some(self.path)
    }

    fn text(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.title)
    }
}

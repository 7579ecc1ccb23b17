//! The changes that can be undone, newest first.

use std::borrow::Cow;

use crate::model::NotePath;
use crate::report::undo_list::UndoItem;
use crate::report::undo_list::UndoList;
use crate::view::Document;
use crate::view::Paths;
use crate::view::Report;
use crate::view::Role;
use crate::view::Row;
use crate::view::screen::cell;
use crate::view::screen::plain;
use crate::view::words;

impl Report for UndoList {
    fn rows(&self) -> impl Iterator<Item = impl Row> {
        self.changes.iter()
    }

    fn show(&self, _: &dyn Paths) -> Document {
        let mut document = Document::default();
        for change in &self.changes {
            let remark = change.undone_by.map(|by| format!("  undone by {by}")).unwrap_or_default();
            document.line(vec![
                cell(format!("{:>4}", change.number), Role::Id),
                cell(format!("  {}  ", change.time), Role::Date),
                plain(format!("{}  ", change.command)),
                cell(format!("{}{remark}", words::count(change.paths.len(), "file")), Role::Muted),
            ]);
        }
        document
    }
}

impl Row for UndoItem {
    fn path(&self) -> Option<&NotePath> {
        self.paths.first()
    }

    fn text(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.command)
    }
}

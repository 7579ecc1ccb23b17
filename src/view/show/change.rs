//! The effect of a change on files. People see it as a diff, which is drawn from the files' bytes.

use std::borrow::Cow;

use crate::model::NotePath;
use crate::report::change::ChangeReport;
use crate::report::change::ChangedFile;
use crate::view::Document;
use crate::view::Paths;
use crate::view::Report;
use crate::view::Row;
use crate::view::screen::plain;
use crate::view::words;

impl Report for ChangeReport {
    fn rows(&self) -> impl Iterator<Item = impl Row> {
        self.files.iter()
    }

    fn show(&self, paths: &dyn Paths) -> Document {
        let mut document = Document::default();
        for file in &self.files {
            let edits = words::count(file.edits.len(), "edit");
            document.line(vec![plain(format!("{}: {edits}", paths.shown(&file.path)))]);
        }
        document
    }
}

impl Row for ChangedFile {
    fn path(&self) -> Option<&NotePath> {
        Some(&self.path)
    }

    fn text(&self) -> Cow<'_, str> {
        Cow::Borrowed("")
    }
}

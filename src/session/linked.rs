//! What has links besides notes: mdBook's table of contents, and Obsidian's canvases. They are no notes, and no list names them;
//! their links follow like those of notes, and `check` looks at them.

use std::sync::Arc;

use crate::disk;
use crate::disk::Stamp;
use crate::edit;
use crate::index::Record;
use crate::model::Note;
use crate::model::NotePath;
use crate::model::Parsed;
use crate::parse;
use crate::session::Error;
use crate::session::Notes;
use crate::session::Session;
use crate::session::surroundings::Surroundings;

impl Session {
    /// What has links besides the notes.
    pub(super) fn others_linked(&self, notes: &Notes, around: &Surroundings<'_>) -> Vec<Record> {
        let mut others = Vec::new();
        let is_canvas = |path: &&NotePath| edit::canvas::is_canvas(path);
        let summary = NotePath::from("SUMMARY.md");
        for path in around.attachments().iter().filter(is_canvas).chain([&summary]) {
            // what is linked from elsewhere is not written through
            if notes.at(path).is_none()
                && !self.notebook.path(path).is_symlink()
                && self.sees(path)
                && let Ok(text) = disk::read_any(&self.notebook, path)
            {
                let parsed = Parsed { note: read(path, &text.text, &self.parse_options()), ..Parsed::default() };
                let (path, hash) = (path.clone(), text.hash);
                others.push(Record {
                    path,
                    stamp: Stamp::default(),
                    hash,
                    kept: Vec::new(),
                    closed: Vec::new(),
                    parsed,
                });
            }
        }
        others
    }

    /// The notes, and what else has links, which follow too.
    pub(super) fn all_linked(&self, notes: &Arc<Notes>, around: &Surroundings<'_>) -> Arc<Notes> {
        let others = self.others_linked(notes, around);
        if others.is_empty() {
            return Arc::clone(notes);
        }
        let mut records = notes.records().to_vec();
        records.extend(others);
        records.sort_by(|one, other| one.path.cmp(&other.path));
        Arc::new(Notes::new(records, &[]))
    }

    /// A note's text, as it was when its facts were learnt.
    pub(super) fn unchanged(&self, record: &Record) -> Result<disk::Text, Error> {
        let text = disk::read_any(&self.notebook, &record.path)?;
        if text.hash == record.hash { Ok(text) } else { Err(Error::Changed { path: record.path.clone(), line: None }) }
    }
}

/// What is in a text: of a canvas its links alone.
pub(super) fn read(path: &NotePath, text: &str, options: &parse::Options) -> Note {
    if edit::canvas::is_canvas(path) {
        edit::canvas::read(text, options)
    } else {
        parse::parse(path, text, options).note
    }
}

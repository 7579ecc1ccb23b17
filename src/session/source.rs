//! The notes of a notebook as the index reads them: files, and the parser with the notebook's settings.

use std::io;

use xxhash_rust::xxh3::xxh3_64;

use crate::disk;
use crate::disk::Notebook;
use crate::disk::Walk;
use crate::disk::WalkOptions;
use crate::index::NoteSource;
use crate::index::Text;
use crate::model::NotePath;
use crate::model::Parsed;
use crate::parse;

/// The files of a notebook.
#[derive(Debug)]
pub(crate) struct NoteFiles {
    notebook: Notebook,
    options: parse::Options,
}

impl NoteFiles {
    pub(crate) fn new(notebook: &Notebook) -> Self {
        Self { notebook: notebook.clone(), options: parse_options(notebook) }
    }
}

impl NoteSource for NoteFiles {
    fn walk(&self) -> io::Result<Walk> {
        disk::walk(&self.notebook, WalkOptions::default())
    }

    fn read(&self, path: &NotePath) -> Result<Text, String> {
        match disk::read_walked(&self.notebook, path) {
            Ok(text) => Ok(Text { hash: text.hash, text: text.text }),
            Err(error) => Err(error.why.to_string()),
        }
    }

    fn parse(&self, path: &NotePath, text: &str) -> Parsed {
        parse::parse(path, text, &self.options)
    }

    fn fingerprint(&self) -> u64 {
        fingerprint(&self.notebook, &self.options)
    }

    fn language(&self) -> Option<&str> {
        self.notebook.settings.language.as_deref()
    }
}

/// The settings that shape how notes are parsed.
pub(crate) fn parse_options(notebook: &Notebook) -> parse::Options {
    parse::Options {
        statuses: notebook.settings.statuses.clone(),
        trackers: notebook.settings.tickets.clone(),
        global_filter: notebook.settings.global_filter.clone(),
        logseq: notebook.settings.logseq,
        daily_notes: disk::daily_notes(notebook),
        people: notebook.settings.people.clone(),
    }
}

/// Tells apart what must not be mixed in one index.
pub(crate) fn fingerprint(notebook: &Notebook, options: &parse::Options) -> u64 {
    let shape = format!("{}{options:?}{:?}", parse::VERSION, notebook.settings.language);
    xxh3_64(shape.as_bytes())
}

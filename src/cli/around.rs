//! What lies around the notes, looked up on the disk: what `check` and `links` need to know what a link leads to.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use crate::cli::error::Failure;
use crate::cli::facts::Facts;
use crate::disk;
use crate::disk::Notebook;
use crate::disk::Settings;
use crate::disk::Walk;
use crate::disk::WalkOptions;
use crate::index::Record;
use crate::model::NotePath;
use crate::report::check::Source;
use crate::report::destination;
use crate::report::destination::PathKind;

/// The disk around the notes of a notebook.
pub(crate) struct Around<'a> {
    notebook: &'a Notebook,
    records: BTreeMap<&'a NotePath, &'a Record>,
    walk: Walk,
    left_out: OnceCell<Vec<NotePath>>,
}

impl<'a> Around<'a> {
    pub(crate) fn look(notebook: &'a Notebook, facts: &'a Facts) -> Result<Self, Failure> {
        let walk = disk::walk(notebook, WalkOptions { attachments: true, left_out: true, ..WalkOptions::default() })?;
        let records = facts.records().iter().map(|record| (&record.path, record)).collect();
        Ok(Self { notebook, records, walk, left_out: OnceCell::new() })
    }

    /// Files that are no notes, sorted.
    pub(crate) fn attachments(&self) -> &[NotePath] {
        &self.walk.attachments
    }

    /// A note's text; `None` when it is not the one that was indexed.
    pub(crate) fn source(&self, path: &NotePath) -> Option<Source> {
        let record = self.records.get(path)?;
        let text = disk::read(self.notebook, path).ok().filter(|text| text.hash == record.hash)?;
        Some(Source { damaged: text.damaged, text: text.text })
    }

    /// Notes and files in a folder that is left out.
    fn inside(&self, folder: &NotePath) -> Vec<NotePath> {
        let root = self.notebook.path(folder);
        let settings = Settings::default();
        let part = Notebook { base: root.clone(), root, settings, settings_path: None, ..self.notebook.clone() };
        let walk = disk::walk(&part, WalkOptions { attachments: true, left_out: true, ..WalkOptions::default() })
            .unwrap_or_default();
        let notes = walk.files.into_iter().map(|file| file.path);
        let left_out = walk.left_out.into_iter().map(|skipped| skipped.path);
        notes
            .chain(walk.attachments)
            .chain(left_out)
            .map(|path| NotePath::from_escaped(format!("{}/{}", folder.as_str(), path.as_str())))
            .collect()
    }
}

impl destination::NotebookFiles for Around<'_> {
    fn kind(&self, path: &str) -> PathKind {
        let mut full = self.notebook.root.clone();
        for part in path.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    full.pop();
                }
                part => full.push(NotePath::from_escaped(part).to_os()),
            }
        }
        if !full.starts_with(&self.notebook.base) {
            return PathKind::OutsideNotebook;
        }
        match full.metadata() {
            Ok(meta) if meta.is_dir() => PathKind::Folder,
            Ok(_) => PathKind::File,
            Err(_) => PathKind::Nothing,
        }
    }

    fn left_out(&self) -> &[NotePath] {
        self.left_out.get_or_init(|| {
            let mut found: Vec<NotePath> = Vec::new();
            for skipped in &self.walk.left_out {
                // what is hidden is no place for notes: `.git`, `.obsidian`
                if skipped.path.file_name().starts_with('.') || !self.notebook.path(&skipped.path).is_dir() {
                    found.push(skipped.path.clone());
                } else {
                    found.extend(self.inside(&skipped.path));
                }
            }
            found.extend(self.walk.skipped.iter().map(|skipped| skipped.path.clone()));
            // notes that could not be read
            let set_aside = self.walk.files.iter().filter(|file| !self.records.contains_key(&file.path));
            found.extend(set_aside.map(|file| file.path.clone()));
            found
        })
    }

    fn unreadable(&self) -> Vec<(NotePath, String)> {
        self.walk.skipped.iter().map(|skipped| (skipped.path.clone(), skipped.why.clone())).collect()
    }
}

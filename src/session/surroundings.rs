//! The files around the notes, looked up on the disk: what a link may lead to besides notes.

use std::cell::OnceCell;

use crate::disk;
use crate::disk::Notebook;
use crate::disk::Settings;
use crate::disk::Walk;
use crate::disk::WalkOptions;
use crate::model::NotePath;
use crate::report::check::Source;
use crate::report::destination;
use crate::report::destination::PathKind;
use crate::session::Error;
use crate::session::Notes;
use crate::session::Session;

/// The files around the notes of a notebook.
pub(super) struct Surroundings<'a> {
    notebook: &'a Notebook,
    notes: &'a Notes,
    walk: Walk,
    left_out: OnceCell<Vec<NotePath>>,
    has_symlinks: OnceCell<bool>,
}

impl Session {
    /// Looks for the files around loaded notes.
    pub(super) fn surroundings<'a>(&'a self, notes: &'a Notes) -> Result<Surroundings<'a>, Error> {
        let options = WalkOptions { attachments: true, left_out: true, ..WalkOptions::default() };
        let walk = disk::walk(&self.notebook, options).map_err(Error::Walk)?;
        Ok(Surroundings {
            notebook: &self.notebook,
            notes,
            walk,
            left_out: OnceCell::new(),
            has_symlinks: OnceCell::new(),
        })
    }
}

impl Surroundings<'_> {
    /// Files that are no notes, sorted.
    pub(super) fn attachments(&self) -> &[NotePath] {
        &self.walk.attachments
    }

    /// True for a path in a folder that is left out, or that is left out itself.
    pub(super) fn is_left_out(&self, path: &NotePath) -> bool {
        let below = |folder: &NotePath| {
            path.as_str().strip_prefix(folder.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        self.walk.left_out.iter().any(|skipped| below(&skipped.path))
    }

    /// A note's text; `None` if it has changed since it was indexed.
    pub(super) fn source(&self, path: &NotePath) -> Option<Source> {
        let record = self.notes.at(path)?;
        let text = disk::read_walked(self.notebook, path).ok().filter(|text| text.hash == record.hash)?;
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

impl destination::NotebookFiles for Surroundings<'_> {
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

    fn has_symlinks(&self) -> bool {
        *self.has_symlinks.get_or_init(|| disk::has_symlinks(self.notebook))
    }

    fn real(&self, path: &str) -> Option<String> {
        if path.starts_with("..") || !self.has_symlinks() {
            return None;
        }
        let full = self.notebook.path(&NotePath::from_escaped(path));
        let (above, real) = full.ancestors().find_map(|above| Some((above, above.canonicalize().ok()?)))?;
        let real = real.join(full.strip_prefix(above).ok()?);
        let root = self.notebook.root.canonicalize().ok()?;
        let real = NotePath::from_os(real.strip_prefix(root).ok()?.as_os_str());
        (real.as_str() != path).then(|| real.as_str().to_owned())
    }

    fn left_out(&self) -> &[NotePath] {
        self.left_out.get_or_init(|| {
            let mut found: Vec<NotePath> = Vec::new();
            for skipped in &self.walk.left_out {
                // hidden folders hold no notes: `.git`, `.obsidian`
                if skipped.path.file_name().starts_with('.') || !self.notebook.path(&skipped.path).is_dir() {
                    found.push(skipped.path.clone());
                } else {
                    found.extend(self.inside(&skipped.path));
                }
            }
            found.extend(self.walk.skipped.iter().map(|skipped| skipped.path.clone()));
            // notes that could not be read
            let unread = self.walk.files.iter().filter(|file| self.notes.at(&file.path).is_none());
            found.extend(unread.map(|file| file.path.clone()));
            found
        })
    }

    fn unreadable(&self) -> Vec<(NotePath, String)> {
        self.walk.skipped.iter().map(|skipped| (skipped.path.clone(), skipped.why.clone())).collect()
    }
}

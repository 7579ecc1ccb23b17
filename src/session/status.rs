//! What is indexed, and what is not.

use std::fs;
use std::io;

use crate::disk;
use crate::disk::Skipped;
use crate::disk::WalkOptions;
use crate::index;
use crate::report::status::IndexStatus;
use crate::report::status::LeftOut;
use crate::session::Error;
use crate::session::Session;

impl Session {
    /// What is indexed, and what is left out and why.
    ///
    /// # Errors
    ///
    /// As [`Session::refresh`]; [`Error::Walk`] when the notes cannot be listed.
    pub fn status(&self) -> Result<IndexStatus, Error> {
        let walk = disk::walk(&self.notebook, WalkOptions { left_out: true, ..WalkOptions::default() })
            .map_err(Error::Walk)?;
        let skipped = walk.skipped.into_iter().chain(walk.left_out).map(|Skipped { path, why }| LeftOut { path, why });
        let unreadable = self.stats()?.unreadable.iter();
        let unreadable = unreadable.map(|(path, why)| LeftOut { path: path.clone(), why: why.clone() });
        let mut left_out: Vec<LeftOut> = skipped.chain(unreadable).collect();
        left_out.sort();
        Ok(IndexStatus {
            notes_folder: self.notebook.root.clone(),
            settings_file: self.notebook.settings_path.clone(),
            index_folder: self.cache_folder(),
            daily_notes: disk::daily_notes(&self.notebook).map(|names| {
                let folder = if names.folder.is_empty() { String::new() } else { format!("{}/", names.folder) };
                format!("{folder}{}, as {} has it", names.pattern, disk::daily_notes::who(&self.notebook))
            }),
            notes: self.note_count()?,
            bytes: index::size(&self.cache_folder()),
            left_out,
        })
    }

    /// Deletes the index. The next session builds it again.
    ///
    /// # Errors
    ///
    /// [`Error::Cache`] when its folder cannot be removed.
    pub fn delete_index(self) -> Result<(), Error> {
        let path = self.cache_folder();
        match fs::remove_dir_all(&path) {
            Err(source) if source.kind() != io::ErrorKind::NotFound => Err(Error::Cache { path, source }),
            _ => Ok(()),
        }
    }
}

//! The undo log: what was changed, and taking it back.

use crate::disk;
use crate::report::undo_list::UndoItem;
use crate::report::undo_list::UndoList;
use crate::session::Error;
use crate::session::Session;

impl Session {
    /// Undoes a change: the one with this number, else the last one not yet undone.
    ///
    /// # Errors
    ///
    /// [`Error::Undo`] if there is nothing to undo, or the same places have changed since.
    pub fn undo(&mut self, number: Option<u64>, dry_run: bool) -> Result<disk::Undone, Error> {
        let command = number.map_or_else(|| "undo".to_owned(), |number| format!("undo {number}"));
        let undone = disk::undo(&self.writer(&command, dry_run), number)?;
        if !dry_run {
            self.forget(undone.files.iter().map(|file| &file.path))?;
        }
        Ok(undone)
    }

    /// Takes back a change of several files that was cut off, since its process was killed; asked before anything else, it makes
    /// every change whole. `None` where there is none.
    ///
    /// # Errors
    ///
    /// [`Error::Undo`] where it cannot be taken back; it is not tried again.
    pub fn recover(&mut self) -> Result<Option<disk::Undone>, Error> {
        let undone = disk::recover(&self.writer("recover", false))?;
        if let Some(undone) = &undone {
            self.forget(undone.files.iter().map(|file| &file.path))?;
        }
        Ok(undone)
    }

    /// The changes in this notebook's undo log, newest first.
    ///
    /// # Errors
    ///
    /// [`Error::Log`] when the log cannot be read.
    pub fn changes(&self) -> Result<UndoList, Error> {
        let log = disk::Log::new(&self.folders.state, &self.notebook);
        let changes = log.list().map_err(|source| Error::Log { path: log.path(), source })?;
        let item = |change: &disk::log::Change| UndoItem {
            number: change.number,
            time: change.time.clone(),
            command: change.command.clone(),
            paths: change.files.iter().map(|file| file.path.clone()).collect(),
            undoes: change.undoes,
            undone_by: changes.iter().find(|other| other.undoes == Some(change.number)).map(|other| other.number),
        };
        Ok(UndoList { changes: changes.iter().rev().map(item).collect() })
    }
}

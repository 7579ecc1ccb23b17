//! The facts of a notebook's notes, for `build`.

use std::sync::Arc;

use crate::cli::error::Failure;
use crate::index::Library;
use crate::index::Record;
use crate::index::Select;
use crate::report::resolve::NoteRef;

/// Notes with their facts, sorted by path.
pub(crate) struct Facts {
    records: Vec<Record>,
}

impl Facts {
    /// Loads the notes that `select` names.
    pub(crate) fn load(library: &Library, select: Select) -> Result<Self, Failure> {
        Ok(Self { records: library.notes(select)? })
    }

    pub(crate) fn records(&self) -> &[Record] {
        &self.records
    }

    /// Path and note of each record.
    pub(crate) fn notes(&self) -> Arc<[NoteRef<'_>]> {
        self.records.iter().map(|record| (&record.path, &record.parsed.note)).collect()
    }
}

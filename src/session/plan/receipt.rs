//! What a change did.

use crate::disk::commit::Changed;
use crate::edit::Splice;
use crate::model::Edit;
use crate::report::change::ChangeReport;
use crate::report::change::ChangedFile;

/// What a change did, or what it would do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Receipt {
    /// For [`crate::session::Session::undo`]; `None` when nothing was written.
    pub undo: Option<u64>,
    /// The files that changed, with their bytes before and after.
    pub files: Vec<Changed>,
}

impl Receipt {
    /// The same as rows for scripts.
    #[must_use]
    pub fn report(&self) -> ChangeReport {
        let edit = |splice: &Splice| Edit {
            start: splice.start,
            end: splice.end,
            text: String::from_utf8_lossy(&splice.bytes).into_owned(),
        };
        let file = |file: &Changed| ChangedFile {
            path: file.path.clone(),
            to: file.to.clone(),
            edits: file.splices.iter().map(edit).collect(),
            bytes_before: file.before.as_ref().map(Vec::len),
            bytes_after: file.after.as_ref().map(Vec::len),
            applied: self.undo.is_some(),
            undo: self.undo,
            mentions: None,
        };
        ChangeReport { files: self.files.iter().map(file).collect() }
    }
}

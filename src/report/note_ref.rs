//! A note and its path.

use crate::model::Note;
use crate::model::NotePath;

/// A note and its path.
pub type NoteRef<'a> = (&'a NotePath, &'a Note);

//! A note and where it is.

use crate::model::Note;
use crate::model::NotePath;

/// A note and where it is.
pub type NoteRef<'a> = (&'a NotePath, &'a Note);

//! The inputs of a sync.

use std::path::Path;

use crate::index::source::NoteSource;

/// Number of notes up to which a sync is quick: one thread does it, and other processes wait only briefly.
pub(crate) const SMALL: usize = 500;

/// Called with the number of notes done, and of all to do.
pub(crate) type Progress<'a> = &'a mut dyn FnMut(usize, usize);

/// The inputs of a sync.
#[derive(Clone, Copy)]
pub(crate) struct Job<'a> {
    /// The folder of this notebook's indexes.
    pub(crate) cache: &'a Path,
    pub(crate) source: &'a dyn NoteSource,
    /// Nanoseconds since 1970, taken before the walk.
    pub(crate) now_ns: i64,
}

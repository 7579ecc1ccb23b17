//! What a sync works with.

use std::path::Path;

use crate::index::source::NoteSource;

/// A sync of up to this many notes is quick: one thread does it, and other processes wait only briefly.
pub(crate) const SMALL: usize = 500;

/// Called with how many notes are done, and how many there are to do.
pub(crate) type Progress<'a> = &'a mut dyn FnMut(usize, usize);

/// What a sync works with.
#[derive(Clone, Copy)]
pub(crate) struct Job<'a> {
    /// The folder of this notebook's indexes.
    pub(crate) cache: &'a Path,
    pub(crate) source: &'a dyn NoteSource,
    /// Nanoseconds since 1970, taken before the walk.
    pub(crate) now_ns: i64,
}

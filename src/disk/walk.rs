//! Which files are notes: the stat walk that every command begins with.

use crate::model::NotePath;

/// What tells a file that changed from one that did not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stamp {
    /// Nanoseconds since 1970.
    pub mtime: i64,
    /// Nanoseconds since 1970; 0 where the system has none.
    pub ctime: i64,
    /// Bytes.
    pub size: u64,
    /// 0 where the system has none.
    pub inode: u64,
}

/// A note's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileEntry {
    /// From the notes folder.
    pub path: NotePath,
    /// As the walk saw it.
    pub stamp: Stamp,
}

/// Something that was left out, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// From the notes folder.
    pub path: NotePath,
    /// For a person, in a few words: `a FIFO, not a regular file`.
    pub why: String,
}

/// What a walk found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Walk {
    /// Sorted by path (the bytes of [`NotePath::as_str`]).
    pub files: Vec<FileEntry>,
    /// Sorted by path.
    pub skipped: Vec<Skipped>,
}

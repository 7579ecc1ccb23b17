//! What a site gives: files, and what is wrong with it or with its notes.

use crate::model::NotePath;

/// A file of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Output {
    /// To be written. `key` is zero where it cannot be told beforehand whether it would be the same again.
    File {
        /// From the site's top.
        address: String,
        /// Of everything that the file was made from.
        key: u64,
        /// All of it.
        bytes: Vec<u8>,
    },
    /// Still as it was made from the same.
    Same {
        /// From the site's top.
        address: String,
        /// As before.
        key: u64,
    },
    /// To be copied from the notes folder.
    Copy {
        /// From the site's top.
        address: String,
        /// An attachment.
        from: NotePath,
    },
}

/// What is wrong with a template, in words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Error(pub String);

/// Something wrong with a published note that `--strict` does not let pass.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The note.
    pub path: NotePath,
    /// 1-based.
    pub line: usize,
    /// One line, for a person.
    pub message: String,
}

/// Makes a file's bytes; on failure, what is wrong with a template.
pub(crate) type Make<'m> = &'m dyn Fn() -> Result<Vec<u8>, Error>;

/// Takes an address and what makes the file there, which need not be called.
pub(crate) type Sink<'s, E> = &'s mut dyn FnMut(&str, Make<'_>) -> Result<(), E>;

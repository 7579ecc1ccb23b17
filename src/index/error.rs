//! Errors of the index.

use std::fmt;

/// An error that even a new index in memory could not avoid.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the notes cannot be indexed: {0}")]
pub struct Error(String);

impl Error {
    pub(crate) fn new(cause: impl fmt::Display) -> Self {
        Self(cause.to_string())
    }
}

impl From<tantivy::TantivyError> for Error {
    fn from(error: tantivy::TantivyError) -> Self {
        Self::new(error)
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        Self::new(error)
    }
}

impl From<tantivy::directory::error::OpenReadError> for Error {
    fn from(error: tantivy::directory::error::OpenReadError) -> Self {
        Self::new(error)
    }
}

impl From<postcard::Error> for Error {
    fn from(error: postcard::Error) -> Self {
        Self::new(error)
    }
}

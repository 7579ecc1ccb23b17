//! Types that the readers of CSV and JSON share.

use thiserror::Error;

/// Why an export is refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{message}")]
pub struct ExportError {
    /// 1-based.
    pub line: usize,
    /// What is wrong there.
    pub message: String,
}

impl ExportError {
    pub(super) fn new(line: usize, message: impl Into<String>) -> Self {
        Self { line, message: message.into() }
    }
}

/// The raw fields of a ticket.
#[derive(Debug, Default)]
pub(super) struct Fields {
    pub(super) key: Option<String>,
    pub(super) number: Option<String>,
    pub(super) url: Option<String>,
    pub(super) title: Option<String>,
    pub(super) status: Option<String>,
}

/// The 1-based line of a byte.
pub(super) fn line_of(text: &str, at: usize) -> usize {
    1 + text.get(..at).unwrap_or(text).matches('\n').count()
}

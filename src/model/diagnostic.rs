//! A diagnostic: what is wrong at a place in a note, how severe it is, and how to fix it.

use serde::Deserialize;
use serde::Serialize;

use crate::model::Span;

/// How severe a diagnostic is. Settings can change it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Probably a mistake.
    Warning,
    /// Something does not work.
    Error,
}

/// A replacement of the bytes `start..end` of a file by `text`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// First byte replaced.
    pub start: usize,
    /// One past the last byte replaced; equal to `start` for an insertion.
    pub end: usize,
    /// The new text.
    pub text: String,
}

/// A safe fix for a diagnostic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fix {
    /// What it does, in the imperative, on one line.
    pub description: String,
    /// Not overlapping, in the order of the file; byte offsets in the text that was parsed.
    pub edits: Vec<Edit>,
}

/// A problem at a place in a note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Stable, kebab-case: `check --explain CODE` explains it.
    pub code: String,
    /// Before settings change it.
    pub severity: Severity,
    /// The bytes it is about.
    pub span: Span,
    /// 1-based.
    pub line: usize,
    /// 1-based, in Unicode scalar values.
    pub column: usize,
    /// One line, for a person.
    pub message: String,
    /// Present if there is a safe fix.
    pub fix: Option<Fix>,
}

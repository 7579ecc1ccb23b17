//! Mistakes in a settings file, and how they are shown.

use std::fmt;
use std::path::PathBuf;

/// A mistake in a settings file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// 1-based.
    pub line: usize,
    /// 1-based, in Unicode scalar values.
    pub column: usize,
    /// One line, for a person.
    pub message: String,
    /// The source line without its end; control characters become spaces, cut after 200 characters.
    pub source: String,
    /// Length of the marked part in characters, at least 1.
    pub width: usize,
}

/// The mistakes in a settings file, in the order of the file; never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingsError {
    /// The settings file.
    pub path: PathBuf,
    /// The mistakes.
    pub problems: Vec<Problem>,
}

impl std::error::Error for SettingsError {}

impl fmt::Display for SettingsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.problems.iter().enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            let Problem { line, column, message, source, width } = problem;
            writeln!(f, "{}:{line}:{column}: {message}", self.path.display())?;
            let gutter = line.to_string().len();
            writeln!(f, "  {line} | {source}")?;
            let (blank, indent) = ("", column.saturating_sub(1));
            write!(f, "  {blank:gutter$} | {blank:indent$}{blank:^>width$}")?;
        }
        Ok(())
    }
}

//! A finding of `check`.

use serde::Serialize;

use crate::model::Fix;
use crate::model::NotePath;
use crate::model::Severity;
use crate::report::check::codes;

/// A finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The note.
    pub path: NotePath,
    /// 1-based.
    pub line: usize,
    /// 1-based, in Unicode scalar values.
    pub column: usize,
    /// One of [`codes::CODES`].
    pub code: &'static str,
    /// The severity after settings.
    pub severity: Severity,
    /// One line, for a person.
    pub message: String,
    /// Present if there is a safe fix; byte offsets of the decoded text.
    #[serde(skip)]
    pub fix: Option<Fix>,
    /// The same in bytes of the file, for scripts; see `Session::locate_fixes`.
    #[serde(rename = "fix")]
    pub fix_in_file: Option<Fix>,
}

impl Finding {
    /// True if `--fix` applies its fix; `named` are the requested codes.
    #[must_use]
    pub fn is_fixable(&self, named: &[String]) -> bool {
        let by_name = codes::find(self.code).is_some_and(|code| code.fix_by_name);
        self.fix.is_some() && (!by_name || named.iter().any(|name| name == self.code))
    }
}

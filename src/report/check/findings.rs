//! Collects findings.

use std::collections::BTreeMap;

use crate::model::Diagnostic;
use crate::model::Fix;
use crate::model::Lines;
use crate::model::NotePath;
use crate::model::Severity;
use crate::report::check::codes;
use crate::report::check::codes::Code;
use crate::report::check::finding::Finding;

/// Collected findings, with severities from the settings.
pub(super) struct Findings<'a> {
    pub(super) severities: &'a BTreeMap<String, Option<Severity>>,
    pub(super) findings: Vec<Finding>,
}

impl Findings<'_> {
    /// The severity of a code; `None` if it is turned off.
    fn severity(&self, code: &str, own: Severity) -> Option<Severity> {
        self.severities.get(code).copied().unwrap_or(Some(own))
    }

    /// Adds a diagnostic of the parser.
    pub(super) fn parsed(&mut self, path: &NotePath, diagnostic: &Diagnostic) {
        let Some(code) = codes::find(&diagnostic.code) else { return };
        let Some(severity) = self.severity(code.code, diagnostic.severity) else { return };
        self.findings.push(Finding {
            path: path.clone(),
            line: diagnostic.line,
            column: diagnostic.column,
            code: code.code,
            severity,
            message: diagnostic.message.clone(),
            fix: diagnostic.fix.clone(),
            fix_in_file: None,
        });
    }

    pub(super) fn add(&mut self, path: &NotePath, at: (usize, usize), code: &str, message: String, fix: Option<Fix>) {
        let Some(&Code { code, severity, .. }) = codes::find(code) else { return };
        let Some(severity) = self.severity(code, severity) else { return };
        let (line, column) = at;
        self.findings.push(Finding {
            path: path.clone(),
            line,
            column,
            code,
            severity,
            message,
            fix,
            fix_in_file: None,
        });
    }
}

/// Collects the findings of one note.
pub(super) struct NoteFindings<'a, 'f> {
    pub(super) path: &'a NotePath,
    pub(super) text: &'a str,
    pub(super) lines: Lines,
    pub(super) findings: &'a mut Findings<'f>,
}

impl NoteFindings<'_, '_> {
    pub(super) fn add(&mut self, code: &str, start: usize, message: String, fix: Option<Fix>) {
        let at = self.lines.line_column(self.text, start);
        self.findings.add(self.path, at, code, message, fix);
    }
}

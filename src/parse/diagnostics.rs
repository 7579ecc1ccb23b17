//! Collects the diagnostics of one note.

use crate::model::Diagnostic;
use crate::model::Fix;
use crate::model::Lines;
use crate::model::Severity;
use crate::model::Span;

/// Collects diagnostics of one note.
pub(crate) struct Diagnostics<'a> {
    text: &'a str,
    lines: &'a Lines,
    found: Vec<Diagnostic>,
}

/// Upper bound on diagnostics per note; further ones are dropped.
const LIMIT: usize = 1_000;

impl<'a> Diagnostics<'a> {
    pub(crate) fn new(text: &'a str, lines: &'a Lines) -> Self {
        Self { text, lines, found: Vec::new() }
    }

    pub(crate) fn add(&mut self, code: &str, severity: Severity, span: Span, message: String) {
        self.with_fix(code, severity, span, message, None);
    }

    pub(crate) fn with_fix(&mut self, code: &str, severity: Severity, span: Span, message: String, fix: Option<Fix>) {
        let (line, column) = self.lines.line_column(self.text, span.start);
        self.push(Diagnostic { code: code.to_owned(), severity, span, line, column, message, fix });
    }

    pub(crate) fn at(
        &mut self,
        code: &str,
        severity: Severity,
        span: Span,
        line: usize,
        column: usize,
        message: String,
    ) {
        self.push(Diagnostic { code: code.to_owned(), severity, span, line, column, message, fix: None });
    }

    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        if self.found.len() < LIMIT {
            self.found.push(diagnostic);
        }
    }

    /// How many there are so far.
    pub(crate) const fn count(&self) -> usize {
        self.found.len()
    }

    pub(crate) fn has(&self, code: &str) -> bool {
        self.found.iter().any(|diagnostic| diagnostic.code == code)
    }

    pub(crate) fn finish(mut self) -> Vec<Diagnostic> {
        self.found.sort_by(|a, b| (a.span.start, &a.code).cmp(&(b.span.start, &b.code)));
        self.found
    }
}

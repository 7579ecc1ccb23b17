//! The report of findings: those requested, and how many were left out.

use serde::Serialize;

use crate::model::Severity;
use crate::report::check::codes::Code;
use crate::report::check::finding::Finding;

/// Findings, sorted by path and line.
#[derive(Debug, Clone, Serialize)]
pub struct CheckReport {
    /// The requested ones.
    pub findings: Vec<Finding>,
    /// The number of findings below the requested severity.
    pub lesser: usize,
    /// The requested codes; empty for all.
    pub codes: Vec<String>,
}

impl CheckReport {
    /// Selects findings of these codes (all if empty) from a severity up.
    #[must_use]
    pub fn new(findings: Vec<Finding>, codes: Vec<String>, least: Severity) -> Self {
        let named = |finding: &Finding| codes.is_empty() || codes.iter().any(|code| code == finding.code);
        // a code named explicitly is shown whatever its severity
        let least = if codes.is_empty() { least } else { Severity::Info };
        let asked = findings.into_iter().filter(named);
        let (findings, lesser): (Vec<Finding>, Vec<Finding>) = asked.partition(|finding| finding.severity >= least);
        Self { findings, lesser: lesser.len(), codes }
    }

    /// The number of findings that `--fix` fixes.
    #[must_use]
    pub fn fixable(&self) -> usize {
        self.findings.iter().filter(|finding| finding.is_fixable(&self.codes)).count()
    }
}

/// Codes with their explanations.
#[derive(Debug, Clone, Serialize)]
pub struct CodeReport {
    /// The codes.
    pub codes: Vec<&'static Code>,
    /// Whether one is explained, or all are listed.
    pub explain: bool,
}

//! What is broken or was probably not meant.

use crate::disk;
use crate::index::Select;
use crate::model::Edit;
use crate::model::Fix;
use crate::model::Severity;
use crate::query::Query;
use crate::report::check;
use crate::report::check::Finding;
use crate::report::check::report::CheckReport;
use crate::report::graph::Graph;
use crate::session::Error;
use crate::session::Session;

/// Which findings are asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckRequest {
    /// In which notes.
    pub query: Query,
    /// Only these codes, whatever their weight; empty for all.
    pub codes: Vec<String>,
    /// The least weight.
    pub least: Severity,
}

impl Session {
    /// Checks notes.
    ///
    /// # Errors
    ///
    /// As [`Session::refresh`].
    pub fn check(&self, request: &CheckRequest) -> Result<CheckReport, Error> {
        let notes = self.notes(Select::All, &Query::default())?;
        let matcher = self.matcher(&notes);
        let records = notes.records().iter().enumerate();
        let chosen = records.filter(|(_, record)| matcher.note(&request.query, record));
        let chosen: Vec<usize> = chosen.map(|(index, _)| index).collect();
        let surroundings = self.surroundings(&notes)?;
        let graph = Graph::new(notes.refs(), surroundings.attachments());
        let diagnostics: Vec<_> = notes.records().iter().map(|record| record.parsed.diagnostics.as_slice()).collect();
        let findings = check::check(&check::Input {
            graph: &graph,
            diagnostics: &diagnostics,
            chosen: &chosen,
            source: &|path| surroundings.source(path),
            around: &surroundings,
            severities: &self.notebook.settings.check,
        });
        let mut report = CheckReport::new(findings, request.codes.clone(), request.least);
        for finding in &mut report.findings {
            finding.fix_in_file = self.in_file(finding);
        }
        Ok(report)
    }

    /// A finding's fix in bytes of the file, whatever its encoding.
    fn in_file(&self, finding: &Finding) -> Option<Fix> {
        let fix = finding.fix.as_ref()?;
        let text = disk::read(&self.notebook, &finding.path).ok()?;
        let place = |edit: &Edit| {
            let (start, end) = (text.byte_offset(edit.start)?, text.byte_offset(edit.end)?);
            Some(Edit { start, end, text: edit.text.clone() })
        };
        let edits = fix.edits.iter().map(place).collect::<Option<Vec<Edit>>>()?;
        Some(Fix { description: fix.description.clone(), edits })
    }
}

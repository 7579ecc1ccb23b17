//! What is broken or was probably not meant.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::disk;
use crate::edit;
use crate::index::Select;
use crate::model::Edit;
use crate::model::Fix;
use crate::model::Link;
use crate::model::NotePath;
use crate::model::Severity;
use crate::query::Query;
use crate::report::check;
use crate::report::check::report::CheckReport;
use crate::report::graph::Graph;
use crate::report::note_ref::NoteRef;
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
    /// Checks notes. [`Session::locate_fixes`] adds what scripts want to know about fixes.
    ///
    /// # Errors
    ///
    /// As [`Session::refresh`].
    pub fn check(&self, request: &CheckRequest) -> Result<CheckReport, Error> {
        let notes = self.notes(Select::Findings, &request.query)?;
        let matcher = self.matcher(&notes);
        let records = notes.records().iter().enumerate();
        let chosen = records.filter(|(_, record)| matcher.note(&request.query, record));
        let chosen: Vec<usize> = chosen.map(|(index, _)| index).collect();
        let surroundings = self.surroundings(&notes)?;
        let graph = Graph::new(notes.refs(), surroundings.attachments());
        let diagnostics: Vec<_> = notes.records().iter().map(|record| record.parsed.diagnostics.as_slice()).collect();
        let library = self.library()?;
        let seen = check::Seen {
            renames: library.renames().into_iter().map(|rename| (rename.from, rename.to)).collect(),
            vanished: library.vanished().into_iter().map(|one| (one.path, one.later)).collect(),
        };
        let input = check::CheckInput {
            graph: &graph,
            diagnostics: &diagnostics,
            chosen: &chosen,
            source: &|path| surroundings.source(path),
            around: &surroundings,
            trackers: &self.notebook.settings.tickets,
            severities: &self.notebook.settings.check,
            seen: &seen,
            rewrite: &edit::link::with_path,
        };
        let mut findings = check::check(&input);
        let mut others = self.others_linked(&notes, &surroundings);
        others.retain(|record| matcher.note(&request.query, record));
        if !others.is_empty() {
            let mut refs: Vec<NoteRef<'_>> = notes.refs().to_vec();
            refs.extend(others.iter().map(|record| (&record.path, &record.parsed.note)));
            refs.sort_by_key(|(path, _)| *path);
            let refs: Arc<[NoteRef<'_>]> = refs.into();
            let is_other = |path: &&NotePath| others.iter().all(|other| other.path != **path);
            let attachments: Vec<NotePath> = surroundings.attachments().iter().filter(is_other).cloned().collect();
            let graph = Graph::new(Arc::clone(&refs), &attachments);
            let source = |path: &NotePath| {
                let text = self.unchanged(others.iter().find(|record| record.path == *path)?).ok()?;
                Some(check::Source { damaged: text.damaged, text: text.text })
            };
            let on_canvas = |text: &str, link: &Link, path: &str, _: bool| edit::canvas::with_path(text, link, path);
            let rewrites: [(bool, &check::Rewrite); 2] = [(true, &on_canvas), (false, input.rewrite)];
            for (is_canvas, rewrite) in rewrites {
                let places = others.iter().filter(|record| edit::canvas::is_canvas(&record.path) == is_canvas);
                let chosen: Vec<usize> = places
                    .filter_map(|record| refs.binary_search_by_key(&&record.path, |(path, _)| path).ok())
                    .collect();
                let others = check::CheckInput { graph: &graph, chosen: &chosen, source: &source, rewrite, ..input };
                findings.extend(check::moved_links(&others));
            }
            findings.sort_by(|a, b| (&a.path, a.line, a.column, a.code).cmp(&(&b.path, b.line, b.column, b.code)));
        }
        Ok(CheckReport::new(findings, request.codes.clone(), request.least))
    }

    /// Gives each fix its places in bytes of the file, whatever its encoding. Reads each note with a fix once.
    pub fn locate_fixes(&self, report: &mut CheckReport) {
        let mut texts: BTreeMap<NotePath, Option<disk::Text>> = BTreeMap::new();
        for finding in &mut report.findings {
            let Some(fix) = &finding.fix else { continue };
            let read = || disk::read_any(&self.notebook, &finding.path).ok();
            let text = texts.entry(finding.path.clone()).or_insert_with(read);
            finding.fix_in_file = text.as_ref().and_then(|text| in_file(fix, text));
        }
    }
}

fn in_file(fix: &Fix, text: &disk::Text) -> Option<Fix> {
    let edit = |edit: &Edit| {
        let (start, end) = (text.byte_offset(edit.start)?, text.byte_offset(edit.end)?);
        Some(Edit { start, end, text: edit.text.clone() })
    };
    let edits = fix.edits.iter().map(edit).collect::<Option<Vec<Edit>>>()?;
    Some(Fix { description: fix.description.clone(), edits })
}

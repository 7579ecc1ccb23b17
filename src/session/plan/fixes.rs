//! The fixes of findings.

use std::collections::BTreeMap;

use crate::disk::FileChange;
use crate::index::Select;
use crate::model::Edit;
use crate::model::Fix;
use crate::model::NotePath;
use crate::model::Severity;
use crate::query::Query;
use crate::session::CheckRequest;
use crate::session::Error;
use crate::session::Session;
use crate::session::plan::Plan;
use crate::session::plan::Step;

impl Session {
    /// Plans the fixes of findings. Fixes that overlap are left for the next run.
    pub(super) fn plan_fixes(&self, request: &CheckRequest) -> Result<Plan, Error> {
        let report = self.check(request)?;
        let notes = self.notes(Select::All, &Query::default())?;
        let others = self.others_linked(&notes, &self.surroundings(&notes)?);
        let mut by_note: BTreeMap<&NotePath, Vec<&Fix>> = BTreeMap::new();
        for finding in report.findings.iter().filter(|finding| finding.is_fixable(&report.codes)) {
            by_note.entry(&finding.path).or_default().extend(&finding.fix);
        }
        let mut files = Vec::new();
        let (mut fixed, mut waiting) = (0, 0);
        for (path, mut fixes) in by_note {
            let text = match others.iter().find(|record| record.path == *path) {
                Some(other) => self.unchanged(other)?,
                None => self.text(path)?,
            };
            let is_known = |hash| notes.at(path).is_some_and(|record| record.hash == hash);
            if others.iter().all(|other| other.path != *path) && !is_known(text.hash) {
                return Err(Error::Changed { path: path.clone(), line: None });
            }
            fixes.sort_by_key(|fix| fix.edits.iter().map(|edit| edit.start).min());
            let mut edits: Vec<Edit> = Vec::new();
            for fix in fixes {
                // several links may have one definition
                if fix.edits.iter().all(|edit| edits.contains(edit)) {
                    fixed += 1;
                    continue;
                }
                let end = edits.last().map_or(0, |edit| edit.end);
                // an insertion right behind another would depend on the order of the two
                if fix.edits.iter().all(|edit| edit.start > end || (end == 0 && edits.is_empty())) {
                    edits.extend(fix.edits.iter().cloned());
                    fixed += 1;
                } else {
                    waiting += 1;
                }
            }
            files.push(FileChange::edit(path.clone(), text, edits));
        }
        let is_bad = |severity: Severity| severity >= Severity::Warning;
        let bad = report.findings.iter().any(|finding| is_bad(finding.severity) && !finding.is_fixable(&report.codes));
        let step = Step::Fixed { fixed, waiting, left: report.findings.len() - fixed, bad };
        Ok(Plan { files, steps: vec![step] })
    }
}

//! Findings, and the codes that explain them.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::model::NotePath;
use crate::model::Severity;
use crate::report::check::Finding;
use crate::report::check::codes;
use crate::report::check::codes::Code;
use crate::report::check::report::CheckReport;
use crate::report::check::report::CodeReport;
use crate::view::Cell;
use crate::view::Document;
use crate::view::Line;
use crate::view::Paths;
use crate::view::Report;
use crate::view::Role;
use crate::view::Row;
use crate::view::document::Block;
use crate::view::screen::cell;
use crate::view::screen::plain;
use crate::view::words;

impl Report for CheckReport {
    fn rows(&self) -> impl Iterator<Item = impl Row> {
        self.findings.iter()
    }

    fn show(&self, paths: &dyn Paths) -> Document {
        let mut document = Document::default();
        for finding in &self.findings {
            document.line(line(finding, paths));
        }
        document.remarks.extend(self.summary());
        document
    }

    /// True if there are no findings that matter.
    fn found(&self) -> bool {
        !self.findings.iter().any(|finding| finding.severity >= Severity::Warning)
    }
}

impl CheckReport {
    /// `4 findings in 2 notes; …`, or `None` if there are none.
    fn summary(&self) -> Option<String> {
        let mut parts = Vec::new();
        if !self.findings.is_empty() {
            let notes: BTreeSet<&NotePath> = self.findings.iter().map(|finding| &finding.path).collect();
            let count = words::count(self.findings.len(), "finding");
            parts.push(format!("{count} in {}", words::count(notes.len(), "note")));
            let fixable = self.fixable();
            if fixable > 0 {
                let them = if fixable == self.findings.len() { "all".to_owned() } else { words::thousands(fixable) };
                parts.push(format!("`hornbook check --fix` fixes {them} of them"));
            }
        }
        if self.lesser > 0 {
            parts.push(format!("{} not shown: --severity info", words::count(self.lesser, "lesser finding")));
        }
        (!parts.is_empty()).then(|| parts.join("; "))
    }
}

/// `path:line:column: warning: message [code]`
fn line(finding: &Finding, paths: &dyn Paths) -> Line {
    let fix = finding.fix.as_ref().map(|fix| {
        let by_name = codes::find(finding.code).is_some_and(|code| code.fix_by_name);
        let name = if by_name { format!(" --code {}", finding.code) } else { String::new() };
        format!(" (--fix{name}: {})", fix.description)
    });
    vec![
        cell(paths.shown(&finding.path), Role::Path).to_note(&finding.path, finding.line),
        cell(format!(":{}:{}: ", finding.line, finding.column), Role::Muted),
        weight(finding.severity),
        plain(format!(": {} ", finding.message)),
        cell(format!("[{}]", finding.code), Role::Muted),
        cell(fix.unwrap_or_default(), Role::Good),
    ]
}

fn weight(severity: Severity) -> Cell {
    match severity {
        Severity::Error => cell("error", Role::Bad),
        Severity::Warning => cell("warning", Role::Warning),
        Severity::Info => cell("info", Role::Muted),
    }
}

impl Row for Finding {
    fn path(&self) -> Option<&NotePath> {
        Some(&self.path)
    }

    fn text(&self) -> Cow<'_, str> {
        Cow::Owned(format!("{} [{}]", self.message, self.code))
    }
}

impl Report for CodeReport {
    fn rows(&self) -> impl Iterator<Item = impl Row> {
        self.codes.iter().copied()
    }

    fn show(&self, _: &dyn Paths) -> Document {
        let mut document = Document::default();
        if self.explain {
            self.codes.iter().for_each(|code| explain(code, &mut document));
        } else {
            let widest = self.codes.iter().map(|code| code.code.len()).max().unwrap_or(0);
            self.codes.iter().for_each(|code| document.line(listed(code, widest)));
        }
        document
    }
}

fn listed(code: &Code, widest: usize) -> Line {
    let fixed = if code.fix.is_some() { "  (--fix)" } else { "" };
    let padding = " ".repeat(9_usize.saturating_sub(weight(code.severity).text.len()));
    vec![
        cell(format!("{:<widest$}  ", code.code), Role::Id),
        weight(code.severity),
        plain(format!("{padding}{}", code.title)),
        cell(fixed, Role::Muted),
    ]
}

fn explain(code: &Code, document: &mut Document) {
    document.push(Block::Heading(vec![cell(code.code, Role::Title), plain(format!(": {}", code.title))]));
    for paragraph in code.explain.lines() {
        document.push(Block::Gap);
        document.push(Block::Text { indent: 0, words: vec![plain(paragraph)] });
    }
    if !code.example.is_empty() {
        document.push(Block::Gap);
        document.line(vec![plain("For example:")]);
        for line in code.example.lines() {
            document.line(vec![plain("    "), cell(line, Role::Id)]);
        }
    }
    document.push(Block::Gap);
    if let Some(fix) = code.fix {
        let how =
            if code.fix_by_name { format!("`check --fix --code {}`", code.code) } else { "`check --fix`".to_owned() };
        document.line(vec![plain(format!("{how} {fix}."))]);
    }
    document.line(vec![
        plain("Weight: "),
        weight(code.severity),
        plain(format!(". In book.toml, under [preprocessor.hornbook.check]: {} = \"off\"", code.code)),
    ]);
}

impl Row for Code {
    fn path(&self) -> Option<&NotePath> {
        None
    }

    fn text(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.title)
    }
}

//! Praise over all notes, with the blanks that nobody filled in.

use chrono::NaiveDate;
use serde::Serialize;

use crate::index::Record;
use crate::model::NotePath;
use crate::report::standing;

/// Praise over all notes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct PraiseReport {
    /// The newest first, the undated last.
    pub praise: Vec<PraiseItem>,
}

/// Praise that somebody wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PraiseItem {
    /// The note.
    pub path: NotePath,
    /// 1-based.
    pub line: usize,
    /// When it was written: as it says itself, else of the entry or note that it is in.
    pub date: Option<NaiveDate>,
    /// Whether it says the date itself.
    pub is_dated: bool,
    /// Who wrote it.
    pub by: Option<String>,
    /// What is praised.
    pub about: String,
    /// All of it, on one line.
    pub text: String,
    /// Blanks of a template that nobody filled in, each as it stands.
    pub placeholders: Vec<String>,
}

impl PraiseReport {
    /// Collects the praise of notes.
    #[must_use]
    pub fn new(records: &[&Record], text: &dyn Fn(&NotePath) -> Option<String>) -> Self {
        let mut praise: Vec<PraiseItem> = Vec::new();
        for Record { path, parsed, .. } in records {
            let note = &parsed.note;
            if note.endorsements.is_empty() {
                continue;
            }
            let Some(source) = text(path) else { continue };
            praise.extend(note.endorsements.iter().map(|found| PraiseItem {
                path: path.clone(),
                line: found.line,
                date: found.date.or_else(|| standing::date(note, found.line)),
                is_dated: found.date.is_some(),
                by: found.by.clone(),
                about: found.about.clone(),
                text: found.span.of(&source).split_whitespace().collect::<Vec<_>>().join(" "),
                placeholders: found.placeholders.iter().map(|span| span.of(&source).to_owned()).collect(),
            }));
        }
        praise.sort_by(|a, b| b.date.cmp(&a.date).then_with(|| (&a.path, a.line).cmp(&(&b.path, b.line))));
        Self { praise }
    }
}

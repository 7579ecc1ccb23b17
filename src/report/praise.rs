//! Praise across all notes, with placeholders that were never filled in.

use chrono::NaiveDate;
use serde::Serialize;

use crate::index::Record;
use crate::model::NotePath;
use crate::parse;
use crate::report::context;

/// Praise across all notes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct PraiseReport {
    /// The newest first, undated praise last.
    pub praise: Vec<PraiseItem>,
}

/// Praise received.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PraiseItem {
    /// The note.
    pub path: NotePath,
    /// 1-based.
    pub line: usize,
    /// When it was written: according to itself, else to its entry or note.
    pub date: Option<NaiveDate>,
    /// Whether it states the date itself.
    pub is_dated: bool,
    /// Who wrote it.
    pub by: Option<String>,
    /// What is praised.
    pub about: String,
    /// The whole text, on one line.
    pub text: String,
    /// Template placeholders that were never filled in, as written.
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
                date: found.date.or_else(|| context::date(note, found.line)),
                is_dated: found.date.is_some(),
                by: found.by.clone(),
                about: found.about.clone(),
                text: on_one_line(found.span.of(&source)),
                placeholders: found.placeholders.iter().map(|span| span.of(&source).to_owned()).collect(),
            }));
        }
        praise.sort_by(|a, b| b.date.cmp(&a.date).then_with(|| (&a.path, a.line).cmp(&(&b.path, b.line))));
        Self { praise }
    }
}

/// Words on one line, without the marks of a quote.
fn on_one_line(words: &str) -> String {
    let words = parse::without_comments(words);
    let lines = words.lines().map(|line| line.trim_start_matches([' ', '\t', '>']));
    lines.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
}

//! What of a note stands on which line, so that a tree whose nodes know their lines can be told of it.

use std::collections::BTreeMap;

use crate::model::Lines;
use crate::model::Note;
use crate::model::SectionKind;
use crate::model::Span;

/// A note's facts by line.
pub(crate) struct ByLine {
    /// Lines before the part that is shown.
    before: usize,
    /// Boxes not yet drawn: indices into the tasks.
    pub(super) tasks: BTreeMap<usize, usize>,
    /// Sections, by the line of their heading.
    pub(super) sections: BTreeMap<usize, usize>,
    /// Block ids: where `^id` stands.
    pub(super) marks: BTreeMap<usize, String>,
    /// Block ids: first and last line of what they name.
    pub(super) targets: BTreeMap<usize, (usize, String)>,
    /// Fields of tasks: line, task, field.
    pub(super) fields: Vec<(usize, usize, usize)>,
    /// Dated entries, by their first line.
    pub(super) entries: BTreeMap<usize, usize>,
}

impl ByLine {
    /// Sorts the facts of a note; `span` is the part that is shown.
    pub(super) fn new(note: &Note, lines: &Lines, span: Span) -> Self {
        let first = lines.line(span.start);
        let mut targets = BTreeMap::new();
        for block in &note.blocks {
            let last = lines.line(block.target.end.saturating_sub(1).max(block.target.start));
            targets.entry(lines.line(block.target.start)).or_insert((last, block.id.clone()));
        }
        let fields = note.tasks.iter().enumerate().flat_map(|(at, task)| {
            task.fields.iter().enumerate().map(move |(index, field)| (lines.line(field.span.start), at, index))
        });
        let fields = fields.collect();
        Self {
            before: first - 1,
            tasks: note.tasks.iter().enumerate().map(|(index, task)| (task.line, index)).collect(),
            sections: note.sections.iter().enumerate().map(|(index, section)| (section.line, index)).collect(),
            marks: note.blocks.iter().map(|block| (block.line, block.id.clone())).collect(),
            targets,
            fields,
            entries: note.entries.iter().enumerate().map(|(index, entry)| (entry.line, index)).collect(),
        }
    }

    /// A line of the part that is shown as a line of the note.
    pub(super) const fn line(&self, line: usize) -> usize {
        line + self.before
    }

    /// True when a label line stands here.
    pub(super) fn soft(&self, note: &Note, line: usize) -> Option<usize> {
        let index = *self.sections.get(&line)?;
        note.sections.get(index).filter(|section| section.kind == SectionKind::Soft).map(|_| index)
    }
}

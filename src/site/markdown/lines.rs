//! What of a note stands on which line, so that a tree whose nodes know their lines can be told of it.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

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
    /// Fields of tasks by line: task, field.
    fields: BTreeMap<usize, Vec<(usize, usize)>>,
    /// Tags by line; those of the whole note under 0.
    tags: BTreeSet<(usize, String)>,
    /// Keys of tickets, likewise.
    tickets: BTreeSet<(usize, String)>,
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
        let mut fields: BTreeMap<usize, Vec<(usize, usize)>> = BTreeMap::new();
        for (at, task) in note.tasks.iter().enumerate() {
            for (index, field) in task.fields.iter().enumerate() {
                fields.entry(lines.line(field.span.start)).or_default().push((at, index));
            }
        }
        let both = |line: usize, name: &String| [(line, name.clone()), (0, name.clone())];
        Self {
            before: first - 1,
            tasks: note.tasks.iter().enumerate().map(|(index, task)| (task.line, index)).collect(),
            sections: note.sections.iter().enumerate().map(|(index, section)| (section.line, index)).collect(),
            marks: note.blocks.iter().map(|block| (block.line, block.id.clone())).collect(),
            targets,
            fields,
            tags: note.tags.iter().flat_map(|tag| both(tag.line, &tag.name)).collect(),
            tickets: note.tickets.iter().flat_map(|ticket| both(ticket.line, &ticket.key)).collect(),
            entries: note.entries.iter().enumerate().map(|(index, entry)| (entry.line, index)).collect(),
        }
    }

    /// A line of the part that is shown as a line of the note.
    pub(super) const fn line(&self, line: usize) -> usize {
        line + self.before
    }

    /// True when the note has this tag on a line; on any line, for an item's text.
    pub(super) fn has_tag(&self, anywhere: bool, line: usize, name: &str) -> bool {
        self.tags.contains(&(if anywhere { 0 } else { line }, name.to_owned()))
    }

    /// As [`Self::has_tag`], of a ticket.
    pub(super) fn has_ticket(&self, anywhere: bool, line: usize, key: &str) -> bool {
        self.tickets.contains(&(if anywhere { 0 } else { line }, key.to_owned()))
    }

    /// The fields of tasks on a line, as task and field; all of them, for an item's text.
    pub(super) fn fields(&self, anywhere: bool, line: usize) -> Vec<(usize, usize)> {
        if anywhere {
            return self.fields.values().flatten().copied().collect();
        }
        self.fields.get(&line).cloned().unwrap_or_default()
    }

    /// True when a label line stands here.
    pub(super) fn soft(&self, note: &Note, line: usize) -> Option<usize> {
        let index = *self.sections.get(&line)?;
        note.sections.get(index).filter(|section| section.kind == SectionKind::Soft).map(|_| index)
    }
}

//! Finds the heading or label line that names a list. Called by the readers of questions and decisions.

use crate::model::Lines;
use crate::model::Note;
use crate::model::SectionKind;
use crate::parse::outline::Outline;

/// The section whose name applies to the list item at a byte. A label line names only the list right below it, not one after
/// a further paragraph; a heading names all lists of its section.
pub(crate) fn of_item(text: &str, lines: &Lines, outline: &Outline, note: &Note, item: usize) -> Option<usize> {
    let mut at = note.section_at(item);
    while let Some(section) = at.and_then(|at| note.sections.get(at)) {
        if section.kind == SectionKind::Heading {
            break;
        }
        let label_end = lines.content(text, section.line).end;
        let from = outline.paragraphs.partition_point(|span| span.end <= label_end);
        let mut between = outline.paragraphs.iter().skip(from).take_while(|span| span.start < item);
        let is_parted = between.any(|span| {
            // the label's paragraph may continue below it
            let words = text.get(span.start.max(label_end)..span.end.min(item));
            words.is_some_and(|words| !words.trim().is_empty())
        });
        if !is_parted {
            break;
        }
        at = section.parent;
    }
    at
}

//! What a new note of a series begins with: the front matter, title and standing headings of the newest one, without its text.

use std::collections::BTreeSet;

use crate::edit::journal::line_end;
use crate::edit::meeting::same_words;
use crate::model::Lines;
use crate::model::Note;
use crate::model::SectionKind;
use crate::model::meeting_words;
use crate::model::words::fold;

/// What says when this very note was made, and what came of its meeting, is not the new one's.
const OWN: [&str; 16] = [
    "created",
    "modified",
    "updated",
    "id",
    "uid",
    "aliases",
    "next",
    "permalink",
    "status",
    "state",
    "summary",
    "description",
    "abstract",
    "outcome",
    "recording",
    "carried",
];

/// By these a note is known as a meeting of its series: they stay, whatever the note before has.
const KEPT: [&str; 6] = ["date", "kind", "type", "series", "category", "title"];

/// The beginning of a new note.
///
/// `sibling` is the note before the newest; of both what they share is taken, and the parts that the newest has. `renamed` writes a
/// line of the newest for the new day, and `as_sibling` as it would be in the sibling.
#[must_use]
pub fn skeleton(
    newest: &str,
    note: &Note,
    sibling: Option<(&str, &Note)>,
    renamed: &dyn Fn(&str) -> String,
    as_sibling: &dyn Fn(&str) -> String,
) -> String {
    let lines = Lines::new(newest);
    let eol = line_end(newest);
    let body = lines.line(note.body_start.min(newest.len()));
    let mut out: Vec<String> = Vec::new();
    if note.body_start > 0 {
        let shared = sibling.map(|(text, _)| text.split(['\n', '\r']).map(str::trim_end).collect::<Vec<_>>());
        let is_shared = |line: &str| shared.as_ref().is_none_or(|all| all.contains(&as_sibling(line).trim_end()));
        let front: Vec<&str> = (1..body).map(|line| lines.content(newest, line).of(newest).trim_end()).collect();
        for block in blocks(&front) {
            let first = block.first().copied().unwrap_or("");
            let key = first.split_once([':', '=']).map(|(key, _)| fold(key.trim())).unwrap_or_default();
            let is_fence = matches!(first, "---" | "+++" | "...");
            let stays = is_fence
                || KEPT.contains(&key.as_str())
                // half a list is not one
                || (!OWN.contains(&key.as_str()) && block.iter().all(|line| is_shared(line)));
            if stays {
                out.extend(block.iter().filter(|line| !line.is_empty()).map(|line| renamed(line)));
            }
        }
        out.push(String::new());
    }
    let mut kept: BTreeSet<usize> = BTreeSet::new();
    for (index, section) in note.sections.iter().enumerate().filter(|(_, section)| section.line >= body) {
        let is_title = kept.is_empty() && section.kind == SectionKind::Heading;
        let is_part = meeting_words::part(&section.text).is_some();
        let in_sibling = sibling.is_some_and(|(_, other)| {
            let words = as_sibling(&section.text);
            other.sections.iter().any(|one| one.level == section.level && same_words(&one.text, &words))
        });
        // a part below what does not stay would be elsewhere
        let has_place = section.parent.is_none_or(|parent| kept.contains(&parent));
        if is_title || in_sibling || (is_part && has_place) {
            kept.insert(index);
            let last = lines.line(section.heading_span.end.saturating_sub(1)).max(section.line);
            out.extend((section.line..=last).map(|line| renamed(lines.content(newest, line).of(newest).trim_end())));
            out.push(String::new());
        }
    }
    while out.last().is_some_and(String::is_empty) {
        out.pop();
    }
    out.iter().flat_map(|line| [line.as_str(), eol]).collect()
}

/// The lines of a front matter by key: a key with what is indented or listed under it.
fn blocks<'l>(front: &[&'l str]) -> Vec<Vec<&'l str>> {
    let mut blocks: Vec<Vec<&str>> = Vec::new();
    for line in front {
        let goes_on = line.is_empty() || line.starts_with([' ', '\t', ']']) || line.starts_with("- ") || *line == "-";
        match blocks.last_mut().filter(|_| goes_on) {
            Some(block) => block.push(line),
            None => blocks.push(vec![line]),
        }
    }
    blocks
}

//! How a new note of a series begins: with front matter, title and recurring headings of the newest note, without its text.

use std::collections::BTreeSet;

use crate::edit::journal::line_end;
use crate::edit::meeting::same_words;
use crate::model::Lines;
use crate::model::Note;
use crate::model::SectionKind;
use crate::model::meeting_words;
use crate::model::words::fold;

/// Keys that belong to one note: when it was made, and the outcome of its meeting.
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

/// Keys that identify a note as a meeting of its series: always kept.
const KEPT: [&str; 6] = ["date", "kind", "type", "series", "category", "title"];

/// The beginning of a new note.
///
/// `sibling` is the note before the newest; what both share is used, and the parts that the newest has. `renamed` converts a
/// line of the newest to the new day, and `as_sibling` to its equivalent in the sibling.
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
                // a list that is not shared as a whole is left out
                || (!OWN.contains(&key.as_str()) && block.iter().all(|line| is_shared(line)));
            if stays {
                out.extend(block.iter().filter(|line| !line.is_empty()).map(|line| renamed(line)));
            }
        }
        // front matter without a key says nothing
        if out.iter().all(|line| matches!(line.as_str(), "---" | "+++" | "...")) {
            out.clear();
        } else {
            out.push(String::new());
        }
    }
    let mut kept: BTreeSet<usize> = BTreeSet::new();
    for (index, section) in note.sections.iter().enumerate().filter(|(_, section)| section.line >= body) {
        let is_title = kept.is_empty() && section.kind == SectionKind::Heading;
        let is_part = meeting_words::part(&section.text).is_some();
        let in_sibling = sibling.is_some_and(|(_, other)| {
            let words = as_sibling(&section.text);
            other.sections.iter().any(|one| one.level == section.level && same_words(&one.text, &words))
        });
        // without its parent, a part would end up elsewhere
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

/// The lines of a front matter by key: a key with the lines indented or listed under it.
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

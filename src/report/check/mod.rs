//! Findings in all notes: what is broken, and what is probably a mistake.
//!
//! The parser's diagnostics come with the notes; this adds findings that need the whole notebook (links, copies), and those that
//! need the file (conflict marks, encoding, name). Called by the commands `check` and `links`.

pub mod codes;
mod files;
pub mod finding;
mod findings;
mod links;
mod moved;
pub mod report;

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::model::Diagnostic;
use crate::model::Lines;
use crate::model::NotePath;
use crate::model::Severity;
use crate::model::ticket::Trackers;
use crate::report::check::files::conflicts;
use crate::report::check::files::copied_from;
use crate::report::check::files::folders;
use crate::report::check::files::is_similar;
use crate::report::check::files::oddities;
use crate::report::check::files::perhaps_copied_from;
use crate::report::check::findings::Findings;
use crate::report::check::findings::NoteFindings;
use crate::report::check::moved::Moved;
use crate::report::destination::Follower;
use crate::report::destination::NotebookFiles;
use crate::report::graph::Graph;
use crate::report::resolve::NoteRef;
use crate::report::ticket_suggestions::TicketSuggestion;
use crate::report::ticket_suggestions::TicketSuggestions;

pub use codes::CODES;
pub use finding::Finding;
pub use moved::Rewrite;
pub use moved::Seen;

/// A note's text, as `check` needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Decoded, as it was indexed.
    pub text: String,
    /// The byte of the first character that could not be decoded.
    pub damaged: Option<usize>,
}

/// The input of `check`.
pub struct CheckInput<'a> {
    /// All notes and their links.
    pub graph: &'a Graph<'a>,
    /// The parser's diagnostics, for each note.
    pub diagnostics: &'a [&'a [Diagnostic]],
    /// Which of the notes to check, by index.
    pub chosen: &'a [usize],
    /// A note's text.
    pub source: &'a dyn Fn(&NotePath) -> Option<Source>,
    /// The notebook's other files.
    pub around: &'a dyn NotebookFiles,
    /// Which words are tickets.
    pub trackers: &'a Trackers,
    /// From the settings, by code; `None` turns a code off.
    pub severities: &'a BTreeMap<String, Option<Severity>>,
    /// Notes that other programs renamed or removed, as far as somebody saw it.
    pub seen: &'a Seen,
    /// Writes another path into a link.
    pub rewrite: &'a Rewrite,
}

/// Checks notes: every finding that the settings do not turn off, sorted by path and line.
#[must_use]
pub fn check(input: &CheckInput<'_>) -> Vec<Finding> {
    let mut found = Findings { severities: input.severities, findings: Vec::new() };
    let follower = Follower::new(input.graph, input.around);
    let mut hints = links::Hints::new(input.graph);
    let lost = links::Lost::new(&follower, Moved::new(input.graph, input.seen), input.rewrite);
    let mut named = BTreeSet::new();
    if input.chosen.len() == input.graph.notes.len() {
        for (path, why) in input.around.unreadable() {
            found.add(&path, (1, 1), "unreadable", format!("cannot be read: {why}"), None);
        }
    }
    for &index in input.chosen {
        let Some((path, note)) = input.graph.notes.get(index) else { continue };
        for diagnostic in input.diagnostics.get(index).copied().unwrap_or(&[]) {
            found.parsed(path, diagnostic);
        }
        name(path, &mut named, &mut found);
        let Some(source) = (input.source)(path) else { continue };
        let mut place =
            NoteFindings { path, text: &source.text, lines: Lines::new(&source.text), findings: &mut found };
        content(&source, &mut place);
        let mut ids: BTreeMap<String, usize> = BTreeMap::new();
        for block in &note.blocks {
            match ids.get(&block.id.to_ascii_lowercase()) {
                Some(first) => {
                    let message = format!("`^{}` is on line {first} already: links lead there", block.id);
                    place.add("block-twice", block.span.start, message, None);
                }
                None => drop(ids.insert(block.id.to_ascii_lowercase(), block.line)),
            }
        }
        if let Some(message) = copy(input, index, &source.text) {
            place.add("conflict-copy", 0, message, None);
        }
        links::check(input.graph, index, &lost, &mut hints, &mut place);
        links::unlisted(input.graph, index, &lost, &mut place);
    }
    unknown_tickets(input, &mut found);
    let mut findings = found.findings;
    findings.sort_by(|a, b| (&a.path, a.line, a.column, a.code).cmp(&(&b.path, b.line, b.column, b.code)));
    findings
}

/// Checks what has links and is no note: only a link to what was seen to move is certainly wrong there, since a table of contents
/// may name what is still to be written.
#[must_use]
pub fn moved_links(input: &CheckInput<'_>) -> Vec<Finding> {
    let mut found = Findings { severities: input.severities, findings: Vec::new() };
    let follower = Follower::new(input.graph, input.around);
    let lost = links::Lost::new(&follower, Moved::new(input.graph, input.seen), input.rewrite);
    for &index in input.chosen {
        let Some((path, note)) = input.graph.notes.get(index) else { continue };
        let Some(source) = (input.source)(path) else { continue };
        let mut place =
            NoteFindings { path, text: &source.text, lines: Lines::new(&source.text), findings: &mut found };
        links::moved(crate::report::moving::links(note), index, &lost, true, &mut place);
    }
    found.findings
}

/// Reports projects of tickets that the settings do not name, each at its most credible place among the chosen notes.
fn unknown_tickets(input: &CheckInput<'_>, found: &mut Findings<'_>) {
    let chosen: BTreeSet<&NotePath> =
        input.chosen.iter().filter_map(|&index| input.graph.notes.get(index)).map(|(path, _)| *path).collect();
    let suggested = TicketSuggestions::new(input.graph.notes.iter().copied(), input.trackers, false);
    for TicketSuggestion { project, examples, count, .. } in suggested.projects {
        let Some(example) = examples.iter().find(|example| chosen.contains(&example.path)) else { continue };
        let Some(source) = (input.source)(&example.path) else { continue };
        let at = Lines::new(&source.text).line_column(&source.text, example.at);
        let others = match count {
            1 => String::new(),
            _ => format!(", as do {} others", count - 1),
        };
        let message = format!(
            "{} looks like a ticket{others}, but book.toml does not name {project}: `hornbook tickets add {project}`",
            example.key
        );
        found.add(&example.path, at, "ticket-unknown", message, None);
    }
}

/// Checks the name of the note, and those of folders not seen before.
fn name<'a>(path: &'a NotePath, met: &mut BTreeSet<&'a str>, found: &mut Findings<'_>) {
    let mut say = |what: &str, name: &str| {
        for odd in oddities(name) {
            found.add(path, (1, 1), "name-odd", format!("the {what} name has {odd}"), None);
        }
    };
    for (folder, name) in folders(path) {
        if met.insert(folder) {
            say("folder's", name);
        }
    }
    say("file's", path.stem());
}

/// Checks the bytes of the note.
fn content(source: &Source, place: &mut NoteFindings<'_, '_>) {
    if source.text.trim().is_empty() {
        place.add("note-empty", 0, "the note is empty".to_owned(), None);
    }
    if let Some(at) = source.damaged {
        place.add("encoding-invalid", at, "bytes from here on that are not text".to_owned(), None);
    }
    for (first, last) in conflicts(&source.text) {
        let start = place.lines.start(first);
        let message = format!("an unresolved conflict, up to line {last}");
        place.add("conflict-marker", start, message, None);
    }
}

/// The message if a note is a conflicted copy made by a synchronizer, or a plain copy.
fn copy(input: &CheckInput<'_>, index: usize, text: &str) -> Option<String> {
    let (path, _) = input.graph.notes.get(index)?;
    let beside = |base: &str| {
        let folder = path.folder();
        let original = if folder.is_empty() { format!("{base}.md") } else { format!("{folder}/{base}.md") };
        let known = |(known, _): &NoteRef<'_>| known.as_str().cmp(original.as_str());
        input.graph.notes.binary_search_by(known).ok()?;
        Some(NotePath::from_escaped(original))
    };
    if let Some(base) = copied_from(path.stem()) {
        return Some(match beside(base) {
            Some(original) => format!("a synchroniser's copy of {original}: both were changed at once"),
            None => "a synchroniser's copy; what it was a copy of is gone".to_owned(),
        });
    }
    let original = beside(perhaps_copied_from(path.stem())?)?;
    let source = (input.source)(&original)?;
    is_similar(&source.text, text).then(|| format!("says nearly the same as {original}: probably a copy of it"))
}

#[cfg(test)]
mod tests;

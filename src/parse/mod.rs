//! Floor 1: text in, facts out. Pure and total: any text gives a note, trouble becomes diagnostics.
//!
//! One pass of the Markdown parser gives an outline (headings, links, what is code); our own scanners work on its spans:
//! front matter, soft sections, wikilinks, bare URLs, tags, block ids, tickets, tasks and their fields.

mod autolink;
mod dialect;
mod fields;
mod front;
mod inline;
mod outline;
mod plain;
mod properties;
mod report;
mod sections;
mod tasks;

use crate::model::Lines;
use crate::model::Note;
use crate::model::NotePath;
use crate::model::Parsed;
use crate::model::status::Statuses;
use crate::parse::report::Report;

pub use plain::plain;
pub use sections::slug;

/// What shapes the reading of a note, from the notebook's settings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// What box characters mean.
    pub statuses: Statuses,
    /// Ticket keys that count: `RETAIL` for `RETAIL-23617`.
    pub ticket_keys: Vec<String>,
}

/// Reads a note. Never fails: what is odd is said in the diagnostics.
///
/// `text` is the decoded file, front matter included, without a byte-order mark.
#[must_use]
pub fn parse(path: &NotePath, text: &str, options: &Options) -> Parsed {
    let lines = Lines::new(text);
    let mut report = Report::new(text, &lines);
    let front = front::read(text, &lines, &mut report);
    let body = text.get(front.body..).unwrap_or("");
    let mut outline = outline::read(body, front.body, &lines);
    let comments = inline::comments(text, front.body, &lines, &outline);
    outline.add_masks(comments);
    let mut found = inline::read(text, &lines, &outline, &options.ticket_keys);
    let mut note = Note { body: front.body, words: words(body), ..Note::default() };
    note.sections = sections::read(text, &lines, &outline);
    note.links = std::mem::take(&mut outline.links);
    note.links.retain(|link| !outline.mask_at(link.span.start).is_some_and(|(_, mask)| mask == outline::Mask::Comment));
    note.links.append(&mut found.links);
    note.links.sort_by_key(|link| (link.span.start, std::cmp::Reverse(link.span.end)));
    outline.links.clone_from(&note.links);
    note.blocks = found.blocks;
    note.tickets = found.tickets;
    note.tags = found.tags;
    properties::read(path, front.entries, &lines, &mut note);
    let items = tasks::items(text, front.body, &lines, &outline);
    let input = tasks::Input {
        text,
        lines: &lines,
        outline: &outline,
        statuses: &options.statuses,
        ticket_keys: &options.ticket_keys,
        note: &note,
    };
    let tasks = tasks::read(&input, &items, &mut report);
    note.tasks = tasks;
    Parsed { note, diagnostics: report.finish() }
}

/// Words of a text: runs between blanks with a letter or digit in them.
fn words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
}

//! Floor 1: text in, facts out. Pure and total: any text gives a note, trouble becomes diagnostics.
//!
//! One pass of the Markdown parser gives an outline (headings, links, what is code); our own scanners work on its spans:
//! front matter, soft sections, wikilinks, bare URLs, tags, block ids, tickets, tasks and their fields.
//! A file of the todo.txt format is no Markdown: `todo_txt` reads it into the same facts.

mod autolink;
mod checkbox;
pub mod dates;
mod diagnostics;
mod dialect;
pub(crate) mod fields;
mod front;
mod inline;
mod item_text;
mod items;
pub mod markers;
mod outline;
mod own_words;
mod plain;
mod privacy;
mod properties;
mod sections;
mod task_fields;
mod tasks;
mod title;
pub(crate) mod todo_txt;

use crate::model::Lines;
use crate::model::Note;
use crate::model::NotePath;
use crate::model::Parsed;
use crate::model::SectionKind;
use crate::model::Span;
use crate::model::status::Statuses;
use crate::parse::diagnostics::Diagnostics;

pub use plain::plain;
pub use sections::slug;

/// Changes whenever the facts of an unchanged note change: an index of another version is built anew.
pub const VERSION: u32 = 11;

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
    let mut diagnostics = Diagnostics::new(text, &lines);
    // the one place that tells kinds of files apart
    if path.is_todo_txt() {
        let note = todo_txt::read(path, text, &lines, options, &mut diagnostics);
        return Parsed { note, diagnostics: diagnostics.finish() };
    }
    let front = front::read(text, &lines, &mut diagnostics);
    let body = text.get(front.body..).unwrap_or("");
    let mut outline = outline::read(body, front.body, &lines);
    let comments = inline::comments(text, front.body, &lines, &outline);
    outline.add_comments(comments, text);
    let mut found = inline::read(text, &lines, &outline, &options.ticket_keys);
    let mut note = Note { body: front.body, words: words(body), ..Note::default() };
    note.sections = sections::read(text, &lines, &outline);
    let labels = note.sections.iter().filter(|section| section.kind == SectionKind::Soft);
    outline.label_lines = labels.map(|section| section.line).collect();
    note.links = std::mem::take(&mut outline.links);
    note.links.retain(|link| !outline.mask_at(link.span.start).is_some_and(|(_, mask)| mask == outline::Mask::Comment));
    note.links.append(&mut found.links);
    note.links.sort_by_key(|link| (link.span.start, std::cmp::Reverse(link.span.end)));
    outline.links.clone_from(&note.links);
    note.blocks = found.blocks;
    note.tickets = found.tickets;
    note.tags = found.tags;
    note.opening = title::opening_heading(text, front.body, &lines, &outline)
        .and_then(|heading| note.sections.iter().position(|section| section.heading_span == heading.span));
    properties::read(path, front.entries, &lines, &mut note);
    note.privacy = privacy::read(text, &lines, &front.unread, &note, &mut diagnostics);
    let items = items::read(text, front.body, &lines, &outline);
    let input = tasks::Input {
        text,
        lines: &lines,
        outline: &outline,
        statuses: &options.statuses,
        ticket_keys: &options.ticket_keys,
        note: &note,
    };
    let tasks = tasks::read(&input, &items, &mut diagnostics);
    note.tasks = tasks;
    when(path, text, &lines, &items, &mut note, &mut diagnostics);
    Parsed { note, diagnostics: diagnostics.finish() }
}

/// Dates the note and its parts: headings, list items and label lines are what can carry a date.
fn when(
    path: &NotePath,
    text: &str,
    lines: &Lines,
    items: &[items::Item],
    note: &mut Note,
    diagnostics: &mut Diagnostics<'_>,
) {
    let bullets: Vec<(&items::Item, Span, String)> = items
        .iter()
        .filter(|item| item.boxed.is_none() && item.quotes == 0)
        .map(|item| {
            let first = lines.content(text, item.line);
            let words = Span::new(item.text_start.min(first.end), first.end).of(text).trim();
            // only short ones can be nothing but a date
            let short = words.len() <= 60 && words.contains(['*', '_', '[', '`']);
            (item, first, if short { plain(words) } else { words.to_owned() })
        })
        .collect();
    let mut dated: Vec<dates::Line<'_>> = note
        .sections
        .iter()
        .map(|section| dates::Line {
            line: section.line,
            span: section.heading_span,
            text: &section.text,
            kind: match section.kind {
                SectionKind::Heading => dates::LineKind::Heading(section.level),
                SectionKind::Soft => dates::LineKind::Label,
            },
        })
        .collect();
    dated.extend(bullets.iter().map(|(item, span, text)| dates::Line {
        line: item.line,
        span: *span,
        text,
        kind: dates::LineKind::Bullet { indent: item.indent },
    }));
    dated.sort_by_key(|line| line.line);
    dated.dedup_by_key(|line| line.line);
    let urls: Vec<(usize, &str)> =
        note.links.iter().filter(|link| link.is_external()).map(|link| (link.line, link.target.as_str())).collect();
    let input = dates::Input {
        path,
        title: &note.title,
        lines: &dated,
        properties: &note.properties,
        urls: &urls,
        text,
        places: lines,
        day_first: None,
    };
    let found = dates::read(&input);
    note.entries = found.entries;
    for entry in &mut note.entries {
        let from = entry.span.start.max(note.body);
        entry.words = words(text.get(from..entry.span.end).unwrap_or(""));
    }
    note.date = found.date;
    note.date_why = found.date_why;
    for diagnostic in found.diagnostics {
        diagnostics.push(diagnostic);
    }
}

/// Words of a text: runs between blanks with a letter or digit in them.
fn words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
}

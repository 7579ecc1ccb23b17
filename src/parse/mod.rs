//! Text in, facts out. Pure and total: any text gives a note, trouble becomes diagnostics.
//!
//! One pass of the Markdown parser gives an outline (headings, links, what is code); our own scanners work on its spans:
//! front matter, soft sections, wikilinks, bare URLs, tags, block ids, tickets, tasks and their fields.
//! todo.txt files are not Markdown: `todo_txt` reads them into the same facts.

mod anchors;
mod answers;
mod asking;
mod asking_words;
mod autolink;
mod blocks;
pub mod bookmarks;
pub mod carried;
mod checkbox;
pub mod dates;
mod dating;
mod deciding;
mod deciding_words;
mod decisions;
mod diagnostics;
pub mod dialect;
mod endorsements;
pub(crate) mod fields;
mod front;
mod goals;
mod heading_over;
pub mod html_pairs;
mod inline;
mod input;
mod item_text;
mod item_tree;
mod items;
mod label;
mod labels;
mod link_parts;
pub mod logseq;
pub mod markers;
mod meetings;
mod options;
mod other_links;
mod outline;
mod own_words;
mod plain;
mod privacy;
mod private_lines;
mod properties;
mod prose_only;
mod question_callout;
mod question_terms;
mod questions;
pub mod quotes;
mod reading;
pub mod recurrence;
mod row_cells;
pub mod scalars;
mod sections;
mod skill_words;
mod slug;
mod struck;
mod task_checks;
mod task_fields;
mod task_people;
mod tasks;
pub mod ticket_export;
pub mod ticket_table;
mod tickets;
mod title;
pub(crate) mod todo_txt;
pub(crate) mod todo_txt_fields;
mod unlinked;
mod unread_fields;

use crate::model::Lines;
use crate::model::LinkKind;
use crate::model::Note;
use crate::model::NotePath;
use crate::model::Parsed;
use crate::model::ReadingState;
use crate::model::SectionKind;
use crate::model::Severity;
use crate::model::Span;
use crate::model::TitleFrom;
use crate::parse::diagnostics::Diagnostics;
use crate::parse::input::Input;
use crate::parse::outline::Mask;
use crate::parse::outline::Outline;

pub(crate) use blocks::mark as block_mark;
pub(crate) use checkbox::is_blank_or_check;
pub(crate) use inline::comments_unknown_to_pages;
pub(crate) use inline::tags as tag_spans;
pub use label::label;
pub use labels::Label;
pub use labels::LabelKind;
pub use labels::LabelUse;
pub use labels::labels;
pub use meetings::is_name_over;
pub use meetings::quoted_part;
pub use meetings::topic as meeting_topic;
pub use options::Options;
pub use plain::plain;
pub(crate) use plain::title_words;
pub use plain::without_comments;
pub use private_lines::is_all;
pub use private_lines::private_lines;
pub use private_lines::without_lines;
pub(crate) use prose_only::Prose;
pub use reading::PlaceForLinks;
pub use reading::place_for_links;
pub(crate) use sections::SECTIONS;
pub(crate) use slug::own_id;
pub use slug::slug;
pub(crate) use task_fields::unread_rule;

/// To be raised whenever parsing gives other facts: an index of another version is rebuilt.
pub const VERSION: u32 = 61;

/// True for a name that is read as one whole tag after `#`.
#[must_use]
pub fn is_tag(name: &str) -> bool {
    name.split('/').all(|level| !level.is_empty())
        && matches!(inline::tags(&format!("#{name}")).as_slice(), [span] if span.end == name.len() + 1)
}

/// Parses a note. Never fails: problems become diagnostics.
///
/// `text` is the decoded file, front matter included, without a byte-order mark.
#[must_use]
pub fn parse(path: &NotePath, text: &str, options: &Options) -> Parsed {
    let lines = Lines::new(text);
    let mut diagnostics = Diagnostics::new(text, &lines);
    // the only place that distinguishes kinds of files
    if path.is_todo_txt() {
        let note = todo_txt::read(path, text, &lines, options, &mut diagnostics);
        return Parsed { note, diagnostics: diagnostics.finish() };
    }
    let mut front = front::read(text, &lines, &mut diagnostics);
    if options.logseq {
        front.entries.extend(logseq::page_properties(text, front.body_start));
    }
    let body = text.get(front.body_start..).unwrap_or("");
    let mut outline = outline_of(text, front.body_start, &lines);
    let mut found = inline::read(text, &lines, &outline, &options.trackers);
    let mut note = Note { body_start: front.body_start, words: plain::count_words(body), ..Note::default() };
    let (sections, too_much) = sections::read(text, &lines, &outline);
    note.sections = sections;
    if let Some(heading) = too_much {
        let message = format!("more than {SECTIONS} headings in one note: those from here on are not listed");
        diagnostics.add("note-too-large", Severity::Warning, heading, message);
    }
    let labels = note.sections.iter().filter(|section| section.kind == SectionKind::Soft);
    outline.label_lines = labels.map(|section| section.line).collect();
    note.definitions = std::mem::take(&mut outline.definitions);
    note.definitions.retain(|link| outline.mask_at(link.span.start).is_none());
    note.links = std::mem::take(&mut outline.links);
    note.links.retain(|link| !outline.mask_at(link.span.start).is_some_and(|(_, mask)| mask == Mask::Comment));
    // `[b]: b.md` beside `[[b]]`: the inner brackets are not a separate link
    let wiki = found.links.iter().filter(|link| link.is_wiki()).map(|link| link.span).collect::<Vec<_>>();
    note.links.retain(|link| link.kind != LinkKind::Reference || !outline::holds(&wiki, link.span.start));
    note.links.append(&mut found.links);
    note.links.sort_by_key(|link| (link.span.start, std::cmp::Reverse(link.span.end)));
    outline.links.clone_from(&note.links);
    note.blocks = blocks::read(text, front.body_start, &lines, &outline);
    note.anchors = anchors::read(text, &lines, &outline);
    note.other_links = other_links::read(text, front.body_start, &front.entries, &lines, &outline);
    note.tickets = tickets::in_front_matter(text, &lines, &front.entries, &options.trackers);
    note.tickets.extend(found.tickets);
    note.ticket_like = found.ticket_like;
    tickets::add_links(&mut note, &options.trackers);
    tickets::add_hints(text, &lines, &mut note.ticket_like);
    note.tags = found.tags;
    note.opening = title::opening_heading(text, front.body_start, &lines, &outline)
        .and_then(|heading| note.sections.iter().position(|section| section.heading_span == heading.span));
    properties::read(path, front.entries, &lines, &mut note);
    note.privacy = privacy::read(path, text, &lines, &front.unread, &note, &mut diagnostics);
    for fence in outline.masked(&[Mask::Fence]).filter(|fence| !is_closed(fence.of(text))) {
        let span = Span::new(fence.start, lines.content(text, lines.line(fence.start)).end);
        let message = "this code block is never closed: all that follows is code".to_owned();
        diagnostics.add("fence-unclosed", Severity::Warning, span, message);
    }
    if options.logseq && note.title_from == TitleFrom::FileName {
        note.title = logseq::page_name(path.stem());
    }
    let items = items::read(text, front.body_start, &lines, &outline, options.logseq);
    let input = Input { path, text, lines: &lines, outline: &outline, items: &items, options, note: &note };
    let (tasks, tickets) = tasks::read(&input, &mut diagnostics);
    note.tasks = tasks;
    if !tickets.is_empty() {
        note.tickets.extend(tickets);
        note.tickets.sort_by_key(|ticket| ticket.span.start);
    }
    let bullets: Vec<dating::Bullet> = items
        .iter()
        .filter(|item| item.boxed.is_none() && item.quotes == 0)
        .map(|item| dating::Bullet {
            line: item.line,
            indent: item.indent,
            text_start: item.text_start,
            is_nested: item.parent.is_some(),
        })
        .collect();
    let daily = options.daily_notes.as_ref();
    dating::read(path, text, &lines, (&outline, &bullets), daily, &mut note, &mut diagnostics);
    let input = Input { path, text, lines: &lines, outline: &outline, items: &items, options, note: &note };
    let (questions, decisions) = (questions::read(&input), decisions::read(&input));
    (note.questions, note.decisions) = (questions, decisions);
    note.skill_words = skill_words::read(text, note.body_start, &lines, &outline);
    note.endorsements = endorsements::read(text, &lines, &outline, &note, &mut diagnostics);
    for entry in &mut note.entries {
        let from = entry.span.start.max(note.body_start);
        entry.words = plain::count_words(text.get(from..entry.span.end).unwrap_or(""));
    }
    let input = Input { path, text, lines: &lines, outline: &outline, items: &items, options, note: &note };
    let (goals, meetings) = (goals::read(&input), meetings::read(&input));
    let reading = reading::read(&input, &meetings);
    for link in &reading {
        let Some(entry) = note.entry_index_at(link.line).and_then(|index| note.entries.get_mut(index)) else {
            continue;
        };
        match link.state {
            ReadingState::Read => entry.read += 1,
            ReadingState::ToRead => entry.to_read += 1,
            _ => {}
        }
    }
    note.goals = goals;
    note.reading = reading;
    note.meetings = meetings;
    for point in note.meetings.iter().flat_map(|meeting| &meeting.points) {
        if let Some(task) = point.task.and_then(|index| note.tasks.get_mut(index)) {
            task.owner.clone_from(&point.owner);
        }
    }
    Parsed { note, diagnostics: diagnostics.finish() }
}

/// Where the words before the fields at the end of an item end, in bytes: text is inserted there, because the Obsidian Tasks
/// plugin reads fields only at the end. The end of `words` if there are no fields.
pub(crate) fn end_before_fields(words: &str) -> usize {
    let found = fields::find(words, &|_| false);
    let mut end = words.trim_end().len();
    while let Some(field) = found.iter().rfind(|field| field.end == end && field.start < end) {
        end = words.get(..field.start).map_or(0, |before| before.trim_end().len());
    }
    if end == 0 { words.trim_end().len() } else { end }
}

/// True when a fenced code block ends with a fence.
fn is_closed(block: &str) -> bool {
    let block = block.trim();
    let Some(mark) = block.chars().next() else { return true };
    let length = |line: &str| line.len() - line.trim_start_matches(mark).len();
    let last = block.rsplit(['\n', '\r']).next().unwrap_or("").trim_start_matches([' ', '\t', '>']).trim_end();
    last.len() < block.len() && length(last) == last.len() && last.len() >= length(block)
}

/// True for a line that opens a comment (`%%`) or mathematics (`$$`) which nothing closes.
fn opens(content: Span, text: &str, outline: &Outline) -> bool {
    let words = content.of(text).trim();
    let start = content.end - content.of(text).trim_start().len();
    let is_mark = words == "$$" || (words.starts_with("%%") && words.matches("%%").count() % 2 == 1);
    is_mark && outline.mask_at(start).is_none()
}

/// The structure of a note's text behind its front matter, with Obsidian's comments.
fn outline_of(text: &str, body_start: usize, lines: &Lines) -> Outline {
    let mut outline = outline::read(text.get(body_start..).unwrap_or(""), body_start, lines);
    let comments = inline::comments(text, body_start, lines, &outline);
    outline.add_comments(comments, text);
    outline
}

/// The 1-based line where the code, HTML or comment around a line starts; `None` if the line is text.
#[must_use]
pub fn hidden_since(text: &str, line: usize) -> Option<usize> {
    let lines = Lines::new(text);
    let front = front::read(text, &lines, &mut Diagnostics::new(text, &lines));
    let outline = outline_of(text, front.body_start, &lines);
    let content = lines.content(text, line);
    let blanks = content.of(text).len() - content.of(text).trim_start().len();
    let Some((mask, kind)) = outline.mask_at(content.start + blanks) else {
        // to other programs they hide all that follows
        let first = lines.line(front.body_start.min(text.len()));
        return (first..line).find(|line| opens(lines.content(text, *line), text, &outline));
    };
    let hides = match kind {
        Mask::Fence | Mask::HtmlBlock | Mask::Comment => true,
        // a mask within one line hides no other line
        Mask::Code | Mask::Math | Mask::Html => mask.start < content.start,
        Mask::Indented => false,
    };
    hides.then(|| lines.line(mask.start))
}

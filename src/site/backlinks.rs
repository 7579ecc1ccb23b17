//! Links of other notes to a page, each with the sentence in which it stands.

use serde::Serialize;

use crate::model::Lines;
use crate::model::Note;
use crate::model::comment::uncommented;
use crate::parse::plain;
use crate::report::anchor::AnchorRef;
use crate::site::Site;
use crate::site::text::cut;
use crate::site::text::escaped;

/// Backlinks shown.
const BACKLINKS: usize = 100;
/// Sentences shown of one note.
const SENTENCES: usize = 3;
/// Links of one note of which the sentence is looked at.
const LOOKED_AT: usize = 50;
/// Bytes of a long line that are looked at on either side of a link.
const REACH: usize = 1000;
/// Characters of a backlink's sentence on either side of the link.
const AROUND: usize = 140;

/// Another note that links here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Backlink {
    href: String,
    title: String,
    /// What tells it from others of this title; empty for most.
    aside: String,
    /// HTML, escaped.
    sentences: Vec<String>,
}

/// Published notes that link here, with the sentences in which they do.
pub(crate) fn backlinks(site: &Site<'_>, index: usize) -> (Vec<Backlink>, usize) {
    let mut by_note: Vec<(usize, Vec<usize>)> = Vec::new();
    for &(from, link) in site.graph.incoming(index).iter().filter(|(from, _)| site.places.page(*from).is_some()) {
        match by_note.last_mut() {
            Some((last, links)) if *last == from => links.push(link),
            _ => by_note.push((from, vec![link])),
        }
    }
    let more = by_note.len().saturating_sub(BACKLINKS);
    let shown = by_note.into_iter().take(BACKLINKS).filter_map(|(from, links)| {
        let note = site.places.note(from)?;
        let text = site.text(from)?;
        let section = section_of(note, *links.first()?);
        let text = uncommented(&text);
        let lines = Lines::new(&text);
        let mut sentences: Vec<String> = Vec::new();
        for link in links.into_iter().filter_map(|link| note.links.get(link)).take(LOOKED_AT) {
            if sentences.len() == SENTENCES {
                break;
            }
            // a task without its fields
            let task = note.tasks.iter().find(|task| task.line == link.line).map(|task| task.words.as_str());
            let line = task.filter(|words| !words.is_empty()).unwrap_or_else(|| {
                let line = lines.content(&text, link.line);
                around(line.of(&text), link.span.start.saturating_sub(line.start))
            });
            let sentence = sentence(line, &link.text);
            if !sentence.is_empty() && !sentences.contains(&sentence) {
                sentences.push(sentence);
            }
        }
        let href = site.places.href_to_note(index, from, section.map(AnchorRef::Section))?;
        Some(Backlink { href, title: note.title.clone(), aside: site.beside(from).to_owned(), sentences })
    });
    (shown.collect(), more)
}

/// The section in which a link stands.
fn section_of(note: &Note, link: usize) -> Option<usize> {
    let section = note.section_at(note.links.get(link)?.span.start)?;
    // the title is the note itself
    note.sections.get(section).filter(|section| section.level > 1).map(|_| section)
}

/// The part of a long line around a byte.
fn around(line: &str, at: usize) -> &str {
    if line.len() <= 2 * REACH {
        return line;
    }
    let border = |from: usize| (from..=line.len()).find(|&at| line.is_char_boundary(at)).unwrap_or(line.len());
    let start = border(at.min(line.len()).saturating_sub(REACH));
    let end = border((start + 2 * REACH).min(line.len()));
    line.get(start..end).unwrap_or(line)
}

/// The sentence of a line in which a link stands, as HTML, with the link marked.
fn sentence(line: &str, link: &str) -> String {
    let ends = |c: char| ".!?".contains(c);
    let table = line.trim_start().starts_with('|');
    let line = line.trim_start_matches(|c: char| c.is_whitespace() || "#>-*+|".contains(c));
    let line = match line.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((symbol, rest)) if symbol.chars().count() <= 1 => rest,
        _ => line,
    };
    let words = plain(line);
    let words = words.trim().trim_matches('|').trim();
    let cells = words.replace(" | ", " · ");
    let words = if table { cells.as_str() } else { words };
    if words.trim_end_matches(ends) == link.trim() {
        // the title above says as much
        return String::new();
    }
    let Some(at) = words.find(link).filter(|_| !link.is_empty()) else {
        return escaped(&cut(words, 2 * AROUND));
    };
    let (before, after) = (words.get(..at).unwrap_or(""), words.get(at + link.len()..).unwrap_or(""));
    // a sentence ends with its mark and a blank
    let mut starts = before
        .char_indices()
        .filter(|&(i, c)| ends(c) && before.get(i + c.len_utf8()..).is_some_and(|rest| rest.starts_with(' ')));
    let start = starts.next_back().map_or(0, |(i, c)| i + c.len_utf8());
    let end = after.char_indices().find(|&(i, c)| {
        ends(c) && after.get(i + c.len_utf8()..).is_none_or(|rest| rest.is_empty() || rest.starts_with(' '))
    });
    let end = end.map_or(after.len(), |(i, c)| i + c.len_utf8());
    let before = before.get(start..).unwrap_or("").trim_start();
    let dropped = before.chars().count().saturating_sub(AROUND);
    let lead = if dropped > 0 { "…" } else { "" };
    let before: String = before.chars().skip(dropped).collect();
    let after = cut(after.get(..end).unwrap_or(""), AROUND);
    format!("{lead}{}<mark>{}</mark>{}", escaped(&before), escaped(link), escaped(&after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_around_links() {
        let line = "- [ ] First one. Then we read [[outbox|the outbox]] again, *twice*. And more.";
        assert_eq!(sentence(line, "the outbox"), "Then we read <mark>the outbox</mark> again, twice.");
        assert_eq!(sentence("| a | [[b]] |", "b"), "a · <mark>b</mark>");
        assert_eq!(sentence("![[b#c]]", "b#c"), "");
        assert_eq!(sentence("see [[<b>]]", "<b>"), "see <mark>&lt;b&gt;</mark>");
    }
}

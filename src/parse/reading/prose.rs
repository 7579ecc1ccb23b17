//! Links outside of lists: in paragraphs and headings, and in boxes that Markdown takes for code.

use std::rc::Rc;

use crate::model::Form;
use crate::model::Link;
use crate::model::LinkKind;
use crate::model::Reading;
use crate::model::ReadingState;
use crate::model::Span;
use crate::model::reading::ReadingWhy;
use crate::parse::outline::BlockKind;
use crate::parse::plain::plain;
use crate::parse::reading::above::Above;
use crate::parse::reading::boxes::of_box;
use crate::parse::reading::entry;
use crate::parse::reading::kind;
use crate::parse::reading::labels::Label;
use crate::parse::reading::own::GENRES;
use crate::parse::reading::own::Own;
use crate::parse::reading::title;
use crate::parse::reading::tree::Tree;
use crate::parse::reading::work;
use crate::parse::reading::work::Around;
use crate::parse::reading::work::Intention;
use crate::parse::reading::work::bare;
use crate::parse::reading::work::count;

/// Further into a line of prose, in bytes, a link is named in passing.
const OPENING: usize = 200;

/// A link in a paragraph or heading: only where a list of links is written in paragraphs, or somebody says that they read it.
pub(super) fn in_prose(
    tree: &Tree<'_>,
    above_of: &mut dyn FnMut(usize) -> Rc<Above>,
    link: &Link,
    block: Option<(Span, BlockKind)>,
) -> Option<Reading> {
    let (block, kind_of_block) = block?;
    let text = tree.input.text;
    let dated = tree.dated(link.line);
    let before = text.get(block.start..link.span.start)?;
    let sentence = before.rsplit(['.', '!', '?', '\n']).next().unwrap_or(before);
    if kind_of_block == BlockKind::Text
        && sentence.len() <= OPENING
        && let Some((state, word)) = said_in_prose(&plain(sentence), dated)
    {
        let kind = kind::kind(&link.target, "");
        let named = title::title(link, "", "", None);
        let state = (state, ReadingWhy::Word(word));
        let mut reading = entry::new(link, named, kind, state, link.line);
        reading.group.clone_from(&above_of(link.span.start).group);
        entry::date(tree, &mut reading, None, None);
        return Some(reading);
    }
    // a line of its own that begins with the link, or ends with it
    let line = tree.input.lines.content(text, link.line);
    let last =
        tree.input.lines.content(text, tree.input.lines.line(link.span.end.saturating_sub(1).max(link.span.start)));
    let from = text.get(line.start.max(block.start)..link.span.start)?;
    let to = text.get(link.span.end..last.end.min(block.end).max(link.span.end))?;
    if from.len() > OPENING {
        return None;
    }
    let begins = from.trim_matches(|c: char| !c.is_alphanumeric()).is_empty();
    let own = Own { lead: plain(from), tail: plain(to), ..Own::default() };
    if !begins
        || own.is_sentence()
        || (count(&own.tail) > 0
            && to.starts_with(' ')
            && !to.trim_start().starts_with(['-', '–', '—', ':', '(', '|'])
            && !to.trim_start().to_lowercase().starts_with("by "))
    {
        return None;
    }
    let section = match kind_of_block {
        // a heading stands under those above it
        BlockKind::Heading => block.start.checked_sub(1)?,
        _ => link.span.start,
    };
    let above = above_of(section);
    let state = match (&above.definite, &above.list) {
        (Some((Label::ToRead, name)), _) => (ReadingState::ToRead, ReadingWhy::Section(name.clone())),
        (Some((Label::ToLookAt, name)), _) => (ReadingState::ToLookAt, ReadingWhy::Section(name.clone())),
        (Some((Label::Read, name)), _) => (ReadingState::Read, ReadingWhy::Section(name.clone())),
        (Some((Label::Reading, name)), _) => (ReadingState::Reading, ReadingWhy::Section(name.clone())),
        (Some((Label::Dropped, name)), _) => (ReadingState::Dropped, ReadingWhy::Section(name.clone())),
        (Some(_), _) | (None, None) => return None,
        (None, Some(name)) => (ReadingState::Unsorted, ReadingWhy::List(name.clone())),
    };
    let all = format!("{} {}", own.lead, own.tail).to_lowercase();
    let kind = kind::kind(&link.target, &all);
    let named = title::title(link, "", &own.tail, None);
    let mut reading = entry::new(link, named, kind, state, link.line);
    reading.minutes = title::minutes(&all);
    reading.group.clone_from(&above.group);
    if matches!(reading.state, ReadingState::Read | ReadingState::Dropped) {
        reading.remarks.extend(own.comment());
    }
    entry::date(tree, &mut reading, None, None);
    Some(reading)
}

/// Links of boxes that Markdown takes for code, because they are indented too far.
pub(super) fn in_indented_tasks(
    tree: &Tree<'_>,
    above_of: &mut dyn FnMut(Option<usize>, usize) -> Rc<Above>,
) -> Vec<Reading> {
    let mut found = Vec::new();
    for index in 0..tree.input.items.len() {
        let Some((number, task)) = tree.task(index).filter(|(_, task)| task.form == Form::Indented) else {
            continue;
        };
        let Some(link) = task.links.iter().find(|link| link.url.contains("://")) else { continue };
        let Some(item) = tree.input.items.get(index) else { continue };
        let Some(state) = of_box(task.status) else { continue };
        let written = if link.text == link.url { LinkKind::Autolink } else { LinkKind::Inline };
        let link = Link {
            kind: written,
            span: task.span,
            line: task.line,
            target: link.url.clone(),
            text: link.text.clone(),
            ..Link::default()
        };
        let above = above_of(item.parent, item.start);
        let in_to_do = !above.is_for_reading() && !above.below_link;
        let around = Around { in_to_do, people: tree.input.people };
        if matches!(work::intention(&task.words, around), Some(Intention::Other(_))) {
            continue;
        }
        let kind = kind::kind(&link.target, &task.words.to_lowercase());
        let named = title::title(&link, &task.words, "", None);
        let mut reading = entry::new(&link, named, kind, (state, ReadingWhy::Box), task.line);
        reading.text_start = Some(item.text_start);
        reading.task = Some(number);
        reading.repeats = task.recurrence.is_some();
        reading.group.clone_from(&above.group);
        entry::date(tree, &mut reading, Some(task), None);
        found.push(reading);
    }
    found
}

/// What a sentence of prose says of its link: `Today I read [a piece](…)`.
///
/// `before` is the sentence as far as the link. `dated`: it stands under a day.
fn said_in_prose(before: &str, dated: bool) -> Option<(ReadingState, String)> {
    const VERBS: [&str; 8] = ["read", "reread", "re-read", "watched", "rewatched", "finished", "listened", "skimmed"];
    let lower = before.to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().map(bare).filter(|word| !word.is_empty()).collect();
    let at = words.iter().take(4).position(|word| VERBS.contains(word))?;
    let verb = words.get(at)?;
    let own = words.iter().take(at).any(|word| matches!(*word, "i" | "i've" | "i’ve" | "we" | "we've"));
    let only_time = words.iter().take(at).all(|word| {
        ["i", "i've", "i’ve", "we", "today", "also", "then", "and", "just", "finally", "have", "yesterday", "tonight"]
            .contains(word)
    });
    let object = words.get(at + 1..).unwrap_or(&[]);
    let next = object.first().copied().unwrap_or("");
    let onward = ["more", "about", "on", "up", "here", "further", "docs"].contains(&next);
    let led_to = object.iter().any(|word| matches!(*word, "see" | "via" | "with" | "using" | "for"));
    let half = matches!(next, "half" | "part" | "some");
    let genre = object.is_empty() || object.iter().any(|word| GENRES.has(word));
    let counts = match *verb {
        "finished" => own && genre,
        "watched" => {
            !object.iter().any(|word| matches!(*word, "build" | "builds" | "deploy" | "pipeline" | "job" | "tests"))
        }
        _ => true,
    };
    let state = if half { ReadingState::Reading } else { ReadingState::Read };
    ((own || dated) && only_time && object.len() <= 7 && !onward && !led_to && counts)
        .then(|| (state, (*verb).to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose() {
        use ReadingState::*;
        for (before, dated, read) in [
            ("Today I read ", false, Some(Read)),
            ("Read ", true, Some(Read)),
            ("Read ", false, None),
            ("Watched a talk on looms, ", true, Some(Read)),
            ("Read more about it in ", true, None),
            ("Everybody who has read ", true, None),
            ("I have not read ", true, None),
            ("I finished the migration, see ", true, None),
            ("I finished the book ", true, Some(Read)),
            ("I watched the build ", true, None),
            ("I read half of ", true, Some(Reading)),
        ] {
            assert_eq!(said_in_prose(before, dated).map(|(state, _)| state), read, "{before}");
        }
    }
}

//! New words, or a new level, for a heading.

use crate::model::Edit;
use crate::model::Section;
use crate::model::SectionKind;
use crate::model::note::without_block_id;

/// Replaces the text of a Markdown heading. Its marks, `{#id}` and `^block` stay. `None` for a label line, and for an
/// underlined heading of several lines.
#[must_use]
pub fn with_words(text: &str, section: &Section, words: &str) -> Option<Edit> {
    if section.kind != SectionKind::Heading {
        return None;
    }
    let raw = section.heading_span.of(text);
    let line = raw.lines().next()?;
    let marks = line.chars().take_while(|c| *c == '#').count();
    let (from, mut to) = match marks {
        0 if raw.trim_end().lines().count() != 2 => return None,
        0 => (line.len() - line.trim_start().len(), line.trim_end().len()),
        _ => {
            let rest = line.get(marks..)?;
            let from = marks + rest.len() - rest.trim_start().len();
            let open = line.trim_end();
            let closed = open.trim_end_matches('#');
            // `## C#` is not a closed heading
            let closes = closed.len() < open.len() && closed.ends_with([' ', '\t']);
            (from, if closes { closed.trim_end().len() } else { open.len() })
        }
    };
    // ids and block ids come after the text
    for _ in 0..2 {
        let words = line.get(from..to)?;
        let mark = match without_block_id(words).len() {
            bare if bare < words.len() => Some(bare),
            _ if words.ends_with('}') => {
                words.rfind('{').filter(|at| words.get(at + 1..).is_some_and(|id| id.starts_with(['#', '.'])))
            }
            _ => None,
        };
        let Some(at) = mark else { break };
        to = from + words.get(..at)?.trim_end().len();
    }
    let start = section.heading_span.start;
    (from <= to).then(|| Edit { start: start + from, end: start + to, text: words.to_owned() })
}

/// Changes the level of a Markdown heading, 1 to 6. Underlines have two levels only: below them the heading is written with `#`.
/// `None` for a label line, and for an underlined heading of several lines that `#` cannot mark.
#[must_use]
pub fn with_level(text: &str, section: &Section, level: u8) -> Option<Vec<Edit>> {
    if section.kind != SectionKind::Heading || !(1..=6).contains(&level) {
        return None;
    }
    if section.level == level {
        return Some(Vec::new());
    }
    let start = section.heading_span.start;
    let raw = section.heading_span.of(text).trim_end();
    let marks = raw.bytes().take_while(|byte| *byte == b'#').count();
    let sharps = "#".repeat(usize::from(level));
    if marks > 0 {
        return Some(vec![Edit { start, end: start + marks, text: sharps }]);
    }
    let under = raw.rfind('\n').map(|at| at + 1)?;
    let line = raw.get(under..)?;
    let from = start + under + (line.len() - line.trim_start_matches(['>', ' ', '\t']).len());
    let end = start + raw.len();
    if level <= 2 {
        let mark = if level == 1 { "=" } else { "-" };
        return Some(vec![Edit { start: from, end, text: mark.repeat(end - from) }]);
    }
    let words = raw.get(..under)?.trim_end();
    // `A #` would become `### A #`, whose last `#` is no longer a word
    (!words.contains('\n') && !words.ends_with('#')).then(|| {
        let gone = Edit { start: start + words.len(), end, text: String::new() };
        vec![Edit { start, end: start, text: format!("{sharps} ") }, gone]
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::apply_text;
    use crate::model::NotePath;
    use crate::parse;

    #[test]
    fn another_level() {
        for (text, level, want) in [
            ("## A ##\nb\n", 1, Some("# A ##\nb\n")),
            ("# A\r\n", 3, Some("### A\r\n")),
            ("A\nb\n---\nc\n", 1, Some("A\nb\n===\nc\n")),
            ("A\r\n=====\r\nc\r\n", 2, Some("A\r\n-----\r\nc\r\n")),
            ("A *b*\n===\nc\n", 3, Some("### A *b*\nc\n")),
            ("A\nb\n===\nc\n", 3, None),
            ("> A\n> ---\n> c\n", 1, Some("> A\n> ===\n> c\n")),
        ] {
            let note = parse::parse(&NotePath::from("n.md"), text, &parse::Options::default()).note;
            let edits = with_level(text, &note.sections[0], level);
            let new = edits.map(|edits| apply_text(text, &edits).unwrap());
            assert_eq!(new.as_deref(), want, "{text}");
            if let Some(new) = new {
                let now = parse::parse(&NotePath::from("n.md"), &new, &parse::Options::default()).note;
                assert_eq!((now.sections[0].level, &now.sections[0].text), (level, &note.sections[0].text));
            }
        }
    }

    #[test]
    fn only_the_words_change() {
        for (text, want) in [
            ("# Old\n", "# New\n"),
            ("a\n\n##   *Old* one  ##  \nb\n", "a\n\n##   New  ##  \nb\n"),
            ("## C#\r\n", "## New\r\n"),
            ("## Old {#id}\n", "## New {#id}\n"),
            ("## Old ^b1\n", "## New ^b1\n"),
            ("Old\n---\n", "New\n---\n"),
            ("> ## Old\n> b\n", "> ## New\n> b\n"),
            ("- # Old\n", "- # New\n"),
        ] {
            let note = parse::parse(&NotePath::from("n.md"), text, &parse::Options::default()).note;
            let edit = with_words(text, note.sections.first().unwrap(), "New").unwrap();
            assert_eq!(apply_text(text, &[edit]).unwrap(), want);
        }
        let text = "Old\nold\n===\n\n**Label**\n\n- a\n";
        let note = parse::parse(&NotePath::from("n.md"), text, &parse::Options::default()).note;
        assert!(note.sections.iter().all(|section| with_words(text, section, "New").is_none()));
    }
}

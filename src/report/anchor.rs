//! Whether a place that a link names is in a note, though the note's facts do not know it under that name.
//!
//! Programs make anchors in a dozen ways (GitHub, Obsidian, mdBook, Pandoc …). A link is called broken only where none of
//! them could mean it, so this is lenient on purpose: letters and digits count, the rest does not.

use crate::model::Note;
use crate::model::SectionKind;

/// True when `written` (what stands behind `#`) could name a heading or an HTML anchor. `text` is asked for only if needed.
pub(crate) fn is_heading(note: &Note, written: &str, wiki: bool, text: &dyn Fn() -> Option<String>) -> bool {
    // a browser's own: the top of the page, and words to mark
    if !wiki && (written.eq_ignore_ascii_case("top") || written.contains(":~:")) {
        return true;
    }
    let last = written.rsplit('#').next().unwrap_or(written);
    let wanted: Vec<String> = [written, last, without_number(last)].iter().map(|words| loose(words)).collect();
    let fits = |words: &str| {
        let words = loose(words);
        !words.is_empty() && wanted.contains(&words)
    };
    if note.sections.iter().any(|section| fits(&section.text) || fits(&section.slug)) {
        return true;
    }
    let Some(text) = text() else { return false };
    let headings = note.sections.iter().filter(|section| section.kind == SectionKind::Heading);
    let as_written = headings.map(|section| section.heading_span.of(&text)).any(fits);
    as_written || is_html_anchor(&text, last) || html_headings(&text).any(|words| fits(&words))
}

/// True when a line ends with `^id`, wherever that line stands.
pub(crate) fn is_block(text: &str, id: &str) -> bool {
    text.split(['\n', '\r']).any(|line| {
        let line = line.trim_end();
        let start = line.len().saturating_sub(id.len());
        let found = line.get(start..).is_some_and(|end| end.eq_ignore_ascii_case(id));
        let before = line.get(..start).and_then(|before| before.strip_suffix('^'));
        found && before.is_some_and(|before| before.chars().next_back().is_none_or(|c| c.is_whitespace() || c == '>'))
    })
}

/// Letters and digits in lower case.
fn loose(words: &str) -> String {
    crate::model::words::fold(words).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// `same-1` is the second of two headings `Same`.
fn without_number(slug: &str) -> &str {
    match slug.rsplit_once('-') {
        Some((base, number)) if number.bytes().all(|byte| byte.is_ascii_digit()) => base,
        _ => slug,
    }
}

/// `<a name="x">`, `<h2 id='x'>`, `## Words {#x}`
fn is_html_anchor(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(at, _)| {
        let before = text.get(..at).unwrap_or("");
        let after = text.get(at + name.len()..).unwrap_or("");
        if before.ends_with("{#") {
            return after.starts_with(['}', ' ']);
        }
        let bare = before.trim_end_matches(['"', '\'']);
        let bare = bare.trim_end().strip_suffix('=').map(|rest| rest.trim_end().to_ascii_lowercase());
        bare.is_some_and(|bare| bare.ends_with("id") || bare.ends_with("name"))
            && after.starts_with(['"', '\'', '>', ' ', '/'])
    })
}

/// The words of `<h1>…</h1>` to `<h6>…</h6>`.
fn html_headings(text: &str) -> impl Iterator<Item = String> {
    text.match_indices("<h").filter_map(|(at, _)| {
        let rest = text.get(at + 2..)?;
        rest.starts_with(|c: char| ('1'..='6').contains(&c)).then_some(())?;
        let words = rest.split_once('>')?.1.split("</h").next()?;
        let mut plain = String::new();
        let mut inside = false;
        for c in words.chars().take(500) {
            match c {
                '<' => inside = true,
                '>' => inside = false,
                c if !inside => plain.push(c),
                _ => {}
            }
        }
        Some(plain)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::NotePath;
    use crate::parse;

    #[track_caller]
    fn case(text: &str, written: &str, want: bool) {
        let note = parse::parse(&NotePath::from("n.md"), text, &parse::Options::default()).note;
        assert_eq!(is_heading(&note, written, false, &|| Some(text.to_owned())), want, "{written}");
    }

    #[test]
    fn anchors_of_every_program() {
        case("## What's new & improved", "whats-new--improved", true);
        case("## What's new & improved", "whats-new-improved", true);
        case("## What's new & improved", "What's new & improved", true);
        case("## What's new & improved", "whats-old", false);
        case("## See [[saga|the saga]]", "See saga the saga", true);
        case("## [Title](http://x.y)", "[Title](http //x.y)", true);
        case("<a name=\"old\"></a>\n", "old", true);
        case("<h2 id=sec-1>One</h2>\n", "sec-1", true);
        case("<h2>Part <b>two</b></h2>\n", "part-two", true);
        case("## Words {#own-id}\n", "own-id", true);
        case("no old id here\n", "old", false);
        case("# Same\n# Same\n", "same-1", true);
        case("text", "top", true);
        case("# 🎉\n", "🎊", false);
    }

    #[test]
    fn block_marks_anywhere() {
        assert!(is_block("> quote ^a1\n", "a1"));
        assert!(is_block("```\ncode\n```\n^A1", "a1"));
        assert!(!is_block("x^a1 y ^a12", "a1"));
        assert!(!is_block("ü", "a1"));
    }
}

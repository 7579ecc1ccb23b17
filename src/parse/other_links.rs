//! Links that stand in front matter and in a note's own HTML. No list shows them, but they follow what moves.

use crate::model::Lines;
use crate::model::Link;
use crate::model::LinkKind;
use crate::model::LinkParts;
use crate::model::Span;
use crate::parse::anchors;
use crate::parse::front::Entry;
use crate::parse::inline;
use crate::parse::link_parts;
use crate::parse::outline::Mask;
use crate::parse::outline::Outline;

/// Attributes that hold one address.
const ADDRESSES: [&str; 4] = ["src", "href", "poster", "data"];

/// All of them, in the order of the text; `body` is where it begins.
pub(crate) fn read(text: &str, body: usize, entries: &[Entry], lines: &Lines, outline: &Outline) -> Vec<Link> {
    let mut found = Vec::new();
    for line in 1..lines.line(body) {
        let span = lines.content(text, line);
        let words = Span::new(span.start, span.start + before_comment(span.of(text)).len());
        inline::wikilinks(text, line, outline, words, &mut found);
    }
    for (value, span) in entries.iter().flat_map(|entry| &entry.items) {
        let at = span.of(text).find(value.as_str()).map(|at| span.start + at);
        if let Some(start) = at.filter(|_| is_path(value)) {
            found.push(link(text, lines, *span, Span::new(start, start + value.len())));
        }
    }
    for html in outline.masked(&[Mask::Html, Mask::HtmlBlock]) {
        for tag in anchors::tags(html.of(text)) {
            let tag_span = Span::new(html.start + tag.span.start, html.start + tag.span.end);
            for (key, value) in anchors::attributes(tag.span.of(html.of(text)), tag.name.len() + 1) {
                let is_address = ADDRESSES.iter().any(|address| key.eq_ignore_ascii_case(address));
                // where it stands: it is a piece of this very text
                let start = (value.as_ptr() as usize).checked_sub(text.as_ptr() as usize);
                // `src=a.png/>` ends the tag
                let is_quoted = start.and_then(|at| text.get(..at)).is_some_and(|before| before.ends_with(['"', '\'']));
                let value = if is_quoted { value } else { value.trim_end_matches('/') };
                if let Some(start) = start.filter(|_| is_address && !value.trim().is_empty() && !value.contains('&')) {
                    found.push(link(text, lines, tag_span, Span::new(start, start + value.len())));
                }
            }
        }
    }
    found.sort_by_key(|link| link.span.start);
    found
}

/// A line of front matter up to its comment.
fn before_comment(line: &str) -> &str {
    let is_outside = |at: usize| {
        let before = line.get(..at).unwrap_or("");
        ['"', '\''].iter().all(|quote| before.matches(*quote).count() % 2 == 0)
    };
    let mark = line.match_indices('#').map(|(at, _)| at).find(|&at| {
        is_outside(at) && line.get(..at).is_some_and(|before| before.trim().is_empty() || before.ends_with([' ', '\t']))
    });
    line.get(..mark.unwrap_or(line.len())).unwrap_or(line)
}

/// True for the path of a file: one word with an extension.
fn is_path(value: &str) -> bool {
    let extension = value.split('#').next().unwrap_or("").rsplit_once('.').map_or("", |(_, extension)| extension);
    (1..=8).contains(&extension.len())
        && extension.chars().all(|c| c.is_ascii_alphanumeric())
        && extension.chars().any(|c| c.is_ascii_alphabetic())
        && !value.contains("://")
        && !value.contains(['[', ']', '|', ',', '"', '\'', '@'])
        && !value.contains(char::is_whitespace)
}

fn link(text: &str, lines: &Lines, span: Span, target: Span) -> Link {
    Link {
        kind: LinkKind::Inline,
        span,
        line: lines.line(target.start),
        target: target.of(text).to_owned(),
        text: String::new(),
        title: None,
        parts: LinkParts { text: Span::default(), ..link_parts::split(text, target) },
    }
}

#[cfg(test)]
mod tests {
    use crate::model::NotePath;
    use crate::parse;

    #[track_caller]
    fn case(text: &str, want: &[(&str, usize)]) {
        let note = parse::parse(&NotePath::from("n.md"), text, &parse::Options::default()).note;
        let found: Vec<(&str, usize)> = note.other_links.iter().map(|link| (link.target.as_str(), link.line)).collect();
        assert_eq!(found, want, "{text:?}");
        for link in &note.other_links {
            assert_eq!(link.parts.path.of(text), link.target.split('#').next().unwrap(), "{text:?}");
        }
    }

    #[test]
    fn front_matter_and_html() {
        case(
            "---\nup: \"[[Saga|x]]\"\nrelated:\n  - rel.md\n  - '[[b#c]]'\n# [[no]]\n---\n[[no]]\n",
            &[("Saga", 2), ("rel.md", 4), ("b#c", 5)],
        );
        case(
            "---\nup: [[Saga]]\nimage: img/p.png#x\nversion: 1.10\nurl: https://a.org/b.md\ntitle: Loom no. 2\n---\n",
            &[("Saga", 2), ("img/p.png#x", 3)],
        );
        case(
            "a <img alt=x src=\"img/p.png\"> <a href='b.md#c'>b</a>\n\n<video\n  poster=v.jpg></video>\n",
            &[("img/p.png", 1), ("b.md#c", 1), ("v.jpg", 4)],
        );
        case(
            "---\na: v # [[no]]\nb: \"[[x#y]] # [[z]]\" # no\n# [[no]]\n---\n<img src=p.png/> <a href=\"img/\">i</a>\n",
            &[("x#y", 3), ("z", 3), ("p.png", 6), ("img/", 6)],
        );
        case("`<img src=\"p.png\">`\n\n<!-- <img src=\"p.png\"> -->\n\n<a href=\"a?b&amp;c\">x</a>\n", &[]);
    }
}

//! Links in front matter and in a note's own HTML. They are not listed anywhere, but are updated when notes move.

use crate::model::Lines;
use crate::model::Link;
use crate::model::LinkKind;
use crate::model::LinkParts;
use crate::model::Span;
use crate::parse::anchors;
use crate::parse::front::Entry;
use crate::parse::inline;
use crate::parse::link_parts;
use crate::parse::outline;
use crate::parse::outline::Mask;
use crate::parse::outline::Outline;
use crate::parse::scalars;

/// Attributes with one address.
const ADDRESSES: [&str; 5] = ["src", "href", "poster", "data", "data-src"];
/// Attributes with several addresses, each followed by a size.
const LISTS: [&str; 2] = ["srcset", "data-srcset"];

/// All of them, in the order of the text; `body` is the byte where the body begins.
pub(crate) fn read(text: &str, body: usize, entries: &[Entry], lines: &Lines, outline: &Outline) -> Vec<Link> {
    let mut found = if body > 0 { in_front(text, body, entries, lines, outline) } else { Vec::new() };
    for html in outline.masked(&[Mask::Html, Mask::HtmlBlock]) {
        for tag in anchors::tags(html.of(text)) {
            let tag_span = Span::new(html.start + tag.span.start, html.start + tag.span.end);
            for (key, value) in anchors::attributes(tag.span.of(html.of(text)), tag.name.len() + 1) {
                let is = |keys: &[&str]| keys.iter().any(|other| key.eq_ignore_ascii_case(other));
                // its position: the value is a slice of this very text
                let Some(start) = (value.as_ptr() as usize).checked_sub(text.as_ptr() as usize) else { continue };
                // `src=a.png/>` ends the tag
                let is_quoted = text.get(..start).is_some_and(|before| before.ends_with(['"', '\'']));
                let value = if is_quoted { value } else { value.trim_end_matches('/') };
                let spans = match () {
                    () if is(&ADDRESSES) => vec![Span::new(start, start + value.len())],
                    () if is(&LISTS) => candidates(value, start),
                    () => Vec::new(),
                };
                for span in spans.into_iter().filter(|span| !span.of(text).trim().is_empty()) {
                    let mut link = link(text, lines, tag_span, span);
                    if link.target.contains('&') {
                        (link.target, link.parts) = with_entities(text, span);
                    }
                    found.push(link);
                }
            }
        }
    }
    let ends = (lines.line(body)..=lines.line(text.len())).filter_map(|line| {
        let span = lines.content(text, line);
        let path = wiki_definition(span.of(text))?;
        let path = Span::new(span.start + path.start, span.start + path.end);
        outline.mask_at(path.start).is_none().then(|| link(text, lines, path, path))
    });
    found.extend(ends);
    found.sort_by_key(|link| link.span.start);
    found
}

/// The links in front matter: wikilinks anywhere, Markdown links in its strings, and strings that are the path of a file.
fn in_front(text: &str, body: usize, entries: &[Entry], lines: &Lines, outline: &Outline) -> Vec<Link> {
    let mut found = Vec::new();
    for line in 1..lines.line(body) {
        let span = lines.content(text, line);
        let words = Span::new(span.start, span.start + before_comment(span.of(text)).len());
        inline::wikilinks(text, line, outline, words, &mut found);
    }
    let strings = scalars::read(text);
    let string_at = |at: usize| strings.iter().find(|string| string.span.contains(at));
    found.retain(|link| !string_at(link.span.start).is_some_and(|string| string.has_escapes(text)));
    for string in &strings {
        let quoted = string.read(text);
        let mut links = Vec::new();
        let here = Lines::new(&quoted.text);
        if string.has_escapes(text) {
            for line in 1..=here.count() {
                inline::wikilinks(
                    &quoted.text,
                    line,
                    &Outline::default(),
                    here.content(&quoted.text, line),
                    &mut links,
                );
            }
        }
        if quoted.text.contains("](") {
            let outline = outline::read(&quoted.text, 0, &here);
            links.extend(
                outline.links.into_iter().filter(|link| matches!(link.kind, LinkKind::Inline | LinkKind::Image)),
            );
        }
        found.extend(links.iter().map(|link| quoted.link_outside(link)));
    }
    for (value, span) in entries.iter().flat_map(|entry| &entry.items).filter(|(value, _)| is_path(value)) {
        let at = span.of(text).find(value.as_str()).map(|at| span.start + at);
        if let Some(start) = at {
            found.push(link(text, lines, *span, Span::new(start, start + value.len())));
        } else if let Some(quoted) =
            string_at(span.start).map(|string| string.read(text)).filter(|it| it.text == *value)
        {
            let whole = link(value, &Lines::new(value), Span::new(0, value.len()), Span::new(0, value.len()));
            found.push(quoted.link_outside(&whole));
        }
    }
    for link in &mut found {
        link.line = lines.line(link.span.start);
    }
    found
}

/// The addresses in `a.png 1x, b.png 2x`.
fn candidates(value: &str, start: usize) -> Vec<Span> {
    let address = |part: &str| {
        let words = part.trim_start();
        let end = words.find(char::is_whitespace).unwrap_or(words.len());
        let at = start + (words.as_ptr() as usize).saturating_sub(value.as_ptr() as usize);
        Span::new(at, at + end)
    };
    value.split(',').map(address).collect()
}

/// The path in a line `[[name]]: path.md "Title"`, which Foam writes below a note.
fn wiki_definition(line: &str) -> Option<Span> {
    let behind = line.strip_prefix("[[")?;
    let (name, behind) = behind.split_once("]]: ")?;
    let path = behind.trim_start();
    let start = line.len() - path.len();
    let (path, rest) = path.split_at(path.find(char::is_whitespace).unwrap_or(path.len()));
    let rest = rest.trim();
    let is_title = rest.is_empty() || (rest.len() > 1 && rest.starts_with('"') && rest.ends_with('"'));
    (!name.contains(['[', ']']) && is_title && !path.is_empty() && is_path(path))
        .then(|| Span::new(start, start + path.len()))
}

/// The target and its parts of an address in HTML, where `&amp;` stands for one character.
fn with_entities(text: &str, span: Span) -> (String, LinkParts) {
    let written = span.of(text);
    // the `#` of `&#38;` does not start a fragment
    let mark = written.match_indices('#').map(|(at, _)| at).find(|at| !written.get(..*at).unwrap_or("").ends_with('&'));
    let parts = match mark {
        Some(at) => LinkParts {
            path: Span::new(span.start, span.start + at),
            fragment: Span::new(span.start + at + 1, span.end),
            text: Span::default(),
        },
        None => LinkParts { path: span, ..LinkParts::default() },
    };
    let mut target = String::new();
    let mut rest = written;
    while let Some((before, behind)) = rest.split_once('&') {
        target.push_str(before);
        let entity = behind.split_once(';').and_then(|(name, behind)| Some((entity(name)?, behind)));
        let (c, behind) = entity.unwrap_or(('&', behind));
        // a character with a meaning in addresses is part of the name here
        if c == '#' {
            target.push_str("%23");
        } else {
            target.push(c);
        }
        rest = behind;
    }
    target.push_str(rest);
    (target, parts)
}

/// The character of an HTML entity; only the few that occur in addresses.
fn entity(name: &str) -> Option<char> {
    let number = |digits: &str, radix| char::from_u32(u32::from_str_radix(digits, radix).ok()?);
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        _ => match name.strip_prefix('#')? {
            hex if hex.starts_with(['x', 'X']) => number(hex.get(1..)?, 16),
            digits => number(digits, 10),
        },
    }
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

/// True for the path of a file: something with an extension.
fn is_path(value: &str) -> bool {
    let extension = value.split('#').next().unwrap_or("").rsplit_once('.').map_or("", |(_, extension)| extension);
    (1..=8).contains(&extension.len())
        && extension.chars().all(|c| c.is_ascii_alphanumeric())
        && extension.chars().any(|c| c.is_ascii_alphabetic())
        && !value.contains("://")
        && !value.contains(['[', ']', '|', '"', '\n'])
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
        case("`<img src=\"p.png\">`\n\n<!-- <img src=\"p.png\"> -->\n", &[]);
        case("---\ni: it's, a@b.png\n---\n", &[("it's, a@b.png", 2)]);
        case("+++\na = \"img/p.png\"\nb = ['x.md', \"[[y]]\"]\n+++\n", &[("img/p.png", 2), ("x.md", 3), ("y", 3)]);
        case("<img data-src=a.png srcset=\"b.png 1x, c.png#d 2x\">\n", &[("a.png", 1), ("b.png", 1), ("c.png#d", 1)]);
        case("[[b]]: ../b.md \"B\"\n\n    [[c]]: c.md\n\n[[d]]: a word\n\n```\n[[e]]: e.md\n```\n", &[("../b.md", 1)]);
    }

    #[test]
    fn strings_with_escapes_and_markdown_links() {
        let text = "---\na: '[[it''s#x''y|z]]'\nb: \"say \\\"[t](b%20c.md#d)\\\"\"\nc: ['it''s.md', \"x\"]\nd: [t](e.md)\n\
                    f: '[t](`g.md` ![p](p.png)'\n---\n";
        let note = parse::parse(&NotePath::from("n.md"), text, &parse::Options::default()).note;
        let parts = |link: &crate::model::Link| {
            let parts = [link.parts.path, link.parts.fragment].map(|part| part.of(text).to_owned());
            (link.target.clone(), parts, link.line)
        };
        let found: Vec<_> = note.other_links.iter().map(parts).collect();
        let want = [
            ("it's#x'y", ["it''s", "x''y"], 2),
            ("b%20c.md#d", ["b%20c.md", "d"], 3),
            ("it's.md", ["it''s.md", ""], 4),
            ("e.md", ["e.md", ""], 5),
            ("p.png", ["p.png", ""], 6),
        ];
        assert_eq!(found, want.map(|(target, parts, line)| (target.to_owned(), parts.map(str::to_owned), line)));
    }

    #[test]
    fn entities_in_html() {
        let text = "<a href=\"R&amp;D.md#a&#39;s\"></a><a href=\"a&#38;b.md\"></a><a href=\"x?a&b\"></a>";
        let note = parse::parse(&NotePath::from("n.md"), text, &parse::Options::default()).note;
        let parts = |link: &crate::model::Link| {
            (link.target.clone(), link.parts.path.of(text).to_owned(), link.parts.fragment.of(text).to_owned())
        };
        let found: Vec<_> = note.other_links.iter().map(parts).collect();
        let want = [("R&D.md#a's", "R&amp;D.md", "a&#39;s"), ("a&b.md", "a&#38;b.md", ""), ("x?a&b", "x?a&b", "")];
        assert_eq!(found, want.map(|(target, path, place)| (target.to_owned(), path.to_owned(), place.to_owned())));
    }
}

//! Locates the path, the fragment and the text of a link in the source. The Markdown parser only locates the link as a whole.
//!
//! All spans are bytes of `source`. Parts that cannot be located with certainty are empty.

use crate::model::LinkParts;
use crate::model::Span;

/// The parts of `[text](target "title")` and `![text](target)`; `text_end` is the end of the last piece of its text.
pub(crate) fn inline(source: &str, link: Span, text_end: Option<usize>, target: &str) -> LinkParts {
    let Some(start) = text_start(source, link) else { return LinkParts::default() };
    let from = text_end.unwrap_or(start).max(start);
    let Some(close) = find(source, from, link.end, "](") else { return LinkParts::default() };
    let parts = destination(source, Span::new(close + 2, link.end), target);
    LinkParts { text: Span::new(start, close), ..parts }
}

/// The parts of `[text][label]`, `[label][]` and `[label]`, whose target is in a definition.
pub(crate) fn reference(
    source: &str,
    link: Span,
    text_end: Option<usize>,
    definition: Option<(Span, &str)>,
) -> LinkParts {
    let mut parts = definition.map_or_else(LinkParts::default, |(span, target)| self::definition(source, span, target));
    parts.text = Span::default();
    if let Some(start) = text_start(source, link)
        && let Some(close) = find(source, text_end.unwrap_or(start).max(start), link.end, "]")
    {
        parts.text = Span::new(start, close);
    }
    parts
}

/// The parts of `[label]: target`.
pub(crate) fn definition(source: &str, definition: Span, target: &str) -> LinkParts {
    let Some(start) = text_start(source, definition) else { return LinkParts::default() };
    let Some(close) = find(source, start, definition.end, "]:") else { return LinkParts::default() };
    LinkParts { text: Span::new(start, close), ..destination(source, Span::new(close + 2, definition.end), target) }
}

/// The same parts in a text in which `source` begins at the byte `base`.
pub(crate) fn shifted(parts: LinkParts, base: usize) -> LinkParts {
    let shift = |span: Span| if span == Span::default() { span } else { Span::new(base + span.start, base + span.end) };
    LinkParts { path: shift(parts.path), fragment: shift(parts.fragment), text: shift(parts.text) }
}

/// The parts of `<target>` and of a bare address.
pub(crate) fn address(source: &str, link: Span) -> LinkParts {
    let inside = match link.of(source).strip_prefix('<').and_then(|rest| rest.strip_suffix('>')) {
        Some(inside) => Span::new(link.start + 1, link.start + 1 + inside.len()),
        None => link,
    };
    split(source, inside)
}

/// The parts of a target: up to the first `#`, and what follows.
pub(crate) fn split(source: &str, target: Span) -> LinkParts {
    match target.of(source).find('#') {
        Some(at) => LinkParts {
            path: Span::new(target.start, target.start + at),
            fragment: Span::new(target.start + at + 1, target.end),
            text: Span::default(),
        },
        None => LinkParts { path: target, ..LinkParts::default() },
    }
}

/// The first byte of a link's text.
fn text_start(source: &str, link: Span) -> Option<usize> {
    let mark = ["![", "["].into_iter().find(|mark| link.of(source).starts_with(mark))?;
    Some(link.start + mark.len())
}

fn find(source: &str, from: usize, end: usize, what: &str) -> Option<usize> {
    Some(from + Span::new(from, end).of(source).find(what)?)
}

/// A destination in angle brackets, or up to a space or the closing bracket. `within` begins before it.
fn destination(source: &str, within: Span, target: &str) -> LinkParts {
    let rest = within.of(source);
    let blank = rest.len() - rest.trim_start().len();
    let rest = rest.trim_start();
    let start = within.start + blank;
    let (start, length) = match rest.strip_prefix('<') {
        Some(inside) => (start + 1, end_of(inside, |c, _| c == '>')),
        None => (start, end_of(rest, |c, depth| c.is_whitespace() || (c == ')' && depth == 0))),
    };
    let span = Span::new(start, start + length);
    let written = span.of(source);
    if written == target {
        return split(source, span);
    }
    // written with escapes or entities
    let Some(mark) = mark(written, target) else { return LinkParts::default() };
    let at = |at: usize| span.start + at;
    match mark {
        Some(mark) => LinkParts {
            path: Span::new(span.start, at(mark.start)),
            fragment: Span::new(at(mark.end), span.end),
            text: Span::default(),
        },
        None => LinkParts { path: span, ..LinkParts::default() },
    }
}

/// Where the `#` of a target stands in what is written, which may have backslashes and entities. The outer `None`: it is another target.
fn mark(written: &str, target: &str) -> Option<Option<Span>> {
    let mut mark = None;
    let (mut at, mut read) = (0, target.chars());
    while let Some(c) = written.get(at..)?.chars().next() {
        let rest = written.get(at..)?;
        let behind = rest.get(c.len_utf8()..)?;
        let wanted = read.as_str();
        let (is, length) = match c {
            '\\' if behind.starts_with(|c: char| c.is_ascii_punctuation()) => (read.next()?, 2),
            '&' => match entity(rest).filter(|entity| !wanted.starts_with(entity)) {
                Some(entity) => {
                    let is = read.next()?;
                    // a few entities are two characters
                    let next = written.get(at + entity.len()..)?.chars().next();
                    if !matches!(next, Some('\\' | '&')) && read.as_str().chars().next() != next {
                        read.next()?;
                    }
                    (is, entity.len())
                }
                None => (read.next()?, 1),
            },
            _ => (read.next().filter(|is| *is == c)?, c.len_utf8()),
        };
        if is == '#' && mark.is_none() {
            mark = Some(Span::new(at, at + length));
        }
        at += length;
    }
    read.as_str().is_empty().then_some(mark)
}

/// What may be an entity at the beginning of a text: `&amp;`, `&#38;`.
fn entity(text: &str) -> Option<&str> {
    let end = text.find(';')?;
    let name = text.get(1..end)?;
    let name = name.strip_prefix('#').unwrap_or(name);
    (!name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric())).then(|| text.get(..=end))?
}

/// The number of bytes before the first character that ends a destination, given the number of open brackets.
fn end_of(text: &str, ends: impl Fn(char, usize) -> bool) -> usize {
    let mut depth = 0usize;
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        if std::mem::take(&mut escaped) {
            continue;
        }
        if ends(c, depth) {
            return at;
        }
        match c {
            '\\' => escaped = true,
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::model::NotePath;
    use crate::parse;

    /// Path, fragment and text of each link.
    fn parts(text: &str) -> Vec<[String; 3]> {
        let note = parse::parse(&NotePath::from("n.md"), text, &parse::Options::default()).note;
        let part = |span: crate::model::Span| span.of(text).to_owned();
        note.links
            .iter()
            .map(|link| [part(link.parts.path), part(link.parts.fragment), part(link.parts.text)])
            .collect()
    }

    #[track_caller]
    fn case(link: &str, want: [&str; 3]) {
        for (before, after) in
            [("", ""), ("- ", "\n"), ("> a ", " b\n"), ("---\nx: ü\n---\n*é* ", "\r\n"), ("# ", "\n")]
        {
            let text = format!("{before}{link}{after}");
            assert_eq!(parts(&text).first().map(|parts| parts.each_ref().map(String::as_str)), Some(want), "{text:?}");
        }
    }

    #[test]
    fn each_form_has_its_parts() {
        case("[t](a/b.md)", ["a/b.md", "", "t"]);
        case("[t](b.md#one-two)", ["b.md", "one-two", "t"]);
        case("[t](<b c.md#x y> \"title ](z)\")", ["b c.md", "x y", "t"]);
        case("[*t* `](` u]( b%20c.md 'x')", ["b%20c.md", "", "*t* `](` u"]);
        case("[](b_(c).md)", ["b_(c).md", "", ""]);
        case("[a\\]b](b\\(.md#x)", ["b\\(.md", "x", "a\\]b"]);
        case("![p|100](img/p.png)", ["img/p.png", "", "p|100"]);
        case("[#a](#b)", ["", "b", "#a"]);
        case("<https://a.b/c#d>", ["https://a.b/c", "d", ""]);
        case("https://a.b/c#d", ["https://a.b/c", "d", ""]);
        case("[t](a&#95;b.md)", ["a&#95;b.md", "", "t"]);
        case("[t](a&#95;b.md#x&#45;y)", ["a&#95;b.md", "x&#45;y", "t"]);
        case("[t](&NotEqualTilde;&amp;.md&num;x)", ["&NotEqualTilde;&amp;.md", "x", "t"]);
        case("[t](<a&#32;b.md> 'x')", ["a&#32;b.md", "", "t"]);
        case("[[Note]]", ["Note", "", ""]);
        case("[[ dir/Note.md ]]", ["dir/Note.md", "", ""]);
        case("[[Note#A#^b|the *alias*]]", ["Note", "A#^b", "the *alias*"]);
        case("![[p.png|100]]", ["p.png", "", "100"]);
        case("[[#A]]", ["", "A", ""]);
    }

    #[test]
    fn the_target_of_a_reference_stands_in_its_definition() {
        let texts = ["[t][x]", "[x][]", "[x]", "![t][x]", "[T t][X]"];
        for text in texts {
            let note = format!("---\nk: v\n---\n{text} and\n\n[x]: <b c.md#y> \"title\"\n");
            let found = parts(&note);
            assert_eq!(found[0][..2], ["b c.md".to_owned(), "y".to_owned()], "{note}");
            assert_eq!(found.len(), 1);
        }
        assert_eq!(parts("| a |\n|---|\n| [[b\\|c]] |\n"), [["b", "", "c"].map(str::to_owned)]);
    }

    proptest! {
        /// Parts are where they belong, in any text.
        #[test]
        fn parts_lie_in_the_text(text in "([\\[\\]()<>!#|\\\\a\u{e9} \n]|\\]\\(|\\[\\[|\\]\\]|a\\.md|\\]: ){0,40}") {
            let note = parse::parse(&NotePath::from("n.md"), &text, &parse::Options::default()).note;
            for link in &note.links {
                for part in [link.parts.path, link.parts.fragment, link.parts.text] {
                    prop_assert!(text.get(part.start..part.end).is_some());
                }
                prop_assert!(link.span.start <= link.parts.text.start || link.parts.text.is_empty());
                prop_assert!(link.parts.text.end <= link.span.end);
                if link.is_wiki() {
                    let written = link.parts.path.of(&text).to_owned();
                    prop_assert!(link.target.starts_with(&written));
                }
            }
        }
    }
}

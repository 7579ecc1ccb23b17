//! Ids in a note's own HTML: `<a id="x">`, `<a name="x">`, `<span id=x>`, `<h2 id='x'>`.

use crate::model::Anchor;
use crate::model::Lines;
use crate::model::Span;
use crate::parse::outline::Mask;
use crate::parse::outline::Outline;

/// Every id in the HTML of a text, in order.
pub(crate) fn read(text: &str, lines: &Lines, outline: &Outline) -> Vec<Anchor> {
    let mut found = Vec::new();
    for html in outline.masked(&[Mask::Html, Mask::HtmlBlock]) {
        for tag in tags(html.of(text)) {
            let span = Span::new(html.start + tag.span.start, html.start + tag.span.end);
            let ids = attributes(span.of(text), tag.name.len() + 1).filter(|(key, _)| {
                key.eq_ignore_ascii_case("id")
                    || (key.eq_ignore_ascii_case("name") && tag.name.eq_ignore_ascii_case("a"))
            });
            for (_, value) in ids {
                if !value.trim().is_empty()
                    && !found.last().is_some_and(|last: &Anchor| last.span == span && last.id == value)
                {
                    found.push(Anchor { id: value.to_owned(), line: lines.line(span.start), span });
                }
            }
        }
    }
    found
}

/// An HTML tag.
pub(crate) struct HtmlTag<'s> {
    /// The element's name; empty for what only looks like a tag.
    pub(crate) name: &'s str,
    /// In the source.
    pub(crate) span: Span,
}

/// The tags in some HTML, outside comments.
pub(crate) fn tags(source: &str) -> impl Iterator<Item = HtmlTag<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let open = at + source.get(at..)?.find('<')?;
            let rest = source.get(open..)?;
            if rest.starts_with("<!--") {
                at = rest.find("-->").map_or(source.len(), |end| open + end + 3);
                continue;
            }
            let (name, end) = tag(rest);
            at = open + end.max(1);
            return Some(HtmlTag { name, span: Span::new(open, at) });
        }
    })
}

/// The name of the element that starts here, and the length of its tag; an empty name if there is none.
fn tag(source: &str) -> (&str, usize) {
    let rest = source.get(1..).unwrap_or("");
    let length = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
    if length == 0 {
        return ("", 1);
    }
    let mut quote = None;
    for (at, c) in source.char_indices().skip(1 + length) {
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (None, '>') => return (rest.get(..length).unwrap_or(""), at + 1),
            (Some(open), c) if c == open => quote = None,
            _ => {}
        }
    }
    ("", 1 + length)
}

/// The attributes of a tag that have a value, from the byte `from` on.
pub(crate) fn attributes(tag: &str, from: usize) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = tag.get(from..).unwrap_or("");
    std::iter::from_fn(move || {
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '/' | '>' | '"' | '\'' | '='));
            if rest.is_empty() {
                return None;
            }
            let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '/' | '>')).unwrap_or(rest.len());
            let (key, behind) = rest.split_at_checked(end)?;
            let Some(value) = behind.trim_start().strip_prefix('=') else {
                rest = behind;
                continue;
            };
            let value = value.trim_start();
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
            let (value, behind) = match quote {
                Some(quote) => value.get(1..)?.split_once(quote)?,
                None => value
                    .split_at_checked(value.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(value.len()))?,
            };
            rest = behind;
            return Some((key, value));
        }
    })
}

#[cfg(test)]
mod tests {
    use crate::model::NotePath;
    use crate::parse;

    #[track_caller]
    fn case(text: &str, want: &[(&str, usize)]) {
        let note = parse::parse(&NotePath::from("n.md"), text, &parse::Options::default()).note;
        let found: Vec<(&str, usize)> = note.anchors.iter().map(|anchor| (anchor.id.as_str(), anchor.line)).collect();
        assert_eq!(found, want, "{text:?}");
    }

    #[test]
    fn ids_in_html() {
        case("<a id=\"spot\"></a>\n", &[("spot", 1)]);
        case("words\n<a name='Spot 2'/> <span class=\"x\" id=s3>t</span>\n", &[("Spot 2", 2), ("s3", 2)]);
        case("<div\n  class=\"a > b\"\n  ID = \"d\">\n\ntext\n</div>\n", &[("d", 1)]);
        case("<a id=\"x\" name=\"x\"></a>", &[("x", 1)]);
        case("- <h2 id=\"h\">T</h2>\n\n> <p id='p'>q</p>", &[("h", 1), ("p", 3)]);
        case("<input name=\"x\"><meta name=\"y\">", &[]);
        case("`<a id=\"x\">` \\<a id=\"x\">\n```\n<a id=\"x\">\n```\n<!-- <a id=\"x\"> -->\n<a id=\"\">\n<a id", &[]);
        case("%% <a id=\"x\"></a> %%\n", &[]);
    }
}

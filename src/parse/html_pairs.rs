//! Tags of a note's own HTML that belong together: `<details>` and its `</details>`, however much Markdown is between them.

use crate::model::Lines;
use crate::model::Span;
use crate::parse;
use crate::parse::diagnostics::Diagnostics;
use crate::parse::front;
use crate::parse::outline::Mask;

/// A tag in a part of a note whose other half stands outside of that part: its place, and the element's name.
#[must_use]
pub fn parted(text: &str, part: Span) -> Option<(usize, String)> {
    let lines = Lines::new(text);
    let body = front::read(text, &lines, &mut Diagnostics::new(text, &lines)).body_start;
    let outline = parse::outline_of(text, body, &lines);
    let mut open: Vec<(String, usize)> = Vec::new();
    for html in outline.masked(&[Mask::Html, Mask::HtmlBlock]) {
        for Tag { at, name, is_end } in tags(html.of(text)) {
            let at = html.start + at;
            if !is_end {
                open.push((name, at));
                continue;
            }
            let Some(begin) = open.iter().rposition(|(other, _)| *other == name) else { continue };
            let start = open.get(begin).map_or(0, |(_, at)| *at);
            open.truncate(begin);
            match (part.contains(start), part.contains(at)) {
                (true, false) => return Some((start, name)),
                (false, true) => return Some((at, name)),
                _ => {}
            }
        }
    }
    None
}

struct Tag {
    at: usize,
    /// In small letters.
    name: String,
    /// `</name>`
    is_end: bool,
}

/// The tags in some HTML, outside comments.
fn tags(html: &str) -> Vec<Tag> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = html.get(at..).and_then(|rest| rest.find('<')).map(|open| at + open) {
        let rest = html.get(open..).unwrap_or("");
        at = open + 1;
        if rest.starts_with("<!--") {
            at = rest.find("-->").map_or(html.len(), |end| open + end);
            continue;
        }
        let is_end = rest.starts_with("</");
        let name = rest.get(1 + usize::from(is_end)..).unwrap_or("");
        let length = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
        if length > 0 {
            let name = name.get(..length).unwrap_or("").to_ascii_lowercase();
            found.push(Tag { at: open, name, is_end });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_of_what_a_part_cuts() {
        let text = "<details>\n<summary>s</summary>\n\n## A <b>x</b>\n\n<br> <p>\n\n</details>\n\n## B\n\n`<i>` <!-- <u> --> <i>y\n\n## C\n\nz</i></u></div>\n";
        let at = |mark: &str| text.find(mark).unwrap();
        let part =
            |from: &str, to: &str| parted(text, Span::new(at(from), if to.is_empty() { text.len() } else { at(to) }));
        let found = |name: &str, tag: &str| Some((at(tag), name.to_owned()));
        assert_eq!(part("## A", "## B"), found("details", "</details>"));
        assert_eq!(part("## B", "## C"), found("i", "<i>y"));
        assert_eq!(part("## C", ""), found("i", "</i>"));
        assert_eq!(part("<details>", "## B"), None);
        assert_eq!(part("## B", ""), None);
        assert_eq!(part("## A", "<br>"), None);
    }
}

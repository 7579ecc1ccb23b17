//! Obsidian canvases: JSON that refers to files by their paths from the notes folder, and to places in them by `subpath`.

use crate::model::Edit;
use crate::model::Lines;
use crate::model::Link;
use crate::model::LinkKind;
use crate::model::LinkParts;
use crate::model::Note;
use crate::model::NotePath;
use crate::model::Span;

/// True for a canvas.
#[must_use]
pub fn is_canvas(path: &NotePath) -> bool {
    path.file_name().ends_with(".canvas")
}

/// The files that a canvas refers to, as if it were a note with embeds of full paths: `![[/notes/a.md#Part]]`.
#[must_use]
pub fn read(text: &str) -> Note {
    let strings = strings(text);
    let lines = Lines::new(text);
    let is_key = |span: &Span| text.get(span.end..).is_some_and(|rest| rest.trim_start().starts_with(':'));
    let pair = |two: &[Span]| match two {
        [key, value] if is_key(key) && !is_key(value) => Some((*key, *value)),
        _ => None,
    };
    let pairs: Vec<(Span, Span)> = strings.windows(2).filter_map(pair).collect();
    // the pairs of one object have no braces between them
    let is_same = |from: usize, to: usize| !Span::new(from.min(to), from.max(to)).of(text).contains(['{', '}']);
    let link = |(number, (key, file)): (usize, &(Span, Span))| {
        (key.of(text) == "\"file\"").then_some(())?;
        let path: String = serde_json::from_str(file.of(text)).ok()?;
        let around = pairs.iter().enumerate().filter(|(other, _)| other.abs_diff(number) < 16);
        let place = around.map(|(_, pair)| pair).find(|(key, value)| {
            key.of(text) == "\"subpath\"" && is_same(file.end.min(value.end), file.start.max(value.start))
        });
        let place = place.and_then(|(_, value)| {
            let place: String = serde_json::from_str(value.of(text)).ok()?;
            place.starts_with('#').then_some((*value, place))
        });
        let (span, place) = place
            .map_or((Span::default(), String::new()), |(span, place)| (Span::new(span.start + 2, span.end - 1), place));
        Some(Link {
            kind: LinkKind::Embed,
            span: *file,
            line: lines.line(file.start),
            target: format!("/{path}{place}"),
            text: String::new(),
            title: None,
            parts: LinkParts { path: Span::new(file.start + 1, file.end - 1), fragment: span, text: Span::default() },
        })
    };
    Note { other_links: pairs.iter().enumerate().filter_map(link).collect(), ..Note::default() }
}

/// Gives a link in a canvas another path.
#[must_use]
pub fn with_path(link: &Link, path: &str) -> Option<Edit> {
    let span = link.parts.path;
    Some(Edit { start: span.start, end: span.end, text: inside(path.trim_start_matches('/'))? })
}

/// Sets the place in the file that a link in a canvas points to.
#[must_use]
pub fn with_place(link: &Link, place: &str) -> Option<Edit> {
    let place = inside(place)?;
    let span = link.parts.fragment;
    if span.is_empty() {
        let end = link.span.end;
        return Some(Edit { start: end, end, text: format!(",\"subpath\":\"#{place}\"") });
    }
    Some(Edit { start: span.start, end: span.end, text: place })
}

/// Text escaped as the inside of a JSON string.
fn inside(words: &str) -> Option<String> {
    let quoted = serde_json::to_string(words).ok()?;
    Some(quoted.get(1..quoted.len() - 1)?.to_owned())
}

/// The strings in some JSON, with their quotes.
fn strings(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let (mut open, mut escaped) = (None, false);
    for (at, byte) in text.bytes().enumerate() {
        match (open, byte) {
            (None, b'"') => open = Some(at),
            (Some(_), _) if escaped => escaped = false,
            (Some(_), b'\\') => escaped = true,
            (Some(start), b'"') => {
                found.push(Span::new(start, at + 1));
                open = None;
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::apply_text;

    #[test]
    fn only_paths_and_places_of_files_change() {
        let text = r##"{"nodes":[
	{"id":"file","type":"file","file":"a\u0062.md","subpath":"#X"},
	{"type":"text","text":"\"file\":\"ab.md\" [[ab]]"},
	{"subpath":"#^b1","type":"file","file" : "c.md"}, {"file":{"ab.md":1}}, {"file":"d.md"},{"subpath":"#no"}
]}"##;
        let note = read(text);
        let targets: Vec<&str> = note.other_links.iter().map(|link| link.target.as_str()).collect();
        assert_eq!(targets, ["/ab.md#X", "/c.md#^b1", "/d.md"]);
        let edits: Vec<Edit> = [
            with_path(&note.other_links[0], "/d \"e\".md"),
            with_place(&note.other_links[0], "Y \"z\""),
            with_place(&note.other_links[1], "^b2"),
            with_place(&note.other_links[2], "Z"),
        ]
        .map(Option::unwrap)
        .to_vec();
        let want = text
            .replace(r#""a\u0062.md""#, r#""d \"e\".md""#)
            .replace(r##""#X""##, r##""#Y \"z\"""##)
            .replace("b1", "b2")
            .replace(r#""d.md""#, r##""d.md","subpath":"#Z""##);
        assert_eq!(apply_text(text, &edits).unwrap(), want);
        assert_eq!(read("\"file\":\"a").other_links, []);
    }
}

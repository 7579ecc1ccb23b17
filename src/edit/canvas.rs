//! Obsidian canvases: JSON that refers to files by their paths from the notes folder, and to places in them by `subpath`; and that
//! has cards with Markdown, whose links are those of a note beside the canvas.

use crate::model::Edit;
use crate::model::Lines;
use crate::model::Link;
use crate::model::LinkKind;
use crate::model::LinkParts;
use crate::model::Note;
use crate::model::NotePath;
use crate::model::Span;
use crate::parse;
use crate::parse::quotes::Quoted;
use crate::parse::quotes::Quotes;

/// True for a canvas.
#[must_use]
pub fn is_canvas(path: &NotePath) -> bool {
    path.file_name().ends_with(".canvas")
}

/// The files that a canvas refers to, as if it were a note with embeds of full paths: `![[/notes/a.md#Part]]`; and the links in its
/// cards.
#[must_use]
pub fn read(text: &str, options: &parse::Options) -> Note {
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
    let mut links: Vec<Link> = pairs.iter().enumerate().filter_map(link).collect();
    for (_, words) in pairs.iter().filter(|(key, _)| key.of(text) == "\"text\"") {
        let card = card(text, *words);
        let note = parse::parse(&NotePath::from("card.md"), &card.text, options).note;
        let on_card = note.links.iter().chain(&note.definitions).chain(&note.other_links);
        links.extend(on_card.filter(|link| !link.is_external()).map(|link| {
            let link = card.link_outside(link);
            Link { line: lines.line(link.span.start), ..link }
        }));
    }
    links.sort_by_key(|link| (link.span.start, link.span.end));
    Note { other_links: links, ..Note::default() }
}

/// The text of a card, given its string with quotes.
fn card(text: &str, words: Span) -> Quoted {
    Quoted::read(text, Span::new(words.start + 1, words.end.saturating_sub(1)), Quotes::Double)
}

/// Changes a link on a card; `None` for one that is a file of the canvas.
fn on_card(text: &str, link: &Link, change: &dyn Fn(&str, &Link) -> Option<Edit>) -> Option<Option<Edit>> {
    if link.span.of(text).starts_with('"') {
        return None;
    }
    let words = strings(text).into_iter().find(|words| words.contains(link.span.start))?;
    let card = card(text, words);
    let edit = change(&card.text, &card.link_inside(link));
    Some(edit.and_then(|edit| {
        let text = Quotes::Double.escaped(&edit.text)?;
        Some(Edit { start: card.outside(edit.start), end: card.outside(edit.end), text })
    }))
}

/// Gives a link in a canvas another path.
#[must_use]
pub fn with_path(text: &str, link: &Link, path: &str) -> Option<Edit> {
    if let Some(edit) = on_card(text, link, &|text, link| super::link::with_path(text, link, path, false)) {
        return edit;
    }
    let span = link.parts.path;
    Some(Edit { start: span.start, end: span.end, text: inside(path.trim_start_matches('/'))? })
}

/// Sets the place in the file that a link in a canvas points to.
#[must_use]
pub fn with_place(text: &str, link: &Link, place: &str) -> Option<Edit> {
    if let Some(edit) = on_card(text, link, &|text, link| super::link::with_place(text, link, place, false)) {
        return edit;
    }
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
	{"type":"text","text":"\"file\":\"ab.md\""},
	{"subpath":"#^b1","type":"file","file" : "c.md"}, {"file":{"ab.md":1}}, {"file":"d.md"},{"subpath":"#no"}
]}"##;
        let note = read(text, &parse::Options::default());
        let targets: Vec<&str> = note.other_links.iter().map(|link| link.target.as_str()).collect();
        assert_eq!(targets, ["/ab.md#X", "/c.md#^b1", "/d.md"]);
        let edits: Vec<Edit> = [
            with_path(text, &note.other_links[0], "/d \"e\".md"),
            with_place(text, &note.other_links[0], "Y \"z\""),
            with_place(text, &note.other_links[1], "^b2"),
            with_place(text, &note.other_links[2], "Z"),
        ]
        .map(Option::unwrap)
        .to_vec();
        let want = text
            .replace(r#""a\u0062.md""#, r#""d \"e\".md""#)
            .replace(r##""#X""##, r##""#Y \"z\"""##)
            .replace("b1", "b2")
            .replace(r#""d.md""#, r##""d.md","subpath":"#Z""##);
        assert_eq!(apply_text(text, &edits).unwrap(), want);
        assert_eq!(read("\"file\":\"a", &parse::Options::default()).other_links, []);
    }
    #[test]
    fn links_on_cards_change_inside_their_string() {
        let text = r##"{"nodes":[{"type":"text","text":"# \"A\"\n\n[[\u0061b|it's \"x\"]] [t](<ab.md#p> \"t\") `[[ab]]`\n\n[r]: ab.md"},
{"type":"link","url":"ab.md"},{"type":"text","text":"https://a.org [[ab#p]]"}]}"##;
        let note = read(text, &parse::Options::default());
        let targets: Vec<(&str, usize)> =
            note.other_links.iter().map(|link| (link.target.as_str(), link.line)).collect();
        assert_eq!(targets, [("ab", 1), ("ab.md#p", 1), ("ab.md", 1), ("ab#p", 2)]);
        let mut edits: Vec<Edit> =
            note.other_links.iter().map(|link| with_path(text, link, "c \\ \"d\"").unwrap()).collect();
        edits.push(with_place(text, &note.other_links[1], "q").unwrap());
        let want = text
            .replace(r"[[\u0061b|", r#"[[c \\ \"d\"|"#)
            .replace("<ab.md#p>", r##"<c %5C \"d\"#q>"##)
            .replace("[r]: ab.md", "[r]: c%20%5C%20%22d%22")
            .replace("[[ab#p]]", r##"[[c \\ \"d\"#p]]"##);
        assert_eq!(apply_text(text, &edits).unwrap(), want);
    }
}

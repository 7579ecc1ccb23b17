//! Obsidian's canvases: JSON that names files by their paths from the notes folder.

use crate::model::Edit;
use crate::model::Span;

/// Gives the files that a canvas names other paths, where `to` knows one. Nothing else changes.
#[must_use]
pub fn with_paths(text: &str, to: impl Fn(&str) -> Option<String>) -> Vec<Edit> {
    let strings = strings(text);
    let is_key = |span: &Span| text.get(span.end..).is_some_and(|rest| rest.trim_start().starts_with(':'));
    let pairs = strings.windows(2).filter_map(|two| match two {
        [key, value] if is_key(key) && !is_key(value) && key.of(text) == "\"file\"" => Some(value),
        _ => None,
    });
    let edit = |value: &Span| {
        let path: String = serde_json::from_str(value.of(text)).ok()?;
        let new = serde_json::to_string(&to(&path)?).ok()?;
        Some(Edit { start: value.start, end: value.end, text: new })
    };
    pairs.filter_map(edit).collect()
}

/// The strings of some JSON, with their quotes.
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
    fn only_paths_of_files_change() {
        let text = r##"{"nodes":[
	{"id":"file","type":"file","file":"a\u0062.md","subpath":"#X"},
	{"type":"text","text":"\"file\":\"ab.md\" [[ab]]"},
	{"type":"file","file" : "c.md"}, {"file":{"ab.md":1}}
]}"##;
        let edits = with_paths(text, |path| (path == "ab.md").then(|| "d \"e\".md".to_owned()));
        let want = text.replace(r#""a\u0062.md""#, r#""d \"e\".md""#);
        assert_eq!(apply_text(text, &edits).unwrap(), want);
        assert_eq!(with_paths("\"file\":\"a", |_| Some(String::new())), []);
    }
}

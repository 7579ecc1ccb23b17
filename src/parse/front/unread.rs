//! Text meant as front matter that no program accepts as such: an unclosed fence, text above the first fence, a second
//! block, JSON, and property lines in the text.
//!
//! It is never read as properties; but if it says "private", the note is private, with a diagnostic.

use crate::model::PrivacyKey;
use crate::model::Severity;
use crate::model::Span;
use crate::model::Value;
use crate::parse::diagnostics::Diagnostics;
use crate::parse::front::parts::Unread;
use crate::parse::front::parts::line_at;

/// How many bytes at the top of a note are searched for such text.
const HEAD: usize = 4096;

/// Keys that distinguish front matter from prose with colons, in addition to those about privacy.
const KEYS: [&str; 22] = [
    "alias",
    "aliases",
    "author",
    "authors",
    "created",
    "cssclass",
    "cssclasses",
    "date",
    "description",
    "id",
    "keywords",
    "lang",
    "language",
    "layout",
    "modified",
    "permalink",
    "slug",
    "source",
    "tag",
    "tags",
    "title",
    "updated",
];

/// Examines a note's text from a byte on: 0, or the end of its front matter.
pub(super) fn find(text: &str, from: usize, diagnostics: &mut Diagnostics<'_>) -> Unread {
    let head = head(text, from);
    let mut unread = Unread::default();
    let mut at = head.start;
    let mut comment: Option<&str> = None;
    while at < head.end {
        let line = line_at(text, at);
        let words = trimmed(line.of(text));
        // blank lines, comments and one heading may come before it
        if let Some(end) = comment {
            comment = comment.filter(|_| !words.contains(end));
        } else if let Some((open, end)) =
            [("<!--", "-->"), ("%%", "%%")].into_iter().find(|(open, _)| words.starts_with(open))
        {
            comment = Some(end).filter(|end| !words.get(open.len()..).unwrap_or("").contains(end));
        } else if !(words.is_empty() || (from == 0 && words.starts_with("# "))) {
            break;
        }
        at = line.end;
    }
    let first = line_at(text, at);
    let rest = Span::new(at, head.end.max(at));
    if is_fence(first.of(text)) {
        block(text, first, from, diagnostics, &mut unread);
    } else if trimmed(first.of(text)).starts_with('{') {
        json(text, rest, diagnostics, &mut unread);
    } else {
        unread.entries.extend(declarations(rest.of(text)));
        return unread;
    }
    unread.entries.extend(declarations(rest.of(text)).into_iter().filter(|(key, _)| is_known(key)));
    unread
}

/// A block after a fence that does not open front matter.
fn block(text: &str, fence: Span, from: usize, diagnostics: &mut Diagnostics<'_>, unread: &mut Unread) {
    let mut at = fence.end;
    let mut closed = false;
    let end = (fence.end + HEAD).min(text.len());
    while at < end {
        let line = line_at(text, at);
        let words = trimmed(line.of(text));
        closed = is_fence(words) || words == "...";
        if closed || words.starts_with("# ") || words.starts_with("## ") || words.starts_with("```") {
            break;
        }
        at = line.end;
    }
    let inner = Span::new(fence.end, at.max(fence.end));
    let entries = lines(inner.of(text));
    let first = inner.of(text).split(['\n', '\r']).map(trimmed).find(|line| !line.is_empty() && !line.starts_with('#'));
    let opens = first.is_some_and(|line| line.starts_with('{') || pair(line).is_some_and(|(key, _)| is_known(&key)));
    if opens {
        let (code, message) = if !closed {
            ("front-matter-unclosed", "this looks like front matter, but no second `---` closes it: it is read as text")
        } else if from > 0 {
            ("front-matter-misplaced", "this looks like a second block of front matter: only the first one is read")
        } else if fence.start > 0 {
            (
                "front-matter-misplaced",
                "this looks like front matter, which counts only from the first line on: it is read as text",
            )
        } else {
            (
                "front-matter-misplaced",
                "this looks like front matter, which begins with `---` alone on the first line: it is read as text",
            )
        };
        diagnostics.add(
            code,
            Severity::Warning,
            Span::new(fence.start, fence.start + fence.of(text).trim_end().len()),
            message.to_owned(),
        );
    }
    unread.entries = entries;
    if first.is_some_and(|line| line.starts_with('{')) {
        match json_entries(inner.of(text)) {
            Some(entries) => unread.entries.extend(entries),
            None => unread.garbled = Some(inner),
        }
    }
}

/// JSON at the top of a note.
fn json(text: &str, rest: Span, diagnostics: &mut Diagnostics<'_>, unread: &mut Unread) {
    let whole = text.get(rest.start..).unwrap_or("");
    match json_entries(whole) {
        Some(entries) if !entries.is_empty() => unread.entries = entries,
        None if whole.trim_start().get(1..).is_some_and(|inner| inner.trim_start().starts_with('"')) => {
            unread.entries = lines(rest.of(text));
            unread.garbled = Some(rest);
        }
        _ => return,
    }
    let message = "JSON front matter is not read: write `key: value` lines between `---` lines".to_owned();
    diagnostics.add("front-matter-json", Severity::Warning, Span::new(rest.start, rest.start + 1), message);
}

/// The entries of the JSON object at the beginning of a text.
fn json_entries(text: &str) -> Option<Vec<(String, Value)>> {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<serde_json::Map<String, serde_json::Value>>();
    let map = values.next()?.ok()?;
    Some(map.into_iter().map(|(key, value)| (key, json_value(value))).collect())
}

fn json_value(value: serde_json::Value) -> Value {
    use serde_json::Value as Json;
    match value {
        Json::Null => Value::Null,
        Json::Bool(yes) => Value::Text(yes.to_string()),
        Json::Number(number) => Value::Text(number.to_string()),
        Json::String(text) => Value::Text(text),
        Json::Array(items) => Value::List(items.into_iter().map(json_value).collect()),
        Json::Object(fields) => Value::Map(fields.into_iter().map(|(key, value)| (key, json_value(value))).collect()),
    }
}

/// The `key: value` lines of a text, in any of the notations of other programs.
pub(super) fn lines(text: &str) -> Vec<(String, Value)> {
    text.split(['\n', '\r']).filter_map(pair).collect()
}

/// Properties in a text without fences: `private:: true` on any line, `private: true` on the very first ones.
fn declarations(text: &str) -> Vec<(String, Value)> {
    let mut found = Vec::new();
    let mut top = true;
    let has_double = text.contains("::");
    for line in text.split(['\n', '\r']).map(trimmed) {
        if line.starts_with("```") || line.starts_with("~~~") || !(top || has_double) {
            break;
        }
        let Some((key, value)) = pair(line) else {
            top &= line.is_empty();
            continue;
        };
        // prose has colons too: with a single colon, only a plain yes or no counts
        if line.contains("::") || (top && value.as_text().is_some_and(|text| yes_or_no(text).is_some())) {
            found.push((key, value));
        }
    }
    found
}

/// A key and its value.
fn pair(line: &str) -> Option<(String, Value)> {
    let line = trimmed(line).trim_start_matches(['{', '[', '-', '>', '*', ' ']).trim_end_matches([',', '}', ']', ' ']);
    let at = line.find([':', '=', '：'])?;
    let (name, value) = line.split_at_checked(at)?;
    let key = name.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let value = value.trim_start_matches([':', '=', '：']);
    let value = value.split(" #").next().unwrap_or(value);
    let value = value.trim().trim_matches(['"', '\'', '`', '*', '_', '[', ']', ' ']);
    let value = if matches!(value, "" | "~" | "null") { Value::Null } else { Value::Text(value.to_owned()) };
    (!key.is_empty() && key.len() <= 64).then_some((key, value))
}

pub(in crate::parse) fn is_known(key: &str) -> bool {
    KEYS.contains(&key.to_lowercase().as_str()) || PrivacyKey::of(key).is_some()
}

/// A line of dashes, pluses or semicolons, perhaps with the name of a format.
fn is_fence(line: &str) -> bool {
    let line = trimmed(line);
    let marks = line.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == ' ');
    let format = line.get(marks.len()..).unwrap_or("").trim();
    let same = |mark: char, least: usize| marks.chars().count() >= least && marks.chars().all(|c| c == mark);
    matches!(format, "" | "yaml" | "yml" | "json" | "toml")
        && (same('-', 3) || same('+', 3) || same(';', 3) || same('—', 1))
}

/// A line without surrounding spaces and invisible characters.
fn trimmed(line: &str) -> &str {
    line.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{FEFF}' | '\u{200B}'..='\u{200F}' | '\u{2060}'))
}

/// The top of a text from a byte on.
fn head(text: &str, from: usize) -> Span {
    let mut end = (from + HEAD).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    Span::new(from, end.max(from))
}

/// Yes or no; `None` for anything else.
pub(in crate::parse) fn yes_or_no(text: &str) -> Option<bool> {
    match text.trim().to_lowercase().as_str() {
        "true" | "yes" | "on" | "1" | "y" => Some(true),
        "false" | "no" | "off" | "0" | "n" | "never" => Some(false),
        _ => None,
    }
}

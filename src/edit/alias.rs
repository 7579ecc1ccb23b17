//! One more name for a note, in its front matter.

use crate::model::Edit;
use crate::model::Note;
use crate::model::NotePath;
use crate::model::Span;
use crate::parse;
use crate::parse::quotes::Quotes;
use crate::parse::scalars;
use crate::parse::scalars::Scalar;

/// The edit that adds an alias to a note: to the list that is there, else a line at the end of its front matter, else front matter.
/// A name in one line without brackets becomes a list. `None` where the front matter is not written in a way that takes one, such
/// as TOML.
#[must_use]
pub fn add(path: &NotePath, text: &str, note: &Note, name: &str, options: &parse::Options) -> Option<Edit> {
    let end = crate::edit::journal::line_end(text);
    let written = quoted(name);
    let tries = match note.body_start {
        0 => {
            let apart = if text.is_empty() || text.starts_with(['\n', '\r']) { "" } else { end };
            vec![insert(0, format!("---{end}aliases: [{written}]{end}---{end}{apart}"))]
        }
        body => in_front(text, body, note, name, end),
    };
    tries.into_iter().find(|edit| is_added(path, text, note, name, edit, options))
}

/// True if an edit adds a name and changes no other fact.
fn is_added(path: &NotePath, text: &str, note: &Note, name: &str, edit: &Edit, options: &parse::Options) -> bool {
    let Ok(now) = crate::edit::apply_text(text, std::slice::from_ref(edit)) else { return false };
    let is = parse::parse(path, &now, options).note;
    let aliases: Vec<&str> = note.aliases.iter().map(String::as_str).chain([name]).collect();
    let others = |note: &Note| {
        let is_other = |key: &str| !matches!(key.to_lowercase().as_str(), "aliases" | "alias");
        note.properties
            .iter()
            .filter(|one| is_other(&one.key))
            .map(|one| (one.key.clone(), one.value.clone()))
            .collect::<Vec<_>>()
    };
    let same_body = text.get(note.body_start..) == now.get(is.body_start..)
        || (note.body_start == 0 && now.get(is.body_start..).map(str::trim_start) == Some(text.trim_start()));
    is.aliases.iter().map(String::as_str).eq(aliases) && others(&is) == others(note) && same_body
}

/// The edits to try in front matter that is there.
fn in_front(text: &str, body: usize, note: &Note, name: &str, end: &str) -> Vec<Edit> {
    let front = text.get(..body).unwrap_or("");
    if !front.starts_with("---") {
        return Vec::new();
    }
    let property = note.properties.iter().find(|one| matches!(one.key.to_lowercase().as_str(), "aliases" | "alias"));
    match property {
        Some(property) => match one_line(text, front, property.line) {
            Some(scalar) => beside(text, &scalar, name),
            None => in_list(front, property.line, &quoted(name), end).into_iter().collect(),
        },
        None => {
            let last = front.trim_end().rfind('\n').map_or(0, |at| at + 1);
            vec![insert(last, format!("aliases: [{}]{end}", quoted(name)))]
        }
    }
}

/// The string behind the `:` of a line, unless there is a list.
fn one_line(text: &str, front: &str, line: usize) -> Option<Scalar> {
    let start: usize = front.split_inclusive('\n').take(line - 1).map(str::len).sum();
    let words = front.get(start..)?.lines().next()?;
    let value = words.split_once(':')?.1.trim_start();
    let at = start + (value.as_ptr() as usize).checked_sub(words.as_ptr() as usize)?;
    let scalar = scalars::scalar_at(text, at).filter(|scalar| scalar.span.start == at)?;
    (!value.is_empty() && scalar.quotes != Quotes::Verbatim).then_some(scalar)
}

/// One more name beside those of a string: as a list, else after a comma.
fn beside(text: &str, scalar: &Scalar, name: &str) -> Vec<Edit> {
    let Span { start, end } = scalar.span;
    let written = scalar.span.of(text);
    let list = Edit { start, end, text: format!("[{written}, {}]", quoted(name)) };
    let more = scalar.quotes.escaped(name).map(|name| insert(scalar.inside.end, format!(", {name}")));
    std::iter::once(list).chain(more).collect()
}

/// In a list that is there.
fn in_list(front: &str, line: usize, written: &str, end: &str) -> Option<Edit> {
    let start: usize = front.split_inclusive('\n').take(line - 1).map(str::len).sum();
    let line = front.get(start..)?.lines().next()?;
    let value = line.split_once(':')?.1.trim_end();
    let after = start + line.trim_end().len();
    if let Some(inside) = value.trim_start().strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        let comma = if inside.trim().is_empty() { "" } else { ", " };
        let blank = inside.len() - inside.trim_end().len();
        return Some(insert(after - 1 - blank, format!("{comma}{written}")));
    }
    if !value.trim().is_empty() {
        return None;
    }
    // a list below, one name a line
    let mut at = start + front.get(start..)?.find('\n')? + 1;
    let mut found: Option<(usize, &str)> = None;
    for line in front.get(at..)?.split_inclusive('\n') {
        let (indent, rest) = line.split_at(line.len() - line.trim_start_matches(' ').len());
        at += line.len();
        if !rest.starts_with("- ") {
            break;
        }
        found = Some((at, indent));
    }
    match found {
        Some((at, indent)) => Some(insert(at, format!("{indent}- {written}{end}"))),
        None => Some(insert(after, format!(" [{written}]"))),
    }
}

fn insert(at: usize, text: String) -> Edit {
    Edit { start: at, end: at, text }
}

/// A name as YAML takes it in any list.
fn quoted(name: &str) -> String {
    let is_plain = name.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '_' | '.'))
        && name.starts_with(char::is_alphabetic)
        && !matches!(name.to_lowercase().as_str(), "true" | "false" | "null" | "yes" | "no" | "on" | "off" | "y" | "n");
    let is_plain = is_plain
        || (!name.contains("--")
            && name.split('-').all(|part| {
                part.starts_with(|c: char| c.is_ascii_alphabetic()) && part.chars().all(char::is_alphanumeric)
            })
            && name.contains('-'));
    if is_plain { name.to_owned() } else { format!("'{}'", name.replace('\'', "''")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::apply_text;

    #[test]
    fn every_way_to_write_a_list() {
        for (text, name, want) in [
            ("# A\n", "old", Some("---\naliases: [old]\n---\n\n# A\n")),
            ("", "old", Some("---\naliases: [old]\n---\n")),
            ("---\ntags: [x]\n---\n# A\n", "an old-one", Some("---\ntags: [x]\naliases: ['an old-one']\n---\n# A\n")),
            ("---\naliases: [a, b ]\n---\n", "the-old", Some("---\naliases: [a, b, the-old ]\n---\n")),
            ("---\naliases: []\n---\n", "it's", Some("---\naliases: ['it''s']\n---\n")),
            ("---\naliases:\n---\n", "no", Some("---\naliases: ['no']\n---\n")),
            (
                "---\r\naliases:\r\n  - a\r\nx: y\r\n---\r\n",
                "b",
                Some("---\r\naliases:\r\n  - a\r\n  - b\r\nx: y\r\n---\r\n"),
            ),
            ("---\nalias:\n- a\n---\n", "2026", Some("---\nalias:\n- a\n- '2026'\n---\n")),
            ("---\naliases: a\n---\n", "c", Some("---\naliases: [a, c]\n---\n")),
            ("---\naliases: a, b # d\n---\n", "it's", Some("---\naliases: [a, b, 'it''s'] # d\n---\n")),
            ("---\nalias: \"a, b\"\n---\n", "c", Some("---\nalias: \"a, b, c\"\n---\n")),
            ("---\nalias: 'it''s'\n---\n", "c", Some("---\nalias: ['it''s', c]\n---\n")),
            ("---\nalias: |\n  a\n---\n", "c", None),
            ("+++\naliases = ['a']\n+++\n", "c", None),
        ] {
            let path = NotePath::from("n.md");
            let note = parse::parse(&path, text, &parse::Options::default()).note;
            let new = add(&path, text, &note, name, &parse::Options::default());
            let new = new.map(|edit| apply_text(text, &[edit]).unwrap());
            assert_eq!(new.as_deref(), want, "{text}");
        }
    }
}

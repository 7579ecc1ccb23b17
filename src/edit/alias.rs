//! One more name for a note, in its front matter.

use crate::model::Edit;
use crate::model::Note;
use crate::model::NotePath;
use crate::parse;

/// The edit that adds an alias to a note: to the list that is there, else a line at the end of its front matter, else front matter.
/// `None` where the front matter is not written in a way that takes one: other formats, names in one line without brackets.
#[must_use]
pub fn add(path: &NotePath, text: &str, note: &Note, name: &str, options: &parse::Options) -> Option<Edit> {
    let end = crate::edit::journal::line_end(text);
    let written = quoted(name);
    let edit = match note.body_start {
        0 => {
            let apart = if text.is_empty() || text.starts_with(['\n', '\r']) { "" } else { end };
            insert(0, format!("---{end}aliases: [{written}]{end}---{end}{apart}"))
        }
        body => in_front(text.get(..body)?, note, &written, end)?,
    };
    let now = crate::edit::apply_text(text, std::slice::from_ref(&edit)).ok()?;
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
    (is.aliases.iter().map(String::as_str).eq(aliases) && others(&is) == others(note) && same_body).then_some(edit)
}

/// In front matter that is there.
fn in_front(front: &str, note: &Note, written: &str, end: &str) -> Option<Edit> {
    if !front.trim_start_matches('\u{feff}').starts_with("---") {
        return None;
    }
    let property = note.properties.iter().find(|one| matches!(one.key.to_lowercase().as_str(), "aliases" | "alias"));
    let Some(property) = property else {
        let last = front.trim_end().rfind('\n')? + 1;
        return Some(insert(last, format!("aliases: [{written}]{end}")));
    };
    let start: usize = front.split_inclusive('\n').take(property.line - 1).map(str::len).sum();
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
            ("---\naliases: a, b\n---\n", "c", None),
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

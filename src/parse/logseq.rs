//! Logseq's own syntax: keywords such as `TODO` and `DOING` at the beginning of a block, planning lines, page properties.
//!
//! Used only in Logseq notebooks ([`crate::parse::Options::logseq`]): elsewhere `NOW` is a word.

use chrono::NaiveDate;

use crate::model::Property;
use crate::model::Span;
use crate::model::Status;
use crate::model::Value;
use crate::model::link::percent_decode;
use crate::parse::fields;
use crate::parse::front::Entry;

/// The page name for a file name without extension: `a___b` and `a%2Fb` are `a/b`.
#[must_use]
pub fn page_name(stem: &str) -> String {
    percent_decode(&stem.replace("___", "/"))
}

/// The length in bytes of the keyword at the beginning of a block's text, and its state.
pub(crate) fn marker(words: &str) -> Option<(usize, Status)> {
    let len = words.find(' ').unwrap_or(words.len());
    status(words.get(..len)?).map(|status| (len, status))
}

/// The state that a keyword means.
#[must_use]
pub fn status(word: &str) -> Option<Status> {
    Some(match word {
        "TODO" | "LATER" => Status::Todo,
        "DOING" | "NOW" | "IN-PROGRESS" => Status::Doing,
        "WAITING" | "WAIT" => Status::OnHold,
        "DONE" => Status::Done,
        "CANCELED" | "CANCELLED" => Status::Cancelled,
        _ => return None,
    })
}

/// The keyword that replaces `now` when the box's character would be `symbol`; `None` if Logseq has none for it.
///
/// There are two workflows, TODO–DOING and LATER–NOW: that of the keyword is kept, else `later` says which.
#[must_use]
pub fn marker_for(symbol: char, now: &str, later: bool) -> Option<&'static str> {
    let later = is_later(now).unwrap_or(later);
    Some(match symbol {
        ' ' if later => "LATER",
        ' ' => "TODO",
        '/' if later => "NOW",
        '/' => "DOING",
        'h' => "WAITING",
        'x' | 'X' => "DONE",
        '-' => "CANCELED",
        _ => return None,
    })
}

/// Whether a keyword is of the workflow LATER–NOW; `None` for one of both.
#[must_use]
pub fn is_later(keyword: &str) -> Option<bool> {
    match keyword {
        "LATER" | "NOW" => Some(true),
        "TODO" | "DOING" | "IN-PROGRESS" => Some(false),
        _ => None,
    }
}

/// True for a line below a block that is not part of its text: `DEADLINE: <…>`, `id:: …`, `:LOGBOOK:`.
pub(crate) fn is_planning(line: &str) -> bool {
    planned(line).is_some()
        || property(line).is_some()
        || (line.starts_with(':') && line.trim_end().ends_with(':') && !line.trim_end().contains(' '))
        || line.starts_with("CLOCK: ")
}

/// The day of a planning line, and whether it is the deadline.
pub(crate) fn planned(line: &str) -> Option<(bool, NaiveDate)> {
    let (deadline, rest) = match line.strip_prefix("DEADLINE: <") {
        Some(rest) => (true, rest),
        None => (false, line.strip_prefix("SCHEDULED: <")?),
    };
    fields::date(rest.split([' ', '>']).next()?).map(|day| (deadline, day))
}

/// `key:: value`
fn property(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once("::")?;
    let named = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'));
    (named && (value.is_empty() || value.starts_with(' '))).then(|| (key, value.trim()))
}

/// The properties of a page: the `key:: value` lines at the beginning of a text, the first with or without a bullet. `body`
/// is the byte where the text begins.
pub(crate) fn page_properties(text: &str, body: usize) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut at = body;
    let before = text.get(..body).unwrap_or("").lines().count();
    for (index, line) in text.get(body..).unwrap_or("").split_inclusive('\n').enumerate() {
        let start = at;
        at += line.len();
        let content = line.trim_end();
        let words = content.trim_start();
        let words = if index == 0 { words.strip_prefix("- ").unwrap_or(words) } else { words };
        let Some((key, value)) = property(words) else { break };
        let from = start + content.len() - value.len();
        let list = matches!(key.to_lowercase().as_str(), "tags" | "alias" | "aliases" | "tag");
        let parts = || value.split(',').map(name).filter(|name| !name.is_empty());
        let value = if list {
            Value::List(parts().map(Value::Text).collect())
        } else {
            Value::Text(if value.starts_with("[[") { name(value) } else { value.to_owned() })
        };
        entries.push(Entry {
            property: Property { key: key.to_owned(), value, line: before + index + 1 },
            span: Span::new(from, start + content.len()),
            items: Vec::new(),
        });
    }
    entries
}

/// A page's name without brackets or `#`.
fn name(written: &str) -> String {
    written.trim().trim_start_matches('#').trim_start_matches("[[").trim_end_matches("]]").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is written for a state is read as that state.
    #[test]
    fn the_workflow_of_a_notebook_says_what_its_keyword_does_not() {
        for (now, later, want) in [
            ("DONE", true, ["LATER", "NOW"]),
            ("DONE", false, ["TODO", "DOING"]),
            ("WAITING", true, ["LATER", "NOW"]),
            ("LATER", false, ["LATER", "NOW"]),
            ("TODO", true, ["TODO", "DOING"]),
        ] {
            assert_eq!([' ', '/'].map(|symbol| marker_for(symbol, now, later).unwrap()), want, "{now}");
        }
    }

    #[test]
    fn markers_are_read_back() {
        for now in ["TODO", "LATER", "NOW", "DONE", "WAITING"] {
            for (symbol, want) in [
                (' ', Status::Todo),
                ('/', Status::Doing),
                ('h', Status::OnHold),
                ('x', Status::Done),
                ('-', Status::Cancelled),
            ] {
                assert_eq!(marker_for(symbol, now, false).and_then(status), Some(want));
            }
        }
        assert_eq!(marker_for('?', "TODO", false), None);
        assert_eq!(marker("TODO"), Some((4, Status::Todo)));
        assert!(marker("TODOs are many").is_none() && marker("todo x").is_none() && marker("NOWHERE").is_none());
    }

    #[test]
    fn pages_are_called_as_in_logseq() {
        for (stem, want) in [("a___b", "a/b"), ("a%2Fb c", "a/b c"), ("what%3F", "what?"), ("plain_name", "plain_name")]
        {
            assert_eq!(page_name(stem), want);
        }
    }
}

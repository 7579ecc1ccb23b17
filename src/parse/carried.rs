//! The mark of a point carried over from an earlier meeting: `(from 2023/10/18)`, `(from 2023/10/18, carried 2×)`.

use crate::model::meeting::Carried;
use crate::model::privacy::is_private_tag;
use crate::model::words::fold;
use crate::parse::blocks;
use crate::parse::dates;
use crate::parse::fields;

/// The longest mark, in bytes.
const LONGEST: usize = 60;

/// Finds the mark in a text, as start and end in bytes, including the space before it.
#[must_use]
pub fn find(text: &str) -> Option<(usize, usize, Carried)> {
    // the last one counts; there should be only one
    let start = text.rfind("(from ")?;
    let rest = text.get(start..)?;
    let end = rest.find(')').filter(|end| *end <= LONGEST)?;
    let inner = rest.get("(from ".len()..end)?;
    let (date, times) = match inner.split_once(", carried ") {
        Some((date, times)) => {
            let digits = times.trim_end_matches(['×', 'x', ' ']);
            (date, digits.parse().ok().filter(|times| (1..10_000).contains(times))?)
        }
        None => (inner, 1),
    };
    let from = dates::day_of(date)?;
    let blanks = text.get(..start)?;
    let blanks = blanks.len() - blanks.trim_end_matches(' ').len();
    Some((start - blanks, start + end + 1, Carried { from, times }))
}

/// A text without its mark.
#[must_use]
pub fn without(text: &str) -> String {
    match find(text) {
        Some((start, end, _)) => {
            let behind = text.get(end..).unwrap_or("");
            format!("{}{behind}", text.get(..start).unwrap_or("")).trim().to_owned()
        }
        None => text.to_owned(),
    }
}

/// True for words that end with a link to where they were moved: `→ [[2026-11-05 sync#^hb-x]]`, `→ [2026-11-05](sync%20%231.md#^hb-x)`.
#[must_use]
pub fn is_moved(text: &str) -> bool {
    let text = blocks::mark(text).and_then(|(start, _)| text.get(..start)).unwrap_or(text).trim_end();
    moved_at(text).is_some_and(|at| {
        let link = text.get(at + "→ ".len()..).unwrap_or("");
        if link.starts_with("[[") {
            link.ends_with("]]")
        } else {
            link.ends_with(')') && link.matches(')').count() == 1
        }
    })
}

/// The block id in the link at the end of words that were moved.
#[must_use]
pub fn moved_to(text: &str) -> Option<&str> {
    if !is_moved(text) {
        return None;
    }
    let link = text.get(moved_at(text)?..)?;
    let (_, id) = link.rsplit_once("#^").filter(|_| !link.is_empty())?;
    id.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').next().filter(|id| !id.is_empty())
}

fn moved_at(text: &str) -> Option<usize> {
    text.rfind("→ [").filter(|at| {
        let link = text.get(at + "→ [".len()..).unwrap_or("");
        let target = if link.starts_with('[') { Some(link) } else { link.split_once("](").map(|(_, target)| target) };
        target.is_some_and(|target| target.contains("#^"))
    })
}

/// Identifies the same point in another meeting: its words without case, accents, bold marks, fields, block id, mark, and the
/// link to where it was moved.
#[must_use]
pub fn key(text: &str) -> String {
    let mut text = without(text);
    if let Some((start, _)) = blocks::mark(&text) {
        text.truncate(start);
    }
    if let Some(at) = moved_at(&text) {
        text.truncate(at);
    }
    let mut bare = String::with_capacity(text.len());
    let mut at = 0;
    for field in fields::find(&text, &|_| false) {
        bare.push_str(text.get(at..field.start).unwrap_or(""));
        at = field.end.max(at);
    }
    bare.push_str(text.get(at..).unwrap_or(""));
    for name in ["[owner::", "(owner::", "[assignee::", "(assignee::"] {
        if let Some(start) = bare.find(name)
            && let Some(length) = bare.get(start..).and_then(|rest| rest.find([']', ')']))
        {
            bare.replace_range(start..=start + length, "");
        }
    }
    // `**Noor**: measure` and `Noor: measure` are the same
    let bare = bare.replace("**", "").replace("__", "");
    // a copy of a private point has the private tag, whether it was on the point itself or above it
    let words = bare.split_whitespace();
    let words = words.filter(|word| !word.strip_prefix('#').is_some_and(is_private_tag)).collect::<Vec<_>>().join(" ");
    fold(&words).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The mark, with a date in the style of the file.
#[must_use]
pub fn mark(date: &str, times: usize) -> String {
    if times < 2 { format!("(from {date})") } else { format!("(from {date}, carried {times}×)") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_what_is_none() {
        let found = |text: &str| find(text).map(|(_, _, carried)| (carried.from.to_string(), carried.times));
        let is = |date: &str, times| Some((date.to_owned(), times));
        assert_eq!(found("call Wim (from 2023/10/18)"), is("2023-10-18", 1));
        assert_eq!(found("call Wim (from 18 Oct 2023, carried 12×) 📅 2023-11-02"), is("2023-10-18", 12));
        assert_eq!(found("call Wim (from 2023-10-18, carried 2x)"), is("2023-10-18", 2));
        for text in
            ["call Wim", "a letter (from Ida)", "(from 2023)", "(from 2023-10-18", "(from 10/11/2023)", "(from )"]
        {
            assert_eq!(found(text), None, "{text}");
        }
        assert_eq!(without("call Wim (from 2023/10/18) 📅 2023-11-02"), "call Wim 📅 2023-11-02");
        assert_eq!(key("**Noor**: measure"), key("Noor: measure"));
        assert_eq!(key("**Noor:** measure"), key("__Noor__: measure"));
        for same in [
            "call Wim",
            "#private call Wim",
            "call Wim #private (from 2023/10/18)",
            "Call  Wim (from 2023/10/18) 📅 2023-11-02",
            "call wim [owner:: Ida] → [[a#^x]] ^y",
            "call wim → [2026-11-05](a%20%231.md#^x)",
        ] {
            assert_eq!(key(same), "call wim", "{same}");
        }
        for (text, moved) in [
            ("call Wim → [[a#^x]] ^y", true),
            ("call Wim → [2026-11-05](a%20%231.md#^x)", true),
            ("call Wim → [the plan](plan.md)", false),
            ("call Wim → [[plan]]", false),
            ("call Wim → [[a#^x]] and Ida", false),
            ("call Wim → [a](a.md#^x) (soon)", false),
        ] {
            assert_eq!(is_moved(text), moved, "{text}");
        }
        assert_eq!(mark("2023/10/18", 1), "(from 2023/10/18)");
        assert_eq!(found(&mark("2023/10/18", 3)), is("2023-10-18", 3));
    }
}

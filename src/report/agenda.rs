//! Suggested lines for the agenda of a one-to-one: how they are written and recognized.
//!
//! They repeat other text. In a note, where `meeting new --agenda` wrote them, they are not a new question, occurrence or sign.

use chrono::NaiveDate;

use crate::parse::carried;

const STILL: &str = ": nothing moved for ";
const NO_SIGN: &str = ": nothing dated shows that it moves";
const NO_GOAL: &str = ": a skill without a goal";

/// A point that is left, with a line that suggests it was done.
#[must_use]
pub fn point(label: &str, raised: NaiveDate, done_with: Option<&str>) -> String {
    match done_with {
        Some(sign) => format!("{label} (from {raised}; done with {sign}?)"),
        None => format!("{label} (from {raised})"),
    }
}

/// A goal that has been stalled for some days; `None` if no sign of it has a date.
#[must_use]
pub fn stale(goal: &str, days: Option<i64>) -> String {
    match days {
        Some(days) => format!("{goal}{STILL}{days} days"),
        None => format!("{goal}{NO_SIGN}"),
    }
}

/// A skill without a goal.
#[must_use]
pub fn skill(name: &str) -> String {
    format!("{name}{NO_GOAL}")
}

/// Identifies an agenda line: its words without its origin.
#[must_use]
pub fn said(line: &str) -> String {
    let words = line.split(" (from ").next().unwrap_or(line);
    carried::key(words).trim_end_matches(['.', '?', '!', ' ']).to_owned()
}

/// True for a suggested line.
#[must_use]
pub fn is_suggested(line: &str) -> bool {
    let line = line.trim_end().trim_end_matches(" #private");
    line.ends_with(NO_GOAL)
        || line.ends_with(NO_SIGN)
        || (line.contains(STILL) && line.ends_with(" days"))
        || (line.ends_with("?)") && line.contains("; done with ") && line.contains(" (from "))
        || carried::find(line).is_some_and(|(_, end, _)| end == line.len())
}

/// True for a line that was suggested or carried over, so that its words are elsewhere too.
#[must_use]
pub fn repeats(line: &str) -> bool {
    is_suggested(line) || carried::find(line).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_known_again() {
        let day = "2026-11-05".parse().unwrap();
        let lines = [
            point("call Wim", day, None),
            point("call Wim", day, Some("Called Wim")),
            stale("Rust", Some(99)),
            stale("Rust", None),
            skill("TOMO"),
        ];
        for line in lines {
            assert!(is_suggested(&format!("- {line}")) && is_suggested(&format!("  * {line} #private")), "{line}");
        }
        for line in ["call Wim", "a letter (from Ida)", "nothing moved for 9 days", "call Wim (from 2026-11-05) today"]
        {
            assert!(!is_suggested(line), "{line}");
        }
        assert!(repeats("- [ ] call Wim (from 2026-11-05) ^hb-x"));
        assert_eq!(said("Call Wim? (from 2026-11-05)"), said("call wim"));
    }
}

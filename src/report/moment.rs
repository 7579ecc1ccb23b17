//! Dates by a format of letters, as Obsidian's daily notes and our own settings write it: `YYYY-MM-DD`.
//!
//! The letters are those of moment.js as far as days go (no times). Called by [`crate::report::journal_file`].

use chrono::Datelike as _;
use chrono::NaiveDate;

use crate::parse::dates;

/// What a run of letters means, longest first.
const TOKENS: [&str; 17] =
    ["YYYY", "GGGG", "gggg", "MMMM", "dddd", "MMM", "ddd", "YY", "MM", "DD", "Do", "WW", "ww", "dd", "M", "D", "Q"];

/// Writes a date by a format. `[text]` is text; so is a word that is not all tokens (`Daily`).
#[must_use]
pub fn format(pattern: &str, date: NaiveDate) -> String {
    let mut out = String::new();
    let mut rest = pattern;
    while let Some(c) = rest.chars().next() {
        if let Some((text, behind)) = rest.strip_prefix('[').and_then(|inner| inner.split_once(']')) {
            out.push_str(text);
            rest = behind;
        } else if c.is_ascii_alphabetic() {
            let end = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
            let (word, behind) = rest.split_at_checked(end).unwrap_or((rest, ""));
            match tokens(word) {
                Some(tokens) => out.extend(tokens.into_iter().map(|token| written(token, date))),
                None => out.push_str(word),
            }
            rest = behind;
        } else {
            out.push(c);
            rest = rest.get(c.len_utf8()..).unwrap_or("");
        }
    }
    out
}

fn tokens(word: &str) -> Option<Vec<&'static str>> {
    let mut found = Vec::new();
    let mut rest = word;
    while !rest.is_empty() {
        let token = TOKENS.into_iter().find(|token| rest.starts_with(token))?;
        found.push(token);
        rest = rest.get(token.len()..)?;
    }
    Some(found)
}

fn written(token: &str, date: NaiveDate) -> String {
    let pattern = match token {
        "YYYY" => "%Y",
        "YY" => "%y",
        "MMMM" => "%B",
        "MMM" => "%b",
        "MM" => "%m",
        "M" => "%-m",
        "DD" => "%d",
        "D" => "%-d",
        "dddd" => "%A",
        "ddd" => "%a",
        "GGGG" | "gggg" => "%G",
        "WW" | "ww" => "%V",
        "dd" => return date.format("%a").to_string().chars().take(2).collect(),
        "Do" => return dates::style_of("1st").map(|form| form.format(date)).unwrap_or_default(),
        _ => return (date.month0() / 3 + 1).to_string(),
    };
    date.format(pattern).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(pattern: &str, want: &str) {
        assert_eq!(format(pattern, NaiveDate::from_ymd_opt(2026, 11, 2).unwrap()), want);
    }

    #[test]
    fn formats() {
        case("YYYY-MM-DD", "2026-11-02");
        case("YYYYMMDD", "20261102");
        case("YYYY/MM-MMMM/YYYY-MM-DD-dddd", "2026/11-November/2026-11-02-Monday");
        case("gggg-[W]ww", "2026-W45");
        case("D MMM YY, dd, Do, [Q]Q", "2 Nov 26, Mo, 2nd, Q4");
        case("Daily/[Day] M", "Daily/Day 11");
        case("[open", "[open");
        case("日YYYY", "日2026");
    }
}

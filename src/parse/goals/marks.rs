//! Marks on goals: `Skill: TOMO`, `level: 2 -> 3 by 2024-03`, `KR: talks 3/10`.

use chrono::Datelike as _;
use chrono::NaiveDate;

use crate::model;
use crate::model::GoalKind;
use crate::model::KeyResult;
use crate::model::words;
use crate::model::words::fold;
use crate::parse::dates;
use crate::parse::inline;
use crate::parse::label::without_fields;
use crate::parse::markers::marker_len;
use crate::parse::plain::without_comments;

/// The levels stated on a line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Level {
    pub(super) level: Option<model::Level>,
    pub(super) target: Option<model::Level>,
    pub(super) by: Option<NaiveDate>,
    /// A deadline that does not say its year, as written.
    pub(super) by_said: Option<String>,
}

impl Level {
    /// A deadline; in a note of a year or day, `from` then, it need not say its year.
    fn deadline(&mut self, written: &str, from: Option<NaiveDate>) -> Option<()> {
        self.by = day(written).or_else(|| yearless(written, from?));
        if self.by.is_none() {
            let any = NaiveDate::from_ymd_opt(2000, 1, 1)?;
            self.by_said =
                yearless(written, any).map(|_| written.trim().trim_end_matches(['.', ',', ')', ']']).to_owned());
        }
        (self.by.is_some() || self.by_said.is_some()).then_some(())
    }
}

/// The name in the words of a heading or item, and the kind stated before it.
pub(super) fn name(written: &str) -> (Option<GoalKind>, String) {
    let words = tagless(&unfielded(&without_fields(&without_comments(&written.replace("**", "")))));
    let words = without_level(&words);
    let words = words.trim_matches(|c: char| c == '*' || c == '_' || c.is_whitespace());
    let (kind, rest) = match words.split_once(':') {
        Some((before, rest)) if !rest.trim().is_empty() => match fold(before.trim()).as_str() {
            "skill" => (Some(GoalKind::Skill), rest),
            "goal" | "objective" => (Some(GoalKind::Goal), rest),
            _ => (None, words),
        },
        _ => (None, words),
    };
    let name = rest.trim().trim_end_matches(':').trim_start_matches("[[").trim_end_matches("]]").trim();
    (kind, name.chars().take(200).collect())
}

/// Words without the level at their end: `learn Kafka level: 0 -> 2`, `Go (level: 1 -> 3)`.
fn without_level(words: &str) -> &str {
    level_behind(words).map_or(words, |(before, _)| before)
}

/// The words before a level behind other words, and the level.
pub(super) fn level_behind(words: &str) -> Option<(&str, &str)> {
    ["level:", "niveau:", "niveau :", "nivel:", "stufe:"].iter().find_map(|key| {
        let at = words.char_indices().map(|(at, _)| at).find(|at| {
            let here = words.get(*at..).and_then(|rest| rest.get(..key.len()));
            here.is_some_and(|here| here.eq_ignore_ascii_case(key))
        })?;
        let (before, said) = words.split_at_checked(at)?;
        let is_apart = before.ends_with([' ', '(', '[', ',']) && !before.ends_with(") ");
        let before = before.trim_end_matches([' ', '(', '[', ',', ';', '–', '—', '-']);
        (is_apart && !before.is_empty() && level(said, None).is_some()).then_some((before, said))
    })
}

/// Words without inline fields of any name: `[owner:: Ida]`, `(area:: work)`.
fn unfielded(words: &str) -> String {
    let mut out = words.to_owned();
    for (open, close) in [('[', ']'), ('(', ')')] {
        while let Some((at, end)) = out.find("::").and_then(|mark| {
            let at = out.get(..mark)?.rfind(open)?;
            let is_key = out.get(at + 1..mark)?.chars().all(|c| c.is_alphanumeric() || "-_".contains(c));
            is_key.then_some((at, mark + out.get(mark..)?.find(close)? + 1))
        }) {
            out.replace_range(at..end, "");
        }
    }
    out
}

/// Reads a line with a level, a target or a date. Dataview's `level:: 2` works too. `from`: as in [`Level::deadline`].
pub(super) fn level(line: &str, from: Option<NaiveDate>) -> Option<Level> {
    let line = line.trim_start();
    let line = line.get(marker_len(line).unwrap_or(0)..).unwrap_or(line);
    let line = line.trim().trim_start_matches(['*', '_', '[', '(']);
    let mut found = Level::default();
    let Some((key, rest)) = line.split_once(':') else {
        // `by December 2026`, and no other words
        let (word, rest) = line.split_once(' ')?;
        let is_deadline = matches!(fold(word).as_str(), "by" | "until" | "bis") && rest.split_whitespace().count() < 4;
        is_deadline.then(|| found.deadline(rest, from)).flatten()?;
        return Some(found);
    };
    if key.len() > 20 {
        return None;
    }
    let rest = rest.trim_start_matches(':').trim_start_matches(['*', '_']).trim().trim_end_matches([']', ')']);
    match fold(key.trim_matches(['*', '_', ' '])).as_str() {
        "level" | "niveau" | "nivel" | "stufe" => {
            let (now, behind) = number(rest)?;
            found.level = Some(now);
            let behind = behind.trim_start();
            let arrow = ["->", "→", "=>", "–>", "to ", "bis "].iter().find_map(|arrow| behind.strip_prefix(arrow));
            let mut after = behind;
            if let Some((target, rest)) = arrow.and_then(|rest| number(rest.trim_start())) {
                found.target = Some(target);
                after = rest;
            }
            let by = ["by ", "until ", "bis ", "fur ", "para ", "d'ici ", "até ", "@"];
            by.iter().find_map(|word| found.deadline(after.split_once(word)?.1, from));
        }
        "target" | "ziel" | "cible" | "objetivo" => found.target = Some(number(rest)?.0),
        "by" | "due" | "deadline" | "bis" => found.deadline(rest, from)?,
        _ => return None,
    }
    Some(found)
}

/// A level at the beginning of a text, and what follows: `2`, `2.5`, `2/5` on a scale of five.
pub(super) fn number(text: &str) -> Option<(model::Level, &str)> {
    let count = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let digits = count(text);
    let level: u8 = text.get(..digits)?.parse().ok()?;
    let mut tenths = u16::from(level) * 10;
    let mut rest = text.get(digits..)?;
    if let Some(behind) = rest.strip_prefix(['.', ','])
        && count(behind) == 1
    {
        tenths += behind.get(..1)?.parse::<u16>().ok()?;
        rest = behind.get(1..)?;
    }
    if let Some(behind) = rest.trim_start().strip_prefix('/').map(str::trim_start).filter(|behind| count(behind) > 0) {
        rest = behind.get(count(behind)..)?;
    }
    Some((model::Level::of_tenths(tenths), rest))
}

/// A day: `2024-03-05`; the last day of `2024-03`, `2024`, `2024-Q2`, `Q2 2024` and `March 2024`.
pub(super) fn day(written: &str) -> Option<NaiveDate> {
    let written = written.trim().trim_end_matches(['.', ',', ')', ']']);
    if let Some(day) = written.get(..10).and_then(|day| day.replace('/', "-").parse().ok()) {
        return Some(day);
    }
    if let Some(day) = dates::day_of(written.split(", ").next().unwrap_or(written)) {
        return Some(day);
    }
    let mut parts: Vec<&str> = written.split(['-', '/', ' ']).filter(|part| !part.is_empty()).take(2).collect();
    // the year may come last
    if parts.get(1).is_some_and(|part| is_year(part)) && !parts.first().is_some_and(|part| is_year(part)) {
        parts.reverse();
    }
    let year: i32 = parts.first().filter(|part| is_year(part))?.parse().ok()?;
    let month = match parts.get(1) {
        None => 12,
        Some(part) => match part.strip_prefix(['Q', 'q']).and_then(|quarter| quarter.parse::<u32>().ok()) {
            Some(quarter) if (1..=4).contains(&quarter) => quarter * 3,
            _ => part.parse().ok().or_else(|| words::month(part)).filter(|month| (1..=12).contains(month))?,
        },
    };
    let next =
        if month == 12 { NaiveDate::from_ymd_opt(year + 1, 1, 1) } else { NaiveDate::from_ymd_opt(year, month + 1, 1) };
    next?.pred_opt().filter(|day| day.year() == year)
}

/// A deadline without a year, on or after a day: `December`, `end of March`, `Q4`, `15 December`.
fn yearless(written: &str, from: NaiveDate) -> Option<NaiveDate> {
    let written = written.trim().trim_end_matches(['.', ',', ')', ']']);
    let words: Vec<&str> = written.split_whitespace().collect();
    let [.., last] = words.as_slice() else { return None };
    if words.iter().any(|word| word.starts_with(|c: char| c.is_ascii_digit())) {
        return (words.len() < 4).then(|| dates::day_in(written, from)).flatten();
    }
    let is_end =
        |word: &str| matches!(fold(word).as_str(), "end" | "of" | "the" | "ende" | "fin" | "de" | "final" | "do");
    let named = words.iter().all(|word| is_end(word) || std::ptr::eq(*word, *last));
    let years = [from.year(), from.year() + 1];
    let ends = years.iter().filter_map(|year| day(&format!("{year} {last}")));
    let is_time = words::month(last).is_some() || last.starts_with(['Q', 'q']);
    ends.into_iter().find(|end| named && is_time && *end >= from)
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && text.starts_with(['1', '2']) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Reads a measurable result: after `KR`, or at the end after a colon or in brackets. `45 % -> 60 %` is 45 of 60.
pub(super) fn key_result(words: &str, line: usize) -> Option<KeyResult> {
    let text = words.trim();
    let is_named = ["KR", "Key result", "Key Result"].iter().any(|name| {
        let rest = text.strip_prefix(name).map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
        rest.is_some_and(|rest| rest.starts_with([':', ' ', '-', '.']))
    });
    let result = |done: u32, of: u32| KeyResult { line, text: text.to_owned(), done, of };
    if is_named && let Some((done, of)) = on_the_way(text) {
        return (of > 0 && done <= of).then(|| result(done, of));
    }
    if is_named && let Some((done, of)) = text.split_whitespace().find_map(fraction) {
        return Some(result(done, of));
    }
    let end = text.trim_end_matches(['.', ')']);
    if end.split_whitespace().next_back().is_some_and(is_month) {
        return None;
    }
    let (before, last) = match end.strip_suffix('%') {
        Some(rest) => {
            let rest = rest.trim_end();
            let at = rest.rfind(|c: char| !c.is_ascii_digit()).map_or(0, |at| at + 1);
            (rest.get(..at)?, rest.get(at..)?)
        }
        None => {
            let at = end.rfind(|c: char| !c.is_ascii_digit() && c != '/').map_or(0, |at| at + 1);
            (end.get(..at)?, end.get(at..)?)
        }
    };
    let (done, of): (u32, u32) = if end.ends_with('%') {
        (last.parse().ok()?, 100)
    } else {
        let (done, of) = last.split_once('/')?;
        (done.parse().ok()?, of.parse().ok()?)
    };
    let is_set_off = before.trim_end().ends_with([':', '(']);
    let is_sane = of > 0 && done <= of && before.chars().next_back().is_none_or(|c| !c.is_alphanumeric() && c != '/');
    ((is_named || is_set_off) && is_sane).then(|| result(done, of))
}

/// Where a result is, and where it is to be: `45 % -> 60 %`, `1 → 3`.
fn on_the_way(text: &str) -> Option<(u32, u32)> {
    let (before, after) = ["->", "→", "=>", "–>"].iter().find_map(|arrow| text.rsplit_once(arrow))?;
    let before = before.trim_end().trim_end_matches('%').trim_end();
    let digits = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let after = after.trim_start();
    let end = after.find(|c: char| !c.is_ascii_digit()).unwrap_or(after.len());
    let is_whole = !after.get(end..)?.starts_with(['.', ',', '/'])
        && !before.get(..before.len() - digits)?.ends_with(['.', ',', '/']);
    is_whole.then_some((before.get(before.len() - digits..)?.parse().ok()?, after.get(..end)?.parse().ok()?))
}

/// `12/2026`
fn is_month(word: &str) -> bool {
    let (month, year) = word.split_once('/').unwrap_or((word, ""));
    (1..=2).contains(&month.len()) && is_year(year.trim_end_matches(|c: char| "().,;:".contains(c)))
}

/// A word that is a fraction: `3/10`, not the month `12/2026`.
fn fraction(word: &str) -> Option<(u32, u32)> {
    let (done, of) = word.trim_matches(|c: char| "().,;:".contains(c)).split_once('/')?;
    let number =
        |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<u32>().ok()).flatten();
    let (done, of) = (number(done)?, number(of)?);
    (of > 0 && done <= of && !is_month(word)).then_some((done, of))
}

/// True for an item of praise: `Endorsement (2023/10/18): "…"`.
pub(super) fn is_praise(words: &str) -> bool {
    model::goal_words::praise_label(words).is_some()
}

/// The words of a heading or item without its marks.
fn tagless(words: &str) -> String {
    let mut out = String::new();
    let mut at = 0;
    for tag in inline::tags(words) {
        out.push_str(words.get(at..tag.start).unwrap_or(""));
        at = tag.end;
    }
    out.push_str(words.get(at..).unwrap_or(""));
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_read() {
        let date = |text: &str| Some(text.parse().unwrap());
        let level = |text| {
            let from = NaiveDate::from_ymd_opt(2026, 1, 1);
            let whole = |level: Option<model::Level>| level.map(|level| level.to_string());
            level(text, from).map(|found| (whole(found.level), whole(found.target), found.by))
        };
        let is = |level: &str| Some(level.to_owned());
        assert_eq!(level("level: 2 -> 3 by 2024-03"), Some((is("2"), is("3"), date("2024-03-31"))));
        assert_eq!(level("- **Level**: 2 → 4 by Q2 2026"), Some((is("2"), is("4"), date("2026-06-30"))));
        assert_eq!(level("level:: 2"), Some((is("2"), None, None)));
        assert_eq!(level("level: 3 -> 3, keep"), Some((is("3"), is("3"), None)));
        assert_eq!(level("by:: 2024-03-31"), Some((None, None, date("2024-03-31"))));
        assert_eq!(level("level: 2.5 -> 3,5"), Some((is("2.5"), is("3.5"), None)));
        assert_eq!(level("level: 2/5 -> 4/5 by 31.12.2026"), Some((is("2"), is("4"), date("2026-12-31"))));
        assert_eq!(level("by: 31. Dezember 2026"), Some((None, None, date("2026-12-31"))));
        assert_eq!(level("level: 2. We go on"), Some((is("2"), None, None)));
        assert_eq!(level("Level: 1 → 2 by December"), Some((is("1"), is("2"), date("2026-12-31"))));
        assert_eq!(level("by: end of March"), Some((None, None, date("2026-03-31"))));
        assert_eq!(level("by 15 December"), Some((None, None, date("2026-12-15"))));
        assert_eq!(level("due: Q4."), Some((None, None, date("2026-12-31"))));
        assert_eq!(super::level("by December", None).and_then(|found| found.by_said).as_deref(), Some("December"));
        assert_eq!(level("by the way we may go"), None);
        assert_eq!(level("by hand"), None);
        assert_eq!(level("level of the sea: 3"), None);
        assert_eq!(level("Level: good"), None);
    }

    #[test]
    fn days_end_their_period() {
        let cases = [
            ("2024", "2024-12-31"),
            ("2024-02", "2024-02-29"),
            ("March 2024", "2024-03-31"),
            ("2023/10/18", "2023-10-18"),
            ("2026-Q4", "2026-12-31"),
        ];
        for (written, want) in cases {
            assert_eq!(day(written).map(|day| day.to_string()).as_deref(), Some(want), "{written}");
        }
        assert_eq!([day("soon"), day("2024-13"), day(""), day("24")], [None; 4]);
    }

    #[test]
    fn results_are_fractions_or_percentages() {
        let read = |text: &str| key_result(text, 1).map(|result| (result.done, result.of));
        assert_eq!(read("KR: talks given 3/10"), Some((3, 10)));
        assert_eq!(read("KR2 - coverage 45 %"), Some((45, 100)));
        assert_eq!(read("papers: 2/5"), Some((2, 5)));
        assert_eq!(read("papers (2/5)"), Some((2, 5)));
        assert_eq!(read("KR1: 3/10 customers by 12/2026"), Some((3, 10)));
        assert_eq!(read("KR: NPS 45 % -> 60 %"), Some((45, 60)));
        assert_eq!(read("KR2: talks 1 → 4 this year"), Some((1, 4)));
        for text in [
            "on call 24/7",
            "due 2023/10/18",
            "half: 1/2 day",
            "KR: 7/5",
            "and/or",
            "KR: nothing",
            "KR: churn 8 % -> 5 %",
            "KR: load 1.5 -> 0.5",
            "KR: done 12/2026",
            "10 %",
            "x: 3/0",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}

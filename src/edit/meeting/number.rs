//! The number of a meeting: `Meeting #15` comes after `Meeting #14`.

use chrono::Datelike as _;
use chrono::NaiveDate;

use crate::model::words;
use crate::model::words::fold;
use crate::parse::dates;

/// Words before the number of a meeting.
const NUMBERS: [&str; 8] = ["#", "no", "no.", "nr", "nr.", "n°", "nº", "num"];

/// Words before the number of a week.
const WEEKS: [&str; 8] = ["week", "wk", "kw", "cw", "woche", "semaine", "sem", "semana"];

/// A text with the number of its meeting incremented; unchanged if there is none. `before` is the text of the previous
/// meeting: a bare number counts only if it increased since then. The week of the old day becomes that of the new one.
#[must_use]
pub fn count_on(text: &str, before: Option<&str>, (old, new): (NaiveDate, NaiveDate)) -> String {
    let is_week = |number: &&Number| WEEKS.contains(&number.context.as_str()) && number.value == old.iso_week().week();
    if let Some(week) = numbers(text).iter().find(is_week) {
        let (head, rest) = text.split_at_checked(week.start).unwrap_or((text, ""));
        let width = if rest.starts_with('0') { 2 } else { 1 };
        let rest = rest.get(week.end - week.start..).unwrap_or("");
        return format!("{head}{:0width$}{rest}", new.iso_week().week());
    }
    let numbers = numbers(text);
    let earlier = before.map(self::numbers).unwrap_or_default();
    let found = numbers.iter().rev().find(|number| {
        let same = earlier.iter().find(|other| other.context == number.context);
        match same {
            Some(other) => other.value < number.value && (number.is_marked || number.value - other.value <= 3),
            None => number.is_marked,
        }
    });
    let Some(number) = found else { return text.to_owned() };
    let width = number.end - number.start;
    let (head, rest) = text.split_at_checked(number.start).unwrap_or((text, ""));
    format!("{head}{:0width$}{}", number.value + 1, rest.get(width..).unwrap_or(""))
}

/// A number that may be a meeting's.
struct Number {
    /// In bytes.
    start: usize,
    end: usize,
    value: u32,
    /// The word before it, folded.
    context: String,
    /// `#14`, `No. 14`
    is_marked: bool,
}

/// The numbers in a text, excluding those of dates and times.
fn numbers(text: &str) -> Vec<Number> {
    let date = dates::style_of_name(text).and_then(|(written, _)| {
        let start = text.find(&written)?;
        Some(start..start + written.len())
    });
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text.get(at..).and_then(|rest| rest.find(|c: char| c.is_ascii_digit())).map(|n| at + n) {
        let rest = text.get(start..).unwrap_or("");
        let end = start + rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        at = end;
        let (head, tail) = (text.get(..start).unwrap_or(""), text.get(end..).unwrap_or(""));
        let joins = |c: char| ".:/-".contains(c);
        let mut behind = tail.chars();
        let glued = behind
            .next()
            .is_some_and(|c| c.is_alphanumeric() || (joins(c) && behind.next().is_some_and(|c| c.is_ascii_digit())));
        let mut ahead = head.chars().rev();
        let glued = glued
            || ahead
                .next()
                .is_some_and(|c| c.is_alphabetic() || (joins(c) && ahead.next().is_some_and(|c| c.is_ascii_digit())));
        let in_date = date.as_ref().is_some_and(|date| date.contains(&start));
        if glued || in_date || end - start > 4 {
            continue;
        }
        let folded = fold(head);
        let trimmed = folded.trim_end_matches([' ', '_', '-']);
        let is_marked = NUMBERS.iter().any(|mark| {
            trimmed.strip_suffix(mark).is_some_and(|before| *mark == "#" || !before.ends_with(char::is_alphanumeric))
        });
        let context: String =
            folded.split(|c: char| !c.is_alphanumeric()).rfind(|word| !word.is_empty()).unwrap_or("").to_owned();
        let is_month = words::month(&context).is_some();
        if let (Ok(value), true) =
            (text.get(start..end).unwrap_or("").parse(), is_marked || !(is_month || context.is_empty()))
        {
            found.push(Number { start, end, value, context, is_marked });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_meetings_count_on() {
        let days = (NaiveDate::default(), NaiveDate::default());
        let cases = [
            ("Meeting #14", None, "Meeting #15"),
            ("## Meeting #9 (2026-10-22)", None, "## Meeting #10 (2026-10-22)"),
            ("Team sync No. 3, 22 Oct 2026", None, "Team sync No. 4, 22 Oct 2026"),
            ("Sitzung Nr. 099", None, "Sitzung Nr. 100"),
            ("2026-10-22 Meeting 14", Some("2026-10-15 Meeting 13"), "2026-10-22 Meeting 15"),
            ("sync-014", Some("sync-013"), "sync-015"),
            // what did not grow is a name
            ("Sprint 12 retro", Some("Sprint 12 retro"), "Sprint 12 retro"),
            ("Meeting 14", None, "Meeting 14"),
            ("Room 101, meeting #2", Some("Room 101, meeting #1"), "Room 101, meeting #3"),
            ("October 22", Some("October 21"), "October 22"),
            ("10:30 Team sync", Some("10:15 Team sync"), "10:30 Team sync"),
            ("Team sync 2026-10-22", Some("Team sync 2026-10-21"), "Team sync 2026-10-22"),
            ("1:1 Ida", None, "1:1 Ida"),
        ];
        for (text, before, wanted) in cases {
            assert_eq!(count_on(text, before, days), wanted, "{text}");
        }
    }

    #[test]
    fn weeks_are_those_of_the_day() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap_or_default();
        let days = (day("2026-11-04"), day("2027-01-06"));
        for (text, before, wanted) in [
            ("Week 45 meeting", Some("Week 44 meeting"), "Week 1 meeting"),
            ("## Week 45 (", None, "## Week 1 ("),
            ("KW 45", None, "KW 1"),
            ("Semaine 45", Some("Semaine 43"), "Semaine 1"),
            // a week of a course
            ("Week 3 meeting", Some("Week 2 meeting"), "Week 4 meeting"),
            ("Week 3 meeting", None, "Week 3 meeting"),
        ] {
            assert_eq!(count_on(text, before, days), wanted, "{text}");
        }
    }
}

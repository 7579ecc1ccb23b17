//! The day next to the word by which somebody says that they read something: `read 12 Sep on the plane`, `lu le 12/05`.

use chrono::Days;
use chrono::NaiveDate;

use crate::model::ReadingState;
use crate::model::words::fold;
use crate::parse::dates;
use crate::parse::reading::words;
use crate::parse::reading::work::bare_words;

/// In bytes; a day further behind the word is not its own.
const BEHIND: usize = 40;

/// In bytes; what is longer tells a story.
const LONGEST: usize = 240;

/// When something was read, as the words beside it say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    /// On this day.
    On(NaiveDate),
    /// At some time before: `read it two weeks ago`, `read it in 2019`.
    Before,
}

/// The day that stands behind the word for a state in the words beside a link; days without a year are near `around`.
pub(super) fn told(lead: &str, tail: &str, state: ReadingState, around: Option<NaiveDate>) -> Option<Told> {
    [tail, lead].into_iter().filter(|text| text.len() <= LONGEST).find_map(|text| of(text, state, around))
}

fn of(text: &str, state: ReadingState, around: Option<NaiveDate>) -> Option<Told> {
    let says = |c: char| c.is_ascii_digit();
    if !text.contains(says) && !text.contains("ago") && !fold(text).split(' ').any(is_long_ago) {
        return None;
    }
    words::within(text).into_iter().filter(|within| within.saying.state == state).find_map(|within| {
        let behind = text.get(within.start + within.saying.core_end..)?;
        let end = behind.char_indices().find(|&(at, c)| {
            let next = behind.get(at + c.len_utf8()..).unwrap_or("");
            matches!(c, ';' | ')' | '(' | '|' | '–' | '—')
                || matches!(c, '.' | '!') && next.starts_with(' ') && !is_day_point(behind, at)
        });
        let near = behind.get(..end.map_or(behind.len(), |(at, _)| at))?;
        let near = near.get(..near.floor_char_boundary(BEHIND))?;
        let folded = fold(near);
        let mut said = bare_words(&folded).filter(|word| !is_year_of(word, around));
        if said.any(|word| is_long_ago(word) || word == "ago") || is_other_year(&folded, around) {
            return Some(Told::Before);
        }
        day_near(near, around).map(Told::On)
    })
}

/// The point behind the day of a month: `3. Mai`.
fn is_day_point(text: &str, at: usize) -> bool {
    text.get(..at).is_some_and(|before| before.ends_with(|c: char| c.is_ascii_digit()))
}

fn is_long_ago(word: &str) -> bool {
    matches!(
        word,
        "ago" | "ages" | "years" | "vor" | "jahren" | "geleden" | "hace" | "anni" | "annees" | "anos" | "fa" | "damals"
    )
}

fn is_year_of(word: &str, around: Option<NaiveDate>) -> bool {
    around.is_some_and(|day| day.format("%Y").to_string() == word)
}

/// `in 2019`, in a note of another year.
fn is_other_year(folded: &str, around: Option<NaiveDate>) -> bool {
    let mut said = bare_words(folded);
    let first = said.next().unwrap_or("");
    let second = said.next().unwrap_or("");
    let third = said.next().unwrap_or("");
    let year = |word: &str| {
        word.len() == 4
            && word.parse::<u16>().is_ok_and(|year| (1950..2100).contains(&year))
            && !is_year_of(word, around)
    };
    matches!(first, "in" | "im" | "en" | "em" | "nel") && year(second)
        || matches!(second, "in" | "im" | "en" | "em" | "nel") && year(third)
}

/// The day that a text names: a full one, or one near a day that is known.
pub(super) fn day_near(text: &str, around: Option<NaiveDate>) -> Option<NaiveDate> {
    const HALF_A_YEAR: Days = Days::new(182);
    words::day(text)
        .or_else(|| dates::whole_day_in(text))
        .or_else(|| dates::day_in(text, around?.checked_sub_days(HALF_A_YEAR)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_behind_a_word() {
        let on = |day: &str| day.parse().ok().map(Told::On);
        let around = "2026-09-08".parse().ok();
        for (text, wanted) in [
            (" read 12 sep on the plane", on("2026-09-12")),
            (" - read on 3 May 2024, dry", on("2024-05-03")),
            (" durchgearbeitet am 02.06.2026", on("2026-06-02")),
            (" gelesen am 3. August", on("2026-08-03")),
            (" read it, two weeks ago", Some(Told::Before)),
            (" read it in 2019", Some(Told::Before)),
            (" read, 45 pages", None),
            (" from 12 sep", None),
            (" read", None),
        ] {
            assert_eq!(told("", text, ReadingState::Read, around), wanted, "{text}");
        }
        assert_eq!(told("", " read 12 sep", ReadingState::Read, None), None);
    }
}

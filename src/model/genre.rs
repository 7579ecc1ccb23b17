//! Names for journals and meetings, in the languages of [`crate::model::words`].
//!
//! One table for everything that reads a heading, a label line, or the name of a note or folder. All words are folded
//! ([`crate::model::words::fold`]) and singular where the plural only adds an `s`.

use crate::model::words::fold;

/// Names of journals.
const JOURNALS: &[&str] = &[
    "journal",
    "diary",
    "log",
    "logbook",
    "worklog",
    "daily",
    "dailies",
    "weekly",
    "weeklies",
    "progress",
    "periodic",
    "til",
    "tagebuch",
    "logbuch",
    "wochenbuch",
    "diario",
    "bitacora",
    "carnet",
];

/// Words beside the date in a heading of a journal: `Notes 2024-01-05`, `KW 46`.
const JOURNAL_PARTS: &[&str] = &[
    "note", "week", "month", "monthly", "notizen", "woche", "monat", "kw", "semaine", "mois", "nota", "semana", "mes",
];

/// Names of meetings.
const MEETINGS: &[&str] = &[
    "meeting",
    "standup",
    "stand-up",
    "retro",
    "retrospective",
    "sync",
    "review",
    "planning",
    "kickoff",
    "kick-off",
    "call",
    "minutes",
    "1on1",
    "one-on-one",
    "one-to-one",
    "catchup",
    "catch-up",
    "workshop",
    "interview",
    "refinement",
    "grooming",
    "demo",
    "checkin",
    "check-in",
    "besprechung",
    "treffen",
    "sitzung",
    "protokoll",
    "gesprach",
    "reunion",
    "entretien",
    "reuniao",
    "encuentro",
    "entrevista",
];

/// True for the name of a journal: `journals`, `Work log`, `daily`.
#[must_use]
pub fn is_journal(name: &str) -> bool {
    has_word(&fold(name), JOURNALS)
}

/// True for what a journal heading may say besides its date: `Progress`, `Week`, `Notes`.
#[must_use]
pub fn is_journal_heading(text: &str) -> bool {
    let folded = fold(text);
    has_word(&folded, JOURNALS) || has_word(&folded, JOURNAL_PARTS)
}

/// True for the name of a meeting or a series of them: `Stand-up`, `1:1`, `meetings`, `one-to-one-with-ida`.
#[must_use]
pub fn is_meeting(name: &str) -> bool {
    let folded = fold(name);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).collect();
    // `one-to-one` is three words in a row
    let holds = |wanted: &&str| {
        let wanted: Vec<&str> = wanted.split(|c: char| !c.is_alphanumeric()).collect();
        words.windows(wanted.len()).any(|run| run.iter().zip(&wanted).all(|(word, wanted)| is_word(word, wanted)))
    };
    MEETINGS.iter().any(holds) || folded.split([' ', '_', '/', '(', '[']).any(is_one_to_one)
}

/// `1:1`, `1-1s`, `1-1-with-ida`; not the beginning of a version or a date.
#[must_use]
pub(crate) fn is_one_to_one(word: &str) -> bool {
    let rest = word.strip_prefix("1:1").or_else(|| word.strip_prefix("1-1"));
    rest.is_some_and(|rest| {
        let rest = rest.trim_start_matches(['-', ':', ',', '.', ')', ']']);
        !rest.starts_with(|c: char| c.is_ascii_digit())
    })
}

fn has_word(folded: &str, names: &[&str]) -> bool {
    folded.split(|c: char| !c.is_alphanumeric()).any(|word| names.iter().any(|name| is_word(word, name)))
}

/// True for a word and its plural.
pub(crate) fn is_word(word: &str, name: &str) -> bool {
    word == name || word.strip_suffix('s').is_some_and(|singular| singular == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_in_five_languages() {
        for name in ["journal", "Work log", "Journals", "daily", "Diário", "TAGEBUCH", "202602_progress", "bitácora"]
        {
            assert!(is_journal(name), "{name}");
        }
        for name in ["notes", "catalogue", "blog", "", "meeting"] {
            assert!(!is_journal(name), "{name}");
        }
        for name in ["Meetings", "stand-up", "1:1 with Ida", "one-to-one-with-ida", "Réunion", "Gespräch", "1-1s"] {
            assert!(is_meeting(name), "{name}");
        }
        for name in ["notes", "one to many", "11", "", "seminar", "1.1.0", "1-1-2024"] {
            assert!(!is_meeting(name), "{name}");
        }
    }
}

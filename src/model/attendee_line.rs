//! Lines that say who was at a meeting: `Present: Ida`, `Ida, Sam`.

use crate::model::meeting::Part;
use crate::model::meeting_words;

/// Longer lines are taken for sentences; in bytes.
const LONGEST: usize = 200;

/// True for a label of people with their names after it: `Present: Ida`, `**Attendees:** Ida, Sam`.
#[must_use]
pub fn is_labelled(words: &str) -> bool {
    words.len() <= LONGEST
        && words.split_once(':').is_some_and(|(label, names)| {
            let names = names.trim_matches(|c: char| c.is_whitespace() || "*_".contains(c));
            let is_people = meeting_words::part(label).is_some_and(Part::has_people);
            is_people && names.starts_with(|c: char| c.is_uppercase() || "@[*".contains(c))
        })
}

/// True for two or more names and nothing else: `Ida, Sam`, `Ida Berg, @wim and Noor`.
#[must_use]
pub fn is_names(words: &str) -> bool {
    let words = words.trim().trim_end_matches('.');
    if words.len() > LONGEST || words.contains(|c: char| c.is_ascii_digit() || ":;()!?".contains(c)) {
        return false;
    }
    let pieces: Vec<&str> = words.split([',', '&']).flat_map(|piece| piece.split(" and ")).map(str::trim).collect();
    let is_name = |name: &&str| {
        let parts = name.split_whitespace().count();
        let begins = |word: &str| word.starts_with(|c: char| c.is_uppercase() || c == '@');
        (1..=3).contains(&parts) && name.split_whitespace().all(begins) && meeting_words::part(name).is_none()
    };
    pieces.len() > 1 && pieces.iter().all(is_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_and_what_is_none() {
        for line in
            ["Present: Ida", "**Attendees:** Ida, Sam", "Anwesend: Jörg", "Absent: @noor", "In attendance: [[Ida]]"]
        {
            assert!(is_labelled(line), "{line}");
        }
        for line in ["Present:", "Actions: Ida", "Present", "Present: nobody spoke", "Ida: present"] {
            assert!(!is_labelled(line), "{line}");
        }
        for line in ["Ida, Sam", "Ida Berg, @wim and Noor", "Ida & Sam", "Ida, Noor, Wim."] {
            assert!(is_names(line), "{line}");
        }
        for line in
            ["Ida", "Bread, butter", "Agenda, Notes", "Actions: Ida, Sam", "Ida, 3 Nov", "", "Ida, who came late"]
        {
            assert!(!is_names(line), "{line}");
        }
    }
}

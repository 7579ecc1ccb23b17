//! Names for goals, evidence and praise, in the languages of [`crate::model::words`].

use crate::model::genre::is_word;
use crate::model::words::fold;

/// Names of notes about goals.
const GOALS: &[&str] = &[
    "goal",
    "objective",
    "okr",
    "skill",
    "ziel",
    "ziele",
    "objectif",
    "objetivo",
    "meta",
    "competence",
    "kompetenzen",
    "habilidad",
    "habilidade",
    "habilidades",
];

/// Words that may appear beside them, as may a year or a quarter. A note "Project goals" is not about personal goals.
const GOAL_PARTS: &[&str] = &[
    "my",
    "our",
    "personal",
    "learning",
    "career",
    "development",
    "long",
    "short",
    "term",
    "year",
    "yearly",
    "annual",
    "quarterly",
    "and",
    "the",
    "plan",
    "for",
    "this",
    "meine",
    "lern",
    "und",
    "mes",
    "et",
    "mis",
    "y",
    "meus",
    "minhas",
    "e",
    "de",
    "to",
];

/// Headings over evidence that a goal is close.
const EVIDENCE: &[&str] = &[
    "evidence",
    "proof",
    "progress",
    "beleg",
    "belege",
    "nachweis",
    "nachweise",
    "fortschritt",
    "preuve",
    "progres",
    "evidencia",
    "evidencias",
    "progreso",
    "progresso",
];

/// First words of headings over goals that are not being worked on, or over what is no goal.
const PARKED: &[&str] = &[
    "about",
    "overview",
    "introduction",
    "intro",
    "legend",
    "references",
    "resources",
    "see",
    "review",
    "how",
    "why",
    "contents",
    "table",
    "log",
    "history",
    "uberblick",
    "legende",
    "quellen",
    "apropos",
    "ressources",
    "recursos",
    "resumen",
    "evidence",
    "praise",
    "endorsements",
    "endorsement",
    "kudos",
    "feedback",
    "not",
    "no",
    "later",
    "someday",
    "maybe",
    "idea",
    "ideas",
    "parked",
    "parking",
    "backlog",
    "archive",
    "archived",
    "old",
    "done",
    "dropped",
    "note",
    "notes",
    "link",
    "links",
    "nicht",
    "spater",
    "irgendwann",
    "idee",
    "ideen",
    "archiv",
    "erledigt",
    "notizen",
    "pas",
    "tard",
    "idees",
    "archives",
    "notas",
    "mas",
    "algun",
    "ideias",
    "depois",
    "arquivo",
    "archivo",
];

/// Labels of praise.
const PRAISE: &[&str] = &[
    "endorsement",
    "praise",
    "kudo",
    "testimonial",
    "recommendation",
    "lob",
    "anerkennung",
    "empfehlung",
    "eloge",
    "recommandation",
    "elogio",
    "recomendacion",
    "recomendacao",
];

/// True for the name of a note about personal goals or skills: `goals`, `My goals 2026`, `OKRs Q3`, `Ziele`.
#[must_use]
pub fn is_goals(name: &str) -> bool {
    let folded = fold(name);
    let mut words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).peekable();
    let is_part = |word: &str| {
        let is_period = word.strip_prefix('q').unwrap_or(word).bytes().all(|byte| byte.is_ascii_digit());
        is_period || GOAL_PARTS.contains(&word) || GOALS.iter().any(|name| is_word(word, name))
    };
    let mut is_named = false;
    words.peek().is_some()
        && words.all(|word| {
            is_named |= GOALS.iter().any(|name| is_word(word, name));
            is_part(word)
        })
        && is_named
}

/// True for a heading over goals that are not being worked on: `Not this year`, `Someday`, `Ideen`.
#[must_use]
pub fn is_parked(label: &str) -> bool {
    let folded = fold(label);
    let mut words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.next().is_some_and(|first| PARKED.contains(&first))
}

/// True for a heading over evidence: `Evidence`, `Belege`.
#[must_use]
pub fn is_evidence(label: &str) -> bool {
    label.len() <= 64 && EVIDENCE.contains(&fold(label.trim().trim_end_matches(':')).as_str())
}

/// What follows the name of praise: nothing after `Endorsement`, `(2023/10/18)` after `Endorsement (2023/10/18)`; `None` where
/// a text does not begin so.
#[must_use]
pub fn praise_label(text: &str) -> Option<&str> {
    let text = text.trim().trim_start_matches(['*', '_']);
    let end = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    let (word, rest) = text.split_at_checked(end)?;
    if !(3..=32).contains(&word.len()) {
        return None;
    }
    // most lines begin with a letter that no name of praise begins with
    let first = word.as_bytes().first().map(u8::to_ascii_lowercase).filter(u8::is_ascii_lowercase);
    if first.is_some_and(|first| !PRAISE.iter().any(|name| name.as_bytes().first() == Some(&first))) {
        return None;
    }
    let folded = fold(word);
    let is_praise = PRAISE.iter().any(|name| is_word(&folded, name));
    is_praise.then(|| rest.trim_start_matches(['*', '_']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goals_and_praise_are_known_in_five_languages() {
        for name in
            ["goals", "My goals 2026", "OKRs Q3", "Ziele", "mes objectifs", "Metas", "skills", "long-term-goals"]
        {
            assert!(is_goals(name), "{name}");
        }
        for name in ["Project goals", "goalkeeper", "2026", "", "notes", "plan for the year", "my"] {
            assert!(!is_goals(name), "{name}");
        }
        assert!(is_evidence("Evidence:") && is_evidence("Belege") && !is_evidence("Evidence based work"));
        assert_eq!(praise_label("Endorsement (2023/10/18)"), Some(" (2023/10/18)"));
        assert_eq!(praise_label("**Kudos**"), Some(""));
        assert_eq!(
            [praise_label("Praiseworthy"), praise_label("Feedback for our solution"), praise_label("")],
            [None; 3]
        );
    }
}

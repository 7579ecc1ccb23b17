//! Markers at the beginning of actions, and who they name: `ACTION Ida: …`, `TODO(Ida) …`, `action me: …`.

use crate::model::words::fold;
use crate::parse::meetings::names::is_plausible;

/// Upper-case markers at the beginning of an action.
const MARKERS: &[&str] =
    &["ACTION ITEM", "ACTION", "AI", "A.I.", "AP", "TODO", "DOTO", "FOLLOW-UP", "FOLLOWUP", "AKTION"];

/// Those of them that mean nothing else, in any case; with a person or a colon behind them.
const CASED: [&str; 9] =
    ["action item", "action", "todo", "to do", "to-do", "follow-up", "follow up", "aktion", "aufgabe"];

/// Words in place of a name: `ACTION me: …`
const PRONOUNS: [&str; 22] = [
    "me",
    "myself",
    "i",
    "we",
    "us",
    "both",
    "all",
    "everyone",
    "everybody",
    "ich",
    "mich",
    "wir",
    "uns",
    "alle",
    "beide",
    "moi",
    "nous",
    "tous",
    "yo",
    "nosotros",
    "eu",
    "nos",
];

/// The marker at the beginning of an action: the name in it (may be empty) and the words after it.
pub(super) fn marker(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start_matches(['*', '_', ' ', '[']);
    let bare = MARKERS.iter().find_map(|marker| {
        let rest = text.strip_prefix(marker)?;
        rest.starts_with(|c: char| !c.is_alphanumeric() && c != '-').then_some((*marker, rest))
    });
    let cased = || {
        let (label, _) = text.split_once([':', '('])?;
        let (begins, behind) = CASED.iter().find_map(|word| Some((*word, after(label, word)?)))?;
        let name = behind.trim_matches(['*', '_', ' ', ']', '#']);
        let is_number = name.bytes().all(|byte| byte.is_ascii_digit());
        let at = if is_number { label.len() } else { label.len() - behind.len() };
        (is_number || is_named(name)).then(|| text.get(at..)).flatten().map(|rest| (begins, rest))
    };
    let (begins, rest) = bare.or_else(cased)?;
    let rest = rest.trim_start_matches(['*', '_', ']']);
    let opened = rest.trim_start();
    if let Some((name, behind)) = opened.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
        return Some((name.trim(), behind.trim_start_matches([':', ' ', '*', '_', '-'])));
    }
    if let Some(behind) = opened.strip_prefix(':') {
        return Some(("", behind.trim_start_matches([' ', '*', '_'])));
    }
    // `ACTION Ida: …`; a sentence may begin with an upper-case word too
    let named = opened.split_once(':').and_then(|(name, behind)| {
        let name = unmarked(name);
        (name.split_whitespace().count() <= 4 && (name.is_empty() || is_named(name) || opened.starts_with('@')))
            .then(|| (name, behind.trim_start_matches([' ', '*', '_'])))
    });
    // `TODO answer`; `TODO LIST` is a title
    let is_word = !matches!(begins, "AI" | "A.I." | "AP") && begins.starts_with(char::is_uppercase);
    named.or_else(|| {
        let says = is_word && rest.starts_with([' ', ',']) && opened.chars().any(char::is_lowercase);
        says.then_some(("", opened))
    })
}

/// The text after a word at its beginning, in any case.
fn after<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let (head, behind) = text.split_at_checked(word.len())?;
    (head.eq_ignore_ascii_case(word) && !behind.starts_with(char::is_alphanumeric)).then_some(behind)
}

/// A name without the marks and words around it: `for Ida`, `- @Ida`.
fn unmarked(name: &str) -> &str {
    let name = name.trim_matches(['*', '_', ' ', '@', '-', '–', ']']);
    let words = ["for ", "für ", "pour ", "para "];
    words.iter().find_map(|word| name.strip_prefix(word)).unwrap_or(name).trim_start_matches([' ', '@'])
}

/// True for a person in a marker, by name or not.
fn is_named(name: &str) -> bool {
    let bare = unmarked(name);
    is_plausible(bare) || name.trim_start().starts_with('@') || PRONOUNS.contains(&fold(bare).as_str())
}

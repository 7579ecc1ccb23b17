//! Names in texts: how they are told from other words, and the words around them.

use crate::model::meeting_words;
use crate::model::words::fold;

/// Labels that are not names: `Docs: update them`.
const NO_NAMES: &[&str] = &[
    "docs",
    "doc",
    "note",
    "bug",
    "fix",
    "feature",
    "test",
    "tests",
    "todo",
    "update",
    "issue",
    "api",
    "release",
    "question",
    "decision",
    "action",
    "ai",
    "followup",
    "idea",
    "link",
    "links",
    "ci",
    "pr",
    "prs",
    "review",
    "blog",
    "website",
    "site",
    "infra",
    "build",
    "security",
    "agenda",
    "topic",
    "topics",
    "next",
    "done",
    "open",
    "status",
    "goal",
    "risk",
    "blocker",
    "blocked",
    "optional",
    "maybe",
    "later",
    "now",
    "today",
    "tomorrow",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "team",
    "everyone",
    "all",
    "we",
    "both",
    "week",
    "example",
    "warning",
    "info",
    "fyi",
    "ps",
    "nb",
    "re",
    "date",
    "time",
    "location",
    "where",
    "when",
    "who",
    "what",
    "why",
    "how",
    "frontend",
    "backend",
    "design",
    "ops",
    "http",
    "https",
    "notiz",
    "frage",
    "aufgabe",
    "idee",
    "termin",
    "tache",
    "tarea",
    "tarefa",
    "nota",
    "budget",
    "training",
    "logistics",
    "risks",
    "ideas",
    "blockers",
    "fact",
    "facts",
    "important",
    "reminder",
    "context",
    "background",
    "problem",
    "problems",
    "reason",
    "option",
    "proposal",
    "answer",
    "comment",
    "remark",
    "tip",
    "fragen",
    "risiko",
    "risiken",
    "ideen",
    "hinweis",
    "wichtig",
    "grund",
    "ziel",
    "antwort",
    "vorschlag",
    "risque",
    "risques",
    "idees",
    "raison",
    "remarque",
    "rappel",
    "reponse",
    "probleme",
    "proposition",
    "objectif",
    "pregunta",
    "preguntas",
    "riesgo",
    "riesgos",
    "problema",
    "motivo",
    "razon",
    "respuesta",
    "propuesta",
    "objetivo",
    "aviso",
    "pergunta",
    "perguntas",
    "risco",
    "riscos",
    "ideia",
    "ideias",
    "razao",
    "resposta",
    "lembrete",
    "questions",
    "plan",
    "plans",
    "list",
    "log",
    "required",
    "needed",
    "points",
    "items",
];

/// Words after a name that make it the owner: `Ida to write it`.
pub(super) const DOES: &[&str] =
    &["to", "will", "should", "shall", "must", "soll", "wird", "muss", "va", "doit", "debe", "deve", "vai"];

/// Words before a name that make somebody else the owner: `read, with @Noor`.
pub(super) const BESIDE: &[&str] = &[
    "with", "for", "from", "to", "by", "of", "and", "or", "via", "cc", "ask", "tell", "ping", "thank", "thanks",
    "help", "mit", "fur", "von", "an", "avec", "pour", "con", "para", "com", "see", "per", "the", "a", "on", "in",
    "about",
];

/// Words in place of a name that mean that there is no owner yet.
const NOBODY: &[&str] = &[
    "tbc",
    "tbd",
    "tba",
    "n/a",
    "na",
    "none",
    "nobody",
    "noone",
    "no one",
    "unassigned",
    "unknown",
    "open",
    "offen",
    "niemand",
    "keiner",
    "personne",
    "nadie",
    "ninguem",
    "todo",
    "pending",
    "xxx",
];

/// The name, unless it means that there is no owner yet.
pub(super) fn somebody(name: String) -> Option<String> {
    let bare = fold(&name);
    let bare = bare.trim_matches(|c: char| !c.is_alphanumeric());
    (name.chars().any(char::is_alphabetic) && !NOBODY.contains(&bare)).then_some(name)
}

/// True for words that are nothing but the name of an owner: `**Ida**:` of `Ida`.
#[must_use]
pub fn is_name_over(words: &str, owner: &str) -> bool {
    let bare = alone(words);
    !bare.is_empty() && clean(bare) == owner
}

/// A name without the marks around it, or the name of the page that it is a link to.
pub(super) fn alone(words: &str) -> &str {
    let bare = words.trim_matches(['*', '_', ':', ' ', '@']);
    match bare.strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]")) {
        Some(page) => of_page(page),
        None => bare,
    }
}

/// The name in a link to somebody's page: `Ida` in `people/Ida Berg|Ida`.
pub(super) fn of_page(page: &str) -> &str {
    page.rsplit(['|', '/']).next().unwrap_or(page).trim()
}

/// A name or names with those of pages in place of the links to them.
pub(super) fn unlinked(names: &str) -> String {
    let mut out = String::new();
    let names = names.replace("\\|", "|");
    let mut rest = names.as_str();
    while let Some((before, behind)) = rest.split_once("[[") {
        let (page, behind) = behind.split_once("]]").unwrap_or((behind, ""));
        out.push_str(before);
        out.push_str(of_page(page));
        rest = behind;
    }
    out + rest
}

/// `Ida`, `Ida Berg`, `IB`
pub(super) fn is_plausible(name: &str) -> bool {
    let name = name.trim().trim_start_matches('@');
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_word = |word: &&str| {
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        let upper = word.chars().filter(|c| c.is_uppercase()).count();
        word.chars().next().is_some_and(char::is_uppercase)
            && word.chars().all(|c| c.is_alphabetic() || "-'’.".contains(c))
            && (letters <= 3 || upper * 2 <= letters)
            && !NO_NAMES.contains(&fold(word).as_str())
    };
    (1..=3).contains(&words.len())
        && name.chars().count() <= 30
        && words.iter().all(is_word)
        && meeting_words::part(name).is_none()
}

/// Several names, as in `Ida & Wim`.
pub(super) fn pieces(name: &str) -> Vec<&str> {
    let mut parts = vec![name];
    for mark in [",", "&", "/", "+", " and ", " und ", " et ", " y ", " e "] {
        parts = parts.into_iter().flat_map(|part| part.split(mark)).collect();
    }
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect()
}

pub(super) fn clean(name: &str) -> String {
    let name = unlinked(name);
    let name = name.trim().trim_matches(['*', '_', ':', ',', '.', ' ', '[', ']']);
    // `Ida/Wim`, `Ida und Wim`: the same two people
    let all: Vec<&str> = pieces(name).into_iter().map(|one| one.strip_prefix('@').unwrap_or(one).trim()).collect();
    // `R&D` is one name
    if all.iter().any(|one| one.chars().count() < 2) { name.to_owned() } else { all.join(" & ") }
}

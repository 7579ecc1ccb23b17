//! Lines that suggest that a point was done: a task with its words, a ticket that was asked for.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::Serialize;

use crate::model::NotePath;
use crate::model::words::fold;
use crate::report::meeting::ActionItem;
use crate::report::ticket_state::is_closed;
use crate::report::ticket_suggestions::TicketSuggestion;
use crate::report::tickets::SightingKind;
use crate::report::tickets::TicketItem;
use crate::report::tickets::TicketSighting;

/// In letters; shorter words are not compared.
const LETTERS: usize = 4;

/// A line that suggests that a point was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sign {
    /// The note.
    pub path: NotePath,
    /// 1-based.
    pub line: usize,
    /// The text of the line.
    pub text: String,
}

/// Something done on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DoneLine {
    /// The note.
    pub path: NotePath,
    /// 1-based.
    pub line: usize,
    /// When.
    pub date: NaiveDate,
    /// Its label in listings.
    pub text: String,
    /// What the author thinks of it.
    pub verdict: Option<String>,
}

/// What is done to many things, and words between others: they tell no two points apart.
const UNTELLING: &[&str] = &[
    "about",
    "again",
    "also",
    "answer",
    "asked",
    "before",
    "bring",
    "call",
    "called",
    "check",
    "checked",
    "could",
    "create",
    "discuss",
    "does",
    "done",
    "each",
    "finish",
    "finished",
    "first",
    "from",
    "give",
    "have",
    "help",
    "into",
    "look",
    "made",
    "mail",
    "make",
    "meet",
    "more",
    "most",
    "need",
    "next",
    "only",
    "other",
    "over",
    "prepare",
    "read",
    "said",
    "send",
    "sent",
    "should",
    "show",
    "some",
    "start",
    "tell",
    "than",
    "that",
    "their",
    "them",
    "then",
    "there",
    "they",
    "this",
    "today",
    "tomorrow",
    "update",
    "week",
    "what",
    "when",
    "where",
    "which",
    "will",
    "with",
    "without",
    "work",
    "would",
    "write",
    "written",
    "your",
    "eine",
    "einen",
    "machen",
    "schreiben",
    "senden",
    "pruefen",
    "avec",
    "dans",
    "faire",
    "pour",
    "envoyer",
    "ecrire",
    "para",
    "hacer",
    "enviar",
    "escribir",
    "fazer",
    "escrever",
];

/// Occurrences of tickets in the notes of the series that belong to no other point or task.
pub(crate) fn ticket_lines<'a>(
    tickets: &'a [TicketItem],
    alike: &'a [TicketSuggestion],
    own: &BTreeSet<&NotePath>,
    points: &BTreeSet<(&NotePath, usize)>,
) -> Vec<(&'a NotePath, usize, &'a str)> {
    let known = tickets.iter().flat_map(|ticket| {
        let free = ticket.sightings.iter().filter(|sighting| sighting.kind != SightingKind::Task);
        free.map(move |sighting| (&sighting.path, sighting.line, ticket.key.as_str()))
    });
    let alike = alike.iter().flat_map(|project| &project.examples);
    let alike = alike.map(|example| (&example.path, example.line, example.key.as_str()));
    let is_free = |(path, line, _): &(&NotePath, usize, &str)| own.contains(path) && !points.contains(&(*path, *line));
    let mut lines: Vec<_> = known.chain(alike).filter(is_free).collect();
    lines.sort_unstable();
    lines
}

/// For a point that asks for a ticket: a ticket mentioned after it.
pub(crate) fn ticket_sign(action: &ActionItem, lines: &[(&NotePath, usize, &str)]) -> Option<Sign> {
    let words = fold(&action.point.text);
    let mut words = words.split(|c: char| !c.is_alphanumeric());
    if !words.any(|word| matches!(word, "ticket" | "tickets" | "jira")) {
        return None;
    }
    let (path, line, key) = lines.iter().find(|(path, line, _)| **path == action.path && *line > action.point.line)?;
    // a ticket in the point itself does not count
    let is_other = !action.point.text.contains(key);
    is_other.then(|| Sign { path: (*path).clone(), line: *line, text: (*key).to_owned() })
}

/// For a point about a ticket: the newest line that says that the ticket is closed, since the point was raised.
pub(crate) fn closed_ticket(action: &ActionItem, tickets: &[TicketItem]) -> Option<Sign> {
    let is_own = |path: &NotePath, line: usize| {
        action.history.iter().any(|seen| seen.path == *path && seen.line == line)
            || (*path == action.path && line == action.point.line)
    };
    let about = tickets.iter().filter(|ticket| ticket.sightings.iter().any(|seen| is_own(&seen.path, seen.line)));
    // where a point is about several, all of them have to be closed; what it says itself is what was to be done
    let mut newest = None;
    for ticket in about {
        let others = ticket.sightings.iter().filter(|seen| !is_own(&seen.path, seen.line));
        let said = others.filter(|seen| seen.status.is_some()).max_by_key(|seen| seen.date)?;
        let is_closed = said.status.as_deref().and_then(is_closed) == Some(true);
        if !is_closed || said.date.is_some_and(|date| date < action.raised) {
            return None;
        }
        let is_newer = newest.is_none_or(|(_, seen): (&TicketItem, &TicketSighting)| seen.date <= said.date);
        newest = if is_newer { Some((ticket, said)) } else { newest };
    }
    let (ticket, seen) = newest?;
    let text = match (&seen.status, seen.text.is_empty()) {
        (Some(status), true) => format!("{} {status}", ticket.key),
        _ if seen.text.contains(&ticket.key) => seen.text.clone(),
        _ => format!("{}: {}", ticket.key, seen.text),
    };
    Some(Sign { path: seen.path.clone(), line: seen.line, text })
}

/// Done tasks, by their words.
pub(crate) struct DoneWords {
    by_word: BTreeMap<String, Vec<usize>>,
}

impl DoneWords {
    pub(crate) fn new(done: &[DoneLine]) -> Self {
        let mut by_word: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, line) in done.iter().enumerate() {
            for word in telling(&line.text) {
                by_word.entry(word).or_default().push(index);
            }
        }
        Self { by_word }
    }

    /// A task done since a point was raised that has most of its telling words, and not many others.
    pub(crate) fn sign(&self, action: &ActionItem, done: &[DoneLine]) -> Option<Sign> {
        let wanted = telling(&action.point.label);
        if wanted.len() < 2 {
            return None;
        }
        let mut hits: BTreeMap<usize, usize> = BTreeMap::new();
        for word in &wanted {
            // a word in many tasks identifies none of them
            for index in self.by_word.get(word).filter(|all| all.len() <= 200).into_iter().flatten() {
                *hits.entry(*index).or_default() += 1;
            }
        }
        let is_enough = |count: usize| count >= 2 && count * 4 >= wanted.len() * 3;
        let fits = hits.into_iter().filter(|(_, count)| is_enough(*count)).filter_map(|(index, count)| {
            let line = done.get(index)?;
            let is_self = line.path == action.path && line.line == action.point.line;
            let is_about_it = count * 2 >= telling(&line.text).len();
            (line.date >= action.raised && !is_self && is_about_it).then_some((count, line))
        });
        let (_, line) = fits.max_by_key(|(count, line)| (*count, line.date))?;
        Some(Sign { path: line.path.clone(), line: line.line, text: line.text.clone() })
    }
}

/// The words of a text that say what it is about, each once.
fn telling(text: &str) -> BTreeSet<String> {
    let folded = fold(text);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() >= LETTERS);
    words.filter(|word| !UNTELLING.contains(word)).map(|word| stem(word).to_owned()).collect()
}

/// A word without its ending: `rehearse` and `rehearsed` are the same.
fn stem(word: &str) -> &str {
    let endings = ["ing", "ed", "es", "en", "e", "s", "n"];
    let mut stems = endings.iter().filter_map(|ending| word.strip_suffix(ending));
    stems.find(|stem| stem.chars().count() >= LETTERS).unwrap_or(word)
}

//! Which lines date something: a heading, a bullet or a label line that is a date, or a date with little beside it.

use crate::model::words;
use crate::parse::dates::grammar;
use crate::parse::dates::input::Line;
use crate::parse::dates::input::LineKind;
use crate::parse::dates::reading::Reading;

/// Longer lines are prose.
const LONGEST: usize = 160;

/// Words that name a meeting, folded.
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
    "1:1",
    "1-1",
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

/// Words that name a stretch of a journal, folded.
const JOURNALS: &[&str] = &[
    "journal", "progress", "log", "diary", "notes", "week", "month", "daily", "weekly", "monthly", "worklog",
    "tagebuch", "notizen", "woche", "monat", "kw", "semaine", "mois", "notas", "diario", "semana", "mes",
];

/// Words that speak of a day to come: `Next meeting 2024-05-02` dates nothing.
const AHEAD: &[&str] = &[
    "next",
    "due",
    "deadline",
    "until",
    "by",
    "nachste",
    "nachstes",
    "bis",
    "prochain",
    "prochaine",
    "proxima",
    "proximo",
];

/// What a line dates, if anything. `title`: it is the note's title, which may carry its date among other words.
pub(super) fn read(line: &Line<'_>, title: bool, language: u8) -> Option<Reading> {
    let text = line.text;
    if text.len() > LONGEST || !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let whole = grammar::whole(text, language);
    if whole.is_some() || matches!(line.kind, LineKind::Bullet { .. }) {
        return whole;
    }
    let all = grammar::all(text, false, language);
    let meeting = labelled(text, &all, MEETINGS);
    if line.kind == LineKind::Label {
        return meeting.filter(|reading| !reading.is_month());
    }
    let heading = meeting.or_else(|| labelled(text, &all, JOURNALS)).or_else(|| headed(text, &all));
    heading.or_else(|| if title { one_full(all) } else { None })
}

/// Lines within the notes of a meeting, folded: they do not end it.
const PARTS: &[&str] = &[
    "attendees",
    "present",
    "absent",
    "apologies",
    "participants",
    "agenda",
    "topics",
    "notes",
    "discussion",
    "decisions",
    "decision",
    "actions",
    "action items",
    "action points",
    "next steps",
    "todo",
    "todos",
    "to do",
    "parking lot",
    "next meeting",
    "questions",
    "summary",
    "follow up",
    "follow-up",
    "teilnehmer",
    "anwesend",
    "themen",
    "notizen",
    "entscheidungen",
    "beschlusse",
    "aufgaben",
    "participants",
    "ordre du jour",
    "decisions",
    "actions",
    "asistentes",
    "temas",
    "notas",
    "decisiones",
    "acciones",
    "participantes",
    "pauta",
    "decisoes",
    "acoes",
];

/// True for a label that is part of a meeting: `Actions:`.
pub(super) fn is_meeting_part(text: &str) -> bool {
    let folded = words::fold(text.get(..text.len().min(64)).unwrap_or(""));
    PARTS.contains(&folded.trim().trim_end_matches(':').trim_end())
}

/// The one full date or month in a title; `None` where there are several.
pub(super) fn in_title(title: &str) -> Option<Reading> {
    one_full(grammar::all(title, false, 0))
}

fn one_full(readings: Vec<Reading>) -> Option<Reading> {
    let mut full = readings.into_iter().filter(Reading::is_full);
    let first = full.next()?;
    full.all(|other| other.start == first.start).then_some(first)
}

/// The year at either end of a title: `Journal 2021`.
pub(super) fn year_of_title(title: &str) -> Option<i32> {
    let words = title.split_whitespace();
    let number = |word: &str| word.parse().ok().filter(|year| word.len() == 4 && (1990..2100).contains(year));
    let ends = [words.clone().next_back(), words.clone().next()];
    ends.into_iter().flatten().find_map(number)
}

/// `Meeting (2023/10/18)`, `1:1 2024-01-05`, `2024-01-05 standup`: a full date and a few words, one of them of `kinds`.
fn labelled(text: &str, readings: &[Reading], kinds: &[&str]) -> Option<Reading> {
    let [reading] = readings else { return None };
    let before = text.get(..reading.span.start)?;
    let after = text.get(reading.span.end..)?;
    (reading.is_full() && is_label(before, after, kinds)).then(|| reading.clone())
}

fn is_label(before: &str, after: &str, kinds: &[&str]) -> bool {
    let folded = words::fold(&format!("{before} {after}"));
    let trimmed = folded.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    let all: Vec<&str> = trimmed.filter(|word| !word.is_empty()).collect();
    all.len() <= 6
        && all.iter().any(|word| kinds.contains(word))
        && !all.iter().any(|word| AHEAD.contains(word))
        // the two ends of the line, not the middle of a sentence
        && (before.trim().is_empty() || after.trim_matches(|c: char| !c.is_alphanumeric()).is_empty())
}

/// A heading that begins with a date or ends in one: `2024-01-05 Planning`, `Mon 28th: at home`, `Planning (2024-01-05)`.
fn headed(text: &str, readings: &[Reading]) -> Option<Reading> {
    let first = readings.first()?;
    let after = text.get(first.span.end..)?;
    let opened = text.get(..first.span.start)?.trim_matches(['[', '(', '<']).is_empty();
    if opened && !first.is_month() && !is_versioned(after) {
        let rest = after.trim_start_matches([']', ')', '>']);
        let parted = rest.trim_start().starts_with(['-', '–', '—', ':', ',', '|', '·', '(']);
        if parted && (first.is_full() || first.start.weekday.is_some()) {
            return Some(first.clone());
        }
        if first.is_full() && rest.starts_with(char::is_whitespace) {
            return Some(first.clone());
        }
    }
    let last = readings.last().filter(|last| last.is_full() && !last.is_month())?;
    let before = text.get(..last.span.start)?;
    let closed = text.get(last.span.end..)?.trim_matches([']', ')', '>', '.', ':', ' ']).is_empty();
    let parted = before.trim_end().ends_with(['-', '–', '—', ':', ',', '|', '·', '(', '[']);
    let ahead = words::fold(before).split_whitespace().any(|word| AHEAD.contains(&word));
    (closed && parted && !ahead && !is_versioned(before)).then(|| last.clone())
}

/// True for words with a version among them: `1.2.0`, `v3`.
fn is_versioned(text: &str) -> bool {
    text.split_whitespace().any(|word| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        let digits = word.strip_prefix(['v', 'V']).unwrap_or(word);
        let number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        number && (digits.contains('.') || digits.len() < word.len())
    })
}

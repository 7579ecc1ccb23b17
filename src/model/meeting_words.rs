//! What meetings and the parts of their notes are called, in the languages of [`crate::model::words`]. Lists of words are written
//! with `|` between them.
//!
//! Over 400 lines because the words and what is made of them stand together.
//!
//! [`crate::model::genre::is_meeting`] knows the words; here is decided whether somebody who writes them speaks of a meeting: a
//! `Review of literature` is none, and `## Call the API` neither. All words are folded ([`crate::model::words::fold`]).

use crate::model::genre::is_one_to_one;
use crate::model::meeting::Part;
use crate::model::words;
use crate::model::words::fold;

/// Longer labels are sentences, in bytes.
const LABEL: usize = 64;

/// Labels within the notes of a meeting; a plural that only adds an `s` needs no entry.
const PARTS: &[(Part, &str)] = &[
    (
        Part::Attendees,
        "attendee|attending|attendance|present|participant|people|invited|in attendance|who|members present|\
     teilnehmer|teilnehmende|teilnehmerinnen|anwesend|anwesende|presents|participants|asistente|presentes|\
     participante|in the room|roll call",
    ),
    (
        Part::Absent,
        "absent|apologies|apology|regrets|absentee|not present|abwesend|abwesende|entschuldigt|absents|excuses|\
     ausente",
    ),
    (
        Part::Agenda,
        "agenda|topic|agenda item|thema|themen|tagesordnung|traktanden|ordre du jour|sujet|orden del dia|tema|\
     pauta|assunto",
    ),
    (
        Part::Notes,
        "note|discussion|discussed|minutes|meeting minutes|meeting notes|outcome|result|conclusion|summary|\
     feedback|update|link|takeaway|key takeaway|key points|announcement|aob|any other business|notizen|notiz|\
     diskussion|besprochen|ergebnis|ergebnisse|fazit|zusammenfassung|sonstiges|verschiedenes|discussions|\
     resultat|resume|compte rendu|divers|nota|debate|discusion|conclusiones|resumen|varios|discussao|conclusao|\
     conclusoes|resumo|diversos|other matters",
    ),
    (
        Part::Decisions,
        "decision|decided|decisions made|decisions taken|resolved|resolution|entscheidung|entscheidungen|\
     entschieden|beschluss|beschlusse|beschlossen|decide|decisions|decisiones|decidido|decisao|decisoes",
    ),
    (
        Part::Agreed,
        "agreed|agreement|agreements|we agreed|vereinbart|vereinbarung|vereinbarungen|vereinbartes|abgemacht|\
     convenu|accord|accords|d'accord|on est d'accord|acuerdo|acordado|acordamos|combinado|combinamos",
    ),
    (
        Part::Actions,
        "action|action item|action point|actions required|to do|to-do|todo|task|next step|follow up|follow-up|\
     followup|follow ups|commitments|aufgabe|aufgaben|massnahme|massnahmen|nachste schritte|actions|a faire|\
     tache|prochaine etape|prochaines etapes|suivi|accion|acciones|tarea|por hacer|proximo paso|proximos pasos|\
     seguimiento|acao|acoes|a fazer|tarefa|proximos passos|proximo passo|acompanhamento|encaminhamentos",
    ),
    (
        Part::Next,
        "next time|for next time|until next time|nachstes mal|beim nachsten mal|furs nachste mal|\
     bis zum nachsten mal|prochaine fois|la prochaine fois|pour la prochaine fois|proxima vez|la proxima vez|\
     para la proxima vez|na proxima vez|para a proxima vez",
    ),
    (
        Part::NextMeeting,
        "next meeting|upcoming meeting|upcoming meetings|date of next meeting|nachstes treffen|nachste sitzung|\
     nachste besprechung|prochaine reunion|proxima reunion|proximo encuentro|proxima reuniao",
    ),
    (
        Part::Open,
        "parking lot|open point|open issue|issue|open item|offene punkte|offen|points ouverts|en suspens|pendiente|\
     puntos abiertos|pendencia|pontos em aberto",
    ),
    (Part::Questions, "question|open question|q&a|offene fragen|fragen|frage|pregunta|pergunta|questions ouvertes"),
    (
        Part::Previous,
        "previously|last time|previous actions|review of previous actions|ruckblick|letztes mal|derniere fois|\
     la derniere fois|ultima vez|la ultima vez|da ultima vez",
    ),
];

/// Words that mean a meeting wherever they stand beside a date.
const STRONG: &str = "meeting|standup|stand up|retrospective|one on one|one to one|1on1|1 on 1|huddle|townhall|town hall|\
     all hands|jour fixe|jourfixe|scrum|daily scrum|besprechung|sitzung|teammeeting|teamsitzung|reunion|\
     reuniao|catch up|catchup|kick off|kickoff|compte rendu|acta|ata";

/// Endings of German compounds that mean a meeting: `Teambesprechung`.
const ENDINGS: &str = "besprechung|sitzung|meeting|gesprach|protokoll";

/// Words that mean a meeting where nothing follows them but a person or a subject behind a mark: `Team sync`, `Call with Ida`.
const LAST: &str = "sync|retro|review|planning|call|minutes|workshop|interview|refinement|grooming|demo|checkin|check in|\
     treffen|protokoll|gesprach|entretien|entrevista|encuentro";

/// What stands before such a word where it means a meeting; the others of [`LAST`] need nothing before them.
const BEFORE: &[(&str, &str)] = &[
    (
        "review",
        "sprint|design|architecture|team|project|iteration|performance|incident|quarterly|business|stakeholder|\
     customer|client|release|status|board|management|programme|program|operations|operational|retro",
    ),
    ("planning", "sprint|iteration|quarterly|quarter|team|release|project|capacity|pi|roadmap"),
    (
        "call",
        "phone|client|customer|conference|team|zoom|video|sales|intro|discovery|weekly|monthly|vendor|partner|\
     community|group|board|teams|skype|committee|status",
    ),
    ("demo", "sprint|team|client|customer|iteration|product|stakeholder"),
    ("interview", "job|candidate|user|customer|exit|phone"),
    ("workshop", "team|client|customer|project|design"),
    ("minutes", "meeting|board|committee|team|council|group|of|project|weekly|monthly"),
];

/// A `file sync` is no meeting.
const NOT_BEFORE_SYNC: &str = "file|files|data|cloud|state|db|database|time|clock|folder|calendar|contact|contacts|in|out|of|obsidian|\
     git|icloud|photo|photos|lip|to|async|auto";

/// Behind a meeting word these make something else of it: a `meeting room`.
const NOT_BEHIND: &str = "room|rooms|place|point|invite|template|templates|culture|guide|guidelines|etiquette|checklist|desk|comedy|\
     comedian|policy|cost|costs|fatigue|software|tool|tools";

/// Before a meeting word these make it something to do: `Prepare meeting`.
const TO_DO: &str = "prepare|plan|book|schedule|cancel|organise|organize|arrange|no|how|why|better|effective|run|running|after|\
     before|about|vorbereiten|preparer|preparar|family|class|school|too|move|postpone";

/// Words that go with a person or a subject: `Call with Ida`.
const WITH: &str = "with|w|mit|avec|con|com";

/// Words that say which meeting of a series it is, or what the text is.
const NOISE: &str = "last|this|next|previous|today|letzte|letztes|letzter|nachste|nachstes|nachster|derniere|dernier|prochaine|\
     prochain|ultima|ultimo|proxima|proximo|no|nr|num|note|notes|notizen|nota|notas|summary|recap|draft|final|\
     log|agenda|on|of|from|vom|am|du|del|de|em|at|the|der|die|das|den|le|la|el";

/// The part of a meeting that a label names: `Actions:`, `Agreed`, `Nächstes Mal`.
#[must_use]
pub fn part(label: &str) -> Option<Part> {
    if label.len() > LABEL {
        return None;
    }
    let folded = fold(label);
    let plain = folded.split('(').next().unwrap_or("");
    let words: Vec<&str> = plain.split_whitespace().collect();
    let joined = words.join(" ");
    let name = joined.trim_matches(|c: char| !c.is_alphabetic());
    if let Some(part) = one_part(name) {
        return Some(part);
    }
    // `Discussion & decisions`: its lines are one or the other
    let pieces: Vec<&str> = name.split([',', '/', '&', '+']).flat_map(|piece| piece.split(" and ")).collect();
    let parts: Option<Vec<Part>> =
        pieces.iter().map(|piece| one_part(piece.trim_matches(|c: char| !c.is_alphabetic()))).collect();
    let parts = parts.filter(|parts| parts.len() > 1)?;
    parts.iter().find(|part| !part.has_points()).or(parts.first()).copied()
}

/// True for one of the words of a list.
fn is_one_of(list: &str, word: &str) -> bool {
    list.split('|').any(|one| one == word)
}

fn one_part(name: &str) -> Option<Part> {
    let is = |word: &&str| *word == name || name.strip_suffix('s') == Some(word);
    PARTS.iter().find(|(_, names)| names.split('|').any(|word| is(&word))).map(|(part, _)| *part)
}

/// True for words that call something a meeting. `text` has no date in it; `beside_date` says that one stood there, else only
/// the day around it is known, and more is asked.
#[must_use]
pub fn is_called_meeting(text: &str, beside_date: bool) -> bool {
    let folded = fold(text);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if words.len() > 12 || words.iter().any(|word| is_one_of(TO_DO, word)) {
        return false;
    }
    // `1:1 with Ida`, `ida-1-1`
    let ends = folded.strip_suffix("-1-1").is_some_and(|before| before.ends_with(char::is_alphabetic));
    if ends || folded.split([' ', '_', '/', '(', '[']).any(is_one_to_one) {
        return true;
    }
    let is_noise =
        |word: &&&str| is_one_of(NOISE, word) || word.bytes().all(|byte| byte.is_ascii_digit()) || is_day(word);
    let first = words.iter().take_while(is_noise).count();
    let last = words.len() - words.iter().rev().take_while(is_noise).count();
    let found = |terms: &str, plural: bool| -> Vec<(usize, usize)> {
        let of = |term: &str| {
            let wanted: Vec<&str> = term.split(' ').collect();
            let starts = words.windows(wanted.len()).enumerate();
            let fits = starts.filter(|(_, run)| {
                let mut pairs = run.iter().zip(&wanted);
                pairs.all(|(word, wanted)| word == wanted || (plural && word.strip_suffix('s') == Some(wanted)))
            });
            fits.map(|(at, _)| (at, at + wanted.len())).collect::<Vec<_>>()
        };
        terms.split('|').flat_map(of).collect()
    };
    let mut strong = found(STRONG, beside_date);
    let compounds = words
        .iter()
        .enumerate()
        .filter(|(_, word)| ENDINGS.split('|').any(|ending| word.len() > ending.len() + 2 && word.ends_with(ending)));
    strong.extend(compounds.map(|(at, _)| (at, at + 1)));
    let with = |end: usize| words.get(end).is_some_and(|word| is_one_of(WITH, word));
    for (start, end) in strong {
        let followed = words.get(end).is_some_and(|word| is_one_of(NOT_BEHIND, word));
        let at_edge = start <= first || end >= last || with(end);
        if !followed && (beside_date || at_edge) {
            return true;
        }
    }
    found(LAST, false).into_iter().any(|(start, end)| {
        let Some(term) = words.get(start) else { return false };
        let marked = folded.find(term).and_then(|at| folded.get(at + term.len()..)).is_some_and(|rest| {
            let rest = rest.trim_start();
            beside_date && rest.starts_with([':', '@', '–', '—']) && rest.len() > 1
        });
        if with(end) {
            return true;
        }
        let of_board = *term == "minutes" && start == 0 && words.get(end).is_some_and(|word| *word == "of");
        if of_board || (end < last && !marked) {
            return of_board;
        }
        let before = start.checked_sub(1).and_then(|at| words.get(at));
        match BEFORE.iter().find(|(name, _)| name == term) {
            Some((_, wanted)) => {
                before.is_some_and(|word| is_one_of(wanted, word)) || (*term == "minutes" && start == 0)
            }
            None => before.is_none_or(|word| *term != "sync" || !is_one_of(NOT_BEFORE_SYNC, word)),
        }
    })
}

/// True for a folder of meetings: `meetings`, `1-1s`, `Protokolle`.
#[must_use]
pub fn is_meeting_folder(name: &str) -> bool {
    const FOLDERS: &str = "meeting|meetings|minutes|standups|standup|retros|retrospectives|syncs|calls|1on1|1on1s|oneonone|oneonones|\
     protokolle|protokoll|besprechungen|sitzungen|reuniones|reunions|reunioes|actas|atas|meetups|jourfixe";
    const RUNS: &str = "one on one|one on ones|one to one|one to ones|comptes rendus|compte rendu";
    let folded = fold(name);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let joined = words.join(" ");
    let is_other = words.iter().any(|word| is_one_of(NOT_BEHIND, word));
    !is_other
        && (words.iter().any(|word| is_one_of(FOLDERS, word))
            || RUNS.split('|').any(|run| joined == run || joined.starts_with(&format!("{run} ")))
            || folded.split([' ', '_', '/']).any(is_one_to_one))
}

/// What all meetings of a series share of a name: no numbers, no `last` or `next`, no `notes` at its ends.
#[must_use]
pub fn series_name(text: &str) -> String {
    let separators = |c: char| c.is_whitespace() || "_-–—,;:|·()[]#.*".contains(c);
    let is_kept = |word: &&str| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let number = !bare.is_empty() && bare.bytes().all(|byte| byte.is_ascii_digit() || byte == b':' || byte == b'.');
        is_one_to_one(&fold(word)) || !(bare.is_empty() || number || is_day(&fold(bare)))
    };
    let spaced = text.replace('_', " ");
    let mut words: Vec<&str> = spaced.split_whitespace().filter(is_kept).collect();
    let is_noise = |word: &&str| {
        let folded = fold(word.trim_matches(separators));
        is_one_of(NOISE, folded.as_str()) || words::ordinal(&folded).is_some()
    };
    while words.len() > 1 && words.last().is_some_and(is_noise) {
        words.pop();
    }
    let first = words.iter().take(words.len().saturating_sub(1)).take_while(|word| is_noise(word)).count();
    let joined = words.get(first..).unwrap_or(&[]).join(" ");
    joined.trim_matches(separators).to_owned()
}

/// A weekday's name of more than two letters.
fn is_day(word: &str) -> bool {
    word.len() > 2 && words::weekday(word).is_some() && words::month(word).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_meetings_are_known_in_five_languages() {
        let parts = [
            ("Agreed", Part::Agreed),
            ("Agreed:", Part::Agreed),
            ("Next time", Part::Next),
            ("**Actions**", Part::Actions),
            ("ACTION ITEMS", Part::Actions),
            ("Decisions (draft)", Part::Decisions),
            ("Present", Part::Attendees),
            ("3. Any other business", Part::Notes),
            ("Discussion & Decisions", Part::Notes),
            ("Actions / Next steps", Part::Actions),
            ("Next meeting", Part::NextMeeting),
            ("Vereinbart", Part::Agreed),
            ("Nächstes Mal:", Part::Next),
            ("Beschlüsse", Part::Decisions),
            ("Maßnahmen", Part::Actions),
            ("Convenu", Part::Agreed),
            ("La prochaine fois", Part::Next),
            ("À faire", Part::Actions),
            ("Acordado", Part::Agreed),
            ("Próxima vez", Part::Next),
            ("Combinado", Part::Agreed),
            ("Próximos passos", Part::Actions),
            ("Ações", Part::Actions),
        ];
        for (label, wanted) in parts {
            assert_eq!(part(label), Some(wanted), "{label}");
        }
        for other in ["Praise", "Agreed with Wim on the outbox", "Shopping", "", "Agreedable", "2024"] {
            assert_eq!(part(other), None, "{other}");
        }
    }

    #[test]
    fn a_meeting_is_called_so() {
        let beside_a_date = [
            "Meeting",
            "Last meeting ()",
            "Team sync",
            "Retro",
            "Sprint 12 retro",
            "Sprint review",
            "Call with Ida",
            "1:1 Ida",
            "1-1 with Wim",
            "One-to-one with Noor",
            "Stand-up",
            "team-sync",
            "Kick-off relay project",
            "Meeting notes",
            "Minutes",
            "Minutes of the committee",
            "Teambesprechung",
            "Jour fixe Einkauf",
            "Réunion d'équipe",
            "Reunión semanal",
            "Reunião de equipe",
            "TSC Meeting",
            "Mitarbeitergespräch",
            "Protokoll",
            "Design review: relay",
            "Backlog refinement",
            "Interview with Wim",
            "Planning meeting",
            "Retro: first month",
            "ida-1-1",
        ];
        for text in beside_a_date {
            assert!(is_called_meeting(text, true), "{text}");
        }
        let none = [
            "Review of literature",
            "Call the API",
            "Retro games",
            "File sync",
            "Sync engine",
            "Code review",
            "Weekly review",
            "Year in review",
            "Planning the garden",
            "Meeting room plants",
            "Book meeting room",
            "10 minutes",
            "Notes",
            "",
            "API call",
            "Literature review",
            "Demo data",
            "How to run a meeting",
            "Family reunion",
            "Stand-up comedy",
            "Log",
        ];
        for text in none {
            assert!(!is_called_meeting(text, true), "{text}");
        }
    }

    #[test]
    fn within_a_day_more_is_asked() {
        for text in
            ["Standup", "Meeting with Wim", "10:00 Team sync", "1:1 Ida", "Retro", "Team meeting", "Call with Ida"]
        {
            assert!(is_called_meeting(text, false), "{text}");
        }
        for text in
            ["Meetings", "Review", "Planning", "What the meeting was about", "Call", "Demo", "Minutes to mindfulness"]
        {
            assert!(!is_called_meeting(text, false), "{text}");
        }
    }

    #[test]
    fn folders_of_meetings() {
        for name in ["meetings", "Meeting notes", "1-1s", "one-on-ones", "minutes", "Protokolle", "Réunions", "retros"]
        {
            assert!(is_meeting_folder(name), "{name}");
        }
        for name in ["reviews", "planning", "meeting-room-software", "demo", "notes", "interviews", "1.1"] {
            assert!(!is_meeting_folder(name), "{name}");
        }
    }

    #[test]
    fn meetings_of_a_series_share_a_name() {
        let names = [
            ("Last meeting ()", "meeting"),
            ("Meeting ()", "Meeting"),
            ("Sprint 12 retro", "Sprint retro"),
            ("1:1 Ida", "1:1 Ida"),
            ("team-sync-", "team-sync"),
            (" Team sync", "Team sync"),
            ("10:00 Team sync", "Team sync"),
            ("Meeting notes", "Meeting"),
            ("Team meeting #12", "Team meeting"),
            ("", ""),
            ("_notes_", "notes"),
        ];
        for (text, wanted) in names {
            assert_eq!(series_name(text), wanted, "{text}");
        }
    }
}

//! Names for meetings and for the parts of their notes, in the languages of [`crate::model::words`]. Each list is one text
//! ([`Phrases`]).
//!
//! Over 400 lines because the lists and the functions that use them belong together.
//!
//! [`crate::model::genre::is_meeting`] knows the words; this file decides whether their writer speaks of a meeting: a
//! `Review of literature` is not one, nor is `## Call the API`. All words are folded ([`crate::model::words::fold`]).

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::model::genre::is_meeting;
use crate::model::genre::is_one_to_one;
use crate::model::meeting::Part;
use crate::model::phrases::Phrases;
use crate::model::phrases::by_phrase;
use crate::model::words;
use crate::model::words::fold;

/// Longer labels are taken for sentences; in bytes.
const LABEL: usize = 64;

/// Labels within the notes of a meeting; a plural that only adds an `s` needs no entry.
const PARTS: &[(Part, &str)] = &[
    (
        Part::Attendees,
        "attendee, attending, attendance, present, participant, people, invited, in attendance, who, members present, \
         teilnehmer, teilnehmende, teilnehmerinnen, anwesend, anwesende, presents, participants, asistente, \
         presentes, participante, in the room, roll call",
    ),
    (
        Part::Absent,
        "absent, apologies, apology, regrets, absentee, not present, abwesend, abwesende, entschuldigt, absents, \
         excuses, ausente",
    ),
    (
        Part::Agenda,
        "agenda, topic, agenda item, thema, themen, tagesordnung, traktanden, ordre du jour, sujet, orden del dia, \
         tema, pauta, assunto",
    ),
    (
        Part::Notes,
        "note, discussion, discussed, minutes, meeting minutes, meeting notes, outcome, result, conclusion, summary, \
         feedback, update, link, takeaway, key takeaway, key points, announcement, aob, any other business, notizen, \
         notiz, diskussion, besprochen, ergebnis, ergebnisse, fazit, zusammenfassung, sonstiges, verschiedenes, \
         discussions, resultat, resume, compte rendu, divers, nota, debate, discusion, conclusiones, resumen, varios, \
         discussao, conclusao, conclusoes, resumo, diversos, other matters",
    ),
    (
        Part::Decisions,
        "decision, decided, decisions made, decisions taken, resolved, resolution, entscheidung, entscheidungen, \
         entschieden, beschluss, beschlusse, beschlossen, decide, decisions, decisiones, decidido, decisao, decisoes",
    ),
    (
        Part::Agreed,
        "agreed, agreement, agreements, we agreed, vereinbart, vereinbarung, vereinbarungen, vereinbartes, abgemacht, \
         convenu, accord, accords, d'accord, on est d'accord, acuerdo, acordado, acordamos, combinado, combinamos",
    ),
    (
        Part::Actions,
        "action, action item, action point, actions required, to do, to-do, todo, task, next step, follow up, \
         follow-up, followup, follow ups, commitments, aufgabe, aufgaben, massnahme, massnahmen, nachste schritte, \
         actions, a faire, tache, prochaine etape, prochaines etapes, suivi, accion, acciones, tarea, por hacer, \
         proximo paso, proximos pasos, seguimiento, acao, acoes, a fazer, tarefa, proximos passos, proximo passo, \
         acompanhamento, encaminhamentos",
    ),
    (
        Part::Next,
        "next, next up, up next, next time, for next time, until next time, als nachstes, nachstes mal, beim nachsten mal, furs nachste mal, \
         bis zum nachsten mal, prochaine fois, la prochaine fois, pour la prochaine fois, proxima vez, \
         la proxima vez, para la proxima vez, na proxima vez, para a proxima vez",
    ),
    (
        Part::NextMeeting,
        "next meeting, upcoming meeting, upcoming meetings, date of next meeting, date of the next meeting, \
         next meeting date, next session, next call, next sync, next one to one, next one-to-one, next one-on-one, \
         next date, nachstes treffen, nachste sitzung, nachste besprechung, nachster termin, nachstes meeting, \
         nachstes gesprach, nachster jour fixe, nachster jourfixe, nachste runde, folgetermin, \
         termin der nachsten sitzung, prochaine reunion, prochain point, prochain rendez-vous, prochain rendez vous, \
         prochain rdv, prochaine seance, prochain entretien, prochain meeting, prochaine date, \
         date de la prochaine reunion, proxima reunion, proximo encuentro, proxima cita, proxima sesion, \
         siguiente reunion, siguiente sesion, proxima fecha, fecha de la proxima reunion, proximo meeting, \
         proxima junta, proxima reuniao, proximo encontro, proxima sessao, data da proxima reuniao, proxima data",
    ),
    (
        Part::Open,
        "parking lot, open point, open issue, issue, open item, offene punkte, offen, points ouverts, en suspens, \
         pendiente, puntos abiertos, pendencia, pontos em aberto",
    ),
    (
        Part::Questions,
        "question, open question, q&a, offene fragen, fragen, frage, pregunta, pergunta, questions ouvertes",
    ),
    (
        Part::Previous,
        "previously, last time, previous actions, review of previous actions, ruckblick, letztes mal, derniere fois, \
         la derniere fois, ultima vez, la ultima vez, da ultima vez",
    ),
];

/// Labels among the actions that name a list for all days as often.
static STANDING: Phrases = Phrases::new(
    "to do, to-do, todo, todos, to dos, to-dos, task, tasks, aufgabe, aufgaben, a faire, tache, taches, tarea, tareas, por hacer, \
     a fazer, tarefa, tarefas",
);

/// Placeholders people write where there is nothing to write.
static NOTHING: Phrases = Phrases::new(
    "none, nothing, nil, n/a, na, tbd, nothing new, nothing to report, nothing agreed, nothing decided, no action, \
     no actions, no action needed, no action required, no actions needed, no actions required, no action items, \
     no decision, no decisions, no news, no update, no updates, none this time, keine, nichts, nichts neues, \
     keine aufgaben, keine massnahmen, keine aktion notig, keine beschlusse, entfallt, rien, aucun, aucune, \
     aucune action, rien a signaler, ras, nada, ninguno, ninguna, ninguna accion, sin novedades, nenhum, nenhuma, \
     nenhuma acao, sem novidades",
);

/// Words that mean a meeting anywhere next to a date.
static STRONG: Phrases = Phrases::new(
    "meeting, standup, stand up, retrospective, one on one, one to one, 1on1, 1 on 1, huddle, townhall, town hall, \
     all hands, jour fixe, jourfixe, scrum, daily scrum, besprechung, sitzung, teammeeting, teamsitzung, reunion, \
     reuniao, catch up, catchup, kick off, kickoff, compte rendu, acta, ata",
);

/// Endings of German compounds that mean a meeting: `Teambesprechung`.
const ENDINGS: [&str; 5] = ["besprechung", "sitzung", "meeting", "gesprach", "protokoll"];

/// Words that mean a meeting unless something follows other than a person, or a subject after a mark: `Team sync`, `Call with Ida`.
static LAST: Phrases = Phrases::new(
    "sync, retro, review, planning, call, minutes, workshop, interview, refinement, grooming, demo, checkin, \
     check in, treffen, protokoll, gesprach, entretien, entrevista, encuentro",
);

/// What must precede such a word to mean a meeting; the others of [`LAST`] need nothing before them.
static BEFORE: [(&str, Phrases); 7] = [
    (
        "review",
        Phrases::new(
            "sprint, design, architecture, team, project, iteration, performance, incident, quarterly, business, \
         stakeholder, customer, client, release, status, board, management, programme, program, operations, \
         operational, retro",
        ),
    ),
    ("planning", Phrases::new("sprint, iteration, quarterly, quarter, team, release, project, capacity, pi, roadmap")),
    (
        "call",
        Phrases::new(
            "phone, client, customer, conference, team, zoom, video, sales, intro, discovery, weekly, monthly, vendor, \
         partner, community, group, board, teams, skype, committee, status",
        ),
    ),
    ("demo", Phrases::new("sprint, team, client, customer, iteration, product, stakeholder")),
    ("interview", Phrases::new("job, candidate, user, customer, exit, phone")),
    ("workshop", Phrases::new("team, client, customer, project, design")),
    ("minutes", Phrases::new("meeting, board, committee, team, council, group, of, project, weekly, monthly")),
];

/// With a person's name behind them they mean a meeting: `Sync Jo`.
static MEETS: Phrases = Phrases::new("sync, checkin, treffen, gesprach, entretien, entrevista");

/// What follows `sync` where it is no person: a `Sync Engine`.
static NOT_SYNCED: Phrases = Phrases::new(
    "engine, obsidian, dropbox, icloud, git, github, gitlab, google, drive, note, notes, server, client, issue, issues, error, \
     errors, bug, bugs, problem, problems, status, service, services, settings, setup, tool, tools, script, scripts, license, \
     protocol, api, job, jobs, logic, token, state, mode, folder, folders, file, files, data, calendar, contacts, photos, \
     conflict, conflicts, test, tests, plan, code, flow, feature, features, module, layer, design, architecture, strategy, app, \
     webhook, queue, worker, table, db, database, outlook, teams, slack, notion, jira, zotero, syncthing, nextcloud, joplin, \
     logseq, anki, kindle, fork, branch, now, all, up, in, with, to, technik, qualite, laboral, clinico, motivation, embauche",
);

/// A `file sync` is not a meeting.
static NOT_BEFORE_SYNC: Phrases = Phrases::new(
    "file, files, data, cloud, state, db, database, time, clock, folder, calendar, contact, contacts, in, out, of, \
     obsidian, git, icloud, photo, photos, lip, to, async, auto",
);

/// When these follow a meeting word, it means something else: a `meeting room`, a `stand-up comedian`.
static NOT_BEHIND: Phrases = Phrases::new(
    "room, rooms, place, point, invite, template, templates, culture, guide, guidelines, etiquette, checklist, desk, \
     comedy, comedian, comic, policy, cost, costs, fatigue, software, tool, tools, free, paddle, paddling, straight, \
     master, half, framework, island, tour, exhibition, show, album, square, season, frei",
);

/// When these follow `meeting` at the beginning, it is a verb: `Meeting new people`.
static MET: Phrases = Phrases::new(
    "people, friends, the, a, an, new, old, my, our, your, his, her, him, them, us, someone, deadlines, expectations, \
     requirements, needs, demand, goals",
);

/// Before a meeting word, these say that there was none.
static NONE: Phrases = Phrases::new("no, without, kein, keine, ohne, sans, aucune, sin, sem, nenhuma");

/// Before a meeting word, these make it something to do: `Prepare meeting`.
static TO_DO: Phrases = Phrases::new(
    "prepare, plan, book, schedule, cancel, organise, organize, arrange, no, how, why, better, effective, run, \
     running, after, before, about, vorbereiten, preparer, preparar, family, class, school, too, move, postpone, \
     absagen, verschieben, annuler, reporter, cancelar, aplazar, adiar, without, kein, keine, ohne, sans, aucune, \
     sin, sem, nenhuma, never, skip, skipped, missed",
);

/// Anywhere in the text, these mean that the meeting did not take place.
static OFF: Phrases = Phrases::new(
    "cancelled, canceled, postponed, abgesagt, verschoben, entfallt, entfallen, ausgefallen, annule, annulee, \
     annulees, reportee, cancelada, cancelado, canceladas, aplazada, suspendida, adiada, desmarcada",
);

/// Private gatherings without minutes; anywhere in the text.
static PRIVATE: Phrases = Phrases::new(
    "famille, familiale, familia, familiar, familie, familien, familienbesprechung, alumni, alumnos, anciens, eleves, \
     exalumnos",
);

/// Works of art and games: a `Besprechung des Romans`, the `kick-off of the season`.
static WORKS: Phrases = Phrases::new(
    "roman, romans, romane, buch, buches, film, films, filmes, book, books, novel, movie, album, gedicht, gedichts, \
     livre, lecture, libro, novela, pelicula, livro, romance, season, saison, temporada, game, match, spiel, spiels, \
     spieles, championship, league, cup, tournament, vampire, vampir, vampiro, nacimiento, defuncion, nascimento",
);

/// Minutes in languages that put no spaces between words.
const MINUTES: [&str; 7] = ["議事録", "会議録", "会议纪要", "会议记录", "會議記錄", "會議紀錄", "회의록"];

/// What follows `Protokoll` where it is not that of a meeting.
static NOT_OF: Phrases = Phrases::new(
    "messung, messungen, versuch, versuche, experiment, test, tests, anderung, anderungen, fehler, absturz, installation,      update, backup, training, to, per, and, a, an, matter, later, schlaf, ernahrung, essen, http, tcp, zum, zur, zu, fur, uber, v1, v2",
);

/// Gatherings of which `Acta …` is the minutes.
static ASSEMBLIES: Phrases = Phrases::new(
    "junta, asamblea, comite, comision, comunidad, consejo, claustro, sesion, directiva, vecinos, assembleia,      condominio, conselho, diretoria, sessao, comissao",
);

/// Words that connect a meeting word with such a work.
static OF: Phrases = Phrases::new("of, des, der, vom, von, zum, du, de, del, do, da");

/// With these, `1:1` is a score, a scale or a relation, not two people.
static RATIOS: Phrases = Phrases::new(
    "score, scored, scores, ratio, ratios, scale, mapping, mappings, map, maps, draw, draws, drew, tie, tied, odds, \
     relation, relationship, relations, copy, correspondence, endstand, unentschieden, ergebnis, spielstand, masstab, \
     massstab, abbildung, verhaltnis, resultat, marcador, empate, escala, placar, proporcion, proporcao, match, goal, \
     goals, final, model, size, zoom, aspect, replica, port, nat, lost, won",
);

/// Beginnings of German compounds that mean something else: `Netzwerkprotokoll`, `Buchbesprechung`.
static OTHER_COMPOUNDS: Phrases = Phrases::new(
    "netzwerk, internet, transport, ubertragungs, kommunikations, steuerungs, fehler, test, mess, versuchs, labor, \
     sicherheits, anwendungs, bus, feldbus, web, buch, film, roman, platten, konzert, theater, cd, selbst, fern, \
     therapie, klavier",
);

/// What precedes `Protokoll` where it means a protocol of machines or states.
static PROTOCOLS: Phrases = Phrases::new(
    "http, https, tcp, ip, udp, ftp, smtp, imap, ssh, tls, mqtt, kyoto, montreal, internet, netzwerk, oauth, grpc, \
     quic, amqp, dns",
);

/// After `with`, an article means another kind of interview or demo, unless people follow: `Interview with the vampire`.
static ARTICLES: Phrases = Phrases::new(
    "the, a, an, der, die, das, dem, den, einem, einer, le, la, les, un, une, el, los, las, una, o, os, as, um, uma",
);

/// People that may follow such an article.
static GROUPS: Phrases = Phrases::new(
    "team, board, committee, client, customer, clients, customers, candidate, candidates, council, group, management, \
     vendor, partner, partners, landlord, bank, designers, developers, engineers, users, cto, ceo, kunden, kunde, \
     bewerber, vorstand, mannschaft, equipe, cliente, clientes, candidat, candidate, candidato, candidata, direction, \
     direccion, diretoria, junta, consultant, agency, recruiter",
);

/// Words that introduce a person or a subject: `Call with Ida`.
static WITH: Phrases = Phrases::new("with, w, mit, avec, con, com");

/// Words that say which meeting of a series it is, or what kind of text this is.
static NOISE: Phrases = Phrases::new(
    "last, this, next, previous, today, letzte, letztes, letzter, nachste, nachstes, nachster, derniere, dernier, \
     prochaine, prochain, ultima, ultimo, proxima, proximo, no, nr, num, note, notes, notizen, nota, notas, summary, \
     recap, draft, final, log, agenda, on, of, from, vom, am, du, del, de, em, at, the, der, die, das, den, le, la, el",
);

/// Properties that say what kind of note this is.
pub const KIND_KEYS: [&str; 6] = ["kind", "type", "tags", "tag", "category", "categories"];

/// True for what such a property says of a meeting: `meeting`, `#1on1`, `team/standup`.
#[must_use]
pub fn is_kind(text: &str) -> bool {
    fold(text).split([',', '/', ' ']).any(|word| KINDS.contains(&word.trim_start_matches('#')))
}

/// Kinds of notes that are meetings.
const KINDS: &[&str] = &[
    "meeting",
    "meetings",
    "1on1",
    "1-1",
    "1:1",
    "one-on-one",
    "one-to-one",
    "minutes",
    "standup",
    "stand-up",
    "retro",
    "retrospective",
    "besprechung",
    "protokoll",
    "reunion",
    "reuniao",
    "acta",
    "ata",
    "meeting-note",
    "meeting-notes",
];

/// True for a label of what one meeting brought: `Agreed`, `Actions`, `Next time`; false for what may be a standing list of
/// a series: `To do`, `Parking lot`, `Open questions`.
#[must_use]
pub fn is_part_of_one(label: &str) -> bool {
    match part(label) {
        Some(Part::Open | Part::Questions | Part::Previous) | None => false,
        Some(Part::Actions) => !STANDING.has(fold(label).trim_matches(|c: char| !c.is_alphabetic())),
        Some(_) => true,
    }
}

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
    // `Discussion & decisions`: each of its lines is one or the other
    let pieces: Vec<&str> = name.split([',', '/', '&', '+']).flat_map(|piece| piece.split(" and ")).collect();
    let parts: Option<Vec<Part>> =
        pieces.iter().map(|piece| one_part(piece.trim_matches(|c: char| !c.is_alphabetic()))).collect();
    let parts = parts.filter(|parts| parts.len() > 1)?;
    parts.iter().find(|part| !part.has_points()).or(parts.first()).copied()
}

/// True for words that mean "nothing": `None`, `No action needed`, `Keine`.
#[must_use]
pub fn is_nothing(text: &str) -> bool {
    let folded = fold(text);
    NOTHING.has(folded.trim_matches(|c: char| !c.is_alphanumeric()))
}

fn one_part(name: &str) -> Option<Part> {
    static BY_NAME: LazyLock<HashMap<&str, Part>> = LazyLock::new(|| by_phrase(PARTS));
    BY_NAME.get(name).or_else(|| BY_NAME.get(name.strip_suffix('s')?)).copied()
}

/// True for words that name a meeting. `text` has no date in it; `beside_date` says that it was next to one, else only the
/// date of the section is known, and the test is stricter.
#[must_use]
pub fn is_called_meeting(text: &str, beside_date: bool) -> bool {
    let folded = fold(text);
    if MINUTES.iter().any(|word| text.contains(word)) {
        return true;
    }
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if words.len() > 12 || words.iter().any(|word| [&TO_DO, &OFF, &PRIVATE].iter().any(|list| list.has(word))) {
        return false;
    }
    if is_about_something_else(&words) {
        return false;
    }
    // `1:1 with Ida`, `ida-1-1`
    let ends = folded.strip_suffix("-1-1").is_some_and(|before| before.ends_with(char::is_alphabetic));
    if ends || folded.split([' ', '_', '/', '(', '[']).any(is_one_to_one) {
        return !words.iter().any(|word| RATIOS.has(word));
    }
    let is_noise = |word: &&&str| NOISE.has(word) || word.bytes().all(|byte| byte.is_ascii_digit()) || is_day(word);
    let first = words.iter().take_while(is_noise).count();
    let last = words.len() - words.iter().rev().take_while(is_noise).count();
    // a plural is accepted next to a date
    let fits =
        |word: &str, wanted: &str, plural: bool| word == wanted || (plural && word.strip_suffix('s') == Some(wanted));
    let found = |terms: &Phrases, plural: bool| {
        let mut found = Vec::new();
        for (start, first) in words.iter().enumerate() {
            let singular = first.strip_suffix('s').filter(|_| plural).unwrap_or("");
            for term in [*first, singular].iter().flat_map(|word| terms.beginning_with(word)) {
                let mut run = words.iter().skip(start);
                let is_here = term.split(' ').all(|wanted| run.next().is_some_and(|word| fits(word, wanted, plural)));
                if is_here {
                    found.push((start, start + term.split(' ').count()));
                }
            }
        }
        found
    };
    let mut strong = found(&STRONG, beside_date);
    let compounds = words.iter().enumerate().filter(|(_, word)| {
        let beginning = ENDINGS.iter().filter_map(|ending| word.strip_suffix(ending));
        let beginning = beginning.filter(|beginning| beginning.len() > 2).min_by_key(|beginning| beginning.len());
        beginning.is_some_and(|beginning| !OTHER_COMPOUNDS.has(beginning))
    });
    strong.extend(compounds.map(|(at, _)| (at, at + 1)));
    let with = |end: usize| words.get(end).is_some_and(|word| WITH.has(word));
    for (start, end) in strong {
        let next = words.get(end);
        // `Catch up on reading`, `All hands on deck`, a `Retrospective of Monet`
        let term = words.get(start..end).unwrap_or_default().join(" ");
        let goes_on = match term.as_str() {
            "catch up" | "catchup" | "all hands" => next == Some(&"on") && end + 1 < words.len(),
            "kick off" | "kickoff" => next == Some(&"the"),
            "meeting" => start == 0 && next.is_some_and(|word| MET.has(word)),
            "retrospective" => next.is_some_and(|word| OF.has(word)),
            "acta" | "ata" => next.is_some_and(|word| !OF.has(word) && !NOISE.has(word) && !ASSEMBLIES.has(word)),
            _ => false,
        };
        let followed = goes_on || next.is_some_and(|word| NOT_BEHIND.has(word));
        let at_edge = start <= first || end >= last || with(end);
        if !followed && (beside_date || at_edge) {
            return true;
        }
    }
    found(&LAST, false).into_iter().any(|(start, end)| {
        let Some(term) = words.get(start) else { return false };
        let marked = folded.find(term).and_then(|at| folded.get(at + term.len()..)).is_some_and(|rest| {
            let rest = rest.trim_start();
            beside_date && rest.starts_with([':', '@', '–', '—', '(', '|']) && rest.len() > 1
        });
        if with(end) {
            // a book with such a title, or a thing; people may follow an article too
            let article = words.get(end + 1).is_some_and(|word| ARTICLES.has(word));
            let of_people = words.get(end + 2).is_some_and(|word| GROUPS.has(word));
            let can_be_named = ["interview", "demo", "workshop", "entrevista", "entretien"].contains(term);
            return !article || of_people || !can_be_named;
        }
        // `Protokoll Elternabend`, `Minutes parents' evening`, with a date beside it
        let of_what = words.get(end).is_some_and(|word| !NOT_OF.has(word) && !NOT_BEHIND.has(word) && !WORKS.has(word));
        let opens = beside_date && start == 0 && of_what && matches!(*term, "protokoll" | "minutes");
        let of_board = opens || *term == "minutes" && start == 0 && words.get(end).is_some_and(|word| *word == "of");
        // `Sync Jo`
        let meets = beside_date && start == 0 && MEETS.has(term) && is_person(text, end, &words);
        if of_board || meets || (end < last && !marked) {
            return of_board || meets;
        }
        let before = start.checked_sub(1).and_then(|at| words.get(at));
        match BEFORE.iter().find(|(name, _)| name == term) {
            Some((_, wanted)) => before.is_some_and(|word| wanted.has(word)) || (*term == "minutes" && start == 0),
            None => before.is_none_or(|word| match *term {
                "sync" => !NOT_BEFORE_SYNC.has(word),
                "protokoll" => !PROTOCOLS.has(word),
                _ => true,
            }),
        }
    })
}

/// True where nothing but a name follows a meeting's words, of which there are this many: `Sync Jo`, not `Sync engine`.
fn is_person(text: &str, count: usize, folded: &[&str]) -> bool {
    let behind = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).skip(count);
    let names: Vec<&str> = behind.collect();
    let is_name = |word: &&str| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase) && letters.all(|c| c.is_alphabetic() && c.is_lowercase())
    };
    let others = folded.get(count..).unwrap_or_default();
    (1..=2).contains(&names.len()) && names.iter().all(is_name) && !others.iter().any(|word| NOT_SYNCED.has(word))
}

/// True for the `Besprechung des Romans`, the `kick-off of the season`, and the island `La Réunion`.
fn is_about_something_else(words: &[&str]) -> bool {
    let of_work = words.iter().enumerate().any(|(at, word)| {
        let before = words.get(at.saturating_sub(3)..at).unwrap_or_default();
        WORKS.has(word) && before.iter().any(|word| OF.has(word))
    });
    let joined = words.join(" ");
    of_work || joined == "la reunion" || ["ile de la reunion", "a la reunion"].iter().any(|run| joined.ends_with(run))
}

/// True for the name of a folder of meetings: `meetings`, `1-1s`, `Protokolle`; also of a note about several: `Team meetings`.
#[must_use]
pub fn is_meeting_folder(name: &str) -> bool {
    static FOLDERS: Phrases = Phrases::new(
        "meeting, meetings, minutes, standups, standup, retros, retrospectives, syncs, calls, 1on1, 1on1s, oneonone, \
         oneonones, protokolle, protokoll, besprechungen, sitzungen, reuniones, reunions, reunioes, actas, atas, \
         meetups, jourfixe",
    );
    // these mean other things too, so they do not count next to other words
    static LOOSE: Phrases = Phrases::new("minutes, calls, protokoll, protokolle, retros, syncs");
    const RUNS: [&str; 6] =
        ["one on one", "one on ones", "one to one", "one to ones", "comptes rendus", "compte rendu"];
    let folded = fold(name);
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let names: Vec<&str> = words.iter().copied().filter(|word| !NOISE.has(word) && !is_number(word)).collect();
    let joined = words.join(" ");
    let is_other = words.iter().any(|word| [&NOT_BEHIND, &OFF, &PRIVATE, &NONE].iter().any(|list| list.has(word)));
    if is_other || is_about_something_else(&words) {
        return false;
    }
    let names_one = names.iter().enumerate().any(|(at, word)| {
        let before = at.checked_sub(1).and_then(|at| names.get(at));
        let is_last = at + 1 == names.len();
        if *word == "meeting" && words.windows(2).any(|pair| matches!(pair, ["meeting", next] if MET.has(next))) {
            return false;
        }
        let of_meetings = |word: &&str| {
            BEFORE.iter().any(|(_, wanted)| wanted.has(word))
                || matches!(*word, "meeting" | "meetings" | "sprint" | "weekly")
        };
        FOLDERS.has(word)
            && if LOOSE.has(word) { is_last && before.is_none_or(of_meetings) } else { at == 0 || is_last }
    });
    let counted = words.windows(2).any(|pair| matches!(pair, [count, "minutes"] if is_number(count)));
    (names_one && !counted)
        || RUNS.iter().any(|run| joined == *run || joined.starts_with(&format!("{run} ")))
        || (folded.split([' ', '_', '/']).any(is_one_to_one) && !words.iter().any(|word| RATIOS.has(word)))
}

/// The part of a name that all meetings of a series share: without numbers, `last` or `next`, and `notes` at its ends.
#[must_use]
pub fn series_name(text: &str) -> String {
    let separators = |c: char| c.is_whitespace() || "_-–—,;:|·()[]#.*".contains(c);
    let is_kept = |word: &&str| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let number = !bare.is_empty() && bare.bytes().all(|byte| byte.is_ascii_digit() || byte == b':' || byte == b'.');
        is_one_to_one(&fold(word)) || !(bare.is_empty() || number || is_day(&fold(bare)))
    };
    let spaced = text.replace('_', " ");
    let all: Vec<&str> = spaced.split_whitespace().collect();
    // people are called Sam too
    let is_person = |at: usize| {
        let before = at.checked_sub(1).and_then(|before| all.get(before)).map(|word| fold(word));
        let is_sam = all.get(at).is_some_and(|word| fold(word) == "sam");
        before.is_some_and(|before| is_with(&before) || (is_sam && is_one_to_one(&before)))
    };
    let kept =
        all.iter().copied().enumerate().filter(|(at, word)| is_kept(word) || (is_person(*at) && is_day(&fold(word))));
    let mut words: Vec<&str> = kept.map(|(_, word)| word).collect();
    let is_noise = |word: &&str| {
        let folded = fold(word.trim_matches(separators));
        NOISE.has(folded.as_str()) || words::ordinal(&folded).is_some()
    };
    while words.len() > 1 && words.last().is_some_and(is_noise) {
        words.pop();
    }
    let first = words.iter().take(words.len().saturating_sub(1)).take_while(|word| is_noise(word)).count();
    let joined = words.get(first..).unwrap_or(&[]).join(" ");
    joined.trim_matches(separators).to_owned()
}

/// True for a few words that say that a meeting did not take place: `skipped`, `no meeting`, `fällt aus`.
#[must_use]
pub fn is_off(text: &str) -> bool {
    const SKIPPED: [&str; 10] = [
        "skipped",
        "skip",
        "ubersprungen",
        "entfallt",
        "fallt aus",
        "fiel aus",
        "pas de",
        "no hubo",
        "nao houve",
        "did not happen",
    ];
    let folded = fold(text);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let joined = format!(" {} ", words.join(" "));
    let is_said =
        words.iter().any(|word| OFF.has(word)) || SKIPPED.iter().any(|run| joined.contains(&format!(" {run} ")));
    let is_none = words.first().is_some_and(|word| NONE.has(word)) && is_meeting(text);
    (1..=5).contains(&words.len()) && (is_said || is_none)
}

/// True for a word that introduces a person: `with`, `mit`.
#[must_use]
pub fn is_with(word: &str) -> bool {
    word.len() > 1 && WITH.has(word)
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
            "Protokoll Elternabend",
            "Minutes parents' evening",
            "Compte rendu conseil de classe",
            "Acta junta de vecinos",
            "Ata do condomínio",
            "議事録",
            "定例会議議事録",
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
    fn what_only_sounds_like_a_meeting() {
        let none = [
            "Meeting cancelled",
            "Meeting-free day",
            "No-meeting Wednesday",
            "Score 1:1",
            "A 1:1 mapping",
            "1:1 draw",
            "Ten minutes of yoga",
            "5 minutes of silence",
            "Protokoll HTTP",
            "Protokoll Messung 3",
            "Minutes to mindfulness",
            "Acta mathematica",
            "HTTP-Protokoll",
            "Netzwerkprotokoll",
            "Kyoto-Protokoll",
            "Interview with the vampire",
            "Entrevista con el vampiro",
            "Entrevista com o vampiro",
            "Kick-off of the season",
            "Kick off the project",
            "Besprechung des Romans",
            "Buchbesprechung",
            "Filmbesprechung",
            "Besprechung abgesagt",
            "Besprechung verschoben",
            "Keine Sitzung",
            "Selbstgespräch",
            "Stand-up paddling",
            "Standup comedy night",
            "Catch up on reading",
            "All hands on deck",
            "Retrospective of Monet",
            "Scrum master course",
            "Meeting new people",
            "Meeting the parents",
            "Meeting deadlines",
            "Réunion annulée",
            "Voyage à la Réunion",
            "La Réunion",
            "Réunion de famille",
            "Compte rendu de lecture",
            "Entretien de la voiture",
            "Sans réunion",
            "Reunión cancelada",
            "Reunión familiar",
            "Acta de nacimiento",
            "Sin reuniones",
            "Reunião adiada",
            "Reunião de família",
            "Sem reunião",
        ];
        for text in none {
            assert!(!is_called_meeting(text, true) && !is_meeting_folder(text), "{text}");
        }
        let are = [
            "Weekly meeting",
            "Board meeting",
            "Meeting with the landlord",
            "Annual general meeting",
            "Kick-off",
            "Kick-off of the relay project",
            "Kick-off with the client",
            "1:1",
            "Noor 1:1",
            "1:1 with the manager",
            "Daily standup",
            "All hands",
            "All-hands on",
            "Town hall",
            "Catch-up with Noor",
            "Customer interview",
            "Interview with the candidate",
            "Minutes of the board",
            "Call with the bank",
            "Project review",
            "Sprint planning",
            "Sprint retrospective",
            "Besprechung des Projekts",
            "Besprechung mit Jörg",
            "Teamsitzung",
            "Protokoll der Sitzung",
            "Sitzungsprotokoll",
            "Jour fixe",
            "Réunion de la direction",
            "Réunion avec Zoé",
            "Compte rendu de la réunion",
            "Entretien avec Luc",
            "Reunión con Eva",
            "Reunión de la junta",
            "Acta de la reunión",
            "Entrevista con Raúl",
            "Reunião com o cliente",
            "Ata da reunião",
        ];
        for text in are {
            assert!(is_called_meeting(text, true), "{text}");
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
    fn what_did_not_take_place() {
        for text in [
            "(skipped)",
            "no meeting",
            "- cancelled",
            "fällt aus",
            "Meeting cancelled",
            "Kein Treffen",
            "abgesagt (krank)",
        ] {
            assert!(is_off(text), "{text}");
        }
        for text in ["", "Meeting", "no budget left", "Ida asks whether the launch is cancelled or not", "Sync"] {
            assert!(!is_off(text), "{text}");
        }
    }

    #[test]
    fn folders_of_meetings() {
        for name in ["meetings", "Meeting notes", "1-1s", "one-on-ones", "minutes", "Protokolle", "Réunions", "retros"]
        {
            assert!(is_meeting_folder(name), "{name}");
        }
        for name in ["reviews", "planning", "meeting-room-software", "demo", "notes", "interviews", "1.1", "api calls"]
        {
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
            ("1:1 with Sam", "1:1 with Sam"),
            ("1:1 Sam", "1:1 Sam"),
            ("Call with Jan", "Call with Jan"),
            ("Sam 1:1 Ida", "1:1 Ida"),
        ];
        for (text, wanted) in names {
            assert_eq!(series_name(text), wanted, "{text}");
        }
    }
}

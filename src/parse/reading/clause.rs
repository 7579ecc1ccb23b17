//! What the clauses around a link say about it, wherever in them the verb stands: `read Ida's post on looms (URL)`,
//! `loom paper: done. URL`, `Weben-Artikel gelesen URL`.
//!
//! [`super::own`] reads what is beside a link in a known form; this file is asked when that finds nothing. The subject must be
//! the writer, or the thing itself.

use crate::model::ReadingState;
use crate::model::phrases::Phrases;
use crate::model::words::fold;
use crate::parse::reading::marks::Word;
use crate::parse::reading::matter;
use crate::parse::reading::own;
use crate::parse::reading::words;
use crate::parse::reading::words::Within;
use crate::parse::reading::work;
use crate::parse::reading::work::bare_words;

/// In bytes; what is further from a link is about something else.
const NEAR: usize = 160;

/// In words; a longer clause tells a story.
const CLAUSE: usize = 14;

/// Where a link stands.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Place<'a> {
    /// Under a day: `read` is the past tense.
    pub(super) dated: bool,
    /// In a list, or a line of a journal: it is noted for its own sake.
    pub(super) noted: bool,
    /// The link leads to a ticket, a call, a shared document.
    pub(super) is_work: bool,
    /// A paper, a book, a film: words for being done are about it.
    pub(super) made_for_it: bool,
    /// Names of people from the settings.
    pub(super) people: &'a [String],
}

/// Words that make somebody else the reader, or the clause no report.
static BLOCKS: Phrases = Phrases::new(
    "he, she, they, you, he's, she's, they're, you're, who, whoever, someone, somebody, everyone, everybody, anyone, nobody, people, users, \
     how, what, why, when, where, if, whether, until, till, unless, before, once, while, can, could, may, might, cannot, can't, don't, please, let's, \
     er, sie, man, jemand, alle, keiner, wer, wie, wenn, falls, ob, bevor, bis, wann, warum, kann, konnte, bitte, \
     il, elle, ils, elles, qui, quelqu'un, tous, comment, quand, si, avant, peut, \
     ella, ellos, quien, alguien, todos, cuando, como, puede, antes, ele, ela, eles, quem, alguem, quando, se, pode, \
     hij, zij, iemand, iedereen, wie, hoe, als, wanneer, kan, voordat, lui, loro, chi, qualcuno, puo, prima, says, said, asked, asks, wants, told",
);

/// Things that are read, watched or finished but are no reading matter.
static NOT_READ: Phrases = Phrases::new(
    "ci, build, builds, deploy, deploys, deployment, deployments, pipeline, job, jobs, test, tests, log, logs, dashboard, dashboards, server, servers, metrics, graphs, \
     room, cache, disk, glasses, lamp, period, speed, comprehension, dinner, breakfast, standup, class, gym, school, workout, buffer, timeout, timeouts, \
     latency, throughput, lock, migration, ticket, tickets, pr, mr, prs, mrs, review, reviews, release, call, meeting, sync, setup, config, access, replica, replicas, \
     write, writes, committed, uncommitted, query, queries, model, models, model's, group, club, email, emails, mail, mails, comments, alert, alerts, incident, onboarding, \
     umbau, umzug, termin, protokoll, fehler, mails, reunion, correo, training, sprint, refactoring, refactor, upgrade, update, draft, slides, deck, invoice, \
     expense, expenses, report, form, forms, homework, exercise, exercises, lab, tarea, ejercicios, tickets, backups, backup",
);

/// Words after a verb that lead to something else than its object.
static ONWARD: Phrases = Phrases::new(
    "more, about, on, up, from, further, docs, only, and, write, access, me, them, uit, uber, sur, sobre, su, van, aus, via, see, siehe, voir, cf, with, using, \
     ci, replica, replicas, model, models, group, club, list, as",
);

/// Words that lead to an address which is not what was read.
static LED: Phrases = Phrases::new(
    "see, via, siehe, voir, cf, with, using, vgl, zie, vedi, ver, notes, notizen, notas, code, repo, ticket, mr, pr",
);

/// What the clauses before and after a link say about it.
pub(super) fn said(lead: &str, tail: &str, place: Place<'_>) -> Option<Word> {
    let near = |text: &str| text.len() <= NEAR;
    let before = before(lead).filter(|text| near(text)).and_then(|text| of_lead(text, place));
    let behind = || of_tail(tail, place);
    match before {
        // `read half of it (URL), gave up`
        Some(word) if matches!(word.state, ReadingState::Reading | ReadingState::ToRead) => {
            let later = behind().filter(|later| matches!(later.state, ReadingState::Read | ReadingState::Dropped));
            Some(later.unwrap_or(word))
        }
        Some(word) => Some(word),
        None => behind(),
    }
}

/// The last part of the words before a link that is near enough, from the beginning of a sentence.
fn before(lead: &str) -> Option<&str> {
    let lead = lead.trim_end();
    if lead.len() <= NEAR {
        return Some(lead);
    }
    let near = lead.get(lead.ceil_char_boundary(lead.len() - NEAR)..)?;
    let end = [". ", "! ", "? ", "; "].iter().filter_map(|mark| near.find(mark)).min()?;
    near.get(end + 2..)
}

/// The clauses of some words, each with what parts it from the next one.
fn clauses(text: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        let next = text.get(at + c.len_utf8()..).unwrap_or("");
        let spaced = next.is_empty() || next.starts_with(char::is_whitespace);
        let parts = match c {
            '.' | ',' | ':' | '!' | '?' => spaced,
            ';' | '(' | ')' | '[' | ']' | '|' | '→' | '–' | '—' | '>' | '…' => true,
            '-' => spaced && (at == 0 || text.get(..at).is_some_and(|before| before.ends_with([' ', '-']))),
            _ => false,
        };
        if parts {
            found.push((text.get(start..at).unwrap_or(""), text.get(at..at + c.len_utf8()).unwrap_or("")));
            start = at + c.len_utf8();
        }
    }
    found.push((text.get(start..).unwrap_or(""), ""));
    found.into_iter().filter(|(clause, _)| clause.chars().any(char::is_alphanumeric)).collect()
}

fn of_lead(lead: &str, place: Place<'_>) -> Option<Word> {
    if lead.trim_end().ends_with('?') {
        return None;
    }
    let parts = clauses(lead);
    let genre = |text: &str| bare_words(&fold(text)).any(matter::is_matter);
    let about = parts.iter().any(|(clause, _)| genre(clause));
    let last = parts.len().checked_sub(1)?;
    let short = work::count(lead) <= 10;
    for (nth, (clause, end)) in parts.iter().enumerate().rev() {
        // what was done two sentences ago is about the link only where it names it
        let beside = nth == last;
        if !(beside || about || place.noted && short) {
            continue;
        }
        if let Some(word) = of_clause(clause, end, place, about, beside) {
            return Some(word);
        }
    }
    None
}

fn of_tail(tail: &str, place: Place<'_>) -> Option<Word> {
    let tail = tail.get(..tail.floor_char_boundary(NEAR)).unwrap_or(tail);
    let goes_on = tail.starts_with(' ') && tail.trim_start().starts_with(char::is_alphabetic);
    let parts = clauses(tail);
    let mut last = None;
    for (nth, (clause, end)) in parts.iter().enumerate().take(5) {
        // a new sentence speaks of something else, unless it is about `it`
        let found = of_clause(clause, end, place, false, nth == 0);
        // `URL describes how we read`
        let found = found.filter(|word| !(nth == 0 && goes_on) || begins_with(clause, word));
        if let Some(word) = found {
            last = match last {
                None => Some(word),
                Some(Word { state: ReadingState::Reading | ReadingState::ToRead, .. })
                    if matches!(word.state, ReadingState::Dropped) =>
                {
                    Some(word)
                }
                other => other,
            };
        }
    }
    last
}

/// True if nothing but small words is before a word in a clause.
fn begins_with(clause: &str, word: &Word) -> bool {
    let folded = fold(clause);
    let at = folded.find(&fold(&word.word)).unwrap_or(0);
    bare_words(folded.get(..at).unwrap_or("")).all(|word| words::is_filler(word) || words::wishes(word))
}

/// What one clause says; `about`: it is about reading matter.
fn of_clause(clause: &str, end: &str, place: Place<'_>, about: bool, beside: bool) -> Option<Word> {
    if clause.len() > NEAR || end == "?" {
        return None;
    }
    let all = words::within(clause);
    let mut all = all.into_iter().filter(|within| counts(clause, end, within, place, about, beside));
    let first = all.next()?;
    // `started, then gave up`
    let last = all.next_back().filter(|last| matches!(last.saying.state, ReadingState::Dropped | ReadingState::Read));
    let within = match (first.saying.state, last) {
        (ReadingState::Reading | ReadingState::ToRead, Some(last)) => last,
        _ => first,
    };
    Some(Word::from(within.saying))
}

fn counts(clause: &str, end: &str, within: &Within, place: Place<'_>, about: bool, beside: bool) -> bool {
    let Within { saying, start } = within;
    let folded = fold(clause.get(..*start).unwrap_or(""));
    let subject: Vec<&str> = bare_words(&folded).collect();
    let behind = fold(clause.get(start + saying.end..).unwrap_or(""));
    let object: Vec<&str> = bare_words(&behind).collect();
    if subject.len() + object.len() > CLAUSE || subject.iter().any(|word| BLOCKS.has(word) || words::denies(word)) {
        return false;
    }
    let is_person = |word: &&str| place.people.iter().any(|person| fold(person) == **word);
    if subject.iter().any(is_person) {
        return false;
    }
    if subject.iter().chain(object.iter().take(4)).any(|word| NOT_READ.has(word))
        && !subject.iter().chain(&object).any(|word| matter::is_matter(word))
    {
        return false;
    }
    let next = object.first().copied().unwrap_or("");
    let swallowed = fold(clause.get(start + saying.core_end..start + saying.end).unwrap_or(""));
    let goes_on = |word: &str| own::GOES_ON.has(word) || own::OCCASIONS.has(word);
    let aside = object.is_empty()
        || goes_on(next)
        || swallowed.split_whitespace().any(goes_on)
        || words::is_filler(next)
        || matches!(
            next,
            "pass" | "bits" | "half" | "part" | "chap" | "chapter" | "ch" | "sec" | "section" | "pages" | "p"
        );
    // `toch niet gelezen`
    let about_reading =
        subject.iter().chain(&object).any(|word| matter::is_matter(word)) || words::is_about_reading(next);
    let is_english = matches!(saying.word.as_str(), "read" | "reread" | "re-read" | "reading");
    let only_self =
        subject.iter().all(|word| words::is_filler(word) || matches!(*word, "i" | "we" | "also" | "then" | "lunch"));
    if object.iter().any(|word| LED.has(word)) && !aside {
        return false;
    }
    if is_english
        && saying.state != ReadingState::ToRead
        && ONWARD.has(next)
        && !(next == "and" || next == "on" && object.len() > 1 && goes_on(next))
    {
        return false;
    }
    if saying.state == ReadingState::Reference {
        return subject.is_empty() && object.is_empty();
    }
    if saying.generic {
        // `migration done` is work; `paper done`, `done: URL` are not
        let plain = subject.is_empty() && (object.is_empty() || aside) && beside;
        // `Skipping: URL`
        if plain && end == ":" && object.is_empty() && !place.is_work {
            return true;
        }
        // `half way through Ousterhout URL`
        let title = clause.get(start + saying.end..).unwrap_or("").trim_start();
        let titled = title.starts_with(|c: char| c.is_uppercase() || "\"“„«".contains(c)) && object.len() <= 6;
        if titled && only_self && beside && place.noted && !place.is_work && saying.state != ReadingState::ToRead {
            return true;
        }
        return (about_reading || about || plain || place.made_for_it)
            && !place.is_work
            && (only_self || object.is_empty() || aside)
            && place.noted
            && object.first().is_none_or(|word| !work::is_work_verb(word));
    }
    if saying.state == ReadingState::ToRead {
        return only_self && (beside || object.is_empty()) && (place.noted || beside);
    }
    // `Ida read it`; `Replicas read from the primary`
    if is_english && saying.word != "reading" && saying.state == ReadingState::Read {
        let title = clause.get(..*start).unwrap_or("").trim();
        let capital = |word: &str| word.starts_with(char::is_uppercase);
        let is_name = !title.is_empty() && title.split_whitespace().all(capital) && subject.len() <= 2 && end != ":";
        if is_name || !place.dated && (saying.bare_read || !only_self) {
            return false;
        }
        if !only_self && !aside {
            return false;
        }
        return subject.last().is_none_or(|word| {
            !matches!(*word, "a" | "an" | "the" | "to" | "good" | "great" | "must" | "quick" | "long" | "worth")
        });
    }
    if saying.word == "reading" && !only_self {
        return false;
    }
    if !(place.noted || only_self && beside) {
        return false;
    }
    only_self || aside
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_that_tell_of_a_link() {
        use ReadingState::*;
        for (lead, tail, wanted) in [
            ("read Ida's long post on looms ", ", short and dry", Some(Read)),
            ("loom chapter: done. ", " notes on paper", Some(Read)),
            ("Weben-Artikel gelesen ", ", hilft uns kaum", Some(Read)),
            ("loom review read on the ferry ", "", Some(Read)),
            ("looms: uitgelezen, aanrader ", "", Some(Read)),
            ("finito il capitolo sui telai ", "", Some(Read)),
            ("given up on the shuttle paper ", "", Some(Dropped)),
            ("Weben-Artikel: nach der Hälfte abgebrochen, zu lang. ", "", Some(Dropped)),
            ("telaio, lascia perdere: ", "", Some(Dropped)),
            ("Still on the pile: ", "", Some(ToRead)),
            ("want to look at ", " some time", Some(ToRead)),
            ("", " muss ich mir noch anschauen", Some(ToRead)),
            ("das lese ich gerade ", ", noch nicht durch", Some(Reading)),
            ("", " read first pass, need a second", Some(Read)),
            ("Ida read ", "", None),
            ("they read ", "", None),
            ("we read from the replica, see ", "", None),
            ("before I read ", "", None),
            ("migration done ", "", None),
            ("deploy finished ", "", None),
            ("Ida to read ", "", None),
            ("how to read ", "", None),
            ("", " describes how they read", None),
            ("", "", None),
        ] {
            let place = Place { dated: true, noted: true, ..Place::default() };
            assert_eq!(said(lead, tail, place).map(|word| word.state), wanted, "{lead}|{tail}");
        }
    }
}

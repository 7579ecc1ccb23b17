//! What somebody means to do with a link, according to the words before it: look at it, or some work that involves it.

use crate::model::phrases::Phrases;
use crate::model::words::fold;
use crate::parse::reading::labels;

/// What somebody means to do with a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Intention {
    /// To look at it.
    Look(String),
    /// Some other work that involves it.
    Other(String),
}

/// The context of the words.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Around<'a> {
    /// It is in a box outside of reading lists: the task may be anything.
    pub(super) in_to_do: bool,
    /// Names of people from the settings.
    pub(super) people: &'a [String],
}

/// Beginnings that introduce an intention.
static SOFT: Phrases = Phrases::new(
    "should, please, need to, needs to, see if, try, try out, where does, where do, could, want to, would like to, \
         have to, must, let's, remember to, figure out",
);

/// Verbs that mean reading.
static LOOKS: Phrases = Phrases::new(
    "look, read, reread, re-read, watch, rewatch, re-watch, check, listen, skim, study, reading, watching, checkout, browse, learn, understand, \
     explore, know, follow, lernen, verstehen, apprendre, aprender, \
         finish reading, lesen, anschauen, ansehen, durchlesen, lies, lire, regarder, leer, ver, ler, \
         assistir",
);

/// Beginnings that mean a look.
static LOOK_BEGINNINGS: Phrases = Phrases::new(
    "noch ansehen, noch anschauen, nachschauen, mal ansehen, mal anschauen, take a look, have a look, take another look, look at, look into, check out",
);

/// Beginnings that mean work: the link belongs to it.
static WORK: Phrases = Phrases::new(
    "fix, deploy, install, set up, configure, renew, pay, buy, ask, reply, respond, register, sign up, \
         submit, upload, download, upgrade, migrate, implement, refactor, remove, delete, rename, invite, add, \
         send, close, contribute, setup, start, update, publish, push, work on, play with, finish, complete, \
         move",
);

/// Beginnings that mean work unless something else says that the link is to be read: titles begin like that too.
static MAYBE_WORK: Phrases = Phrases::new(
    "request access, expense, book annual, book leave, book time, book flights, book train, book hotel, accept, agree, allow, analyse, analyze, announce, apply, apply for, arrange, assign, attend, book a, \
         book an, book my, book our, book the, bring, cancel, chase, choose, clarify, clean up, collect, \
         confirm, connect, convert, decide, discuss, drop off, enable, disable, escalate, fill in, fill out, \
         follow up, get it, go to, hand in, hire, inform, kick off, meet with, organise, organize, pick up, \
         ping, prepare, propose, provide, remind, replace, reschedule, reserve, resolve, revert, revoke, \
         rotate the, rotate our, sort out, subscribe, talk to, tell, thank, translate, turn off, turn on, \
         unsubscribe, verify, call back, file a, write to, write up, write down, experiment with, make sure, \
         take part, antworte, aktualisiere, bestelle, bezahle, buche, kaufe, schicke, schreib, schreibe, \
         storniere, verschiebe, ajouter, acheter, annuler, appeler, corriger, demander, deplacer, ecrire, \
         envoyer, installer, mettre a jour, migrer, payer, preparer, publier, repondre, reserver, supprimer, \
         tester, verifier, actualizar, anadir, arreglar, cambiar, cancelar, comprar, contestar, corregir, \
         enviar, escribir, hacer, instalar, llamar, migrar, mover, pagar, pedir, preguntar, preparar, probar, \
         publicar, reservar, responder, adicionar, atualizar, consertar, escrever, fazer, ligar, marcar, \
         mudar, perguntar, testar",
);

/// Verbs that are also nouns: work if an object follows, `test the loom`, otherwise a title, `test doubles`.
static NOUNS_OR_WORK: Phrases = Phrases::new(
    "answer, back, backup, benchmark, bump, call, change, check, clean, comment, contact, copy, create, \
         debug, demo, document, draft, email, export, extend, file, find, forward, get, give, handle, help, \
         host, import, join, label, launch, link, mail, make, measure, mention, merge, message, monitor, open, \
         order, plan, port, post, present, print, prototype, pull, put, raise, rebase, record, rehearse, \
         release, repair, report, request, restart, return, review, rewrite, run, schedule, share, ship, show, \
         sign, switch, sync, take, test, transfer, triage, use, visit, vote, wire, write, frage, melde, teste",
);

/// German verbs at the end of a task: `Raum buchen URL`.
static LAST_WORK: Phrases = Phrases::new(
    "abschicken, absagen, aktualisieren, anmelden, anrufen, antworten, beantworten, bestellen, bezahlen, \
         buchen, einladen, einrichten, fragen, hochladen, installieren, kaufen, kundigen, machen, mieten, \
         reservieren, schicken, schreiben, senden, stornieren, testen, umziehen, verlangern, verschieben, \
         vorbereiten, portieren, melden",
);

/// Beginnings of finished work, in a ticked box: `paid URL`.
static DONE_WORK: Phrases = Phrases::new(
    "paid, deployed, bought, called, booked, merged, registered, ordered, sent, signed, renewed, cancelled, canceled, \
         submitted, filed, closed, fixed, installed, upgraded, updated, migrated, shipped, released, replied, \
         answered, emailed, mailed, applied, uploaded, downloaded, subscribed, unsubscribed, published, pushed, \
         posted, created, added, removed, deleted, moved, returned, picked up, voted, joined, invited, asked, \
         configured, set up, rebooted, restarted, approved, tested, transferred, reserved, collected, bezahlt, \
         gebucht, bestellt, gekauft, angerufen, angemeldet, abgeschickt, paye, payee, commande, achete, envoye, \
         appele, pagado, comprado, reservado, enviado, llamado, pago, comprei, enviei",
);

/// Verbs that mean an errand if only a link follows: `order URL`.
static ERRAND_VERBS: Phrases = Phrases::new(
    "order, merge, vote, return, call, sign, visit, print, rebase, release, ship, schedule, repair, restart, join, \
         run, bump, contact, email, mail, rent, approve",
);

/// Errands written as a noun and a link: `dentist URL`, `tax return (URL)`.
static ERRANDS: Phrases = Phrases::new(
    "dentist, doctor, tax, taxes, insurance, passport, visa, invoice, invoices, bill, bills, rent, hotel, flight, \
         flights, appointment, haircut, groceries, gym, zahnarzt, arzt, steuer, rechnung, versicherung, dentiste, \
         impots, facture, dentista, impuestos, factura, impostos, fatura",
);

/// Words that introduce an object.
static DETERMINERS: Phrases = Phrases::new("a, an, the, my, our, your, his, her, their, this, these, some, us");

/// First words of titles that are not verbs.
static NO_VERBS: Phrases = Phrases::new(
    "how, what, why, when, where, who, which, is, are, was, on, in, at, of, for, from, with, by, to, and, \
         or, not, all, under, inside, beyond, behind, over, about, against, after, before, between, beneath, \
         into, through, towards, toward, without, within, once, the, a, an, this, that, these, my, our, your, \
         as, if, can, do, does, did, meet, inside, around, across, down, up, off, out, like, just, also, more, \
         such, many, half, both, via, than, see, book, paper, article, talk, video, course, there's, it's, \
         here's, even, only, never, always, quite, along, yet, now, then, be, despite, during, since, till, \
         until, maybe, perhaps, probably",
);

/// Words before a link that is needed by the verb before them: `port it to URL`.
static LEADS_ON: Phrases = Phrases::new("to, into, using, via, against");

/// The intention, if the words before a link begin with one.
pub(super) fn intention(lead: &str, around: Around<'_>) -> Option<Intention> {
    let lead = lead.trim();
    let (who, words) = without_person(lead);
    let lower = fold(words);
    if let Some(words) = begins(&lower, &LOOK_BEGINNINGS) {
        return Some(for_whom(who, Intention::Look(words.to_owned())));
    }
    if let Some(soft) = begins(&lower, &SOFT) {
        let behind = lower.get(soft.len()..).unwrap_or("");
        let looks = behind.split_whitespace().take(3).any(|word| LOOKS.has(bare(word)));
        // `need to finish URL`
        let looks = looks || matches!(behind.trim(), "finish" | "complete");
        let words = lower.split_whitespace().take(3).collect::<Vec<_>>().join(" ");
        // `must read`, `want to read` are sayings
        return match (soft, looks) {
            ("must" | "want to", true) => None,
            (_, true) => Some(for_whom(who, Intention::Look(words))),
            (_, false) => Some(Intention::Other(words)),
        };
    }
    if let Some(work) = begins(&lower, &WORK) {
        return Some(Intention::Other(work.to_owned()));
    }
    let known = who.filter(|name| {
        name.starts_with('@') || around.people.iter().any(|person| fold(person) == fold(name.trim_start_matches('@')))
    });
    if let Some(name) = known.filter(|_| count(words) > 0) {
        return Some(Intention::Other(name.to_owned()));
    }
    if who.is_some() && begins(&lower, &LOOKS).is_some() {
        return Some(Intention::Other(lower.split_whitespace().take(3).collect::<Vec<_>>().join(" ")));
    }
    if let Some(words) = told(&lower) {
        return Some(Intention::Look(words.to_owned()));
    }
    around.in_to_do.then(|| to_do(words, &lower)).flatten().map(Intention::Other)
}

/// `Ida said to look at URL`, `he told me to read URL`.
fn told(lower: &str) -> Option<&'static str> {
    const LOOKS: [&str; 5] = ["to look at", "to have a look at", "to check out", "to read", "to watch"];
    let looks = LOOKS.into_iter().find(|words| lower.trim_end_matches([' ', ':']).ends_with(words))?;
    let said: Vec<&str> = bare_words(lower).take(4).collect();
    let me = |word: Option<&&str>| matches!(word, Some(&("me" | "us")));
    let is_told = said.iter().enumerate().any(|(at, word)| match *word {
        "said" | "says" => said.get(at + 1) == Some(&"to"),
        "told" | "asked" | "reminded" | "wants" | "advised" => me(said.get(at + 1)),
        _ => false,
    });
    is_told.then_some(looks)
}

/// A look for somebody else to take is work.
fn for_whom(who: Option<&str>, intention: Intention) -> Intention {
    match (who, intention) {
        (Some(who), Intention::Look(words)) => Intention::Other(format!("{who}: {words}")),
        (_, intention) => intention,
    }
}

/// The words of a task outside of reading lists that show that its link is not to be read.
fn to_do(words: &str, lower: &str) -> Option<String> {
    let tokens: Vec<&str> = bare_words(lower).collect();
    let first = *tokens.first()?;
    let shown = || tokens.iter().take(3).copied().collect::<Vec<_>>().join(" ");
    let second = tokens.get(1).copied().unwrap_or("");
    // `check the invoice`, and not `check URL`
    if first == "check" && DETERMINERS.has(second) && tokens.len() >= 3 {
        return Some(shown());
    }
    if tokens.iter().any(|word| LOOKS.has(word)) {
        return None;
    }
    let colon = words.trim_end().ends_with(':');
    let errand = tokens.len() == 1 && ERRAND_VERBS.has(first)
        || tokens.len() <= 3 && tokens.iter().any(|word| ERRANDS.has(word));
    if errand && !colon {
        return Some(shown());
    }
    if let Some(work) = begins(lower, &MAYBE_WORK).filter(|_| !is_title_case(words)) {
        return Some(work.to_owned());
    }
    let object = DETERMINERS.has(second)
        || matches!(second, "it" | "them" | "to" | "up" | "off" | "out" | "with")
        || words.split_whitespace().nth(1).is_some_and(|word| word.starts_with(char::is_uppercase));
    if NOUNS_OR_WORK.has(first) && object && !is_title_case(words) {
        return Some(shown());
    }
    let ends_apart = words.trim_end().ends_with(['-', '–', '—', ':', '>', '→', '|', '"', '”', '(', '*', '»']);
    let last = *tokens.last()?;
    if LAST_WORK.has(last) {
        return Some(last.to_owned());
    }
    if ends_apart || is_title_case(words) {
        return None;
    }
    let verb = !NO_VERBS.has(first) && !first.ends_with("ing") && first.chars().all(char::is_alphabetic);
    // `rotate the keys, see URL`
    let told = tokens.len() >= 3 && matches!(last, "see" | "siehe" | "voir" | "cf" | "vgl" | "ver");
    let acts = verb && DETERMINERS.has(second) && tokens.len() >= 3;
    // `hook the loom up with URL`, and not `related to URL`, `drawn with URL`
    let before_last = tokens.iter().rev().nth(1).copied().unwrap_or("");
    let leads_on = verb && tokens.len() >= 3 && LEADS_ON.has(last) && !before_last.ends_with("ed");
    (acts || leads_on || told).then(shown)
}

/// `Wim: send it`, `@wim send it`: the person, and the task.
fn without_person(lead: &str) -> (Option<&str>, &str) {
    if let Some(rest) = lead.strip_prefix('@') {
        let end = rest.find(|c: char| c.is_whitespace() || c == ':').unwrap_or(rest.len());
        let words = rest.get(end..).unwrap_or("").trim_start_matches([':', ' ', ',']);
        return (lead.get(..end + 1), words);
    }
    let Some((name, words)) = lead.split_once(':') else { return (None, lead) };
    let one = name.starts_with(char::is_uppercase) && name.chars().all(|c| c.is_alphabetic() || c == '-');
    if one && words.starts_with(' ') { (Some(name), words.trim_start()) } else { (None, lead) }
}

/// True for words that are capitalized except for small ones: a title, or a name.
fn is_title_case(words: &str) -> bool {
    let long: Vec<&str> = words.split_whitespace().map(bare).filter(|word| word.chars().count() > 3).collect();
    long.len() >= 2
        && long.iter().all(|word| word.starts_with(char::is_uppercase) || word.starts_with(char::is_numeric))
}

/// True for a verb of work: `send`, `cancel`.
pub(super) fn is_work_verb(word: &str) -> bool {
    WORK.has(word) || MAYBE_WORK.has(word) || NOUNS_OR_WORK.has(word)
}

/// True for Chinese or Japanese words before a link that are not about reading: the task is unknown.
pub(super) fn is_foreign_work(lead: &str) -> bool {
    let signs = lead.chars().filter(|&c| labels::is_sign(c));
    signs.clone().count() >= 4 && !signs.into_iter().any(|c| "読读看観聴听視视学".contains(c))
}

/// Finished work at the beginning of the words: `paid`.
pub(super) fn done_work(lead: &str) -> Option<&'static str> {
    begins(&fold(lead), &DONE_WORK)
}

/// True for `finish reading`, `finish the book`: it is begun.
pub(super) fn finishes_reading(lead: &str) -> bool {
    let lower = fold(lead);
    let mut said = bare_words(&lower).skip(1).filter(|word| !DETERMINERS.has(word));
    said.next().is_some_and(|word| matches!(word, "reading" | "watching" | "listening"))
}

/// True if the words begin with `review` and the like, which is work if the link leads to a change or ticket.
pub(super) fn begins_with_review(lead: &str) -> bool {
    static REVIEWS: Phrases = Phrases::new("review, merge, approve, rebase, test, release, reproduce, investigate");
    begins(&lead.to_lowercase(), &REVIEWS).is_some()
}

/// The phrase from a list with which a text begins.
pub(super) fn begins(text: &str, words: &Phrases) -> Option<&'static str> {
    words.at_front(text.trim_start_matches(|c: char| !c.is_alphanumeric()))
}

/// A word without marks at its ends.
pub(super) fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

/// The words of a text without marks at their ends.
pub(super) fn bare_words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace().map(bare).filter(|word| !word.is_empty())
}

/// The number of meaningful words.
pub(super) fn count(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric) && bare(word) != "etc").count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(lead: &str) -> Option<Intention> {
        intention(lead, Around::default())
    }

    #[test]
    fn intentions() {
        for lead in [
            "Ida said to look at",
            "he told me to read",
            "noch ansehen:",
            "need to finish",
            "Please all read",
            "take a look at super",
            "should read ",
            "need to watch",
            "Check out:",
        ] {
            assert!(matches!(of(lead), Some(Intention::Look(_))), "{lead}");
        }
        for lead in ["should finish my repo", "where does faye fit", "try", "fix the build of", "see if it works"] {
            assert!(matches!(of(lead), Some(Intention::Other(_))), "{lead}");
        }
        for lead in
            ["", "trying hard", "shoulder pain", "book", "fixed points", "the fix for", "Rust: ", "port the loom to"]
        {
            assert_eq!(of(lead), None, "{lead}");
        }
    }

    #[test]
    fn to_dos_and_titles() {
        let of = |lead: &str| intention(lead, Around { in_to_do: true, people: &[] });
        for lead in [
            "port the loom to",
            "Port X to",
            "update the wiki",
            "cancel the hotel",
            "Cancel subscription:",
            "book a room",
            "reply to",
            "Reply to Ida about the loom",
            "Wim: send the slides",
            "Wim: check the numbers",
            "@wim the slides",
            "check the invoice",
            "renew my passport",
            "feed the cats",
            "get it working locally",
            "Raum buchen",
            "order",
            "merge",
            "vote",
            "dentist",
            "tax return (",
            "book flight",
            "request access at",
            "expense report",
            "réserver une salle",
            "responder a Ida",
        ] {
            assert!(matches!(of(lead), Some(Intention::Other(_))), "{lead}");
        }
        for lead in [
            "original paper - Sagas Hector-Molina 1987 ->",
            "how Google does it's distributed transactions - Spanner: Google's Database 2012 -> original",
            "book Designing Data-intensive Applications",
            "transactional outbox",
            "Turning the database inside out",
            "Inside the JVM:",
            "How the web works",
            "on page object and site prism",
            "Kafka: exactly-once semantics",
            "beagle bone book",
            "Meet the Robinsons -",
            "Report on Looms -",
            "Use the Index, Luke",
            "change data capture",
            "copy on write",
            "test doubles -",
            "alternatives",
            "number of links at",
            "related to",
            "learn the new concepts",
            "Pat Helland",
            "maybe a printer",
            "",
        ] {
            assert!(!matches!(of(lead), Some(Intention::Other(_))), "{lead}");
        }
    }
}

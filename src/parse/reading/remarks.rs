//! Classifies remarks below a link: a verdict on it, its state, or something else.

use crate::model::ReadingState;
use crate::model::phrases::Phrases;
use crate::model::words::fold;
use crate::parse::reading::marks;
use crate::parse::reading::marks::Word;
use crate::parse::reading::own;
use crate::parse::reading::words;
use crate::parse::reading::work;
use crate::parse::reading::work::bare;
use crate::parse::reading::work::count;

/// A kind of remark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Remark {
    /// `half way`, `★★★★`: the state of the link.
    Says(Word),
    /// What somebody thinks of it.
    Verdict,
    /// What it is about, told by somebody who knows it: `argues that looms are slow`.
    Summary,
    /// A part of it.
    Quote,
    /// Anything else.
    Text,
    /// Its length, its source, why to read it, or who does what next.
    Aside,
}

/// Beginnings about the source of a link, why it is there, and what is to be done.
static ASIDES: Phrases = Phrases::new(
    "recommended by, recommended in, recommended at, suggested by, sent by, shared by, mentioned by, \
         mentioned in, found in, found on, found via, found at, from, via, by, hat tip, h/t, for, see, \
         see also, cf, heard of, heard about, linked from, linked in, seen on, seen in, given by, tip from, \
         needed for, before the, want to, would like to, need to, needs to, should, must, have to, \
         will, todo, to do, later, maybe, ask, remember, remind, try, look at, look into, check, discuss, \
         send, share, fix, call, next, due, deadline, follow up, follow-up, take a look, i want, i should, \
         i need, i will, i'll, we should, we need, we will, we'll, let's, not sure when, decide, decided, \
         agreed, action, print, lent, borrow, borrowed, ordered, bought, buy, download, available, free until, \
         free online, paywall, paywalled, behind a paywall, empfohlen von, empfohlen, von, aus, fur, siehe, \
         will ich, muss ich, soll, tipp von, spater, recommande par, conseille par, de la part, pour, voir, \
         envoye par, trouve sur, trouve dans, recomendado por, recomendada por, recomendado, para, \
         enviado por, de parte de, visto en, indicado por, indicacao de, enviada por, \
     restarted, rebooted, fixed, mended, deployed, rolled back, merged, reported, filed, opened, closed, sent, asked, \
     talked, called, paid, booked, cancelled, upgraded, updated, installed, configured, reverted, moved, postponed, \
     waiting, looks, saved from, saved by, bookmarked, login, log in, password, sign in, needs login, costs, root cause, neu gestartet, repariert, redemarre, reiniciado",
);

/// Those of them that count only in short remarks, by first word.
static SHORT: Phrases =
    Phrases::new("from, via, by, for, see, von, aus, fur, siehe, para, pour, next, later, before, available, voir");

/// Labels of facts about a link.
static FACTS: Phrases = Phrases::new(
    "author, authors, length, duration, source, topic, topics, type, kind, year, published, added, due, \
         priority, tag, tags, isbn, pages, price, format, language, time, speaker, date, doi, publisher, \
         where, link, links, when, why, who, owner, url, venue, series, edition, autor, lange, dauer, quelle, \
         thema, auteur, duree, fuente, duracion, tema, fonte, duracao, todo, action, actions, next, next step, \
         decision, deadline",
);

/// Classifies a remark by its words.
pub(super) fn classify(text: &str, people: &[String]) -> Remark {
    let text = text.trim();
    if let Some((key, value)) = text.split_once("::") {
        let key = key.trim_matches(|c: char| matches!(c, '[' | '(' | ' '));
        let value = value.trim_matches(|c: char| matches!(c, ']' | ')' | ' '));
        return marks::field(key, value).map_or(Remark::Aside, Remark::Says);
    }
    if let Some(word) = under_way(text) {
        return Remark::Says(word);
    }
    if let Some(saying) = own::said(text).or_else(|| told_you(text)) {
        return Remark::Says(Word::from(saying));
    }
    // `TODO: read this properly`
    let todo = text.strip_prefix("TODO").or_else(|| text.strip_prefix("Todo")).or_else(|| text.strip_prefix("todo"));
    if let Some(rest) = todo.filter(|rest| rest.starts_with([':', ' '])) {
        let first = fold(rest.trim_start_matches([':', ' ']));
        let first = first.split_whitespace().next().map_or("", bare);
        static READ: Phrases =
            Phrases::new("read, reread, watch, listen, study, finish, lesen, anschauen, lire, leer, ver, ler");
        if READ.has(first) {
            return Remark::Says(Word {
                state: ReadingState::ToRead,
                word: text.to_owned(),
                day: None,
                generic: false,
            });
        }
    }
    if words::is_rating(text) {
        return Remark::Says(Word::new(ReadingState::Read, text.to_owned()));
    }
    if is_aside(text, people) {
        return Remark::Aside;
    }
    if is_mine(text) || words::judges(text) {
        return Remark::Verdict;
    }
    static SUMMARIES: Phrases = Phrases::new(
        "discusses, describes, explains, argues, shows, covers, introduces, presents, proposes, compares, demonstrates, says, claims, \
         suggests, makes the case, makes a case, makes the point, points out, walks through, goes through, goes into, looks at, explores, \
         examines, summarizes, summarises, reviews, talks about, tells, traces, reports, summary, takeaway, takeaways, key takeaways, \
         key points, main points, main idea, tl;dr, tldr, quote, quotes, notes, beschreibt, erklart, zeigt, vergleicht, behandelt, \
         fasst zusammen, zusammenfassung, fazit, kernaussage, decrit, explique, montre, compare, resume, a retenir, describe, explica, \
         muestra, compara, resumen, conclusion, descreve, mostra, resumo",
    );
    let lower = fold(text);
    if SUMMARIES.at_front(lower.trim_start_matches(|c: char| !c.is_alphanumeric())).is_some() {
        return Remark::Summary;
    }
    Remark::Text
}

/// `I'm like that myself`, `made me think`: somebody speaks of themselves.
fn is_mine(text: &str) -> bool {
    static MINE: Phrases = Phrases::new(
        "i, i'm, i've, i'd, made me, makes me, reminds me, reminded me, taught me, helped me, convinced me, changed my mind, \
         changed how i, ich, mich, fand ich, hat mich, hat mir, regt mich, j'ai, je, m'a, \
         me ha, me gusto, me encanto, me parecio, lo lei, eu, me fez, gostei, adorei, curti, achei, aprendi, disfrute",
    );
    let numbered = text.starts_with("I.") || text.starts_with("I)");
    let lower = fold(text.trim_start_matches(|c: char| !c.is_alphanumeric()));
    let it = ["it ", "this ", "that ", "das ", "es ", "dies ", "ca ", "cela ", "esto ", "isso "].iter();
    let rest = it.filter_map(|it| lower.strip_prefix(it)).next().unwrap_or(&lower);
    !numbered && MINE.at_front(rest).is_some()
}

/// The words by which somebody says that they are in the middle of it, anywhere in a remark: `picked it up again, hope to finish it`.
fn under_way(text: &str) -> Option<Word> {
    const PHRASES: [&str; 26] = [
        "picked it up again",
        "picked it back up",
        "picked up again",
        "picked this up again",
        "started it again",
        "hope to finish",
        "hoping to finish",
        "hope to have it finished",
        "still reading",
        "still watching",
        "still working through",
        "currently reading",
        "am reading this",
        "i'm reading this",
        "i'm half",
        "not done with it yet",
        "not finished it yet",
        "haven't finished",
        "lese es gerade",
        "lese ich gerade",
        "bin noch dran",
        "je suis en train",
        "en cours de lecture",
        "estoy leyendo",
        "lo sigo leyendo",
        "estou lendo",
    ];
    let lower = fold(text);
    let found = PHRASES.iter().find(|phrase| lower.contains(**phrase))?;
    Some(Word::new(ReadingState::Reading, (*found).to_owned()))
}

/// `You read this one!`: a note to oneself.
fn told_you(text: &str) -> Option<words::Saying> {
    let rest = ["You've ", "You’ve ", "You ", "you've ", "you ", "Du hast ", "Tu as ", "Ya lo ", "Você já "]
        .iter()
        .find_map(|you| text.strip_prefix(you))?;
    words::whole(rest).filter(|saying| saying.state != ReadingState::ToRead && !saying.generic)
}

fn is_aside(text: &str, people: &[String]) -> bool {
    let lower = fold(text);
    let lower = lower.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '#' && c != '@');
    if count(text) == 0 || text.starts_with(['$', '€', '£']) || is_measure(lower) || lower.starts_with('@') {
        return true;
    }
    if text.split_whitespace().all(|word| word.starts_with('#')) {
        return true;
    }
    let begins = |words: &&str| {
        lower.strip_prefix(*words).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '\''))
    };
    // a longer remark that begins with `from` says more than the source
    let short = |words: &&str| count(text) <= 8 || !SHORT.has(words.split(' ').next().unwrap_or(words));
    if ASIDES.iter().filter(begins).any(|words| short(&words)) || is_question(text, lower) {
        return true;
    }
    if let Some((name, rest)) = text.split_once(':') {
        let fact = fold(name);
        let person = people.iter().any(|person| fold(person) == fact);
        if FACTS.has(fact.as_str()) || person || rest.starts_with(' ') && is_plan(rest) {
            return true;
        }
    }
    is_plan(text)
}

/// True for a single question.
fn is_question(text: &str, lower: &str) -> bool {
    static FIRST: Phrases = Phrases::new(
        "is, are, was, does, do, did, what, how, why, who, when, where, which, can, could, should, would, will, has, have, \
         anything, any, ist, sind, was, wie, warum, wer, kann, gibt, est, quoi, comment, pourquoi, que, como, por, quien",
    );
    text.ends_with('?') && FIRST.has(lower.split_whitespace().next().map_or("", bare))
}

/// `Ida will mend it`, `Wim to send the slides`.
fn is_plan(text: &str) -> bool {
    let lower = fold(text);
    let said: Vec<&str> = lower.split_whitespace().map(bare).take(3).collect();
    let named = !["this", "it", "that", "he", "she", "which", "what", "nothing"].contains(said.first().unwrap_or(&""));
    let person = text.trim().starts_with(char::is_uppercase);
    let next = said.get(1).copied().unwrap_or("");
    named
        && (matches!(next, "will" | "shall" | "should" | "wants" | "needs")
            || person && next == "to" && said.get(2).is_some_and(|verb| work::is_work_verb(verb)))
}

/// `45 min`, `12 pages`, `2024`, `PDF, 1h`, `long`: the size of the thing.
fn is_measure(lower: &str) -> bool {
    static UNITS: Phrases = Phrases::new(
        "min, mins, minute, minutes, h, hr, hrs, hour, hours, page, pages, p, pp, s, sec, words, chapters, \
         chapter, parts, episodes, pdf, epub, html, video, audio, book, ebook, paper, talk, article, podcast, \
         slides, long, short, read, about, ca, minuten, stunde, stunden, seiten, lang, kurz, heure, heures, \
         min., hora, horas, minutos, paginas, english, german, french, spanish, englisch, deutsch, free, and, \
         of, a, minutos, m",
    );
    let mut any = false;
    lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).all(|word| {
        any = true;
        let unit = word.trim_start_matches(|c: char| c.is_ascii_digit());
        unit.is_empty() || UNITS.has(unit)
    }) && any
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verdicts_and_what_is_none() {
        let of = |text: &str| classify(text, &["Ida".to_owned()]);
        for text in [
            "45 min",
            "2h",
            "recommended by Ida",
            "from the newsletter",
            "via the weekly",
            "want to take it on the train",
            "for the workshop",
            "author: Ida Berg",
            "#loom #weaving",
            "Ida will mend the shuttle",
            "Wim to send the slides",
            "Ida: we do it first",
            "topic:: looms",
            "restarted the pump",
            "for the next loom",
            "is it still current?",
            "12 pages, PDF",
            "empfohlen von Ida",
            "looks interesting",
            "saved from HN",
            "login needed",
            "$60 - BUY",
            "recommandé par Ida",
        ] {
            assert_eq!(of(text), Remark::Aside, "{text}");
        }
        for text in [
            "a good one",
            "I'm like that myself",
            "made me look at our looms again",
            "fand ich zu lang",
            "j'ai bien ri",
            "me gustó mucho",
            "adorei o final",
            "meh",
            "not that interesting",
            "dry and complete",
            "sehr lesenswert",
            "nothing new",
        ] {
            assert_eq!(of(text), Remark::Verdict, "{text}");
        }
        for text in [
            "Once the database was too small",
            "Learn to weave with it",
            "from one shuttle to the next nobody has the time to look at it",
        ] {
            assert_eq!(of(text), Remark::Text, "{text}");
        }
        for text in ["says that looms are slow", "Discusses what a shuttle costs", "Fazit: Weben lohnt", "tl;dr looms"]
        {
            assert_eq!(of(text), Remark::Summary, "{text}");
        }
        for (text, state) in [
            ("You read this one already!", ReadingState::Read),
            ("Put it down in May. Now I picked it up again", ReadingState::Reading),
            ("long, hope to finish it in the holidays", ReadingState::Reading),
            ("bin noch dran", ReadingState::Reading),
            ("lo leí en mayo", ReadingState::Read),
            ("to read", ReadingState::ToRead),
            ("for later", ReadingState::ToRead),
            ("TODO: read this properly", ReadingState::ToRead),
            ("want to read on the train", ReadingState::ToRead),
            ("read on the train", ReadingState::Read),
            ("read twice, great", ReadingState::Read),
            ("half way", ReadingState::Reading),
            ("gave up after chapter 3", ReadingState::Dropped),
            ("4/5", ReadingState::Read),
            ("noch nicht gelesen", ReadingState::ToRead),
            ("status:: reading", ReadingState::Reading),
        ] {
            let said = of(text);
            assert!(matches!(&said, Remark::Says(word) if word.state == state), "{text}: {said:?}");
        }
    }
}

//! What somebody says in a sentence about the links of a list or a note: `A list of talks I've watched`, `Bücher, die ich noch
//! lesen will`.

use crate::model::ReadingState;
use crate::model::phrases::Phrases;
use crate::model::words::fold;
use crate::parse::reading::labels::Label;
use crate::parse::reading::matter::GENRES;
use crate::parse::reading::words;
use crate::parse::reading::work::bare;

/// In bytes; what is said about a list is short.
const LONGEST: usize = 400;

/// In words; what follows in a longer sentence is about something else.
const SENTENCE: usize = 40;

/// How many words may stand between the things and what was done with them.
const APART: usize = 10;

/// Things that are read or watched, and what keeps them.
static THINGS: Phrases = Phrases::new(
    "books, book, papers, paper, articles, article, posts, blogs, talks, videos, video, films, movies, series, podcasts, episodes, links, \
     things, stuff, media, everything, anything, what, texts, essays, novels, comics, pieces, reads, readings, content, material, \
     stories, documents, sites, pages, courses, lectures, list, log, record, diary, journal, collection, catalog, catalogue, tracker, archive, \
     bucher, artikel, texte, vortrage, filme, alles, dinge, romane, beitrage, liste, livres, textes, films, liens, conferences, \
     romans, libros, articulos, enlaces, charlas, peliculas, textos, lista, livros, artigos, palestras, filmes",
);

/// What is done with them, when it is done.
static DONE: Phrases = Phrases::new(
    "read, reread, re-read, watched, finished, listened, enjoyed, liked, loved, consumed, seen, saw, heard, studied, completed, \
     experienced, attended, devoured, skimmed, gelesen, gesehen, gehort, geschaut, angeschaut, angesehen, durchgelesen, lu, lus, lue, lues, \
     vu, vus, vue, vues, ecoute, ecoutes, aime, aimes, relu, relus, leido, leidos, visto, vistos, escuchado, disfrutado, lei, leimos, vi, \
     vimos, lido, lidos, li, lemos, assisti, ouvi, curti, terminei, termine",
);

/// What is done with them, in the form behind `to`, `will` and the like.
static READ: Phrases = Phrases::new(
    "read, reread, watch, listen, study, finish, check, look, explore, lesen, anschauen, ansehen, schauen, horen, lire, regarder, voir, \
     ecouter, relire, leer, ver, escuchar, releer, ler, assistir, ouvir, reler",
);

/// Whoever speaks.
static SPEAKERS: Phrases = Phrases::new(
    "i, we, i've, we've, i'm, we're, i'd, we'd, i'll, ich, wir, j'ai, je, j'aimerais, nous, on, yo, eu, nos",
);

/// Words between whoever speaks and the verb.
static BETWEEN: Phrases = Phrases::new(
    "have, had, has, recently, already, just, personally, actually, really, particularly, ever, finally, either, also, both, currently, am, \
     was, been, are, either, especially, most, fully, once, lately, so, far, habe, haben, zuletzt, gerade, schon, bereits, ai, avons, a, \
     deja, recemment, ya, recientemente, he, hemos, tenho, temos, ja, recentemente, all, the, never, actively, listening, dieses, jahr, in, \
     diesem, diesen, monat, cette, annee, este, ano, mes",
);

/// Words for a wish or plan.
static PLANS: Phrases = Phrases::new(
    "want, plan, hope, intend, wish, need, would, should, will, mean, i'd, i'll, we'd, planning, going, hoping, like, will, mochte, werde, \
     wollen, veux, voudrais, compte, vais, aimerais, j'aimerais, envie, prevu, quiero, quisiera, voy, pienso, queremos, quero, vou, pretendo, \
     gostaria, queremos",
);

/// Words that deny the verb.
static NOT: Phrases =
    Phrases::new("not, haven't, hasn't, didn't, never, nicht, nie, pas, jamais, no, nunca, nao, aun, todavia, ainda");

/// The label that some sentences give to the links of a list; `None` where none of them speaks of it.
pub(super) fn label(text: &str) -> Option<Label> {
    if text.len() > LONGEST {
        return None;
    }
    let folded = fold(text);
    let sentences = folded.split(['.', '!', '?', ';', ':', '\n', '–', '—', '(']);
    sentences.take(5).find_map(|sentence| of_sentence(&split(sentence)))
}

fn split(sentence: &str) -> Vec<&str> {
    sentence
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '/'))
        .map(bare)
        .filter(|word| !word.is_empty())
        .take(SENTENCE)
        .collect()
}

fn of_sentence(said: &[&str]) -> Option<Label> {
    if said.len() < 3 {
        return None;
    }
    let pair = |at: usize| match (said.get(at).copied(), said.get(at + 1).copied()) {
        (Some("was"), Some(next)) => matches!(next, "ich" | "wir"),
        (Some("lo" | "o" | "ce" | "todo" | "tudo"), Some(next)) => matches!(next, "que" | "qu'on"),
        _ => false,
    };
    let things = (0..said.len()).find(|at| said.get(*at).is_some_and(|word| THINGS.has(word)) || pair(*at))?;
    let behind = said.get(things + 1..)?;
    let (mut done, mut plan, mut under_way) = (false, false, false);
    for (at, word) in behind.iter().enumerate().take(2 * APART) {
        let rest = behind.get(at + 1..).unwrap_or(&[]);
        if SPEAKERS.has(word) && at <= APART {
            let denied = rest.iter().take(4).any(|word| NOT.has(word));
            let verb = rest.iter().find(|word| !BETWEEN.has(word) && !NOT.has(word)).copied().unwrap_or("");
            let planned = PLANS.has(verb) || matches!(*word, "i'd" | "i'll" | "we'd");
            // `die ich gerne noch lesen will`: the verbs are at the end
            let german = matches!(*word, "ich" | "wir");
            let ends = |words: &Phrases| german && rest.iter().take(8).any(|word| words.has(word));
            let to = rest.iter().take(6).any(|word| READ.has(word));
            let was_done = DONE.has(verb) || ends(&DONE);
            if planned && to || ends(&PLANS) && ends(&READ) || was_done && denied {
                plan = true;
            } else if was_done {
                done = true;
                // `have read or want to read`
                let wishes =
                    |at: usize| rest.get(at).is_some_and(|word| PLANS.has(word)) && rest.get(at + 1) == Some(&"to");
                plan |= (0..8).any(wishes);
            } else if verb == "to"
                && rest.iter().skip_while(|word| **word != "to").nth(1).is_some_and(|word| READ.has(word))
            {
                plan = true;
            } else if matches!(
                verb,
                "reading"
                    | "watching"
                    | "studying"
                    | "lese"
                    | "lesen"
                    | "lis"
                    | "lisons"
                    | "leyendo"
                    | "estoy"
                    | "estou"
            ) {
                // `I've been reading` looks back
                let back = rest.iter().take(3).any(|word| *word == "been");
                done |= back;
                under_way |= !back;
            }
        }
        // `lo que leí`, `os livros que li`, `a list of books read this year`
        let that = matches!(*word, "que" | "that" | "which");
        let next = rest.first().copied().unwrap_or("");
        let mine = |verb: &str| {
            matches!(verb, "lei" | "leimos" | "li" | "lemos" | "assisti" | "vi" | "vimos" | "ouvi" | "curti")
        };
        let has = matches!(next, "he" | "hemos" | "tenho" | "temos")
            && rest.iter().skip(1).take(2).any(|word| DONE.has(word));
        done |= that && (mine(next) || has) && at <= APART;
        plan |= that
            && matches!(next, "quiero" | "quisiera" | "quero" | "pretendo")
            && rest.iter().take(4).any(|word| READ.has(word));
        under_way |= that
            && matches!(next, "estoy" | "estou")
            && rest.iter().take(3).any(|word| matches!(*word, "leyendo" | "lendo" | "ler" | "viendo"));
        let since = ["in", "during", "this", "since", "so", "over", "last", "recently", "lately", "by"];
        done |=
            at <= 3 && matches!(*word, "read" | "watched" | "finished") && since.contains(&next) && !next.is_empty();
        plan |= at <= 3
            && *word == "to"
            && matches!(next, "read" | "watch")
            && !said.iter().take(things).any(|word| matches!(*word, "how" | "no" | "not"));
        // `that have stuck with me`
        done |= that && at <= 5 && is_about_me(rest);
    }
    match (done, plan, under_way) {
        (true, false, _) => Some(Label::Read),
        (false, true, false) => Some(Label::ToRead),
        (false, false, true) => Some(Label::Reading),
        (false, false, false) => None,
        _ => Some(Label::List),
    }
}

/// `have stuck with me`, `changed how I think`, `shaped me`: whoever says so has read it.
fn is_about_me(said: &[&str]) -> bool {
    let verb = said.iter().find(|word| !BETWEEN.has(word)).copied().unwrap_or("");
    let known = matches!(
        verb,
        "stuck"
            | "stayed"
            | "influenced"
            | "changed"
            | "shaped"
            | "inspired"
            | "helped"
            | "taught"
            | "made"
            | "impressed"
            | "moved"
            | "resonated"
    );
    known && said.iter().take(7).any(|word| matches!(*word, "me" | "my" | "i" | "us"))
}

/// The label of an item over links, or of a line that leads to a list, that begins with what was done: `Read and summed up three
/// papers.`, `Watched these talks:`.
pub(super) fn begins(text: &str) -> Option<Label> {
    static ONWARD: Phrases = Phrases::new(
        "more, about, on, up, from, further, docs, documentation, only, write, access, it, me, them, through",
    );
    if text.len() > 160 {
        return None;
    }
    let saying = words::beginning(text).filter(|saying| !saying.generic)?;
    let rest = fold(text.get(saying.end..)?);
    let said: Vec<&str> = rest.split_whitespace().map(bare).filter(|word| !word.is_empty()).take(12).collect();
    if said.first().is_some_and(|word| ONWARD.has(word)) {
        return None;
    }
    let about = |word: &&str| {
        GENRES.has(word)
            || matches!(*word, "these" | "those" | "following" | "diese" | "folgende" | "ces" | "estos" | "estes")
    };
    if !said.iter().any(about) {
        return None;
    }
    match saying.state {
        ReadingState::Read => Some(Label::Read),
        ReadingState::Reading => Some(Label::Reading),
        ReadingState::ToRead => Some(Label::ToRead),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_with_what_was_done() {
        for (text, wanted) in [
            ("Read and summed up three papers.", Some(Label::Read)),
            ("Watched these talks", Some(Label::Read)),
            ("Gelesen: zwei Artikel", Some(Label::Read)),
            ("Reading these books at the moment", Some(Label::Reading)),
            ("Read more papers about looms", None),
            ("Read access", None),
            ("Finished the papers for the tax office", None),
            ("Looms", None),
            ("Vue", None),
        ] {
            assert_eq!(begins(text), wanted, "{text}");
        }
    }

    #[test]
    fn what_is_said_about_a_list() {
        for (text, wanted) in [
            ("A list of talks I've watched.", Some(Label::Read)),
            ("This is a log of the books that I have read since 2019", Some(Label::Read)),
            ("Here I keep track of everything I read, watched or listened to", Some(Label::Read)),
            ("A running record of papers I read, with notes", Some(Label::Read)),
            ("Books and articles which have shaped how I weave", Some(Label::Read)),
            ("Articles read in 2024", Some(Label::Read)),
            ("Some links I really enjoyed this month", Some(Label::Read)),
            ("What I've been reading", Some(Label::Read)),
            ("Eine Liste der Bücher, die ich gelesen habe", Some(Label::Read)),
            ("Hier steht, was ich in diesem Jahr gelesen habe", Some(Label::Read)),
            ("La liste des livres que j'ai lus", Some(Label::Read)),
            ("Estos son los libros que leí en 2011", Some(Label::Read)),
            ("Lista de libros que he leído", Some(Label::Read)),
            ("Os livros que li este ano", Some(Label::Read)),
            ("A list of books I want to read", Some(Label::ToRead)),
            ("Papers I haven't read yet", Some(Label::ToRead)),
            ("Things to read on the train", Some(Label::ToRead)),
            ("Articles I'd like to read some day", Some(Label::ToRead)),
            ("Bücher, die ich noch lesen will", Some(Label::ToRead)),
            ("Les livres que je veux lire", Some(Label::ToRead)),
            ("Libros que quiero leer", Some(Label::ToRead)),
            ("Livros que quero ler", Some(Label::ToRead)),
            ("Books I am reading at the moment", Some(Label::Reading)),
            ("Lo que estoy leyendo", Some(Label::Reading)),
            ("A list of books I have read or want to read", Some(Label::List)),
            ("Texts I have to read for May", Some(Label::ToRead)),
            ("The loom was broken when I read that", None),
            ("Books he read", None),
            ("A list of looms", None),
            ("I read a lot this year", None),
            ("Books about weaving that everybody should own", None),
            ("How to read a paper", None),
            ("These links are useful", None),
            ("The list of servers which read from the queue", None),
            ("A collection of tools that I use", None),
            ("", None),
        ] {
            assert_eq!(label(text), wanted, "{text}");
        }
    }
}

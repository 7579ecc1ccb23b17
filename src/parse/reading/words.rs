//! Words for the state of something to read, in English, German, French, Spanish and Portuguese.
//!
//! One small grammar serves headings, tags, and the words before, after and below a link: a *saying* is a core (`read`,
//! `unread`, `gave up`), perhaps modified by `not` or `half`, among filler words (`already`, `twice`, a day).
//! Words are compared without accents. The text around a saying is handled by [`super::own`] and [`super::labels`].
//! Over 400 lines because the tables of words are kept in one piece.

use std::collections::HashMap;
use std::sync::LazyLock;

use chrono::NaiveDate;

use crate::model::ReadingState;
use crate::model::phrases;
use crate::model::phrases::Phrases;
use crate::model::words::fold;
use crate::parse::reading::verbs;
use crate::parse::reading::verbs::Core;

const CORES: &[(Core, &str)] = &[
    (
        Core::ToRead,
        "to read, toread, to reread, to re read, towatch, tolisten, to be read, tbr, unread, must read, read later, read next, read soon, to watch, \
         watch later, to listen, to listen to, to study, to do, todo, want to read, want to watch, \
         should read, need to read, have to read, will read, going to read, plan to read, yet to read, \
         yet to be read, read it later, not started, not yet, up next, zu lesen, noch lesen, spater lesen, \
         ungelesen, will ich lesen, will lesen, mochte ich lesen, muss ich lesen, muss ich noch lesen, \
         als nachstes, als nachstes lesen, lesen, noch offen, a lire, lire plus tard, non lu, non lue, \
         non lus, non lues, a voir, a regarder, a ecouter, veux lire, je veux lire, dois lire, envie de lire, \
         por leer, para leer, leer despues, leer mas tarde, sin leer, pendiente, pendientes, \
         pendiente de leer, pendientes de leer, quiero leer, quisiera leer, por ver, tengo que leer, para ler, \
         por ler, ler depois, ler mais tarde, quero ler, a ler depois, preciso ler, sem ler, in queue, in the queue, \
         queued, unwatched, on my list, on the list, about to read, about to watch, planning to read, \
         planning to watch, plan to watch, must watch, for later, saved for later, want to read next, \
         next up, need to reread, need to re read, for the weekend, saved for the weekend, bookmarked for later, bookmarked, \
         for tomorrow, for tonight, for next week, want to see, worth reading, worth watching, someday, \
         will ich ansehen, will ich mir ansehen, will ich anschauen, will ich mir anschauen, que je lise, muss ich mir ansehen, muss ich mir anschauen, muss ich ansehen, muss ich anschauen, \
         il faut que je lise, il faut lire, no lei, nao li",
    ),
    (
        Core::Read,
        "read, reread, re read, watched, rewatched, listened, listened to, skimmed, finished reading, \
         finished watching, done reading, fully read, gelesen, gelesene, gelesenen, durchgelesen, ausgelesen, \
         angeschaut, angesehen, gesehen, gehort, angehort, fertig gelesen, zu ende gelesen, lu, lue, lus, \
         lues, relu, relue, vu, vue, vus, vues, regarde, regardee, ecoute, ecoutee, leido, leida, leidos, \
         leidas, releido, visto, vista, vistos, vistas, escuchado, escuche, que vi, he visto, ya lei, lo lei, la lei, los lei, las lei, que lei, leimos, lo leimos, que leimos, hemos leido, he leido, acabo de leer, termine de leer, acabe de leer, lido, lida, lidos, lidas, \
         relido, ouvido, assistido, assisti, ouvi, eu vi, ja li, eu li, que li, lemos, que lemos, tenho lido, acabei de ler, terminei de ler, nous avons lu, on a lu, j'ai relu, fini de lire, fini la lecture, \
         termine la lecture, ich las, las ich, wir lasen, fertiggelesen, geschaut, loved it, loved this, enjoyed it, enjoyed this, \
         liked it, hated it, uberflogen, lei, read and liked, read and disliked, read and loved, seen it, seen this, seen it before",
    ),
    (
        Core::Finish,
        "finished, finish, done, completed, complete, fertig, erledigt, beendet, termine, terminee, termines, \
         terminees, fini, finie, finis, finies, terminado, terminada, terminados, terminadas, terminei, \
         acabado, acabada, acabei, concluido, concluida, got through, made it through, made it to the end of",
    ),
    (
        Core::Start,
        "started, start, begun, began, angefangen, begonnen, commence, commencee, commences, empezado, \
         empezada, empezados, empece, comecado, comecada, comecei",
    ),
    (
        Core::Reading,
        "reading, watching, listening to, currently reading, still reading, started reading, am lesen, lese gerade, \
             lese ich, ich lese, wird gelesen, en cours de lecture, je lis, en train de lire, mi lu, leyendo, lendo, \
             estou a ler, rereading, re reading, rewatching, in the middle of, a third into, a third in, about a third into, \
             about a third in, half into, half in, about half in, two thirds in, two thirds into, a quarter in, a quarter into, \
             half done with, partway through, part way through, started not finished, started but not finished",
    ),
    (
        Core::UnderWay,
        "in progress, started into, making my way through, working my way through, diving into, dipping into, half way, halfway, midway, mid way, half way through, halfway through, unfinished, halb durch, \
             zur halfte, in arbeit, en cours, a moitie, a medias, en curso, en progreso, por la mitad, a la mitad, \
             em andamento, em curso, pela metade, no meio, on hold, paused, pausiert, en pause, en pausa, em pausa",
    ),
    (
        Core::Drop,
        "dropped, abandoned, left after, walked out after, bailed, bailed on, skip, nah, nope, not for us, kein interesse, brauche ich nicht, brauche ich doch nicht, gave up, given up, gave up on, giving up, gave it up, stopped, skipped, rejected, \
         lost interest, not for me, not worth it, abgebrochen, aufgegeben, verworfen, abandonne, abandonnee, \
         abandonnes, abandonnees, laisse tomber, abandonado, abandonada, abandonados, descartado, descartada, \
         dejado, dejada, dejados, dejadas, dejados a medias, dejado a medias, lo deje, la deje, desisti, larguei, no longer relevant, not relevant, not interested, \
         no longer interested, no interest",
    ),
    (
        Core::DropReading,
        "dnf, not bothering, not bothering with, stopped reading, gave up reading, will not read, won't read, not going to read, not reading, \
         nicht fertig gelesen, nicht zu ende gelesen, lese ich nicht, did not finish, didn't finish, \
         didnt finish, could not finish, couldn't finish, nao terminei, no lo termine, put away, put it away, put it down, couldn't get into, could not get into, \
         can't get into, didn't get into, bounced off, don't bother, don't bother with, too hard for now, walked out",
    ),
];

/// Words that negate a core.
static NOT: Phrases = Phrases::new(
    "not, haven't, havent, hasn't, didn't, didnt, don't, isn't, wasn't, couldn't, never, nicht, nie, pas, \
         jamais, non, no, nunca, nao, sin, sem, niet, nooit, geen",
);

/// Words for a wish or duty: `muss ich noch lesen`.
static WISHES: Phrases = Phrases::new(
    "meant, want, wanna, wants, wanted, need, must, should, will, gotta, hope, plan, like, would, going, muss, will, mochte, sollte, soll, werde, wollte, \
         dois, veux, vais, faut, faudra, faudrait, reste, voudrais, aimerais, quiero, quisiera, tengo, debo, voy, hay, quero, preciso, tenho, vou, devo, falta, \
         moet, moeten, wil, ga, zou, willen, voglio, vorrei, bisogna, resta, te, da, zu, to, a, por, para, per",
);

/// Words before `later`.
static PERHAPS: Phrases = Phrases::new(
    "magari, vielleicht, misschien, quizas, talvez, noch, still, and, und, et, also, this, it, all, das, ca, lo, isso, for, fur, para, per, voor, pour",
);

/// Infinitives that are nouns or instructions without a wish.
static NOUNS: Phrases = Phrases::new("watch, rewatch, skim, listen, peruse, study, devour");

/// Words that mean that a part is left to read.
static HALF: Phrases = Phrases::new(
    "half, part, parts, partly, partially, halb, teilweise, moitie, mitad, metade, parcialmente, \
         partiellement, mostly",
);

/// Parts of reading matter: whoever has read chapter 3 is still reading.
static PARTS: Phrases = Phrases::new(
    "chapter, chapters, ch, pages, part, parts, section, sections, kapitel, chapitre, chapitres, capitulo, capitulos",
);

/// Filler words, which are ignored.
static FILLERS: Phrases = Phrases::new(
    "already, again, continued, twice, once, thrice, time, times, finally, just, now, recently, today, yesterday, \
         tonight, it, this, that, them, all, whole, entire, i, i've, ive, i'm, im, we, we've, have, has, had, \
         did, was, were, been, am, are, is, also, still, yet, so, far, in, on, at, of, the, my, our, a, last, \
         week, weeks, month, months, year, years, weekend, morning, evening, night, ago, through, fully, \
         completely, during, cover, to, end, and, currently, really, status, state, quickly, one, first, second, \
         third, carefully, properly, schon, bereits, mal, zweimal, einmal, noch, ich, habe, hab, haben, wir, \
         heute, gestern, endlich, gerade, wieder, im, letzte, letzten, woche, monat, jahr, es, alles, ganz, \
         wurde, ist, und, das, den, der, die, zur, deja, fois, deux, enfin, j'ai, je, l'ai, ai, hier, encore, \
         ce, cette, mois, semaine, annee, en, le, la, les, tout, ete, n'ai, est, recemment, et, ya, dos, \
         veces, vez, otra, por, fin, hoy, ayer, he, este, esta, mes, semana, lo, los, las, aun, todavia, el, \
         del, de, recientemente, y, ja, duas, vezes, hoje, ontem, finalmente, neste, o, os, as, ainda, eu, \
         foi, fui, tudo, em, um, uma, e, january, february, march, april, may, june, july, august, september, \
         october, november, december, jan, feb, mar, apr, jun, jul, aug, sep, sept, oct, nov, dec, monday, \
         tuesday, wednesday, thursday, friday, saturday, sunday, mon, tue, wed, thu, fri, sat, sun, januar, \
         februar, marz, mai, juni, juli, oktober, dezember, janvier, fevrier, mars, avril, juin, juillet, \
         aout, septembre, octobre, novembre, decembre, enero, febrero, marzo, abril, mayo, junio, julio, \
         agosto, septiembre, octubre, noviembre, diciembre, janeiro, fevereiro, marco, maio, junho, julho, \
         setembro, outubro, novembro, dezembro, zuletzt, \
         al, weer, net, nog, eens, deze, dit, dat, het, de, een, ik, heb, hebben, vandaag, gisteren, eindelijk, maand, jaar, vorige, afgelopen, helemaal, \
         ook, gisteravond, vanavond, keer, nu, onlangs, zojuist, ben, van, gia, ancora, di, nuovo, questo, questa, settimana, mese, anno, ieri, oggi, \
         abbiamo, il, gli, due, volte, appena, scorsa, scorso, recentemente, stasera, januari, februari, maart, mei, augustus, gennaio, febbraio, marzo, \
         aprile, maggio, giugno, luglio, settembre, ottobre, novembre, dicembre, montag, dienstag, mittwoch, donnerstag, freitag, samstag, sonntag, \
         maandag, dinsdag, woensdag, donderdag, vrijdag, zaterdag, zondag, lundi, mardi, mercredi, jeudi, vendredi, samedi, dimanche, lunes, martes, \
         miercoles, jueves, viernes, sabado, domingo, segunda, terca, quarta, quinta, sexta, lunedi, martedi, mercoledi, giovedi, venerdi, domenica, \
         direkt, auch, nun, jetzt, mir, mich, meu, minha, avons, avoir, nous, on, vite, rapidement, rapido, rapidamente, kurz, komplett, vorhin, soeben, magari, vielleicht, misschien, quizas, talvez",
);

/// The meaning of some words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Saying {
    pub(super) state: ReadingState,
    /// The core as written, in lower case.
    pub(super) word: String,
    /// The core with its modifiers: `not read`, `half read`.
    pub(super) shown: String,
    /// Also used for work: `finished`, `started`, `dropped`.
    pub(super) generic: bool,
    /// Just `read`, which may be past tense or an instruction.
    pub(super) bare_read: bool,
    /// The byte after the core.
    pub(super) core_end: usize,
    /// The byte after it and its filler words.
    pub(super) end: usize,
    /// A day within it.
    pub(super) day: Option<NaiveDate>,
}

/// A word of a text: folded, with its span.
#[derive(Debug, Clone)]
struct Word {
    text: String,
    start: usize,
    end: usize,
}

/// The words of a text, folded as far as somebody asks for them: most texts are given up after the first few.
struct Words<'t> {
    text: &'t str,
    found: Vec<Word>,
    /// Up to where the text has been read.
    at: usize,
}

impl<'t> Words<'t> {
    const fn new(text: &'t str) -> Self {
        Self { text, found: Vec::new(), at: 0 }
    }

    fn get(&mut self, index: usize) -> Option<&Word> {
        while self.found.len() <= index {
            let word = self.next()?;
            self.found.push(word);
        }
        self.found.get(index)
    }

    fn next(&mut self) -> Option<Word> {
        let inside = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '\u{2019}');
        loop {
            let rest = self.text.get(self.at..)?;
            let start = self.at + rest.find(inside)?;
            let rest = self.text.get(start..)?;
            let end = rest.find(|c| !inside(c)).map_or(self.text.len(), |len| start + len);
            self.at = end;
            let word = fold(self.text.get(start..end)?);
            let word = word.trim_matches('\'');
            if !word.is_empty() {
                return Some(Word { text: word.to_owned(), start, end });
            }
        }
    }
}

/// The saying that is the whole text; `None` if there are other words.
pub(super) fn whole(text: &str) -> Option<Saying> {
    whole_with(text, None)
}

/// As [`whole`], with additional filler words.
pub(super) fn whole_with(text: &str, more: Option<&Phrases>) -> Option<Saying> {
    if text.len() > 120 {
        return None;
    }
    let saying = read(text, more)?;
    let rest = text.get(saying.end..).unwrap_or("");
    rest.chars().all(|c| !c.is_alphanumeric()).then_some(saying)
}

/// The saying at the beginning of a text.
pub(super) fn beginning(text: &str) -> Option<Saying> {
    let cut = text.floor_char_boundary(160);
    read(text.get(..cut).unwrap_or(text), None)
}

fn read(text: &str, more: Option<&Phrases>) -> Option<Saying> {
    let mut words = Words::new(text);
    let mut core: Option<(Core, usize, usize)> = None;
    let (mut not, mut half, mut done, mut wish) = (false, false, false, false);
    let mut turned: Option<(usize, usize)> = None;
    let (mut end, mut at) = (0, 0);
    while let Some(word) = words.get(at) {
        let word = word.clone();
        // a saying may contain spaces, dashes, commas and brackets; a colon ends it
        let between = text.get(end..word.start).unwrap_or("");
        if end > 0 && core.is_some() && between.contains([':', '.', ';', '|', '→', '>', '"', '“', '\n', '/']) {
            let dotted = between == "." || between == "/";
            if !(dotted && word.text.starts_with(|c: char| c.is_ascii_digit())) {
                break;
            }
        }
        let longest = core.is_none().then(|| longest_core(&mut words, at)).flatten();
        if let Some((found, len)) = longest {
            core = Some((found, at, len));
            at += len;
        } else if core.is_some_and(|(core, ..)| core == Core::Read)
            && matches!(word.text.as_str(), "later" | "next" | "spater" | "soon")
        {
            return None;
        } else if NOT.has(&word.text) && !done {
            // after the core, `no` is Portuguese for `in the`
            if core.is_none() || word.text != "no" {
                not = true;
                turned = turned.or(Some((word.start, word.end)));
            }
            at += 1;
        } else if core.is_some_and(|(core, ..)| matches!(core, Core::Read | Core::Finish))
            && PARTS.has(&word.text)
            && words.get(at + 1).is_some_and(|next| next.text.starts_with(|c: char| c.is_ascii_digit()))
        {
            // `finished chapters 1-12`
            half = true;
            at += 1;
        } else if HALF.has(&word.text) || is_some_of(&mut words, at) || word.text == "meta" && core.is_some() {
            half = true;
            turned = turned.or(Some((word.start, word.end)));
            at += 1;
        } else if core.is_none() && WISHES.has(&word.text) {
            wish = true;
            at += 1;
        } else if FILLERS.has(&word.text)
            || more.is_some_and(|more| more.has(&word.text))
            || word.text.starts_with(|c: char| c.is_ascii_digit())
        {
            at += 1;
        } else {
            break;
        }
        end = words.get(at.saturating_sub(1)).map_or(end, |word| word.end);
        done = core.is_some_and(|(core, ..)| core != Core::Read);
    }
    let (core, first, len) = core?;
    words.get(first + len);
    let words = words.found;
    let written = words.get(first..first + len)?;
    let core_span = (written.first()?.start, written.last()?.end);
    let word = text.get(core_span.0..core_span.1)?.to_lowercase();
    let (from, to) = turned.map_or(core_span, |(from, to)| (from.min(core_span.0), to.max(core_span.1)));
    let shown = text.get(from..to)?.to_lowercase();
    let did =
        words.iter().take(first).any(|word| matches!(word.text.as_str(), "did" | "didn't" | "didnt" | "couldn't"));
    let never = turned
        .and_then(|(from, to)| text.get(from..to))
        .is_some_and(|word| matches!(fold(word).as_str(), "never" | "nie" | "jamais" | "nunca"));
    let before = first.checked_sub(1).and_then(|at| words.get(at)).map_or("", |word| word.text.as_str());
    // `will` and `need` belong to an infinitive; the small words are ignored everywhere else
    let wish_for = core == Core::Infinitive || matches!(core, Core::ToRead | Core::Read) && written.len() == 1;
    if wish && !wish_for && words.iter().take(first).any(|word| WISHES.has(&word.text) && !FILLERS.has(&word.text)) {
        return None;
    }
    let is_english = matches!(word.as_str(), "read" | "reread" | "re-read");
    let state = match (core, not, half) {
        // `ten years later` tells of time
        (Core::Later, ..) if !words.iter().take(first).all(|word| PERHAPS.has(&word.text)) => return None,
        // `haven't watch yet`
        (Core::Infinitive, true, _) if NOUNS.has(&word) => ReadingState::ToRead,
        // `nicht lesen`, `not a read`: it is there for something else
        (Core::Infinitive, true, _) if !wish => ReadingState::Reference,
        (Core::ToRead, true, _) if word == "lesen" && !wish => ReadingState::Reference,
        (Core::Read, true, _) if is_english && before == "a" => ReadingState::Reference,
        (Core::Infinitive, true, _) => ReadingState::Dropped,
        (Core::Infinitive, ..) if !wish && NOUNS.has(&word) => return None,
        (Core::Read, false, false) if is_english && wish => ReadingState::ToRead,
        (Core::Read, ..) if !is_english && wish && !words.iter().take(first).all(|word| FILLERS.has(&word.text)) => {
            return None;
        }
        // `not done` is not begun, `not finished` is
        (Core::Finish, true, false) if !did && matches!(word.as_str(), "done" | "erledigt") => ReadingState::ToRead,
        (Core::Read | Core::Finish, false, true) => ReadingState::Reading,
        (Core::Read, true, true) | (Core::Finish, true, _) if !did && !never => ReadingState::Reading,
        (Core::Finish, true, _) => ReadingState::Dropped,
        (Core::Read | Core::Start, true, _) | (Core::ToRead | Core::Infinitive | Core::Later, ..) => {
            ReadingState::ToRead
        }
        (Core::Read | Core::Finish, false, false) => ReadingState::Read,
        (Core::Start | Core::Reading | Core::UnderWay, false, _) => ReadingState::Reading,
        (Core::Reading | Core::UnderWay, true, _) => ReadingState::ToRead,
        (Core::Drop, true, _) => return None,
        (Core::Drop | Core::DropReading, ..) => ReadingState::Dropped,
    };
    let generic = matches!(core, Core::Finish | Core::Start | Core::UnderWay | Core::Drop | Core::Later)
        || core == Core::Infinitive && !wish
        || matches!(word.as_str(), "to do" | "todo");
    let fillers = first > 0 || words.get(first + len).is_some_and(|next| next.end <= end);
    let bare_read = core == Core::Read && word == "read" && !not && !half && !fillers;
    let day = text.get(..end).and_then(day);
    Some(Saying { state, word, shown, generic, bare_read, core_end: core_span.1, end, day })
}

/// The phrases of all cores by their first word, in the order of the table.
static BY_FIRST_WORD: LazyLock<HashMap<String, Vec<(Core, String)>>> = LazyLock::new(|| {
    let mut found: HashMap<String, Vec<(Core, String)>> = HashMap::new();
    let table = CORES.iter().flat_map(|(core, all)| phrases::split(all).map(move |phrase| (*core, phrase.to_owned())));
    for (core, phrase) in table.chain(verbs::phrases()) {
        let first = phrase.split(' ').next().unwrap_or(&phrase).to_owned();
        found.entry(first).or_default().push((core, phrase));
    }
    found
});

/// True for `not`, `haven't` and the like.
pub(super) fn denies(word: &str) -> bool {
    NOT.has(word)
}

/// True for a word with which some phrase about reading begins: `read`, `watching`, `unread`.
pub(super) fn is_about_reading(word: &str) -> bool {
    BY_FIRST_WORD.get(word).is_some_and(|cores| cores.iter().any(|(_, phrase)| *phrase == word))
}

/// A saying somewhere in a clause, with the words around it.
#[derive(Debug)]
pub(super) struct Within {
    pub(super) saying: Saying,
    /// The byte where it begins, with what modifies it.
    pub(super) start: usize,
}

/// The sayings that begin at some word of a clause, the first ones first. A clause is short.
pub(super) fn within(clause: &str) -> Vec<Within> {
    let mut words = Words::new(clause);
    let mut found: Vec<Within> = Vec::new();
    let (mut at, mut from) = (0, None);
    while let Some(word) = words.get(at) {
        let (start, modifies) = (word.start, NOT.has(&word.text) || HALF.has(&word.text) || WISHES.has(&word.text));
        let ignored = FILLERS.has(&word.text);
        if longest_core(&mut words, at).is_some() {
            let start = from.take().unwrap_or(start);
            let saying = clause.get(start..).and_then(|rest| read(rest, None));
            if let Some(saying) = saying {
                let end = start + saying.core_end;
                found.push(Within { saying, start });
                while words.get(at).is_some_and(|word| word.start < end) {
                    at += 1;
                }
                continue;
            }
        } else if modifies || ignored {
            from = from.or(Some(start));
            at += 1;
            continue;
        }
        from = None;
        at += 1;
    }
    found
}

/// True for a word for a wish or duty: `muss`, `want`.
pub(super) fn wishes(word: &str) -> bool {
    WISHES.has(word)
}

/// True for a word that says nothing by itself: `again`, `today`.
pub(super) fn is_filler(word: &str) -> bool {
    FILLERS.has(word)
}

/// `read some of it`
fn is_some_of(words: &mut Words<'_>, at: usize) -> bool {
    let mut is = |at: usize, text: &str| words.get(at).is_some_and(|word| word.text == text);
    is(at, "some") && is(at + 1, "of")
}

fn longest_core(words: &mut Words<'_>, at: usize) -> Option<(Core, usize)> {
    let cores = BY_FIRST_WORD.get(words.get(at)?.text.as_str())?;
    let mut fits = |phrase: &str| {
        let mut len = 0;
        for part in phrase.split(' ') {
            if words.get(at + len)?.text != part {
                return None;
            }
            len += 1;
        }
        Some(len)
    };
    // the first one of the same length counts
    cores.iter().rev().filter_map(|(core, phrase)| Some((*core, fits(phrase)?))).max_by_key(|(_, len)| *len)
}

/// The first date of the form `2026-11-04` in a text.
pub(super) fn day(text: &str) -> Option<NaiveDate> {
    let starts = text.char_indices().filter(|(_, c)| c.is_ascii_digit());
    starts.filter_map(|(at, _)| text.get(at..at + 10)).find_map(|day| NaiveDate::parse_from_str(day, "%Y-%m-%d").ok())
}

/// The saying in a tag: `#toread`, `#status/reading`.
pub(super) fn tag(name: &str) -> Option<Saying> {
    let last = name.rsplit('/').next().unwrap_or(name);
    whole(&last.replace(['-', '_'], " ")).filter(|saying| saying.word != "todo" || !name.contains('/'))
}

/// Words of judgement.
static JUDGING: Phrases = Phrases::new(
    "good, great, nice, excellent, interesting, useful, boring, dull, brilliant, best, worth, liked, \
         loved, enjoyed, hated, disappointing, disagree, agree, clear, dry, shallow, deep, insightful, \
         overrated, underrated, meh, fine, fun, funny, learned, learnt, dense, readable, wordy, thorough, \
         helpful, useless, outdated, dated, confusing, convincing, unconvincing, inspiring, superb, solid, \
         weak, strong, bad, poor, terrible, wonderful, lovely, amazing, recommend, recommended, nothing, \
         favourite, favorite, beautiful, practical, tedious, entertaining, impressive, informative, gut, \
         guter, gutes, gute, interessant, spannend, langweilig, nutzlich, hilfreich, lesenswert, sehenswert, \
         schwach, toll, super, schon, enttauschend, empfehlenswert, klar, trocken, veraltet, bon, bonne, \
         interessante, utile, ennuyeux, genial, decevant, passionnant, clair, long, bueno, buena, util, \
         aburrido, excelente, decepcionante, claro, awesome, fascinating, fantastic, incredible, compelling, gripping, delightful, hilarious, \
         refreshing, stunning, marvelous, marvellous, fabulous, neat, cool, insane, depressing, faszinierend, grossartig, witzig, lustig, fesselnd, \
         klasse, lehrreich, fascinant, fascinante, captivant, formidable, remarquable, instructif, drole, increible, magnifico, maravilloso, \
         estupendo, divertido, incrivel, fantastico, maravilhoso, sensacional, moyen, moyenne, bof, bom, boa, otimo, chato, interesante, recomendable",
);

/// True for words among which one judges: `boring`, `a good one`, `👍`.
pub(super) fn judges(text: &str) -> bool {
    let folded = fold(text);
    folded.split(|c: char| !c.is_alphanumeric()).any(|word| JUDGING.has(word)) || text.contains(['👍', '👎'])
}

/// True for stars and `4/5`: whoever rates a thing has read it.
pub(super) fn is_rating(text: &str) -> bool {
    let text =
        text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | ',' | '.' | '-' | '–'));
    let text = fold(text);
    let text = [
        "rating",
        "rated",
        "my rating",
        "score",
        "my score",
        "note",
        "ma note",
        "nota",
        "mi nota",
        "minha nota",
        "bewertung",
        "wertung",
    ]
    .iter()
    .find_map(|word| text.strip_prefix(word))
    .unwrap_or(&text)
    .trim_start_matches([':', ' ']);
    let stars = text.chars().all(|c| matches!(c, '★' | '☆' | '⭐' | '🌟' | '½' | '\u{FE0F}' | ' '));
    if stars && text.contains(['★', '⭐', '🌟']) {
        return true;
    }
    let Some((of, out_of)) = text.split_once('/') else { return false };
    let number = of.trim().replace(',', ".").parse::<f32>();
    matches!(out_of.trim(), "5" | "10") && number.is_ok_and(|number: f32| (0.0..=10.0).contains(&number))
}

/// True for a part of reading matter and nothing else: `p. 120`, `ch 6`, `h2`, `Kapitel 3`.
pub(super) fn is_part(text: &str) -> bool {
    let text = fold(text);
    let text = text.trim_start_matches("bis ").trim_start_matches("up to ").trim_start_matches("tot ");
    let number = text.trim_start_matches(|c: char| c.is_alphabetic() || c == '.' || c == ' ' || c == '§');
    let name = text.get(..text.len() - number.len()).unwrap_or("").trim_matches([' ', '.']);
    let parts = [
        "p",
        "pg",
        "pag",
        "page",
        "s",
        "seite",
        "ch",
        "chap",
        "chapter",
        "chapters",
        "kap",
        "kapitel",
        "h",
        "hfst",
        "hoofdstuk",
        "blz",
        "chapitre",
        "cap",
        "capitulo",
        "capitolo",
        "lesson",
        "lektion",
        "part",
        "teil",
        "sec",
        "section",
        "abschnitt",
        "episode",
        "folge",
        "unit",
        "week",
        "pagina",
    ];
    parts.contains(&name)
        && !number.is_empty()
        && number.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '–' | ',' | '.' | ' '))
}

/// Progress: `30%`, `p. 340/900`, `page 12 of 80`, `on page 210`, `two episodes to go`. The full amount means read, zero means to read.
pub(super) fn progress(text: &str) -> Option<ReadingState> {
    let text = fold(text);
    let text = text.trim_matches(|c: char| !c.is_alphanumeric() && c != '%');
    let of = |part: u32, all: u32| match part {
        _ if all == 0 || part > all => None,
        0 => Some(ReadingState::ToRead),
        part if part == all => Some(ReadingState::Read),
        _ => Some(ReadingState::Reading),
    };
    if matches!(text, "half" | "halb" | "halfway" | "moitie" | "mitad" | "meta" | "metade" | "half done" | "half of it")
    {
        return Some(ReadingState::Reading);
    }
    // `first 20 minutes`, `nur die ersten 10 min`, `2 pages in`
    let parts = |word: &str| {
        let unit = word.trim_start_matches(|c: char| c.is_ascii_digit());
        matches!(
            unit,
            "min"
                | "mins"
                | "minutes"
                | "minuten"
                | "minuti"
                | "minutos"
                | "pages"
                | "seiten"
                | "paginas"
                | "pagine"
                | "chapters"
                | "kapitel"
                | "h"
                | "paragraphs"
                | "paras"
                | "sections"
        )
    };
    let few: Vec<&str> = text.split_whitespace().take(8).collect();
    let begins = few.iter().take(3).any(|word| {
        matches!(
            *word,
            "first"
                | "ersten"
                | "erste"
                | "premieres"
                | "premiers"
                | "primeros"
                | "primeras"
                | "primi"
                | "prime"
                | "primeiros"
                | "eerste"
        )
    });
    let number = |word: &&str| word.starts_with(|c: char| c.is_ascii_digit());
    if begins && few.len() <= 5 && few.iter().any(number) && few.iter().any(|word| parts(word))
        || few.len() == 3
            && few.first().is_some_and(number)
            && few.last() == Some(&"in")
            && few.get(1).is_some_and(|word| parts(word))
    {
        return Some(ReadingState::Reading);
    }
    // `1/3 in`, `lesson 2 of 14`
    if let Some((part, all)) =
        text.strip_suffix(" in").or_else(|| text.strip_suffix(" through")).and_then(|part| part.split_once('/'))
    {
        return of(part.trim().parse().ok()?, all.trim().parse().ok()?);
    }
    let percent = text.strip_suffix('%').map(str::trim_end);
    if let Some(percent) = percent.and_then(|percent| percent.parse().ok()) {
        return of(percent, 100);
    }
    let said: Vec<&str> = text.split_whitespace().collect();
    let number = |word: &&str| word.trim_end_matches(',').parse().is_ok_and(|page: u32| page > 0);
    // `on page 210`
    let said: Vec<&str> =
        said.iter().enumerate().filter(|(at, word)| !(*at == 1 && **word == "la")).map(|(_, word)| *word).collect();
    if let ["on" | "at" | "auf" | "bei" | "en" | "na", words @ ..] | ["a", "la", words @ ..] = said.as_slice()
        && let ["page" | "p" | "p." | "seite" | "pagina" | "chapter" | "kapitel" | "chapitre" | "capitulo", page] =
            words
        && number(page)
    {
        return Some(ReadingState::Reading);
    }
    // `two episodes to go`, `3 chapters left`
    if let [.., "to", "go"] | [.., "left" | "remaining"] = said.as_slice() {
        let parts =
            ["episode", "episodes", "chapter", "chapters", "page", "pages", "part", "parts", "hours", "lectures"];
        return (said.len() <= 8 && said.iter().any(|word| parts.contains(word))).then_some(ReadingState::Reading);
    }
    let (first, rest) = text.split_once([' ', '.'])?;
    if ![
        "p",
        "pp",
        "page",
        "seite",
        "s",
        "pagina",
        "pag",
        "chapter",
        "ch",
        "kapitel",
        "lesson",
        "part",
        "teil",
        "episode",
        "folge",
        "unit",
        "hoofdstuk",
        "chapitre",
        "capitulo",
        "capitolo",
        "aula",
    ]
    .contains(&first)
    {
        return None;
    }
    let rest = rest.trim_start_matches([' ', '.']);
    let (part, all) = ["/", " of ", " von ", " sur ", " de "].iter().find_map(|mark| rest.split_once(mark))?;
    of(part.trim().parse().ok()?, all.trim().parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sayings() {
        use ReadingState::*;
        for (text, state) in [
            ("read", Some(Read)),
            ("already read twice", Some(Read)),
            ("read 2026-11-04", Some(Read)),
            ("read on 4 November", Some(Read)),
            ("I've finally finished it", Some(Read)),
            ("not read", Some(ToRead)),
            ("haven't read it yet", Some(ToRead)),
            ("did not read", Some(ToRead)),
            ("unread", Some(ToRead)),
            ("must read", Some(ToRead)),
            ("haven't finished", Some(Reading)),
            ("never finished", Some(Dropped)),
            ("not finished", Some(Reading)),
            ("didn't finish", Some(Dropped)),
            ("half way", Some(Reading)),
            ("half read", Some(Reading)),
            ("finished chapters 1-12", Some(Reading)),
            ("read chapter 3", Some(Reading)),
            ("started, not finished", Some(Reading)),
            ("next up", Some(ToRead)),
            ("put it away", Some(Dropped)),
            ("dejados a medias", Some(Dropped)),
            ("read half of it", Some(Reading)),
            ("read some of it", Some(Reading)),
            ("read it years ago", Some(Read)),
            ("seen it before", Some(Read)),
            ("not bothering with this one", Some(Dropped)),
            ("to re-read", Some(ToRead)),
            ("muss ich mir ansehen", Some(ToRead)),
            ("not done", Some(ToRead)),
            ("in queue", Some(ToRead)),
            ("unwatched", Some(ToRead)),
            ("about to read", Some(ToRead)),
            ("on hold", Some(Reading)),
            ("loved it!", Some(Read)),
            ("really enjoyed it", Some(Read)),
            ("no longer relevant", Some(Dropped)),
            ("not interested", Some(Dropped)),
            ("gave up", Some(Dropped)),
            ("abandoned", Some(Dropped)),
            ("noch nicht gelesen", Some(ToRead)),
            ("schon gelesen", Some(Read)),
            ("später lesen", Some(ToRead)),
            ("abgebrochen", Some(Dropped)),
            ("à lire", Some(ToRead)),
            ("pas encore lu", Some(ToRead)),
            ("déjà lu", Some(Read)),
            ("en cours", Some(Reading)),
            ("por leer", Some(ToRead)),
            ("no leído", Some(ToRead)),
            ("leídos", Some(Read)),
            ("a medias", Some(Reading)),
            ("não lido", Some(ToRead)),
            ("já lido", Some(Read)),
            ("para ler", Some(ToRead)),
            ("lo leí en mayo", Some(Read)),
            ("la leímos", Some(Read)),
            ("já li", Some(Read)),
            ("nous avons lu", Some(Read)),
            ("ich las es", Some(Read)),
            ("making my way through it", Some(Reading)),
            ("45 min", None),
            ("las reglas", None),
            ("reading group", None),
            ("read models", None),
            ("later", Some(ToRead)),
            ("magari dopo", Some(ToRead)),
            ("ten years later", None),
            ("a week later", None),
            ("it", None),
            ("", None),
        ] {
            assert_eq!(whole(text).map(|saying| saying.state), state, "{text}");
        }
    }

    #[test]
    fn tags_and_ratings() {
        assert_eq!(tag("to-read").map(|saying| saying.state), Some(ReadingState::ToRead));
        assert_eq!(tag("status/reading").map(|saying| saying.state), Some(ReadingState::Reading));
        assert_eq!(tag("loom"), None);
        for text in ["★★★★☆", "(4/5)", "⭐⭐⭐", "rating: 8/10", "3,5/5"] {
            assert!(is_rating(text), "{text}");
        }
        for (text, state) in [
            ("30%", Some(ReadingState::Reading)),
            ("100 %", Some(ReadingState::Read)),
            ("p. 340/900", Some(ReadingState::Reading)),
            ("page 12 of 80", Some(ReadingState::Reading)),
            ("on page 210", Some(ReadingState::Reading)),
            ("auf Seite 12", Some(ReadingState::Reading)),
            ("two episodes to go", Some(ReadingState::Reading)),
            ("3 chapters left", Some(ReadingState::Reading)),
            ("page left blank", None),
            ("a long way to go", None),
            ("300%", None),
            ("p. 12", None),
            ("4/5", None),
        ] {
            assert_eq!(progress(text), state, "{text}");
        }
        for text in ["4/12", "a/5", "", "part 4/5", "2026-11-04", "/5"] {
            assert!(!is_rating(text), "{text}");
        }
    }
}

//! What a heading, a group in a list or the name of a note says about the links under it.
//!
//! Over 400 lines because the tables of words belong next to the rules that use them.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::model::Note;
use crate::model::NotePath;
use crate::model::ReadingState;
use crate::model::Section;
use crate::model::TitleFrom;
use crate::model::phrases::Phrases;
use crate::model::phrases::by_phrase;
use crate::model::words::fold;
use crate::parse::dates;
use crate::parse::input::Input;
use crate::parse::reading::matter;
use crate::parse::reading::words;

/// What a label says about all links under it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    ToRead,
    ToLookAt,
    Reading,
    Read,
    Dropped,
    /// They are for reading, in an unknown state.
    List,
    /// They are sources, manuals, further reading.
    Reference,
}

impl Label {
    const fn of(state: ReadingState) -> Self {
        match state {
            ReadingState::ToRead => Self::ToRead,
            ReadingState::Reading => Self::Reading,
            ReadingState::Dropped => Self::Dropped,
            _ => Self::Read,
        }
    }
}

impl Label {
    /// The state of a link under it; `None` if the label does not give one.
    pub(super) const fn state(self) -> Option<ReadingState> {
        match self {
            Self::ToRead => Some(ReadingState::ToRead),
            Self::ToLookAt => Some(ReadingState::ToLookAt),
            Self::Reading => Some(ReadingState::Reading),
            Self::Read => Some(ReadingState::Read),
            Self::Dropped => Some(ReadingState::Dropped),
            Self::List | Self::Reference => None,
        }
    }
}

/// A label and its weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) label: Label,
    /// `Done`, `Later`, `Backlog` are used for anything: they count only in a reading list.
    pub(super) weak: bool,
}

/// In words; longer lines are text.
const MOST_WORDS: usize = 7;

/// Words that are ignored.
static FILLERS: Phrases = Phrases::new(
    "my, the, our, some, a, all, of, for, on, from, articles, article, books, book, papers, paper, links, link, \
    videos, video, talks, talk, blog, blogs, posts, post, podcasts, courses, things, stuff, items, and, these, \
    this, last, week, month, year, today, weekly, monthly, daily, q1, q2, q3, q4, in, during, artikel, bucher, \
    buch, texte, vortrage, meine, diese, diesen, mes, ma, livres, livre, liens, ces, mis, libros, libro, \
    articulos, articulo, enlaces, estos, minha, minhas, livros, livro, artigos, artigo, leitura, estes, \
    lecture, lectures, leseliste",
);

static MONTHS: Phrases = Phrases::new(
    "january, february, march, april, may, june, july, august, september, october, november, december, jan, \
    feb, mar, apr, jun, jul, aug, sep, sept, oct, nov, dec, januar, februar, marz, mai, juni, juli, oktober, \
    dezember, janvier, fevrier, mars, avril, juin, juillet, aout, septembre, octobre, novembre, decembre, \
    enero, febrero, marzo, abril, mayo, junio, julio, agosto, septiembre, octubre, noviembre, diciembre, \
    janeiro, fevereiro, marco, maio, junho, julho, setembro, outubro, novembro, dezembro",
);

static STRONG: LazyLock<HashMap<&str, Label>> = LazyLock::new(|| {
    by_phrase(&[
        (
            Label::ToRead,
            "to read, toread, to be read, tbr, tbr list, still to read, to read next, next to read, read next, \
    next reads, read later, to read later, want to read, i want to read, wish to read, must read, must reads, \
    should read, unread, not read yet, not yet read, reading queue, reading backlog, reading pile, pile, on pile, tbr pile, pile next, to read list, to study, \
    to read and watch, to read watch, to read or watch, read this, read first, read this first, read these first, \
    what i want to read, what i want to read next, what to read, what to read next, didn't get to, did not get to, worth reading, worth a read",
        ),
        (
            Label::ToLookAt,
            "should look at, to look at, look at, look at later, look into, to look into, should look into, take look, \
    take look at, have look, have look at, check out, checkout later, to check out, should check out, \
    to check, watch later, to watch, to watch later, want to watch, should watch, watchlist, watch list, \
    to listen, to listen to, listen later, worth look, worth watching, worth seeing, want to see, watch recording, missed watch recording, \
    someone should have look, someone should have look at, someone should look at, somebody should look at, merkliste, pour plus tard, might look at, to explore, open tabs, tabs open",
        ),
        (
            Label::Reading,
            "currently reading, reading now, now reading, reading currently, still reading, am reading, i am reading, \
    currently watching, started reading, working through, am working through, i'm working through, currently working through, started not finished, started but not finished",
        ),
        (
            Label::Read,
            "read, read recently, recently read, already read, have read, i have read, i've read, i read, what i read, \
    what i've read, what i have read, what was read, that i read, that i've read, finished reading, \
    done reading, read and watched, read watched, watched, watched recently, recently watched, i watched, \
    i've watched, what i watched, listened to, what did i read, what did we read, lectures de la semaine, lectures du mois, lecturas de la semana, lecturas del mes, leituras da semana, leituras do mes, letture della settimana, \
    letture del mese, lekture der woche, lekture des monats, gelesen und exzerpiert, gelesen exzerpiert, read in, read during, read so far, read already, reading log, \
    reading diary, reading journal, media log, media diary, media journal, media consumption, consumption log, book log, books log, watch log, \
    watching log, viewing log, film log, movie log, film diary, listening log, lesetagebuch, lesejournal, leseprotokoll, filmtagebuch, medientagebuch, \
    journal de lecture, journal de lectures, carnet de lecture, carnet de lectures, diario de lectura, diario de lecturas, registro de lecturas, \
    registro de lectura, diario de leitura, diario de leituras, registro de leituras, reads, recent reads, what we read, what we've read, what we have read, we read, we've read, \
    what we watched, i saw, i've seen, we saw, what i saw, i attended, we attended, attended, read and liked, read liked, \
    read and disliked, read disliked, read and enjoyed, read enjoyed, read and loved, read loved, recently finished, finished recently",
        ),
        (
            Label::Dropped,
            "did not finish, didn't finish, dnf, not going to read, won't read, stopped reading, abandoned, walked out, aussortiert, brauche ich nicht, brauche ich doch nicht, pas pour moi, descartados, dejados a medias, abandonados, abandonnes",
        ),
        (
            Label::List,
            "reading list, reading lists, readinglist, to read or not, reading material, reading materials, bookshelf, \
    reading inbox, leseliste, leselisten, lesestoff, lekture, lektureliste, lekturen, bucherliste, \
    liste de lecture, liste de lectures, liste lecture, lista de lectura, lista de lecturas, lista lectura, \
    lecturas, lista de leitura, lista de leituras, lista leitura, leituras",
        ),
        (Label::ToLookAt, "anschauen, ansehen, a voir, a regarder, a ecouter, por ver, para ver, a ver"),
        (Label::Read, "letzte lekture, gelesenes, lectures terminees, lectures recentes, lecturas terminadas"),
        (Label::Reading, "derzeitige lekture, lectures en cours, lecture en cours, lecturas en curso"),
        (
            Label::ToRead,
            "noch lesen, spater lesen, prochaines lectures, lectures en attente, proximas lecturas, lecturas pendientes, proximas leituras, leituras pendentes, prossime letture, letture in sospeso",
        ),
        (
            Label::Reference,
            "quellen, quelle, siehe auch, weiterfuhrend, voir aussi, bibliographie, fuentes, ver tambien, bibliografia, \
    fontes, ver tambem, references, reference, kept reference, kept as reference, sources, source, see also, \
    further reading, recommended reading, suggested reading, additional reading, background reading, \
    more reading, related reading, documentation, docs, manuals, resources, useful, useful resources, related, \
    bibliography, footnotes, contents, table contents, toc, navigation, external, more information, \
    learn more, read more, credits, acknowledgements, appendix, tools",
        ),
    ])
});

static WEAK: LazyLock<HashMap<&str, Label>> = LazyLock::new(|| {
    by_phrase(&[
        (
            Label::ToRead,
            "tonight, this weekend, weekend, for tonight, heute abend, am wochenende, ce soir, ce week end, vanavond, dit weekend, stasera, questo weekend, \
     wunschliste, merkzettel, liste d'envies, lista de deseos, lista de desejos, lista dei desideri, verlanglijst, queue, up next, next up, next, todo, to do, inbox, for, nightstand, on nightstand",
        ),
        (
            Label::ToLookAt,
            "backlog, later, someday, someday maybe, maybe, maybe later, interesting, under consideration, considering, radar, on radar, \
     on my radar, wishlist, wish list, might read, may read, candidates, shortlist, later or never, later never, for later, irgendwann, plus tard, mas tarde, mais tarde, algun dia",
        ),
        (
            Label::Reading,
            "reading, watching, listening, in progress, started, current, currently, doing, now, unfinished, dabei, bin dran, mittendrin, bezig, mee bezig, \
     nu bezig, sto leggendo, in corso",
        ),
        (Label::Read, "done, finished, completed, archive, archived, seen, heard"),
        (Label::Dropped, "dropped, rejected, skipped, gave up"),
    ])
});

/// Beginnings that may be followed by more words: `should look at for the loom`.
const BEGINNINGS: &[(Label, &str)] = &[
    (Label::ToLookAt, "should look at "),
    (Label::ToLookAt, "to look at "),
    (Label::ToRead, "to read "),
    (Label::ToRead, "want to read "),
    (Label::Read, "read recently "),
    (Label::Read, "recently read "),
    (Label::Read, "what i read "),
    (Label::List, "reading list "),
    (Label::List, "leseliste "),
    (Label::ToRead, "noch zu lesen "),
];

/// Operations on a record other than reading: next to headings with these, `Read` is an operation.
static OPERATIONS: Phrases = Phrases::new(
    "create, update, delete, write, insert, patch, put, remove, execute, append, edit, erase, schreiben, loschen, ecrire, \
     creer, escribir, crear, escrever, criar",
);

/// What may follow the name of an operation.
static OF_OPERATIONS: Phrases = Phrases::new(
    "access, permission, permissions, right, rights, operation, operations, request, requests, only, post, all",
);

/// True for the name of an operation: `Create`, `Write access`, `Update (PUT)`.
pub(super) fn is_operation(text: &str) -> bool {
    let words = normal(text);
    words.len() <= 3
        && words.first().is_some_and(|word| OPERATIONS.has(word))
        && words.iter().all(|word| OPERATIONS.has(word) || OF_OPERATIONS.has(word))
}

/// True if headings of the note separate links to read from links that were read.
pub(super) fn has_reading_sections(note: &Note) -> bool {
    has_sections_of(note, &[Label::ToRead, Label::Read, Label::Reading])
}

/// True if a heading of the note is one of these labels.
pub(super) fn has_sections_of(note: &Note, wanted: &[Label]) -> bool {
    let strong = |text: &str| classify(text).filter(|found| !found.weak).map(|found| found.label);
    let sections = note.sections.iter().take(50);
    sections
        .filter(|section| !is_busy(&section.text))
        .filter(|section| !(may_be_operation(&section.text) && is_among_operations(note, section)))
        .filter_map(|section| strong(&section.text))
        .any(|label| wanted.contains(&label))
}

/// True for a heading `Read` beside `Create`, `Write` and the like.
pub(super) fn is_among_operations(note: &Note, section: &Section) -> bool {
    let beside = note.sections.iter().filter(|other| other.parent == section.parent);
    let above = section.parent.and_then(|parent| note.sections.get(parent));
    beside.chain(above).any(|other| is_operation(&other.text))
}

/// True for just `Read`, which may be an operation.
pub(super) fn may_be_operation(text: &str) -> bool {
    matches!(normal(text).as_slice(), [word] if word == "read" || word == "lesen")
}

/// One of these is in each sentence of [`SENTENCES`]: a quick check before the search for all of them.
const SENTENCE_STEMS: [&str; 18] = [
    "read",
    "les",
    "lir",
    "leer",
    "ler",
    "watch",
    "listening",
    "finished",
    "geschaut",
    "ai lu",
    "leido",
    "lei",
    "li e",
    "que l",
    "ons lu",
    "on a lu",
    "las",
    "gelesen",
];

/// Beginnings of sentences above a list that give the state of everything below.
const SENTENCES: &[(Label, &str)] = &[
    (
        Label::ToRead,
        "i want to read, i plan to read, i'd like to read, i would like to read, i am going to read, i'm going to read, \
     i will read, i'll read, i intend to read, hope to read, haven't read yet, werde sie lesen, werde ich lesen, will ich lesen, \
     mochte ich lesen, ich noch lesen, bis nachstes mal lesen, bis zum nachsten mal lesen, bis nachste woche lesen, read before next time, to read for next time, je veux lire, je vais lire, que je lirai, quiero leer, voy a leer, quero ler, vou ler",
    ),
    (
        Label::Read,
        "what i read, what i've read, what i have read, what we read, what i watched, things i read, things i've read, books i read, \
     books i've read, articles i read, articles i've read, links i read, papers i read, papers i've read, i read this, \
     i've read this, i finished this, i've been reading, i've been watching, i've been listening, i have been reading, i have been watching, we've been reading, \
     we've been watching, was ich gelesen, ich gelesen habe, habe ich gelesen, ich geschaut habe, \
     j'ai lu, nous avons lu, on a lu, he leido, hemos leido, que lei, que leimos, lei en, lei este, li este, que li, li em, que lemos, \
     ich las, las ich, wir gelesen",
    ),
];

/// Chinese and Japanese labels, which are written without spaces.
const SIGNS: &[(Label, &str)] = &[
    (Label::List, "読みたい・読んだ, 読書リスト, 书单, 阅读清单, 閱讀清單"),
    (
        Label::Reading,
        "在学习的, 正在学, 学习中, 勉強中, 学習中, 読書中, 読み中, 読んでいる, 読んでる, 在读, 正在读, 在看",
    ),
    (
        Label::ToRead,
        "読みたい, 積読, 積ん読, あとで読む, 後で読む, これから読む, 読む予定, 未読, 待读, 想读, 要读, 未读, 稍后阅读, 稍后读, 待看",
    ),
    (
        Label::Read,
        "阅读记录, 读书记录, 读书日志, 阅读日志, 本周阅读, 本月阅读, 最近阅读, 読書記録, 読書日記, 読書ログ, 読んだ, 読了, 既読, 読み終, 已读, 读过, 读完, 读了, 看过, 已看",
    ),
    (Label::Dropped, "積読解消断念, 読むのをやめ, 弃读, 放弃"),
    (Label::Reference, "参考, 参照, 出典"),
];

/// The meaning of a Chinese or Japanese label.
pub(super) fn of_signs(text: &str) -> Option<Label> {
    if text.is_ascii() || !text.chars().any(is_sign) {
        return None;
    }
    SIGNS.iter().find(|(_, words)| words.split(", ").any(|word| text.contains(word))).map(|(label, _)| *label)
}

/// Kana and Chinese characters.
pub(super) const fn is_sign(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}')
}

/// The meaning of a label; `None` if it is not about reading.
pub(super) fn classify(text: &str) -> Option<Found> {
    if text.len() > 240 {
        return None;
    }
    let strong = |label| Found { label, weak: false };
    if let Some(label) = of_signs(text) {
        return (text.chars().count() <= 40).then(|| strong(label));
    }
    if let Some(found) = short(text) {
        return Some(found);
    }
    if let Some((first, _)) = text.split_once(" | ") {
        return short(first);
    }
    let said = normal(text).join(" ");
    if !SENTENCE_STEMS.iter().any(|stem| said.contains(stem)) {
        return None;
    }
    let says = |words: &str| words.split(", ").any(|words| said.contains(words));
    let spoken = SENTENCES.iter().find(|(_, words)| says(words)).map(|(label, _)| *label);
    spoken.filter(|_| !text.trim_end().ends_with(['?', '.'])).map(strong)
}

/// As [`classify`], for a label of few words.
fn short(text: &str) -> Option<Found> {
    if text.len() > 90 {
        return None;
    }
    let parts = normal(text);
    let whole = parts.join(" ");
    if let Some(label) = things_to_do(&parts) {
        return Some(Found { label, weak: false });
    }
    if parts.len() > MOST_WORDS || whole.is_empty() {
        return None;
    }
    let kept: Vec<&str> = parts.iter().map(String::as_str).filter(|word| !FILLERS.has(word)).collect();
    let kept = kept.join(" ");
    for form in [&whole, &kept] {
        let found = [(&STRONG, false), (&WEAK, true)].map(|(table, weak)| Some((*table.get(form.as_str())?, weak)));
        if let Some((label, weak)) = found.into_iter().flatten().next() {
            return Some(Found { label, weak });
        }
    }
    let operations = parts.iter().any(|word| OPERATIONS.has(word));
    // a library with that name
    let library = matches!(whole.as_str(), "vue" | "vista" | "vu");
    // kept, for whatever reason
    if whole == "bookmarked" {
        return None;
    }
    if let Some(saying) = words::whole_with(text, Some(&FILLERS)).filter(|_| !operations && !library) {
        let label = Label::of(saying.state);
        // `lesen` names a room, a list or an intention; `visto`, `pendientes` are used for anything
        let vague =
            ["lesen", "visto", "vista", "vu", "vue", "gesehen", "pendiente", "pendientes", "not yet", "noch offen"];
        let weak = saying.generic || vague.contains(&saying.word.as_str()) || saying.word.contains("als n");
        return Some(Found { label, weak });
    }
    // `Interesting links (haven't read yet)`
    let inside = text.trim_end().trim_end_matches(':').strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
    if let Some(saying) = inside.and_then(|(_, inside)| words::whole(inside)).filter(|saying| !saying.generic) {
        return Some(Found { label: Label::of(saying.state), weak: false });
    }
    let ends = [(" to read", Label::ToRead), (" to watch", Label::ToLookAt), (" reading list", Label::List)];
    let begins = BEGINNINGS.iter().find(|(_, start)| whole.starts_with(start)).map(|(label, _)| *label);
    let label = begins.or_else(|| ends.iter().find(|(end, _)| whole.ends_with(end)).map(|(_, label)| *label))?;
    Some(Found { label, weak: false })
}

/// `Blog posts to go through before the workshop`, `Things I didn't get round to`: things, and what is to be done with them.
fn things_to_do(said: &[String]) -> Option<Label> {
    static VERBS: Phrases = Phrases::new(
        "read, reread, watch, listen to, go through, get through, work through, look at, look into, look through, catch up on, catch up with, skim, study, check out, get to, \
         get round to, get around to, finish",
    );
    static WHEN: Phrases = Phrases::new(
        "before, for, by, this, next, until, on, in, during, over, when, later, soon, some, tomorrow, tonight, again, first, after, yet, still",
    );
    static NO: Phrases = Phrases::new("didn't, didnt, haven't, couldn't, not");
    let (first, rest) = said.split_first()?;
    let thing = matches!(first.as_str(), "still" | "yet" | "next")
        || FILLERS.has(first)
        || matter::is_matter(first)
        || first == "what";
    let at = rest.iter().position(|word| word == "to" || NO.has(word)).filter(|at| *at <= 3)?;
    let denied = rest.get(at).is_some_and(|word| NO.has(word));
    let behind = rest.get(at + 1..)?;
    let len = (1..=3).rev().find(|len| behind.get(..*len).is_some_and(|words| VERBS.has(&words.join(" "))))?;
    let ends = behind.get(len).is_none_or(|word| WHEN.has(word));
    let says = behind.first().is_some_and(|word| word == "watch" || word == "look" || word == "check");
    let label = if says && !denied { Label::ToLookAt } else { Label::ToRead };
    (thing && ends).then_some(label)
}

/// The meaning of the nearest of some lines that is a label: it ends with a colon, or begins like a heading.
pub(super) fn in_lines(input: &Input<'_>, lines: impl Iterator<Item = usize>) -> Option<(Label, String)> {
    let mut words = lines.map(|line| input.lines.content(input.text, line).of(input.text).trim());
    let name = words.find(|words| !words.contains("://") && (words.ends_with(':') || words.starts_with('#')))?;
    let name = name.trim_matches(['#', '*', '_', ' ', ':']);
    // above lines that are links, `Later:` is about nothing else
    let weak = || classify(name).filter(|found| matches!(found.label, Label::ToRead | Label::ToLookAt));
    of_lead(name).or_else(|| weak().map(|found| (found.label, name.to_owned())))
}

/// The meaning of a paragraph that introduces a list.
pub(super) fn in_block(input: &Input<'_>, block: usize) -> Option<(Label, String)> {
    let words = input.outline.blocks.get(block)?.span.of(input.text);
    let last = words.split_inclusive(['.', '!', '?']).next_back()?;
    of_lead(last.trim_matches(['*', '_', ' ', ':', '：', '\n', '\r']))
}

fn of_lead(name: &str) -> Option<(Label, String)> {
    let found = classify(name).filter(|found| !found.weak && found.label != Label::Reference)?;
    Some((found.label, name.split_whitespace().collect::<Vec<_>>().join(" ")))
}

/// True for a heading for current reading: `Reading`, `Watching`. In a log that is what was read on its days.
pub(super) fn is_busy(text: &str) -> bool {
    static BUSY: Phrases =
        Phrases::new("reading, watching, listening, listening to, reading watching, watching reading");
    let kept: Vec<String> = normal(text).into_iter().filter(|word| !FILLERS.has(word)).collect();
    BUSY.has(&kept.join(" "))
}

/// True for a heading used for any work: `Done`, `Next week`.
pub(super) fn is_of_work(text: &str) -> bool {
    static WORK: Phrases = Phrases::new(
        "done, finished, completed, todo, to do, next, next up, up next, in progress, started, doing, now, current, currently, \
         inbox, backlog, later, erledigt, fertig, fait, termine, hecho, terminado, feito",
    );
    let kept: Vec<String> = normal(text).into_iter().filter(|word| !FILLERS.has(word)).collect();
    WORK.has(&kept.join(" "))
}

/// True for a heading over what is to be bought or seen to.
pub(super) fn is_errands(text: &str) -> bool {
    static ERRANDS: Phrases = Phrases::new(
        "shopping, shopping list, groceries, errands, chores, einkaufen, einkauf, einkaufe, einkaufsliste, besorgungen, \
         erledigungen, compras, lista de compras, liste de courses",
    );
    ERRANDS.has(&normal(text).join(" "))
}

/// True for a note that is a log of some days: `Weeknotes 5`, `2026-05-03`, `Roundup`.
pub(super) fn is_log(path: &NotePath, note: &Note) -> bool {
    static LOGS: Phrases = Phrases::new(
        "week, weeks, weekly, weeknote, weeknotes, roundup, recap, digest, daily, diary, journal, log, devlog, month, monthly, \
     months, newsletter, til, standup, standups, worklog, logbook, logboek, werkdagboek, arbeitstagebuch, arbeitsjournal, oncall, kw, woche, wochenruckblick, tagebuch, semaine, hebdo, diario, semana, semanal",
    );
    let names = [note.title.as_str(), path.stem()];
    let says = |name: &str| normal(name).iter().any(|word| LOGS.has(word)) || dates::whole_day_in(name).is_some();
    !is_collection(note) && names.into_iter().any(says)
}

/// True for a note that keeps what somebody watched or read, by its title or file: `Talks`, `Link log`.
pub(super) fn is_keeper(path: &NotePath, note: &Note) -> bool {
    static KEEPERS: Phrases = Phrases::new(
        "talks, conference talks, conference talks and presentations, conference talks presentations, conference notes, tech talks, talk notes, \
     notes on talks, recommended talks, recommended conference talks, favorite talks, favourite talks, good talks, papers, paper notes, \
     notes on papers, paper reading, paper summaries, papers i like, book notes, notes on books, videos, video notes, films, movies, podcasts, \
     vortrage, vortragsnotizen, papernotizen, filme, conferences, exposes, films vus, charlas, ponencias, peliculas, palestras, filmes",
    );
    let names = [note.title.as_str(), path.stem()];
    names.into_iter().any(|name| keeps_links(name) || KEEPERS.has(&normal(name).join(" ")))
}

/// True for a name under which somebody shows links that were read: `Some links of interest`, `Around the web`.
pub(super) fn keeps_links(name: &str) -> bool {
    static KEPT: Phrases = Phrases::new(
        "links of interest, interesting links, good links, nice links, cool links, fun links, favorite links, favourite links, best links, \
     links worth sharing, worth sharing, link log, linklog, links log, linkblog, link blog, link dump, linkdump, link roundup, links roundup, roundup, \
     weekly links, links of week, around web, from web, on web, from internet, around internet, elsewhere on web, on internet, media diet, \
     media, consumed, consuming, what caught my eye, caught my eye, caught my attention, things found, interesting things, \
     interesting reads, good reads, interesting articles, things i found interesting, what i found interesting, things i liked, things i enjoyed, \
     what i enjoyed, what i liked, links i liked, links i enjoyed, links i found, found on web, finds, weekly finds, highlights, \
     linkliste, links der woche, fundstucke, netzfundstucke, interessante links, lesenswert, lesenswertes, sehenswert, empfehlungen, \
     lesetipps, liens interessants, liens de semaine, a lire ailleurs, trouvailles, coups de coeur, veille, enlaces interesantes, \
     enlaces de semana, lecturas interesantes, recomendaciones, links interessantes, links da semana, achados, recomendacoes",
    );
    static SMALL: Phrases = Phrases::new(
        "some, a, few, my, the, this, these, other, more, just, of, unsere, meine, einige, la, quelques, mes, algunos, mis, alguns, meus, i, that, and, week, month, day",
    );
    if name.len() > 60 {
        return false;
    }
    let said = normal(name);
    let all = said.join(" ");
    if KEPT.has(&all) {
        return true;
    }
    let few: Vec<&str> = said.iter().map(String::as_str).filter(|word| !SMALL.has(word)).collect();
    static CORE: Phrases = Phrases::new(
        "links interest, caught eye, caught attention, found interesting, links liked, links enjoyed, links found, things liked, \
     things enjoyed, things found, links shared, links worth sharing, around web, interesting links, good links, media diet",
    );
    few.len() < said.len() && CORE.has(&few.join(" "))
}

/// True for a page that says what somebody does now: `Reading` is what they are reading.
pub(super) fn is_now(path: &NotePath, note: &Note) -> bool {
    static NOW: Phrases =
        Phrases::new("now, now page, what i'm doing now, what i am doing now, what i'm up to, currently");
    [note.title.as_str(), path.stem()].into_iter().any(|name| NOW.has(&normal(name).join(" ")))
}

/// True for a note that collects all sorts of links: its headings say what the pages are useful for.
pub(super) fn is_collection(note: &Note) -> bool {
    static COLLECTIONS: Phrases = Phrases::new(
        "bookmarks, bookmark, links, link collection, lesezeichen, linksammlung, favourites, favorites, blogroll, resources, \
     useful links, signets, favoris, liens, marcadores, enlaces, favoritos",
    );
    let name: Vec<String> = normal(&note.title).into_iter().filter(|word| word != "my" && word != "meine").collect();
    COLLECTIONS.has(&name.join(" "))
}

/// What the note's title, kind, file and folder say about its links.
pub(super) fn name_of_list(path: &NotePath, note: &Note) -> Option<(Label, String)> {
    let kinds = ["kind", "type"].iter().filter_map(|key| note.property(key)?.as_text());
    let stem = path.stem();
    let folder = path.as_str().rsplit('/').nth(1).unwrap_or("");
    let title = Some(note.title.as_str()).filter(|_| note.title_from != TitleFrom::FileName);
    let french = is_french(note);
    let named = title.into_iter().chain([stem, folder]).find_map(|name| {
        // `lectures` means talks in English, and reading in French
        let lectures = french && normal(name).iter().any(|word| word == "lectures" || word == "lecture");
        let list = lectures && normal(name).iter().all(|word| FILLERS.has(word));
        let found = if list || is_books_of_year(name) || name == stem && is_only_books(name) {
            Found { label: Label::List, weak: false }
        } else {
            classify(name)?
        };
        // a note called `Reading` is a list, one called `Now` or `Docs` can be anything
        let label = if found.weak && is_busy(name) { Label::List } else { found.label };
        let counts = (!found.weak || label == Label::List) && label != Label::Reference;
        counts.then(|| (label, name.to_owned()))
    });
    let by_kind =
        |kind: &str| matches!(kind.trim().to_lowercase().as_str(), "reading" | "reading list" | "reading-list");
    named.or_else(|| kinds.into_iter().find(|kind| by_kind(kind)).map(|kind| (Label::List, kind.to_owned())))
}

/// True for the name of a file that is only the word for books or reading: `libros`.
fn is_only_books(name: &str) -> bool {
    static BOOKS: Phrases = Phrases::new(
        "books, libros, livros, livres, bucher, buecher, lesen, lire, leer, ler, readings, mes livres, mis libros, meus livros, meine bucher, my books, \
     阅读, 閱讀, 读书, 讀書, 読書, 书籍, 本棚",
    );
    BOOKS.has(&fold(name).replace(['-', '_'], " "))
}

/// True for `Books 2024`.
fn is_books_of_year(name: &str) -> bool {
    let books = |word: &str| matches!(word, "books" | "bucher" | "livres" | "libros" | "livros");
    let is_year = |word: &str| word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
    let folded = fold(name);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    matches!(words.as_slice(), [one, other] if books(one) && is_year(other) || is_year(one) && books(other))
}

/// True for a note in French, judging by its headings, links and boxes.
fn is_french(note: &Note) -> bool {
    if let Some(lang) = &note.lang {
        return lang.to_lowercase().starts_with("fr");
    }
    let texts = note.sections.iter().map(|section| section.text.as_str()).take(50);
    let texts = texts.chain(note.links.iter().map(|link| link.text.as_str()).take(50));
    let mut texts =
        texts.chain(note.tasks.iter().map(|task| task.words.as_str()).take(50)).chain([note.title.as_str()]);
    texts.any(|text| {
        let lower = text.to_lowercase();
        let accents = lower.contains(['é', 'è', 'ê', 'à', 'ç', 'œ']);
        accents || lower.split_whitespace().any(|word| matches!(word, "le" | "les" | "des" | "du" | "lus" | "lues"))
    })
}

/// The words in lower case and without accents, dates, numbers and marks.
fn normal(text: &str) -> Vec<String> {
    let text = fold(text).replace('\u{2019}', "'");
    text.split(|c: char| !(c.is_alphanumeric() || c == '\''))
        .map(|word| word.trim_matches('\''))
        .filter(|word| !word.is_empty() && !word.starts_with(|c: char| c.is_ascii_digit()) && !MONTHS.has(word))
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sentence_has_a_stem() {
        for sentence in SENTENCES.iter().flat_map(|(_, words)| words.split(", ")) {
            assert!(SENTENCE_STEMS.iter().any(|stem| sentence.contains(stem)), "{sentence}");
        }
    }

    #[test]
    fn labels_and_what_is_none() {
        for (text, label) in [
            ("should look at", Label::ToLookAt),
            ("Should look at:", Label::ToLookAt),
            ("read recently", Label::Read),
            ("Reading list", Label::List),
            ("Reading list, June 2026", Label::List),
            ("📚 My reading-list", Label::List),
            ("Books to read", Label::ToRead),
            ("To read", Label::ToRead),
            ("Read", Label::Read),
            ("Articles I've read in 2026", Label::Read),
            ("What I read this month", Label::Read),
            ("Further reading", Label::Reference),
            ("Watch later", Label::ToLookAt),
            ("Currently reading", Label::Reading),
            ("Leseliste", Label::List),
            ("Leseliste November 2026", Label::List),
            ("Noch zu lesen", Label::ToRead),
            ("Gelesen", Label::Read),
            ("Nicht gelesen", Label::ToRead),
            ("Gelesene Bücher", Label::Read),
            ("Liste de lecture", Label::List),
            ("À lire", Label::ToRead),
            ("Lus", Label::Read),
            ("Livres lus en 2026", Label::Read),
            ("Lista de lectura", Label::List),
            ("Por leer", Label::ToRead),
            ("Leídos", Label::Read),
            ("Lista de leitura", Label::List),
            ("Para ler", Label::ToRead),
            ("Livros lidos", Label::Read),
            ("Did not read", Label::ToRead),
            ("Haven't read yet", Label::ToRead),
            ("Didn't finish", Label::Dropped),
            ("Read this", Label::ToRead),
            ("Read first", Label::ToRead),
            ("Read this week", Label::Read),
            ("What we read", Label::Read),
            ("What did I read?", Label::Read),
            ("Gelesen und exzerpiert", Label::Read),
            ("On the pile for next week", Label::ToRead),
            ("Bis nächstes Mal lesen", Label::ToRead),
            ("Pas pour moi", Label::Dropped),
            ("Brauche ich doch nicht", Label::Dropped),
            ("Talks I saw", Label::Read),
            ("Talks attended", Label::Read),
            ("Read and disliked", Label::Read),
            ("Recently finished", Label::Read),
            ("Missed, watch the recording", Label::ToLookAt),
            ("Worth reading", Label::ToRead),
            ("Want to see", Label::ToLookAt),
            ("Pour plus tard", Label::ToLookAt),
            ("Dejados a medias", Label::Dropped),
            ("Walked out", Label::Dropped),
            ("Started, not finished", Label::Reading),
            ("What I want to read next", Label::ToRead),
            ("Interesting links (haven't read yet)", Label::ToRead),
            ("Zuletzt gelesen", Label::Read),
            ("Articles I enjoyed this week", Label::Read),
            ("Open tabs", Label::ToLookAt),
            ("Here is what I read this week, and what I made of it", Label::Read),
            ("Books I borrowed and that I want to read until May", Label::ToRead),
            ("Diese Bücher habe ich ausgeliehen und werde sie lesen", Label::ToRead),
            ("読んだ記事", Label::Read),
            ("待读", Label::ToRead),
            ("参考链接", Label::Reference),
        ] {
            assert_eq!(classify(text), Some(Found { label, weak: false }), "{text}");
        }
        for (text, label) in [
            ("Done", Label::Read),
            ("Seen", Label::Read),
            ("On my radar", Label::ToLookAt),
            ("Under consideration", Label::ToLookAt),
            ("Later | never", Label::ToLookAt),
            ("Queue", Label::ToRead),
            ("On hold", Label::Reading),
            ("For April", Label::ToRead),
            ("For next month", Label::ToRead),
            ("Heard", Label::Read),
            ("Listening", Label::Reading),
            ("Irgendwann", Label::ToLookAt),
            ("Not interested", Label::Dropped),
            ("Skipped", Label::Dropped),
            ("Backlog", Label::ToLookAt),
            ("Reading", Label::Reading),
            ("Not finished", Label::Reading),
            ("Abgebrochen", Label::Dropped),
            ("En cours", Label::Reading),
            ("Erledigt", Label::Read),
            ("Terminés", Label::Read),
        ] {
            assert_eq!(classify(text), Some(Found { label, weak: true }), "{text}");
        }
        for text in [
            "Progress Feb 2021",
            "Tue 8th Feb",
            "post RailsCamp",
            "",
            "Frameworks",
            "Read / Write",
            "Read and write access",
            "Lectures",
            "Vue",
            "Did you see what I read?",
            "2026",
            "read the room before you speak up in it",
        ] {
            assert_eq!(classify(text), None, "{text}");
        }
    }
}

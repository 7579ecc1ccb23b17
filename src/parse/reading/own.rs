//! What the words next to a link say about it: that it was read, is to be read, or is only named in a sentence.
//!
//! The phrases themselves are in [`super::words`]; this file knows where they may be: before the link, with its title after
//! them; after it, set apart; in tags and fields. Plans to do something with a link are in [`super::work`].
//! Over 400 lines because the tables of words belong next to the rules that use them.

use chrono::NaiveDate;

use crate::model::ReadingState;
use crate::model::phrases::Phrases;
use crate::model::words::fold;
use crate::parse::dates;
use crate::parse::reading::labels;
use crate::parse::reading::labels::Label;
use crate::parse::reading::marks;
use crate::parse::reading::marks::Word;
use crate::parse::reading::matter::GENRES;
use crate::parse::reading::told;
use crate::parse::reading::words;
use crate::parse::reading::words::Saying;
use crate::parse::reading::work;
use crate::parse::reading::work::Around;
use crate::parse::reading::work::Intention;
use crate::parse::reading::work::bare;
use crate::parse::reading::work::bare_words;
use crate::parse::reading::work::begins;
use crate::parse::reading::work::count;

/// The words next to the links of an item.
#[derive(Debug, Clone, Default)]
pub(super) struct Own {
    /// Before the first link, as a reader sees them.
    pub(super) lead: String,
    /// After the last link.
    pub(super) tail: String,
    /// The line ends after the last link.
    pub(super) breaks: bool,
    /// The words before the first link are emphasized: `**read** [T](URL)`.
    pub(super) stressed: bool,
    /// The text of the first link begins with a check mark.
    pub(super) marked: bool,
    /// The first link has a text of its own.
    pub(super) named: bool,
}

/// The context of the words.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Where {
    /// Under a day: `read` is the past tense.
    pub(super) dated: bool,
    /// In a reading list: `finished` is about reading.
    pub(super) in_list: bool,
    /// `p. 120` is how far somebody is, and not what they read.
    pub(super) parts: bool,
}

impl Where {
    const fn in_list_or_dated(self) -> bool {
        self.in_list || self.dated
    }
}

/// Beginnings of reports about doing something with the help of a link.
static DEEDS: Phrases = Phrases::new(
    "set up, setup, added, adding, worked, working, using, used, made, making, built, building, wrote, \
         writing, playing, played, trying, tried, got, did, ran, running, fixed, fixing, found, from, with, \
         pushed, deployed, installed, created, updated, bought, ordered, started, went, met, call, meeting, \
         meetup, event, finished, watched, merged, released, moved",
);

/// Words after `read` that change its meaning.
static ONWARD: Phrases = Phrases::new(
    "more, about, on, up, from, here, also, further, docs, documentation, through, manual, list, group, club, \
         material, only, and, write, committed, uncommitted, model, models, replica, replicas, access, me, them",
);

/// Things that are watched, read or skipped but are not reading matter: `watched the build`, `reading glasses`.
static NOT_READ: Phrases = Phrases::new(
    "ci, build, builds, deploy, deployment, pipeline, job, jobs, test, tests, log, logs, dashboard, dashboards, \
         server, metrics, graphs, room, cache, disk, glasses, lamp, period, speed, comprehension, lunch, dinner, \
         breakfast, standup, class, gym, school, workout, buffer, timeout, timeouts, latency, throughput, lock",
);

/// Words that continue a phrase: `read on the train`, `gave up after chapter three`.
pub(super) static GOES_ON: Phrases = Phrases::new(
    "after, when, at, on, in, with, because, while, and, but, since, too, as, over, nach, bei, auf, mit, weil, \
         aber, apres, dans, avec, parce, mais, despues, con, porque, pero, depois, mas",
);

/// Parts of reading matter: `stopped at page 180`.
static PARTS: Phrases = Phrases::new(
    "chapter, chapters, p, pp, page, pages, section, part, minute, minutes, min, half, third, intro, \
         introduction, kapitel, seite, chapitre, capitulo, pagina, because, too, weil, parce, porque",
);

/// When and where people read: `read over lunch: URL`.
pub(super) static OCCASIONS: Phrases = Phrases::new(
    "lunch, dinner, breakfast, coffee, bus, train, plane, flight, tram, metro, tube, way, weekend, night, evening, morning, \
         afternoon, bed, holiday, holidays, vacation, commute, sofa, couch, break",
);

/// Days to come, behind words such as `before` and `by`.
static AHEAD: Phrases = Phrases::new(
    "monday, tuesday, wednesday, thursday, friday, saturday, sunday, mon, tue, wed, thu, fri, sat, sun, tomorrow, next, end, \
         eod, eow, january, february, march, april, may, june, july, august, september, october, november, december, jan, feb, \
         mar, apr, jun, jul, aug, sep, sept, oct, nov, dec",
);

/// Words that only connect two addresses of one thing.
static JOINTS: Phrases = Phrases::new(
    "and, or, on, at, via, also, see, in, with, the, pdf, html, slides, video, code, repo, repository, \
         source, github, hn, discussion, comments, archive, mirror, text, paper, website, site, docs, here, \
         link",
);

impl Own {
    /// The words beside a link in brackets, `Looms (URL), read`, without these.
    pub(super) fn unbracketed(lead: String, tail: String) -> (String, String) {
        let bare = |text: &str, mark: char| text.trim().trim_matches(['*', '_']).trim() == mark.to_string();
        let pairs = [('(', ')'), ('[', ']'), ('<', '>')];
        let open = lead.trim_end();
        let found = pairs.into_iter().find(|(from, to)| open.ends_with(*from) && tail.trim_start().starts_with(*to));
        match found.filter(|(from, _)| !bare(&lead, *from)) {
            Some((from, to)) => {
                let lead = open.trim_end_matches(from).to_owned();
                (lead, tail.trim_start().trim_start_matches(to).to_owned())
            }
            None => (lead, tail),
        }
    }

    /// True if what follows the link is not part of a sentence with it.
    fn is_apart(&self) -> bool {
        self.breaks || begins_apart(&self.tail)
    }

    /// True if the words report what somebody did with the link, or are so many that they are about something else.
    pub(super) fn is_deed(&self) -> bool {
        count(&self.lead) > 8 || begins(&self.lead.to_lowercase(), &DEEDS).is_some()
    }

    /// True if the item is just the link, perhaps with the kind of thing and its author.
    pub(super) fn is_link_only(&self) -> bool {
        let lead = fold(&self.lead);
        let said = bare_words(&lead);
        let known = |word: &str| GENRES.has(word) || ["the", "a", "an", "link", "url"].contains(&word);
        let named = self.tail.trim_start().to_lowercase().starts_with("by ") && count(&self.tail) <= 7;
        said.into_iter().all(known) && (count(&self.tail) == 0 || named || self.is_apart())
    }

    /// The word that gives the state of the link.
    pub(super) fn word(&self, place: Where) -> Option<Word> {
        let word = self.first_word(place)?;
        // `read URL before Monday`
        let open = word.state == ReadingState::Read
            && matches!(word.word.as_str(), "read" | "reread" | "re-read")
            && is_ahead(&self.tail);
        Some(if open { Word { state: ReadingState::ToRead, ..word } } else { word })
    }

    fn first_word(&self, place: Where) -> Option<Word> {
        let marked = marks::tags(&self.lead).or_else(|| marks::tags(&self.tail));
        marked
            .or_else(|| marks::fields(&self.lead).or_else(|| marks::fields(&self.tail)))
            .or_else(|| self.keyword(place))
            .or_else(|| self.before(place))
            .or_else(|| self.last_clause(place))
            .or_else(|| shouted(&self.lead).or_else(|| shouted(&self.tail)))
            .or_else(|| behind(&self.tail))
            .or_else(|| far(&self.tail, place.parts))
            .or_else(|| in_brackets(&self.lead))
            .or_else(|| self.sign(place))
    }

    /// The task keyword before the link, and what follows it: `TODO renew the pass`.
    pub(super) fn without_keyword(&self) -> (Option<&'static str>, &str) {
        let lead = self.lead.trim_start();
        let found = ["TODO", "DONE", "DOING", "LATER", "NOW", "NEXT", "WAITING"].into_iter().find_map(|keyword| {
            let rest = lead.strip_prefix(keyword)?;
            (rest.is_empty() || rest.starts_with([' ', ':'])).then(|| (keyword, rest.trim_start_matches([':', ' '])))
        });
        found.map_or((None, self.lead.as_str()), |(keyword, rest)| (Some(keyword), rest))
    }

    /// A word that is meaningful on its own before the link: `NEXT URL`, `maybe URL`, `读完 URL`; `put URL away`.
    fn keyword(&self, place: Where) -> Option<Word> {
        let lead = self.lead.trim().trim_end_matches([':', '：']).trim_end();
        let folded = fold(&self.tail);
        let next = folded.split_whitespace().next().map_or("", bare);
        let last = lead.split_whitespace().next_back().unwrap_or("");
        // `first half of [Looms](URL)`
        let part = ["half of", "first half of", "the first half of", "parts of", "bits of", "bits and pieces of"];
        let state = match lead {
            _ if (place.in_list || place.dated) && part.contains(&fold(lead).as_str()) => ReadingState::Reading,
            "NEXT" | "SOMEDAY" => ReadingState::ToRead,
            "NOW" | "DOING" => ReadingState::Reading,
            "maybe" | "Maybe" | "MAYBE" | "vielleicht" | "peut-être" | "quizás" | "talvez" if place.in_list => {
                ReadingState::ToLookAt
            }
            _ if fold(last) == "put" && matches!(next, "away" | "aside") => {
                return Some(Word::new(ReadingState::Dropped, "put away".to_owned()));
            }
            _ => labels::of_signs(lead).filter(|_| lead.chars().count() <= 8).and_then(Label::state)?,
        };
        Some(Word::new(state, lead.to_owned()))
    }

    /// A phrase at the beginning, followed by the link or its title.
    fn before(&self, place: Where) -> Option<Word> {
        let lead = self.lead.trim_start_matches(|c: char| !c.is_alphanumeric());
        // `Did I read URL? Not yet`
        if self.tail.trim_start().starts_with('?') {
            return None;
        }
        if let Some(word) = praise(lead).filter(|_| place.dated || place.in_list) {
            return Some(Word::new(ReadingState::Read, word));
        }
        let Some(saying) = words::beginning(lead) else {
            // `Video geschaut: URL`, `the article I read: URL`
            let whole = words::whole_with(lead, Some(&GENRES)).filter(|_| lead.trim_end().ends_with(':'));
            return whole.map(Word::from).or_else(|| participle_before(lead));
        };
        let rest = lead.get(saying.end..).unwrap_or("");
        if rest.starts_with(['-', '/']) {
            return None;
        }
        // `Watching: this week I watched URL`
        if let Some(behind) = rest.strip_prefix(':').filter(|behind| behind.len() > 8)
            && let Some((state, word)) = told::said_in_prose(told::last_sentence(behind), place.dated)
        {
            return Some(Word::new(state, word));
        }
        let lower = fold(rest);
        let said: Vec<&str> = bare_words(&lower).collect();
        let next = said.first().copied().unwrap_or("");
        let is_read = saying.word == "read" || saying.word == "reading";
        // `read before Monday: URL`
        if is_read && saying.state == ReadingState::Read && is_ahead(&lower) {
            return Some(Word { state: ReadingState::ToRead, ..Word::from(saying) });
        }
        // `angefangen mit URL`
        if saying.state == ReadingState::Reading && ["mit", "avec", "con", "com"].iter().any(|with| said == [*with]) {
            return Some(Word::from(saying));
        }
        // `read over lunch: URL`
        let led_in = said.iter().take(2).any(|word| OCCASIONS.has(word)) && saying.state == ReadingState::Read;
        if led_in && lead.trim_end().ends_with(':') {
            return Some(Word::from(saying));
        }
        // `read about looms in URL`
        let read_in = place.dated && next == "about" && said.iter().any(|word| ["in", "from"].contains(word));
        if is_read && !read_in && (ONWARD.has(next) || lower.trim_start().starts_with("the docs")) {
            return None;
        }
        // a name, or the beginning of a title: `Vista: URL`
        if saying.bare_read && !place.dated && !(self.stressed && said.is_empty()) {
            return None;
        }
        if said.iter().take(2).any(|word| NOT_READ.has(word)) {
            return None;
        }
        // `done: deploy URL`
        if saying.generic && work::is_work_verb(next) {
            return None;
        }
        let apart = lower.trim_start().starts_with(':');
        let led_to =
            said.iter().any(|word| matches!(*word, "see" | "via" | "siehe" | "voir" | "cf" | "with" | "using"));
        if led_to && !apart {
            return None;
        }
        let title = rest.trim_start();
        let object =
            said.iter().find(|word| !["the", "a", "an", "my", "this", "das", "den", "le", "el", "o"].contains(*word));
        let readable = said.is_empty()
            || apart
            || object.is_some_and(|word| GENRES.has(word))
            // `started the third unit URL 3/12`
            || self.tail.contains('/') && !self.tail.contains(char::is_alphabetic)
            || title.starts_with(|c: char| c.is_uppercase() || matches!(c, '"' | '“' | '«' | '„' | '*' | '_'));
        if saying.generic && !readable && !place.in_list {
            return None;
        }
        // `watched the build URL fail`
        let ends = words::whole(&self.tail).is_some() || !self.tail.contains(char::is_alphabetic);
        let goes_on = !ends && count(&self.tail) > 0 && !self.is_apart() && !begins_on(&self.tail);
        // `reading URL was a waste of time`
        let past = ["was", "were", "took"].contains(&self.tail.split_whitespace().next().map_or("", bare));
        let over = past && saying.state == ReadingState::Reading && saying.word == "reading";
        let state = if over { ReadingState::Read } else { saying.state };
        (said.is_empty() || !goes_on).then(|| Word { state, ..Word::from(saying) })
    }

    /// A saying in the last clause before the link: `Quiet. Finished reading URL`, `he asked, and I've read URL`.
    fn last_clause(&self, place: Where) -> Option<Word> {
        let lead = self.lead.trim_end();
        let folded = fold(lead);
        let said: Vec<&str> = bare_words(&folded).collect();
        if let [before @ .., "i", "have", "read"] | [before @ .., "i've" | "i’ve", "read"] = said.as_slice() {
            let open = ["before", "until", "till", "once", "if", "unless", "should", "will", "when"];
            let is_open = before.last().is_some_and(|word| open.contains(word));
            return (!is_open).then(|| Word::new(ReadingState::Read, "read".to_owned()));
        }
        let at = lead.rfind([',', '.', ';', '!']).filter(|_| said.len() <= 12)?;
        let clause = lead.get(at + 1..)?;
        if let Some(saying) =
            words::whole(clause).filter(|saying| saying.state == ReadingState::ToRead && !saying.generic)
        {
            return Some(Word::from(saying));
        }
        if let Some(Intention::Look(words)) = work::intention(clause, Around::default())
            && count(clause) <= 4
        {
            return Some(Word::new(ReadingState::ToLookAt, words));
        }
        let own = Self { lead: clause.trim_start().to_owned(), ..self.clone() };
        own.before(place).filter(|word| place.dated && !word.generic)
    }

    /// A check mark at the beginning or at the very end.
    fn sign(&self, place: Where) -> Option<Word> {
        let ends_with = |sign: char| self.tail.trim_end().trim_end_matches('\u{FE0F}').ends_with(sign);
        let lead = self.lead.trim_end().trim_end_matches([':', '-', '–', '\u{FE0F}']).trim_end();
        let begins_with = |sign: char| lead.trim_start().starts_with(sign) || lead.ends_with(sign);
        for (sign, state) in [
            ('👀', ReadingState::ToLookAt),
            ('✗', ReadingState::Dropped),
            ('✘', ReadingState::Dropped),
            ('❌', ReadingState::Dropped),
            ('☐', ReadingState::ToRead),
            ('⬜', ReadingState::ToRead),
            ('□', ReadingState::ToRead),
        ] {
            if begins_with(sign) || ends_with(sign) {
                return Some(Word::new(state, sign.to_string()));
            }
        }
        // `… URL`: under way
        if place.in_list_or_dated() && matches!(self.lead.trim(), "…" | "...") {
            return Some(Word::new(ReadingState::Reading, "…".to_owned()));
        }
        if self.marked {
            return Some(Word::new(ReadingState::Read, "✓".to_owned()));
        }
        let is_sign = |c: &char| matches!(c, '✅' | '✔' | '☑' | '✓' | '√');
        let tail = self.tail.trim_end().trim_end_matches('\u{FE0F}');
        let begins = lead.trim_start().chars().next().filter(is_sign);
        let begins = begins.or_else(|| lead.chars().next_back().filter(is_sign));
        let ends = tail.chars().next_back().filter(is_sign);
        // `✅ 2026-11-04`
        let dated = tail.rsplit_once(|c| is_sign(&c)).and_then(|(before, behind)| {
            let sign = tail.get(before.len()..)?.chars().next()?;
            let behind = behind.trim_start_matches('\u{FE0F}').trim();
            words::day(behind.get(..10)?).map(|day| (sign, Some(day)))
        });
        let (sign, day) = dated.or_else(|| begins.or(ends).map(|sign| (sign, None)))?;
        Some(Word { state: ReadingState::Read, word: sign.to_string(), day, generic: false })
    }

    /// True if the link is named in a sentence about something else.
    pub(super) fn is_sentence(&self) -> bool {
        let (before, behind) = (count(&self.lead), count(&self.tail));
        let apart = begins_apart(&self.tail) || self.breaks && before <= 4;
        let ends_apart = self.lead.trim_end().ends_with(['-', '–', '—', ':', '>', '→', '|', '*', '"', '”']);
        // a link with a text of its own needs no title before it
        (before > 0 && behind >= 2 && !apart) || (before > 14 && (!ends_apart || self.named && before > 20))
    }

    /// True for a bibliographic reference with an address at the end: `Berg, I. 2019. On looms. Weaving 3(2): 1–9. URL`.
    pub(super) fn is_citation(&self) -> bool {
        let year = |word: &str| {
            bare(word).len() == 4 && bare(word).parse::<u16>().is_ok_and(|year| (1900..2100).contains(&year))
        };
        // `Ida Berg, “On looms,” Weaving, URL`
        let quoted = || {
            self.lead.split_once(['“', '"', '„', '«']).is_some_and(|(name, _)| name.contains(',') && count(name) <= 12)
        };
        count(&self.tail) == 0 && (self.lead.split_whitespace().any(year) || quoted())
    }

    /// True for a name of the link with a few words around it, `Ida's [newsletter](URL) on looms`, and no sentence about it.
    pub(super) fn is_named_thing(&self) -> bool {
        let lead = fold(&self.lead);
        let leads = |word: &str| {
            matches!(
                word,
                "see"
                    | "via"
                    | "from"
                    | "in"
                    | "of"
                    | "with"
                    | "to"
                    | "at"
                    | "and"
                    | "is"
                    | "was"
                    | "siehe"
                    | "voir"
                    | "cf"
            )
        };
        self.named
            && (1..=3).contains(&count(&lead))
            && count(&self.tail) <= 5
            && !bare_words(&lead).any(leads)
            && !self.tail.trim_end().ends_with('.')
    }

    /// `LATER read URL`: Logseq's keyword for postponed tasks.
    pub(super) fn later(&self) -> Option<String> {
        let rest = self.lead.trim_start().strip_prefix("LATER")?;
        let first = fold(rest).split_whitespace().map(bare).find(|word| !word.is_empty()).unwrap_or("").to_owned();
        let reads = [
            "", "read", "reading", "reread", "watch", "listen", "check", "study", "skim", "look", "finish", "lesen",
            "lire", "leer", "ler",
        ];
        reads.contains(&first.as_str()).then(|| "LATER".to_owned())
    }

    /// The verb at the end of a German sentence: `diese Woche [Weben](URL) gelesen.`
    pub(super) fn participle(&self) -> Option<String> {
        let sentence = self.tail.split(['.', '!', ';', ',', '–', '(']).next()?;
        let folded = fold(sentence);
        let said: Vec<&str> = bare_words(&folded).collect();
        let last = said.last().filter(|word| DONE.has(word))?;
        let lead = fold(&self.lead);
        let denied = said.iter().copied().chain(lead.split_whitespace().map(bare)).any(|word| DENIED.has(word));
        (said.len() <= 5 && count(&self.lead) <= 6 && !denied).then(|| (*last).to_owned())
    }

    /// The comment on the link on its own line.
    pub(super) fn comment(&self) -> Option<String> {
        let tail = self.tail.trim();
        let words = tail.trim_start_matches([' ', '-', '–', '—', ':', '|', '>', '→', ',', '.', ')']).trim();
        // `(read 2026-11-04)`, `#read` give the state, and no comment
        let inside = words.trim_matches(['(', ')', '[', ']', '✅', ' ']);
        let only_state = words::whole(inside).is_some() || marks::tags(words).is_some() && count(words) <= 1;
        // `(meh)`
        if count(words) < 2 && words::judges(inside) {
            return Some(inside.to_owned());
        }
        let says = count(words) >= 2 && !words.to_lowercase().starts_with("by ") && !only_state;
        (says && words::day(words).is_none_or(|_| count(inside) > 1)).then(|| words.to_owned())
    }
}

/// Verbs for reading at the end of German sentences.
static DONE: Phrases = Phrases::new(
    "gelesen, durchgelesen, geschaut, angeschaut, gesehen, angesehen, gehort, angehort, durchgeschaut, uberflogen",
);

/// Words that negate such a verb.
static DENIED: Phrases = Phrases::new("nicht, nie, noch, kaum, halb, will, werde, mochte, wird, wurde, konnte");

/// `Artikel über Weben gelesen: URL`: a German phrase with the verb at its end.
fn participle_before(lead: &str) -> Option<Word> {
    let folded = fold(lead);
    let said: Vec<&str> = bare_words(&folded).collect();
    let last = said.last().filter(|word| DONE.has(word))?;
    let counts = said.len() <= 8
        && said.iter().take(3).any(|word| GENRES.has(word))
        && !said.iter().any(|word| DENIED.has(word));
    counts.then(|| Word::new(ReadingState::Read, (*last).to_owned()))
}

/// `Great article about looms: URL`: whoever judges a thing has read it.
fn praise(lead: &str) -> Option<String> {
    static PRAISE: Phrases = Phrases::new(
        "good, great, excellent, nice, fantastic, brilliant, lovely, superb, wonderful, amazing, solid, thorough",
    );
    let folded = fold(lead);
    let mut said =
        folded.split_whitespace().map(bare).filter(|word| !word.is_empty() && *word != "a" && *word != "really");
    let (first, second) = (said.next()?, said.next()?);
    let named = GENRES.has(second) || matches!(second, "read" | "watch" | "listen" | "piece" | "writeup" | "write-up");
    (lead.trim_end().ends_with(':') && PRAISE.has(first) && named).then(|| format!("{first} {second}"))
}

/// The words around one of several links that are about it, from those up to the links beside it: `(read), part 2 URL (not yet)`.
/// Each with whether there is another link on that side.
pub(super) fn nearest<'t>((lead, after): (&'t str, bool), (tail, before): (&'t str, bool)) -> (&'t str, &'t str) {
    // what is said in the next sentence is about all of them
    let tail = tail.find(". ").filter(|_| after || before).and_then(|at| tail.get(..at)).unwrap_or(tail);
    let end = |text: &str| {
        let marks = [", ", "; ", ". ", ") ", "), ", " and ", " und ", " et ", " y ", " e ", " en ", " | "];
        marks.iter().filter_map(|mark| text.rfind(mark).map(|at| at + mark.len())).max()
    };
    let lead = if after { lead.get(end(lead).unwrap_or(0)..).unwrap_or(lead) } else { lead };
    let tail = match before {
        true => tail.get(..end(tail).unwrap_or(0)).unwrap_or(""),
        false => tail,
    };
    (lead, tail)
}

/// The day that follows a link, behind a dash: ` – 3 mai 2026, excellent`.
pub(super) fn day_behind(tail: &str) -> Option<NaiveDate> {
    let behind = tail.trim_start().trim_start_matches(['-', '–', '—', '|', '→']).trim_start();
    let first = behind.split([',', ';', '(']).next()?.split(" - ").next()?;
    dates::day_of(first.trim()).filter(|_| first.len() <= 30)
}

/// A day explicitly labelled as that of reading: `(published: 2025-01-02, read: 2025-05-24)`.
pub(super) fn day_of_reading(text: &str) -> Option<NaiveDate> {
    static NAMES: Phrases = Phrases::new(
        "read, read on, finished, finished on, gelesen, gelesen am, lu, lu le, leido, lido, 閲覧日, 読了日, 読了, 阅读日期",
    );
    let parts = text.split(['(', ')', '（', '）', '[', ']', ',', ';', '、', '，', '|']);
    let pairs = parts.filter_map(|part| part.split_once([':', '：']));
    pairs.filter(|(name, _)| NAMES.has(&fold(name.trim()))).find_map(|(_, day)| dates::day_of(day.trim()))
}

/// A phrase after a link, set apart: `- to read`, `(read 2026-11-04)`, `★★★★☆`.
fn behind(tail: &str) -> Option<Word> {
    let parts = tail.split(['(', ')', '[', ']', ';', '|', '–', '—', '→', '>', '✅', '\u{FE0F}']);
    let parts =
        parts.flat_map(|part| part.split(" - ")).flat_map(|part| part.split(". ")).flat_map(|part| part.split(", "));
    let first_goes_on = tail.starts_with(' ') && !begins_apart(tail);
    for (at, part) in parts.enumerate() {
        let part = part.trim_matches(|c: char| {
            c.is_whitespace() || matches!(c, '-' | ',' | ':' | '.' | '!' | '*' | '_' | '<' | '←')
        });
        if part.is_empty() {
            continue;
        }
        // `a table, not reading`
        if at > 0 && matches!(fold(part).as_str(), "not reading" | "not for reading" | "not to read") {
            return Some(Word::new(ReadingState::Reference, part.to_owned()));
        }
        // `- read?`, `- next`, `- have a look`
        let asked = part.ends_with('?') && words::whole(part).is_some_and(|saying| saying.state == ReadingState::Read);
        let look = ["have a look", "take a look", "look at it", "worth a look"].contains(&fold(part).as_str());
        let next = fold(part) == "next";
        if (asked || look || next) && !(at == 0 && first_goes_on && next) {
            let state = if next { ReadingState::ToRead } else { ReadingState::ToLookAt };
            return Some(Word::new(state, part.to_owned()));
        }
        if let Some(saying) = said(part)
            && !(at == 0 && first_goes_on && words::whole(part).is_none() && !saying.word.starts_with("to "))
        {
            return Some(Word::from(saying));
        }
        if words::is_rating(part) {
            return Some(Word::new(ReadingState::Read, part.to_owned()));
        }
    }
    None
}

/// Progress, set apart after a link: `– p. 340/900`, `(30%)`.
fn far(tail: &str, parts: bool) -> Option<Word> {
    if tail.len() > 200 {
        return None;
    }
    let split = tail.split(['(', ')', '[', ']', ';', '|', '–', '—', '→', ',']).flat_map(|part| part.split(" - "));
    let mut all = split.map(|part| part.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | ':')));
    all.find_map(|part| {
        let on_page = || Some(ReadingState::Reading).filter(|_| parts && words::is_part(part));
        words::progress(part).or_else(on_page).map(|state| Word::new(state, part.to_owned()))
    })
}

/// A phrase that is complete or continues in a typical way.
pub(super) fn said(part: &str) -> Option<Saying> {
    if let Some(saying) = words::whole(part) {
        return Some(saying);
    }
    let saying = words::beginning(part)?;
    let rest = fold(part.get(saying.end..).unwrap_or(""));
    if rest.starts_with([',', ';', '.', '!', ':']) || rest.starts_with(" - ") || rest.starts_with(" (") {
        // `reading: a new way` names a topic
        return (!rest.starts_with(':') || !saying.bare_read && !saying.generic).then_some(saying);
    }
    let next = rest.split_whitespace().map(bare).find(|word| !word.is_empty()).unwrap_or("");
    let swallowed = fold(part.get(saying.core_end..saying.end).unwrap_or(""));
    let until = ["before", "by", "until", "bis", "avant", "antes", "for"].contains(&next);
    let until = until && saying.state == ReadingState::ToRead;
    let for_it = next == "for" && saying.state == ReadingState::Read && !saying.bare_read;
    let swallows = |word: &str| GOES_ON.has(word);
    let on = GOES_ON.has(next) || until || for_it || swallowed.split_whitespace().map(bare).any(swallows);
    // `in the middle of the third part`, `a third into it`
    let on = on || [" of", " into", " with"].iter().any(|end| saying.word.ends_with(end));
    let parts = || rest.split(|c: char| !c.is_alphanumeric()).any(|word| PARTS.has(word));
    let reading = saying.word == "reading" && ONWARD.has(next);
    (on && !reading && (!saying.generic || parts())).then_some(saying)
}

/// A phrase in brackets before the link, or after a dash there: `Looms (to read): URL`.
fn in_brackets(lead: &str) -> Option<Word> {
    let lead = lead.trim_end().trim_end_matches([':', '-', '–', '—', '>']).trim_end();
    let inside = lead.strip_suffix(')').and_then(|rest| rest.rsplit_once('(')).map(|(_, inside)| inside);
    let inside =
        inside.or_else(|| lead.strip_suffix(']').and_then(|rest| rest.rsplit_once('[')).map(|(_, inside)| inside));
    let inside =
        inside.or_else(|| [" - ", " – ", " — "].iter().find_map(|dash| lead.rsplit_once(dash)).map(|(_, end)| end));
    words::whole(inside?).map(Word::from)
}

/// An upper-case word anywhere next to the link.
fn shouted(text: &str) -> Option<Word> {
    let said: Vec<&str> = bare_words(text).collect();
    // `READ COMMITTED` is a name
    let is_capitals = |word: &&str| word.len() > 1 && word.chars().all(char::is_uppercase);
    let in_name = |at: usize| {
        let around = [at.checked_sub(1), at.checked_add(1)].into_iter().flatten();
        around.filter_map(|at| said.get(at)).any(&is_capitals)
    };
    said.iter().enumerate().filter(|(at, _)| !in_name(*at)).find_map(|(_, word)| {
        let state = match *word {
            "READ" | "WATCHED" | "DONE" | "GELESEN" | "LU" | "LIDO" => ReadingState::Read,
            "TODO" | "TOREAD" | "UNREAD" | "TBR" => ReadingState::ToRead,
            "DOING" => ReadingState::Reading,
            "CANCELED" | "CANCELLED" => ReadingState::Dropped,
            "DNF" | "DROPPED" => ReadingState::Dropped,
            "READING" => ReadingState::Reading,
            _ => return None,
        };
        Some(Word::new(state, (*word).to_owned()))
    })
}

/// A phrase in brackets at either end of the text of a link: `[Looms (already read, but see the sources)](URL)`.
pub(super) fn in_title(text: &str) -> Option<Word> {
    let text = text.trim();
    let ends = [('(', ')'), ('[', ']'), ('（', '）')].into_iter().find_map(|(open, close)| {
        let behind = text.strip_suffix(close).and_then(|rest| rest.rsplit_once(open)).map(|(_, inside)| inside);
        behind.or_else(|| text.strip_prefix(open).and_then(|rest| rest.split_once(close)).map(|(inside, _)| inside))
    });
    let inside = ends?;
    let word = said(inside)
        .filter(|saying| !saying.generic && !saying.bare_read || inside.trim() == inside.trim().to_uppercase());
    word.map(Word::from).or_else(|| {
        let sign = labels::of_signs(inside).filter(|_| inside.chars().count() <= 6)?;
        sign.state().map(|state| Word::new(state, inside.to_owned()))
    })
}

/// A phrase in brackets anywhere in a line of prose: `no idea what this is about (haven't read it yet)`.
pub(super) fn in_any_brackets(line: &str) -> Option<Word> {
    let inside = line.split('(').skip(1).filter_map(|part| part.split_once(')')).map(|(inside, _)| inside);
    let reads = |inside: &&str| bare_words(&fold(inside)).any(words::is_about_reading);
    let mut inside = inside.filter(|inside| inside.len() <= 60).filter(reads);
    inside.find_map(|part| words::whole(part).filter(|saying| !saying.generic && !saying.bare_read)).map(Word::from)
}

/// True for words that begin with a time to come: `before Monday`, `by 3 May`, `for next time`, `tomorrow`.
fn is_ahead(words: &str) -> bool {
    let folded = fold(words);
    let mut said = bare_words(&folded);
    let (first, second) = (said.next().unwrap_or(""), said.next().unwrap_or(""));
    let is_time = AHEAD.has(second) || second.starts_with(|c: char| c.is_ascii_digit());
    let mut third = || said.next().is_some_and(|word| word == "next");
    match first {
        "before" | "by" | "until" | "till" | "bis" => is_time || second == "the" && third(),
        "for" => matches!(second, "next" | "tomorrow") || second == "the" && third(),
        "next" => matches!(second, "week" | "month" | "time" | "year") || AHEAD.has(second),
        "tomorrow" => true,
        _ => false,
    }
}

/// True for the text of a link that begins with a check mark: `√ on looms`.
pub(super) fn begins_with_check(text: &str) -> bool {
    text.trim_start().starts_with(['✅', '✔', '☑', '✓', '√'])
}

/// True if what follows a link is not part of its sentence: `- a remark`, `(a remark)`, `by Ida`.
fn begins_apart(tail: &str) -> bool {
    let tail = tail.trim_start();
    let marks = [
        '<', '←', '-', '–', '—', ':', '|', '(', '[', ',', ';', '>', '→', '.', '*', '#', '"', '“', '!', '★', '⭐', '✅',
    ];
    tail.starts_with(marks) || tail.to_lowercase().starts_with("by ") || tail.to_lowercase().starts_with("from ")
}

/// True if what follows a link continues a phrase about reading it: `on the train`, `today`.
fn begins_on(tail: &str) -> bool {
    let tail = fold(tail);
    let next = tail.split_whitespace().map(bare).next().unwrap_or("");
    GOES_ON.has(next) || ["today", "yesterday", "again", "twice", "this", "last", "for", "by"].contains(&next)
}

/// True for words between two addresses that only join them.
pub(super) fn is_joint(between: &str) -> bool {
    between.split_whitespace().map(bare).all(|word| word.is_empty() || JOINTS.has(word.to_lowercase().as_str()))
}

/// True for words between two addresses that separate two things: `URL and URL`, `URL, URL`.
pub(super) fn parts_things(between: &str) -> bool {
    let mut words = bare_words(between).peekable();
    match words.peek() {
        Some(_) => words.all(|word| ["and", "or", "und", "oder", "et", "ou", "y", "e"].contains(&fold(word).as_str())),
        None => between.contains([',', ';', '&', '+']),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(lead: &str, tail: &str) -> Own {
        Own { lead: lead.to_owned(), tail: tail.to_owned(), ..Own::default() }
    }

    #[test]
    fn words_of_state() {
        use ReadingState::*;
        let undated = Where::default();
        let dated = Where { dated: true, ..undated };
        let in_list = Where { in_list: true, ..undated };
        for (lead, tail, place, state) in [
            ("watched", "", undated, Some(Read)),
            ("read", "", dated, Some(Read)),
            ("read", "", undated, None),
            ("read more at", "", dated, None),
            ("reading:", "", undated, Some(Reading)),
            ("reading group notes", "", undated, None),
            ("TODO", "", undated, Some(ToRead)),
            ("", " READ", undated, Some(Read)),
            ("", " (read)", undated, Some(Read)),
            ("✅ ", "", undated, Some(Read)),
            ("a loom", "", dated, None),
            ("", " - to read", undated, Some(ToRead)),
            ("", " - unread", undated, Some(ToRead)),
            ("", " - must read", undated, Some(ToRead)),
            ("", " – p. 340/900", undated, Some(Reading)),
            ("", " - 30%", undated, Some(Reading)),
            ("", " (100%)", undated, Some(Read)),
            ("", " - read?", undated, Some(ToLookAt)),
            ("", " 👀", undated, Some(ToLookAt)),
            ("", " - loved it!", undated, Some(Read)),
            ("", " - abandoned at p. 50", undated, Some(Dropped)),
            ("", " - not done", undated, Some(ToRead)),
            ("NEXT:", "", undated, Some(ToRead)),
            ("NOW", "", undated, Some(Reading)),
            ("maybe", "", in_list, Some(ToLookAt)),
            ("maybe", "", undated, None),
            ("maybe the loom", "", in_list, None),
            ("读完", "", undated, Some(Read)),
            ("あとで読む:", "", undated, Some(ToRead)),
            ("読了: ", "", undated, Some(Read)),
            ("put", " away after 30 pages", undated, Some(Dropped)),
            ("couldn't get into", "", undated, Some(Dropped)),
            ("don't bother with", "", undated, Some(Dropped)),
            ("too hard for now", "", undated, Some(Dropped)),
            ("did not like", ", put it away after 30 pages", undated, Some(Dropped)),
            ("finally got through", ", excellent", dated, Some(Read)),
            ("got through the review", "", dated, None),
            ("about a third into", "", undated, Some(Reading)),
            ("", " – about a third in", undated, Some(Reading)),
            ("", " – in the middle of the second part", undated, Some(Reading)),
            ("", " — on page 210", undated, Some(Reading)),
            ("", " season 2, two episodes to go", undated, Some(Reading)),
            ("", " – next up", undated, Some(ToRead)),
            ("", " - finished chapters 1-12", undated, Some(Reading)),
            ("bookmarked for later: ", "", undated, Some(ToRead)),
            ("saved", " for the weekend", undated, Some(ToRead)),
            ("Artikel über Weben gelesen: ", "", undated, Some(Read)),
            ("Vortrag angeschaut", "", undated, Some(Read)),
            ("Vortrag nicht angeschaut", "", undated, None),
            ("überflogen: ", "", undated, Some(Read)),
            ("saved", " for later", undated, Some(ToRead)),
            ("must watch:", "", undated, Some(ToRead)),
            ("Video geschaut: ", "", undated, Some(Read)),
            ("The article I read: ", "", undated, Some(Read)),
            ("Reading", " was a waste of time", undated, Some(Read)),
            ("Did I read the guide", "? not yet", undated, Some(ToRead)),
            ("read the room", "", dated, None),
            ("read from cache", "", dated, None),
            ("watched CI fail", "", dated, None),
            ("reading glasses from", "", dated, None),
            ("reading period is slow:", "", dated, None),
            ("skipped CI", "", dated, None),
            ("done: deploy", "", dated, None),
            ("", " - gave up", undated, Some(Dropped)),
            ("", " - gave up after chapter 3", undated, Some(Dropped)),
            ("", " - half way", undated, Some(Reading)),
            ("", " - haven't finished", undated, Some(Reading)),
            ("", " - already read twice", undated, Some(Read)),
            ("", " - read twice, great", undated, Some(Read)),
            ("", " (read 2026-11-04)", undated, Some(Read)),
            ("", " ★★★★☆", undated, Some(Read)),
            ("", " (4/5)", undated, Some(Read)),
            ("", " #read", undated, Some(Read)),
            ("", " #toread", undated, Some(ToRead)),
            ("#reading ", "", undated, Some(Reading)),
            ("", " [status:: reading]", undated, Some(Reading)),
            ("", " (finished:: 2026-11-04)", undated, Some(Read)),
            ("", " ✅ 2026-11-04", undated, Some(Read)),
            ("Looms (to read): ", "", undated, Some(ToRead)),
            ("Looms - ", " - zu lesen", undated, Some(ToRead)),
            ("schon gelesen: ", "", undated, Some(Read)),
            ("à lire : ", "", undated, Some(ToRead)),
            ("", " (leído)", undated, Some(Read)),
            ("", " - não lido", undated, Some(ToRead)),
            ("read half of", "", dated, Some(Reading)),
            ("finished the migration, see", "", dated, None),
            ("finished the migration", "", dated, None),
            ("finished the book on looms", "", dated, Some(Read)),
            ("finished Looms for all", "", dated, Some(Read)),
            ("finished looms for all", "", in_list, Some(Read)),
            ("watched the build", " fail", dated, None),
            ("started the pump, see", "", dated, None),
            ("great article about looms:", "", dated, Some(Read)),
            ("good read:", "", in_list, Some(Read)),
            ("good article ideas:", "", undated, None),
            ("nice loom:", "", dated, None),
            ("", " - recommended by Ida", undated, None),
            ("", " - 45 min", undated, None),
            ("read", " before Monday", dated, Some(ToRead)),
            ("read", " by Friday", dated, Some(ToRead)),
            ("Read", " for next time", dated, Some(ToRead)),
            ("A loom — read", " tomorrow", undated, Some(ToRead)),
            ("read", " by Ida", dated, Some(Read)),
            ("read before bed:", "", dated, Some(Read)),
            ("read over lunch:", "", dated, Some(Read)),
            ("read on the bus:", " cried a bit", undated, Some(Read)),
            ("Quiet. Finished reading", ", we should do this", dated, Some(Read)),
            ("I said I've read", " and it's me", undated, Some(Read)),
            ("wait until I have read", "", undated, None),
            ("off sick, read some of", "", dated, Some(Reading)),
            ("started the third unit", " 3/12", dated, Some(Reading)),
            ("angefangen mit", "", dated, Some(Reading)),
            ("found via Ida, for later:", "", undated, Some(ToRead)),
            ("missed it, nachschauen:", "", undated, Some(ToLookAt)),
            ("training videos", " to watch before 15/1", undated, Some(ToRead)),
            ("", " - read it when it came out", undated, Some(Read)),
            ("READ COMMITTED", "", dated, None),
            ("", " - read models explained", undated, None),
            ("", " - done by machines", undated, None),
            ("", " - dropped in version 3", undated, None),
            ("read-only replicas", "", dated, None),
            ("Part 4/5 ", "", undated, None),
        ] {
            let found = own(lead, tail).word(place).map(|word| word.state);
            assert_eq!(found, state, "{lead}|{tail}");
        }
        let day = "2026-11-04".parse().ok();
        for tail in [" (read 2026-11-04)", " ✅ 2026-11-04", " [read:: 2026-11-04]", " - read on 2026-11-04"] {
            assert_eq!(own("", tail).word(undated).and_then(|word| word.day), day, "{tail}");
        }
    }

    #[test]
    fn sentences_and_titles() {
        assert!(own("jobs can be interrupted, through a library (", ") or by hand in parts").is_sentence());
        assert!(!own("ruby saga example", "").is_sentence());
        assert!(!own("", " - a remark on it").is_sentence());
        assert!(!own("the talk", " by Ida Berg").is_sentence());
    }
}

//! Prepares a query: turns words into terms, corrects words that do not occur, and looks all of them up.

use crate::index::as_typed::AsTyped;
use crate::index::doc_filter;
use crate::index::doc_filter::DocFilter;
use crate::index::error::Error;
use crate::index::postings::Slot;
use crate::index::query::RankWord;
use crate::index::query::SearchQuery;
use crate::index::query_term;
use crate::index::query_term::QueryTerm;
use crate::index::rank::Ranking;
use crate::index::schema;
use crate::index::snapshot::Snapshot;
use crate::index::snippet::Sought;
use crate::index::source::NoteSource;
use crate::index::vocabulary;
use crate::index::vocabulary::Vocabulary;
use crate::index::words;

/// Upper bound on ranking words: further ones are ignored.
const MOST_WORDS: usize = 64;

/// Minimum length, in characters, of a word that counts as the beginning of others.
const SHORTEST_BEGINNING: usize = 2;

/// The last word counts as half typed if this many times more sections have a word that begins with it.
const HALF_TYPED: u64 = 20;

/// A query whose words have become terms.
pub(crate) struct Prepared {
    pub(crate) ranking: Ranking,
    pub(crate) filter: Option<DocFilter>,
    /// True if only sections with one of the plain words are hits.
    pub(crate) chooses: bool,
    /// The words to show in snippets.
    pub(crate) sought: Sought,
    /// Typed words, and the terms used instead.
    pub(crate) corrected: Vec<(String, String)>,
}

/// Turns words into terms, corrects words that do not occur, and looks all of them up.
pub(crate) fn prepare(snapshot: &Snapshot, source: &dyn NoteSource, query: &SearchQuery) -> Result<Prepared, Error> {
    let vocabulary = Vocabulary::new(snapshot, source.language())?;
    let mut corrected: Vec<(String, String)> = Vec::new();
    let mut correct = |query_term: QueryTerm, typed: &str| correct(&vocabulary, query_term, typed, &mut corrected);

    let words = ranked_words(&vocabulary, &query.words);
    let beginning = beginning(&vocabulary, words.last().copied())?;
    let half_typed = match &beginning {
        Some((word, slot)) => half_typed(&vocabulary, word, slot)?,
        None => None,
    };
    let last = Last { begins: beginning.is_some(), half_typed: half_typed.as_ref() };
    let mut sequence = sequence(snapshot, &vocabulary, &words, &last, &mut correct)?;
    let beginning = beginning.filter(|_| half_typed.is_none());
    let mut positive = Vec::new();
    let filter = match &query.filter {
        Some(node) if !sequence.is_empty() && doc_filter::is_signs(&vocabulary, node) => None,
        Some(node) => Some(DocFilter::of(node, &vocabulary, &mut correct, &mut positive)?),
        None => None,
    };
    let chooses = !sequence.is_empty();
    for query_term in &positive {
        sequence.extend(spread(query_term.clone()));
    }
    sequence.truncate(MOST_WORDS);

    let (query_terms, order) = counted(sequence);
    let typed: Vec<&str> = query.words.iter().map(|word| word.text.as_str()).collect();
    let typed = words::whole(&typed.join(" "));
    let beginning = beginning.as_ref().map(|(word, slot)| (word.as_str(), slot));
    let ranking = Ranking::new(snapshot, &query_terms, &order, beginning, &typed)?;
    let mut sought = sought(&ranking, &query_terms, &positive, beginning.map(|(_, slot)| slot));
    let typed = query.words.iter().filter(|word| !word.prefix).map(|word| word.text.as_str());
    sought.typed =
        typed.chain(positive.iter().map(|query_term| query_term.word.as_str())).filter_map(AsTyped::new).collect();
    Ok(Prepared { ranking, filter, chooses, sought, corrected })
}

/// The words that rank: without stop words (`the`), unless there are no others.
fn ranked_words<'q>(vocabulary: &Vocabulary<'_>, words: &'q [RankWord]) -> Vec<&'q RankWord> {
    let says_something = |word: &&RankWord| word.prefix || word.phrase || !vocabulary.is_stop(&word.text);
    let mut ranked: Vec<_> = words.iter().filter(says_something).collect();
    if ranked.is_empty() {
        ranked = words.iter().collect();
    }
    ranked.truncate(MOST_WORDS);
    ranked
}

/// Whether the last word may be half typed.
struct Last<'a> {
    /// There are other words that begin with it.
    begins: bool,
    /// All of those words as one term, if the word itself is rare.
    half_typed: Option<&'a QueryTerm>,
}

/// The terms of the words, in the order of the query.
fn sequence(
    snapshot: &Snapshot,
    vocabulary: &Vocabulary<'_>,
    words: &[&RankWord],
    last: &Last<'_>,
    correct: &mut dyn FnMut(QueryTerm, &str) -> Result<QueryTerm, Error>,
) -> Result<Vec<QueryTerm>, Error> {
    let mut sequence: Vec<QueryTerm> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let is_last = at + 1 == words.len();
        if word.phrase {
            sequence.extend(query_term::phrase(vocabulary, &word.text));
            continue;
        }
        if let Some(term) = last.half_typed.filter(|_| is_last) {
            sequence.push(term.clone());
            continue;
        }
        let expansions = word.prefix.then_some(vocabulary::EXPANSIONS);
        let soft = !word.prefix && query_term::is_soft(&word.text);
        for mut term in query_term::ranked(vocabulary, &word.text, expansions)? {
            let begins = is_last && last.begins;
            if word.prefix || begins && term.single().is_some() {
                sequence.push(term);
            } else if term.single().is_none() && (soft || occurs_nowhere(snapshot, &term)?) {
                let content = |part: &QueryTerm| !soft || !vocabulary.is_stop(&part.word);
                for part in query_term::separately(vocabulary, &word.text).into_iter().filter(content) {
                    let typed = part.word.clone();
                    sequence.push(correct(part, &typed)?);
                }
                if soft {
                    // `event-driven` as a whole ranks best, but `driven by events` is found too.
                    term.optional = true;
                    sequence.push(term);
                }
            } else {
                sequence.push(correct(term, &word.text)?);
            }
        }
    }
    Ok(sequence)
}

/// Each term once, with the number of its occurrences in the query; and the order of the query as indices of these.
fn counted(sequence: Vec<QueryTerm>) -> (Vec<(QueryTerm, usize)>, Vec<usize>) {
    let mut query_terms: Vec<(QueryTerm, usize)> = Vec::new();
    let mut order = Vec::new();
    for query_term in sequence {
        match query_terms.iter_mut().enumerate().find(|(_, (known, _))| known.options == query_term.options) {
            Some((at, (_, times))) => {
                *times += 1;
                order.push(at);
            }
            None => {
                order.push(query_terms.len());
                query_terms.push((query_term, 1));
            }
        }
    }
    (query_terms, order)
}

/// The words to show in snippets, weighted by rarity.
fn sought(
    ranking: &Ranking,
    query_terms: &[(QueryTerm, usize)],
    positive: &[QueryTerm],
    beginning: Option<&Slot>,
) -> Sought {
    let mut sought = Sought::default();
    for term in beginning.into_iter().flatten() {
        sought.terms.insert(term.clone(), 0.1);
    }
    for phrase in positive.iter().flat_map(|query_term| &query_term.options).filter(|phrase| phrase.len() > 1) {
        sought.phrases.push((phrase.clone(), 1.0));
    }
    for (at, (query_term, _)) in query_terms.iter().enumerate().filter(|(_, (query_term, _))| !query_term.of_phrase) {
        for phrase in &query_term.options {
            match phrase.as_slice() {
                [slot] => {
                    for term in slot {
                        let worth = sought.terms.entry(term.clone()).or_insert(0.0);
                        *worth = worth.max(ranking.rarity(at));
                    }
                }
                _ => sought.phrases.push((phrase.clone(), ranking.rarity(at))),
            }
        }
    }
    sought
}

/// The terms that begin with the last word of a query, while it may be half typed.
fn beginning(vocabulary: &Vocabulary<'_>, word: Option<&RankWord>) -> Result<Option<(String, Slot)>, Error> {
    let Some(word) = word.filter(|word| !word.prefix && !word.phrase) else { return Ok(None) };
    let Some(beginning) = Vocabulary::open_end(&word.text) else { return Ok(None) };
    if beginning.chars().count() < SHORTEST_BEGINNING || !word.text.chars().all(char::is_alphanumeric) {
        return Ok(None);
    }
    let terms = vocabulary.expand(&beginning, vocabulary::EXPANSIONS)?;
    Ok((!terms.is_empty()).then(|| (word.text.clone(), terms)))
}

/// The last word of a query as any word that begins with it, if it is hardly a word itself: it does not occur, or in far fewer
/// sections than words that begin with it.
fn half_typed(vocabulary: &Vocabulary<'_>, word: &str, beginnings: &Slot) -> Result<Option<QueryTerm>, Error> {
    let own = query_term::ranked(vocabulary, word, None)?;
    let [own] = own.as_slice() else { return Ok(None) };
    let Some(slot) = own.single() else { return Ok(None) };
    if vocabulary.frequency(slot)? * HALF_TYPED >= vocabulary.frequency(beginnings)? {
        return Ok(None);
    }
    let mut slot = slot.clone();
    slot.extend(beginnings.iter().cloned());
    slot.sort_unstable();
    slot.dedup();
    Ok(Some(QueryTerm::word(&format!("{word}…"), slot)))
}

/// Replaces a word that does not occur by the most similar one that does.
fn correct(
    vocabulary: &Vocabulary<'_>,
    query_term: QueryTerm,
    typed: &str,
    corrected: &mut Vec<(String, String)>,
) -> Result<QueryTerm, Error> {
    let Some(slot) = query_term.single() else { return Ok(query_term) };
    if vocabulary.frequency(slot)? > 0 {
        return Ok(query_term);
    }
    let Some(term) = vocabulary.nearest(typed, slot)? else { return Ok(query_term) };
    if !corrected.iter().any(|(known, _)| known == typed) {
        corrected.push((typed.to_owned(), term.clone()));
    }
    Ok(QueryTerm::word(&term.clone(), vec![term]))
}

fn occurs_nowhere(snapshot: &Snapshot, query_term: &QueryTerm) -> Result<bool, Error> {
    for segment in &snapshot.segments {
        if !query_term.counts(segment, schema::fields().all)?.is_empty() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The words of a required phrase, as words that rank.
fn spread(query_term: QueryTerm) -> Vec<QueryTerm> {
    match <[_; 1]>::try_from(query_term.options) {
        Ok([phrase]) if phrase.len() == 1 => vec![QueryTerm::new(query_term.word, vec![phrase])],
        Ok([phrase]) => {
            let word = |slot: Slot| QueryTerm::word(&slot.first().cloned().unwrap_or_default(), slot);
            phrase.into_iter().map(|slot| QueryTerm { of_phrase: true, ..word(slot) }).collect()
        }
        Err(options) => vec![QueryTerm::new(query_term.word, options)],
    }
}

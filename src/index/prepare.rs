//! A query made ready: its words become terms, those that occur nowhere are replaced, and all of them are looked up.

use std::collections::HashMap;

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
use crate::index::source::NoteSource;
use crate::index::vocabulary;
use crate::index::vocabulary::Vocabulary;

/// Words that rank, at most: later ones of a longer query are ignored.
const MOST_WORDS: usize = 64;

/// A word is taken as the beginning of others from this length on.
const SHORTEST_BEGINNING: usize = 2;

/// A query whose words have become terms.
pub(crate) struct Prepared {
    pub(crate) ranking: Ranking,
    pub(crate) filter: Option<DocFilter>,
    /// True when only sections with one of the plain words are hits.
    pub(crate) chooses: bool,
    /// What each term is worth in a snippet.
    pub(crate) terms: HashMap<String, f64>,
    /// What was typed, and the term in its place.
    pub(crate) corrected: Vec<(String, String)>,
}

/// Turns words into terms, corrects those that occur nowhere, and looks them all up.
pub(crate) fn prepare(snapshot: &Snapshot, source: &dyn NoteSource, query: &SearchQuery) -> Result<Prepared, Error> {
    let vocabulary = Vocabulary::new(snapshot, source.language())?;
    let mut corrected: Vec<(String, String)> = Vec::new();
    let mut correct = |query_term: QueryTerm, typed: &str| correct(&vocabulary, query_term, typed, &mut corrected);

    let content = |word: &&RankWord| word.prefix || word.phrase || !vocabulary.is_stop(&word.text);
    let mut words: Vec<_> = query.words.iter().filter(content).collect();
    if words.is_empty() {
        words = query.words.iter().collect();
    }
    words.truncate(MOST_WORDS);
    let beginning = beginning(&vocabulary, words.last().copied())?;
    let mut sequence: Vec<QueryTerm> = Vec::new();
    let last = words.len().saturating_sub(1);
    for (at, word) in words.iter().enumerate() {
        if word.phrase {
            sequence.extend(query_term::phrase(&vocabulary, &word.text));
            continue;
        }
        let expansions = word.prefix.then_some(vocabulary::EXPANSIONS);
        for query_term in query_term::ranked(&vocabulary, &word.text, expansions)? {
            let half_typed = at == last && beginning.is_some();
            if word.prefix || half_typed && query_term.single().is_some() {
                sequence.push(query_term);
            } else if query_term.single().is_none() && occurs_nowhere(snapshot, &query_term)? {
                for query_term in query_term::separately(&vocabulary, &word.text) {
                    let typed = query_term.word.clone();
                    sequence.push(correct(query_term, &typed)?);
                }
            } else {
                sequence.push(correct(query_term, &word.text)?);
            }
        }
    }
    let mut positive = Vec::new();
    let filter = match &query.filter {
        Some(node) => Some(DocFilter::of(node, &vocabulary, &mut correct, &mut positive)?),
        None => None,
    };
    let chooses = !sequence.is_empty();
    for query_term in positive {
        sequence.extend(spread(query_term));
    }
    sequence.truncate(MOST_WORDS);

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
    let ranking =
        Ranking::new(snapshot, &query_terms, &order, beginning.as_ref().map(|(word, slot)| (word.as_str(), slot)))?;

    let mut terms: HashMap<String, f64> = HashMap::new();
    for term in beginning.iter().flat_map(|(_, slot)| slot) {
        terms.insert(term.clone(), 0.1);
    }
    for (at, (query_term, _)) in query_terms.iter().enumerate() {
        for term in query_term.terms() {
            let worth = terms.entry(term.clone()).or_insert(0.0);
            *worth = worth.max(ranking.rarity(at));
        }
    }
    Ok(Prepared { ranking, filter, chooses, terms, corrected })
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

/// Replaces a word that occurs nowhere by the nearest that does.
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
    Ok(QueryTerm { word: term.clone(), options: vec![vec![vec![term]]] })
}

fn occurs_nowhere(snapshot: &Snapshot, query_term: &QueryTerm) -> Result<bool, Error> {
    for segment in &snapshot.segments {
        if !query_term.counts(segment, schema::fields().all)?.is_empty() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The words of a phrase that must hold, as words that rank.
fn spread(query_term: QueryTerm) -> Vec<QueryTerm> {
    match <[_; 1]>::try_from(query_term.options) {
        Ok([phrase]) => {
            let one = |slot: Slot| QueryTerm { word: query_term.word.clone(), options: vec![vec![slot]] };
            let alone = phrase.len() == 1;
            let name =
                |slot: Slot| QueryTerm { word: slot.first().cloned().unwrap_or_default(), options: vec![vec![slot]] };
            phrase.into_iter().map(|slot| if alone { one(slot) } else { name(slot) }).collect()
        }
        Err(options) => vec![QueryTerm { word: query_term.word, options }],
    }
}

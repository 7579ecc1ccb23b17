//! A query made ready: its words become terms, those that occur nowhere are replaced, and all of them are looked up.

use std::collections::HashMap;

use crate::index::Error;
use crate::index::NoteSource;
use crate::index::postings::Slot;
use crate::index::query::RankWord;
use crate::index::query::SearchQuery;
use crate::index::rank::Ranking;
use crate::index::schema;
use crate::index::strict::Condition;
use crate::index::unit;
use crate::index::unit::Unit;
use crate::index::view::View;
use crate::index::vocabulary;
use crate::index::vocabulary::Vocabulary;

/// Words that rank, at most: later ones of a longer query are ignored.
const MOST_WORDS: usize = 64;

/// A word is taken as the beginning of others from this length on.
const SHORTEST_BEGINNING: usize = 2;

/// A query whose words have become terms.
pub(crate) struct Prepared {
    pub(crate) ranking: Ranking,
    pub(crate) condition: Option<Condition>,
    /// True when only sections with one of the plain words are hits.
    pub(crate) chooses: bool,
    /// What each term is worth in a snippet.
    pub(crate) terms: HashMap<String, f64>,
    /// What was typed, and the term in its place.
    pub(crate) corrected: Vec<(String, String)>,
}

/// Turns words into terms, corrects those that occur nowhere, and looks them all up.
pub(crate) fn prepare(view: &View, source: &dyn NoteSource, query: &SearchQuery) -> Result<Prepared, Error> {
    let vocabulary = Vocabulary::new(view, source.language())?;
    let mut corrected: Vec<(String, String)> = Vec::new();
    let mut correct = |unit: Unit, typed: &str| correct(&vocabulary, unit, typed, &mut corrected);

    let content = |word: &&RankWord| word.prefix || word.phrase || !vocabulary.is_stop(&word.text);
    let mut words: Vec<_> = query.words.iter().filter(content).collect();
    if words.is_empty() {
        words = query.words.iter().collect();
    }
    words.truncate(MOST_WORDS);
    let beginning = beginning(&vocabulary, words.last().copied())?;
    let mut sequence: Vec<Unit> = Vec::new();
    let last = words.len().saturating_sub(1);
    for (at, word) in words.iter().enumerate() {
        if word.phrase {
            sequence.extend(unit::phrase(&vocabulary, &word.text));
            continue;
        }
        let expansions = word.prefix.then_some(vocabulary::EXPANSIONS);
        for unit in unit::ranked(&vocabulary, &word.text, expansions)? {
            let half_typed = at == last && beginning.is_some();
            if word.prefix || half_typed && unit.single().is_some() {
                sequence.push(unit);
            } else if unit.single().is_none() && occurs_nowhere(view, &unit)? {
                for unit in unit::separately(&vocabulary, &word.text) {
                    let typed = unit.word.clone();
                    sequence.push(correct(unit, &typed)?);
                }
            } else {
                sequence.push(correct(unit, &word.text)?);
            }
        }
    }
    let mut positive = Vec::new();
    let condition = match &query.strict {
        Some(node) => Some(Condition::of(node, &vocabulary, &mut correct, &mut positive)?),
        None => None,
    };
    let chooses = !sequence.is_empty();
    for unit in positive {
        sequence.extend(spread(unit));
    }
    sequence.truncate(MOST_WORDS);

    let mut units: Vec<(Unit, usize)> = Vec::new();
    let mut order = Vec::new();
    for unit in sequence {
        match units.iter_mut().enumerate().find(|(_, (known, _))| known.options == unit.options) {
            Some((at, (_, times))) => {
                *times += 1;
                order.push(at);
            }
            None => {
                order.push(units.len());
                units.push((unit, 1));
            }
        }
    }
    let ranking = Ranking::new(view, &units, &order, beginning.as_ref().map(|(word, slot)| (word.as_str(), slot)))?;

    let mut terms: HashMap<String, f64> = HashMap::new();
    for term in beginning.iter().flat_map(|(_, slot)| slot) {
        terms.insert(term.clone(), 0.1);
    }
    for (at, (unit, _)) in units.iter().enumerate() {
        for term in unit.terms() {
            let worth = terms.entry(term.clone()).or_insert(0.0);
            *worth = worth.max(ranking.rarity(at));
        }
    }
    Ok(Prepared { ranking, condition, chooses, terms, corrected })
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
    unit: Unit,
    typed: &str,
    corrected: &mut Vec<(String, String)>,
) -> Result<Unit, Error> {
    let Some(slot) = unit.single() else { return Ok(unit) };
    if vocabulary.frequency(slot)? > 0 {
        return Ok(unit);
    }
    let Some(term) = vocabulary.nearest(typed, slot)? else { return Ok(unit) };
    if !corrected.iter().any(|(known, _)| known == typed) {
        corrected.push((typed.to_owned(), term.clone()));
    }
    Ok(Unit { word: term.clone(), options: vec![vec![vec![term]]] })
}

fn occurs_nowhere(view: &View, unit: &Unit) -> Result<bool, Error> {
    for segment in &view.segments {
        if !unit.counts(segment, schema::fields().all)?.is_empty() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The words of a phrase that must hold, as words that rank.
fn spread(unit: Unit) -> Vec<Unit> {
    match <[_; 1]>::try_from(unit.options) {
        Ok([phrase]) => {
            let one = |slot: Slot| Unit { word: unit.word.clone(), options: vec![vec![slot]] };
            let alone = phrase.len() == 1;
            let name = |slot: Slot| Unit { word: slot.first().cloned().unwrap_or_default(), options: vec![vec![slot]] };
            phrase.into_iter().map(|slot| if alone { one(slot) } else { name(slot) }).collect()
        }
        Err(options) => vec![Unit { word: unit.word, options }],
    }
}

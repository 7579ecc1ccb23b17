//! Ranking: BM25 over five fields, plus bonuses for words close to each other, the beginning of the last word, and names that
//! equal the query.
//!
//! Everything is summed term by term in the order of the query, over live sections only, so that the same notes
//! give the same scores regardless of the history of the index.

use tantivy::DocId;
use tantivy::Term;
use tantivy::fieldnorm::FieldNormReader;

use crate::index::doc_set::DocSet;
use crate::index::error::Error;
use crate::index::postings;
use crate::index::postings::Counts;
use crate::index::postings::Slot;
use crate::index::query_term::QueryTerm;
use crate::index::reason::MatchedIn;
use crate::index::reason::Reason;
use crate::index::schema;
use crate::index::snapshot::Segment;
use crate::index::snapshot::Snapshot;

/// The fields in which words rank, with their weights. Titles and headings are in `all` too: they get a bonus, not a multiple.
pub(crate) const PLACES: [(MatchedIn, f64); 5] = [
    (MatchedIn::Anywhere, 1.0),
    (MatchedIn::Title, 0.5),
    (MatchedIn::Headings, 0.5),
    (MatchedIn::Name, 0.3),
    (MatchedIn::Aliases, 0.3),
];

/// The bonus of a heading, title or file name that equals the query, as a share of the weights of its words.
/// Titles and headings are in the text too, and get less than a file name, which is not.
pub(crate) const EXACT: [(MatchedIn, f64); 3] =
    [(MatchedIn::Heading, 1.0), (MatchedIn::Title, 0.5), (MatchedIn::Name, 1.0)];

/// The same for an alias; it counts only as a whole, and not as a title too.
pub(crate) const ALIAS: f64 = 1.25;

/// The bonus of a section with every word of the query, as a share of the weights of its words.
pub(crate) const EVERY_WORD: f64 = 0.4;

/// The weight of two adjacent words of the query that are close to each other in a section.
const NEAR: f64 = 0.1;

/// Maximum distance from being adjacent, in words.
const SLOP: u32 = 3;

/// The weight of words that begin with the last word of the query; less if nearly every section has one.
pub(crate) const BEGINNING: f64 = 0.5;

/// BM25's usual constants.
pub(crate) const K1: f64 = 1.2;
pub(crate) const B: f64 = 0.75;

/// A component of the score; it adds to the sections in which it occurs.
struct Part {
    word: String,
    /// Its index among the query words, if it is one.
    query_term: Option<usize>,
    place: MatchedIn,
    worth: Worth,
    /// One list per segment.
    lists: Vec<Counts>,
}

/// What an occurrence adds.
enum Worth {
    /// Depends on how often the word occurs; `field` is an index into [`PLACES`].
    Bm25 { field: usize, idf: f64, weight: f64 },
    /// The same for every occurrence.
    Constant(f64),
    /// One list per segment, in the order of the occurrences.
    Each(Vec<Vec<f64>>),
}

/// A query prepared for a snapshot.
pub(crate) struct Ranking {
    parts: Vec<Part>,
    /// The bits of the query words that a note needs in order to have them all.
    needed: u64,
    /// The average field lengths, by field.
    averages: [f64; PLACES.len()],
    /// By segment and field.
    norms: Vec<Vec<FieldNormReader>>,
    /// The rarity of each query word, for snippets.
    rarity: Vec<f64>,
}

/// The scores of a segment.
pub(crate) struct Scores {
    /// The documents in which any part occurs.
    pub(crate) docs: DocSet,
    scores: Vec<f64>,
    query_terms: Vec<u64>,
}

impl Scores {
    pub(crate) fn score(&self, doc: DocId) -> f64 {
        self.scores.get(doc as usize).copied().unwrap_or(0.0)
    }

    /// One bit for each query word that occurs.
    pub(crate) fn query_terms(&self, doc: DocId) -> u64 {
        self.query_terms.get(doc as usize).copied().unwrap_or(0)
    }
}

impl Ranking {
    /// Looks up the words. `query_terms` are distinct, each with how often it was typed; `order` is the query as typed.
    pub(crate) fn new(
        snapshot: &Snapshot,
        query_terms: &[(QueryTerm, usize)],
        order: &[usize],
        beginning: Option<(&str, &Slot)>,
        typed: &str,
    ) -> Result<Self, Error> {
        let norms = snapshot.segments.iter().map(norms).collect::<Result<Vec<_>, _>>()?;
        let total: u64 = snapshot.segments.iter().map(|segment| segment.live.len()).sum();
        let averages = std::array::from_fn(|place| average(snapshot, &norms, place, total));
        let needed = query_terms.iter().enumerate().filter(|(_, (term, _))| !term.optional);
        let needed = needed.fold(0, |bits, (at, _)| bits | bit(at));
        let mut ranking = Self { parts: Vec::new(), needed, averages, norms, rarity: Vec::new() };

        for (at, (term, times)) in query_terms.iter().enumerate() {
            for (field, (place, weight)) in PLACES.into_iter().enumerate() {
                let lists = lists(snapshot, term, place)?;
                let idf = idf(&lists, total);
                if field == 0 {
                    ranking.rarity.push(idf);
                }
                let worth = Worth::Bm25 { field, idf, weight: weight * f64_of(*times) };
                ranking.parts.push(Part { word: term.word.clone(), query_term: Some(at), place, worth, lists });
            }
        }
        ranking.add_pairs(snapshot, query_terms, order)?;
        if let Some((word, slot)) = beginning {
            let place = MatchedIn::Anywhere;
            let lists = snapshot.segments.iter().map(|segment| postings::slot(segment, place.field(), slot));
            let lists = lists.collect::<Result<Vec<_>, _>>()?;
            let worth = Worth::Constant(BEGINNING * idf(&lists, total).min(1.0));
            ranking.parts.push(Part { word: format!("{word}…"), query_term: None, place, worth, lists });
        }
        for (place, weight) in EXACT {
            ranking.add_exact(snapshot, query_terms, place, weight)?;
        }
        ranking.add_alias(snapshot, query_terms, typed)?;
        ranking.add_every_word(query_terms);
        Ok(ranking)
    }

    fn add_pairs(
        &mut self,
        snapshot: &Snapshot,
        query_terms: &[(QueryTerm, usize)],
        order: &[usize],
    ) -> Result<(), Error> {
        let mut done = Vec::new();
        for two in order.windows(2) {
            let [a, b] = *two else { continue };
            if a == b || done.contains(&(a, b)) {
                continue;
            }
            done.push((a, b));
            let (Some((left, _)), Some((right, _))) = (query_terms.get(a), query_terms.get(b)) else { continue };
            let (Some(last), Some(first)) = (left.last(), right.first()) else { continue };
            for (field, (place, weight)) in PLACES.into_iter().enumerate() {
                let (Some(lefts), Some(rights)) = (self.part(a, place), self.part(b, place)) else { continue };
                let idf = lefts.worth.idf() + rights.worth.idf();
                let both = lefts.lists.iter().zip(&rights.lists).map(|(left, right)| postings::both(left, right));
                let lists = both
                    .zip(&snapshot.segments)
                    .map(|(docs, segment)| postings::near(segment, place.field(), last, first, SLOP, &docs))
                    .collect::<Result<_, _>>()?;
                let word = format!("{} … {}", left.word, right.word);
                let worth = Worth::Bm25 { field, idf, weight: weight * NEAR };
                self.parts.push(Part { word, query_term: None, place, worth, lists });
            }
        }
        Ok(())
    }

    /// Adds for names that resemble the query: the weights of the words that both share, times the squares of their shares of the
    /// query and of the name.
    fn add_exact(
        &mut self,
        snapshot: &Snapshot,
        query_terms: &[(QueryTerm, usize)],
        place: MatchedIn,
        weight: f64,
    ) -> Result<(), Error> {
        let counted = |(_, (term, _)): &(usize, &(QueryTerm, usize))| !term.optional;
        let all = self.all_rarity(query_terms);
        let mut found = Vec::new();
        let mut each = Vec::new();
        for (at, segment) in snapshot.segments.iter().enumerate() {
            let norms = segment.reader.get_fieldnorms_reader(place.field())?;
            let mut shared: Vec<(DocId, f64, usize)> = Vec::new();
            for (nth, (term, _)) in query_terms.iter().enumerate().filter(counted) {
                let mut add = |list: &Counts| {
                    let words = |count: u32| term.words() * count as usize;
                    shared.extend(list.iter().map(|&(doc, count)| (doc, self.rarity(nth), words(count))));
                };
                match self.part(nth, place) {
                    Some(part) => part.lists.get(at).into_iter().for_each(&mut add),
                    None => add(&term.counts(segment, place.field())?),
                }
            }
            // a stable sort: the words of each name stay in the order of the query, so that sums are reproducible
            shared.sort_by_key(|&(doc, ..)| doc);
            let (mut docs, mut scores) = (Counts::new(), Vec::new());
            for of_name in shared.chunk_by(|a, b| a.0 == b.0) {
                let Some(&(doc, ..)) = of_name.first() else { continue };
                let idf: f64 = of_name.iter().map(|&(_, idf, _)| idf).sum();
                let words: usize = of_name.iter().map(|&(.., words)| words).sum();
                let length = norms.fieldnorm(doc).max(1);
                let of_query = idf / all.max(f64::MIN_POSITIVE);
                let of_name = (f64_of(words) / f64::from(length)).min(1.0);
                docs.push((doc, 1));
                scores.push(weight * idf * of_query.powi(2) * of_name.powi(2));
            }
            found.push(docs);
            each.push(scores);
        }
        let words = query_terms.iter().filter(|(term, _)| !term.optional).map(|(term, _)| term.word.as_str());
        let word = format!("= {}", words.collect::<Vec<_>>().join(" "));
        self.parts.push(Part { word, query_term: None, place, worth: Worth::Each(each), lists: found });
        Ok(())
    }

    /// Adds for notes with an alias that equals the query.
    fn add_alias(&mut self, snapshot: &Snapshot, query_terms: &[(QueryTerm, usize)], typed: &str) -> Result<(), Error> {
        if typed.is_empty() {
            return Ok(());
        }
        let term = Term::from_field_text(schema::fields().alias, typed);
        let mut lists = Vec::new();
        for segment in &snapshot.segments {
            lists.push(segment.with_term(&term)?.iter().map(|doc| (doc, 1)).collect());
        }
        let worth = Worth::Constant(ALIAS * self.all_rarity(query_terms));
        self.parts.push(Part { word: format!("= {typed}"), query_term: None, place: MatchedIn::Aliases, worth, lists });
        Ok(())
    }

    /// Adds for sections with every word: one that answers the whole question beats many that answer a part of it.
    fn add_every_word(&mut self, query_terms: &[(QueryTerm, usize)]) {
        let needed = query_terms.iter().enumerate().filter(|(_, (term, _))| !term.optional);
        let needed: Vec<usize> = needed.map(|(at, _)| at).collect();
        let mut parts = needed.iter().filter_map(|&at| self.part(at, MatchedIn::Anywhere));
        let Some(first) = parts.next().filter(|_| needed.len() > 1) else { return };
        let mut lists = first.lists.clone();
        for part in parts {
            for (list, more) in lists.iter_mut().zip(&part.lists) {
                *list = postings::both(list, more).into_iter().map(|doc| (doc, 1)).collect();
            }
        }
        let worth = Worth::Constant(EVERY_WORD * self.all_rarity(query_terms));
        let (word, place) = ("every word".to_owned(), MatchedIn::Anywhere);
        self.parts.push(Part { word, query_term: None, place, worth, lists });
    }

    /// The combined rarity of all words of the query.
    fn all_rarity(&self, query_terms: &[(QueryTerm, usize)]) -> f64 {
        let counted = query_terms.iter().enumerate().filter(|(_, (term, _))| !term.optional);
        counted.map(|(at, _)| self.rarity(at)).sum()
    }

    fn part(&self, query_term: usize, place: MatchedIn) -> Option<&Part> {
        self.parts.iter().find(|part| part.query_term == Some(query_term) && part.place == place)
    }

    /// The rarity of a query word.
    pub(crate) fn rarity(&self, query_term: usize) -> f64 {
        self.rarity.get(query_term).copied().unwrap_or(0.0)
    }

    /// The bits of all query words that count.
    pub(crate) fn all_query_terms(&self) -> u64 {
        self.needed
    }

    /// Scores a segment.
    pub(crate) fn scores(&self, at: usize, segment: &Segment) -> Scores {
        let bound = segment.reader.max_doc();
        let mut docs = DocSet::none(bound);
        let some = self.parts.iter().any(|part| part.lists.get(at).is_some_and(|list| !list.is_empty()));
        let size = if some { bound as usize } else { 0 };
        let (mut scores, mut query_terms) = (vec![0.0; size], vec![0_u64; size]);
        for part in &self.parts {
            let bit = part.query_term.map_or(0, bit);
            for (nth, &(doc, count)) in part.lists.get(at).map_or(&[][..], Vec::as_slice).iter().enumerate() {
                docs.insert(doc);
                if let Some(score) = scores.get_mut(doc as usize) {
                    *score += self.worth(part, at, nth, doc, count);
                }
                if let Some(query_terms) = query_terms.get_mut(doc as usize) {
                    *query_terms |= bit;
                }
            }
        }
        Scores { docs, scores, query_terms }
    }

    /// The components of a section's score, in the order of the query.
    pub(crate) fn reasons(&self, at: usize, doc: DocId) -> Vec<Reason> {
        let found = self.parts.iter().filter_map(|part| {
            let list = part.lists.get(at)?;
            let nth = list.binary_search_by_key(&doc, |&(doc, _)| doc).ok()?;
            let &(_, count) = list.get(nth)?;
            let score = self.worth(part, at, nth, doc, count);
            Some(Reason { word: part.word.clone(), place: part.place, score })
        });
        found.collect()
    }

    fn worth(&self, part: &Part, at: usize, nth: usize, doc: DocId, count: u32) -> f64 {
        match &part.worth {
            Worth::Constant(weight) => *weight,
            Worth::Each(scores) => scores.get(at).and_then(|scores| scores.get(nth)).copied().unwrap_or(0.0),
            Worth::Bm25 { field, idf, weight } => {
                let norm =
                    self.norms.get(at).and_then(|norms| norms.get(*field)).map_or(1, |norms| norms.fieldnorm(doc));
                let average = self.averages.get(*field).copied().unwrap_or(1.0).max(f64::MIN_POSITIVE);
                let count = f64::from(count);
                let length = f64::from(norm) / average;
                weight * idf * count * (1.0 + K1) / (count + K1 * (1.0 - B + B * length))
            }
        }
    }
}

impl Worth {
    fn idf(&self) -> f64 {
        match self {
            Self::Bm25 { idf, .. } => *idf,
            Self::Constant(_) | Self::Each(_) => 0.0,
        }
    }
}

/// The bit of a query word.
fn bit(query_term: usize) -> u64 {
    1_u64.checked_shl(u32::try_from(query_term).unwrap_or(64)).unwrap_or(0)
}

fn lists(snapshot: &Snapshot, term: &QueryTerm, place: MatchedIn) -> Result<Vec<Counts>, Error> {
    snapshot.segments.iter().map(|segment| term.counts(segment, place.field())).collect()
}

fn norms(segment: &Segment) -> Result<Vec<FieldNormReader>, Error> {
    Ok(PLACES
        .into_iter()
        .map(|(place, _)| segment.reader.get_fieldnorms_reader(place.field()))
        .collect::<Result<_, _>>()?)
}

/// The mean length of a field over the live sections. Computed from the norms, which survive a merge unchanged.
fn average(snapshot: &Snapshot, norms: &[Vec<FieldNormReader>], place: usize, total: u64) -> f64 {
    let mut words = 0_u64;
    for (segment, norms) in snapshot.segments.iter().zip(norms) {
        let Some(norms) = norms.get(place) else { continue };
        if segment.whole {
            words += (0..segment.reader.max_doc()).map(|doc| u64::from(norms.fieldnorm(doc))).sum::<u64>();
        } else {
            words += segment.live.iter().map(|doc| u64::from(norms.fieldnorm(doc))).sum::<u64>();
        }
    }
    f64_of(words) / f64_of(total).max(1.0)
}

fn idf(lists: &[Counts], total: u64) -> f64 {
    let found = f64_of(lists.iter().map(Vec::len).sum::<usize>());
    (1.0 + (f64_of(total) - found + 0.5) / (found + 0.5)).ln()
}

/// A count as a floating-point number.
fn f64_of(count: impl TryInto<u32>) -> f64 {
    count.try_into().map_or(f64::from(u32::MAX), f64::from)
}

#[cfg(test)]
mod tests;

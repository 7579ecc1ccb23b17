//! How well sections answer: BM25 over three fields, words near one another, the beginning of the last word.
//!
//! Everything is summed term by term in the order of the query, over live sections only, so that the same notes
//! give the same scores however the index came about.

use tantivy::DocId;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::schema::Field;

use crate::index::doc_set::DocSet;
use crate::index::error::Error;
use crate::index::postings;
use crate::index::postings::Counts;
use crate::index::postings::Slot;
use crate::index::query_term::QueryTerm;
use crate::index::schema;
use crate::index::snapshot::Segment;
use crate::index::snapshot::Snapshot;

/// What a word in a field is worth. Titles and headings stand in `all` too: they get a bonus, not a multiple.
const WEIGHTS: [f64; 3] = [1.0, 0.5, 0.5];

/// What two neighbouring words of the query are worth where they stand near one another.
const NEAR: f64 = 0.1;

/// How far from being neighbours.
const SLOP: u32 = 3;

/// What a word is worth that begins with the last word of the query.
const BEGINNING: f64 = 0.5;

/// BM25's usual constants.
const K1: f64 = 1.2;
const B: f64 = 0.75;

/// Where a word of the query was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// Anywhere in the section, its heading and the note's title.
    Anywhere,
    /// The note's title.
    Title,
    /// The headings above the section, its own included.
    Headings,
}

const PLACES: [Place; 3] = [Place::Anywhere, Place::Title, Place::Headings];

impl Place {
    fn field(self) -> Field {
        let fields = schema::fields();
        match self {
            Self::Anywhere => fields.all,
            Self::Title => fields.title,
            Self::Headings => fields.heads,
        }
    }
}

/// A part of a score.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    /// The word, two words near one another (`two … words`), or a beginning (`edi…`).
    pub word: String,
    /// Where it stands.
    pub place: Place,
    /// What it adds.
    pub score: f64,
}

impl std::fmt::Display for Reason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let place = match self.place {
            Place::Anywhere => "in the section",
            Place::Title => "in the title",
            Place::Headings => "in the headings",
        };
        write!(f, "{:.2}  {} {place}", self.score, self.word)
    }
}

/// Something that adds to the scores of the sections in which it occurs.
struct Part {
    word: String,
    /// Its place among the query words, if it is one.
    query_term: Option<usize>,
    place: usize,
    /// `None`: the weight as it is, once.
    idf: Option<f64>,
    weight: f64,
    /// One list a segment.
    lists: Vec<Counts>,
}

/// A query made ready for a snapshot.
pub(crate) struct Ranking {
    parts: Vec<Part>,
    query_terms: usize,
    /// By place.
    averages: [f64; 3],
    /// By segment and place.
    norms: Vec<Vec<FieldNormReader>>,
    /// How rare each query word is, for snippets.
    rarity: Vec<f64>,
}

/// The scores of a segment.
pub(crate) struct Scores {
    /// What any part occurs in.
    pub(crate) docs: DocSet,
    scores: Vec<f64>,
    query_terms: Vec<u64>,
}

impl Scores {
    pub(crate) fn score(&self, doc: DocId) -> f64 {
        self.scores.get(doc as usize).copied().unwrap_or(0.0)
    }

    /// One bit a query word that occurs.
    pub(crate) fn query_terms(&self, doc: DocId) -> u64 {
        self.query_terms.get(doc as usize).copied().unwrap_or(0)
    }
}

impl Ranking {
    /// Looks up the words. `query words` are distinct, `times` says how often each was typed, `order` is the query as typed.
    pub(crate) fn new(
        snapshot: &Snapshot,
        query_terms: &[(QueryTerm, usize)],
        order: &[usize],
        beginning: Option<(&str, &Slot)>,
    ) -> Result<Self, Error> {
        let norms = snapshot.segments.iter().map(norms).collect::<Result<Vec<_>, _>>()?;
        let total: u64 = snapshot.segments.iter().map(|segment| segment.live.len()).sum();
        let averages = std::array::from_fn(|place| average(snapshot, &norms, place, total));
        let mut ranking =
            Self { parts: Vec::new(), query_terms: query_terms.len(), averages, norms, rarity: Vec::new() };

        for (at, (query_term, times)) in query_terms.iter().enumerate() {
            for (place, weight) in WEIGHTS.into_iter().enumerate() {
                let field = PLACES.get(place).copied().unwrap_or(Place::Anywhere).field();
                let lists = snapshot
                    .segments
                    .iter()
                    .map(|segment| query_term.counts(segment, field))
                    .collect::<Result<Vec<_>, _>>()?;
                let idf = idf(&lists, total);
                if place == 0 {
                    ranking.rarity.push(idf);
                }
                let weight = weight * f64_of(*times);
                ranking.parts.push(Part {
                    word: query_term.word.clone(),
                    query_term: Some(at),
                    place,
                    idf: Some(idf),
                    weight,
                    lists,
                });
            }
        }
        ranking.add_pairs(snapshot, query_terms, order)?;
        if let Some((word, slot)) = beginning {
            let field = Place::Anywhere.field();
            let lists = snapshot
                .segments
                .iter()
                .map(|segment| postings::slot(segment, field, slot))
                .collect::<Result<_, _>>()?;
            ranking.parts.push(Part {
                word: format!("{word}…"),
                query_term: None,
                place: 0,
                idf: None,
                weight: BEGINNING,
                lists,
            });
        }
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
            for (place, weight) in WEIGHTS.into_iter().enumerate() {
                let field = PLACES.get(place).copied().unwrap_or(Place::Anywhere).field();
                let (Some(lefts), Some(rights)) = (self.query_term(a, place), self.query_term(b, place)) else {
                    continue;
                };
                let idf = lefts.idf.unwrap_or(0.0) + rights.idf.unwrap_or(0.0);
                let both = lefts.lists.iter().zip(&rights.lists).map(|(left, right)| postings::both(left, right));
                let lists = both
                    .zip(&snapshot.segments)
                    .map(|(docs, segment)| postings::near(segment, field, last, first, SLOP, &docs))
                    .collect::<Result<_, _>>()?;
                let word = format!("{} … {}", left.word, right.word);
                self.parts.push(Part { word, query_term: None, place, idf: Some(idf), weight: weight * NEAR, lists });
            }
        }
        Ok(())
    }

    fn query_term(&self, query_term: usize, place: usize) -> Option<&Part> {
        self.parts.iter().find(|part| part.query_term == Some(query_term) && part.place == place)
    }

    /// How rare a query word is.
    pub(crate) fn rarity(&self, query_term: usize) -> f64 {
        self.rarity.get(query_term).copied().unwrap_or(0.0)
    }

    /// The bits of all query words.
    pub(crate) fn all_query_terms(&self) -> u64 {
        u64::MAX.checked_shr(u32::try_from(64_usize.saturating_sub(self.query_terms)).unwrap_or(64)).unwrap_or(0)
    }

    /// Scores a segment.
    pub(crate) fn scores(&self, at: usize, segment: &Segment) -> Scores {
        let bound = segment.reader.max_doc();
        let mut docs = DocSet::none(bound);
        let some = self.parts.iter().any(|part| part.lists.get(at).is_some_and(|list| !list.is_empty()));
        let size = if some { bound as usize } else { 0 };
        let (mut scores, mut query_terms) = (vec![0.0; size], vec![0_u64; size]);
        for part in &self.parts {
            let bit = part
                .query_term
                .map_or(0, |query_term| 1_u64.checked_shl(u32::try_from(query_term).unwrap_or(64)).unwrap_or(0));
            for &(doc, count) in part.lists.get(at).map_or(&[][..], Vec::as_slice) {
                docs.insert(doc);
                if let Some(score) = scores.get_mut(doc as usize) {
                    *score += self.worth(part, at, doc, count);
                }
                if let Some(query_terms) = query_terms.get_mut(doc as usize) {
                    *query_terms |= bit;
                }
            }
        }
        Scores { docs, scores, query_terms }
    }

    /// What a section's score is made of, in the order of the query.
    pub(crate) fn reasons(&self, at: usize, doc: DocId) -> Vec<Reason> {
        let found = self.parts.iter().filter_map(|part| {
            let list = part.lists.get(at)?;
            let (_, count) = *list.get(list.binary_search_by_key(&doc, |&(doc, _)| doc).ok()?)?;
            let place = PLACES.get(part.place).copied()?;
            Some(Reason { word: part.word.clone(), place, score: self.worth(part, at, doc, count) })
        });
        found.collect()
    }

    fn worth(&self, part: &Part, at: usize, doc: DocId, count: u32) -> f64 {
        let Some(idf) = part.idf else { return part.weight };
        let norm = self.norms.get(at).and_then(|norms| norms.get(part.place)).map_or(1, |norms| norms.fieldnorm(doc));
        let average = self.averages.get(part.place).copied().unwrap_or(1.0).max(f64::MIN_POSITIVE);
        let count = f64::from(count);
        let length = f64::from(norm) / average;
        part.weight * idf * count * (1.0 + K1) / (count + K1 * (1.0 - B + B * length))
    }
}

fn norms(segment: &Segment) -> Result<Vec<FieldNormReader>, Error> {
    Ok(PLACES.into_iter().map(|place| segment.reader.get_fieldnorms_reader(place.field())).collect::<Result<_, _>>()?)
}

/// The mean length of a field over the live sections. Counted from the norms, which a merge keeps as they are.
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

/// A count as a number to reckon with.
fn f64_of(count: impl TryInto<u32>) -> f64 {
    count.try_into().map_or(f64::from(u32::MAX), f64::from)
}

#[cfg(test)]
mod tests {
    use tantivy::Term;
    use tantivy::collector::TopDocs;
    use tantivy::query::TermQuery;
    use tantivy::schema::IndexRecordOption;

    use super::*;
    use crate::index::Library;
    use crate::index::fixture::Book;

    #[test]
    fn a_word_scores_as_tantivy_scores_it() {
        let texts = ["relay", "relay relay saga", "saga and more words of no weight here", "a relay among words"];
        let names: Vec<String> = (0..texts.len()).map(|n| format!("{n}.md")).collect();
        let files: Vec<(&str, &str)> = names.iter().map(String::as_str).zip(texts).collect();
        Book::new(&files).with(|library: &Library| {
            let query_term = QueryTerm { word: "relay".into(), options: vec![vec![vec!["relay".into()]]] };
            let compared = library.read(|snapshot| {
                let ranking = Ranking::new(snapshot, &[(query_term.clone(), 1)], &[0], None)?;
                let scores = ranking.scores(0, &snapshot.segments[0]);
                let term = Term::from_field_text(Place::Anywhere.field(), "relay");
                let query = TermQuery::new(term, IndexRecordOption::WithFreqs);
                let found = snapshot.searcher().search(&query, &TopDocs::with_limit(10).order_by_score())?;
                Ok(found.into_iter().map(|(score, at)| (f64::from(score), scores.score(at.doc_id))).collect::<Vec<_>>())
            });
            let compared = compared.unwrap();
            assert_eq!(compared.len(), 3);
            for (theirs, ours) in compared {
                assert!((theirs - ours).abs() < 1e-5, "{theirs} {ours}");
            }
        });
    }
}

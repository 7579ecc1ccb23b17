//! Searches: a query in, the best sections of the best notes out.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::collections::HashMap;

use tantivy::DocId;

use crate::index::doc_set::DocSet;
use crate::index::error::Error;
use crate::index::hit::NoteHit;
use crate::index::hit::Read;
use crate::index::library::Library;
use crate::index::prepare::Prepared;
use crate::index::prepare::prepare;
use crate::index::query::SearchOptions;
use crate::index::query::SearchQuery;
use crate::index::query::Sort;
use crate::index::snapshot::NoteAt;
use crate::index::snapshot::Segment;
use crate::index::snapshot::Snapshot;
use crate::index::snapshot::cell;
use crate::index::snippet::Cutter;
use crate::index::source::NoteSource;
use crate::model::NotePath;

/// The weight of a note's second and third best sections in its score.
const FURTHER: f64 = 0.3;

/// The number of sections that count for a note's score.
const SCORED: usize = 3;

/// The number of sections examined for each one shown.
const TRIED: usize = 5;

/// The result of a search.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answer {
    /// The best notes, at most as many as asked for.
    pub hits: Vec<NoteHit>,
    /// The total number of matching notes.
    pub total: usize,
    /// The number of those that have every ranking word of the query.
    pub all_words: usize,
    /// Words that do not occur, and what was searched instead, as written in a note.
    pub corrected: Vec<(String, String)>,
}

/// A note that matched, before it is read.
#[derive(Debug, Clone)]
struct RankedNote {
    at: NoteAt,
    score: f64,
    /// Scores and documents, the best first.
    sections: Vec<(f64, DocId)>,
}

impl Library {
    /// Searches.
    ///
    /// # Errors
    ///
    /// As [`Library::open`].
    pub fn search(&self, query: &SearchQuery, options: &SearchOptions) -> Result<Answer, Error> {
        self.read(|snapshot| answer(snapshot, self.source(), query, options))
    }
}

fn answer(
    snapshot: &Snapshot,
    source: &dyn NoteSource,
    query: &SearchQuery,
    options: &SearchOptions,
) -> Result<Answer, Error> {
    let prepared = prepare(snapshot, source, query)?;
    let mut found = Vec::new();
    let mut all_words = 0;
    for (at, segment) in snapshot.segments.iter().enumerate() {
        find(at, segment, &prepared, &mut found, &mut all_words)?;
    }
    let total = found.len();
    let found = first(snapshot, found, options)?;

    let mut cutter = Cutter::new(&prepared.sought, options.snippet);
    let mut corrected = prepared.corrected.clone();
    let mut open = prepared.corrected.iter().map(|(_, term)| term.clone()).collect::<Vec<_>>();
    let mut hits = Vec::with_capacity(found.len());
    for note in &found {
        let Some(segment) = snapshot.segments.get(note.at.segment) else { continue };
        let read = Read::new(segment, note.at.row, source)?;
        // A term is a stem: show a word of the text.
        for (used, term) in
            corrected.iter_mut().map(|(_, used)| used).zip(&mut open).filter(|(_, term)| !term.is_empty())
        {
            let title = read.facts.parsed.note.title.as_str();
            let surface = cutter.surface(&read.text, read.language, term);
            if let Some(surface) = surface.or_else(|| cutter.surface(title, read.language, term)) {
                *used = surface;
                term.clear();
            }
        }
        let first = segment.firsts.get(note.at.row).copied().unwrap_or(0);
        let mut sections = Vec::new();
        let mut by_title = None;
        for &(score, doc) in note.sections.iter().take(options.sections.max(1).saturating_mul(TRIED)) {
            let (mut hit, says_it) = read.section((doc - first) as usize, &mut cutter);
            hit.score = score;
            if options.explain {
                hit.explain = Some(prepared.ranking.reasons(note.at.segment, doc));
            }
            if says_it {
                sections.push(hit);
            } else if by_title.is_none() {
                by_title = Some(hit);
            }
            if sections.len() >= options.sections.max(1) {
                break;
            }
        }
        // Every section matches through its note's title: one that matches only that way is shown only if there is none better.
        if sections.is_empty() {
            sections.extend(by_title);
        }
        hits.push(NoteHit { path: read.facts.path.clone(), score: note.score, sections });
    }
    Ok(Answer { hits, total, all_words, corrected })
}

/// Finds the matching notes of a segment.
fn find(
    at: usize,
    segment: &Segment,
    prepared: &Prepared,
    found: &mut Vec<RankedNote>,
    all_words: &mut usize,
) -> Result<(), Error> {
    let scores = prepared.ranking.scores(at, segment);
    let docs: DocSet = match &prepared.filter {
        None => scores.docs.clone(),
        Some(filter) => {
            let mut docs = filter.matching_docs(segment)?;
            // Next to a filter, words select among what it allows.
            if prepared.chooses {
                docs.keep(&scores.docs);
            }
            docs
        }
    };
    let every = prepared.ranking.all_query_terms();
    let mut docs = docs.iter().peekable();
    while let Some(&doc) = docs.peek() {
        let row = segment.row(doc);
        let end = segment.sections(row).end;
        let mut sections = Vec::new();
        let mut query_terms = 0;
        while let Some(doc) = docs.next_if(|&doc| doc < end) {
            sections.push((scores.score(doc), doc));
            query_terms |= scores.query_terms(doc);
        }
        sections.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        // Sections that merely belong to the note are left out if others match; without any, the first one is shown.
        let worth = sections.iter().take_while(|(score, _)| *score > 0.0).count();
        sections.truncate(worth.max(1));
        *all_words += usize::from(query_terms == every);
        let mut weight = 1.0;
        let mut score = 0.0;
        for &(section, _) in sections.iter().take(SCORED) {
            score += weight * section;
            weight = FURTHER;
        }
        found.push(RankedNote { at: NoteAt { segment: at, row }, score, sections });
    }
    Ok(())
}

/// The first notes in the requested order.
fn first(snapshot: &Snapshot, found: Vec<RankedNote>, options: &SearchOptions) -> Result<Vec<RankedNote>, Error> {
    let rank = rank(snapshot, options.sort)?;
    let mut found: Vec<(f64, RankedNote)> = found.into_iter().map(|note| (rank(&note), note)).collect();
    // Paths break ties, and are expensive: only those of notes that may be shown are read.
    if let Some(last) = options.limit.checked_sub(1).filter(|&last| last < found.len()) {
        let (_, &mut (worst, _), _) = found.select_nth_unstable_by(last, |a, b| b.0.total_cmp(&a.0));
        found.retain(|(rank, _)| rank.total_cmp(&worst) != Ordering::Less);
    }
    let mut rows: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (_, note) in &found {
        rows.entry(note.at.segment).or_default().push(note.at.row);
    }
    let mut known: HashMap<NoteAt, NotePath> = HashMap::new();
    for (at, mut rows) in rows {
        let Some(segment) = snapshot.segments.get(at) else { continue };
        rows.sort_unstable();
        known.extend(paths(segment, &rows)?.into_iter().map(|(row, path)| (NoteAt { segment: at, row }, path)));
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| known.get(&a.1.at).cmp(&known.get(&b.1.at))));
    found.truncate(options.limit);
    Ok(found.into_iter().map(|(_, note)| note).collect())
}

/// Assigns each note a number; the highest comes first.
type Rank = Box<dyn Fn(&RankedNote) -> f64>;

/// The number by which notes are sorted.
fn rank(snapshot: &Snapshot, sort: Sort) -> Result<Rank, Error> {
    // Precise enough: a double holds times to a quarter of a microsecond.
    #[expect(clippy::cast_precision_loss, reason = "what is lost lies below the grain of file times")]
    let number = |value: i64| value as f64;
    Ok(match sort {
        Sort::Score => Box::new(|note| note.score),
        Sort::Path => Box::new(|_| 0.0),
        Sort::Modified => {
            let stamps = snapshot.segments.iter().map(Segment::stamps).collect::<Result<Vec<_>, _>>()?;
            Box::new(move |note| stamps.get(note.at.segment).map_or(0.0, |stamps| number(stamps.mtime(note.at.row))))
        }
        Sort::Date => {
            let dates = snapshot.segments.iter().map(|segment| segment.reader.fast_fields().i64("date"));
            let dates = dates.collect::<Result<Vec<_>, _>>()?;
            Box::new(move |note| {
                let doc = note.sections.first().map(|&(_, doc)| doc);
                let date = dates.get(note.at.segment).zip(doc).and_then(|(dates, doc)| dates.first(doc));
                date.map_or(f64::NEG_INFINITY, number)
            })
        }
    })
}

/// The paths of some notes of a segment, which must be ascending.
fn paths(segment: &Segment, rows: &[usize]) -> Result<BTreeMap<usize, NotePath>, Error> {
    let column = segment.paths()?;
    let mut ords: Vec<(u64, usize)> = rows.iter().map(|&row| (column.ords().values.get_val(cell(row)), row)).collect();
    ords.sort_unstable();
    let wanted: Vec<u64> = ords.iter().map(|&(ord, _)| ord).collect();
    let mut found = Vec::with_capacity(wanted.len());
    column.dictionary().sorted_ords_to_term_cb(&wanted, |path| {
        found.push(NotePath::from_escaped(String::from_utf8_lossy(path).into_owned()));
    })?;
    Ok(ords.into_iter().map(|(_, row)| row).zip(found).collect())
}

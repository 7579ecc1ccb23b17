//! Finding: a query in, the best sections of the best notes out.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::collections::HashMap;

use chrono::NaiveDate;
use tantivy::DocId;

use crate::index::Error;
use crate::index::Library;
use crate::index::Source;
use crate::index::docs::Docs;
use crate::index::document;
use crate::index::document::Facts;
use crate::index::language::Language;
use crate::index::plain::Plain;
use crate::index::postings::Slot;
use crate::index::query::Node;
use crate::index::query::RankWord;
use crate::index::query::SearchOptions;
use crate::index::query::SearchQuery;
use crate::index::query::Sort;
use crate::index::rank::Ranking;
use crate::index::rank::Reason;
use crate::index::schema;
use crate::index::snippet::Cutter;
use crate::index::strict::Condition;
use crate::index::unit;
use crate::index::unit::Unit;
use crate::index::view::NoteAt;
use crate::index::view::Segment;
use crate::index::view::View;
use crate::index::view::cell;
use crate::index::vocabulary;
use crate::index::vocabulary::Vocabulary;
use crate::model::Lines;
use crate::model::NotePath;
use crate::model::Span;

/// What a note's second and third best section add to its score.
const FURTHER: f64 = 0.3;

/// How many sections make a note's score.
const SCORED: usize = 3;

/// Words that rank, at most: later ones of a longer query are ignored.
const MOST_WORDS: usize = 64;

/// A word is taken as the beginning of others from this length on.
const SHORTEST_BEGINNING: usize = 2;

/// What was found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answer {
    /// The best notes, at most as many as asked for.
    pub hits: Vec<NoteHit>,
    /// How many notes there are in all.
    pub total: usize,
    /// How many of them have every word of the query that ranks.
    pub all_words: usize,
    /// Words that occur nowhere, and what was searched in their place, as it stands in a note.
    pub corrected: Vec<(String, String)>,
}

/// A note with its best sections.
#[derive(Debug, Clone, PartialEq)]
pub struct NoteHit {
    /// From the notes folder.
    pub path: NotePath,
    /// The best section's, and a part of the next ones'. 0 where nothing ranks.
    pub score: f64,
    /// The best first, never none.
    pub sections: Vec<SectionHit>,
}

/// A section of a note.
#[derive(Debug, Clone, PartialEq)]
pub struct SectionHit {
    /// 1-based line of the first marked word; of the heading, or the section's first text, where none is marked.
    pub line: usize,
    /// 1-based, in Unicode scalar values.
    pub column: usize,
    /// The note's title.
    pub title: String,
    /// The headings and soft sections above it, outermost first, its own last; empty before the first one.
    pub heading: Vec<String>,
    /// The note's kind.
    pub kind: Option<String>,
    /// Of the entry that it stands in, else of the note.
    pub date: Option<NaiveDate>,
    /// Its own.
    pub score: f64,
    /// The snippet: one line without markup.
    pub text: String,
    /// Marked words, as `(start, end)` of Unicode scalar values in `text`.
    pub highlights: Vec<(usize, usize)>,
    /// What the score is made of, where that was asked for; the parts sum up to it.
    pub reasons: Vec<Reason>,
}

/// A note that was found, before it is read.
#[derive(Debug, Clone)]
struct Found {
    at: NoteAt,
    score: f64,
    /// Scores and documents, the best first.
    sections: Vec<(f64, DocId)>,
}

/// A query whose words have become terms.
struct Prepared {
    ranking: Ranking,
    condition: Option<Condition>,
    /// True when only sections with one of the plain words are hits.
    chooses: bool,
    /// What each term is worth in a snippet.
    terms: HashMap<String, f64>,
    /// What was typed, and the term in its place.
    corrected: Vec<(String, String)>,
}

impl Library<'_> {
    /// Searches.
    ///
    /// # Errors
    ///
    /// As [`Library::open`].
    pub fn search(&self, query: &SearchQuery, options: &SearchOptions) -> Result<Answer, Error> {
        self.read(|view| answer(view, self.source(), query, options))
    }

    /// The notes for which a condition holds, sorted by path.
    ///
    /// # Errors
    ///
    /// As [`Library::open`].
    pub fn matching(&self, node: &Node) -> Result<Vec<NotePath>, Error> {
        self.read(|view| {
            let vocabulary = Vocabulary::new(view, self.source().language.as_deref())?;
            let condition = Condition::of(node, &vocabulary, &mut |unit, _| Ok(unit), &mut Vec::new())?;
            let mut found = Vec::new();
            for segment in &view.segments {
                let docs = condition.docs(segment)?;
                let mut rows: Vec<usize> = docs.iter().map(|doc| segment.row(doc)).collect();
                rows.dedup();
                found.extend(paths(segment, &rows)?.into_values());
            }
            found.sort_unstable();
            Ok(found)
        })
    }
}

fn answer(view: &View, source: &Source<'_>, query: &SearchQuery, options: &SearchOptions) -> Result<Answer, Error> {
    let prepared = prepare(view, source, query)?;
    let mut found = Vec::new();
    let mut all_words = 0;
    for (at, segment) in view.segments.iter().enumerate() {
        find(at, segment, &prepared, &mut found, &mut all_words)?;
    }
    let total = found.len();
    let found = first(view, found, options)?;

    let mut cutter = Cutter::new(&prepared.terms, options.snippet);
    let mut corrected = prepared.corrected.clone();
    let mut open = prepared.corrected.iter().map(|(_, term)| term.clone()).collect::<Vec<_>>();
    let mut hits = Vec::with_capacity(found.len());
    for note in &found {
        let Some(segment) = view.segments.get(note.at.segment) else { continue };
        let read = Read::new(segment, note.at.row, source)?;
        // A term is no word: show what it stands for.
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
        let shown = note.sections.iter().take(options.sections.max(1));
        let first = segment.firsts.get(note.at.row).copied().unwrap_or(0);
        let sections = shown.map(|&(score, doc)| {
            let mut hit = read.section((doc - first) as usize, &mut cutter);
            hit.score = score;
            if options.explain {
                hit.reasons = prepared.ranking.reasons(note.at.segment, doc);
            }
            hit
        });
        hits.push(NoteHit { path: read.facts.path.clone(), score: note.score, sections: sections.collect() });
    }
    Ok(Answer { hits, total, all_words, corrected })
}

/// Turns words into terms, corrects those that occur nowhere, and looks them all up.
fn prepare(view: &View, source: &Source<'_>, query: &SearchQuery) -> Result<Prepared, Error> {
    let vocabulary = Vocabulary::new(view, source.language.as_deref())?;
    let mut corrected: Vec<(String, String)> = Vec::new();
    let mut correct = |unit: Unit, typed: &str| correct(&vocabulary, unit, typed, &mut corrected);

    let content = |word: &&RankWord| word.prefix || !vocabulary.is_stop(&word.text);
    let mut words: Vec<_> = query.words.iter().filter(content).collect();
    if words.is_empty() {
        words = query.words.iter().collect();
    }
    words.truncate(MOST_WORDS);
    let beginning = beginning(&vocabulary, words.last().copied())?;
    let mut sequence: Vec<Unit> = Vec::new();
    let last = words.len().saturating_sub(1);
    for (at, word) in words.iter().enumerate() {
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
    let Some(word) = word.filter(|word| !word.prefix) else { return Ok(None) };
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

/// Finds the notes of a segment.
fn find(
    at: usize,
    segment: &Segment,
    prepared: &Prepared,
    found: &mut Vec<Found>,
    all_words: &mut usize,
) -> Result<(), Error> {
    let scores = prepared.ranking.scores(at, segment);
    let docs: Docs = match &prepared.condition {
        None => scores.docs.clone(),
        Some(condition) => {
            let mut docs = condition.docs(segment)?;
            // Words beside a condition choose among what it allows.
            if prepared.chooses {
                docs.keep(&scores.docs);
            }
            docs
        }
    };
    let every = prepared.ranking.all_units();
    let mut docs = docs.iter().peekable();
    while let Some(&doc) = docs.peek() {
        let row = segment.row(doc);
        let end = segment.sections(row).end;
        let mut sections = Vec::new();
        let mut units = 0;
        while let Some(doc) = docs.next_if(|&doc| doc < end) {
            sections.push((scores.score(doc), doc));
            units |= scores.units(doc);
        }
        sections.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        // Sections that only belong to the note say nothing beside one that was found; without any, the first stands for it.
        let worth = sections.iter().take_while(|(score, _)| *score > 0.0).count();
        sections.truncate(worth.max(1));
        *all_words += usize::from(units == every);
        let mut weight = 1.0;
        let mut score = 0.0;
        for &(section, _) in sections.iter().take(SCORED) {
            score += weight * section;
            weight = FURTHER;
        }
        found.push(Found { at: NoteAt { segment: at, row }, score, sections });
    }
    Ok(())
}

/// The first notes in the order asked for.
fn first(view: &View, found: Vec<Found>, options: &SearchOptions) -> Result<Vec<Found>, Error> {
    let rank = rank(view, options.sort)?;
    let mut found: Vec<(f64, Found)> = found.into_iter().map(|note| (rank(&note), note)).collect();
    // Paths decide between equals, and are dear: only those of the notes that may be shown are read.
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
        let Some(segment) = view.segments.get(at) else { continue };
        rows.sort_unstable();
        known.extend(paths(segment, &rows)?.into_iter().map(|(row, path)| (NoteAt { segment: at, row }, path)));
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| known.get(&a.1.at).cmp(&known.get(&b.1.at))));
    found.truncate(options.limit);
    Ok(found.into_iter().map(|(_, note)| note).collect())
}

/// Gives each note a number; the highest comes first.
type Rank = Box<dyn Fn(&Found) -> f64>;

/// The number by which notes are ordered.
fn rank(view: &View, sort: Sort) -> Result<Rank, Error> {
    // Times are compared to the millisecond and below: a double holds them to a quarter of a microsecond.
    #[expect(clippy::cast_precision_loss, reason = "what is lost lies below the grain of file times")]
    let number = |value: i64| value as f64;
    Ok(match sort {
        Sort::Score => Box::new(|note| note.score),
        Sort::Path => Box::new(|_| 0.0),
        Sort::Modified => {
            let stamps = view.segments.iter().map(Segment::stamps).collect::<Result<Vec<_>, _>>()?;
            Box::new(move |note| stamps.get(note.at.segment).map_or(0.0, |stamps| number(stamps.mtime(note.at.row))))
        }
        Sort::Date => {
            let dates = view.segments.iter().map(|segment| segment.reader.fast_fields().i64("date"));
            let dates = dates.collect::<Result<Vec<_>, _>>()?;
            Box::new(move |note| {
                let doc = note.sections.first().map(|&(_, doc)| doc);
                let date = dates.get(note.at.segment).zip(doc).and_then(|(dates, doc)| dates.first(doc));
                date.map_or(f64::NEG_INFINITY, number)
            })
        }
    })
}

/// The paths of some notes of a segment, which must ascend.
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

/// A note read again, to cut snippets from.
struct Read {
    facts: Facts,
    text: String,
    lines: Lines,
    language: Language,
}

impl Read {
    fn new(segment: &Segment, row: usize, source: &Source<'_>) -> Result<Self, Error> {
        let mut facts = segment.facts(&segment.store()?, row)?;
        let text = match (source.read)(&facts.path) {
            Ok(text) => {
                // Changed since: its places are those of the text that is there now.
                if text.hash != segment.stamps()?.hash(row) {
                    facts.parsed = (source.parse)(&facts.path, &text.text);
                }
                text.text
            }
            Err(_) => String::new(),
        };
        let notebook = source.language.as_deref().and_then(Language::from_name).unwrap_or(Language::ENGLISH);
        let language = document::language_of(&facts.parsed.note, &text, notebook);
        let lines = Lines::new(&text);
        Ok(Self { facts, text, lines, language })
    }

    /// A section by its place among the note's documents.
    fn section(&self, nth: usize, cutter: &mut Cutter<'_>) -> SectionHit {
        let note = &self.facts.parsed.note;
        let at = self.facts.section(nth).filter(|&at| at < note.sections.len());
        let section = at.and_then(|at| note.sections.get(at));
        let body = match section {
            Some(section) => Span::new(section.heading_span.end.max(section.span.start), section.span.end),
            None => document::lead(note, &self.text),
        };
        let mut texts = vec![Plain::without_markup(&self.text, body), Plain::as_written(&self.text, body)];
        texts.extend(section.map(|section| Plain::without_markup(&self.text, section.heading_span)));
        if nth == 0 {
            texts.push(Plain::as_written(&self.text, Span::new(0, note.body)));
        }
        let mut snippet = cutter.cut(&texts, self.language);
        let (line, column) = match snippet.at {
            Some(at) => self.lines.line_column(&self.text, at),
            None => {
                let begin = section.map_or(body, |section| section.heading_span);
                let text = begin.of(&self.text);
                self.lines.line_column(&self.text, begin.start + (text.len() - text.trim_start().len()).min(text.len()))
            }
        };
        // A word in the heading is seen there: beneath it stands how the section begins.
        if let Some(heading) = section.map(|section| section.heading_span)
            && snippet.at.is_some_and(|at| heading.contains(at))
            && texts.first().is_some_and(|body| !body.text.is_empty())
        {
            snippet = cutter.cut(texts.get(..1).unwrap_or_default(), self.language);
        }
        let heading = note.heading_path(at).into_iter().map(str::to_owned).collect();
        SectionHit {
            line,
            column,
            title: note.title.clone(),
            heading,
            kind: note.kind.clone(),
            date: document::date_at(note, section.map_or(1, |section| section.line)),
            score: 0.0,
            text: snippet.text,
            highlights: snippet.highlights,
            reasons: Vec::new(),
        }
    }
}

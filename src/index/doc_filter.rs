//! The sections that a condition allows.

use std::collections::BTreeSet;

use tantivy::Term;

use crate::index::doc_set::DocSet;
use crate::index::document;
use crate::index::error::Error;
use crate::index::postings::Counts;
use crate::index::query::Field;
use crate::index::query::Filter;
use crate::index::query_term;
use crate::index::query_term::QueryTerm;
use crate::index::schema;
use crate::index::snapshot::Segment;
use crate::index::vocabulary::Vocabulary;
use crate::model::NotePath;

/// Maximum depth of conditions; deeper ones count as false.
const DEEPEST: usize = 64;

/// A filter whose words are resolved to terms; usable with every segment.
#[derive(Debug)]
pub(crate) enum DocFilter {
    All,
    None,
    And(Vec<Self>),
    Or(Vec<Self>),
    Not(Box<Self>),
    /// In this text field.
    Words(tantivy::schema::Field, Vec<QueryTerm>),
    /// In the headings above the section, its own included; the note's title is among them if it is a heading.
    Headings(Vec<QueryTerm>),
    Paths(BTreeSet<NotePath>),
}

impl DocFilter {
    /// Prepares a condition. `positive` collects the words that rank, unless they are negated.
    pub(crate) fn of(
        node: &Filter,
        vocabulary: &Vocabulary<'_>,
        correct: &mut dyn FnMut(QueryTerm, &str) -> Result<QueryTerm, Error>,
        positive: &mut Vec<QueryTerm>,
    ) -> Result<Self, Error> {
        Builder { vocabulary, correct, positive }.node(node, true, 0)
    }

    /// True if it depends on the section, not just on its note.
    fn of_sections(&self) -> bool {
        match self {
            Self::Words(..) | Self::Headings(_) => true,
            Self::And(parts) | Self::Or(parts) => parts.iter().any(Self::of_sections),
            Self::Not(part) => part.of_sections(),
            Self::All | Self::None | Self::Paths(_) => false,
        }
    }

    /// The live sections that it allows.
    pub(crate) fn matching_docs(&self, segment: &Segment) -> Result<DocSet, Error> {
        Ok(match self {
            Self::All => segment.live.clone(),
            Self::None => DocSet::none(segment.reader.max_doc()),
            Self::Not(part) => {
                let mut docs = segment.live.clone();
                docs.subtract(&notes(segment, &part.matching_docs(segment)?));
                docs
            }
            Self::Or(parts) => {
                let mut docs = DocSet::none(segment.reader.max_doc());
                for part in parts {
                    docs.add(&part.matching_docs(segment)?);
                }
                docs
            }
            Self::And(parts) => and(parts, segment)?,
            Self::Words(field, query_terms) => {
                let mut docs = segment.live.clone();
                for query_term in query_terms {
                    docs.keep(&of_counts(segment, &query_term.counts(segment, *field)?));
                }
                docs
            }
            Self::Headings(query_terms) => {
                let fields = schema::fields();
                let term = Term::from_field_text(fields.has, document::TITLE_IS_HEADING);
                let titled = notes(segment, &segment.with_term(&term)?);
                let mut docs = segment.live.clone();
                for query_term in query_terms {
                    let mut found = of_counts(segment, &query_term.counts(segment, fields.title)?);
                    found.keep(&titled);
                    found.add(&of_counts(segment, &query_term.counts(segment, fields.heads)?));
                    docs.keep(&found);
                }
                docs
            }
            Self::Paths(paths) => by_path(segment, |path| paths.contains(&NotePath::from_escaped(path)))?,
        })
    }
}

/// True for a word or phrase of signs only: `:=`, `->`.
pub(crate) fn is_signs(vocabulary: &Vocabulary<'_>, node: &Filter) -> bool {
    match node {
        Filter::Word { text, .. } | Filter::Phrase(text) => {
            !text.contains(char::is_alphanumeric) && vocabulary.pieces(text).is_empty()
        }
        _ => false,
    }
}

struct Builder<'b, 's> {
    vocabulary: &'b Vocabulary<'s>,
    correct: &'b mut dyn FnMut(QueryTerm, &str) -> Result<QueryTerm, Error>,
    positive: &'b mut Vec<QueryTerm>,
}

impl Builder<'_, '_> {
    fn node(&mut self, node: &Filter, positive: bool, depth: usize) -> Result<DocFilter, Error> {
        if depth > DEEPEST {
            return Ok(DocFilter::None);
        }
        Ok(match node {
            Filter::All => DocFilter::All,
            Filter::And(parts) if parts.iter().any(|part| self.is_signs(part)) => {
                let words: Vec<Filter> = parts.iter().filter(|part| !self.is_signs(part)).cloned().collect();
                if words.is_empty() { DocFilter::None } else { DocFilter::And(self.nodes(&words, positive, depth)?) }
            }
            Filter::And(parts) => DocFilter::And(self.nodes(parts, positive, depth)?),
            Filter::Or(parts) => DocFilter::Or(self.nodes(parts, positive, depth)?),
            Filter::Not(part) => DocFilter::Not(Box::new(self.node(part, !positive, depth + 1)?)),
            Filter::Word { text, prefix } => match query_term::required(self.vocabulary, text, *prefix)? {
                None => DocFilter::None,
                Some(query_term) => {
                    let query_term = if positive && !prefix { (self.correct)(query_term, text)? } else { query_term };
                    self.say(query_term, positive)
                }
            },
            Filter::Phrase(text) => match query_term::phrase(self.vocabulary, text) {
                None => DocFilter::None,
                Some(query_term) => self.say(query_term, positive),
            },
            Filter::Field { field, value } => self.field(*field, value)?,
            Filter::Paths(paths) => DocFilter::Paths(paths.clone()),
        })
    }

    /// True for signs that the index does not have: beside words they are no condition, and alone they are nowhere.
    fn is_signs(&self, node: &Filter) -> bool {
        is_signs(self.vocabulary, node)
    }

    fn nodes(&mut self, nodes: &[Filter], positive: bool, depth: usize) -> Result<Vec<DocFilter>, Error> {
        nodes.iter().map(|node| self.node(node, positive, depth + 1)).collect()
    }

    fn say(&mut self, query_term: QueryTerm, positive: bool) -> DocFilter {
        if positive {
            self.positive.push(query_term.clone());
        }
        DocFilter::Words(schema::fields().all, vec![query_term])
    }

    fn field(&self, field: Field, value: &str) -> Result<DocFilter, Error> {
        let lower = value.trim().to_lowercase();
        Ok(match field {
            Field::Title => self.words(&lower, |query_terms| DocFilter::Words(schema::fields().title, query_terms))?,
            Field::Heading => self.words(&lower, DocFilter::Headings)?,
        })
    }

    fn words(&self, value: &str, filter: impl Fn(Vec<QueryTerm>) -> DocFilter) -> Result<DocFilter, Error> {
        let mut query_terms = Vec::new();
        for word in value.split_whitespace() {
            let (word, open_end) = word.strip_suffix('*').map_or((word, false), |word| (word, true));
            query_terms.extend(query_term::required(self.vocabulary, word, open_end)?);
        }
        Ok(if query_terms.is_empty() { DocFilter::None } else { filter(query_terms) })
    }
}

/// The sections with any of the words, in notes with all of them, that all other parts allow.
fn and(parts: &[DocFilter], segment: &Segment) -> Result<DocSet, Error> {
    let mut allowed = segment.live.clone();
    let mut said: Option<DocSet> = None;
    for part in parts {
        let docs = part.matching_docs(segment)?;
        if matches!(part, DocFilter::Not(_)) || !part.of_sections() {
            allowed.keep(&docs);
        } else {
            allowed.keep(&notes(segment, &docs));
            match &mut said {
                Some(said) => said.add(&docs),
                None => said = Some(docs),
            }
        }
    }
    if let Some(said) = said {
        allowed.keep(&said);
    }
    Ok(allowed)
}

/// All live sections of the notes that contain these documents.
fn notes(segment: &Segment, docs: &DocSet) -> DocSet {
    let mut all = DocSet::none(segment.reader.max_doc());
    let mut done = 0;
    for doc in docs.iter() {
        if doc >= done {
            let sections = segment.sections(segment.row(doc));
            done = sections.end;
            sections.for_each(|doc| all.insert(doc));
        }
    }
    all.keep(&segment.live);
    all
}

fn of_counts(segment: &Segment, counts: &Counts) -> DocSet {
    let mut docs = DocSet::none(segment.reader.max_doc());
    counts.iter().for_each(|&(doc, _)| docs.insert(doc));
    docs
}

fn by_path(segment: &Segment, allowed: impl Fn(&str) -> bool) -> Result<DocSet, Error> {
    let paths = segment.paths()?;
    let rows = segment.rows_by_path(&paths)?;
    let mut stream = paths.dictionary().stream()?;
    let mut docs = DocSet::none(segment.reader.max_doc());
    for row in rows {
        if !stream.advance() {
            break;
        }
        let Some(row) = row else { continue };
        if allowed(std::str::from_utf8(stream.key()).map_err(Error::new)?) {
            segment.sections(row).for_each(|doc| docs.insert(doc));
        }
    }
    Ok(docs)
}

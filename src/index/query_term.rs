//! A typed word as the search uses it: a word, an identifier, or a small phrase.

use unicode_normalization::UnicodeNormalization as _;

use crate::index::error::Error;
use crate::index::letters::without_blanks;
use crate::index::postings;
use crate::index::postings::Counts;
use crate::index::postings::Slot;
use crate::index::snapshot::Segment;
use crate::index::vocabulary::EXPANSIONS;
use crate::index::vocabulary::Piece;
use crate::index::vocabulary::Vocabulary;
use crate::index::vocabulary::as_phrase;

/// A searchable unit: any of some phrases, most often a single one of one word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct QueryTerm {
    /// For people: as typed, or as corrected.
    pub(crate) word: String,
    /// The alternatives, each a phrase of one or more slots.
    pub(crate) options: Vec<Vec<Slot>>,
    /// It only adds to the score: sections without it can still have all words of the query.
    pub(crate) optional: bool,
    /// A word of a required phrase: snippets show it only as part of the phrase.
    pub(crate) of_phrase: bool,
}

impl QueryTerm {
    pub(crate) fn new(word: impl Into<String>, options: Vec<Vec<Slot>>) -> Self {
        Self { word: word.into(), options, optional: false, of_phrase: false }
    }

    pub(crate) fn word(word: &str, slot: Slot) -> Self {
        Self::new(word, vec![vec![slot]])
    }

    /// The number of words of a text that it covers.
    pub(crate) fn words(&self) -> usize {
        self.options.iter().map(Vec::len).sum::<usize>().max(1)
    }

    /// The slot of a plain word.
    pub(crate) fn single(&self) -> Option<&Slot> {
        match self.options.as_slice() {
            [phrase] => match phrase.as_slice() {
                [slot] => Some(slot),
                _ => None,
            },
            _ => None,
        }
    }

    pub(crate) fn first(&self) -> Option<&Slot> {
        self.options.last().and_then(|phrase| phrase.first())
    }

    pub(crate) fn last(&self) -> Option<&Slot> {
        self.options.last().and_then(|phrase| phrase.last())
    }

    /// Its occurrences in a segment.
    pub(crate) fn counts(&self, segment: &Segment, field: tantivy::schema::Field) -> Result<Counts, Error> {
        let mut all = Counts::new();
        for phrase in &self.options {
            all.extend(postings::phrase(segment, field, phrase)?);
        }
        if self.options.len() > 1 {
            // A whole identifier and its parts are two occurrences of the same word.
            all.sort_unstable_by_key(|&(doc, count)| (doc, std::cmp::Reverse(count)));
            all.dedup_by_key(|&mut (doc, _)| doc);
        }
        Ok(all)
    }
}

/// A phrase; `None` if it has no word.
pub(crate) fn phrase(vocabulary: &Vocabulary<'_>, text: &str) -> Option<QueryTerm> {
    let slots = as_phrase(vocabulary.pieces(text));
    (!slots.is_empty()).then(|| QueryTerm::new(text, vec![slots]))
}

/// A typed word that must occur as it is: pairs of characters in order.
pub(crate) fn required(vocabulary: &Vocabulary<'_>, text: &str, open_end: bool) -> Result<Option<QueryTerm>, Error> {
    let mut query_terms = build(vocabulary, text, open_end.then_some(usize::MAX), true)?;
    Ok(query_terms.pop())
}

/// A typed word that ranks: pairs of characters one by one. `open_end` is the maximum number of words for an open end.
pub(crate) fn ranked(
    vocabulary: &Vocabulary<'_>,
    text: &str,
    open_end: Option<usize>,
) -> Result<Vec<QueryTerm>, Error> {
    build(vocabulary, text, open_end, false)
}

fn build(
    vocabulary: &Vocabulary<'_>,
    text: &str,
    open_end: Option<usize>,
    together: bool,
) -> Result<Vec<QueryTerm>, Error> {
    let mut pieces = vocabulary.pieces(text);
    // One character of a script without spaces is the beginning of pairs.
    let lone = text.nfc().count() == 1 && text.chars().all(without_blanks);
    let shown = if open_end.is_some() { format!("{text}*") } else { text.to_owned() };
    let limit = if together { usize::MAX } else { EXPANSIONS };
    let open_end = open_end.or_else(|| lone.then_some(limit));
    let beginning = open_end.and_then(|limit| Vocabulary::open_end(text).map(|beginning| (beginning, limit)));
    if let Some((beginning, limit)) = beginning {
        let expanded = vocabulary.expand(&beginning, limit)?;
        match pieces.last_mut() {
            // An identifier has its open end as a whole: its last part alone would ignore the others.
            Some(Piece::Identifier(whole, _)) => {
                let whole = merged(std::mem::take(whole), expanded);
                pieces.pop();
                pieces.push(Piece::Word(whole));
            }
            Some(Piece::Word(slot) | Piece::Sign(slot)) => *slot = merged(std::mem::take(slot), expanded),
            Some(Piece::Pairs(slots)) => {
                if let Some(last) = slots.last_mut() {
                    *last = merged(std::mem::take(last), expanded);
                }
            }
            None => {}
        }
    }
    let has_pairs = pieces.iter().any(|piece| matches!(piece, Piece::Pairs(_)));
    if has_pairs && !together {
        return Ok(apart(pieces, &shown));
    }
    Ok(match pieces.pop() {
        None => Vec::new(),
        Some(Piece::Word(slot) | Piece::Sign(slot)) if pieces.is_empty() => vec![QueryTerm::word(&shown, slot)],
        Some(Piece::Identifier(whole, parts)) if pieces.is_empty() => {
            vec![QueryTerm::new(shown, vec![vec![whole], parts])]
        }
        Some(last) => {
            pieces.push(last);
            vec![QueryTerm::new(shown, vec![as_phrase(pieces)])]
        }
    })
}

/// True for a word with hyphens whose parts consist of letters: `event-driven`, but not `RETAIL-23617`.
pub(crate) fn is_soft(text: &str) -> bool {
    let mut parts = text.split(['-', '\u{2010}', '\u{2011}']).peekable();
    let letters = |part: &str| !part.is_empty() && part.chars().all(char::is_alphabetic);
    parts.next().is_some_and(letters) && parts.peek().is_some() && parts.all(letters)
}

/// The words of a phrase that does not occur, one by one.
pub(crate) fn separately(vocabulary: &Vocabulary<'_>, text: &str) -> Vec<QueryTerm> {
    let mut query_terms = Vec::new();
    for part in text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()) {
        query_terms.extend(apart(vocabulary.pieces(part), part));
    }
    query_terms
}

fn apart(pieces: Vec<Piece>, shown: &str) -> Vec<QueryTerm> {
    let mut query_terms = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Word(slot) | Piece::Sign(slot) => query_terms.push(QueryTerm::word(shown, slot)),
            Piece::Identifier(whole, parts) => {
                query_terms.push(QueryTerm::new(shown, vec![vec![whole], parts]));
            }
            Piece::Pairs(slots) => {
                // The last character alone helps only if there is nothing else.
                let keep = slots.len().saturating_sub(1).max(1);
                for slot in slots.into_iter().take(keep) {
                    let word = slot.first().cloned().unwrap_or_default();
                    query_terms.push(QueryTerm::word(&word, slot));
                }
            }
        }
    }
    query_terms
}

fn merged(mut slot: Slot, more: Slot) -> Slot {
    slot.extend(more);
    slot.sort_unstable();
    slot.dedup();
    slot
}

//! Looks up typed words in the index: their stems in the notebook's languages, completions, and similar words.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

use frostem::Algorithm;
use tantivy::Term;
use tantivy::query::FuzzyTermQuery;
use unicode_normalization::UnicodeNormalization as _;

use crate::index::error::Error;
use crate::index::language;
use crate::index::language::Language;
use crate::index::letters;
use crate::index::postings;
use crate::index::postings::Slot;
use crate::index::schema;
use crate::index::snapshot::Snapshot;
use crate::index::words::Kind;
use crate::index::words::Stems;

/// Upper bound on languages used to stem a query word; each one adds chance matches.
const LANGUAGES: usize = 4;

/// Maximum number of words for an open end when it ranks: the most frequent ones.
pub(crate) const EXPANSIONS: usize = 50;

/// In words; longer phrases are cut, since each word costs a list.
const LONGEST_PHRASE: usize = 32;

/// In characters; shorter words have too many similar words to guess which one was meant.
const SHORTEST_CORRECTED: usize = 4;

/// In characters; a correction is never shorter.
const SHORTEST_FOUND: usize = 3;

/// From this length on any one letter may be wrong, including the first.
const FREE_START: usize = 6;

/// From this length on a second letter may be wrong.
const LONG_WORD: usize = 7;

/// In characters; in longer words a slip is looked for among their stems only.
const LONGEST_MENDED: usize = 24;

/// Limits for a misspelt ending: minimum length of the stem, maximum length of the ending.
const SHORTEST_STEM: usize = 5;
const LONGEST_ENDING: usize = 5;

/// A run of characters in a typed text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    /// One word.
    Word(Slot),
    /// An identifier as a whole, and its parts.
    Identifier(Slot, Vec<Slot>),
    /// Pairs of characters; the last slot may be a single one.
    Pairs(Vec<Slot>),
    /// An emoji or a sign such as `§`.
    Sign(Slot),
}

impl Piece {
    /// Its words, at the positions that they have in the index.
    fn slots(self) -> Vec<Slot> {
        match self {
            Self::Word(slot) | Self::Sign(slot) => vec![slot],
            Self::Identifier(whole, parts) => std::iter::once(whole).chain(parts).collect(),
            Self::Pairs(slots) => slots,
        }
    }
}

/// The words of a snapshot.
pub(crate) struct Vocabulary<'s> {
    snapshot: &'s Snapshot,
    /// The languages whose stems a typed word gets.
    languages: Vec<Language>,
    /// The languages whose stop words are ignored.
    stops: Vec<Language>,
    stems: RefCell<Stems>,
}

impl<'s> Vocabulary<'s> {
    /// Uses English, the notebook's language, and the most common ones of the notes.
    pub(crate) fn new(snapshot: &'s Snapshot, setting: Option<&str>) -> Result<Self, Error> {
        let mut counts: Vec<(u64, Language)> = Vec::new();
        let mut notes = 0;
        for algorithm in Algorithm::all() {
            let Some(language) = Language::from_name(algorithm.name()) else { continue };
            let term = Term::from_field_text(schema::fields().lang, language.name());
            let mut count = 0;
            for segment in &snapshot.segments {
                count += segment.with_term(&term)?.len();
            }
            notes += count;
            counts.push((count, language));
        }
        counts.sort_by_key(|&(count, _)| std::cmp::Reverse(count));
        let mut languages = vec![Language::ENGLISH];
        let mut stops = languages.clone();
        if let Some(language) = setting.and_then(Language::from_name) {
            languages.push(language);
            stops.push(language);
        }
        for &(count, language) in counts.iter().take(LANGUAGES) {
            if count > 0 && count * 20 >= notes {
                languages.push(language);
            }
            if language::gives_stop_words(count, notes) {
                stops.push(language);
            }
        }
        let mut known = Vec::new();
        languages.retain(|language| {
            !known.contains(language) && {
                known.push(*language);
                true
            }
        });
        Ok(Self { snapshot, languages, stops, stems: RefCell::default() })
    }

    /// True for stop words.
    pub(crate) fn is_stop(&self, word: &str) -> bool {
        language::is_stop(&word.to_lowercase(), &self.stops)
    }

    /// The runs of a typed text, each word in all its stems.
    pub(crate) fn pieces(&self, text: &str) -> Vec<Piece> {
        // Runs and positions are the same in every language, only the terms differ.
        let mut places: BTreeMap<(usize, bool, usize), (Kind, Slot)> = BTreeMap::new();
        let mut stems = self.stems.borrow_mut();
        for &language in &self.languages {
            stems.each(text, language, &mut |token| {
                // A sign has the position of the word after it, but is a piece of its own.
                let is_word = token.kind != Kind::Sign;
                let place = (token.position, is_word, if is_word { 0 } else { token.start });
                let (_, slot) = places.entry(place).or_insert((token.kind, Slot::new()));
                if !slot.iter().any(|term| term == token.term) {
                    slot.push(token.term.to_owned());
                }
            });
        }
        let mut pieces: Vec<Piece> = Vec::new();
        let mut open = false;
        for (kind, slot) in places.into_values() {
            match (kind, pieces.last_mut()) {
                (Kind::Part, Some(Piece::Identifier(_, parts))) => parts.push(slot),
                (Kind::Pair | Kind::Single, Some(Piece::Pairs(slots))) if open => slots.push(slot),
                (Kind::Pair | Kind::Single, _) => pieces.push(Piece::Pairs(vec![slot])),
                (Kind::Whole, _) => pieces.push(Piece::Identifier(slot, Vec::new())),
                (Kind::Sign, _) => pieces.push(Piece::Sign(slot)),
                (Kind::Word | Kind::Variant | Kind::Part, _) => pieces.push(Piece::Word(slot)),
            }
            // A single character ends its run.
            open = kind == Kind::Pair;
        }
        pieces
    }

    /// The half-typed word at the end of a typed text, folded as in the index; `None` if nothing can follow it.
    pub(crate) fn open_end(text: &str) -> Option<String> {
        let is_mark = unicode_normalization::char::is_combining_mark;
        let end = text.rsplit(|c: char| !c.is_alphanumeric() && c != '_' && !is_mark(c)).next()?;
        let lower: String = end.to_lowercase().nfc().filter(|&c| c != '_').collect();
        let pairs = lower.chars().filter(|&c| letters::without_blanks(c)).count();
        let folded = letters::fold(&lower).into_owned();
        // Longer runs of pairs are found by their pairs.
        (!folded.is_empty() && pairs <= 1).then_some(folded)
    }

    /// The most frequent terms that begin with this.
    pub(crate) fn expand(&self, beginning: &str, limit: usize) -> Result<Slot, Error> {
        let field = schema::fields().all;
        let mut found: BTreeMap<String, u64> = BTreeMap::new();
        for segment in &self.snapshot.segments {
            let index = segment.reader.inverted_index(field)?;
            let mut stream = index.terms().range().ge(beginning.as_bytes()).into_stream()?;
            while stream.advance() {
                if !stream.key().starts_with(beginning.as_bytes()) {
                    break;
                }
                let term = String::from_utf8_lossy(stream.key()).into_owned();
                let frequency = stream.value().doc_freq.into();
                *found.entry(term).or_default() += if segment.whole { frequency } else { 0 };
            }
        }
        self.count_live(&mut found)?;
        let mut terms: Vec<(String, u64)> = found.into_iter().filter(|&(_, frequency)| frequency > 0).collect();
        terms.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        Ok(terms.into_iter().take(limit).map(|(term, _)| term).collect())
    }

    /// The number of sections with one of these terms.
    pub(crate) fn frequency(&self, slot: &Slot) -> Result<u64, Error> {
        let mut frequency = 0;
        for segment in &self.snapshot.segments {
            frequency +=
                u64::try_from(postings::slot(segment, schema::fields().all, slot)?.len()).map_err(Error::new)?;
        }
        Ok(frequency)
    }

    /// The most frequent of the terms that are most similar to a word that does not occur.
    ///
    /// Short words are similar to too many others, so in them only swapped and doubled letters are corrected; and nothing
    /// is ever corrected to a stop word.
    pub(crate) fn nearest(&self, typed: &str, forms: &Slot) -> Result<Option<String>, Error> {
        let letters = typed.chars().count();
        if letters < SHORTEST_CORRECTED || !typed.chars().all(char::is_alphabetic) {
            return Ok(None);
        }
        let likely = |form: &str, term: &str| {
            let any_letter = letters >= FREE_START && form.chars().count() + 1 >= FREE_START;
            term.chars().count() >= SHORTEST_FOUND && !self.is_stop(term) && (any_letter || is_slip(form, term))
        };
        let near = self.most_frequent(|found| {
            self.within(forms, 1, found)?;
            found.retain(|term, _| forms.iter().any(|form| likely(form, term)));
            Ok(())
        })?;
        if near.is_some() {
            return Ok(near);
        }
        // The slip may be in letters that the stem has lost: `refrence` and `refer`.
        if letters >= FREE_START
            && let Some(term) = self.most_frequent(|found| self.slips(typed, found))?
        {
            return Ok(Some(term));
        }
        // A typo in the ending misleads the stemmer, but not a person.
        if let Some(term) = self.stem_before(typed)? {
            return Ok(Some(term));
        }
        // With two wrong letters the first one must be right, else nearly every word is similar to some other.
        let long: Slot = forms.iter().filter(|form| form.chars().count() >= LONG_WORD).cloned().collect();
        if !long.is_empty() {
            return self.most_frequent(|found| {
                self.within(&long, 2, found)?;
                let starts_so = |term: &str| long.iter().any(|form| form.chars().next() == term.chars().next());
                found.retain(|term, _| starts_so(term) && !self.is_stop(term));
                Ok(())
            });
        }
        Ok(None)
    }

    /// The most frequent of some terms; on a tie the first in the alphabet.
    fn most_frequent(
        &self,
        collect: impl FnOnce(&mut BTreeMap<String, u64>) -> Result<(), Error>,
    ) -> Result<Option<String>, Error> {
        let mut found = BTreeMap::new();
        collect(&mut found)?;
        self.count_live(&mut found)?;
        let found = found.into_iter().filter(|&(_, frequency)| frequency > 0).rev();
        Ok(found.max_by_key(|&(_, frequency)| frequency).map(|(term, _)| term))
    }

    /// Adds the terms of all words that differ from a typed one by one slip.
    fn slips(&self, typed: &str, found: &mut BTreeMap<String, u64>) -> Result<(), Error> {
        let lower = typed.to_lowercase();
        let folded: Vec<char> = letters::fold(&lower).chars().collect();
        let mut forms: BTreeSet<String> = BTreeSet::new();
        let mut stems = self.stems.borrow_mut();
        for word in a_slip_away(&folded) {
            for &language in &self.languages {
                stems.each(&word, language, &mut |token| {
                    forms.insert(token.term.to_owned());
                });
            }
        }
        drop(stems);
        let field = schema::fields().all;
        for segment in &self.snapshot.segments {
            let index = segment.reader.inverted_index(field)?;
            for form in forms.iter().filter(|form| form.chars().count() >= SHORTEST_FOUND && !self.is_stop(form)) {
                if let Some(info) = index.get_term_info(&Term::from_field_text(field, form))? {
                    let frequency = u64::from(info.doc_freq);
                    *found.entry(form.clone()).or_default() += if segment.whole { frequency } else { 0 };
                }
            }
        }
        Ok(())
    }

    /// The longest term with which a typed word begins, if the rest of the word is short.
    fn stem_before(&self, typed: &str) -> Result<Option<String>, Error> {
        let lower = typed.to_lowercase();
        let folded = letters::fold(&lower);
        let ends: Vec<usize> = folded.char_indices().map(|(at, _)| at).collect();
        for end in ends.into_iter().skip(SHORTEST_STEM).rev().take(LONGEST_ENDING) {
            let stem = folded.get(..end).unwrap_or_default().to_owned();
            if self.frequency(&vec![stem.clone()])? > 0 {
                return Ok(Some(stem));
            }
        }
        Ok(None)
    }

    /// Adds the terms within an edit distance of any form.
    fn within(&self, forms: &Slot, distance: u8, found: &mut BTreeMap<String, u64>) -> Result<(), Error> {
        let field = schema::fields().all;
        for (segment, form) in
            self.snapshot.segments.iter().flat_map(|segment| forms.iter().map(move |form| (segment, form)))
        {
            let automaton = FuzzyTermQuery::new(Term::from_field_text(field, form), distance, true).automaton()?;
            let index = segment.reader.inverted_index(field)?;
            let mut stream = index.terms().search(automaton).into_stream()?;
            while stream.advance() {
                let term = String::from_utf8_lossy(stream.key()).into_owned();
                let frequency = stream.value().doc_freq.into();
                *found.entry(term).or_default() += if segment.whole { frequency } else { 0 };
            }
        }
        Ok(())
    }

    /// Adds the counts for segments with dead documents, where the dictionary counts these too.
    fn count_live(&self, found: &mut BTreeMap<String, u64>) -> Result<(), Error> {
        for segment in self.snapshot.segments.iter().filter(|segment| !segment.whole) {
            for (term, frequency) in &mut *found {
                let counts = postings::slot(segment, schema::fields().all, &vec![term.clone()])?;
                *frequency += u64::try_from(counts.len()).map_err(Error::new)?;
            }
        }
        Ok(())
    }
}

/// The words that differ by one letter, or by two swapped neighbours; none in scripts whose letters are not listed here.
fn a_slip_away(word: &[char]) -> Vec<String> {
    let alphabet =
        ['a'..='z', 'а'..='я', 'α'..='ω'].into_iter().find(|letters| word.iter().all(|c| letters.contains(c)));
    let Some(alphabet) = alphabet.filter(|_| word.len() <= LONGEST_MENDED) else { return Vec::new() };
    let mut words: Vec<Vec<char>> = Vec::new();
    for at in 0..=word.len() {
        let (before, after) = word.split_at(at);
        let with = |middle: &[char], rest: &[char]| [before, middle, rest].concat();
        words.extend(alphabet.clone().map(|letter| with(&[letter], after)));
        if let [one, rest @ ..] = after {
            words.push(with(&[], rest));
            words.extend(alphabet.clone().filter(|letter| letter != one).map(|letter| with(&[letter], rest)));
            if let [other, rest @ ..] = rest {
                words.push(with(&[*other, *one], rest));
            }
        }
    }
    words.into_iter().map(String::from_iter).collect()
}

/// True for two words that differ by two swapped neighbours, or by one letter that is doubled in one of them.
fn is_slip(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let same = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let (a, b) = (one.get(same..).unwrap_or_default(), other.get(same..).unwrap_or_default());
    if a.len() == b.len() {
        return match (a, b) {
            ([a1, a2, a @ ..], [b1, b2, b @ ..]) => same > 0 && a1 == b2 && a2 == b1 && a == b,
            _ => false,
        };
    }
    let (long, short) = if a.len() > b.len() { (a, b) } else { (b, a) };
    match long {
        [doubled, rest @ ..] => rest == short && same > 0 && one.get(same - 1) == Some(doubled),
        [] => false,
    }
}

/// Pieces as consecutive words. Signs among words have no position of their own in the index, so they are left out.
pub(crate) fn as_phrase(mut pieces: Vec<Piece>) -> Vec<Slot> {
    if pieces.iter().any(|piece| !matches!(piece, Piece::Sign(_))) {
        pieces.retain(|piece| !matches!(piece, Piece::Sign(_)));
    } else {
        pieces.truncate(1);
    }
    let mut slots = Vec::new();
    let last = pieces.len().saturating_sub(1);
    for (at, mut piece) in pieces.into_iter().enumerate() {
        // The run may continue in the note, so its end is not a condition.
        if let Piece::Pairs(pairs) = &mut piece
            && at == last
            && pairs.len() > 1
        {
            pairs.pop();
        }
        slots.extend(piece.slots());
    }
    slots.truncate(LONGEST_PHRASE);
    slots
}

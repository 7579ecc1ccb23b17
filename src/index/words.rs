//! Splits text into words: one pass that finds, lowers, folds and stems, for notes, queries and snippets alike.
//!
//! A word is a run of letters and digits, or one emoji or sign such as `§`. Identifiers are indexed whole, and in parts at the
//! positions that follow; scripts without spaces (Chinese, Japanese, Korean, Thai, Lao, Khmer, Burmese) become overlapping
//! pairs of characters. Accents are folded before *and* after stemming if that differs, so that a word is found however it is
//! typed.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use foldhash::fast::RandomState;
use frostem::Algorithm;
use frostem::Stemmer;
use unicode_normalization::char::is_combining_mark;

use crate::index::language::Language;
use crate::index::language::is_cyrillic;
use crate::index::letters::fold;
use crate::index::letters::lower;
use crate::index::letters::without_blanks;
use crate::model::words::SOFT_HYPHEN;

/// In bytes; longer words are keys, hashes and encoded pictures, and are not indexed.
const LONGEST: usize = 60;

/// Maximum number of cached stems per language; beyond it, the cache is cleared.
const REMEMBERED: usize = 50_000;

/// How a token relates to its run of characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A whole run, folded and stemmed.
    Word,
    /// The same run with another stem, at the same position.
    Variant,
    /// A whole identifier: `clienthold` for `clientHold`; its parts follow.
    Whole,
    /// One part of an identifier.
    Part,
    /// Two characters of a script without spaces.
    Pair,
    /// One such character: a whole run, or its last.
    Single,
    /// An emoji, or a sign such as `§`.
    Sign,
}

/// A word of a text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Token<'a> {
    /// The form in the index.
    pub(crate) term: &'a str,
    /// Its bytes in the text.
    pub(crate) start: usize,
    /// One past its last byte.
    pub(crate) end: usize,
    /// Its position among the words.
    pub(crate) position: usize,
    pub(crate) kind: Kind,
}

/// The terms of one word: nearly always one.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Terms {
    first: String,
    second: Option<String>,
}

static NONE: Terms = Terms { first: String::new(), second: None };

/// A cache of stems by language and word. One per thread: a notebook has few different words, and a stemmer is slower than a map.
#[derive(Debug, Default, Clone)]
pub(crate) struct Stems {
    known: Vec<Known>,
}

/// The stems of one language.
#[derive(Debug, Clone)]
struct Known {
    algorithm: Algorithm,
    /// The indices in `terms`, by word.
    words: HashMap<String, usize, RandomState>,
    terms: Vec<Terms>,
}

impl Known {
    fn of(&mut self, word: &str) -> &Terms {
        if self.terms.len() > REMEMBERED {
            self.words.clear();
            self.terms.clear();
        }
        let at = match self.words.get(word) {
            Some(&at) => at,
            None => {
                let at = self.terms.len();
                self.terms.push(terms(word, self.algorithm));
                self.words.insert(word.to_owned(), at);
                at
            }
        };
        self.terms.get(at).unwrap_or(&NONE)
    }
}

impl Stems {
    /// The terms of a lower-case word.
    fn of(&mut self, word: &str, language: Language) -> &Terms {
        let algorithm = suited(word, language).algorithm();
        let at = match self.known.iter().position(|known| known.algorithm == algorithm) {
            Some(at) => at,
            None => {
                self.known.push(Known { algorithm, words: HashMap::default(), terms: Vec::new() });
                self.known.len() - 1
            }
        };
        self.known.get_mut(at).map_or(&NONE, |known| known.of(word))
    }

    /// Calls `sink` for every word of `text`, in order.
    pub(crate) fn each(&mut self, text: &str, language: Language, sink: &mut dyn FnMut(Token<'_>)) {
        let mut at = 0;
        let mut position = 0;
        while let Some(run) = next_run(text, at) {
            at = run.bytes.end;
            let word = text.get(run.bytes.clone()).unwrap_or("");
            if run.sign {
                // At the position of the following word: a phrase matches with an emoji in it, too.
                sink(Token { term: word, start: run.bytes.start, end: run.bytes.end, position, kind: Kind::Sign });
            } else if run.pairs {
                pairs(word, run.bytes.start, &mut position, sink);
            } else {
                self.run(word, run.bytes, language, &mut position, sink);
            }
        }
    }

    fn run(
        &mut self,
        word: &str,
        bytes: Range<usize>,
        language: Language,
        position: &mut usize,
        sink: &mut dyn FnMut(Token<'_>),
    ) {
        let parts = parts(word);
        let kind = if parts.is_empty() { Kind::Word } else { Kind::Whole };
        if word.len() <= LONGEST {
            let joined: Cow<'_, str> = if word.contains(['_', SOFT_HYPHEN]) {
                Cow::Owned(word.replace(['_', SOFT_HYPHEN], ""))
            } else {
                Cow::Borrowed(word)
            };
            self.say(&joined, bytes.clone(), language, kind, *position, sink);
        }
        *position += 1;
        for part in parts {
            let place = bytes.start + part.start..bytes.start + part.end;
            let part = word.get(part).unwrap_or("");
            if part.len() <= LONGEST {
                self.say(part, place, language, Kind::Part, *position, sink);
            }
            *position += 1;
        }
    }

    fn say(
        &mut self,
        word: &str,
        bytes: Range<usize>,
        language: Language,
        kind: Kind,
        position: usize,
        sink: &mut dyn FnMut(Token<'_>),
    ) {
        let terms = self.of(&lower(word), language);
        let token = Token { term: &terms.first, start: bytes.start, end: bytes.end, position, kind };
        sink(token);
        if let Some(second) = &terms.second {
            sink(Token { term: second, kind: Kind::Variant, ..token });
        }
    }
}

/// A name for comparison as a whole: lower case, folded, not stemmed.
pub(crate) fn whole(name: &str) -> String {
    let words = name
        .split(|c: char| !c.is_alphanumeric() && !is_combining_mark(c) && c != SOFT_HYPHEN)
        .filter(|word| !word.is_empty());
    words.map(|word| fold(&lower(word)).into_owned()).collect::<Vec<_>>().join(" ")
}

/// The stemmer for a word: a foreign script within a note has its own.
fn suited(word: &str, language: Language) -> Language {
    match word.chars().next() {
        Some(c) if c.is_ascii() && !language.is_latin() => Language::ENGLISH,
        Some(c) if !language.is_cyrillic() && is_cyrillic(c) => Language::RUSSIAN,
        _ => language,
    }
}

fn terms(word: &str, algorithm: Algorithm) -> Terms {
    // There is no meaningful stem of `v2` or `x86`.
    if word.chars().any(|c| c.is_ascii_digit()) {
        return Terms { first: fold(word).into_owned(), second: None };
    }
    let stemmer = Stemmer::new(algorithm);
    let folded = fold(word);
    let first = fold(&stemmer.stem(&folded)).into_owned();
    // English has no accents of its own, so its stemmer knows no endings with them.
    let second = match folded {
        Cow::Owned(_) if algorithm != Algorithm::English => {
            Some(fold(&stemmer.stem(word)).into_owned()).filter(|second| *second != first)
        }
        _ => None,
    };
    // A stemmer may remove a short word entirely.
    let first = if first.is_empty() { word.to_owned() } else { first };
    Terms { first, second: second.filter(|second| !second.is_empty()) }
}

/// A run of characters that belong together.
struct Run {
    bytes: Range<usize>,
    /// In a script without spaces.
    pairs: bool,
    /// A single character that is not a letter.
    sign: bool,
}

/// True for searchable characters that are not letters.
fn is_sign(c: char) -> bool {
    matches!(c,
        '§' | '¶' | '†' | '‡' | '©' | '®' | '™' | '°' | '€' | '£' | '¥' | '¢' | '₹' | '№' | '‰' | 'µ'
        | '\u{2190}'..='\u{21FF}' // arrows
        | '\u{2200}'..='\u{22FF}' // mathematics
        | '\u{2300}'..='\u{23FF}' | '\u{25A0}'..='\u{27BF}' | '\u{2B00}'..='\u{2BFF}' // symbols
        | '\u{1F000}'..='\u{1FAFF}') // emoji
        && !c.is_alphanumeric()
        && !('\u{1F3FB}'..='\u{1F3FF}').contains(&c) // shades of skin
}

/// The next run at or after a byte.
fn next_run(text: &str, from: usize) -> Option<Run> {
    let rest = text.get(from..)?;
    let begin = from + rest.find(|c: char| c.is_alphanumeric() || (!c.is_ascii() && is_sign(c)))?;
    let rest = text.get(begin..)?;
    // Nearly every run: letters and digits up to a space or a mark.
    let plain = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
    if plain > 0 && rest.as_bytes().get(plain).is_none_or(|&next| next.is_ascii() && next != b'_') {
        return Some(Run { bytes: begin..begin + plain, pairs: false, sign: false });
    }
    let mut chars = rest.char_indices().peekable();
    let (_, first) = chars.next()?;
    if !first.is_alphanumeric() {
        return Some(Run { bytes: begin..begin + first.len_utf8(), pairs: false, sign: true });
    }
    let pairs = without_blanks(first);
    let mut end = first.len_utf8();
    while let Some((at, c)) = chars.next() {
        let same = if is_combining_mark(c) {
            true
        } else if c == SOFT_HYPHEN {
            chars.peek().is_some_and(|(_, next)| next.is_alphanumeric())
        } else if c == '_' && !pairs {
            chars.peek().is_some_and(|(_, next)| next.is_alphanumeric() && !without_blanks(*next))
        } else {
            c.is_alphanumeric() && without_blanks(c) == pairs
        };
        if !same {
            break;
        }
        end = at + c.len_utf8();
    }
    Some(Run { bytes: begin..begin + end, pairs, sign: false })
}

/// The parts of an identifier, as bytes of the run; none if the run is one word.
fn parts(word: &str) -> Vec<Range<usize>> {
    // Nearly every word ends here: lower-case letters after the first.
    if !word.bytes().skip(1).any(|b| b.is_ascii_uppercase() || b == b'_' || b >= 0x80) {
        return Vec::new();
    }
    let chars: Vec<(usize, char)> = word.char_indices().collect();
    let mut parts = Vec::new();
    let mut start = 0;
    for (index, &(at, c)) in chars.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|index| chars.get(index)).map(|&(_, c)| c);
        let after = chars.get(index + 1).map(|&(_, c)| c);
        if c == '_' {
            parts.push(start..at);
            start = at + 1;
            continue;
        }
        let hump = c.is_uppercase()
            && before.is_some_and(|before| {
                before.is_lowercase()
                    || before.is_ascii_digit()
                    || (before.is_uppercase() && after.is_some_and(char::is_lowercase))
            });
        if hump {
            parts.push(start..at);
            start = at;
        }
    }
    parts.push(start..word.len());
    parts.retain(|part| !part.is_empty());
    if parts.len() < 2 { Vec::new() } else { parts }
}

fn pairs(run: &str, base: usize, position: &mut usize, sink: &mut dyn FnMut(Token<'_>)) {
    let mut folded: Vec<(usize, usize, String)> = Vec::with_capacity(run.len() / 3 + 1);
    for (at, c) in run.char_indices() {
        let (start, end) = (base + at, base + at + c.len_utf8());
        let letter = fold(&lower(c.encode_utf8(&mut [0; 4]))).into_owned();
        // the parts of a decomposed letter, as macOS writes names: `か` and its mark, the jamo of a syllable
        if let Some((_, last_end, last)) = folded.last_mut()
            && let Some(whole) = composed(last, &letter)
        {
            (*last_end, *last) = (end, whole);
        // a combining mark by itself folds to nothing
        } else if !letter.is_empty() {
            folded.push((start, end, letter));
        }
    }
    for two in folded.windows(2) {
        if let [(start, _, a), (_, end, b)] = two {
            let term = format!("{a}{b}");
            sink(Token { term: &term, start: *start, end: *end, position: *position, kind: Kind::Pair });
            *position += 1;
        }
    }
    // The last one alone, so that every character begins some term.
    if let Some((start, end, last)) = folded.last() {
        sink(Token { term: last, start: *start, end: *end, position: *position, kind: Kind::Single });
        *position += 1;
    }
}

/// Two letters that are one when composed.
fn composed(last: &str, letter: &str) -> Option<String> {
    let mut chars = letter.chars();
    let (next, None) = (chars.next()?, chars.next()) else { return None };
    if !matches!(next, '\u{1160}'..='\u{11FF}' | '\u{3099}' | '\u{309A}') {
        return None;
    }
    let mut chars = last.chars();
    let (first, None) = (chars.next()?, chars.next()) else { return None };
    unicode_normalization::char::compose(first, next).map(String::from)
}

#[cfg(test)]
mod tests;

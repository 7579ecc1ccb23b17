//! The part of a section that shows why it matched.

use std::collections::HashMap;

use crate::index::as_typed::AsTyped;
use crate::index::language::Language;
use crate::index::plain::Plain;
use crate::index::postings::Slot;
use crate::index::words::Stems;
use crate::model::Span;

/// Characters shown before the first marked word.
const BEFORE: usize = 60;

/// How far a cut may move to be between two words, in characters.
const SNAP: usize = 20;

/// The weight of a place where the query stands as typed: more than that of all its words.
const AS_TYPED: f64 = 10_000.0;

/// A window on a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Snippet {
    /// One line without markup; `…` marks cuts.
    pub(crate) text: String,
    /// Marked words, as offsets in Unicode scalar values of `text`.
    pub(crate) highlights: Vec<(usize, usize)>,
    /// The byte of the note where the first marked word begins.
    pub(crate) at: Option<usize>,
}

/// The words of a query that snippets show.
#[derive(Debug, Default)]
pub(crate) struct Sought {
    /// The weight of each term of the query.
    pub(crate) terms: HashMap<String, f64>,
    /// Words that count only one after the other, and their joint weight.
    pub(crate) phrases: Vec<(Vec<Slot>, f64)>,
    /// Words with signs; where they stand as typed is a better place than where only their words do.
    pub(crate) typed: Vec<AsTyped>,
}

/// Cuts snippets for one query.
pub(crate) struct Cutter<'q> {
    sought: &'q Sought,
    stems: Stems,
    width: usize,
}

/// A word of the text that matches the query.
#[derive(Debug, Clone)]
struct Mark {
    bytes: Span,
    term: String,
    worth: f64,
    /// The word of the query as typed, with its signs.
    is_typed: bool,
}

impl<'q> Cutter<'q> {
    /// `width` is in Unicode scalar values.
    pub(crate) fn new(sought: &'q Sought, width: usize) -> Self {
        Self { sought, stems: Stems::default(), width: width.max(1) }
    }

    /// The best window of the first text that has one, if any has.
    pub(crate) fn cut(&mut self, texts: &[Plain], language: Language) -> Option<Snippet> {
        let sought = self.sought;
        let says_it = |plain: &&Plain| sought.typed.iter().any(|typed| typed.places(&plain.text).next().is_some());
        let first = texts.iter().find(says_it).filter(|_| !sought.typed.is_empty());
        first.into_iter().chain(texts).find_map(|plain| {
            let marks = self.marks(&plain.text, language);
            let (begin, end) = best(&marks, self.width)?;
            let shown = marks.get(begin..=end).unwrap_or_default();
            let place = shown.iter().find(|mark| mark.is_typed).or(shown.first());
            let at = place.map(|mark| plain.source(mark.bytes.start));
            Some(Snippet { at, ..self.window(plain, shown, &marks) })
        })
    }

    /// A window without marked words: around a position of the text, or from there on.
    pub(crate) fn around(&self, plain: &Plain, at: usize) -> Snippet {
        let there = Mark { bytes: Span::new(at, at), term: String::new(), worth: 0.0, is_typed: false };
        self.window(plain, &[there], &[])
    }

    /// The spelling in a text of a word that produces a term.
    pub(crate) fn surface(&mut self, text: &str, language: Language, term: &str) -> Option<String> {
        let mut found = None;
        self.stems.each(text, language, &mut |token| {
            if found.is_none() && token.term == term {
                found = text.get(token.start..token.end).map(str::to_lowercase);
            }
        });
        found
    }

    fn marks(&mut self, text: &str, language: Language) -> Vec<Mark> {
        let mut marks: Vec<Mark> = Vec::new();
        let sought = self.sought;
        let mut parts: HashMap<&str, Vec<(usize, usize)>> = HashMap::new();
        for (phrase, (slots, _)) in sought.phrases.iter().enumerate() {
            for (nth, slot) in slots.iter().enumerate() {
                slot.iter().for_each(|term| parts.entry(term).or_default().push((phrase, nth)));
            }
        }
        // Phrases begun so far, and where each of them can continue: phrase, index of the word in it, position of that word.
        let mut begun: Vec<Begun> = Vec::new();
        let mut ends: HashMap<(usize, usize, usize), usize> = HashMap::new();
        self.stems.each(text, language, &mut |token| {
            let bytes = Span::new(token.start, token.end);
            if let Some(&worth) = sought.terms.get(token.term) {
                marks.push(Mark { bytes, term: token.term.to_owned(), worth, is_typed: false });
            }
            for &(phrase, nth) in parts.get(token.term).map_or(&[][..], Vec::as_slice) {
                let before = nth.checked_sub(1).map(|before| {
                    token.position.checked_sub(1).and_then(|place| ends.get(&(phrase, before, place)).copied())
                });
                // It begins the phrase, or continues a begun one; otherwise the word is not part of the phrase.
                let before = match before {
                    None => None,
                    Some(Some(before)) => Some(before),
                    Some(None) => continue,
                };
                ends.insert((phrase, nth, token.position), begun.len());
                begun.push(Begun { bytes, before });
                if let Some((slots, worth)) = sought.phrases.get(phrase)
                    && nth + 1 == slots.len()
                {
                    push_phrase(&mut marks, &begun, text, phrase, *worth);
                }
            }
        });
        for (nth, typed) in sought.typed.iter().enumerate() {
            let mark = |bytes| Mark { bytes, term: format!("= {nth}"), worth: AS_TYPED, is_typed: true };
            marks.extend(typed.places(text).map(mark));
        }
        marks.sort_by_key(|mark| (mark.bytes.start, mark.bytes.end));
        marks
    }

    /// The text around some marks, with all marks in it.
    fn window(&self, plain: &Plain, shown: &[Mark], marks: &[Mark]) -> Snippet {
        let text = plain.text.as_str();
        let first = shown.first().map_or(0, |mark| mark.bytes.start);
        let last = shown.last().map_or(0, |mark| mark.bytes.end);
        let needed = text.get(first..last).map_or(0, |text| text.chars().count());
        let room = self.width.saturating_sub(needed);
        let begin = back(text, first, BEFORE.min(room / 2));
        let mut end = forward(text, begin, self.width);
        // Near the end there is more room before it.
        let begin = if end == text.len() { back(text, end, self.width).min(begin) } else { begin };
        end = end.max(last.min(text.len()));

        let begin = snap_begin(text, begin, first);
        let end = snap_end(text, end, last);
        let inner = text.get(begin..end).unwrap_or("");
        let trimmed = inner.trim();
        let begin = begin + (inner.len() - inner.trim_start().len());
        let end = begin + trimmed.len();
        let mut out = String::new();
        if begin > 0 {
            out.push('…');
        }
        out.push_str(trimmed);
        if end < text.len() {
            out.push('…');
        }

        let offset = usize::from(begin > 0);
        let scalar = |at: usize| offset + text.get(begin..at).map_or(0, |before| before.chars().count());
        let mut highlights: Vec<(usize, usize)> = Vec::new();
        for mark in marks.iter().filter(|mark| begin <= mark.bytes.start && mark.bytes.end <= end) {
            let (from, to) = (scalar(mark.bytes.start), scalar(mark.bytes.end));
            match highlights.last_mut() {
                // Parts of identifiers and pairs of characters overlap.
                Some((_, last)) if from <= *last && to >= *last => *last = to,
                Some((_, last)) if to <= *last => {}
                _ => highlights.push((from, to)),
            }
        }
        Snippet { text: out, highlights, at: None }
    }
}

/// A word of a phrase whose preceding words are present too.
struct Begun {
    bytes: Span,
    /// The preceding word, as an index into the list.
    before: Option<usize>,
}

/// Marks the words of the phrase completed by the last word; as one if only signs are between them (`AT&T`).
fn push_phrase(marks: &mut Vec<Mark>, begun: &[Begun], text: &str, phrase: usize, worth: f64) {
    let mut words: Vec<Span> = Vec::new();
    let mut next = begun.last();
    while let Some(word) = next {
        let is_sign = |after: &Span| {
            let between = text.get(word.bytes.end..after.start).unwrap_or("");
            !between.is_empty() && !between.contains(char::is_whitespace)
        };
        match words.last_mut().filter(|after| is_sign(after)) {
            Some(after) => after.start = word.bytes.start,
            None => words.push(word.bytes),
        }
        next = word.before.and_then(|before| begun.get(before));
    }
    for (nth, bytes) in words.into_iter().rev().enumerate() {
        marks.push(Mark { bytes, term: format!("{phrase} {nth}"), worth, is_typed: false });
    }
}

/// The first and last mark of the window with the highest total weight; on a tie the earliest.
fn best(marks: &[Mark], width: usize) -> Option<(usize, usize)> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let mut worth = 0.0;
    let mut begin = 0;
    let mut best: Option<(f64, usize, usize)> = None;
    for (end, mark) in marks.iter().enumerate() {
        let count = counts.entry(mark.term.as_str()).or_insert(0);
        if *count == 0 {
            worth += mark.worth;
        }
        *count += 1;
        while let Some(first) =
            marks.get(begin).filter(|first| mark.bytes.end.saturating_sub(first.bytes.start) > width && begin < end)
        {
            if let Some(count) = counts.get_mut(first.term.as_str()) {
                *count -= 1;
                if *count == 0 {
                    worth -= first.worth;
                }
            }
            begin += 1;
        }
        if best.is_none_or(|(most, ..)| worth > most + 1e-9) {
            best = Some((worth, begin, end));
        }
    }
    best.map(|(_, begin, end)| (begin, end))
}

/// Moves back from a byte by some characters.
fn back(text: &str, from: usize, chars: usize) -> usize {
    if chars == 0 {
        return from;
    }
    text.get(..from).and_then(|before| before.char_indices().rev().nth(chars - 1)).map_or(0, |(at, _)| at)
}

/// Moves forward from a byte by some characters.
fn forward(text: &str, from: usize, chars: usize) -> usize {
    text.get(from..).and_then(|after| after.char_indices().nth(chars)).map_or(text.len(), |(at, _)| from + at)
}

/// Moves a beginning to that of a word, not past `first`.
fn snap_begin(text: &str, begin: usize, first: usize) -> usize {
    if begin == 0 || text.get(..begin).is_some_and(|before| before.ends_with(' ')) {
        return begin;
    }
    let after = text.get(begin..first).unwrap_or("");
    after.char_indices().take(SNAP).find(|&(_, c)| c == ' ').map_or(begin, |(at, _)| begin + at + 1)
}

/// Moves an end to that of a word, not before `last`.
fn snap_end(text: &str, end: usize, last: usize) -> usize {
    if end >= text.len() || text.get(end..).is_some_and(|after| after.starts_with(' ')) {
        return end;
    }
    let before = text.get(last..end).unwrap_or("");
    before.char_indices().rev().take(SNAP).find(|&(_, c)| c == ' ').map_or(end, |(at, _)| last + at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str, words: &[(&str, f64)], width: usize) -> Snippet {
        let terms = words.iter().map(|&(word, worth)| (word.to_owned(), worth)).collect();
        find(text, &Sought { terms, ..Sought::default() }, width).unwrap()
    }

    fn find(text: &str, sought: &Sought, width: usize) -> Option<Snippet> {
        let plain = Plain::without_markup(text, Span::new(0, text.len()));
        Cutter::new(sought, width).cut(&[plain], Language::ENGLISH)
    }

    fn phrase(words: &[&str]) -> Sought {
        let slots = words.iter().map(|word| vec![(*word).to_owned()]).collect();
        Sought { phrases: vec![(slots, 1.0)], ..Sought::default() }
    }

    #[test]
    fn a_phrase_is_marked_where_its_words_follow_one_another() {
        let text = "I can't say at a t that the AT&T bill, or at **t** and more";
        let snippet = find(text, &phrase(&["at", "t"]), 200).unwrap();
        assert_eq!(marked(&snippet), ["AT&T", "at", "t"]);
        assert_eq!(find("t at", &phrase(&["at", "t"]), 200), None);
        let text = "Take 1 egg or 2, then 1/2 a cup; 1 1 2";
        let snippet = find(text, &phrase(&["1", "2"]), 200).unwrap();
        assert_eq!(marked(&snippet), ["1/2", "1", "2"]);
        assert_eq!(snippet.at, text.find("1/2"));
    }

    /// What the highlights cover.
    fn marked(snippet: &Snippet) -> Vec<String> {
        let chars: Vec<char> = snippet.text.chars().collect();
        snippet.highlights.iter().map(|&(from, to)| chars[from..to].iter().collect()).collect()
    }

    #[test]
    fn marks_forms_of_the_word() {
        let snippet = cut("The **relays** read ü and relay it.", &[("relay", 1.0)], 200);
        assert_eq!(snippet.text, "The relays read ü and relay it.");
        assert_eq!(marked(&snippet), ["relays", "relay"]);
        assert_eq!(snippet.at, Some(6));
    }

    #[test]
    fn the_window_with_the_most_words_wins() {
        let text = format!("relay {}the saga of the relay and more {}", "filler ".repeat(60), "end ".repeat(60));
        let snippet = cut(&text, &[("relay", 1.0), ("saga", 2.0)], 80);
        assert!(snippet.text.starts_with('…') && snippet.text.ends_with('…'));
        assert_eq!(marked(&snippet), ["saga", "relay"]);
        assert!(snippet.text.chars().count() <= 82, "{}", snippet.text);
    }

    #[test]
    fn pairs_of_characters_are_one_mark() {
        let snippet = cut("今日は東京都へ", &[("東京", 1.0), ("京都", 1.0)], 200);
        assert_eq!(marked(&snippet), ["東京都"]);
    }

    #[test]
    fn without_a_word_it_is_the_beginning() {
        let sought = Sought::default();
        let plain = Plain::without_markup("Nothing to see here.", Span::new(0, 20));
        let snippet = Cutter::new(&sought, 10).around(&plain, 0);
        assert_eq!((snippet.text.as_str(), snippet.at), ("Nothing to…", None));
    }
}

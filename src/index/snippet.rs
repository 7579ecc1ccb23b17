//! The part of a section that shows why it was found.

use std::collections::HashMap;

use crate::index::language::Language;
use crate::index::plain::Plain;
use crate::index::words::Stems;
use crate::model::Span;

/// Characters shown before the first marked word.
const BEFORE: usize = 60;

/// How far a cut may move to fall between two words.
const SNAP: usize = 20;

/// A window on a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Snippet {
    /// On one line, without markup; `…` where it is cut.
    pub(crate) text: String,
    /// Marked words, as places of Unicode scalar values in `text`.
    pub(crate) highlights: Vec<(usize, usize)>,
    /// The byte of the note where the first marked word begins.
    pub(crate) at: Option<usize>,
}

/// Cuts snippets for one query.
pub(crate) struct Cutter<'q> {
    /// What each term of the query is worth.
    terms: &'q HashMap<String, f64>,
    stems: Stems,
    width: usize,
}

/// A word of the text that the query asked for.
#[derive(Debug, Clone)]
struct Mark {
    bytes: Span,
    term: String,
    worth: f64,
}

impl<'q> Cutter<'q> {
    /// `width` is in Unicode scalar values.
    pub(crate) fn new(terms: &'q HashMap<String, f64>, width: usize) -> Self {
        Self { terms, stems: Stems::default(), width: width.max(1) }
    }

    /// The best window of the first text that has one; else the beginning of the first. Later texts are made only when needed.
    pub(crate) fn cut(&mut self, texts: impl IntoIterator<Item = Plain>, language: Language) -> Snippet {
        let mut first = None;
        for plain in texts {
            let marks = self.marks(&plain.text, language);
            if let Some((begin, end)) = best(&marks, self.width) {
                let shown = marks.get(begin..=end).unwrap_or_default();
                let at = shown.first().map(|mark| plain.source(mark.bytes.start));
                return Snippet { at, ..self.window(&plain, shown, &marks) };
            }
            first.get_or_insert(plain);
        }
        first.map(|plain| self.window(&plain, &[], &[])).unwrap_or_default()
    }

    /// The words of a text that have a term, as they stand in it.
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
        let terms = self.terms;
        self.stems.each(text, language, &mut |token| {
            if let Some(&worth) = terms.get(token.term) {
                marks.push(Mark { bytes: Span::new(token.start, token.end), term: token.term.to_owned(), worth });
            }
        });
        marks
    }

    /// The text around some marks, with all marks that lie in it.
    fn window(&self, plain: &Plain, shown: &[Mark], marks: &[Mark]) -> Snippet {
        let text = plain.text.as_str();
        let first = shown.first().map_or(0, |mark| mark.bytes.start);
        let last = shown.last().map_or(0, |mark| mark.bytes.end);
        let needed = text.get(first..last).map_or(0, |text| text.chars().count());
        let room = self.width.saturating_sub(needed);
        let begin = back(text, first, BEFORE.min(room / 2));
        let mut end = forward(text, begin, self.width);
        // Near the end there is room for more before it.
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

/// The first and last mark of the window with the most words, weighted; the earliest of equals.
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

/// Some characters back from a byte.
fn back(text: &str, from: usize, chars: usize) -> usize {
    if chars == 0 {
        return from;
    }
    text.get(..from).and_then(|before| before.char_indices().rev().nth(chars - 1)).map_or(0, |(at, _)| at)
}

/// Some characters on from a byte.
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
        let plain = Plain::without_markup(text, Span::new(0, text.len()));
        Cutter::new(&terms, width).cut([plain], Language::ENGLISH)
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
        let snippet = cut("Nothing to see here.", &[("saga", 1.0)], 10);
        assert_eq!((snippet.text.as_str(), snippet.at), ("Nothing to…", None));
    }
}

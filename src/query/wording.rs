//! Matches words against a text when filtering: in `list`, `todo` and the reports.
//!
//! Case, accents and the amount of white space do not matter. A word matches at the beginning of words: `out` finds *outbox*,
//! not *about*. A phrase must also end at the end of a word. Scripts without spaces between words (Chinese, Thai, …) have no
//! such boundaries. Compound words (`event-driven`, `"event bus"`) also match across signs and markup. There is no
//! stemming here, unlike in a search.

use std::borrow::Cow;

use crate::model::words::fold;
use crate::query::ast::Text;

/// A text to search in, folded once.
#[derive(Debug)]
pub(crate) struct Hay<'a> {
    raw: &'a str,
    folded: Cow<'a, str>,
}

/// A text in the form in which [`Hay`] compares it.
pub(crate) fn prepared(raw: &str) -> String {
    spaced(&fold(raw), char::is_whitespace)
}

impl<'a> Hay<'a> {
    pub(crate) fn new(raw: &'a str) -> Self {
        Self { raw, folded: Cow::Owned(prepared(raw)) }
    }

    /// With the result of [`prepared`], for long texts that are searched more than once.
    pub(crate) fn folded(raw: &'a str, folded: &'a str) -> Self {
        Self { raw, folded: Cow::Borrowed(folded) }
    }

    /// True if the text is found in it.
    pub(crate) fn has(&self, text: &Text) -> bool {
        match text {
            Text::Word(word) => self.has_words(trimmed(word), false),
            Text::Prefix(word) => self.has_words(word, false),
            Text::Phrase(phrase) => self.has_words(phrase, true),
            Text::Start(start) => {
                let (start, hay) = (spaced(&fold(start), is_sign), spaced(&self.folded, is_sign));
                hay.starts_with(&start)
            }
            Text::Glob(pattern) => wildcard(&fold(pattern), &self.folded),
            Text::Regex(pattern) => pattern.is_match(self.raw),
        }
    }

    fn has_words(&self, words: &str, whole: bool) -> bool {
        let needle = prepared(words);
        if finds(&self.folded, &needle, whole) {
            return true;
        }
        let needle = spaced(&needle, is_sign);
        needle.contains(' ') && finds(&spaced(&self.folded, is_sign), &needle, whole)
    }
}

fn is_sign(c: char) -> bool {
    !c.is_alphanumeric()
}

/// Without punctuation of the sentence; `C++` and `->` keep their signs.
fn trimmed(word: &str) -> &str {
    let bare = word.trim_matches([',', '.', ';', ':', '!', '?', '…']);
    if bare.is_empty() { word } else { bare }
}

/// Replaces runs of such characters by one space, without any at the ends.
fn spaced(text: &str, blank: fn(char) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(blank).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// True if `needle` occurs at the beginning of a word and, if `whole`, up to the end of one.
fn finds(hay: &str, needle: &str, whole: bool) -> bool {
    let (Some(first), Some(last)) = (needle.chars().next(), needle.chars().next_back()) else { return false };
    let mut from = 0;
    while let Some(at) = hay.get(from..).and_then(|rest| rest.find(needle)).map(|at| from + at) {
        let before = hay.get(..at).and_then(|text| text.chars().next_back());
        let after = hay.get(at + needle.len()..).and_then(|text| text.chars().next());
        let begins = before.is_none_or(|before| !joined(before, first));
        let ends = !whole || after.is_none_or(|after| !joined(last, after));
        if begins && ends {
            return true;
        }
        from = at + first.len_utf8();
    }
    false
}

/// True for two adjacent characters inside one word.
fn joined(one: char, other: char) -> bool {
    let joins = |c: char| c.is_alphanumeric() && !is_unspaced(c);
    joins(one) && joins(other)
}

/// Thai, Lao, Burmese, Khmer; Chinese, Japanese; not Korean, which has spaces.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{2E80}'..='\u{312F}'
        | '\u{31A0}'..='\u{A4CF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF66}'..='\u{FF9F}' | '\u{20000}'..='\u{3FFFD}')
}

/// Matches `*` as any text and `?` as any character against the whole text. Worst case: the product of the lengths.
pub(crate) fn wildcard(pattern: &str, text: &str) -> bool {
    let (mut pattern, mut text) = (pattern.chars(), text.chars());
    // where to continue if the part after the last star does not fit: the rest of the pattern, and of the text
    let mut star = None;
    loop {
        let before_text = text.clone();
        match (pattern.next(), text.next()) {
            (None, None) => return true,
            (Some('*'), _) => {
                star = Some((pattern.clone(), before_text.clone()));
                text = before_text;
                continue;
            }
            (Some('?'), Some(_)) => continue,
            (Some(wanted), Some(found)) if wanted == found => continue,
            (Some(_) | None, _) => {}
        }
        let Some((after, eaten)) = &mut star else { return false };
        if eaten.next().is_none() {
            return false;
        }
        pattern = after.clone();
        text = eaten.clone();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(text: &Text, hay: &str, found: bool) {
        assert_eq!(Hay::new(hay).has(text), found, "{text} in {hay:?}");
    }

    fn word(text: &str) -> Text {
        Text::Word(text.to_owned())
    }

    fn phrase(text: &str) -> Text {
        Text::Phrase(text.to_owned())
    }

    #[test]
    fn words_begin_where_words_begin() {
        case(&word("out"), "the Outbox", true);
        case(&word("out"), "about", false);
        case(&word("out"), "about, out", true);
        case(&word("outbox?"), "the outbox is", true);
        case(&word("id"), "snake_id", true);
        case(&word("ecole"), "une École", true);
        case(&word("Straße"), "die STRASSE", true);
        case(&word("c++"), "in C++, say", true);
        case(&word("c++"), "in C, say", false);
        case(&word("->"), "a -> b", true);
        case(&word("event-driven"), "event driven", true);
        case(&word("event-driven"), "event\ndriven-ness", true);
        case(&word("retail-17"), "RETAIL-17: x", true);
        case(&word("東京"), "私は東京にいます", true);
        case(&word("outbox"), "the out\u{ad}box", true);
        case(&word(""), "x", false);
    }

    #[test]
    fn phrases_are_whole_words() {
        case(&phrase("event bus"), "an event\n  bus.", true);
        case(&phrase("event bus"), "an *event* `bus`", true);
        case(&phrase("event bus"), "event buses", false);
        case(&phrase("event bus"), "event x bus", false);
        case(&phrase("out"), "outbox", false);
        case(&phrase("a a"), "ba a a", true);
        case(&phrase("東"), "東京", true);
    }

    #[test]
    fn other_texts() {
        case(&Text::Prefix("edi".to_owned()), "re-edit", true);
        case(&Text::Start("weekly".to_owned()), "**Weekly** notes", true);
        case(&Text::Start("weekly".to_owned()), "bi weekly", false);
        case(&Text::Regex(crate::query::pattern::Pattern::new("^b+$").unwrap()), "a\r\nBB\r\nc", true);
    }

    #[test]
    fn wildcards() {
        for (pattern, text, fits) in [
            ("*.md", "a/b.md", true),
            ("a*c", "abc", true),
            ("a*c", "abcd", false),
            ("a?c", "aäc", true),
            ("*a*b*", "xxaxxbxx", true),
            ("*a*b*", "xxbxxaxx", false),
            ("", "", true),
            ("", "a", false),
            ("*", "", true),
            ("a", "", false),
            ("*aab", "aaaaab", true),
        ] {
            assert_eq!(wildcard(pattern, text), fits, "{pattern} {text}");
        }
    }
}

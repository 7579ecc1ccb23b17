//! Signs that a note explains: `🌑 not read yet`, `🌕 read`, and what they say about the links behind them.

use crate::model::ReadingState;
use crate::model::phrases::Phrases;
use crate::model::words::fold;
use crate::parse::input::Input;
use crate::parse::outline::BlockKind;
use crate::parse::plain::plain;
use crate::parse::reading::labels;
use crate::parse::reading::labels::Label;
use crate::parse::reading::own;
use crate::parse::reading::words;

/// In bytes; a longer text explains no sign.
const LONGEST: usize = 300;

/// The signs of a note, with what each means.
#[derive(Default)]
pub(super) struct Legend(Vec<(char, ReadingState)>);

impl Legend {
    /// Reads the items without links, and the paragraphs, that explain signs.
    pub(super) fn of(input: &Input<'_>, has_link: impl Fn(usize) -> bool) -> Self {
        let mut found = Vec::new();
        for (index, item) in input.items.iter().enumerate().filter(|(index, _)| !has_link(*index)) {
            let line = input.lines.content(input.text, item.line);
            let words = input.text.get(item.text_start.min(line.end)..line.end).unwrap_or("");
            if words.starts_with(is_sign) && words.len() <= LONGEST && input.items.get(index).is_some() {
                found.extend(explained(&plain(words)));
            }
        }
        for block in
            input.outline.blocks.iter().filter(|block| block.kind == BlockKind::Text && block.span.len() <= LONGEST)
        {
            let words = block.span.of(input.text);
            if words.is_ascii() || words.contains("](") || words.contains("://") {
                continue;
            }
            let words = plain(words);
            let of_line: Vec<(char, ReadingState)> = parts(&words).into_iter().flat_map(explained).collect();
            if of_line.len() >= 2 {
                found.extend(of_line);
            }
        }
        // one sign alone, or one that means two things, is no legend
        let several = found.iter().any(|(sign, _)| found.first().is_some_and(|(first, _)| first != sign));
        Self(if several { found } else { Vec::new() })
    }

    /// What the sign at the beginning of some words, or at their end, means.
    pub(super) fn state(&self, lead: &str, text: &str, tail: &str) -> Option<(ReadingState, char)> {
        let begins = |words: &str| words.trim_start().chars().next();
        let ends = tail.trim_end().trim_end_matches('\u{FE0F}').chars().next_back();
        let first =
            begins(lead).filter(|sign| is_sign(*sign)).or_else(|| begins(text).filter(|_| lead.trim().is_empty()));
        let signs = [first, ends].into_iter().flatten();
        signs
            .filter(|sign| is_sign(*sign))
            .find_map(|sign| self.0.iter().find(|(other, _)| *other == sign).map(|(sign, state)| (*state, *sign)))
    }
}

/// True for a picture or symbol that people put before an item.
pub(super) fn is_sign(c: char) -> bool {
    let is_mark = matches!(c, '\u{2010}'..='\u{203F}' | '\u{3000}'..='\u{303F}' | '\u{FE00}'..='\u{FE0F}' | '\u{200D}');
    c as u32 >= 0x2190 && !c.is_alphanumeric() && !is_mark && !matches!(c, '\u{FF00}'..='\u{FF65}')
}

/// The parts of a line that each begin with a sign: `✅ read, 📖 reading`.
fn parts(words: &str) -> Vec<&str> {
    let mut starts: Vec<usize> = Vec::new();
    let mut before = false;
    for (at, c) in words.char_indices() {
        let sign = is_sign(c);
        if sign && !before {
            starts.push(at);
        }
        before = sign || before && (c.is_whitespace() || matches!(c, '\u{FE0F}' | '\u{200D}'));
    }
    let ends = starts.iter().skip(1).copied().chain([words.len()]);
    starts.iter().zip(ends).filter_map(|(from, to)| words.get(*from..to)).collect()
}

/// The signs at the beginning of some words that give them a state.
fn explained(words: &str) -> Vec<(char, ReadingState)> {
    let signs: Vec<char> = words.chars().take_while(|c| !c.is_alphanumeric()).filter(|c| is_sign(*c)).collect();
    let rest = words.trim_start_matches(|c: char| !c.is_alphanumeric());
    let rest = rest
        .trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '|' | '·' | '/' | '.' | '(' | ')'));
    if rest.is_empty() || rest.len() > 80 {
        return Vec::new();
    }
    let state = labels::classify(rest).map(|found| found.label).and_then(Label::state);
    let state = state.or_else(|| own::said(rest).map(|saying| saying.state));
    let state = state
        .or_else(|| words::beginning(rest).filter(|_| rest.split_whitespace().count() <= 6).map(|saying| saying.state));
    // `haven't watch yet`
    let denied = || {
        let folded = fold(rest);
        let said: Vec<&str> =
            folded.split(|c: char| !(c.is_alphanumeric() || c == '\'')).filter(|word| !word.is_empty()).collect();
        let not = said.iter().take(2).any(|word| words::denies(word));
        not && said.iter().any(|word| {
            matches!(*word, "read" | "watch" | "watched" | "listen" | "yet" | "noch" | "encore" | "aun" | "ainda")
        })
    };
    let state = state.or_else(|| denied().then_some(ReadingState::ToRead));
    // in a legend a word is enough
    static WANTED: Phrases = Phrases::new(
        "want, wanted, wish, wishlist, planned, plan, next, new, open, todo, waiting, idea, neu, offen, geplant, will ich, a faire, envie, quiero, por hacer, \
         quero, wil ik, gepland, voglio, da fare, da iniziare, nuovo",
    );
    let state = state.or_else(|| WANTED.has(&fold(rest)).then_some(ReadingState::ToRead));
    let state = state.or_else(|| words::judges(rest).then_some(ReadingState::Read));
    state.map(|state| signs.into_iter().map(|sign| (sign, state)).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_lines() {
        let of = |text: &str| -> String {
            parts(text)
                .into_iter()
                .flat_map(explained)
                .map(|(sign, state)| format!("{sign}{} ", state.name()))
                .collect()
        };
        assert_eq!(of("✅ read, 📖 reading | ⏳ want to read"), "✅read 📖reading ⏳to_read ");
        assert_eq!(of("🌘 🌗 🌖 watching, in progress"), "🌘reading 🌗reading 🌖reading ");
        assert_eq!(of("🌟 = loved it; 💤 – gave up"), "🌟read 💤dropped ");
        assert_eq!(of("🌑 haven't watch yet"), "🌑to_read ");
        assert_eq!(of("🚀 fast, 🔥 hot"), "");
    }
}

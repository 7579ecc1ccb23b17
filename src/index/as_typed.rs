//! A typed word with signs (`1/2`, `C++`, `AT&T`), and where a text has it as typed. The index knows only its letters and digits.

use crate::model::Span;

/// In bytes; longer ones are pasted texts.
const LONGEST: usize = 200;

/// Such a word: lower case, apostrophes straight.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AsTyped {
    chars: Vec<char>,
}

impl AsTyped {
    /// `None` for a text of letters, digits and spaces only.
    pub(crate) fn new(typed: &str) -> Option<Self> {
        let typed = typed.trim();
        let is_sign = |c: char| !c.is_alphanumeric() && !c.is_whitespace();
        let chars = || typed.chars().map(plain).collect();
        (typed.len() <= LONGEST && typed.contains(is_sign)).then(|| Self { chars: chars() })
    }

    /// Where a text has it, in order; a letter or digit at its ends is the end of a word.
    pub(crate) fn places<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Span> + 'a {
        let mut before = None;
        text.char_indices().filter_map(move |(at, c)| {
            let is_inside = before.replace(c).is_some_and(char::is_alphanumeric) && c.is_alphanumeric();
            let first = *self.chars.first()?;
            if is_inside || plain(c) != first {
                return None;
            }
            let rest = text.get(at..)?;
            let mut read = rest.char_indices();
            for &wanted in &self.chars {
                read.next().filter(|&(_, c)| plain(c) == wanted)?;
            }
            let end = at + read.offset();
            let goes_on = self.chars.last()?.is_alphanumeric() && read.next().is_some_and(|(_, c)| c.is_alphanumeric());
            (!goes_on).then(|| Span::new(at, end))
        })
    }
}

fn plain(c: char) -> char {
    match c {
        '\u{2018}' | '\u{2019}' => '\'',
        '\u{2010}' | '\u{2011}' => '-',
        c if c.is_whitespace() => ' ',
        c => c.to_lowercase().next().unwrap_or(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(typed: &str, text: &str, want: &[&str]) {
        let typed = AsTyped::new(typed).unwrap();
        let found: Vec<&str> = typed.places(text).map(|span| span.of(text)).collect();
        assert_eq!(found, want, "{text}");
    }

    #[test]
    fn signs_count() {
        case("1/2", "1 2 11/2 1/23 1/2", &["1/2"]);
        case("c++", "C, C+ and C++11", &["C++"]);
        case("o'reilly", "O Reilly, O\u{2019}Reilly", &["O\u{2019}Reilly"]);
        case("10:30 at", "10 30 at 10:30\u{a0}at", &["10:30\u{a0}at"]);
        case(".NET", ".net .netting", &[".net"]);
        assert_eq!(AsTyped::new("two words"), None);
    }
}

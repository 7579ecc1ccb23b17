//! Places in a text: byte spans, and the lines that people and scripts count.

use serde::Deserialize;
use serde::Serialize;

/// A half-open range of bytes in a note's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// A span from `start` up to `end`, both in bytes.
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// How many bytes it covers.
    #[must_use]
    pub const fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// True when it covers nothing.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// True when the byte at `at` is in it.
    #[must_use]
    pub const fn contains(self, at: usize) -> bool {
        self.start <= at && at < self.end
    }

    /// The text that it covers; empty where it does not fit the text.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or("")
    }

    /// The same bytes as sorted spans that do not overlap.
    #[must_use]
    pub fn apart(mut spans: Vec<Self>) -> Vec<Self> {
        spans.sort_unstable();
        spans.dedup_by(|next, span| {
            let meets = next.start <= span.end;
            if meets {
                span.end = span.end.max(next.end);
            }
            meets
        });
        spans
    }

    /// True when the byte at `at` is in one of some sorted spans that do not overlap.
    #[must_use]
    pub fn cover(spans: &[Self], at: usize) -> bool {
        let begun = spans.partition_point(|span| span.start <= at);
        begun.checked_sub(1).and_then(|last| spans.get(last)).is_some_and(|span| span.contains(at))
    }
}

impl From<std::ops::Range<usize>> for Span {
    fn from(range: std::ops::Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// Where the lines of a text begin. A line ends at `\n`, `\r\n` or `\r`, and at nothing else.
#[derive(Debug, Clone)]
pub struct Lines {
    /// First byte of each line; never empty, the first is 0.
    starts: Vec<usize>,
    /// How many characters begin before each [`STEP`]th byte, so that the column in a long line is found without counting from
    /// its beginning.
    characters: Vec<usize>,
    len: usize,
}

/// Bytes between two counts of characters.
const STEP: usize = 1024;

/// True for the first byte of a character.
const fn begins(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

fn count(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| begins(byte)).count()
}

impl Lines {
    /// Finds the lines of `text`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            if bytes.get(at) == Some(&b'\n') || bytes.get(at + 1) != Some(&b'\n') {
                starts.push(at + 1);
            }
        }
        let mut before = 0;
        let characters = bytes
            .chunks(STEP)
            .map(|chunk| {
                let here = before;
                before += count(chunk);
                here
            })
            .collect();
        Self { starts, characters, len: bytes.len() }
    }

    /// How many lines there are. The empty rest after a final line end is not counted.
    #[must_use]
    pub fn count(&self) -> usize {
        let n = self.starts.len();
        if n > 1 && self.starts.last() == Some(&self.len) { n - 1 } else { n }
    }

    /// The 1-based line in which the byte `at` is.
    #[must_use]
    pub fn line(&self, at: usize) -> usize {
        self.starts.partition_point(|&start| start <= at)
    }

    /// The 1-based line and the 1-based column, in Unicode scalar values, of the byte `at`.
    #[must_use]
    pub fn line_column(&self, text: &str, at: usize) -> (usize, usize) {
        let line = self.line(at);
        (line, self.characters_before(text, at).saturating_sub(self.characters_before(text, self.start(line))) + 1)
    }

    /// How many characters begin before a byte.
    fn characters_before(&self, text: &str, at: usize) -> usize {
        let at = at.min(text.len());
        let step = (at / STEP).min(self.characters.len().saturating_sub(1));
        let before = self.characters.get(step).copied().unwrap_or(0);
        before + count(text.as_bytes().get(step * STEP..at).unwrap_or(&[]))
    }

    /// The first byte of a 1-based line; the end of the text for lines past it.
    #[must_use]
    pub fn start(&self, line: usize) -> usize {
        self.starts.get(line.saturating_sub(1)).copied().unwrap_or(self.len)
    }

    /// The bytes of a 1-based line with its line end.
    #[must_use]
    pub fn span(&self, line: usize) -> Span {
        Span::new(self.start(line), self.start(line + 1))
    }

    /// The bytes of a 1-based line without its line end.
    #[must_use]
    pub fn content(&self, text: &str, line: usize) -> Span {
        let span = self.span(line);
        let trimmed = span.of(text).trim_end_matches(['\n', '\r']);
        Span::new(span.start, span.start + trimmed.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_that_are_apart_cover_the_same_bytes() {
        let spans = [(4, 6), (0, 2), (5, 9), (9, 10), (12, 12), (20, 21)].map(|(start, end)| Span::new(start, end));
        let apart = Span::apart(spans.to_vec());
        assert_eq!(apart, [(0, 2), (4, 10), (12, 12), (20, 21)].map(|(start, end)| Span::new(start, end)));
        for at in 0..25 {
            assert_eq!(Span::cover(&apart, at), spans.iter().any(|span| span.contains(at)), "{at}");
        }
        assert!(!Span::cover(&[], 0));
    }

    #[test]
    fn lines_end_at_each_kind_of_line_end() {
        let text = "a\r\nb\rc\nd";
        let lines = Lines::new(text);
        assert_eq!(lines.count(), 4);
        let all: Vec<&str> = (1..=4).map(|n| lines.content(text, n).of(text)).collect();
        assert_eq!(all, ["a", "b", "c", "d"]);
    }

    #[test]
    fn a_final_line_end_adds_no_line() {
        assert_eq!(Lines::new("a\n").count(), 1);
        assert_eq!(Lines::new("").count(), 1);
        assert_eq!(Lines::new("\n\n").count(), 2);
    }

    #[test]
    fn line_column_of_wide_characters_counts_scalars() {
        let text = "ab\nüx";
        assert_eq!(Lines::new(text).line_column(text, 5), (2, 2));
    }

    #[test]
    fn columns_of_long_lines_are_what_counting_gives() {
        for text in
            ["", "é", &"aé日\n".repeat(700), &"ü".repeat(1024), &format!("{}\n{}", "é".repeat(900), "日b".repeat(2000))]
        {
            let lines = Lines::new(text);
            for at in
                (0..=text.len()).filter(|&at| text.is_char_boundary(at)).step_by(7).chain([text.len(), text.len() + 9])
            {
                let line = lines.line(at);
                let before = text.get(lines.start(line)..at.min(text.len())).unwrap_or("");
                assert_eq!(lines.line_column(text, at), (line, before.chars().count() + 1), "{at}");
            }
        }
    }
}

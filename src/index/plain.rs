//! Markdown without markup, for snippets: the text as a reader sees it, on one line, mapped back to the file.
//!
//! Not a parser: missed markup appears in a snippet, with no other harm. Linear, with limited look-ahead.

use crate::model::Lines;
use crate::model::Span;
use crate::model::note::without_block_id;

/// How far away a bracket's partner may be, in bytes.
const REACH: usize = 2_000;

/// In bytes; a longer mark of a footnote is text.
const LONGEST_MARK: usize = 60;

/// How much of a section is processed, in bytes: a single line may be a whole file of brackets.
const LONGEST: usize = 1 << 17;

/// Text on one line, and its origin.
#[derive(Debug, Default)]
pub(crate) struct Plain {
    pub(crate) text: String,
    /// Points from which source and text run in parallel: bytes of the text, bytes of the source.
    anchors: Vec<(usize, usize)>,
}

impl Plain {
    /// A part of a note without markup.
    pub(crate) fn without_markup(text: &str, span: Span) -> Self {
        let mut plain = Self::default();
        let span = capped(text, span);
        let source = span.of(text);
        let lines = Lines::new(source);
        let mut fence: Option<char> = None;
        let hidden = comments(source);
        for line in 1..=lines.count() {
            let content = lines.content(source, line);
            let trimmed = content.of(source).trim();
            let mark = trimmed.chars().next().filter(|c| matches!(c, '`' | '~'));
            if let Some(mark) = mark.filter(|&mark| trimmed.chars().take_while(|&c| c == mark).count() >= 3) {
                match fence {
                    None => fence = Some(mark),
                    Some(open) if open == mark => fence = None,
                    Some(_) => {}
                }
                continue;
            }
            if fence.is_some() {
                plain.copy(source, content, span.start);
                plain.blank();
                continue;
            }
            let text = without_prefix(source, content);
            if is_item(content.of(source)) && !text.is_empty() {
                plain.separate(span.start + text.start);
            }
            for content in visible(content, &hidden) {
                let text = Span::new(text.start.max(content.start).min(content.end), content.end);
                let text = Span::new(text.start, text.start + before_block_id(text.of(source)));
                let trimmed = text.of(source).trim();
                if !is_rule(trimmed) && !is_definition(trimmed) {
                    plain.line(source, text, span.start);
                }
            }
            plain.blank();
        }
        plain.end();
        plain
    }

    /// A part of a note as written, except that line ends and runs of spaces become one space.
    pub(crate) fn as_written(text: &str, span: Span) -> Self {
        let mut plain = Self::default();
        plain.copy(span.of(text), Span::new(0, span.len()), span.start);
        plain.end();
        plain
    }

    /// The byte of the note for a byte of the text.
    pub(crate) fn source(&self, at: usize) -> usize {
        let before = self.anchors.partition_point(|&(text, _)| text <= at).checked_sub(1);
        before.and_then(|before| self.anchors.get(before)).map_or(at, |&(text, source)| source + (at - text))
    }

    /// Where in the text a byte of the note is shown, or the nearest shown one.
    pub(crate) fn place(&self, source: usize) -> usize {
        let before = self.anchors.partition_point(|&(_, from)| from <= source).checked_sub(1);
        let next = before.map_or(0, |before| before + 1);
        let limit = self.anchors.get(next).map_or(self.text.len(), |&(text, _)| text);
        let at = before.and_then(|before| self.anchors.get(before)).map_or(0, |&(text, from)| text + (source - from));
        self.text.floor_char_boundary(at.min(limit))
    }

    /// Marks the beginning of a list item, so that two items do not read like one sentence.
    fn separate(&mut self, source: usize) {
        if self.text.trim_end().chars().next_back().is_some_and(char::is_alphanumeric) {
            self.blank();
            self.push('·', source);
            self.blank();
        }
    }

    fn blank(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with(' ') {
            self.text.push(' ');
        }
    }

    fn end(&mut self) {
        self.text.truncate(self.text.trim_end().len());
    }

    fn push(&mut self, c: char, source: usize) {
        if c.is_whitespace() {
            self.blank();
            return;
        }
        let parallel =
            self.anchors.last().is_some_and(|&(text, from)| source.checked_sub(from) == Some(self.text.len() - text));
        if !parallel {
            self.anchors.push((self.text.len(), source));
        }
        self.text.push(c);
    }

    fn copy(&mut self, source: &str, span: Span, base: usize) {
        for (at, c) in span.of(source).char_indices() {
            self.push(c, base + span.start + at);
        }
    }

    /// One line without its inline markup.
    fn line(&mut self, source: &str, span: Span, base: usize) {
        let line = span.of(source);
        let base = base + span.start;
        let table = line.trim_start().starts_with('|');
        let mut at = 0;
        let mut before = ' ';
        // Where the text of a link ends, and where to continue after the link.
        let mut closing: Vec<(usize, usize)> = Vec::new();
        while let Some(c) = line.get(at..).and_then(|rest| rest.chars().next()) {
            if let Some(&(close, resume)) = closing.last()
                && at >= close
            {
                closing.pop();
                at = resume.max(at);
                continue;
            }
            let rest = line.get(at..).unwrap_or("");
            let after = rest.get(c.len_utf8()..).and_then(|rest| rest.chars().next()).unwrap_or(' ');
            match c {
                '\\' if after.is_ascii_punctuation() => {
                    self.push(after, base + at + 1);
                    before = after;
                    at += 1 + after.len_utf8();
                    continue;
                }
                '`' => {}
                '*' | '~' | '=' if (c == '*' || after == c || before == c) && is_mark(before, after, c) => {}
                '_' if !before.is_alphanumeric() || !after.is_alphanumeric() => {}
                '!' if after == '[' => {}
                '|' if table => self.push(' ', base + at),
                '[' if after == '^' && footnote(rest).is_some() => {
                    at += footnote(rest).unwrap_or(1);
                    continue;
                }
                '[' => {
                    if let Some((skip, close, resume)) = link(rest) {
                        closing.push((at + close, at + resume));
                        at += skip;
                        before = c;
                        continue;
                    }
                    self.push(c, base + at);
                }
                '<' => match tag(rest) {
                    Some((true, end)) => {
                        closing.push((at + end, at + end + 1));
                    }
                    Some((false, end)) => {
                        at += end + 1;
                        continue;
                    }
                    None => self.push(c, base + at),
                },
                _ => self.push(c, base + at),
            }
            before = c;
            at += c.len_utf8();
        }
    }
}

/// Where the id at the end of a block begins: `text ^b1`. The length of a line without one.
fn before_block_id(line: &str) -> usize {
    let words = without_block_id(line.trim_end());
    let id = line.get(words.len()..).unwrap_or("").trim().trim_start_matches('^');
    if id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') { words.len() } else { line.len() }
}

fn capped(text: &str, span: Span) -> Span {
    Span::new(span.start, text.floor_char_boundary(span.end.min(span.start + LONGEST)).max(span.start))
}

/// True for emphasis: a mark adjacent to text.
fn is_mark(before: char, after: char, mark: char) -> bool {
    !(before.is_whitespace() && after.is_whitespace()) || before == mark || after == mark
}

/// A link at `[`: how many bytes to skip before its text, where the text ends, and where the link ends.
fn link(rest: &str) -> Option<(usize, usize, usize)> {
    let near = rest.get(..rest.floor_char_boundary(REACH)).unwrap_or(rest);
    if near.starts_with("[[") {
        let end = near.find("]]")?;
        let inner = near.get(2..end)?;
        let skip = inner.find('|').map_or(2, |bar| 2 + bar + 1);
        return Some((skip, end, end + 2));
    }
    let close = partner(near, '[', ']')?;
    let behind = near.get(close + 1..)?;
    let end = match behind.chars().next()? {
        '(' => close + 1 + partner(behind, '(', ')')? + 1,
        '[' => close + 1 + behind.find(']')? + 1,
        _ => return None,
    };
    Some((1, close, end))
}

/// The length of a footnote's mark, with the colon where its text follows: `[^1]`, `[^1]: `.
fn footnote(rest: &str) -> Option<usize> {
    let near = rest.get(..rest.floor_char_boundary(LONGEST_MARK)).unwrap_or(rest);
    let name = near.strip_prefix("[^")?.split_once(']')?.0;
    let is_name = !name.is_empty() && !name.contains(|c: char| c.is_whitespace() || c == '[');
    let len = name.len() + 3;
    let colon = usize::from(rest.get(len..).is_some_and(|behind| behind.starts_with(": ")));
    is_name.then_some(len + colon)
}

/// The position of the closing bracket.
fn partner(text: &str, open: char, close: char) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        if c == open {
            depth += 1;
        } else if c == close {
            depth -= 1;
            if depth == 0 {
                return Some(at);
            }
        }
    }
    None
}

/// A tag or an address at `<`: whether its contents are shown, and where its `>` is.
fn tag(rest: &str) -> Option<(bool, usize)> {
    let first = rest.chars().nth(1)?;
    if !first.is_ascii_alphabetic() && !matches!(first, '/' | '!' | '?') {
        return None;
    }
    let near = rest.get(..rest.floor_char_boundary(REACH)).unwrap_or(rest);
    let end = near.find('>')?;
    let inner = near.get(1..end)?;
    let address = !inner.contains(char::is_whitespace) && (inner.contains("://") || inner.contains('@'));
    Some((address, end))
}

/// The comments in a text, `%%…%%` and `<!-- … -->`, which are not shown. An unclosed one hides nothing.
fn comments(source: &str) -> Vec<Span> {
    let mut found = Vec::new();
    for (open, close) in [("%%", "%%"), ("<!--", "-->")] {
        let mut at = 0;
        while let Some(begin) = source.get(at..).and_then(|rest| rest.find(open)).map(|begin| at + begin) {
            let inner = begin + open.len();
            let Some(end) = source.get(inner..).and_then(|inner| inner.find(close)) else { break };
            at = inner + end + close.len();
            found.push(Span::new(begin, at));
        }
    }
    found.sort_by_key(|comment| (comment.start, comment.end));
    found
}

/// The parts of a line outside comments.
fn visible(line: Span, hidden: &[Span]) -> Vec<Span> {
    let first = hidden.partition_point(|comment| comment.end <= line.start);
    let mut parts = Vec::new();
    let mut at = line.start;
    for comment in hidden.iter().skip(first).take_while(|comment| comment.start < line.end) {
        if comment.start > at {
            parts.push(Span::new(at, comment.start));
        }
        at = at.max(comment.end);
    }
    if at < line.end || (at == line.start && parts.is_empty()) {
        parts.push(Span::new(at, line.end));
    }
    parts
}

/// True for a line that begins a list item.
fn is_item(line: &str) -> bool {
    let line = line.trim_start_matches(|c: char| c == '>' || c.is_whitespace());
    ["- ", "* ", "+ "].iter().any(|mark| line.starts_with(mark)) || numbered(line).is_some()
}

/// True for lines without text: rules, underlines of headings, the line under a table's header.
fn is_rule(line: &str) -> bool {
    line.len() >= 2 && line.chars().all(|c| matches!(c, '-' | '=' | '*' | '_' | '|' | ':' | ' '))
}

/// True for `[name]: address`, which is not shown.
fn is_definition(line: &str) -> bool {
    let name = line.strip_prefix('[').filter(|name| !name.starts_with('^'));
    name.and_then(|name| name.split_once("]:")).is_some_and(|(name, _)| !name.contains(['[', ']']))
}

/// A line without quote marks, bullets, numbers, boxes and heading marks.
fn without_prefix(source: &str, line: Span) -> Span {
    let mut rest = line.of(source);
    loop {
        let trimmed = rest.trim_start();
        let shorter = trimmed
            .strip_prefix('>')
            .or_else(|| ["- ", "* ", "+ "].iter().find_map(|mark| trimmed.strip_prefix(mark)))
            .or_else(|| numbered(trimmed))
            .or_else(|| boxed(trimmed))
            .or_else(|| {
                Some(trimmed.trim_start_matches('#')).filter(|rest| rest.len() < trimmed.len() && rest.starts_with(' '))
            });
        match shorter {
            Some(shorter) => rest = shorter,
            None => return Span::new(line.end - trimmed.len(), line.end),
        }
    }
}

fn numbered(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = text.len() - rest.len();
    let rest = rest.strip_prefix(['.', ')'])?;
    ((1..=9).contains(&digits) && rest.starts_with(' ')).then_some(rest)
}

fn boxed(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('[')?;
    let rest = inner.get(inner.chars().next()?.len_utf8()..)?.strip_prefix(']')?;
    rest.starts_with(' ').then_some(rest)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn case(markdown: &str, expected: &str) {
        let plain = Plain::without_markup(markdown, Span::new(0, markdown.len()));
        assert_eq!(plain.text, expected);
    }

    #[test]
    fn marks_are_left_out() {
        case("- pay rent\n- call Ida\n1. one.\n2. two", "pay rent · call Ida · one. two");
        case("text\n- item\n  more\n- last", "text · item more · last");
        case("[![build](https://img.example/b.svg)](https://ci.example/x) text", "build text");
        case("a %%not\nthis%% b <!-- nor this --> c %% d", "a b c %% d");
        case("## A *heading*\n\ntext", "A heading text");
        case("- [ ] call **Ana** _now_\n  - [x] done", "call Ana now · done");
        case("> quoted\n> 1. first", "quoted · first");
        case(
            "see [the book](https://a.example/x_(y)) and [[notes/saga|the saga]], [[outbox]]",
            "see the book and the saga, outbox",
        );
        case("![a picture](p.png) <https://a.example/> <b>bold</b>", "a picture https://a.example/ bold");
        case("[ref][1] [box] `code` ~~old~~ ==new==", "ref [box] code old new");
        case("snake_case 2 * 3 a=b a < b", "snake_case 2 * 3 a=b a < b");
        case("| a | b |\n|---|---|\n| 1 | 2 |", "a b 1 2");
        case("```rust\nlet x = *y;\n```\nafter", "let x = *y; after");
        case("\\*not\\* emphasis", "*not* emphasis");
        case("[open **", "[open");
        case("[a]: https://a.example\ntext[^1], more[^b].\n[^1]: a note", "text, more. a note");
        case("a [^ b] [^] c", "a [^ b] [^] c");
        case("a paragraph ^abc\n\n- an item ^b-1\n\n2^10 ^ 2", "a paragraph · an item 2^10 ^ 2");
    }

    proptest! {
        #[test]
        fn every_byte_leads_back(markdown in "[a-z\\[\\]()*_<>|\\\\`~!# \nü-]{0,80}") {
            let plain = Plain::without_markup(&markdown, Span::new(0, markdown.len()));
            for (at, c) in plain.text.char_indices().filter(|(_, c)| !matches!(c, ' ' | '·')) {
                prop_assert_eq!(markdown.get(plain.source(at)..).and_then(|rest| rest.chars().next()), Some(c));
            }
        }
    }
}

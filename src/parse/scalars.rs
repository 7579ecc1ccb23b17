//! The strings of front matter, each with its quotes: what has to be escaped in them differs.
//!
//! A scanner, since the parsers of YAML and TOML do not say how a string is written. Where a file is neither, it finds what looks
//! like strings; whoever changes one reads the front matter again.

use crate::model::Span;
use crate::parse::front;
use crate::parse::quotes::Quoted;
use crate::parse::quotes::Quotes;

/// A string.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scalar {
    /// All of it, quotes included.
    pub span: Span,
    /// What is between the quotes.
    pub inside: Span,
    /// The quotes.
    pub quotes: Quotes,
}

impl Scalar {
    /// Its text.
    #[must_use]
    pub fn read(&self, text: &str) -> Quoted {
        Quoted::read(text, self.inside, self.quotes)
    }

    /// True if its text is another than what is written.
    #[must_use]
    pub fn has_escapes(&self, text: &str) -> bool {
        match self.quotes {
            Quotes::Single => self.inside.of(text).contains('\''),
            Quotes::Double => self.inside.of(text).contains('\\'),
            _ => false,
        }
    }
}

/// The string of a note's front matter that a byte is in.
#[must_use]
pub fn scalar_at(text: &str, at: usize) -> Option<Scalar> {
    read(text).into_iter().find(|scalar| scalar.span.contains(at))
}

/// The strings of a note's front matter, in the order of the text. Keys that are in quotes are among them.
#[must_use]
pub fn read(text: &str) -> Vec<Scalar> {
    match front::inner(text) {
        Some(("+++", inner)) => toml(text, inner),
        Some((_, inner)) => Yaml { text, end: inner.end, at: inner.start, depth: 0, found: Vec::new() }.read(),
        None => Vec::new(),
    }
}

fn toml(text: &str, inner: Span) -> Vec<Scalar> {
    let mut found = Vec::new();
    let mut at = inner.start;
    while let Some(rest) = text.get(at..inner.end).filter(|rest| !rest.is_empty()) {
        let Some(next) = rest.find(['"', '\'', '#']) else { break };
        let (start, rest) = (at + next, rest.get(next..).unwrap_or(""));
        if rest.starts_with('#') {
            at = start + rest.find('\n').unwrap_or(rest.len());
            continue;
        }
        let (mark, quotes) =
            [("\"\"\"", Quotes::Double), ("'''", Quotes::Verbatim), ("\"", Quotes::Double), ("'", Quotes::Literal)]
                .into_iter()
                .find(|(mark, _)| rest.starts_with(mark))
                .unwrap_or(("\"", Quotes::Double));
        let Some(length) = closing(rest.get(mark.len()..).unwrap_or(""), mark, quotes == Quotes::Double) else { break };
        let inside = Span::new(start + mark.len(), start + mark.len() + length);
        at = inside.end + mark.len();
        found.push(Scalar { span: Span::new(start, at), inside, quotes });
    }
    found
}

/// The bytes before the closing quotes.
fn closing(rest: &str, mark: &str, has_escapes: bool) -> Option<usize> {
    let mut at = 0;
    loop {
        let here = rest.get(at..)?;
        if here.starts_with(mark) {
            return Some(at);
        }
        let c = here.chars().next()?;
        at += c.len_utf8();
        if c == '\\' && has_escapes {
            at += rest.get(at..)?.chars().next()?.len_utf8();
        }
    }
}

struct Yaml<'a> {
    text: &'a str,
    end: usize,
    at: usize,
    /// How many brackets are open.
    depth: usize,
    found: Vec<Scalar>,
}

impl<'a> Yaml<'a> {
    fn read(mut self) -> Vec<Scalar> {
        while self.at < self.end {
            let before = self.at;
            self.line();
            // whatever is there, the next line is another one
            self.at = self.at.max(before + 1);
        }
        self.found
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..self.end).unwrap_or("")
    }

    /// What is left of the line, without a comment.
    fn rest_of_line(&self) -> &'a str {
        self.rest().split(['\n', '\r']).next().unwrap_or("")
    }

    fn skip_blanks(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start_matches([' ', '\t']).len();
    }

    /// From here to the end of the line, or of what begins in it.
    fn line(&mut self) {
        let start = self.at;
        self.skip_blanks();
        let indent = self.at - start;
        loop {
            self.skip_blanks();
            let is_apart = || self.text.get(..self.at).is_none_or(|before| before.ends_with([' ', '\t', '\n', '\r']));
            let (rest, line) = (self.rest(), self.rest_of_line());
            let Some(c) = rest.chars().next() else { return };
            match c {
                '\n' | '\r' => {
                    self.at += 1;
                    return;
                }
                '#' if is_apart() => self.at += line.len(),
                '-' if self.depth == 0 && (line.len() == 1 || line.starts_with("- ")) => self.at += 1,
                '"' | '\'' => self.quoted(c),
                '|' | '>' if self.depth == 0 && is_block(line) => {
                    self.at += line.len();
                    self.block(indent);
                    return;
                }
                ',' | ':' if self.depth > 0 => self.at += 1,
                ']' | '}' if self.depth > 0 => {
                    self.at += 1;
                    self.depth -= 1;
                }
                '[' if wikilink(line).is_some() => self.plain(wikilink(line).unwrap_or(line.len()), true),
                '[' if self.depth == 0 && is_link(line) => self.plain(plain_end(line, false), false),
                '[' | '{' => {
                    self.at += 1;
                    self.depth += 1;
                }
                _ => {
                    let length = plain_end(line, self.depth > 0);
                    let is_key = line.get(length..).is_some_and(|rest| rest.starts_with(':'));
                    if is_key {
                        self.at += length + 1;
                    } else {
                        self.plain(length.max(c.len_utf8()), self.depth > 0);
                    }
                }
            }
        }
    }

    fn plain(&mut self, length: usize, in_brackets: bool) {
        let words = self.rest().get(..length).unwrap_or("").trim_end();
        let span = Span::new(self.at, self.at + words.len());
        let quotes = if in_brackets { Quotes::PlainInBrackets } else { Quotes::Plain };
        self.found.push(Scalar { span, inside: span, quotes });
        self.at += length;
    }

    fn quoted(&mut self, mark: char) {
        let quotes = if mark == '"' { Quotes::Double } else { Quotes::Single };
        let inside = self.rest().get(1..).unwrap_or("");
        let mut length = 0;
        loop {
            let rest = inside.get(length..).unwrap_or("");
            let mark = mark.encode_utf8(&mut [0; 4]).to_owned();
            match closing(rest, &mark, quotes == Quotes::Double) {
                Some(end) if quotes == Quotes::Single && rest.get(end..).is_some_and(|rest| rest.starts_with("''")) => {
                    length += end + 2;
                }
                Some(end) => {
                    length += end;
                    break;
                }
                // never closed: this line alone is lost
                None => {
                    self.at += self.rest_of_line().len();
                    return;
                }
            }
        }
        let start = self.at;
        self.at += length + 2;
        self.found.push(Scalar { span: Span::new(start, self.at), inside: Span::new(start + 1, self.at - 1), quotes });
    }

    /// The lines that are indented by more than `indent`.
    fn block(&mut self, indent: usize) {
        self.at += self.rest().split_inclusive('\n').next().map_or(0, str::len);
        let start = self.at;
        for line in self.rest().split_inclusive('\n') {
            let is_in = line.trim().is_empty() || line.len() - line.trim_start_matches(' ').len() > indent;
            if !is_in {
                break;
            }
            self.at += line.len();
        }
        let span = Span::new(start, self.at);
        self.found.push(Scalar { span, inside: span, quotes: Quotes::Verbatim });
    }
}

/// True for what begins a block: `|`, `>-`, `|2`.
fn is_block(line: &str) -> bool {
    let words = line.split(" #").next().unwrap_or(line).trim_end();
    words.get(1..).is_some_and(|rest| rest.bytes().all(|byte| matches!(byte, b'+' | b'-' | b'0'..=b'9')))
}

/// The length of a wikilink at the beginning of a line, without the list in a list that YAML sees there.
fn wikilink(line: &str) -> Option<usize> {
    let inside = line.strip_prefix("[[")?;
    let length = inside.find("]]")?;
    inside.get(..length).is_some_and(|name| !name.contains(['[', ']', '"'])).then_some(length + 4)
}

/// True for a line that begins with a Markdown link, which is no YAML.
fn is_link(line: &str) -> bool {
    line.get(1..)
        .and_then(|rest| rest.split_once(']'))
        .is_some_and(|(text, rest)| !text.contains(['[', '"', '\'']) && rest.starts_with('(') && rest.contains(')'))
}

/// The length of words without quotes: up to the `:` of a key, a comment, or what separates items.
fn plain_end(line: &str, in_brackets: bool) -> usize {
    let mut before = ' ';
    for (at, c) in line.char_indices() {
        let behind = line.get(at + c.len_utf8()..).and_then(|rest| rest.chars().next());
        let ends = match c {
            ':' => behind.is_none_or(|c| c == ' ' || c == '\t' || (in_brackets && matches!(c, ',' | ']' | '}'))),
            '#' => before == ' ' || before == '\t',
            ',' | '[' | ']' | '{' | '}' => in_brackets,
            _ => false,
        };
        if ends {
            return at;
        }
        before = c;
    }
    line.len()
}

/// True for text that YAML reads as it is when nothing stands around it.
#[must_use]
pub fn is_plain(text: &str, in_brackets: bool) -> bool {
    if let Some(name) = text.strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]")) {
        return is_plain(name, true);
    }
    let first = text.chars().next().unwrap_or(' ');
    let is_mark = |c: char| ",[]{}#&*!|>'\"%@`".contains(c);
    let is_led = text.starts_with(['-', '?', ':']) && !text.chars().nth(1).is_some_and(char::is_alphanumeric);
    !first.is_whitespace() && !is_mark(first) && !is_led && plain_end(text, in_brackets) == text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(text: &str, want: &[(&str, Quotes)]) {
        let found: Vec<_> = read(text).iter().map(|scalar| (scalar.inside.of(text), scalar.quotes)).collect();
        assert_eq!(found, want, "{text}");
    }

    #[test]
    fn strings_of_yaml() {
        use Quotes::Double;
        use Quotes::Plain;
        use Quotes::PlainInBrackets;
        use Quotes::Single;
        use Quotes::Verbatim;
        case(
            "---\na: it's # c\nb: 'it''s' # 'x'\n\"k\": \"say \\\"x\\\"\"\nc:\n  - x y\n  - 'z'\n---\nd: e\n",
            &[
                ("it's", Plain),
                ("it''s", Single),
                ("k", Double),
                ("say \\\"x\\\"", Double),
                ("x y", Plain),
                ("z", Single),
            ],
        );
        case(
            "---\na: [[x y]]\nb: [\"[[x]]\", 'y', z,\n  [[w]] ]\nc: {k: v, l: 'm'}\n---\n",
            &[
                ("[[x y]]", PlainInBrackets),
                ("[[x]]", Double),
                ("y", Single),
                ("z", PlainInBrackets),
                ("[[w]]", PlainInBrackets),
                ("v", PlainInBrackets),
                ("m", Single),
            ],
        );
        case(
            "---\r\na: |\r\n  'x' # y\r\n\r\n  z\r\nb: c: d\r\n---\r\n",
            &[("  'x' # y\r\n\r\n  z\r\n", Verbatim), ("d", Plain)],
        );
        case("---\na: [t](x.md) y\nb: 'open\nc: d\n---\n", &[("[t](x.md) y", Plain), ("d", Plain)]);
        case("---\na: \"x\n  y\"\nb: é#f\n---\n", &[("x\n  y", Double), ("é#f", Plain)]);
    }

    #[test]
    fn strings_of_toml() {
        use Quotes::Double;
        use Quotes::Literal;
        use Quotes::Verbatim;
        case(
            "+++\na = 'C:\\x' # \"no\"\nb = [\"y \\\" z\", '''it's''']\nc = \"\"\"l\nm\"\"\"\n+++\n",
            &[("C:\\x", Literal), ("y \\\" z", Double), ("it's", Verbatim), ("l\nm", Double)],
        );
        case("+++\na = 'open\n+++\n", &[]);
    }

    #[test]
    fn what_needs_quotes() {
        for text in ["a", "it's", "[[it's]]", "a, b", "a#b", "C:x", "-a"] {
            assert!(is_plain(text, false), "{text}");
        }
        for text in ["'a", "a: b", "a #b", "a:", "[[a, b]]", "[[a: b]]", "[[a #b]]", "[[- a]]", "[a]", "", "- a", "@a"]
        {
            assert!(!is_plain(text, false), "{text}");
        }
        assert!(!is_plain("a, b", true));
    }
}

//! Unlinked mentions: a note's title, alias or file name as plain text in other notes.

use regex::Regex;
use regex::RegexBuilder;

use crate::model::Note;
use crate::model::NotePath;
use crate::model::Span;
use crate::report::prose::Fences;
use crate::report::prose::code_spans;

/// In characters; shorter names are ignored, because they match everywhere.
const SHORT: usize = 3;

/// The names by which a note is mentioned.
#[derive(Debug)]
pub struct Names(Regex);

impl Names {
    /// The names of a note; `None` if none is long enough.
    #[must_use]
    pub fn of(path: &NotePath, note: &Note) -> Option<Self> {
        let all = [note.title.as_str(), path.stem()];
        let mut names: Vec<&str> =
            all.into_iter().chain(note.aliases.iter().map(String::as_str)).map(str::trim).collect();
        names.retain(|name| name.chars().count() >= SHORT);
        // of two names with the same beginning, prefer the longer one
        names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        names.dedup();
        if names.is_empty() {
            return None;
        }
        let escaped: Vec<String> = names.iter().map(|name| regex::escape(name)).collect();
        let built = RegexBuilder::new(&escaped.join("|")).case_insensitive(true).size_limit(1 << 20).build();
        built.ok().map(Self)
    }

    /// Exactly these words, however short.
    #[must_use]
    pub fn words(words: &str) -> Option<Self> {
        let built = RegexBuilder::new(&regex::escape(words)).case_insensitive(true).size_limit(1 << 20).build();
        built.ok().filter(|_| !words.is_empty()).map(Self)
    }

    /// Where a text mentions one of the names as whole words: not in links, code, tags or front matter.
    #[must_use]
    pub fn mentions(&self, note: &Note, text: &str) -> Vec<Span> {
        if !self.0.is_match(text) {
            return Vec::new();
        }
        let mut found = Vec::new();
        let taken = taken(note);
        let mut fences = Fences::default();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let at = start;
            start += line.len();
            if at < note.body_start || fences.is_code(line) {
                continue;
            }
            let code = code_spans(line);
            for place in self.0.find_iter(line) {
                let span = Span::new(at + place.start(), at + place.end());
                let next = code.partition_point(|&(_, to)| to <= place.start());
                let in_code = code.get(next).is_some_and(|&(from, _)| from < place.end());
                if !in_code && is_whole(line, place.start(), place.end()) && !overlaps(&taken, span) {
                    found.push(span);
                }
            }
        }
        found
    }
}

/// The spans of links and tags, sorted and without nested ones.
fn taken(note: &Note) -> Vec<Span> {
    let mut spans: Vec<Span> =
        note.links.iter().map(|link| link.span).chain(note.tags.iter().map(|tag| tag.span)).collect();
    spans.sort_unstable();
    let mut end = 0;
    spans.retain(|span| {
        let outer = span.end > end;
        end = end.max(span.end);
        outer
    });
    spans
}

/// True if a span shares a byte with one of others, which are sorted by both of their ends.
fn overlaps(spans: &[Span], span: Span) -> bool {
    spans.get(spans.partition_point(|other| other.end <= span.start)).is_some_and(|other| other.start < span.end)
}

/// True if there is no letter or digit directly before or after; scripts without spaces are exempt.
fn is_whole(line: &str, start: usize, end: usize) -> bool {
    let joins = |inside: Option<char>, outside: Option<char>| {
        let letter = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && u32::from(c) < 0x2E80);
        letter(inside) && letter(outside)
    };
    let part = |from: usize, to: usize| line.get(from..to).unwrap_or("");
    let (before, name, after) = (part(0, start), part(start, end), part(end, line.len()));
    !joins(name.chars().next(), before.chars().next_back()) && !joins(name.chars().next_back(), after.chars().next())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse;

    #[track_caller]
    fn case(text: &str, want: &[&str]) {
        let parse = |path: &str, text: &str| parse::parse(&NotePath::from(path), text, &parse::Options::default()).note;
        let target = parse("dlq.md", "---\ntitle: Dead letter\naliases: [dead letter queue, 庭, 土の庭, ab]\n---\n");
        let names = Names::of(&NotePath::from("dlq.md"), &target).unwrap();
        let found: Vec<&str> =
            names.mentions(&parse("n.md", text), text).into_iter().map(|span| span.of(text)).collect();
        assert_eq!(found, want, "{text}");
    }

    #[test]
    fn whole_words_outside_links_and_code() {
        case("The Dead Letter Queue, a dead letter; DLQ.", &["Dead Letter Queue", "dead letter", "DLQ"]);
        case("dead letters, undead letter, dlqs, ab", &[]);
        case("[[dlq]] [dead letter](x.md) `dlq` #dlq\n\n```\ndlq\n```\n<!-- --> dlq", &["dlq"]);
        case("---\nx: dlq\n---\n\ndlq\n", &["dlq"]);
        case("朝は土の庭で", &["土の庭"]);
    }
}

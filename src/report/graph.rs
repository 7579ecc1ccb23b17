//! The graph of links between notes.

use std::collections::BTreeSet;
use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::OnceLock;
use std::sync::PoisonError;

use crate::model::NotePath;
use crate::parse::markers::is_list_item;
use crate::parse::markers::is_thematic_break;
use crate::query::LinkFacts;
use crate::report::resolve::Names;
use crate::report::resolve::NoteRef;
use crate::report::resolve::Resolved;
use crate::report::resolve::Target;

/// All links of a notebook, resolved when they are asked for.
pub struct Graph<'a> {
    /// The notes to which indices refer; sorted by path.
    pub notes: Arc<[NoteRef<'a>]>,
    /// The names by which links were resolved.
    pub names: Names<'a>,
    /// For each note, the target of each link, as in `Note::links`.
    links: Vec<OnceLock<Vec<Resolved>>>,
    /// For each note, the links to it from other notes: note and link.
    incoming: OnceLock<Vec<Vec<(usize, usize)>>>,
    /// The notes for the name that a query used last: it looks up the same name for every note.
    named: Mutex<Option<(String, Arc<BTreeSet<usize>>)>>,
}

/// The direction in which links are followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// From a note to what it links to.
    Out,
    /// From a note to what links to it.
    In,
}

impl<'a> Graph<'a> {
    /// Collects the names; links are resolved note by note.
    #[must_use]
    pub fn new(notes: Arc<[NoteRef<'a>]>, attachments: &'a [NotePath]) -> Self {
        let names = Names::new(Arc::clone(&notes), attachments);
        let links = notes.iter().map(|_| OnceLock::new()).collect();
        Self { notes, names, links, incoming: OnceLock::new(), named: Mutex::default() }
    }

    fn all_incoming(&self) -> Vec<Vec<(usize, usize)>> {
        let mut incoming = vec![Vec::new(); self.notes.len()];
        for from in 0..self.notes.len() {
            for (link, resolved) in self.outgoing(from).iter().enumerate() {
                if let Target::Note { note, .. } = resolved.target
                    && note != from
                    && let Some(list) = incoming.get_mut(note)
                {
                    list.push((from, link));
                }
            }
        }
        incoming
    }

    /// The targets of a note's links, in the order of `Note::links`.
    #[must_use]
    pub fn outgoing(&self, note: usize) -> &[Resolved] {
        let (Some(links), Some((_, facts))) = (self.links.get(note), self.notes.get(note)) else { return &[] };
        links.get_or_init(|| facts.links.iter().map(|link| self.names.resolve(note, link)).collect())
    }

    /// The links from other notes to a note: note and link.
    #[must_use]
    pub fn incoming(&self, note: usize) -> &[(usize, usize)] {
        self.incoming.get_or_init(|| self.all_incoming()).get(note).map_or(&[], Vec::as_slice)
    }

    /// The notes directly linked with a note, without itself, each once.
    #[must_use]
    pub fn neighbours(&self, note: usize, direction: Direction) -> BTreeSet<usize> {
        match direction {
            Direction::Out => self
                .outgoing(note)
                .iter()
                .filter_map(|resolved| match resolved.target {
                    Target::Note { note: to, .. } if to != note => Some(to),
                    _ => None,
                })
                .collect(),
            Direction::In => self.incoming(note).iter().map(|(from, _)| *from).collect(),
        }
    }

    /// The notes within `distance` links of any of `from`, excluding those. `None`: at any distance.
    #[must_use]
    pub fn within(&self, from: &[usize], direction: Direction, distance: Option<usize>) -> BTreeSet<usize> {
        let mut seen: BTreeSet<usize> = from.iter().copied().collect();
        let mut queue: VecDeque<(usize, usize)> = from.iter().map(|&note| (note, 0)).collect();
        let mut found = BTreeSet::new();
        while let Some((note, far)) = queue.pop_front() {
            if distance.is_some_and(|limit| far >= limit) {
                continue;
            }
            for next in self.neighbours(note, direction) {
                if seen.insert(next) {
                    found.insert(next);
                    queue.push_back((next, far + 1));
                }
            }
        }
        found
    }

    /// Notes that share a neighbour with this one but are not linked with it, those with most shared neighbours first.
    #[must_use]
    pub fn related(&self, note: usize) -> Vec<usize> {
        let direct: BTreeSet<usize> =
            self.neighbours(note, Direction::Out).union(&self.neighbours(note, Direction::In)).copied().collect();
        let mut shared = std::collections::BTreeMap::new();
        for &middle in &direct {
            for direction in [Direction::Out, Direction::In] {
                for other in self.neighbours(middle, direction) {
                    if other != note && !direct.contains(&other) {
                        *shared.entry(other).or_insert(0usize) += 1;
                    }
                }
            }
        }
        let mut found: Vec<(usize, usize)> = shared.into_iter().collect();
        found.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        found.into_iter().map(|(note, _)| note).collect()
    }

    fn named(&self, name: &str) -> Arc<BTreeSet<usize>> {
        let mut last = self.named.lock().unwrap_or_else(PoisonError::into_inner);
        match &*last {
            Some((known, notes)) if known == name => Arc::clone(notes),
            _ => {
                let notes: Arc<BTreeSet<usize>> = Arc::new(self.names.find_note(name).into_iter().collect());
                *last = Some((name.to_owned(), Arc::clone(&notes)));
                notes
            }
        }
    }

    fn index(&self, path: &NotePath) -> Option<usize> {
        self.notes.binary_search_by(|(other, _)| (*other).cmp(path)).ok()
    }
}

impl LinkFacts for Graph<'_> {
    fn is_orphan(&self, note: &NotePath) -> bool {
        self.index(note).is_some_and(|index| self.incoming(index).is_empty())
    }

    fn links_to(&self, from: &NotePath, to: &str) -> bool {
        let Some(from) = self.index(from) else { return false };
        let wanted = self.named(to);
        self.neighbours(from, Direction::Out).iter().any(|note| wanted.contains(note))
    }

    fn linked_by(&self, note: &NotePath, from: &str) -> bool {
        let Some(note) = self.index(note) else { return false };
        let wanted = self.named(from);
        self.neighbours(note, Direction::In).iter().any(|other| wanted.contains(other))
    }
}

/// How far a paragraph is followed in each direction, in lines.
const FAR: usize = 12;

/// How far a line is followed in each direction, in bytes: a line may be as long as a note.
const FAR_IN_LINE: usize = 1_000;

/// The sentence around a span, on one line, at most about 200 characters: within its paragraph, list item or
/// table row.
#[must_use]
pub fn sentence(text: &str, start: usize, end: usize) -> String {
    let (first, last) = paragraph(text, start, end);
    let first = first.max(text.floor_char_boundary(start.saturating_sub(FAR_IN_LINE)));
    let last = last.min(text.ceil_char_boundary(end + FAR_IN_LINE));
    let before = text.get(first..start).unwrap_or("");
    let after = text.get(end..last).unwrap_or("");
    let ends = [". ", "! ", "? ", ".\n", "!\n", "?\n", ".\r", "!\r", "?\r"];
    let begin = ends.iter().filter_map(|mark| before.rfind(mark).map(|at| at + mark.len())).max().unwrap_or(0);
    let finish = ends.iter().filter_map(|mark| after.find(mark).map(|at| at + 1)).min().unwrap_or(after.len());
    let sentence = text.get(first + begin..end + finish).unwrap_or("").trim();
    let bare = sentence.trim_start_matches(['-', '*', '+', '#', ' ', '\t', '>', '|']).trim_end_matches(['|', ' ']);
    let bare = bare.strip_prefix("[ ] ").or_else(|| bare.strip_prefix("[x] ")).unwrap_or(bare);
    // each line of a quote begins with its mark
    let words = crate::parse::plain(&bare.replace("\n>", "\n"));
    if words.chars().count() <= 200 {
        return words;
    }
    let mut short: String = words.chars().take(199).collect();
    short.push('…');
    short
}

/// The bytes of the lines around a span that belong together.
fn paragraph(text: &str, start: usize, end: usize) -> (usize, usize) {
    // in a very long line, any place serves as its end
    let line_end = |from: usize| {
        let far = text.ceil_char_boundary(from.saturating_add(FAR_IN_LINE).min(text.len()));
        text.get(from..far).and_then(|rest| rest.find('\n')).map_or(far, |at| from + at)
    };
    let line_start = |to: usize| {
        let far = text.floor_char_boundary(to.saturating_sub(FAR_IN_LINE));
        text.get(far..to).and_then(|before| before.rfind('\n')).map_or(far, |at| far + at + 1)
    };
    let line = |from: usize| text.get(from..line_end(from)).unwrap_or("").trim();
    let mut first = line_start(start);
    for _ in 0..FAR {
        if first == 0 || begins(line(first)) {
            break;
        }
        let above = line_start(first - 1);
        // a heading or the end of the front matter is a line of its own
        if line(above).is_empty() || line(above).starts_with(['#', '|']) || is_rule(line(above)) {
            break;
        }
        first = above;
    }
    let mut last = line_end(end);
    for _ in 0..FAR {
        let below = last + 1;
        if below >= text.len()
            || line(first).starts_with(['#', '|'])
            || line(below).is_empty()
            || begins(line(below))
            || is_rule(line(below))
        {
            break;
        }
        last = line_end(below);
    }
    (first, last)
}

/// True for a line that begins something new: a list item, a heading, a table row, a fence.
fn begins(line: &str) -> bool {
    let line = line.trim_start_matches(['>', ' ']);
    is_list_item(line) || ["#", "|", "```", "~~~"].iter().any(|mark| line.starts_with(mark))
}

/// A thematic break, or the underline of a heading.
fn is_rule(line: &str) -> bool {
    is_thematic_break(line) || (line.len() >= 3 && line.bytes().all(|byte| byte == b'='))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(text: &str, want: &str) {
        for text in [text.to_owned(), text.replace('\n', "\r\n")] {
            let start = text.find("[[").unwrap();
            let end = text.find("]]").unwrap() + 2;
            assert_eq!(sentence(&text, start, end), want, "{text:?}");
        }
    }

    #[test]
    fn sentences() {
        case("---\ntitle: x\n---\nOne. Two [[a]]\ngoes on. Three.", "Two a goes on.");
        case("# Head\nOne [[a]] end", "One a end");
        case("- x\n- see [[a|it]]\n  there\n- y", "see it there");
        case("1. x\n2. see [[a]]\n3. y", "see a");
        case("text\n## About [[a]]\ntext", "About a");
        case("| a | b |\n|---|---|\n| [[a]] | c |\n| d | e |", "a | c");
        case("> quote\n> [[a]]", "quote a");
        case("- [ ] ask [[a]]!\n", "ask a!");
        case("[[a]]", "a");
    }

    #[test]
    fn long_sentences_are_cut() {
        let text = format!("[[a]] {}", "word ".repeat(100));
        assert_eq!(sentence(&text, 0, 5).chars().count(), 200);
    }
}

//! The graph of links between notes: who points at whom, and from where.

use std::collections::BTreeSet;
use std::collections::VecDeque;

use crate::model::Note;
use crate::model::NotePath;
use crate::query::LinkFacts;
use crate::report::resolve::Names;
use crate::report::resolve::Resolved;
use crate::report::resolve::Target;

/// All links of a notebook, resolved.
pub struct Graph<'a> {
    /// What the indices mean; sorted by path.
    pub notes: &'a [(NotePath, &'a Note)],
    /// The names that links were resolved by.
    pub names: Names<'a>,
    /// Of each note, each link's target, as [`Note::links`].
    links: Vec<Vec<Resolved>>,
    /// Of each note, who links to it: note and link; other notes only.
    incoming: Vec<Vec<(usize, usize)>>,
}

/// In which direction links are followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// From a note to what it links to.
    Out,
    /// From a note to what links to it.
    In,
}

impl<'a> Graph<'a> {
    /// Resolves every link.
    #[must_use]
    pub fn new(notes: &'a [(NotePath, &'a Note)], attachments: &'a [NotePath]) -> Self {
        let names = Names::new(notes, attachments);
        let links: Vec<Vec<Resolved>> = notes
            .iter()
            .enumerate()
            .map(|(index, (_, note))| note.links.iter().map(|link| names.resolve(index, link)).collect())
            .collect();
        let mut incoming = vec![Vec::new(); notes.len()];
        for (from, resolved) in links.iter().enumerate() {
            for (link, resolved) in resolved.iter().enumerate() {
                if let Target::Note { note, .. } = resolved.target
                    && note != from
                    && let Some(list) = incoming.get_mut(note)
                {
                    list.push((from, link));
                }
            }
        }
        Self { notes, names, links, incoming }
    }

    /// The targets of a note's links, in the order of [`Note::links`].
    #[must_use]
    pub fn outgoing(&self, note: usize) -> &[Resolved] {
        self.links.get(note).map_or(&[], Vec::as_slice)
    }

    /// The links of other notes that lead to a note: note and link.
    #[must_use]
    pub fn incoming(&self, note: usize) -> &[(usize, usize)] {
        self.incoming.get(note).map_or(&[], Vec::as_slice)
    }

    /// The notes directly beside a note, itself left out, each once.
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

    /// The notes within `distance` links of any of `from`, those left out. `None`: however far.
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

    /// Notes that share a neighbour with this one but are not linked with it, most shared first.
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

    fn index(&self, path: &NotePath) -> Option<usize> {
        self.notes.binary_search_by(|(other, _)| other.cmp(path)).ok()
    }
}

impl LinkFacts for Graph<'_> {
    fn is_orphan(&self, note: &NotePath) -> bool {
        self.index(note).is_some_and(|index| self.incoming(index).is_empty())
    }

    fn links_to(&self, from: &NotePath, to: &str) -> bool {
        let Some(from) = self.index(from) else { return false };
        let wanted = self.names.find_note(to);
        self.neighbours(from, Direction::Out).iter().any(|note| wanted.contains(note))
    }

    fn linked_by(&self, note: &NotePath, from: &str) -> bool {
        let Some(note) = self.index(note) else { return false };
        let wanted = self.names.find_note(from);
        self.neighbours(note, Direction::In).iter().any(|other| wanted.contains(other))
    }
}

/// The sentence of a text in which a span stands, on one line, at most some 200 characters.
/// A list item, a heading and a table row are texts of their own.
#[must_use]
pub fn sentence(text: &str, start: usize, end: usize) -> String {
    let line_start = |at: usize| text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let line_end = |at: usize| text.get(at..).and_then(|after| after.find('\n')).map_or(text.len(), |found| at + found);
    let mut from = line_start(start);
    while from > 0 && !begins(text.get(from..line_end(from)).unwrap_or("")) {
        let above = line_start(from - 1);
        let line = text.get(above..from).unwrap_or("");
        if line.trim().is_empty() || line.starts_with('#') || line.starts_with("---") {
            break;
        }
        from = above;
    }
    let mut to = line_end(end);
    while to < text.len() {
        let below = text.get(to + 1..line_end(to + 1)).unwrap_or("");
        if below.trim().is_empty() || begins(below) {
            break;
        }
        to = line_end(to + 1);
    }
    let before = text.get(from..start).unwrap_or("");
    let after = text.get(end..to).unwrap_or("");
    let marks = [". ", "! ", "? ", ".\n", "!\n", "?\n"];
    let begin = marks.iter().filter_map(|mark| before.rfind(mark).map(|at| at + mark.len())).max().unwrap_or(0);
    let finish = marks.iter().filter_map(|mark| after.find(mark).map(|at| at + 1)).min().unwrap_or(after.len());
    let sentence = text.get(from + begin..end + finish).unwrap_or("").trim_start();
    let marker = sentence.find(|c: char| !(c.is_ascii_digit() || "-*+#>.) |".contains(c))).unwrap_or(0);
    let words = sentence.get(marker..).unwrap_or("");
    let words = ["[ ] ", "[x] ", "[X] "].iter().find_map(|mark| words.strip_prefix(mark)).unwrap_or(words);
    let words = crate::parse::plain(&words.replace(" | ", "  ")).trim_end_matches([' ', '|']).to_owned();
    if words.chars().count() <= 200 {
        return words;
    }
    let mut short: String = words.chars().take(199).collect();
    short.push('…');
    short
}

/// True for a line that begins a text of its own: a list item, a heading, a quote, a table row.
fn begins(line: &str) -> bool {
    let line = line.trim_start();
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    line.starts_with(['#', '>', '|'])
        || ["- ", "* ", "+ "].iter().any(|marker| line.starts_with(marker))
        || (digits > 0 && line.get(digits..).is_some_and(|rest| rest.starts_with(". ") || rest.starts_with(") ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences() {
        let text = "# Head\n\nOne. Two [[x]] goes\non. Three.\n\n- item [[y]] a\n  b\n  - other\n\n| c | [[z]] |\n";
        let around = |link: &str| {
            let at = text.find(link).unwrap();
            sentence(text, at, at + link.len())
        };
        assert_eq!(around("[[x]]"), "Two x goes on.");
        assert_eq!(around("[[y]]"), "item y a b");
        assert_eq!(around("[[z]]"), "c z");
    }
}

//! Which lines of a note a tag such as `#private` makes private.
//!
//! In a heading it covers the section; anywhere in an item, the item with everything under it; alone on a line, the rest of
//! its section, or all of it if nothing follows; in a sentence, its paragraph; in the front matter, the note. When in doubt
//! more is private, not less.

use crate::model::Lines;
use crate::model::Note;
use crate::model::Section;
use crate::model::Tag;
use crate::model::privacy::is_private_tag;
use crate::parse::markers;

/// First and last line of each private part, 1-based. If the whole note is private, the part ends at [`usize::MAX`].
#[must_use]
pub fn private_lines(text: &str, note: &Note) -> Vec<(usize, usize)> {
    let lines = Lines::new(text);
    let page = Page { text, lines: &lines, note };
    let kept: Vec<_> = note.tags.iter().filter(|tag| is_private_tag(&tag.name)).map(|tag| page.kept(tag)).collect();
    let is_kept = |line: usize| kept.iter().any(|(first, last)| (*first..=*last).contains(&line));
    let top = lines.line(note.body_start.min(text.len()));
    let leaves_nothing = (top..=lines.count()).all(|line| is_kept(line) || page.line(line).1.is_empty());
    if !kept.is_empty() && leaves_nothing { vec![ALL] } else { kept }
}

/// True if the whole note is private.
#[must_use]
pub fn is_all(kept: &[(usize, usize)]) -> bool {
    kept.contains(&ALL)
}

const ALL: (usize, usize) = (1, usize::MAX);

/// A text with some of its lines replaced by spaces: all other lines stay where they are.
#[must_use]
pub fn without_lines(text: &str, gone: &[(usize, usize)]) -> String {
    let mut kept = String::with_capacity(text.len());
    for (index, line) in text.split_inclusive('\n').enumerate() {
        if gone.iter().any(|(first, last)| (*first..=*last).contains(&(index + 1))) {
            kept.push_str(line.get(line.trim_end_matches(['\n', '\r']).len()..).unwrap_or(""));
        } else {
            kept.push_str(line);
        }
    }
    kept
}

struct Page<'a> {
    text: &'a str,
    lines: &'a Lines,
    note: &'a Note,
}

impl Page<'_> {
    fn kept(&self, tag: &Tag) -> (usize, usize) {
        if tag.span.start < self.note.body_start {
            return ALL;
        }
        match self.text.as_bytes().get(tag.span.start) {
            Some(b'#') => {}
            // a context or project in todo.txt
            Some(b'+' | b'@') => return (tag.line, tag.line),
            // a property of the whole note
            _ => return ALL,
        }
        let sections = &self.note.sections;
        if let Some(section) =
            sections.iter().find(|one| one.line == tag.line || one.heading_span.contains(tag.span.start))
        {
            return (section.line, section.end_line);
        }
        let rest = self.is_tags_only(tag.line).then(|| self.rest_of_section(tag.line));
        let block = self.item(tag.line).unwrap_or_else(|| self.paragraph(tag.line));
        match rest {
            Some((first, last)) => (first.min(block.0), last.max(block.1)),
            None => block,
        }
    }

    /// A line without quote marks, and how far it is indented.
    fn line(&self, line: usize) -> (usize, &str) {
        let mut words = self.lines.content(self.text, line).of(self.text);
        while let Some(rest) = words.trim_start().strip_prefix('>') {
            words = rest;
        }
        let bare = words.trim_start();
        let blanks = words.get(..words.len() - bare.len()).unwrap_or("");
        (blanks.chars().map(|c| if c == '\t' { 4 } else { 1 }).sum(), bare.trim_end())
    }

    /// True for a line of tags that is not an item.
    fn is_tags_only(&self, line: usize) -> bool {
        let (_, words) = self.line(line);
        words
            .split_whitespace()
            .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '#'))
            .all(|word| word.is_empty() || (word.starts_with('#') && word.len() > 1))
            && !markers::is_list_item(words)
    }

    /// From a line to the end of its section, without its sibling sections.
    fn rest_of_section(&self, line: usize) -> (usize, usize) {
        let holds = |section: &&Section| section.line < line && line <= section.end_line;
        let section = self.note.sections.iter().filter(holds).max_by_key(|section| section.line);
        let (top, end) = section.map_or((1, usize::MAX), |section| (section.line, section.end_line));
        let has_more = (line + 1..=end.min(self.lines.count())).any(|next| !self.line(next).1.is_empty());
        let has_before = (1..line).any(|before| {
            self.lines.start(before) >= self.note.body_start && before > top && !self.line(before).1.is_empty()
        });
        match (has_more, section.is_some()) {
            // a tag after text refers to what follows
            (true, _) if has_before => (line, end),
            (true, true) | (false, _) => (top, end),
            (true, false) => (1, usize::MAX),
        }
    }

    /// The item that a line belongs to.
    fn item(&self, line: usize) -> Option<(usize, usize)> {
        let (mut indent, words) = self.line(line);
        if markers::is_list_item(words) {
            return Some((line, self.end_of_item(line)));
        }
        // a line right below an item, or below its words, belongs to it however it is indented
        let mut is_lazy = true;
        for above in (1..line).rev() {
            let (deep, words) = self.line(above);
            if words.is_empty() {
                is_lazy = false;
            } else if is_heading(words) {
                return None;
            } else if markers::is_list_item(words) {
                if is_lazy || deep < indent {
                    return Some((above, self.end_of_item(above).max(line)));
                }
            } else if !is_lazy {
                if deep == 0 {
                    return None;
                }
                indent = indent.min(deep);
            }
        }
        None
    }

    /// The last line that is indented more deeply than an item, or continues its words.
    fn end_of_item(&self, line: usize) -> usize {
        let (own, _) = self.line(line);
        let mut last = line;
        for next in line + 1..=self.lines.count() {
            let (deep, words) = self.line(next);
            if words.is_empty() {
                continue;
            }
            let goes_on = last + 1 == next && !markers::is_list_item(words) && !is_heading(words);
            if deep <= own && !goes_on {
                break;
            }
            last = next;
        }
        last
    }

    /// The lines around a line, up to blank lines and headings; in a table its row, or the whole table for the header row.
    fn paragraph(&self, line: usize) -> (usize, usize) {
        let ends = |line: usize| {
            let (_, words) = self.line(line);
            words.is_empty() || is_heading(words)
        };
        let mut first = line;
        while first > 1 && !ends(first - 1) && self.lines.start(first - 1) >= self.note.body_start {
            first -= 1;
        }
        let is_row = self.line(line).1.starts_with('|') && self.line(first).1.starts_with('|') && line > first;
        if is_row {
            return (line, line);
        }
        let mut last = line;
        while last < self.lines.count() && !ends(last + 1) {
            last += 1;
        }
        (first, last)
    }
}

fn is_heading(words: &str) -> bool {
    let rest = words.trim_start_matches('#');
    rest.len() < words.len() && (rest.is_empty() || rest.starts_with(' '))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::NotePath;
    use crate::parse;

    #[test]
    fn what_a_tag_keeps() {
        // the kept lines are those with an x
        for text in [
            "# T\n\n## A #private\nx\n\n- x\n\n### B\nx\n\n## C\n- open",
            "# T #private\nx\n\n## A\nx",
            "- open\n- a x\n  #private and more x\n  - x\n- open",
            "- a x\n#private lazy x\n- open",
            "- open\n- a x\n\n  second #private x\n\n  third x\n- open",
            "- a x\n  - b x\n    more x #private\n    - x\n- open".replace("a x", "a open").as_str(),
            "- a #private x\n  - x\n\n    x\n- open",
            "> - a x\n>   more #private x\n> - open",
            "# T\nopen\n\n## A\n#private\n\n- x\n\nx\n\n## B\nopen",
            "# T\nopen\n\n## A\n\n**#private**\n- x\n- x\n\n## B\nopen",
            "# T\nopen\n\n## A\nopen\n\n(#private)\n\nx\n\n### C\nx\n\n## B\nopen",
            "open\n\n(#private) x\nx\n\nopen",
            "x\nwords \"#Private\" x\n\nopen",
            "# T\nopen\n\n## A\nx\n\n#private #more",
            "#private\n\nx\n\n# A\nx",
            "| a | b |\n|---|---|\n| open | b |\n| x | #private |\n| open | c |",
            "---\ntags: [private]\n---\nx\n\n# A\nx",
            "- open\n- `#private` open\n- open \\#private",
            "Agreed\n- [ ] open\nNext time #private\n- [ ] x",
            "Agreed\n- [ ] open\nSalary #private\n- x\n- x",
            "Agreed\n- open\n**Salary** #private\n- x",
        ] {
            let note = parse::parse(&NotePath::from("n.md"), text, &parse::Options::default()).note;
            let kept = private_lines(text, &note);
            for (index, line) in text.lines().enumerate() {
                let is_kept = kept.iter().any(|(first, last)| (*first..=*last).contains(&(index + 1)));
                if line.split(' ').any(|word| word == "x") {
                    assert!(is_kept, "{line:?} of {text:?}: {kept:?}");
                }
                if line.contains("open") {
                    assert!(!is_kept, "{line:?} of {text:?}: {kept:?}");
                }
            }
            let left = without_lines(text, &kept);
            assert_eq!(left.matches('\n').count(), text.matches('\n').count());
            assert!(!left.split_whitespace().any(|word| word == "x"), "{left:?}");
        }
    }
}

//! Places in a note that a link can point to: headings, block ids, and ids in HTML.
//!
//! Programs make anchors in a dozen ways (GitHub, Obsidian, mdBook, Pandoc …), so a heading is found by its anchor, by its
//! words, by a path of headings, and finally by its letters and digits alone. This is the only place that decides it, for
//! `check`, `links`, the site and `edit` alike.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::model::Note;
use crate::model::Section;
use crate::model::link::LocalPlace;
use crate::model::note::without_block_id;
use crate::model::words::fold;
use crate::parse::plain;
use crate::parse::slug;

/// A place in a note, as an index into its sections, blocks or anchors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AnchorRef {
    /// A heading or label line.
    Section(usize),
    /// A block with an id.
    Block(usize),
    /// An id in HTML.
    Anchor(usize),
}

/// Upper bound on headings in a path; a further `#` counts as part of a heading.
const PATH: usize = 8;

/// Upper bound on headings of one name that are tried for a path of three or more.
const TRIES: usize = 256;

/// All places in one note, by every name that they have.
#[derive(Debug)]
pub(crate) struct Anchors {
    slugs: HashMap<String, usize>,
    ids: HashMap<String, usize>,
    blocks: HashMap<String, usize>,
    /// The words of each section, and the sections with the same words.
    words: Vec<String>,
    by_words: HashMap<String, Vec<usize>>,
    loose: HashMap<String, AnchorRef>,
    parents: Vec<Option<usize>>,
    /// Sections by the words of a heading above them and their own words.
    below: OnceLock<HashMap<(String, String), Vec<usize>>>,
}

impl Anchors {
    /// Collects the places in a note.
    pub(crate) fn new(note: &Note) -> Self {
        let words: Vec<String> = note.sections.iter().map(words_of).collect();
        let mut found = Self {
            slugs: HashMap::new(),
            ids: HashMap::new(),
            blocks: HashMap::new(),
            by_words: HashMap::new(),
            loose: HashMap::new(),
            parents: note.sections.iter().map(|section| section.parent).collect(),
            below: OnceLock::new(),
            words,
        };
        for (index, (section, words)) in note.sections.iter().zip(&found.words).enumerate() {
            found.slugs.entry(section.slug.clone()).or_insert(index);
            // a heading's block id is in its text and slug, but is not visible
            let shown = section.text.contains("[[").then(|| loose(&plain(&section.text)));
            for name in [loose(&section.text), loose(&section.slug), loose(words)].into_iter().chain(shown) {
                if !name.is_empty() {
                    found.loose.entry(name).or_insert(AnchorRef::Section(index));
                }
            }
        }
        for (index, words) in found.words.iter().enumerate().filter(|(_, words)| !words.is_empty()) {
            found.by_words.entry(words.clone()).or_default().push(index);
        }
        for (index, anchor) in note.anchors.iter().enumerate() {
            found.ids.entry(anchor.id.clone()).or_insert(index);
            let name = loose(&anchor.id);
            if !name.is_empty() {
                found.loose.entry(name).or_insert(AnchorRef::Anchor(index));
            }
        }
        for (index, block) in note.blocks.iter().enumerate() {
            found.blocks.entry(block.id.to_ascii_lowercase()).or_insert(index);
        }
        found
    }

    /// The place that a link points to.
    pub(crate) fn find(&self, place: &LocalPlace) -> Option<AnchorRef> {
        match place {
            LocalPlace::Block(id) => {
                self.blocks.get(&id.trim().to_ascii_lowercase()).map(|&index| AnchorRef::Block(index))
            }
            LocalPlace::Heading(written) => self.heading(written),
        }
    }

    fn heading(&self, written: &str) -> Option<AnchorRef> {
        let section = |index: &usize| AnchorRef::Section(*index);
        if let Some(found) = self.slugs.get(written) {
            return Some(AnchorRef::Section(*found));
        }
        if let Some(found) = self.ids.get(written) {
            return Some(AnchorRef::Anchor(*found));
        }
        self.by_words
            .get(&heading_words(written))
            .and_then(|found| found.first())
            .or_else(|| self.slugs.get(&slug(written)).filter(|_| !written.trim().is_empty()))
            .map(section)
            .or_else(|| self.path(written).map(AnchorRef::Section))
            .or_else(|| self.loose.get(&loose(written)).copied())
            .or_else(|| self.loose.get(&loose(without_number(written))).copied())
    }

    /// The heading at the end of a path `A#B`, which is below the others. A `#` may also be part of a
    /// heading, so every way to group the parts is tried.
    fn path(&self, written: &str) -> Option<usize> {
        let parts: Vec<String> = written.split('#').map(heading_words).filter(|part| !part.is_empty()).collect();
        if !(2..=PATH).contains(&parts.len()) {
            return None;
        }
        let below = self.below.get_or_init(|| self.pairs());
        let join = |from: usize, to: usize| parts.get(from..to).unwrap_or(&[]).join(" ");
        for last in (1..parts.len()).rev() {
            for middle in 0..last {
                let Some(found) = below.get(&(join(middle, last), join(last, parts.len()))) else { continue };
                let above = parts.get(..middle).unwrap_or(&[]);
                if above.is_empty() {
                    return found.first().copied();
                }
                let names = join(middle, last);
                let fits = |&&index: &&usize| {
                    let holder = self.above(index).filter(|&above| self.words.get(above) == Some(&names));
                    holder.into_iter().any(|holder| self.is_below(holder, above))
                };
                if let Some(found) = found.iter().take(TRIES).find(fits) {
                    return Some(*found);
                }
            }
        }
        None
    }

    /// True if headings with these words are above a section, the last of them innermost.
    fn is_below(&self, section: usize, parts: &[String]) -> bool {
        let groups = (0..parts.len()).rev();
        parts.is_empty()
            || groups.into_iter().any(|start| {
                let words = parts.get(start..).unwrap_or(&[]).join(" ");
                let above = self.above(section).filter(|&above| self.words.get(above) == Some(&words));
                above.into_iter().any(|above| self.is_below(above, parts.get(..start).unwrap_or(&[])))
            })
    }

    /// The sections above one, innermost first.
    fn above(&self, section: usize) -> impl Iterator<Item = usize> {
        let parent = |index: usize| self.parents.get(index).copied().flatten();
        std::iter::successors(parent(section), move |&index| parent(index))
    }

    fn pairs(&self) -> HashMap<(String, String), Vec<usize>> {
        let mut found: HashMap<(String, String), Vec<usize>> = HashMap::new();
        for (index, words) in self.words.iter().enumerate() {
            for above in self.above(index).filter_map(|above| self.words.get(above)) {
                let list = found.entry((above.clone(), words.clone())).or_default();
                if list.last() != Some(&index) {
                    list.push(index);
                }
            }
        }
        found
    }
}

/// The section that the words, anchor or path of a heading point to.
#[must_use]
pub fn find_heading(note: &Note, written: &str) -> Option<usize> {
    match Anchors::new(note).heading(written)? {
        AnchorRef::Section(index) => Some(index),
        AnchorRef::Anchor(index) => note.section_at(note.anchors.get(index)?.span.start),
        AnchorRef::Block(_) => None,
    }
}

/// The line of the place that the words, anchor or path of a heading point to, as links resolve it.
#[must_use]
pub fn find_line(note: &Note, written: &str) -> Option<usize> {
    match Anchors::new(note).heading(written)? {
        AnchorRef::Section(index) => note.sections.get(index).map(|section| section.line),
        AnchorRef::Anchor(index) => note.anchors.get(index).map(|anchor| anchor.line),
        AnchorRef::Block(index) => note.blocks.get(index).map(|block| block.line),
    }
}

/// True for fragments that browsers resolve: the top of the page, and text fragments.
pub(crate) fn is_of_browser(written: &str) -> bool {
    written.eq_ignore_ascii_case("top") || written.contains(":~:")
}

/// A heading's words without the block id at their end.
fn words_of(section: &Section) -> String {
    heading_words(without_block_id(&section.text))
}

/// A heading's words as links have them: Obsidian drops the characters with a meaning in links.
fn heading_words(text: &str) -> String {
    let plain: String = text.chars().map(|c| if "#|^:%[]*_`\\".contains(c) { ' ' } else { c }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Letters and digits, ignoring case and accents.
pub(crate) fn loose(words: &str) -> String {
    fold(words).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// `same-1` is the second of two headings `Same`.
fn without_number(slug: &str) -> &str {
    match slug.rsplit_once('-') {
        Some((base, number)) if number.bytes().all(|byte| byte.is_ascii_digit()) => base,
        _ => slug,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::NotePath;
    use crate::parse;

    /// The line of the place that is found; 0 for none.
    #[track_caller]
    fn case(text: &str, written: &str, want: usize) {
        let note = parse::parse(&NotePath::from("n.md"), text, &parse::Options::default()).note;
        let line = match Anchors::new(&note).heading(written) {
            Some(AnchorRef::Section(index)) => note.sections[index].line,
            Some(AnchorRef::Anchor(index)) => note.anchors[index].line,
            Some(AnchorRef::Block(_)) | None => 0,
        };
        assert_eq!(line, want, "{written}");
    }

    #[test]
    fn anchors_of_every_program() {
        case("## What's new & improved", "whats-new--improved", 1);
        case("## What's new & improved", "whats-new-improved", 1);
        case("## What's new & improved", "What's new & improved", 1);
        case("## What's new & improved", "whats-old", 0);
        case("## See [[saga|the saga]]", "See saga the saga", 1);
        case("## Use and [[z|w]]", "Use and z w", 1);
        case("## Use and [[z|w]]", "Use and w", 1);
        case("## Use and [[z|w]]", "use-and-w", 1);
        case("## [Title](http://x.y)", "Title", 1);
        case("## Words {#own-id}\n", "own-id", 1);
        case("## Words {#own-id}\n", "Words", 1);
        case("## Words {#own-id}\n", "words", 1);
        case("no old id here\n", "old", 0);
        case("# Same\n# Same\n", "same-1", 2);
        case("# Same\n", "same-1", 1);
        case("# Übung\n", "ubung", 1);
        case("# Two words\n", "twowords", 1);
        case("# 🎉\n", "🎉", 1);
        case("# 🎉\n", "🎊", 0);
        case("# A\n", "", 0);
        case("# A ^b1\n", "A", 1);
        case("# Two words ^b1\n", "two-words", 1);
    }

    #[test]
    fn ids_in_html() {
        case("text\n\n<a name=\"old\"></a>\n", "old", 3);
        case("<h2 id=sec-1>One</h2>\n", "sec-1", 1);
        case("# Spot\n\n<a id=\"spot\"></a>", "spot", 1);
        case("<a id=\"Spot\"></a>", "spot", 1);
        case("`<a id=\"spot\">`", "spot", 0);
    }

    #[test]
    fn marks_in_headings_and_paths_of_headings() {
        case("# C# and F#\n", "C# and F#", 1);
        case("# Issue #12 fixed\n", "Issue #12 fixed", 1);
        case("# Part\n## C# and F#\n", "Part#C# and F#", 2);
        case("# C#\n## Part\n### Deep\n", "C##Part#Deep", 3);
        case("# A\n## B\n# C\n## B\n", "C#B", 4);
        case("# A\n## B\n# C\n## B\n", "A#B", 2);
        case("# A\n## B\n### C\n", "A#C", 3);
        case("# A\n## B\n### C\n## D\n### C\n", "A#D#C", 5);
        case("# A\n## B\n### C\n# X\n## D\n### C\n", "A#D#C", 0);
        case("# A\n## B\n", "B#A", 0);
        case("# A\n## B\n", "X#B", 0);
        case("# The $x^2$ rule\n", "The $x^2$ rule", 1);
        case("# Use `fmt` here\n", "Use `fmt` here", 1);
    }
}

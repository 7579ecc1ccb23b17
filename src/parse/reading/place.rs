//! Where to put new links to read: the note that is the notebook's reading list, and the heading in it.

use crate::model::Note;
use crate::model::NotePath;
use crate::parse::reading::labels;
use crate::parse::reading::labels::Label;
use crate::parse::reading::labels::name_of_list;

/// A place for new links in a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct PlaceForLinks {
    /// Lower is better: a reading list with a heading for links to read, one without, another note with such a heading.
    pub rank: u8,
    /// The heading or label line: an index into the sections.
    pub section: Option<usize>,
}

/// The place for new links in a note; `None` if it is not a reading list and has no heading for one, and for days of a journal.
#[must_use]
pub fn place_for_links(path: &NotePath, note: &Note) -> Option<PlaceForLinks> {
    let is_list = name_of_list(path, note).is_some_and(|(label, _)| matches!(label, Label::List | Label::ToRead));
    let undated = |line: usize| note.date.is_none() && note.entry_at(line).is_none();
    let labelled = |wanted: Label| {
        note.sections.iter().position(|section| {
            let found = labels::classify(&section.text).filter(|found| !found.weak).map(|found| found.label);
            found == Some(wanted) && (is_list || undated(section.line)) && section.text != note.title
        })
    };
    let to_read = labelled(Label::ToRead);
    match (is_list, to_read) {
        (true, Some(section)) => Some(PlaceForLinks { rank: 0, section: Some(section) }),
        (true, None) => Some(PlaceForLinks { rank: 1, section: None }),
        (false, to_read) => {
            let section = to_read.or_else(|| labelled(Label::List))?;
            Some(PlaceForLinks { rank: 2, section: Some(section) })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse;

    #[test]
    fn lists_and_headings() {
        let place = |path: &str, text: &str| {
            let path = NotePath::from(path);
            let note = parse::parse(&path, text, &parse::Options::default()).note;
            place_for_links(&path, &note).map(|place| (place.rank, place.section))
        };
        assert_eq!(place("a.md", "# Reading list\n\n## To read\n\n## Read\n"), Some((0, Some(1))));
        assert_eq!(place("reading.md", "- a\n"), Some((1, None)));
        assert_eq!(place("a.md", "# Loom\n\n## To read\n"), Some((2, Some(1))));
        assert_eq!(place("2026-11-02.md", "# Monday\n\n## Reading list\n"), None);
        assert_eq!(place("a.md", "# Loom\n\n## Further reading\n"), None);
        for (path, text) in [
            ("leseliste.md", "- https://a.org\n"),
            ("lectures.md", "# Mes lectures\n\n## À lire\n"),
            ("lista.md", "# Lista de lectura\n"),
            ("leituras.md", "## Para ler\n"),
        ] {
            assert!(place(path, text).is_some_and(|(rank, _)| rank < 2), "{path}");
        }
        assert_eq!(place("lectures.md", "# Lectures\n\n- week one\n"), None);
    }
}

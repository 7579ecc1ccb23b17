//! The headings and label lines of a note as a tree.

use serde::Serialize;

use crate::model::Note;
use crate::model::NotePath;
use crate::model::SectionKind;

/// The sections of a note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Outline {
    /// The note.
    pub path: NotePath,
    /// In the order of the text.
    pub sections: Vec<OutlineRow>,
}

/// A section of a note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OutlineRow {
    /// The note.
    pub path: NotePath,
    /// 1-based line of its heading or label line.
    pub line: usize,
    /// 1-based last line of everything under it.
    pub end_line: usize,
    /// As in [`crate::model::Section::level`].
    pub level: u8,
    /// How many sections it is nested under.
    pub depth: usize,
    /// Markdown's or our own.
    pub kind: SectionKind,
    /// Without markup.
    pub text: String,
    /// GitHub's anchor.
    pub anchor: String,
}

impl Outline {
    /// The sections of a note; only Markdown's headings with `headings_only`.
    #[must_use]
    pub fn new(path: &NotePath, note: &Note, headings_only: bool) -> Self {
        let mut depths: Vec<usize> = Vec::with_capacity(note.sections.len());
        for section in &note.sections {
            // parents have smaller indices
            let above = section.parent.and_then(|parent| depths.get(parent));
            depths.push(above.map_or(0, |above| above + 1));
        }
        let sections = note.sections.iter().zip(depths);
        let sections = sections.filter(|(section, _)| !headings_only || section.kind == SectionKind::Heading);
        let row = |(section, depth): (&crate::model::Section, usize)| OutlineRow {
            path: path.clone(),
            line: section.line,
            end_line: section.end_line,
            level: section.level,
            depth,
            kind: section.kind,
            text: section.text.clone(),
            anchor: section.slug.clone(),
        };
        Self { path: path.clone(), sections: sections.map(row).collect() }
    }
}

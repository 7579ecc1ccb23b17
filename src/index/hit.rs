//! A note that matched, read again for positions in its current text, and for snippets.

use chrono::NaiveDate;
use serde::Serialize;

use crate::index::document;
use crate::index::error::Error;
use crate::index::facts::Extent;
use crate::index::facts::Facts;
use crate::index::language::Language;
use crate::index::plain::Plain;
use crate::index::reason::Reason;
use crate::index::snapshot::Segment;
use crate::index::snippet::Cutter;
use crate::index::snippet::Snippet;
use crate::index::source::NoteSource;
use crate::model::Lines;
use crate::model::NotePath;
use crate::model::Section;
use crate::model::Span;

/// A note with its best sections.
#[derive(Debug, Clone, PartialEq)]
pub struct NoteHit {
    /// Relative to the notes folder.
    pub path: NotePath,
    /// The best section's score, plus a part of the next ones'. 0 if nothing ranks.
    pub score: f64,
    /// The best first; never empty.
    pub sections: Vec<SectionHit>,
}

/// A section of a note that matched, or a place in one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SectionHit {
    /// The note.
    pub path: NotePath,
    /// 1-based line of the first marked word; of the heading, or the section's first text, if nothing is marked.
    pub line: usize,
    /// 1-based, in Unicode scalar values.
    pub column: usize,
    /// The note's title.
    pub title: String,
    /// The headings and soft sections above it, outermost first, with its own last; empty before the first one.
    pub heading: Vec<String>,
    /// The note's kind.
    pub kind: Option<String>,
    /// The date of its entry, else of the note.
    pub date: Option<NaiveDate>,
    /// How well it matches; 0 if nothing ranks.
    pub score: f64,
    /// The snippet: one line without markup.
    pub text: String,
    /// Marked words, as `(start, end)` of Unicode scalar values in `text`.
    pub highlights: Vec<(usize, usize)>,
    /// The parts of the score, if requested; they add up to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explain: Option<Vec<Reason>>,
}

/// A note that was read again to make snippets.
pub(crate) struct Read {
    pub(crate) facts: Facts,
    pub(crate) text: String,
    lines: Lines,
    pub(crate) language: Language,
}

impl Read {
    pub(crate) fn new(segment: &Segment, row: usize, source: &dyn NoteSource) -> Result<Self, Error> {
        let mut facts = segment.facts(&segment.store()?, row, Extent::Head)?;
        let text = match source.read(&facts.path) {
            Ok(text) => {
                // Changed since: its sections are those of the current text.
                if text.hash != segment.stamps()?.hash(row) {
                    facts.parsed = source.parse(&facts.path, &text.text);
                }
                text.text
            }
            Err(_) => String::new(),
        };
        let notebook = source.language().and_then(Language::from_name).unwrap_or(Language::ENGLISH);
        let language = document::language_of(&facts.parsed.note, &text, notebook);
        let lines = Lines::new(&text);
        Ok(Self { facts, text, lines, language })
    }

    /// A section by its index among the note's documents, and whether it contains a query word. The title counts only
    /// in the section whose heading it is.
    pub(crate) fn section(&self, nth: usize, cutter: &mut Cutter<'_>) -> (SectionHit, bool) {
        let note = &self.facts.parsed.note;
        let at = self.facts.section(nth).filter(|&at| at < note.sections.len());
        let section = at.and_then(|at| note.sections.get(at));
        let body = match section {
            Some(section) => {
                let all = document::section_span(note, at.unwrap_or(0), &self.text);
                Span::new(section.heading_span.end.max(all.start), all.end)
            }
            None => document::lead(note, &self.text),
        };
        let text = self.text.as_str();
        let plain = Plain::without_markup(text, body);
        let shown = [Some(plain), section.map(|section| Plain::without_markup(text, section.heading_span))];
        let shown: Vec<Plain> = shown.into_iter().flatten().collect();
        let found = cutter.cut(&shown, self.language);
        let (place, snippet) = match (found, shown.first()) {
            // A word in the heading is visible there: show the beginning of the section below it.
            (Some(found), Some(body))
                if found.at.is_some_and(|at| in_heading(section, at)) && !body.text.is_empty() =>
            {
                (found.at, cutter.around(body, 0))
            }
            (Some(found), _) => (found.at, found),
            // Text that readers do not see is found, but not shown: addresses, comments, front matter.
            (None, Some(body_text)) => {
                let front = (nth == 0).then(|| Span::new(0, note.body_start));
                let hidden = [Some(body), front].into_iter().flatten();
                let place = hidden.into_iter().find_map(|span| {
                    cutter.cut(&[Plain::as_written(text, span)], self.language).and_then(|found| found.at)
                });
                let near = place.filter(|&at| body.contains(at)).map_or(0, |at| body_text.place(at));
                (place, cutter.around(body_text, near))
            }
            (None, None) => (None, Snippet::default()),
        };
        let (line, column) = match place {
            Some(at) => self.lines.line_column(&self.text, at),
            None => {
                let begin = section.map_or(body, |section| section.heading_span);
                let text = begin.of(&self.text);
                self.lines.line_column(&self.text, begin.start + (text.len() - text.trim_start().len()).min(text.len()))
            }
        };
        let heading = note.heading_path(at).into_iter().map(str::to_owned).collect();
        let hit = SectionHit {
            path: self.facts.path.clone(),
            line,
            column,
            title: note.title.clone(),
            heading,
            kind: note.kind.clone(),
            date: document::date_at(note, section.map_or(1, |section| section.line)),
            score: 0.0,
            text: snippet.text,
            highlights: snippet.highlights,
            explain: None,
        };
        (hit, place.is_some())
    }
}

fn in_heading(section: Option<&Section>, at: usize) -> bool {
    section.is_some_and(|section| section.heading_span.contains(at))
}

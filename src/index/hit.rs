//! A note that was found, read again: places in the file as it is now, and snippets from it.

use chrono::NaiveDate;

use crate::index::document;
use crate::index::error::Error;
use crate::index::facts::Facts;
use crate::index::language::Language;
use crate::index::plain::Plain;
use crate::index::rank::Reason;
use crate::index::snapshot::Segment;
use crate::index::snippet::Cutter;
use crate::index::source::NoteSource;
use crate::model::Lines;
use crate::model::NotePath;
use crate::model::Span;

/// A note with its best sections.
#[derive(Debug, Clone, PartialEq)]
pub struct NoteHit {
    /// From the notes folder.
    pub path: NotePath,
    /// The best section's, and a part of the next ones'. 0 where nothing ranks.
    pub score: f64,
    /// The best first, never none.
    pub sections: Vec<SectionHit>,
}

/// A section of a note.
#[derive(Debug, Clone, PartialEq)]
pub struct SectionHit {
    /// 1-based line of the first marked word; of the heading, or the section's first text, where none is marked.
    pub line: usize,
    /// 1-based, in Unicode scalar values.
    pub column: usize,
    /// The note's title.
    pub title: String,
    /// The headings and soft sections above it, outermost first, its own last; empty before the first one.
    pub heading: Vec<String>,
    /// The note's kind.
    pub kind: Option<String>,
    /// Of the entry that it stands in, else of the note.
    pub date: Option<NaiveDate>,
    /// Its own.
    pub score: f64,
    /// The snippet: one line without markup.
    pub text: String,
    /// Marked words, as `(start, end)` of Unicode scalar values in `text`.
    pub highlights: Vec<(usize, usize)>,
    /// What the score is made of, where that was asked for; the parts sum up to it.
    pub reasons: Vec<Reason>,
}

/// A note read again, to cut snippets from.
pub(crate) struct Read {
    pub(crate) facts: Facts,
    pub(crate) text: String,
    lines: Lines,
    pub(crate) language: Language,
}

impl Read {
    pub(crate) fn new(segment: &Segment, row: usize, source: &dyn NoteSource) -> Result<Self, Error> {
        let mut facts = segment.facts(&segment.store()?, row)?;
        let text = match source.read(&facts.path) {
            Ok(text) => {
                // Changed since: its places are those of the text that is there now.
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

    /// A section by its place among the note's documents.
    pub(crate) fn section(&self, nth: usize, cutter: &mut Cutter<'_>) -> SectionHit {
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
        let heading = section.map(|section| section.heading_span);
        let front = (nth == 0).then(|| Span::new(0, note.body));
        // Words may stand in an address that is not shown, in the heading, or in the front matter.
        let texts = [
            (Some(body), Plain::without_markup as fn(&str, Span) -> Plain),
            (Some(body), Plain::as_written),
            (heading, Plain::without_markup),
            (front, Plain::as_written),
        ];
        let texts = texts.into_iter().filter_map(|(span, plain)| span.map(|span| plain(text, span)));
        let mut snippet = cutter.cut(texts, self.language);
        let (line, column) = match snippet.at {
            Some(at) => self.lines.line_column(&self.text, at),
            None => {
                let begin = section.map_or(body, |section| section.heading_span);
                let text = begin.of(&self.text);
                self.lines.line_column(&self.text, begin.start + (text.len() - text.trim_start().len()).min(text.len()))
            }
        };
        // A word in the heading is seen there: beneath it stands how the section begins.
        if heading.zip(snippet.at).is_some_and(|(heading, at)| heading.contains(at)) {
            let below = Plain::without_markup(text, body);
            if !below.text.is_empty() {
                snippet = cutter.cut([below], self.language);
            }
        }
        let heading = note.heading_path(at).into_iter().map(str::to_owned).collect();
        SectionHit {
            line,
            column,
            title: note.title.clone(),
            heading,
            kind: note.kind.clone(),
            date: document::date_at(note, section.map_or(1, |section| section.line)),
            score: 0.0,
            text: snippet.text,
            highlights: snippet.highlights,
            reasons: Vec::new(),
        }
    }
}

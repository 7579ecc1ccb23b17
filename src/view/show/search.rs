//! The results of a search: title and headings, place, and snippet of each hit.

use std::borrow::Cow;

use crate::model::NotePath;
use crate::report::search_report::SearchReport;
use crate::report::search_report::SectionHit;
use crate::view::Document;
use crate::view::Paths;
use crate::view::Report;
use crate::view::Role;
use crate::view::Row;
use crate::view::document::Block;
use crate::view::screen::cell;
use crate::view::screen::marked;
use crate::view::screen::plain;
use crate::view::words;

impl Report for SearchReport {
    fn rows(&self) -> impl Iterator<Item = impl Row> {
        self.hits.iter()
    }

    fn found(&self) -> bool {
        self.notes > 0
    }

    fn show(&self, paths: &dyn Paths) -> Document {
        let mut document = Document::default();
        for (index, hits) in self.by_note().enumerate() {
            if index > 0 {
                document.push(Block::Gap);
            }
            for (index, hit) in hits.iter().enumerate() {
                show_hit(hit, index == 0, paths, &mut document);
            }
        }
        document.remark(self.summary());
        document
    }
}

impl SearchReport {
    fn summary(&self) -> String {
        let shown = self.by_note().count();
        let mut text = match self.notes {
            0 => "nothing found".to_owned(),
            notes => words::count(notes, "note"),
        };
        if self.notes > shown {
            text.push_str(&format!(", the first {shown} shown (-n {} shows more)", (2 * shown).max(10)));
        }
        if let Some(notes) = self.with_every_word.filter(|_| self.notes > 0) {
            text.push_str(&format!(", {} with every word", words::thousands(notes)));
        }
        let corrected = self.corrected.iter();
        let corrected = corrected.map(|(typed, used)| format!("searched for {used} (no note says {typed})"));
        let corrected: Vec<String> = corrected.collect();
        if !corrected.is_empty() {
            text.push_str(&format!("; {}", words::list(&corrected)));
        }
        text
    }
}

fn show_hit(hit: &SectionHit, is_first: bool, paths: &dyn Paths, document: &mut Document) {
    let mut headings: Vec<&String> = hit.heading.iter().filter(|text| !text.is_empty()).collect();
    // a note's first heading is its title
    if headings.first() == Some(&&hit.title) {
        headings.remove(0);
    }
    if is_first || !headings.is_empty() {
        let mut line = vec![if is_first { cell(hit.title.clone(), Role::Title) } else { plain(" ") }];
        for heading in headings {
            line.push(cell(" › ", Role::Muted));
            line.push(plain(heading.clone()));
        }
        document.line(line);
    }
    let mut place = vec![
        plain("  "),
        cell(paths.shown(&hit.path), Role::Path).to_note(&hit.path, hit.line),
        cell(format!(":{}:{}", hit.line, hit.column), Role::Muted),
    ];
    if let Some(date) = hit.date {
        place.push(cell(format!("  {date}"), Role::Date));
    }
    document.line(place);
    let ranges: Vec<[usize; 2]> = hit.highlights.iter().map(|&(start, end)| [start, end]).collect();
    document.push(Block::Text { indent: 4, words: marked(&hit.text, &ranges, Role::Plain) });
    if let Some(reasons) = &hit.explain {
        document.line(vec![cell(format!("    score {:.2}", hit.score), Role::Muted)]);
        for reason in reasons {
            document.line(vec![cell(format!("      {reason}"), Role::Muted)]);
        }
    }
}

impl Row for SectionHit {
    fn path(&self) -> Option<&NotePath> {
        Some(&self.path)
    }

    fn text(&self) -> Cow<'_, str> {
        // the line itself, as grep does
        Cow::Borrowed("")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_that_is_cut_says_how_to_see_more() {
        let hit = |path: &str| SectionHit {
            path: NotePath::from(path),
            line: 1,
            column: 1,
            title: String::new(),
            heading: Vec::new(),
            kind: None,
            date: None,
            score: 0.0,
            text: String::new(),
            highlights: Vec::new(),
            explain: None,
        };
        let report = |hits: &[&str], notes| SearchReport {
            hits: hits.iter().map(|path| hit(path)).collect(),
            notes,
            ..SearchReport::default()
        };
        assert_eq!(report(&["a.md", "a.md", "b.md"], 2).summary(), "2 notes");
        assert_eq!(
            report(&["a.md", "a.md", "b.md"], 1234).summary(),
            "1,234 notes, the first 2 shown (-n 10 shows more)"
        );
        let many: Vec<String> = (0..40).map(|number| format!("{number}.md")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        let cut = SearchReport { with_every_word: Some(3), ..report(&many, 41) };
        assert_eq!(cut.summary(), "41 notes, the first 40 shown (-n 80 shows more), 3 with every word");
    }
}

//! Links to a note: each place, with the sentence around it.

use std::borrow::Cow;

use crate::model::NotePath;
use crate::report::backlinks::BacklinkReport;
use crate::report::backlinks::BacklinkRow;
use crate::view::Document;
use crate::view::Paths;
use crate::view::Report;
use crate::view::Role;
use crate::view::Row;
use crate::view::document::Block;
use crate::view::screen::cell;
use crate::view::screen::plain;
use crate::view::words;

impl Report for BacklinkReport {
    fn rows(&self) -> impl Iterator<Item = impl Row> {
        self.links.iter().chain(self.mentions.iter().flatten())
    }

    fn show(&self, paths: &dyn Paths) -> Document {
        let mut document = Document::default();
        let mut remark = words::count(self.links.len(), "link");
        show_places(&self.links, paths, &mut document);
        if let Some(mentions) = &self.mentions {
            if !mentions.is_empty() {
                if !self.links.is_empty() {
                    document.push(Block::Gap);
                }
                document.push(Block::Heading(vec![cell("Mentions without a link", Role::Title)]));
                show_places(mentions, paths, &mut document);
            }
            remark.push_str(&format!(", {}", words::count(mentions.len(), "mention")));
        }
        document.remark(remark);
        document
    }
}

/// `path:line:column`, and the sentence under it.
fn show_places(rows: &[BacklinkRow], paths: &dyn Paths, document: &mut Document) {
    for row in rows {
        let mut place = vec![
            cell(paths.shown(&row.path), Role::Path).to_note(&row.path, row.line),
            cell(format!(":{}:{}", row.line, row.column), Role::Muted),
        ];
        if let Some(heading) = &row.heading {
            place.push(cell(format!("  # {heading}"), Role::Muted));
        }
        document.line(place);
        document.push(Block::Text { indent: 4, words: vec![plain(row.text.clone())] });
    }
}

impl Row for BacklinkRow {
    fn path(&self) -> Option<&NotePath> {
        Some(&self.path)
    }

    fn text(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.text)
    }
}

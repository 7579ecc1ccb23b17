//! The links of a note: line, words, and destination.

use std::borrow::Cow;

use crate::model::NotePath;
use crate::report::links::LinkReport;
use crate::report::links::LinkRow;
use crate::report::links::LinkState;
use crate::view::Document;
use crate::view::Line;
use crate::view::Paths;
use crate::view::Report;
use crate::view::Role;
use crate::view::Row;
use crate::view::document::Block;
use crate::view::document::Column;
use crate::view::document::Table;
use crate::view::document::TableRow;
use crate::view::screen::cell;
use crate::view::screen::plain;
use crate::view::screen::width;
use crate::view::words;

/// In columns; longer words push what follows to the right, and do not widen the column.
const LABEL: usize = 40;

impl Report for LinkReport {
    fn rows(&self) -> impl Iterator<Item = impl Row> {
        self.links.iter()
    }

    fn show(&self, paths: &dyn Paths) -> Document {
        let labels = self.links.iter().map(|link| width(link.label())).filter(|width| *width <= LABEL);
        let label = labels.max().unwrap_or(0);
        let row = |link: &LinkRow| TableRow {
            left: vec![cell(link.line.to_string(), Role::Muted), plain(link.label())],
            main: target(link, paths),
            ..TableRow::default()
        };
        let table = Table {
            columns: vec![Column::RIGHT, Column::LEFT.least(label).most(label)],
            rows: self.links.iter().map(row).collect(),
            ..Table::default()
        };
        let broken = self.links.iter().filter(|link| link.is_broken()).count();
        let broken = if broken > 0 { format!(", {} broken", words::thousands(broken)) } else { String::new() };
        let remark = format!("{}{broken}", words::count(self.links.len(), "link"));
        Document { blocks: vec![Block::Table(table)], remarks: vec![remark] }
    }
}

/// An arrow, and the destination of the link.
fn target(link: &LinkRow, paths: &dyn Paths) -> Line {
    let mut line = vec![cell("→ ", Role::Muted)];
    let to = link.to.as_deref().unwrap_or_default();
    match link.state {
        LinkState::Missing => line.push(cell(format!("nothing: {}", link.target), Role::Bad)),
        LinkState::Outside => line.push(cell(format!("out of the notebook: {}", link.target), Role::Warning)),
        LinkState::Placeholder => line.push(cell("a placeholder to be filled in", Role::Muted)),
        LinkState::External => line.push(cell(to, Role::Muted)),
        LinkState::LeftOut => line.push(cell(format!("{to} (left out of the notebook)"), Role::Warning)),
        LinkState::Folder => line.push(cell(format!("{to}/"), Role::Path)),
        LinkState::Note | LinkState::File => {
            let path = NotePath::from_escaped(to);
            line.push(cell(paths.shown(&path), Role::Path).to_note(&path, link.to_line.unwrap_or(1)));
            if let Some(at) = link.to_line {
                line.push(cell(format!(":{at}"), Role::Muted));
            }
            if let Some(heading) = &link.heading {
                line.push(plain(format!(" # {heading}")));
            }
            if let Some(block) = &link.block {
                line.push(plain(format!(" ^{block}")));
            }
            if let Some(place) = &link.missing_place {
                line.push(cell(format!(", which has no {place}"), Role::Bad));
            }
        }
    }
    line
}

impl Row for LinkRow {
    fn path(&self) -> Option<&NotePath> {
        Some(&self.path)
    }

    fn text(&self) -> Cow<'_, str> {
        Cow::Owned(format!("{} -> {}", self.label(), self.to.as_deref().unwrap_or(self.state.name())))
    }
}

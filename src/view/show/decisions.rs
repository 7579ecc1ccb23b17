//! Decisions: day, place, words, and the meeting or status of each.

use std::borrow::Cow;

use crate::model::DecisionStatus;
use crate::model::NotePath;
use crate::report::decisions::DecisionItem;
use crate::report::decisions::DecisionReport;
use crate::view::Document;
use crate::view::Paths;
use crate::view::Report;
use crate::view::Role;
use crate::view::Row;
use crate::view::document::Block;
use crate::view::document::Column;
use crate::view::document::Table;
use crate::view::document::TableRow;
use crate::view::screen::cell;
use crate::view::words;

/// In columns; wider places push what follows to the right.
const PLACE: usize = 44;

impl Report for DecisionReport {
    fn rows(&self) -> impl Iterator<Item = impl Row> {
        self.decisions.iter()
    }

    fn show(&self, paths: &dyn Paths) -> Document {
        let row = |decision: &DecisionItem| {
            let place = paths.place(&decision.path, decision.line);
            let date = decision.days.map_or_else(|| "no date".to_owned(), words::days);
            let status = decision.status.map(DecisionStatus::name).unwrap_or_default();
            TableRow {
                left: vec![cell(date, Role::Date), cell(place, Role::Path).to_note(&decision.path, decision.line)],
                main: vec![cell(decision.text.clone(), Role::Plain)],
                right: vec![match &decision.meeting {
                    Some(meeting) => cell(meeting.clone(), Role::Muted),
                    None => cell(status, role(decision.status)),
                }],
                ..TableRow::default()
            }
        };
        let columns = vec![Column::LEFT, Column::LEFT.most(PLACE)];
        let rows = self.decisions.iter().map(row).collect();
        let mut document = Document::default();
        document.push(Block::Table(Table { columns, rows, ..Table::default() }));
        document.remark(match self.total {
            0 => "no decisions".to_owned(),
            total => format!("{} in {}", words::count(total, "decision"), words::count(self.notes, "note")),
        });
        if self.decisions.len() < self.total {
            document
                .remark(format!("only the first {} are shown: -n shows more", words::thousands(self.decisions.len())));
        }
        if self.undated > 0 {
            document.remark(format!("{} without a date left out", words::count(self.undated, "decision")));
        }
        document
    }
}

const fn role(status: Option<DecisionStatus>) -> Role {
    match status {
        Some(DecisionStatus::Accepted) => Role::Good,
        Some(DecisionStatus::Proposed) => Role::Warning,
        Some(DecisionStatus::Rejected | DecisionStatus::Deprecated | DecisionStatus::Superseded) | None => Role::Muted,
    }
}

impl Row for DecisionItem {
    fn path(&self) -> Option<&NotePath> {
        Some(&self.path)
    }

    fn text(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.text)
    }
}

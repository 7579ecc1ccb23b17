//! The journal: entries, those of one day, days without entries, a year of activity.

use std::borrow::Cow;

use crate::model::NotePath;
use crate::model::Precision;
use crate::report::journal::Gap;
use crate::report::journal_report::ActiveDay;
use crate::report::journal_report::ActivityReport;
use crate::report::journal_report::DayReport;
use crate::report::journal_report::EntryItem;
use crate::report::journal_report::GapReport;
use crate::report::journal_report::JournalReport;
use crate::view::Document;
use crate::view::Paths;
use crate::view::Report;
use crate::view::Role;
use crate::view::Row;
use crate::view::document::Block;
use crate::view::document::Column;
use crate::view::document::Table;
use crate::view::document::TableRow;
use crate::view::heat;
use crate::view::screen::cell;
use crate::view::screen::plain;
use crate::view::words;

/// In columns; wider places push what follows to the right.
const PLACE: usize = 52;

/// Number of corrected dates that are listed below a journal.
const CORRECTIONS: usize = 3;

impl Report for JournalReport {
    fn rows(&self) -> impl Iterator<Item = impl Row> {
        self.entries.iter()
    }

    fn show(&self, paths: &dyn Paths) -> Document {
        let mut document = Document::default();
        document.push(self.table(paths));
        let days = self.days_shown();
        let mut text = format!("{} in {}", words::count(days, "day"), words::count(self.notes_shown(), "note"));
        if self.days > days {
            text = format!("{text}, the newest of {}: --all shows them", words::thousands(self.days));
        }
        document.remark(text);
        self.remark_corrections(paths, &mut document);
        document
    }
}

impl JournalReport {
    fn table(&self, paths: &dyn Paths) -> Block {
        Block::Table(Table {
            columns: vec![Column::LEFT, Column::LEFT.most(PLACE).gap(3)],
            rows: self.entries.iter().map(|entry| self.row(entry, paths)).collect(),
            ..Table::default()
        })
    }

    /// `2022-02-28 Mon  progress.md:3   412 words, 2 to do`
    fn row(&self, entry: &EntryItem, paths: &dyn Paths) -> TableRow {
        let place = paths.place(&entry.path, entry.line);
        let reasons = entry.why.iter().filter(|_| self.with_reasons);
        TableRow {
            left: vec![cell(days(entry), Role::Date), cell(place, Role::Path).to_note(&entry.path, entry.line)],
            // two cells: never cut
            main: vec![plain(summary(entry)), plain("")],
            below: reasons.map(|reason| vec![cell(format!("    {reason}"), Role::Muted)]).collect(),
            ..TableRow::default()
        }
    }

    fn remark_corrections(&self, paths: &dyn Paths, document: &mut Document) {
        for correction in self.corrections.iter().take(CORRECTIONS) {
            document.remark(format!(
                "{}: taken as {}, written {} (`hornbook check` says why)",
                paths.shown(&correction.path),
                correction.taken,
                correction.written
            ));
        }
        let more = self.corrections.len().saturating_sub(CORRECTIONS);
        if more > 0 {
            let dates = words::count(more, "more date");
            document.remark(format!("{dates} corrected: `hornbook check` lists them"));
        }
    }
}

/// `2022-02-28 Mon`, `2022-02`, `2022-02-09 to 2022-02-10`
pub(super) fn days(entry: &EntryItem) -> String {
    match (entry.precision, entry.end_date) {
        (Precision::Month, _) => entry.date.format("%Y-%m").to_string(),
        (Precision::Range, Some(end)) => format!("{} to {end}", entry.date),
        _ => words::day(entry.date),
    }
}

/// `412 words, 2 to do, 1 done, 3 read`
pub(super) fn summary(entry: &EntryItem) -> String {
    let mut parts = vec![words::count(entry.words, "word")];
    if entry.meetings > 0 {
        parts.push(words::count(entry.meetings, "meeting"));
    }
    if entry.tasks_open > 0 {
        parts.push(format!("{} to do", words::thousands(entry.tasks_open)));
    }
    if entry.tasks_done > 0 {
        parts.push(format!("{} done", words::thousands(entry.tasks_done)));
    }
    if entry.read > 0 {
        parts.push(format!("{} read", words::thousands(entry.read)));
    }
    parts.join(", ")
}

impl Row for EntryItem {
    fn path(&self) -> Option<&NotePath> {
        Some(&self.path)
    }

    fn text(&self) -> Cow<'_, str> {
        Cow::Owned(format!("{}: {}", self.written, summary(self)))
    }
}

impl Report for DayReport {
    fn rows(&self) -> impl Iterator<Item = impl Row> {
        self.journal.rows()
    }

    fn show(&self, paths: &dyn Paths) -> Document {
        let mut document = Document::default();
        let mut table = Table::default();
        if let Block::Table(all) = self.journal.table(paths) {
            table = all;
        }
        let last = table.rows.len().saturating_sub(1);
        for (index, (row, text)) in table.rows.iter_mut().zip(&self.texts).enumerate() {
            row.below.extend(text.iter().map(|line| vec![plain(format!("  {}", line.replace('\t', "    ")))]));
            if index < last {
                row.below.push(Vec::new());
            }
        }
        document.push(Block::Table(table));
        self.journal.remark_corrections(paths, &mut document);
        if self.journal.entries.is_empty() {
            document.remark(format!("nothing was written on {}", self.range));
        }
        document
    }
}

impl Report for GapReport {
    fn rows(&self) -> impl Iterator<Item = impl Row> {
        self.gaps.iter()
    }

    fn show(&self, _: &dyn Paths) -> Document {
        let mut document = Document::default();
        for gap in &self.gaps {
            let until = if gap.start == gap.end { " ".repeat(18) } else { format!(" to {}", words::day(gap.end)) };
            document.line(vec![
                cell(format!("{}{until}", words::day(gap.start)), Role::Date),
                plain(format!("   {}", words::count(gap.working_days, "working day"))),
            ]);
        }
        let total: usize = self.gaps.iter().map(|gap| gap.working_days).sum();
        document.remark(match self.since {
            Some(since) => format!("{} without an entry since {since}", words::count(total, "working day")),
            None => "there are no entries".to_owned(),
        });
        document
    }
}

impl Row for Gap {
    fn path(&self) -> Option<&NotePath> {
        None
    }

    fn text(&self) -> Cow<'_, str> {
        Cow::Borrowed("")
    }
}

impl Report for ActivityReport {
    fn rows(&self) -> impl Iterator<Item = impl Row> {
        self.days.iter()
    }

    fn show(&self, _: &dyn Paths) -> Document {
        let heat = heat::Heat { days: self.by_day(), first: self.first, last: self.last };
        let total: usize = self.days.iter().map(|day| day.words).sum();
        let told = format!("{} on {}", words::count(total, "word"), words::count(self.days.len(), "day"));
        Document { blocks: vec![Block::Heat(heat)], remarks: vec![format!("{told}, {} to {}", self.first, self.last)] }
    }
}

impl Row for ActiveDay {
    fn path(&self) -> Option<&NotePath> {
        None
    }

    fn text(&self) -> Cow<'_, str> {
        Cow::Borrowed("")
    }
}

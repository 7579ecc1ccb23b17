//! The journal: entries that a query selects, as lists.

use crate::index::Select;
use crate::model::calendar::DateRange;
use crate::query::Query;
use crate::report::journal;
use crate::report::journal::EntryRow;
use crate::report::journal_report::ActivityReport;
use crate::report::journal_report::DayReport;
use crate::report::journal_report::EntryItem;
use crate::report::journal_report::GapReport;
use crate::report::journal_report::JournalReport;
use crate::session::Error;
use crate::session::Session;

/// Which entries to list.
#[derive(Debug, Clone, PartialEq)]
pub struct JournalRequest {
    /// Entries that match, each judged as if it were the whole note.
    pub query: Query,
    /// Only those within a stretch of time.
    pub range: Option<DateRange>,
    /// The newest days, so many at most.
    pub most_days: usize,
}

impl Default for JournalRequest {
    fn default() -> Self {
        Self { query: Query::default(), range: None, most_days: usize::MAX }
    }
}

impl Session {
    /// Lists entries, newest first.
    ///
    /// # Errors
    ///
    /// As [`Session::refresh`].
    pub fn journal(&self, request: &JournalRequest) -> Result<JournalReport, Error> {
        self.of_entries(&request.query, |rows| JournalReport::new(rows, request.range, request.most_days))
    }

    /// What was written on a day, or in a stretch of time.
    ///
    /// # Errors
    ///
    /// As [`Session::refresh`]; [`Error::Read`] when a note cannot be read.
    pub fn journal_on(&self, range: DateRange) -> Result<DayReport, Error> {
        let request = JournalRequest { range: Some(range), ..JournalRequest::default() };
        let journal = self.journal(&request)?;
        let texts = journal.entries.iter().map(|entry| self.lines_of(entry, &journal.entries));
        Ok(DayReport { texts: texts.collect::<Result<_, _>>()?, journal, range })
    }

    /// Working days without an entry.
    ///
    /// # Errors
    ///
    /// As [`Session::refresh`].
    pub fn journal_gaps(&self, query: &Query, range: Option<DateRange>) -> Result<GapReport, Error> {
        self.of_entries(query, |rows| GapReport::new(rows, range, self.today()))
    }

    /// How much was written, day by day.
    ///
    /// # Errors
    ///
    /// As [`Session::refresh`].
    pub fn activity(&self, query: &Query, range: Option<DateRange>) -> Result<ActivityReport, Error> {
        self.of_entries(query, |rows| ActivityReport::new(rows, range, self.today()))
    }

    /// Reports the entries that match a query, newest first.
    pub(super) fn of_entries<T>(&self, query: &Query, report: impl FnOnce(&[EntryRow<'_>]) -> T) -> Result<T, Error> {
        let notes = self.notes(Select::Entries, query)?;
        let matcher = self.matcher(&notes);
        let mut rows: Vec<EntryRow<'_>> = Vec::new();
        for record in notes.records() {
            let kept = matcher.entries(query, record);
            let of_note = journal::of_note(&record.path, &record.parsed.note);
            rows.extend(of_note.zip(kept).filter_map(|(row, kept)| kept.then_some(row)));
        }
        journal::sort(&mut rows);
        Ok(report(&rows))
    }

    /// The lines of an entry below its front matter; none where another of the entries holds it.
    fn lines_of(&self, entry: &EntryItem, all: &[EntryItem]) -> Result<Vec<String>, Error> {
        let holds = |other: &EntryItem| {
            other.path == entry.path
                && other.line <= entry.line
                && entry.end_line <= other.end_line
                && other.text != entry.text
        };
        if all.iter().any(holds) {
            return Ok(Vec::new());
        }
        let text = self.text(&entry.path)?.text;
        let text = text.get(entry.text.start..entry.text.end).unwrap_or_default();
        Ok(text.trim_matches(['\n', '\r']).lines().map(str::to_owned).collect())
    }
}

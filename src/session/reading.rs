//! The reading list: what waits, what was read, one thing for today, what stands twice.

use crate::index::Select;
use crate::query::Query;
use crate::report::reading;
use crate::report::reading::ReadingItem;
use crate::report::reading_report::NextReading;
use crate::report::reading_report::ReadingDupes;
use crate::report::reading_report::ReadingOptions;
use crate::report::reading_report::ReadingReport;
use crate::report::reading_report::ReadingStats;
use crate::session::Error;
use crate::session::Session;

/// Which part of the reading list, and how.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ReadingRequest {
    /// Of which things.
    pub query: Query,
    /// Which of them, and in which order.
    pub options: ReadingOptions,
}

impl Session {
    /// Lists what is to read, and what was read.
    ///
    /// # Errors
    ///
    /// As [`Session::refresh`].
    pub fn reading(&self, request: &ReadingRequest) -> Result<ReadingReport, Error> {
        let items = self.reading_items(&request.query)?;
        Ok(ReadingReport::new(items, request.options.clone(), self.today()))
    }

    /// One thing to read today, within some minutes.
    ///
    /// # Errors
    ///
    /// As [`Session::refresh`].
    pub fn next_reading(&self, query: &Query, minutes: Option<u32>) -> Result<NextReading, Error> {
        Ok(NextReading::new(&self.reading_items(query)?, minutes, self.today()))
    }

    /// Things whose link stands in several places.
    ///
    /// # Errors
    ///
    /// As [`Session::refresh`].
    pub fn reading_dupes(&self, query: &Query) -> Result<ReadingDupes, Error> {
        Ok(ReadingDupes::new(self.reading_items(query)?))
    }

    /// How the months of reading went.
    ///
    /// # Errors
    ///
    /// As [`Session::refresh`].
    pub fn reading_stats(&self, query: &Query) -> Result<ReadingStats, Error> {
        Ok(ReadingStats::new(&self.reading_items(query)?, self.today()))
    }

    /// The things that a query selects: those with a link of which it holds.
    ///
    /// # Errors
    ///
    /// As [`Session::refresh`].
    pub fn reading_items(&self, query: &Query) -> Result<Vec<ReadingItem>, Error> {
        let notes = self.notes(Select::Reading, query)?;
        let all = notes.records().iter().map(|record| (&record.path, &record.parsed.note));
        let mut items = reading::items(all, self.today());
        if query.expr.is_some() {
            let matcher = self.matcher(&notes);
            items.retain(|item| {
                item.places().any(|sighting| {
                    let record = notes.at(&sighting.path);
                    record.is_some_and(|record| matcher.reading(query, record, sighting.index))
                })
            });
        }
        Ok(items)
    }
}

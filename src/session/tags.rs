//! Tags of the notes that a query selects.

use crate::index::Has;
use crate::index::Select;
use crate::query::Query;
use crate::report::tags::TagReport;
use crate::session::Error;
use crate::session::Session;

impl Session {
    /// Counts tags over the notes that a query selects, by name or the most used first.
    ///
    /// # Errors
    ///
    /// As [`Session::refresh`].
    pub fn tags(&self, query: &Query, by_use: bool) -> Result<TagReport, Error> {
        let notes = self.notes(Select::HeadsWith(Has::Tag), query)?;
        let matcher = self.matcher(&notes);
        let chosen = notes.records().iter().filter(|record| matcher.note(query, record));
        Ok(TagReport::new(chosen.map(|record| &record.parsed.note), by_use))
    }
}

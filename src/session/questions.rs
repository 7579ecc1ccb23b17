//! Questions, and decisions, of the notes that a query selects.

use crate::index::Select;
use crate::query::Query;
use crate::report::decisions::DecisionOptions;
use crate::report::decisions::DecisionReport;
use crate::report::questions::QuestionOptions;
use crate::report::questions::QuestionReport;
use crate::session::Error;
use crate::session::Notes;
use crate::session::Session;

impl Session {
    /// Lists the questions of the notes that a query selects.
    ///
    /// # Errors
    ///
    /// As [`Session::refresh`].
    pub fn questions(&self, query: &Query, options: &QuestionOptions) -> Result<QuestionReport, Error> {
        let notes = self.notes(Select::Questions, query)?;
        Ok(QuestionReport::new(&notes, self.chosen(&notes, query), options))
    }

    /// Lists the decisions of the notes that a query selects.
    ///
    /// # Errors
    ///
    /// As [`Session::refresh`].
    pub fn decisions(&self, query: &Query, options: &DecisionOptions) -> Result<DecisionReport, Error> {
        let notes = self.notes(Select::Decisions, query)?;
        Ok(DecisionReport::new(&notes, self.chosen(&notes, query), options))
    }

    /// The indices of the notes that a query selects.
    fn chosen(&self, notes: &Notes, query: &Query) -> impl Iterator<Item = usize> {
        let matcher = self.matcher(notes);
        let chosen: Vec<usize> = notes
            .records()
            .iter()
            .enumerate()
            .filter(|(_, record)| matcher.note(query, record))
            .map(|(index, _)| index)
            .collect();
        chosen.into_iter()
    }
}

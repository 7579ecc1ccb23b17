//! A period on one page, from what the other lists say of its days.

use crate::index::Select;
use crate::query::Query;
use crate::report::decisions::DecisionOptions;
use crate::report::period::Period;
use crate::report::period_report;
use crate::report::period_report::Asked;
use crate::report::period_report::PeriodReport;
use crate::report::questions::QuestionOptions;
use crate::session::Error;
use crate::session::Session;

/// Which days to report, and of what.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportRequest {
    /// Which days.
    pub period: Period,
    /// Of which notes, entries, tasks and links.
    pub query: Query,
    /// The same as words of a command line: the report says how its lists are printed.
    pub words: String,
    /// At most so many items of each part are shown to people.
    pub limit: usize,
}

impl Session {
    /// Reports a week, month, quarter or year: each part is what the list of its sort says.
    ///
    /// # Errors
    ///
    /// As [`Session::refresh`].
    pub fn report(&self, request: &ReportRequest) -> Result<PeriodReport, Error> {
        let query = &request.query;
        let asked = Asked { period: request.period, words: &request.words, today: self.today() };
        let undated = self.undated_notes(query)?;
        let mut report = self.of_entries(query, |rows| PeriodReport::new(&asked, rows, undated, request.limit))?;
        report.parts.extend(self.of_tasks(Select::Tasks, query, |rows| period_report::tasks(&asked, rows))?);
        report.parts.extend(self.of_series(query, |series, ids| Ok(period_report::meetings(&asked, series, ids)))?);
        report.parts.push(period_report::read(&asked, self.reading_items(query)?));
        let range = Some(request.period.range());
        let questions = self.questions(query, &QuestionOptions { range, ..QuestionOptions::default() })?;
        report.parts.push(period_report::asked(&asked, questions));
        let decisions =
            self.decisions(query, &DecisionOptions { range, holding: true, ..DecisionOptions::default() })?;
        report.parts.push(period_report::decided(&asked, decisions));
        Ok(report)
    }

    /// How many notes have no entry, and so no date.
    fn undated_notes(&self, query: &Query) -> Result<usize, Error> {
        if query.expr.is_none() {
            let dated = self.notes(Select::Entries, query)?.records().len();
            return Ok(self.note_count()?.saturating_sub(dated));
        }
        let notes = self.notes(Select::All, query)?;
        let matcher = self.matcher(&notes);
        let undated = notes.records().iter().filter(|record| record.parsed.note.entries.is_empty());
        Ok(undated.filter(|record| matcher.note(query, record)).count())
    }
}

//! Goals, what shows that they move, and praise.

use chrono::NaiveDate;

use crate::index::Has;
use crate::index::Record;
use crate::index::Select;
use crate::query::Query;
use crate::report::goal_views::EvidenceReport;
use crate::report::goal_views::GoalDetail;
use crate::report::goals::GoalItem;
use crate::report::goals::GoalReport;
use crate::report::goals::GoalsInput;
use crate::report::praise::PraiseReport;
use crate::session::Error;
use crate::session::Session;

impl Session {
    /// Lists goals with what belongs to them over all notes.
    ///
    /// # Errors
    ///
    /// As [`Session::refresh`].
    pub fn goals(&self) -> Result<GoalReport, Error> {
        let notes = self.notes(Select::All, &Query::default())?;
        let records: Vec<&Record> = notes.records().iter().collect();
        Ok(self.goals_of(&records))
    }

    /// The same of some notes only.
    pub(crate) fn goals_of(&self, records: &[&Record]) -> GoalReport {
        let text = |path: &crate::model::NotePath| self.text(path).ok().map(|text| text.text);
        GoalReport::new(&GoalsInput { records, text: &text, today: self.today() })
    }

    /// One goal with everything that is known of it.
    ///
    /// # Errors
    ///
    /// As [`Session::refresh`]; [`Error::NoGoal`] and [`Error::ManyGoals`].
    pub fn goal(&self, name: &str) -> Result<GoalDetail, Error> {
        Ok(GoalDetail { goal: self.goal_named(name)? })
    }

    /// What shows that a goal moves, since a day.
    ///
    /// # Errors
    ///
    /// As [`Session::goal`].
    pub fn goal_evidence(&self, name: &str, since: Option<NaiveDate>) -> Result<EvidenceReport, Error> {
        Ok(EvidenceReport::new(self.goal_named(name)?, since))
    }

    fn goal_named(&self, name: &str) -> Result<GoalItem, Error> {
        let report = self.goals()?;
        match report.find(name).as_slice() {
            [one] => Ok((*one).clone()),
            [] => {
                let names = report.goals.iter().map(|goal| goal.name.as_str());
                let near = crate::model::words::nearest_name(name, names).map(str::to_owned);
                Err(Error::NoGoal { name: name.to_owned(), near, known: report.goals.len() })
            }
            many => Err(Error::ManyGoals {
                name: name.to_owned(),
                goals: many.iter().map(|goal| (goal.name.clone(), goal.path.clone(), goal.line)).collect(),
            }),
        }
    }

    /// Lists praise, newest first.
    ///
    /// # Errors
    ///
    /// As [`Session::refresh`].
    pub fn praise(&self) -> Result<PraiseReport, Error> {
        let notes = self.notes(Select::With(Has::Endorsement), &Query::default())?;
        let text = |path: &crate::model::NotePath| self.text(path).ok().map(|text| text.text);
        let records: Vec<&Record> = notes.records().iter().collect();
        Ok(PraiseReport::new(&records, &text))
    }
}

//! One goal: all that is known of it, and what shows that it moves.

use chrono::NaiveDate;
use serde::Serialize;

use crate::report::goals::Evidence;
use crate::report::goals::GoalItem;

/// A goal with everything that is known of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GoalDetail {
    /// The goal.
    pub goal: GoalItem,
}

/// What shows that a goal moves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EvidenceReport {
    /// What the goal is called.
    pub name: String,
    /// The newest first, the undated last.
    pub evidence: Vec<Evidence>,
    /// Only from this day on.
    pub since: Option<NaiveDate>,
    /// How much is left out because it has no date or an older one.
    pub left_out: usize,
}

impl EvidenceReport {
    /// The evidence of a goal; only what is dated on a day or later, where one is given.
    #[must_use]
    pub fn new(goal: GoalItem, since: Option<NaiveDate>) -> Self {
        let all = goal.evidence.len();
        let is_new = |evidence: &Evidence| since.is_none_or(|since| evidence.date.is_some_and(|date| date >= since));
        let evidence: Vec<Evidence> = goal.evidence.into_iter().filter(is_new).collect();
        Self { name: goal.name, left_out: all - evidence.len(), evidence, since }
    }
}

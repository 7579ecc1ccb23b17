//! Views of one goal: everything known about it, and the evidence.

use chrono::NaiveDate;
use serde::Serialize;

use crate::report::goals::Evidence;
use crate::report::goals::GoalItem;

/// A goal with everything known about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GoalDetail {
    /// The goal.
    pub goal: GoalItem,
}

/// The evidence for a goal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EvidenceReport {
    /// The goal's name.
    pub name: String,
    /// The newest first, undated evidence last.
    pub evidence: Vec<Evidence>,
    /// Only from this day on.
    pub since: Option<NaiveDate>,
    /// How much is left out because it is older or has no date.
    pub left_out: usize,
}

impl EvidenceReport {
    /// The evidence for a goal; if `since` is given, only evidence dated on that day or later.
    #[must_use]
    pub fn new(goal: GoalItem, since: Option<NaiveDate>) -> Self {
        let all = goal.evidence.len();
        let is_new = |evidence: &Evidence| since.is_none_or(|since| evidence.date.is_some_and(|date| date >= since));
        let evidence: Vec<Evidence> = goal.evidence.into_iter().filter(is_new).collect();
        Self { name: goal.name, left_out: all - evidence.len(), evidence, since }
    }
}

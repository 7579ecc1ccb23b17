//! Decisions for listings and scripts. Called by `decisions`.

use chrono::NaiveDate;
use serde::Serialize;

use crate::model::Decision;
use crate::model::DecisionForm;
use crate::model::DecisionStatus;
use crate::model::Note;
use crate::model::NotePath;
use crate::model::Precision;
use crate::model::calendar::DateRange;
use crate::model::genre;
use crate::report::context;
use crate::report::notes::Notes;

/// A decision for listings and scripts; its JSON is described in the handbook's page on formats.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DecisionItem {
    /// The note.
    pub path: NotePath,
    /// 1-based.
    pub line: usize,
    /// On one line, without markup; the title, for a record.
    pub text: String,
    /// How it is written.
    pub form: DecisionForm,
    /// What became of it, if a record says so.
    pub status: Option<DecisionStatus>,
    /// The record's own, else that of its journal entry or meeting, else of the note.
    pub date: Option<NaiveDate>,
    /// How exact the date is.
    pub date_precision: Option<Precision>,
    /// The last day, where the date is about several.
    pub end_date: Option<NaiveDate>,
    /// The days that the date is about.
    #[serde(skip)]
    pub days: Option<DateRange>,
    /// The headings and label lines above it, outermost first.
    pub heading: Vec<String>,
    /// Its meeting: the heading of a dated meeting, else the title of the meeting's note.
    pub meeting: Option<String>,
}

/// Which decisions to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DecisionOptions {
    /// Only records with these states; all decisions if empty.
    pub statuses: Vec<DecisionStatus>,
    /// Without records that were rejected or are no longer in force.
    pub holding: bool,
    /// Only those in this period; those without a date are left out, and counted.
    pub range: Option<DateRange>,
    /// Maximum number.
    pub limit: Option<usize>,
}

/// Decisions, newest first; those of the same day by path and position, those without a date last.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct DecisionReport {
    /// The decisions.
    pub decisions: Vec<DecisionItem>,
    /// The number without a limit.
    pub total: usize,
    /// The number of notes with a decision.
    pub notes: usize,
    /// The number of decisions left out because they have no date.
    pub undated: usize,
    /// Decisions of a longer time of which the time asked for is only a part, left out for that.
    #[serde(skip)]
    pub longer: usize,
}

impl DecisionReport {
    /// Lists the decisions in some of the notes, given by their indices.
    #[must_use]
    pub fn new(notes: &Notes, chosen: impl Iterator<Item = usize>, options: &DecisionOptions) -> Self {
        let mut report = Self::default();
        for record in chosen.filter_map(|index| notes.records().get(index)) {
            let note = &record.parsed.note;
            let before = report.decisions.len();
            for decision in &note.decisions {
                let fits = |status: DecisionStatus| options.statuses.contains(&status);
                if !options.statuses.is_empty() && !decision.status.is_some_and(fits) {
                    continue;
                }
                if options.holding && decision.status.is_some_and(DecisionStatus::is_gone) {
                    continue;
                }
                let date = decision.date.or_else(|| context::date(note, decision.line));
                let days = match decision.date {
                    Some(day) => Some(DateRange::day(day)),
                    None => context::days(note, decision.line),
                };
                if options.range.is_some_and(|range| days.is_none_or(|days| !range.covers(days))) {
                    report.undated += usize::from(date.is_none());
                    let overlaps = |range: DateRange| days.is_some_and(|days| days.overlaps(range));
                    report.longer += usize::from(options.range.is_some_and(overlaps));
                    continue;
                }
                report.decisions.push(DecisionItem {
                    path: record.path.clone(),
                    line: decision.line,
                    text: decision.text.clone(),
                    form: decision.form,
                    status: decision.status,
                    date,
                    date_precision: days.map(context::precision),
                    end_date: days.and_then(context::last_day),
                    days,
                    heading: context::headings(note, decision.section),
                    meeting: meeting(note, decision),
                });
            }
            report.notes += usize::from(report.decisions.len() > before);
        }
        report.total = report.decisions.len();
        // a stable sort keeps those of the same day in the order of path and position
        report.decisions.sort_by_key(|decision| std::cmp::Reverse(decision.date));
        report.decisions.truncate(options.limit.unwrap_or(usize::MAX));
        report
    }
}

/// The meeting of a decision.
fn meeting(note: &Note, decision: &Decision) -> Option<String> {
    if decision.form == DecisionForm::Record {
        return None;
    }
    let is_meeting = note.kind.as_deref() == Some("meeting");
    let mut at = note.entry_index_at(decision.line);
    while let Some(entry) = at.and_then(|at| note.entries.get(at)) {
        let at_line = note.sections.partition_point(|section| section.line < entry.line);
        let section = note.sections.get(at_line).filter(|section| section.line == entry.line);
        let heading = section.map(|section| &section.text);
        if let Some(heading) = heading.filter(|heading| genre::is_meeting(heading)) {
            return Some(heading.clone());
        }
        at = entry.parent;
    }
    is_meeting.then(|| note.title.clone())
}

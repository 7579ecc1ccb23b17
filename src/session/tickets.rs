//! Tickets that the notes speak of, and projects that the settings could name.

use crate::index::Has;
use crate::index::Record;
use crate::index::Select;
use crate::model::NotePath;
use crate::query::Query;
use crate::report::ticket_suggestions::TicketSuggestions;
use crate::report::tickets::TicketReport;
use crate::report::tickets::TicketsInput;
use crate::session::Error;
use crate::session::Session;

/// The goals under which a line stands.
fn goals_at(records: &[&Record], path: &NotePath, line: usize) -> Vec<String> {
    let Ok(index) = records.binary_search_by(|record| record.path.cmp(path)) else { return Vec::new() };
    let goals = records.get(index).map(|record| record.parsed.note.goals.as_slice()).unwrap_or_default();
    let first = goals.partition_point(|goal| goal.line <= line);
    let mut at = first.checked_sub(1);
    let mut names = Vec::new();
    while let Some(goal) = at.and_then(|index| goals.get(index)) {
        if line <= goal.end_line {
            names.push(goal.name.clone());
        }
        at = goal.parent;
    }
    names
}

impl Session {
    /// Lists tickets; only those of a key or project, where one is asked for.
    ///
    /// # Errors
    ///
    /// As [`Session::refresh`].
    pub fn tickets(&self, asked: Option<&str>) -> Result<TicketReport, Error> {
        let named = self.notes(Select::With(Has::Ticket), &Query::default())?;
        let alike = self.notes(Select::With(Has::TicketLike), &Query::default())?;
        let lists = self.notes(Select::With(Has::TicketList), &Query::default())?;
        let all = [&named, &alike, &lists].into_iter().flat_map(|notes| notes.records());
        let mut records: Vec<&Record> = all.collect();
        records.sort_by(|a, b| a.path.cmp(&b.path));
        records.dedup_by(|a, b| a.path == b.path);
        let input = TicketsInput {
            records: &records,
            trackers: &self.notebook.settings.tickets,
            text: &|path| self.text(path).ok().map(|text| text.text),
            goals: &|path, line| goals_at(&records, path, line),
        };
        let mut report = TicketReport::new(&input, asked);
        if report.tickets.is_empty() {
            let suggested = TicketSuggestions::new(
                records.iter().map(|record| (&record.path, &record.parsed.note)),
                &self.notebook.settings.tickets,
                false,
            );
            report.suggested = suggested.projects.into_iter().map(|project| project.project).collect();
        }
        Ok(report)
    }

    /// Ranks the projects that the notes speak of and no setting names; with `all`, also those that are hardly credible.
    ///
    /// # Errors
    ///
    /// As [`Session::refresh`].
    pub fn suggest_tickets(&self, all: bool) -> Result<TicketSuggestions, Error> {
        let alike = self.notes(Select::With(Has::TicketLike), &Query::default())?;
        let named = self.notes(Select::With(Has::Ticket), &Query::default())?;
        // a note that has both is looked at once
        let others = named.records().iter().filter(|record| record.parsed.note.ticket_like.is_empty());
        let notes = alike.records().iter().chain(others).map(|record| (&record.path, &record.parsed.note));
        Ok(TicketSuggestions::new(notes, &self.notebook.settings.tickets, all))
    }
}

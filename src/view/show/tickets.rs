//! A list of tickets, a single ticket with all its occurrences, and possible projects for the settings.

use std::borrow::Cow;

use crate::model::NotePath;
use crate::report::ticket_suggestions::TicketSuggestion;
use crate::report::ticket_suggestions::TicketSuggestions;
use crate::report::tickets::SightingKind;
use crate::report::tickets::TicketItem;
use crate::report::tickets::TicketReport;
use crate::report::tickets::TicketSighting;
use crate::view::Cell;
use crate::view::Document;
use crate::view::Paths;
use crate::view::Report;
use crate::view::Role;
use crate::view::Row;
use crate::view::document::Block;
use crate::view::document::Column;
use crate::view::document::Table;
use crate::view::document::TableRow;
use crate::view::screen::cell;
use crate::view::screen::plain;
use crate::view::words;

impl Report for TicketReport {
    fn rows(&self) -> impl Iterator<Item = impl Row> {
        self.tickets.iter()
    }

    fn show(&self, paths: &dyn Paths) -> Document {
        let mut document = Document::default();
        if self.is_detailed() {
            for ticket in &self.tickets {
                detail(ticket, paths, &mut document);
            }
            return document;
        }
        let row = |ticket: &TicketItem| TableRow {
            left: vec![key(ticket), state(ticket)],
            main: vec![heading(ticket)],
            right: vec![
                cell(words::count(ticket.sightings.len(), "place"), Role::Muted),
                cell(ticket.last.map(words::day).unwrap_or_default(), Role::Date),
            ],
            ..TableRow::default()
        };
        document.push(Block::Table(Table {
            columns: vec![Column::LEFT, Column::LEFT],
            rows: self.tickets.iter().map(row).collect(),
            ..Table::default()
        }));
        if self.tickets.is_empty() {
            document.remark(match &self.asked {
                Some(asked) => format!("no note mentions a ticket {asked}"),
                None => "no note mentions or links a ticket of a project in the settings".to_owned(),
            });
        } else {
            let closed = self.tickets.iter().filter(|ticket| ticket.closed == Some(true)).count();
            let over =
                if closed > 0 { format!(", {} of them closed", words::thousands(closed)) } else { String::new() };
            document.remark(format!("{}{over}", words::count(self.tickets.len(), "ticket")));
        }
        if !self.suggested.is_empty() {
            let projects = words::list(&self.suggested);
            document.remark(format!(
                "the notes seem to mention tickets of {projects}: `hornbook tickets suggest` says why"
            ));
        }
        document
    }
}

/// Its title, else the words of its newest occurrence, to which it is linked.
fn heading(ticket: &TicketItem) -> Cell {
    let newest = ticket.sightings.iter().max_by_key(|sighting| sighting.date);
    let words = ticket.title.as_ref().or_else(|| newest.map(|sighting| &sighting.text));
    let words = plain(words.cloned().unwrap_or_default());
    newest.map_or(words.clone(), |sighting| words.to_note(&sighting.path, sighting.line))
}

fn key(ticket: &TicketItem) -> Cell {
    let key = cell(ticket.key.clone(), Role::Id);
    ticket.url.as_ref().map_or(key.clone(), |url| key.to_url(url.clone()))
}

fn state(ticket: &TicketItem) -> Cell {
    let role = match ticket.closed {
        Some(true) => Role::Good,
        _ => Role::Plain,
    };
    cell(words_of(ticket.status.as_deref()), role)
}

/// `on_hold` in words.
fn words_of(status: Option<&str>) -> String {
    status.unwrap_or("").replace('_', " ")
}

/// A ticket with all its occurrences.
fn detail(ticket: &TicketItem, paths: &dyn Paths, document: &mut Document) {
    let mut first = vec![key(ticket)];
    if let Some(title) = &ticket.title {
        first.extend([plain("  "), cell(title.clone(), Role::Title)]);
    }
    if ticket.status.is_some() {
        first.extend([plain("  "), state(ticket)]);
    }
    document.line(first);
    if let Some(url) = &ticket.url {
        document.line(vec![plain("  "), cell(url.clone(), Role::Muted).to_url(url.clone())]);
    }
    if !ticket.goals.is_empty() {
        document.line(vec![plain(format!("  goals: {}", words::list(&ticket.goals)))]);
    }
    let row = |sighting: &TicketSighting| TableRow {
        left: vec![
            cell(sighting.date.map_or_else(|| "undated".to_owned(), words::day), Role::Date),
            cell(paths.place(&sighting.path, sighting.line), Role::Path).to_note(&sighting.path, sighting.line),
            cell(words_of(sighting.status.as_deref()), Role::Muted),
        ],
        main: vec![plain(match sighting.kind {
            SightingKind::Task | SightingKind::Text => sighting.text.clone(),
            SightingKind::List => format!("{} (imported)", sighting.text),
        })],
        ..TableRow::default()
    };
    let mut sightings: Vec<&TicketSighting> = ticket.sightings.iter().collect();
    sightings.sort_by_key(|sighting| std::cmp::Reverse(sighting.date));
    document.push(Block::Table(Table {
        margin: 2,
        columns: vec![Column::LEFT, Column::LEFT.most(48), Column::LEFT],
        rows: sightings.into_iter().map(row).collect(),
    }));
}

impl Row for TicketItem {
    fn path(&self) -> Option<&NotePath> {
        self.sightings.first().map(|sighting| &sighting.path)
    }

    fn line(&self) -> Option<usize> {
        self.sightings.first().map(|sighting| sighting.line)
    }

    fn text(&self) -> Cow<'_, str> {
        let title = self.title.as_ref().map(|title| format!(" {title}")).unwrap_or_default();
        Cow::Owned(format!("{}{title}", self.key))
    }
}

impl Report for TicketSuggestions {
    fn rows(&self) -> impl Iterator<Item = impl Row> {
        self.projects.iter()
    }

    /// No suggestions is a good answer.
    fn found(&self) -> bool {
        true
    }

    fn show(&self, paths: &dyn Paths) -> Document {
        let mut document = Document::default();
        for (index, project) in self.projects.iter().enumerate() {
            if index > 0 {
                document.push(Block::Gap);
            }
            document.line(vec![
                cell(project.project.clone(), Role::Id),
                plain(format!("  {}: ", words::count(project.count, "place"))),
                plain(project.why.join(", ")),
            ]);
            let example = |example: &crate::report::ticket_suggestions::TicketExample| TableRow {
                left: vec![
                    cell(paths.place(&example.path, example.line), Role::Path).to_note(&example.path, example.line),
                ],
                main: vec![plain(example.key.clone())],
                ..TableRow::default()
            };
            document.push(Block::Table(Table {
                margin: 2,
                columns: vec![Column::LEFT.most(48)],
                rows: project.examples.iter().map(example).collect(),
            }));
            let address = if project.url.is_some() { "" } else { " URL" };
            document.line(vec![cell(format!("  hornbook tickets add {}{address}", project.project), Role::Muted)]);
        }
        if self.projects.is_empty() {
            document.remark("nothing looks like a ticket of a project that the settings do not name");
        }
        if self.left_out > 0 {
            let those = words::count(self.left_out, "other word");
            document.remark(format!("{those} with a number, hardly tickets: --all shows them"));
        }
        document
    }
}

impl Row for TicketSuggestion {
    fn path(&self) -> Option<&NotePath> {
        self.examples.first().map(|example| &example.path)
    }

    fn text(&self) -> Cow<'_, str> {
        Cow::Owned(format!("{}: {}", self.project, self.why.join(", ")))
    }
}

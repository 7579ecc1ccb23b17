//! Changes about tickets: a project named in the settings, and what a tracker exported, kept in a note.

use std::collections::BTreeMap;

use crate::disk;
use crate::disk::FileChange;
use crate::disk::Text;
use crate::disk::config::tracker;
use crate::disk::notebook::SETTINGS_FILE;
use crate::index::Has;
use crate::index::Select;
use crate::model::Edit;
use crate::model::NotePath;
use crate::model::Span;
use crate::model::ticket;
use crate::parse::ticket_export;
use crate::parse::ticket_export::ExportedTicket;
use crate::parse::ticket_table;
use crate::parse::ticket_table::TicketRow;
use crate::parse::ticket_table::TicketTable;
use crate::query::Query;
use crate::session::Error;
use crate::session::NoteName;
use crate::session::Session;
use crate::session::plan::Plan;
use crate::session::plan::Step;

/// A settings file over this is none, in bytes.
const SETTINGS: u64 = 1 << 20;

/// Where an import goes unless the notebook has a list of tickets.
const LIST: &str = "tickets.md";

impl Session {
    /// Names a project in the settings. An address that is not given is taken from links in the notes, where there are some.
    pub(super) fn plan_tracker(&self, project: &str, url: Option<&str>) -> Result<Plan, Error> {
        if !ticket::is_project(project) {
            return Err(Error::NoProject { written: project.to_owned() });
        }
        let url = match url {
            Some(url) => Some(template(project, url)?),
            None => {
                let known = self.suggest_tickets(true)?.projects.into_iter().find(|known| known.project == project);
                known.and_then(|known| known.url).or_else(|| self.linked(project).ok().flatten())
            }
        };
        let path = self.notebook.settings_file();
        let shown = self.notebook.base.join(SETTINGS_FILE);
        let shown = self.notebook.settings_path.as_ref().unwrap_or(&shown);
        let file = if self.notebook.settings_path.is_some() {
            let bytes = self.notebook.read_file(SETTINGS_FILE.as_ref(), SETTINGS);
            let text = Text::decode(bytes.map_err(|source| Error::Settings { path: shown.clone(), source })?);
            let edits = tracker::add(shown, &text.text, project, url.as_deref())?;
            FileChange::edit(path, text, edits)
        } else {
            let name = self.notebook.base.file_name().unwrap_or_default().to_string_lossy();
            let head = disk::init::short_settings_text(&name);
            let edits = tracker::add(shown, &head, project, url.as_deref())?;
            FileChange::create(path, crate::edit::splice::apply_text(&head, &edits).map_err(Error::edit)?)
        };
        let step = Step::TrackerNamed { project: project.to_owned(), url, is_there: file.edits.is_empty() };
        Ok(Plan { files: vec![file], steps: vec![step] })
    }

    /// The address of a project's tickets, as a note links one.
    fn linked(&self, project: &str) -> Result<Option<String>, Error> {
        let notes = self.notes(Select::With(Has::Ticket), &Query::default())?;
        let mut tickets = notes.records().iter().flat_map(|record| &record.parsed.note.tickets);
        Ok(tickets.find_map(|ticket| {
            let url = ticket.url.as_ref().filter(|_| ticket::split(&ticket.key).0 == project)?;
            Some(format!("{}{{key}}-{{num}}", url.get(..url.find(&ticket.key)?)?))
        }))
    }

    /// Keeps titles and states of an export in a note. `name` is what the export is called.
    pub(super) fn plan_import(&self, name: &str, export: &str, to: Option<&NoteName>) -> Result<Plan, Error> {
        let wrong = |error: ticket_export::ExportError| Error::Export {
            name: name.to_owned(),
            line: error.line,
            message: error.message,
        };
        let tickets = ticket_export::read(export, &self.notebook.settings.tickets).map_err(wrong)?;
        let path = self.list_note(to)?;
        let mut step = Imported::default();
        let exists = self.notebook.path(&path).symlink_metadata().is_ok();
        let file = if exists {
            let text = self.text(&path)?;
            let Some(table) = ticket_table::read(&text.text) else {
                return Err(Error::NoTicketTable { path });
            };
            let edits = self.merge(&text.text, &table, &tickets, &mut step);
            FileChange::edit(path.clone(), text, edits)
        } else {
            let head = "---\nkind: tickets\n---\n\n# Tickets\n\nTitles and states as trackers tell them, kept by `hornbook tickets import`. \
                        Other columns and rows stay.\n\n| Ticket | Title | Status | Since |\n|---|---|---|---|\n";
            let table = ticket_table::read(head).unwrap_or_default();
            let rows: String = tickets.iter().map(|ticket| self.row(&table, ticket) + "\n").collect();
            step.added = tickets.len();
            FileChange::create(path.clone(), format!("{head}{rows}"))
        };
        let Imported { added, changed, same } = step;
        Ok(Plan { files: vec![file], steps: vec![Step::TicketsImported { path, added, changed, same }] })
    }

    /// The note with the list of tickets: the one that is named, else the only one that there is, else a new one.
    fn list_note(&self, to: Option<&NoteName>) -> Result<NotePath, Error> {
        if let Some(to) = to {
            let written = match to {
                NoteName::Path(path) => path.as_str(),
                NoteName::Name(name) => name,
            };
            return match self.find_note(to) {
                // a near name is a typo, not a new note
                Err(Error::NoNote { near: None, .. }) if !written.contains("..") => {
                    let is_file = disk::walk::is_note(written.as_bytes());
                    let file = if is_file { written.to_owned() } else { format!("{written}.md") };
                    Ok(NotePath::from(file.as_str()))
                }
                found => found,
            };
        }
        let lists = self.notes(Select::With(Has::TicketList), &Query::default())?;
        match lists.records() {
            [] => Ok(NotePath::from(LIST)),
            [one] => Ok(one.path.clone()),
            many => {
                let paths = many.iter().map(|record| record.path.clone()).collect();
                Err(Error::ManyNotes { name: "kind: tickets".to_owned(), paths })
            }
        }
    }

    /// The edits that bring a table up to date: cells that changed, and rows at its end.
    fn merge(&self, text: &str, table: &TicketTable, tickets: &[ExportedTicket], step: &mut Imported) -> Vec<Edit> {
        let rows: BTreeMap<&str, &TicketRow> = table.rows.iter().rev().map(|row| (row.key.as_str(), row)).collect();
        let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let mut edits = Vec::new();
        let mut new = String::new();
        for ticket in tickets {
            let Some(row) = rows.get(ticket.key.as_str()) else {
                new.push_str(newline);
                new.push_str(&self.row(table, ticket));
                step.added += 1;
                continue;
            };
            let cells = [(row.title_span, &row.title, &ticket.title), (row.status_span, &row.status, &ticket.status)];
            let before = edits.len();
            for (span, old, told) in cells {
                // what an export leaves out is not forgotten
                let told = ticket_table::cell(told);
                // other blanks or escapes are the same words
                let is_same = |span: &Span| span.of(text) == told || ticket_table::cell(old) == told;
                if let Some(span) = span.filter(|span| !told.is_empty() && !is_same(span)) {
                    edits.push(Edit { start: span.start, end: span.end, text: told });
                }
            }
            if edits.len() == before {
                step.same += 1;
                continue;
            }
            step.changed += 1;
            if let Some(span) = row.since_span {
                edits.push(Edit { start: span.start, end: span.end, text: self.today().to_string() });
            }
        }
        if !new.is_empty() {
            edits.push(Edit { start: table.end, end: table.end, text: new });
        }
        edits
    }

    /// A new row with its cells where the table wants them.
    fn row(&self, table: &TicketTable, ticket: &ExportedTicket) -> String {
        let key = match &ticket.url {
            // nothing in an address may end the cell or the link
            Some(url) if !url.contains(|c: char| c.is_whitespace() || c.is_control() || "|()<>\\".contains(c)) => {
                format!("[{}]({url})", ticket.key)
            }
            _ => ticket.key.clone(),
        };
        let mut cells = vec![String::new(); table.columns.max(1)];
        let mut put = |column: Option<usize>, words: String| {
            if let Some(cell) = column.and_then(|column| cells.get_mut(column)) {
                *cell = words;
            }
        };
        put(Some(table.places.key), key);
        put(table.places.title, ticket_table::cell(&ticket.title));
        put(table.places.status, ticket_table::cell(&ticket.status));
        put(table.places.since, self.today().to_string());
        format!("| {} |", cells.join(" | "))
    }
}

/// What an import does to rows.
#[derive(Default)]
struct Imported {
    added: usize,
    changed: usize,
    same: usize,
}

/// An address with places for project and number: as it is written, or made of that of one of the project's tickets.
fn template(project: &str, url: &str) -> Result<String, Error> {
    if url.contains("{num}") {
        return Ok(url.to_owned());
    }
    let key = format!("{project}-");
    if let Some(at) = url.find(&key)
        && let Some(rest) = url.get(at + key.len()..)
        && rest.starts_with(|c: char| c.is_ascii_digit())
    {
        return Ok(format!("{}{{key}}-{{num}}", url.get(..at).unwrap_or("")));
    }
    if url.ends_with('/') {
        return Ok(format!("{url}{{key}}-{{num}}"));
    }
    Err(Error::NoNumberPlace { project: project.to_owned(), url: url.to_owned() })
}

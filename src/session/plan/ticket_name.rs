//! Another key for a ticket, in texts and in the addresses of its tracker's pages.

use std::collections::BTreeSet;

use crate::edit;
use crate::index::Record;
use crate::index::Select;
use crate::model::Edit;
use crate::model::Note;
use crate::model::Span;
use crate::model::ticket;
use crate::parse;
use crate::query::Query;
use crate::session::Error;
use crate::session::Session;
use crate::session::plan::Plan;
use crate::session::plan::Step;
use crate::session::plan::settle::Settled;
use crate::session::plan::words::Rework;

impl Session {
    /// Plans another key for a ticket; one that is there already is taken only where `merge` says so.
    pub(super) fn plan_rename_ticket(&self, from: &str, to: &str, merge: bool) -> Result<Plan, Error> {
        let (from, to) = (from.trim(), to.trim());
        for key in [from, to] {
            let (project, number) = ticket::split(key);
            if number.is_none() || !ticket::is_project(project) {
                return Err(Error::Edit(format!(
                    "`{key}` is no key of a ticket: it has a project in capital letters and a number, as SHOP-12"
                )));
            }
        }
        if from == to {
            return Err(Error::Edit(format!("{from} is called that already")));
        }
        let notes = self.notes(Select::All, &Query::default())?;
        let around = self.surroundings(&notes)?;
        let linked = self.all_linked(&notes, &around);
        let (mut edits, mut steps, mut there) = (Vec::new(), Vec::new(), 0);
        for (index, record) in linked.records().iter().enumerate() {
            let spans = sightings(&record.parsed.note, from);
            there += usize::from(!sightings(&record.parsed.note, to).is_empty());
            if spans.is_empty() {
                continue;
            }
            let found = self.ticket_edits(record, &spans, (from, to))?;
            steps.push(Step::TicketRenamed { path: record.path.clone(), places: spans.len() });
            edits.push((index, found));
        }
        if edits.is_empty() {
            return Err(Error::Edit(format!(
                "no note speaks of {from}: `hornbook tickets` lists those that there are"
            )));
        }
        if there > 0 && !merge {
            return Err(Error::TicketTaken { key: to.to_owned(), notes: there });
        }
        let Settled { files, steps: links } = self.settle(&linked, &around, Rework::edits(edits))?;
        steps.extend(links);
        Ok(Plan { files, steps })
    }

    fn ticket_edits(&self, record: &Record, spans: &[Span], (from, to): (&str, &str)) -> Result<Vec<Edit>, Error> {
        let text = self.unchanged(record)?.text;
        let mut edits: Vec<Edit> = Vec::new();
        for span in spans {
            let written = span.of(&text);
            let mut starts: Vec<(usize, &str, String)> = Vec::new();
            let found = written.match_indices(from).filter(|(at, _)| is_apart(written, *at, from.len()));
            starts.extend(found.map(|(at, _)| (span.start + at, from, to.to_owned())));
            let numbers = (ticket::split(from), ticket::split(to));
            if let ((one, Some(old)), (other, Some(new))) = numbers
                && one == other
                && !written.rsplit("](").next().unwrap_or("").contains(from)
            {
                // an address may have the number alone
                let old = old.to_string();
                let found = written.rmatch_indices(&old).find(|(at, _)| is_apart(written, *at, old.len()));
                let at = found.map(|(at, _)| span.start + at);
                if let Some(at) =
                    at.filter(|at| !starts.iter().any(|(start, old, _)| (*start..start + old.len()).contains(at)))
                {
                    edits.push(Edit { start: at, end: at + old.len(), text: new.to_string() });
                }
            }
            edits.extend(starts.into_iter().map(|(start, old, new)| Edit { start, end: start + old.len(), text: new }));
        }
        edits.sort_by_key(|edit| (edit.start, edit.end));
        edits.dedup();
        let now = edit::apply_text(&text, &edits).map_err(Error::edit)?;
        let is = parse::parse(&record.path, &now, &self.parse_options()).note;
        let was = &record.parsed.note;
        let count = |note: &Note, key: &str| sightings(note, key).len();
        if count(&is, from) == 0 && count(&is, to) == count(was, from) + count(was, to) {
            return Ok(edits);
        }
        let line =
            text.get(..spans.first().map_or(0, |span| span.start)).map_or(1, |before| before.matches('\n').count() + 1);
        Err(Error::Edit(format!("{}:{line}: the key cannot be rewritten here; change it by hand first", record.path)))
    }
}

/// Where a note speaks of a ticket, each place once.
fn sightings(note: &Note, key: &str) -> Vec<Span> {
    let known = note.tickets.iter().filter(|ticket| ticket.key == key).map(|ticket| ticket.span);
    let like = note.ticket_like.iter().filter(|ticket| ticket.key == key).map(|ticket| ticket.span);
    let all: BTreeSet<Span> = known.chain(like).collect();
    all.into_iter().collect()
}

/// True where what stands around a part is no more of the same.
fn is_apart(text: &str, at: usize, len: usize) -> bool {
    let is_part = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_');
    let before = text.get(..at).and_then(|before| before.chars().next_back());
    let behind = text.get(at + len..).and_then(|behind| behind.chars().next());
    !is_part(before) && !is_part(behind)
}

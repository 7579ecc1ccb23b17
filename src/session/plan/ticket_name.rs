//! Another key for a ticket, in texts and in the addresses of its tracker's pages.

use std::collections::BTreeSet;

use crate::index::Select;
use crate::model::Edit;
use crate::model::Note;
use crate::model::NotePath;
use crate::model::Span;
use crate::model::ticket;
use crate::parse::Prose;
use crate::report::mentions::Names;
use crate::session::Error;
use crate::session::Session;
use crate::session::plan::Plan;
use crate::session::plan::Step;
use crate::session::plan::naming::Naming;

impl Session {
    /// Plans another key for a ticket; one that is there already is taken only where `merge` says so.
    pub(super) fn plan_rename_ticket(&self, from: &str, to: &str, merge: bool) -> Result<Plan, Error> {
        let (from, to) = (from.trim(), to.trim());
        for key in [from, to] {
            let (project, number) = ticket::split(key);
            if number.is_none() || !ticket::is_project(project) {
                return Err(Error::Edit(format!(
                    "`{key}` is not a ticket key: a key has a project in capital letters and a number, as in SHOP-12"
                )));
            }
        }
        if from == to {
            return Err(Error::Edit(format!("{from} already has that name")));
        }
        let words = Names::words(from);
        let words = words.ok_or_else(|| Error::Edit(format!("`{from}` is no key of a ticket")))?;
        self.plan_naming(&Key { from, to, words }, Select::All, merge)
    }
}

/// A ticket's key and the one that it gets.
struct Key<'a> {
    from: &'a str,
    to: &'a str,
    words: Names,
}

impl Key<'_> {
    /// The key in sentences: as a fact it is missing where its project has a name that other things have too.
    fn in_words(&self, text: &str, note: &Note) -> Vec<Span> {
        let known = sightings(note, self.from);
        let mut found = self.words.mentions(note, text);
        if found.is_empty() {
            return found;
        }
        let prose = Prose::new(text, note);
        found.retain(|span| {
            span.of(text) == self.from
                && is_apart(text, span.start, span.len())
                && !text.get(span.end..).is_some_and(|rest| rest.starts_with('-'))
                && !known.iter().any(|known| known.contains(span.start))
                && prose.has(*span)
        });
        found
    }

    /// The edits of one place: the key, and in an address perhaps its number alone.
    fn edits_at(&self, text: &str, span: Span) -> Vec<Edit> {
        let written = span.of(text);
        let edit = |at: usize, old: &str, new: String| Edit {
            start: span.start + at,
            end: span.start + at + old.len(),
            text: new,
        };
        let found = written.match_indices(self.from).filter(|(at, _)| is_apart(written, *at, self.from.len()));
        let mut edits: Vec<Edit> = found.map(|(at, _)| edit(at, self.from, self.to.to_owned())).collect();
        if let ((project, Some(old)), (other, Some(new))) = (ticket::split(self.from), ticket::split(self.to))
            && project == other
            && !written.rsplit("](").next().unwrap_or("").contains(self.from)
        {
            let old = old.to_string();
            let found = written.rmatch_indices(&old).find(|(at, _)| is_apart(written, *at, old.len()));
            let number = found.map(|(at, _)| edit(at, &old, new.to_string()));
            let number = number.filter(|number| !edits.iter().any(|key| (key.start..key.end).contains(&number.start)));
            edits.extend(number);
        }
        edits
    }
}

impl Naming for Key<'_> {
    fn has_old(&self, note: &Note) -> bool {
        !sightings(note, self.from).is_empty()
    }

    fn is_written(&self, text: &str, note: &Note) -> bool {
        text.contains(self.from) && !self.in_words(text, note).is_empty()
    }

    fn has_new(&self, note: &Note) -> bool {
        !sightings(note, self.to).is_empty()
    }

    fn edits(&self, text: &str, note: &Note) -> Vec<Edit> {
        let spans = sightings(note, self.from).into_iter();
        let mut edits: Vec<Edit> = spans.flat_map(|span| self.edits_at(text, span)).collect();
        edits.extend(self.in_words(text, note).into_iter().map(|span| Edit {
            start: span.start,
            end: span.end,
            text: self.to.to_owned(),
        }));
        edits.sort_by_key(|edit| (edit.start, edit.end));
        edits.dedup();
        edits
    }

    fn is_done(&self, was: &Note, is: &Note) -> bool {
        let count = |note: &Note, key: &str| sightings(note, key).len();
        count(is, self.from) == 0 && count(is, self.to) >= count(was, self.from) + count(was, self.to)
    }

    fn line(&self, text: &str, note: &Note) -> usize {
        let first = sightings(note, self.from).first().map_or(0, |span| span.start);
        text.get(..first).map_or(1, |before| before.matches('\n').count() + 1)
    }

    fn step(&self, path: NotePath, note: &Note, edits: &[Edit]) -> Step {
        let known = sightings(note, self.from);
        let others = edits.iter().filter(|edit| !known.iter().any(|span| span.contains(edit.start)));
        Step::TicketRenamed { path, places: known.len() + others.count() }
    }

    fn none(&self) -> String {
        format!("no note mentions {}; `hornbook tickets` lists the tickets that notes mention", self.from)
    }

    fn taken(&self, notes: usize) -> Error {
        Error::TicketTaken { key: self.to.to_owned(), notes }
    }

    fn refusal(&self) -> String {
        "the key cannot be rewritten here".to_owned()
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

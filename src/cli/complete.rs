//! Shell completion: notes, headings, tags and ids from the index.
//!
//! The index is not updated and errors are silent: without an index there are no candidates.

use std::collections::BTreeSet;
use std::ffi::OsStr;

use chrono::NaiveDate;
use clap_complete::engine::CompletionCandidate;

use crate::cli::candidates::offer;
use crate::cli::context::Context;
use crate::index::Has;
use crate::index::Record;
use crate::index::Select;
use crate::model::ReadingKind;
use crate::model::ReadingState;
use crate::model::path::strip_extension;
use crate::model::ticket;
use crate::query::FIELDS;
use crate::query::Query;
use crate::report::check::CODES;
use crate::report::reading;
use crate::report::reading::ReadingItem;
use crate::report::resolve::Names;
use crate::report::series;
use crate::report::task::TaskRow;
use crate::session::Notes;
use crate::session::Session;
use crate::template::shipped::SHIPPED;

/// NOTE: file names and paths without extension; after `note#` its headings.
pub(crate) fn notes(current: &OsStr) -> Vec<CompletionCandidate> {
    let current = current.to_string_lossy();
    with_notes(Select::Heads, |notes, _| {
        let all = notes.refs();
        // a name may contain a `#`
        let named = current.rsplit_once('#').map(|(name, _)| (name, Names::new(all.clone(), &[]).find_note(name)));
        if let Some((name, found)) = named.filter(|(_, found)| !found.is_empty()) {
            let note = found.first().and_then(|&index| all.get(index)).map(|(_, note)| note);
            let sections = note.into_iter().flat_map(|note| &note.sections);
            return offer(&current, sections.map(|section| (format!("{name}#{}", section.text), None)));
        }
        let names = all.iter().flat_map(|(path, note)| {
            let whole = strip_extension(path.as_str()).to_owned();
            let stem = path.stem().to_owned();
            [stem, whole].into_iter().map(|name| (name, Some(note.title.clone())))
        });
        offer(&current, names)
    })
}

/// REF: the ids of tasks, the open ones first.
pub(crate) fn tasks(current: &OsStr) -> Vec<CompletionCandidate> {
    let current = current.to_string_lossy();
    with_notes(Select::Tasks, |notes, today| {
        let rows = notes.tasks(today);
        let (open, closed): (Vec<&TaskRow<'_>>, Vec<&TaskRow<'_>>) =
            rows.iter().partition(|row| row.task.status.is_open());
        let rows = open.into_iter().chain(closed);
        offer(&current, rows.map(|row| (row.id.clone(), Some(row.label().text))))
    })
}

/// REF: the ids of links to read, the open ones first.
pub(crate) fn readings(current: &OsStr) -> Vec<CompletionCandidate> {
    let current = current.to_string_lossy();
    with_notes(Select::Reading, |notes, today| {
        let all = notes.records().iter().map(|record| (&record.path, &record.parsed.note));
        let items = reading::items(all, today);
        let (open, closed): (Vec<ReadingItem>, Vec<ReadingItem>) =
            items.into_iter().partition(|item| item.state.is_open());
        offer(&current, open.into_iter().chain(closed).map(|item| (item.id, Some(item.title))))
    })
}

/// TAGS: names of tags, after the existing part of a list.
pub(crate) fn tags(current: &OsStr) -> Vec<CompletionCandidate> {
    let current = current.to_string_lossy();
    let begun = current.rfind([',', ' ', '|']).map_or(0, |at| at + 1);
    let (before, _) = current.split_at_checked(begun).unwrap_or_default();
    offer(&current, all_tags().into_iter().map(|tag| (format!("{before}{tag}"), None)))
}

/// QUERY: fields, and the values of some of them.
pub(crate) fn query(current: &OsStr) -> Vec<CompletionCandidate> {
    let current = current.to_string_lossy();
    if current.starts_with('#') {
        return offer(&current, all_tags().into_iter().map(|tag| (format!("#{tag}"), None)));
    }
    let Some((field, _)) = current.split_once(':') else {
        let fields = FIELDS.iter().map(|field| (format!("{}:", field.name), Some(field.help.to_owned())));
        return if current.is_empty() { Vec::new() } else { offer(&current, fields) };
    };
    let of_notes = |value: fn(&Record) -> Option<String>| {
        with_notes(Select::Heads, |notes, _| notes.records().iter().filter_map(value).collect())
    };
    let values: Vec<String> = match field {
        "tag" => all_tags().into_iter().collect(),
        "path" | "file" => of_notes(|record| Some(record.path.to_string())),
        "link" | "linked-by" => of_notes(|record| Some(record.path.stem().to_owned())),
        "kind" => {
            let mut kinds = of_notes(|record| record.parsed.note.kind.clone());
            kinds.extend(ReadingKind::ALL.map(|kind| kind.name().to_owned()));
            kinds
        }
        "state" => ReadingState::ALL.map(|state| state.name().to_owned()).to_vec(),
        "is" => ["open", "done", "overdue", "draft", "private", "orphan", "question", "decision"]
            .map(str::to_owned)
            .to_vec(),
        "has" => ["task", "link", "tag", "embed", "due", "ticket"].map(str::to_owned).to_vec(),
        _ => Vec::new(),
    };
    offer(&current, values.into_iter().map(|value| (format!("{field}:{value}"), None)))
}

/// KEY: tickets, and their projects.
pub(crate) fn tickets(current: &OsStr) -> Vec<CompletionCandidate> {
    let keys: BTreeSet<String> = with_notes(Select::With(Has::Ticket), |notes, _| {
        let tickets = notes.records().iter().flat_map(|record| &record.parsed.note.tickets);
        tickets.flat_map(|found| [found.key.clone(), ticket::split(&found.key).0.to_owned()]).collect()
    });
    offer(&current.to_string_lossy(), keys.into_iter().map(|key| (key, None)))
}

/// NAME: goals and skills.
pub(crate) fn goals(current: &OsStr) -> Vec<CompletionCandidate> {
    let names: Vec<String> = with_notes(Select::With(Has::Goal), |notes, _| {
        notes.records().iter().flat_map(|record| &record.parsed.note.goals).map(|goal| goal.name.clone()).collect()
    });
    offer(&current.to_string_lossy(), names.into_iter().map(|name| (name, None)))
}

/// PROJECT: possible projects of tickets.
pub(crate) fn projects(current: &OsStr) -> Vec<CompletionCandidate> {
    let projects: BTreeSet<String> = with_notes(Select::With(Has::TicketLike), |notes, _| {
        let likes = notes.records().iter().flat_map(|record| &record.parsed.note.ticket_like);
        likes.map(|like| ticket::split(&like.key).0.to_owned()).collect()
    });
    offer(&current.to_string_lossy(), projects.into_iter().map(|project| (project, None)))
}

/// SERIES: the names of series of meetings, and the paths of notes that are one.
pub(crate) fn series(current: &OsStr) -> Vec<CompletionCandidate> {
    let current = current.to_string_lossy();
    with_notes(Select::With(Has::Meeting), |notes, _| {
        let all = series::all(&notes.refs());
        let names = all.iter().map(|series| (series.name.clone(), series.path().map(ToString::to_string)));
        let paths = all
            .iter()
            .filter(|series| series.is_in_one_note())
            .filter_map(|series| Some((series.path()?.to_string(), Some(series.name.clone()))));
        offer(&current, names.chain(paths))
    })
}

/// NAME: the owners of points of meetings.
pub(crate) fn owners(current: &OsStr) -> Vec<CompletionCandidate> {
    let current = current.to_string_lossy();
    with_notes(Select::With(Has::Meeting), |notes, _| {
        let meetings = notes.records().iter().flat_map(|record| &record.parsed.note.meetings);
        let owners: BTreeSet<String> =
            meetings.flat_map(|meeting| &meeting.points).filter_map(|point| point.owner.clone()).collect();
        offer(&current, owners.into_iter().map(|owner| (owner, None)))
    })
}

/// CODE: the codes of `check`.
pub(crate) fn codes(current: &OsStr) -> Vec<CompletionCandidate> {
    offer(&current.to_string_lossy(), CODES.iter().map(|code| (code.code.to_owned(), Some(code.title.to_owned()))))
}

/// TEMPLATE: the available templates, with their descriptions.
pub(crate) fn templates(current: &OsStr) -> Vec<CompletionCandidate> {
    let session = Context::for_completion().and_then(|context| context.quiet_session().ok());
    let templates = session.map(|session| session.templates().templates).unwrap_or_default();
    offer(&current.to_string_lossy(), templates.into_iter().map(|item| (item.name, item.about)))
}

/// TEMPLATE: those that come with the program.
pub(crate) fn shipped(current: &OsStr) -> Vec<CompletionCandidate> {
    offer(&current.to_string_lossy(), SHIPPED.iter().map(|(name, _)| ((*name).to_owned(), None)))
}

fn all_tags() -> BTreeSet<String> {
    with_notes(Select::HeadsWith(Has::Tag), |notes, _| {
        notes.records().iter().flat_map(|record| &record.parsed.note.tags).map(|tag| tag.name.clone()).collect()
    })
}

/// Calls `work` with the notes of the shell's current notebook, without updating the index. The default if there is no index.
fn with_notes<T: Default>(select: Select, work: impl FnOnce(&Notes, NaiveDate) -> T) -> T {
    let found = || {
        let session = Context::for_completion()?.quiet_session().ok().filter(Session::is_indexed)?;
        let notes = session.notes(select, &Query::default()).ok()?;
        Some(work(&notes, session.today()))
    };
    found().unwrap_or_default()
}

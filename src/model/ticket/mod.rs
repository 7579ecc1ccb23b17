//! Tickets: keys such as `RETAIL-23617`, where they are, and the trackers that they belong to.
//!
//! [`Trackers`] tells tickets from what only looks like them, for the parser, the reports and the site alike.

mod address;
mod key;
mod scan;
mod trackers;

use serde::Deserialize;
use serde::Serialize;

use crate::model::Span;

pub use key::is_project;
pub use key::split;
pub use trackers::Sighting;
pub use trackers::Tracker;
pub use trackers::Trackers;
pub(crate) use trackers::compile;
pub(crate) use trackers::is_repository;

/// The kind of notes that hold a list of tickets, as an import keeps it: `kind: tickets` in the front matter.
pub const LIST: &str = "tickets";

/// A ticket where it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ticket {
    /// `RETAIL-23617`, `acme/shop#12`, or the words that a pattern of the settings found.
    pub key: String,
    /// 1-based.
    pub line: usize,
    /// The key's bytes; of a link to a tracker's page, all of the link.
    pub span: Span,
    /// The address, where the note links the tracker's page.
    pub url: Option<String>,
}

/// Words that look like a ticket of a project that no setting names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketLike {
    /// `RETAIL-23617`
    pub key: String,
    /// 1-based.
    pub line: usize,
    /// The key's bytes.
    pub span: Span,
    /// Whether nothing else is with it.
    pub alone: Alone,
    /// What near it speaks of tickets.
    pub told: Option<Told>,
}

/// Whether a key has company.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Alone {
    /// Other words are on its line.
    No,
    /// It is all of a list item, a heading or a cell.
    Item,
    /// It is all of a line of its own.
    Line,
}

/// A word such as "ticket" near a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// As written.
    pub word: String,
    /// 1-based, where it is.
    pub line: usize,
    /// True for words that mean little else: `ticket`, `Jira`.
    pub strong: bool,
}

//! Tickets: keys such as `RETAIL-23617`, their occurrences, and the trackers that they belong to.
//!
//! [`Trackers`] tells tickets from look-alikes, for the parser, the reports and the site alike.

mod address;
mod key;
mod scan;
mod trackers;

use serde::Deserialize;
use serde::Serialize;

use crate::model::Span;

pub use key::is_project;
pub use key::split;
pub use trackers::TicketMatch;
pub use trackers::Tracker;
pub use trackers::Trackers;
pub(crate) use trackers::compile;
pub(crate) use trackers::is_repository;

/// The kind of notes that hold an imported list of tickets: `kind: tickets` in the front matter.
pub const LIST: &str = "tickets";

/// An occurrence of a ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ticket {
    /// `RETAIL-23617`, `acme/shop#12`, or the text that a pattern in the settings matched.
    pub key: String,
    /// 1-based.
    pub line: usize,
    /// The key's bytes; for a link to the tracker's page, the whole link.
    pub span: Span,
    /// The address, if the note links to the tracker's page.
    pub url: Option<String>,
}

/// Something that looks like a ticket of a project that the settings do not name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketLike {
    /// `RETAIL-23617`
    pub key: String,
    /// 1-based.
    pub line: usize,
    /// The key's bytes.
    pub span: Span,
    /// Whether it is on its own.
    pub alone: Alone,
    /// The nearby word that suggests a ticket, if any.
    pub told: Option<Told>,
}

/// Whether a key is on its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Alone {
    /// There are other words on its line.
    No,
    /// It is the whole text of a list item, a heading or a cell.
    Item,
    /// It is the whole text of its line.
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

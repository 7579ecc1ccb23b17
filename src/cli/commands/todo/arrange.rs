//! How lists of tasks are grouped and sorted, as options.

use clap::ValueEnum;

use crate::report::todo::GroupBy;
use crate::report::todo_report::SortBy;

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Group {
    /// Note, then heading or day
    Note,
    /// Heading, over all notes
    Heading,
    /// Tag
    Tag,
    /// Due date
    Due,
    /// Status
    Status,
    /// Person
    Person,
    /// Ticket
    Ticket,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Sort {
    /// The oldest first
    Age,
    /// The newest first
    Newest,
    /// What is due first
    Due,
    /// The most urgent first
    Priority,
    /// By path and line
    Path,
}

impl From<Group> for GroupBy {
    fn from(group: Group) -> Self {
        match group {
            Group::Note => Self::Note,
            Group::Heading => Self::Heading,
            Group::Tag => Self::Tag,
            Group::Due => Self::Due,
            Group::Status => Self::Status,
            Group::Person => Self::Person,
            Group::Ticket => Self::Ticket,
        }
    }
}

impl From<Sort> for SortBy {
    fn from(sort: Sort) -> Self {
        match sort {
            Sort::Age => Self::Age,
            Sort::Newest => Self::Newest,
            Sort::Due => Self::Due,
            Sort::Priority => Self::Priority,
            Sort::Path => Self::Path,
        }
    }
}

//! Floor 6: facts in, answers out, as plain values that every format shows alike.

pub mod anchor;
pub mod change;
pub mod check;
pub mod destination;
pub mod export;
pub mod find_task;
pub mod graph;
pub mod id;
pub mod journal;
pub mod journal_file;
pub mod journal_report;
pub mod label;
pub mod links;
pub mod mentions;
pub(crate) mod names;
pub mod note;
pub mod notes;
pub mod place;
mod prose;
pub mod resolve;
pub mod search;
pub mod tags;
pub mod task;
pub mod todo;
pub mod todo_report;
pub mod todo_views;
pub mod undo_list;

//! How each report shows itself to people: one file a report.

mod backlinks;
mod change;
mod check;
mod decisions;
mod journal;
mod links;
mod note_list;
mod outline;
mod questions;
mod reading;
mod search;
mod status;
mod tags;
mod tasks;
mod template_list;
mod todo;
mod todo_views;
mod undo_list;

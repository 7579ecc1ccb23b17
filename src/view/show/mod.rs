//! How each report shows itself to people: one file a report.

mod backlinks;
mod change;
mod check;
mod journal;
mod links;
mod note_list;
mod outline;
mod search;
mod status;
mod tags;
mod tasks;
mod todo;
mod todo_views;
mod undo_list;

//! How each report shows itself to people: one file a report.

mod change;
mod check;
mod journal;
mod tags;
mod tasks;
mod todo;
mod todo_views;
mod undo_list;

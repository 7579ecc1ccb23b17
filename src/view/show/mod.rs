//! How each report is shown to people: one file per report.

mod actions;
mod backlinks;
mod by_age;
mod by_month;
mod change;
mod check;
mod decisions;
mod goals;
mod journal;
mod links;
mod meeting;
mod note_list;
mod one_on_one;
mod outline;
mod period;
mod questions;
mod reading;
mod search;
mod status;
mod tags;
mod tasks;
mod template_list;
mod tickets;
mod todo;
mod todo_views;
mod undo_list;

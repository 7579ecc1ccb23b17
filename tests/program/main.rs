//! The program as a process: its help, its journal, its manners on a terminal, and what is left when it is killed.
#![expect(clippy::unwrap_used, reason = "a test stops where something is wrong")]

mod carry_laws;
mod carry_over;
#[path = "../runner/folder.rs"]
mod folder;
mod help;
mod journal;
mod kill;
mod meetings;
mod one_on_one;
mod report;
mod terminal;
mod triage;

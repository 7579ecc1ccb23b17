//! Hornbook: a learning notebook for people who learn at work.
//!
//! # The way of an answer
//!
//! [`disk`] finds the notebook and walks its notes, [`parse`] reads each into a [`model::Note`], [`index`] keeps the facts and finds
//! words in a disposable folder of the user's cache, [`query`] says what is asked for, [`report`] answers as a value, [`view`] turns
//! the value into lines, JSON or whatever is asked for. Changes are splices made by [`edit`] and carried out by [`disk`].

#[cfg(not(unix))]
compile_error!("Hornbook runs on Linux, macOS and other Unix systems: see \"Systems\" in the README.");

pub mod model;

pub mod parse;

pub mod edit;

pub mod template;

pub mod disk;

pub mod query;

pub mod index;

pub mod report;

pub mod view;

pub mod site;

pub mod session;

pub mod cli;

//! `hornbook build` by the built binary: hostile notes, odd names, bombs, what is private, the same bytes again.
//!
//! Looks and scripts are tried in a browser elsewhere; here pages are read by an HTML parser.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops where something is wrong")]
#![expect(clippy::disallowed_methods, reason = "a test's own files")]

mod again;
mod bombs;
mod boxes;
mod desk;
mod document;
mod feeds;
mod graph;
mod hostile;
mod languages;
mod pages;
mod paths;
mod payloads;
mod private;
mod reading;
mod reports;
mod search;
mod strict;
mod tree;

//! The site in a real headless Chromium: what it says and asks for, keys, colours, widths, print, no script, axe-core.
//!
//! Where there is no Chromium each test says so in one line and is skipped; where `CI` is set that is a failure.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops where something is wrong")]
#![expect(clippy::disallowed_methods, reason = "a test's own files and environment")]
#![expect(clippy::print_stderr, reason = "a test that is skipped says so")]

mod access;
mod browser;
#[expect(dead_code, reason = "what other tests of the site need")]
#[path = "../site/desk.rs"]
mod desk;
#[path = "../runner/folder.rs"]
mod folder;
mod hostile;
mod keys;
mod links;
mod media;
#[path = "../site/hostile.rs"]
mod payloads;
mod quiet;
mod script;
mod site;

//! Stories: what a user types, what is printed, what becomes of the files. Each page of `tests/stories` is one,
//! in an empty notebook, or in a copy of `tests/notebooks/NAME` where its first line says `<!-- NAME -->`.
#![expect(clippy::unwrap_used, reason = "a test stops where something is wrong")]

mod runner;

use crate::runner::copy;
use crate::runner::run_pages;
use crate::runner::top;

#[test]
fn every_story_is_true() {
    run_pages("tests/stories", true, &|notebook, text| {
        let first = text.lines().next().unwrap_or_default();
        if let Some(name) = first.strip_prefix("<!-- ").and_then(|rest| rest.strip_suffix(" -->")) {
            copy(&top().join("tests/notebooks").join(name), notebook, ".none");
        }
    });
}

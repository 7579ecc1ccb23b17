//! Stories: what a user types, what is printed, what becomes of the files. Each page of `tests/stories` is a test,
//! in an empty notebook, or in a copy of `tests/notebooks/NAME` where its first line says `<!-- NAME -->`.
#![expect(clippy::unwrap_used, reason = "a test stops where something is wrong")]

mod runner;

use std::process::ExitCode;

use crate::runner::copy;
use crate::runner::top;
use crate::runner::trials;

fn main() -> ExitCode {
    let stories = trials("tests/stories", true, |notebook, text| {
        let first = text.lines().next().unwrap_or_default();
        if let Some(name) = first.strip_prefix("<!-- ").and_then(|rest| rest.strip_suffix(" -->")) {
            copy(&top().join("tests/notebooks").join(name), notebook, ".none");
        }
    });
    libtest_mimic::run(&libtest_mimic::Arguments::from_args(), stories).exit_code()
}

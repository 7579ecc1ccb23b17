//! Selects the completion candidates for a shell.

use std::collections::BTreeSet;

use clap_complete::engine::CompletionCandidate;

use crate::view::text::is_harmful;

/// Upper bound on candidates; longer lists are useless.
const MOST: usize = 300;

/// Candidates that begin with the typed text, ignoring case, without duplicates. Shells print them unescaped, so names with
/// control or bidi characters are not offered.
pub(crate) fn offer(current: &str, all: impl Iterator<Item = (String, Option<String>)>) -> Vec<CompletionCandidate> {
    let typed = current.to_lowercase();
    let mut seen = BTreeSet::new();
    all.filter(|(value, _)| value.to_lowercase().starts_with(&typed) && !value.chars().any(is_harmful))
        .filter(|(value, _)| seen.insert(value.clone()))
        .take(MOST)
        .map(|(value, help)| CompletionCandidate::new(value).help(help.map(|help| short(&help).into())))
        .collect()
}

/// A remark next to a candidate: one short line.
fn short(help: &str) -> String {
    help.chars().map(|c| if is_harmful(c) { ' ' } else { c }).take(60).collect()
}

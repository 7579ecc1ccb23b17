//! People who are called by several names: by the first name in one place, by the full name in another.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::model::words::fold;
use crate::report::series::Series;

/// Full names, by the first name in them.
#[derive(Debug, Default)]
pub(crate) struct FullNames {
    /// Folded first names, each with the folded full names that begin with it, as written.
    by_first: BTreeMap<String, BTreeMap<String, String>>,
}

impl FullNames {
    /// The names of all attendees and owners.
    pub(crate) fn of<'s>(series: impl Iterator<Item = &'s Series<'s>>) -> Self {
        let mut names: BTreeSet<&str> = BTreeSet::new();
        for one in series.flat_map(|series| &series.meetings) {
            names.extend(one.meeting.attendees.iter().map(String::as_str));
            names.extend(one.meeting.points.iter().filter_map(|point| point.owner.as_deref()).flat_map(people));
        }
        let mut full = Self::default();
        for name in names {
            if let Some((first, _)) = split(name) {
                full.by_first.entry(first).or_default().entry(folded(name)).or_insert_with(|| name.to_owned());
            }
        }
        full
    }

    /// The full name that a first name stands for, if it is that of one person only.
    fn only(&self, name: &str) -> Option<&str> {
        let all = self.by_first.get(&folded(name))?;
        all.values().next().filter(|_| all.len() == 1).map(String::as_str)
    }
}

/// An owner, or several, by full names: those that `near` knows, else those that `all` knows.
pub(crate) fn in_full(owner: &str, near: &FullNames, all: &FullNames) -> String {
    let full = |name: &str| near.only(name).or_else(|| all.only(name)).unwrap_or(name).to_owned();
    people(owner).map(full).collect::<Vec<_>>().join(" & ")
}

/// The people of an owner: `Ida & Wim`.
fn people(owner: &str) -> impl Iterator<Item = &str> {
    owner.split(" & ").map(str::trim)
}

/// The folded first name in a full one.
fn split(name: &str) -> Option<(String, String)> {
    let name = folded(name);
    name.split_once(' ').map(|(first, rest)| (first.to_owned(), rest.to_owned()))
}

/// `noor.ali` and `Noor Ali` are the same.
fn folded(name: &str) -> String {
    fold(name)
        .split(|c: char| c.is_whitespace() || "._".contains(c))
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

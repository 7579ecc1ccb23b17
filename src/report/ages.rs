//! How old what waits is: counts in a few steps.

use serde::Serialize;

/// Counts of things by age: up to a week, a month, three months, a year, older, and undated.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Ages {
    /// In the order of [`Self::NAMES`].
    pub counts: [usize; 6],
}

impl Ages {
    /// What the steps are called.
    pub const NAMES: [&str; 6] =
        ["up to a week", "up to a month", "up to 3 months", "up to a year", "older", "undated"];

    /// Counts something of so many days; `None` where nobody knows.
    pub fn add(&mut self, days: Option<i64>) {
        let slot = match days {
            None => 5,
            Some(..=7) => 0,
            Some(..=31) => 1,
            Some(..=92) => 2,
            Some(..=365) => 3,
            Some(_) => 4,
        };
        if let Some(count) = self.counts.get_mut(slot) {
            *count += 1;
        }
    }

    /// The steps with something, each with its name.
    pub fn named(self) -> impl Iterator<Item = (&'static str, usize)> {
        Self::NAMES.into_iter().zip(self.counts).filter(|(_, count)| *count > 0)
    }
}

//! What the character in a task's box means.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::Serialize;

/// The state of a task.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Open.
    #[default]
    Todo,
    /// Started.
    Doing,
    /// Waiting.
    OnHold,
    /// Done.
    Done,
    /// Dropped, not achieved, inapplicable.
    Cancelled,
    /// Carried elsewhere: closed here, open there.
    Moved,
    /// A remark in a box: not counted as a task.
    Info,
}

impl Status {
    /// The name in commands and JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Todo => "todo",
            Self::Doing => "doing",
            Self::OnHold => "on_hold",
            Self::Done => "done",
            Self::Cancelled => "cancelled",
            Self::Moved => "moved",
            Self::Info => "info",
        }
    }

    /// All of them, in the order of the listing.
    pub const ALL: [Self; 7] =
        [Self::Todo, Self::Doing, Self::OnHold, Self::Done, Self::Cancelled, Self::Moved, Self::Info];

    /// Reads a name; `-` may replace `_`.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase().replace('-', "_");
        Self::ALL.into_iter().find(|status| status.name() == name)
    }

    /// True while something is left to do: open, started or waiting.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Todo | Self::Doing | Self::OnHold)
    }
}

/// The table from box characters to states: the notebook's own entries, then the built-in ones.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statuses {
    /// The notebook's own, from `[preprocessor.hornbook.statuses]`.
    pub own: BTreeMap<String, Status>,
}

impl Statuses {
    /// The character for a state in this notebook: the usual one if it has that meaning here, else one of the notebook's
    /// own, else another of the built-in table. `None` where no character has that meaning.
    #[must_use]
    pub fn symbol(&self, status: Status) -> Option<char> {
        let built_in: &str = match status {
            Status::Todo => " <!*",
            Status::Doing => "/.oO",
            Status::OnHold => "h",
            Status::Done => "xX✓✔✅",
            Status::Cancelled => "-~✗✘❌",
            Status::Moved => ">",
            Status::Info => "iIn?",
        };
        let single = |symbol: &String| {
            let mut characters = symbol.chars();
            characters.next().filter(|_| characters.next().is_none())
        };
        let own = self.own.iter().filter(|(_, meant)| **meant == status).filter_map(|(symbol, _)| single(symbol));
        let means = |symbol: &char| self.get(symbol.encode_utf8(&mut [0; 4])) == Some(status);
        built_in.chars().take(1).chain(own).chain(built_in.chars()).find(means)
    }

    /// The state of a symbol (a U+FE0F after it is ignored); `None` for an unknown one, which counts as open.
    #[must_use]
    pub fn get(&self, symbol: &str) -> Option<Status> {
        let symbol = symbol.trim_end_matches('\u{FE0F}');
        if let Some(&status) = self.own.get(symbol) {
            return Some(status);
        }
        if symbol.chars().all(char::is_whitespace) {
            return Some(Status::Todo);
        }
        Some(match symbol {
            "<" | "!" | "*" | "☐" => Status::Todo,
            // the last four only look like an `x`: Cyrillic and full-width
            "x" | "X" | "✓" | "✔" | "✅" | "☑" | "🗸" | "√" | "х" | "Х" | "ｘ" | "Ｘ" => Status::Done,
            "/" | "." | "o" | "O" => Status::Doing,
            "h" => Status::OnHold,
            "-" | "~" | "❌" | "✗" | "✘" | "✖" | "✕" | "❎" => Status::Cancelled,
            ">" => Status::Moved,
            "?" | "i" | "I" | "n" | "\"" | "l" | "b" | "S" | "p" | "c" | "f" | "k" | "w" | "u" | "d" | "D" | "R"
            | "B" | "P" | "C" | "Q" | "N" | "L" | "E" | "A" | "r" | "T" | "@" | "t" | "W" | "F" | "H" | "&" | "s" => {
                Status::Info
            }
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whatever a notebook's table says, the character for a state is read as that state.
    #[test]
    fn a_state_is_written_with_a_character_that_means_it() {
        for (own, status, want) in [
            (vec![], Status::OnHold, Some('h')),
            (vec![("h", Status::Info), ("w", Status::OnHold)], Status::OnHold, Some('w')),
            (vec![("h", Status::Info)], Status::OnHold, None),
            (vec![("x", Status::Cancelled)], Status::Done, Some('X')),
            (vec![("x", Status::Cancelled), ("d", Status::Done)], Status::Done, Some('d')),
            (vec![("IN PROGRESS", Status::Doing), ("/", Status::OnHold)], Status::Doing, Some('.')),
            (vec![(" ", Status::Info)], Status::Todo, Some('<')),
            (vec![("d", Status::Doing)], Status::Doing, Some('/')),
        ] {
            let own = own.into_iter().map(|(symbol, status)| (symbol.to_owned(), status)).collect();
            assert_eq!(Statuses { own }.symbol(status), want);
        }
    }
}

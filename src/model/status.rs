//! What the character in a box means.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::Serialize;

/// The state of a task.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// To do.
    #[default]
    Todo,
    /// Begun.
    Doing,
    /// Waiting.
    OnHold,
    /// Done.
    Done,
    /// Dropped, not achieved, inapplicable.
    Cancelled,
    /// Carried elsewhere: closed here, open there.
    Moved,
    /// A remark in a box: neither to do nor counted.
    Info,
}

impl Status {
    /// The name that people type and JSON shows.
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

    /// Reads a name, `-` for `_` allowed.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase().replace('-', "_");
        Self::ALL.into_iter().find(|status| status.name() == name)
    }

    /// True while something is left to do: to do, begun or waiting.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Todo | Self::Doing | Self::OnHold)
    }
}

/// The table from box characters to states: ours, with a notebook's own entries before it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statuses {
    /// A notebook's own, from `[preprocessor.hornbook.statuses]`.
    pub own: BTreeMap<String, Status>,
}

impl Statuses {
    /// The state of a symbol (without U+FE0F), `None` for one that nobody knows: to be taken as to do.
    #[must_use]
    pub fn get(&self, symbol: &str) -> Option<Status> {
        let symbol = symbol.trim_end_matches('\u{FE0F}');
        if let Some(&status) = self.own.get(symbol) {
            return Some(status);
        }
        Some(match symbol {
            "" | " " | "<" | "!" | "*" => Status::Todo,
            "x" | "X" | "✅" | "✔" | "☑" => Status::Done,
            "/" | "." | "o" | "O" => Status::Doing,
            "h" => Status::OnHold,
            "-" | "~" | "❌" | "✗" | "✘" => Status::Cancelled,
            ">" => Status::Moved,
            "?" | "i" | "I" | "n" | "\"" | "l" | "b" | "S" | "p" | "c" | "f" | "k" | "w" | "u" | "d" | "D" | "R"
            | "B" | "P" | "C" | "Q" | "N" | "L" | "E" | "A" | "r" | "T" | "@" | "t" | "W" | "F" | "H" | "&" | "s" => {
                Status::Info
            }
            _ => return None,
        })
    }
}

//! Why a box cannot be given a character.

use thiserror::Error;

/// Why a box cannot be given a character.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TickError {
    /// The text at the task's place is not a box with the task's symbol: it was read from another text.
    #[error("line {line} does not have the box that was read there")]
    Moved {
        /// 1-based.
        line: usize,
    },
    /// A box holds one character: no bracket, line end or control character.
    #[error("a box cannot hold {0:?}")]
    Symbol(char),
    /// The box is malformed in a way that is only accepted with a space or an `x` in it.
    #[error("line {line}: no program would read this box with {symbol:?} in it; write it as `- [ ] text` first")]
    Loose {
        /// 1-based.
        line: usize,
        /// The character.
        symbol: char,
    },
    /// Logseq has no keyword for it.
    #[error("Logseq has no marker for {0:?}")]
    Marker(char),
    /// A line of todo.txt has no box.
    #[error("line {line}: todo.txt has only open and done lines, so {symbol:?} cannot be written there")]
    TodoTxt {
        /// 1-based.
        line: usize,
        /// The character.
        symbol: char,
    },
}

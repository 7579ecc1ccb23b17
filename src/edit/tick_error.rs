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
    #[error("{0:?} cannot be in a box")]
    Symbol(char),
    /// The box is malformed in a way that is only accepted with a space or an `x` in it.
    #[error("line {line}: with {symbol:?} in it nothing would read this box: write it as `- [ ] text` first")]
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
    #[error("line {line}: todo.txt knows open lines and done ones, {symbol:?} cannot be written there")]
    TodoTxt {
        /// 1-based.
        line: usize,
        /// The character.
        symbol: char,
    },
}

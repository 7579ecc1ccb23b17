//! What went wrong, in words: what happened, where, why, and what to do next.

use std::error::Error;

/// An error on its way to the user: exit code 2.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Failure {
    /// What happened, where and why; may be several lines (a source line with a caret).
    pub(crate) message: String,
    /// What to do next.
    pub(crate) hints: Vec<String>,
}

impl Failure {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), hints: Vec::new() }
    }

    /// Says in front where it went wrong: `--since: …`
    pub(crate) fn at(self, place: &str) -> Self {
        Self { message: format!("{place}: {}", self.message), ..self }
    }

    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }
}

impl<E: Error> From<E> for Failure {
    fn from(error: E) -> Self {
        let mut message = error.to_string();
        let mut source = error.source();
        while let Some(cause) = source {
            let words = cause.to_string();
            // many errors repeat their cause in their own words
            if !message.contains(&words) {
                message = format!("{message}: {words}");
            }
            source = cause.source();
        }
        Self::new(message)
    }
}

/// What a command ends with: answered, or a negative answer (nothing found, problems found).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    Answered,
    Negative,
}

impl Exit {
    /// Negative when there is nothing.
    pub(crate) const fn found(something: bool) -> Self {
        if something { Self::Answered } else { Self::Negative }
    }
}

pub(crate) type Outcome = Result<Exit, Failure>;

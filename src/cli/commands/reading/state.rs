//! The state of a link, as typed.

use clap::ValueEnum;

use crate::model::ReadingState;

/// What has become of a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum State {
    /// An open box, or the words say so
    #[value(alias = "to_read")]
    ToRead,
    /// Among things worth a look
    #[value(alias = "to_look_at")]
    ToLookAt,
    /// Begun
    Reading,
    /// Read, watched or listened to
    Read,
    /// Dismissed unread
    Dropped,
    /// In a reading list, and nothing more is known
    Unsorted,
    /// Named in passing
    Reference,
}

impl From<State> for ReadingState {
    fn from(state: State) -> Self {
        match state {
            State::ToRead => Self::ToRead,
            State::ToLookAt => Self::ToLookAt,
            State::Reading => Self::Reading,
            State::Read => Self::Read,
            State::Dropped => Self::Dropped,
            State::Unsorted => Self::Unsorted,
            State::Reference => Self::Reference,
        }
    }
}

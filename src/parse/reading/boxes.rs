//! The reading state that a box stands for.

use crate::model::ReadingState;
use crate::model::Status;

/// The reading state of a box; `None` if it is only a remark.
pub(super) const fn of_box(status: Status) -> Option<ReadingState> {
    match status {
        Status::Todo | Status::Moved => Some(ReadingState::ToRead),
        Status::OnHold => Some(ReadingState::ToLookAt),
        Status::Doing => Some(ReadingState::Reading),
        Status::Done => Some(ReadingState::Read),
        Status::Cancelled => Some(ReadingState::Dropped),
        Status::Info => None,
    }
}

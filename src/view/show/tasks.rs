//! Tasks as rows of tables, and as rows for scripts.

use std::borrow::Cow;

use crate::model::NotePath;
use crate::model::Status;
use crate::report::task::TaskItem;
use crate::view::Role;
use crate::view::Row;

impl Row for TaskItem {
    fn path(&self) -> Option<&NotePath> {
        Some(&self.path)
    }

    fn text(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.text)
    }
}

/// The role for the status of a task.
pub(super) const fn role(status: Status) -> Role {
    match status {
        Status::Done => Role::Good,
        Status::Cancelled | Status::Moved | Status::Info => Role::Muted,
        Status::Todo | Status::Doing | Status::OnHold => Role::Plain,
    }
}

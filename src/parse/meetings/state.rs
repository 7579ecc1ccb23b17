//! Whether a point is done, according to its box or words.

use crate::model::Status;
use crate::model::meeting::PointState;
use crate::model::words::fold;
use crate::parse::carried;

/// The state of a point according to its box.
pub(super) const fn state_of(status: Status) -> PointState {
    match status {
        Status::Todo | Status::Doing | Status::OnHold => PointState::Open,
        Status::Done => PointState::Done,
        Status::Cancelled => PointState::Dropped,
        Status::Moved => PointState::Moved,
        Status::Info => PointState::Unknown,
    }
}

/// The state of a point without a box according to its words.
pub(super) fn said_state(text: &str) -> PointState {
    if carried::is_moved(text) {
        return PointState::Moved;
    }
    let text = text.trim().trim_end_matches('.');
    // `~~rotate the keys~~ done`
    let behind = text.strip_prefix("~~").and_then(|rest| rest.rsplit_once("~~")).map(|(_, behind)| fold(behind.trim()));
    let struck = behind.is_some_and(|behind| {
        let bare = behind.trim_matches(['(', ')', '-', '–', '—', ' ']);
        matches!(bare, "" | "done" | "erledigt" | "fait" | "hecho" | "feito")
    });
    let lower = fold(text.get(..text.floor_char_boundary(12)).unwrap_or(text));
    let begins = text.starts_with(['✅', '☑', '✔'])
        || lower.starts_with("done:")
        || lower.starts_with("**done:")
        || lower.starts_with("**done**");
    let tail = fold(text.get(text.floor_char_boundary(text.len().saturating_sub(14))..).unwrap_or(text));
    let ends = text.ends_with(['✅', '☑', '✔', '✓'])
        || text.ends_with(" DONE")
        || ["(done)", "[done]", "- done", "– done", "— done", "(erledigt)", "(fait)", "(hecho)", "(feito)"]
            .iter()
            .any(|end| tail.ends_with(end));
    if struck || begins || ends { PointState::Done } else { PointState::Unknown }
}

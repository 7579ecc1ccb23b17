//! The one place that decides what is published. Everything else in `site` sees published notes only.
//!
//! What makes a note private or a draft is worked out by the parser, for the site, queries and reports alike.

use crate::model::Note;
use crate::model::PrivateReason;

/// Why a note is not published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unpublished {
    /// It says that it is private, or not to be published.
    Private(PrivateReason),
    /// It says that it is a draft.
    Draft,
    /// The setting `site.exclude`.
    Excluded,
}

/// Says whether a note may be seen by others; `None` when it may. `excluded`: the setting `site.exclude` names it.
#[must_use]
pub fn why_not(note: &Note, excluded: bool, drafts: bool) -> Option<Unpublished> {
    if excluded {
        return Some(Unpublished::Excluded);
    }
    let draft = note.privacy.draft && !drafts;
    note.privacy.private.map(Unpublished::Private).or(draft.then_some(Unpublished::Draft))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Privacy;

    #[test]
    fn drafts_are_for_their_writer_only() {
        let draft = Note { privacy: Privacy { draft: true, private: None }, ..Note::default() };
        assert_eq!(why_not(&draft, false, false), Some(Unpublished::Draft));
        assert_eq!(why_not(&draft, false, true), None);
        assert_eq!(why_not(&draft, true, true), Some(Unpublished::Excluded));
        let private = Privacy { draft: true, private: Some(PrivateReason::Tag) };
        let private = Note { privacy: private, ..Note::default() };
        assert_eq!(why_not(&private, false, true), Some(Unpublished::Private(PrivateReason::Tag)));
    }
}

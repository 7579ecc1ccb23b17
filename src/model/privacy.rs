//! Privacy of a note: one definition of "private" and "draft" for the site, queries and reports.

use serde::Deserialize;
use serde::Serialize;

/// What a note says about who may read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Privacy {
    /// Why the note is private; `None` when it is not.
    pub private: Option<PrivateReason>,
    /// The note says that it is a draft.
    pub draft: bool,
}

/// Why a note is private.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PrivateReason {
    /// `private: true`, `visibility: private`, `status: private`
    Private,
    /// `publish: false`, `published: false`, `public: false`, or one of them with nothing behind it
    Unpublished,
    /// The tag `#private`, anywhere in the note: a private section makes the whole note private, since what is around it
    /// (title, links, tasks) tells about it.
    Tag,
    /// Front matter that cannot be read as such but says one of the above, or a draft.
    Unreadable,
}

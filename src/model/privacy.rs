//! Privacy of a note: the one definition of "private" and "draft" for the site, queries and reports, and the one table of
//! the words for it. When in doubt, a word is in it: a note missing from a site is noticed, an extra one is not.

use serde::Deserialize;
use serde::Serialize;

use crate::model::words::fold;

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
    /// `private: true`, `visibility: private`, `status: private` and the like
    Private,
    /// `publish: false`, `share: false` and the like, or one of them with nothing after it
    Unpublished,
    /// One of [`PRIVATE_TAGS`], anywhere in the note: a private section makes the whole note private, since what surrounds it
    /// (title, links, tasks) gives it away.
    Tag,
    /// A folder above it has one of [`PRIVATE_WORDS`] as its name, and its front matter does not allow publication.
    Folder,
    /// Front matter that cannot be parsed but contains one of the above, or marks a draft.
    Unreadable,
}

/// What a front matter key says about who may read a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrivacyKey {
    /// `private:` makes it private unless the value is a no.
    Private,
    /// `publish:` makes it private unless the value is a yes.
    Publish,
    /// `published:` and `share:` make it private if the value is a no or empty: some tools write dates and addresses there.
    Published,
    /// `draft:` makes it a draft unless the value is a no.
    Draft,
    /// `status:` makes it private or a draft with such a word, possibly among others.
    State,
    /// `access:` and `visibility:` do so also with a word for a small audience, or with a no.
    Access,
    /// `type:` and `category:` do so only with such a word on its own: `category: private equity` is a subject.
    Sort,
}

/// Keys beside the words themselves, in lower case and without `-`, `_` and spaces.
const KEYS: [(&str, PrivacyKey); 42] = [
    ("isprivate", PrivacyKey::Private),
    ("hide", PrivacyKey::Private),
    ("nopublish", PrivacyKey::Private),
    ("notpublished", PrivacyKey::Private),
    ("donotpublish", PrivacyKey::Private),
    ("dontpublish", PrivacyKey::Private),
    ("noshare", PrivacyKey::Private),
    ("donotshare", PrivacyKey::Private),
    ("dontshare", PrivacyKey::Private),
    ("noexport", PrivacyKey::Private),
    ("publish", PrivacyKey::Publish),
    ("dgpublish", PrivacyKey::Publish),
    ("ispublished", PrivacyKey::Publish),
    ("ispublic", PrivacyKey::Publish),
    ("published", PrivacyKey::Published),
    ("public", PrivacyKey::Published),
    ("share", PrivacyKey::Published),
    ("shared", PrivacyKey::Published),
    ("sharing", PrivacyKey::Published),
    ("shareable", PrivacyKey::Published),
    ("sharable", PrivacyKey::Published),
    ("listed", PrivacyKey::Published),
    ("render", PrivacyKey::Published),
    ("isdraft", PrivacyKey::Draft),
    ("status", PrivacyKey::State),
    ("poststatus", PrivacyKey::State),
    ("state", PrivacyKey::State),
    ("stage", PrivacyKey::State),
    ("visibility", PrivacyKey::Access),
    ("visible", PrivacyKey::Access),
    ("access", PrivacyKey::Access),
    ("privacy", PrivacyKey::Access),
    ("audience", PrivacyKey::Access),
    ("permission", PrivacyKey::Access),
    ("permissions", PrivacyKey::Access),
    ("classification", PrivacyKey::Access),
    ("sensitivity", PrivacyKey::Access),
    ("confidentiality", PrivacyKey::Access),
    ("type", PrivacyKey::Sort),
    ("kind", PrivacyKey::Sort),
    ("category", PrivacyKey::Sort),
    ("categories", PrivacyKey::Sort),
];

/// Values that mean "not for others".
pub const PRIVATE_WORDS: [&str; 21] = [
    "private",
    "unpublished",
    "unlisted",
    "hidden",
    "secret",
    "confidential",
    "privat",
    "privé",
    "privée",
    "privado",
    "privada",
    "geheim",
    "vertraulich",
    "confidentiel",
    "confidentielle",
    "confidencial",
    "secreto",
    "secreta",
    "segredo",
    "私密",
    "非公開",
];

/// Values that mean "not for everyone", where the key is about readers: `category: personal` is a subject.
pub const FEW_WORDS: [&str; 6] = ["restricted", "internal", "personal", "members", "owner", "me"];

/// Values that mean "not yet".
pub const DRAFT_WORDS: [&str; 9] =
    ["draft", "drafts", "drafting", "entwurf", "brouillon", "borrador", "rascunho", "草稿", "下書き"];

/// Tags, or levels of tags, that make a note private.
pub const PRIVATE_TAGS: [&str; 7] =
    ["private", "confidential", "unlisted", "unpublished", "nopublish", "no-publish", "donotpublish"];

/// True for a tag with one of [`PRIVATE_TAGS`] among its levels: `private`, `work/private`.
#[must_use]
pub fn is_private_tag(name: &str) -> bool {
    name.trim_start_matches('#')
        .split('/')
        .any(|part| PRIVATE_TAGS.contains(&part.trim_matches(['_', '-']).to_lowercase().as_str()))
}

impl PrivacyKey {
    /// Looks up a key, ignoring case, accents, `-`, `_` and spaces; one of [`PRIVATE_WORDS`] or [`DRAFT_WORDS`] is a key, too.
    /// `None` for a key that is not about privacy.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        let name: String = fold(name).chars().filter(|c| c.is_alphanumeric()).collect();
        let is_one_of = |words: &[&str]| words.iter().any(|word| *word == name || fold(word) == name);
        let known = KEYS.iter().find(|(key, _)| *key == name).map(|(_, means)| *means);
        known.or_else(|| match () {
            () if is_one_of(&PRIVATE_WORDS) => Some(Self::Private),
            () if is_one_of(&DRAFT_WORDS) => Some(Self::Draft),
            () => None,
        })
    }
}

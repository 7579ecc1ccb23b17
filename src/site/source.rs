//! What a site is made of: notes, files and settings.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::model::NotePath;
use crate::model::Parsed;
use crate::model::ticket::Trackers;

/// A note as the site gets it.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// From the notes folder.
    pub path: &'a NotePath,
    /// What it says.
    pub parsed: &'a Parsed,
    /// Of its bytes.
    pub hash: u64,
    /// The day of its last change as its front matter says: a file's own time is another one after each copy.
    pub modified: Option<NaiveDate>,
    /// True when the setting `site.exclude` names it.
    pub excluded: bool,
}

/// What a site is made of. Everything comes from here: the site reads no disk, clock or environment.
pub struct Source<'a> {
    /// All notes, also those that are not to be published; sorted by path.
    pub notes: Vec<Entry<'a>>,
    /// Files that are no notes and that the settings do not exclude; sorted by path.
    pub attachments: &'a [NotePath],
    /// The notebook's name.
    pub title: String,
    /// In a sentence.
    pub description: String,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// `en`
    pub language: String,
    /// `ltr` or `rtl`
    pub direction: String,
    /// Where it will stand, with a final `/`, for what needs whole addresses.
    pub base_url: Option<String>,
    /// `[output.html] edit-url-template`, with `{path}`.
    pub edit_url: Option<String>,
    /// The notes folder from the settings' folder, with a final `/`, as `{path}` begins; may be empty.
    pub edit_prefix: String,
    /// `[output.html] git-repository-url`
    pub repository: Option<String>,
    /// `[output.html] cname`
    pub cname: Option<String>,
    /// `SUMMARY.md`, where there is one.
    pub summary: Option<String>,
    /// From an old address to a new one.
    pub redirect: BTreeMap<String, String>,
    /// `light`, `dark` or nothing.
    pub default_theme: Option<String>,
    /// Style sheets after ours: `[output.html] additional-css`.
    pub styles: Vec<String>,
    /// Scripts after ours: `[output.html] additional-js`.
    pub scripts: Vec<String>,
    /// The note that is shown at addresses that do not exist: `[output.html] input-404`.
    pub not_found: Option<NotePath>,
    /// Drafts are published too.
    pub drafts: bool,
    /// HTML in notes is left as it is.
    pub trust_html: bool,
    /// A line end within a paragraph is one on the page.
    pub hard_line_breaks: bool,
    /// Pages load pictures, sound and films of other hosts; else they link to them.
    pub remote_media: bool,
    /// The language tag of a text, where its words tell.
    pub language_of: &'a dyn Fn(&str) -> Option<&'static str>,
    /// Which words are tickets, and where their pages are.
    pub trackers: &'a Trackers,
    /// A note's text; `None` when it cannot be read any more.
    pub text: &'a dyn Fn(&NotePath) -> Option<String>,
    /// The first bytes of an attachment.
    pub head: &'a dyn Fn(&NotePath) -> Option<Vec<u8>>,
}

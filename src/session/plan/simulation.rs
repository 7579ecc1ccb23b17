//! The notebook as it would be once texts have changed and files have moved.
//!
//! `settle` makes it and mends it; `carrying` finds in it what was there before.

use std::collections::BTreeMap;

use crate::model::Link;
use crate::model::Note;
use crate::model::NotePath;
use crate::parse;
use crate::report::moving;
use crate::report::moving::Carried;
use crate::report::moving::MadeLink;
use crate::session::Error;
use crate::session::Notes;
use crate::session::Session;
use crate::session::plan::draft::Draft;

pub(super) const NO_LINK: &str = "it would be no link any more, or one of another kind";

/// The notebook as it would be.
pub(super) struct Simulation<'a> {
    pub(super) session: &'a Session,
    pub(super) notes: &'a Notes,
    pub(super) options: parse::Options,
    /// Of each text, its path afterwards; `None` for what is removed. Texts are the notes, then those that are made.
    pub(super) paths: Vec<Option<NotePath>>,
    pub(super) drafts: BTreeMap<usize, Draft>,
    pub(super) carried: BTreeMap<usize, Carried>,
    pub(super) made: Vec<MadeLink>,
}

impl Simulation<'_> {
    /// Where a text is afterwards, if it is there.
    pub(super) fn path(&self, text: usize) -> Option<&NotePath> {
        self.paths.get(text)?.as_ref()
    }

    /// A text as it would be.
    pub(super) fn note(&self, text: usize) -> Option<&Note> {
        let draft = self.drafts.get(&text).map(|draft| &draft.note);
        draft.or_else(|| Some(&self.notes.records().get(text)?.parsed.note))
    }

    /// A text before links follow.
    pub(super) fn base(&self, text: usize) -> Option<&Note> {
        let draft = self.drafts.get(&text).map(|draft| &draft.base_note);
        draft.or_else(|| Some(&self.notes.records().get(text)?.parsed.note))
    }
}

pub(super) fn stuck(path: &NotePath, note: &Note, link: usize, why: &'static str) -> Error {
    let link = moving::links(note).nth(link).or_else(|| moving::links(note).last());
    let written = |link: &Link| if link.target.is_empty() { format!("[{}]()", link.text) } else { link.target.clone() };
    let (line, link) = link.map_or((1, String::new()), |link| (link.line, written(link)));
    Error::LinkStuck { path: path.clone(), line, link, why }
}

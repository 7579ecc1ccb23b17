//! Resolves links inside the notebook to a note and a place in it, or a file.
//!
//! [`Names`] finds the file, `anchor` the place. Nothing here leaves the notes folder: `..` beyond it resolves to nothing.
//! Other files on disk (folders, skipped files) are handled by `destination`.

use crate::model::Link;
use crate::model::LinkKind;
use crate::model::NotePath;
use crate::model::link::LocalPlace;
use crate::parse::SECTIONS;
use crate::report::anchor::AnchorRef;
use crate::report::anchor::Anchors;
use crate::report::anchor::is_of_browser;
use crate::report::file_name::Outside;
use crate::report::named_file::File;

pub use crate::report::names::Names;
pub use crate::report::note_ref::NoteRef;

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// An address with a scheme.
    External,
    /// A note: an index into the notes from which [`Names`] was made.
    Note {
        /// Its index.
        note: usize,
        /// The heading, block or anchor that the link points to, if it exists.
        place: Option<AnchorRef>,
    },
    /// A file that is not a note.
    Attachment(NotePath),
    /// Nothing in the notes folder.
    Missing,
    /// It would leave the notes folder.
    Outside,
}

/// A remark on how a link was resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remark {
    /// Several files have this name: the first is taken.
    Ambiguous {
        /// How many there are.
        count: usize,
        /// The first few of them.
        some: Vec<NotePath>,
    },
    /// Found by title or alias, which Obsidian does not do.
    ByTitle,
    /// Found by a name in another case.
    OtherCase,
    /// The note exists, the heading does not.
    NoHeading(String),
    /// The note exists, the block does not.
    NoBlock(String),
}

/// A resolved link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolved {
    /// Where it leads.
    pub target: Target,
    /// Remarks on how it was resolved.
    pub remarks: Vec<Remark>,
}

impl Names<'_> {
    /// Resolves a link in the note `from`.
    #[must_use]
    pub fn resolve(&self, from: usize, link: &Link) -> Resolved {
        let plain = |target| Resolved { target, remarks: Vec::new() };
        let Some(local) = link.local() else { return plain(Target::External) };
        let mut remarks = Vec::new();
        let file = if local.path.is_empty() {
            File::Note(from)
        } else {
            let found = match self.find(from, &local.path, link.is_wiki()) {
                Ok(Some(found)) => found,
                Ok(None) => return plain(Target::Missing),
                Err(Outside) => return plain(Target::Outside),
            };
            if found.count > 1 {
                remarks.push(Remark::Ambiguous { count: found.count, some: found.some });
            }
            if found.other_case {
                remarks.push(Remark::OtherCase);
            }
            if found.by_title {
                remarks.push(Remark::ByTitle);
            }
            found.file
        };
        let target = match file {
            File::Note(note) if note >= self.notes.len() => Target::Missing,
            File::Note(note) => {
                let place = local.place.and_then(|place| self.place(note, place, link, &mut remarks));
                Target::Note { note, place }
            }
            File::Attachment(_) => Target::Attachment(NotePath::from_escaped(self.path(file))),
        };
        Resolved { target, remarks }
    }

    fn place(&self, note: usize, written: LocalPlace, link: &Link, remarks: &mut Vec<Remark>) -> Option<AnchorRef> {
        let (_, facts) = self.notes.get(note)?;
        let anchors = self.anchors.get(note)?.get_or_init(|| Box::new(Anchors::new(facts)));
        let found = anchors.find(&written);
        if found.is_none() {
            match written {
                LocalPlace::Heading(words) if !link.is_wiki() && is_of_browser(&words) => {}
                // if the list of headings is full, it may be one of the others
                LocalPlace::Heading(_) if facts.sections.len() >= SECTIONS => {}
                LocalPlace::Heading(words) => remarks.push(Remark::NoHeading(words)),
                LocalPlace::Block(id) => remarks.push(Remark::NoBlock(id)),
            }
        }
        found
    }
}

/// True for links whose target is shown in place: a missing one leaves a gap.
#[must_use]
pub fn is_embed(link: &Link) -> bool {
    matches!(link.kind, LinkKind::Embed | LinkKind::Image)
}

#[cfg(test)]
mod tests;

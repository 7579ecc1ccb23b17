//! What a change does at each path. Most files change where they are; one that moves is made at its new place and removed at the
//! old one, as two acts.
//!
//! `commit` decides that it can be done, and does it; the log tells both halves of a move of each other, not the bytes.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;
use std::path::PathBuf;

use xxhash_rust::xxh3::xxh3_64;

use crate::disk::locate::Lines;
use crate::disk::log::Bytes;
use crate::disk::log::EditRecord;
use crate::disk::log::FileRecord;
use crate::disk::replace;
use crate::disk::replace::WriteError;
use crate::edit::Splice;
use crate::model::NotePath;

/// What happened to a file, or would.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// From the notes folder.
    pub path: NotePath,
    /// Where it is afterwards, if it moves.
    pub to: Option<NotePath>,
    /// Its bytes; `None` when it did not exist.
    pub before: Option<Vec<u8>>,
    /// Its bytes; `None` when it does not exist any more.
    pub after: Option<Vec<u8>>,
    /// In bytes of the file before, in its order.
    pub splices: Vec<Splice>,
}

/// The real file of a change.
pub(crate) struct Place {
    pub(crate) target: PathBuf,
    /// Where it goes, if it moves.
    pub(crate) to: Option<PathBuf>,
}

/// What happens at one path. A file that moves is made at one and removed at another.
pub(crate) struct Act<'a> {
    pub(crate) path: &'a NotePath,
    pub(crate) target: &'a Path,
    pub(crate) before: Option<&'a [u8]>,
    pub(crate) after: Option<&'a [u8]>,
    /// On the bytes before; of a file that moves, on those that it had at its old place.
    splices: &'a [Splice],
    moves: Option<Half<'a>>,
}

/// The half of a move that happens at a path.
pub(crate) enum Half<'a> {
    /// The file comes from there, where it has these bytes.
    From(&'a NotePath, &'a Path, &'a [u8]),
    /// The file goes there.
    To(&'a NotePath),
}

impl<'a> Act<'a> {
    /// The acts of a change, in the order in which they are done: nothing is removed before all else is written.
    pub(crate) fn all(files: &'a [Changed], places: &'a [Place]) -> Vec<Self> {
        let (mut acts, mut removed) = (Vec::with_capacity(files.len()), Vec::new());
        for (file, place) in files.iter().zip(places) {
            let Changed { path, to, before, after, splices } = file;
            let (before, after) = (before.as_deref(), after.as_deref());
            if let (Some(to), Some(new), Some(bytes)) = (to, &place.to, before) {
                let from = Half::From(path, &place.target, bytes);
                acts.push(Act { path: to, target: new, before: None, after, splices, moves: Some(from) });
                let (target, moves) = (place.target.as_path(), Some(Half::To(to)));
                removed.push(Act { path, target, before, after: None, splices: &[], moves });
            } else {
                acts.push(Act { path, target: &place.target, before, after, splices, moves: None });
            }
        }
        acts.append(&mut removed);
        acts
    }

    /// The file beside which the new one is modelled.
    fn model(&self) -> Option<&'a Path> {
        match self.moves {
            Some(Half::From(_, target, _)) => Some(target),
            _ => None,
        }
    }

    /// What the log says about it; `owner` is who makes files here.
    pub(crate) fn record(&self, owner: Option<(u32, u32)>) -> FileRecord {
        let (from, to, base) = match self.moves {
            Some(Half::From(from, _, bytes)) => (Some(from.clone()), None, bytes),
            Some(Half::To(to)) => (None, Some(to.clone()), &[][..]),
            None => (None, None, self.before.unwrap_or_default()),
        };
        // An edit can only be located in a file that exists before and after.
        let mut lines = self.before.and(self.after).map(Lines::new);
        let (mut grown, mut shrunk) = (0, 0);
        let edit = |splice: &Splice| {
            let old = base.get(splice.start..splice.end).unwrap_or_default();
            let start = (splice.start + grown).saturating_sub(shrunk);
            grown += splice.bytes.len();
            shrunk += old.len();
            let lines = lines.as_mut().and_then(|lines| lines.remember(start, start + splice.bytes.len(), old));
            EditRecord { at: splice.start, old: Bytes(old.to_vec()), new: Bytes(splice.bytes.clone()), lines }
        };
        let edits = self.splices.iter().map(edit).collect();
        // A file with several names or of another owner may be written in place: a power cut could leave half of it.
        let in_place = |meta: fs::Metadata| meta.nlink() > 1 || owner != Some((meta.uid(), meta.gid()));
        let in_place = self.before.is_some() && self.after.is_some() && self.target.metadata().is_ok_and(in_place);
        FileRecord {
            path: self.path.clone(),
            before: self.before.map(xxh3_64),
            after: self.after.map(xxh3_64),
            edits,
            copy: in_place.then(|| Bytes(base.to_vec())),
            from,
            to,
        }
    }

    pub(crate) fn stage(&self, temporary: &OsStr, can_restore: bool) -> Result<replace::Staged<'a>, WriteError> {
        replace::stage(self.target, self.before, self.after, temporary, can_restore, self.model())
    }
}

//! The operations of a change, path by path. Most files change in place; one that moves is created at its new path and removed
//! at the old one, which are two acts.
//!
//! `commit` checks that they are possible, and performs them; in the log each half of a move names the other, not the bytes.

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

/// What happened to a file, or would happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// Relative to the notes folder.
    pub path: NotePath,
    /// Its new path, if it moves.
    pub to: Option<NotePath>,
    /// Its bytes before; `None` if it did not exist.
    pub before: Option<Vec<u8>>,
    /// Its bytes after; `None` if it no longer exists.
    pub after: Option<Vec<u8>>,
    /// Offsets in the file before, in order.
    pub splices: Vec<Splice>,
}

/// The real paths of a changed file.
pub(crate) struct Place {
    pub(crate) target: PathBuf,
    /// Its new path, if it moves.
    pub(crate) to: Option<PathBuf>,
    /// True if the new path is the same file already, since the disk ignores how a name is written (`Note.md`, `note.md`).
    pub(crate) swaps: bool,
}

/// What happens at one path. A file that moves is created at one and removed at another.
pub(crate) struct Act<'a> {
    pub(crate) path: &'a NotePath,
    pub(crate) target: &'a Path,
    pub(crate) before: Option<&'a [u8]>,
    pub(crate) after: Option<&'a [u8]>,
    /// Offsets in the bytes before; for a file that moves, in its bytes at the old path.
    splices: &'a [Splice],
    moves: Option<Half<'a>>,
    /// See [`Place::swaps`]: both halves of the move are one, carried out with the first of them.
    swaps: bool,
}

/// One half of a move, as seen from its path.
pub(crate) enum Half<'a> {
    /// The file comes from there, where it has these bytes.
    From(&'a NotePath, &'a Path, &'a [u8]),
    /// The file goes there.
    To(&'a NotePath),
}

impl<'a> Act<'a> {
    /// The acts of a change, in the order of execution: nothing is removed before everything else is written.
    pub(crate) fn all(files: &'a [Changed], places: &'a [Place]) -> Vec<Self> {
        let (mut acts, mut removed) = (Vec::with_capacity(files.len()), Vec::new());
        for (file, place) in files.iter().zip(places) {
            let Changed { path, to, before, after, splices } = file;
            let (before, after) = (before.as_deref(), after.as_deref());
            if let (Some(to), Some(new), Some(bytes)) = (to, &place.to, before) {
                let from = Half::From(path, &place.target, bytes);
                let swaps = place.swaps;
                acts.push(Act { path: to, target: new, before: None, after, splices, moves: Some(from), swaps });
                let (target, moves) = (place.target.as_path(), Some(Half::To(to)));
                removed.push(Act { path, target, before, after: None, splices: &[], moves, swaps });
            } else {
                let acts = if after.is_some() { &mut acts } else { &mut removed };
                acts.push(Act { path, target: &place.target, before, after, splices, moves: None, swaps: false });
            }
        }
        acts.append(&mut removed);
        acts
    }

    /// The existing file whose mode and owner a new one copies.
    fn model(&self) -> Option<&'a Path> {
        match self.moves {
            Some(Half::From(_, target, _)) => Some(target),
            _ => None,
        }
    }

    /// The log's record of it; `owner` is the owner of files created here.
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
        // A file with several names or another owner may be written in place, where a power cut could leave half of it.
        let in_place = |meta: fs::Metadata| meta.nlink() > 1 || owner != Some((meta.uid(), meta.gid()));
        let in_place = self.before.is_some() && self.after.is_some() && self.target.metadata().is_ok_and(in_place);
        // In the middle of a swap the file has neither of its names.
        let is_bare = self.swaps && from.is_some();
        FileRecord {
            path: self.path.clone(),
            before: self.before.map(xxh3_64),
            after: self.after.map(xxh3_64),
            edits,
            copy: (in_place || is_bare).then(|| Bytes(base.to_vec())),
            from,
            to,
        }
    }

    pub(crate) fn stage(&self, temporary: &OsStr, can_restore: bool) -> Result<replace::Staged<'a>, WriteError> {
        match self.moves {
            Some(Half::From(_, old, before)) if self.swaps => {
                return replace::stage_swap(old, before, self.after.unwrap_or_default(), temporary);
            }
            Some(Half::To(_)) if self.swaps => return Ok(replace::Staged::Done),
            _ => {}
        }
        replace::stage(self.target, self.before, self.after, temporary, can_restore, self.model())
    }

    /// Changes a file back that was written.
    pub(crate) fn revert(&self, temporary: &OsStr, can_restore: bool) -> Result<(), WriteError> {
        match self.moves {
            Some(Half::From(_, old, before)) if self.swaps => {
                replace::stage_swap(self.target, self.after.unwrap_or_default(), before, temporary)?.write(old)
            }
            Some(Half::To(_)) if self.swaps => Ok(()),
            _ => replace::stage(self.target, self.after, self.before, temporary, can_restore, None)?.write(self.target),
        }
    }
}

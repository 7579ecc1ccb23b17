//! Carries out changes to notes: checked again, logged, staged beside the notes, then moved into place.
//!
//! An error leaves every file as it was. After a crash at any moment each file is old or new, the log has both, and `undo`
//! reverts the new ones. Called by every command that edits; `undo` uses it too.

use std::collections::BTreeSet;
use std::collections::HashMap;
use std::collections::HashSet;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;
use std::path::PathBuf;

use thiserror::Error;

use crate::disk::act::Act;
use crate::disk::act::Place;
use crate::disk::entry::is_same_file;
use crate::disk::log::Change;
use crate::disk::log::FileRecord;
use crate::disk::log::FolderMove;
use crate::disk::log::Lock;
use crate::disk::log::Log;
use crate::disk::notebook::Notebook;
use crate::disk::read::Text;
use crate::disk::replace;
use crate::disk::replace::WriteError;
use crate::disk::whole;
use crate::edit::Overlap;
use crate::edit::Splice;
use crate::edit::apply;
use crate::model::Edit;
use crate::model::NotePath;

pub use crate::disk::act::Changed;

/// The context of a change, including what the log records about it.
#[derive(Debug, Clone, Copy)]
pub struct Writer<'a> {
    /// The notebook.
    pub notebook: &'a Notebook,
    /// The user's state folder for Hornbook.
    pub state: &'a Path,
    /// The time for the log, in the form in which it is shown.
    pub now: &'a str,
    /// The command as the user typed it.
    pub command: &'a str,
    /// Only check whether it would work: nothing is written, not even the log.
    pub dry_run: bool,
}

/// Edits of one note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileChange {
    /// Relative to the notes folder.
    pub path: NotePath,
    /// Its new path, if it moves.
    pub to: Option<NotePath>,
    /// As read; `None` to create a note.
    pub text: Option<Text>,
    /// Edits of the decoded text (of an empty text, for a new note), in any order.
    pub edits: Vec<Edit>,
    /// True for a file that is removed.
    pub is_removed: bool,
}

impl FileChange {
    /// Edits a note that was read.
    #[must_use]
    pub fn edit(path: NotePath, text: Text, edits: Vec<Edit>) -> Self {
        Self { path, to: None, text: Some(text), edits, is_removed: false }
    }

    /// Moves a file that was read to an unused path, creating folders as needed, and edits it.
    #[must_use]
    pub fn moved(path: NotePath, to: NotePath, text: Text, edits: Vec<Edit>) -> Self {
        Self { path, to: Some(to), text: Some(text), edits, is_removed: false }
    }

    /// Creates a note, with folders as needed; never overwrites one.
    #[must_use]
    pub fn create(path: NotePath, text: impl Into<String>) -> Self {
        let edits = vec![Edit { start: 0, end: 0, text: text.into() }];
        Self { path, to: None, text: None, edits, is_removed: false }
    }

    /// Removes a file that was read.
    #[must_use]
    pub fn removed(path: NotePath, text: Text) -> Self {
        Self { path, to: None, text: Some(text), edits: Vec::new(), is_removed: true }
    }
}

/// What a command did, or would do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// For `undo N`; `None` when nothing was written.
    pub number: Option<u64>,
    /// Only files that change, in the order given.
    pub files: Vec<Changed>,
}

/// Why changes were not carried out, or not all of them.
#[derive(Debug, Error)]
pub enum CommitError {
    /// The edits overlap, or do not fit the text.
    #[error("{path}: {source}")]
    Edits {
        /// Relative to the notes folder.
        path: NotePath,
        /// What is wrong.
        source: Overlap,
    },
    /// Two changes name the same path, possibly through a symbolic link.
    #[error("{path}: changed twice at once")]
    Twice {
        /// Relative to the notes folder.
        path: NotePath,
    },
    /// A path that does not exist, or leads out of the notes folder.
    #[error("{path}: {source}")]
    Place {
        /// Relative to the notes folder.
        path: NotePath,
        /// What is wrong.
        source: io::Error,
    },
    /// A file exists where a new one should be created.
    #[error("{path}: it already exists")]
    Exists {
        /// Relative to the notes folder.
        path: NotePath,
    },
    /// The log cannot be written, so nothing was changed.
    #[error("{}: the undo log cannot be written, so nothing was changed: {source}", path.display())]
    Log {
        /// The log.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// A file cannot be written; nothing was changed.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// A file could not be written, and files written before it could not be restored.
    #[error("{source}\n{done} of {of} files were changed before that, as change {number}")]
    Partly {
        /// The change's number in the log.
        number: u64,
        /// How many files were changed.
        done: usize,
        /// How many should have been.
        of: usize,
        /// The error that stopped it.
        source: WriteError,
    },
}

/// Carries out `changes`, all of them or none: they are checked, logged, staged, then written. `moved` are folders whose files
/// all move: they follow with their modes, and what is left of them is removed.
///
/// Changes without effect are left out; if none remain, nothing is logged. Changes to one file under several names (hard
/// links) are merged.
///
/// # Errors
///
/// When edits overlap, a file is not what was read, is read-only or leads out of the notebook, a new one
/// exists already, or on I/O errors. Nothing has changed then, except with
/// [`CommitError::Partly`].
pub fn commit(writer: &Writer<'_>, changes: Vec<FileChange>, moved: Vec<FolderMove>) -> Result<Report, CommitError> {
    let mut files = Vec::with_capacity(changes.len());
    for FileChange { path, to, text, edits, is_removed } in changes {
        if let Some(text) = text.as_ref().filter(|_| is_removed) {
            let before = text.bytes().to_vec();
            let splices = vec![Splice::new(0, before.len(), Vec::new())];
            files.push(Changed { path, to, before: Some(before), after: None, splices });
            continue;
        }
        let wrong = |source| CommitError::Edits { path: path.clone(), source };
        let (before, mut splices) = match text {
            Some(text) => {
                let splices = text.splices(&edits).map_err(wrong)?;
                (Some(text.bytes().to_vec()), splices)
            }
            None => (None, edits.iter().map(Splice::from).collect()),
        };
        splices.sort_by_key(|splice| (splice.start, splice.end));
        let after = apply(before.as_deref().unwrap_or_default(), &splices).map_err(wrong)?;
        files.push(Changed { path, to, before, after: Some(after), splices });
    }
    let log = Log::new(writer.state, writer.notebook);
    let lock = lock(writer, &log)?;
    carry_out(writer, &log, lock.as_ref(), None, files, moved)
}

/// Locks out other processes; a dry run needs no lock and creates no folder for one.
pub(crate) fn lock(writer: &Writer<'_>, log: &Log) -> Result<Option<Lock>, CommitError> {
    let wrong = |source| CommitError::Log { path: log.path(), source };
    if writer.dry_run { Ok(None) } else { log.lock().map(Some).map_err(wrong) }
}

/// Carries out changes that are fully worked out.
pub(crate) fn carry_out(
    writer: &Writer<'_>,
    log: &Log,
    lock: Option<&Lock>,
    undoes: Option<u64>,
    mut files: Vec<Changed>,
    moved: Vec<FolderMove>,
) -> Result<Report, CommitError> {
    files.retain(|file| file.before != file.after || file.to.is_some());
    let places = places(writer.notebook, &mut files)?;
    let Some(lock) = lock else { return Ok(Report { number: None, files }) };
    let wrong = |source| CommitError::Log { path: log.path(), source };
    let last = log.last().map_err(wrong)?;
    let number = last.as_ref().map_or(0, |last| last.number) + 1;
    if let Some(last) = last {
        clear(writer.notebook, &last);
    }
    if files.is_empty() && undoes.is_none() {
        return Ok(Report::default());
    }
    let owner = lock.owner();
    let acts = Act::all(&files, &places);
    let records: Vec<FileRecord> = acts.iter().map(|act| act.record(owner)).collect();
    let (time, command) = (writer.now.to_owned(), writer.command.to_owned());
    let folders = missing_folders(writer.notebook, &acts);
    let change = Change { number, time, command, undoes, files: records, folders, moved };
    log.append(&change, lock).map_err(wrong)?;
    // replacing a single file is atomic
    if acts.len() > 1 || change.files.iter().any(|file| file.copy.is_some()) {
        log.begin(number, lock).map_err(wrong)?;
    }
    let written = write(writer.notebook, &change, &acts);
    for FolderMove { from, to } in change.moved.iter().filter(|_| written.is_ok()) {
        whole::take_folders_along(writer.notebook, from, to);
        whole::remove_empty_folders(writer.notebook, from);
    }
    log.end();
    if let Err((source, left)) = written {
        if left == 0 {
            remove_made_folders(writer.notebook, &change);
        } else {
            return Err(CommitError::Partly { number, done: left, of: acts.len(), source });
        }
        // Nothing to undo: recorded, so that the next undo does not try to revert it.
        let (time, command) = (writer.now.to_owned(), "failed".to_owned());
        let undoes = Some(number);
        let (files, folders, moved) = Default::default();
        let none = Change { number: number + 1, time, command, undoes, files, folders, moved };
        let _at_worst_undo_says_so = log.append(&none, lock);
        return Err(source.into());
    }
    Ok(Report { number: Some(number), files })
}

/// Writes every file, or none: all are staged first, and if one cannot be moved into place after all, those before it are
/// changed back. The error has the number of those for which that failed.
fn write(notebook: &Notebook, change: &Change, acts: &[Act<'_>]) -> Result<(), (WriteError, usize)> {
    let mut staged = Vec::with_capacity(acts.len());
    for (index, (act, record)) in acts.iter().zip(&change.files).enumerate() {
        let ready = act.stage(&temporary(notebook, change.number, index), record.copy.is_some());
        staged.push(ready.map_err(|error| (error, 0))?);
    }
    let mut folders: Vec<&Path> = Vec::new();
    for (index, (staged, act)) in staged.into_iter().zip(acts).enumerate() {
        // The bytes of a removed file must be durable at the new path first.
        if act.after.is_none() {
            sync(&mut folders);
        }
        if let Err(error) = staged.write(act.target) {
            let done = acts.iter().zip(&change.files).take(index).enumerate().rev();
            let left = done.filter(|(index, (act, record))| {
                act.revert(&temporary(notebook, change.number, *index), record.copy.is_some()).is_err()
            });
            return Err((error, left.count()));
        }
        folders.extend(act.target.parent());
    }
    sync(&mut folders);
    Ok(())
}

/// Makes the names in folders durable.
fn sync(folders: &mut Vec<&Path>) {
    folders.sort_unstable();
    folders.dedup();
    for folder in folders.drain(..) {
        // The notes are written; at worst a power cut brings back the old ones, complete.
        let _lasting = replace::sync_folder(folder);
    }
}

/// The folders that new files need and that are not there, each before those in it.
fn missing_folders(notebook: &Notebook, acts: &[Act<'_>]) -> Vec<NotePath> {
    let new = acts.iter().filter(|act| act.before.is_none());
    let above = new.flat_map(|act| act.target.ancestors().skip(1).take_while(|folder| !folder.exists()));
    let path = |folder: &Path| Some(NotePath::from_os(folder.strip_prefix(&notebook.root).ok()?.as_os_str()));
    let all: BTreeSet<NotePath> = above.filter_map(path).collect();
    all.into_iter().collect()
}

/// Removes the folders that a change made, where nothing is in them.
pub(crate) fn remove_made_folders(notebook: &Notebook, change: &Change) {
    for folder in change.folders.iter().rev() {
        if let Ok(folder) = notebook.resolve(folder) {
            // fails for folders that are not empty
            let _stays = fs::remove_dir(folder);
        }
    }
}

/// The real path of each change, after checking that it can be carried out. Changes to one file under several names (hard
/// links) are merged under the first name.
fn places(notebook: &Notebook, files: &mut Vec<Changed>) -> Result<Vec<Place>, CommitError> {
    let mut places: Vec<Place> = Vec::with_capacity(files.len());
    let mut by_place: HashSet<PathBuf> = HashSet::new();
    let mut by_inode: HashMap<(u64, u64), usize> = HashMap::new();
    let mut kept: Vec<Changed> = Vec::with_capacity(files.len());
    for file in files.drain(..) {
        let wrong = |source| CommitError::Place { path: file.path.clone(), source };
        let free = |path: &NotePath| {
            notebook.new_place(&notebook.root, path).map_err(|source| match source.kind() {
                io::ErrorKind::AlreadyExists => CommitError::Exists { path: path.clone() },
                _ => CommitError::Place { path: path.clone(), source },
            })
        };
        let mut inode = None;
        let target = match &file.before {
            Some(before) => {
                let target = notebook.resolve(&file.path).map_err(wrong)?;
                let meta = replace::check(&target, before)?;
                inode = Some((meta.dev(), meta.ino()));
                target
            }
            None => free(&file.path)?,
        };
        let swaps = file.to.as_ref().is_some_and(|to| is_same_file(&notebook.path(&file.path), &notebook.path(to)));
        let to = match file.to.as_ref().filter(|_| swaps) {
            // the folder is the same
            Some(to) => Some(target.with_file_name(NotePath::from_escaped(to.file_name()).to_os())),
            None => file.to.as_ref().map(free).transpose()?,
        };
        if !by_place.insert(target.clone()) || to.as_ref().is_some_and(|to| !by_place.insert(to.clone())) {
            return Err(CommitError::Twice { path: file.path });
        }
        let first = inode.and_then(|inode| by_inode.get(&inode).copied()).and_then(|index| kept.get_mut(index));
        if let Some(first) = first {
            merge(first, file)?;
            continue;
        }
        if let Some(inode) = inode {
            by_inode.insert(inode, kept.len());
        }
        places.push(Place { target, to, swaps });
        kept.push(file);
    }
    *files = kept;
    Ok(places)
}

/// Adds the changes of a file under another name; identical ones are kept once.
fn merge(first: &mut Changed, other: Changed) -> Result<(), CommitError> {
    let wrong = |source| CommitError::Edits { path: other.path.clone(), source };
    let (Some(before), Some(_), Some(_)) = (&first.before, &first.after, &other.after) else {
        return Err(CommitError::Twice { path: other.path });
    };
    if first.to.is_some() || other.to.is_some() {
        return Err(CommitError::Twice { path: other.path });
    }
    first.splices.extend(other.splices.iter().cloned());
    first.splices.sort_by(|a, b| (a.start, a.end, &a.bytes).cmp(&(b.start, b.end, &b.bytes)));
    first.splices.dedup();
    first.after = Some(apply(before, &first.splices).map_err(wrong)?);
    Ok(())
}

/// The name of the temporary file for one of the files of a change: hidden, and derivable from the log.
fn temporary(notebook: &Notebook, number: u64, file: usize) -> OsString {
    OsString::from(format!(".hornbook-{}-{number}-{file}.tmp", notebook.id()))
}

/// Removes temporary files left by the last change if it was killed.
fn clear(notebook: &Notebook, last: &Change) {
    for (index, file) in last.files.iter().enumerate() {
        // A note that was to be created may not exist, but its folder may.
        let place = notebook.resolve(&file.path).unwrap_or_else(|_| notebook.path(&file.path));
        if let Some(folder) = place.parent() {
            let temporary = temporary(notebook, last.number, index);
            let _usually_not_there = fs::remove_file(folder.join(&temporary));
            let _usually_not_there = fs::remove_file(folder.join(replace::aside(&temporary)));
        }
    }
}

#[cfg(test)]
mod tests;

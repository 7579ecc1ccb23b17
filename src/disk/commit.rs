//! Changes to notes, carried out: looked at again, logged, then written file by file.
//!
//! After a crash at any moment each file is old or new, and the log knows both. Called by every command that edits;
//! `undo` carries out its changes the same way.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;
use std::path::PathBuf;

use thiserror::Error;
use xxhash_rust::xxh3::xxh3_64;

use crate::disk::config;
use crate::disk::log::Bytes;
use crate::disk::log::Change;
use crate::disk::log::EditRecord;
use crate::disk::log::FileRecord;
use crate::disk::log::Lock;
use crate::disk::log::Log;
use crate::disk::notebook::Notebook;
use crate::disk::read::Text;
use crate::disk::replace;
use crate::disk::replace::WriteError;
use crate::edit::Overlap;
use crate::edit::Splice;
use crate::edit::apply;
use crate::model::Edit;
use crate::model::NotePath;

/// Who changes what, and what the log says about it.
#[derive(Debug, Clone, Copy)]
pub struct Writer<'a> {
    /// Where the notes are.
    pub notebook: &'a Notebook,
    /// The user's state folder for Hornbook.
    pub state: &'a Path,
    /// The time for the log, as it will be shown.
    pub now: &'a str,
    /// The command as the user typed it.
    pub words: &'a str,
    /// Only look whether it would work: nothing is written, not even the log.
    pub dry_run: bool,
}

/// Edits of one note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileChange {
    /// From the notes folder.
    pub path: NotePath,
    /// As read; `None` to make a new note.
    pub text: Option<Text>,
    /// On the decoded text (on nothing, for a new note), in any order.
    pub edits: Vec<Edit>,
}

impl FileChange {
    /// Changes a note that was read.
    #[must_use]
    pub fn edit(path: NotePath, text: Text, edits: Vec<Edit>) -> Self {
        Self { path, text: Some(text), edits }
    }

    /// Makes a new note, with the folders that it needs; never overwrites one.
    #[must_use]
    pub fn create(path: NotePath, text: impl Into<String>) -> Self {
        Self { path, text: None, edits: vec![Edit { start: 0, end: 0, text: text.into() }] }
    }
}

/// What happened to a file, or would.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// From the notes folder.
    pub path: NotePath,
    /// Its bytes; `None` when it did not exist.
    pub before: Option<Vec<u8>>,
    /// Its bytes; `None` when it does not exist any more.
    pub after: Option<Vec<u8>>,
    /// In bytes of the file before, in its order.
    pub splices: Vec<Splice>,
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
    /// The edits contradict one another or the text.
    #[error("{path}: {source}")]
    Edits {
        /// From the notes folder.
        path: NotePath,
        /// What is wrong.
        source: Overlap,
    },
    /// Two changes name the same file, perhaps one of them through a link.
    #[error("{path}: changed twice at once")]
    Twice {
        /// From the notes folder.
        path: NotePath,
    },
    /// A path that leads nowhere, or out of the notes folder.
    #[error("{path}: {source}")]
    Place {
        /// From the notes folder.
        path: NotePath,
        /// What is wrong.
        source: io::Error,
    },
    /// There is a file where a new one should be made.
    #[error("{path}: it exists already")]
    Exists {
        /// From the notes folder.
        path: NotePath,
    },
    /// The log cannot be written, so nothing was changed.
    #[error("{}: the undo log cannot be written, so nothing was changed: {source}", path.display())]
    Log {
        /// The log.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A file cannot be written; nothing was changed.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// Some files were written before one could not be.
    #[error("{source}\n{done} of {of} files were changed before that: `undo {number}` takes them back")]
    Partly {
        /// The change's number in the log.
        number: u64,
        /// How many files have the change.
        done: usize,
        /// How many should have it.
        of: usize,
        /// What stopped it.
        source: WriteError,
    },
}

/// Carries out `changes`: all of them are looked at first, then logged, then written one by one.
///
/// A change that changes nothing is left out; when none is left nothing is logged.
///
/// # Errors
///
/// When edits contradict one another, a file is not what was read, is read-only or leads out of the notebook, a new one
/// exists already, or the system refuses. Nothing has changed then, but for [`CommitError::Partly`].
pub fn commit(writer: &Writer<'_>, changes: Vec<FileChange>) -> Result<Report, CommitError> {
    let mut files = Vec::with_capacity(changes.len());
    for FileChange { path, text, edits } in changes {
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
        files.push(Changed { path, before, after: Some(after), splices });
    }
    let log = Log::new(writer.state, writer.notebook);
    let lock = lock(writer, &log)?;
    carry_out(writer, &log, lock.as_ref(), None, files)
}

/// Keeps other processes out; a dry run needs no lock and makes no folder for one.
pub(crate) fn lock(writer: &Writer<'_>, log: &Log) -> Result<Option<Lock>, CommitError> {
    let wrong = |source| CommitError::Log { path: log.path(), source };
    if writer.dry_run { Ok(None) } else { log.lock().map(Some).map_err(wrong) }
}

/// Carries out what is worked out already.
pub(crate) fn carry_out(
    writer: &Writer<'_>,
    log: &Log,
    lock: Option<&Lock>,
    undoes: Option<u64>,
    mut files: Vec<Changed>,
) -> Result<Report, CommitError> {
    files.retain(|file| file.before != file.after);
    let targets = targets(writer.notebook, &files)?;
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
    let records = files.iter().zip(&targets).map(|(file, target)| record(file, target)).collect();
    let (time, words) = (writer.now.to_owned(), writer.words.to_owned());
    log.append(&Change { number, time, words, undoes, files: records }, lock).map_err(wrong)?;

    let temporary = temporary(writer.notebook, number);
    let mut folders: Vec<&Path> = Vec::new();
    for (done, (file, target)) in files.iter().zip(&targets).enumerate() {
        if let Err(source) = write(file, target, &temporary) {
            if done > 0 {
                return Err(CommitError::Partly { number, done, of: files.len(), source });
            }
            // Nothing to undo: said in the log, so that the next undo does not stumble over it.
            let (time, words) = (writer.now.to_owned(), "failed".to_owned());
            let none = Change { number: number + 1, time, words, undoes: Some(number), files: Vec::new() };
            let _at_worst_undo_says_so = log.append(&none, lock);
            return Err(source.into());
        }
        folders.extend(target.parent());
    }
    folders.sort_unstable();
    folders.dedup();
    for folder in folders {
        // The notes are written; at worst a power cut brings the old ones back, whole.
        let _lasting = replace::sync_folder(folder);
    }
    Ok(Report { number: Some(number), files })
}

fn write(file: &Changed, target: &Path, temporary: &OsString) -> Result<(), WriteError> {
    let io = |source| WriteError::Io { path: target.to_owned(), source };
    match (&file.before, &file.after) {
        (Some(before), Some(after)) => replace::replace(target, before, after, temporary),
        (None, Some(after)) => {
            if let Some(folder) = target.parent() {
                fs::create_dir_all(folder).map_err(io)?;
            }
            replace::create(target, after, temporary).map_err(io)
        }
        // Only `undo` removes, and only a note that was made and is as it was made.
        (Some(before), None) => {
            replace::check(target, before)?;
            fs::remove_file(target).map_err(io)
        }
        (None, None) => Ok(()),
    }
}

/// The real file of each change, after looking whether it can be carried out.
fn targets(notebook: &Notebook, files: &[Changed]) -> Result<Vec<PathBuf>, CommitError> {
    let mut targets = Vec::with_capacity(files.len());
    for file in files {
        let wrong = |source| CommitError::Place { path: file.path.clone(), source };
        let target = match &file.before {
            Some(before) => {
                let target = notebook.resolve(&file.path).map_err(wrong)?;
                replace::check(&target, before)?;
                target
            }
            None => new_place(notebook, &file.path)?,
        };
        targets.push(target);
    }
    let mut sorted: Vec<(&PathBuf, &Changed)> = targets.iter().zip(files).collect();
    sorted.sort_by_key(|(target, _)| *target);
    for pair in sorted.windows(2) {
        if let [(first, _), (second, file)] = pair
            && first == second
        {
            return Err(CommitError::Twice { path: file.path.clone() });
        }
    }
    Ok(targets)
}

/// Where a new note goes: a free place inside the notes folder, links resolved as far as folders exist.
fn new_place(notebook: &Notebook, path: &NotePath) -> Result<PathBuf, CommitError> {
    let wrong = |source| CommitError::Place { path: path.clone(), source };
    let outside = || wrong(io::Error::new(io::ErrorKind::PermissionDenied, "it leads out of the notes folder"));
    if !config::is_inside(path.as_str()) {
        return Err(outside());
    }
    let place = notebook.path(path);
    if place.symlink_metadata().is_ok() {
        return Err(CommitError::Exists { path: path.clone() });
    }
    // The nearest folder that exists decides: what is made below it holds no links.
    for folder in place.ancestors().skip(1) {
        match folder.canonicalize() {
            Ok(real) if real.starts_with(&notebook.root) => {
                let rest = place.strip_prefix(folder).unwrap_or(&place);
                return Ok(real.join(rest));
            }
            Ok(_) => return Err(outside()),
            // A link to nowhere is no folder to be made.
            Err(error) if folder.symlink_metadata().is_ok() => return Err(wrong(error)),
            Err(_) => {}
        }
    }
    Err(outside())
}

fn record(file: &Changed, target: &Path) -> FileRecord {
    let before = file.before.as_deref().unwrap_or_default();
    let edit = |splice: &Splice| EditRecord {
        at: splice.start,
        old: Bytes(before.get(splice.start..splice.end).unwrap_or_default().to_vec()),
        new: Bytes(splice.bytes.clone()),
    };
    // A file with several names is written in place: a power cut could leave half of it.
    let in_place = file.before.is_some() && target.metadata().is_ok_and(|meta| meta.nlink() > 1);
    FileRecord {
        path: file.path.clone(),
        before: file.before.as_deref().map(xxh3_64),
        after: file.after.as_deref().map(xxh3_64),
        edits: file.splices.iter().map(edit).collect(),
        copy: in_place.then(|| Bytes(before.to_vec())),
    }
}

/// The name of the temporary files of a change: hidden, ours, and told by the log.
fn temporary(notebook: &Notebook, number: u64) -> OsString {
    OsString::from(format!(".hornbook-{}-{number}.tmp", notebook.id()))
}

/// Removes the temporary file that the last change left if it was killed.
fn clear(notebook: &Notebook, last: &Change) {
    let temporary = temporary(notebook, last.number);
    // A note that was to be made may not be there, its folder may.
    let place = |file: &FileRecord| notebook.resolve(&file.path).unwrap_or_else(|_| notebook.path(&file.path));
    let mut folders: Vec<PathBuf> =
        last.files.iter().filter_map(|file| Some(place(file).parent()?.to_owned())).collect();
    folders.dedup();
    for folder in folders {
        let _usually_not_there = fs::remove_file(folder.join(&temporary));
    }
}

//! Writing a file: all of it or nothing of it, and only where the file is still what was read.
//!
//! Not here: the undo log, which must be safe on disk before a note is replaced (see `commit`).

use std::ffi::OsStr;
use std::fs;
use std::fs::File;
use std::io;
use std::io::Write as _;
use std::os::unix::fs::FileExt as _;
use std::os::unix::fs::MetadataExt as _;
use std::os::unix::fs::fchown;
use std::path::Path;
use std::path::PathBuf;

use tempfile::NamedTempFile;
use thiserror::Error;

use crate::disk::read;

/// Why a file was not written. Nothing of it has changed then.
#[derive(Debug, Error)]
pub enum WriteError {
    /// It is not what was read any more.
    #[error("{}: it has changed since it was read", path.display())]
    Changed {
        /// The file.
        path: PathBuf,
    },
    /// Its owner does not want it written.
    #[error("{}: it is read-only", path.display())]
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
    /// A new file cannot be made beside it.
    #[error("{}: nothing can be written in its folder: {source}", path.display())]
    Folder {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// Anything else.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

/// Makes a new file, with its whole text or not at all; never overwrites. `temporary` names a file of ours in the same
/// folder.
///
/// # Errors
///
/// `AlreadyExists` when there is something of that name, be it a link to nowhere; else what the system says.
pub fn create(path: &Path, bytes: &[u8], temporary: &OsStr) -> io::Result<()> {
    let folder = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
    let mut file = temporary_file(folder, temporary, Some(new_file()))?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    drop(file.persist_noclobber(path).map_err(|error| error.error)?);
    sync_folder(folder)
}

/// A file that is removed again unless it is moved into its place. What a killed process left under the name goes.
fn temporary_file(folder: &Path, name: &OsStr, mode: Option<fs::Permissions>) -> io::Result<NamedTempFile> {
    let _left = fs::remove_file(folder.join(name));
    let mut builder = tempfile::Builder::new();
    builder.prefix(name).rand_bytes(0);
    if let Some(mode) = mode {
        builder.permissions(mode);
    }
    builder.tempfile_in(folder)
}

/// What a new note may do, before the user's mask.
fn new_file() -> fs::Permissions {
    std::os::unix::fs::PermissionsExt::from_mode(0o666)
}

/// Makes the names in a folder lasting.
///
/// # Errors
///
/// What the system says.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Says early whether [`replace`] would refuse: all but the folder is looked at, nothing is written.
///
/// # Errors
///
/// As [`replace`].
pub fn check(target: &Path, before: &[u8]) -> Result<fs::Metadata, WriteError> {
    let io = |source| WriteError::Io { path: target.to_owned(), source };
    let meta = target.symlink_metadata().map_err(io)?;
    if !meta.is_file() {
        return Err(io(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file")));
    }
    // Root may write everything: the mode says what the owner wants.
    if meta.permissions().readonly() {
        return Err(WriteError::ReadOnly { path: target.to_owned() });
    }
    let changed = WriteError::Changed { path: target.to_owned() };
    if meta.len() != before.len() as u64 {
        return Err(changed);
    }
    let bytes = read::bytes(target, meta.len()).map_err(io)?;
    if bytes == before { Ok(meta) } else { Err(changed) }
}

/// Replaces the whole file `target`, which must hold `before`, by `after`.
///
/// `target` is no link (see `Notebook::resolve`). A temporary file named `temporary` is written in the same folder, with
/// the mode and owner of the old one, made lasting and moved over it; the folder is for the caller to make lasting
/// ([`sync_folder`]). A file with several names (hard links) is written in place, so that they stay one file: the caller
/// must have a lasting copy of `before`.
///
/// # Errors
///
/// When the file does not hold `before`, is read-only, or the system refuses. The file has its old bytes then, except
/// where writing in place was cut off.
pub fn replace(target: &Path, before: &[u8], after: &[u8], temporary: &OsStr) -> Result<(), WriteError> {
    let io = |source| WriteError::Io { path: target.to_owned(), source };
    let meta = check(target, before)?;
    if meta.nlink() > 1 {
        return write_in_place(target, before, after).map_err(io);
    }
    let Some(folder) = target.parent() else { return Err(io(io::ErrorKind::InvalidInput.into())) };
    let mut file = temporary_file(folder, temporary, None)
        .map_err(|source| WriteError::Folder { path: target.to_owned(), source })?;
    // The owner first, because changing it clears bits of the mode. Who may not give a file away keeps it.
    let _kept = fchown(file.as_file(), Some(meta.uid()), Some(meta.gid()))
        .or_else(|_| fchown(file.as_file(), None, Some(meta.gid())));
    file.as_file().set_permissions(meta.permissions()).map_err(io)?;
    file.write_all(after).map_err(io)?;
    file.as_file().sync_all().map_err(io)?;
    let now = check(target, before)?;
    if (now.dev(), now.ino()) != (meta.dev(), meta.ino()) {
        return Err(WriteError::Changed { path: target.to_owned() });
    }
    drop(file.persist(target).map_err(|error| io(error.error))?);
    Ok(())
}

/// Writes the bytes that differ, and no others: one system call for a tick.
fn write_in_place(target: &Path, before: &[u8], after: &[u8]) -> io::Result<()> {
    let (start, end) = if before.len() == after.len() {
        let differ = |(old, new): (&u8, &u8)| old != new;
        let start = before.iter().zip(after).position(differ).unwrap_or(after.len());
        (start, before.iter().zip(after).rposition(differ).map_or(start, |last| last + 1))
    } else {
        (before.iter().zip(after).take_while(|(old, new)| old == new).count(), after.len())
    };
    let file = File::options().write(true).open(target)?;
    file.write_all_at(after.get(start..end).unwrap_or_default(), start as u64)?;
    if after.len() < before.len() {
        file.set_len(after.len() as u64)?;
    }
    file.sync_all()
}

//! Writes a file completely or not at all, and only if it still is what was read.
//!
//! The undo log must be safe on disk before a note is replaced; that is the task of `commit`.

use std::ffi::OsStr;
use std::ffi::OsString;
use std::fs;
use std::fs::File;
use std::io;
use std::io::Read as _;
use std::io::Write as _;
use std::os::unix::fs::FileExt as _;
use std::os::unix::fs::MetadataExt as _;
use std::os::unix::fs::fchown;
use std::path::Path;
use std::path::PathBuf;

use tempfile::NamedTempFile;
use tempfile::TempPath;
use thiserror::Error;

/// Why a file was not written. It is unchanged then.
#[derive(Debug, Error)]
pub enum WriteError {
    /// It is no longer what was read.
    #[error("{}: it has changed since it was read", path.display())]
    Changed {
        /// The file.
        path: PathBuf,
    },
    /// Its permissions forbid writing.
    #[error("{}: it is read-only", path.display())]
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
    /// Another user owns the file: replacing it would change the owner, and it cannot be written in place.
    #[error("{}: it belongs to another user, and cannot be written without making it yours ({source})", path.display())]
    Owner {
        /// The file.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// No new file can be created beside it.
    #[error("{}: nothing can be written in its folder: {source}", path.display())]
    Folder {
        /// The file.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// Anything else.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
}

/// Creates a file, with its whole contents or not at all; never overwrites. `temporary` is the name of a temporary file in the
/// same folder.
///
/// # Errors
///
/// `AlreadyExists` if there is something with that name, even a dangling link; other I/O errors.
pub fn create(path: &Path, bytes: &[u8], temporary: &OsStr) -> io::Result<()> {
    let folder = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
    stage_new(folder, bytes, temporary)?.persist_noclobber(path).map_err(|error| error.error)?;
    sync_folder(folder)
}

/// Writes the contents of a new file under its temporary name, durably.
fn stage_new(folder: &Path, bytes: &[u8], temporary: &OsStr) -> io::Result<TempPath> {
    let mut file = temporary_file(folder, temporary, Some(new_file()))?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    Ok(file.into_temp_path())
}

/// A file under its temporary name beside its new place: if its bytes stay the same, a hard link to the old one, which keeps all
/// its metadata.
fn stage_moved(model: &Path, folder: &Path, bytes: &[u8], temporary: &OsStr) -> io::Result<TempPath> {
    let meta = model.metadata()?;
    let name = folder.join(temporary);
    let _left = fs::remove_file(&name);
    if sized(model, meta.len())? == bytes && fs::hard_link(model, &name).is_ok() {
        return TempPath::try_from_path(name);
    }
    let new = stage_new(folder, bytes, temporary)?;
    fs::set_permissions(&new, meta.permissions())?;
    Ok(new)
}

/// A file that is removed unless it is moved into place. A leftover of a killed process under that name is removed.
fn temporary_file(folder: &Path, name: &OsStr, mode: Option<fs::Permissions>) -> io::Result<NamedTempFile> {
    let _left = fs::remove_file(folder.join(name));
    let mut builder = tempfile::Builder::new();
    builder.prefix(name).rand_bytes(0);
    if let Some(mode) = mode {
        builder.permissions(mode);
    }
    builder.tempfile_in(folder)
}

/// The permissions of a new note, before the umask.
fn new_file() -> fs::Permissions {
    std::os::unix::fs::PermissionsExt::from_mode(0o666)
}

/// Makes the names in a folder durable.
///
/// # Errors
///
/// I/O errors.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// The bytes of a file of this size; one more if it has grown.
pub(crate) fn sized(path: &Path, size: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
    File::open(path)?.take(size.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Checks that `target` is a writable regular file that contains `before`.
///
/// # Errors
///
/// If it is not, and on I/O errors.
pub fn check(target: &Path, before: &[u8]) -> Result<fs::Metadata, WriteError> {
    let io = |source| WriteError::Io { path: target.to_owned(), source };
    let meta = target.symlink_metadata().map_err(io)?;
    if !meta.is_file() {
        return Err(io(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file")));
    }
    // Root may write everything, so check the mode.
    if meta.permissions().readonly() {
        return Err(WriteError::ReadOnly { path: target.to_owned() });
    }
    let changed = WriteError::Changed { path: target.to_owned() };
    if meta.len() != before.len() as u64 {
        return Err(changed);
    }
    let bytes = sized(target, meta.len()).map_err(io)?;
    if bytes == before { Ok(meta) } else { Err(changed) }
}

/// A file that is ready to be written: everything that can fail earlier has succeeded. Dropping it leaves everything as it was.
#[derive(Debug)]
pub(crate) enum Staged<'b> {
    /// The new bytes are in a temporary file, which is renamed over the target if that is still the same file (device, inode).
    Replace { temporary: TempPath, before: &'b [u8], file: (u64, u64) },
    /// A file with several names or another owner must stay the same file: its bytes are changed in place.
    InPlace { before: &'b [u8], after: &'b [u8] },
    /// A new file, moved to an unused name.
    Create { temporary: TempPath },
    /// Removed, if it still has these bytes.
    Remove { before: &'b [u8] },
    /// A file that gets another writing of its name, on a disk where both are the same: the old one goes aside first.
    Swap { temporary: TempPath, old: PathBuf, aside: PathBuf, before: &'b [u8] },
    /// Nothing is left to do.
    Done,
}

/// Prepares the move of a file to a name that is the same to the disk. The caller must have a durable copy of `before`, since for a
/// moment the file has neither of its names.
///
/// # Errors
///
/// As [`stage`].
pub(crate) fn stage_swap<'b>(
    old: &Path,
    before: &'b [u8],
    after: &[u8],
    temporary: &OsStr,
) -> Result<Staged<'b>, WriteError> {
    let io = |source| WriteError::Io { path: old.to_owned(), source };
    check(old, before)?;
    let folder = old.parent().ok_or_else(|| io(io::ErrorKind::InvalidInput.into()))?;
    let aside = folder.join(aside(temporary));
    let _left = fs::remove_file(&aside);
    let new = stage_moved(old, folder, after, temporary).map_err(io)?;
    Ok(Staged::Swap { temporary: new, old: old.to_owned(), aside, before })
}

/// Where a file goes for the moment of a swap.
pub(crate) fn aside(temporary: &OsStr) -> OsString {
    let mut name = temporary.to_owned();
    name.push("~");
    name
}

/// Prepares a file: `before` are its current bytes (`None`: it does not exist), `after` its new ones (`None`: it will be
/// removed). Folders for a new file are created.
///
/// `target` must not be a link (see `Notebook::resolve`). `temporary` is the name of a temporary file in the same folder; it gets
/// the mode and owner of the old one. `can_restore` says that the caller has a durable copy of `before`: only then is a file
/// written in place. `model` is the file that moves here: a new file gets its mode, or is a hard link to it if the bytes are the
/// same.
///
/// # Errors
///
/// If the file does not contain `before`, is read-only, belongs to another user and cannot stay theirs, or on I/O errors.
pub(crate) fn stage<'b>(
    target: &Path,
    before: Option<&'b [u8]>,
    after: Option<&'b [u8]>,
    temporary: &OsStr,
    can_restore: bool,
    model: Option<&Path>,
) -> Result<Staged<'b>, WriteError> {
    let io = |source| WriteError::Io { path: target.to_owned(), source };
    let beside = |source| WriteError::Folder { path: target.to_owned(), source };
    let folder = target.parent().ok_or_else(|| io(io::ErrorKind::InvalidInput.into()))?;
    let Some(before) = before else {
        fs::create_dir_all(folder).map_err(io)?;
        let after = after.unwrap_or_default();
        let new = match model {
            Some(model) => stage_moved(model, folder, after, temporary),
            None => stage_new(folder, after, temporary),
        };
        return Ok(Staged::Create { temporary: new.map_err(io)? });
    };
    let meta = check(target, before)?;
    let Some(after) = after else { return Ok(Staged::Remove { before }) };
    let in_place = || match File::options().write(true).open(target) {
        Ok(_) if can_restore => Ok(Staged::InPlace { before, after }),
        Ok(_) => Err(io::Error::other("it has no copy to go back to")),
        Err(error) => Err(error),
    };
    if meta.nlink() > 1 {
        return in_place().map_err(io);
    }
    let mut file = temporary_file(folder, temporary, None).map_err(beside)?;
    // The owner first, because changing it clears bits of the mode.
    let _looked_at_below = fchown(file.as_file(), Some(meta.uid()), Some(meta.gid()));
    let made = file.as_file().metadata().map_err(io)?;
    if (made.uid(), made.gid()) != (meta.uid(), meta.gid()) {
        return in_place().map_err(|source| WriteError::Owner { path: target.to_owned(), source });
    }
    file.as_file().set_permissions(meta.permissions()).map_err(io)?;
    file.write_all(after).map_err(io)?;
    file.as_file().sync_all().map_err(io)?;
    Ok(Staged::Replace { temporary: file.into_temp_path(), before, file: (meta.dev(), meta.ino()) })
}

impl Staged<'_> {
    /// Writes the file; the caller must make its folder durable ([`sync_folder`]).
    ///
    /// # Errors
    ///
    /// If the file no longer has its old bytes, and on I/O errors. It has its old bytes then.
    pub(crate) fn write(self, target: &Path) -> Result<(), WriteError> {
        let io = |source| WriteError::Io { path: target.to_owned(), source };
        match self {
            Self::Replace { temporary, before, file } => {
                let now = check(target, before)?;
                if (now.dev(), now.ino()) != file {
                    return Err(WriteError::Changed { path: target.to_owned() });
                }
                temporary.persist(target).map_err(|error| io(error.error))
            }
            Self::InPlace { before, after } => {
                check(target, before)?;
                write_in_place(target, before, after).map_err(|error| {
                    // A full disk must not leave half of it; if this fails too, the undo log has the bytes.
                    let _restored = restore(target, before);
                    io(error)
                })
            }
            Self::Create { temporary } => temporary.persist_noclobber(target).map_err(|error| io(error.error)),
            Self::Remove { before } => {
                check(target, before)?;
                fs::remove_file(target).map_err(io)
            }
            Self::Swap { temporary, old, aside, before } => {
                check(&old, before)?;
                fs::rename(&old, &aside).map_err(io)?;
                if let Err(error) = temporary.persist_noclobber(target) {
                    let _back = fs::rename(&aside, &old);
                    return Err(io(error.error));
                }
                fs::remove_file(&aside).map_err(io)
            }
            Self::Done => Ok(()),
        }
    }
}

/// Writes all of a file in place.
fn restore(target: &Path, bytes: &[u8]) -> io::Result<()> {
    let file = File::options().write(true).open(target)?;
    file.set_len(bytes.len() as u64)?;
    file.write_all_at(bytes, 0)?;
    file.sync_all()
}

/// Writes only the bytes that differ: one system call for a tick.
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

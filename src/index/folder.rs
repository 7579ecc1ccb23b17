//! The folder of an index: its name, its lock, and files that are never synced to disk.
//!
//! Nothing here is worth keeping: a lost, truncated or stale index is built again from the notes.
//! Called by the sync; knows nothing of notes.

use std::fs;
use std::fs::File;
use std::fs::OpenOptions;
use std::io;
use std::io::BufWriter;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;

use tantivy::Directory;
use tantivy::Index;
use tantivy::directory::AntiCallToken;
use tantivy::directory::DirectoryLock;
use tantivy::directory::FileHandle;
use tantivy::directory::Lock;
use tantivy::directory::MmapDirectory;
use tantivy::directory::TerminatingWrite;
use tantivy::directory::WatchCallback;
use tantivy::directory::WatchHandle;
use tantivy::directory::WritePtr;
use tantivy::directory::error::DeleteError;
use tantivy::directory::error::LockError;
use tantivy::directory::error::OpenReadError;
use tantivy::directory::error::OpenWriteError;
use tantivy::index::SegmentId;

use crate::disk::Stamp;
use crate::index::error::Error;
use crate::index::schema;

/// Must be increased whenever the schema, the tokenizer, the facts or the parser change what is written.
const FORMAT: u32 = 5;

/// Records which files were last known to be complete, and during which boot.
const SEAL: &str = "seal";

/// The folder of an index of this format and these settings.
pub(crate) fn of(cache: &Path, fingerprint: u64) -> PathBuf {
    cache.join(format!("index-{FORMAT}-{fingerprint:016x}"))
}

/// Opens the index in a folder; `None` if there is none.
///
/// # Errors
///
/// If it is damaged: the caller then drops the folder and builds it again.
pub(crate) fn open(folder: &Path) -> Result<Option<Index>, Error> {
    if !folder.join("meta.json").try_exists().map_err(Error::new)? {
        return Ok(None);
    }
    // Without its list of files an index gives correct answers, but never removes old files.
    if !folder.join(".managed.json").try_exists().map_err(Error::new)? {
        return Err(Error::new("its list of files is gone"));
    }
    let directory = Unsynced::open(folder)?;
    let mut index = Index::open(directory.clone())?;
    if index.schema() != schema::schema() {
        return Err(Error::new("it has another layout"));
    }
    index.set_tokenizers(schema::tokenizers());
    verify(&index, folder, &directory)?;
    Ok(Some(index))
}

/// Identifies a commit of an index; equal until the next commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Commit([Option<Vec<u8>>; 2]);

/// The last commit of the index in a folder.
pub(crate) fn commit(folder: &Path) -> Commit {
    Commit(["meta.json", ".managed.json"].map(|file| fs::read(folder.join(file)).ok()))
}

/// Creates an empty index in a folder, and removes those of other versions and settings.
pub(crate) fn create(folder: &Path) -> Result<Index, Error> {
    fs::create_dir_all(folder).map_err(Error::new)?;
    let directory = Unsynced::open(folder)?;
    let mut index = Index::create(directory.clone(), schema::schema(), tantivy::IndexSettings::default())?;
    index.set_tokenizers(schema::tokenizers());
    remove_others(folder);
    Ok(index)
}

/// An empty index in memory.
pub(crate) fn in_memory() -> Result<Index, Error> {
    let mut index = Index::builder().schema(schema::schema()).create_in_ram()?;
    index.set_tokenizers(schema::tokenizers());
    Ok(index)
}

/// Removes an index with all its files.
pub(crate) fn remove(folder: &Path) -> Result<(), Error> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Error::new(error)),
        _ => Ok(()),
    }
}

/// The right to write: held until the value is dropped, and released by the system if the process dies.
#[derive(Debug)]
pub(crate) struct Turn(#[expect(dead_code, reason = "the lock lives as long as the file is open")] File);

/// Takes the right to write, unless another process has it.
///
/// The lock file is beside the index, so that its holder may remove the index. The lock is taken before the index is opened for
/// writing, because tantivy loses track of files of commits that it did not see.
pub(crate) fn take_turn(cache: &Path) -> Result<Option<Turn>, Error> {
    fs::create_dir_all(cache).map_err(Error::new)?;
    let file =
        OpenOptions::new().write(true).create(true).truncate(false).open(cache.join("lock")).map_err(Error::new)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(Turn(file))),
        Err(fs::TryLockError::WouldBlock) => Ok(None),
        Err(fs::TryLockError::Error(error)) => Err(Error::new(error)),
    }
}

/// Removes the indexes of other versions and settings beside this one.
fn remove_others(folder: &Path) {
    let Some(entries) = folder.parent().and_then(|cache| fs::read_dir(cache).ok()) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path != folder && entry.file_name().to_string_lossy().starts_with("index-") {
            // What cannot be removed now is tried again the next time.
            drop(fs::remove_dir_all(path));
        }
    }
}

/// Records that the files of an index are as our own commit left them.
pub(crate) fn seal(index: &Index, folder: &Path) -> Result<(), Error> {
    Unsynced::open(folder)?.atomic_write(Path::new(SEAL), marks(index, folder)?.as_bytes()).map_err(Error::new)
}

/// Verifies all checksums if a file is not as the last commit left it, and once after every boot: a power cut
/// can destroy pages in the middle of an unsynced file.
fn verify(index: &Index, folder: &Path, directory: &Unsynced) -> Result<(), Error> {
    let marks = marks(index, folder)?;
    if fs::read_to_string(folder.join(SEAL)).is_ok_and(|known| known == marks) {
        return Ok(());
    }
    if !index.validate_checksum()?.is_empty() {
        return Err(Error::new("its checksums are wrong"));
    }
    // An unwritable folder can still be read; it is checked again the next time.
    drop(directory.atomic_write(Path::new(SEAL), marks.as_bytes()));
    Ok(())
}

/// A fingerprint of the index files, to notice changes by others.
fn marks(index: &Index, folder: &Path) -> Result<String, Error> {
    let segments: Vec<String> = index.searchable_segment_ids()?.iter().map(SegmentId::uuid_string).collect();
    let mut marks = Vec::new();
    for entry in fs::read_dir(folder).map_err(Error::new)? {
        let entry = entry.map_err(Error::new)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if !segments.iter().any(|segment| name.starts_with(segment)) {
            continue;
        }
        let stamp = Stamp::from(&entry.metadata().map_err(Error::new)?);
        marks.push(format!("{name} {} {} {} {}\n", stamp.size, stamp.mtime, stamp.ctime, stamp.inode));
    }
    marks.sort_unstable();
    Ok(boot().unwrap_or_default() + &marks.concat())
}

/// An id of the machine's current boot, if the system has one.
fn boot() -> Option<String> {
    fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()
}

/// A memory-mapped folder whose files are not fsynced: a commit takes 7 ms instead of 60.
#[derive(Clone, Debug)]
struct Unsynced {
    mapped: MmapDirectory,
    root: PathBuf,
}

struct Plain(File);

impl Write for Plain {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl TerminatingWrite for Plain {
    fn terminate_ref(&mut self, _: AntiCallToken) -> io::Result<()> {
        Ok(())
    }
}

impl Unsynced {
    fn open(root: &Path) -> Result<Self, Error> {
        Ok(Self { mapped: MmapDirectory::open(root).map_err(Error::new)?, root: root.to_path_buf() })
    }
}

impl Directory for Unsynced {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.mapped.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.mapped.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.mapped.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let file = OpenOptions::new().write(true).create_new(true).open(self.root.join(path)).map_err(|error| {
            if error.kind() == io::ErrorKind::AlreadyExists {
                OpenWriteError::FileAlreadyExists(path.to_path_buf())
            } else {
                OpenWriteError::wrap_io_error(error, path.to_path_buf())
            }
        })?;
        Ok(BufWriter::new(Box::new(Plain(file))))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.mapped.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        let path = self.root.join(path);
        let folder = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
        let mut file = tempfile::Builder::new().tempfile_in(folder)?;
        file.write_all(data)?;
        file.into_temp_path().persist(path)?;
        Ok(())
    }

    fn sync_directory(&self) -> io::Result<()> {
        Ok(())
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        self.mapped.acquire_lock(lock)
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.mapped.watch(callback)
    }
}

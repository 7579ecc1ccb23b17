//! The undo log: what was changed, so that it can be reverted.
//!
//! One JSON line per change, made durable *before* any note is replaced. So after a crash the log has at least what
//! happened, and a file's hash tells whether it did. It is in the user's state folder, not in the notebook, and
//! does not depend on the index.

use std::fs;
use std::fs::DirBuilder;
use std::fs::File;
use std::fs::TryLockError;
use std::io;
use std::io::Write as _;
use std::os::unix::fs::DirBuilderExt as _;
use std::os::unix::fs::MetadataExt as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::path::PathBuf;
use std::time::Duration;

use serde::Deserialize;
use serde::Serialize;

use crate::disk::locate::EditedLines;
use crate::disk::notebook::Notebook;
use crate::disk::replace;
use crate::edit::Splice;
use crate::model::NotePath;

/// In bytes; a larger log is cut to its newest half.
const MAX_LOG: usize = 8 << 20;
/// How many times to try for the lock, 10 ms apart.
const TRIES: u32 = 500;

/// What one command changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// From 1; never reused.
    pub number: u64,
    /// When, as given by the caller.
    pub time: String,
    /// The command as the user typed it.
    #[serde(rename = "words")]
    pub command: String,
    /// The change that this one undoes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undoes: Option<u64>,
    /// In the order in which they are written.
    pub files: Vec<FileRecord>,
    /// Folders that it made, each before those in it: an undo removes those that are empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub folders: Vec<NotePath>,
    /// Folders that moved with all that is in them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub moved: Vec<FolderMove>,
}

/// A folder that moves with all that is in it; its files are recorded one by one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FolderMove {
    /// Where it is.
    pub from: NotePath,
    /// Where it goes.
    pub to: NotePath,
}

/// The effect of a change on one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRecord {
    /// Relative to the notes folder.
    pub path: NotePath,
    /// xxh3 of its bytes before; `None` if it did not exist.
    pub before: Option<u64>,
    /// xxh3 of its bytes after; `None` if it no longer exists.
    pub after: Option<u64>,
    /// In the order of the file.
    pub edits: Vec<EditRecord>,
    /// Its whole contents before, if it may be written in place (hard links, another owner).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copy: Option<Bytes>,
    /// For a file that moved here, its old path: the bytes there are those here without the edits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<NotePath>,
    /// For a file that moved away, its new path.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<NotePath>,
}

/// A replacement of bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditRecord {
    /// First byte, in the file before the change.
    pub at: usize,
    /// The replaced bytes.
    pub old: Bytes,
    /// The new bytes.
    pub new: Bytes,
    /// Its lines after the change, to find it again when the rest of the file has changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lines: Option<EditedLines>,
}

impl FileRecord {
    /// The splices that revert the edits: offsets in the file after the change, in order.
    #[must_use]
    pub fn inverse(&self) -> Vec<Splice> {
        let (mut grown, mut shrunk) = (0, 0);
        let splice = |edit: &EditRecord| {
            let start = (edit.at + grown).saturating_sub(shrunk);
            grown += edit.new.0.len();
            shrunk += edit.old.0.len();
            Splice::new(start, start + edit.new.0.len(), edit.old.0.clone())
        };
        self.edits.iter().map(splice).collect()
    }
}

/// Bytes in JSON: a string if they are UTF-8, else `{"hex": "…"}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Written", into = "Written")]
pub struct Bytes(pub Vec<u8>);

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Written {
    Text(String),
    Hex { hex: String },
}

impl From<Bytes> for Written {
    fn from(bytes: Bytes) -> Self {
        match String::from_utf8(bytes.0) {
            Ok(text) => Self::Text(text),
            Err(error) => {
                use std::fmt::Write as _;
                let bytes = error.as_bytes();
                let mut hex = String::with_capacity(bytes.len() * 2);
                for byte in bytes {
                    // Writing to a string cannot fail.
                    let _ = write!(hex, "{byte:02x}");
                }
                Self::Hex { hex }
            }
        }
    }
}

impl From<Written> for Bytes {
    fn from(written: Written) -> Self {
        match written {
            Written::Text(text) => Self(text.into_bytes()),
            Written::Hex { hex } => {
                let pairs = hex.as_bytes().chunks(2).filter_map(|pair| std::str::from_utf8(pair).ok());
                Self(pairs.filter_map(|pair| u8::from_str_radix(pair, 16).ok()).collect())
            }
        }
    }
}

/// The undo log of a notebook. Creating this value does not touch the disk.
#[derive(Debug, Clone)]
pub struct Log {
    folder: PathBuf,
}

/// Held while changes are made, by one process at a time. Released however the process ends.
#[derive(Debug)]
pub struct Lock(File);

impl Lock {
    /// The user and group that own files created here: those of the lock file.
    pub(crate) fn owner(&self) -> Option<(u32, u32)> {
        self.0.metadata().ok().map(|meta| (meta.uid(), meta.gid()))
    }
}

impl Log {
    /// The log of `notebook` below `state`, the user's state folder for Hornbook.
    #[must_use]
    pub fn new(state: &Path, notebook: &Notebook) -> Self {
        Self { folder: state.join(notebook.id()) }
    }

    /// The path of the log file.
    #[must_use]
    pub fn path(&self) -> PathBuf {
        self.folder.join("undo.jsonl")
    }

    /// Waits for other processes, at most five seconds, and locks them out.
    ///
    /// # Errors
    ///
    /// `WouldBlock` if another process holds it too long; other I/O errors.
    pub fn lock(&self) -> io::Result<Lock> {
        // The notes of people are private.
        DirBuilder::new().recursive(true).mode(0o700).create(&self.folder)?;
        let path = self.folder.join("lock");
        let file = File::options().create(true).truncate(false).write(true).mode(0o600).open(path)?;
        for _ in 0..TRIES {
            match file.try_lock() {
                Ok(()) => return Ok(Lock(file)),
                Err(TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(10)),
                Err(TryLockError::Error(error)) => return Err(error),
            }
        }
        Err(io::Error::new(io::ErrorKind::WouldBlock, "another process is changing this notebook"))
    }

    /// Every change that can still be undone, oldest first. Lines that were cut off or damaged are skipped.
    ///
    /// # Errors
    ///
    /// I/O errors. A missing log is empty.
    pub fn list(&self) -> io::Result<Vec<Change>> {
        let bytes = self.bytes()?;
        Ok(lines(&bytes).filter_map(|line| serde_json::from_slice(line).ok()).collect())
    }

    /// The newest change.
    ///
    /// # Errors
    ///
    /// As [`Log::list`].
    pub fn last(&self) -> io::Result<Option<Change>> {
        let bytes = self.bytes()?;
        let lines: Vec<&[u8]> = lines(&bytes).collect();
        Ok(lines.into_iter().rev().find_map(|line| serde_json::from_slice(line).ok()))
    }

    fn bytes(&self) -> io::Result<Vec<u8>> {
        match fs::read(self.path()) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
            result => result,
        }
    }

    /// Adds a change and syncs it to disk. `_lock` proves that no other process does.
    ///
    /// # Errors
    ///
    /// I/O errors; nothing may be changed then.
    pub fn append(&self, change: &Change, _lock: &Lock) -> io::Result<()> {
        let mut line = serde_json::to_vec(change)?;
        line.push(b'\n');
        let bytes = self.bytes()?;
        if bytes.len() + line.len() > MAX_LOG {
            self.shorten(&bytes)?;
        }
        // A partial line from a killed process stays on its own, and is skipped later.
        if bytes.last().is_some_and(|&last| last != b'\n') {
            line.insert(0, b'\n');
        }
        let new = bytes.is_empty();
        let mut file = File::options().create(true).append(true).mode(0o600).open(self.path())?;
        file.write_all(&line)?;
        file.sync_data()?;
        if new { replace::sync_folder(&self.folder) } else { Ok(()) }
    }

    /// Records that this change is being written, until [`Log::end`].
    pub(crate) fn begin(&self, number: u64, _lock: &Lock) -> io::Result<()> {
        let mut file = File::options().create(true).truncate(true).write(true).mode(0o600).open(self.under_way())?;
        file.write_all(number.to_string().as_bytes())
    }

    /// Records that nothing is being written any more.
    pub(crate) fn end(&self) {
        let _usually_not_there = fs::remove_file(self.under_way());
    }

    /// The number of a change that was begun but not ended: its process was killed, or is still running.
    pub(crate) fn begun(&self) -> Option<u64> {
        fs::read_to_string(self.under_way()).ok()?.parse().ok()
    }

    /// True while another process makes changes.
    pub(crate) fn is_busy(&self) -> bool {
        File::open(self.folder.join("lock")).is_ok_and(|file| matches!(file.try_lock(), Err(TryLockError::WouldBlock)))
    }

    fn under_way(&self) -> PathBuf {
        self.folder.join("under-way")
    }

    /// Keeps the newest lines, half the limit at most.
    fn shorten(&self, bytes: &[u8]) -> io::Result<()> {
        let lines: Vec<&[u8]> = lines(bytes).collect();
        let mut size = 0;
        let kept = lines.iter().rev().take_while(|line| {
            size += line.len() + 1;
            size <= MAX_LOG / 2
        });
        let start = lines.len() - kept.count();
        let mut text = lines.get(start..).unwrap_or_default().join(&b'\n');
        if !text.is_empty() {
            text.push(b'\n');
        }
        let mut file = tempfile::NamedTempFile::new_in(&self.folder)?;
        file.write_all(&text)?;
        file.as_file().sync_all()?;
        drop(file.persist(self.path()).map_err(|error| error.error)?);
        Ok(())
    }
}

fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.split(|&byte| byte == b'\n').filter(|line| !line.is_empty())
}

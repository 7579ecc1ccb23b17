//! The folder of built pages: a record outside of it lists the files that we wrote, and no others are touched.
//!
//! The record is in the program's own state. The folder has a copy of it, so that another computer may overwrite the
//! pages of this one; since a copy can come with a clone and proves nothing, nothing is removed or kept because of it. A folder
//! without a copy is not the one that the record is about: another was put in its place.
//!
//! Only files that still are what was written are removed. Others that no build writes again, and those of such a copy, are
//! *left*: the record remembers them until they are gone, so that the page of a note that became private is not forgotten;
//! [`remove_left`] removes them after a person has confirmed the list.
//!
//! A page is written beside its place and moved there, so that an interrupted build leaves no half-written one; each
//! file is recorded before it is written, so that files of an interrupted build are known as ours. Unlike a note,
//! a page is not synced to the disk: it can be built again.
//!
//! Over 400 lines because the folder and its record change together.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs;
use std::fs::File;
use std::io;
use std::io::Read as _;
use std::io::Write as _;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;
use std::path::PathBuf;
use std::time::SystemTime;

use xxhash_rust::xxh3::xxh3_64;

use crate::disk::config::is_inside;

/// The copy of the record, at the top of the folder.
const LIST: &str = ".hornbook-site";
/// The first line of the record.
const HEAD: &str = "# Files that hornbook build wrote here; it looks after these and no others.";
/// Written in place of a key for a file that somebody else's build may have left.
const LEFT: &str = "?";
/// The suffix of a file that is not yet in place.
const NEW: &str = ".hornbook-new";

/// The result of writing a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// It is new or has changed.
    Changed,
    /// It was there already, identical.
    Same,
    /// There is somebody else's file, which stays.
    InTheWay,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Known {
    key: u64,
    size: u64,
    /// Of the contents; zero where it was not taken.
    hash: u64,
}

/// A folder of built pages.
#[derive(Debug)]
pub struct Output {
    folder: PathBuf,
    /// The path of the record.
    record: PathBuf,
    /// The files that we wrote before.
    before: BTreeMap<String, Known>,
    /// Files that only the copy in the folder lists as written by a build.
    adopted: BTreeSet<String>,
    /// When the record was last finished.
    listed: Option<SystemTime>,
    now: BTreeMap<String, Known>,
    /// Existing folders, and whether we just created them.
    folders: BTreeMap<PathBuf, bool>,
    /// The record, opened for appending when the first file changes.
    adding: Option<File>,
}

impl Output {
    /// Opens a folder, which need not exist. `record` is a file outside of it, which need not exist either.
    ///
    /// # Errors
    ///
    /// I/O errors on the record or its copy.
    pub fn open(folder: &Path, record: &Path) -> io::Result<Self> {
        let known = read_record(record)?;
        let copy = read_record(&folder.join(LIST))?;
        let known = known.filter(|_| copy.is_some());
        let listed = known.as_ref().and_then(|_| fs::metadata(record).and_then(|meta| meta.modified()).ok());
        let (Record { files: before, left }, copy) = (known.unwrap_or_default(), copy.unwrap_or_default());
        // even if there is a record: it may be an old one restored from a backup
        let adopted = left.into_iter().chain(copy.files.into_keys()).chain(copy.left);
        let adopted = adopted.filter(|address| !before.contains_key(address)).collect();
        Ok(Self {
            folder: folder.to_owned(),
            record: record.to_owned(),
            before,
            adopted,
            listed,
            now: BTreeMap::new(),
            folders: BTreeMap::new(),
            adding: None,
        })
    }

    /// True if this computer has not built into the folder before.
    #[must_use]
    pub const fn is_first(&self) -> bool {
        self.listed.is_none()
    }

    /// True for a file that a build may overwrite.
    fn is_known(&self, address: &str) -> bool {
        self.before.contains_key(address) || self.now.contains_key(address) || self.adopted.contains(address)
    }

    /// True if a file was made with this key and has not been changed since.
    #[must_use]
    pub fn is_fresh(&self, address: &str, key: u64) -> bool {
        key != 0
            && self.before.get(address).is_some_and(|known| {
                known.key == key && self.untouched(address).is_some_and(|meta| meta.len() == known.size)
            })
    }

    /// The files in a folder, such as `search/`, that the last build wrote.
    #[must_use]
    pub fn made(&self, folder: &str) -> Vec<String> {
        let from = self.before.range(folder.to_owned()..);
        from.map(|(address, _)| address).take_while(|address| address.starts_with(folder)).cloned().collect()
    }

    /// A file of ours that is not newer than the record.
    fn untouched(&self, address: &str) -> Option<fs::Metadata> {
        let meta = fs::symlink_metadata(self.folder.join(address)).ok().filter(fs::Metadata::is_file)?;
        let changed = meta.modified().ok()?;
        (changed <= self.listed?).then_some(meta)
    }

    /// Keeps a file that is up to date.
    pub fn keep(&mut self, address: &str) {
        if let Some(&known) = self.before.get(address) {
            self.now.insert(address.to_owned(), known);
        }
    }

    /// Writes a file.
    ///
    /// # Errors
    ///
    /// I/O errors; `InvalidInput` for an address that leads out of the folder.
    pub fn write(&mut self, address: &str, key: u64, bytes: &[u8]) -> io::Result<Written> {
        let (path, new) = self.place(address)?;
        let size = bytes.len() as u64;
        let known = Known { key, size, hash: xxh3_64(bytes).max(1) };
        if !new && let Ok(meta) = fs::symlink_metadata(&path) {
            let same = meta.is_file() && meta.len() == size && fs::read(&path).is_ok_and(|there| there == bytes);
            if same {
                self.now.insert(address.to_owned(), known);
                return Ok(Written::Same);
            }
            if !self.is_known(address) {
                return Ok(Written::InTheWay);
            }
        }
        self.put(address, known, &path, |file| file.write_all(bytes))?;
        Ok(Written::Changed)
    }

    /// Copies a file.
    ///
    /// # Errors
    ///
    /// As [`Output::write`].
    pub fn copy(&mut self, address: &str, from: &Path) -> io::Result<Written> {
        let (path, _) = self.place(address)?;
        let source = fs::metadata(from)?;
        let size = source.len();
        let known = Known { key: 0, size, hash: 0 };
        if let Ok(meta) = fs::symlink_metadata(&path) {
            if !self.is_known(address) && (!meta.is_file() || !same_bytes(from, &path)?) {
                return Ok(Written::InTheWay);
            }
            // a file that was moved or restored over another keeps its old mtime: its ctime shows when that happened
            let theirs = (source.mtime(), source.mtime_nsec()).max((source.ctime(), source.ctime_nsec()));
            let newer = theirs < (meta.mtime(), meta.mtime_nsec()) && self.untouched(address).is_some();
            if meta.is_file() && meta.len() == size && (newer || same_bytes(from, &path)?) {
                self.now.insert(address.to_owned(), known);
                return Ok(Written::Same);
            }
        }
        self.put(address, known, &path, |file| io::copy(&mut File::open(from)?, file).map(|_| ()))?;
        Ok(Written::Changed)
    }

    fn put(
        &mut self,
        address: &str,
        known: Known,
        path: &Path,
        fill: impl FnOnce(&mut File) -> io::Result<()>,
    ) -> io::Result<()> {
        self.announce(address)?;
        let new = path.with_file_name(NEW);
        // never through a link that somebody put there
        let create = || File::options().write(true).create_new(true).open(&new);
        let mut file = create().or_else(|_| fs::remove_file(&new).and_then(|()| create()))?;
        if let Err(error) = fill(&mut file) {
            let _left = fs::remove_file(&new);
            return Err(error);
        }
        drop(file);
        fs::rename(&new, path)?;
        self.now.insert(address.to_owned(), known);
        Ok(())
    }

    /// Records a file before it is written. A key of zero means that it never counts as fresh.
    fn announce(&mut self, address: &str) -> io::Result<()> {
        let file = match self.adding.take() {
            Some(file) => file,
            None => {
                let head =
                    if self.record.exists() { String::new() } else { format!("{HEAD}\n{}", left_lines(&self.adopted)) };
                if let Some(above) = self.record.parent() {
                    fs::create_dir_all(above)?;
                }
                let copy = self.folder.join(LIST);
                if !copy.exists() {
                    replace_file(&copy, format!("{HEAD}\n").as_bytes())?;
                }
                let mut file = File::options().append(true).create(true).open(&self.record)?;
                // the newline also ends a partial line
                writeln!(file, "{head}")?;
                file
            }
        };
        let mut line = Vec::with_capacity(address.len() + 8);
        writeln!(line, "0 0 {address}")?;
        let file = self.adding.insert(file);
        file.write_all(&line)
    }

    /// The path of an address, and whether nothing can be there yet. Creates its folders; none of them may be a link, which
    /// could lead anywhere.
    fn place(&mut self, address: &str) -> io::Result<(PathBuf, bool)> {
        if !is_inside(address) {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        let path = self.folder.join(address);
        let Some(parent) = path.parent() else { return Err(io::ErrorKind::InvalidInput.into()) };
        if let Some(&new) = self.folders.get(parent) {
            return Ok((path, new && !self.now.contains_key(address)));
        }
        // before creating any: that would happen at the link's target
        if self.through_link(parent) {
            let message = format!(
                "{}: a folder on the way is a symbolic link, and nothing is written through it",
                parent.display()
            );
            return Err(io::Error::other(message));
        }
        let new = fs::symlink_metadata(parent).is_err();
        fs::create_dir_all(parent)?;
        self.folders.insert(parent.to_owned(), new);
        Ok((path, new))
    }

    /// Removes our files that are no longer built, and writes the record.
    ///
    /// # Errors
    ///
    /// I/O errors.
    pub fn finish(mut self) -> io::Result<Finished> {
        let mut gone = 0;
        let mut emptied = BTreeSet::new();
        // temporary files of an interrupted build
        let unfinished = self.before.iter().filter(|(_, known)| known.key == 0 && known.size == 0);
        for folder in unfinished.filter_map(|(address, _)| self.folder.join(address).parent().map(Path::to_owned)) {
            if !self.through_link(&folder) {
                let _gone = fs::remove_file(folder.join(NEW));
            }
        }
        for (address, known) in self.before.iter().filter(|(address, _)| !self.now.contains_key(*address)) {
            let path = self.folder.join(address);
            if path.parent().is_none_or(|parent| self.through_link(parent)) {
                continue;
            }
            if !known.is_still_at(&path) {
                self.adopted.insert(address.clone());
                continue;
            }
            match fs::remove_file(&path) {
                Ok(()) => gone += 1,
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
            emptied.extend(path.ancestors().skip(1).take_while(|above| *above != self.folder).map(Path::to_owned));
        }
        for folder in emptied.iter().rev() {
            // fails for folders that are not empty
            let _kept = fs::remove_dir(folder);
        }
        let left = self.adopted.iter().filter(|address| !self.now.contains_key(*address));
        let left = left.filter(|address| fs::symlink_metadata(self.folder.join(address)).is_ok()).cloned().collect();
        let _added = self.adding.take();
        let record = Record { files: self.now, left };
        for path in [&self.record, &self.folder.join(LIST)] {
            let list = record.text();
            if fs::read(path).ok().as_deref() != Some(list.as_bytes()) || (*path == self.record && gone > 0) {
                replace_file(path, list.as_bytes())?;
            }
        }
        Ok(Finished { removed: gone, left: record.left.into_iter().collect() })
    }

    fn through_link(&self, folder: &Path) -> bool {
        through_link(&self.folder, folder)
    }
}

impl Known {
    /// True for a file that still is what was written, and for none.
    fn is_still_at(self, path: &Path) -> bool {
        let Ok(meta) = fs::symlink_metadata(path) else { return true };
        let is_whole = self.hash == 0 || fs::read(path).is_ok_and(|bytes| xxh3_64(&bytes).max(1) == self.hash);
        // a build that was stopped does not know how long the file is
        let is_announced = self.hash == 0 && self.size == 0;
        meta.is_file() && (is_announced || (meta.len() == self.size && is_whole))
    }
}

/// True if there is a link on the path from the site's top to a folder in it.
fn through_link(top: &Path, folder: &Path) -> bool {
    let mut inside = folder.ancestors().take_while(|above| above.starts_with(top) && *above != top);
    inside.any(|above| fs::symlink_metadata(above).is_ok_and(|meta| meta.is_symlink()))
}

/// Removes files that the record remembers as left by an earlier build. Returns how many there were.
///
/// # Errors
///
/// I/O errors.
pub fn remove_left(folder: &Path, record: &Path, addresses: &[String]) -> io::Result<usize> {
    let Some(mut known) = read_record(record)? else { return Ok(0) };
    let mut gone = 0;
    for address in addresses.iter().filter(|address| known.left.contains(*address)) {
        let path = folder.join(address);
        if path.parent().is_none_or(|parent| through_link(folder, parent)) {
            continue;
        }
        match fs::remove_file(&path) {
            Ok(()) => gone += 1,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
        for above in path.ancestors().skip(1).take_while(|above| *above != folder) {
            // fails for folders that are not empty
            let _kept = fs::remove_dir(above);
        }
    }
    known.left.retain(|address| fs::symlink_metadata(folder.join(address)).is_ok());
    for path in [record, &folder.join(LIST)] {
        replace_file(path, known.text().as_bytes())?;
    }
    Ok(gone)
}

/// The result of a build.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Finished {
    /// Files of ours that were removed.
    pub removed: usize,
    /// Files that an earlier build, or one on another computer, may have left: since nothing proves it, they stay.
    pub left: Vec<String>,
}

/// Replaces a file atomically, whatever was there.
fn replace_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(above) = path.parent() {
        fs::create_dir_all(above)?;
    }
    let new = path.with_file_name(NEW);
    let _left = fs::remove_file(&new);
    let mut file = File::options().write(true).create_new(true).open(&new)?;
    file.write_all(bytes)?;
    drop(file);
    fs::rename(&new, path)
}

/// The contents of a record.
#[derive(Debug, Default)]
struct Record {
    /// What we wrote.
    files: BTreeMap<String, Known>,
    /// Files that somebody's build may have left.
    left: BTreeSet<String>,
}

impl Record {
    fn text(&self) -> String {
        let mut text = format!("{HEAD}\n");
        for (address, known) in &self.files {
            text.push_str(&format!("{:x} {}:{:x} {address}\n", known.key, known.size, known.hash));
        }
        text + &left_lines(&self.left)
    }
}

fn left_lines(left: &BTreeSet<String>) -> String {
    left.iter().map(|address| format!("{LEFT} 0 {address}\n")).collect()
}

/// Reads a record; `None` if there is none.
fn read_record(path: &Path) -> io::Result<Option<Record>> {
    let text = match fs::symlink_metadata(path) {
        // a link could lead anywhere, and the record is written to
        Ok(meta) if !meta.is_file() => return Err(io::Error::other(format!("{} is not a file", path.display()))),
        // an interrupted build may have left a partial line
        Ok(_) => String::from_utf8_lossy(&fs::read(path)?).into_owned(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let mut record = Record::default();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let mut parts = line.splitn(3, ' ');
        let numbers = (parts.next(), parts.next());
        // the list may have been edited: paths must not lead out of the folder
        let Some(address) = parts.next().filter(|address| is_inside(address)) else { continue };
        let (Some(key), Some(size)) = numbers else { continue };
        if key == LEFT {
            record.left.insert(address.to_owned());
            continue;
        }
        let (size, hash) = size.split_once(':').unwrap_or((size, "0"));
        if let (Ok(key), Ok(size), Ok(hash)) =
            (u64::from_str_radix(key, 16), size.parse(), u64::from_str_radix(hash, 16))
        {
            record.files.insert(address.to_owned(), Known { key, size, hash });
        }
    }
    Ok(Some(record))
}

fn same_bytes(one: &Path, other: &Path) -> io::Result<bool> {
    let (mut one, mut other) = (io::BufReader::new(File::open(one)?), io::BufReader::new(File::open(other)?));
    let (mut a, mut b) = ([0; 8192], [0; 8192]);
    loop {
        let read = fill(&mut one, &mut a)?;
        if fill(&mut other, &mut b)? != read || a != b {
            return Ok(false);
        }
        if read == 0 {
            return Ok(true);
        }
    }
}

fn fill(from: &mut impl io::Read, buffer: &mut [u8; 8192]) -> io::Result<usize> {
    buffer.fill(0);
    let mut read = 0;
    while let Some(rest) = buffer.get_mut(read..).filter(|rest| !rest.is_empty()) {
        match from.read(rest)? {
            0 => break,
            more => read += more,
        }
    }
    Ok(read)
}

/// True if there is a Markdown file in a folder or below it, down to a depth.
#[must_use]
pub fn holds_notes(folder: &Path, depth: usize) -> bool {
    let files = walkdir::WalkDir::new(folder).max_depth(depth).into_iter().flatten();
    files.filter(|entry| entry.file_type().is_file()).any(|entry| {
        let extension = entry.path().extension().unwrap_or_default().to_ascii_lowercase();
        extension == "md" || extension == "markdown"
    })
}

/// The first bytes of a file, at most `most`.
///
/// # Errors
///
/// I/O errors.
pub fn head(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests;

//! For tests: a notebook in memory, parsed by the real parser.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::Mutex;

use tempfile::TempDir;

use crate::disk::FileEntry;
use crate::disk::Stamp;
use crate::disk::Walk;
use crate::index::Library;
use crate::index::NoteSource;
use crate::index::Record;
use crate::index::Select;
use crate::index::Text;
use crate::model::NotePath;
use crate::model::Parsed;
use crate::parse;

pub(crate) const FINGERPRINT: u64 = 7;

const SECOND: i64 = 1_000_000_000;

/// Files by path; those without a text are unreadable.
#[derive(Default)]
struct Files(Mutex<BTreeMap<String, (Stamp, Option<String>)>>);

/// A notebook whose files, clock and cache a test controls.
pub(crate) struct Book {
    files: Arc<Files>,
    /// Nanoseconds; every change advances it by an odd second.
    pub(crate) now: i64,
    pub(crate) cache: TempDir,
}

impl Book {
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        let cache = tempfile::tempdir().unwrap();
        let mut book = Self { files: Arc::default(), now: 1_000 * SECOND, cache };
        for (path, text) in files {
            book.put(path, text);
        }
        book.now += SECOND;
        book
    }

    fn stamp(&mut self, size: usize) -> Stamp {
        self.now += SECOND + 7;
        Stamp { mtime: self.now, ctime: self.now, size: size as u64, inode: 1 }
    }

    /// Writes a file, a second after the previous change.
    pub(crate) fn put(&mut self, path: &str, text: &str) {
        let stamp = self.stamp(text.len());
        self.put_at(path, text, stamp);
        self.now += SECOND;
    }

    /// Writes a file with exactly this stamp.
    pub(crate) fn put_at(&mut self, path: &str, text: &str, stamp: Stamp) {
        self.files.0.lock().unwrap().insert(path.to_owned(), (stamp, Some(text.to_owned())));
    }

    /// Makes a file unreadable.
    pub(crate) fn lock(&mut self, path: &str) {
        let stamp = self.stamp(0);
        self.files.0.lock().unwrap().insert(path.to_owned(), (stamp, None));
    }

    pub(crate) fn remove(&mut self, path: &str) {
        self.files.0.lock().unwrap().remove(path);
    }

    pub(crate) fn rename(&mut self, from: &str, to: &str) {
        let mut files = self.files.0.lock().unwrap();
        if let Some(file) = files.remove(from) {
            files.insert(to.to_owned(), file);
        }
    }

    /// Opens the library over the book's own cache.
    pub(crate) fn open(&self) -> Library {
        self.open_in(self.cache.path())
    }

    /// Calls `work` with the opened library.
    pub(crate) fn with<T>(&self, work: impl FnOnce(&Library) -> T) -> T {
        work(&self.open())
    }

    /// Opens it over another cache.
    pub(crate) fn open_in(&self, cache: &Path) -> Library {
        Library::open(cache, self.source(), self.now, &mut |_, _| {}).unwrap()
    }

    /// The files, including later changes.
    pub(crate) fn source(&self) -> Arc<dyn NoteSource> {
        Arc::clone(&self.files) as Arc<dyn NoteSource>
    }

    pub(crate) fn notes(&self) -> Vec<Record> {
        self.open().notes(Select::All).unwrap()
    }

    /// The result with a newly built index.
    pub(crate) fn fresh<T>(&self, work: impl FnOnce(&Library) -> T) -> T {
        let cache = tempfile::tempdir().unwrap();
        work(&self.open_in(cache.path()))
    }

    /// The folder of the index.
    pub(crate) fn folder(&self) -> PathBuf {
        Library::folder(self.cache.path(), FINGERPRINT)
    }
}

impl NoteSource for Files {
    fn walk(&self) -> io::Result<Walk> {
        let files = self.0.lock().unwrap();
        let entry = |(path, (stamp, _)): (&String, &(Stamp, _))| FileEntry {
            path: NotePath::from(path.as_str()),
            stamp: *stamp,
        };
        Ok(Walk { files: files.iter().map(entry).collect(), ..Walk::default() })
    }

    fn read(&self, path: &NotePath) -> Result<Text, String> {
        match self.0.lock().unwrap().get(path.as_str()) {
            Some((_, Some(text))) => Ok(Text { text: text.clone(), hash: xxhash_rust::xxh3::xxh3_64(text.as_bytes()) }),
            Some((_, None)) => Err("permission denied".into()),
            None => Err("no such file".into()),
        }
    }

    fn parse(&self, path: &NotePath, text: &str) -> Parsed {
        parse::parse(path, text, &parse::Options::default())
    }

    fn fingerprint(&self) -> u64 {
        FINGERPRINT
    }

    fn language(&self) -> Option<&str> {
        None
    }
}

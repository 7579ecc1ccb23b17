//! A notebook with a state folder, for the tests of changes.

use std::ffi::OsStr;
use std::fs;
use std::path::PathBuf;

use crate::disk::commit::CommitError;
use crate::disk::commit::FileChange;
use crate::disk::commit::Report;
use crate::disk::commit::Writer;
use crate::disk::commit::commit;
use crate::disk::log::Log;
use crate::disk::notebook::Discover;
use crate::disk::notebook::Notebook;
use crate::disk::notebook::discover;
use crate::disk::read::read;
use crate::disk::replace;
use crate::disk::undo::UndoError;
use crate::disk::undo::Undone;
use crate::disk::undo::undo;
use crate::model::Edit;
use crate::model::NotePath;

/// A notebook found after its files were written, with its own settings and other programs'.
pub(crate) fn found_with(files: &[(&str, &str)]) -> (tempfile::TempDir, Notebook) {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        replace::create(&path, text.as_bytes(), OsStr::new(".t")).unwrap();
    }
    let named = Some(folder.path().to_owned());
    let notebook = discover(&Discover { notebook: named, ..Discover::default() }).unwrap();
    (folder, notebook)
}

/// A notebook with a state folder beside it.
pub(crate) struct Desk {
    pub(crate) dir: tempfile::TempDir,
    pub(crate) notebook: Notebook,
}

impl Desk {
    pub(crate) fn new(files: &[(&str, &[u8])]) -> Self {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("n")).unwrap();
        let root = Some(dir.path().join("n"));
        let notebook = discover(&Discover { notebook: root, ..Discover::default() }).unwrap();
        let desk = Self { dir, notebook };
        for (name, bytes) in files {
            desk.put(name, bytes);
        }
        desk
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.notebook.root.join(name)
    }

    /// Writes a file like an editor would.
    pub(crate) fn put(&self, name: &str, bytes: &[u8]) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        if path.exists() {
            fs::remove_file(&path).unwrap();
        }
        replace::create(&path, bytes, OsStr::new(".t")).unwrap();
    }

    pub(crate) fn get(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap()
    }

    pub(crate) fn state(&self) -> PathBuf {
        self.dir.path().join("state")
    }

    pub(crate) fn log(&self) -> Log {
        Log::new(&self.state(), &self.notebook)
    }

    /// Edits bytes of the text.
    pub(crate) fn change(&self, name: &str, edits: &[(usize, usize, &str)]) -> FileChange {
        let path = NotePath::from(name);
        let text = read(&self.notebook, &path).unwrap();
        FileChange::edit(path, text, self::edits(edits))
    }

    pub(crate) fn commit(&self, changes: Vec<FileChange>) -> Result<Report, CommitError> {
        let state = self.state();
        let writer =
            Writer { notebook: &self.notebook, state: &state, now: "2026-01-02", command: "done a", dry_run: false };
        commit(&writer, changes, Vec::new())
    }

    pub(crate) fn edit(&self, name: &str, edits: &[(usize, usize, &str)]) -> u64 {
        self.commit(vec![self.change(name, edits)]).unwrap().number.unwrap()
    }

    pub(crate) fn undo(&self, number: Option<u64>) -> Result<Undone, UndoError> {
        let state = self.state();
        let writer =
            Writer { notebook: &self.notebook, state: &state, now: "2026-01-03", command: "undo", dry_run: false };
        undo(&writer, number)
    }

    /// The contents of the notes folder, including hidden files.
    pub(crate) fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.notebook.root).unwrap();
        let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

pub(crate) fn edits(edits: &[(usize, usize, &str)]) -> Vec<Edit> {
    edits.iter().map(|&(start, end, text)| Edit { start, end, text: text.to_owned() }).collect()
}

//! Files that get other names, and what is on the disk once they have them.

use std::collections::BTreeMap;

use crate::model::NotePath;
use crate::report::destination::NotebookFiles;
use crate::report::destination::PathKind;

/// New names of notes and other files. A folder that moves takes along what is in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Moves {
    /// From old paths to new ones.
    files: BTreeMap<NotePath, NotePath>,
    /// The folder that moves, and where it is afterwards.
    folder: Option<(String, String)>,
}

impl Moves {
    /// A file gets another path.
    #[must_use]
    pub fn file(old: NotePath, new: NotePath) -> Self {
        Self { files: BTreeMap::from([(old, new)]), folder: None }
    }

    /// A folder gets another path; `files` are those in it that belong to the notebook.
    #[must_use]
    pub fn folder<'a>(old: &str, new: &str, files: impl Iterator<Item = &'a NotePath>) -> Self {
        let moved = |path: &NotePath| Some((path.clone(), NotePath::from_escaped(below(path.as_str(), old, new)?)));
        Self { files: files.filter_map(moved).collect(), folder: Some((old.to_owned(), new.to_owned())) }
    }

    /// True when a folder moves, and with it what is not part of the notebook.
    #[must_use]
    pub fn takes_a_folder(&self) -> bool {
        self.folder.is_some()
    }

    /// Old and new paths, by the old ones.
    pub fn files(&self) -> impl Iterator<Item = (&NotePath, &NotePath)> {
        self.files.iter()
    }

    /// Where a file is afterwards.
    #[must_use]
    pub fn to<'a>(&'a self, path: &'a NotePath) -> &'a NotePath {
        self.files.get(path).unwrap_or(path)
    }

    /// Where something that need not belong to the notebook is afterwards.
    #[must_use]
    pub fn anything_to(&self, path: &str) -> String {
        if let Some(new) = self.files.get(&NotePath::from_escaped(path)) {
            return new.as_str().to_owned();
        }
        let moved = self.folder.as_ref().and_then(|(old, new)| below(path, old, new));
        moved.unwrap_or_else(|| path.to_owned())
    }
}

/// A path in (or of) the folder `old` as it is in `new`.
fn below(path: &str, old: &str, new: &str) -> Option<String> {
    let rest = path.strip_prefix(old)?;
    (rest.is_empty() || rest.starts_with('/')).then(|| format!("{new}{rest}"))
}

/// The files around the notes as they are once files have moved.
pub struct FilesAfter<'a> {
    files: &'a dyn NotebookFiles,
    moves: &'a Moves,
    left_out: Vec<NotePath>,
}

impl<'a> FilesAfter<'a> {
    /// What is there now, and what moves.
    #[must_use]
    pub fn new(files: &'a dyn NotebookFiles, moves: &'a Moves) -> Self {
        let moved = |path: &NotePath| NotePath::from_escaped(moves.anything_to(path.as_str()));
        let left_out = if moves.folder.is_some() { files.left_out().iter().map(moved).collect() } else { Vec::new() };
        Self { files, moves, left_out }
    }
}

impl NotebookFiles for FilesAfter<'_> {
    fn kind(&self, path: &str) -> PathKind {
        let is_above = |new: &str| below(new, path, "").is_some_and(|rest| !rest.is_empty());
        if self.moves.files.keys().any(|old| old.as_str() == path) {
            return PathKind::Nothing;
        }
        if self.moves.files.values().any(|new| new.as_str() == path) {
            return PathKind::File;
        }
        if let Some((old, new)) = &self.moves.folder {
            if below(path, old, new).is_some() {
                return PathKind::Nothing;
            }
            if let Some(before) = below(path, new, old) {
                return self.files.kind(&before);
            }
        }
        if !path.is_empty() && self.moves.files.values().any(|new| is_above(new.as_str())) {
            return PathKind::Folder;
        }
        self.files.kind(path)
    }

    fn left_out(&self) -> &[NotePath] {
        if self.moves.folder.is_some() { &self.left_out } else { self.files.left_out() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_takes_along_what_is_in_it_and_no_other() {
        let paths = ["a/x.md", "a/b/y.png", "ab/z.md", "a.md"].map(NotePath::from);
        let moves = Moves::folder("a", "c/d", paths.iter());
        let to = paths.each_ref().map(|path| moves.to(path).as_str().to_owned());
        assert_eq!(to, ["c/d/x.md", "c/d/b/y.png", "ab/z.md", "a.md"]);
        assert_eq!(moves.anything_to("a/.hidden"), "c/d/.hidden");
        assert_eq!(moves.anything_to("a"), "c/d");
    }
}

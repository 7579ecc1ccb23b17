//! Renames and moves of files, and the state of the disk after them.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::model::NotePath;
use crate::report::destination::NotebookFiles;
use crate::report::destination::PathKind;

/// New paths of notes and other files. A folder moves with everything in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Moves {
    /// From old paths to new ones.
    files: BTreeMap<NotePath, NotePath>,
    /// The folder that moves, and its new path.
    folder: Option<(String, String)>,
    /// Files that are made.
    made: BTreeSet<NotePath>,
    /// Files that are removed.
    removed: BTreeSet<NotePath>,
}

impl Moves {
    /// Moves a file.
    #[must_use]
    pub fn file(old: NotePath, new: NotePath) -> Self {
        Self { files: BTreeMap::from([(old, new)]), ..Self::default() }
    }

    /// Moves a folder; `files` are those in it that belong to the notebook.
    #[must_use]
    pub fn folder<'a>(old: &str, new: &str, files: impl Iterator<Item = &'a NotePath>) -> Self {
        let moved = |path: &NotePath| Some((path.clone(), NotePath::from_escaped(below(path.as_str(), old, new)?)));
        let folder = Some((old.to_owned(), new.to_owned()));
        Self { files: files.filter_map(moved).collect(), folder, ..Self::default() }
    }

    /// Files are made, and files are removed.
    #[must_use]
    pub fn made_and_removed(
        made: impl IntoIterator<Item = NotePath>,
        removed: impl IntoIterator<Item = NotePath>,
    ) -> Self {
        Self { made: made.into_iter().collect(), removed: removed.into_iter().collect(), ..Self::default() }
    }

    /// True for a file that is removed.
    #[must_use]
    pub fn removes(&self, path: &NotePath) -> bool {
        self.removed.contains(path)
    }

    /// True if a folder moves, including files that are not part of the notebook.
    #[must_use]
    pub fn takes_a_folder(&self) -> bool {
        self.folder.is_some()
    }

    /// Old and new paths, by the old ones.
    pub fn files(&self) -> impl Iterator<Item = (&NotePath, &NotePath)> {
        self.files.iter()
    }

    /// Every path of a file that moves, is made or removed.
    pub fn all(&self) -> impl Iterator<Item = &NotePath> {
        self.files.iter().flat_map(|(old, new)| [old, new]).chain(&self.made).chain(&self.removed)
    }

    /// The path of a file afterwards.
    #[must_use]
    pub fn to<'a>(&'a self, path: &'a NotePath) -> &'a NotePath {
        self.files.get(path).unwrap_or(path)
    }

    /// The path afterwards of anything, whether it belongs to the notebook or not.
    #[must_use]
    pub fn anything_to(&self, path: &str) -> String {
        if let Some(new) = self.files.get(&NotePath::from_escaped(path)) {
            return new.as_str().to_owned();
        }
        let moved = self.folder.as_ref().and_then(|(old, new)| below(path, old, new));
        moved.unwrap_or_else(|| path.to_owned())
    }
}

/// The path inside `new` for a path inside (or equal to) `old`.
fn below(path: &str, old: &str, new: &str) -> Option<String> {
    let rest = path.strip_prefix(old)?;
    (rest.is_empty() || rest.starts_with('/')).then(|| format!("{new}{rest}"))
}

/// The other files of a notebook after files have moved.
pub struct FilesAfter<'a> {
    files: &'a dyn NotebookFiles,
    moves: &'a Moves,
    left_out: Vec<NotePath>,
}

impl<'a> FilesAfter<'a> {
    /// Combines the current files and the moves.
    #[must_use]
    pub fn new(files: &'a dyn NotebookFiles, moves: &'a Moves) -> Self {
        let moved = |path: &NotePath| NotePath::from_escaped(moves.anything_to(path.as_str()));
        let left_out = if moves.folder.is_some() { files.left_out().iter().map(moved).collect() } else { Vec::new() };
        Self { files, moves, left_out }
    }

    /// Where files are that were not there.
    fn new_places(&self) -> impl Iterator<Item = &NotePath> {
        self.moves.files.values().chain(&self.moves.made)
    }
}

impl NotebookFiles for FilesAfter<'_> {
    fn kind(&self, path: &str) -> PathKind {
        let is_above = |new: &str| below(new, path, "").is_some_and(|rest| !rest.is_empty());
        if self.moves.files.keys().chain(&self.moves.removed).any(|old| old.as_str() == path) {
            return PathKind::Nothing;
        }
        if self.new_places().any(|new| new.as_str() == path) {
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
        if let Some(real) = self.files.real(path).filter(|real| real != path) {
            return self.kind(&real);
        }
        if !path.is_empty() && self.new_places().any(|new| is_above(new.as_str())) {
            return PathKind::Folder;
        }
        self.files.kind(path)
    }

    fn has_symlinks(&self) -> bool {
        self.files.has_symlinks()
    }

    fn real(&self, path: &str) -> Option<String> {
        self.files.real(path)
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

//! Follows links: the second part of a walk.
//!
//! By now the real tree is known. A link to something listed there adds nothing. The others lead to files without a listed path
//! of their own (hidden, ignored, or without `.md`), which are listed under the link's path. Every real folder is read at most
//! once, so cycles end.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::Path;
use std::path::PathBuf;

use super::Folder;
use super::Link;
use super::MAX_DEPTH;
use super::Walker;
use crate::disk::read::kind;
use crate::model::NotePath;

/// A link to a regular file inside the notes folder.
struct FileLink {
    target: PathBuf,
    listed: String,
    meta: fs::Metadata,
}

impl Walker<'_> {
    /// Follows the links found so far and those found on the way. `rules` are those of the notes folder.
    pub(super) fn follow_links(&mut self, rules: Option<usize>) {
        if self.links.is_empty() {
            return;
        }
        let real = self.walk.files.len();
        let mut read: HashSet<PathBuf> = self.folders.iter().map(|folder| folder.real.clone()).collect();
        let mut files = Vec::new();
        while !self.links.is_empty() {
            let mut links = std::mem::take(&mut self.links);
            links.sort_by(|a, b| a.listed.cmp(&b.listed));
            for link in links {
                if let Some(file) = self.follow(link, rules, &mut read) {
                    files.push(file);
                }
            }
        }
        self.list_files(files, real);
    }

    /// Follows one link: reads the folder that it leads to, or returns the file.
    fn follow(&mut self, link: Link, rules: Option<usize>, read: &mut HashSet<PathBuf>) -> Option<FileLink> {
        let Link { real, listed, depth } = link;
        let note = self.is_note(&listed);
        let target = match real.canonicalize() {
            Ok(target) => target,
            Err(error) => {
                if note {
                    let nowhere = error.kind() == io::ErrorKind::NotFound;
                    let why =
                        if nowhere { "a link to nothing".to_owned() } else { format!("a link: {}", error.kind()) };
                    self.skip(listed, why);
                }
                return None;
            }
        };
        let meta = target.metadata().ok()?;
        let file_type = meta.file_type();
        if !target.starts_with(self.root) {
            if note || file_type.is_dir() {
                self.skip(listed, "a link out of the notes folder".to_owned());
            }
            return None;
        }
        if file_type.is_dir() {
            let from_root = NotePath::from_escaped(listed.as_str()).to_os();
            if read.contains(&target) || self.rules.why(None, Path::new(&from_root), &real, true).is_some() {
                return None;
            }
            if depth >= MAX_DEPTH {
                self.skip(listed, format!("over {MAX_DEPTH} folders deep"));
                return None;
            }
            self.read_linked(Folder { real: target, listed: listed + "/", rules, depth: depth + 1 }, read);
            return None;
        }
        if file_type.is_file() {
            return (note || self.options.attachments).then_some(FileLink { target, listed, meta });
        }
        if note {
            self.skip(listed, format!("a link to {}, not a regular file", kind(file_type)));
        }
        None
    }

    /// Reads a linked folder and everything below it that has not been read yet.
    fn read_linked(&mut self, folder: Folder, read: &mut HashSet<PathBuf>) {
        self.folders.push(folder);
        while let Some(folder) = self.folders.get(self.next) {
            if read.insert(folder.real.clone()) {
                self.run_one();
            }
            self.next += 1;
        }
    }

    /// Lists files that links lead to, unless they are listed already. The first `real` files are those of the real tree,
    /// sorted.
    fn list_files(&mut self, mut files: Vec<FileLink>, real: usize) {
        files.sort_by(|a, b| a.listed.cmp(&b.listed));
        // The files in linked folders, by real path.
        let mut seen: HashSet<PathBuf> =
            self.walk.files.iter().skip(real).filter_map(|file| self.real_path(&file.path)).collect();
        for FileLink { target, listed, meta } in files {
            if !self.is_note(&listed) {
                self.walk.attachments.push(NotePath::from_escaped(listed));
                continue;
            }
            let Ok(from_root) = target.strip_prefix(self.root) else { continue };
            let place = NotePath::from_os(from_root.as_os_str());
            let found = self.walk.files.get(..real).map(|files| files.binary_search_by(|file| file.path.cmp(&place)));
            let is_listed = matches!(found, Some(Ok(_)));
            if !is_listed && seen.insert(target) {
                self.note(listed, Ok(meta));
            }
        }
    }

    /// The real path of a file found in a linked folder.
    fn real_path(&self, path: &NotePath) -> Option<PathBuf> {
        self.root.join(path.to_os()).canonicalize().ok()
    }
}

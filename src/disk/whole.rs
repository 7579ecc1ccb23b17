//! Moving files of any kind, and the folders around them.

use std::fs;
use std::io;

use walkdir::WalkDir;

use crate::disk::notebook::Notebook;
use crate::disk::read::ReadError;
use crate::disk::read::Text;
use crate::disk::read::Unread;
use crate::disk::replace::sized;
use crate::model::NotePath;

/// Maximum size of a file that can be moved, in bytes: it is read completely, to verify that it is still the same.
const LIMIT: u64 = 1 << 30;

/// Every file in a folder and below it, including hidden ones, sorted.
///
/// # Errors
///
/// If something cannot be read, or is neither a folder nor a regular file.
pub fn files_below(notebook: &Notebook, folder: &str) -> io::Result<Vec<NotePath>> {
    let top = notebook.path(&NotePath::from_escaped(folder));
    let mut found = Vec::new();
    for entry in WalkDir::new(&top).follow_links(false) {
        let entry = entry?;
        if entry.file_type().is_dir() {
            continue;
        }
        let path = entry.path().strip_prefix(&notebook.root).map_err(io::Error::other)?;
        let path = NotePath::from_os(path.as_os_str());
        if !entry.file_type().is_file() {
            let what = match entry.file_type() {
                kind if kind.is_symlink() => "a symbolic link, which would lead elsewhere from another place",
                _ => "not a regular file",
            };
            return Err(io::Error::other(format!("{path} is {what}: move it yourself first")));
        }
        found.push(path);
    }
    found.sort();
    Ok(found)
}

/// Copies the modes of the folders of a moved folder to the new place, and creates those without files.
/// Best effort: failures are ignored.
pub(crate) fn take_folders_along(notebook: &Notebook, old: &NotePath, new: &NotePath) {
    let (old, new) = (notebook.path(old), notebook.path(new));
    for entry in WalkDir::new(&old).follow_links(false).into_iter().filter_map(Result::ok) {
        let Ok(below) = entry.path().strip_prefix(&old) else { continue };
        if let Some(meta) = entry.metadata().ok().filter(fs::Metadata::is_dir) {
            let _may_be_there = fs::create_dir(new.join(below));
            let _at_worst_as_made = fs::set_permissions(new.join(below), meta.permissions());
        }
    }
}

/// Removes a folder and its subfolders if they contain no files. Best effort: failures are ignored.
pub(crate) fn remove_empty_folders(notebook: &Notebook, folder: &NotePath) {
    let top = notebook.path(folder);
    if !top.starts_with(&notebook.root) || top == notebook.root {
        return;
    }
    for entry in WalkDir::new(top).follow_links(false).contents_first(true).into_iter().filter_map(Result::ok) {
        if entry.file_type().is_dir() {
            // fails for folders that are not empty
            let _stays = fs::remove_dir(entry.path());
        }
    }
}

/// True if there is a symbolic link in the notes folder, outside of hidden folders.
#[must_use]
pub fn has_symlinks(notebook: &Notebook) -> bool {
    let is_shown =
        |entry: &walkdir::DirEntry| entry.depth() == 0 || !entry.file_name().as_encoded_bytes().starts_with(b".");
    let mut entries = WalkDir::new(&notebook.root).follow_links(false).into_iter().filter_entry(is_shown);
    entries.any(|entry| entry.is_ok_and(|entry| entry.path_is_symlink() && entry.depth() > 0))
}

/// Reads a file of any kind, text or not.
///
/// # Errors
///
/// If it is outside the notes folder, not a regular file or over 1 GiB, and on I/O errors.
pub fn read_any(notebook: &Notebook, path: &NotePath) -> Result<Text, ReadError> {
    let read = || {
        let real = notebook.resolve(path)?;
        let meta = fs::metadata(&real)?;
        if !meta.is_file() {
            return Err(Unread::NotAFile("no file"));
        }
        if meta.len() > LIMIT {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, "over the limit of 1 GiB").into());
        }
        Ok(sized(&real, meta.len())?)
    };
    read().map(Text::decode).map_err(|why| ReadError { path: path.clone(), why })
}

//! Names as a folder has them: some disks take several writings for one name.

use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

/// True if two names in one folder are the same file because the disk ignores how a name is written: case, or how accents are
/// encoded.
#[must_use]
pub fn is_same_file(old: &Path, new: &Path) -> bool {
    let inode = |path: &Path| path.symlink_metadata().ok().map(|meta| (meta.dev(), meta.ino()));
    old.parent() == new.parent() && inode(old).is_some() && inode(old) == inode(new) && !is_entry(new)
}

/// True if a folder has an entry with exactly this name.
fn is_entry(path: &Path) -> bool {
    let entries = path.parent().and_then(|folder| fs::read_dir(folder).ok());
    entries
        .is_some_and(|entries| entries.flatten().any(|entry| Some(entry.file_name().as_os_str()) == path.file_name()))
}

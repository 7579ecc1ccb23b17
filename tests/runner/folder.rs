//! Throw-away copies of the project's notebooks: what every test of the program begins with.

use std::fs;
use std::path::Path;
use std::path::PathBuf;

/// The top of the project.
pub(crate) fn top() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Copies a folder; what is called `without` stays behind.
pub(crate) fn copy(from: &Path, to: &Path, without: &str) {
    for entry in walkdir::WalkDir::new(from).into_iter().filter_entry(|entry| entry.file_name() != without) {
        let entry = entry.unwrap();
        let target = to.join(entry.path().strip_prefix(from).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir_all(&target).unwrap();
        } else {
            fs::copy(entry.path(), &target).unwrap();
        }
    }
}

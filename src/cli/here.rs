//! Paths of notes, relative to the current folder.

use std::path::Path;
use std::path::PathBuf;

use pathdiff::diff_paths;
use percent_encoding::AsciiSet;
use percent_encoding::NON_ALPHANUMERIC;
use percent_encoding::percent_encode;

use crate::disk::Notebook;
use crate::model::NotePath;
use crate::model::ticket::Trackers;
use crate::view::Paths;

/// Percent-encoded in the address of a file: everything but letters, digits and these.
const IN_ADDRESS: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'.').remove(b'-').remove(b'_').remove(b'~');

/// Converts paths in a notebook to paths from the current folder.
#[derive(Debug, Clone, Default)]
pub(crate) struct Here {
    root: PathBuf,
    here: PathBuf,
    trackers: Trackers,
}

impl Here {
    /// `here` must not contain symbolic links.
    pub(crate) fn new(notebook: &Notebook, here: &Path) -> Self {
        Self { root: notebook.root.clone(), here: here.to_owned(), trackers: notebook.settings.tickets.clone() }
    }

    fn file(&self, path: &NotePath) -> PathBuf {
        self.root.join(path.to_os())
    }
}

impl Paths for Here {
    /// Bytes that are not UTF-8 stay as in [`NotePath::as_str`]: the view shows them as U+FFFD to people, and as they
    /// are to scripts.
    fn shown(&self, path: &NotePath) -> String {
        if self.root == self.here {
            return path.as_str().to_owned();
        }
        NotePath::from_os(relative(&self.file(path), &self.here).as_os_str()).as_str().to_owned()
    }

    fn address(&self, path: &NotePath) -> String {
        format!("file://{}", percent_encode(self.file(path).as_os_str().as_encoded_bytes(), IN_ADDRESS))
    }

    fn trackers(&self) -> Option<&Trackers> {
        Some(&self.trackers)
    }
}

/// `to` relative to the folder `from`; both absolute, and `from` without symbolic links.
pub(crate) fn relative(to: &Path, from: &Path) -> PathBuf {
    let shared = to.components().zip(from.components()).take_while(|(to, from)| to == from).count();
    // if they share only the root, the absolute path is clearer
    if shared <= 1 && from.components().nth(shared).is_some() {
        return to.to_path_buf();
    }
    diff_paths(to, from).unwrap_or_else(|| to.to_path_buf())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_can_be_opened_from_here() {
        let case = |to: &str, from: &str| relative(Path::new(to), Path::new(from)).to_string_lossy().into_owned();
        assert_eq!(case("/no/notes/a.md", "/no/notes"), "a.md");
        assert_eq!(case("/no/notes/a.md", "/no/notes/x"), "../a.md");
        assert_eq!(case("/no/a.md", "/elsewhere/y"), "/no/a.md");
    }
}

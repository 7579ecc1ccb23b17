//! The folder of pages: which it is, and whether it is one for pages.

use std::path::Component;
use std::path::Path;
use std::path::PathBuf;

use crate::disk;
use crate::disk::Notebook;
use crate::session::site::SiteError;

/// Where pages go when no setting says so.
const FOLDER: &str = "public";

/// The folder to build in, absolute. It must not be one that holds the notes.
pub(super) fn find(notebook: &Notebook, named: Option<&Path>) -> Result<PathBuf, SiteError> {
    let configured = notebook.settings.book.build_dir.as_deref().unwrap_or(FOLDER);
    let folder = named.map_or_else(|| notebook.base.join(configured), Path::to_owned);
    let mut clean = PathBuf::new();
    for part in folder.components() {
        match part {
            Component::ParentDir => {
                clean.pop();
            }
            Component::CurDir => {}
            part => clean.push(part),
        }
    }
    let real = real(&clean);
    if notebook.root.starts_with(&real) || notebook.base.starts_with(&real) {
        return Err(SiteError::NotForPages { folder: clean, why: "holds the notes" });
    }
    if named.is_none() && !real.starts_with(&notebook.base) {
        return Err(SiteError::OutsideNotebook { folder: clean });
    }
    Ok(real)
}

/// Refuses a folder that holds a repository or notes. All of it is looked at the first time only.
pub(super) fn check_contents(folder: &Path, first: bool) -> Result<(), SiteError> {
    let refused = |why| Err(SiteError::NotForPages { folder: folder.to_owned(), why });
    if folder.join(".git").symlink_metadata().is_ok() {
        return refused("holds a repository (.git)");
    }
    if disk::holds_notes(folder, if first { usize::MAX } else { 1 }) {
        return refused("holds notes");
    }
    Ok(())
}

/// A path with the links in it resolved, as far as it exists.
fn real(path: &Path) -> PathBuf {
    let there = path.ancestors().find_map(|above| Some((above, above.canonicalize().ok()?)));
    let Some((above, real)) = there else { return path.to_owned() };
    path.strip_prefix(above).map_or_else(
        |_| path.to_owned(),
        |rest| if rest.as_os_str().is_empty() { real.clone() } else { real.join(rest) },
    )
}

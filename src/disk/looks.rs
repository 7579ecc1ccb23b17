//! What a notebook says about its site besides its notes: its own looks in `templates/site/`, its `SUMMARY.md`.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;
use std::path::PathBuf;

use crate::disk::notebook::Notebook;
use crate::disk::replace::create;

/// A larger file is no template.
const LARGEST: u64 = 1 << 20;
/// A larger file is no style sheet or script; libraries that draw have a few MiB.
const LARGEST_EXTRA: u64 = 32 << 20;

/// Where the looks lie: beside the settings, else with the notes.
fn folder(notebook: &Notebook) -> PathBuf {
    let beside = notebook.base.join("templates/site");
    if beside.is_dir() { beside } else { notebook.root.join("templates/site") }
}

/// The notebook's templates, style sheet and script, by name. A file that leads out of the notebook is passed over.
///
/// # Errors
///
/// What the system says about a file that is there.
pub fn looks(notebook: &Notebook) -> io::Result<BTreeMap<String, String>> {
    let mut files = BTreeMap::new();
    let folder = folder(notebook);
    let Ok(entries) = fs::read_dir(&folder) else { return Ok(files) };
    for entry in entries {
        let path = entry?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        let known = [".html", ".css", ".js", ".svg"].iter().any(|extension| name.ends_with(extension));
        let Ok(real) = path.canonicalize() else { continue };
        let meta = fs::metadata(&real)?;
        if known
            && !name.starts_with('.')
            && meta.is_file()
            && meta.len() <= LARGEST
            && real.starts_with(&notebook.base)
        {
            files.insert(name.to_owned(), fs::read_to_string(&real)?);
        }
    }
    Ok(files)
}

/// The texts of files that the settings name from their own folder, as `additional-css` does.
///
/// # Errors
///
/// What the system says about one, or why it is not taken; with the file's name.
pub fn extras(notebook: &Notebook, names: &[String]) -> Result<Vec<String>, (String, io::Error)> {
    let read = |name: &String| {
        let path = notebook.base.join(name).canonicalize()?;
        if !path.starts_with(&notebook.base) {
            return Err(io::Error::new(io::ErrorKind::PermissionDenied, "it lies outside of the folder of book.toml"));
        }
        let meta = fs::metadata(&path)?;
        if !meta.is_file() {
            return Err(io::Error::other("it is not a file"));
        }
        if meta.len() > LARGEST_EXTRA {
            let message = format!("it has {} MiB, more than {} MiB", meta.len() >> 20, LARGEST_EXTRA >> 20);
            return Err(io::Error::other(message));
        }
        fs::read_to_string(path)
    };
    names.iter().map(|name| read(name).map_err(|error| (name.clone(), error))).collect()
}

/// Writes looks beside the settings as a start, never over a file. The folder, and what was written.
///
/// # Errors
///
/// What the system says; `PermissionDenied` where a link on the way leads out of the notebook.
pub fn write_looks(notebook: &Notebook, files: &[(&str, &str)]) -> io::Result<(PathBuf, Vec<String>)> {
    let folder = notebook.base.join("templates/site");
    // before anything is made: that would happen at the link's other end
    for part in [notebook.base.join("templates"), folder.clone()] {
        let leads_out = |real: PathBuf| !real.starts_with(&notebook.base) && !real.starts_with(&notebook.root);
        if fs::symlink_metadata(&part).is_ok() && part.canonicalize().map_or(true, leads_out) {
            let message =
                format!("{}: this link leads out of the notebook, and nothing is written through it", part.display());
            return Err(io::Error::new(io::ErrorKind::PermissionDenied, message));
        }
    }
    fs::create_dir_all(&folder)?;
    let mut written = Vec::new();
    for (name, text) in files {
        match create(&folder.join(name), text.as_bytes(), Path::new(".hornbook-new").as_os_str()) {
            Ok(()) => written.push((*name).to_owned()),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Ok((folder, written))
}

/// mdBook's table of contents, where there is one.
#[must_use]
pub fn summary(notebook: &Notebook) -> Option<String> {
    let path = notebook.root.join("SUMMARY.md").canonicalize().ok().filter(|path| path.starts_with(&notebook.root))?;
    let meta = fs::metadata(&path).ok().filter(|meta| meta.is_file() && meta.len() <= LARGEST)?;
    crate::disk::read::bytes(&path, meta.len()).ok().map(|bytes| crate::disk::read::Text::decode(bytes).text)
}

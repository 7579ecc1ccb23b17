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
/// What the system says about one, `PermissionDenied` where it leads out of that folder; with the file's name.
pub fn extras(notebook: &Notebook, names: &[String]) -> Result<Vec<String>, (String, io::Error)> {
    let read = |name: &String| {
        let path = notebook.base.join(name).canonicalize()?;
        let meta = fs::metadata(&path)?;
        if !path.starts_with(&notebook.base) || !meta.is_file() || meta.len() > LARGEST {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        fs::read_to_string(path)
    };
    names.iter().map(|name| read(name).map_err(|error| (name.clone(), error))).collect()
}

/// Writes looks beside the settings as a start, never over a file. The folder, and what was written.
///
/// # Errors
///
/// What the system says.
pub fn write_looks(notebook: &Notebook, files: &[(&str, &str)]) -> io::Result<(PathBuf, Vec<String>)> {
    let folder = notebook.base.join("templates/site");
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

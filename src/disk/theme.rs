//! Files for the site other than notes: the theme in `templates/site/`, and `SUMMARY.md`.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;
use std::path::PathBuf;

use crate::disk::notebook::Notebook;
use crate::disk::read::Text;
use crate::disk::replace::create;
use crate::model::NotePath;

/// Maximum size of a template, in bytes.
const LARGEST: u64 = 1 << 20;
/// Maximum size of a style sheet or script, in bytes; drawing libraries have a few MiB.
const LARGEST_EXTRA: u64 = 32 << 20;
/// The theme's folder: beside the settings, else in the notes folder.
const FOLDER: &str = "templates/site";

/// The notebook's templates, style sheet and script, by name. A file outside the notebook is skipped.
///
/// # Errors
///
/// I/O errors for a file that exists.
pub fn theme_files(notebook: &Notebook) -> io::Result<BTreeMap<String, String>> {
    let mut files = BTreeMap::new();
    let beside = notebook.base.join(FOLDER);
    let folder = if beside.is_dir() { beside } else { notebook.root.join(FOLDER) };
    let Ok(entries) = fs::read_dir(&folder) else { return Ok(files) };
    for entry in entries {
        let path = entry?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        let known = [".html", ".css", ".js", ".svg"].iter().any(|extension| name.ends_with(extension));
        if !known || name.starts_with('.') {
            continue;
        }
        match notebook.read_file(&path, LARGEST).and_then(text) {
            Ok(text) => {
                files.insert(name.to_owned(), text);
            }
            Err(error) if matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::InvalidData) => {
                return Err(io::Error::new(error.kind(), format!("{}: {error}", path.display())));
            }
            Err(_) => {}
        }
    }
    Ok(files)
}

/// The texts of files named in settings, relative to the settings, as in `additional-css`.
///
/// # Errors
///
/// An I/O error, or why a file is refused; with the file's name.
pub fn extra_files(notebook: &Notebook, names: &[String]) -> Result<Vec<String>, (String, io::Error)> {
    let read = |name: &String| notebook.read_file(Path::new(name), LARGEST_EXTRA).and_then(text);
    names.iter().map(|name| read(name).map_err(|error| (name.clone(), error))).collect()
}

fn text(bytes: Vec<u8>) -> io::Result<String> {
    String::from_utf8(bytes).map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "it is not UTF-8"))
}

/// Writes a theme to start from beside the settings, never over a file. Returns the folder, and what was written.
///
/// # Errors
///
/// I/O errors; `PermissionDenied` if the folder leads out of the notebook.
pub fn write_theme(notebook: &Notebook, files: &[(&str, &str)]) -> io::Result<(PathBuf, Vec<String>)> {
    let mut written = Vec::new();
    for (name, text) in files {
        let place = match notebook.new_place(&notebook.base, &NotePath::from_escaped(format!("{FOLDER}/{name}"))) {
            Ok(place) => place,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
            Err(error) => {
                return Err(io::Error::new(error.kind(), format!("{}: {error}", notebook.base.join(FOLDER).display())));
            }
        };
        if let Some(folder) = place.parent() {
            fs::create_dir_all(folder)?;
        }
        create(&place, text.as_bytes(), Path::new(".hornbook-new").as_os_str())?;
        written.push((*name).to_owned());
    }
    Ok((notebook.base.join(FOLDER), written))
}

/// mdBook's table of contents, if there is one.
#[must_use]
pub fn summary(notebook: &Notebook) -> Option<String> {
    let bytes = notebook.read_file(&notebook.root.join("SUMMARY.md"), LARGEST).ok()?;
    Some(Text::decode(bytes).text)
}

//! Finds the notebook's folder, and reads its settings.
//!
//! Any folder with Markdown is a notebook. The environment is not read here: the command line passes it in as values.

use std::fs;
use std::io;
use std::io::Read as _;
use std::os::unix::ffi::OsStrExt as _;
use std::path::Path;
use std::path::PathBuf;

use thiserror::Error;
use xxhash_rust::xxh3::xxh3_64;

use crate::disk::config;
use crate::disk::config::SettingsError;
use crate::disk::foreign;
use crate::disk::settings::Settings;
use crate::model::NotePath;

/// The settings file.
pub const SETTINGS_FILE: &str = "book.toml";
/// What marks the folder of a notebook; the first one present is reported as the reason.
pub const MARKERS: [&str; 8] =
    [SETTINGS_FILE, ".obsidian", "logseq/config.edn", ".zk", ".foam", ".iwe", ".marksman.toml", ".git"];
/// Maximum size of a settings file, in bytes.
const MAX_SETTINGS: u64 = 1 << 20;

/// The inputs that decide where the notebook is. Relative paths start at `cwd`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Discover {
    /// `--notebook DIR`
    pub notebook: Option<PathBuf>,
    /// `HORNBOOK_DIR`; empty counts as unset.
    pub env: Option<PathBuf>,
    /// The current folder.
    pub cwd: PathBuf,
    /// The user's home folder.
    pub home: Option<PathBuf>,
}

/// How a notebook was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FoundBy {
    /// By `--notebook`.
    Flag,
    /// By `HORNBOOK_DIR`.
    Variable,
    /// By this one of [`MARKERS`], here or further up.
    Marker(&'static str),
    /// By nothing: it is the current folder.
    Here,
}

/// A notebook: a folder of Markdown, and its settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notebook {
    /// The folder with the marker or settings; absolute, links resolved.
    pub base: PathBuf,
    /// The notes folder: `base` or below it; absolute, links resolved.
    pub root: PathBuf,
    /// How it was found.
    pub found: FoundBy,
    /// From `book.toml`, else the defaults.
    pub settings: Settings,
    /// The `book.toml`, if there is one.
    pub settings_path: Option<PathBuf>,
}

impl Notebook {
    /// Sixteen hex digits that identify the path of the notes folder: the name of its folders in the user's cache and state.
    #[must_use]
    pub fn id(&self) -> String {
        format!("{:016x}", xxh3_64(self.root.as_os_str().as_bytes()))
    }

    /// The path of a note; not checked for links that lead outside (see [`Notebook::resolve`]).
    #[must_use]
    pub fn path(&self, note: &NotePath) -> PathBuf {
        self.root.join(note.to_os())
    }

    /// The path of `book.toml` in changes: relative to the notes folder, so that it may begin with `..`.
    #[must_use]
    pub fn settings_file(&self) -> NotePath {
        let below = self.root.strip_prefix(&self.base).map_or(0, |below| below.components().count());
        NotePath::from(format!("{}{SETTINGS_FILE}", "../".repeat(below)).as_str())
    }

    /// The real path of a note, with links resolved; also that of the settings.
    ///
    /// # Errors
    ///
    /// If there is none, or it is outside the notes folder (`PermissionDenied`).
    pub fn resolve(&self, note: &NotePath) -> io::Result<PathBuf> {
        if *note == self.settings_file() {
            let target = self.base.join(SETTINGS_FILE).canonicalize()?;
            return if target.starts_with(&self.base) { Ok(target) } else { Err(outside("the notebook")) };
        }
        if !config::is_inside(note.as_str()) {
            return Err(outside("the notes folder"));
        }
        let target = self.path(note).canonicalize()?;
        if target.starts_with(&self.root) { Ok(target) } else { Err(outside("the notes folder")) }
    }

    /// The bytes of a file that belongs to the notebook but is not a note (settings of other programs, templates, a theme), at most
    /// `limit` of them. Every such file must be read through this, so that no link leads out. `name` is relative to
    /// [`Notebook::base`] or absolute.
    ///
    /// # Errors
    ///
    /// If there is none, it is outside the notebook (`PermissionDenied`), not a regular file, or over the limit.
    pub fn read_file(&self, name: &Path, limit: u64) -> io::Result<Vec<u8>> {
        read_inside(&self.base, name, limit)
    }

    /// The path for a new file: unused, inside `folder`, with links resolved as far as folders exist.
    ///
    /// # Errors
    ///
    /// `AlreadyExists` if there is something, `PermissionDenied` if it would be outside `folder`.
    pub(crate) fn new_place(&self, folder: &Path, path: &NotePath) -> io::Result<PathBuf> {
        let settings = self.base.join(SETTINGS_FILE);
        if *path == self.settings_file() && folder == self.root {
            return if settings.symlink_metadata().is_ok() {
                Err(io::ErrorKind::AlreadyExists.into())
            } else {
                Ok(settings)
            };
        }
        if !config::is_inside(path.as_str()) {
            return Err(outside("the notes folder"));
        }
        let place = folder.join(path.to_os());
        if place.symlink_metadata().is_ok() {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        // The nearest existing folder decides: folders created below it contain no links.
        for above in place.ancestors().skip(1) {
            match above.canonicalize() {
                Ok(real) if real.starts_with(folder) => {
                    return Ok(real.join(place.strip_prefix(above).unwrap_or(&place)));
                }
                Ok(_) => return Err(outside("the notes folder")),
                // A dangling link is not a folder to be created.
                Err(error) if above.symlink_metadata().is_ok() => return Err(error),
                Err(_) => {}
            }
        }
        Err(outside("the notes folder"))
    }
}

fn outside(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::PermissionDenied, format!("it leads out of {what}"))
}

/// The bytes of a regular file inside `folder` (absolute, links resolved), after following links.
fn read_inside(folder: &Path, name: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let path = folder.join(name).canonicalize()?;
    if !path.starts_with(folder) {
        return Err(outside("the notebook"));
    }
    // Check before opening: opening a FIFO would wait for its other end.
    if !fs::metadata(&path)?.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file"));
    }
    let mut bytes = Vec::new();
    fs::File::open(&path)?.take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, format!("over {} KiB", limit >> 10)));
    }
    Ok(bytes)
}

/// Why there is no notebook.
#[derive(Debug, Error)]
pub enum NotebookError {
    /// A folder that was named cannot be used.
    #[error("{} ({how}): {source}", path.display())]
    Folder {
        /// As named, made absolute.
        path: PathBuf,
        /// Where the name came from: `--notebook`, `HORNBOOK_DIR`, `the current folder`.
        how: &'static str,
        /// The system's error.
        source: io::Error,
    },
    /// A file was named instead of a folder.
    #[error("{} ({how}) is a file: name the folder that it is in", path.display())]
    NotAFolder {
        /// As named, made absolute.
        path: PathBuf,
        /// As in [`NotebookError::Folder`].
        how: &'static str,
    },
    /// The home folder or `/` would have become the notebook by accident.
    #[error(
        "{} is too large a folder to be a notebook: change into the folder of your notes, or name it with --notebook DIR or HORNBOOK_DIR",
        path.display()
    )]
    TooWide {
        /// The home folder or `/`.
        path: PathBuf,
    },
    /// The settings cannot be read.
    #[error("{}: {source}", path.display())]
    SettingsFile {
        /// The `book.toml`.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// The settings are wrong.
    #[error(transparent)]
    Settings(#[from] SettingsError),
}

/// The same notebook with its settings read again.
///
/// # Errors
///
/// As [`discover`].
pub fn reopen(notebook: &Notebook) -> Result<Notebook, NotebookError> {
    open(&notebook.base, notebook.found)
}

/// Finds the notebook: `--notebook`, else `HORNBOOK_DIR`, else the nearest folder upward with a marker, else the current
/// folder.
///
/// The upward search stops below the home folder and `/`: a `.git` for dotfiles there must not make a notebook of
/// everything. If the current folder is the home folder or `/`, that is an error with advice, unless it is named
/// explicitly. A folder that is named is used as it is: nothing is searched above it.
///
/// # Errors
///
/// If a named folder does not exist or is a file, the current folder is the home folder or `/`, or `book.toml` is
/// invalid.
pub fn discover(inputs: &Discover) -> Result<Notebook, NotebookError> {
    if let Some(folder) = &inputs.notebook {
        return open(&inputs.cwd.join(folder), FoundBy::Flag);
    }
    if let Some(folder) = inputs.env.as_ref().filter(|folder| !folder.as_os_str().is_empty()) {
        return open(&inputs.cwd.join(folder), FoundBy::Variable);
    }
    let home = inputs.home.as_ref().and_then(|home| home.canonicalize().ok());
    let cwd = folder(&inputs.cwd, FoundBy::Here)?;
    for folder in cwd.ancestors() {
        if folder.parent().is_none() || Some(folder) == home.as_deref() {
            if folder == cwd {
                return Err(NotebookError::TooWide { path: cwd });
            }
            break;
        }
        if let Some(marker) = marker(folder) {
            return open(folder, FoundBy::Marker(marker));
        }
    }
    open(&cwd, FoundBy::Here)
}

fn marker(folder: &Path) -> Option<&'static str> {
    MARKERS.into_iter().find(|&marker| {
        let path = folder.join(marker);
        if marker == SETTINGS_FILE { path.is_file() } else { path.exists() }
    })
}

/// An existing folder, links resolved.
fn folder(path: &Path, found: FoundBy) -> Result<PathBuf, NotebookError> {
    let how = match found {
        FoundBy::Flag => "--notebook",
        FoundBy::Variable => "HORNBOOK_DIR",
        FoundBy::Marker(_) | FoundBy::Here => "the current folder",
    };
    match path.canonicalize() {
        Ok(real) if real.is_dir() => Ok(real),
        Ok(_) => Err(NotebookError::NotAFolder { path: path.to_owned(), how }),
        Err(source) => Err(NotebookError::Folder { path: path.to_owned(), how, source }),
    }
}

/// Opens a folder as the notebook: `book.toml` may name the notes folder, else it is the folder itself.
fn open(path: &Path, found: FoundBy) -> Result<Notebook, NotebookError> {
    let base = folder(path, found)?;
    let settings_path = base.join(SETTINGS_FILE);
    if !settings_path.is_file() {
        let root = base.clone();
        let settings = foreign::apply(&base, &root, Settings::default());
        return Ok(Notebook { root, base, found, settings, settings_path: None });
    }
    let text =
        settings_text(&base).map_err(|source| NotebookError::SettingsFile { path: settings_path.clone(), source })?;
    let settings = config::parse(&settings_path, &text)?;
    let wrong = |message: String| NotebookError::Settings(config::src_problem(&settings_path, &text, message));
    let root = match settings.book.src.as_deref() {
        // mdBook's default; a book.toml with nothing but our settings needs no such folder.
        None => base.join("src").canonicalize().ok().filter(|src| src.is_dir()).unwrap_or_else(|| base.clone()),
        Some(src) => match base.join(src).canonicalize() {
            Ok(root) if root.is_dir() => root,
            Ok(_) => return Err(wrong(format!("`src`: {src:?} is a file, not a folder"))),
            Err(error) => return Err(wrong(format!("`src`: the folder {src:?} cannot be used: {error}"))),
        },
    };
    if !root.starts_with(&base) {
        return Err(wrong("`src` leads out of the folder of this file".to_owned()));
    }
    let settings = foreign::apply(&base, &root, settings);
    Ok(Notebook { base, root, found, settings, settings_path: Some(settings_path) })
}

fn settings_text(base: &Path) -> io::Result<String> {
    let bytes = read_inside(base, Path::new(SETTINGS_FILE), MAX_SETTINGS)?;
    String::from_utf8(bytes).map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "it is not UTF-8"))
}

#[cfg(test)]
mod tests;

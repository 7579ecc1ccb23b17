//! Why a site is not built.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

use crate::site;

/// Why a site is not built.
#[derive(Debug, Error)]
pub enum SiteError {
    /// The folder is not one for pages.
    #[error("{} {why}: the site needs its own folder", folder.display())]
    NotForPages {
        /// The folder of pages.
        folder: PathBuf,
        /// What it holds: `holds notes`
        why: &'static str,
    },
    /// The setting leads out of the notebook.
    #[error("`build-dir` of book.toml leads out of the notebook: {}", folder.display())]
    OutsideNotebook {
        /// The folder of pages.
        folder: PathBuf,
    },
    /// Files that others wrote have the addresses of pages. They are as they were.
    #[error("{}: files that Hornbook did not write are in the way", folder.display())]
    InTheWay {
        /// The folder of pages.
        folder: PathBuf,
        /// Addresses from the site's top.
        addresses: Vec<String>,
    },
    /// Something that is not the address of a site.
    #[error(
        "`{url}` cannot be a site's address: it must begin with https:// or http:// and have nothing after its path"
    )]
    BaseUrl {
        /// As it was given.
        url: String,
    },
    /// A style sheet or script of the settings cannot be read.
    #[error("book.toml: `{key}` names {name}, which cannot be read: {source}")]
    Extra {
        /// The setting.
        key: &'static str,
        /// The file as the setting names it.
        name: String,
        /// What the system says.
        source: io::Error,
    },
    /// A file of the theme cannot be read or written.
    #[error(transparent)]
    Theme(io::Error),
    /// A template cannot be used.
    #[error(transparent)]
    Template(#[from] site::Error),
    /// A file of the site cannot be written.
    #[error("{}: {source}", path.display())]
    Output {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

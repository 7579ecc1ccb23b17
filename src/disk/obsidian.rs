//! What Obsidian's own settings say about daily notes, so that a vault's journal goes on as it is.

use serde::Deserialize;

use crate::disk::notebook::Notebook;
use crate::disk::read;

/// Below the vault.
const FILE: &str = ".obsidian/daily-notes.json";
/// The settings are a few lines, in bytes.
const MAX: u64 = 1 << 16;

/// Obsidian's core plugin "Daily notes". What is missing there is `None`; Obsidian's own defaults are not filled in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct DailyNotes {
    /// From the vault, which may be above the notes folder.
    pub folder: Option<String>,
    /// A format of moment.js.
    pub format: Option<String>,
    /// A note to begin with, from the vault, without `.md`.
    pub template: Option<String>,
}

/// Reads the vault's settings; `None` where there are none, or none that can be understood.
#[must_use]
pub fn daily_notes(notebook: &Notebook) -> Option<DailyNotes> {
    let path =
        [&notebook.root, &notebook.base].into_iter().map(|folder| folder.join(FILE)).find(|path| path.is_file())?;
    let bytes = read::bytes(&path, MAX).ok().filter(|bytes| bytes.len() as u64 <= MAX)?;
    let mut found: DailyNotes = serde_json::from_slice(&bytes).ok()?;
    for field in [&mut found.folder, &mut found.format, &mut found.template] {
        *field = field.take().map(|text| text.trim().trim_matches('/').to_owned()).filter(|text| !text.is_empty());
    }
    Some(found)
}

//! What Obsidian's own settings say about daily notes and line breaks, so that a vault goes on as it is.

use serde::Deserialize;

use crate::disk::notebook::Notebook;

/// Below the vault.
const FILE: &str = ".obsidian/daily-notes.json";
/// The settings are a few lines, in bytes.
const MAX: u64 = 1 << 16;

/// Obsidian's core plugin "Daily notes". What is missing there is `None`; Obsidian's own defaults are not filled in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct DailyNotes {
    /// From the notes folder.
    pub folder: Option<String>,
    /// A date pattern in the letters of moment.js.
    pub format: Option<String>,
    /// A note to begin with, from the notes folder, without `.md`.
    pub template: Option<String>,
}

/// Reads the vault's settings; `None` where there are none, where they cannot be understood, and where they are a link
/// that leaves the notebook.
#[must_use]
pub fn daily_notes(notebook: &Notebook) -> Option<DailyNotes> {
    let vault = [&notebook.root, &notebook.base].into_iter().find(|folder| folder.join(FILE).is_file())?;
    let bytes = notebook.read_file(&vault.join(FILE), MAX).ok()?;
    let mut found: DailyNotes = serde_json::from_slice(&bytes).ok()?;
    for field in [&mut found.folder, &mut found.format, &mut found.template] {
        *field = field.take().map(|text| text.trim().trim_matches('/').to_owned()).filter(|text| !text.is_empty());
    }
    // the vault may be above the notes folder
    let below = notebook.root.strip_prefix(vault).ok()?.to_str()?;
    if !below.is_empty() {
        let within = |path: String| Some(path.strip_prefix(below)?.trim_start_matches('/').to_owned());
        found.template = found.template.and_then(within);
        // daily notes that are kept outside of the notes folder are none of the notebook's
        found.folder = Some(within(found.folder?)?);
    }
    Some(found)
}

/// True for a vault whose pages show each line end of a paragraph, which is Obsidian's way unless "Strict line breaks" is on.
#[must_use]
pub fn hard_line_breaks(notebook: &Notebook) -> bool {
    #[derive(Default, Deserialize)]
    #[serde(default, rename_all = "camelCase")]
    struct App {
        strict_line_breaks: bool,
    }
    let folders = [&notebook.root, &notebook.base].map(|folder| folder.join(".obsidian"));
    let Some(folder) = folders.into_iter().find(|folder| folder.is_dir()) else { return false };
    let bytes = notebook.read_file(&folder.join("app.json"), MAX).unwrap_or_default();
    let app: App = serde_json::from_slice(&bytes).unwrap_or_default();
    !app.strict_line_breaks
}

//! The names of a notebook's daily notes: from its own settings, else from Obsidian's.

use crate::disk::Notebook;
use crate::disk::obsidian;
use crate::disk::obsidian::Plugin;
use crate::model::daily_notes::DailyNotes;

/// Obsidian's own default.
const OBSIDIAN_DEFAULT: &str = "YYYY-MM-DD";

/// The names of daily notes, if any settings define them.
#[must_use]
pub fn daily_notes(notebook: &Notebook) -> Option<DailyNotes> {
    let own = &notebook.settings.journal;
    if let Some(file) = &own.file {
        return Some(DailyNotes::new(own.folder.as_deref(), file));
    }
    if own.folder.is_some() {
        return None;
    }
    let vault = obsidian::daily_notes(notebook)?;
    Some(DailyNotes::new(vault.folder.as_deref(), vault.format.as_deref().unwrap_or(OBSIDIAN_DEFAULT)))
}

/// The source of that setting, for a person.
#[must_use]
pub fn who(notebook: &Notebook) -> &'static str {
    if notebook.settings.journal.file.is_some() {
        return "book.toml";
    }
    match obsidian::daily_notes(notebook).unwrap_or_default().plugin {
        Plugin::Core => "Obsidian's core plugin",
        Plugin::Periodic => "Obsidian's plugin Periodic Notes",
    }
}

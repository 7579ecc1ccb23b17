//! The only floor that touches notes and settings on disk.
//!
//! [`discover`] finds the notebook, [`walk()`] its notes, [`read()`] returns a note's text, [`commit()`] changes
//! notes and [`undo()`] reverts that. Nothing here knows the contents of notes.

mod act;
pub mod commit;
pub mod config;
pub mod daily_notes;
mod entry;
#[cfg(test)]
mod fixture;
mod foreign;
pub mod init;
#[cfg(test)]
mod links_out;
pub mod locate;
pub mod log;
pub mod notebook;
pub mod obsidian;
pub mod output;
pub mod read;
pub mod replace;
mod rules;
pub mod settings;
pub mod templates;
pub mod theme;
pub mod undo;
pub mod walk;
mod whole;

pub use commit::CommitError;
pub use commit::FileChange;
pub use commit::Writer;
pub use commit::commit;
pub use config::SettingsError;
pub use daily_notes::daily_notes;
pub use entry::is_same_file;
pub use init::init;
pub use log::Log;
pub use notebook::Discover;
pub use notebook::FoundBy;
pub use notebook::Notebook;
pub use notebook::NotebookError;
pub use notebook::discover;
pub use notebook::reopen;
pub use output::Output;
pub use output::Written;
pub use output::holds_notes;
pub use read::Encoding;
pub use read::ReadError;
pub use read::Text;
pub use read::read;
pub use read::read_walked;
pub use replace::WriteError;
pub use rules::SiteRules;
pub use settings::SETTINGS;
pub use settings::Settings;
pub use templates::TemplateFile;
pub use templates::read_template;
pub use templates::templates;
pub use theme::extra_files;
pub use theme::summary;
pub use theme::theme_files;
pub use theme::write_theme;
pub use undo::UndoError;
pub use undo::Undone;
pub use undo::recover;
pub use undo::undo;
pub use walk::FileEntry;
pub use walk::Skipped;
pub use walk::Stamp;
pub use walk::Walk;
pub use walk::WalkOptions;
pub use walk::walk;
pub use whole::files_below;
pub use whole::has_symlinks;
pub use whole::read_any;

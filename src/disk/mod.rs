//! Floor 3: the only floor that touches notes and settings on disk.
//!
//! [`discover`] finds the notebook, [`read()`] gives a note's text. Nothing here knows what a note says.

pub mod config;
pub mod init;
pub mod notebook;
pub mod read;
pub mod replace;
pub mod settings;
pub mod walk;

pub use config::SettingsError;
pub use init::init;
pub use notebook::Discover;
pub use notebook::Found;
pub use notebook::Notebook;
pub use notebook::NotebookError;
pub use notebook::discover;
pub use read::Encoding;
pub use read::ReadError;
pub use read::Text;
pub use read::read;
pub use replace::WriteError;
pub use settings::SETTINGS;
pub use settings::Settings;
pub use walk::FileEntry;
pub use walk::Skipped;
pub use walk::Stamp;
pub use walk::Walk;

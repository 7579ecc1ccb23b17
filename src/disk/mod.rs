//! Floor 3: the only floor that touches notes and settings on disk.

pub mod config;
pub mod settings;
pub mod walk;

pub use config::SettingsError;
pub use settings::SETTINGS;
pub use settings::Settings;
pub use walk::FileEntry;
pub use walk::Skipped;
pub use walk::Stamp;
pub use walk::Walk;

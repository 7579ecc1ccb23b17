//! Floor 2: the only floor that touches notes and settings on disk.

pub mod walk;

pub use walk::FileEntry;
pub use walk::Skipped;
pub use walk::Stamp;
pub use walk::Walk;

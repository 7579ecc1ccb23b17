//! Floor 7: a report's value → what a person or a script reads.
//!
//! [`screen`] lays out lines of [`Cell`]s, which name roles and not colours, for a terminal or a pipe; [`format`] writes rows as
//! JSON, CSV, paths or by a template. Nothing here prints: `cli::ui` does.

pub mod format;
pub mod heat;
pub mod screen;
mod table;
pub mod template;
pub mod text;
pub mod words;
mod wrap;

pub use format::Format;
pub use format::Row;
pub use screen::Cell;
pub use screen::Line;
pub use screen::Role;
pub use screen::Screen;

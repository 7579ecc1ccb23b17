//! Changes to a text as splices. Pure: nothing here reads or writes a file.
//!
//! An edit names the bytes that it replaces; nothing else changes. Commands make edits from a parsed note
//! ([`tick()`] and its siblings), [`diff`] shows them, and `disk::commit` carries them out.

pub mod alias;
pub mod canvas;
pub mod diff;
pub mod field;
pub mod heading;
pub mod insert;
mod item;
pub mod journal;
pub mod label;
pub mod link;
pub mod meeting;
pub mod pin;
mod planning;
pub mod reading;
pub mod recurrence;
pub mod splice;
pub mod stamp;
pub mod tick;
mod tick_error;
pub mod todo_txt;
mod written;

pub use diff::unified;
pub use splice::Overlap;
pub use splice::Splice;
pub use splice::apply;
pub use splice::apply_text;
pub use splice::inverse;
pub use tick::TickError;
pub use tick::tick;
pub use tick::tick_in;

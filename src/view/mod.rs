//! Turns reports into what people or scripts read. Nothing here prints: `cli::ui` does.
//!
//! For people: [`screen`] has lines of [`Cell`]s, which have roles instead of colours; tables ([`Screen::row`]), paragraphs
//! ([`Screen::wrap`]), [`diagnostic`]s, [`diff`]s and the [`heat`] map are made of them, and [`Screen::render`] turns a line into
//! text for a terminal or a pipe. For scripts: a [`Row`] is serialized as a JSON object, and [`mod@format`] writes rows as JSON,
//! CSV, paths or by a [`template`].
//!
//! ```
//! use hornbook::view::Role;
//! use hornbook::view::Screen;
//! use hornbook::view::screen::Layout;
//! use hornbook::view::screen::cell;
//! use hornbook::view::screen::plain;
//!
//! let tasks = [("k3f", "read the paper on sagas", "7"), ("w2a", "ask about retries", "12")];
//! let mut layout = Layout::default();
//! for (_, label, line) in tasks {
//!     layout.measure(5, label, &[line]);
//! }
//! let screen = Screen { width: Some(24), ..Screen::default() };
//! let shown = tasks.map(|(id, label, line)| {
//!     let left = vec![cell(id, Role::Id), plain("  ")];
//!     screen.render(&screen.row(left, plain(label), &[cell(line, Role::Muted)], &layout))
//! });
//! assert_eq!(shown, ["k3f  read the paper…   7", "w2a  ask about retr…  12"]);
//! ```

pub mod diagnostic;
pub mod diff;
pub mod document;
pub mod dot;
pub mod format;
pub mod heat;
pub mod markdown;
pub mod report;
pub mod screen;
mod show;
mod table;
pub mod template;
pub mod terminal;
pub mod text;
pub mod vimgrep;
pub mod words;
mod wrap;

pub use document::Document;
pub use format::Format;
pub use report::Paths;
pub use report::Report;
pub use report::Row;
pub use screen::Cell;
pub use screen::Line;
pub use screen::Role;
pub use screen::Screen;

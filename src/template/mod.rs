//! A template and values → text; pure, and limited so that no template can do harm.
//!
//! A [`note::Template`] is Markdown with tags in three notations: ours, Obsidian's and zk's. [`sandbox`] is the only engine; it
//! also serves `--format`.

mod filters;
mod handlebars;
mod head;
pub mod note;
pub mod sandbox;
pub mod shipped;
mod tags;

pub use head::Piece;
pub use head::Variable;
pub use tags::Dialect;
pub use tags::Remark;

//! Floor 2: a template and values → text; pure, and so bound that nobody's template can do harm.
//!
//! A [`note::Template`] is Markdown with tags in three spellings: ours, Obsidian's and zk's. [`sandbox`] is the one engine, also
//! for `--format`.

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
